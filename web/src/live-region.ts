// SPDX-License-Identifier: GPL-3.0-or-later
// The page's one polite live region. Screen readers drop or garble messages that follow each other fast, so at most one
// is spoken every 700 ms, and the newest wins.

const PAUSE_MS = 700;

let region: HTMLElement | undefined;
let waiting: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function liveRegion(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  region.dataset["liveRegion"] = "";
  document.body.append(region);
  return region;
}

function speakNext(): void {
  timer = undefined;
  if (waiting === undefined) return;
  const target = liveRegion();
  // The same words twice would be no change, and not be spoken.
  target.textContent = target.textContent === waiting ? `${waiting}\u00a0` : waiting;
  waiting = undefined;
  timer = setTimeout(speakNext, PAUSE_MS);
}

/** Tells what happened to people who cannot see it. Short and finished: "已暂停". */
export function announce(text: string): void {
  liveRegion(); // must stand in the page before its content changes
  waiting = text;
  timer ??= setTimeout(speakNext, 50);
}
