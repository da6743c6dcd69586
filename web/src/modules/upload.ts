// SPDX-License-Identifier: GPL-3.0-or-later
// The upload of a lesson's video (templates/pages/teach/lesson.mustache).
import { messagesOf } from "../i18n";
import type { ModuleStart } from "../module";
import { readUnfinished, UploadPanel } from "../upload/panel";

export const start: ModuleStart = (element) => {
  const t = messagesOf(element);
  const unfinished = readUnfinished(element, t);
  // The page knows best what a lesson with a new video looks like.
  new UploadPanel(element, t, unfinished, () => {
    setTimeout(() => {
      location.reload();
    }, 1_500);
  });
};
