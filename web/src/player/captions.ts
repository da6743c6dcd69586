// SPDX-License-Identifier: GPL-3.0-or-later
// Captions drawn by us from the page's own <track> elements, so that they can be large, high in contrast and below the
// picture. They are ordinary text, not a live region: a screen reader would speak over the sound.
import type { Settings } from "./settings";
import type { Store } from "./store";

export class Captions {
  private shown = -1;

  constructor(
    private readonly box: HTMLElement,
    private readonly elements: readonly HTMLTrackElement[],
    private readonly store: Store,
  ) {
    elements.forEach((element, index) => {
      element.track.mode = "disabled";
      element.track.addEventListener("cuechange", () => {
        if (index === this.shown) this.draw();
      });
      element.addEventListener("error", () => {
        if (index === this.shown) this.store.set({ captionFailed: true });
      });
    });
  }

  /** Shows one track, or none (−1). */
  show(index: number): void {
    this.shown = this.elements[index] ? index : -1;
    this.elements.forEach((element, i) => (element.track.mode = i === this.shown ? "hidden" : "disabled"));
    this.store.set({ captionTrack: this.shown, captionFailed: false });
    this.box.lang = this.elements[this.shown]?.srclang ?? "";
    this.draw();
  }

  look(settings: Settings): void {
    this.box.dataset["size"] = settings.captionSize;
    this.box.dataset["look"] = settings.captionLook;
    const player = this.box.closest<HTMLElement>(".player");
    if (player) player.dataset["captionPlace"] = settings.captionPlace;
  }

  private draw(): void {
    const cues = this.elements[this.shown]?.track.activeCues;
    this.box.replaceChildren();
    for (const cue of cues ? [...cues] : []) {
      const line = document.createElement("p");
      line.className = "player__cue";
      line.append((cue as VTTCue).getCueAsHTML());
      this.box.append(line);
    }
    this.box.hidden = this.box.childElementCount === 0;
  }
}
