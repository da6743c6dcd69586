// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside the picture and the sound: descriptions, the signer, stills instead of video, time to read. Wires
// the parts to the store, the mediator and the learner's settings.
import type { PlayerConfig } from "./config";
import { Describer } from "./describer";
import { DescriptionView, playClip } from "./description-view";
import { descriptionModes, type DescriptionMode } from "./descriptions";
import type { Translate } from "../i18n";
import type { Mediator } from "./mediator";
import { ReadingWait } from "./reading-wait";
import type { Settings } from "./settings";
import { SignWindow } from "./sign-window";
import { SlideShow } from "./slide-show";
import { signerInPicture, stillsAndSound, type PlayerState, type Store } from "./store";

export interface AidParts {
  readonly root: HTMLElement;
  readonly config: PlayerConfig;
  readonly store: Store;
  readonly mediator: Mediator;
  readonly settings: Settings;
  readonly say: Translate;
  readonly keep: () => void;
  readonly announce: (words: string) => void;
  /** The text track whose captions are shown. */
  readonly captionTrack: () => TextTrack | undefined;
}

export class Aids {
  readonly describer: Describer;
  readonly readingWait: ReadingWait;
  readonly sign: SignWindow | undefined;
  private readonly slides: SlideShow | undefined;
  private loaded: Promise<void> | undefined;
  private soundWished = false;

  constructor(private readonly parts: AidParts) {
    const { root, config, store, mediator, settings, say } = parts;
    const view = new DescriptionView(root, say);
    this.describer = new Describer(
      {
        timeMs: () => mediator.timeMs(),
        playing: () => mediator.playing(),
        rate: () => mediator.rate(),
        hold: (backToMs) => {
          mediator.hold(backToMs);
        },
        release: () => {
          mediator.release();
        },
        duck: (how) => {
          mediator.duck(how);
        },
        describedSound: () => store.state.audioTracks[store.state.audioTrack]?.described === true,
      },
      {
        fetchList: async (url) => {
          const response = await fetch(url);
          if (!response.ok) throw new Error(`${url}: ${response.status}`);
          return (await response.json()) as unknown;
        },
        playClip,
        later: (callback, ms) => window.setTimeout(callback, ms),
        cancel: (timer) => {
          window.clearTimeout(timer);
        },
        show: (text, lang, live) => {
          view.show(text, lang, live);
        },
        describing: (now) => {
          store.set({ describing: now !== undefined });
        },
      },
    );
    this.readingWait = new ReadingWait(mediator, () => settings.readingPause, parts.captionTrack);
    const stage = root.querySelector<HTMLElement>(".player__stage");
    if (stage && config.slides !== "") this.slides = new SlideShow(stage, config.slides);
    if (stage && config.sign !== "") this.sign = this.makeSign(stage);
    store.watch((now, before) => {
      this.react(now, before);
    });
    if (config.descriptions !== "") store.set({ descriptionMode: settings.description });
    this.watchTime();
  }

  /** Descriptions apart from the sound, or a sound that has them. */
  static hasDescriptions(state: PlayerState, config: PlayerConfig): boolean {
    return config.descriptions !== "" || state.audioTracks.some((track) => track.described);
  }

  setMode(mode: DescriptionMode): void {
    const { settings, store } = this.parts;
    settings.description = mode;
    if (mode !== "off") settings.descriptionOn = mode;
    this.parts.keep();
    store.set({ descriptionMode: mode });
  }

  toggleDescription(): void {
    this.setMode(this.parts.store.state.descriptionMode === "off" ? this.parts.settings.descriptionOn : "off");
  }

  nextMode(): void {
    const at = descriptionModes.indexOf(this.parts.store.state.descriptionMode);
    this.setMode(descriptionModes[(at + 1) % descriptionModes.length] ?? "off");
  }

