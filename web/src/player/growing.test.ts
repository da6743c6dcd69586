// SPDX-License-Identifier: GPL-3.0-or-later
// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { readConfig } from "./config";
import { Growing } from "./growing";
import type { Mediator } from "./mediator";
import { initialState, Store } from "./store";

const early = { title: "课", manifest: "/teach/lessons/l1/growing/a1/first.m3u8", growing: "a1" };
const whole = { title: "课", manifest: "/m/a1/v1/master.m3u8", audio: "/m/a1/v1/audio.m3u8", duration_ms: 90_000 };

let events: { onmessage?: (event: { data: string }) => void; close: () => void };
let cut: () => void;
let answer: (address: string, method: string) => { ok: boolean; body?: string };
const mediator = { goOn: vi.fn(), renew: vi.fn(), pause: vi.fn(), whenCut: (way: () => void) => (cut = way) };

function build() {
  const config = readConfig(JSON.stringify(early));
  const store = new Store(initialState(0, []));
  new Growing(config, store, mediator as unknown as Mediator);
  const hear = (message: unknown): void => events.onmessage?.({ data: JSON.stringify(message) });
  return { config, store, hear };
}

function page(config: unknown): string {
  const section = document.createElement("section");
  section.dataset["module"] = "player";
  section.dataset["config"] = JSON.stringify(config);
  return `<!doctype html><main>${section.outerHTML}</main>`;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  events = { close: vi.fn() };
  vi.stubGlobal("EventSource", function () {
    return events;
  });
  vi.stubGlobal("fetch", (address: string, { method = "GET" }: { method?: string }) => {
    const { ok, body = "" } = answer(address, method);
    return Promise.resolve({ ok, text: () => Promise.resolve(body) });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a list that is away is looked for until it is there again", async () => {
  const { store } = build();
  expect(store.state.growth).toBe("on");
  let there = false;
  answer = (address, method) => ({ ok: there && address === early.manifest && method === "HEAD" });
  cut();
  expect(store.state.growth).toBe("soon");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(mediator.goOn).not.toHaveBeenCalled();
  there = true;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(mediator.goOn).toHaveBeenCalledOnce();
  expect(store.state.growth).toBe("on");
});

test("when it is finished the player goes over, as soon as the page knows the whole", async () => {
  const { config, store, hear } = build();
  answer = (_address, method) => ({ ok: method === "GET", body: page(early) });
  cut();
  hear({ state: "READY" });
  await vi.advanceTimersByTimeAsync(1);
  expect(mediator.renew).not.toHaveBeenCalled();
  answer = (_address, method) => ({ ok: method === "GET", body: page(whole) });
  await vi.advanceTimersByTimeAsync(6_000);
  expect(mediator.renew).toHaveBeenCalledOnce();
  expect(config).toMatchObject({ manifest: whole.manifest, audio: whole.audio, growing: "" });
  expect(store.state).toMatchObject({ growth: "whole", duration: 90 });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(mediator.goOn).not.toHaveBeenCalled();
});

test("one that fails is paused and says so", () => {
  const { store, hear } = build();
  hear({ state: "FAILED" });
  expect(store.state.growth).toBe("failed");
  expect(mediator.pause).toHaveBeenCalledOnce();
});
