// SPDX-License-Identifier: GPL-3.0-or-later
// The one polite live region of the player: at most one message every 700 ms, and of several the newest.

const spacing = 700;

export class Announcer {
  private next: string | undefined;
  private quietUntil = 0;
  private planned = false;

  constructor(
    private readonly region: { textContent: string | null },
    private readonly now: () => number = () => performance.now(),
    private readonly later: (callback: () => void, ms: number) => void = (callback, ms) => {
      setTimeout(callback, ms);
    },
  ) {}

  say(message: string): void {
    this.next = message;
    if (this.planned) return;
    const wait = this.quietUntil - this.now();
    if (wait <= 0) {
      this.speak();
      return;
    }
    this.planned = true;
    this.later(() => {
      this.planned = false;
      this.speak();
    }, wait);
  }

  private speak(): void {
    if (this.next === undefined) return;
    this.region.textContent = this.next;
    this.next = undefined;
    this.quietUntil = this.now() + spacing;
  }
}
