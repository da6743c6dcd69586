// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/renderer.hpp"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <kainjow/mustache.hpp>

namespace tongxing::render {

/// Texts that are the same for every render of one locale, by the whole name in the template
/// ("t.common.back", "asset.main_js"). Immutable once made; shared by all threads.
using Constants = std::unordered_map<std::string, kainjow::mustache::data>;

/// Names that a render looked for in vain.
using MissingNames = std::set<std::string>;

/// Where a template's names are looked up: first the constants, by the whole name; then the data, innermost
/// first. Lives for one render, on one thread.
class PageContext final : public kainjow::mustache::basic_context<std::string> {
 public:
  /// `optional` are the names that may be absent. All references must outlive the context.
  PageContext(const Constants& constants, const kainjow::mustache::data& data,
              const std::set<std::string>& optional);

  void push(const kainjow::mustache::data* data) override { stack_.push_back(data); }
  void pop() override { stack_.pop_back(); }
  const kainjow::mustache::data* get(const std::string& name) const override;
  /// Partials are put in when templates are loaded, so none is left to find.
  const kainjow::mustache::data* get_partial(const std::string& name) const override;

  [[nodiscard]] const MissingNames& missing() const { return missing_; }

 private:
  [[nodiscard]] const kainjow::mustache::data* find(std::string_view name) const;

  const Constants& constants_;
  const std::set<std::string>& optional_;
  std::vector<const kainjow::mustache::data*> stack_;
  mutable MissingNames missing_;  // the interface's get is const
};

/// JSON as Mustache data. Empty text, null, false and empty objects become false. Beside every list `x`
/// stands `has_x`, true when it has items.
[[nodiscard]] kainjow::mustache::data mustache_data(const nlohmann::json& value);

}  // namespace tongxing::render
