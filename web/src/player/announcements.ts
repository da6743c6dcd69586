// SPDX-License-Identifier: GPL-3.0-or-later
// What changes of the player's state mean in words, for people who do not see the bar.
import { speedText, timeWords } from "./format";
import type { Translate } from "../i18n";
import { qualityLabel, specialQuality } from "./menus";
import type { Settings } from "./settings";
import type { Announcer } from "./status";
import type { PlayerState, Store } from "./store";

export class Announcements {
  private saidWaiting = false;

  constructor(
    private readonly region: Announcer,
    private readonly store: Store,
    private readonly settings: Settings,
    private readonly say: Translate,
    private readonly keep: () => void,
  ) {
    store.watch((now, before) => {
      this.announce(now, before);
    });
  }

  private announce(now: PlayerState, before: PlayerState): void {
    const { say } = this;
    if (now.ended && !before.ended) this.region.say(say("said.ended"));
    else if (now.paused !== before.paused && !now.describing && !before.describing)
      this.region.say(say(now.paused ? "said.paused" : "said.playing"));
    if (now.waiting !== before.waiting) this.announceWaiting();
    if (now.rate !== before.rate) {
      this.region.say(say("said.speed", { rate: speedText(now.rate) }));
      this.settings.rate = now.rate;
      this.keep();
    }
    if (now.captionTrack !== before.captionTrack) {
      const track = now.captionTracks[now.captionTrack];
      this.region.say(track ? say("said.captions", { name: track.label }) : say("said.captions_off"));
    }
    if (now.volume !== before.volume || now.muted !== before.muted) {
      this.settings.volume = now.volume;
      this.settings.muted = now.muted;
      this.keep();
      this.region.say(
        now.muted ? say("said.muted") : say("said.volume", { percent: String(Math.round(now.volume * 100)) }),
      );
    }
    if (now.audioTrack !== before.audioTrack) {
      this.region.say(say("said.audio", { name: now.audioTracks[now.audioTrack]?.name ?? "" }));
    }
    if (now.descriptionMode !== before.descriptionMode && now.phase !== "loading") {
      this.region.say(say("said.description", { mode: say(`description.mode_${now.descriptionMode}`) }));
    }
    if (now.sign !== before.sign) this.region.say(say(`said.sign_${now.sign}`));
    if (now.growth !== before.growth && now.growth !== "none" && before.growth !== "none")
      this.region.say(say(`growing.${now.growth}`));
    if (now.chosenQuality !== before.chosenQuality) this.announceQuality(now);
    if (Math.abs(now.time - before.time) > 2) this.region.say(say("said.at", { at: timeWords(now.time, this.say) }));
  }

  /** A short stall is not worth a word; one that lasts is, and then its end too. */
  private announceWaiting(): void {
    if (this.store.state.waiting) {
      window.setTimeout(() => {
        if (!this.store.state.waiting || this.saidWaiting) return;
        this.saidWaiting = true;
        this.region.say(this.say("said.buffering"));
      }, 1000);
    } else if (this.saidWaiting) {
      this.saidWaiting = false;
      if (!this.store.state.paused) this.region.say(this.say("said.playing"));
    }
  }

  private announceQuality(now: PlayerState): void {
    const chosen = now.qualities.find((quality) => quality.level === now.chosenQuality);
    const name = chosen ? qualityLabel(this.say, chosen) : specialQuality(this.say, now.chosenQuality);
    this.region.say(this.say("said.quality", { name }));
  }
}
