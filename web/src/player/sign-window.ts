// SPDX-License-Identifier: GPL-3.0-or-later
// The signer's picture over the lesson's: a second, silent video of its own, kept in step ten times a second. Its size and
// corner can be changed by keys and by the settings, not only by looking at it.
import { openEngine, type Engine } from "./engine";
import type { Translate } from "../i18n";
import { DriftAlarm, follow } from "./sign-sync";
import { signCorners, signSizes, type Settings } from "./settings";

export interface LedLesson {
  /** Seconds. */
  readonly time: () => number;
  readonly plays: () => boolean;
  readonly rate: () => number;
}

export interface SignWindowHooks {
  /** Size or corner changed by keys: to be kept. */
  readonly changed: () => void;
  /** The device cannot play two videos together. */
  readonly tooMuch: () => void;
}

const everyMs = 100;

export class SignWindow {
  readonly box = document.createElement("div");
  private readonly video = document.createElement("video");
  private engine: Engine | undefined;
  private opening: Promise<void> | undefined;
  private loop: number | undefined;
  private readonly alarm = new DriftAlarm();

  constructor(
    stage: HTMLElement,
    private readonly url: string,
    private readonly lesson: LedLesson,
    private readonly settings: Settings,
    say: Translate,
    private readonly hooks: SignWindowHooks,
  ) {
    this.box.className = "player__sign";
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", say("sign.window"));
    this.box.tabIndex = -1;
    this.box.hidden = true;
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.disableRemotePlayback = true;
    this.video.tabIndex = -1;
    this.video.setAttribute("aria-hidden", "true"); // the lesson's controls are the signer's too
    this.box.append(this.video);
    this.box.addEventListener("keydown", (event) => {
      this.key(event);
    });
    stage.append(this.box);
    this.look();
  }

  /** How far the signer is behind the lesson, in seconds. */
  get drift(): number {
    return this.lesson.time() - this.video.currentTime;
  }

  look(): void {
    this.box.dataset["size"] = this.settings.signSize;
    this.box.dataset["corner"] = this.settings.signCorner;
  }

  async show(): Promise<void> {
    this.box.hidden = false;
    this.opening ??= this.open();
    await this.opening;
    this.loop ??= window.setInterval(() => {
      this.step();
    }, everyMs);
  }

  hide(): void {
    this.box.hidden = true;
    if (this.loop !== undefined) window.clearInterval(this.loop);
    this.loop = undefined;
    this.video.pause();
  }

  focus(): void {
    this.box.focus();
  }

  private async open(): Promise<void> {
    const nothing = (): void => undefined;
    this.engine = await openEngine(this.video, {
      tracks: nothing,
      qualities: nothing,
      playing: nothing,
      audioSwitched: nothing,
      failed: () => {
        this.hide();
        this.hooks.tooMuch();
      },
    });
    this.engine?.load(this.url, this.lesson.time());
  }

  private step(): void {
    const step = follow({
      lesson: this.lesson.time(),
      sign: this.video.currentTime,
      rate: this.lesson.rate(),
      lessonPlays: this.lesson.plays(),
      signEnd: Number.isFinite(this.video.duration) ? this.video.duration : 0,
    });
    if (step.seek !== undefined && !this.video.seeking) this.video.currentTime = step.seek;
    if (this.video.playbackRate !== step.rate) this.video.playbackRate = step.rate;
    if (step.paused && !this.video.paused) this.video.pause();
    // A play that is refused is tried again at the next step.
    if (!step.paused && this.video.paused) this.video.play().catch(() => undefined);
    if (step.paused || !this.alarm.look(this.drift, performance.now())) return;
    this.hide();
    this.hooks.tooMuch();
  }

  /** Arrows move it from corner to corner, plus and minus change its size. */
  private key(event: KeyboardEvent): void {
    const [down, right] = [this.settings.signCorner.startsWith("bottom"), this.settings.signCorner.endsWith("right")];
    const corner = (bottom: boolean, end: boolean): void => {
      this.settings.signCorner = signCorners[(bottom ? 2 : 0) + (end ? 1 : 0)] ?? "bottom_right";
    };
    const size = (by: number): void => {
      const next = signSizes[signSizes.indexOf(this.settings.signSize) + by];
      if (next !== undefined) this.settings.signSize = next;
    };
    const actions: Readonly<Record<string, () => void>> = {
      ArrowUp: () => {
        corner(false, right);
      },
      ArrowDown: () => {
        corner(true, right);
      },
      ArrowLeft: () => {
        corner(down, false);
      },
      ArrowRight: () => {
        corner(down, true);
      },
      "+": () => {
        size(1);
      },
      "=": () => {
        size(1);
      },
      "-": () => {
        size(-1);
      },
    };
    const act = actions[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    this.look();
    this.hooks.changed();
  }
}
