// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs that complete a package which plays already.
#include "server/storage/side_file_store.hpp"
#include "server/storage/track_store.hpp"
#include "tests/unit/jobs/jobs_fixture.hpp"

#include <algorithm>

using namespace tongxing;
using namespace tongxing::tests;
using namespace std::chrono_literals;
using media::model::JobSpec;
using media::model::Package;
using storage::AssetState;
using storage::JobKind;
using storage::JobState;
using storage::SideKind;
namespace fs = std::filesystem;

namespace {

const JobId kSign{"sign1"};
const JobId kDescribe{"describe1"};

Package package_in(const fs::path& folder) {
  return media::read_package(storage::read_small_file(folder / "package.json", 1 << 20).value()).value();
}

/// A rendition's folder, with files of the sizes that it names.
void make_files(const fs::path& out, const media::model::Rendition& rendition) {
  fs::create_directories(out / rendition.name);
  std::ofstream(out / rendition.name / "init.mp4")
      << std::string(static_cast<std::size_t>(rendition.init_bytes), 'i');
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    std::ofstream(out / rendition.name / ("s" + std::to_string(i) + ".m4s"))
        << std::string(static_cast<std::size_t>(rendition.segments[i].bytes), 's');
  }
}

media::model::Rendition like(media::model::Rendition rendition, std::string name) {
  rendition.name = std::move(name);
  return rendition;
}

/// What a worker does that is asked for a signer, a recorded description, or both.
void extend(const JobSpec& spec) {
  Package package = package_in(spec.output);
  for (const auto& extra : spec.extra_audio) {
    auto described = like(package.renditions[1], "a-" + extra.language + "-ad");
    described.role = extra.role;
    make_files(spec.output, described);
    package.renditions.push_back(described);
  }
  if (!spec.sign.empty()) {
    package.sign = {like(package.renditions[0], "sign240")};
    package.sign[0].language = spec.sign_language;
    package.signed_picture = like(package.renditions[0], "signed540");
    make_files(spec.output, package.sign[0]);
    make_files(spec.output, *package.signed_picture);
    if (!package.facts) package.facts.emplace();
    package.facts->signer = {640, 480, 25'000, package.duration, 1};
  }
  storage::replace_file(fs::path(spec.output) / "package.json", media::to_json(package));
}

Script extending() {
  return {{R"({"event":"planned","renditions":["sign240"]})",
           R"({"event":"warning","key":"errors.media.sign_length","args":{"seconds":"3"}})",
           R"({"event":"output","rendition":"sign240"})", R"({"event":"done"})"},
          {false, 0},
          extend};
}

struct ReadyAsset : JobsFixture {
  ReadyAsset() {
    const fs::path place = layout.package(kAsset, "v1");
    fs::create_directories(place);
    JobSpec spec;
    spec.output = place.string();
    make_package(spec);
    write([&](storage::Connection& c) {
      storage::JobStore(c).cancel(kJob, clock.now());
      storage::AssetStore(c).set_ready(kAsset, {"v1", media::to_json(package_in(place)), 12s, true, true},
                                       clock.now());
    });
  }

  void add(SideKind kind, Milliseconds offset = {}) {
    const AssetId file{kind == SideKind::sign ? "signer" : "recording"};
    std::ofstream(layout.original(file)) << "side";
    write([&](storage::Connection& c) {
      storage::SideFileStore(c).insert(
          {file, kAsset, kind, AccountId{"teacher"}, "f.mp4", 4, "ab", offset, clock.now()});
    });
  }
  void enqueue(JobKind kind, const JobId& id) {
    write([&](storage::Connection& c) { storage::JobStore(c).enqueue(kind, id, kAsset, clock.now()); });
  }
  storage::Job job(const JobId& id) {
    storage::Job found;
    database->read([&](storage::Connection& c) { found = storage::JobStore(c).get(id).value(); });
    return found;
  }
  bool becomes_done(const JobId& id) {
    return becomes([&] { return job(id).state == JobState::done; });
  }
  Package stored() { return media::read_package(asset().package).value(); }
  fs::path place() { return layout.package(kAsset, asset().version); }
};

std::vector<std::string> names_of(const Package& package) {
  std::vector<std::string> names;
  for (const auto& one : package.renditions) names.push_back(one.name);
  return names;
}

}  // namespace

