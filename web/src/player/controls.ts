// SPDX-License-Identifier: GPL-3.0-or-later
// The bar below the picture: native buttons and sliders that ask the mediator and show the store.
import { Aids } from "./aids";
import { chapterAt } from "./chapters";
import { button, group, setIcon, setPressed, slider } from "./elements";
import { clockTime, speedText, timeWords } from "./format";
import type { Mediator } from "./mediator";
import {
  chapterWords,
  openChapterMenu,
  openQualityMenu,
  openSettingsMenu,
  openSpeedMenu,
  type MenuParts,
} from "./menus";
import type { Translate } from "../i18n";
import type { PlayerState, Store } from "./store";
import { signerInPicture, soundOnly, stillsAndSound } from "./store";

/** The spoken position changes on its own only so often (ms): a slider that talks all the time drowns the lesson. */
const quietFor = 30_000;

export interface ControlActions {
  readonly togglePlay: () => void;
  readonly toggleCaptions: () => void;
  readonly toggleFullscreen: () => void;
}

export class Controls {
  readonly bar = document.createElement("div");
  private readonly play: HTMLButtonElement;
  private readonly mute: HTMLButtonElement;
  private readonly captions: HTMLButtonElement;
  private readonly description: HTMLButtonElement;
  private readonly sign: HTMLButtonElement;
  private readonly chapters: HTMLButtonElement;
  private readonly speed: HTMLButtonElement;
  private readonly quality: HTMLButtonElement;
  private readonly fullscreen: HTMLButtonElement;
  private readonly seekBar: HTMLInputElement;
  private readonly volume: HTMLInputElement;
  private readonly clock = document.createElement("span");
  private dragging = false;
  private spokenAt = -quietFor;

  constructor(
    private readonly parts: MenuParts,
    aids: Aids,
    actions: ControlActions,
  ) {
    const { say, mediator, store } = parts;
    this.play = button({
      name: say("play"),
      text: say("play"),
      shape: "play",
      className: "player__play",
      act: actions.togglePlay,
    });
    this.seekBar = this.makeSeekBar(say, mediator, store);
    this.mute = button({
      name: say("mute"),
      shape: "sound",
      act: () => {
        mediator.setMuted(!store.state.muted);
      },
    });
    this.volume = slider(say("volume"), "player__volume", 100);
    this.volume.addEventListener("input", () => {
      mediator.setVolume(Number(this.volume.value) / 100);
    });
    this.captions = button({ name: say("captions.title"), text: say("captions.title"), act: actions.toggleCaptions });
    this.description = button({
      name: say("description.title"),
      text: say("description.short"),
      act: () => {
        aids.toggleDescription();
      },
    });
    this.sign = button({
      name: say("sign.title"),
      text: say("sign.short"),
      act: () => {
        aids.toggleSign();
      },
    });
    this.sign.hidden = !aids.sign;
    this.chapters = button({
      name: say("chapters.title"),
      text: say("chapters.title"),
      act: () => {
        openChapterMenu(parts);
      },
    });
    this.chapters.hidden = parts.config.chapters.length === 0;
    this.speed = button({
      name: say("speed.title"),
      text: "",
      act: () => {
        openSpeedMenu(parts);
      },
    });
    this.quality = button({
      name: say("quality.title"),
      text: "",
      act: () => {
        openQualityMenu(parts);
      },
    });
    this.fullscreen = button({ name: say("fullscreen"), shape: "fullscreen", act: actions.toggleFullscreen });
    this.clock.className = "player__clock";
    this.clock.setAttribute("aria-hidden", "true");
    this.bar.className = "player__bar";
    this.build(say, mediator, store);
    store.watch((now, before) => {
      this.show(now, before);
    });
    this.show(store.state, undefined);
  }

  /** The learner asked, or moved: the spoken position is fresh from here. */
  refreshWords(): void {
    this.spokenAt = performance.now();
    this.seekBar.setAttribute("aria-valuetext", this.positionWords(this.parts.store.state));
  }

  positionWords(state: PlayerState): string {
    const { say, config } = this.parts;
    const position = say("position", {
      at: timeWords(state.time, say),
      of: timeWords(Math.round(state.duration), say),
    });
    const index = chapterAt(config.chapters, state.time);
    const chapter = config.chapters[index];
    if (!chapter) return position;
    return say("position_in_chapter", { position, chapter: chapterWords(say, config.chapters, index) });
  }

  private build(say: Translate, mediator: Mediator, store: Store): void {
    const step = (seconds: number) => () => {
      mediator.seek(store.state.time + seconds);
    };
    const seekRow = document.createElement("div");
    seekRow.className = "player__seek-row";
    seekRow.append(this.seekBar, this.clock);
    this.bar.append(
      group(
        say("group.play"),
        this.play,
        button({ name: say("back_10"), text: "−10", shape: "back", act: step(-10) }),
        button({ name: say("forward_10"), text: "+10", shape: "forward", act: step(10) }),
      ),
      seekRow,
      group(say("group.sound"), this.mute, this.volume),
      group(
        say("group.help"),
        this.captions,
        this.description,
        this.sign,
        this.chapters,
        this.speed,
        this.quality,
        button({
          name: say("settings.title"),
          shape: "settings",
          act: () => {
            openSettingsMenu(this.parts);
          },
        }),
        this.fullscreen,
      ),
    );
  }

