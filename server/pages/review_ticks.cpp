// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/review_ticks.hpp"

#include "server/pages/teaching_view.hpp"
#include "server/services/lesson_ticks.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;
using services::LessonTick;
using services::TickPoint;

/// All boxes of a lesson have one name; what is not in `asked` was not on the page.
std::string field_of(const LessonId& lesson) {
  return "tick_" + lesson.str();
}

std::string asked_field_of(const LessonId& lesson) {
  return "asked_" + lesson.str();
}

bool is_reviewers(const LessonTick& tick) {
  return std::ranges::find(services::kReviewerTicks, tick.point) != services::kReviewerTicks.end();
}

struct Boxes {
  std::vector<render::Option> options;
  std::vector<std::string> selected;
};

Boxes boxes_of(const Context& ctx, const services::LessonPack& pack, const std::vector<LessonTick>& ticks) {
  Boxes boxes;
  for (const auto& tick : ticks) {
    if (!is_reviewers(tick)) continue;
    const std::string name(services::name_of(tick.point));
    boxes.options.push_back({name, say(ctx, "review.ticks." + key_part(name))});
    if (tick.ticked) boxes.selected.push_back(name);
  }
  for (const auto& track : pack.tracks) {
    if (track.origin != "machine") continue;
    boxes.options.push_back(
        {track.id.str(), say(ctx, "review.ticks.captions", {{"name", track_text(ctx, track)}})});
  }
  return boxes;
}

/// What the instructor said about the signer, beside the box for it.
std::string note_of(const Context& ctx, const std::vector<LessonTick>& ticks) {
  const bool asked = std::ranges::find(ticks, TickPoint::consent_stated, &LessonTick::point) != ticks.end();
  if (!asked) return "";
  return say(ctx, is_ticked(ticks, TickPoint::consent_stated) ? "review.ticks.consent_stated"
                                                              : "review.ticks.consent_not_stated");
}

Result<void> record_lesson(Context& ctx, const CourseVersionId& version, const services::LessonPack& pack) {
  const LessonId& lesson = pack.lesson.lesson;
  const auto asked = ctx.request.form.get_all(asked_field_of(lesson));
  const auto given = ctx.request.form.get_all(field_of(lesson));
  const auto has = [](const std::vector<std::string_view>& list, std::string_view value) {
    return std::ranges::find(list, value) != list.end();
  };
  for (const auto point : services::kReviewerTicks) {
    const auto name = services::name_of(point);
    if (!has(asked, name)) continue;
    const auto ticked = has(given, name) ? services::Confirmation::given : services::Confirmation::withdrawn;
    auto done = services::record_tick(ctx.db, ctx.viewer, version, lesson, name, ticked, ctx.now);
    if (!done) return done;
  }
  for (const auto& track : pack.tracks) {
    if (track.origin != "machine" || !has(given, track.id.str())) continue;
    auto done = services::confirm_captions(ctx.db, ctx.viewer, version, track.id, ctx.now);
    if (!done) return done;
  }
  return {};
}

}  // namespace

nlohmann::json tick_groups(const Context& ctx, const services::ReviewView& view,
                           const render::FormView& form) {
  auto groups = nlohmann::json::array();
  for (const auto& pack : view.pack) {
    const auto ticks = services::ticks_of(pack);
    auto boxes = boxes_of(ctx, pack, ticks);
    if (boxes.options.empty()) continue;
    auto asked = nlohmann::json::array();
    for (const auto& option : boxes.options) {
      asked.push_back({{"name", asked_field_of(pack.lesson.lesson)}, {"value", option.value}});
    }
    auto group = form.checkboxes({.name = field_of(pack.lesson.lesson),
                                  .label = "review.ticks.title",
                                  .options = std::move(boxes.options),
                                  .selected = std::move(boxes.selected),
                                  .need = render::Need::optional});
    group["label"] = say(ctx, "review.ticks.lesson", {{"lesson", pack.lesson.title}});
    groups.push_back(
        {{"group", std::move(group)}, {"note", note_of(ctx, ticks)}, {"asked", std::move(asked)}});
  }
  return groups;
}

Result<void> record_ticks(Context& ctx, const CourseVersionId& version) {
  const auto view = services::review_view(ctx.db, ctx.viewer, version);
  if (!view) return std::unexpected(view.error());
  for (const auto& pack : view->pack) {
    auto done = record_lesson(ctx, version, pack);
    if (!done) return done;
  }
  return {};
}

}  // namespace tongxing::pages
