// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/cue_settings.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/timestamp.hpp"
#include "server/cli/caption_input.hpp"
#include "server/cli/caption_json.hpp"
#include "server/cli/commands.hpp"

#include <cstdio>

#include <nlohmann/json.hpp>

namespace tongxing::cli {
namespace {

using accessibility::CaptionFile;
using accessibility::timestamp_text;

/// What is foreign to UTF-8 (a name from a damaged file) must not end the program.
void print(const nlohmann::json& value) {
  std::printf("%s\n", value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

void print_cue(const accessibility::Cue& cue) {
  std::printf("\n%zu\t%s --> %s%s%s%s\n", cue.line, timestamp_text(cue.start).c_str(),
              timestamp_text(cue.end).c_str(), accessibility::cue_settings_text(cue.settings).c_str(),
              cue.id.empty() ? "" : "\t#", cue.id.c_str());
  const auto speaker = accessibility::speaker_of(accessibility::parse_cue_text(cue.text).nodes);
  if (!speaker.empty()) std::printf("\t[%s]\n", speaker.c_str());
  const auto plain = accessibility::plain_text(std::string_view{cue.text});
  for (std::string_view rest = plain; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    std::printf("\t%.*s\n", static_cast<int>(end), rest.data());
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void print_listing(const CaptionFile& file, const CaptionWords& words) {
  const MessageArgs args{{"format", std::string{accessibility::name_of(file.format)}},
                         {"encoding", std::string{accessibility::name_of(file.encoding)}},
                         {"cues", std::to_string(file.track.cues.size())},
                         {"findings", std::to_string(file.findings.size())}};
  std::printf("%s\n", words.text("caption_files.summary", args).c_str());
  for (const auto& finding : file.findings) std::printf("  %s\n", words.line(finding).c_str());
  for (const auto& cue : file.track.cues) print_cue(cue);
}

}  // namespace

int parse_captions(const CaptionsParse& options) {
  const CaptionWords words{options.locale};
  const auto file = read_caption_input(options.file, options.format, words);
  if (!file) {
    if (options.output == CaptionsOutput::json) print(unreadable_json(file.error()));
    const MessageArgs args{{"file", options.file}, {"reason", file.error().message}};
    std::fprintf(stderr, "%s\n", words.text("caption_files.unreadable", args).c_str());
    return 2;
  }
  if (options.output == CaptionsOutput::json) {
    print(caption_file_json(*file, words));
  } else {
    print_listing(*file, words);
  }
  return 0;
}

}  // namespace tongxing::cli
