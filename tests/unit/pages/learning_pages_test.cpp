// SPDX-License-Identifier: GPL-3.0-or-later
// The learner's pages from a real database through the real templates, in which a name without data is a
// fault.
#include "server/pages/learning_pages.hpp"

#include "server/pages/download_pages.hpp"
#include "server/render/renderer.hpp"
#include "server/routing/endpoint.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/learning_world.hpp"

#include <filesystem>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

using namespace tongxing;
using namespace tongxing::tests;

namespace {

class Pages : public LearningWorld {
 public:
  Pages() {
    pages::add_catalogue_pages(routes_, {random});
    pages::add_learning_pages(routes_);
    pages::add_download_pages(routes_, {layout_});
  }

  http::Response ask(http::Method method, const std::string& path, const auth::Viewer& viewer = {},
                     const http::Params& query = {}, render::Locale locale = render::Locale::zh_hans) {
    const auto outcome = routes_.match(method, path);
    const auto& match = std::get<routing::Routes::Match>(outcome);
    http::Request request;
    request.method = method;
    request.path = path;
    request.target = path;
    request.query = query;
    request.path_params = match.params;
    return write([&](storage::Connection& db) {
      routing::Context ctx{.request = request,
                           .db = db,
                           .viewer = viewer,
                           .locale = locale,
                           .now = clock.now(),
                           .request_id = "r1",
                           .csrf = viewer.signed_in() ? "token" : ""};
      ctx.messages = messages_.get();
      ctx.renderer = renderer_.get();
      return match.endpoint->handler(ctx);
    });
  }

  std::string page(const std::string& path, const auth::Viewer& viewer = {}, const http::Params& query = {},
                   render::Locale locale = render::Locale::zh_hans) {
    const auto response = ask(http::Method::get, path, viewer, query, locale);
    const auto& html = std::get<std::string>(response.body);
    INFO(html);
    CHECK(html.find("⟦") == std::string::npos);
    CHECK(html.find("{{") == std::string::npos);
    return html;
  }

  void add_captions(const std::string& lesson) {
    write([&](storage::Connection& db) {
      return db.run(
          "INSERT INTO tracks (id, asset_id, kind, lang, folder, source, cue_count, created_by, created_at) "
          "VALUES "
          "('track', ?1, 'CAPTION', 'zh-Hans', 't-zh-Hans-caption-abc', ?2, 2, 'author', 0)",
          lesson + "-asset",
          "WEBVTT\n\n00:02.000 --> 00:05.000\n先把车冲一遍。\n\n01:10.000 --> 01:14.000\n<v "
          "师傅>再<b>擦干</b> &amp; 打蜡。\n");
    });
  }

 private:
  std::shared_ptr<const render::Messages> messages_ = render::Messages::built_in();
  std::unique_ptr<render::Renderer> renderer_ =
      render::Renderer::built_in(messages_, render::MissingData::fault);
  routing::Routes routes_;
  TempFolder folder_;
  storage::DataLayout layout_{folder_.path()};
};

bool has(const std::string& html, std::string_view text) {
  return html.find(text) != std::string::npos;
}

http::Params query(std::string name, std::string value) {
  http::Params params;
  params.add(std::move(name), std::move(value));
  return params;
}

constexpr auto kLocales = {render::Locale::zh_hans, render::Locale::zh_hant, render::Locale::en};

}  // namespace

TEST_CASE("Visitors see home, catalogue and course in every language, and nothing personal") {
  Pages world;
  for (const auto locale : kLocales) CHECK(has(world.page("/courses", {}, {}, locale), "empty-state"));
  world.add_course("course", {600_s, 2100_s});
  for (const auto locale : kLocales) {
    CHECK(has(world.page("/", {}, {}, locale), "href=\"/courses/course\""));
    CHECK(has(world.page("/courses", {}, {}, locale), "洗车入门 course"));
    const auto course = world.page("/courses/course", {}, {}, locale);
    CHECK(has(course, "/courses/course/lessons/course-2"));
    CHECK(has(course, "/sign-in?next=%2Fcourses%2Fcourse"));
    CHECK_FALSE(has(course, "/courses/course/enrol"));
    CHECK_FALSE(has(course, "token"));
  }
  CHECK(has(world.page("/courses/course"), "1.00 课时"));
  CHECK(has(world.page("/courses/course"), "45 分"));
}

