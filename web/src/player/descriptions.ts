// SPDX-License-Identifier: GPL-3.0-or-later
// Audio description as data: what is to be said when, and what is done about it in each of the learner's modes. Pure.

import { measureText } from "./text-measure";

/** off · standard: only in the pauses of speech · extended: the lesson may wait · text: for screen reader and braille. */
export type DescriptionMode = "off" | "standard" | "extended" | "text";

export const descriptionModes: readonly DescriptionMode[] = ["off", "standard", "extended", "text"];

export interface Description {
  readonly id: string;
  /** "text": there is no voice for it. */
  readonly mode: "standard" | "extended" | "text";
  readonly atMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly lang: string;
  /** Address of the spoken clip, or "". */
  readonly clip: string;
  readonly clipMs: number;
}

/** What becomes of one description. */
export interface Treatment {
  /** The lesson waits until it is over. */
  readonly hold: boolean;
  /** Its clip is played. */
  readonly clip: boolean;
  /** Its text goes to the live region. */
  readonly live: boolean;
}

const most = 5_000;
const charactersMs = 60_000 / 220;
const wordsMs = 60_000 / 160;

function amount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : 0;
}

/** Reads ad.json; whatever is not a description is left out. Clips are resolved against the list's own address. */
export function readDescriptions(json: unknown, base: string): Description[] {
  if (!Array.isArray(json)) return [];
  const list: Description[] = [];
  for (const raw of json.slice(0, most) as Record<string, unknown>[]) {
    const text = typeof raw["text"] === "string" ? raw["text"].trim() : "";
    if (text === "") continue;
    const mode = raw["mode"] === "standard" || raw["mode"] === "text" ? raw["mode"] : "extended";
    const clip = typeof raw["clip"] === "string" && /^[\w.-]+$/.test(raw["clip"]) ? raw["clip"] : "";
    list.push({
      id: typeof raw["id"] === "string" ? raw["id"] : String(list.length),
      mode,
      atMs: amount(raw["at_ms"]),
      endMs: Math.max(amount(raw["at_ms"]), amount(raw["end_ms"])),
      text,
      lang: typeof raw["lang"] === "string" ? raw["lang"] : "",
      clip: clip === "" ? "" : new URL(clip, base).href,
      clipMs: amount(raw["clip_ms"]),
    });
  }
  return list.sort((a, b) => a.atMs - b.atMs);
}

/** The first description that begins after `fromMs` and not after `toMs`. */
export function dueBetween(list: readonly Description[], fromMs: number, toMs: number): Description | undefined {
  return list.find((one) => one.atMs > fromMs && one.atMs <= toMs);
}

/** The description that was begun last at a time: what "again" repeats. */
export function lastBefore(list: readonly Description[], timeMs: number): Description | undefined {
  let last: Description | undefined;
  for (const one of list) if (one.atMs <= timeMs) last = one;
  return last;
}

/** How long a text is read, where no clip tells its length. */
export function readingMs(text: string): number {
  const { characters, words } = measureText(text);
  return Math.max(2_000, Math.round(characters * charactersMs + words * wordsMs) + 1_000);
}

/** `inTrack`: the sound that plays has the standard descriptions in it. */
export function treat(one: Description, mode: DescriptionMode, inTrack: boolean): Treatment {
  if (mode === "off") return { hold: false, clip: false, live: false };
  if (mode === "text") return { hold: false, clip: false, live: true };
  if (one.mode === "standard") {
    if (inTrack) return { hold: false, clip: false, live: false };
    return { hold: false, clip: one.clip !== "", live: one.clip === "" };
  }
  if (mode === "standard") return { hold: false, clip: false, live: true };
  return { hold: true, clip: one.clip !== "", live: one.clip === "" };
}
