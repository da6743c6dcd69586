// SPDX-License-Identifier: GPL-3.0-or-later
// What the page tells the player (templates/components/player.mustache, attribute data-config).
import { readChapters, type Chapter } from "./chapters";
import type { CaptionTrack } from "./store";

export interface PlayerConfig {
  readonly lesson: string;
  readonly title: string;
  /** Address of the multivariant HLS playlist. */
  readonly manifest: string;
  /** Address of the sound-only playlist, or "". */
  readonly audio: string;
  /** Address of ad.json, or "": nothing is described apart from the sound. */
  readonly descriptions: string;
  /** Address of the signer's playlist, or "". */
  readonly sign: string;
  /** Address of the playlist with the signer in the picture, or "". */
  readonly signed: string;
  /** Address of slides.json, or "". */
  readonly slides: string;
  /** The asset that is still being made, whose list grows; "": the lesson is finished. */
  readonly growing: string;
  readonly chapters: readonly Chapter[];
  readonly durationMs: number;
  readonly resumeMs: number;
  /** Where the page's address asks to begin (?t=…); 0: nowhere in particular. */
  readonly startMs: number;
  /** In the order of the page's <track> elements. */
  readonly captions: readonly CaptionTrack[];
  /** Whether play is recorded: false in previews. */
  readonly record: boolean;
  readonly heartbeatMs: number;
  readonly account: string;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function amount(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

export function readConfig(json: string): PlayerConfig {
  const raw = JSON.parse(json) as Record<string, unknown>;
  const tracks = Array.isArray(raw["captions"]) ? (raw["captions"] as Record<string, unknown>[]) : [];
  return {
    lesson: text(raw["lesson"]),
    title: text(raw["title"]),
    manifest: text(raw["manifest"]),
    audio: text(raw["audio"]),
    descriptions: text(raw["descriptions"]),
    sign: text(raw["sign"]),
    signed: text(raw["signed"]),
    slides: text(raw["slides"]),
    growing: text(raw["growing"]),
    chapters: readChapters(raw["chapters"]),
    durationMs: amount(raw["duration_ms"], 0),
    resumeMs: amount(raw["resume_ms"], 0),
    startMs: amount(raw["start_ms"], 0),
    captions: tracks.map((t) => ({ lang: text(t["lang"]), kind: text(t["kind"]), label: text(t["label"]) })),
    record: raw["record"] === true,
    heartbeatMs: amount(raw["heartbeat_ms"], 15_000),
    account: text(raw["account"]),
  };
}
