// SPDX-License-Identifier: GPL-3.0-or-later
// What was measured in a lesson's media, in words: for its author and for a reviewer.
#include "media/package_json/package_json.hpp"
#include "server/pages/review_pages.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/render/renderer.hpp"
#include "server/routing/endpoint.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/track_store.hpp"
#include "server/storage/upload_files.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

using namespace tongxing;
using namespace tongxing::tests;

namespace {

media::model::Package package_with(const media::model::Facts& facts) {
  media::model::Package package;
  package.duration = Milliseconds{60'000};
  package.segment_duration = Milliseconds{6'000};
  media::model::Rendition video;
  video.name = "v360";
  video.codecs = "avc1.4D401E";
  video.width = 640;
  video.height = 360;
  video.frame_rate = 25;
  video.init_bytes = 700;
  video.segments.assign(10, {6'000'000, 90'000});
  package.renditions.push_back(video);
  package.facts = facts;
  return package;
}

class Pages : public TeachingFixture {
 public:
  explicit Pages(const media::model::Facts& facts) {
    pages::add_teach_lesson_pages(
        routes_, {uploads_, services::Captions(layout_), services::Descriptions(layout_),
                  services::SideFiles(layout_), services::Chapters(layout_), random, layout_});
    pages::add_teach_confirm_pages(
        routes_, {uploads_, services::Captions(layout_), services::Descriptions(layout_),
                  services::SideFiles(layout_), services::Chapters(layout_), random, layout_});
    pages::add_review_pages(routes_, {random});
    write([&](storage::Connection& db) {
      const auto package = package_with(facts);
      storage::AssetStore assets(db);
      assets.create({asset, author.account, lesson, "v.mp4", 10, "sha"}, clock.now());
      assets.set_ready(asset, {"1", media::to_json(package), package.duration, true, true}, clock.now());
      storage::LessonStore(db).attach(version, lesson, asset);
      storage::TrackStore(db).put({TrackId{"t1"}, asset, "CAPTION", "zh-Hans", "t",
                                   "WEBVTT\n\n00:01.000 --> 00:03.000\n先把车冲一遍\n", 1, author.account,
                                   clock.now()});
    });
  }

  std::string page(const std::string& path, const auth::Viewer& viewer,
                   render::Locale locale = render::Locale::zh_hans) {
    const auto outcome = routes_.match(http::Method::get, path);
    const auto& match = std::get<routing::Routes::Match>(outcome);
    http::Request request;
    request.method = http::Method::get;
    request.path = path;
    request.target = path;
    request.path_params = match.params;
    return ask([&](storage::Connection& db) {
      routing::Context ctx{.request = request,
                           .db = db,
                           .viewer = viewer,
                           .locale = locale,
                           .now = clock.now(),
                           .request_id = "r1",
                           .csrf = "token"};
      ctx.messages = messages_.get();
      ctx.renderer = renderer_.get();
      return std::get<std::string>(match.endpoint->handler(ctx).body);
    });
  }

  /// A form sent to `path`; the status of the answer.
  unsigned post(const std::string& path, const auth::Viewer& viewer,
                const std::vector<std::pair<std::string, std::string>>& fields) {
    const auto outcome = routes_.match(http::Method::post, path);
    const auto& match = std::get<routing::Routes::Match>(outcome);
    http::Request request;
    request.method = http::Method::post;
    request.path = path;
    request.target = path;
    request.path_params = match.params;
    for (const auto& [name, value] : fields) request.form.add(name, value);
    unsigned status = 0;
    write([&](storage::Connection& db) {
      routing::Context ctx{.request = request,
                           .db = db,
                           .viewer = viewer,
                           .locale = render::Locale::zh_hans,
                           .now = clock.now(),
                           .request_id = "r1",
                           .csrf = "token"};
      ctx.messages = messages_.get();
      ctx.renderer = renderer_.get();
      status = match.endpoint->handler(ctx).status;
    });
    return status;
  }

  /// A signer beside the film, and captions that a machine made.
  void give_signer_and_machine() {
    write([&](storage::Connection& db) {
      auto package = package_with({});
      package.sign = package.renditions;
      package.sign.front().name = "sign360";
      package.sign.front().language = "csl";
      storage::AssetStore(db).set_ready(asset, {"1", media::to_json(package), package.duration, true, true},
                                        clock.now());
      db.run("UPDATE tracks SET origin = 'machine'");
    });
  }
  void take_into_review() {
    set_state("IN_REVIEW");
    write([&](storage::Connection& db) {
      storage::CourseVersionStore(db).set_reviewer(version, reviewer.account);
    });
  }

  AssetId asset{"a1"};

 private:
  TempFolder folder_;
  storage::DataLayout layout_{folder_.path()};
  storage::UploadFiles files_{storage::DataLayout(folder_.path())};
  services::Uploads uploads_{*database, files_, clock, random, {}};
  std::shared_ptr<const render::Messages> messages_ = render::Messages::built_in();
  std::unique_ptr<render::Renderer> renderer_ =
      render::Renderer::built_in(messages_, render::MissingData::fault);
  routing::Routes routes_;
};

bool has(const std::string& html, std::string_view text) {
  return html.find(text) != std::string::npos;
}

media::model::Facts flashing() {
  media::model::Facts facts;
  facts.sound = media::model::SoundFacts{{{Milliseconds{1'000}, Milliseconds{21'000}}}, {}, 12};
  facts.picture = media::model::PictureFacts{1'280, 720, 25'000, {}, {}};
  facts.picture->flashes.push_back({{Milliseconds{5'000}, Milliseconds{9'000}}, {}, 73});
  return facts;
}

}  // namespace

TEST_CASE("An author reads that the picture flashes, where, and what the captions leave out") {
  Pages pages(flashing());
  const auto html = pages.page("/teach/lessons/l1", pages.author);
  CHECK(has(html, "会闪烁：从 0:05 起"));
  CHECK(has(html, "73%"));
  CHECK(has(html, "说话比背景声高 12 分贝"));
  CHECK(has(html, "可能引发光敏性癫痫"));
  CHECK(has(html, "字幕只覆盖了讲话的 10%"));
  CHECK(has(pages.page("/teach/lessons/l1", pages.author, render::Locale::zh_hant), "會閃爍"));
  CHECK(has(pages.page("/teach/lessons/l1", pages.author, render::Locale::en), "The picture flashes"));
  auto calm = flashing();
  calm.picture->flashes.clear();
  Pages quiet(calm);
  const auto good = quiet.page("/teach/lessons/l1", quiet.author);
  CHECK(has(good, "没有发现有害的闪烁"));
  CHECK_FALSE(has(good, "会闪烁"));
}

TEST_CASE("What is missing is mended where it belongs") {
  auto facts = flashing();
  facts.sound.reset();  // with complete captions, sign language is what is missing
  Pages pages(facts);
  const auto html = pages.page("/teach/lessons/l1", pages.author);
  for (const std::string place : {"video", "captions", "description"}) {
    CAPTURE(place);
    CHECK(has(html, "href=\"/teach/lessons/l1#" + place + "\""));
    CHECK(has(html, "id=\"" + place + "\""));
  }
  CHECK(has(html, "#sign\""));
}

TEST_CASE(
    "A reviewer sees for each need whether the lesson can be taken, and why, without links to mend it") {
  Pages pages(flashing());
  pages.set_state("IN_REVIEW");
  for (const auto locale : {render::Locale::zh_hans, render::Locale::zh_hant, render::Locale::en}) {
    const auto html = pages.page("/review/v1/lessons/l1", pages.reviewer, locale);
    CHECK(has(html, "id=\"who\""));
    CHECK_FALSE(has(html, "#description\""));
    std::size_t rows = 0;
    for (auto at = html.find("<th scope=\"row\">"); at != std::string::npos;
         at = html.find("<th scope=\"row\">", at + 1)) {
      ++rows;
    }
    CHECK(rows == 8);
  }
  CHECK(has(pages.page("/review/v1/lessons/l1", pages.reviewer), "画面会闪烁"));
}

TEST_CASE("An author reads that a machine's captions wait for a reader, and states the signer's consent") {
  Pages pages({});
  CHECK_FALSE(has(pages.page("/teach/lessons/l1", pages.author), "手语译员的同意"));
  pages.give_signer_and_machine();
  auto html = pages.page("/teach/lessons/l1", pages.author);
  CHECK(has(html, "机器生成，还没有人核对：现在不能发布"));
  CHECK(has(html, "/teach/lessons/l1/captions/t1/reviewed"));
  CHECK(has(html, "手语译员的同意"));
  CHECK_FALSE(has(html, "name=\"consent\" value=\"yes\" checked"));
  CHECK(pages.post("/teach/lessons/l1/captions/t1/reviewed", pages.author, {}) == 303);
  CHECK(pages.post("/teach/lessons/l1/captions/t1/reviewed", pages.author, {}) == 409);
  CHECK(pages.post("/teach/lessons/l1/sign-consent", pages.author, {{"consent", "yes"}}) == 303);
  html = pages.page("/teach/lessons/l1", pages.author);
  CHECK(has(html, "已由人核对</p>"));
  CHECK_FALSE(has(html, "/captions/t1/reviewed"));
  CHECK(has(html, "name=\"consent\" value=\"yes\" checked"));
  CHECK(has(pages.page("/teach/lessons/l1", pages.author, render::Locale::en), "reviewed by a person"));
}

TEST_CASE("A reviewer confirms the points of a lesson one by one, and only those that were on the page") {
  Pages pages({});
  pages.give_signer_and_machine();
  pages.take_into_review();
  auto html = pages.page("/review/v1", pages.reviewer);
  CHECK(has(html, "我看过手语译员的书面同意"));
  CHECK(has(html, "讲师还没有声明手语译员书面同意"));
  CHECK(has(html, "我已逐句核对机器生成的字幕：简体中文字幕"));
  CHECK_FALSE(has(html, "画面里的文字（标题、网址、数字）都读出来了"));
  const std::vector<std::pair<std::string, std::string>> ticked{{"asked_l1", "SIGN_PICTURE"},
                                                                {"asked_l1", "SIGN_CONSENT"},
                                                                {"tick_l1", "SIGN_PICTURE"},
                                                                {"tick_l1", "t1"}};
  CHECK(pages.post("/review/v1/checklists", pages.reviewer, ticked) == 303);
  html = pages.page("/review/v1", pages.reviewer);
  CHECK(has(html, "value=\"SIGN_PICTURE\" checked"));
  CHECK_FALSE(has(html, "value=\"SIGN_CONSENT\" checked"));
  CHECK_FALSE(has(html, "我已逐句核对机器生成的字幕"));
  // A form without the boxes leaves them as they are; the check of accessibility waits for the last one.
  CHECK(pages.post("/review/v1/checklists", pages.reviewer, {{"result_CONTENT", "pass"}}) == 303);
  CHECK(has(pages.page("/review/v1", pages.reviewer), "value=\"SIGN_PICTURE\" checked"));
  CHECK(pages.post("/review/v1/checklists", pages.reviewer, {{"result_ACCESSIBILITY", "pass"}}) == 409);
  CHECK(pages.post(
            "/review/v1/checklists", pages.reviewer,
            {{"asked_l1", "SIGN_CONSENT"}, {"tick_l1", "SIGN_CONSENT"}, {"result_ACCESSIBILITY", "pass"}}) ==
        303);
}
