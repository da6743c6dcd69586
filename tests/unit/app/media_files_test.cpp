// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/media_files.hpp"

#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing;
using app::media_file;
using app::MediaAudience;
using app::parse_media_path;

TEST_CASE("A media path names an asset, a version and a file") {
  const auto path = parse_media_path("/m/asset1/ver2/v360/s0.m4s");
  REQUIRE(path.has_value());
  CHECK(path->asset.str() == "asset1");
  CHECK(path->version == "ver2");
  CHECK(path->file == "v360/s0.m4s");
}

TEST_CASE("Anything else below /m/ is refused") {
  for (const std::string_view bad :
       {"/m/", "/m/a", "/m/a/b", "/m/a/b/", "/m//b/c", "/m/a/b/../c", "/m/a/b/.hidden", "/m/a/b/c//d",
        "/m/a/b/c d", "/m/a/b/c\\d", "/m/a/b/%2e", "/m/../b/c", "/x/a/b/c", "/m/a/b/\xe4\xb8\xad"}) {
    INFO(bad);
    CHECK_FALSE(parse_media_path(bad).has_value());
  }
  CHECK_FALSE(parse_media_path("/m/a/b/" + std::string(300, 'x')).has_value());
}

TEST_CASE("Each kind of file goes out with its type, and with caching by audience") {
  const auto sent = [](const char* file, MediaAudience audience) {
    return media_file("/data/media", *parse_media_path(std::string("/m/a/v/") + file), audience);
  };
  const auto field = [](const http::Response& response, const char* name) {
    return std::string(response.headers.get(name).value_or(""));
  };
  const auto segment = sent("v360/s0.m4s", MediaAudience::everybody);
  CHECK(field(segment, "Content-Type") == "video/iso.segment");
  CHECK(field(segment, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(std::get<http::FileBody>(segment.body).path == "/data/media/a/v/v360/s0.m4s");
  CHECK(field(sent("a-cmn/init.mp4", MediaAudience::everybody), "Content-Type") == "audio/mp4");
  const auto master = sent("master.m3u8", MediaAudience::everybody);
  CHECK(field(master, "Content-Type") == "application/vnd.apple.mpegurl");
  CHECK(field(master, "Cache-Control") == "public, max-age=60");
  CHECK(field(sent("transcript.json", MediaAudience::everybody), "Cache-Control") == "public, max-age=60");
  CHECK(field(sent("slides.json", MediaAudience::everybody), "Content-Type") == "application/json");
  CHECK(field(sent("slides/001.webp", MediaAudience::everybody), "Content-Type") == "image/webp");
  CHECK(field(sent("thumb/t0.jpg", MediaAudience::everybody), "Content-Type") == "image/jpeg");
  CHECK(field(sent("manifest.mpd", MediaAudience::everybody), "Content-Type") == "application/dash+xml");
  CHECK(field(sent("t/full.vtt", MediaAudience::everybody), "Content-Type") == "text/vtt; charset=utf-8");
  CHECK(field(sent("v360/s0.m4s", MediaAudience::author), "Cache-Control") == "private, no-store");
}
