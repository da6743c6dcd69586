// SPDX-License-Identifier: GPL-3.0-or-later
// html-validate on the HTML as the server sent it (not as the browser mended it).
import assert from "node:assert/strict";
import { requireFromWeb } from "./browser.mjs";

const { HtmlValidate, StaticConfigLoader } = requireFromWeb("html-validate");
const validator = new HtmlValidate(new StaticConfigLoader(requireFromWeb("./.htmlvalidate.json")));

export async function assertValidHtml(html, name) {
  const report = await validator.validateString(html, name);
  const lines = html.split("\n");
  const problems = report.results.flatMap((result) =>
    result.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}\n    ${lines[m.line - 1]?.slice(0, 160)}`),
  );
  assert.equal(problems.length, 0, `HTML of ${name}:\n${problems.join("\n")}`);
}
