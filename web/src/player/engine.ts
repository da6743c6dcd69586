// SPDX-License-Identifier: GPL-3.0-or-later
// hls.js behind a narrow door. It is loaded when something is played for the first time; the browser's own HLS is used
// only where there is no Media Source at all, because Chromium's hides the audio tracks.
import type Hls from "hls.js";

import type { AudioTrack, Quality } from "./store";

export interface EngineEvents {
  tracks(audio: readonly AudioTrack[], selected: number): void;
  qualities(list: readonly Quality[]): void;
  playing(level: number): void;
  audioSwitched(track: number): void;
  failed(kind: "network" | "media" | "unsupported"): void;
}

export interface Engine {
  load(url: string, startSeconds: number): void;
  setQuality(level: number): void;
  setAudioTrack(track: number): void;
  retry(): void;
  destroy(): void;
}

interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** Whether to start with little data: the learner asked the browser to save, or the network is slow. */
export function wantsLittleData(connection: Connection | undefined): boolean {
  if (!connection) return false;
  return connection.saveData === true || /(^|-)2g$|^3g$/.test(connection.effectiveType ?? "");
}

/** Names for renditions that the manifest does not name. */
function qualityOf(level: { height: number; bitrate: number }, index: number): Quality {
  return { level: index, height: level.height, bitrate: level.bitrate };
}

class HlsEngine implements Engine {
  private readonly hls: Hls;
  private mediaRepairs = 0;
  private quickInARow = 0;

  constructor(
    private readonly library: typeof Hls,
    video: HTMLVideoElement,
    events: EngineEvents,
  ) {
    const little = wantsLittleData((navigator as Navigator & { connection?: Connection }).connection);
    this.hls = new library({
      enableWorker: false, // a blob worker is refused by the Content-Security-Policy, and fMP4 needs no transmuxing
      autoStartLoad: true,
      capLevelToPlayerSize: true,
      maxBufferLength: 30,
      // Never a whole lesson ahead: who leaves early has not paid for it, and a better network is seen within a minute.
      maxMaxBufferLength: 60,
      // A first guess that a weak network can keep: at 300 kbit/s the picture then comes within seconds.
      abrEwmaDefaultEstimate: 300_000,
      backBufferLength: 60,
      renderTextTracksNatively: false,
      enableWebVTT: false,
      enableCEA708Captions: false,
      enableIMSC1: false,
      ...(little ? { startLevel: 0, abrEwmaDefaultEstimate: 150_000, maxBufferLength: 15 } : {}),
    });
    this.listen(events);
    this.hls.attachMedia(video);
  }

  load(url: string, startSeconds: number): void {
    this.hls.config.startPosition = Math.max(0, startSeconds); // −1 would be the newest end of a list that grows
    this.hls.loadSource(url);
  }

  setQuality(level: number): void {
    this.hls.nextLevel = level;
  }

  setAudioTrack(track: number): void {
    this.hls.audioTrack = track;
  }

  retry(): void {
    this.hls.startLoad();
  }

  destroy(): void {
    this.hls.destroy();
  }

  /**
   * hls.js weighs a sample by how long it took, so after a slow stretch quick segments hardly count and a line that got
   * better is noticed minutes late. Two segments in a row at three times the estimate are believed at once.
   */
  private noticeBetterLine({ loaded, loading }: { loaded: number; loading: { start: number; end: number } }): void {
    const measured = (loaded * 8000) / Math.max(loading.end - loading.start, 50);
    this.quickInARow = measured > 3 * this.hls.bandwidthEstimate ? this.quickInARow + 1 : 0;
    if (this.quickInARow < 2) return;
    this.quickInARow = 0;
    this.hls.bandwidthEstimate = measured / 2;
  }

  private listen(events: EngineEvents): void {
    const { Events, ErrorTypes } = this.library;
    this.hls.on(Events.MANIFEST_PARSED, (_name, data) => {
      this.hls.subtitleTrack = -1; // captions come from the page's own tracks
      events.qualities(data.levels.map(qualityOf));
    });
    this.hls.on(Events.FRAG_LOADED, (_name, data) => {
      if ((data.frag.type as string) === "main") this.noticeBetterLine(data.frag.stats);
    });
    this.hls.on(Events.LEVEL_SWITCHED, (_name, data) => {
      events.playing(data.level);
    });
    this.hls.on(Events.AUDIO_TRACKS_UPDATED, (_name, data) => {
      const tracks = data.audioTracks.map((track) => ({
        name: track.name,
        lang: track.lang ?? "",
        described: (track.attrs["CHARACTERISTICS"] ?? "").includes("public.accessibility.describes-video"),
      }));
      events.tracks(tracks, Math.max(0, this.hls.audioTrack));
    });
    this.hls.on(Events.AUDIO_TRACK_SWITCHED, (_name, data) => {
      events.audioSwitched(data.id);
    });
    this.hls.on(Events.ERROR, (_name, data) => {
      if (!data.fatal) return;
      if (data.type === ErrorTypes.MEDIA_ERROR && this.mediaRepairs < 2) {
        this.mediaRepairs += 1;
        this.hls.recoverMediaError();
        return;
      }
      events.failed(data.type === ErrorTypes.NETWORK_ERROR ? "network" : "media");
    });
  }
}

/** The browser plays HLS itself: no menus, but sound and picture. */
class NativeEngine implements Engine {
  private url = "";
  constructor(
    private readonly video: HTMLVideoElement,
    events: EngineEvents,
  ) {
    video.addEventListener("error", () => {
      events.failed(video.error?.code === MediaError.MEDIA_ERR_NETWORK ? "network" : "media");
    });
  }
  load(url: string, startSeconds: number): void {
    this.url = url;
    this.video.src = url;
    if (startSeconds > 0) {
      this.video.addEventListener("loadedmetadata", () => (this.video.currentTime = startSeconds), { once: true });
    }
  }
  setQuality(): void {
    // The browser decides.
  }
  setAudioTrack(): void {
    // The browser decides.
  }
  retry(): void {
    this.load(this.url, this.video.currentTime);
    void this.video.play();
  }
  destroy(): void {
    this.video.removeAttribute("src");
    this.video.load();
  }
}

export async function openEngine(video: HTMLVideoElement, events: EngineEvents): Promise<Engine | undefined> {
  const { default: library } = await import("hls.js");
  if (library.isSupported()) return new HlsEngine(library, video, events);
  if (video.canPlayType("application/vnd.apple.mpegurl") !== "") return new NativeEngine(video, events);
  return undefined;
}
