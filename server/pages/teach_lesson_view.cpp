// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/teach_lesson_view.hpp"

#include "accessibility/caption_quality/rules.hpp"
#include "accessibility/readiness/readiness.hpp"
#include "server/pages/learning_words.hpp"
#include "server/pages/readiness_view.hpp"
#include "server/pages/teaching_view.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/access_facts.hpp"
#include "server/services/asset_view.hpp"
#include "server/services/captions.hpp"
#include "server/services/chapters.hpp"
#include "server/services/descriptions.hpp"
#include "server/services/lesson_ticks.hpp"
#include "server/services/side_files.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

constexpr std::size_t kMostFindings = 100;

MessageArgs args_of(const std::string& json) {
  MessageArgs args;
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) return args;
  for (const auto& [name, value] : parsed.items()) {
    if (value.is_string()) args.emplace_back(name, value.get<std::string>());
  }
  return args;
}

/// What a rendition's folder name means to a person: "480p" for v480, sound for a-cmn.
std::string rendition_label(const Context& ctx, const std::string& name) {
  if (name.starts_with("a-")) return say(ctx, "teaching.upload.rendition_sound");
  const bool lines =
      name.size() > 1 && name[0] == 'v' && name.find_first_not_of("0123456789", 1) == std::string::npos;
  return say(ctx, "teaching.upload.rendition", {{"name", lines ? name.substr(1) + "p" : name}});
}

/// [{id, label, value, max, text}] for components/progress, from the job's progress.
nlohmann::json rendition_list(const Context& ctx, const services::AssetView& view) {
  auto list = nlohmann::json::array();
  const auto progress = nlohmann::json::parse(view.progress, nullptr, false);
  if (!progress.is_object() || !progress.contains("renditions")) return list;
  for (const auto& rendition : progress["renditions"]) {
    const std::string name = rendition.value("name", "");
    const int permille = rendition.value("done", false) ? 1000 : rendition.value("permille", 0);
    list.push_back(
        {{"id", "rendition-" + name},
         {"label", rendition_label(ctx, name)},
         {"value", permille},
         {"max", 1000},
         {"text", say(ctx, "teaching.upload.percent", {{"percent", std::to_string(permille / 10)}})}});
  }
  return list;
}

/// Whether the worker has said that what is ready can be watched.
bool playable_early(const services::AssetView& view) {
  const auto progress = nlohmann::json::parse(view.progress, nullptr, false);
  return progress.is_object() && progress.value("playable", false);
}

/// What was measured, in words: {name, text}.
nlohmann::json measured_facts(const Context& ctx, const storage::Asset& asset) {
  auto list = nlohmann::json::array();
  const auto add = [&](std::string_view name, std::string_view key, const MessageArgs& args = {}) {
    list.push_back({{"name", say(ctx, "teaching.video." + std::string(name))},
                    {"text", say(ctx, "teaching.video." + std::string(key), args)}});
  };
  const auto facts = services::facts_of(asset);
  if (!facts) return list;
  if (facts->picture && facts->picture->flashes.empty()) add("flashing", "calm");
  if (facts->picture && !facts->picture->flashes.empty()) {
    const auto& flashes = facts->picture->flashes;
    const int most = std::ranges::max(flashes, {}, &media::model::FlashStretch::area_percent).area_percent;
    add("flashing", "flashes",
        {{"time", clock_text(flashes.front().time.start)}, {"percent", std::to_string(most)}});
  }
  if (facts->sound && facts->sound->speech_over_background_db) {
    add("background", "over_background",
        {{"value", std::to_string(*facts->sound->speech_over_background_db)}});
  }
  return list;
}

