// SPDX-License-Identifier: GPL-3.0-or-later
// What an instructor sees of an upload: a file field, buttons, a bar, one sentence. Every change is in the sentence; the
// live region hears the important ones and every tenth percent.
import type { Translate } from "../i18n";
import { announce } from "../live-region";
import { percentOf, sizeText, Tens } from "./sizes";
import { matching, terminate, Transfer, type TransferListener, type Unfinished } from "./transfer";

/** For the file chooser; what a file really is, the server finds out. */
const ACCEPTED: Readonly<Record<string, string>> = {
  video: "video/*,audio/*,.mkv,.mov,.mp4,.webm,.avi,.ts,.m4a,.mp3,.wav",
  sign: "video/*,.mkv,.mov,.mp4,.webm,.avi,.ts",
  description: "audio/*,.m4a,.mp3,.wav,.flac,.ogg,.opus,.aac,.mp4",
};

type Phase = "choose" | "sending" | "stopped" | "done";

function button(text: string, kind: string): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `button${kind ? ` button--${kind}` : ""}`;
  element.textContent = text;
  return element;
}

/** The uploads that the server listed, with a way to end each. */
export function readUnfinished(root: HTMLElement, t: Translate): Unfinished[] {
  const found: Unfinished[] = [];
  for (const item of root.querySelectorAll<HTMLElement>("[data-upload]")) {
    const id = item.dataset["upload"] ?? "";
    found.push({ id, file: item.dataset["file"] ?? "", length: Number(item.dataset["length"]) });
    const cancel = button(t("cancel"), "quiet");
    cancel.setAttribute("aria-label", t("cancel_one", { file: item.dataset["file"] ?? "" }));
    cancel.addEventListener("click", () => {
      void (async () => {
        if (!confirm(t("confirm_cancel"))) return;
        if (!(await terminate(id))) return;
        found.splice(0, found.length, ...found.filter((upload) => upload.id !== id));
        item.remove();
        announce(t("cancelled"));
        root.querySelector<HTMLElement>("input[type=file]")?.focus();
      })();
    });
    item.append(" ", cancel);
  }
  return found;
}

function fieldOf(input: HTMLInputElement, text: string, hint?: HTMLElement): HTMLElement {
  const field = document.createElement("div");
  field.className = "field";
  const label = document.createElement("label");
  label.className = "field__label";
  label.htmlFor = input.id;
  label.textContent = text;
  field.append(label, ...(hint ? [hint] : []), input);
  return field;
}

