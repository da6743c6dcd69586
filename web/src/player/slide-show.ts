// SPDX-License-Identifier: GPL-3.0-or-later
// The stills of a lesson over the stage, each while its part is heard.
import { readSlides, slideAt, type Slide } from "./slides";

export class SlideShow {
  private readonly image = document.createElement("img");
  private slides: readonly Slide[] = [];
  private loading: Promise<void> | undefined;
  private shown = -1;
  private on = false;

  constructor(
    stage: HTMLElement,
    private readonly url: string,
  ) {
    this.image.className = "player__slide";
    this.image.alt = ""; // what it shows is said in the lesson, and in the transcript
    this.image.hidden = true;
    stage.prepend(this.image);
  }

  async show(timeMs: number): Promise<void> {
    this.on = true;
    this.loading ??= fetch(this.url)
      .then((response) => (response.ok ? response.json() : undefined))
      .then((json: unknown) => {
        this.slides = readSlides(json, new URL(this.url, document.baseURI).href);
      })
      .catch(() => {
        this.loading = undefined;
      });
    await this.loading;
    this.at(timeMs);
  }

  hide(): void {
    this.on = false;
    this.image.hidden = true;
  }

  at(timeMs: number): void {
    if (!this.on) return;
    const index = slideAt(this.slides, timeMs);
    const slide = this.slides[index];
    this.image.hidden = !slide;
    if (!slide || index === this.shown) return;
    this.shown = index;
    this.image.src = slide.url;
  }
}
