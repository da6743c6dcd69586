// SPDX-License-Identifier: GPL-3.0-or-later
import { describe, expect, it } from "vitest";

import { PlayedMeter } from "./played";

/** Looks four times a second while `seconds` of media play at `rate`; returns the time on the wall afterwards. */
function play(meter: PlayedMeter, from: number, seconds: number, wall: number, rate = 1): number {
  for (let ms = 0; ms <= seconds * 1000; ms += 250 * rate) meter.look(from + ms, wall + ms / rate, rate);
  return wall + (seconds * 1000) / rate;
}

describe("PlayedMeter", () => {
  it("reports what was played, once", () => {
    const meter = new PlayedMeter();
    play(meter, 0, 15, 1000);
    expect(meter.take()).toEqual([{ from: 0, to: 15_000, wall: 15_000, speed: 100 }]);
    expect(meter.take()).toEqual([]);
  });

  it("goes on where it reported last, without a hole", () => {
    const meter = new PlayedMeter();
    const wall = play(meter, 0, 15, 0);
    meter.take();
    play(meter, 15_250, 14, wall + 250);
    const next = meter.take();
    expect(next[0]?.from).toBe(15_000);
    expect(next[0]?.to).toBe(29_250);
  });

  it("counts nothing of what a seek jumps over", () => {
    const meter = new PlayedMeter();
    const wall = play(meter, 0, 5, 0);
    meter.seek();
    play(meter, 590_000, 5, wall);
    expect(meter.take().map(({ from, to }) => [from, to])).toEqual([
      [0, 5000],
      [590_000, 595_000],
    ]);
  });

  it("sees a jump that nobody announced", () => {
    const meter = new PlayedMeter();
    const wall = play(meter, 0, 5, 0);
    meter.look(60_000, wall + 250, 1);
    meter.look(60_250, wall + 500, 1);
    expect(meter.take().map(({ from, to }) => [from, to])).toEqual([
      [0, 5000],
      [60_000, 60_250],
    ]);
  });

  it("counts neither pauses nor stalls as time", () => {
    const meter = new PlayedMeter();
    const wall = play(meter, 0, 5, 0);
    meter.stop(5000, wall);
    play(meter, 5000, 5, wall + 60_000);
    const taken = meter.take();
    expect(taken.map(({ wall: time }) => time)).toEqual([5000, 5000]);
    expect(taken[1]).toMatchObject({ from: 5000, to: 10_000 });
  });

  it("keeps speeds apart and measures the wall time of each", () => {
    const meter = new PlayedMeter();
    const wall = play(meter, 0, 4, 0);
    play(meter, 4000, 6, wall, 2);
    const taken = meter.take();
    expect(taken.map(({ speed }) => speed)).toEqual([100, 200]);
    expect(taken[1]).toMatchObject({ from: 4000, to: 10_000, wall: 3000 });
  });

  it("takes sparse looks of a hidden tab for what they are", () => {
    const meter = new PlayedMeter();
    meter.look(0, 0, 1);
    meter.look(10_000, 10_000, 1);
    meter.stop(12_000, 12_000);
    expect(meter.take()).toEqual([{ from: 0, to: 12_000, wall: 12_000, speed: 100 }]);
  });

  it("does not count playing backwards", () => {
    const meter = new PlayedMeter();
    meter.look(5000, 0, 1);
    meter.look(4000, 250, 1);
    meter.look(4250, 500, 1);
    expect(meter.take()).toEqual([{ from: 4000, to: 4250, wall: 250, speed: 100 }]);
  });
});
