// SPDX-License-Identifier: GPL-3.0-or-later
// Real media for the tests: the samples, and longer films made from them without encoding anew.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./browser.mjs";

export const samples = resolve(process.env.TONGXING_SAMPLES ?? join(root, "../shared/samples"));

/** The path of a sample, or null when the folder is not there (never in CI). */
export function sample(name) {
  const path = join(samples, name);
  if (existsSync(path)) return path;
  if (process.env.CI) throw new Error(`no samples at ${samples}: continuous integration must have them`);
  console.log("skipped: no samples");
  return null;
}

/** A longer film: the same clip again and again, its streams copied as they are. */
export function looped(clip, times, target) {
  execFileSync("ffmpeg", ["-v", "error", "-y", "-stream_loop", String(times - 1), "-i", clip, "-c", "copy", target]);
  return target;
}

export function captionsOf(seconds, step = 5) {
  const stamp = (s) => new Date(s * 1000).toISOString().slice(11, 23);
  let text = "WEBVTT\n";
  for (let at = 1; at + step <= seconds; at += step) {
    text += `\n${at}\n${stamp(at)} --> ${stamp(at + step - 1)}\n第 ${at} 秒：兔子走出来\n`;
  }
  return text;
}
