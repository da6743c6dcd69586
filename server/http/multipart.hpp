// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// multipart/form-data (RFC 7578 over RFC 2046 §5.1), whole in memory: for caption files and forms, not for
/// videos. Pure; any thread.
namespace tongxing::http {

struct MultipartLimits {
  std::size_t parts = 100;
  std::size_t part_header_bytes = 4096;  ///< all header lines of one part
};

enum class MultipartError {
  malformed,     ///< no closing delimiter, a part without a blank line, a bare line feed
  missing_name,  ///< a part without `name` in its Content-Disposition
  too_many_parts,
  header_too_large,
  invalid_text,  ///< a name, file name or field that is not UTF-8
};

struct MultipartForm {
  Params fields;
  std::vector<FilePart> files;  ///< parts with a file name that is not empty
};

/// The boundary of a multipart/form-data content type (1–70 bytes, RFC 2046 §5.1.1), or nothing.
[[nodiscard]] std::optional<std::string> multipart_boundary(std::string_view content_type);

[[nodiscard]] std::expected<MultipartForm, MultipartError> parse_multipart(
    std::string_view body, std::string_view boundary, const MultipartLimits& limits = {});

}  // namespace tongxing::http
