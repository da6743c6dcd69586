// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeEach, describe, expect, it } from "vitest";

import { Describer } from "./describer";

/** A lesson and a world of which every step is in the test's hands. */
class World {
  time = 0;
  plays = true;
  speed = 1;
  inTrack = false;
  log: string[] = [];
  timers = new Map<number, () => void>();
  lastTimer = 0;
  endClip: () => void = () => undefined;
  breakClip: () => void = () => undefined;
  list: unknown = [
    { id: "1", mode: "standard", at_ms: 1_000, end_ms: 3_000, text: "画面甲", clip: "c1.m4a", clip_ms: 1_500 },
    { id: "2", mode: "extended", at_ms: 5_000, end_ms: 5_000, text: "画面乙", clip: "c2.m4a", clip_ms: 2_000 },
    { id: "3", mode: "text", at_ms: 8_000, end_ms: 8_000, text: "画面丙" },
  ];
  describer = new Describer(
    {
      timeMs: () => this.time,
      playing: () => this.plays,
      rate: () => this.speed,
      hold: (back) => {
        this.plays = false;
        if (back !== undefined) this.time = back;
        this.log.push(back === undefined ? "hold" : `hold ${back}`);
      },
      release: () => {
        this.plays = true;
        this.log.push("release");
      },
      duck: (how) => this.log.push(how),
      describedSound: () => this.inTrack,
    },
    {
      fetchList: () => Promise.resolve(this.list),
      playClip: (url, rate) => {
        this.log.push(`clip ${url.slice(-6)} ${rate}`);
        const ended = new Promise<void>((resolve, reject) => {
          this.endClip = resolve;
          this.breakClip = () => {
            reject(new Error("no sound"));
          };
        });
        return { stop: () => this.log.push("stop"), ended };
      },
      later: (callback) => {
        this.lastTimer += 1;
        this.timers.set(this.lastTimer, callback);
        return this.lastTimer;
      },
      cancel: (timer) => void this.timers.delete(timer),
      show: (text, _lang, live) => {
        if (text !== "") this.log.push(`${live} ${text}`);
      },
      describing: () => undefined,
    },
  );

  /** The lesson plays from where it is to a time, looked at sixty times a second. */
  playTo(ms: number): void {
    while (this.time < ms && this.plays) {
      this.time = Math.min(ms, this.time + 16 * this.speed);
      this.describer.tick();
    }
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
let world: World;

beforeEach(async () => {
  world = new World();
  await world.describer.load("https://learn.example/ad/ad.json");
});

describe("Describer", () => {
  it("says nothing while it is off", () => {
    world.playTo(9_000);
    expect(world.log).toEqual([]);
  });

  it("plays a standard clip over the lowered lesson, which goes on", async () => {
    world.describer.setMode("standard");
    world.playTo(1_100);
    expect(world.log).toEqual(["quiet 画面甲", "down", "clip c1.m4a 1"]);
    world.endClip();
    await settled();
    expect(world.log.at(-1)).toBe("up");
    expect(world.plays).toBe(true);
  });

  it("stops within 50 ms of the place, waits for the clip and leaves the lesson's time alone", async () => {
    world.describer.setMode("extended");
    world.time = 4_000;
    world.describer.moved();
    world.playTo(6_000);
    expect(world.plays).toBe(false);
    expect(Math.abs(world.time - 5_000)).toBeLessThanOrEqual(50);
    const at = world.time;
    world.endClip();
    await settled();
    expect(world.log).toEqual(["hold", "quiet 画面乙", "clip c2.m4a 1", "stop", "up", "release"]);
    expect(world.time).toBe(at);
    world.playTo(5_500);
    expect(world.log.filter((line) => line === "hold")).toHaveLength(1);
  });

  it("puts the lesson back where it looked too late, as in a hidden page", () => {
    world.describer.setMode("extended");
    world.time = 4_900;
    world.describer.tick();
    world.time = 5_250;
    world.describer.tick();
    expect(world.log[0]).toBe("hold 5000");
    expect(world.time).toBe(5_000);
  });

  it("goes on by itself when a clip never ends, and gives the text when it never begins", async () => {
    world.describer.setMode("extended");
    world.time = 4_990;
    world.describer.moved();
    world.playTo(5_100);
    world.breakClip();
    await settled();
    expect(world.log.at(-1)).toBe("live 画面乙");
    expect(world.plays).toBe(false);
    for (const callback of [...world.timers.values()]) callback();
    expect(world.plays).toBe(true);
  });

  it("skips on demand, and repeats the last one on demand", () => {
    world.describer.setMode("extended");
    world.time = 4_990;
    world.describer.moved();
    world.playTo(5_100);
    expect(world.describer.skip()).toBe(true);
    expect(world.plays).toBe(true);
    expect(world.describer.skip()).toBe(false);
    world.log = [];
    world.describer.again();
    expect(world.log.slice(0, 2)).toEqual(["hold", "quiet 画面乙"]);
    world.describer.again();
    expect(world.log.filter((line) => line === "release")).toEqual([]);
  });

  it("does not say again what the described sound says", () => {
    world.inTrack = true;
    world.describer.setMode("extended");
    world.playTo(4_000);
    expect(world.log).toEqual(["quiet 画面甲"]); // seen, not said;
  });

  it("hands everything to screen reader and braille in text mode, and never waits", () => {
    world.describer.setMode("text");
    world.playTo(9_000);
    expect(world.log).toEqual(["live 画面甲", "live 画面乙", "live 画面丙"]);
  });

  it("says nothing of what a jump passes over", () => {
    world.describer.setMode("extended");
    world.playTo(500);
    world.time = 7_000;
    world.describer.moved();
    world.describer.tick();
    expect(world.log).toEqual([]);
  });

  it("follows the speed of the lesson up to one and a half", () => {
    world.speed = 3;
    world.describer.setMode("extended");
    world.time = 4_900;
    world.describer.moved();
    world.playTo(5_300);
    expect(world.log).toContain("clip c2.m4a 1.5");
  });
});
