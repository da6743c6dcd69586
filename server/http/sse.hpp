// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// Server-sent events (WHATWG HTML §9.2.6). Pure; any thread.
namespace tongxing::http {

struct Event {
  std::string_view name{};  ///< empty: the browser's "message"
  std::string_view data{};  ///< any text; each of its lines becomes a data line
  std::string_view id{};    ///< empty: none
};

/// One complete event with its empty line. Line ends in name and id are dropped: they would begin another
/// field.
[[nodiscard]] std::string format_event(const Event& event);

/// A comment that browsers pass over: keeps proxies and time-outs from closing a quiet stream.
inline constexpr std::string_view kHeartbeat = ":\n\n";

}  // namespace tongxing::http
