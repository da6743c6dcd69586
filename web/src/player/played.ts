// SPDX-License-Identifier: GPL-3.0-or-later
// Which parts of a lesson were really played. Pure: positions and clock times go in, intervals come out.
//
// The media element only says where it is now and then (`timeupdate`, four times a second). Between two looks while it
// plays, the stretch in between was played, unless the position moved further than the speed explains: then it jumped
// (a seek, a repaired hole) and nothing in between counts. A pause, a stall or a seek adds nothing.

/** One stretch of really played media. All times in milliseconds. */
export interface Played {
  readonly from: number;
  readonly to: number;
  /** How long it took on the wall clock; the server holds it against its own clock. */
  readonly wall: number;
  /** Playing speed in percent. */
  readonly speed: number;
}

/** Clock and media time may disagree by this much between two looks before it counts as a jump. */
const tolerance = 500;

interface Open {
  from: number;
  to: number;
  wall: number;
  speed: number;
  lastWall: number;
}

export class PlayedMeter {
  private open: Open | undefined;
  private done: Played[] = [];

  /** A look at the element while it plays. `media` and `wall` in ms (wall: any monotonic clock), `rate` 1 = normal. */
  look(media: number, wall: number, rate: number): void {
    const speed = Math.round(rate * 100);
    const open = this.open;
    if (open?.speed !== speed) {
      if (open) this.advance(open, media, wall, open.speed / 100);
      this.close();
      this.open = { from: media, to: media, wall: 0, speed, lastWall: wall };
      return;
    }
    if (!this.advance(open, media, wall, rate)) {
      this.close();
      this.open = { from: media, to: media, wall: 0, speed, lastWall: wall };
    }
  }

  /** Playing has stopped at `media` (pause, end, stall): the last stretch up to there counts. */
  stop(media: number, wall: number): void {
    if (this.open) this.advance(this.open, media, wall, this.open.speed / 100);
    this.close();
  }

  /** The position is being moved: what lies between the last look and here was not played. */
  seek(): void {
    this.close();
  }

  /** Everything played since the last call, oldest first; goes on measuring where it is. */
  take(): Played[] {
    const open = this.open;
    this.close();
    if (open) this.open = { from: open.to, to: open.to, wall: 0, speed: open.speed, lastWall: open.lastWall };
    const taken = this.done;
    this.done = [];
    return taken;
  }

  /** False when the position jumped. */
  private advance(open: Open, media: number, wall: number, rate: number): boolean {
    const moved = media - open.to;
    const passed = wall - open.lastWall;
    if (moved < 0 || moved > passed * rate * 1.1 + tolerance * Math.max(1, rate)) return false;
    open.to = media;
    open.wall += passed;
    open.lastWall = wall;
    return true;
  }

  private close(): void {
    const open = this.open;
    this.open = undefined;
    if (!open) return;
    const from = Math.round(open.from);
    const to = Math.round(open.to);
    if (to > from) this.done.push({ from, to, wall: Math.round(open.wall), speed: open.speed });
  }
}
