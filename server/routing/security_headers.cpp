// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/security_headers.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace tongxing::routing {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kFields{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
     "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action "
     "'self'; "
     "base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    // Not "no-referrer": under it browsers send "Origin: null" with our own forms.
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"},
}};

}  // namespace

void add_security_headers(http::Response& response, const http::Request& request) {
  for (const auto& [name, value] : kFields) {
    if (!response.headers.get(name)) response.headers.add(std::string(name), std::string(value));
  }
  if (request.secure && !response.headers.get("Strict-Transport-Security")) {
    response.headers.add("Strict-Transport-Security", "max-age=31536000");
  }
}

}  // namespace tongxing::routing
