// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/uploads.hpp"

#include "server/services/digest.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

#include <fstream>
#include <iterator>

namespace tongxing::services {
namespace {

using Kind = UploadOutcome::Kind;

std::span<const std::byte> bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string sha1(std::string_view text) {
  Digest digest(Digest::Algorithm::sha1);
  digest.update(bytes(text));
  return digest.finish();
}

struct Bench : tests::TeachingFixture {
  Bench() { restart(); }

  void restart() { uploads.emplace(*database, files, clock, random, limits); }

  Result<storage::UploadRow> create(std::int64_t length, const auth::Viewer* who = nullptr) {
    return attempt([&](storage::Connection& db) {
      return uploads->create(db, who == nullptr ? author : *who, {length, lesson, "第一课.mp4", "video/mp4"});
    });
  }
  Result<std::unique_ptr<UploadWriter>> open(const UploadId& id, std::int64_t offset,
                                             std::optional<UploadChecksum> checksum = std::nullopt) {
    return ask([&](storage::Connection& db) {
      return uploads->open(db, author, id, {offset, std::nullopt, std::move(checksum)});
    });
  }
  UploadOutcome send(const UploadId& id, std::int64_t offset, std::string_view text) {
    auto writer = open(id, offset);
    REQUIRE(writer);
    REQUIRE((*writer)->write(bytes(text)));
    return (*writer)->finish(true);
  }
  Result<storage::UploadRow> status(const UploadId& id, const auth::Viewer* who = nullptr) {
    return ask(
        [&](storage::Connection& db) { return uploads->status(db, who == nullptr ? author : *who, id); });
  }
  std::string original(const AssetId& asset) {
    std::ifstream in(files.original(asset), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::int64_t count(const char* what) {
    return ask([&](storage::Connection& db) {
      auto rows = std::string_view(what) == "jobs" ? db.query("SELECT COUNT(*) FROM jobs")
                                                   : db.query("SELECT COUNT(*) FROM media_assets");
      rows.next();
      return rows.get<std::int64_t>(0);
    });
  }

  UploadLimits limits;
  storage::UploadFiles files{storage::DataLayout(database.folder())};
  std::optional<Uploads> uploads;
};

}  // namespace

TEST_CASE("an upload in two pieces becomes the lesson's asset and one job") {
  Bench bench;
  const auto made = bench.create(10);
  REQUIRE(made);
  CHECK(bench.send(made->id, 0, "01234").offset == 5);
  CHECK(bench.status(made->id)->offset_bytes == 5);
  const auto done = bench.send(made->id, 5, "56789");
  REQUIRE(done.kind == Kind::complete);
  CHECK(bench.original(*done.asset) == "0123456789");
  CHECK_FALSE(bench.files.size(made->id));
  bench.database->read([&](storage::Connection& db) {
    CHECK(storage::LessonStore(db).find(bench.version, bench.lesson)->asset == done.asset);
    auto rows = db.query("SELECT source_sha256, state, file_name FROM media_assets");
    REQUIRE(rows.next());
    CHECK(rows.get<std::string>(0) == sha256_hex("0123456789"));
    CHECK(rows.get<std::string>(1) == "UPLOADED");
    CHECK(rows.get<std::string>(2) == "第一课.mp4");
  });
  CHECK(bench.count("jobs") == 1);
  CHECK(bench.status(made->id)->state == "UPLOADED");
  CHECK(bench.status(made->id)->offset_bytes == 10);
}

TEST_CASE("an upload goes on after a restart, and what was never promised is cut off") {
  Bench bench;
  const auto made = bench.create(10);
  REQUIRE(bench.send(made->id, 0, "0123").kind == Kind::saved);
  {
    // Bytes that reached the file but were not recorded: the process died before it could.
    std::ofstream tail(bench.files.path(made->id), std::ios::binary | std::ios::app);
    tail << "XX";
  }
  bench.database.reopen();
  bench.restart();
  CHECK(bench.status(made->id)->offset_bytes == 4);
  const auto done = bench.send(made->id, 4, "456789");
  REQUIRE(done.kind == Kind::complete);
  CHECK(bench.original(*done.asset) == "0123456789");
  bench.database->read([&](storage::Connection& db) {
    auto rows = db.query("SELECT source_sha256 FROM media_assets");
    REQUIRE(rows.next());
    CHECK(rows.get<std::string>(0) == sha256_hex("0123456789"));  // read again from the file
  });
}

TEST_CASE("a file that lost promised bytes goes on from what there is") {
  Bench bench;
  const auto made = bench.create(10);
  REQUIRE(bench.send(made->id, 0, "01234567").kind == Kind::saved);
  std::filesystem::resize_file(bench.files.path(made->id), 3);
  bench.restart();
  CHECK(bench.status(made->id)->offset_bytes == 3);
  REQUIRE(bench.send(made->id, 3, "3456789").kind == Kind::complete);
}

TEST_CASE("a crash between the rename and the commit is finished by the next question or the sweep") {
  Bench bench;
  const auto made = bench.create(4);
  {
    std::ofstream whole(bench.files.original(AssetId{made->id.str()}), std::ios::binary);
    whole << "abcd";
  }
  SECTION("status") {
    const auto row = bench.status(made->id);
    REQUIRE(row);
    CHECK(row->offset_bytes == 4);
    CHECK(row->asset);
  }
  SECTION("sweep") {
    CHECK(bench.uploads->sweep() == 0);
    CHECK(bench.status(made->id)->state == "UPLOADED");
  }
  CHECK(bench.count("media_assets") == 1);
  CHECK(bench.count("jobs") == 1);
}

TEST_CASE("a piece with a checksum counts only when it is proved") {
  Bench bench;
  const auto made = bench.create(10);
  REQUIRE(bench.send(made->id, 0, "0123").kind == Kind::saved);

  auto wrong = bench.open(made->id, 4, UploadChecksum{Digest::Algorithm::sha1, sha1("other")});
  REQUIRE((*wrong)->write(bytes("4567")));
  const auto outcome = (*wrong)->finish(true);
  CHECK(outcome.kind == Kind::checksum_mismatch);
  CHECK(outcome.offset == 4);
  CHECK(bench.status(made->id)->offset_bytes == 4);
  CHECK(bench.files.size(made->id) == 4);

  auto cut = bench.open(made->id, 4, UploadChecksum{Digest::Algorithm::sha1, sha1("4567")});
  REQUIRE((*cut)->write(bytes("45")));
  CHECK((*cut)->finish(false).offset == 4);

  auto right = bench.open(made->id, 4, UploadChecksum{Digest::Algorithm::sha1, sha1("456789")});
  REQUIRE((*right)->write(bytes("456")));
  REQUIRE((*right)->write(bytes("789")));
  const auto done = (*right)->finish(true);
  REQUIRE(done.kind == Kind::complete);
  CHECK(bench.original(*done.asset) == "0123456789");
}

TEST_CASE("a body that was cut keeps what arrived") {
  Bench bench;
  const auto made = bench.create(10);
  auto writer = bench.open(made->id, 0);
  REQUIRE((*writer)->write(bytes("012")));
  CHECK((*writer)->finish(false).offset == 3);
  CHECK(bench.status(made->id)->offset_bytes == 3);
}

TEST_CASE("the offset is recorded while a long body is still coming") {
  Bench bench;
  bench.limits.sync_every = 4;
  bench.restart();
  const auto made = bench.create(100);
  auto writer = bench.open(made->id, 0);
  REQUIRE((*writer)->write(bytes("012")));
  const auto recorded = [&] {
    return bench.ask(
        [&](storage::Connection& db) { return storage::UploadStore(db).find(made->id)->offset_bytes; });
  };
  CHECK(recorded() == 0);
  REQUIRE((*writer)->write(bytes("345")));
  CHECK(recorded() == 6);
  REQUIRE((*writer)->write(bytes("6")));
  CHECK(recorded() == 6);
  static_cast<void>((*writer)->finish(false));
  CHECK(recorded() == 7);
}

TEST_CASE("a wrong offset is a conflict that names the right one") {
  Bench bench;
  const auto made = bench.create(10);
  REQUIRE(bench.send(made->id, 0, "0123").kind == Kind::saved);
  for (const std::int64_t offset : {0, 3, 5, 10}) {
    const auto refused = bench.open(made->id, offset);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(refused.error().args.front().second == "4");
  }
}

TEST_CASE("a newer request takes over from one that hangs") {
  Bench bench;
  const auto made = bench.create(10);
  auto hanging = bench.open(made->id, 0);
  REQUIRE((*hanging)->write(bytes("0123")));
  CHECK(bench.status(made->id)->offset_bytes == 4);  // what the hanging one received is safe
  CHECK_FALSE((*hanging)->write(bytes("4")));
  auto newer = bench.open(made->id, 4);
  REQUIRE(newer);
  REQUIRE((*newer)->write(bytes("456")));
  const auto late = (*hanging)->finish(true);
  CHECK(late.kind == Kind::refused);
  CHECK(late.error->message == "errors.upload.taken_over");
  CHECK((*newer)->finish(true).offset == 7);
}

TEST_CASE("more bytes than announced are refused and nothing of them is kept") {
  Bench bench;
  const auto made = bench.create(4);
  auto writer = bench.open(made->id, 0);
  REQUIRE((*writer)->write(bytes("01")));
  CHECK_FALSE((*writer)->write(bytes("23456")));
  const auto outcome = (*writer)->finish(true);
  CHECK(outcome.kind == Kind::refused);
  CHECK(outcome.error->code == ErrorCode::too_large);
  CHECK(outcome.offset == 2);
  const auto announced = bench.ask([&](storage::Connection& db) {
    return bench.uploads->open(db, bench.author, made->id, {2, 3, std::nullopt});
  });
  REQUIRE_FALSE(announced);
  CHECK(announced.error().code == ErrorCode::too_large);
}

TEST_CASE("an upload is the owner's alone") {
  Bench bench;
  const auto made = bench.create(10);
  for (const auth::Viewer* other : {&bench.stranger, &bench.reviewer, &bench.trainee}) {
    CHECK(bench.status(made->id, other).error().code == ErrorCode::not_found);
    const auto ended =
        bench.ask([&](storage::Connection& db) { return bench.uploads->terminate(db, *other, made->id); });
    CHECK(ended.error().code == ErrorCode::not_found);
    CHECK(bench.create(10, other).error().code ==
          ErrorCode::not_found);  // nor may they upload for the lesson
  }
  CHECK(bench.status(made->id));
}

TEST_CASE("creation refuses what cannot be kept, and says why") {
  Bench bench;
  CHECK(bench.create(0).error().message == "errors.upload.empty");
  CHECK(bench.create(-1).error().message == "errors.upload.empty");
  CHECK(bench.create(bench.limits.longest + 1).error().code == ErrorCode::too_large);

  SECTION("too many at once") {
    for (int i = 0; i < 3; ++i) REQUIRE(bench.create(10));
    CHECK(bench.create(10).error().message == "errors.upload.too_many");
  }
  SECTION("quota counts open uploads and finished originals") {
    bench.limits.quota = 30;
    bench.restart();
    const auto first = bench.create(10);
    REQUIRE(bench.send(first->id, 0, "0123456789").kind == Kind::complete);
    REQUIRE(bench.create(15));
    CHECK(bench.create(6).error().message == "errors.upload.quota");
    CHECK(bench.create(5));
  }
  SECTION("disk room is reserved") {
    bench.limits.reserve = bench.files.free_bytes();
    bench.restart();
    const auto refused = bench.create(10);
    CHECK(refused.error().message == "errors.upload.no_room");
    CHECK(refused.error().code == ErrorCode::insufficient_storage);
  }
  SECTION("a lesson that is under review") {
    bench.set_state("SUBMITTED");
    CHECK(bench.create(10).error().code == ErrorCode::conflict);
  }
}

TEST_CASE("termination removes the file and the upload is gone") {
  Bench bench;
  const auto made = bench.create(10);
  auto writer = bench.open(made->id, 0);
  REQUIRE((*writer)->write(bytes("012")));
  REQUIRE(bench.ask(
      [&](storage::Connection& db) { return bench.uploads->terminate(db, bench.author, made->id); }));
  CHECK_FALSE((*writer)->write(bytes("3")));
  CHECK((*writer)->finish(true).kind == Kind::refused);
  CHECK_FALSE(bench.files.size(made->id));
  CHECK(bench.status(made->id).error().code == ErrorCode::gone);
}

TEST_CASE("an upload expires a week after its last byte") {
  Bench bench;
  const auto made = bench.create(10);
  bench.clock.advance(std::chrono::days(6));
  REQUIRE(bench.send(made->id, 0, "01").kind == Kind::saved);
  bench.clock.advance(std::chrono::days(6));
  CHECK(bench.uploads->sweep() == 0);
  CHECK(bench.status(made->id));
  bench.clock.advance(std::chrono::days(2));
  CHECK(bench.status(made->id).error().code == ErrorCode::gone);
  CHECK(bench.uploads->sweep() == 1);
  CHECK_FALSE(bench.files.size(made->id));
}

TEST_CASE("the sweep removes files that no open upload knows") {
  Bench bench;
  const auto made = bench.create(10);
  REQUIRE(bench.send(made->id, 0, "01").kind == Kind::saved);
  {
    std::ofstream(bench.files.path(UploadId{"nobodys"})) << "x";
  }
  CHECK(bench.uploads->sweep() == 0);
  CHECK_FALSE(bench.files.size(UploadId{"nobodys"}));
  CHECK(bench.files.size(made->id) == 2);
}

TEST_CASE("a lesson that left the author's desk meanwhile takes no file") {
  Bench bench;
  const auto made = bench.create(4);
  bench.set_state("SUBMITTED");
  const auto outcome = bench.send(made->id, 0, "abcd");
  CHECK(outcome.kind == Kind::refused);
  CHECK(outcome.error->message == "errors.upload.lesson_closed");
  CHECK(bench.count("media_assets") == 0);
  CHECK_FALSE(bench.files.original_size(AssetId{made->id.str()}));
  CHECK(bench.status(made->id).error().code == ErrorCode::gone);
}

}  // namespace tongxing::services
