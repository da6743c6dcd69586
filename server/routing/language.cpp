// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/language.hpp"

#include "server/auth/sessions.hpp"

namespace tongxing::routing {

render::Locale language_of(const http::Request& request, std::string_view of_account) {
  if (!of_account.empty()) return render::locale_from_tag(of_account);
  const std::string_view chosen = auth::cookie(request, auth::kLanguageCookie);
  for (const auto locale : {render::Locale::zh_hans, render::Locale::zh_hant, render::Locale::en}) {
    if (chosen == render::tag(locale)) return locale;
  }
  return render::negotiate(request.headers.get("Accept-Language").value_or(""));
}

}  // namespace tongxing::routing
