// SPDX-License-Identifier: GPL-3.0-or-later
// How much there is to read or to say in a text: East Asian characters, and words of other scripts.

export interface TextMeasure {
  readonly characters: number;
  readonly words: number;
}

export function measureText(text: string): TextMeasure {
  return {
    characters: text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0,
    words: text.match(/[\p{Script=Latin}\d'’-]+/gu)?.length ?? 0,
  };
}
