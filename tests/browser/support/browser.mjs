// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's Chromium by playwright-core, and what tests do with a page again and again.
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const output = join(root, "tests/browser/output");
/** npm packages live in web/, the only package.json of the project. */
export const requireFromWeb = createRequire(join(root, "web/package.json"));

const { chromium } = requireFromWeb("playwright-core");

const arguments_ = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--mute-audio",
];

/** @param {{autoplay?: boolean, args?: string[]}} options autoplay: media may start without a click. */
export async function launchBrowser({ autoplay = true, args = [] } = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}; set CHROMIUM or run ./dev`);
  const all = [...arguments_, ...args, ...(autoplay ? ["--autoplay-policy=no-user-gesture-required"] : [])];
  return chromium.launch({ executablePath, headless: true, args: all });
}

/**
 * A fresh person: own cookies, own language. `page.problems` gathers what no page may do: uncaught errors, console errors,
 * broken Content-Security-Policy.
 */
export async function newPerson(browser, { locale = "zh-CN", javaScript = true, width = 1280, height = 800, ...more } = {}) {
  const context = await browser.newContext({
    locale,
    javaScriptEnabled: javaScript,
    viewport: { width, height },
    ...more,
  });
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  return { context, page };
}

export async function screenshot(page, name) {
  mkdirSync(output, { recursive: true });
  const path = join(output, `${name.replaceAll(/[^\p{Letter}\p{Number}._-]+/gu, "_")}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}

/** How many CSS pixels the page can be scrolled sideways: 0 is what WCAG 1.4.10 asks for. */
export async function sidewaysScroll(page) {
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
}

/** Controls smaller than 44 × 44 px (links inside running text and hidden ones are exempt), as readable lines. */
export async function smallTargets(page) {
  return page.evaluate(() => {
    const small = [];
    const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=slider], [role=button]";
    for (const element of document.querySelectorAll(controls)) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || !element.checkVisibility()) continue;
      if (element.closest(".skip-link, .visually-hidden")) continue;
      const inText = element.matches("p a, li a:not(nav a), td a") && getComputedStyle(element).display === "inline";
      if (inText) continue;
      // A label belongs to its check box: the person may press either.
      const label = element.labels?.[0]?.getBoundingClientRect();
      const stretched = getComputedStyle(element, "::after").position === "absolute";
      const height = Math.max(box.height, label && element.type !== "text" ? label.height : 0);
      if (!stretched && (height < 43.5 || box.width + (label?.width ?? 0) < 43.5)) {
        small.push(`${element.outerHTML.slice(0, 100)} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
      }
    }
    return small;
  });
}

/** What a keyboard user is on: role-ish tag, name, and whether the focus can be seen. */
export async function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const holder = element.closest(".card");
    const ring = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 3;
    return {
      tag: element.tagName.toLowerCase(),
      id: element.id,
      name: (element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent ?? "").trim(),
      visible: ring(style) || (holder !== null && ring(getComputedStyle(holder))),
    };
  });
}

/** Presses Tab until `wanted(focus)` holds. Throws with the way walked when it never does. */
export async function tabTo(page, wanted, { key = "Tab", limit = 100 } = {}) {
  const walked = [];
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    walked.push(at ? `${at.tag} "${at.name.slice(0, 30)}"` : "nothing");
    if (at && wanted(at)) return at;
  }
  throw new Error(`Tab never got there; it went: ${walked.join(" → ")}`);
}
