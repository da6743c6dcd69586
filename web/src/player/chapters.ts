// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a lesson: which one plays, and where the next and the one before begin. Pure: no DOM.

export interface Chapter {
  /** Seconds. */
  readonly start: number;
  readonly title: string;
}

/** Going back within so many seconds of a chapter's start means the chapter before, as players of music do. */
const justBegun = 3;

/** By rising start; what is no chapter is left out. */
export function readChapters(raw: unknown): Chapter[] {
  const list = Array.isArray(raw) ? (raw as Record<string, unknown>[]) : [];
  return list
    .filter((one) => typeof one["title"] === "string" && Number.isFinite(one["start_ms"]))
    .map((one) => ({ start: Number(one["start_ms"]) / 1000, title: String(one["title"]) }))
    .sort((a, b) => a.start - b.start);
}

/** Index of the chapter that plays at `time`; −1 before the first one. */
export function chapterAt(chapters: readonly Chapter[], time: number): number {
  let index = -1;
  while (index + 1 < chapters.length && (chapters[index + 1]?.start ?? Infinity) <= time) index += 1;
  return index;
}

/** Where "next" leads, or nothing in the last chapter. */
export function nextStart(chapters: readonly Chapter[], time: number): number | undefined {
  return chapters[chapterAt(chapters, time) + 1]?.start;
}

/** Where "back" leads: to the start of this chapter, or of the one before when this one has just begun. */
export function previousStart(chapters: readonly Chapter[], time: number): number {
  const now = chapterAt(chapters, time);
  const start = chapters[now]?.start ?? 0;
  if (time - start >= justBegun) return start;
  return chapters[now - 1]?.start ?? 0;
}
