// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the table of Mandarin readings that is built into the worker: node make_readings.mjs MODULES SUPPLEMENT OUT
//
// From @pinyin-pro/data (words with reading and probability), pinyin-pro (single characters that the former lacks) and
// our own supplement. The format is described in accessibility/narration/reading_table.hpp, which reads it.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, supplementFile, out] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "package.json"));
const json = (name) => JSON.parse(readFileSync(join(modules, "@pinyin-pro/data/json", `${name}.json`), "utf8"));

const kLongest = 8;
const kCostScale = 12; // cost = −ln(probability) × 12, in one byte
const kRareCost = 250;
const kSupplementProbability = 1e-5;

const kMarks = { "\u0304": 1, "\u0301": 2, "\u030C": 3, "\u0300": 4 };

/** "lǜ" to "lv4". */
function numeric(syllable) {
  let tone = 5;
  let letters = "";
  for (const c of syllable.normalize("NFD")) {
    if (kMarks[c]) tone = kMarks[c];
    else if (c === "\u0308") letters = `${letters.slice(0, -1)}v`;
    else if (c === "\u0302") continue; // ê
    else letters += c;
  }
  return `${letters.toLowerCase()}${tone}`;
}

const kSyllable = /^[a-z]{1,6}[1-5]$/;

function readWords() {
  const data = json("complete");
  let total = 0;
  for (const [, probability] of Object.values(data)) total += probability;
  const words = new Map();
  for (const [word, [reading, probability]] of Object.entries(data)) {
    const characters = [...word];
    const syllables = reading.split(" ").map(numeric);
    if (characters.length !== syllables.length || characters.length > kLongest) continue;
    if (!syllables.every((s) => kSyllable.test(s))) continue;
    words.set(word, { characters, syllables, probability: probability / total });
  }
  return words;
}

/** Puts a correction into the longer words around it. */
function correctWithin(words, part, syllables) {
  for (const entry of words.values()) {
    if (entry.characters.length <= part.length) continue;
    const at = entry.characters.join("").indexOf(part.join(""));
    if (at >= 0) entry.syllables.splice(at, part.length, ...syllables);
  }
}

function addSupplement(words) {
  for (const line of readFileSync(supplementFile, "utf8").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [name, reading] = line.split("\t");
    const word = name.replace("+", "");
    const characters = [...word];
    const syllables = reading.split(" ");
    if (characters.length !== syllables.length || !syllables.every((s) => kSyllable.test(s))) {
      throw new Error(`supplement: ${line}`);
    }
    if (name.startsWith("+")) correctWithin(words, characters, syllables);
    const before = words.get(word)?.probability ?? 0;
    const single = characters.length === 1 ? 5e-3 : kSupplementProbability;
    words.set(word, { characters, syllables, probability: Math.max(before, single), kept: true });
  }
}

/** Every unified ideograph of the basic plane has a reading, however rare. */
function addCharacters(words) {
  const { pinyin } = require("pinyin-pro");
  for (const [character, reading] of Object.entries(json("chars"))) {
    if (!words.has(character)) words.set(character, { characters: [character], syllables: [numeric(reading)], probability: 0 });
  }
  for (let code = 0x4e00; code < 0xa000; ++code) {
    const character = String.fromCodePoint(code);
    if (words.has(character)) continue;
    const syllable = numeric(pinyin(character));
    if (kSyllable.test(syllable)) words.set(character, { characters: [character], syllables: [syllable], probability: 0 });
  }
}

/** Traditional characters that stand for a simplified one; those that are a simplified character too keep their own. */
function traditional() {
  const modern = json("modern");
  return Object.entries(json("traditional")).filter(([from, to]) => from !== to && !(from in modern));
}

const cost = (entry) =>
  entry.probability > 0 ? Math.min(kRareCost, Math.round(-Math.log(entry.probability) * kCostScale)) : kRareCost;

/** The cheapest way to cut `characters` into words of `kept`, as its reading. */
function readingBy(kept, characters) {
  const best = [{ cost: 0, from: -1 }];
  for (let end = 1; end <= characters.length; ++end) {
    for (let begin = Math.max(0, end - kLongest); begin < end; ++begin) {
      const entry = kept.get(characters.slice(begin, end).join(""));
      if (!entry || !best[begin]) continue;
      const total = best[begin].cost + cost(entry);
      if (!best[end] || total < best[end].cost) best[end] = { cost: total, from: begin, entry };
    }
  }
  const parts = [];
  for (let end = characters.length; end > 0 && best[end]; end = best[end].from) parts.unshift(...best[end].entry.syllables);
  return parts;
}

/** Leaves out long words that come out the same when they are put together from shorter ones. */
function prune(words) {
  const kept = new Map();
  for (const entry of [...words.values()].sort((a, b) => a.characters.length - b.characters.length)) {
    const needed =
      entry.kept || entry.characters.length < 3 || readingBy(kept, entry.characters).join(" ") !== entry.syllables.join(" ");
    if (needed) kept.set(entry.characters.join(""), entry);
  }
  return kept;
}

function write(words) {
  const syllables = [...new Set([...words.values()].flatMap((entry) => entry.syllables))].sort();
  const syllableId = new Map(syllables.map((s, i) => [s, i]));
  const alphabet = [...new Set([...words.values()].flatMap((entry) => entry.characters))].sort(
    (a, b) => a.codePointAt(0) - b.codePointAt(0),
  );
  const characterId = new Map(alphabet.map((c, i) => [c, i]));
  const folded = alphabet.map((c) => [c.codePointAt(0), characterId.get(c)]);
  const codes = new Map(folded);
  for (const [from, to] of traditional()) {
    if (characterId.has(to)) codes.set(from.codePointAt(0), characterId.get(to));
  }
  const characters = [...codes].sort((a, b) => a[0] - b[0]);
  const byLength = Array.from({ length: kLongest }, () => []);
  for (const entry of words.values()) {
    const ids = entry.characters.map((c) => characterId.get(c));
    byLength[ids.length - 1].push({ ids, syllables: entry.syllables.map((s) => syllableId.get(s)), cost: cost(entry) });
  }
  const compare = (a, b) => a.ids.reduce((order, id, i) => order || id - b.ids[i], 0);
  for (const list of byLength) list.sort(compare);

  let size = 8 + 4 * (2 + kLongest) + 8 * syllables.length + 6 * characters.length;
  byLength.forEach((list, i) => (size += list.length * (4 * (i + 1) + 1)));
  const blob = Buffer.alloc(size);
  let at = blob.write("TXREAD01", "latin1");
  for (const count of [syllables.length, characters.length, ...byLength.map((list) => list.length)]) {
    at = blob.writeUInt32LE(count, at);
  }
  for (const syllable of syllables) {
    blob.write(syllable, at, "latin1");
    at += 8;
  }
  for (const [code, id] of characters) {
    at = blob.writeUInt32LE(code, at);
    at = blob.writeUInt16LE(id, at);
  }
  for (const list of byLength) {
    for (const record of list) {
      for (const id of [...record.ids, ...record.syllables]) at = blob.writeUInt16LE(id, at);
      at = blob.writeUInt8(record.cost, at);
    }
  }
  if (at !== size) throw new Error(`wrote ${at} of ${size} bytes`);
  writeFileSync(out, blob);
}

const words = readWords();
addSupplement(words);
addCharacters(words);
write(prune(words));
