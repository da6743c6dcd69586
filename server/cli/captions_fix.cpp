// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/repairs.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "server/cli/captions_input.hpp"
#include "server/cli/captions_text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

namespace tongxing::cli {
namespace {

using accessibility::CaptionRepair;
using accessibility::Finding;
using accessibility::FindingKind;
using nlohmann::json;

/// Words that the reader met and could not keep: writing the track would lose them.
std::vector<Finding> lost_in(const accessibility::CaptionFile& file) {
  std::vector<Finding> lost;
  std::ranges::copy_if(file.findings, std::back_inserter(lost), [](const Finding& finding) {
    return finding.kind == FindingKind::timing_malformed || finding.kind == FindingKind::text_lost ||
           finding.kind == FindingKind::not_utf8;
  });
  return lost;
}

std::expected<void, CaptionFault> write_file(const std::filesystem::path& path, const std::string& bytes) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (out) return {};
  return std::unexpected(CaptionFault{"caption_check.cannot_write", {{"why", std::strerror(errno)}}});
}

json json_of(const CaptionText& say, const CaptionQualityOptions& options, const CaptionInput& input,
             const std::vector<CaptionRepair>& repairs, const std::vector<Finding>& lost) {
  auto changes = json::array();
  for (const auto& repair : repairs) {
    changes.push_back({{"rule", accessibility::rule_of(repair.kind)},
                       {"id", accessibility::name_of(repair.kind)},
                       {"line", repair.line},
                       {"cue", repair.cue},
                       {"before", repair.before},
                       {"after", repair.after}});
  }
  auto unread = json::array();
  for (const auto& finding : lost) {
    unread.push_back({{"line", finding.line}, {"message", say.finding(finding)}});
  }
  return {{"file", options.file.string()},      {"out", options.out.string()},
          {"language", input.context.language}, {"changes", std::move(changes)},
          {"would_lose", std::move(unread)},    {"written", lost.empty()}};
}

std::string shown(const CaptionText& say, const CaptionRepair& repair, const std::string& text) {
  const bool time = repair.kind == FindingKind::gap_tiny || repair.kind == FindingKind::gap_small;
  if (repair.kind == FindingKind::covers_burned_in) {
    return text.empty() ? say.text("caption_check.fix.bottom") : printable(text.substr(1));
  }
  return time ? say.text("caption_check.fix.end", {{"time", text}}) : printable(text);
}

void print_changes(const CaptionText& say, const CaptionQualityOptions& options,
                   const std::vector<CaptionRepair>& repairs) {
  for (const auto& repair : repairs) {
    say.print("caption_check.fix.change", {{"line", std::to_string(repair.line)},
                                           {"rule", std::string(accessibility::rule_of(repair.kind))},
                                           {"before", shown(say, repair, repair.before)},
                                           {"after", shown(say, repair, repair.after)}});
  }
  if (repairs.empty()) {
    say.print("caption_check.fix.nothing", {{"file", options.out.string()}});
  } else {
    say.print("caption_check.fix.done",
              {{"count", std::to_string(repairs.size())}, {"file", options.out.string()}});
  }
}

}  // namespace

int fix_captions(const CaptionQualityOptions& options) {
  const CaptionText say(options.locale);
  auto input = read_caption_input(options);
  if (!input) return say.refuse(options, input.error());
  const auto lost = lost_in(input->file);
  std::vector<CaptionRepair> repairs;
  if (lost.empty()) {
    repairs = accessibility::repair_captions(input->file.track, input->context);
    const auto written = write_file(options.out, accessibility::write_webvtt(input->file.track));
    if (!written) return say.refuse(options, written.error());
  }
  if (options.output == CaptionOutput::json) {
    CaptionText::print_json(json_of(say, options, *input, repairs, lost));
  } else if (!lost.empty()) {
    say.print("caption_check.fix.would_lose");
    for (const auto& finding : lost) say.print_finding(finding);
  } else {
    print_changes(say, options, repairs);
  }
  return lost.empty() ? 0 : 1;
}

}  // namespace tongxing::cli
