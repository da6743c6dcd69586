// SPDX-License-Identifier: GPL-3.0-or-later

/** "12.3 MB", as the server writes it. */
export function sizeText(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  return megabytes >= 1000 ? `${(megabytes / 1000).toFixed(1)} GB` : `${megabytes.toFixed(1)} MB`;
}

/** Whole percent, never 100 before everything has arrived. */
export function percentOf(sent: number, total: number): number {
  return total > 0 ? Math.floor((sent * 100) / total) : 0;
}

/** Says every tenth percent once: true when `percent` has reached a new ten. */
export class Tens {
  private last = 0;

  reached(percent: number): boolean {
    const ten = Math.floor(percent / 10);
    if (ten <= this.last) return false;
    this.last = ten;
    return true;
  }
}
