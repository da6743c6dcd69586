// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/conditional.hpp"

#include "server/http/date.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tongxing::http {
namespace {

std::string_view without_weak_mark(std::string_view etag) noexcept {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

template <typename Integer>
void append_hex(std::string& out, Integer value) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  out.append(digits.data(), end);
}

}  // namespace

std::string make_etag(std::uint64_t size, std::int64_t modified_ns) {
  std::string etag = "\"";
  append_hex(etag, static_cast<std::uint64_t>(modified_ns));
  etag += '-';
  append_hex(etag, size);
  return etag + '"';
}

bool etag_in_list(std::string_view list, std::string_view etag) noexcept {
  list = trimmed(list);
  if (list == "*") return true;
  const auto wanted = without_weak_mark(etag);
  // Tags may hold commas, so the list is read quote by quote.
  while (!list.empty()) {
    const auto open = list.find('"');
    if (open == std::string_view::npos) return false;
    const auto close = list.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (list.substr(open, close - open + 1) == wanted) return true;
    list.remove_prefix(close + 1);
  }
  return false;
}

bool is_not_modified(const Headers& request, const Validators& content, std::chrono::sys_seconds now) {
  if (const auto list = request.get("If-None-Match")) {
    return !content.etag.empty() && etag_in_list(*list, content.etag);
  }
  const auto since = request.get("If-Modified-Since");
  if (!since || !content.last_modified) return false;
  const auto time = parse_http_date(*since, now);
  return time && *content.last_modified <= *time;
}

bool range_applies(const Headers& request, const Validators& content, std::chrono::sys_seconds now) {
  const auto condition = request.get("If-Range");
  if (!condition) return true;
  const auto text = trimmed(*condition);
  if (text.starts_with('"')) return text == content.etag;
  if (text.starts_with("W/")) return false;
  const auto time = parse_http_date(text, now);
  return time && content.last_modified && *time == *content.last_modified;
}

}  // namespace tongxing::http
