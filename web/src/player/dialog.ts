// SPDX-License-Identifier: GPL-3.0-or-later
// Menus are native dialogs with radio groups: focus goes in, Escape closes, focus returns to the button.

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceGroup {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly selected: string;
  readonly choose: (value: string) => void;
}

let lastId = 0;

function field(group: ChoiceGroup, id: number): HTMLFieldSetElement {
  const set = document.createElement("fieldset");
  set.className = "player__choices";
  const legend = document.createElement("legend");
  legend.textContent = group.legend;
  set.append(legend);
  for (const choice of group.choices) {
    const label = document.createElement("label");
    label.className = "player__choice";
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = `player-${group.name}-${id}`;
    radio.value = choice.value;
    radio.checked = choice.value === group.selected;
    radio.addEventListener("change", () => {
      group.choose(choice.value);
    });
    label.append(radio, ` ${choice.label}`);
    set.append(label);
  }
  return set;
}

/** Opens a dialog inside the player (so that it is there in full screen too) and removes it when it is closed. */
export function openDialog(player: HTMLElement, title: string, closeLabel: string, content: readonly Node[]): void {
  lastId += 1;
  const opener = document.activeElement;
  const dialog = document.createElement("dialog");
  dialog.className = "player__dialog";
  const heading = document.createElement("h3");
  heading.id = `player-dialog-${lastId}`;
  heading.textContent = title;
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "player__close";
  close.textContent = closeLabel;
  close.addEventListener("click", () => {
    dialog.close();
  });
  dialog.append(heading, ...content, close);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
  });
  player.append(dialog);
  dialog.showModal();
  (dialog.querySelector<HTMLElement>("input:checked") ?? dialog.querySelector<HTMLElement>("input, button"))?.focus();
}

export function openChoices(
  player: HTMLElement,
  title: string,
  closeLabel: string,
  groups: readonly ChoiceGroup[],
): void {
  openDialog(
    player,
    title,
    closeLabel,
    groups.filter((group) => group.choices.length > 0).map((group) => field(group, lastId)),
  );
}
