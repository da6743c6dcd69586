// SPDX-License-Identifier: GPL-3.0-or-later
// The only code that touches the <video> element. Requests come in as method calls; what the player shows changes only
// when the element or the engine has confirmed it.
import type { PlayerConfig } from "./config";
import { openEngine, type Engine } from "./engine";
import type { Recorder } from "./recorder";
import { fastest, slowest } from "./settings";
import { automaticQuality, signerInPicture, withoutVideo, type Store } from "./store";

const duckedShare = 0.398;

export class Mediator {
  private engine: Engine | undefined;
  private opening: Promise<void> | undefined;
  private level = automaticQuality;
  private seekTarget = 0;
  /** Where the element stood when it last did not play (ms): what it plays next begins exactly there. */
  private rest = 0;
  /** The lesson waits for a description and goes on by itself. */
  private held = false;
  /** What takes care of a list that cannot be reached, where one grows. */
  private cut: (() => void) | undefined;
  private ducked = false;
  /** Another source is loading: where it goes on, and whether it plays, which the element does not tell meanwhile. */
  private loading: { at: number; plays: boolean } | undefined;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly config: PlayerConfig,
    private readonly store: Store,
    private readonly recorder: Recorder | undefined,
  ) {
    this.takeFromPage();
    this.listen();
  }

  get textTracks(): readonly TextTrack[] {
    return this.trackElements.map((element) => element.track);
  }

  /** Captions and subtitles; the chapters' track is for browsers without this script. */
  get trackElements(): readonly HTMLTrackElement[] {
    return [...this.video.querySelectorAll<HTMLTrackElement>("track:not([kind=chapters])")];
  }

  async togglePlay(): Promise<void> {
    if (this.video.paused) await this.play();
    else this.video.pause();
  }

  async play(): Promise<void> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined;
      this.store.set({ phase: "failed", error: "network" });
      throw error;
    });
    await this.opening;
    if (this.store.state.phase === "failed") return;
    await this.recorder?.begin();
    try {
      await this.video.play();
    } catch (error) {
      // A pause that came in between is no failure; the play button simply shows "paused".
      if (!(error instanceof DOMException) || error.name === "NotSupportedError") throw error;
    }
  }

  pause(): void {
    if (this.loading) this.loading.plays = false;
    this.video.pause();
  }

  /** Moves to a position in seconds; before the first play it only sets where to begin. */
  seek(seconds: number): void {
    const end = this.store.state.duration;
    const target = Math.min(Math.max(0, seconds), end > 0 ? end : seconds);
    this.seekTarget = target;
    if (this.loading) this.loading.at = target;
    if (this.engine) this.video.currentTime = target;
    this.store.set({ time: target }); // at once: the next press counts from there, however long the jump takes
  }

  /** Milliseconds of the lesson, as exact as the element knows them. */
  timeMs(): number {
    return this.positionMs();
  }

  playing(): boolean {
    return !this.video.paused && !this.video.seeking && this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  rate(): number {
    return this.video.playbackRate;
  }

  /** Stops the lesson's clock for a description; `backToMs` puts it where it should have stopped. */
  hold(backToMs: number | undefined): void {
    this.held ||= !this.video.paused;
    this.video.pause();
    if (backToMs !== undefined && this.engine) this.video.currentTime = backToMs / 1000;
  }

  /** Goes on, where `hold` stopped it. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    void this.play();
  }

  /** Lowers the lesson below a spoken description (−8 dB), or raises it again. What the learner chose stays chosen. */
  duck(how: "down" | "up"): void {
    this.ducked = how === "down";
    this.video.volume = this.store.state.volume * (this.ducked ? duckedShare : 1);
  }

  setVolume(volume: number): void {
    const wanted = Math.min(1, Math.max(0, volume));
    this.video.volume = wanted * (this.ducked ? duckedShare : 1);
    if (wanted > 0) this.video.muted = false;
    this.store.set({ volume: wanted, muted: this.video.muted }); // at once, as with `seek`: the event comes later
  }

  setMuted(muted: boolean): void {
    this.video.muted = muted;
    this.store.set({ muted });
  }

  setRate(rate: number): void {
    const bounded = Math.min(fastest, Math.max(slowest, rate));
    this.video.defaultPlaybackRate = bounded;
    this.video.playbackRate = bounded;
    this.store.set({ rate: bounded });
  }

  /** One of the choices of the store, or a level of the manifest. */
  setQuality(quality: number): void {
    const before = this.store.state.chosenQuality;
    this.store.set({ chosenQuality: quality });
    if (!this.engine || quality === before) return;
    this.level = Math.max(automaticQuality, quality);
    const url = this.sourceFor(quality);
    if (url !== this.sourceFor(before)) {
      this.reload(url); // the level follows the manifest
    } else {
      this.engine.setQuality(this.level);
    }
  }

  setAudioTrack(track: number): void {
    this.engine?.setAudioTrack(track);
  }

  retry(): void {
    this.store.set({ phase: this.engine ? "ready" : "idle", error: "" });
    if (this.engine) this.engine.retry();
    void this.play();
  }

  /** The lesson's list grows and may end before the lesson: then `cut` is called instead of failing. */
  whenCut(cut: () => void): void {
    this.cut = cut;
  }

  /** The list that could not be reached is there again. */
  goOn(): void {
    this.engine?.retry();
  }

  /** The configuration names another manifest: goes on with it at the same place. */
  renew(): void {
    this.cut = undefined;
    if (this.engine) this.reload(this.sourceFor(this.store.state.chosenQuality));
  }

  /** The page is going away: what was played up to now is put on record. */
  leave(): void {
    this.recorder?.stop(this.positionMs());
  }

  /** In which form the lesson is taken: any of them earns the same. */
  recordForm(): void {
    const { chosenQuality, descriptionMode, sign } = this.store.state;
    const signed = sign === "on" || chosenQuality === signerInPicture;
    const described = descriptionMode === "standard" || descriptionMode === "extended";
    const form = withoutVideo(chosenQuality) ? "audio" : signed ? "signed" : described ? "described" : "plain";
    this.recorder?.setForm(form);
  }

  private positionMs(): number {
    return this.video.currentTime * 1000;
  }

  /** From here on the sources and buttons are ours; without JavaScript the browser's own stay. */
  private takeFromPage(): void {
    this.video.controls = false;
    this.video.tabIndex = -1; // the bar has every function; without a script the browser's controls keep their tab stops
    for (const source of [...this.video.querySelectorAll("source")]) source.remove();
    this.video.load();
    this.video.preservesPitch = true;
    this.video.disableRemotePlayback = true;
  }

  private async open(): Promise<void> {
    this.store.set({ phase: "loading", error: "" });
    const [engine, started] = await Promise.all([
      openEngine(this.video, {
        tracks: (audioTracks, audioTrack) => {
          this.store.set({ audioTracks, audioTrack });
        },
        qualities: (qualities) => {
          const pictures = qualities.filter((quality) => quality.height > 0);
          if (pictures.length > 0) this.store.set({ qualities: pictures }); // while only listening, the list stays
          if (this.level >= 0) this.engine?.setQuality(this.level);
        },
        playing: (playingQuality) => {
          this.store.set({ playingQuality });
        },
        audioSwitched: (audioTrack) => {
          this.store.set({ audioTrack });
        },
        failed: (error) => {
          if (error === "network" && this.cut) {
            this.cut();
            return;
          }
          this.store.set({ phase: "failed", error, waiting: false });
        },
      }),
      this.recorder?.begin(),
    ]);
    if (!engine) {
      this.store.set({ phase: "failed", error: "unsupported" });
      return;
    }
    this.engine = engine;
    const chosenHere = this.seekTarget > 0 || !started;
    this.store.set({ phase: "ready" });
    engine.load(
      this.sourceFor(this.store.state.chosenQuality),
      this.startAt(chosenHere ? this.store.state.time : started.progress.resume_ms / 1000),
    );
  }

  private sourceFor(quality: number): string {
    if (withoutVideo(quality)) return this.config.audio;
    return quality === signerInPicture ? this.config.signed : this.config.manifest;
  }

  /** A lesson that was played to its end starts over. */
  private startAt(seconds: number): number {
    return seconds > 0 && seconds < this.store.state.duration - 2 ? seconds : 0;
  }

  private reload(url: string): void {
    const { at, plays } = this.loading ?? { at: this.video.currentTime, plays: !this.video.paused };
    this.recorder?.stop(this.positionMs());
    this.engine?.load(url, at);
    const loading = { at, plays };
    this.loading = loading;
    this.video.addEventListener(
      "loadeddata",
      () => {
        if (this.loading !== loading) return;
        this.loading = undefined;
        if (loading.plays) void this.play();
      },
      { once: true },
    );
  }

  private look(): void {
    if (this.video.paused || this.video.seeking || this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) return;
    this.recorder?.look(this.positionMs(), this.video.playbackRate);
  }

  /** "playing" comes a moment after it began: without this every start would leave a hole of some milliseconds. */
  private lookFromRest(): void {
    const begun = this.positionMs() - this.rest;
    if (begun > 0 && begun < 400 && !this.video.paused) this.recorder?.look(this.rest, this.video.playbackRate);
  }

  private listen(): void {
    const on = (name: string, react: () => void): void => {
      this.video.addEventListener(name, react);
    };
    on("timeupdate", () => {
      this.look();
      if (!this.video.seeking) this.store.set({ time: this.video.currentTime });
    });
    on("playing", () => {
      this.store.set({ paused: false, waiting: false, ended: false, error: "" });
      this.lookFromRest();
      this.look();
    });
    on("play", () => {
      this.store.set({ paused: false, ended: false });
    });
    on("pause", () => {
      this.rest = this.positionMs();
      this.recorder?.stop(this.positionMs());
      this.store.set({ paused: true, waiting: false });
    });
    on("waiting", () => {
      this.rest = this.positionMs();
      this.recorder?.stop(this.positionMs());
      this.store.set({ waiting: true });
    });
    on("canplay", () => {
      this.store.set({ waiting: false });
    });
    on("seeking", () => this.recorder?.seek(this.positionMs()));
    on("seeked", () => {
      this.rest = this.positionMs();
      this.store.set({ time: this.video.currentTime, ended: false });
    });
    on("ended", () => {
      this.recorder?.stop(this.positionMs());
      this.store.set({ paused: true, ended: true, waiting: false });
    });
    on("ratechange", () => {
      this.look();
      this.store.set({ rate: this.video.playbackRate });
    });
    on("volumechange", () => {
      this.store.set(
        this.ducked ? { muted: this.video.muted } : { volume: this.video.volume, muted: this.video.muted },
      );
    });
    on("durationchange", () => {
      const seconds = this.video.duration;
      if (Number.isFinite(seconds) && seconds > 0) this.store.set({ duration: seconds });
    });
  }
}