export class UploadPanel implements TransferListener {
  private readonly input = document.createElement("input");
  private readonly offset = document.createElement("input");
  private readonly bar = document.createElement("progress");
  private readonly status = document.createElement("p");
  private readonly startButton: HTMLButtonElement;
  private readonly pauseButton: HTMLButtonElement;
  private readonly resumeButton: HTMLButtonElement;
  private readonly cancelButton: HTMLButtonElement;
  private transfer: Transfer | undefined;
  private tens = new Tens();
  private wasContinued = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly t: Translate,
    private readonly unfinished: readonly Unfinished[],
    private readonly onDone: () => void,
  ) {
    this.startButton = button(t("start"), "primary");
    this.pauseButton = button(t("pause"), "");
    this.resumeButton = button(t("resume"), "primary");
    this.cancelButton = button(t("cancel"), "quiet");
    this.build();
    this.show("choose");
    window.addEventListener("online", () => {
      if (!this.resumeButton.hidden && this.waitsForNetwork) void this.send();
    });
  }

  private waitsForNetwork = false;

  private get purpose(): string {
    return this.root.dataset["purpose"] ?? "video";
  }

  /** Several panels stand on one page. */
  private idOf(part: string): string {
    return this.purpose === "video" ? `upload-${part}` : `${this.purpose}-upload-${part}`;
  }

  /** How the signer lies against the lesson. */
  private buildOffset(): void {
    const hint = document.createElement("p");
    hint.className = "field__hint";
    hint.id = this.idOf("offset-hint");
    hint.textContent = this.t("offset_hint");
    this.offset.type = "text";
    this.offset.id = this.idOf("offset");
    this.offset.className = "field__control";
    this.offset.maxLength = 12;
    this.offset.value = this.root.dataset["offset"] ?? "0";
    this.offset.setAttribute("aria-describedby", hint.id);
    this.root.append(fieldOf(this.offset, this.t("offset"), hint));
  }

  private build(): void {
    this.input.type = "file";
    this.input.id = this.idOf("file");
    this.input.className = "field__control field__control--file";
    this.input.accept = ACCEPTED[this.purpose] ?? ACCEPTED["video"] ?? "";
    this.input.setAttribute("aria-describedby", this.idOf("status"));
    if (this.purpose === "sign") this.buildOffset();
    const field = fieldOf(this.input, this.root.dataset["choose"] ?? "");
    this.bar.className = "progress__bar";
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", this.t("progress"));
    this.status.id = this.idOf("status");
    this.status.className = "upload-status";
    const actions = document.createElement("p");
    actions.className = "actions";
    actions.append(this.startButton, this.pauseButton, this.resumeButton, this.cancelButton);
    this.root.append(field, this.bar, this.status, actions);
    this.startButton.addEventListener("click", () => void this.begin());
    this.pauseButton.addEventListener("click", () => void this.pause());
    this.resumeButton.addEventListener("click", () => void this.send());
    this.cancelButton.addEventListener("click", () => void this.cancel());
  }

  private show(phase: Phase): void {
    const had = document.activeElement;
    this.input.disabled = phase !== "choose";
    this.offset.disabled = phase !== "choose";
    this.startButton.hidden = phase !== "choose";
    this.pauseButton.hidden = phase !== "sending";
    this.resumeButton.hidden = phase !== "stopped";
    this.cancelButton.hidden = phase === "choose" || phase === "done";
    this.bar.hidden = phase === "choose";
    // A button that vanishes under the keyboard would throw people to the top of the page.
    if (had instanceof HTMLElement && had.hidden && this.root.contains(had)) {
      const next = [this.pauseButton, this.resumeButton, this.startButton].find((one) => !one.hidden);
      next?.focus();
    }
  }

  private say(text: string, aloud: "aloud" | "quiet"): void {
    this.status.textContent = text;
    if (aloud === "aloud") announce(text);
  }

  private async begin(): Promise<void> {
    const file = this.input.files?.[0];
    if (!file) {
      this.refuse("none_chosen");
      return;
    }
    if (file.size === 0) {
      this.refuse("empty");
      return;
    }
    const known = matching(file, this.unfinished);
    const longest = Number(this.root.dataset["longest"]);
    if (!known && file.size > longest) {
      this.refuse("too_long");
      return;
    }
    const target = { lesson: this.root.dataset["lesson"] ?? "", purpose: this.purpose, offset: this.offset.value };
    this.transfer = new Transfer(file, target, this.unfinished, this);
    this.tens = new Tens();
    await this.send();
  }

  private refuse(key: string): void {
    this.say(this.t(key), "aloud");
    this.input.focus();
  }

  private async send(): Promise<void> {
    this.waitsForNetwork = false;
    this.show("sending");
    this.say(this.t("starting"), "quiet");
    await this.transfer?.start();
  }

  private async pause(): Promise<void> {
    await this.transfer?.pause();
    this.show("stopped");
    this.say(this.t("paused"), "aloud");
  }

  private async cancel(): Promise<void> {
    if (!confirm(this.t("confirm_cancel"))) return;
    try {
      await this.transfer?.cancel();
    } catch {
      // The server forgets it by itself after a week.
    }
    this.transfer = undefined;
    this.show("choose");
    this.say(this.t("cancelled"), "aloud");
  }

  progress(sent: number, total: number): void {
    const percent = percentOf(sent, total);
    this.bar.max = total;
    this.bar.value = sent;
    if (this.wasContinued) {
      this.wasContinued = false;
      this.tens.reached(percent);
      this.say(this.t("continuing", { percent }), "aloud");
      return;
    }
    this.say(this.t("sent", { percent, sent: sizeText(sent), total: sizeText(total) }), "quiet");
    if (this.tens.reached(percent)) announce(this.t("announce", { percent }));
  }

  continuing(): void {
    this.wasContinued = true;
  }

  retrying(): void {
    this.say(this.t("retrying"), "aloud");
  }

  done(): void {
    this.bar.value = this.bar.max;
    this.show("done");
    this.say(this.root.dataset["done"] ?? "", "aloud");
    this.onDone();
  }

  failed(reason: string): void {
    this.waitsForNetwork = reason === "";
    this.show(reason === "" ? "stopped" : "choose");
    this.say(reason === "" ? this.t("no_connection") : this.t("failed", { reason }), "aloud");
  }
}
