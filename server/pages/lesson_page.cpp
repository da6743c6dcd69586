// SPDX-License-Identifier: GPL-3.0-or-later
// The page of one lesson: player, progress, transcript, the way on.
#include "server/pages/lesson_page.hpp"

#include "server/http/text.hpp"
#include "server/pages/learning_words.hpp"
#include "server/pages/player_data.hpp"
#include "server/pages/readiness_view.hpp"
#include "server/render/locale.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/lesson_access.hpp"
#include "server/services/lesson_view.hpp"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using nlohmann::json;
using routing::Context;
using services::LessonView;

std::string words_of(const Context& ctx, std::string_view key, MessageArgs args = {}) {
  return ctx.messages->text(ctx.locale, key, args);
}

json progress_block(const Context& ctx, const LessonView& view) {
  const services::LessonProgress& progress = *view.progress;
  const auto percent =
      progress.duration.count() > 0 ? progress.unique.count() * 100 / progress.duration.count() : 0;
  const bool done = progress.stage == courses::LessonStage::completed;
  json block{{"sentence", missing_sentence(ctx, progress)},
             {"percent", percent},
             {"percent_text", std::to_string(percent) + "%"},
             {"played", time_words(ctx, progress.unique)},
             {"points", view.course_points},
             {"gap_hidden", done || !progress.first_gap},
             {"gap_href", ""},
             {"gap_seconds", ""},
             {"gap_text", ""},
             {"resume", ""}};
  if (progress.first_gap) {
    const std::string seconds = std::to_string(progress.first_gap->count() / 1000);
    block["gap_href"] = "?t=" + seconds + "#player";
    block["gap_seconds"] = seconds;
    block["gap_text"] = words_of(ctx, "learning.lesson.go_to_gap", {{"at", clock_text(*progress.first_gap)}});
  }
  if (progress.resume > Milliseconds{0} && progress.resume + Milliseconds{2000} < progress.duration) {
    block["resume"] = words_of(ctx, "learning.lesson.resume", {{"at", clock_text(progress.resume)}});
  }
  return block;
}

json transcript_line(const accessibility::Entry& entry, std::string_view language) {
  using accessibility::EntryKind;
  const std::string seconds = std::to_string(entry.start.count() / 1000);
  const bool description = entry.kind == EntryKind::description;
  return {{"href", "?t=" + seconds + "#player"},
          {"id", entry.anchor},
          {"seconds", seconds},
          {"at", clock_text(entry.start)},
          {"mark", description ? accessibility::description_mark(language) : std::string_view()},
          {"speaker", entry.speaker},
          {"text", entry.text}};
}

/// [{title, id, lines}]: one part a chapter; nothing when there is nothing to read.
json transcript_parts(const LessonView& view) {
  json parts = json::array();
  if (view.transcript.empty()) return parts;
  for (const auto& section : view.transcript.sections) {
    json lines = json::array();
    for (const auto& entry : section.entries)
      lines.push_back(transcript_line(entry, view.transcript.language));
    parts.push_back({{"title", section.title}, {"id", section.anchor}, {"lines", std::move(lines)}});
  }
  return parts;
}

/// The lesson to take away: the book where there is something to hear or read, texts where there are words.
json takeaways(const Context& ctx, const LessonView& view) {
  json list = json::array();
  const std::string path = lesson_path(view.course.course.id, view.lesson().id);
  const auto add = [&](const char* file, const char* key) {
    list.push_back(
        {{"href", path + "/" + file}, {"text", words_of(ctx, std::string("learning.takeaway.") + key)}});
  };
  if (!view.lesson().playable()) return list;
  if (view.lesson().has_audio || !view.transcript.empty()) add("lesson.epub", "lesson_epub");
  if (!view.transcript.empty()) {
    add("transcript.txt", "text");
    add("braille.txt", "braille");
  }
  return list;
}

json downloads(const Context& ctx, const json& tracks, const json& chapters) {
  json list = json::array();
  if (chapters.is_object()) {
    list.push_back({{"href", chapters["src"]},
                    {"lang", chapters["lang"]},
                    {"text", words_of(ctx, "learning.lesson.download",
                                      {{"name", chapters["label"].get<std::string>()}})}});
  }
  for (const json& track : tracks) {
    list.push_back(
        {{"href", track["src"]},
         {"lang", track["lang"]},
         {"text", words_of(ctx, "learning.lesson.download", {{"name", track["label"].get<std::string>()}})}});
  }
  return list;
}

