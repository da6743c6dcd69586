// SPDX-License-Identifier: GPL-3.0-or-later
import { describe, expect, it } from "vitest";

import { DriftAlarm, follow } from "./sign-sync";

const together = { lesson: 10, sign: 10, rate: 1, lessonPlays: true, signEnd: 60 };

describe("follow", () => {
  it("leaves two videos alone that are together", () => {
    expect(follow({ ...together, sign: 9.97 })).toEqual({ rate: 1, paused: false });
  });
  it("follows by rate when a little apart, by a seek when far", () => {
    expect(follow({ ...together, sign: 9.9 }).rate).toBeCloseTo(1.1);
    expect(follow({ ...together, sign: 10.1 }).rate).toBeCloseTo(0.9);
    expect(follow({ ...together, sign: 9 }).seek).toBeCloseTo(10.1);
  });
  it("keeps the lesson's speed and its pauses", () => {
    expect(follow({ ...together, rate: 2 }).rate).toBe(2);
    expect(follow({ ...together, lessonPlays: false })).toEqual({ rate: 1, paused: true });
    expect(follow({ ...together, lessonPlays: false, sign: 9.8 }).seek).toBe(10);
  });
  it("stops where the signer has nothing more", () => {
    expect(follow({ ...together, lesson: 61 })).toEqual({ rate: 1, paused: true });
  });
  it("comes together within two seconds from any start", () => {
    let lesson = 20;
    let sign = 0;
    let drift = 0;
    for (let tick = 0; tick < 20; tick += 1) {
      const step = follow({ ...together, lesson, sign });
      if (step.seek !== undefined) sign = step.seek;
      lesson += 0.1;
      sign += 0.1 * step.rate;
      drift = Math.abs(lesson - sign);
    }
    expect(drift).toBeLessThanOrEqual(0.08);
  });
});

it("gives up after three long separations within a minute, not for short ones", () => {
  const alarm = new DriftAlarm();
  let given = 0;
  for (let tick = 0; tick < 60; tick += 1) if (alarm.look(0.3, tick * 100)) given += 1;
  expect(given).toBe(1);
  const calm = new DriftAlarm();
  for (let tick = 0; tick < 600; tick += 1) expect(calm.look(tick % 15 === 0 ? 0.1 : 0.3, tick * 100)).toBe(false);
});
