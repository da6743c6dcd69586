// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/account_forms.hpp"

#include "server/auth/roles.hpp"

#include <array>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {

services::NewAccount typed_account(const http::Params& form) {
  services::NewAccount typed{
      form.get_or("login"), form.get_or("display_name"), form.get_or("password"), form.get_or("locale"), {}};
  for (const auto text : form.get_all("role")) {
    if (const auto role = auth::role_from(text)) typed.roles.insert(*role);
  }
  return typed;
}

void fill_account_form(nlohmann::json& data, const routing::Context& ctx, const services::NewAccount& typed) {
  data["login"] = typed.login;
  data["display_name"] = typed.display_name;
  auto roles = nlohmann::json::array();
  for (const auth::Role role : auth::kRoles) {
    const std::string text(auth::to_text(role));
    roles.push_back({{"value", text},
                     {"label", ctx.messages->text(ctx.locale, "accounts.roles." + text)},
                     {"hint", ctx.messages->text(ctx.locale, "accounts.role_hints." + text)},
                     {"checked", typed.roles.contains(role)}});
  }
  data["roles"] = std::move(roles);
}

void fill_locales(nlohmann::json& data, const routing::Context& ctx, std::string_view chosen) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kChoices{
      {{"", "follow"}, {"zh-Hans", "zh_hans"}, {"zh-Hant", "zh_hant"}, {"en", "en"}}};
  auto locales = nlohmann::json::array();
  for (const auto& [value, name] : kChoices) {
    locales.push_back({{"value", std::string(value)},
                       {"id", "locale-" + std::string(name)},
                       {"lang", std::string(value.empty() ? render::tag(ctx.locale) : value)},
                       {"label", ctx.messages->text(ctx.locale, "accounts.languages." + std::string(name))},
                       {"checked", value == chosen}});
  }
  data["locales"] = std::move(locales);
}

}  // namespace tongxing::pages
