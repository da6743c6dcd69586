// SPDX-License-Identifier: GPL-3.0-or-later
// What is ready of a package that is still being made: who may have it, what of it, and for how long.
#include "server/app/growing_route.hpp"

#include "server/pages/teaching_pages.hpp"
#include "server/render/renderer.hpp"
#include "server/services/growing_package.hpp"
#include "server/storage/course_store.hpp"
#include "server/storage/course_version_store.hpp"
#include "server/storage/lesson_store.hpp"
#include "server/storage/upload_files.hpp"
#include "tests/unit/jobs/jobs_fixture.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

using namespace tongxing;
using namespace tongxing::tests;
namespace fs = std::filesystem;

namespace {

/// As a worker leaves it in the middle of its work, and things that are nobody's business.
void make_growing(const media::model::JobSpec& spec) {
  const fs::path out = spec.output;
  for (const char* name : {"v234", "v720", "a-cmn", "resume"}) fs::create_directories(out / name);
  for (const char* name :
       {"first.m3u8", "v234/growing.m3u8", "v234/init.mp4", "v234/s0.m4s", "a-cmn/growing.m3u8",
        "a-cmn/init.mp4", "a-cmn/s0.m4s", "resume/key", "resume/v234.log"}) {
    std::ofstream(out / name) << name;
  }
}

Script growing_script() {
  return {.lines = {R"({"event":"probed"})", R"({"event":"planned","renditions":["v234","v720","a-cmn"]})",
                    R"({"event":"playable","playlist":"first.m3u8"})"},
          .make = make_growing,
          .endless = true};
}

struct Site : JobsFixture {
  Site() {
    write([&](storage::Connection& db) {
      db.run(
          "INSERT INTO accounts (id, login, display_name, password_hash, status, created_at) "
          "VALUES ('other', 'other', 'O', 'x', 'ACTIVE', 0)");
      storage::CourseStore(db).insert({CourseId{"c1"}, author.account, clock.now(), std::nullopt});
      storage::CourseVersionRow version;
      version.id = CourseVersionId{"v1"};
      version.course = CourseId{"c1"};
      version.state = "DRAFT";
      version.title = "面点制作";
      version.language = "cmn";
      version.policy = "OPEN";
      version.created_at = clock.now();
      storage::CourseVersionStore(db).insert(version);
      storage::LessonStore lessons(db);
      for (const char* id : {"lesson1", "lesson2"}) {
        lessons.insert(LessonId{id}, CourseId{"c1"}, clock.now());
        storage::VersionLessonRow row;
        row.version = version.id;
        row.lesson = LessonId{id};
        row.ordinal = id[6] - '0';
        row.title = "第一课";
        lessons.add_to_version(row);
      }
      lessons.attach(version.id, LessonId{"lesson1"}, kAsset);
    });
    app::add_growing_route(routes_, layout);
    pages::add_teaching_pages(routes_, {.uploads = uploads_,
                                        .captions = services::Captions(layout),
                                        .descriptions = services::Descriptions(layout),
                                        .sides = services::SideFiles(layout),
                                        .chapters = services::Chapters(layout),
                                        .random = random,
                                        .layout = layout});
  }

  static auth::Viewer viewer(const char* name, std::set<auth::Role> roles) {
    auth::Viewer viewer;
    viewer.account = AccountId{name};
    viewer.roles = std::move(roles);
    return viewer;
  }

  http::Response get(const std::string& path, const auth::Viewer& viewer) {
    const auto outcome = routes_.match(http::Method::get, path);
    const auto& match = std::get<routing::Routes::Match>(outcome);
    CHECK(match.endpoint->access == routing::Access::instructor);
    http::Request request;
    request.method = http::Method::get;
    request.path = path;
    request.target = path;
    request.path_params = match.params;
    std::optional<http::Response> response;
    database->read([&](storage::Connection& db) {
      routing::Context ctx{
          .request = request, .db = db, .viewer = viewer, .now = clock.now(), .request_id = "r", .csrf = "t"};
      ctx.messages = messages_.get();
      ctx.renderer = renderer_.get();
      response = match.endpoint->handler(ctx);
    });
    return std::move(*response);
  }
  http::Response part(const std::string& file, const std::string& lesson = "lesson1",
                      const std::string& asset = "asset1") {
    return get("/teach/lessons/" + lesson + "/growing/" + asset + "/" + file, author);
  }
  std::string page(const std::string& path) {
    const auto response = get(path, author);
    CHECK(response.status == 200);
    return std::get<std::string>(response.body);
  }

  auth::Viewer author = viewer("teacher", {auth::Role::instructor});

