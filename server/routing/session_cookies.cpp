// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/session_cookies.hpp"

#include "server/auth/sessions.hpp"

namespace tongxing::routing {
namespace {

constexpr std::chrono::seconds kWithBrowser{-1};
constexpr std::chrono::hours kDeviceLife{24 * 365};

}  // namespace

void give_session(http::Response& response, const http::Request& request, std::string_view token,
                  std::string_view device) {
  response.headers.add("Set-Cookie", auth::set_cookie(request, auth::kSessionCookie, token, kWithBrowser));
  if (device.empty()) return;
  response.headers.add("Set-Cookie", auth::set_cookie(request, kDeviceCookie, device, kDeviceLife));
}

void take_session(http::Response& response, const http::Request& request) {
  response.headers.add("Set-Cookie",
                       auth::set_cookie(request, auth::kSessionCookie, "", std::chrono::seconds{0}));
}

}  // namespace tongxing::routing
