// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/side_files.hpp"

#include "media/package_json/package_json.hpp"
#include "server/services/access_facts.hpp"
#include "server/services/course_pack.hpp"
#include "server/services/descriptions.hpp"
#include "server/services/submission.hpp"
#include "server/services/uploads.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/files.hpp"
#include "server/storage/job_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

#include <fstream>

namespace tongxing::services {
namespace {

namespace fs = std::filesystem;
using storage::JobKind;
using storage::SideKind;
using Stage = AdditionState::Stage;

media::model::Rendition rendition(const std::string& name, media::model::MediaKind kind) {
  media::model::Rendition made{name, kind, "avc1.4D401E", "csl", 320, 240, 25, 0, 0, 700, {}};
  if (kind == media::model::MediaKind::audio) {
    made = {name, kind, "mp4a.40.2", "cmn", 0, 0, 0, 1, 48'000, 700, {}};
  }
  for (int i = 0; i < 10; ++i) made.segments.push_back({6'000'000, 120'000});
  return made;
}

struct Desk : tests::TeachingFixture {
  Desk() {
    for (const auto& folder : {layout.media(), layout.originals(), layout.uploads()}) {
      fs::create_directories(folder);
    }
    std::ofstream(layout.original(asset)) << "lesson";
    write([&](storage::Connection& db) {
      storage::AssetStore(db).create({asset, author.account, lesson, "v.mp4", 6, "sha"}, clock.now());
      storage::LessonStore(db).attach(version, lesson, asset);
    });
  }

  media::model::Package package() {
    media::model::Package made;
    made.duration = Milliseconds{60'000};
    made.segment_duration = Milliseconds{6'000};
    made.renditions = {rendition("v360", media::model::MediaKind::video),
                       rendition("a-cmn", media::model::MediaKind::audio)};
    return made;
  }
  /// The asset plays.
  void be_ready(const media::model::Package& made) {
    fs::create_directories(layout.package(asset, "1"));
    write([&](storage::Connection& db) {
      storage::AssetStore(db).set_ready(asset, {"1", media::to_json(made), made.duration, true, true},
                                        clock.now());
    });
  }
  media::model::Package with_signer() {
    auto made = package();
    made.sign = {rendition("sign240", media::model::MediaKind::video)};
    made.signed_picture = rendition("signed540", media::model::MediaKind::video);
    made.facts.emplace();
    made.facts->signer = {640, 480, 25'000, Milliseconds{60'000}, 1};
    return made;
  }

  Result<storage::UploadRow> announce(SideKind kind, Milliseconds offset = {}) {
    return attempt([&](storage::Connection& db) {
      return uploads.create(db, author, {4, lesson, "手语.mp4", "video/mp4", kind, offset});
    });
  }
  UploadOutcome send(const UploadId& id, std::string_view bytes = "sign") {
    auto writer = ask([&](storage::Connection& db) {
      return uploads.open(db, author, id, {0, std::nullopt, std::nullopt});
    });
    REQUIRE(writer);
    REQUIRE((*writer)->write(std::as_bytes(std::span(bytes))));
    return (*writer)->finish(true);
  }
  AssetId add(SideKind kind, Milliseconds offset = {}) {
    const auto row = announce(kind, offset);
    REQUIRE(row);
    REQUIRE(send(row->id).kind == UploadOutcome::Kind::complete);
    return AssetId{row->id.str()};
  }
  Result<fs::path> remove(SideKind kind) {
    return attempt(
        [&](storage::Connection& db) { return sides.remove(db, author, lesson, kind, clock.now(), random); });
  }
  Result<void> move(Milliseconds offset) {
    return attempt([&](storage::Connection& db) {
      return sides.set_offset(db, author, lesson, SideKind::sign, offset, clock.now(), random);
    });
  }
  SideState state(SideKind kind = SideKind::sign) {
    return ask([&](storage::Connection& db) { return side_state(db, shown(db), kind); });
  }
  AssetId shown(storage::Connection& db) { return *storage::LessonStore(db).latest(lesson)->asset; }
  std::optional<storage::Job> claim() {
    std::optional<storage::Job> job;
    write([&](storage::Connection& db) {
      job = storage::JobStore(db).claim(clock.now(), Milliseconds{60'000});
    });
    return job;
  }
  void finish(const storage::Job& job) {
    write([&](storage::Connection& db) {
      CHECK(storage::JobStore(db).finish(job.id, job.fence, clock.now()));
    });
  }
  LessonPack pack() {
    return ask([&](storage::Connection& db) {
      return pack_of_lesson(db, *storage::LessonStore(db).latest(lesson));
    });
  }
  std::string hash() {
    return ask([&](storage::Connection& db) {
      return content_hash(*storage::CourseVersionStore(db).find(version), pack_of(db, version));
    });
  }

  storage::DataLayout layout{database.folder()};
  storage::UploadFiles files{layout};
  Uploads uploads{*database, files, clock, random};
  SideFiles sides{layout};
  AssetId asset{"a1"};
};

}  // namespace

TEST_CASE("an offset is read as people type it") {
  const auto ms = [](std::string_view text) { return read_offset(text, "f").value().count(); };
  CHECK(ms("0") == 0);
  CHECK(ms("") == 0);
  CHECK(ms("1.5") == 1'500);
  CHECK(ms(" -0.8 ") == -800);
  CHECK(ms("−1") == -1'000);
  CHECK(ms("－２．５") == -2'500);
  CHECK(ms(".25") == 250);
  CHECK(ms("+3.") == 3'000);
  CHECK(ms("-0.001") == -1);
  CHECK(ms("3600") == 3'600'000);
  for (const char* wrong :
       {"3600.001", "-3601", "1.2345", "1,5", "--1", "1-", "abc", "-", ".", "1e3", "99999999999"}) {
    CAPTURE(wrong);
    const auto read = read_offset(wrong, "f");
    REQUIRE_FALSE(read);
    CHECK(read.error().message == "errors.sign.offset");
    CHECK(read.error().field == "f");
  }
  for (const std::int64_t value : {0, 1, -1, 1'500, -800, 3'600'000, -3'599'999, 60}) {
    CHECK(ms(offset_text(Milliseconds{value})) == value);
  }
  CHECK(offset_text(Milliseconds{-50}) == "-0.05");
}

TEST_CASE_METHOD(Desk, "a signer's video joins the lesson's asset and gets a job, with its offset") {
  be_ready(package());
  const AssetId file = add(SideKind::sign, Milliseconds{-800});
  CHECK(files.original_size(file) == 4);
  CHECK(files.original_size(asset) == 6);
  const auto now = state();
  REQUIRE(now.file);
  CHECK(now.file->asset == asset);
  CHECK(now.file->offset == Milliseconds{-800});
  CHECK(now.file->file_name == "手语.mp4");
  CHECK(now.made.stage == Stage::waiting);
  const auto job = claim();
  REQUIRE(job);
  CHECK(job->kind == JobKind::sign);
  CHECK(state().made.stage == Stage::working);
  finish(*job);
  CHECK(state().made.stage == Stage::ready);
}

TEST_CASE_METHOD(Desk, "a signer needs a lesson's video, and may come before that is prepared") {
  write([&](storage::Connection& db) {
    storage::AssetStore(db).set_failed(asset, storage::AssetState::failed, "errors.media.no_media", "{}");
  });
  CHECK(announce(SideKind::sign).error().message == "errors.upload.no_video");
  write([&](storage::Connection& db) {
    storage::AssetStore(db).set_state(asset, storage::AssetState::transcoding);
  });
  add(SideKind::sign);
  CHECK_FALSE(claim());
  be_ready(package());
  CHECK(claim());
}

TEST_CASE_METHOD(Desk, "a lesson that lost its video meanwhile refuses the file and keeps nothing of it") {
  be_ready(package());
  const auto row = announce(SideKind::sign);
  write([&](storage::Connection& db) {
    storage::AssetStore(db).set_failed(asset, storage::AssetState::quarantined, "errors.media.bug", "{}");
  });
  const auto outcome = send(row->id);
  REQUIRE(outcome.kind == UploadOutcome::Kind::refused);
  CHECK(outcome.error->message == "errors.upload.no_video");
  CHECK_FALSE(files.original_size(AssetId{row->id.str()}));
}

TEST_CASE_METHOD(Desk, "a newer file takes the place of the older one, and its job that of the older job") {
  be_ready(package());
  const AssetId first = add(SideKind::sign);
  const auto old = claim();
  REQUIRE(old);
  const AssetId second = add(SideKind::sign);
  CHECK_FALSE(files.original_size(first));
  CHECK(state().file->id == second);
  bool finished = true;
  write([&](storage::Connection& db) {
    finished = storage::JobStore(db).finish(old->id, old->fence, clock.now());
  });
  CHECK_FALSE(finished);
  const auto job = claim();
  REQUIRE(job);
  CHECK(job->id != old->id);
}

TEST_CASE_METHOD(Desk, "moving a signer makes it anew, without another upload") {
  be_ready(with_signer());
  add(SideKind::sign);
  finish(*claim());
  REQUIRE(move(Milliseconds{1'500}));
  CHECK(state().file->offset == Milliseconds{1'500});
  CHECK(state().made.stage == Stage::waiting);
  REQUIRE(claim());
}

TEST_CASE_METHOD(Desk, "removing a signer takes it out of package, playlists and disk, and nothing else") {
  auto made = with_signer();
  auto described = rendition("a-cmn-ad", media::model::MediaKind::audio);
  described.role = media::model::AudioRole::description;
  made.renditions.push_back(described);
  be_ready(made);
  const auto folder = layout.package(asset, "1");
  for (const char* name : {"sign.m3u8", "sign.mpd", "signed.m3u8"}) std::ofstream(folder / name) << "x";
  const AssetId file = add(SideKind::sign);
  const auto before = hash();
  CHECK(access_facts_of(pack(), VisualStatement::open).sign);
  const auto gone = remove(SideKind::sign);
  REQUIRE(gone);
  CHECK(*gone == layout.original(file));
  CHECK(hash() != before);
  CHECK_FALSE(claim());
  CHECK_FALSE(state().file);
  const auto left = media::read_package(pack().asset->package);
  REQUIRE(left);
  CHECK(left->sign.empty());
  CHECK_FALSE(left->signed_picture);
  CHECK_FALSE(left->facts->signer);
  CHECK(left->renditions.size() == 3);
  CHECK_FALSE(access_facts_of(pack(), VisualStatement::open).sign);
  for (const char* name : {"sign.m3u8", "sign.mpd", "signed.m3u8"}) CHECK_FALSE(fs::exists(folder / name));
  CHECK(fs::exists(folder / "master.m3u8"));
  CHECK(remove(SideKind::sign).error().code == ErrorCode::not_found);
}

TEST_CASE_METHOD(Desk, "what is published keeps its signer when the draft changes its own") {
  be_ready(with_signer());
  const AssetId file = add(SideKind::sign, Milliseconds{200});
  finish(*claim());
  const CourseVersionId next{"v2"};
  write([&](storage::Connection& db) {
    db.run("UPDATE course_versions SET state = 'PUBLISHED', published_at = 1 WHERE id = ?1", version);
    auto row = *storage::CourseVersionStore(db).find(version);
    row.id = next;
    row.number = 2;
    row.state = "DRAFT";
    storage::CourseVersionStore(db).insert(row);
    auto shared = *storage::LessonStore(db).find(version, lesson);
    shared.version = next;
    storage::LessonStore(db).add_to_version(shared);
    storage::LessonStore(db).attach(next, lesson, asset);
  });
  REQUIRE(move(Milliseconds{900}));
  const auto copy = ask([&](storage::Connection& db) { return shown(db); });
  REQUIRE(copy != asset);
  CHECK(state().file->offset == Milliseconds{900});
  CHECK(state().file->id != file);
  CHECK(files.original_size(state().file->id) == 4);
  const auto published = ask([&](storage::Connection& db) { return side_state(db, asset, SideKind::sign); });
  CHECK(published.file->offset == Milliseconds{200});
  const auto removed = remove(SideKind::sign);
  REQUIRE(removed);
  CHECK(*removed != layout.original(file));
  CHECK(files.original_size(file) == 4);
  const auto package_of = [&](const AssetId& id) {
    return *media::read_package(
        ask([&](storage::Connection& db) { return storage::AssetStore(db).get(id)->package; }));
  };
  CHECK(package_of(asset).sign.size() == 1);
  CHECK(package_of(copy).sign.empty());
}

TEST_CASE_METHOD(Desk, "only one job at a time completes a package") {
  be_ready(package());
  add(SideKind::sign);
  clock.advance(Milliseconds{1});
  add(SideKind::description);
  const auto first = claim();
  REQUIRE(first);
  CHECK(first->kind == JobKind::sign);
  CHECK_FALSE(claim());
  finish(*first);
  const auto second = claim();
  REQUIRE(second);
  CHECK(second->kind == JobKind::describe);
}

TEST_CASE_METHOD(Desk, "a course is not submitted while a signer is being made") {
  be_ready(package());
  add(SideKind::sign);
  const auto submitted =
      attempt([&](storage::Connection& db) { return submit_course(db, author, course, clock.now()); });
  REQUIRE_FALSE(submitted);
  CHECK(submitted.error().message == "errors.teaching.in_work");
}

TEST_CASE_METHOD(Desk, "a recording stands in for a spoken script, and either may go alone") {
  be_ready(package());
  const Descriptions descriptions(layout);
  const auto put = attempt([&](storage::Connection& db) {
    return descriptions.put(db, author, lesson, "WEBVTT\n\n00:01.000 --> 00:02.000\n草地\n", clock.now(),
                            random);
  });
  REQUIRE(put);
  add(SideKind::description);
  const auto both = ask([&](storage::Connection& db) { return description_state(db, asset); });
  CHECK(both.script);
  CHECK(both.recording);
  finish(*claim());
  REQUIRE(attempt(
      [&](storage::Connection& db) { return descriptions.remove(db, author, lesson, clock.now(), random); }));
  const auto job = claim();
  REQUIRE(job);  // made anew of the recording alone
  CHECK(job->kind == JobKind::describe);
  REQUIRE(remove(SideKind::description));
  CHECK_FALSE(claim());
  CHECK(ask([&](storage::Connection& db) { return description_state(db, asset); }).made.stage == Stage::none);
}

TEST_CASE_METHOD(Desk, "nobody else changes a lesson's signer") {
  be_ready(package());
  add(SideKind::sign);
  const auto theirs = attempt([&](storage::Connection& db) {
    return sides.remove(db, stranger, lesson, SideKind::sign, clock.now(), random);
  });
  REQUIRE_FALSE(theirs);
  CHECK(state().file);
  set_state("SUBMITTED");
  CHECK(move(Milliseconds{1}).error().code == ErrorCode::conflict);
}

TEST_CASE_METHOD(Desk, "side files count towards the quota") {
  be_ready(package());
  add(SideKind::sign);
  CHECK(ask([&](storage::Connection& db) {
          return storage::UploadStore(db).stored_bytes_of(author.account);
        }) == 10);
}

}  // namespace tongxing::services
