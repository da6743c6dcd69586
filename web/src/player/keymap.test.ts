// SPDX-License-Identifier: GPL-3.0-or-later
import { describe, expect, it } from "vitest";

import { commandFor, type KeyFacts } from "./keymap";

function press(code: string, change: Partial<KeyFacts> = {}): KeyFacts {
  return {
    code,
    key: code,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    isComposing: false,
    ...change,
  };
}

describe("commandFor", () => {
  it("knows the keys that other players use too", () => {
    const expected = {
      KeyK: "toggle_play",
      KeyJ: "back_10",
      KeyL: "forward_10",
      ArrowLeft: "back_5",
      ArrowUp: "volume_up",
      KeyM: "toggle_mute",
      KeyC: "toggle_captions",
      KeyD: "toggle_description",
      KeyS: "toggle_sign",
      KeyR: "repeat_description",
      KeyF: "toggle_fullscreen",
      BracketLeft: "previous_chapter",
      BracketRight: "next_chapter",
      Digit4: "jump_4",
    };
    for (const [code, command] of Object.entries(expected)) {
      expect(commandFor(press(code), "other", "on")).toBe(command);
    }
    expect(commandFor(press("Slash", { key: "?", shiftKey: true }), "other", "on")).toBe("show_keys");
    expect(commandFor(press("Period", { key: ">", shiftKey: true }), "other", "on")).toBe("faster");
    expect(commandFor(press("KeyC", { shiftKey: true }), "other", "on")).toBe("next_captions");
    expect(commandFor(press("KeyD", { shiftKey: true }), "other", "on")).toBe("next_description");
    expect(commandFor(press("KeyS", { shiftKey: true }), "other", "on")).toBe("focus_sign");
  });

  it("leaves a button's and a slider's own keys alone", () => {
    expect(commandFor(press("Space"), "button", "on")).toBeUndefined();
    expect(commandFor(press("Space"), "other", "on")).toBe("toggle_play");
    expect(commandFor(press("ArrowLeft"), "slider", "on")).toBeUndefined();
    expect(commandFor(press("KeyK"), "slider", "on")).toBe("toggle_play");
  });

  it("never takes keys from typing, from input methods or from the browser", () => {
    expect(commandFor(press("KeyK"), "text", "on")).toBeUndefined();
    expect(commandFor(press("KeyK", { isComposing: true }), "other", "on")).toBeUndefined();
    expect(commandFor(press("KeyL", { ctrlKey: true }), "other", "on")).toBeUndefined();
    expect(commandFor(press("KeyC", { metaKey: true }), "other", "on")).toBeUndefined();
    expect(commandFor(press("ArrowLeft", { altKey: true }), "other", "on")).toBeUndefined();
  });

  it("can be moved to Alt+Shift, or switched off", () => {
    const both = { altKey: true, shiftKey: true };
    expect(commandFor(press("KeyK"), "other", "alt_shift")).toBeUndefined();
    expect(commandFor(press("KeyK", both), "other", "alt_shift")).toBe("toggle_play");
    expect(commandFor(press("Period", both), "other", "alt_shift")).toBe("faster");
    expect(commandFor(press("KeyK"), "other", "off")).toBeUndefined();
    expect(commandFor(press("KeyK", both), "other", "off")).toBeUndefined();
  });
});
