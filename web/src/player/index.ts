// SPDX-License-Identifier: GPL-3.0-or-later
// The player of a lesson: puts the parts together over the <video> that the page already has.
import { Aids } from "./aids";
import { Announcements } from "./announcements";
import { httpApi } from "./api";
import { Captions } from "./captions";
import { nextStart, previousStart } from "./chapters";
import { readConfig, type PlayerConfig } from "./config";
import { Controls } from "./controls";
import { commandFor, type Command, type Focus } from "./keymap";
import { Mediator } from "./mediator";
import { openKeyList, type MenuParts } from "./menus";
import { messagesOf, pageLocale, type Translate } from "../i18n";
import { Notices } from "./notices";
import { Outbox } from "./outbox";
import { showProgress } from "./progress";
import { Recorder } from "./recorder";
import { loadSettings, saveSettings, speedStep, wishedCaptions } from "./settings";
import { Announcer } from "./status";
import { initialState, Store } from "./store";

function shelf(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function focusKind(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return "other";
  if (target instanceof HTMLInputElement) return target.type === "range" ? "slider" : "text";
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return "text";
  }
  return target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement ? "button" : "other";
}

class Player {
  private readonly store: Store;
  private readonly settings = loadSettings(shelf());
  private readonly recorder: Recorder | undefined;
  private readonly mediator: Mediator;
  private readonly captions: Captions;
  private readonly controls: Controls;
  private readonly menus: MenuParts;
  private readonly announcer: Announcer;
  private readonly aids: Aids;

  constructor(
    private readonly root: HTMLElement,
    private readonly config: PlayerConfig,
    private readonly say: Translate,
    private readonly language: string,
    video: HTMLVideoElement,
  ) {
    this.store = new Store(initialState(config.durationMs / 1000, config.captions));
    const notices = new Notices(root, say);
    this.announcer = new Announcer(notices.status);
    this.recorder = config.record ? this.makeRecorder() : undefined;
    this.mediator = new Mediator(video, config, this.store, this.recorder);
    const box = document.createElement("div");
    box.className = "player__captions";
    video.after(box);
    this.captions = new Captions(box, this.mediator.trackElements, this.store);
    this.menus = {
      player: root,
      say,
      store: this.store,
      mediator: this.mediator,
      captions: this.captions,
      settings: this.settings,
      config,
      aids: () => this.aids,
      chooseCaptions: (index) => {
        this.chooseCaptions(index);
      },
      keep: () => {
        saveSettings(shelf(), this.settings);
      },
    };
    this.aids = new Aids({
      root,
      config,
      store: this.store,
      mediator: this.mediator,
      settings: this.settings,
      say,
      keep: this.menus.keep,
      announce: (words) => {
        this.announcer.say(words);
      },
      captionTrack: () => this.mediator.textTracks[this.store.state.captionTrack],
    });
    this.controls = new Controls(this.menus, this.aids, {
      togglePlay: () => {
        this.togglePlay();
      },
      toggleCaptions: () => {
        this.toggleCaptions();
      },
      toggleFullscreen: () => void this.toggleFullscreen(),
    });
    root.append(this.controls.bar, notices.box);
    notices.bind(this.store, {
      retry: () => {
        this.mediator.retry();
      },
      takeOver: () => void this.recorder?.takeOver().then(() => this.mediator.play()),
    });
    this.applySettings();
    this.listen(video);
    new Announcements(this.announcer, this.store, this.settings, say, this.menus.keep);
    if (config.growing !== "") {
      void import("./growing").then(({ Growing }) => new Growing(config, this.store, this.mediator));
    }
    if (config.startMs > 0) this.mediator.seek(config.startMs / 1000);
    else if (config.resumeMs > 0) this.store.set({ time: config.resumeMs / 1000 });
  }

  private makeRecorder(): Recorder {
    return new Recorder({
      lesson: this.config.lesson,
      api: httpApi,
      outbox: new Outbox(shelf(), `tongxing.heartbeats.${this.config.account}`),
      now: () => performance.now(),
      later: (callback, ms) => void window.setTimeout(callback, ms),
      heartbeatMs: this.config.heartbeatMs,
      hooks: {
        saving: (saving) => {
          this.store.set({ saving });
        },
        progress: (progress) => {
          showProgress(document, progress, this.say);
        },
        superseded: () => {
          this.mediator.pause();
        },
      },
    });
  }

  private applySettings(): void {
    this.mediator.setVolume(this.settings.volume);
    this.mediator.setMuted(this.settings.muted);
    this.mediator.setRate(this.settings.rate);
    this.captions.look(this.settings);
    this.captions.show(wishedCaptions(this.settings.captions, this.config.captions));
  }

