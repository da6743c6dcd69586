// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeEach, expect, test, vi } from "vitest";
import { start } from "./error-summary";

let summary: HTMLElement;
const scrolled = vi.fn();

beforeEach(async () => {
  document.body.innerHTML = `
    <div id="summary" tabindex="-1"><a href="#login">用户名太短</a> <a href="#nowhere">别处</a></div>
    <div class="field"><label for="login">用户名</label><input id="login"></div>`;
  scrolled.mockClear();
  Element.prototype.scrollIntoView = scrolled; // jsdom has none
  summary = document.getElementById("summary")!;
  await start(summary);
});

test("the summary takes the focus as soon as it is there", () => {
  expect(document.activeElement).toBe(summary);
});

test("a line leads to its field, label in view", () => {
  summary.querySelector("a")!.click();
  expect(document.activeElement?.id).toBe("login");
  expect(scrolled).toHaveBeenCalledOnce();
});

test("a line without a field stays an ordinary link", () => {
  const click = new MouseEvent("click", { bubbles: true, cancelable: true });
  summary.querySelectorAll("a")[1]!.dispatchEvent(click);
  expect(click.defaultPrevented).toBe(false);
});
