// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <expected>
#include <string>
#include <string_view>

/// The request target: path and query. Pure; any thread.
namespace tongxing::http {

enum class PathError {
  not_absolute,    ///< does not begin with '/'
  bad_escape,      ///< '%' without two hexadecimal digits
  forbidden_byte,  ///< a control byte, %2f or a backslash, written plainly or escaped
  dot_segment,     ///< a segment "." or "..", written plainly or escaped
  invalid_utf8,
};

/// Decodes the path of a target (without its query) exactly once: "%25" becomes "%" and stays so. Nothing
/// that it gives can leave a folder, hide a separator or end a C string.
[[nodiscard]] std::expected<std::string, PathError> decode_path(std::string_view raw);

/// The two halves of an origin-form target (RFC 9112 §3.2.1); `query` is without its '?', still encoded.
struct TargetParts {
  std::string_view path;
  std::string_view query;
};
[[nodiscard]] TargetParts split_target(std::string_view target) noexcept;

}  // namespace tongxing::http