TEST_CASE_METHOD(ReadyAsset, "a signer's video becomes a part of a newer version of the package") {
  add(SideKind::sign, Milliseconds{-800});
  enqueue(JobKind::sign, kSign);
  JobSpec asked;
  Script script = extending();
  script.make = [&asked](const JobSpec& spec) {
    asked = spec;
    extend(spec);
  };
  launcher.add(script);
  const auto running = runner();
  running->start();
  REQUIRE(becomes_done(kSign));
  running->stop();
  CHECK(asked.input == layout.original(kAsset).string());
  CHECK(asked.sign == layout.original(AssetId{"signer"}).string());
  CHECK(asked.sign_offset == -800ms);
  CHECK(asset().state == AssetState::ready);
  CHECK(asset().version != "v1");
  REQUIRE(stored().sign.size() == 1);
  CHECK(stored().signed_picture);
  CHECK(stored().facts->signer->width == 640);
  CHECK(names_of(stored()) == std::vector<std::string>{"v360", "a-cmn"});
  CHECK(package_in(place()).sign.size() == 1);
  for (const char* name :
       {"sign.m3u8", "sign.mpd", "signed.m3u8", "sign240/index.m3u8", "master.m3u8", "v360/s1.m4s"}) {
    CAPTURE(name);
    CHECK(fs::is_regular_file(place() / name));
  }
  CHECK_FALSE(fs::exists(layout.package(kAsset, "v1") / "sign240"));
  CHECK(launcher.verified == 1);
  CHECK(heard().empty());  // the asset plays: nobody is told that it is being prepared
  CHECK(nlohmann::json::parse(job(kSign).progress)["warnings"][0]["key"] == "errors.media.sign_length");
  CHECK(fs::is_empty(layout.temporary()));
}

TEST_CASE_METHOD(ReadyAsset, "a signer is replaced, without a file of the older one") {
  add(SideKind::sign);
  enqueue(JobKind::sign, kSign);
  enqueue(JobKind::sign, JobId{"sign2"});
  launcher.add(extending());
  Script second = extending();
  second.make = [](const JobSpec& spec) {
    CHECK_FALSE(fs::exists(fs::path(spec.output) / "sign240"));
    CHECK_FALSE(fs::exists(fs::path(spec.output) / "sign.m3u8"));
    CHECK(package_in(spec.output).sign.empty());
    extend(spec);
  };
  launcher.add(second);
  const auto running = runner();
  running->start();
  REQUIRE(becomes_done(JobId{"sign2"}));
  CHECK(stored().sign.size() == 1);
}

TEST_CASE_METHOD(ReadyAsset, "a signer and a recorded description do not lose each other") {
  options.slots = 2;
  add(SideKind::sign);
  add(SideKind::description);
  enqueue(JobKind::sign, kSign);
  enqueue(JobKind::describe, kDescribe);
  for (int i = 0; i < 2; ++i) launcher.add(extending());
  const auto running = runner();
  running->start();
  REQUIRE(becomes_done(kSign));
  REQUIRE(becomes_done(kDescribe));
  CHECK(launcher.started == 2);
  CHECK(names_of(stored()) == std::vector<std::string>{"v360", "a-cmn", "a-cmn-ad"});
  CHECK(stored().sign.size() == 1);
  CHECK(fs::exists(place() / "a-cmn-ad" / "s0.m4s"));
  CHECK(fs::exists(place() / "sign240" / "s0.m4s"));
  CHECK(fs::exists(place() / "signed.m3u8"));
}

TEST_CASE_METHOD(ReadyAsset, "what changed in the package while a signer was made stays as it is now") {
  add(SideKind::sign);
  enqueue(JobKind::sign, kSign);
  Script script = extending();
  script.make = [this](const JobSpec& spec) {
    extend(spec);
    Package now = stored();
    now.renditions.pop_back();  // as if a description were taken out
    now.chapters = {{0ms, 12s, "zh-Hans", "和面"}};
    write([&](storage::Connection& c) { storage::AssetStore(c).set_package(kAsset, media::to_json(now)); });
  };
  launcher.add(script);
  const auto running = runner();
  running->start();
  REQUIRE(becomes_done(kSign));
  CHECK(names_of(stored()) == std::vector<std::string>{"v360"});
  CHECK(stored().chapters.size() == 1);
  CHECK(stored().sign.size() == 1);
  CHECK(package_in(place()).chapters.size() == 1);
  CHECK(fs::exists(place() / "chapters.vtt"));
}

