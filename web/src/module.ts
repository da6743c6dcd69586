// SPDX-License-Identifier: GPL-3.0-or-later

/** What every file in src/modules exports as `start`: takes over one element. May throw: the page then stays as it was. */
export type ModuleStart = (element: HTMLElement) => void | Promise<void>;