nlohmann::json video_data(const Context& ctx, const services::LessonPack& pack) {
  nlohmann::json video{{"tag", media_tag(ctx, pack)},
                       {"asset", ""},
                       {"ready", false},
                       {"in_work", false},
                       {"playable", false},
                       {"failure", ""},
                       {"facts", nlohmann::json::array()},
                       {"renditions", nlohmann::json::array()}};
  if (!pack.asset) return video;
  const auto view = services::asset_view_of(ctx.db, *pack.asset);
  const auto& asset = view.asset;
  const auto fact = [&](std::string_view key, std::string text) {
    video["facts"].push_back(
        {{"name", say(ctx, "teaching.video." + std::string(key))}, {"text", std::move(text)}});
  };
  video["asset"] = asset.id.str();
  video["ready"] = asset.state == storage::AssetState::ready;
  const bool failed =
      asset.state == storage::AssetState::failed || asset.state == storage::AssetState::quarantined;
  video["in_work"] = !failed && asset.state != storage::AssetState::ready;
  if (failed) video["failure"] = say(ctx, asset.failure_key, args_of(asset.failure_args));
  fact("file", asset.file_name);
  fact("size", size_text(asset.source_bytes));
  if (asset.duration > Milliseconds{0}) fact("duration", duration_text(asset.duration));
  if (asset.state == storage::AssetState::ready) {
    fact("sound", say(ctx, asset.has_audio ? "teaching.video.yes" : "teaching.video.no"));
    for (auto& measured : measured_facts(ctx, asset)) video["facts"].push_back(std::move(measured));
  } else {
    video["renditions"] = rendition_list(ctx, view);
    video["playable"] = video["in_work"].get<bool>() && playable_early(view);
  }
  return video;
}

/// One bar (components/progress): how far the sound of the description is.
nlohmann::json description_progress(const Context& ctx, int permille) {
  return {{"id", "description-progress"},
          {"label", say(ctx, "teaching.description.progress")},
          {"value", permille},
          {"max", 1000},
          {"text", say(ctx, "teaching.description.percent", {{"percent", std::to_string(permille / 10)}})}};
}

/// How far what completes the package is, in the words below `group`: {state, in_work, failure, warnings}.
nlohmann::json addition_data(const Context& ctx, const services::AdditionState& made,
                             const storage::Asset& asset, const std::string& group) {
  using Stage = services::AdditionState::Stage;
  const bool early = asset.state != storage::AssetState::ready;
  const char* const stage = made.stage == Stage::working  ? "working"
                            : made.stage == Stage::ready  ? "ready"
                            : made.stage == Stage::failed ? "failed"
                            : early                       ? "after_video"
                                                          : "waiting";
  nlohmann::json data{
      {"state", say(ctx, group + "." + stage, {{"percent", std::to_string(made.permille / 10)}})},
      {"in_work", made.stage == Stage::waiting || made.stage == Stage::working},
      {"failure", ""},
      {"warnings", nlohmann::json::array()}};
  if (made.stage == Stage::failed) data["failure"] = say(ctx, made.failure.key, made.failure.args);
  for (const auto& warning : made.warnings) {
    data["warnings"].push_back({{"text", say(ctx, warning.key, warning.args)}});
  }
  return data;
}

/// What was uploaded beside the video: {name, facts}.
void add_file(nlohmann::json& data, const storage::SideFile& file) {
  data["name"] = file.file_name;
  data["facts"] = size_text(file.source_bytes) + ", " + time_text(file.created_at);
}

bool may_be_completed(const services::LessonPack& pack) {
  return pack.asset && pack.asset->state != storage::AssetState::failed &&
         pack.asset->state != storage::AssetState::quarantined;
}

nlohmann::json description_data(const Context& ctx, const services::LessonPack& pack) {
  nlohmann::json data{{"possible", may_be_completed(pack)},
                      {"given", false},
                      {"script", false},
                      {"recording", false},
                      {"lesson_id", pack.lesson.lesson.str()},
                      {"progress", nlohmann::json::object()}};
  if (!pack.asset) return data;
  const auto state = services::description_state(ctx.db, pack.asset->id);
  if (!state.script && !state.recording) return data;
  data.update(addition_data(ctx, state.made, *pack.asset, "teaching.description"));
  data["progress"] = description_progress(ctx, state.made.permille);
  data["given"] = true;
  const std::string lesson = "/teach/lessons/" + pack.lesson.lesson.str();
  if (state.script) {
    data["script"] = {{"count", say(ctx, "teaching.description.count",
                                    {{"count", std::to_string(state.script->cue_count)}})},
                      {"when", time_text(state.script->created_at)},
                      {"href", lesson + "/description"},
                      {"remove", lesson + "/description/remove"}};
  }
  if (state.recording) {
    data["recording"] = {{"remove", lesson + "/recording/remove"}};
    add_file(data["recording"], *state.recording);
  }
  return data;
}

