// SPDX-License-Identifier: GPL-3.0-or-later
// What the player shows, in one value. Only the mediator and the recorder change it, and only when the media element
// (or the server) has confirmed the change; the controls read it.

import type { DescriptionMode } from "./descriptions";

export interface CaptionTrack {
  readonly lang: string;
  readonly kind: string;
  readonly label: string;
}

export interface AudioTrack {
  readonly name: string;
  readonly lang: string;
  /** Audio description is mixed into it. */
  readonly described: boolean;
}

export interface Quality {
  /** Index in the manifest, as the engine counts. */
  readonly level: number;
  readonly height: number;
  readonly bitrate: number;
}

/** What became of the record of this session's play. */
export type Saving = "off" | "idle" | "saved" | "unsaved" | "superseded" | "signed_out";

/** Of a lesson that is played while it is still being made: whether more comes, and when. */
export type Growth = "none" | "on" | "soon" | "whole" | "failed";

export interface PlayerState {
  readonly phase: "idle" | "loading" | "ready" | "failed";
  readonly paused: boolean;
  readonly ended: boolean;
  readonly waiting: boolean;
  /** Seconds. */
  readonly time: number;
  readonly duration: number;
  readonly volume: number;
  readonly muted: boolean;
  readonly rate: number;
  readonly captionTracks: readonly CaptionTrack[];
  /** Index into captionTracks; −1: off. */
  readonly captionTrack: number;
  readonly captionFailed: boolean;
  readonly audioTracks: readonly AudioTrack[];
  readonly audioTrack: number;
  readonly descriptionMode: DescriptionMode;
  /** A description is being said: a pause is the lesson's, not the learner's. */
  readonly describing: boolean;
  readonly sign: "off" | "on";
  readonly qualities: readonly Quality[];
  /** What the learner chose: −1 automatic, −2 sound only, −3 stills and sound, −4 with the signer, else a level. */
  readonly chosenQuality: number;
  /** What plays now. */
  readonly playingQuality: number;
  readonly fullscreen: boolean;
  /** Key below player.error, or nothing. */
  readonly error: string;
  readonly saving: Saving;
  readonly growth: Growth;
}

export const automaticQuality = -1;
export const soundOnly = -2;
export const stillsAndSound = -3;
/** One picture with the signer in it, for devices that cannot play two. */
export const signerInPicture = -4;

/** Whether the choice is heard without the video's own picture. */
export function withoutVideo(quality: number): boolean {
  return quality === soundOnly || quality === stillsAndSound;
}

type Listener = (now: PlayerState, before: PlayerState) => void;

export class Store {
  private listeners: Listener[] = [];
  constructor(private current: PlayerState) {}

  get state(): PlayerState {
    return this.current;
  }

  set(change: Partial<PlayerState>): void {
    const before = this.current;
    const now = { ...before, ...change };
    const keys = Object.keys(change) as (keyof PlayerState)[];
    if (keys.every((key) => before[key] === now[key])) return;
    this.current = now;
    for (const listener of this.listeners) listener(now, before);
  }

  watch(listener: Listener): void {
    this.listeners.push(listener);
  }
}

export function initialState(durationSeconds: number, captionTracks: readonly CaptionTrack[]): PlayerState {
  return {
    phase: "idle",
    paused: true,
    ended: false,
    waiting: false,
    time: 0,
    duration: durationSeconds,
    volume: 1,
    muted: false,
    rate: 1,
    captionTracks,
    captionTrack: -1,
    captionFailed: false,
    audioTracks: [],
    audioTrack: 0,
    descriptionMode: "off",
    describing: false,
    sign: "off",
    qualities: [],
    chosenQuality: automaticQuality,
    playingQuality: -1,
    fullscreen: false,
    error: "",
    saving: "off",
    growth: "none",
  };
}
