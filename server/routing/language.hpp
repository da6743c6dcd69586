// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"
#include "server/render/locale.hpp"

#include <string_view>

namespace tongxing::routing {

/// The language of an answer: the account's choice (a BCP 47 tag, or empty), then the visitor's cookie, then
/// the browser.
[[nodiscard]] render::Locale language_of(const http::Request& request, std::string_view of_account);

}  // namespace tongxing::routing
