// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <cstddef>
#include <expected>
#include <string_view>

/// application/x-www-form-urlencoded, for query strings and form bodies (WHATWG URL §5.1). Pure; any thread.
namespace tongxing::http {

enum class FormError {
  too_many_fields,
  invalid_text,  ///< not UTF-8, or a NUL
};

/// A '%' without two hexadecimal digits stands for itself, as browsers have it; '+' is a space.
[[nodiscard]] std::expected<Params, FormError> parse_form(std::string_view encoded,
                                                          std::size_t max_fields = 1000);

}  // namespace tongxing::http
