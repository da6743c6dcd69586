// SPDX-License-Identifier: GPL-3.0-or-later
// Every page works without this file. It looks for elements with data-module="name" and starts src/modules/<name>.ts on
// each; one that fails leaves its part of the page as the server sent it and never takes another one down.
import type { ModuleStart } from "./module";

const modules = import.meta.glob<{ start: ModuleStart }>(["./modules/*.ts", "!./modules/*.test.ts"]);

async function startModule(element: HTMLElement, name: string): Promise<void> {
  try {
    const load = modules[`./modules/${name}.ts`];
    if (!load) throw new Error(`there is no module ${name}`);
    const { start } = await load();
    await start(element);
    element.dataset["moduleState"] = "ready";
  } catch (error) {
    element.dataset["moduleState"] = "failed";
    console.error(`module ${name}:`, error);
  }
}

for (const element of document.querySelectorAll<HTMLElement>("[data-module]")) {
  for (const name of (element.dataset["module"] ?? "").split(/\s+/).filter(Boolean)) {
    void startModule(element, name);
  }
}
