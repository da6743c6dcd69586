// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/account_forms.hpp"

#include "server/auth/roles.hpp"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

std::string role_text(const routing::Context& ctx, std::string_view group, auth::Role role) {
  return ctx.messages->text(ctx.locale,
                            "accounts." + std::string(group) + "." + std::string(auth::to_text(role)));
}

}  // namespace

services::NewAccount typed_account(const http::Params& form) {
  services::NewAccount typed{
      form.get_or("login"), form.get_or("display_name"), form.get_or("password"), form.get_or("locale"), {}};
  for (const auto text : form.get_all("role")) {
    if (const auto role = auth::role_from(text)) typed.roles.insert(*role);
  }
  return typed;
}

render::FormView view_of(const routing::Context& ctx, std::span<const Error> errors) {
  render::FormView form(*ctx.messages, ctx.locale);
  for (const Error& error : errors) form.fail(error);
  return form;
}

nlohmann::json login_field(const render::FormView& form, std::string_view typed) {
  return form.text({.name = "login",
                    .label = "accounts.fields.login",
                    .value = std::string(typed),
                    .hint = "accounts.fields.login_hint",
                    .autocomplete = "username",
                    .max_length = 64});
}

nlohmann::json name_field(const render::FormView& form, std::string_view typed) {
  return form.text({.name = "display_name",
                    .label = "accounts.fields.display_name",
                    .value = std::string(typed),
                    .hint = "accounts.fields.display_name_hint",
                    .autocomplete = "name",
                    .max_length = 60});
}

nlohmann::json new_password_field(const render::FormView& form) {
  return form.text({.name = "password",
                    .label = "accounts.fields.new_password",
                    .hint = "accounts.fields.new_password_hint",
                    .type = "password",
                    .autocomplete = "new-password"});
}

nlohmann::json current_password_field(const render::FormView& form, std::string name, std::string label) {
  return form.text({.name = std::move(name),
                    .label = std::move(label),
                    .type = "password",
                    .autocomplete = "current-password"});
}

nlohmann::json role_field(const render::FormView& form, const routing::Context& ctx,
                          const std::set<auth::Role>& chosen) {
  render::Choice choice{.name = "role", .label = "accounts.fields.roles", .options = {}};
  for (const auth::Role role : auth::kRoles) {
    choice.options.push_back({std::string(auth::to_text(role)), role_text(ctx, "roles", role),
                              role_text(ctx, "role_hints", role)});
    if (chosen.contains(role)) choice.selected.emplace_back(auth::to_text(role));
  }
  return form.checkboxes(choice);
}

nlohmann::json locale_field(const render::FormView& form, const routing::Context& ctx,
                            std::string_view chosen) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kChoices{
      {{"", "follow"}, {"zh-Hans", "zh_hans"}, {"zh-Hant", "zh_hant"}, {"en", "en"}}};
  render::Choice choice{
      .name = "locale", .label = "accounts.fields.locale", .options = {}, .selected = {std::string(chosen)}};
  for (const auto& [value, name] : kChoices) {
    choice.options.push_back(
        {std::string(value), ctx.messages->text(ctx.locale, "accounts.languages." + std::string(name))});
  }
  return form.radios(choice);
}

std::string roles_text(const routing::Context& ctx, const std::set<auth::Role>& roles) {
  std::string text;
  for (const auth::Role role : roles) {
    if (!text.empty()) text += ctx.locale == render::Locale::en ? ", " : "、";
    text += role_text(ctx, "roles", role);
  }
  return text;
}

}  // namespace tongxing::pages
