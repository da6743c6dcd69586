// SPDX-License-Identifier: GPL-3.0-or-later
// The player's texts: the same locale files that the server uses, one small chunk a language.
import { fill } from './format';

interface Tree {
  readonly [key: string]: string | Tree;
}

const catalogues = import.meta.glob<{ default: Tree }>('../../locales/*/player.json');

export type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

/** A lookup over one catalogue. A key that is missing shows itself, so that a test can see it. */
export function sayFrom(tree: Tree): Say {
  return (key, values) => {
    let node: string | Tree | undefined = tree;
    for (const part of key.split('.')) node = typeof node === 'object' ? node[part] : undefined;
    return typeof node === 'string' ? fill(node, values) : `⟦player.${key}⟧`;
  };
}

export async function loadMessages(language: string): Promise<Say> {
  const load =
    catalogues[`../../locales/${language}/player.json`] ?? catalogues['../../locales/zh-Hans/player.json'];
  if (!load) throw new Error('The player has no texts');
  return sayFrom((await load()).default);
}