  private makeSeekBar(say: Translate, mediator: Mediator, store: Store): HTMLInputElement {
    const bar = slider(say("seek"), "player__seek", Math.ceil(store.state.duration));
    bar.addEventListener("input", () => {
      this.dragging = true;
      this.clock.textContent = this.clockText(Number(bar.value), store.state.duration);
    });
    bar.addEventListener("change", () => {
      this.dragging = false;
      mediator.seek(Number(bar.value));
    });
    bar.addEventListener("keydown", (event) => {
      const steps: Readonly<Record<string, number>> = {
        ArrowLeft: -5,
        ArrowDown: -5,
        ArrowRight: 5,
        ArrowUp: 5,
        PageDown: -30,
        PageUp: 30,
        Home: -Infinity,
        End: Infinity,
      };
      const step = steps[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      mediator.seek(step === Infinity ? Math.max(0, store.state.duration - 1) : store.state.time + step);
    });
    return bar;
  }

  private clockText(time: number, duration: number): string {
    return `${clockTime(time)} / ${clockTime(Math.round(duration))}`;
  }

  private show(now: PlayerState, before: PlayerState | undefined): void {
    this.showPosition(now, before);
    if (now.paused !== before?.paused) {
      setPressed(this.play, now.paused ? "false" : "true");
      setIcon(this.play, now.paused ? "play" : "pause");
    }
    if (now.muted !== before?.muted || now.volume !== before.volume) {
      setPressed(this.mute, now.muted ? "true" : "false");
      setIcon(this.mute, now.muted || now.volume === 0 ? "muted" : "sound");
      this.volume.value = String(Math.round(now.volume * 100));
      this.volume.setAttribute("aria-valuetext", `${Math.round(now.volume * 100)}%`);
    }
    if (now.captionTrack !== before?.captionTrack) {
      setPressed(this.captions, now.captionTrack >= 0 ? "true" : "false");
      this.captions.hidden = now.captionTracks.length === 0;
    }
    if (now.descriptionMode !== before?.descriptionMode || now.audioTracks !== before.audioTracks) {
      setPressed(this.description, now.descriptionMode === "off" ? "false" : "true");
      this.description.hidden = !Aids.hasDescriptions(now, this.parts.config);
    }
    if (now.sign !== before?.sign) setPressed(this.sign, now.sign === "on" ? "true" : "false");
    if (now.rate !== before?.rate) {
      this.label(
        this.speed,
        this.parts.say("speed.title"),
        this.parts.say("speed.value", { rate: speedText(now.rate) }),
      );
    }
    if (
      now.playingQuality !== before?.playingQuality ||
      now.chosenQuality !== before.chosenQuality ||
      now.qualities !== before.qualities
    ) {
      this.label(this.quality, this.parts.say("quality.title"), this.qualityText(now));
    }
    if (now.fullscreen !== before?.fullscreen) setPressed(this.fullscreen, now.fullscreen ? "true" : "false");
  }

  /** What is visible begins the name, so that voice control finds the button by what people see. */
  private label(target: HTMLButtonElement, name: string, value: string): void {
    const words = target.querySelector("span");
    if (words) words.textContent = value;
    target.setAttribute("aria-label", `${value} · ${name}`);
    target.title = name;
  }

  private qualityText(state: PlayerState): string {
    const { say } = this.parts;
    const short: Readonly<Record<number, string>> = {
      [soundOnly]: "quality.sound_only_short",
      [stillsAndSound]: "quality.stills_short",
      [signerInPicture]: "quality.signed_short",
    };
    const special = short[state.chosenQuality];
    if (special) return say(special);
    const playing = state.qualities.find((quality) => quality.level === state.playingQuality);
    if (!playing) return say("quality.auto");
    const height = `${playing.height}p`;
    return state.chosenQuality < 0 ? say("quality.auto_now", { height }) : height;
  }

  private showPosition(now: PlayerState, before: PlayerState | undefined): void {
    if (now.duration !== before?.duration) this.seekBar.max = String(Math.ceil(now.duration));
    if (now.time === before?.time && now.duration === before.duration) return;
    if (!this.dragging) {
      this.seekBar.value = String(Math.floor(now.time));
      this.clock.textContent = this.clockText(now.time, now.duration);
    }
    const jumped = Math.abs(now.time - (before?.time ?? 0)) > 2;
    if (jumped || performance.now() - this.spokenAt >= quietFor) this.refreshWords();
  }
}
