// SPDX-License-Identifier: GPL-3.0-or-later
// The bar of a description script that is being spoken: live, and said aloud every tenth percent.
import { messagesOf } from "../i18n";
import { announce } from "../live-region";
import type { ModuleStart } from "../module";
import { hasEnded, watchState } from "../upload/asset-watch";
import { Tens } from "../upload/sizes";
import { meanPercent } from "./asset-progress";

export function showPercent(root: HTMLElement, percent: number, text: string): void {
  const bar = root.querySelector("progress");
  if (!bar) return;
  bar.value = percent * 10;
  const beside = root.ownerDocument.getElementById(`${bar.id}-text`);
  if (beside) beside.textContent = text;
}

export const start: ModuleStart = (element) => {
  const t = messagesOf(element);
  const tens = new Tens();
  watchState(`/api/v1/lessons/${encodeURIComponent(element.dataset["lesson"] ?? "")}/description`, (state) => {
    if (hasEnded(state)) {
      announce(t(state.state === "READY" ? "spoken" : "not_spoken"));
      setTimeout(() => {
        location.reload();
      }, 1_500);
      return;
    }
    const percent = meanPercent(state);
    showPercent(element, percent, t("percent", { percent }));
    if (tens.reached(percent)) announce(t("spoken_part", { percent }));
  });
};
