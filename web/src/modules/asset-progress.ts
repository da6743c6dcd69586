// SPDX-License-Identifier: GPL-3.0-or-later
// The bars of a video that is being prepared: one a quality, live, and said aloud every tenth percent of the whole; and the way to
// what can be watched already.
import { messagesOf, type Translate } from "../i18n";
import { announce } from "../live-region";
import type { ModuleStart } from "../module";
import { type AssetState, hasEnded, type RenditionState, watchAsset } from "../upload/asset-watch";
import { Tens } from "../upload/sizes";

/** What a rendition's folder name means to a person: "480p" for v480, sound for a-cmn. */
export function renditionLabel(name: string, t: Translate): string {
  if (name.startsWith("a-")) return t("rendition_sound");
  return t("rendition", { name: /^v\d+$/.test(name) ? `${name.slice(1)}p` : name });
}

function makeBar(root: HTMLElement, rendition: RenditionState, t: Translate): HTMLProgressElement {
  const id = `rendition-${rendition.name}`;
  const box = document.createElement("div");
  box.className = "progress";
  const head = document.createElement("div");
  head.className = "progress__head";
  const label = document.createElement("label");
  label.className = "progress__label";
  label.htmlFor = id;
  label.textContent = renditionLabel(rendition.name, t);
  const text = document.createElement("span");
  text.className = "progress__text";
  text.id = `${id}-text`;
  head.append(label, " ", text);
  const bar = document.createElement("progress");
  bar.className = "progress__bar";
  bar.id = id;
  bar.max = 1000;
  bar.setAttribute("aria-describedby", text.id);
  box.append(head, bar);
  root.append(box);
  return bar;
}

export function showAssetState(root: HTMLElement, state: AssetState, t: Translate): void {
  for (const rendition of state.renditions) {
    const id = `rendition-${rendition.name}`;
    const bar =
      root.querySelector<HTMLProgressElement>(`progress[id="${CSS.escape(id)}"]`) ?? makeBar(root, rendition, t);
    bar.value = rendition.permille;
    const text = document.getElementById(`${id}-text`);
    if (text) text.textContent = t("percent", { percent: Math.floor(rendition.permille / 10) });
  }
}

/** A link to what can be watched already; true where it is new. */
export function offerPreview(root: HTMLElement, t: Translate): boolean {
  const address = root.dataset["preview"];
  if (address === undefined || root.querySelector("[data-watch]")) return false;
  const line = document.createElement("p");
  line.className = "actions";
  line.dataset["watch"] = "";
  const link = document.createElement("a");
  link.className = "button";
  link.href = address;
  link.textContent = t("watch_ready");
  line.append(link);
  root.prepend(line);
  return true;
}

/** Of the whole, by the mean of the qualities. */
export function meanPercent(state: AssetState): number {
  if (state.renditions.length === 0) return 0;
  const sum = state.renditions.reduce((total, rendition) => total + rendition.permille, 0);
  return Math.floor(sum / state.renditions.length / 10);
}

export const start: ModuleStart = (element) => {
  const t = messagesOf(element);
  const tens = new Tens();
  watchAsset(element.dataset["asset"] ?? "", (state) => {
    if (hasEnded(state)) {
      announce(t(state.state === "READY" ? "ready" : "prepare_failed"));
      setTimeout(() => {
        location.reload();
      }, 1_500);
      return;
    }
    showAssetState(element, state, t);
    if (state.playable && offerPreview(element, t)) announce(t("watch_announce"));
    const percent = meanPercent(state);
    if (tens.reached(percent)) announce(t("preparing_all", { percent }));
  });
};
