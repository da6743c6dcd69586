// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The gate before every request: refuses heads that two programs could read in two ways (request smuggling),
/// and all that we never speak. Stricter than RFC 9112 where the RFC leaves a choice. Pure; any thread.
namespace tongxing::http {

/// The head of a request as a parser found it, before anybody acts on it.
struct RawHead {
  std::string_view method;
  std::string_view target;
  unsigned version = 11;  ///< 10 or 11; anything else is refused
  const Headers& headers;
};

/// How the body is framed and how the connection goes on, once the head is accepted.
struct Framing {
  Method method = Method::get;
  bool chunked = false;
  std::uint64_t content_length = 0;  ///< bytes; 0 where absent or chunked
  bool expect_continue = false;      ///< the client waits for 100 Continue
  bool keep_alive = true;
  [[nodiscard]] bool has_body() const noexcept { return chunked || content_length > 0; }
};

enum class GuardError {
  version,      ///< neither HTTP/1.0 nor HTTP/1.1
  method,       ///< TRACE, CONNECT or unknown
  target,       ///< not in origin form, or a byte outside 0x21–0x7e, or a backslash
  field_name,   ///< not a token, or holds '_' (some gateways read it as '-')
  field_value,  ///< control bytes
  too_many_fields,
  host,               ///< missing, more than one, malformed or not ours
  transfer_encoding,  ///< anything but one exact "chunked" on HTTP/1.1
  content_length,     ///< more than one, not only digits, too large, or beside Transfer-Encoding
  unexpected_body,    ///< a body on GET or HEAD
  upgrade,            ///< we speak no other protocol on this connection
  connection,         ///< names a framing field, so that a proxy would drop it
  expectation,        ///< Expect other than 100-continue
};

struct GuardRules {
  std::size_t max_fields = 100;
  std::vector<std::string> allowed_hosts{};  ///< lower case, without port; empty: any well-formed host
};

[[nodiscard]] std::expected<Framing, GuardError> guard(const RawHead& head, const GuardRules& rules);

/// 501 for unknown methods, 431 for too many fields, 505 for versions, 417 for expectations, otherwise 400.
[[nodiscard]] unsigned status_of(GuardError error) noexcept;

/// A stable word for logs.
[[nodiscard]] std::string_view to_string(GuardError error) noexcept;

}  // namespace tongxing::http