  private chooseCaptions(index: number): void {
    this.captions.show(index);
    const track = this.config.captions[index];
    this.settings.captions = track ? `${track.lang}/${track.kind}` : "off";
    this.menus.keep();
  }

  /** On again means the track of last time, else the first that fits the page's language, else the first. */
  private toggleCaptions(): void {
    if (this.store.state.captionTrack >= 0) {
      this.chooseCaptions(-1);
      return;
    }
    const own = wishedCaptions(this.language, this.config.captions);
    this.chooseCaptions(own >= 0 ? own : 0);
  }

  private nextCaptions(): void {
    const next = this.store.state.captionTrack + 1;
    this.chooseCaptions(next < this.config.captions.length ? next : -1);
  }

  /** A press while the lesson waits goes on with it; it is no pause. */
  private togglePlay(): void {
    if (!this.aids.endWait()) void this.mediator.togglePlay();
  }

  private async toggleFullscreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (typeof this.root.requestFullscreen === "function") await this.root.requestFullscreen();
    else this.store.set({ fullscreen: this.root.classList.toggle("player--filled") });
  }

  private run(command: Command): void {
    const { state } = this.store;
    const { mediator } = this;
    if (command.startsWith("jump_")) {
      mediator.seek((state.duration * Number(command.slice(5))) / 10);
      return;
    }
    const actions: Readonly<Record<string, () => void>> = {
      toggle_play: () => {
        this.togglePlay();
      },
      back_5: () => {
        mediator.seek(state.time - 5);
      },
      forward_5: () => {
        mediator.seek(state.time + 5);
      },
      back_10: () => {
        mediator.seek(state.time - 10);
      },
      forward_10: () => {
        mediator.seek(state.time + 10);
      },
      volume_up: () => {
        mediator.setVolume(state.volume + 0.05);
      },
      volume_down: () => {
        mediator.setVolume(state.volume - 0.05);
      },
      toggle_mute: () => {
        mediator.setMuted(!state.muted);
      },
      toggle_captions: () => {
        this.toggleCaptions();
      },
      next_captions: () => {
        this.nextCaptions();
      },
      toggle_description: () => {
        this.aids.toggleDescription();
      },
      next_description: () => {
        this.aids.nextMode();
      },
      repeat_description: () => {
        this.aids.describer.again();
      },
      toggle_sign: () => {
        this.aids.toggleSign();
      },
      focus_sign: () => this.aids.sign?.focus(),
      slower: () => {
        mediator.setRate(state.rate - speedStep);
      },
      faster: () => {
        mediator.setRate(state.rate + speedStep);
      },
      toggle_fullscreen: () => void this.toggleFullscreen(),
      previous_chapter: () => {
        if (this.config.chapters.length > 0) mediator.seek(previousStart(this.config.chapters, state.time));
      },
      next_chapter: () => {
        const start = nextStart(this.config.chapters, state.time);
        if (start !== undefined) mediator.seek(start);
      },
      say_where: () => {
        this.announcer.say(this.controls.positionWords(state));
      },
      show_keys: () => {
        openKeyList(this.menus);
      },
    };
    actions[command]?.();
  }

  private listen(video: HTMLVideoElement): void {
    this.root.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || (event.target instanceof Element && event.target.closest("dialog"))) return;
      const command = commandFor(event, focusKind(event.target), this.settings.keys);
      if (!command) return;
      if (command === "skip_description") {
        if (this.aids.describer.skip()) event.preventDefault(); // else Escape keeps its own meaning
        return;
      }
      event.preventDefault();
      this.run(command);
    });
    video.addEventListener("click", () => {
      this.togglePlay();
    });
    document.addEventListener("fullscreenchange", () => {
      this.store.set({ fullscreen: document.fullscreenElement === this.root });
    });
    window.addEventListener("pagehide", () => {
      this.mediator.leave();
    });
    window.addEventListener("online", () => this.recorder?.retryNow());
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-seek]") : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault(); // the link's own address does the same without a script; focus stays where it is
      this.mediator.seek(Number(link.dataset["seek"]));
      void this.mediator.play();
    });
  }
}

/** Upgrades the player's section; without it the browser's own controls stay. */
export function start(root: HTMLElement): void {
  const video = root.querySelector("video");
  const json = root.dataset["config"];
  if (!video || json === undefined) return;
  new Player(root, readConfig(json), messagesOf(root), pageLocale(), video);
  root.classList.add("player--ready");
}
