// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeEach, expect, test } from "vitest";
import { start } from "./password-toggle";

let input: HTMLInputElement;
let button: HTMLButtonElement;

beforeEach(async () => {
  document.body.innerHTML = `<form><div data-show="显示密码" data-hide="隐藏密码"><input id="field-password" type="password"></div></form>`;
  await start(document.querySelector("div")!);
  input = document.querySelector("input")!;
  button = document.querySelector("button")!;
});

test("the button shows and hides what was typed and says what it does next", () => {
  expect(button.textContent).toBe("显示密码");
  expect(button.type).toBe("button");
  button.click();
  expect([input.type, button.textContent]).toEqual(["text", "隐藏密码"]);
  button.click();
  expect([input.type, button.textContent]).toEqual(["password", "显示密码"]);
});

test("a form is always sent with the password concealed", () => {
  button.click();
  document.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
  expect(input.type).toBe("password");
});

test("without a field or without texts it gives up and leaves the page alone", () => {
  const empty = document.createElement("div");
  expect(() => start(empty)).toThrow();
});
