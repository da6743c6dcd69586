// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/request_builder.hpp"

#include "server/http/cookies.hpp"
#include "server/http/form.hpp"
#include "server/http/multipart.hpp"
#include "server/http/path.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace tongxing::net {
namespace {

constexpr std::array<std::string_view, 7> kForwarding{
    "Forwarded",        "X-Forwarded-For",    "X-Forwarded-Proto", "X-Forwarded-Host",
    "X-Forwarded-Port", "X-Forwarded-Server", "X-Real-IP"};

/// The right-most element: the one that our own proxy added; all before it is the client's word.
std::string last_forwarded_for(const http::Headers& headers) {
  std::string_view last;
  for (const auto& [name, value] : headers.all()) {
    if (http::equals_ignoring_case(name, "X-Forwarded-For")) last = value;
  }
  const auto comma = last.rfind(',');
  return canonical_address(http::trimmed(comma == std::string_view::npos ? last : last.substr(comma + 1)));
}

void apply_peer(http::Request& request, const Peer& peer) {
  request.remote_address = peer.address;
  request.secure = peer.tls;
  if (peer.trusted_proxy) {
    if (auto client = last_forwarded_for(request.headers); !client.empty())
      request.remote_address = std::move(client);
    if (const auto scheme = request.headers.get("X-Forwarded-Proto")) {
      request.secure = http::equals_ignoring_case(http::trimmed(*scheme), "https");
    }
  }
  const bool forwarded = std::ranges::any_of(request.headers.all(), [](const auto& field) {
    return std::ranges::any_of(kForwarding,
                               [&](auto name) { return http::equals_ignoring_case(field.first, name); });
  });
  if (forwarded) {
    for (const auto name : kForwarding) request.headers.remove(name);
  }
  request.origin = request.secure ? "https://" : "http://";
  request.origin += request.headers.get("Host").value_or("");
}

}  // namespace

std::expected<http::Request, unsigned> build_request(http::Method method, std::string target,
                                                     http::Headers headers, const Peer& peer) {
  http::Request request;
  request.method = method;
  request.target = std::move(target);
  request.headers = std::move(headers);
  const auto parts = http::split_target(request.target);
  auto path = http::decode_path(parts.path);
  if (!path) return std::unexpected(400U);
  request.path = std::move(*path);
  auto query = http::parse_form(parts.query);
  if (!query) return std::unexpected(400U);
  request.query = std::move(*query);
  for (const auto& [name, value] : request.headers.all()) {
    if (http::equals_ignoring_case(name, "Cookie")) http::parse_cookies(value, request.cookies);
  }
  apply_peer(request, peer);
  return request;
}

bool decode_body(http::Request& request) {
  const auto type = request.headers.get("Content-Type");
  if (!type || request.body.empty()) return true;
  const auto essence = http::trimmed(type->substr(0, type->find(';')));
  if (http::equals_ignoring_case(essence, "application/x-www-form-urlencoded")) {
    auto form = http::parse_form(request.body);
    if (!form) return false;
    request.form = std::move(*form);
  } else if (http::equals_ignoring_case(essence, "multipart/form-data")) {
    const auto boundary = http::multipart_boundary(*type);
    if (!boundary) return false;
    auto parsed = http::parse_multipart(request.body, *boundary);
    if (!parsed) return false;
    request.form = std::move(parsed->fields);
    request.files = std::move(parsed->files);
    request.body.clear();
  }
  return true;
}

std::string canonical_address(std::string_view text) {
  const std::string copy(text.starts_with("::ffff:") && text.contains('.') ? text.substr(7) : text);
  std::array<char, INET6_ADDRSTRLEN> out{};
  in_addr v4{};
  if (inet_pton(AF_INET, copy.c_str(), &v4) == 1) {
    return inet_ntop(AF_INET, &v4, out.data(), out.size()) != nullptr ? out.data() : "";
  }
  in6_addr v6{};
  if (inet_pton(AF_INET6, copy.c_str(), &v6) == 1) {
    return inet_ntop(AF_INET6, &v6, out.data(), out.size()) != nullptr ? out.data() : "";
  }
  return {};
}

}  // namespace tongxing::net
