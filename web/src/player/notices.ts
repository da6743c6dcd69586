// SPDX-License-Identifier: GPL-3.0-or-later
// What the player has to say in words: its status line, errors with what to do, whether play is being recorded,
// and whether more of the lesson is still to come.
import { button } from "./elements";
import type { Translate } from "../i18n";
import type { PlayerState, Saving, Store } from "./store";

export interface NoticeActions {
  readonly retry: () => void;
  readonly takeOver: () => void;
}

export class Notices {
  readonly box = document.createElement("div");
  /** The polite live region: there from the start, or screen readers miss its first words. */
  readonly status = document.createElement("p");
  private readonly alert = document.createElement("div");
  private readonly buffering = document.createElement("p");
  private readonly record = document.createElement("p");
  private readonly growth = document.createElement("p");

  constructor(
    root: HTMLElement,
    private readonly say: Translate,
  ) {
    this.box.className = "player__notices";
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.alert.className = "player__alert";
    this.alert.setAttribute("role", "alert");
    this.record.className = "player__record";
    this.growth.className = "player__record";
    this.growth.hidden = true;
    this.buffering.className = "player__buffering";
    this.buffering.textContent = say("said.buffering");
    this.buffering.hidden = true;
    this.box.append(this.status, this.alert, this.growth, this.record);
    root.querySelector(".player__stage")?.append(this.buffering);
  }

  bind(store: Store, actions: NoticeActions): void {
    store.watch((now, before) => {
      this.buffering.hidden = !(now.waiting || now.phase === "loading");
      if (now.growth !== before.growth) {
        this.growth.hidden = now.growth === "none";
        this.growth.textContent = now.growth === "none" ? "" : this.say(`growing.${now.growth}`);
      }
      if (now.error !== before.error || now.saving !== before.saving || now.captionFailed !== before.captionFailed) {
        this.show(now, actions);
      }
    });
  }

  private show(now: PlayerState, actions: NoticeActions): void {
    this.record.textContent = this.recordText(now.saving);
    this.alert.replaceChildren();
    if (now.error !== "") {
      this.tell(this.say(`error.${now.error}`));
      if (now.error !== "unsupported") this.offer(this.say("retry"), actions.retry);
    } else if (now.saving === "superseded") {
      this.tell(this.say("superseded.text"));
      this.offer(this.say("superseded.here"), actions.takeOver);
    } else if (now.saving === "signed_out") {
      this.tell(this.say("signed_out.text"));
      const link = document.createElement("a");
      link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = this.say("signed_out.link");
      this.alert.append(link);
    } else if (now.captionFailed) {
      this.tell(this.say("error.captions"));
    }
  }

  private recordText(saving: Saving): string {
    if (saving === "saved") return this.say("record.saved");
    if (saving === "unsaved") return this.say("record.unsaved");
    if (saving === "idle") return this.say("record.idle");
    return "";
  }

  private tell(text: string): void {
    const line = document.createElement("p");
    line.textContent = text;
    this.alert.append(line);
  }

  private offer(name: string, act: () => void): void {
    this.alert.append(button({ name, text: name, act, className: "player__offer" }));
  }
}
