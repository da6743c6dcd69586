// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/media_voice.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace tongxing::cli {

namespace {

using Kind = jobs::WorkerEvent::Kind;
using nlohmann::json;

constexpr int kBar = 30;  // characters

std::string argument(const Refusal& message, std::string_view name) {
  for (const auto& [known, value] : message.args) {
    if (known == name) return value;
  }
  return {};
}

void say_line(const json& object) {
  const std::string line = object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

json args_of(const MessageArgs& args) {
  json object = json::object();
  for (const auto& [name, value] : args) object[name] = value;
  return object;
}

/// Some refusals are about the server where an upload waits; on a command line there is none.
std::string own_key(const std::string& key) {
  for (const std::string_view ending : {"resources", "no_sandbox", "bug"}) {
    if (key == "errors.media." + std::string(ending)) return "media_tool." + std::string(ending);
  }
  return key;
}

}  // namespace

MediaVoice::MediaVoice(render::Locale locale, Speech speech)
    : messages_(render::Messages::built_in()),
      locale_(locale),
      speech_(speech),
      terminal_(::isatty(STDERR_FILENO) == 1) {}

MediaVoice::~MediaVoice() {
  clear();
}

std::string MediaVoice::text(const Refusal& message) const {
  const std::string key = own_key(message.key);
  std::string sentence = messages_->text(locale_, messages_->has(key) ? key : "media_tool.bug", message.args);
  const std::string line = argument(message, "line");
  if (!line.empty() && line != "0" && key.starts_with("errors.captions.findings")) {
    sentence = messages_->text(locale_, "media_tool.line", {{"line", line}, {"text", sentence}});
  }
  const std::string file = argument(message, "file");
  return file.empty() ? sentence : file + ": " + sentence;
}

void MediaVoice::hear(const std::string& line, const jobs::WorkerEvent& event) {
  progress_.apply(event);
  if (event.kind == Kind::done || event.kind == Kind::failed) return;
  if (speech_ == Speech::json) {
    std::fprintf(stdout, "%s\n", line.c_str());
    std::fflush(stdout);
    return;
  }
  if (event.kind == Kind::warning) print(text({event.key, event.args}));
  if (event.kind == Kind::output && !terminal_) print(event.rendition);
  draw();
}

void MediaVoice::step(const std::string& key) {
  step_ = messages_->text(locale_, "media_tool." + key);
  if (speech_ == Speech::json) return;
  if (!terminal_) print(step_);
  draw();
}

void MediaVoice::warn(const Refusal& warning) {
  if (speech_ == Speech::human) return print(text(warning));
  say_line({{"event", "warning"}, {"key", warning.key}, {"args", args_of(warning.args)}});
}

void MediaVoice::fail(const Refusal& refusal) {
  if (speech_ == Speech::human) return print(text(refusal));
  say_line({{"event", "failed"},
            {"key", refusal.key},
            {"args", args_of(refusal.args)},
            {"message", text(refusal)}});
}

void MediaVoice::done(const Refusal& sentence) {
  if (speech_ == Speech::json) return say_line({{"event", "done"}});
  print(text(sentence));
}

void MediaVoice::draw() {
  if (!terminal_ || speech_ == Speech::json) return;
  const int permille = std::clamp(progress_.permille(), 0, 1'000);
  const int full = permille * kBar / 1'000;
  std::string bar;
  for (int i = 0; i < kBar; ++i) bar += i < full ? "█" : "░";
  std::fprintf(stderr, "\r\033[K%s %3d%%  %s", bar.c_str(), permille / 10, step_.c_str());
  std::fflush(stderr);
  drawn_ = true;
}

void MediaVoice::clear() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

void MediaVoice::print(const std::string& sentence) {
  clear();
  std::fprintf(stderr, "%s\n", sentence.c_str());
}

}  // namespace tongxing::cli
