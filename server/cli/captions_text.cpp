// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/captions_text.hpp"

#include "accessibility/caption_quality/checks.hpp"

#include <cstdio>

#include <nlohmann/json.hpp>

namespace tongxing::cli {

CaptionText::CaptionText(std::string_view locale_tag)
    : messages_{render::Messages::built_in()}, locale_{render::locale_from_tag(locale_tag)} {}

std::string CaptionText::text(std::string_view key, const MessageArgs& args) const {
  return messages_->text(locale_, key, args);
}

std::string CaptionText::finding(const accessibility::Finding& finding) const {
  const auto what = text("errors.captions.findings." + std::string(accessibility::name_of(finding.kind)),
                         {{"value", accessibility::value_text(finding.kind, finding.value)},
                          {"limit", accessibility::value_text(finding.kind, finding.limit)},
                          {"text", printable(finding.text)}});
  return text("errors.captions.weights." + std::string(accessibility::name_of(finding.severity)),
              {{"what", what}});
}

std::string CaptionText::why_not_checked(accessibility::Input missing) const {
  return text("caption_check.not_checked." + std::string(accessibility::name_of(missing)));
}

std::string CaptionText::kind(accessibility::TrackUse use) const {
  return text("caption_check.kinds." + std::string(accessibility::name_of(use)));
}

void CaptionText::print(std::string_view key, const MessageArgs& args) const {
  std::printf("%s\n", text(key, args).c_str());
}

void CaptionText::print_finding(const accessibility::Finding& found) const {
  MessageArgs args{{"rule", std::string(accessibility::rule_of(found.kind))}, {"what", finding(found)}};
  if (found.line == 0) {
    print("caption_check.whole", args);
  } else {
    args.emplace_back("line", std::to_string(found.line));
    print("caption_check.line", args);
  }
}

int CaptionText::refuse(const CaptionQualityOptions& options, const CaptionFault& fault) const {
  const auto what = text(fault.key, fault.args);
  if (options.output == CaptionOutput::json) {
    print_json({{"file", options.file.string()},
                {"verdict", "unreadable"},
                {"error", {{"id", fault.key.substr(fault.key.rfind('.') + 1)}, {"message", what}}}});
  } else {
    const auto line = text("caption_check.unreadable", {{"file", options.file.string()}, {"what", what}});
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  return 2;
}

void CaptionText::print_json(const nlohmann::json& value) {
  std::printf("%s\n", value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

}  // namespace tongxing::cli
