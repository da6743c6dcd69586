// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Entity tags and conditional requests (RFC 9110 §8.8, §13). Pure; any thread.
namespace tongxing::http {

/// What is known of the content that would be sent.
struct Validators {
  std::string_view etag{};  ///< with quotes; empty: none
  std::optional<std::chrono::sys_seconds> last_modified{};
};

/// A strong tag of a file from its size and its time of change in nanoseconds, with quotes.
[[nodiscard]] std::string make_etag(std::uint64_t size, std::int64_t modified_ns);

/// Whether If-None-Match's list holds the tag, by weak comparison; "*" holds every tag.
[[nodiscard]] bool etag_in_list(std::string_view list, std::string_view etag) noexcept;

/// GET and HEAD: true where 304 Not Modified is the answer. If-None-Match takes precedence over
/// If-Modified-Since.
[[nodiscard]] bool is_not_modified(const Headers& request, const Validators& content,
                                   std::chrono::sys_seconds now);

/// Whether a Range field counts: no If-Range, or one that names the very content (strong comparison, exact
/// date).
[[nodiscard]] bool range_applies(const Headers& request, const Validators& content,
                                 std::chrono::sys_seconds now);

}  // namespace tongxing::http
