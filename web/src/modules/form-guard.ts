// SPDX-License-Identifier: GPL-3.0-or-later
// A form is sent once, however often its button is pressed: the second try is swallowed, and said to be under way. The
// button stays enabled and focusable, so nobody is thrown out of the form. (The server refuses doubles by itself too.)
import { announce } from "../live-region";
import type { ModuleStart } from "../module";

// A request that died silently must not lock the form for good.
const RETRY_AFTER_MS = 15_000;

export const start: ModuleStart = (element) => {
  let sentAt = -Infinity;
  element.addEventListener("submit", (event) => {
    if (event.timeStamp - sentAt < RETRY_AFTER_MS) {
      event.preventDefault();
      const sending = element.dataset["sending"];
      if (sending) announce(sending);
      return;
    }
    sentAt = event.timeStamp;
    element.setAttribute("aria-busy", "true");
  });
  // Coming back with the browser's own "back" shows the page as it was left: sent.
  window.addEventListener("pageshow", () => {
    sentAt = -Infinity;
    element.removeAttribute("aria-busy");
  });
};