 private:
  storage::UploadFiles files_{layout};
  services::Uploads uploads_{*database, files_, clock, random, {}};
  std::shared_ptr<const render::Messages> messages_ = render::Messages::built_in();
  std::unique_ptr<render::Renderer> renderer_ =
      render::Renderer::built_in(messages_, render::MissingData::fault);
  routing::Routes routes_;
};

std::string field(const http::Response& response, const char* name) {
  return std::string(response.headers.get(name).value_or(""));
}

bool has(const std::string& html, std::string_view text) {
  return html.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("Of a package that is being made only the lists and segments can be asked for") {
  for (const std::string_view file :
       {"first.m3u8", "v234/growing.m3u8", "v1080/init.mp4", "a-cmn/s0.m4s", "a-zh-Hans/s99999.m4s"}) {
    CAPTURE(file);
    CHECK(services::is_growing_file(file));
  }
  for (const std::string_view file : {"",
                                      "package.json",
                                      "job.json",
                                      "worker.log",
                                      "master.m3u8",
                                      "resume/key",
                                      "resume/v234.log",
                                      "resume/s0.m4s",
                                      "v234",
                                      "v234/",
                                      "v234/s.m4s",
                                      "v234/s-1.m4s",
                                      "v234/s0.m4s.tmp",
                                      "v234/s0.m4s/x",
                                      "v234/index.m3u8",
                                      "v/s0.m4s",
                                      "vault/s0.m4s",
                                      "v234/../first.m3u8",
                                      "../first.m3u8",
                                      "..",
                                      "v1../s0.m4s",
                                      "./first.m3u8",
                                      "/first.m3u8",
                                      "a-/../s0.m4s",
                                      "slides/s0.m4s",
                                      "v234/s1234567.m4s"}) {
    CAPTURE(file);
    CHECK_FALSE(services::is_growing_file(file));
  }
}

TEST_CASE("An author plays what is ready, as long as it is being made") {
  Site site;
  CHECK(site.part("first.m3u8").status == 410);  // nobody has begun
  site.launcher.add(growing_script());
  const auto runner = site.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return has(site.job().progress, "\"playable\":true"); }));

  const auto list = site.part("first.m3u8");
  CHECK(list.status == 200);
  CHECK(field(list, "Content-Type") == "application/vnd.apple.mpegurl");
  CHECK(has(field(list, "Cache-Control"), "no-store"));
  CHECK(storage::read_small_file(std::get<http::FileBody>(list.body).path, 100) == "first.m3u8");
  const auto segment = site.part("v234/s0.m4s");
  CHECK(field(segment, "Content-Type") == "video/iso.segment");
  CHECK(has(field(segment, "Cache-Control"), "no-store"));  // another attempt may make it anew
  CHECK(storage::read_small_file(std::get<http::FileBody>(segment.body).path, 100) == "v234/s0.m4s");
  CHECK(field(site.part("a-cmn/init.mp4"), "Content-Type") == "audio/mp4");

  SECTION("nothing else of the job's folder") {
    for (const char* file : {"resume/key", "resume/v234.log", "job.json", "package.json", "../job.json",
                             "v234/../resume/key", "v234/../../job.json"}) {
      CAPTURE(file);
      CHECK(site.part(file).status == 404);
    }
    CHECK(site.part("first.m3u8", "lesson2").status == 404);
    CHECK(site.part("first.m3u8", "lesson1", "asset2").status == 404);
    CHECK(site.part("v999/s0.m4s").status == 410);
  }
  SECTION("no folder that leads elsewhere") {
    const fs::path out = site.layout.job(kJob, site.job().fence) / "out";
    fs::create_directory_symlink(out / "resume", out / "v480");
    CHECK(site.part("v480/s0.m4s").status == 410);
  }
  SECTION("nobody else") {
    using auth::Role;
    const std::string path = "/teach/lessons/lesson1/growing/asset1/first.m3u8";
    CHECK(site.get(path, Site::viewer("other", {Role::instructor})).status == 404);
    CHECK(site.get(path, Site::viewer("other", {Role::reviewer, Role::administrator})).status == 404);
    CHECK(site.get(path, Site::viewer("teacher", {Role::trainee})).status == 404);
  }
  SECTION("the pages lead there") {
    const auto lesson = site.page("/teach/lessons/lesson1");
    CHECK(has(lesson, ">观看已经做好的部分</a>"));
    CHECK(has(lesson, "href=\"/teach/lessons/lesson1/preview\""));
    const auto preview = site.page("/teach/lessons/lesson1/preview");
    CHECK(has(preview, "src=\"/teach/lessons/lesson1/growing/asset1/first.m3u8\""));
    CHECK(has(preview, "aria-label=\"课程视频：第一课\""));
    CHECK(has(preview, "这段视频还在制作，现在只能看已经做好的部分"));
    fs::remove(site.layout.job(kJob, site.job().fence) / "out" / "first.m3u8");  // the final lists come
    const auto later = site.page("/teach/lessons/lesson1/preview");
    CHECK(has(later, "现在还没有可以看的部分"));
    CHECK_FALSE(has(later, "<video"));
  }
  runner->stop();
  CHECK(site.part("first.m3u8").status == 410);
  CHECK(site.part("first.m3u8").headers.get("Cache-Control") == "no-store");
}

TEST_CASE("What has ended is not playable early any more") {
  Site site;
  Script script = good_script();
  script.lines.insert(script.lines.end() - 1, R"({"event":"playable","playlist":"first.m3u8"})");
  script.make = [](const media::model::JobSpec& spec) {
    make_growing(spec);
    make_package(spec);
  };
  site.launcher.add(script);
  const auto runner = site.runner();
  runner->start();
  REQUIRE(JobsFixture::becomes([&] { return site.job().state == storage::JobState::done; }));
  runner->stop();
  CHECK(site.part("first.m3u8").status == 410);
  const auto preview = site.page("/teach/lessons/lesson1/preview");
  CHECK(has(preview, "/m/asset1/" + site.asset().version + "/master.m3u8"));
  CHECK_FALSE(has(site.page("/teach/lessons/lesson1"), "data-watch"));
}
