// SPDX-License-Identifier: GPL-3.0-or-later
import { expect, it } from "vitest";

import { stillToRead } from "./reading-pause";
import { readSlides, slideAt } from "./slides";

const base = "https://learn.example/m/a/1/slides.json";

it("reads slides beside their list and nothing from elsewhere", () => {
  const slides = readSlides(
    {
      slides: [
        { start_ms: 9000, file: "slides/002.webp" },
        { start_ms: 0, file: "slides/001.webp" },
        { start_ms: 1, file: "https://evil.example/x.webp" },
        { start_ms: 2, file: "../x.webp" },
        { start_ms: "3", file: "slides/003.webp" },
      ],
    },
    base,
  );
  expect(slides.map((slide) => slide.url)).toEqual([
    "https://learn.example/m/a/1/slides/001.webp",
    "https://learn.example/m/a/1/slides/002.webp",
  ]);
  expect(readSlides(undefined, base)).toEqual([]);
});

it("finds the slide of a time", () => {
  const slides = [0, 9_000, 20_000].map((startMs) => ({ startMs, url: "" }));
  expect([-1, 0, 8_999, 9_000, 50_000].map((at) => slideAt(slides, at))).toEqual([-1, 0, 0, 1, 2]);
});

it("gives a caption the time it takes at four characters a second", () => {
  expect(stillToRead("把面粉倒进盆里", 1_000)).toBe(750);
  expect(stillToRead("把面粉倒进盆里", 2_000)).toBe(0);
  expect(stillToRead("［键盘声］", 500)).toBe(250);
});
