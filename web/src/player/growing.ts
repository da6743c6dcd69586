// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson that is played while it is still being made. What is buffered plays on when the list goes away; the player
// looks for it again, and goes over to the finished lesson at the same place when there is one.
import { readConfig, type PlayerConfig } from "./config";
import type { Mediator } from "./mediator";
import type { Store } from "./store";
import { hasEnded, watchAsset } from "../upload/asset-watch";

const AGAIN_MS = 5_000;

/** What the same page says of the finished lesson. */
async function finishedConfig(): Promise<PlayerConfig | undefined> {
  const response = await fetch(location.pathname, { credentials: "same-origin" });
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const json = page.querySelector<HTMLElement>("[data-module='player']")?.dataset["config"];
  const config = json === undefined ? undefined : readConfig(json);
  return config?.growing === "" ? config : undefined;
}

export class Growing {
  private looking: number | undefined;

  constructor(
    private readonly config: PlayerConfig,
    private readonly store: Store,
    private readonly mediator: Mediator,
  ) {
    store.set({ growth: "on" });
    mediator.whenCut(() => {
      store.set({ growth: "soon" });
      this.lookAgain();
    });
    watchAsset(config.growing, (state) => {
      if (state.state === "READY") void this.goOver();
      else if (hasEnded(state)) this.end();
    });
  }

  /** The list is away between two attempts and shortly before the end; or the network is. */
  private lookAgain(): void {
    this.looking ??= window.setTimeout(() => {
      this.looking = undefined;
      fetch(this.config.manifest, { method: "HEAD", credentials: "same-origin" })
        .then((response) => {
          if (this.store.state.growth !== "soon") return;
          if (!response.ok) {
            this.lookAgain();
            return;
          }
          this.store.set({ growth: "on" });
          this.mediator.goOn();
        })
        .catch(() => {
          this.lookAgain();
        });
    }, AGAIN_MS);
  }

  private async goOver(): Promise<void> {
    const whole = await finishedConfig().catch(() => undefined);
    if (!whole) {
      window.setTimeout(() => void this.goOver(), AGAIN_MS);
      return;
    }
    if (this.config.growing === "") return; // told twice
    // What stands beside the picture was not there when the player was built: it comes with the next visit.
    Object.assign(this.config, { manifest: whole.manifest, audio: whole.audio, growing: "" });
    this.store.set({ growth: "whole", duration: whole.durationMs / 1000 });
    this.mediator.renew();
  }

  private end(): void {
    this.store.set({ growth: "failed" });
    this.mediator.pause();
  }
}
