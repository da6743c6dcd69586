// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeEach, expect, test, vi } from "vitest";
import { showPercent, start } from "./description-progress";

class FakeStream {
  static readonly CLOSED = 2;
  static last: FakeStream | undefined;
  readyState = 1;
  onmessage: ((event: { data: string }) => void) | undefined;
  onerror: (() => void) | undefined;
  constructor(readonly address: string) {
    FakeStream.last = this;
  }
  close(): void {
    this.readyState = FakeStream.CLOSED;
  }
}

const bar =
  '<div class="progress"><label for="description-progress">口述影像</label><span id="description-progress-text">0%</span>' +
  '<progress id="description-progress" value="0" max="1000"></progress></div>';
const messages = { percent: "{percent}%", spoken_part: "完成 {percent}%", spoken: "做好了", not_spoken: "没有做成" };

function page(): HTMLElement {
  document.body.innerHTML = "";
  const root = document.createElement("div");
  root.dataset["lesson"] = "l1";
  root.dataset["messages"] = JSON.stringify(messages);
  root.innerHTML = bar;
  document.body.append(root);
  return root;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeStream);
});

test("the bar and its text follow the events of the lesson's description", () => {
  const root = page();
  void start(root);
  expect(FakeStream.last!.address).toBe("/api/v1/lessons/l1/description/events");
  const say = (permille: number) => {
    const progress = { renditions: [{ name: "a-cmn-ad", permille, done: false }] };
    FakeStream.last!.onmessage!({ data: JSON.stringify({ event: "progress", state: "TRANSCODING", progress }) });
  };
  say(425);
  expect(root.querySelector("progress")!.value).toBe(420);
  expect(document.getElementById("description-progress-text")!.textContent).toBe("42%");
  say(990);
  expect(document.getElementById("description-progress-text")!.textContent).toBe("99%");
});

test("it listens no longer when the sound is ready", () => {
  void start(page());
  FakeStream.last!.onmessage!({ data: '{"event":"ready","state":"READY"}' });
  expect(FakeStream.last!.readyState).toBe(FakeStream.CLOSED);
});

test("a page without a bar is left alone", () => {
  const root = document.createElement("div");
  showPercent(root, 50, "50%");
  expect(root.innerHTML).toBe("");
});
