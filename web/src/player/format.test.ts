// SPDX-License-Identifier: GPL-3.0-or-later
import { describe, expect, it } from "vitest";

import type { Translate } from "../i18n";
import { bitrateText, clockTime, speedText, timeWords } from "./format";

describe("clockTime", () => {
  it("shows minutes and seconds, and hours where there are some", () => {
    expect(clockTime(0)).toBe("0:00");
    expect(clockTime(228.9)).toBe("3:48");
    expect(clockTime(3828)).toBe("1:03:48");
  });
  it("never shows nonsense", () => {
    expect(clockTime(-3)).toBe("0:00");
    expect(clockTime(Number.NaN)).toBe("0:00");
    expect(clockTime(Number.POSITIVE_INFINITY)).toBe("0:00");
  });
});

describe("timeWords", () => {
  const say: Translate = (key, values) => `${Object.values(values ?? {}).join()} ${key.replace("time.", "")}`;
  it("says a time in the page's words, without parts that are zero", () => {
    expect(timeWords(228, say)).toBe("3 minutes 48 seconds");
    expect(timeWords(3660, say)).toBe("1 hours 1 minutes");
  });
  it("says zero as zero seconds", () => {
    expect(timeWords(0, say)).toBe("0 seconds");
    expect(timeWords(Number.NaN, say)).toBe("0 seconds");
  });
});

describe("amounts", () => {
  it("shows speeds and rates briefly", () => {
    expect(speedText(1)).toBe("1");
    expect(speedText(1.25)).toBe("1.25");
    expect(bitrateText(335_000)).toBe("335 kbit/s");
    expect(bitrateText(1_540_000)).toBe("1.5 Mbit/s");
  });
});
