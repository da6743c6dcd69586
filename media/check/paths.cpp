// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/paths.hpp"

#include "media/check/numbers.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace tongxing::media::check {

namespace {

constexpr std::size_t kLongest = 2048;  // bytes of a path
constexpr std::size_t kDeepest = 32;    // folders

bool has_scheme(std::string_view uri) {
  const auto colon = uri.find(':');
  return colon != std::string_view::npos && colon < uri.find('/');
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0' || c == '\\') return std::nullopt;
    out += c;
  }
  return out;
}

}  // namespace

std::string joined(std::string_view base, std::string_view reference) {
  const bool whole = has_scheme(reference) || reference.starts_with('/');
  const auto slash = base.rfind('/');
  if (whole || slash == std::string_view::npos) return std::string{reference};
  return std::string{base.substr(0, slash + 1)} + std::string{reference};
}

std::expected<std::string, PathFault> package_file(std::string_view from, std::string_view uri) {
  uri = uri.substr(0, uri.find_first_of("?#"));
  if (uri.empty() || uri.size() > kLongest) return std::unexpected(PathFault::malformed);
  if (has_scheme(uri) || uri.starts_with('/')) return std::unexpected(PathFault::elsewhere);
  const auto decoded = percent_decoded(uri);
  if (!decoded) return std::unexpected(PathFault::malformed);
  std::vector<std::string> parts;
  for (const auto& part : split(joined(from, *decoded), '/')) {
    if (part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return std::unexpected(PathFault::above);
    } else {
      parts.pop_back();
    }
  }
  if (parts.empty() || parts.size() > kDeepest) return std::unexpected(PathFault::malformed);
  std::string file;
  for (const auto& part : parts) file += (file.empty() ? "" : "/") + part;
  return file;
}

std::string_view explain(PathFault fault) {
  switch (fault) {
    case PathFault::elsewhere:
      return "an address outside of the package";
    case PathFault::above:
      return "a path that leaves the package folder";
    case PathFault::malformed:
      return "no address that can be read";
  }
  return "";
}

std::string extension(std::string_view file) {
  const auto name = file.substr(file.rfind('/') + 1);
  const auto point = name.rfind('.');
  return point == std::string_view::npos ? std::string{} : lower_case(name.substr(point + 1));
}

}  // namespace tongxing::media::check