nlohmann::json sign_data(const Context& ctx, const services::LessonPack& pack, const LessonForms& forms) {
  nlohmann::json data{{"possible", may_be_completed(pack)}, {"given", false}, {"offset", "0"}};
  if (!pack.asset) return data;
  const auto state = services::side_state(ctx.db, pack.asset->id, storage::SideKind::sign);
  if (!state.file) return data;
  data.update(addition_data(ctx, state.made, *pack.asset, "teaching.sign"));
  add_file(data, *state.file);
  data["given"] = true;
  data["offset"] = services::offset_text(state.file->offset);
  const std::string one = "/teach/lessons/" + pack.lesson.lesson.str() + "/sign";
  data["move"] = one + "/offset";
  data["remove"] = one + "/remove";
  data["field"] = forms.form.text({.name = "sign_offset",
                                   .label = "teaching.upload.offset",
                                   .value = forms.sign_offset.value_or(data["offset"].get<std::string>()),
                                   .hint = "teaching.upload.offset_hint",
                                   .max_length = 12});
  return data;
}

nlohmann::json description_field(const LessonForms& forms) {
  return forms.form.file({.name = "script",
                          .label = "teaching.description.file",
                          .hint = "teaching.description.file_hint",
                          .accept = ".vtt,.srt,.ttml,.xml,.sbv,.ass,.ssa,text/vtt"});
}

/// Who made the captions, where that is not simply a person; and whether somebody has still to read them.
nlohmann::json origin_data(const Context& ctx, const services::LessonPack& pack,
                           const storage::TrackRow& track, const std::string& name) {
  nlohmann::json data{{"text", ""}, {"confirm", ""}, {"confirm_label", ""}};
  if (track.origin == "machine") {
    data["text"] = say(ctx, "teaching.captions.unreviewed");
    data["confirm"] =
        "/teach/lessons/" + pack.lesson.lesson.str() + "/captions/" + track.id.str() + "/reviewed";
    data["confirm_label"] = say(ctx, "teaching.captions.confirm_one", {{"name", name}});
  } else if (track.origin == "machine-reviewed" && track.reviewed_at) {
    data["text"] = say(ctx, "teaching.captions.reviewed", {{"when", time_text(*track.reviewed_at)}});
  }
  return data;
}

nlohmann::json track_rows(const Context& ctx, const services::LessonPack& pack) {
  auto rows = nlohmann::json::array();
  if (pack.tracks.empty() || !pack.asset) return rows;
  const auto measures = services::measures_of(*pack.asset);
  for (const auto& track : pack.tracks) {
    const auto warnings = services::warnings_in(track, measures);
    const std::string name = track_text(ctx, track);
    rows.push_back(
        {{"name", name},
         {"cues", say(ctx, "teaching.captions.cues", {{"count", std::to_string(track.cue_count)}})},
         {"when", time_text(track.created_at)},
         {"origin", origin_data(ctx, pack, track, name)},
         {"remove", "/teach/lessons/" + pack.lesson.lesson.str() + "/captions/" + track.id.str() + "/remove"},
         {"remove_label", say(ctx, "teaching.captions.remove", {{"name", name}})},
         {"warnings_title",
          say(ctx, "teaching.captions.warnings", {{"count", std::to_string(warnings.size())}})},
         {"warnings", finding_list(ctx, warnings)}});
  }
  return rows;
}

std::vector<render::Option> options_of(const Context& ctx, std::string_view group,
                                       std::span<const std::string_view> values) {
  std::vector<render::Option> options;
  for (const auto value : values) {
    const std::string key = "teaching." + std::string(group) + "." + key_part(value);
    options.push_back({std::string(value), say(ctx, key + ".name"), say(ctx, key + ".hint")});
  }
  return options;
}

