// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/review_view.hpp"

#include "server/pages/review_ticks.hpp"
#include "server/pages/teach_lesson_view.hpp"
#include "server/pages/teaching_view.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/captions.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

/// What the caption rules found in each track: warnings are for the reviewer to confirm.
nlohmann::json caption_notes(const Context& ctx, const services::LessonPack& pack) {
  auto notes = nlohmann::json::array();
  if (pack.tracks.empty() || !pack.asset) return notes;
  const auto measures = services::measures_of(*pack.asset);
  for (const auto& track : pack.tracks) {
    const auto findings = services::warnings_in(track, measures);
    if (findings.empty()) continue;
    const auto count = std::to_string(findings.size());
    notes.push_back(
        {{"title", say(ctx, "caption_check.notes_of", {{"name", track_text(ctx, track)}, {"count", count}})},
         {"findings", finding_list(ctx, findings)}});
  }
  return notes;
}

nlohmann::json lesson_list(const Context& ctx, const services::ReviewView& view) {
  auto list = nlohmann::json::array();
  for (const auto& pack : view.pack) {
    auto tracks = nlohmann::json::array();
    for (const auto& track : pack.tracks) tracks.push_back({{"text", track_text(ctx, track)}});
    const bool ready = pack.asset && pack.asset->state == storage::AssetState::ready;
    list.push_back(
        {{"title", pack.lesson.title},
         {"summary", pack.lesson.summary},
         {"tag", media_tag(ctx, pack)},
         {"duration", ready ? duration_text(pack.asset->duration) : ""},
         {"href", ready ? "/review/" + view.version.id.str() + "/lessons/" + pack.lesson.lesson.str() : ""},
         {"preview_label", say(ctx, "review.version.preview", {{"lesson", pack.lesson.title}})},
         {"tracks", std::move(tracks)},
         {"notes", caption_notes(ctx, pack)}});
  }
  return list;
}

/// One checklist: what it asks, what was recorded, and the fields to record it anew.
nlohmann::json checklist(const Context& ctx, const services::ReviewView& view, const ReviewForms& forms,
                         std::string_view name) {
  const std::string key = "review.checklists." + key_part(name);
  const auto row = std::ranges::find(view.checklists, name, &storage::ReviewRow::checklist);
  const bool known = row != view.checklists.end();
  const std::string field(name);
  const std::vector<render::Option> options{{"pass", say(ctx, "review.checklists.pass")},
                                            {"fail", say(ctx, "review.checklists.fail")}};
  std::vector<std::string> selected;
  if (known) selected.push_back(row->passed ? "pass" : "fail");
  auto points = nlohmann::json::array();
  for (const char* point : {"1", "2", "3", "4"})
    points.push_back({{"text", say(ctx, key + ".points." + point)}});
  nlohmann::json result = forms.form.radios({.name = "result_" + field,
                                             .label = key + ".question",
                                             .options = options,
                                             .selected = std::move(selected),
                                             .need = render::Need::optional});
  nlohmann::json note = forms.form.textarea({.name = "note_" + field,
                                             .label = "review.checklists.note",
                                             .value = known ? row->reasons : "",
                                             .hint = "review.checklists.note_hint",
                                             .rows = 2,
                                             .need = render::Need::optional});
  nlohmann::json tag{{"text", say(ctx, "review.checklists.open")}, {"kind", "wait"}};
  if (known && row->passed) tag = {{"text", say(ctx, "review.checklists.passed")}, {"kind", "good"}};
  if (known && !row->passed) tag = {{"text", say(ctx, "review.checklists.failed")}, {"kind", "bad"}};
  return {{"title", say(ctx, key + ".title")},
          {"tag", std::move(tag)},
          {"points", std::move(points)},
          {"result", std::move(result)},
          {"note", std::move(note)}};
}

