// SPDX-License-Identifier: GPL-3.0-or-later
import { expect, test } from "vitest";

import { chapterAt, nextStart, previousStart, readChapters } from "./chapters";

const chapters = readChapters([
  { start_ms: 60_000, title: "醒面" },
  { start_ms: 5_000, title: "和面" },
  { start_ms: "x", title: "no" },
  { start_ms: 90_000, title: "蒸制" },
]);

test("chapters come in order, and what is none is left out", () => {
  expect(chapters.map((one) => one.title)).toEqual(["和面", "醒面", "蒸制"]);
  expect(readChapters(undefined)).toEqual([]);
});

test("the chapter that plays is the last one that has begun", () => {
  expect([0, 5, 59.9, 60, 1000].map((time) => chapterAt(chapters, time))).toEqual([-1, 0, 0, 1, 2]);
});

test("next leads to the next start, and nowhere from the last chapter", () => {
  expect(nextStart(chapters, 0)).toBe(5);
  expect(nextStart(chapters, 60)).toBe(90);
  expect(nextStart(chapters, 95)).toBeUndefined();
});

test("back leads to the start of the chapter, then to the one before", () => {
  expect(previousStart(chapters, 80)).toBe(60);
  expect(previousStart(chapters, 61)).toBe(5);
  expect(previousStart(chapters, 6)).toBe(0);
  expect(previousStart([], 40)).toBe(0);
});
