// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson played before it is published: by its author, even while it is still being made, and by reviewers
// of its course. Play is not recorded.
#include "accessibility/readiness/readiness.hpp"
#include "server/pages/player_data.hpp"
#include "server/pages/readiness_view.hpp"
#include "server/pages/review_pages.hpp"
#include "server/pages/teach_lesson_view.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/pages/teaching_view.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/access_facts.hpp"
#include "server/services/course_pack.hpp"
#include "server/services/growing_package.hpp"
#include "server/services/package_facts.hpp"
#include "server/services/teaching_access.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

services::LessonFact fact_of(const services::LessonPack& pack) {
  services::LessonFact fact;
  fact.id = pack.lesson.lesson;
  fact.ordinal = pack.lesson.ordinal;
  fact.type = pack.lesson.type;
  fact.title = pack.lesson.title;
  fact.summary = pack.lesson.summary;
  if (pack.asset && pack.asset->state == storage::AssetState::ready) {
    fact.asset = pack.asset->id;
    fact.asset_version = pack.asset->version;
    fact.duration = pack.asset->duration;
    fact.has_video = pack.asset->has_video;
    fact.has_audio = pack.asset->has_audio;
  }
  for (const auto& track : pack.tracks) fact.tracks.push_back({track.kind, track.lang, track.folder});
  return fact;
}

/// What differs between the author's and the reviewer's preview.
struct Frame {
  std::string_view section;
  nlohmann::json breadcrumbs;
  std::string back_href;
  std::string back_text;
  nlohmann::json needs = nlohmann::json::array();  ///< who can take it; empty: told on another page
};

http::Response show(const Context& ctx, const storage::VersionLessonRow& lesson, Frame frame) {
  auto fact = fact_of(services::pack_of_lesson(ctx.db, lesson));
  if (!fact.playable()) {
    return routing::error_page(ctx,
                               Error{ErrorCode::not_found, "errors.teaching.asset_not_found", {}, {}, {}});
  }
  services::add_package_facts(ctx.db, fact);
  auto data = routing::page_data(ctx, "teaching.preview.title");
  data["page"]["title"] = lesson.title + " – " + say(ctx, "teaching.preview.title");
  data["page"]["heading"] = lesson.title;
  data["page"]["wide"] = true;
  data["section"] = {{std::string(frame.section), true}};
  data["breadcrumbs"] = std::move(frame.breadcrumbs);
  data["summary"] = lesson.summary;
  data["player"] = player_data(ctx, fact, Recording::off, {Milliseconds{0}, asked_start(ctx.request)});
  data["back"] = {{"href", frame.back_href}, {"text", frame.back_text}};
  data["needs"] = std::move(frame.needs);
  return routing::render_page(ctx, "teach/preview", data);
}

bool is_in_work(const services::LessonPack& pack) {
  using storage::AssetState;
  return pack.asset &&
         (pack.asset->state == AssetState::uploaded || pack.asset->state == AssetState::probing ||
          pack.asset->state == AssetState::transcoding);
}

/// A lesson that is still being made: what is ready, or a word that there is nothing yet.
http::Response show_growing(const Context& ctx, const storage::DataLayout& layout,
                            const services::LessonInVersion& found, const services::LessonPack& pack) {
  const bool playable = services::is_playable_early(ctx.db, layout, pack.asset->id);
  const std::string lesson = "/teach/lessons/" + found.lesson.lesson.str();
  auto fact = fact_of(pack);
  fact.asset = pack.asset->id;
  auto data = routing::page_data(ctx, "teaching.preview.title");
  data["page"]["title"] = found.lesson.title + " – " + say(ctx, "teaching.preview.title");
  data["page"]["heading"] = found.lesson.title;
  data["page"]["wide"] = true;
  data["section"] = {{"teach", true}};
  data["breadcrumbs"] = lesson_crumbs(ctx, found.version, found.lesson.title);
  data["playable"] = playable;
  if (playable) data["player"] = growing_player_data(ctx, fact);
  data["asset"] = pack.asset->id.str();
  data["again"] = lesson + "/preview";
  data["back"] = {{"href", lesson}, {"text", say(ctx, "teaching.preview.back")}};
  auto response = routing::render_page(ctx, "teach/preview_growing", data);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response show_own(const Context& ctx, const storage::DataLayout& layout) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, LessonId{ctx.request.path_params.at("lesson")});
  if (!found) return routing::error_page(ctx, found.error());
  if (const auto pack = services::pack_of_lesson(ctx.db, found->lesson); is_in_work(pack)) {
    return show_growing(ctx, layout, *found, pack);
  }
  return show(ctx, found->lesson,
              {"teach", lesson_crumbs(ctx, found->version, found->lesson.title),
               "/teach/lessons/" + found->lesson.lesson.str(), say(ctx, "teaching.preview.back")});
}

/// A reviewer mends nothing: the table has no links.
nlohmann::json who_can_take(const Context& ctx, const storage::CourseVersionRow& version,
                            const storage::VersionLessonRow& lesson) {
  const auto facts = services::access_facts_of(services::pack_of_lesson(ctx.db, lesson),
                                               services::visual_statement_of(version));
  return readiness_table(ctx, accessibility::readiness_of(facts), {});
}

http::Response show_reviewed(const Context& ctx) {
  const CourseVersionId id{ctx.request.path_params.at("version")};
  const auto version = services::reviewable_version(ctx.db, ctx.viewer, id);
  if (!version) return routing::error_page(ctx, version.error());
  const auto lesson = storage::LessonStore(ctx.db).find(id, LessonId{ctx.request.path_params.at("lesson")});
  if (!lesson) {
    return routing::error_page(ctx, Error{ErrorCode::not_found, "errors.review.lesson", {}, {}, {}});
  }
  const std::string back = "/review/" + id.str();
  auto items = nlohmann::json::array({{{"href", "/review"}, {"text", say(ctx, "review.queue.title")}},
                                      {{"href", back}, {"text", version->title}}});
  return show(ctx, *lesson,
              {"review",
               {{"items", std::move(items)}, {"current", lesson->title}},
               back,
               say(ctx, "review.preview.back"),
               who_can_take(ctx, *version, *lesson)});
}

}  // namespace

void add_teach_preview_page(routing::Routes& routes, const storage::DataLayout& layout) {
  routes.add(http::Method::get, "/teach/lessons/{lesson}/preview",
             {.access = routing::Access::instructor,
              .handler = [layout](const Context& ctx) { return show_own(ctx, layout); }});
}

void add_review_preview_page(routing::Routes& routes) {
  routes.add(http::Method::get, "/review/{version}/lessons/{lesson}",
             {.access = routing::Access::reviewer, .handler = show_reviewed});
}

}  // namespace tongxing::pages
