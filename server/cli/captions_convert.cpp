// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_writer.hpp"
#include "server/cli/caption_input.hpp"
#include "server/cli/caption_json.hpp"
#include "server/cli/commands.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include <nlohmann/json.hpp>

namespace tongxing::cli {
namespace {

using accessibility::CaptionFile;
using accessibility::CaptionFormat;
using accessibility::Loss;
using accessibility::LossKind;
using nlohmann::json;

constexpr std::size_t kLongestQuote = 60;  // bytes of a lost text in a message

/// What a reader left out is lost too: nothing else of its findings is.
bool is_loss(const accessibility::Finding& finding) {
  using enum accessibility::FindingKind;
  switch (finding.kind) {
    case timing_malformed:
    case text_lost:
    case style_after_cue:
    case style_dropped:
    case setting_ignored:
    case region_unknown:
    case unknown_tag:
    case end_tag_unmatched:
    case timestamp_ignored:
    case nested_too_deep:
    case not_utf8:
    case nul_character:
    case markup_lost:
    case style_lost:
    case position_lost:
      return true;
    default:
      return false;
  }
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  if (text.size() <= kLongestQuote) return text;
  auto end = kLongestQuote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

struct Summary {
  std::size_t count = 0;
  const Loss* first = nullptr;
};

/// One line for each kind, on standard error: thousands of cues may have lost the same.
void tell_losses(const std::vector<Loss>& losses, const CaptionWords& words) {
  std::map<LossKind, Summary> kinds;
  for (const auto& loss : losses) {
    auto& summary = kinds[loss.kind];
    if (summary.count++ == 0) summary.first = &loss;
  }
  for (const auto& [kind, summary] : kinds) {
    const MessageArgs args{
        {"what", words.text("caption_files.lost." + std::string{accessibility::name_of(kind)})},
        {"count", std::to_string(summary.count)},
        {"line", std::to_string(summary.first->line)},
        {"text", one_line(summary.first->text)}};
    const auto* key = summary.first->line == 0 ? "caption_files.loss_of_file" : "caption_files.loss";
    std::fprintf(stderr, "  %s\n", words.text(key, args).c_str());
  }
}

void tell(const CaptionFile& file, const accessibility::Written& written, const CaptionWords& words) {
  const auto count = static_cast<std::size_t>(std::ranges::count_if(file.findings, is_loss));
  if (count == 0 && written.losses.empty()) {
    std::fprintf(stderr, "%s\n", words.text("caption_files.lossless").c_str());
  }
  if (count > 0) {
    std::fprintf(stderr, "%s\n",
                 words.text("caption_files.source_losses", {{"count", std::to_string(count)}}).c_str());
    for (const auto& finding : file.findings) {
      if (is_loss(finding)) std::fprintf(stderr, "  %s\n", words.line(finding).c_str());
    }
  }
  if (written.losses.empty()) return;
  const MessageArgs args{{"count", std::to_string(written.losses.size())}};
  std::fprintf(stderr, "%s\n", words.text("caption_files.losses", args).c_str());
  tell_losses(written.losses, words);
}

json report_of(const CaptionFile& file, CaptionFormat to, const CaptionsConvert& options,
               const accessibility::Written& written, const CaptionWords& words) {
  json source = json::array();
  for (const auto& finding : file.findings) {
    if (is_loss(finding)) source.push_back(finding_json(finding, words));
  }
  json losses = json::array();
  for (const auto& loss : written.losses) losses.push_back(loss_json(loss, words));
  return {{"from", accessibility::name_of(file.format)},
          {"encoding", accessibility::name_of(file.encoding)},
          {"to", accessibility::name_of(to)},
          {"file", options.output_file},
          {"cues", file.track.cues.size()},
          {"source_losses", std::move(source)},
          {"losses", std::move(losses)}};
}

bool write_output(const std::string& name, const std::string& text) {
  if (name == "-")
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  std::ofstream out(name, std::ios::binary | std::ios::trunc);
  out << text << std::flush;
  return out.good();
}

int refuse(const CaptionWords& words, std::string_view key, const MessageArgs& args) {
  std::fprintf(stderr, "%s\n", words.text(key, args).c_str());
  return 2;
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return a != "-" && b != "-" && std::filesystem::equivalent(a, b, ignored);
}

}  // namespace

int convert_captions(const CaptionsConvert& options) {
  const CaptionWords words{options.locale};
  const auto to = options.to.empty() ? accessibility::format_of_name(options.output_file)
                                     : caption_format_named(options.to);
  const auto file = read_caption_input(options.input_file, options.from, words);
  if (!file) {
    if (options.output == CaptionsOutput::json)
      std::printf("%s\n", unreadable_json(file.error()).dump(2).c_str());
    return refuse(words, "caption_files.unreadable",
                  {{"file", options.input_file}, {"reason", file.error().message}});
  }
  const auto written = to ? accessibility::write_captions(*to, file->track, options.language) : std::nullopt;
  if (!written) {
    return refuse(words, "caption_files.unknown_format",
                  {{"file", options.output_file}, {"option", "--to"}, {"formats", "vtt, srt, ttml"}});
  }
  if (is_same_file(options.input_file, options.output_file)) {
    return refuse(words, "caption_files.same_file", {{"file", options.output_file}});
  }
  if (!write_output(options.output_file, written->text)) {
    const MessageArgs args{{"file", options.output_file}, {"reason", words.text("caption_files.no_file")}};
    std::fprintf(stderr, "%s\n", words.text("caption_files.not_written", args).c_str());
    return 1;
  }
  if (options.output == CaptionsOutput::json && options.output_file != "-") {
    const auto report = report_of(*file, *to, options, *written, words);
    std::printf("%s\n", report.dump(2, ' ', false, json::error_handler_t::replace).c_str());
    return 0;
  }
  if (options.output_file != "-") {
    const MessageArgs args{{"file", options.output_file},
                           {"format", std::string{accessibility::name_of(*to)}},
                           {"cues", std::to_string(file->track.cues.size())}};
    std::fprintf(stderr, "%s\n", words.text("caption_files.converted", args).c_str());
  }
  tell(*file, *written, words);
  return 0;
}

}  // namespace tongxing::cli
