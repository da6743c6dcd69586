// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the signer's video with the lesson's. The lesson leads; the signer follows by rate, and by a seek when far off.
// Pure: the loop's one step, from what both elements say to what the signer's has to do.

export interface SignStep {
  /** Seconds to go to. */
  readonly seek?: number;
  readonly rate: number;
  readonly paused: boolean;
}

export interface TwoVideos {
  /** Seconds. */
  readonly lesson: number;
  readonly sign: number;
  readonly rate: number;
  readonly lessonPlays: boolean;
  /** Nothing more to show: the signer's video ends here. */
  readonly signEnd: number;
}

const seekFrom = 0.5;
const nudgeFrom = 0.04;
const nudge = 0.1;
/** An alarm is more than this many seconds apart for two seconds. */
const alarmFrom = 0.25;
const alarmTicks = 20;

export function follow(now: TwoVideos): SignStep {
  const drift = now.lesson - now.sign;
  const beyond = now.signEnd > 0 && now.lesson >= now.signEnd;
  const paused = !now.lessonPlays || beyond;
  if (beyond) return { rate: now.rate, paused };
  if (Math.abs(drift) > seekFrom) return { seek: now.lesson + (paused ? 0 : 0.1 * now.rate), rate: now.rate, paused };
  if (paused)
    return Math.abs(drift) > nudgeFrom ? { seek: now.lesson, rate: now.rate, paused } : { rate: now.rate, paused };
  if (Math.abs(drift) > nudgeFrom) return { rate: now.rate * (drift > 0 ? 1 + nudge : 1 - nudge), paused };
  return { rate: now.rate, paused };
}

/** Counts how often the two were apart for long: after three alarms within a minute, one video is offered instead. */
export class DriftAlarm {
  private ticksApart = 0;
  private alarms: number[] = [];

  /** One look, each 100 ms. True once, when the two cannot be kept together on this device. */
  look(driftSeconds: number, nowMs: number): boolean {
    this.ticksApart = Math.abs(driftSeconds) > alarmFrom ? this.ticksApart + 1 : 0;
    if (this.ticksApart < alarmTicks) return false;
    this.ticksApart = 0;
    this.alarms = [...this.alarms.filter((at) => nowMs - at < 60_000), nowMs];
    if (this.alarms.length < 3) return false;
    this.alarms = [];
    return true;
  }
}
