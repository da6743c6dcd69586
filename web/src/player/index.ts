// SPDX-License-Identifier: GPL-3.0-or-later
// The player of a lesson: puts the parts together over the <video> that the page already has.
import { httpApi } from "./api";
import { Captions } from "./captions";
import { readConfig, type PlayerConfig } from "./config";
import { Controls } from "./controls";
import { speedText, timeWords } from "./format";
import { commandFor, type Command, type Focus } from "./keymap";
import { Mediator } from "./mediator";
import { openKeyList, qualityLabel, type MenuParts } from "./menus";
import { messagesOf, pageLocale, type Translate } from "../i18n";
import { Notices } from "./notices";
import { Outbox } from "./outbox";
import { showProgress } from "./progress";
import { Recorder } from "./recorder";
import { loadSettings, saveSettings, speedStep, wishedCaptions } from "./settings";
import { Announcer } from "./status";
import { initialState, soundOnly, Store, type PlayerState } from "./store";

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
  private saidWaiting = false;

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
      hasSoundOnly: () => config.audio !== "",
      chooseCaptions: (index) => {
        this.chooseCaptions(index);
      },
      keep: () => {
        saveSettings(shelf(), this.settings);
      },
    };
    this.controls = new Controls(this.menus, {
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
    this.store.watch((now, before) => {
      this.announce(now, before);
    });
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
      toggle_play: () => void mediator.togglePlay(),
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
      slower: () => {
        mediator.setRate(state.rate - speedStep);
      },
      faster: () => {
        mediator.setRate(state.rate + speedStep);
      },
      toggle_fullscreen: () => void this.toggleFullscreen(),
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
      event.preventDefault();
      this.run(command);
    });
    video.addEventListener("click", () => void this.mediator.togglePlay());
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

  /** What the state change means, in words, for people who do not see the bar. */
  private announce(now: PlayerState, before: PlayerState): void {
    const { say } = this;
    if (now.ended && !before.ended) this.announcer.say(say("said.ended"));
    else if (now.paused !== before.paused) this.announcer.say(say(now.paused ? "said.paused" : "said.playing"));
    if (now.waiting !== before.waiting) this.announceWaiting();
    if (now.rate !== before.rate) {
      this.announcer.say(say("said.speed", { rate: speedText(now.rate) }));
      this.settings.rate = now.rate;
      this.menus.keep();
    }
    if (now.captionTrack !== before.captionTrack) {
      const track = now.captionTracks[now.captionTrack];
      this.announcer.say(track ? say("said.captions", { name: track.label }) : say("said.captions_off"));
    }
    if (now.volume !== before.volume || now.muted !== before.muted) {
      this.settings.volume = now.volume;
      this.settings.muted = now.muted;
      this.menus.keep();
      this.announcer.say(
        now.muted ? say("said.muted") : say("said.volume", { percent: String(Math.round(now.volume * 100)) }),
      );
    }
    if (now.audioTrack !== before.audioTrack) {
      this.announcer.say(say("said.audio", { name: now.audioTracks[now.audioTrack]?.name ?? "" }));
    }
    if (now.chosenQuality !== before.chosenQuality) this.announceQuality(now);
    if (Math.abs(now.time - before.time) > 2) this.announcer.say(say("said.at", { at: timeWords(now.time, this.say) }));
  }

  /** A short stall is not worth a word; one that lasts is, and then its end too. */
  private announceWaiting(): void {
    if (this.store.state.waiting) {
      window.setTimeout(() => {
        if (!this.store.state.waiting || this.saidWaiting) return;
        this.saidWaiting = true;
        this.announcer.say(this.say("said.buffering"));
      }, 1000);
    } else if (this.saidWaiting) {
      this.saidWaiting = false;
      if (!this.store.state.paused) this.announcer.say(this.say("said.playing"));
    }
  }

  private announceQuality(now: PlayerState): void {
    const chosen = now.qualities.find((quality) => quality.level === now.chosenQuality);
    const name = chosen
      ? qualityLabel(this.say, chosen)
      : this.say(now.chosenQuality === soundOnly ? "quality.sound_only" : "quality.auto");
    this.announcer.say(this.say("said.quality", { name }));
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
