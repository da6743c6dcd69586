// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/multipart.hpp"

#include "server/http/text.hpp"

#include <algorithm>

namespace tongxing::http {
namespace {

/// Reads `; name=value; other="quoted"` one pair at a time.
class ParameterReader {
 public:
  explicit ParameterReader(std::string_view rest) : rest_(rest) {}

  struct Pair {
    std::string_view name;
    std::string value;
  };

  std::optional<Pair> next() {
    const auto semicolon = rest_.find(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    rest_.remove_prefix(semicolon + 1);
    const auto equals = rest_.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    Pair pair{trimmed(rest_.substr(0, equals)), {}};
    rest_ = trimmed(rest_.substr(equals + 1));
    if (rest_.starts_with('"')) {
      if (!read_quoted(pair.value)) return std::nullopt;
    } else {
      const auto end = std::min(rest_.find(';'), rest_.size());
      pair.value = trimmed(rest_.substr(0, end));
      rest_.remove_prefix(end);
    }
    return pair;
  }

 private:
  /// Browsers send %22 for a quote (WHATWG HTML §4.10.21.8); older clients escape it with a backslash. A
  /// backslash before anything else is a plain one: file names of Windows.
  bool read_quoted(std::string& value) {
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      char c = rest_[i];
      if (c == '"') {
        rest_.remove_prefix(i + 1);
        return true;
      }
      if (c == '\\' && i + 1 < rest_.size() && rest_[i + 1] == '"') c = rest_[++i];
      value.push_back(c);
    }
    return false;
  }

  std::string_view rest_;
};

std::string with_browser_escapes_undone(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto three = text.substr(i, 3);
    if (three == "%22" || three == "%0D" || three == "%0A") {
      out.push_back(three == "%22" ? '"' : ' ');
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

/// The last component of a path that some clients send as a file name.
std::string base_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

struct PartHead {
  std::optional<std::string> name;
  std::optional<std::string> filename;
  std::string content_type;
};

void read_disposition(std::string_view value, PartHead& head) {
  if (!equals_ignoring_case(trimmed(value.substr(0, value.find(';'))), "form-data")) return;
  ParameterReader parameters(value);
  while (auto pair = parameters.next()) {
    if (equals_ignoring_case(pair->name, "name")) head.name = with_browser_escapes_undone(pair->value);
    if (equals_ignoring_case(pair->name, "filename")) {
      head.filename = base_name(with_browser_escapes_undone(pair->value));
    }
  }
}

std::expected<PartHead, MultipartError> read_part_head(std::string_view lines) {
  PartHead head;
  while (!lines.empty()) {
    const auto end = std::min(lines.find("\r\n"), lines.size());
    const auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 2, lines.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
      return std::unexpected(MultipartError::malformed);
    }
    const auto value = trimmed(line.substr(colon + 1));
    if (equals_ignoring_case(line.substr(0, colon), "Content-Disposition")) read_disposition(value, head);
    if (equals_ignoring_case(line.substr(0, colon), "Content-Type")) head.content_type = value;
  }
  if (!head.name) return std::unexpected(MultipartError::missing_name);
  const bool text = is_utf8(*head.name) && is_utf8(head.filename.value_or("")) && is_utf8(head.content_type);
  if (!text || head.name->contains('\0')) return std::unexpected(MultipartError::invalid_text);
  return head;
}

std::optional<MultipartError> add_part(std::string_view part, const MultipartLimits& limits,
                                       MultipartForm& form) {
  // A part may have no header line at all: then it begins with the blank line.
  const auto blank = part.starts_with("\r\n") ? 0 : part.find("\r\n\r\n");
  if (blank == std::string_view::npos) return MultipartError::malformed;
  if (blank > limits.part_header_bytes) return MultipartError::header_too_large;
  auto head = read_part_head(part.substr(0, blank));
  if (!head) return head.error();
  const auto content = part.substr(blank + (blank == 0 ? 2 : 4));
  if (!head->filename) {
    if (!is_utf8(content) || content.contains('\0')) return MultipartError::invalid_text;
    form.fields.add(std::move(*head->name), std::string(content));
  } else if (!head->filename->empty()) {
    form.files.push_back({std::move(*head->name), std::move(*head->filename), std::move(head->content_type),
                          std::string(content)});
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  const auto type = trimmed(content_type.substr(0, content_type.find(';')));
  if (!equals_ignoring_case(type, "multipart/form-data")) return std::nullopt;
  ParameterReader parameters(content_type);
  while (auto pair = parameters.next()) {
    if (!equals_ignoring_case(pair->name, "boundary")) continue;
    const auto printable = [](char c) { return c >= 0x20 && c <= 0x7e; };
    const bool good = !pair->value.empty() && pair->value.size() <= 70 &&
                      std::ranges::all_of(pair->value, printable) && !pair->value.ends_with(' ');
    return good ? std::optional(std::move(pair->value)) : std::nullopt;
  }
  return std::nullopt;
}

std::expected<MultipartForm, MultipartError> parse_multipart(std::string_view body, std::string_view boundary,
                                                             const MultipartLimits& limits) {
  const std::string delimiter = "\r\n--" + std::string(boundary);
  MultipartForm form;
  std::size_t count = 0;
  // The first delimiter may stand at the very beginning, without the line end that belongs to the others.
  std::size_t at = 0;
  if (body.starts_with(std::string_view(delimiter).substr(2))) {
    at = delimiter.size() - 2;
  } else {
    const auto found = body.find(delimiter);
    if (found == std::string_view::npos) return std::unexpected(MultipartError::malformed);
    at = found + delimiter.size();
  }
  while (!body.substr(at).starts_with("--")) {
    const auto line_end = body.find_first_not_of(" \t", at);
    if (line_end == std::string_view::npos || !body.substr(line_end).starts_with("\r\n")) {
      return std::unexpected(MultipartError::malformed);
    }
    const auto begin = line_end + 2;
    // Search from the line end itself: an empty part directly precedes the next delimiter.
    const auto end = body.find(delimiter, line_end);
    if (end == std::string_view::npos || end < begin) return std::unexpected(MultipartError::malformed);
    if (++count > limits.parts) return std::unexpected(MultipartError::too_many_parts);
    if (const auto error = add_part(body.substr(begin, end - begin), limits, form))
      return std::unexpected(*error);
    at = end + delimiter.size();
  }
  return form;
}

}  // namespace tongxing::http
