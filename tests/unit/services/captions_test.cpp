// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/captions.hpp"

#include "media/package_json/package_json.hpp"
#include "server/services/course_drafts.hpp"
#include "server/storage/asset_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace tongxing::services {
namespace {

using accessibility::FindingKind;
namespace fs = std::filesystem;

constexpr std::string_view kGood =
    "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n你好\n\n00:00:29.000 --> 00:00:31.500\n【掌声】\n";

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Desk : tests::TeachingFixture {
  Desk() {
    media::model::Package package;
    package.duration = Milliseconds{70'000};
    package.segment_duration = Milliseconds{6000};
    media::model::Rendition video{
        "v360", media::model::MediaKind::video, "avc1.4D401E", "", 640, 360, 25, 0, 0, 800, {}};
    media::model::Rendition audio{
        "a-cmn", media::model::MediaKind::audio, "mp4a.40.2", "cmn", 0, 0, 0, 1, 48000, 700, {}};
    for (int i = 0; i < 10; ++i) {
      video.segments.push_back({7'000'000, 300'000});
      audio.segments.push_back({7'000'000, 60'000});
    }
    package.renditions = {video, audio};
    const fs::path folder = layout.package(asset, "1");
    fs::create_directories(folder / "v360");
    std::ofstream(folder / "v360" / "s0.m4s") << "segment";
    std::ofstream(folder / "master.m3u8") << "#EXTM3U\n";
    fs::create_directories(layout.originals());
    std::ofstream(layout.original(asset)) << "original";
    write([&](storage::Connection& db) {
      storage::AssetStore assets(db);
      assets.create({asset, author.account, lesson, "v.mp4", 8, "sha"}, clock.now());
      assets.set_ready(asset, {"1", media::to_json(package), package.duration, true, true}, clock.now());
      storage::LessonStore(db).attach(version, lesson, asset);
    });
  }

  /// The lesson stands still for 8 s at its second second.
  void describe() {
    write([&](storage::Connection& db) {
      storage::AssetStore assets(db);
      auto package = *media::read_package(assets.get(asset)->package);
      auto described = package.renditions[1];
      described.name = "a-cmn-ad";
      described.role = media::model::AudioRole::description;
      package.renditions[0].segments[0].still_bytes = described.segments[0].still_bytes = 70'000;
      package.renditions.push_back(described);
      package.extended = media::model::Extended{"a-cmn-ad", {{0, Milliseconds{2'000}, Milliseconds{8'000}}}};
      assets.set_package(asset, media::to_json(package));
    });
  }
  std::string extended() { return read(layout.package(asset, "1") / "described-extended.m3u8"); }

  std::expected<CaptionReport, CaptionRefusal> put(std::string_view text, std::string_view kind = "CAPTION",
                                                   std::string_view language = "zh-Hans",
                                                   const auth::Viewer* who = nullptr) {
    return attempt([&](storage::Connection& db) {
      const CaptionUpload upload{std::string(kind), std::string(language), std::string(text)};
      return captions.put(db, who == nullptr ? author : *who, lesson, upload, clock.now(), random);
    });
  }
  std::expected<CaptionReport, CaptionRefusal> put(const CaptionUpload& upload) {
    return attempt([&](storage::Connection& db) {
      return captions.put(db, author, lesson, upload, clock.now(), random);
    });
  }
  storage::TrackRow only_track() { return tracks(asset).at(0); }
  Result<void> confirm(const auth::Viewer& who, const TrackId& track) {
    return attempt(
        [&](storage::Connection& db) { return Captions::confirm(db, who, lesson, track, clock.now()); });
  }
  std::vector<storage::TrackRow> tracks(const AssetId& of) {
    return ask([&](storage::Connection& db) { return storage::TrackStore(db).of_asset(of); });
  }
  std::string master() { return read(layout.package(asset, "1") / "master.m3u8"); }

  storage::DataLayout layout{database.folder()};
  Captions captions{layout};
  AssetId asset{"a1"};
};

}  // namespace

TEST_CASE("captions become a track in the package and in its playlists") {
  Desk desk;
  const auto report = desk.put(kGood);
  REQUIRE(report);
  CHECK(report->cues == 2);
  CHECK(report->stale.empty());
  REQUIRE(desk.tracks(desk.asset).size() == 1);
  const auto track = desk.tracks(desk.asset).front();
  CHECK(track.cue_count == 2);
  CHECK(track.source == kGood);
  const fs::path folder = desk.layout.package(desk.asset, "1") / track.folder;
  CHECK(track.folder.starts_with("t-zh-Hans-caption-"));
  CHECK(fs::exists(folder / "index.m3u8"));
  CHECK(read(folder / "full.vtt").find("你好") != std::string::npos);
  CHECK(read(folder / "t0.vtt").find("X-TIMESTAMP-MAP") != std::string::npos);
  CHECK(read(folder / "t0.vtt").find("掌声") != std::string::npos);  // crosses the border: in both segments
  CHECK(read(folder / "t1.vtt").find("掌声") != std::string::npos);
  CHECK(read(folder / "t1.vtt").find("你好") == std::string::npos);
  CHECK(fs::exists(folder / "t2.vtt"));
  CHECK(desk.master().find(track.folder + "/index.m3u8") != std::string::npos);
  CHECK(read(desk.layout.package(desk.asset, "1") / "manifest.mpd").find(track.folder) != std::string::npos);
}

TEST_CASE("a new file of the same kind and language replaces the one before; others stay") {
  Desk desk;
  const auto first = desk.put(kGood);
  REQUIRE(first);
  REQUIRE(desk.put(kGood, "SUBTITLE", "en"));
  const auto second = desk.put("1\n00:00:02,000 --> 00:00:04,000\n新的字幕\n");  // SubRip
  REQUIRE(second);
  CHECK(second->track == first->track);
  CHECK_FALSE(second->stale.empty());
  CHECK(fs::exists(second->stale));
  Captions::remove_folder(second->stale);
  CHECK_FALSE(fs::exists(second->stale));
  CHECK(desk.tracks(desk.asset).size() == 2);
  CHECK(desk.master().find(second->stale.filename().string()) == std::string::npos);
}

TEST_CASE("the same file again changes nothing") {
  Desk desk;
  REQUIRE(desk.put(kGood));
  const auto again = desk.put(kGood);
  REQUIRE(again);
  CHECK(again->stale.empty());
  CHECK(desk.tracks(desk.asset).size() == 1);
}

TEST_CASE("a broken file is refused with every line, and what was there stays") {
  Desk desk;
  REQUIRE(desk.put(kGood));
  const std::string before = desk.master();
  const auto refused = desk.put(
      "WEBVTT\n\n"
      "00:00:01.000 -> 00:00:03.000\nwrong arrow\n\n"   // line 3
      "00:00:09.000 --> 00:00:08.000\nbackwards\n\n"    // line 6
      "00:02:00.000 --> 00:02:03.000\nafter the end\n"  // line 9
  );
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.field == "file");
  CHECK(refused.error().error.message == "errors.captions.broken");
  const auto& findings = refused.error().findings;
  const auto has = [&](FindingKind kind, std::size_t line) {
    return std::ranges::any_of(findings, [&](const auto& f) { return f.kind == kind && f.line == line; });
  };
  CHECK(std::ranges::any_of(findings, [](const auto& f) { return f.line == 3; }));
  CHECK(has(FindingKind::end_not_after_start, 6));
  CHECK(has(FindingKind::after_media_end, 9));
  CHECK(desk.master() == before);
  CHECK(desk.tracks(desk.asset).front().source == kGood);
}

TEST_CASE("files that are no captions are refused in plain words") {
  Desk desk;
  const auto message = [&](std::string_view text) { return desk.put(text).error().error.message; };
  CHECK(message("") == "errors.captions.empty");
  CHECK(message("  \n \n") == "errors.captions.empty");
  CHECK(message("<html></html>") == "errors.captions.not_captions");
  CHECK(message("WEBVTT\n") == "errors.captions.no_cues");
  CHECK(message(std::string(3'000'000, 'x')) == "errors.captions.too_large");
  CHECK(message("1\n00:00:01,000 --> 00:00:02,000\ncaf\xE9 na\xEFve\n") ==
        "errors.captions.unsupported_encoding");
  CHECK(desk.put(kGood, "KARAOKE").error().error.field == "kind");
  CHECK(desk.put(kGood, "CAPTION", "../x").error().error.field == "language");
  CHECK(desk.tracks(desk.asset).empty());
}

TEST_CASE("files in the encodings of Chinese computers are taken, and kept as UTF-8") {
  Desk desk;
  const std::string times = "1\r\n00:00:01,000 --> 00:00:04,000\r\n";
  REQUIRE(desk.put(times + "\xC4\xE3\xBA\xC3\xA3\xAC\xCA\xC0\xBD\xE7\xA1\xA3\r\n"));  // GBK
  CHECK(desk.tracks(desk.asset).front().source == times + "你好，世界。\r\n");
  REQUIRE(desk.put(times + "\xA7\x41\xA6\x6E\xA1\x41\xA5\x40\xAC\xC9\xA1\x43\r\n"));  // Big5
  CHECK(desk.tracks(desk.asset).front().source == times + "你好，世界。\r\n");
}

TEST_CASE("what could be better is told, and the captions are taken") {
  Desk desk;
  const auto report = desk.put("WEBVTT\n\n00:00:01.000 --> 00:00:01.600\n这一条字幕显示的时间太短读不完\n");
  REQUIRE(report);
  CHECK_FALSE(report->findings.empty());
  CHECK(report->findings.front().line == 3);
  CHECK_FALSE(warnings_in(desk.tracks(desk.asset).front(), {.length = Milliseconds{70'000}}).empty());
}

TEST_CASE("gaps that flicker are closed in what is shown, and nobody is told") {
  Desk desk;
  const auto report =
      desk.put("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n你好\n\n00:00:03.050 --> 00:00:05.000\n［掌声］\n");
  REQUIRE(report);
  CHECK(report->findings.empty());
  const auto track = desk.tracks(desk.asset).front();
  const auto shown = read(desk.layout.package(desk.asset, "1") / track.folder / "full.vtt");
  CHECK(shown.find("00:00:01.000 --> 00:00:03.050") != std::string::npos);
  CHECK(track.source.find("00:00:01.000 --> 00:00:03.000") != std::string::npos);
  CHECK(warnings_in(track, {.length = Milliseconds{70'000}}).empty());
}

TEST_CASE("the rules follow the kind of the track") {
  Desk desk;
  const std::string_view text = "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n我们要持之以恒地学\n";
  const auto kinds = [&](std::string_view kind) {
    std::vector<FindingKind> found;
    const auto report = desk.put(text, kind);
    REQUIRE(report);
    for (const auto& finding : report->findings) found.push_back(finding.kind);
    return found;
  };
  CHECK(kinds("CAPTION").empty());
  CHECK(kinds("EASY_READ") == std::vector{FindingKind::idiom});
}

TEST_CASE("captions belong to the author, in a draft, on a video that is ready") {
  Desk desk;
  CHECK(desk.put(kGood, "CAPTION", "en", &desk.stranger).error().error.code == ErrorCode::not_found);
  CHECK(desk.put(kGood, "CAPTION", "en", &desk.reviewer).error().error.code == ErrorCode::not_found);
  desk.write([&](storage::Connection& db) {
    storage::AssetStore(db).set_state(desk.asset, storage::AssetState::transcoding);
  });
  CHECK(desk.put(kGood).error().error.message == "errors.captions.not_ready");
  desk.set_state("SUBMITTED");
  CHECK(desk.put(kGood).error().error.code == ErrorCode::conflict);
}

TEST_CASE("a track is removed from rows and playlists") {
  Desk desk;
  const auto report = desk.put(kGood);
  const auto remove = [&](const auth::Viewer& who) {
    return desk.attempt([&](storage::Connection& db) {
      return desk.captions.remove(db, who, desk.lesson, report->track, desk.clock.now(), desk.random);
    });
  };
  CHECK(remove(desk.stranger).error().code == ErrorCode::not_found);
  const auto stale = remove(desk.author);
  REQUIRE(stale);
  CHECK(fs::exists(*stale));
  CHECK(desk.tracks(desk.asset).empty());
  CHECK(desk.master().find("t-zh-Hans") == std::string::npos);
  CHECK(remove(desk.author).error().message == "errors.captions.not_found");
}

TEST_CASE("captions that come after the description are in the lesson that stands still, in its time") {
  Desk desk;
  desk.describe();
  const auto first = desk.put(kGood);
  REQUIRE(first);
  REQUIRE(desk.put(kGood, "EASY_READ", "zh-Hant"));
  const auto package = desk.layout.package(desk.asset, "1");
  const auto folder = package / (desk.tracks(desk.asset).front().folder + "-extended");
  // 1-3 s has the pause in its midst; 29-31.5 s comes after it.
  CHECK(read(folder / "full.vtt") ==
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n你好\n\n00:00:10.000 --> 00:00:11.000\n你好\n\n"
        "00:00:37.000 --> 00:00:39.500\n【掌声】\n");
  CHECK(read(folder / "index.m3u8").find("#EXTINF:18.000000,\nt2.vtt\n") != std::string::npos);
  CHECK(read(folder / "t1.vtt").find("掌声") != std::string::npos);
  CHECK(desk.extended().find(folder.filename().string() + "/index.m3u8") != std::string::npos);
  CHECK(desk.extended().find("NAME=\"繁體中文（易讀）\",LANGUAGE=\"zh-Hant\"") != std::string::npos);
  CHECK(desk.extended().find("public.easy-to-read") != std::string::npos);
  CHECK(desk.master().find("-extended") == std::string::npos);

  const auto second = desk.put("WEBVTT\n\n00:00:05.000 --> 00:00:07.000\n新的字幕\n");
  REQUIRE(second);
  CHECK(desk.extended().find(folder.filename().string()) == std::string::npos);
  Captions::remove_folder(second->stale);
  CHECK_FALSE(fs::exists(folder));
  const auto stale = desk.attempt([&](storage::Connection& db) {
    return desk.captions.remove(db, desk.author, desk.lesson, second->track, desk.clock.now(), desk.random);
  });
  REQUIRE(stale);
  CHECK(desk.extended().find("zh-Hans") == std::string::npos);
  CHECK(desk.extended().find("zh-Hant") != std::string::npos);
}

TEST_CASE("captions of a new version leave the published ones as they are") {
  Desk desk;
  REQUIRE(desk.put(kGood));
  const std::string published = desk.master();
  desk.set_state("PUBLISHED");
  const auto next = desk.attempt([&](storage::Connection& db) {
    return new_course_version(db, desk.author, desk.course, desk.clock.now(), desk.random);
  });
  REQUIRE(next);
  const auto report = desk.put("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n改正以后\n");
  REQUIRE(report);
  CHECK(desk.master() == published);
  CHECK(desk.tracks(desk.asset).front().source == kGood);
  const auto copy = desk.ask(
      [&](storage::Connection& db) { return *storage::LessonStore(db).find(*next, desk.lesson)->asset; });
  CHECK(copy != desk.asset);
  REQUIRE(desk.tracks(copy).size() == 1);
  CHECK(desk.tracks(copy).front().source != kGood);
  CHECK(read(desk.layout.package(copy, "1") / "v360" / "s0.m4s") == "segment");
  CHECK(fs::hard_link_count(desk.layout.package(copy, "1") / "v360" / "s0.m4s") == 2);
  const auto again = desk.put("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n再改一次\n");
  REQUIRE(again);  // the copy is the draft's own: no second one
  CHECK(desk.ask([&](storage::Connection& db) {
    return *storage::LessonStore(db).find(*next, desk.lesson)->asset;
  }) == copy);
}

TEST_CASE("C28: captions say who made them, in the form or in the file") {
  Desk desk;
  const std::string said = "WEBVTT\n\nNOTE origin: machine\n\n00:00:01.000 --> 00:00:03.000\n你好\n";
  const auto origin = [&](const std::string& text, const std::string& form) {
    REQUIRE(desk.put({"CAPTION", "zh-Hans", text, form}));
    return desk.only_track().origin;
  };
  CHECK(origin(std::string(kGood), "") == "human");
  CHECK(origin(std::string(kGood), "human") == "human");
  CHECK(origin(std::string(kGood), "machine") == "machine");
  CHECK(origin(said, "") == "machine");
  CHECK(origin(said, "human") == "machine");  // a form that nobody touched does not speak against the file
  CHECK_FALSE(desk.only_track().reviewed_by);
  CHECK(origin(said, "machine-reviewed") == "machine-reviewed");
  CHECK(desk.only_track().reviewed_by == desk.author.account);
  CHECK(desk.put({"CAPTION", "zh-Hans", said, "robot"}).error().error.field == "origin");
  // What the author notes is not for those who read the captions.
  const auto folder = desk.layout.package(desk.asset, "1") / desk.only_track().folder;
  CHECK(read(folder / "full.vtt").find("NOTE") == std::string::npos);
}

TEST_CASE("C28: the author marks a machine's captions as read over, once, and it is in the audit") {
  Desk desk;
  const auto report = desk.put({"CAPTION", "zh-Hans", std::string(kGood), "machine"});
  REQUIRE(report);
  CHECK(warnings_in(desk.only_track(), {}).front().kind == FindingKind::machine_made);
  CHECK(desk.confirm(desk.stranger, report->track).error().code == ErrorCode::not_found);
  CHECK(desk.confirm(desk.author, TrackId{"none"}).error().code == ErrorCode::not_found);
  REQUIRE(desk.confirm(desk.author, report->track));
  CHECK(desk.only_track().origin == "machine-reviewed");
  CHECK(desk.only_track().reviewed_at == desk.clock.now());
  CHECK(warnings_in(desk.only_track(), {}).empty());
  CHECK(desk.confirm(desk.author, report->track).error().message == "errors.captions.not_machine_made");
  desk.database->read([](storage::Connection& db) {
    auto rows = db.query("SELECT count(*) FROM audit_events WHERE action = 'captions.reviewed'");
    REQUIRE(rows.next());
    CHECK(rows.get<std::int64_t>(0) == 1);
  });
  // Another file is another track: it has to be read anew.
  REQUIRE(desk.put({"CAPTION", "zh-Hans", std::string(kGood), "machine"}));
  CHECK(desk.only_track().origin == "machine");
  CHECK_FALSE(desk.only_track().reviewed_at);
}

TEST_CASE("C30: marks of writing in the picture come with the file, or beside it") {
  Desk desk;
  const auto kinds = [](const std::vector<accessibility::Finding>& findings) {
    std::vector<FindingKind> found;
    for (const auto& finding : findings) found.push_back(finding.kind);
    return found;
  };
  const auto beside = desk.put({"CAPTION", "zh-Hans", std::string(kGood), "", "0:02 - 0:05"});
  REQUIRE(beside);
  CHECK(kinds(beside->findings) == std::vector{FindingKind::covers_burned_in});
  CHECK(kinds(warnings_in(desk.only_track(), {})) == std::vector{FindingKind::covers_burned_in});
  const auto inside =
      desk.put({"CAPTION", "zh-Hans",
                "WEBVTT\n\nNOTE burned-in:\n0:02 - 0:05\n\n00:00:01.000 --> 00:00:03.000\n你好\n"});
  REQUIRE(inside);
  CHECK(kinds(inside->findings) == std::vector{FindingKind::covers_burned_in});
  const auto above = desk.put({"CAPTION", "zh-Hans", std::string(kGood), "", "0:02 - 0:05 top"});
  REQUIRE(above);
  CHECK(above->findings.empty());
  const auto wrong = desk.put({"CAPTION", "zh-Hans", std::string(kGood), "", "0:02 - 0:05\nhere"});
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().error.field == "burned_in");
  CHECK(wrong.error().error.args.front().second == "2");
}

}  // namespace tongxing::services
