// SPDX-License-Identifier: GPL-3.0-or-later
// axe-core on the page as it is, failing with lines a person can act on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { requireFromWeb } from "./browser.mjs";

const source = readFileSync(requireFromWeb.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * All violations, as text: rule, why, each element with what to do. The page's Content-Security-Policy stays in force:
 * axe comes in by the debugging protocol, not as a script of the page. Needs JavaScript in the page's context.
 */
export async function violations(page, { rules = {}, within } = {}) {
  if (!(await page.evaluate(() => typeof globalThis.axe === "object"))) await page.evaluate(source);
  const result = await page.evaluate(
    ([options, selector]) => globalThis.axe.run(selector ?? document, options),
    [{ runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] }, within ?? null],
  );
  return result.violations.map((violation) => {
    const nodes = violation.nodes.map((node) => `    ${node.target.join(" ")}\n      ${node.failureSummary}`);
    return `${violation.id} (${violation.impact}): ${violation.help}\n${nodes.join("\n")}`;
  });
}

export async function assertAccessible(page, name = page.url(), options = {}) {
  const found = await violations(page, options);
  assert.equal(found.length, 0, `axe on ${name}:\n${found.join("\n")}`);
}
