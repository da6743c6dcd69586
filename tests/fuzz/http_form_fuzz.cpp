// SPDX-License-Identifier: GPL-3.0-or-later
// Urlencoded text, paths, cookies, ranges, dates and tags: all of what a client writes into one line.
#include "server/http/conditional.hpp"
#include "server/http/cookies.hpp"
#include "server/http/date.hpp"
#include "server/http/form.hpp"
#include "server/http/path.hpp"
#include "server/http/range.hpp"
#include "server/http/sse.hpp"
#include "server/http/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tongxing;

void require(bool promise) {
  if (!promise) std::abort();
}

void check_form(std::string_view text) {
  const auto form = http::parse_form(text);
  if (!form) return;
  std::string again;
  for (const auto& [name, value] : form->all()) {
    require(http::is_utf8(name) && http::is_utf8(value));
    again += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
  }
  const auto second = http::parse_form(again);
  require(second && second->all() == form->all());
}

void check_path(std::string_view text) {
  const auto path = http::decode_path(text);
  if (!path) return;
  require(http::is_utf8(*path) && path->starts_with('/'));
  require(path->find_first_of(std::string_view("\0\\\r\n", 4)) == std::string::npos);
}

void check_range(std::string_view text) {
  for (const std::uint64_t size : {0UL, 1UL, 1000UL, ~0UL}) {
    const auto choice = http::choose_range(text, size);
    if (const auto* range = std::get_if<http::ByteRange>(&choice)) {
      require(range->length > 0 && range->first < size && range->length <= size - range->first);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 8192) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_form(text);
  check_path(text);
  check_range(text);
  http::Cookies cookies;
  http::parse_cookies(text, cookies);
  require(cookies.size() <= 64);
  const std::chrono::sys_seconds now{std::chrono::seconds(1'800'000'000)};
  if (const auto date = http::parse_http_date(text, now)) {
    require(http::parse_http_date(http::format_http_date(*date), now) == date);
  }
  static_cast<void>(http::etag_in_list(text, "\"tag\""));
  const auto event = http::format_event({text, text, text});
  require(event.ends_with("\n\n") && event.find("\n\n") == event.size() - 2);
  return 0;
}
