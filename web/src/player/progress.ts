// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the server's newest figures into the page's progress block (templates/components/learning/progress.mustache).
import type { Progress } from "./api";
import { clockTime, timeWords } from "./format";
import type { Translate } from "../i18n";

function put(root: ParentNode, name: string, text: string): void {
  const target = root.querySelector(`[data-progress="${name}"]`);
  if (target && target.textContent !== text) target.textContent = text;
}

/** One sentence: what is still missing, or that it is done. */
export function missingSentence(progress: Progress, say: Translate): string {
  if (progress.state === "COMPLETED" || progress.state === "COVERED") return say("progress.done");
  return say("progress.missing", { time: timeWords(Math.ceil(progress.missing_ms / 1000), say) });
}

export function showProgress(root: ParentNode, progress: Progress, say: Translate): void {
  put(root, "sentence", missingSentence(progress, say));
  put(root, "played", timeWords(progress.unique_ms / 1000, say));
  put(root, "points", String(progress.course_points));
  const bar = root.querySelector<HTMLProgressElement>('progress[data-progress="bar"]');
  const percent = progress.duration_ms > 0 ? Math.floor((progress.unique_ms * 100) / progress.duration_ms) : 0;
  put(root, "percent", `${percent}%`);
  if (bar) bar.value = percent;
  const gap = root.querySelector<HTMLAnchorElement>('a[data-progress="gap"]');
  if (!gap) return;
  gap.hidden = progress.first_gap_ms === null || progress.state === "COMPLETED";
  if (progress.first_gap_ms !== null) {
    const seconds = Math.floor(progress.first_gap_ms / 1000);
    gap.href = `?t=${seconds}#player`;
    gap.dataset["seek"] = String(seconds);
    gap.textContent = say("progress.go_to_gap", { at: clockTime(seconds) });
  }
}
