// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/body.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tongxing::routing {
namespace {

bool is_type(const http::Request& request, std::string_view type) {
  const auto value = request.headers.get("Content-Type").value_or("");
  return value.starts_with(type) &&
         (value.size() == type.size() || value[type.size()] == ';' || value[type.size()] == ' ');
}

std::optional<unsigned> hex(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex(text[i + 1]) : std::nullopt;
    const auto low = high ? hex(text[i + 2]) : std::nullopt;
    if (high && low) {
      out.push_back(static_cast<char>(*high * 16 + *low));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

void decode_urlencoded(std::string_view body, http::Params& form) {
  while (!body.empty()) {
    const auto pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    form.add(decoded(pair.substr(0, equals)), decoded(value));
  }
}

}  // namespace

Result<void> decode_body(BodyPolicy policy, http::Request& request) {
  if (policy != BodyPolicy::form) return {};
  if (!is_type(request, "application/x-www-form-urlencoded")) {
    return fail(ErrorCode::unsupported, "errors.http.unsupported.text");
  }
  decode_urlencoded(request.body, request.form);
  return {};
}

}  // namespace tongxing::routing