nlohmann::json reason_fields(const Context& ctx, const services::ReviewView& view, const ReviewForms& forms) {
  std::vector<render::Option> lessons{{"", say(ctx, "review.reason.whole_course")}};
  for (const auto& pack : view.pack) lessons.push_back({pack.lesson.lesson.str(), pack.lesson.title});
  return {{"reason", forms.form.textarea({.name = "reason",
                                          .label = "review.reason.text",
                                          .value = forms.reason,
                                          .hint = "review.reason.text_hint",
                                          .rows = 4})},
          {"lesson", forms.form.select({.name = "lesson",
                                        .label = "review.reason.lesson",
                                        .options = std::move(lessons),
                                        .selected = {forms.lesson},
                                        .need = render::Need::optional})},
          {"at", forms.form.text({.name = "at",
                                  .label = "review.reason.at",
                                  .value = forms.at,
                                  .hint = "review.reason.at_hint",
                                  .autocomplete = "off",
                                  .need = render::Need::optional})}};
}

nlohmann::json facts(const Context& ctx, const services::ReviewView& view) {
  auto list = nlohmann::json::array();
  const auto add = [&](std::string_view key, std::string text) {
    list.push_back({{"name", say(ctx, "review.facts." + std::string(key))}, {"text", std::move(text)}});
  };
  add("author", view.version.author_name);
  add("number", std::to_string(view.version.number));
  add("language", say(ctx, "teaching.languages." + key_part(view.version.language) + ".name"));
  add("policy", say(ctx, "teaching.policies." + key_part(view.version.policy) + ".name"));
  if (view.version.submitted_at) add("submitted", time_text(*view.version.submitted_at));
  add("hash", view.version.content_hash.empty() ? view.content_hash : view.version.content_hash);
  return list;
}

}  // namespace

nlohmann::json review_page(const Context& ctx, const services::ReviewView& view, const ReviewForms& forms) {
  const auto& version = view.version;
  const bool mine = version.state == "IN_REVIEW" && version.reviewer == ctx.viewer.account;
  const bool suspended = version.state == "SUSPENDED";
  auto data = routing::page_data(ctx, "review.version.title");
  data["page"]["title"] = version.title + " – " + say(ctx, "common.nav.review");
  data["page"]["heading"] = version.title;
  data["page"]["wide"] = true;
  data["section"] = {{"review", true}};
  auto crumbs = nlohmann::json::array({{{"href", "/review"}, {"text", say(ctx, "review.queue.title")}}});
  data["breadcrumbs"] = {{"items", std::move(crumbs)}, {"current", version.title}};
  data["version"] = {
      {"action", "/review/" + version.id.str()},
      {"tag", state_tag(ctx, version.state)},
      {"summary", version.summary},
      {"can_take", version.state == "SUBMITTED"},
      {"taken_by_other", version.state == "IN_REVIEW" && !mine},
      {"can_judge", mine || suspended},
      {"can_return", mine},
      {"can_publish", (mine || suspended || version.state == "APPROVED") && view.missing.empty()},
      {"can_suspend", version.state == "PUBLISHED"}};
  data["facts"] = facts(ctx, view);
  data["lessons"] = lesson_list(ctx, view);
  data["missing"] = nlohmann::json::array();
  for (const auto& item : view.missing) {
    data["missing"].push_back({{"text", say(ctx, item.message, {{"lesson", item.title}})}});
  }
  data["checklists"] = nlohmann::json::array();
  for (const auto name : services::kChecklists)
    data["checklists"].push_back(checklist(ctx, view, forms, name));
  data["ticks"] = tick_groups(ctx, view, forms.form);
  data["statement_needed"] = view.statement_needed;
  data["statement"] = forms.form.checkbox({.name = "statement",
                                           .label = "review.statement.label",
                                           .checked = !version.visual_statement.empty(),
                                           .hint = "review.statement.hint"});
  data["fields"] = reason_fields(ctx, view, forms);
  data["reasons"] = reason_list(ctx, view.reasons, view.pack);
  data["errors"] = forms.form.errors();
  return data;
}

}  // namespace tongxing::pages
