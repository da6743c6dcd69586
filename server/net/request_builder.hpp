// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/guard.hpp"
#include "server/http/message.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::net {

/// Who is at the other end of the socket.
struct Peer {
  std::string address;
  bool tls = false;
  bool trusted_proxy = false;  ///< its X-Forwarded-For and X-Forwarded-Proto are believed
};

/// The request that handlers see, from a head that has passed the guard. Forwarding fields are used if the
/// peer is trusted and never passed on. Fails (400) where path or query cannot be decoded.
[[nodiscard]] std::expected<http::Request, unsigned> build_request(http::Method method, std::string target,
                                                                   http::Headers headers, const Peer& peer);

/// Fills `form` and `files` from the body, by its content type. False: the body is not what its type says
/// (400).
[[nodiscard]] bool decode_body(http::Request& request);

/// An address in its canonical text, IPv4 even where it came over an IPv6 socket; empty where it is none.
[[nodiscard]] std::string canonical_address(std::string_view text);

}  // namespace tongxing::net
