// SPDX-License-Identifier: GPL-3.0-or-later
// What the server makes in the background, followed on the page that waits for it: while the element is marked as busy, the
// page is asked for again now and then, and the element shows what it shows there. Focus and forms outside stay alone.
import { announce } from "../live-region";
import type { ModuleStart } from "../module";

const ASK_EVERY_MS = 4_000;

/** What is for people without this script: the link that asks for the page again. */
function removeByHand(element: HTMLElement): void {
  for (const part of element.querySelectorAll("[data-by-hand]")) part.remove();
}

/** The same element of a newer page, or nothing: the page says something else now (signed out, an error). */
export function sameElement(html: string, id: string): HTMLElement | null {
  return new DOMParser().parseFromString(html, "text/html").getElementById(id);
}

/** Takes over what the newer element shows; says it aloud when the work has ended. True: it goes on. */
export function takeOver(element: HTMLElement, newer: HTMLElement): boolean {
  const goesOn = "busy" in newer.dataset;
  removeByHand(newer);
  element.replaceChildren(...newer.childNodes);
  if (!goesOn) {
    delete element.dataset["busy"];
    announce(element.querySelector("[data-state]")?.textContent ?? "");
  }
  return goesOn;
}

export const start: ModuleStart = (element) => {
  const ask = async (): Promise<void> => {
    let goesOn = true;
    try {
      const response = await fetch(location.pathname, { credentials: "same-origin", headers: { Accept: "text/html" } });
      const newer = response.ok ? sameElement(await response.text(), element.id) : null;
      if (newer) goesOn = takeOver(element, newer);
    } catch {
      // The network is away: ask again.
    }
    if (goesOn) setTimeout(() => void ask(), ASK_EVERY_MS);
  };
  removeByHand(element);
  if ("busy" in element.dataset) setTimeout(() => void ask(), ASK_EVERY_MS);
};
