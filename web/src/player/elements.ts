// SPDX-License-Identifier: GPL-3.0-or-later
// Small makers of the controls' markup.

const shapes = {
  play: "M7 4v16l13-8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  back: "M11 6v12L2.500 12zM21 6v12l-8.500-6z",
  forward: "M13 6v12l8.500-6zM3 6v12l8.500-6z",
  sound: "M4 9v6h4l5 5V4L8 9zM16 8a5 5 0 0 1 0 8M18.500 5a9 9 0 0 1 0 14",
  muted: "M4 9v6h4l5 5V4L8 9zM16 9l6 6M22 9l-6 6",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4",
  fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
} as const;

export type Shape = keyof typeof shapes;

export function icon(shape: Shape): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "player__icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", shapes[shape]);
  svg.append(path);
  return svg;
}

export function setIcon(button: HTMLElement, shape: Shape): void {
  const old = button.querySelector("svg");
  if (old) old.replaceWith(icon(shape));
  else button.prepend(icon(shape));
}

export interface ButtonParts {
  readonly name: string;
  readonly act: () => void;
  readonly shape?: Shape;
  /** Words that everybody sees; without them the name is spoken only and shown as a tooltip. */
  readonly text?: string;
  readonly className?: string;
}

export function button(parts: ButtonParts): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `player__button ${parts.className ?? ""}`.trim();
  if (parts.shape) made.append(icon(parts.shape));
  if (parts.text !== undefined) {
    const words = document.createElement("span");
    words.textContent = parts.text;
    made.append(words);
  }
  if (parts.text !== parts.name) {
    made.setAttribute("aria-label", parts.name);
    made.title = parts.name;
  }
  made.addEventListener("click", parts.act);
  return made;
}

export function setPressed(element: HTMLElement, pressed: "true" | "false"): void {
  element.setAttribute("aria-pressed", pressed);
}

export function group(name: string, ...children: HTMLElement[]): HTMLElement {
  const made = document.createElement("div");
  made.className = "player__group";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", name);
  made.append(...children);
  return made;
}

export function slider(name: string, className: string, most: number): HTMLInputElement {
  const made = document.createElement("input");
  made.type = "range";
  made.min = "0";
  made.max = String(most);
  made.step = "1";
  made.value = "0";
  made.className = className;
  made.setAttribute("aria-label", name);
  return made;
}
