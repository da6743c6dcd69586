// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/caption_input.hpp"

#include "server/services/text_decoding.hpp"

#include <cstdio>
#include <filesystem>
#include <optional>

namespace tongxing::cli {
namespace {

using accessibility::CaptionFormat;

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

/// nullopt: it can not be read. A file that is too large is cut one byte after the limit, which is enough to
/// refuse it.
std::optional<std::string> bytes_of(const std::string& name) {
  const std::unique_ptr<std::FILE, CloseFile> file{name == "-" ? stdin : std::fopen(name.c_str(), "rb")};
  if (!file) return std::nullopt;
  std::string bytes(accessibility::kMaxFileBytes + 1, '\0');
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return bytes;
}

}  // namespace

CaptionWords::CaptionWords(const std::string& locale_tag)
    : messages_{render::Messages::built_in()}, locale_{render::locale_from_tag(locale_tag)} {}

std::string CaptionWords::text(std::string_view key, const MessageArgs& args) const {
  return messages_->text(locale_, key, args);
}

std::string CaptionWords::message(const accessibility::Finding& finding) const {
  return text("errors.captions.findings." + std::string{accessibility::name_of(finding.kind)},
              {{"value", std::to_string(finding.value)},
               {"limit", std::to_string(finding.limit)},
               {"text", finding.text}});
}

std::string CaptionWords::line(const accessibility::Finding& finding) const {
  return text(
      "caption_files.finding",
      {{"line", std::to_string(finding.line)},
       {"severity", text("caption_files.severity." + std::string{accessibility::name_of(finding.severity)})},
       {"rule", std::string{accessibility::rule_of(finding.kind)}},
       {"message", message(finding)}});
}

std::string CaptionWords::message(const accessibility::CaptionError& error) const {
  return text("errors.captions." + std::string{accessibility::name_of(error.kind)},
              {{"line", std::to_string(error.line)}});
}

std::expected<accessibility::CaptionFile, UnreadableCaptions> read_caption_input(const std::string& file,
                                                                                 const std::string& format,
                                                                                 const CaptionWords& words) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    return std::unexpected(UnreadableCaptions{"directory", 0, words.text("caption_files.directory")});
  }
  const auto bytes = bytes_of(file);
  if (!bytes) return std::unexpected(UnreadableCaptions{"no_file", 0, words.text("caption_files.no_file")});
  const auto transcode = services::chinese_transcoder();
  const auto known = format.empty() ? accessibility::format_of_name(file) : caption_format_named(format);
  auto captions = known ? accessibility::read_captions_as(*known, *bytes, transcode)
                        : accessibility::read_captions(*bytes, transcode);
  if (captions) return std::move(*captions);
  const auto& error = captions.error();
  return std::unexpected(
      UnreadableCaptions{std::string{accessibility::name_of(error.kind)}, error.line, words.message(error)});
}

std::optional<CaptionFormat> caption_format_named(std::string_view name) {
  for (const auto format : {CaptionFormat::webvtt, CaptionFormat::srt, CaptionFormat::sbv, CaptionFormat::ass,
                            CaptionFormat::ttml}) {
    if (name == accessibility::name_of(format)) return format;
  }
  return accessibility::format_of_name("." + std::string{name});
}

}  // namespace tongxing::cli
