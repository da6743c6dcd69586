// SPDX-License-Identifier: GPL-3.0-or-later
// Lets the lesson wait at the end of a caption, until it is read or until the learner goes on.
import type { Mediator } from "./mediator";
import { stillToRead, type ReadingPause } from "./reading-pause";

interface Shown {
  readonly endMs: number;
  readonly text: string;
  readonly shownMs: number;
}

export class ReadingWait {
  private current: Shown | undefined;
  private waiting = false;
  private timer: number | undefined;

  constructor(
    private readonly mediator: Mediator,
    private readonly wish: () => ReadingPause,
    private readonly track: () => TextTrack | undefined,
  ) {}

  tick(): void {
    const wish = this.wish();
    if (wish === "off" || this.waiting || !this.mediator.playing()) return;
    const now = this.mediator.timeMs();
    const last = this.current;
    if (last && now >= last.endMs - 60 && now < last.endMs + 400) {
      this.current = undefined;
      this.wait(wish, last);
      return;
    }
    const cue = this.track()?.activeCues?.[0] as VTTCue | undefined;
    const spoken = 1000 / Math.max(0.25, this.mediator.rate());
    this.current = cue && {
      endMs: cue.endTime * 1000,
      text: cue.getCueAsHTML().textContent,
      shownMs: (cue.endTime - cue.startTime) * spoken,
    };
  }

  /** Goes on at once; true where the lesson was waiting. */
  end(): boolean {
    if (!this.waiting) return false;
    this.waiting = false;
    if (this.timer !== undefined) window.clearTimeout(this.timer);
    this.timer = undefined;
    this.mediator.release();
    return true;
  }

  private wait(wish: ReadingPause, caption: Shown): void {
    const rest = stillToRead(caption.text, caption.shownMs);
    if (wish === "reading" && rest === 0) return;
    this.waiting = true;
    this.mediator.hold(undefined);
    if (wish === "reading") this.timer = window.setTimeout(() => this.end(), rest);
  }
}
