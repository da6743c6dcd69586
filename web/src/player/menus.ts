// SPDX-License-Identifier: GPL-3.0-or-later
// What the player's dialogs offer.
import type { Aids } from "./aids";
import type { Captions } from "./captions";
import type { PlayerConfig } from "./config";
import { descriptionModes } from "./descriptions";
import { openChoices, openDialog, type ChoiceGroup } from "./dialog";
import { chapterAt, type Chapter } from "./chapters";
import { bitrateText, clockTime, speedText } from "./format";
import { keyList } from "./keymap";
import type { Mediator } from "./mediator";
import type { Translate } from "../i18n";
import {
  captionLooks,
  captionPlaces,
  captionSizes,
  fastest,
  keyModes,
  signCorners,
  signSizes,
  slowest,
  speedStep,
  type Settings,
} from "./settings";
import { readingPauses } from "./reading-pause";
import { automaticQuality, signerInPicture, soundOnly, stillsAndSound, type Quality, type Store } from "./store";

export interface MenuParts {
  readonly player: HTMLElement;
  readonly say: Translate;
  readonly store: Store;
  readonly mediator: Mediator;
  readonly captions: Captions;
  readonly settings: Settings;
  readonly config: PlayerConfig;
  readonly aids: () => Aids;
  readonly chooseCaptions: (index: number) => void;
  readonly keep: () => void;
}

/** "720p（1.5 Mbit/s）" */
export function qualityLabel(say: Translate, quality: Quality): string {
  return say("quality.level", { height: String(quality.height), rate: bitrateText(quality.bitrate) });
}

/** The name of a choice that is no level of the manifest. */
export function specialQuality(say: Translate, quality: number): string {
  const names: Readonly<Record<number, string>> = {
    [soundOnly]: "quality.sound_only",
    [stillsAndSound]: "quality.stills",
    [signerInPicture]: "quality.signed",
  };
  return say(names[quality] ?? "quality.auto");
}

/** "第 2 章，共 9 章：醒面" */
export function chapterWords(say: Translate, chapters: readonly Chapter[], index: number): string {
  return say("chapters.now", {
    number: String(index + 1),
    count: String(chapters.length),
    title: chapters[index]?.title ?? "",
  });
}

/** The contents of the lesson: a radio button a chapter, the one that plays chosen. */
export function openChapterMenu(parts: MenuParts): void {
  const { say, config, store } = parts;
  openChoices(parts.player, say("chapters.title"), say("close"), [
    {
      legend: say("chapters.title"),
      name: "chapter",
      choices: config.chapters.map((one, index) => ({
        value: String(index),
        label: `${clockTime(one.start)} ${one.title}`,
      })),
      selected: String(chapterAt(config.chapters, store.state.time)),
      choose: (value) => {
        parts.mediator.seek(config.chapters[Number(value)]?.start ?? 0);
      },
    },
  ]);
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
  const offer = (quality: number): void => {
    choices.push({ value: String(quality), label: specialQuality(say, quality) });
  };
  if (parts.config.signed !== "") offer(signerInPicture);
  if (parts.config.audio !== "" && parts.config.slides !== "") offer(stillsAndSound);
  if (parts.config.audio !== "") offer(soundOnly);
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
    descriptionGroup(parts),
    ...signGroups(parts),
    captionGroup(parts),
    readingGroup(parts),
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

function descriptionGroup(parts: MenuParts): ChoiceGroup {
  const { say, store, config } = parts;
  const described = config.descriptions !== "" || store.state.audioTracks.some((track) => track.described);
  return {
    legend: say("description.title"),
    name: "description",
    choices: described ? descriptionModes.map((mode) => ({ value: mode, label: say(`description.mode_${mode}`) })) : [],
    selected: store.state.descriptionMode,
    choose: (value) => {
      parts.aids().setMode(descriptionModes.find((mode) => mode === value) ?? "off");
    },
  };
}

function signGroups(parts: MenuParts): ChoiceGroup[] {
  const { say, settings } = parts;
  const { sign } = parts.aids();
  if (!sign) return [];
  const changed = (): void => {
    sign.look();
    parts.keep();
  };
  return [
    {
      legend: say("sign.size"),
      name: "sign-size",
      choices: signSizes.map((size) => ({ value: size, label: say("sign.size_value", { percent: size }) })),
      selected: settings.signSize,
      choose: (value) => {
        settings.signSize = signSizes.find((size) => size === value) ?? "33";
        changed();
      },
    },
    {
      legend: say("sign.corner"),
      name: "sign-corner",
      choices: signCorners.map((corner) => ({ value: corner, label: say(`sign.corner_${corner}`) })),
      selected: settings.signCorner,
      choose: (value) => {
        settings.signCorner = signCorners.find((corner) => corner === value) ?? "bottom_right";
        changed();
      },
    },
  ];
}

function readingGroup(parts: MenuParts): ChoiceGroup {
  const { say, settings } = parts;
  return {
    legend: say("reading.title"),
    name: "reading",
    choices:
      parts.store.state.captionTracks.length === 0
        ? []
        : readingPauses.map((pause) => ({ value: pause, label: say(`reading.${pause}`) })),
    selected: settings.readingPause,
    choose: (value) => {
      settings.readingPause = readingPauses.find((pause) => pause === value) ?? "off";
      parts.keep();
    },
  };
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