json neighbour(const Context& ctx, const LessonView& view, std::size_t index, std::string_view key) {
  if (index >= view.course.lessons.size()) return nullptr;
  const services::LessonFact& lesson = view.course.lessons[index];
  return {{"href", lesson_path(view.course.course.id, lesson.id)},
          {"text", words_of(ctx, key, {{"title", lesson.title}})}};
}

json breadcrumbs(const Context& ctx, const LessonView& view) {
  return {{"items",
           json::array({{{"href", "/courses"}, {"text", words_of(ctx, "catalogue.courses.title")}},
                        {{"href", course_path(view.course.course.id)}, {"text", view.course.course.title}}})},
          {"current", view.lesson().title}};
}

void add_player(const Context& ctx, const LessonView& view, json& data) {
  const services::LessonFact& lesson = view.lesson();
  data["player"] = nullptr;
  data["downloads"] = json::array();
  if (!lesson.playable()) return;
  const bool records = view.progress.has_value();
  PlayerStart start;
  start.asked = asked_start(ctx.request);
  if (records && view.progress->resume + Milliseconds{2000} < lesson.duration)
    start.resume = view.progress->resume;
  json player = player_data(ctx, lesson, records ? Recording::on : Recording::off, start);
  data["downloads"] = downloads(ctx, player["tracks"], player["chapter_track"]);
  data["player"] = std::move(player);
}

json who_can_take(const Context& ctx, const LessonView& view) {
  for (const auto& known : services::access_of_version(ctx.db, view.course.course.version)) {
    if (known.lesson == view.lesson().id)
      return readiness_list(ctx, accessibility::readiness_of(known.facts));
  }
  return json::array();
}

json data_of(const Context& ctx, const LessonView& view) {
  const services::LessonFact& lesson = view.lesson();
  const CourseId& course = view.course.course.id;
  auto data = routing::page_data(ctx, "catalogue.courses.title");
  data["page"]["title"] = lesson.title + " – " + view.course.course.title;
  data["page"]["heading"] = lesson.title;
  data["page"]["wide"] = true;
  data["section"] = {{"courses", true}};
  data["breadcrumbs"] = breadcrumbs(ctx, view);
  data["lesson"] = {{"position", words_of(ctx, "learning.lesson.position",
                                          {{"number", std::to_string(view.index + 1)},
                                           {"count", std::to_string(view.course.lessons.size())}})},
                    {"summary", lesson.summary},
                    {"can_enrol", ctx.viewer.signed_in() && !view.course.enrolled},
                    {"must_sign_in", !ctx.viewer.signed_in()},
                    {"enrol_path", course_path(course) + "/enrol"},
                    {"sign_in_href", "/sign-in?next=" + http::percent_encode(course_path(course))},
                    {"not_ready", lesson.playable() ? "" : words_of(ctx, "catalogue.course.not_ready")}};
  data["lesson_progress"] = view.progress ? progress_block(ctx, view) : json(nullptr);
  add_player(ctx, view, data);
  data["readiness"] = who_can_take(ctx, view);
  data["transcript"] = transcript_parts(view);
  data["transcript_lang"] = view.transcript.language;
  data["takeaways"] = takeaways(ctx, view);
  data["previous"] =
      view.index > 0 ? neighbour(ctx, view, view.index - 1, "learning.lesson.previous") : json(nullptr);
  data["has_neighbours"] = view.course.lessons.size() > 1;
  data["next"] = neighbour(ctx, view, view.index + 1, "learning.lesson.next");
  return data;
}

http::Response lesson(Context& ctx) {
  const auto view =
      services::view_lesson(ctx.db, ctx.viewer, CourseId{ctx.request.path_params.at("course")},
                            LessonId{ctx.request.path_params.at("lesson")}, render::tag(ctx.locale));
  if (!view) return routing::error_page(ctx, view.error());
  return routing::render_page(ctx, "lesson", data_of(ctx, *view));
}

}  // namespace

void add_lesson_page(routing::Routes& routes) {
  routing::Endpoint endpoint;
  endpoint.handler = lesson;
  endpoint.cache_anonymous = true;
  routes.add(http::Method::get, "/courses/{course}/lessons/{lesson}", std::move(endpoint));
}

}  // namespace tongxing::pages
