// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/path.hpp"

#include "server/http/text.hpp"

#include <algorithm>

namespace tongxing::http {
namespace {

bool has_dot_segment(std::string_view path) {
  std::size_t begin = 1;
  while (begin <= path.size()) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto segment = path.substr(begin, end - begin);
    if (segment == "." || segment == "..") return true;
    begin = end + 1;
  }
  return false;
}

bool is_forbidden(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || c == '\\';
}

}  // namespace

std::expected<std::string, PathError> decode_path(std::string_view raw) {
  if (!raw.starts_with('/')) return std::unexpected(PathError::not_absolute);
  std::string path;
  path.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i];
    if (c == '%') {
      if (i + 2 >= raw.size()) return std::unexpected(PathError::bad_escape);
      const auto decoded = from_hex(raw[i + 1], raw[i + 2]);
      if (!decoded) return std::unexpected(PathError::bad_escape);
      c = *decoded;
      if (c == '/') return std::unexpected(PathError::forbidden_byte);
      i += 2;
    }
    if (is_forbidden(c)) return std::unexpected(PathError::forbidden_byte);
    path.push_back(c);
  }
  if (has_dot_segment(path)) return std::unexpected(PathError::dot_segment);
  if (!is_utf8(path)) return std::unexpected(PathError::invalid_utf8);
  return path;
}

TargetParts split_target(std::string_view target) noexcept {
  target = target.substr(0, target.find('#'));
  const auto mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

}  // namespace tongxing::http
