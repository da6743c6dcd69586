// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/guard.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <charconv>

namespace tongxing::http {
namespace {

using Outcome = std::expected<Framing, GuardError>;

bool clean_value(std::string_view value) noexcept {
  return std::ranges::none_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

bool good_target(std::string_view target) noexcept {
  return target.starts_with('/') &&
         std::ranges::all_of(target, [](char c) { return c >= 0x21 && c <= 0x7e && c != '\\'; });
}

std::size_t count(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count_if(
      headers.all(), [&](const auto& field) { return equals_ignoring_case(field.first, name); }));
}

bool good_port(std::string_view port) noexcept {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
  return error == std::errc{} && end == port.data() + port.size() && value > 0 && value <= 65535;
}

/// The host without its port, or nothing where it is not `reg-name` or `IP-literal` (RFC 3986 §3.2.2).
std::optional<std::string_view> host_name(std::string_view host) noexcept {
  if (host.starts_with('[')) {
    const auto close = host.find(']');
    if (close == std::string_view::npos || close < 3) return std::nullopt;
    const auto inside = host.substr(1, close - 1);
    if (inside.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return std::nullopt;
    const auto rest = host.substr(close + 1);
    if (!rest.empty() && !(rest.starts_with(':') && good_port(rest.substr(1)))) return std::nullopt;
    return host.substr(0, close + 1);
  }
  const auto colon = host.find(':');
  const auto name = host.substr(0, colon);
  if (colon != std::string_view::npos && !good_port(host.substr(colon + 1))) return std::nullopt;
  const auto good = [](char c) {
    return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || is_digit(c) || c == '-' || c == '.' ||
           c == '_';
  };
  if (name.empty() || name.size() > 253 || !std::ranges::all_of(name, good)) return std::nullopt;
  return name;
}

bool good_host(const Headers& headers, const GuardRules& rules) {
  if (count(headers, "Host") != 1) return false;
  auto name = host_name(headers.get("Host").value_or(""));
  if (!name) return false;
  if (rules.allowed_hosts.empty()) return true;
  if (name->ends_with('.')) name->remove_suffix(1);
  return std::ranges::any_of(rules.allowed_hosts,
                             [&](const std::string& ours) { return equals_ignoring_case(ours, *name); });
}

std::optional<GuardError> check_fields(const Headers& headers, const GuardRules& rules) {
  if (headers.all().size() > rules.max_fields) return GuardError::too_many_fields;
  for (const auto& [name, value] : headers.all()) {
    if (!is_token(name) || name.contains('_')) return GuardError::field_name;
    if (!clean_value(value)) return GuardError::field_value;
  }
  return std::nullopt;
}

std::optional<GuardError> check_connection(const Headers& headers) {
  if (headers.get("Upgrade") || headers.get("HTTP2-Settings")) return GuardError::upgrade;
  for (const auto& [name, value] : headers.all()) {
    if (!equals_ignoring_case(name, "Connection")) continue;
    // A field named here is dropped by the next proxy: never one that frames or identifies the message.
    for (const std::string_view vital :
         {"content-length", "transfer-encoding", "host", "cookie", "authorization"}) {
      if (list_contains(value, vital)) return GuardError::connection;
    }
  }
  return std::nullopt;
}

std::optional<GuardError> read_framing(const RawHead& head, Framing& framing) {
  const std::size_t lengths = count(head.headers, "Content-Length");
  if (const std::size_t encodings = count(head.headers, "Transfer-Encoding"); encodings > 0) {
    const auto coding = head.headers.get("Transfer-Encoding").value_or("");
    if (encodings > 1 || head.version != 11 || !equals_ignoring_case(coding, "chunked")) {
      return GuardError::transfer_encoding;
    }
    if (lengths > 0) return GuardError::content_length;
    framing.chunked = true;
  }
  if (lengths > 1) return GuardError::content_length;
  if (lengths == 1) {
    const auto text = head.headers.get("Content-Length").value_or("");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), framing.content_length);
    const bool digits = !text.empty() && std::ranges::all_of(text, is_digit);
    if (!digits || error != std::errc{} || end != text.data() + text.size())
      return GuardError::content_length;
    // Room for arithmetic on offsets everywhere below.
    if (framing.content_length > (std::uint64_t{1} << 62U)) return GuardError::content_length;
  }
  if (framing.has_body() && (framing.method == Method::get || framing.method == Method::head)) {
    return GuardError::unexpected_body;
  }
  return std::nullopt;
}

bool wants_keep_alive(const RawHead& head) {
  bool keep = head.version == 11;
  for (const auto& [name, value] : head.headers.all()) {
    if (!equals_ignoring_case(name, "Connection")) continue;
    if (list_contains(value, "close")) return false;
    if (list_contains(value, "keep-alive")) keep = true;
  }
  return keep;
}

}  // namespace

Outcome guard(const RawHead& head, const GuardRules& rules) {
  Framing framing;
  if (head.version != 10 && head.version != 11) return std::unexpected(GuardError::version);
  const auto method = method_from(head.method);
  if (!method) return std::unexpected(GuardError::method);
  framing.method = *method;
  if (!good_target(head.target)) return std::unexpected(GuardError::target);
  if (const auto error = check_fields(head.headers, rules)) return std::unexpected(*error);
  if (!good_host(head.headers, rules)) return std::unexpected(GuardError::host);
  if (const auto error = check_connection(head.headers)) return std::unexpected(*error);
  if (const auto error = read_framing(head, framing)) return std::unexpected(*error);
  if (const auto expect = head.headers.get("Expect")) {
    if (count(head.headers, "Expect") > 1 || !equals_ignoring_case(*expect, "100-continue")) {
      return std::unexpected(GuardError::expectation);
    }
    framing.expect_continue = head.version == 11 && framing.has_body();
  }
  framing.keep_alive = wants_keep_alive(head);
  return framing;
}

unsigned status_of(GuardError error) noexcept {
  switch (error) {
    case GuardError::method:
      return 501;
    case GuardError::version:
      return 505;
    case GuardError::too_many_fields:
      return 431;
    case GuardError::expectation:
      return 417;
    default:
      return 400;
  }
}

std::string_view to_string(GuardError error) noexcept {
  switch (error) {
    case GuardError::version:
      return "version";
    case GuardError::method:
      return "method";
    case GuardError::target:
      return "target";
    case GuardError::field_name:
      return "field_name";
    case GuardError::field_value:
      return "field_value";
    case GuardError::too_many_fields:
      return "too_many_fields";
    case GuardError::host:
      return "host";
    case GuardError::transfer_encoding:
      return "transfer_encoding";
    case GuardError::content_length:
      return "content_length";
    case GuardError::unexpected_body:
      return "unexpected_body";
    case GuardError::upgrade:
      return "upgrade";
    case GuardError::connection:
      return "connection";
    case GuardError::expectation:
      return "expectation";
  }
  return "unknown";
}

}  // namespace tongxing::http
