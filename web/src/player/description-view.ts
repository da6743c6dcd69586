// SPDX-License-Identifier: GPL-3.0-or-later
// Where descriptions are seen and read out: a line below the captions, and the one assertive live region of the player.
import type { Translate } from "../i18n";

export class DescriptionView {
  private readonly box = document.createElement("div");
  private readonly words = document.createElement("p");
  /** There from the start, or screen readers miss its first words. Apart from the captions, which never speak. */
  private readonly live = document.createElement("p");

  constructor(root: HTMLElement, say: Translate) {
    this.box.className = "player__description";
    const label = document.createElement("p");
    label.className = "player__description-label";
    label.textContent = say("description.now");
    this.box.append(label, this.words);
    this.box.hidden = true;
    this.live.className = "visually-hidden";
    this.live.setAttribute("aria-live", "assertive");
    root.append(this.box, this.live);
  }

  show(text: string, lang: string, live: "live" | "quiet"): void {
    this.words.textContent = text;
    this.words.lang = lang;
    this.box.hidden = text === "";
    if (live === "live") this.live.lang = lang;
    this.live.textContent = live === "live" ? text : "";
  }
}

/** Plays one clip; `ended` is rejected where it cannot be played. */
export function playClip(url: string, rate: number): { stop: () => void; ended: Promise<void> } {
  const sound = new Audio(url);
  sound.preservesPitch = true;
  sound.defaultPlaybackRate = rate;
  sound.playbackRate = rate;
  const ended = new Promise<void>((resolve, reject) => {
    sound.addEventListener("ended", () => {
      resolve();
    });
    sound.addEventListener("error", () => {
      reject(new Error("the clip cannot be played"));
    });
    sound.play().catch(reject);
  });
  return {
    stop: () => {
      sound.pause();
    },
    ended,
  };
}
