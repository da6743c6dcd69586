// SPDX-License-Identifier: GPL-3.0-or-later
import { afterEach, expect, test, vi } from "vitest";

import { start, takeOver } from "./follow-work";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.innerHTML = "";
});

const busy = (words: string) => `<div id="sign-work" data-busy><p data-state>${words}</p></div>`;
const ended = `<div id="sign-work"><p data-state>手语画面已经做好。</p></div>`;

function page(html: string): HTMLElement {
  document.body.innerHTML = `<div role="status"></div>${html}`;
  return document.getElementById("sign-work")!;
}

test("the page is asked until the work has ended, and then left alone", async () => {
  vi.useFakeTimers();
  const answers = [busy("已完成 40%"), "", ended];
  const fetched = vi.fn(() => {
    const html = answers.shift()!;
    if (html === "") return Promise.reject(new Error("away"));
    return Promise.resolve({ ok: true, text: () => Promise.resolve(html) });
  });
  vi.stubGlobal("fetch", fetched);
  const element = page(busy("已完成 0%"));
  await start(element);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(element.textContent).toBe("已完成 40%");
  await vi.advanceTimersByTimeAsync(8_000);
  expect(element.textContent).toBe("手语画面已经做好。");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetched).toHaveBeenCalledTimes(3);
});

test("the link to ask by hand goes, so that no focus is lost with it", async () => {
  vi.useFakeTimers();
  const link = '<p data-by-hand><a href="#">刷新本页</a></p>';
  const fetched = () => Promise.resolve({ ok: true, text: () => Promise.resolve(busy(`再看${link}`)) });
  vi.stubGlobal("fetch", fetched);
  const element = page(busy(`先看${link}`));
  await start(element);
  expect(element.querySelector("a")).toBeNull();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(element.textContent).toContain("再看");
  expect(element.querySelector("a")).toBeNull();
});

test("nothing is asked where nothing is being made", async () => {
  vi.useFakeTimers();
  const fetched = vi.fn();
  vi.stubGlobal("fetch", fetched);
  await start(page(ended));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetched).not.toHaveBeenCalled();
});

test("a page that lost the element changes nothing, and is asked again", async () => {
  vi.useFakeTimers();
  const fetched = vi.fn(() => Promise.resolve({ ok: true, text: () => Promise.resolve("<p>请登录</p>") }));
  vi.stubGlobal("fetch", fetched);
  const element = page(busy("已完成 0%"));
  await start(element);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(element.textContent).toBe("已完成 0%");
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("taking over says whether the work goes on", () => {
  const element = page(busy("a"));
  const next = document.createElement("div");
  next.dataset["busy"] = "";
  expect(takeOver(element, next)).toBe(true);
  expect(takeOver(element, document.createElement("div"))).toBe(false);
  expect("busy" in element.dataset).toBe(false);
});
