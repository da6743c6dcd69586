// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"
#include "server/net/file_cache.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace tongxing::net {

/// A response ready for the socket: the head as bytes, then bytes in memory, then a stretch of a file.
struct Outgoing {
  std::string head;
  std::string own;                       ///< body that this response owns, or empty
  http::SharedBody shared;               ///< body shared with a cache, or null
  std::uint64_t offset = 0;              ///< of the stretch, in `shared` or in `file`
  std::uint64_t length = 0;              ///< bytes of the body that follow the head on the wire
  std::shared_ptr<const OpenFile> file;  ///< set: the body comes from its descriptor

  /// The body's bytes where they are in memory.
  [[nodiscard]] std::string_view memory() const noexcept {
    if (file) return {};
    const std::string_view all = shared ? std::string_view(*shared) : std::string_view(own);
    return all.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
  }
};

enum class Persistence { keep_alive, close };

/// What of the request decides about the bytes of its answer.
struct Asked {
  const http::Request& request;
  Persistence persistence = Persistence::keep_alive;
  std::string_view date;  ///< value of the Date field
  std::chrono::sys_seconds now;
  std::chrono::steady_clock::time_point steady_now;
};

/// The one way from a Response to bytes: HEAD, conditions, ranges and files are decided here (RFC 9110
/// §13.2.2). A file that cannot be opened gives its error; the caller answers with a refusal.
[[nodiscard]] std::expected<Outgoing, FileError> prepare(http::Response response, const Asked& asked,
                                                         FileCache& files);

/// The head of an event stream, which has no length and ends with the connection.
[[nodiscard]] std::string event_stream_head(const http::Headers& headers, std::string_view date);

}  // namespace tongxing::net
