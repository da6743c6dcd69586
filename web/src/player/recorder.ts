// SPDX-License-Identifier: GPL-3.0-or-later
// Records real play with the server: one playback session at a time, a heartbeat every 15 seconds while playing and
// at every pause, seek and end. What is not confirmed waits in the outbox and is sent again.
import type { Answer, BeatAnswer, LearningApi, Progress, StartedSession } from "./api";
import type { Outbox } from "./outbox";
import { PlayedMeter, type Played } from "./played";
import type { Saving } from "./store";

/** A session that was silent for longer is over; the server says 60 s, we start a new one a little before. */
const silence = 50_000;
const firstRetry = 2_000;
const slowestRetry = 30_000;
/** As many as the server takes at once: they are judged as one stretch of time that ends now, so what is left over for a
 *  second request would look as if it claimed time that never passed. */
const batch = 64;

export interface RecorderHooks {
  saving(state: Saving): void;
  progress(progress: Progress): void;
  /** A newer session on another device took over: stop playing. */
  superseded(): void;
}

export interface RecorderOptions {
  readonly lesson: string;
  readonly api: LearningApi;
  readonly outbox: Outbox;
  readonly hooks: RecorderHooks;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly heartbeatMs: number;
  /** setTimeout, or the test's own. */
  readonly later: (callback: () => void, ms: number) => void;
}

export class Recorder {
  private meter = new PlayedMeter();
  private session = "";
  private seq = 0;
  private lastContact = 0;
  private lastTake = 0;
  private starting: Promise<StartedSession | undefined> | undefined;
  private sending = false;
  private retryWait = firstRetry;
  private retryPlanned = false;
  private stopped = false;
  private position = 0;
  private form = "plain";
  /** A stretch that the server found too early: reported again, joined to what follows it. */
  private held: Played | undefined;

  constructor(private readonly options: RecorderOptions) {}

  setForm(form: string): void {
    if (form === this.form) return;
    this.flush();
    this.form = form;
  }

  /** Makes sure that there is a session before anything is counted; resolves with the server's resume position. */
  async begin(): Promise<StartedSession | undefined> {
    if (this.stopped) return undefined;
    if (this.session !== "" && this.options.now() - this.lastContact < silence) return undefined;
    this.starting ??= this.start().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }

  /** The learner wants to go on here after another device took over. */
  async takeOver(): Promise<void> {
    this.stopped = false;
    this.session = "";
    await this.begin();
  }

  /** A look while it plays: position and rate. */
  look(mediaMs: number, rate: number): void {
    this.position = mediaMs;
    if (this.stopped) return;
    if (this.session === "") {
      if (!this.starting && !this.retryPlanned) void this.begin();
      return;
    }
    const now = this.options.now();
    this.meter.look(mediaMs, now, rate);
    if (now - this.lastTake >= this.options.heartbeatMs) this.flush();
  }

  /** Paused, ended or stalled. */
  stop(mediaMs: number): void {
    this.position = mediaMs;
    this.meter.stop(mediaMs, this.options.now());
    this.flush();
  }

  /** The position is being moved to `targetMs`. */
  seek(targetMs: number): void {
    this.meter.seek();
    this.position = targetMs;
    this.flush();
  }

  /** Puts what was played into the outbox and sends it. */
  flush(): void {
    this.lastTake = this.options.now();
    if (this.stopped || this.session === "") return;
    for (const played of this.joined(this.meter.take())) {
      this.seq += 1;
      this.options.outbox.add(this.session, {
        seq: this.seq,
        from_ms: played.from,
        to_ms: played.to,
        wall_ms: played.wall,
        position_ms: Math.round(this.position),
        form: this.form,
        speed_percent: played.speed,
      });
    }
    void this.send();
  }

  /** Tries at once: the connection is back, or somebody pressed the button. */
  retryNow(): void {
    this.retryWait = firstRetry;
    void this.send();
  }

  private joined(stretches: Played[]): Played[] {
    const held = this.held;
    const first = stretches[0];
    if (!held || !first) return stretches;
    this.held = undefined;
    if (held.to !== first.from) return [held, ...stretches];
    return [{ ...first, from: held.from, wall: held.wall + first.wall }, ...stretches.slice(1)];
  }

  private async start(): Promise<StartedSession | undefined> {
    this.flush();
    await this.drain();
    const answer = await this.options.api.start(this.options.lesson);
    if (!answer.ok) {
      this.trouble(answer);
      return undefined;
    }
    this.meter = new PlayedMeter();
    this.held = undefined;
    this.session = answer.value.id;
    this.seq = 0;
    this.lastContact = this.options.now();
    this.lastTake = this.lastContact;
    this.retryWait = firstRetry;
    this.options.hooks.saving("idle");
    this.options.hooks.progress(answer.value.progress);
    return answer.value;
  }

  /** What still waits from before goes first: a new session would make it too old to count. */
  private async drain(): Promise<void> {
    for (let tries = 0; tries < 3 && this.options.outbox.size > 0; tries += 1) {
      if (!(await this.sendOnce())) return;
    }
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.options.outbox.size > 0) {
        if (!(await this.sendOnce())) return;
      }
    } finally {
      this.sending = false;
    }
  }

  private async sendOnce(): Promise<boolean> {
    const waiting = this.options.outbox.next(batch);
    if (!waiting) return true;
    const answer = await this.options.api.report(waiting.session, waiting.beats);
    if (!answer.ok) {
      if (answer.trouble === "gone") {
        this.options.outbox.forget(waiting.session);
        if (waiting.session === this.session) this.session = "";
        return true;
      }
      this.trouble(answer);
      return false;
    }
    this.options.outbox.confirm(
      waiting.session,
      waiting.beats.map((beat) => beat.seq),
    );
    this.retryWait = firstRetry;
    this.judge(waiting.session, waiting.beats, answer.value);
    return true;
  }

  private judge(
    session: string,
    beats: readonly { seq: number; from_ms: number; to_ms: number; wall_ms: number; speed_percent: number }[],
    answer: BeatAnswer,
  ): void {
    this.options.hooks.progress(answer.progress);
    if (session !== this.session) return;
    const refused = answer.results.filter((result) => !result.accepted);
    if (answer.results.length > refused.length) this.lastContact = this.options.now();
    if (refused.some((result) => result.reason === "SUPERSEDED")) {
      this.stopped = true;
      this.session = "";
      this.meter = new PlayedMeter();
      this.options.hooks.saving("superseded");
      this.options.hooks.superseded();
      return;
    }
    if (refused.some((result) => result.reason === "GAP" || result.reason === "CLOSED")) {
      this.session = "";
      void this.begin();
      return;
    }
    const early = refused.find((result) => result.reason === "SPEED" || result.reason === "WALL");
    const beat = early && beats.find((candidate) => candidate.seq === early.seq);
    if (beat && !this.held) {
      this.held = { from: beat.from_ms, to: beat.to_ms, wall: beat.wall_ms, speed: beat.speed_percent };
    }
    this.options.hooks.saving("saved");
  }

  private trouble(answer: Extract<Answer<unknown>, { ok: false }>): void {
    const signedOut = answer.trouble === "signed_out";
    this.options.hooks.saving(signedOut ? "signed_out" : "unsaved");
    if (this.retryPlanned) return;
    this.retryPlanned = true;
    const wait = signedOut ? slowestRetry : this.retryWait;
    this.retryWait = Math.min(slowestRetry, wait * 2);
    this.options.later(() => {
      this.retryPlanned = false;
      void this.send();
    }, wait);
  }
}
