// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting after each caption, for people who read more slowly than others speak. Pure.

import { measureText } from "./text-measure";

/** off · wait: until the learner goes on · reading: for as long as the text takes at four characters a second. */
export type ReadingPause = "off" | "wait" | "reading";

export const readingPauses: readonly ReadingPause[] = ["off", "wait", "reading"];

const charactersASecond = 4;
const wordsASecond = 2;

/** How much longer than it was shown (ms) a caption of this text has to stay; 0: it was shown long enough. */
export function stillToRead(text: string, shownMs: number): number {
  const { characters, words } = measureText(text);
  const needed = (characters / charactersASecond + words / wordsASecond) * 1_000;
  return Math.max(0, Math.round(needed - shownMs));
}
