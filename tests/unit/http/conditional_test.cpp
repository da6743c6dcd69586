// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/conditional.hpp"

#include "server/http/date.hpp"
#include "server/http/range.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing::http;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

const sys_seconds kNow{seconds{1'800'000'000}};   // 2027
const sys_seconds kSample{seconds{784'111'777}};  // the date that RFC 9110 writes in three ways

Headers with(const std::string& name, const std::string& value) {
  Headers headers;
  headers.add(name, value);
  return headers;
}

}  // namespace

TEST_CASE("HTTP dates are written in one form and read in three", "[date]") {
  CHECK(format_http_date(kSample) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(format_http_date(sys_seconds{}) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", kNow) == kSample);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", kNow) == kSample);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994", kNow) == kSample);
  CHECK(parse_http_date("Friday, 01-Jan-27 00:00:00 GMT", kNow).has_value());
  for (const auto bad :
       {"", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT"}) {
    INFO(bad);
    CHECK_FALSE(parse_http_date(bad, kNow));
  }
}

TEST_CASE("Entity tags", "[etag]") {
  CHECK(make_etag(255, 16) == "\"10-ff\"");
  CHECK(etag_in_list("\"a\", W/\"b\"", "\"b\""));
  CHECK(etag_in_list("W/\"a,b\"", "\"a,b\""));
  CHECK(etag_in_list("*", "\"x\""));
  CHECK_FALSE(etag_in_list("\"ab\"", "\"a\""));
  CHECK_FALSE(etag_in_list("a", "\"a\""));
  CHECK_FALSE(etag_in_list("\"a", "\"a\""));
}

TEST_CASE("Conditional requests", "[conditional]") {
  const Validators content{"\"t\"", kSample};
  CHECK(is_not_modified(with("If-None-Match", "\"t\""), content, kNow));
  CHECK_FALSE(is_not_modified(with("If-None-Match", "\"u\""), content, kNow));
  CHECK(is_not_modified(with("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), content, kNow));
  CHECK_FALSE(is_not_modified(with("If-Modified-Since", "Sun, 06 Nov 1994 08:49:36 GMT"), content, kNow));
  CHECK_FALSE(is_not_modified(with("If-Modified-Since", "yesterday"), content, kNow));
  CHECK_FALSE(is_not_modified({}, content, kNow));
  // The tag wins over the date.
  auto both = with("If-None-Match", "\"u\"");
  both.add("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK_FALSE(is_not_modified(both, content, kNow));
}

TEST_CASE("If-Range guards a range", "[conditional]") {
  const Validators content{"\"t\"", kSample};
  CHECK(range_applies({}, content, kNow));
  CHECK(range_applies(with("If-Range", "\"t\""), content, kNow));
  CHECK_FALSE(range_applies(with("If-Range", "\"u\""), content, kNow));
  CHECK_FALSE(range_applies(with("If-Range", "W/\"t\""), content, kNow));
  CHECK(range_applies(with("If-Range", "Sun, 06 Nov 1994 08:49:37 GMT"), content, kNow));
  CHECK_FALSE(range_applies(with("If-Range", "Sun, 06 Nov 1994 08:49:38 GMT"), content, kNow));
}

TEST_CASE("Byte ranges", "[range]") {
  using Choice = RangeChoice;
  CHECK(choose_range("bytes=0-9", 100) == Choice(ByteRange{0, 10}));
  CHECK(choose_range("bytes=10-", 100) == Choice(ByteRange{10, 90}));
  CHECK(choose_range("bytes=-10", 100) == Choice(ByteRange{90, 10}));
  CHECK(choose_range("bytes=-1000", 100) == Choice(ByteRange{0, 100}));
  CHECK(choose_range("bytes=99-99999999999999999999999", 100) == Choice(ByteRange{99, 1}));
  CHECK(choose_range(" Bytes=0-0 ", 1) == Choice(ByteRange{0, 1}));
  CHECK(choose_range("bytes=100-", 100) == Choice(UnsatisfiableRange{}));
  CHECK(choose_range("bytes=-0", 100) == Choice(UnsatisfiableRange{}));
  CHECK(choose_range("bytes=0-", 0) == Choice(UnsatisfiableRange{}));
  CHECK(choose_range("bytes=-5", 0) == Choice(UnsatisfiableRange{}));
  for (const auto whole : {"bytes=0-1,2-3", "items=0-1", "bytes", "bytes=", "bytes=-", "bytes=9-1",
                           "bytes=a-b", "bytes=1-b", "bytes=+1-2", "bytes=0x1-2"}) {
    INFO(whole);
    CHECK(choose_range(whole, 100) == Choice(WholeContent{}));
  }
  CHECK(content_range({5, 10}, 100) == "bytes 5-14/100");
  CHECK(content_range_unsatisfied(100) == "bytes */100");
}
