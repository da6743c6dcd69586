// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <string_view>

namespace tongxing::routing {

/// A browser that an account was used in before (services::SignIns); no session, no right to anything.
inline constexpr std::string_view kDeviceCookie = "tongxing_device";

/// Gives the session cookie, and the device cookie where there is one. The session cookie ends with the
/// browser: on the shared computers of a training base nobody should find the last learner signed in; the
/// server ends it anyway.
void give_session(http::Response& response, const http::Request& request, std::string_view token,
                  std::string_view device);
void take_session(http::Response& response, const http::Request& request);

}  // namespace tongxing::routing
