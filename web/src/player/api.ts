// SPDX-License-Identifier: GPL-3.0-or-later
// The two calls that record play. Each answers with a value; a failure says of which kind it is.
import type { Heartbeat } from "./outbox";

export interface Progress {
  readonly state: "NOT_STARTED" | "IN_PROGRESS" | "COVERED" | "COMPLETED";
  readonly unique_ms: number;
  readonly missing_ms: number;
  readonly duration_ms: number;
  readonly resume_ms: number;
  readonly first_gap_ms: number | null;
  readonly course_points: number;
}

export interface StartedSession {
  readonly id: string;
  readonly progress: Progress;
}

export interface BeatResult {
  readonly seq: number;
  readonly accepted: boolean;
  readonly reason: string;
}

export interface BeatAnswer {
  readonly results: readonly BeatResult[];
  readonly progress: Progress;
}

/** `offline`: no answer; `busy`: try again later; `signed_out`; `gone`: the server does not know the session. */
export type Trouble = "offline" | "busy" | "signed_out" | "gone";
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: Trouble };

export interface LearningApi {
  start(lesson: string): Promise<Answer<StartedSession>>;
  report(session: string, beats: readonly Heartbeat[]): Promise<Answer<BeatAnswer>>;
}

async function post<T>(path: string, body: unknown, patience: number): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true, // also when the page is being closed
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF": "1" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    if (response.ok) return { ok: true, value: (await response.json()) as T };
    if (response.status === 401) return { ok: false, trouble: "signed_out" };
    if (response.status === 429 || response.status >= 500) return { ok: false, trouble: "busy" };
    return { ok: false, trouble: "gone" };
  } catch {
    return { ok: false, trouble: "offline" };
  }
}

export const httpApi: LearningApi = {
  start: (lesson) => post<StartedSession>(`/api/v1/lessons/${encodeURIComponent(lesson)}/playback-sessions`, {}, 8_000),
  report: (session, beats) =>
    post<BeatAnswer>(`/api/v1/playback-sessions/${encodeURIComponent(session)}/heartbeats`, beats, 15_000),
};
