// SPDX-License-Identifier: GPL-3.0-or-later
// A button below a password field that shows what was typed, for people who cannot be sure of their fingers. The button's
// own text says what it will do next, and changes with the state.
import type { ModuleStart } from "../module";

export const start: ModuleStart = (element) => {
  const input = element.querySelector<HTMLInputElement>("input[type='password']");
  const { show, hide } = element.dataset;
  if (!input || !show || !hide) throw new Error("password-toggle needs a password field and two texts");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = show;
  button.setAttribute("aria-controls", input.id);
  const conceal = (): void => {
    input.type = "password";
    button.textContent = show;
  };
  button.addEventListener("click", () => {
    if (input.type === "text") {
      conceal();
      return;
    }
    input.type = "text";
    button.textContent = hide;
  });
  // Browsers offer to keep a password only when it is sent as one, and nobody should read it over a shoulder later.
  input.form?.addEventListener("submit", conceal);
  input.insertAdjacentElement("afterend", button);
};
