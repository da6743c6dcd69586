// SPDX-License-Identifier: GPL-3.0-or-later
// What the program answers without a handler: kept pages, encodings, readiness, metrics.
#include "server/app/compression.hpp"
#include "server/app/metrics.hpp"
#include "server/app/page_cache.hpp"
#include "server/app/readiness.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <variant>

using namespace tongxing;

TEST_CASE("A page is kept for one generation of the content") {
  app::PageCache cache(2);
  cache.keep("/courses|zh-Hans", 7, http::html(200, "page"));
  const auto hit = cache.find("/courses|zh-Hans", 7);
  REQUIRE(hit.has_value());
  CHECK(*std::get<http::SharedBody>(hit->body) == "page");
  CHECK_FALSE(cache.find("/courses|zh-Hans", 8).has_value());
  CHECK_FALSE(cache.find("/courses|en", 7).has_value());

  SECTION("a late page of an older generation does not come back") {
    cache.keep("/courses|en", 8, http::html(200, "new"));
    cache.keep("/courses|zh-Hans", 7, http::html(200, "old"));
    CHECK_FALSE(cache.find("/courses|zh-Hans", 8).has_value());
    CHECK(cache.find("/courses|en", 8).has_value());
  }
  SECTION("only whole pages are kept, and no more than the limit") {
    cache.keep("/missing", 7, http::html(404, "no"));
    CHECK_FALSE(cache.find("/missing", 7).has_value());
    cache.keep("/a", 7, http::html(200, "a"));
    cache.keep("/b", 7, http::html(200, "b"));
    CHECK(cache.find("/b", 7).has_value());
    CHECK_FALSE(cache.find("/courses|zh-Hans", 7).has_value());
  }
}

TEST_CASE("Accept-Encoding is read with its weights") {
  CHECK(app::accepts_coding("gzip, deflate, br", "br"));
  CHECK(app::accepts_coding("gzip;q=0.5", "gzip"));
  CHECK_FALSE(app::accepts_coding("gzip;q=0", "gzip"));
  CHECK_FALSE(app::accepts_coding("gzip; q=0.000", "gzip"));
  CHECK_FALSE(app::accepts_coding("", "gzip"));
  CHECK_FALSE(app::accepts_coding("x-gzip", "gzip"));
}

TEST_CASE("Long pages are compressed for those who take it") {
  const std::string page(5'000, 'a');
  http::Response response = http::html(200, page);
  app::compress(response, "gzip");
  CHECK(response.headers.get("Content-Encoding") == "gzip");
  CHECK(response.headers.get("Vary") == "Accept-Encoding");
  const auto& body = std::get<std::string>(response.body);
  CHECK(body.size() < page.size() / 10);
  CHECK(body.substr(0, 2) == "\x1f\x8b");

  http::Response plain = http::html(200, page);
  app::compress(plain, "");
  CHECK(std::get<std::string>(plain.body) == page);
  http::Response small = http::html(200, "short");
  app::compress(small, "gzip");
  CHECK_FALSE(small.headers.get("Content-Encoding").has_value());
}

TEST_CASE("Readiness names the check that fails, and ends with draining") {
  app::Readiness readiness;
  bool disk = true;
  readiness.add("disk", [&disk] { return disk; });
  CHECK(readiness.ask().ready);
  disk = false;
  CHECK_FALSE(readiness.ask().ready);
  CHECK(readiness.ask().json.find("\"disk\":false") != std::string::npos);
  disk = true;
  readiness.drain();
  CHECK_FALSE(readiness.ask().ready);
}

TEST_CASE("Metrics count by lane and class, and ask the gauges") {
  app::Metrics metrics;
  metrics.add({"tongxing_wal_bytes", "Length of the log", false, [] { return 4096.0; }});
  metrics.answered(app::Metrics::Lane::read, 200, std::chrono::milliseconds{3});
  metrics.answered(app::Metrics::Lane::read, 404, std::chrono::milliseconds{300});
  const std::string text = metrics.text();
  CHECK(text.find("tongxing_requests_total{lane=\"read\",status=\"2xx\"} 1") != std::string::npos);
  CHECK(text.find("tongxing_requests_total{lane=\"read\",status=\"4xx\"} 1") != std::string::npos);
  CHECK(text.find("tongxing_request_seconds_bucket{lane=\"read\",le=\"0.005\"} 1") != std::string::npos);
  CHECK(text.find("tongxing_request_seconds_count{lane=\"read\"} 2") != std::string::npos);
  CHECK(text.find("tongxing_wal_bytes 4096") != std::string::npos);
}
