// SPDX-License-Identifier: GPL-3.0-or-later
// Says the descriptions while the lesson plays: finds the moment, lets the lesson wait, plays the clip or hands the text
// to the live region, and goes on whatever happens.
import { dueBetween, lastBefore, readDescriptions, readingMs, treat, type Description } from "./descriptions";
import type { DescriptionMode } from "./descriptions";

/** What the describer may do with the lesson; times in ms of the lesson. */
export interface DescribedLesson {
  readonly timeMs: () => number;
  readonly playing: () => boolean;
  readonly rate: () => number;
  /** The lesson's clock stands still until `release`; `backToMs` corrects a late stop. */
  readonly hold: (backToMs: number | undefined) => void;
  readonly release: () => void;
  /** Lowers the lesson's sound below a clip, or raises it again. */
  readonly duck: (how: "down" | "up") => void;
  /** Whether the sound that plays has the standard descriptions in it. */
  readonly describedSound: () => boolean;
}

/** The outside world, so that tests need no sound and no waiting. */
export interface DescriberTools {
  readonly fetchList: (url: string) => Promise<unknown>;
  readonly playClip: (url: string, rate: number) => { stop: () => void; ended: Promise<void> };
  readonly later: (callback: () => void, ms: number) => number;
  readonly cancel: (timer: number) => void;
  /** What is said now, for all to see; "" when it is over. `live`: also for screen readers and braille. */
  readonly show: (text: string, lang: string, live: "live" | "quiet") => void;
  readonly describing: (now: Description | undefined) => void;
}

const leadMs = 20;
const lateMs = 100;
const watchdogMs = 2_000;
const fastestClip = 1.5;

export class Describer {
  private list: readonly Description[] = [];
  private mode: DescriptionMode = "off";
  private lastMs = -1;
  private holding = false;
  private stopClip: (() => void) | undefined;
  private timer: number | undefined;
  private turn = 0;

  constructor(
    private readonly lesson: DescribedLesson,
    private readonly tools: DescriberTools,
  ) {}

  get descriptions(): readonly Description[] {
    return this.list;
  }

  /** Whether the lesson waits for a description. */
  get waiting(): boolean {
    return this.holding;
  }

  async load(url: string): Promise<void> {
    this.list = readDescriptions(await this.tools.fetchList(url), url);
  }

  setMode(mode: DescriptionMode): void {
    this.mode = mode;
    if (mode === "off") this.finish();
    this.lastMs = this.lesson.timeMs();
  }

  /** After a seek, what lies between is not said. */
  moved(): void {
    this.finish();
    this.lastMs = this.lesson.timeMs() - 1;
  }

  /** To be called often while the lesson plays. */
  tick(): void {
    if (this.mode === "off" || this.holding || !this.lesson.playing()) return;
    const now = this.lesson.timeMs();
    if (now < this.lastMs || now - this.lastMs > 2_000 * Math.max(1, this.lesson.rate())) this.lastMs = now - 1;
    const due = dueBetween(this.list, this.lastMs, now + leadMs);
    this.lastMs = Math.max(now, due?.atMs ?? now);
    if (due) this.say(due, now, this.mode);
  }

  /** Once more, from the start. */
  again(): void {
    const last = lastBefore(this.list, this.lesson.timeMs() + leadMs);
    if (last) this.say({ ...last, mode: "extended" }, last.atMs, this.mode === "text" ? "text" : "extended");
  }

  /** Ends the description that is being said; true where there was one. */
  skip(): boolean {
    const busy = this.holding || this.stopClip !== undefined;
    this.finish();
    return busy;
  }

  private say(one: Description, nowMs: number, mode: DescriptionMode): void {
    this.quiet();
    const how = treat(one, mode, this.lesson.describedSound());
    if (this.holding && !how.hold) this.finish();
    const { turn } = this;
    const over = (): void => {
      if (turn === this.turn) this.finish();
    };
    if (how.hold) {
      this.holding = true;
      this.lesson.hold(nowMs - one.atMs > lateMs ? one.atMs : undefined);
    }
    this.tools.describing(one);
    this.tools.show(one.text, one.lang, how.live ? "live" : "quiet");
    let lasts = readingMs(one.text);
    if (how.clip) {
      const rate = Math.min(fastestClip, Math.max(0.5, this.lesson.rate()));
      if (!how.hold) this.lesson.duck("down");
      const clip = this.tools.playClip(one.clip, rate);
      this.stopClip = clip.stop;
      lasts = one.clipMs / rate + watchdogMs;
      clip.ended.then(over, () => {
        if (turn !== this.turn) return;
        // The clip did not come: its text takes its place, with the time to read it.
        this.stopClip = undefined;
        this.tools.show(one.text, one.lang, "live");
        if (this.timer !== undefined) this.tools.cancel(this.timer);
        this.timer = this.tools.later(over, readingMs(one.text));
      });
    }
    this.timer = this.tools.later(over, lasts);
  }

  private finish(): void {
    this.quiet();
    if (!this.holding) return;
    this.holding = false;
    this.lesson.release();
  }

  /** Ends what is being said; a lesson that waits goes on waiting. */
  private quiet(): void {
    this.turn += 1;
    if (this.timer !== undefined) this.tools.cancel(this.timer);
    this.timer = undefined;
    const { stopClip } = this;
    this.stopClip = undefined;
    if (stopClip) {
      stopClip();
      this.lesson.duck("up");
    }
    this.tools.show("", "", "quiet");
    this.tools.describing(undefined);
  }
}
