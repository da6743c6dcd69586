// SPDX-License-Identifier: GPL-3.0-or-later
// Times and amounts as words. Pure: no DOM.
import type { Translate } from "../i18n";

/** 228 → "3:48", 3828 → "1:03:48". For the eye; screen readers get `timeWords`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const s = String(whole % 60).padStart(2, "0");
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
}

/** 228 → "3 分 48 秒", with the page's own words (player.script.time); parts that are zero are left out. */
export function timeWords(seconds: number, say: Translate): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const parts: [string, number][] = [
    ["hours", Math.floor(whole / 3600)],
    ["minutes", Math.floor(whole / 60) % 60],
    ["seconds", whole % 60],
  ];
  const said = parts.filter(([, amount]) => amount > 0);
  if (said.length === 0) said.push(["seconds", 0]);
  return said.map(([unit, amount]) => say(`time.${unit}`, { [unit]: amount })).join(" ");
}

/** 1.25 → "1.25", 1 → "1": a speed as the settings show it. */
export function speedText(rate: number): string {
  return String(Math.round(rate * 100) / 100);
}

/** Bits a second as people say it: 335000 → "335 kbit/s". */
export function bitrateText(bitsPerSecond: number): string {
  return bitsPerSecond >= 1_000_000
    ? `${Math.round(bitsPerSecond / 100_000) / 10} Mbit/s`
    : `${Math.round(bitsPerSecond / 1000)} kbit/s`;
}
