// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/locale.hpp"

#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace tongxing::render {

/// What a template does with a {{name}} that its data does not have. A name that the same template also uses
/// as a section ({{#hint}}…{{/hint}}) may always be absent.
enum class MissingData {
  blank,  ///< renders as nothing, and is logged
  fault,  ///< throws std::out_of_range naming it: for tests
};

/// Pages from web/templates/ (Mustache). Any thread; a parsed template is used by one thread at a time.
class Renderer {
 public:
  virtual ~Renderer() = default;

  /// Renders web/templates/pages/<page>.mustache inside layouts/base.mustache. `data` is a JSON object; empty
  /// text, null, empty lists and empty objects count as false, 0 does not. Throws std::invalid_argument where
  /// there is no such page. In templates: `{{t.some.key}}` is a message without placeholders
  /// (server/render/locale.hpp); `{{> components/x}}` a partial; `{{asset.main_js}}` the address of a
  /// built-in file (server/render/assets.hpp); `{{bundle.some.prefix}}` the messages below a prefix as JSON
  /// for a data-messages attribute; everything else comes from `data`. Messages with placeholders are
  /// formatted by the page's handler and put into `data`. Every `{{name}}` is escaped. Layout reads from
  /// `data`: page.title (text), page.heading, viewer {signed_in, name, is_instructor, is_reviewer,
  /// is_administrator}, csrf (form token), locale {tag, is_zh_hans, is_zh_hant, is_en}, path (for the
  /// language switch), notice {kind: "success"|"error", text}, errors [{field, text}] (error summary).
  /// docs/web.md tells the rest.
  [[nodiscard]] virtual std::string page(std::string_view page, const nlohmann::json& data,
                                         Locale locale) const = 0;

  /// A partial alone ("components/progress"), for fragments that JavaScript swaps in.
  [[nodiscard]] virtual std::string fragment(std::string_view partial, const nlohmann::json& data,
                                             Locale locale) const = 0;

  /// The templates and assets built into the program. Throws std::invalid_argument when a template is wrong.
  static std::unique_ptr<Renderer> built_in(std::shared_ptr<const Messages> messages,
                                            MissingData missing = MissingData::blank);
};

}  // namespace tongxing::render
