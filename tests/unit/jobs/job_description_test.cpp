// SPDX-License-Identifier: GPL-3.0-or-later
// A description script becomes a described sound in a copy of the package, while the lesson plays on.
#include "server/storage/track_store.hpp"
#include "tests/unit/jobs/jobs_fixture.hpp"

#include <algorithm>

namespace {

using namespace tongxing;
using namespace tongxing::tests;
using storage::AssetState;
using storage::JobState;
namespace fs = std::filesystem;

const JobId kDescribe{"describe1"};

/// The argument behind `name`; empty: it is not there.
std::string argument(const std::vector<std::string>& arguments, const std::string& name) {
  const auto found = std::ranges::find(arguments, name);
  return found == arguments.end() || found + 1 == arguments.end() ? "" : *(found + 1);
}

/// What the worker leaves: one rendition more.
void describe(const std::vector<std::string>& arguments) {
  const fs::path out = argument(arguments, "--out");
  auto package = *media::read_package(storage::read_small_file(out / "package.json", 100'000).value());
  auto described = package.renditions.back();
  described.name = "a-cmn-ad";
  described.role = media::model::AudioRole::description;
  fs::remove_all(out / described.name);
  fs::copy(out / "a-cmn", out / described.name);
  package.renditions.push_back(described);
  storage::replace_file(out / "package.json", media::to_json(package));
}

Script describing() {
  Script script{{R"({"event":"planned","renditions":["a-cmn-ad"]})",
                 R"({"event":"progress","rendition":"a-cmn-ad","permille":430,"eta_ms":2000})",
                 R"({"event":"output","rendition":"a-cmn-ad"})", R"({"event":"done"})"},
                {false, 0}};
  script.act = describe;
  return script;
}

/// A lesson that plays, with a script that waits for its voice.
struct Desk : JobsFixture {
  Desk() {
    media::model::JobSpec spec;
    const fs::path place = layout.package(kAsset, "v1");
    fs::create_directories(place);
    spec.output = place.string();
    make_package(spec);
    const auto text = storage::read_small_file(place / "package.json", 100'000).value();
    publish_description = [this](const AssetId&, const std::string& event) {
      const std::lock_guard lock(mutex);
      described.push_back(nlohmann::json::parse(event));
    };
    renew = [this](storage::Connection&, const storage::Asset&, const media::model::Package& package,
                   const fs::path&) { renewed = package.renditions.size(); };
    write([&](storage::Connection& c) {
      c.run("UPDATE jobs SET state = 'DONE'");
      storage::AssetStore(c).set_ready(kAsset, {"v1", text, Milliseconds{12'000}, true, true}, clock.now());
      give(c, "AUDIO_DESCRIPTION", "WEBVTT\n\n00:01.000 --> 00:02.000\n草地\n");
      storage::JobStore(c).enqueue(storage::JobKind::describe, kDescribe, kAsset, clock.now());
    });
  }

  void give(storage::Connection& c, const std::string& kind, const std::string& source) {
    storage::TrackStore(c).put(
        {TrackId{kind}, kAsset, kind, "zh-Hans", "", source, 1, AccountId{"teacher"}, clock.now()});
  }
  storage::Job job() {
    storage::Job found;
    database->read([&](storage::Connection& c) { found = storage::JobStore(c).get(kDescribe).value(); });
    return found;
  }
  void run_until(JobState state) {
    const auto runner = this->runner();
    runner->start();
    REQUIRE(becomes([&] { return job().state == state; }));
    runner->stop();
  }
  std::vector<std::string> names() {
    std::vector<std::string> found;
    for (const auto& one : media::read_package(asset().package)->renditions) found.push_back(one.name);
    return found;
  }

  std::vector<nlohmann::json> described;  ///< what listeners of the description heard
  std::size_t renewed = 0;
};

}  // namespace

TEST_CASE_METHOD(Desk, "a script is spoken into a new package, and the old one stays for those who play it") {
  std::vector<std::string> arguments;
  auto script = describing();
  script.act = [&](const std::vector<std::string>& given) {
    arguments = given;
    CHECK(storage::read_small_file(given.at(3), 1'000)->find("草地") != std::string::npos);
    CHECK(storage::read_small_file(argument(given, "--captions"), 1'000)->find("你好") != std::string::npos);
    describe(given);
  };
  write([&](storage::Connection& c) { give(c, "CAPTION", "WEBVTT\n\n00:03.000 --> 00:04.000\n你好\n"); });
  launcher.add(script);
  run_until(JobState::done);
  CHECK(arguments.at(1) == "describe");
  CHECK(argument(arguments, "--media") == layout.original(kAsset).string());
  CHECK(argument(arguments, "--language") == "cmn");
  CHECK(std::ranges::find(arguments, "--events") != arguments.end());
  CHECK(asset().state == AssetState::ready);
  CHECK(asset().version != "v1");
  CHECK(names() == std::vector<std::string>{"v360", "a-cmn", "a-cmn-ad"});
  CHECK(renewed == 3);
  CHECK(launcher.verified == 1);
  const auto place = layout.package(kAsset, asset().version);
  CHECK(fs::is_regular_file(place / "a-cmn-ad" / "s0.m4s"));
  CHECK(fs::hard_link_count(place / "v360" / "s0.m4s") == 2);  // no picture was copied
  CHECK(fs::exists(layout.package(kAsset, "v1") / "v360" / "s0.m4s"));
  CHECK(fs::is_empty(layout.temporary()));
}

TEST_CASE_METHOD(Desk, "listeners hear how far the description is, and nothing of it as news of the asset") {
  launcher.add(describing());
  run_until(JobState::done);
  REQUIRE(described.size() == 5);
  CHECK(described[0]["event"] == "begun");
  CHECK(described[1]["state"] == "TRANSCODING");
  CHECK(described[2]["progress"]["permille"] == 430);
  CHECK(described[2]["progress"]["eta_ms"] == 2'000);
  CHECK(described[2]["progress"]["renditions"][0]["name"] == "a-cmn-ad");
  CHECK(described.back()["event"] == "ready");
  CHECK(described.back()["version"] == asset().version);
  CHECK(heard().empty());
  CHECK(nlohmann::json::parse(job().progress)["permille"] == 1'000);
}

TEST_CASE_METHOD(Desk, "a description that fails says why and leaves the lesson as it plays") {
  launcher.add({{R"({"event":"failed","key":"errors.description.too_much_speech","args":{"hours":"3"}})"},
                {false, 2}});
  run_until(JobState::failed);
  CHECK(asset().state == AssetState::ready);
  CHECK(asset().version == "v1");
  CHECK(nlohmann::json::parse(job().progress)["key"] == "errors.description.too_much_speech");
  CHECK(described.back()["state"] == "FAILED");
  CHECK(described.back()["args"]["hours"] == "3");
}

TEST_CASE_METHOD(Desk, "a script that is gone when its turn comes is said, and no worker starts") {
  write([](storage::Connection& c) { storage::TrackStore(c).remove(TrackId{"AUDIO_DESCRIPTION"}); });
  run_until(JobState::failed);
  CHECK(launcher.started == 0);
  CHECK(described.back()["key"] == "errors.description.gone");
}

TEST_CASE_METHOD(Desk, "an older description goes when a new one is made") {
  const fs::path place = layout.package(kAsset, "v1");
  describe({"--out", place.string()});
  fs::create_directories(place / "ad");
  std::ofstream(place / "ad" / "ad.json") << "old";
  std::ofstream(place / "v360" / "x0.m4s") << "old";
  write([&](storage::Connection& c) {
    const auto text = storage::read_small_file(place / "package.json", 100'000).value();
    storage::AssetStore(c).set_ready(kAsset, {"v1", text, Milliseconds{12'000}, true, true}, clock.now());
  });
  launcher.add(describing());
  run_until(JobState::done);
  CHECK(names() == std::vector<std::string>{"v360", "a-cmn", "a-cmn-ad"});
  const auto next = layout.package(kAsset, asset().version);
  CHECK_FALSE(fs::exists(next / "ad" / "ad.json"));
  CHECK_FALSE(fs::exists(next / "v360" / "x0.m4s"));
  CHECK(fs::exists(place / "ad" / "ad.json"));  // of those who still play the old package
}

TEST_CASE_METHOD(Desk,
                 "a package that another job replaced meanwhile is described once more, from the newer one") {
  auto late = describing();
  late.act = [&](const std::vector<std::string>& arguments) {
    describe(arguments);
    fs::copy(layout.package(kAsset, "v1"), layout.package(kAsset, "v2"), fs::copy_options::recursive);
    write([&](storage::Connection& c) {
      storage::AssetStore(c).set_ready(kAsset, {"v2", asset().package, Milliseconds{12'000}, true, true},
                                       clock.now());
    });
  };
  launcher.add(late);
  launcher.add(describing());
  run_until(JobState::done);
  CHECK(launcher.started == 2);
  CHECK(asset().version != "v1");
  CHECK(asset().version != "v2");
  CHECK(names().back() == "a-cmn-ad");
}

TEST_CASE_METHOD(Desk, "a worker that dies is tried again later, and the lesson plays on") {
  launcher.add({{R"({"event":"planned","renditions":["a-cmn-ad"]})"}, {true, 9}});
  const auto runner = this->runner();
  runner->start();
  REQUIRE(becomes([&] {
    const std::lock_guard lock(mutex);
    return !described.empty() && described.back()["event"] == "waiting";
  }));
  runner->stop();
  CHECK(job().state == JobState::queued);
  CHECK(asset().state == AssetState::ready);
  CHECK(asset().version == "v1");
  CHECK(fs::is_empty(layout.temporary()));
}
