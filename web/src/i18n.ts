// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ICU MessageFormat that scripts need: {name}, {n, plural, …} with =N, and {x, select, …}. The patterns are
// the server's own; they come in a data-messages attribute, so no text of the interface lives in a script.

export type MessageValues = Readonly<Record<string, string | number>>;
export interface MessageTree {
  readonly [name: string]: string | MessageTree;
}

interface Cursor {
  readonly text: string;
  at: number;
}

/** Reads up to the brace that closes the current level, or to the end, and formats as it goes. */
function formatUntilClose(cursor: Cursor, values: MessageValues, locale: string, count: number | undefined): string {
  let out = "";
  while (cursor.at < cursor.text.length) {
    const c = cursor.text[cursor.at] ?? "";
    if (c === "}") break;
    cursor.at += 1;
    if (c === "'") out += readApostrophe(cursor);
    else if (c === "#" && count !== undefined) out += new Intl.NumberFormat(locale).format(count);
    else if (c === "{") out += formatArgument(cursor, values, locale);
    else out += c;
  }
  return out;
}

/** As ICU has it: '' is one apostrophe, '{…' quotes up to the next one, any other is itself. */
function readApostrophe(cursor: Cursor): string {
  const next = cursor.text[cursor.at];
  if (next === "'") {
    cursor.at += 1;
    return "'";
  }
  if (next !== "{" && next !== "}" && next !== "#") return "'";
  const end = cursor.text.indexOf("'", cursor.at);
  const quoted = cursor.text.slice(cursor.at, end < 0 ? undefined : end);
  cursor.at = end < 0 ? cursor.text.length : end + 1;
  return quoted;
}

function readWord(cursor: Cursor): string {
  const match = /^\s*([^\s{},]*)\s*/.exec(cursor.text.slice(cursor.at));
  cursor.at += match?.[0].length ?? 0;
  return match?.[1] ?? "";
}

function expect(cursor: Cursor, c: string): void {
  if (cursor.text[cursor.at] !== c) throw new Error(`"${c}" expected at ${cursor.at} of: ${cursor.text}`);
  cursor.at += 1;
}

function formatArgument(cursor: Cursor, values: MessageValues, locale: string): string {
  const name = readWord(cursor);
  const value = values[name];
  if (cursor.text[cursor.at] === "}") {
    cursor.at += 1;
    return value === undefined ? `{${name}}` : String(value);
  }
  expect(cursor, ",");
  const kind = readWord(cursor);
  if (kind !== "plural" && kind !== "select") throw new Error(`no {${name}, ${kind}} here: ${cursor.text}`);
  expect(cursor, ",");
  const count = kind === "plural" ? Number(value) : undefined;
  const branches = new Map<string, string>();
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== "}") {
    const key = readWord(cursor);
    expect(cursor, "{");
    branches.set(key, formatUntilClose(cursor, values, locale, count));
    expect(cursor, "}");
    cursor.at += /^\s*/.exec(cursor.text.slice(cursor.at))?.[0].length ?? 0;
  }
  expect(cursor, "}");
  const wanted = count === undefined ? String(value) : new Intl.PluralRules(locale).select(count);
  return branches.get(`=${String(value)}`) ?? branches.get(wanted) ?? branches.get("other") ?? "";
}

/** Formats one pattern. A value that is not given stays visible as {name}. */
export function formatMessage(pattern: string, values: MessageValues = {}, locale = pageLocale()): string {
  const cursor = { text: pattern, at: 0 };
  const out = formatUntilClose(cursor, values, locale, undefined);
  if (cursor.at < pattern.length) throw new Error(`an unmatched "}" in: ${pattern}`);
  return out;
}

export function pageLocale(): string {
  return document.documentElement.lang || "zh-Hans";
}

export type Translate = (key: string, values?: MessageValues) => string;

/** The messages that the server gave an element, `t("errors.network", {seconds: 3})`. A missing one is ⟦key⟧. */
export function messagesOf(element: HTMLElement): Translate {
  const tree = JSON.parse(element.dataset["messages"] ?? "{}") as MessageTree;
  return (key, values) => {
    let node: string | MessageTree | undefined = tree;
    for (const name of key.split(".")) node = typeof node === "object" ? node[name] : undefined;
    return typeof node === "string" ? formatMessage(node, values) : `⟦${key}⟧`;
  };
}
