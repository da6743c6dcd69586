// SPDX-License-Identifier: GPL-3.0-or-later
// What the player's dialogs offer.
import type { Captions } from "./captions";
import { openChoices, openDialog, type ChoiceGroup } from "./dialog";
import { bitrateText, speedText } from "./format";
import { keyList } from "./keymap";
import type { Mediator } from "./mediator";
import type { Translate } from "../i18n";
import {
  captionLooks,
  captionPlaces,
  captionSizes,
  fastest,
  keyModes,
  slowest,
  speedStep,
  type Settings,
} from "./settings";
import { automaticQuality, soundOnly, type Quality, type Store } from "./store";

export interface MenuParts {
  readonly player: HTMLElement;
  readonly say: Translate;
  readonly store: Store;
  readonly mediator: Mediator;
  readonly captions: Captions;
  readonly settings: Settings;
  readonly hasSoundOnly: () => boolean;
  readonly chooseCaptions: (index: number) => void;
  readonly keep: () => void;
}

/** "720p（1.5 Mbit/s）" */
export function qualityLabel(say: Translate, quality: Quality): string {
  return say("quality.level", { height: String(quality.height), rate: bitrateText(quality.bitrate) });
}

export function openSpeedMenu(parts: MenuParts): void {
  const choices = [];
  for (let rate = slowest; rate <= fastest; rate += speedStep) {
    choices.push({ value: String(rate), label: parts.say("speed.value", { rate: speedText(rate) }) });
  }
  openChoices(parts.player, parts.say("speed.title"), parts.say("close"), [
    {
      legend: parts.say("speed.title"),
      name: "speed",
      choices,
      selected: String(parts.store.state.rate),
      choose: (value) => {
        parts.mediator.setRate(Number(value));
      },
    },
  ]);
}

export function openQualityMenu(parts: MenuParts): void {
  const { say, store } = parts;
  const levels = [...store.state.qualities].sort((a, b) => b.height - a.height || b.bitrate - a.bitrate);
  const choices = [
    { value: String(automaticQuality), label: say("quality.auto") },
    ...levels.map((quality) => ({ value: String(quality.level), label: qualityLabel(say, quality) })),
  ];
  if (parts.hasSoundOnly()) choices.push({ value: String(soundOnly), label: say("quality.sound_only") });
  openChoices(parts.player, say("quality.title"), say("close"), [
    {
      legend: say("quality.title"),
      name: "quality",
      choices,
      selected: String(store.state.chosenQuality),
      choose: (value) => {
        parts.mediator.setQuality(Number(value));
      },
    },
  ]);
}

export function openSettingsMenu(parts: MenuParts): void {
  const { say, store, settings } = parts;
  openChoices(parts.player, say("settings.title"), say("close"), [
    captionGroup(parts),
    lookGroup(parts, "captionSize", captionSizes, "settings.size"),
    lookGroup(parts, "captionLook", captionLooks, "settings.look"),
    lookGroup(parts, "captionPlace", captionPlaces, "settings.place"),
    {
      legend: say("settings.audio"),
      name: "audio",
      choices:
        store.state.audioTracks.length < 2
          ? []
          : store.state.audioTracks.map((track, index) => ({
              value: String(index),
              label: track.name,
            })),
      selected: String(store.state.audioTrack),
      choose: (value) => {
        parts.mediator.setAudioTrack(Number(value));
      },
    },
    {
      legend: say("settings.keys"),
      name: "keys",
      choices: keyModes.map((mode) => ({ value: mode, label: say(`settings.keys_${mode}`) })),
      selected: settings.keys,
      choose: (value) => {
        settings.keys = keyModes.find((mode) => mode === value) ?? "on";
        parts.keep();
      },
    },
  ]);
}

function captionGroup(parts: MenuParts): ChoiceGroup {
  const { say, store } = parts;
  const tracks = store.state.captionTracks;
  return {
    legend: say("captions.title"),
    name: "captions",
    choices:
      tracks.length === 0
        ? []
        : [
            { value: "-1", label: say("captions.off") },
            ...tracks.map((track, index) => ({ value: String(index), label: track.label })),
          ],
    selected: String(store.state.captionTrack),
    choose: (value) => {
      parts.chooseCaptions(Number(value));
    },
  };
}

function lookGroup<K extends "captionSize" | "captionLook" | "captionPlace">(
  parts: MenuParts,
  name: K,
  values: readonly Settings[K][],
  legend: string,
): ChoiceGroup {
  const { say, settings } = parts;
  return {
    legend: say(legend),
    name,
    choices:
      parts.store.state.captionTracks.length === 0
        ? []
        : values.map((value) => ({ value, label: say(`${legend}_${value}`) })),
    selected: settings[name],
    choose: (value) => {
      const chosen = values.find((candidate) => candidate === value);
      if (chosen === undefined) return;
      settings[name] = chosen;
      parts.captions.look(settings);
      parts.keep();
    },
  };
}

export function openKeyList(parts: MenuParts): void {
  const table = document.createElement("table");
  table.className = "player__keys";
  const body = table.createTBody();
  for (const [keys, command] of keyList) {
    const row = body.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = keys;
    row.append(head);
    row.insertCell().textContent = parts.say(`keys.${command}`);
  }
  const hint = document.createElement("p");
  hint.textContent = parts.say("keys.hint");
  openDialog(parts.player, parts.say("keys.title"), parts.say("close"), [hint, table]);
}
