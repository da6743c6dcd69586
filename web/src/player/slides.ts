// SPDX-License-Identifier: GPL-3.0-or-later
// "Pictures and sound": the still that belongs to a time, for networks that carry no video.

export interface Slide {
  readonly startMs: number;
  readonly url: string;
}

/** Reads slides.json: {"slides": [{"start_ms", "file"}]}; files are below the list's own address. */
export function readSlides(json: unknown, base: string): Slide[] {
  const raw = (json as { slides?: unknown } | null)?.slides;
  if (!Array.isArray(raw)) return [];
  const list: Slide[] = [];
  for (const one of raw.slice(0, 5_000) as Record<string, unknown>[]) {
    const { start_ms: start, file } = one;
    if (typeof start !== "number" || !(start >= 0) || typeof file !== "string") continue;
    if (!/^[\w-]+(\/[\w-]+)*\.\w+$/.test(file)) continue;
    list.push({ startMs: start, url: new URL(file, base).href });
  }
  return list.sort((a, b) => a.startMs - b.startMs);
}

/** Index of the slide that is shown at a time; −1 before the first. */
export function slideAt(slides: readonly Slide[], timeMs: number): number {
  let low = 0;
  let high = slides.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slides[middle]?.startMs ?? 0) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
