// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/caption_file.hpp"
#include "server/render/locale.hpp"

#include <expected>
#include <memory>
#include <string>

/// What the sub-commands of `tongxing captions` share: reading a file, and putting into words what was found
/// in it.
namespace tongxing::cli {

/// The built-in texts in the language that was asked for.
class CaptionWords {
 public:
  explicit CaptionWords(const std::string& locale_tag);

  [[nodiscard]] std::string text(std::string_view key, const MessageArgs& args = {}) const;
  /// One finding, without its line.
  [[nodiscard]] std::string message(const accessibility::Finding& finding) const;
  /// "第 3 行［错误］C25：…"
  [[nodiscard]] std::string line(const accessibility::Finding& finding) const;
  [[nodiscard]] std::string message(const accessibility::CaptionError& error) const;

 private:
  std::shared_ptr<const render::Messages> messages_;
  render::Locale locale_;
};

/// Why there is no caption file: in words, and with the line where there is one.
struct UnreadableCaptions {
  std::string name;  ///< "no_file", "too_large", "broken_xml" …
  std::size_t line = 0;
  std::string message;
};

/// Reads `file` ("-": standard input) in any encoding. `format` is a name ("webvtt", "srt", …) or empty: then
/// the extension tells, and without a known one the text itself. Reads at most a little more than a caption
/// file may have.
[[nodiscard]] std::expected<accessibility::CaptionFile, UnreadableCaptions> read_caption_input(
    const std::string& file, const std::string& format, const CaptionWords& words);

/// "webvtt", "srt" …, also "vtt", "ssa", "xml": a name or an extension.
[[nodiscard]] std::optional<accessibility::CaptionFormat> caption_format_named(std::string_view name);

}  // namespace tongxing::cli
