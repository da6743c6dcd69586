// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "server/render/locale.hpp"

namespace tongxing::render {

/// Pages from web/templates/ (Mustache). Any thread; templates are parsed once a thread.
class Renderer {
 public:
  virtual ~Renderer() = default;

  /// Renders web/templates/pages/<page>.mustache inside layouts/base.mustache.
  /// In templates: `{{t.some.key}}` is a message without placeholders (server/render/locale.hpp); `{{> components/x}}` a
  /// partial; `{{asset.main_js}}` style names from the asset manifest; everything else comes from `data`. Messages with
  /// placeholders are formatted by the page's handler and put into `data`. Every `{{name}}` is escaped.
  /// Layout reads from `data`: page.title (text), page.heading, viewer {signed_in, name, is_instructor, is_reviewer,
  /// is_administrator}, csrf (form token), locale {tag, is_zh_hans, is_zh_hant, is_en}, path (for the language switch),
  /// notice {kind: "success"|"error", text}, errors [{field, text}] (error summary).
  [[nodiscard]] virtual std::string page(std::string_view page, const nlohmann::json& data, Locale locale) const = 0;

  /// A partial alone, for fragments that JavaScript swaps in.
  [[nodiscard]] virtual std::string fragment(std::string_view partial, const nlohmann::json& data, Locale locale) const = 0;

  /// The templates and assets built into the program.
  static std::unique_ptr<Renderer> built_in(std::shared_ptr<const Messages> messages);
};

}  // namespace tongxing::render