nlohmann::json caption_fields(const Context& ctx, const LessonForms& forms) {
  return {
      {"kind", forms.form.radios({.name = "kind",
                                  .label = "teaching.captions.kind",
                                  .options = options_of(ctx, "caption_kinds", services::kCaptionKinds),
                                  .selected = {forms.caption_kind}})},
      {"language",
       forms.form.radios({.name = "language",
                          .label = "teaching.captions.language",
                          .options = options_of(ctx, "caption_languages", services::kCaptionLanguages),
                          .selected = {forms.caption_language}})},
      {"origin", forms.form.radios({.name = "origin",
                                    .label = "teaching.captions.origin",
                                    .options = options_of(ctx, "caption_origins", services::kCaptionOrigins),
                                    .selected = {forms.caption_origin}})},
      {"burned_in", forms.form.textarea({.name = "burned_in",
                                         .label = "teaching.captions.burned_in",
                                         .value = forms.burned_in,
                                         .hint = "teaching.captions.burned_in_hint",
                                         .rows = 2,
                                         .need = render::Need::optional})},
      {"file", forms.form.file({.name = "file",
                                .label = "teaching.captions.file",
                                .hint = "teaching.captions.file_hint",
                                .accept = ".vtt,.srt,.ttml,.xml,.sbv,.ass,.ssa,text/vtt"})}};
}

/// The statement that the signer consented; not asked where there is no signer.
nlohmann::json consent_data(const services::LessonPack& pack, const LessonForms& forms) {
  const auto ticks = services::ticks_of(pack);
  const bool asked = std::ranges::find(ticks, services::TickPoint::consent_stated,
                                       &services::LessonTick::point) != ticks.end();
  return {{"asked", asked},
          {"field", forms.form.checkbox({.name = "consent",
                                         .label = "teaching.sign_consent.label",
                                         .checked = is_ticked(ticks, services::TickPoint::consent_stated),
                                         .hint = "teaching.sign_consent.hint"})}};
}

nlohmann::json chapters_data(const Context& ctx, const services::LessonPack& pack, const LessonForms& forms) {
  const bool ready = pack.asset && pack.asset->state == storage::AssetState::ready;
  nlohmann::json data{{"possible", ready}, {"given", false}};
  std::string typed;
  if (const auto kept = ready ? services::chapters_of(ctx.db, pack.asset->id) : std::nullopt) {
    typed = kept->typed;
    data["given"] = true;
    data["count"] = say(ctx, "teaching.chapters.count", {{"count", std::to_string(kept->track.cue_count)}});
    data["when"] = time_text(kept->track.created_at);
    data["remove"] = "/teach/lessons/" + pack.lesson.lesson.str() + "/chapters/remove";
  }
  data["text"] = forms.form.textarea({.name = "chapters_text",
                                      .label = "teaching.chapters.text",
                                      .value = forms.chapters.value_or(typed),
                                      .hint = "teaching.chapters.text_hint",
                                      .rows = 6,
                                      .need = render::Need::optional});
  data["file"] = forms.form.file({.name = "chapters_file",
                                  .label = "teaching.chapters.file",
                                  .hint = "teaching.chapters.file_hint",
                                  .accept = ".vtt,.srt,.ttml,.xml,.sbv,.ass,.ssa,text/vtt",
                                  .need = render::Need::optional});
  return data;
}

/// A panel of components/teaching/upload: `purpose` as the upload API names it, texts below `group`.
nlohmann::json upload_data(const Context& ctx, const services::Uploads& uploads,
                           const storage::VersionLessonRow& lesson, const std::string& purpose,
                           const std::string& group) {
  const auto side = purpose == "sign"          ? std::optional(storage::SideKind::sign)
                    : purpose == "description" ? std::optional(storage::SideKind::description)
                                               : std::nullopt;
  nlohmann::json data{
      {"lesson", lesson.lesson.str()},
      {"purpose", purpose},
      {"offset", ""},
      {"title", say(ctx, group + ".title")},
      {"formats", say(ctx, group + ".formats")},
      {"choose", say(ctx, group + ".choose")},
      {"done", say(ctx, group + ".done")},
      {"needs_script", say(ctx, group + ".needs_script")},
      {"longest", std::to_string(uploads.limits().longest)},
      {"limit", say(ctx, "teaching.upload.limit", {{"size", size_text(uploads.limits().longest)}})},
      {"open", nlohmann::json::array()}};
  for (const auto& row : uploads.open_for_lesson(ctx.db, ctx.viewer, lesson.lesson)) {
    if (storage::side_kind(row.purpose) != side) continue;
    const auto percent = row.length_bytes > 0 ? row.offset_bytes * 100 / row.length_bytes : 0;
    data["open"].push_back({{"text", say(ctx, "teaching.upload.unfinished",
                                         {{"file", row.file_name},
                                          {"percent", std::to_string(percent)},
                                          {"until", time_text(row.expires_at)}})},
                            {"id", row.id.str()},
                            {"file", row.file_name},
                            {"length", std::to_string(row.length_bytes)}});
  }
  return data;
}

}  // namespace

