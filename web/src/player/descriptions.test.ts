// SPDX-License-Identifier: GPL-3.0-or-later
import { describe, expect, it } from "vitest";

import { dueBetween, lastBefore, readDescriptions, readingMs, treat, type Description } from "./descriptions";

const base = "https://learn.example/m/a/1/ad/ad.json";
const raw = [
  {
    id: "2",
    mode: "extended",
    at_ms: 9000,
    end_ms: 9000,
    text: "老师把面团揉圆。",
    lang: "cmn",
    clip: "clip-0002.m4a",
    clip_ms: 2100,
  },
  {
    id: "1",
    mode: "standard",
    at_ms: 300,
    end_ms: 4000,
    text: "厨房里，桌上有一盆面粉。",
    lang: "cmn",
    clip: null,
    clip_ms: null,
  },
];

describe("readDescriptions", () => {
  it("sorts by time and resolves clips beside the list", () => {
    const list = readDescriptions(raw, base);
    expect(list.map((one) => one.id)).toEqual(["1", "2"]);
    expect(list[0]!.clip).toBe("");
    expect(list[1]!.clip).toBe("https://learn.example/m/a/1/ad/clip-0002.m4a");
  });

  it("takes no clip from elsewhere and nothing that is no description", () => {
    const list = readDescriptions(
      [{ text: "甲", clip: "https://evil.example/a.m4a" }, { text: "乙", clip: "../../x" }, { text: " " }, {}],
      base,
    );
    expect(list.map((one) => one.clip)).toEqual(["", ""]);
    expect(readDescriptions({ text: "甲" }, base)).toEqual([]);
    expect(readDescriptions(null, base)).toEqual([]);
  });
});

describe("finding the moment", () => {
  const list = readDescriptions(raw, base);
  it("takes what begins after the last look and not after this one", () => {
    expect(dueBetween(list, 299, 300)?.id).toBe("1");
    expect(dueBetween(list, 300, 8_999)).toBeUndefined();
    expect(dueBetween(list, 8_999, 9_020)?.id).toBe("2");
  });
  it("repeats the last one that was begun", () => {
    expect(lastBefore(list, 299)).toBeUndefined();
    expect(lastBefore(list, 8_000)?.id).toBe("1");
    expect(lastBefore(list, 60_000)?.id).toBe("2");
  });
});

it("gives a text the time it takes at 220 characters or 160 words a minute, and a second more", () => {
  expect(readingMs("一二三四五六七八九十十一")).toBe(Math.round((12 * 60_000) / 220) + 1_000);
  expect(readingMs("one two three four five six seven eight")).toBe(4_000);
  expect(readingMs("好")).toBe(2_000);
});

describe("treat", () => {
  const [standard, extended] = readDescriptions(raw, base) as [Description, Description];
  it("does nothing while descriptions are off", () => {
    expect(treat(extended, "off", false)).toEqual({ hold: false, clip: false, live: false });
  });
  it("never says twice what the sound already says", () => {
    expect(treat(standard, "extended", true)).toEqual({ hold: false, clip: false, live: false });
    expect(treat({ ...standard, clip: "x" }, "standard", false)).toEqual({ hold: false, clip: true, live: false });
    expect(treat(standard, "standard", false)).toEqual({ hold: false, clip: false, live: true });
  });
  it("lets the lesson wait only in extended mode", () => {
    expect(treat(extended, "extended", true)).toEqual({ hold: true, clip: true, live: false });
    expect(treat({ ...extended, clip: "" }, "extended", true)).toEqual({ hold: true, clip: false, live: true });
    expect(treat(extended, "standard", true)).toEqual({ hold: false, clip: false, live: true });
  });
  it("gives text mode everything as text", () => {
    expect(treat(standard, "text", true)).toEqual({ hold: false, clip: false, live: true });
    expect(treat(extended, "text", false)).toEqual({ hold: false, clip: false, live: true });
  });
});
