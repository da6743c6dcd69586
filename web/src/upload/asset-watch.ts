// SPDX-License-Identifier: GPL-3.0-or-later
// Follows the preparation of a video, or of the sound of its description: server-sent events, or asking every few seconds where they do not come through.

export interface RenditionState {
  readonly name: string;
  readonly permille: number;
  readonly done: boolean;
}

export interface AssetState {
  readonly state: string;
  readonly renditions: readonly RenditionState[];
  /** What is ready can be watched. */
  readonly playable: boolean;
}

const POLL_MS = 5_000;
const ENDED = new Set(["READY", "FAILED", "QUARANTINED"]);

export function hasEnded(state: AssetState): boolean {
  return ENDED.has(state.state);
}

/** Reads a message of the topic or an answer of the API. What it does not know stays away. */
export function readAssetState(text: string): AssetState | undefined {
  try {
    const raw = JSON.parse(text) as { state?: unknown; progress?: { renditions?: unknown; playable?: unknown } };
    if (typeof raw.state !== "string") return undefined;
    const list = Array.isArray(raw.progress?.renditions) ? (raw.progress.renditions as Record<string, unknown>[]) : [];
    const renditions = list.map((one) => ({
      name: String(one["name"]),
      permille: one["done"] === true ? 1000 : Number(one["permille"] ?? 0),
      done: one["done"] === true,
    }));
    return { state: raw.state, renditions, playable: raw.progress?.playable === true };
  } catch {
    return undefined;
  }
}

/** Calls back with every state until the preparation has ended. */
export function watchAsset(asset: string, onState: (state: AssetState) => void): void {
  watchState(`/api/v1/assets/${encodeURIComponent(asset)}`, onState);
}

/** The same for anything that answers as an asset does at `address`, and tells its events below it. */
export function watchState(address: string, onState: (state: AssetState) => void): void {
  let polling = false;

  const poll = async (): Promise<void> => {
    try {
      const response = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
      const state = response.ok ? readAssetState(await response.text()) : undefined;
      if (state) {
        onState(state);
        if (hasEnded(state)) return;
      }
    } catch {
      // The network is away: ask again.
    }
    setTimeout(() => void poll(), POLL_MS);
  };

  const source = new EventSource(`${address}/events`);
  source.onmessage = (event: MessageEvent<string>) => {
    const state = readAssetState(event.data);
    if (!state) return;
    onState(state);
    if (hasEnded(state)) source.close();
  };
  source.onerror = () => {
    // EventSource tries again by itself unless the server refused it.
    if (source.readyState !== EventSource.CLOSED || polling) return;
    polling = true;
    void poll();
  };
}
