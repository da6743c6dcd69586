// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/rules.hpp"
#include "accessibility/captions/finding.hpp"
#include "server/cli/captions_input.hpp"
#include "server/render/locale.hpp"

#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace tongxing::cli {

/// The answers of the caption commands in words of a language, on standard output.
class CaptionText {
 public:
  explicit CaptionText(std::string_view locale_tag);

  /// What was found and what to do, with its weight.
  [[nodiscard]] std::string finding(const accessibility::Finding& finding) const;
  [[nodiscard]] std::string why_not_checked(accessibility::Input missing) const;
  [[nodiscard]] std::string kind(accessibility::TrackUse use) const;
  [[nodiscard]] std::string text(std::string_view key, const MessageArgs& args = {}) const;

  /// One line.
  void print(std::string_view key, const MessageArgs& args = {}) const;
  void print_finding(const accessibility::Finding& finding) const;

  /// Says why nothing could be done, on standard error or as JSON. Gives the exit code, 2.
  [[nodiscard]] int refuse(const CaptionQualityOptions& options, const CaptionFault& fault) const;

  static void print_json(const nlohmann::json& value);

 private:
  std::shared_ptr<const render::Messages> messages_;
  render::Locale locale_;
};

}  // namespace tongxing::cli
