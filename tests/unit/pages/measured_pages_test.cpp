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
        routes_, {uploads_, services::Captions(layout_), services::Descriptions(layout_), random, layout_});
    pages::add_review_preview_page(routes_);
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
  CHECK_FALSE(has(html, "#sign\""));  // there is nothing on the page to give a signer's video with
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
