// SPDX-License-Identifier: GPL-3.0-or-later
// What the learner chose once and wants again: kept in this browser.
import { descriptionModes, type DescriptionMode } from "./descriptions";
import type { KeyMode } from "./keymap";
import type { Shelf } from "./outbox";
import { readingPauses, type ReadingPause } from "./reading-pause";

export type CaptionSize = "small" | "normal" | "large" | "huge";
export type CaptionLook = "white_on_black" | "yellow_on_black" | "black_on_white";
export type CaptionPlace = "auto" | "over" | "below";

/** Percent of the picture's width. */
export type SignSize = "25" | "33" | "50" | "100";
export type SignCorner = "top_left" | "top_right" | "bottom_left" | "bottom_right";

export interface Settings {
  /** "" not chosen yet, "off", or "lang/kind". */
  captions: string;
  captionSize: CaptionSize;
  captionLook: CaptionLook;
  captionPlace: CaptionPlace;
  volume: number;
  muted: boolean;
  rate: number;
  keys: KeyMode;
  description: DescriptionMode;
  /** What the button and the key turn on again. */
  descriptionOn: DescriptionMode;
  sign: "off" | "on";
  signSize: SignSize;
  signCorner: SignCorner;
  readingPause: ReadingPause;
}

export const defaults: Readonly<Settings> = {
  captions: "",
  captionSize: "normal",
  captionLook: "white_on_black",
  captionPlace: "auto",
  volume: 1,
  muted: false,
  rate: 1,
  keys: "on",
  description: "off",
  descriptionOn: "extended",
  sign: "off",
  signSize: "33",
  signCorner: "bottom_right",
  readingPause: "off",
};

export const captionSizes: readonly CaptionSize[] = ["small", "normal", "large", "huge"];
export const captionLooks: readonly CaptionLook[] = ["white_on_black", "yellow_on_black", "black_on_white"];
export const captionPlaces: readonly CaptionPlace[] = ["auto", "over", "below"];
export const keyModes: readonly KeyMode[] = ["on", "alt_shift", "off"];
export const signSizes: readonly SignSize[] = ["25", "33", "50", "100"];
export const signCorners: readonly SignCorner[] = ["top_left", "top_right", "bottom_left", "bottom_right"];
export const slowest = 0.5;
export const fastest = 3;
export const speedStep = 0.25;

const key = "tongxing.player";

function oneOf<T>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.includes(value as T) ? (value as T) : otherwise;
}

function between(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === "number" && value >= least && value <= most ? value : otherwise;
}

/** Whatever is stored, the result is usable: anything out of range falls back to its default. */
export function loadSettings(shelf: Shelf | undefined): Settings {
  let stored: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(shelf?.getItem(key) ?? "{}");
    if (typeof parsed === "object" && parsed !== null) stored = parsed as Record<string, unknown>;
  } catch {
    // Unreadable: start with the defaults.
  }
  return {
    captions: typeof stored["captions"] === "string" ? stored["captions"] : defaults.captions,
    captionSize: oneOf(stored["captionSize"], captionSizes, defaults.captionSize),
    captionLook: oneOf(stored["captionLook"], captionLooks, defaults.captionLook),
    captionPlace: oneOf(stored["captionPlace"], captionPlaces, defaults.captionPlace),
    volume: between(stored["volume"], 0, 1, defaults.volume),
    muted: stored["muted"] === true,
    rate: between(stored["rate"], slowest, fastest, defaults.rate),
    keys: oneOf(stored["keys"], keyModes, defaults.keys),
    description: oneOf(stored["description"], descriptionModes, defaults.description),
    descriptionOn: oneOf(
      stored["descriptionOn"],
      descriptionModes.filter((mode) => mode !== "off"),
      defaults.descriptionOn,
    ),
    sign: oneOf(stored["sign"], ["off", "on"], defaults.sign),
    signSize: oneOf(stored["signSize"], signSizes, defaults.signSize),
    signCorner: oneOf(stored["signCorner"], signCorners, defaults.signCorner),
    readingPause: oneOf(stored["readingPause"], readingPauses, defaults.readingPause),
  };
}

export function saveSettings(shelf: Shelf | undefined, settings: Settings): void {
  try {
    shelf?.setItem(key, JSON.stringify(settings));
  } catch {
    // Private browsing or a full disk: the choice holds for this page.
  }
}

/** Which caption track fits the stored wish: the same language and kind, else the same language, else none. */
export function wishedCaptions(wish: string, tracks: readonly { lang: string; kind: string }[]): number {
  if (wish === "" || wish === "off") return -1;
  const [lang, kind] = wish.split("/");
  const exact = tracks.findIndex((t) => t.lang === lang && t.kind === kind);
  return exact >= 0 ? exact : tracks.findIndex((t) => t.lang === lang);
}