  toggleSign(): void {
    if (!this.sign) return;
    const { settings, store, mediator } = this.parts;
    settings.sign = store.state.sign === "on" ? "off" : "on";
    this.parts.keep();
    store.set({ sign: settings.sign });
    if (settings.sign === "off" && store.state.chosenQuality === signerInPicture) mediator.setQuality(-1);
  }

  /** Before the learner's own pause and play: true where the press only ended a wait. */
  endWait(): boolean {
    if (this.describer.waiting) return this.describer.skip();
    return this.readingWait.end();
  }

  private makeSign(stage: HTMLElement): SignWindow {
    const { config, store, mediator, settings, say } = this.parts;
    const lesson = {
      time: () => mediator.timeMs() / 1000,
      plays: () => mediator.playing(),
      rate: () => mediator.rate(),
    };
    return new SignWindow(stage, config.sign, lesson, settings, say, {
      changed: this.parts.keep,
      tooMuch: () => {
        store.set({ sign: "off" });
        if (config.signed !== "") mediator.setQuality(signerInPicture);
        this.parts.announce(say(config.signed === "" ? "said.sign_too_much" : "said.sign_in_picture"));
      },
    });
  }

  private react(now: PlayerState, before: PlayerState): void {
    const { config, mediator, settings, store } = this.parts;
    if (now.phase === "ready" && before.phase !== "ready" && settings.sign === "on" && this.sign) {
      store.set({ sign: "on" });
    }
    if (now.sign !== before.sign) {
      this.parts.root.dataset["sign"] = now.sign; // captions move off the hands
      if (now.sign === "on") void this.sign?.show();
      else this.sign?.hide();
    }
    if (now.audioTracks !== before.audioTracks) {
      this.soundWished = false;
      if (Aids.hasDescriptions(now, config)) store.set({ descriptionMode: settings.description });
      this.wishSound();
    }
    if (now.descriptionMode !== before.descriptionMode) {
      this.soundWished = false;
      this.wishSound();
      void this.begin(now.descriptionMode);
    }
    if (
      now.chosenQuality !== before.chosenQuality ||
      now.sign !== before.sign ||
      now.descriptionMode !== before.descriptionMode
    ) {
      mediator.recordForm();
    }
    if (now.chosenQuality !== before.chosenQuality) {
      if (now.chosenQuality === stillsAndSound) void this.slides?.show(now.time * 1000);
      else this.slides?.hide();
    }
    if (Math.abs(now.time - before.time) > 2) this.describer.moved();
    if (now.time !== before.time) this.slides?.at(now.time * 1000);
  }

  /** The described sound where it is wished and there; the plain one otherwise. */
  private wishSound(): void {
    const { store, mediator } = this.parts;
    const { audioTracks, audioTrack, descriptionMode } = store.state;
    if (this.soundWished || audioTracks.length < 2) return;
    this.soundWished = true;
    const wanted = descriptionMode === "standard" || descriptionMode === "extended";
    if (audioTracks[audioTrack]?.described === wanted) return;
    const lang = audioTracks[audioTrack]?.lang;
    const fits = audioTracks.findIndex((track) => track.described === wanted && track.lang === lang);
    const any = fits >= 0 ? fits : audioTracks.findIndex((track) => track.described === wanted);
    if (any >= 0) mediator.setAudioTrack(any);
  }

  private async begin(mode: DescriptionMode): Promise<void> {
    const { config, say, announce } = this.parts;
    if (mode !== "off" && config.descriptions !== "") {
      this.loaded ??= this.describer.load(config.descriptions);
      try {
        await this.loaded;
      } catch {
        this.loaded = undefined;
        announce(say("error.descriptions"));
        return;
      }
    }
    this.describer.setMode(this.parts.store.state.descriptionMode);
  }

  /** Every frame while the page is seen; the media element's own events do it where frames stop. */
  private watchTime(): void {
    const look = (): void => {
      this.describer.tick();
      this.readingWait.tick();
    };
    const frame = (): void => {
      look();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    this.parts.store.watch((now, before) => {
      if (now.time !== before.time) look();
    });
  }
}
