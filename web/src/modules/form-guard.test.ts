// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeEach, expect, test, vi } from "vitest";
import { start } from "./form-guard";

let form: HTMLFormElement;

beforeEach(async () => {
  document.body.innerHTML = `<form data-sending="正在提交，请稍候。"><button>保存</button></form>`;
  form = document.querySelector("form")!;
  await start(form);
});

function send(at: number): boolean {
  const event = new Event("submit", { cancelable: true });
  vi.spyOn(event, "timeStamp", "get").mockReturnValue(at);
  return form.dispatchEvent(event);
}

test("only the first of two quick tries is sent; the button stays usable", () => {
  expect(send(100)).toBe(true);
  expect(send(300)).toBe(false);
  expect(form.getAttribute("aria-busy")).toBe("true");
  expect(form.querySelector("button")?.disabled).toBe(false);
});

test("a form may be sent again after a while, and after coming back to the page", () => {
  expect(send(100)).toBe(true);
  expect(send(15_200)).toBe(true);
  window.dispatchEvent(new Event("pageshow"));
  expect(send(15_300)).toBe(true);
});