TEST_CASE_METHOD(ReadyAsset, "a package that was replaced meanwhile is taken up once more") {
  add(SideKind::sign);
  enqueue(JobKind::sign, kSign);
  Script late = extending();
  late.make = [this](const JobSpec& spec) {
    extend(spec);
    fs::copy(layout.package(kAsset, "v1"), layout.package(kAsset, "v2"), fs::copy_options::recursive);
    const auto text = asset().package;
    write([&](storage::Connection& c) {
      storage::AssetStore(c).set_ready(kAsset, {"v2", text, 12s, true, true}, clock.now());
    });
  };
  launcher.add(late);
  launcher.add(extending());
  const auto running = runner();
  running->start();
  REQUIRE(becomes_done(kSign));
  CHECK(launcher.started == 2);
  CHECK(stored().sign.size() == 1);
  CHECK(job(kSign).attempt == 1);
  std::size_t versions = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(layout.media(kAsset))) ++versions;
  CHECK(versions == 3);  // v1, v2, the newest: nothing of the attempt that came late
}

TEST_CASE_METHOD(ReadyAsset, "a worker that is killed is asked again, and the lesson plays all the while") {
  add(SideKind::sign);
  enqueue(JobKind::sign, kSign);
  Script killed = extending();
  killed.lines.resize(1);
  killed.exit = {true, 9};
  launcher.add(killed);
  launcher.add(extending());
  const auto running = runner();
  running->start();
  REQUIRE(becomes([&] { return launcher.started == 1 && job(kSign).state == JobState::queued; }));
  CHECK(asset().state == AssetState::ready);
  CHECK(asset().version == "v1");
  clock.advance(2min);
  REQUIRE(becomes_done(kSign));
  CHECK(stored().sign.size() == 1);
}

TEST_CASE_METHOD(ReadyAsset, "a signer's file that cannot be used is told, and the lesson plays as before") {
  add(SideKind::sign);
  enqueue(JobKind::sign, kSign);
  launcher.add({{R"({"event":"failed","key":"errors.media.no_picture_in_sign","args":{}})"}, {false, 2}});
  const auto running = runner();
  running->start();
  REQUIRE(becomes([&] { return job(kSign).state == JobState::failed; }));
  CHECK(nlohmann::json::parse(job(kSign).progress)["key"] == "errors.media.no_picture_in_sign");
  CHECK(asset().state == AssetState::ready);
  CHECK(asset().version == "v1");
  CHECK(asset().failure_key.empty());
}

TEST_CASE_METHOD(ReadyAsset, "a signer that was removed before its job began is not made") {
  enqueue(JobKind::sign, kSign);
  const auto running = runner();
  running->start();
  REQUIRE(becomes([&] { return job(kSign).state == JobState::failed; }));
  CHECK(nlohmann::json::parse(job(kSign).progress)["key"] == "errors.sign.gone");
  CHECK(launcher.started == 0);
}

TEST_CASE_METHOD(ReadyAsset, "a worker that is killed leaves its finished segments to the next one") {
  const bool replaced = GENERATE(false, true);
  add(SideKind::sign);
  enqueue(JobKind::sign, kSign);
  Script killed = extending();
  killed.lines.resize(1);
  killed.exit = {true, 9};
  killed.make = [&](const JobSpec& spec) {
    const fs::path out = spec.output;
    fs::create_directories(out / "resume");
    std::ofstream(out / "resume" / "key") << "k";
    fs::create_directories(out / "sign240");
    std::ofstream(out / "sign240" / "s0.m4s") << "done";
    if (!replaced) return;
    fs::copy(layout.package(kAsset, "v1"), layout.package(kAsset, "v2"), fs::copy_options::recursive);
    const auto text = asset().package;
    write([&](storage::Connection& c) {
      storage::AssetStore(c).set_ready(kAsset, {"v2", text, 12s, true, true}, clock.now());
    });
  };
  launcher.add(killed);
  bool found = false;
  Script second = extending();
  second.make = [&](const JobSpec& spec) {
    found = fs::exists(fs::path(spec.output) / "sign240" / "s0.m4s");
    CHECK(package_in(spec.output).sign.empty());
    fs::remove_all(fs::path(spec.output) / "resume");
    extend(spec);
  };
  launcher.add(second);
  const auto running = runner();
  running->start();
  REQUIRE(becomes([&] { return launcher.started == 1 && job(kSign).state == JobState::queued; }));
  clock.advance(2min);
  REQUIRE(becomes_done(kSign));
  running->stop();
  CHECK(found == !replaced);  // what was cut for another version of the package is of no use
  CHECK(stored().sign.size() == 1);
  CHECK(fs::is_empty(layout.temporary()));
}
