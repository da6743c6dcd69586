// SPDX-License-Identifier: GPL-3.0-or-later
// Moves focus to the list of errors at the top of a page that came back with some, and from there to each field.
import type { ModuleStart } from "../module";

export const start: ModuleStart = (summary) => {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    // The label, not only the field, should be in view: on a phone the keyboard covers half of the page.
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
};
