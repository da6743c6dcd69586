// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/teaching_json.hpp"

#include "server/routing/error_response.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

nlohmann::json time_json(const std::optional<Timestamp>& at) {
  return at ? nlohmann::json(to_ms(*at)) : nlohmann::json(nullptr);
}

nlohmann::json object_or_empty(const std::string& text) {
  auto parsed = nlohmann::json::parse(text, nullptr, false);
  return parsed.is_object() ? parsed : nlohmann::json::object();
}

}  // namespace

nlohmann::json version_json(const storage::CourseVersionRow& version) {
  return {{"course", version.course.str()},
          {"version", version.id.str()},
          {"number", version.number},
          {"state", version.state},
          {"title", version.title},
          {"summary", version.summary},
          {"language", version.language},
          {"policy", version.policy},
          {"author", version.author_name},
          {"created_at", to_ms(version.created_at)},
          {"submitted_at", time_json(version.submitted_at)},
          {"published_at", time_json(version.published_at)},
          {"content_hash", version.content_hash}};
}

nlohmann::json track_json(const storage::TrackRow& track) {
  return {{"id", track.id.str()},
          {"kind", track.kind},
          {"language", track.lang},
          {"cues", track.cue_count},
          {"origin", track.origin},
          {"reviewed_at", time_json(track.reviewed_at)},
          {"created_at", to_ms(track.created_at)}};
}

nlohmann::json lesson_json(const services::LessonPack& pack) {
  auto tracks = nlohmann::json::array();
  for (const auto& track : pack.tracks) tracks.push_back(track_json(track));
  nlohmann::json json{{"id", pack.lesson.lesson.str()},
                      {"version", pack.lesson.version.str()},
                      {"ordinal", pack.lesson.ordinal},
                      {"type", pack.lesson.type},
                      {"title", pack.lesson.title},
                      {"summary", pack.lesson.summary},
                      {"asset", nullptr},
                      {"asset_state", nullptr},
                      {"duration_ms", 0},
                      {"tracks", std::move(tracks)}};
  if (pack.asset) {
    json["asset"] = pack.asset->id.str();
    json["asset_state"] = std::string(storage::to_text(pack.asset->state));
    json["duration_ms"] = pack.asset->duration.count();
  }
  return json;
}

nlohmann::json missing_json(const routing::Context& ctx, const std::vector<services::Missing>& missing) {
  auto list = nlohmann::json::array();
  for (const auto& item : missing) {
    list.push_back({{"code", item.message},
                    {"lesson", item.lesson.str()},
                    {"text", ctx.messages->text(ctx.locale, item.message, {{"lesson", item.title}})}});
  }
  return list;
}

nlohmann::json findings_json(const std::vector<accessibility::Finding>& findings) {
  auto list = nlohmann::json::array();
  for (const auto& finding : findings) {
    list.push_back({{"kind", std::string(accessibility::name_of(finding.kind))},
                    {"severity", std::string(accessibility::name_of(finding.severity))},
                    {"line", finding.line},
                    {"value", finding.value},
                    {"limit", finding.limit},
                    {"text", finding.text}});
  }
  return list;
}

nlohmann::json asset_json(const services::AssetView& view) {
  const auto& asset = view.asset;
  return {{"id", asset.id.str()},
          {"lesson", asset.lesson.str()},
          {"state", std::string(storage::to_text(asset.state))},
          {"file_name", asset.file_name},
          {"source_bytes", asset.source_bytes},
          {"source_sha256", asset.source_sha256},
          {"version", asset.version},
          {"duration_ms", asset.duration.count()},
          {"has_video", asset.has_video},
          {"has_audio", asset.has_audio},
          {"failure", {{"key", asset.failure_key}, {"args", object_or_empty(asset.failure_args)}}},
          {"progress", object_or_empty(view.progress)}};
}

nlohmann::json description_json(const services::DescriptionState& state) {
  using Stage = services::AdditionState::Stage;
  constexpr std::array kStates{std::pair{Stage::none, "NONE"}, std::pair{Stage::waiting, "UPLOADED"},
                               std::pair{Stage::working, "TRANSCODING"}, std::pair{Stage::ready, "READY"},
                               std::pair{Stage::failed, "FAILED"}};
  auto args = nlohmann::json::object();
  for (const auto& [name, value] : state.made.failure.args) args[name] = value;
  const auto* found = std::ranges::find(kStates, state.made.stage, &std::pair<Stage, const char*>::first);
  return {{"state", found->second},
          {"descriptions", state.script ? state.script->cue_count : 0},
          {"created_at", state.script ? nlohmann::json(to_ms(state.script->created_at)) : nullptr},
          {"script", state.script ? state.script->source : ""},
          {"failure", {{"key", state.made.failure.key}, {"args", std::move(args)}}},
          {"progress", object_or_empty(state.made.progress)}};
}

http::Response done_or_problem(const routing::Context& ctx, const Result<void>& done) {
  return done ? http::no_content() : routing::problem(ctx, done.error());
}

}  // namespace tongxing::api
