// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// HTTP dates (RFC 9110 §5.6.7). Pure; any thread.
namespace tongxing::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string format_http_date(std::chrono::sys_seconds time);

/// Reads the form above and the two obsolete ones (RFC 850, asctime). `now` decides the century of RFC 850's
/// two-digit years: one that seems more than 50 years ahead is past.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text,
                                                                      std::chrono::sys_seconds now);

}  // namespace tongxing::http
