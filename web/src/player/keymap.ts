// SPDX-License-Identifier: GPL-3.0-or-later
// Which key does what while focus is in the player. Pure: an event's facts go in, a command's name comes out.

export type Command =
  | "toggle_play"
  | "back_5"
  | "forward_5"
  | "back_10"
  | "forward_10"
  | "volume_up"
  | "volume_down"
  | "toggle_mute"
  | "toggle_captions"
  | "next_captions"
  | "toggle_description"
  | "next_description"
  | "repeat_description"
  | "skip_description"
  | "toggle_sign"
  | "focus_sign"
  | "slower"
  | "faster"
  | "toggle_fullscreen"
  | "previous_chapter"
  | "next_chapter"
  | "say_where"
  | "show_keys"
  | `jump_${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

/** `alt_shift`: every key only together with Alt and Shift, for people whose software needs the plain letters. */
export type KeyMode = "on" | "alt_shift" | "off";

export interface KeyFacts {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
}

/** What has focus: its own keys come first. */
export type Focus = "text" | "slider" | "button" | "other";

const plain: Readonly<Record<string, Command>> = {
  Space: "toggle_play",
  KeyK: "toggle_play",
  ArrowLeft: "back_5",
  ArrowRight: "forward_5",
  KeyJ: "back_10",
  KeyL: "forward_10",
  ArrowUp: "volume_up",
  ArrowDown: "volume_down",
  KeyM: "toggle_mute",
  KeyC: "toggle_captions",
  KeyD: "toggle_description",
  KeyS: "toggle_sign",
  KeyR: "repeat_description",
  Escape: "skip_description",
  KeyF: "toggle_fullscreen",
  KeyI: "say_where",
  BracketLeft: "previous_chapter",
  BracketRight: "next_chapter",
};

/** The rows that the list of keys shows: keys as printed, and the command (its words are in the locale files). */
export const keyList: readonly (readonly [string, Command | "jump"])[] = [
  ["Space / K", "toggle_play"],
  ["←", "back_5"],
  ["→", "forward_5"],
  ["J", "back_10"],
  ["L", "forward_10"],
  ["↑", "volume_up"],
  ["↓", "volume_down"],
  ["M", "toggle_mute"],
  ["C", "toggle_captions"],
  ["Shift + C", "next_captions"],
  ["D", "toggle_description"],
  ["Shift + D", "next_description"],
  ["R", "repeat_description"],
  ["Esc", "skip_description"],
  ["S", "toggle_sign"],
  ["Shift + S", "focus_sign"],
  ["<", "slower"],
  [">", "faster"],
  ["1 – 9", "jump"],
  ["[", "previous_chapter"],
  ["]", "next_chapter"],
  ["F", "toggle_fullscreen"],
  ["I", "say_where"],
  ["?", "show_keys"],
];

function byCode(facts: KeyFacts, shift: boolean): Command | undefined {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(facts.code);
  if (digit && !shift) return `jump_${digit[1]}` as Command;
  if (facts.code === "KeyC" && shift) return "next_captions";
  if (facts.code === "KeyD" && shift) return "next_description";
  if (facts.code === "KeyS" && shift) return "focus_sign";
  if (shift) {
    if (facts.code === "Comma" || facts.key === "<") return "slower";
    if (facts.code === "Period" || facts.key === ">") return "faster";
    return undefined;
  }
  return plain[facts.code];
}

/** The command of a key press, or nothing: then the key keeps its usual meaning. */
export function commandFor(facts: KeyFacts, focus: Focus, mode: KeyMode): Command | undefined {
  if (mode === "off" || facts.isComposing || focus === "text" || facts.ctrlKey || facts.metaKey) return undefined;
  if (mode === "alt_shift") {
    if (!facts.altKey || !facts.shiftKey) return undefined;
    if (facts.code === "Slash") return "show_keys";
    if (facts.code === "Comma") return "slower";
    if (facts.code === "Period") return "faster";
    return byCode(facts, false);
  }
  if (facts.altKey) return undefined;
  if (facts.key === "?" || facts.key === "？") return "show_keys";
  if (focus === "slider" && facts.code.startsWith("Arrow")) return undefined;
  if (focus === "button" && facts.code === "Space") return undefined;
  return byCode(facts, facts.shiftKey);
}
