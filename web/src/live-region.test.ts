// SPDX-License-Identifier: GPL-3.0-or-later
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { announce } from "./live-region";

const spoken = (): string => document.querySelector("[data-live-region]")?.textContent ?? "";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

test("the region is one polite status", () => {
  announce("一");
  announce("二");
  const regions = document.querySelectorAll("[data-live-region]");
  expect(regions.length).toBe(1);
  expect(regions[0]?.getAttribute("role")).toBe("status");
});

test("one message every 700 ms, the newest wins", () => {
  announce("已暂停");
  vi.advanceTimersByTime(50);
  expect(spoken()).toBe("已暂停");
  announce("播放");
  announce("字幕：简体中文");
  vi.advanceTimersByTime(600);
  expect(spoken()).toBe("已暂停");
  vi.advanceTimersByTime(100);
  expect(spoken()).toBe("字幕：简体中文");
});

test("the same words twice are a change", () => {
  announce("完成");
  vi.advanceTimersByTime(50);
  const first = spoken();
  announce("完成");
  vi.advanceTimersByTime(700);
  expect(spoken()).not.toBe(first);
  expect(spoken().trim()).toBe("完成");
});
