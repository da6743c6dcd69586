// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/assets.hpp"

#include "tests/support/catch.hpp"

#include <stdexcept>
#include <string>

using namespace tongxing::render;

namespace {
std::string pack(const std::string& index, const std::string& bytes) {
  return "TXPACK01" + std::string{static_cast<char>(index.size()), 0, 0, 0} + index + bytes;
}
}  // namespace

TEST_CASE("the built-in distribution has its entry files, compressed, with their types") {
  const auto assets = Assets::built_in();
  for (const auto* name : {"main_js", "main_css", "favicon_svg"}) {
    CAPTURE(name);
    const auto* asset = assets->find(assets->names().at(name));
    REQUIRE(asset != nullptr);
    CHECK_FALSE(asset->identity.empty());
    CHECK(asset->br.size() < asset->identity.size());
    CHECK(asset->gzip.size() < asset->identity.size());
  }
  CHECK(assets->find(assets->names().at("main_css"))->content_type == "text/css; charset=utf-8");
  CHECK(assets->find(assets->names().at("main_js"))->content_type == "text/javascript; charset=utf-8");
  CHECK(assets->find("/assets/none.js") == nullptr);
  CHECK(assets->find("/assets/../main.js") == nullptr);
}

TEST_CASE("a pack is read by its index") {
  const auto bytes = pack(
      R"({"files":{"/assets/a.js":{"identity":[0,3],"br":[3,2]}},"names":{"a_js":"/assets/a.js"}})", "abcBR");
  const Assets assets(bytes);
  const auto* asset = assets.find("/assets/a.js");
  REQUIRE(asset != nullptr);
  CHECK(asset->identity == "abc");
  CHECK(asset->br == "BR");
  CHECK(asset->gzip.empty());
}

TEST_CASE("a damaged pack is refused") {
  CHECK_THROWS_AS(Assets(""), std::invalid_argument);
  CHECK_THROWS_AS(Assets("TXPACK01\xff\xff\xff\xff{}"), std::invalid_argument);
  const auto outside = pack(R"({"files":{"/a":{"identity":[2,9]}},"names":{}})", "abc");
  CHECK_THROWS_AS(Assets(outside), std::invalid_argument);
}
