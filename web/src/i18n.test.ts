// SPDX-License-Identifier: GPL-3.0-or-later
import { expect, test } from "vitest";
import { formatMessage, messagesOf } from "./i18n";

test("arguments are put in as they are, missing ones stay visible", () => {
  expect(formatMessage("{name}，您好，{n} 门课", { name: "王{芳}", n: 3 })).toBe("王{芳}，您好，3 门课");
  expect(formatMessage("{name}!", {})).toBe("{name}!");
});

test("plural chooses by number, exact numbers first", () => {
  const pattern = "{n, plural, =0 {none} one {# lesson} other {# lessons, {who}}}";
  expect(formatMessage(pattern, { n: 0, who: "x" }, "en")).toBe("none");
  expect(formatMessage(pattern, { n: 1, who: "x" }, "en")).toBe("1 lesson");
  expect(formatMessage(pattern, { n: 1200, who: "x" }, "en")).toBe("1,200 lessons, x");
  expect(formatMessage("{n, plural, other {# 节课}}", { n: 1 }, "zh-Hans")).toBe("1 节课");
});

test("select falls back to other", () => {
  const pattern = "{state, select, on {字幕开} other {字幕关}}";
  expect(formatMessage(pattern, { state: "on" })).toBe("字幕开");
  expect(formatMessage(pattern, { state: "?" })).toBe("字幕关");
});

test("apostrophes follow ICU", () => {
  expect(formatMessage("don't {x}", { x: 1 })).toBe("don't 1");
  expect(formatMessage("it''s '{x}'", {})).toBe("it's {x}");
});

test("a pattern that cannot be read throws", () => {
  expect(() => formatMessage("{n, plural, one {x}")).toThrow();
  expect(() => formatMessage("a } b")).toThrow();
  expect(() => formatMessage("{n, date, short}")).toThrow();
});

test("messages come from the element, nested by dots", () => {
  const element = document.createElement("div");
  element.dataset["messages"] = JSON.stringify({ a: { b: "{n} 秒" }, c: "d" });
  const t = messagesOf(element);
  expect(t("a.b", { n: 5 })).toBe("5 秒");
  expect(t("c")).toBe("d");
  expect(t("a")).toBe("⟦a⟧");
  expect(t("a.b.c")).toBe("⟦a.b.c⟧");
});