TEST_CASE("Search keeps what was typed, escapes it, and says when it is too long") {
  Pages world;
  world.add_course("course", {600_s});
  CHECK(has(world.page("/courses", {}, query("q", "洗车")), "找到 1 门课程"));
  const auto none = world.page("/courses", {}, query("q", "<b>\"x"));
  CHECK(has(none, "value=\"&lt;b&gt;&quot;x\""));
  CHECK(has(none, "没有找到"));
  const auto response = world.ask(http::Method::get, "/courses", {}, query("q", std::string(101, 'x')));
  CHECK(response.status == 422);
  CHECK(has(std::get<std::string>(response.body), "field-q-error"));
}

TEST_CASE("Unknown courses and lessons are 404 with a page") {
  Pages world;
  world.add_course("course", {600_s});
  world.add_course("draft", {600_s}, "OPEN", "DRAFT");
  for (const char* path : {"/courses/nowhere", "/courses/draft", "/courses/draft/lessons/draft-1",
                           "/courses/course/lessons/draft-1"}) {
    CHECK(world.ask(http::Method::get, path).status == 404);
  }
}

TEST_CASE("A learner enrols, plays and sees what is missing") {
  Pages world;
  const auto learner = world.add_account("learner");
  world.add_course("course", {600_s, 300_s});
  CHECK(has(world.page("/my/learning", learner), "empty-state"));
  CHECK(has(world.page("/my/credits", learner), "还没有积分"));
  CHECK(has(world.page("/courses/course", learner), "action=\"/courses/course/enrol\""));
  CHECK(has(world.page("/courses/course/lessons/course-1", learner), "action=\"/courses/course/enrol\""));

  const auto enrolled = world.ask(http::Method::post, "/courses/course/enrol", learner);
  CHECK(enrolled.status == 303);
  CHECK(enrolled.headers.get("Location") == "/courses/course?notice=catalogue.enrolled");
  CHECK(has(world.page("/courses/course", learner), "开始学习：第1课"));

  TestPlayer player(world, learner, "course-1");
  player.play(0_s, 300_s);
  player.play(310_s, 410_s);
  for (const auto locale : kLocales) {
    CHECK(has(world.page("/courses/course/lessons/course-1", learner, {}, locale), "?t=300#player"));
    CHECK(has(world.page("/my/learning", learner, {}, locale), "?t=300#player"));
    CHECK(has(world.page("/my/credits", learner, {}, locale), "+1"));
  }
  const auto lesson = world.page("/courses/course/lessons/course-1", learner);
  INFO(lesson);
  CHECK(has(lesson, "还差 2 分 20 秒就学完这一课。"));
  CHECK(has(lesson, "上次学到 6:50"));
  CHECK(has(lesson, "/m/course-1-asset/v1/master.m3u8#t=410"));
  CHECK(has(lesson, "&quot;resume_ms&quot;:410000"));
  CHECK(has(lesson, "&quot;record&quot;:true"));
  CHECK(has(world.page("/courses/course", learner), "继续学习：第1课"));
}

TEST_CASE("A visitor gets the player without recording, and may begin anywhere") {
  Pages world;
  world.add_course("course", {600_s});
  for (const auto locale : kLocales) {
    const auto html = world.page("/courses/course/lessons/course-1", {}, query("t", "75"), locale);
    CHECK(has(html, "&quot;record&quot;:false"));
    CHECK(has(html, "master.m3u8#t=75"));
  }
  CHECK_FALSE(has(world.page("/courses/course/lessons/course-1", {}, query("t", "-5")), "#t="));
  CHECK_FALSE(has(world.page("/courses/course/lessons/course-1", {}, query("t", "9'><script>")), "#t="));
}

TEST_CASE("The transcript is readable text with times, made from the captions") {
  Pages world;
  world.add_course("course", {600_s});
  world.add_captions("course-1");
  const auto html = world.page("/courses/course/lessons/course-1");
  CHECK(has(html, "先把车冲一遍。"));
  CHECK(has(html, "再擦干 &amp; 打蜡。"));
  CHECK(has(html, "<strong>师傅</strong>"));
  CHECK(has(html, "?t=70#player"));
  CHECK(has(html, "1:10"));
  CHECK(has(html,
            "<track kind=\"captions\" srclang=\"zh-Hans\" label=\"简体中文（含声音说明）\" "
            "src=\"/m/course-1-asset/v1/t-zh-Hans-caption-abc/full.vtt\">"));
  CHECK(has(html, "hreflang=\"zh-Hans\""));
}