nlohmann::json lesson_crumbs(const Context& ctx, const storage::CourseVersionRow& version,
                             std::string current) {
  auto items =
      nlohmann::json::array({{{"href", "/teach"}, {"text", say(ctx, "teaching.list.title")}},
                             {{"href", "/teach/courses/" + version.course.str()}, {"text", version.title}}});
  return {{"items", std::move(items)}, {"current", std::move(current)}};
}

namespace {

/// What it is, and who has to do something about it.
std::string finding_text(const Context& ctx, const accessibility::Finding& finding) {
  const auto what = say(ctx, "errors.captions.findings." + std::string(accessibility::name_of(finding.kind)),
                        {{"value", accessibility::value_text(finding.kind, finding.value)},
                         {"limit", accessibility::value_text(finding.kind, finding.limit)},
                         {"text", finding.text}});
  const std::string key = "errors.captions.weights." + std::string(accessibility::name_of(finding.severity));
  return say(ctx, key, {{"what", what}});
}

}  // namespace

nlohmann::json finding_list(const Context& ctx, const std::vector<accessibility::Finding>& findings) {
  auto list = nlohmann::json::array();
  for (const auto& finding : findings) {
    if (list.size() == kMostFindings) {
      const auto rest = std::to_string(findings.size() - kMostFindings);
      list.push_back({{"text", say(ctx, "teaching.captions.more", {{"count", rest}})}});
      break;
    }
    const std::string what = finding_text(ctx, finding);
    list.push_back(
        {{"text", finding.line == 0 ? what
                                    : say(ctx, "teaching.captions.line",
                                          {{"line", std::to_string(finding.line)}, {"what", what}})}});
  }
  return list;
}

nlohmann::json lesson_page(const Context& ctx, const services::Uploads& uploads,
                           const services::LessonInVersion& found, const LessonForms& forms) {
  const auto pack = services::pack_of_lesson(ctx.db, found.lesson);
  auto data = routing::page_data(ctx, "teaching.lesson.title");
  data["page"]["title"] = found.lesson.title + " – " + say(ctx, "common.nav.teach");
  data["page"]["heading"] = found.lesson.title;
  data["page"]["wide"] = true;
  data["section"] = {{"teach", true}};
  data["breadcrumbs"] = lesson_crumbs(ctx, found.version, found.lesson.title);
  data["lesson"] = {{"action", "/teach/lessons/" + found.lesson.lesson.str()},
                    {"id", found.lesson.lesson.str()},
                    {"summary", found.lesson.summary},
                    {"editable", services::is_editable(found.version)},
                    {"course_href", "/teach/courses/" + found.version.course.str()}};
  data["video"] = video_data(ctx, pack);
  data["upload"] = upload_data(ctx, uploads, found.lesson, "video", "teaching.uploads.video");
  data["description"] = description_data(ctx, pack);
  data["description"]["file"] = description_field(forms);
  data["description"]["upload"] =
      upload_data(ctx, uploads, found.lesson, "description", "teaching.uploads.recording");
  data["chapters"] = chapters_data(ctx, pack, forms);
  data["sign"] = sign_data(ctx, pack, forms);
  data["sign"]["upload"] = upload_data(ctx, uploads, found.lesson, "sign", "teaching.uploads.sign");
  data["sign"]["upload"]["offset"] = data["sign"]["offset"];
  data["sign_consent"] = consent_data(pack, forms);
  data["tracks"] = track_rows(ctx, pack);
  const auto facts = services::access_facts_of(pack, services::visual_statement_of(found.version));
  data["needs"] =
      readiness_table(ctx, accessibility::readiness_of(facts), data["lesson"]["action"].get<std::string>());
  data["findings"] = finding_list(ctx, forms.findings);
  data["fields"] = lesson_fields(forms.form, forms.typed);
  data["caption_fields"] = caption_fields(ctx, forms);
  data["errors"] = forms.form.errors();
  return data;
}

}  // namespace tongxing::pages
