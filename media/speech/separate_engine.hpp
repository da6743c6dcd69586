// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/speech_engine.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

/// Speech for a process that locks itself in.
namespace tongxing::media::speech {

/// An engine in a process of its own, joined by one socket. Made before the first thread and before the
/// sandbox (it forks); used before and after: all it needs then is read(2) and write(2). If the other process
/// crashes, hangs beyond the time limit or answers nonsense, this and every later request is
/// SpeechError::failed. The other process ends when this is destroyed. It keeps no way to gain rights, dumps
/// no core, and has an hour of CPU time.
class SeparateEngine final : public accessibility::SpeechEngine {
 public:
  /// Called in the other process.
  using Factory = std::function<std::unique_ptr<accessibility::SpeechEngine>()>;

  /// Throws std::system_error where no process can be started. `time_limit` is for one request.
  SeparateEngine(const Factory& factory, std::chrono::milliseconds time_limit);
  ~SeparateEngine() override;
  SeparateEngine(const SeparateEngine&) = delete;
  SeparateEngine& operator=(const SeparateEngine&) = delete;

  [[nodiscard]] std::expected<accessibility::Speech, accessibility::SpeechError> speak(
      const accessibility::SpeechRequest& request) override;

 private:
  void give_up() noexcept;

  int socket_ = -1;
};

/// make_engine(command) of engines.hpp in a process of its own, with two minutes for a request.
[[nodiscard]] std::unique_ptr<accessibility::SpeechEngine> make_separate_engine(const std::string& command);

}  // namespace tongxing::media::speech
