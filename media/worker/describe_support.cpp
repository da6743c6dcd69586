// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/describe_support.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "media/model/event.hpp"
#include "media/model/job.hpp"
#include "media/package_json/event_json.hpp"

#include <cstdio>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::media::worker {

namespace {

using accessibility::CaptionError;
using accessibility::CaptionErrorKind;
using model::ExitCode;

std::expected<std::string, std::string> read_text(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::unexpected(path + " cannot be opened.");
  std::string text(accessibility::kMaxFileBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

std::string sentence_for(const std::string& path, const CaptionError& error) {
  std::string text = path;
  if (error.line > 0) text += ", line " + std::to_string(error.line);
  switch (error.kind) {
    case CaptionErrorKind::empty:
      return text + ": the file is empty.";
    case CaptionErrorKind::too_large:
      return text + ": the file is larger than 2 MiB.";
    case CaptionErrorKind::too_many_cues:
      return text + ": more than 20,000 cues.";
    case CaptionErrorKind::cue_too_long:
      return text + ": one text is longer than 1,024 bytes (about 340 Chinese characters); divide it.";
    case CaptionErrorKind::unsupported_encoding:
      return text + ": the encoding is not known; save the file as UTF-8.";
    default:
      return text + ": this is no WebVTT or SRT file.";
  }
}

int say_failed(const DescribeOptions& options, ExitCode code, const model::Failed& failed,
               const std::string& words) {
  if (options.output != Output::text) std::printf("%s\n", event_text(failed).c_str());
  std::fprintf(stderr, "%s\n", words.c_str());
  return static_cast<int>(code);
}

}  // namespace

std::expected<DescribeTexts, std::string> read_texts(const DescribeOptions& options) {
  DescribeTexts texts;
  const auto bytes = read_text(options.script);
  if (!bytes) return std::unexpected(bytes.error());
  auto script = accessibility::read_description_script(*bytes);
  if (!script) return std::unexpected(sentence_for(options.script, script.error()));
  texts.script = std::move(*script);
  for (const std::string& path : options.captions) {
    const auto caption_bytes = read_text(path);
    if (!caption_bytes) return std::unexpected(caption_bytes.error());
    auto file = accessibility::read_captions(*caption_bytes);
    if (!file) return std::unexpected(sentence_for(path, file.error()));
    for (auto& cue : file->track.cues) texts.captions.cues.push_back(std::move(cue));
  }
  return texts;
}

int open_for_reading(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info{};
  if (fd >= 0 && (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))) {
    ::close(fd);
    return -1;
  }
  return fd;
}

int refuse(const DescribeOptions& options, const std::string& sentence) {
  return say_failed(options, ExitCode::bad_input, {"errors.description.refused", {{"reason", sentence}}},
                    sentence);
}

int refuse(const DescribeOptions& options, const model::Failure& failure) {
  std::string words = failure.key;
  for (const auto& [name, value] : failure.args) words += " " + name + "=" + value;
  if (!failure.detail.empty()) words += " (" + failure.detail + ")";
  return say_failed(options, failure.exit, {failure.key, failure.args}, words);
}

int lacking(const DescribeOptions& options, const std::string& sentence) {
  return say_failed(options, ExitCode::resources, {"errors.media.resources", {}}, sentence);
}

}  // namespace tongxing::media::worker
