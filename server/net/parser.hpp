// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/guard.hpp"
#include "server/http/message.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::net {

/// One HTTP/1 request taken apart as its bytes arrive (Boost.Beast's parser behind a plain face). Fields that
/// arrive after the head (trailers) are dropped: nobody ever sees them. Not thread-safe; one object a
/// request.
class RequestParser {
 public:
  enum class State {
    head,  ///< the head is not complete
    body,  ///< the head is complete; a chunked body follows
    done,
    malformed,       ///< answer 400 and close
    head_too_large,  ///< answer 431 and close
  };

  /// `head_limit`: bytes of request line and fields.
  explicit RequestParser(std::size_t head_limit);
  RequestParser(RequestParser&&) = delete;
  ~RequestParser();

  /// Reads the head only. Gives the bytes used up; the rest must be offered again, with more behind it.
  std::size_t put_head(std::string_view bytes);
  /// Reads chunks and appends their content. Same rule for the bytes used up.
  std::size_t put_chunks(std::string_view bytes, std::vector<std::byte>& content);

  [[nodiscard]] State state() const noexcept;
  [[nodiscard]] bool got_some() const noexcept;
  /// Valid once the head is complete (or for what came of it so far).
  [[nodiscard]] http::RawHead head() const noexcept;
  [[nodiscard]] std::string take_target() noexcept;
  [[nodiscard]] http::Headers take_headers() noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tongxing::net
