// SPDX-License-Identifier: GPL-3.0-or-later
// Heartbeats that the server has not confirmed yet. They outlive the page, so that a lost connection or a closed tab
// loses nothing; the server ignores what it already has (same session, same number).

export interface Heartbeat {
  readonly seq: number;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly wall_ms: number;
  readonly position_ms: number;
  readonly form: string;
  readonly speed_percent: number;
}

export interface Waiting {
  readonly session: string;
  readonly beats: readonly Heartbeat[];
}

/** The part of `Storage` that is needed; tests pass a map. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** More than this many are not kept: about two hours of play without any connection. */
const mostKept = 500;

export class Outbox {
  private beats: { session: string; beat: Heartbeat }[];

  constructor(
    private readonly shelf: Shelf | undefined,
    private readonly key: string,
  ) {
    this.beats = this.load();
  }

  get size(): number {
    return this.beats.length;
  }

  add(session: string, beat: Heartbeat): void {
    this.beats.push({ session, beat });
    if (this.beats.length > mostKept) this.beats.splice(0, this.beats.length - mostKept);
    this.save();
  }

  /** The oldest session's heartbeats, at most `limit` of them, in order; nothing when all are confirmed. */
  next(limit: number): Waiting | undefined {
    const first = this.beats[0];
    if (!first) return undefined;
    const beats = this.beats
      .filter((b) => b.session === first.session)
      .slice(0, limit)
      .map((b) => b.beat);
    return { session: first.session, beats };
  }

  /** The server has answered these, whatever it decided: they are never sent again. */
  confirm(session: string, seqs: readonly number[]): void {
    this.beats = this.beats.filter((b) => b.session !== session || !seqs.includes(b.beat.seq));
    this.save();
  }

  /** The session is unknown to the server (another account, a new database): nothing of it can be confirmed. */
  forget(session: string): void {
    this.beats = this.beats.filter((b) => b.session !== session);
    this.save();
  }

  private load(): { session: string; beat: Heartbeat }[] {
    try {
      const stored: unknown = JSON.parse(this.shelf?.getItem(this.key) ?? "[]");
      if (!Array.isArray(stored)) return [];
      return stored.filter((entry): entry is { session: string; beat: Heartbeat } => isEntry(entry));
    } catch {
      return [];
    }
  }

  private save(): void {
    try {
      if (this.beats.length === 0) this.shelf?.removeItem(this.key);
      else this.shelf?.setItem(this.key, JSON.stringify(this.beats));
    } catch {
      // Storage is full or forbidden: the heartbeats still wait in memory.
    }
  }
}

function isEntry(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as { session?: unknown; beat?: { seq?: unknown; from_ms?: unknown; to_ms?: unknown } | null };
  return (
    typeof entry.session === "string" &&
    typeof entry.beat === "object" &&
    entry.beat !== null &&
    typeof entry.beat.seq === "number" &&
    typeof entry.beat.from_ms === "number" &&
    typeof entry.beat.to_ms === "number"
  );
}
