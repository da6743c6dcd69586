// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/form.hpp"

#include "server/http/text.hpp"

#include <algorithm>

namespace tongxing::http {
namespace {

std::expected<std::string, FormError> decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+') {
      c = ' ';
    } else if (c == '%' && i + 2 < text.size()) {
      if (const auto byte = from_hex(text[i + 1], text[i + 2])) {
        c = *byte;
        i += 2;
      }
    }
    if (c == '\0') return std::unexpected(FormError::invalid_text);
    out.push_back(c);
  }
  if (!is_utf8(out)) return std::unexpected(FormError::invalid_text);
  return out;
}

}  // namespace

std::expected<Params, FormError> parse_form(std::string_view encoded, std::size_t max_fields) {
  Params params;
  while (!encoded.empty()) {
    const auto end = std::min(encoded.find('&'), encoded.size());
    const auto pair = encoded.substr(0, end);
    encoded.remove_prefix(std::min(end + 1, encoded.size()));
    if (pair.empty()) continue;
    if (params.all().size() == max_fields) return std::unexpected(FormError::too_many_fields);
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = decoded(pair.substr(0, equals));
    if (!name) return std::unexpected(name.error());
    auto value = decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (!value) return std::unexpected(value.error());
    params.add(std::move(*name), std::move(*value));
  }
  return params;
}

}  // namespace tongxing::http
