// SPDX-License-Identifier: GPL-3.0-or-later
import { describe, expect, it } from "vitest";

import type { Answer, BeatAnswer, LearningApi, Progress, StartedSession } from "./api";
import { Outbox, type Heartbeat } from "./outbox";
import { Recorder } from "./recorder";
import type { Saving } from "./store";

const progress: Progress = {
  state: "IN_PROGRESS",
  unique_ms: 0,
  missing_ms: 0,
  duration_ms: 600_000,
  resume_ms: 451_000,
  first_gap_ms: null,
  course_points: 0,
};

/** A server that can be away, refuse, or be taken over. */
class FakeServer implements LearningApi {
  sessions = 0;
  away = false;
  reason = "";
  readonly taken: { session: string; beat: Heartbeat }[] = [];

  start(): Promise<Answer<StartedSession>> {
    if (this.away) return Promise.resolve({ ok: false, trouble: "offline" });
    this.sessions += 1;
    return Promise.resolve({ ok: true, value: { id: `s${this.sessions}`, progress } });
  }

  report(session: string, beats: readonly Heartbeat[]): Promise<Answer<BeatAnswer>> {
    if (this.away) return Promise.resolve({ ok: false, trouble: "offline" });
    const accepted = this.reason === "";
    if (accepted) this.taken.push(...beats.map((beat) => ({ session, beat })));
    const results = beats.map(({ seq }) => ({ seq, accepted, reason: this.reason }));
    return Promise.resolve({ ok: true, value: { results, progress } });
  }
}

class Bench {
  readonly server = new FakeServer();
  readonly outbox = new Outbox(undefined, "box");
  readonly saving: Saving[] = [];
  readonly timers: { callback: () => void; ms: number }[] = [];
  superseded = 0;
  now = 0;
  media = 0;
  readonly recorder = new Recorder({
    lesson: "lesson",
    api: this.server,
    outbox: this.outbox,
    now: () => this.now,
    later: (callback, ms) => void this.timers.push({ callback, ms }),
    heartbeatMs: 15_000,
    hooks: {
      saving: (state) => void this.saving.push(state),
      progress: () => undefined,
      superseded: () => void (this.superseded += 1),
    },
  });

  async play(seconds: number): Promise<void> {
    for (let i = 0; i < seconds * 4; i += 1) {
      this.now += 250;
      this.media += 250;
      this.recorder.look(this.media, 1);
    }
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  }

  async fire(): Promise<void> {
    const due = this.timers.splice(0);
    for (const { callback } of due) callback();
    await this.settle();
  }

  total(): number {
    return this.server.taken.reduce((sum, { beat }) => sum + beat.to_ms - beat.from_ms, 0);
  }
}

describe("Recorder", () => {
  it("starts a session and tells where the learner left off", async () => {
    const bench = new Bench();
    const started = await bench.recorder.begin();
    expect(started?.progress.resume_ms).toBe(451_000);
    expect(await bench.recorder.begin()).toBeUndefined();
    expect(bench.server.sessions).toBe(1);
  });

  it("reports every fifteen seconds, and the rest at a pause", async () => {
    const bench = new Bench();
    await bench.recorder.begin();
    await bench.play(40);
    bench.recorder.stop(bench.media);
    await bench.settle();
    expect(bench.total()).toBe(39_750);
    expect(bench.server.taken.length).toBe(3);
    expect(bench.server.taken.map(({ beat }) => beat.seq)).toEqual([1, 2, 3]);
    expect(bench.saving.at(-1)).toBe("saved");
  });

  it("keeps what was played without a connection and sends it once it is back", async () => {
    const bench = new Bench();
    await bench.recorder.begin();
    bench.server.away = true;
    await bench.play(32);
    expect(bench.saving.at(-1)).toBe("unsaved");
    expect(bench.server.taken).toEqual([]);
    expect(bench.outbox.size).toBe(2);
    bench.server.away = false;
    await bench.fire();
    expect(bench.server.taken.map(({ beat }) => beat.seq)).toEqual([1, 2]);
    expect(bench.outbox.size).toBe(0);
    expect(bench.saving.at(-1)).toBe("saved");
  });

  it("waits longer and longer between tries", async () => {
    const bench = new Bench();
    await bench.recorder.begin();
    bench.server.away = true;
    await bench.play(16);
    const waits: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      waits.push(bench.timers[0]?.ms ?? 0);
      await bench.fire();
    }
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it("stops counting when another device took over, and can come back", async () => {
    const bench = new Bench();
    await bench.recorder.begin();
    bench.server.reason = "SUPERSEDED";
    await bench.play(16);
    expect(bench.superseded).toBe(1);
    expect(bench.saving.at(-1)).toBe("superseded");
    await bench.play(30);
    expect(bench.outbox.size).toBe(0);
    bench.server.reason = "";
    await bench.recorder.takeOver();
    expect(bench.server.sessions).toBe(2);
    await bench.play(16);
    expect(bench.server.taken[0]?.session).toBe("s2");
  });

  it("starts a new session after a long silence", async () => {
    const bench = new Bench();
    await bench.recorder.begin();
    await bench.play(16);
    bench.recorder.stop(bench.media);
    await bench.settle();
    bench.now += 120_000;
    await bench.recorder.begin();
    expect(bench.server.sessions).toBe(2);
  });

  it("reports again, joined to what follows, what came in too early", async () => {
    const bench = new Bench();
    await bench.recorder.begin();
    bench.server.reason = "WALL";
    await bench.play(15.5);
    bench.server.reason = "";
    await bench.play(15);
    expect(bench.server.taken.length).toBe(1);
    expect(bench.server.taken[0]?.beat.from_ms).toBe(250);
    expect(bench.total()).toBeGreaterThan(29_000);
  });

  it("sends what ten minutes without a connection left in one request, as one stretch of time", async () => {
    const bench = new Bench();
    await bench.recorder.begin();
    let most = 0;
    const report = bench.server.report.bind(bench.server);
    bench.server.report = (session, beats) => {
      most = Math.max(most, beats.length);
      return report(session, beats);
    };
    bench.server.away = true;
    await bench.play(600);
    bench.server.away = false;
    most = 0;
    await bench.fire();
    expect(most).toBeGreaterThanOrEqual(39);
    expect(bench.outbox.size).toBe(0);
  });

  it("does not ask again and again who is signed out", async () => {
    const bench = new Bench();
    let asked = 0;
    bench.server.start = () => {
      asked += 1;
      return Promise.resolve({ ok: false, trouble: "signed_out" });
    };
    await bench.recorder.begin();
    await bench.play(20);
    expect(asked).toBe(1);
    expect(bench.saving.at(-1)).toBe("signed_out");
  });
});