TEST_CASE("Lesson and course say for whom they are, and what stands in the way") {
  Pages world;
  world.add_course("course", {600_s, 300_s});
  for (const auto locale : kLocales) {
    CHECK(has(world.page("/courses/course", {}, {}, locale), "readiness__row--bad"));
    CHECK(has(world.page("/courses/course/lessons/course-1", {}, {}, locale), "readiness__row--bad"));
  }
  CHECK(has(world.page("/courses/course/lessons/course-1"), "听不见的人：还不能学（没有字幕）"));
  world.add_captions("course-1");
  CHECK(has(world.page("/courses/course/lessons/course-1"), "听不见的人：可以学"));
  CHECK(has(world.page("/courses/course/lessons/course-1"), "看不见的人：还不能学（画面没有口述影像）"));
  CHECK(has(world.page("/courses/course"), "听不见的人：还不能学（2 课里有 1 课可以学）"));
}

TEST_CASE("A course tells catalogues what it is in JSON-LD that nothing can break out of") {
  Pages world;
  world.add_course("course", {600_s, 300_s});
  world.add_captions("course-1");
  world.write(
      [](storage::Connection& db) { return db.run("UPDATE course_versions SET summary = '</script><b>&'"); });
  const auto html = world.page("/courses/course");
  const std::string open = "<script type=\"application/ld+json\">";
  const auto begin = html.find(open) + open.size();
  REQUIRE(begin > open.size());
  const auto text = html.substr(begin, html.find("</script>", begin) - begin);
  const auto data = nlohmann::json::parse(text);
  CHECK(data.at("@type") == "Course");
  CHECK(data.at("description") == "</script><b>&");
  CHECK(data.at("timeRequired") == "PT15M");
  CHECK(data.at("accessMode") == nlohmann::json{"auditory", "visual"});
  CHECK_FALSE(data.contains("accessibilityFeature"));  // the second lesson has no captions
  const auto& first = data.at("hasPart").at(0);
  CHECK(first.at("accessibilityFeature") ==
        nlohmann::json{"captions", "transcript", "synchronizedAudioText"});
  CHECK(first.at("accessModeSufficient").at(1).at("description") == "textual,visual");
  CHECK(first.at("url") == "/courses/course/lessons/course-1");
}

TEST_CASE("The transcript can be linked to, and taken away as text and for braille") {
  Pages world;
  world.add_course("course", {600_s, 300_s});
  CHECK_FALSE(has(world.page("/courses/course/lessons/course-2"), "transcript.txt"));
  world.add_captions("course-1");
  const auto html = world.page("/courses/course/lessons/course-1");
  CHECK(has(html, "id=\"t-70000\""));
  for (const char* file : {"lesson.epub", "transcript.txt", "braille.txt"}) {
    CHECK(has(html, std::string("/courses/course/lessons/course-1/") + file));
  }
  CHECK(has(world.page("/courses/course"), "/courses/course/course.epub"));
  const auto plain = world.ask(http::Method::get, "/courses/course/lessons/course-1/transcript.txt");
  CHECK(plain.status == 200);
  CHECK(plain.headers.get("Content-Type") == "text/plain; charset=utf-8");
  CHECK(plain.headers.get("Content-Disposition")->find("filename*=UTF-8''%E7%AC%AC1%E8%AF%BE.txt") !=
        std::string::npos);
  CHECK(has(std::get<std::string>(plain.body), "[1:10] 师傅：再擦干 & 打蜡。"));
  const auto braille = world.ask(http::Method::get, "/courses/course/lessons/course-1/braille.txt");
  CHECK(std::get<std::string>(braille.body) == "第1课\n先把车冲一遍。\n师傅：再擦干 & 打蜡。\n");
  CHECK(world.ask(http::Method::get, "/courses/course/lessons/course-2/braille.txt").status == 404);
  CHECK(world.ask(http::Method::get, "/courses/course/lessons/course-2/lesson.epub").status == 404);
  CHECK(world.ask(http::Method::get, "/courses/nowhere/course.epub").status == 404);
  const auto book = world.ask(http::Method::get, "/courses/course/course.epub");
  CHECK(book.status == 200);
  CHECK(book.headers.get("Content-Type") == "application/epub+zip");
  CHECK(std::filesystem::exists(std::get<http::FileBody>(book.body).path));
}
