// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/embedded.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace tongxing::render {

/// A page or fragment with its layout and partials put in: one text, ready for the Mustache parser.
struct FlatTemplate {
  std::string text;
  std::set<std::string> variables;  ///< every {{name}}
  std::set<std::string> sections;   ///< every {{#name}} and {{^name}}: those names may be absent
};

/// The Mustache sources by path below web/templates without ".mustache" ("components/button"). Immutable; any
/// thread.
class Templates {
 public:
  /// Flattens every page (inside layouts/base, at its `{{> page}}`) and every component. Throws
  /// std::invalid_argument for a partial that does not exist or includes itself, and for an unescaped tag.
  explicit Templates(std::span<const EmbeddedFile> files);

  /// By path ("pages/error", "components/card"); nullptr where there is none.
  [[nodiscard]] const FlatTemplate* find(std::string_view path) const;
  [[nodiscard]] const std::map<std::string, FlatTemplate, std::less<>>& all() const { return flat_; }

 private:
  std::map<std::string, FlatTemplate, std::less<>> flat_;
};

/// The files of web/templates built into the program.
[[nodiscard]] std::span<const EmbeddedFile> built_in_template_files();

}  // namespace tongxing::render
