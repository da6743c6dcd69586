// SPDX-License-Identifier: GPL-3.0-or-later
// POST /language: the buttons in the header of every page. Checked by origin alone: cached pages carry no
// form token, and a forged request would do no more than change a language.

#include "server/pages/account_pages.hpp"
#include "server/routing/page_data.hpp"

namespace tongxing::pages {
namespace {

using routing::Context;

constexpr std::chrono::hours kLife{24 * 365};

http::Response choose(Context& ctx, const AccountPagesDeps& deps) {
  const auto wanted = ctx.request.form.get("locale").value_or("");
  const render::Locale locale = render::locale_from_tag(wanted);
  const std::string_view tag = render::tag(locale);
  if (ctx.viewer.signed_in()) {
    static_cast<void>(deps.accounts.set_locale(ctx.db, ctx.viewer, tag));
    ctx.after_commit.emplace_back(
        [&sessions = deps.sessions, id = ctx.viewer.account] { sessions.forget_account(id); });
  }
  auto response = http::see_other(routing::own_path_or(ctx.request.form.get("next").value_or(""), "/"));
  // Kept beside the account's choice, so that signing out does not change the language.
  response.headers.add("Set-Cookie", auth::set_cookie(ctx.request, auth::kLanguageCookie, tag, kLife));
  return response;
}

}  // namespace

void add_language_pages(routing::Routes& routes, const AccountPagesDeps& deps) {
  routes.add(http::Method::post, "/language",
             {routing::Lane::write, routing::Access::anyone, routing::BodyPolicy::form, routing::Csrf::origin,
              [deps](Context& ctx) { return choose(ctx, deps); }, false, routing::OnFullDisk::go_on});
}

}  // namespace tongxing::pages
