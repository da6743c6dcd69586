// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/worker_event.hpp"

#include "server/jobs/progress.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace tongxing;
using namespace tongxing::jobs;

TEST_CASE("a worker's lines are read") {
  CHECK(read_event(R"({"event":"planned","renditions":["v360","a-cmn"]})")->renditions.size() == 2);
  const auto progress = read_event(R"({"event":"progress","rendition":"v360","permille":1000,"eta_ms":-1})");
  REQUIRE(progress);
  CHECK(progress->permille == 1'000);
  CHECK(progress->eta_ms == -1);
  const auto warning = read_event(R"({"event":"warning","key":"errors.media.x","args":{"at":"1:02"}})");
  REQUIRE(warning);
  CHECK(warning->args == MessageArgs{{"at", "1:02"}});
  CHECK(read_event(R"({"event":"playable","playlist":"first.m3u8"})")->playlist == "first.m3u8");
  CHECK(read_event(R"({"event":"done","more":1})")->kind == WorkerEvent::Kind::done);
}

TEST_CASE("a hostile line is no event") {
  const std::string many(5'000, 'x');
  for (const std::string& line : {
           std::string{},
           std::string("{}"),
           std::string("[]"),
           std::string("null"),
           std::string(R"({"event":"other"})"),
           std::string(R"({"event":7})"),
           std::string(R"({"event":"progress"})"),
           std::string(R"({"event":"progress","rendition":"v360","permille":1001})"),
           std::string(R"({"event":"progress","rendition":"v360","permille":-1})"),
           std::string(R"({"event":"progress","rendition":"v360","permille":"1"})"),
           std::string(R"({"event":"progress","rendition":"v360","permille":1,"eta_ms":1e99})"),
           std::string(R"({"event":"progress","rendition":"../v360","permille":1})"),
           std::string(R"({"event":"output","rendition":""})"),
           std::string(R"({"event":"playable","playlist":"../first.m3u8"})"),
           std::string(R"({"event":"playable"})"),
           std::string(R"({"event":"planned","renditions":"v360"})"),
           std::string(R"({"event":"planned","renditions":["v360",1]})"),
           std::string(R"({"event":"failed","key":"<script>"})"),
           std::string(R"({"event":"failed","key":"a","args":{"b":1}})"),
           R"({"event":"failed","key":"a","args":{"b":")" + many + R"("}})",
           R"({"event":"failed","key":")" + many + R"("})",
           std::string("{\"event\":\"failed\",\"key\":\"a\",\"args\":{\"b\":\"\xff\"}}"),
           R"({"event":"done","deep":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}",
       }) {
    CAPTURE(line.substr(0, 100));
    CHECK_FALSE(read_event(line));
  }
}

TEST_CASE("progress never goes back and never grows without bounds") {
  Progress progress(1);
  CHECK(progress.permille() == 0);
  progress.apply(*read_event(R"({"event":"planned","renditions":["a","b"]})"));
  progress.apply(*read_event(R"({"event":"progress","rendition":"a","permille":600,"eta_ms":50})"));
  progress.apply(*read_event(R"({"event":"progress","rendition":"a","permille":500,"eta_ms":70})"));
  CHECK(progress.permille() == 300);
  progress.apply(*read_event(R"({"event":"output","rendition":"a"})"));
  progress.apply(*read_event(R"({"event":"progress","rendition":"a","permille":10})"));
  CHECK(progress.permille() == 500);
  CHECK(progress.json().find(R"("playable":false)") != std::string::npos);
  progress.apply(*read_event(R"({"event":"playable","playlist":"first.m3u8"})"));
  CHECK(progress.json().find(R"("playable":true)") != std::string::npos);
  for (int i = 0; i < 1'000; ++i) {
    progress.apply(*read_event(R"({"event":"output","rendition":"r)" + std::to_string(i) + "\"}"));
    progress.apply(*read_event(R"({"event":"warning","key":"w"})"));
  }
  CHECK(progress.json().size() < 10'000);
}
