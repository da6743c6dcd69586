// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/cli/media_arguments.hpp"
#include "server/jobs/progress.hpp"
#include "server/jobs/worker_event.hpp"
#include "server/render/locale.hpp"

#include <memory>
#include <string>

namespace tongxing::cli {

/// What the media commands say, in the user's language: sentences and a bar on standard error for a person,
/// JSON lines on standard output for a program. One thread.
class MediaVoice {
 public:
  MediaVoice(render::Locale locale, Speech speech);
  ~MediaVoice();
  MediaVoice(const MediaVoice&) = delete;
  MediaVoice& operator=(const MediaVoice&) = delete;

  /// A line of the worker that packages. `done` is held back: only the caller knows when all is done.
  void hear(const std::string& line, const jobs::WorkerEvent& event);
  /// What the program does now: a key below media_tool.
  void step(const std::string& key);
  void warn(const Refusal& warning);
  /// Why nothing was made. Says it as {"event":"failed","key","args","message"} to a program.
  void fail(const Refusal& refusal);
  /// The end: {"event":"done"} to a program, a sentence to a person.
  void done(const Refusal& sentence);

  /// The sentence of a message; its file and line, where they are known, stand in front.
  [[nodiscard]] std::string text(const Refusal& message) const;

 private:
  void draw();
  void clear();
  void print(const std::string& sentence);

  std::shared_ptr<const render::Messages> messages_;
  render::Locale locale_;
  Speech speech_;
  bool terminal_;
  bool drawn_ = false;
  std::string step_;
  jobs::Progress progress_{1};
};

}  // namespace tongxing::cli
