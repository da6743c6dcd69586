// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/event_json.hpp"

#include <nlohmann/json.hpp>

namespace tongxing::media {

namespace {

using nlohmann::json;

json args_json(const model::MessageArgs& args) {
  json object = json::object();
  for (const auto& [name, value] : args) object[name] = value;
  return object;
}

model::MessageArgs args_from(const json& object) {
  model::MessageArgs args;
  for (const auto& [name, value] : object.items()) args.emplace_back(name, value.get<std::string>());
  return args;
}

struct ToJson {
  json operator()(const model::Probed& e) const {
    return {{"event", "probed"},
            {"duration_ms", e.duration.count()},
            {"has_video", e.has_video},
            {"has_audio", e.has_audio},
            {"width", e.width},
            {"height", e.height},
            {"frame_rate", e.frame_rate},
            {"video_codec", e.video_codec},
            {"audio_codec", e.audio_codec},
            {"channels", e.channels},
            {"sample_rate", e.sample_rate}};
  }
  json operator()(const model::Planned& e) const {
    return {{"event", "planned"}, {"renditions", e.renditions}};
  }
  json operator()(const model::Progress& e) const {
    return {
        {"event", "progress"}, {"rendition", e.rendition}, {"permille", e.permille}, {"eta_ms", e.eta_ms}};
  }
  json operator()(const model::FirstPlayable& e) const {
    return {{"event", "playable"}, {"playlist", e.playlist}};
  }
  json operator()(const model::OutputReady& e) const {
    return {{"event", "output"}, {"rendition", e.rendition}};
  }
  json operator()(const model::Warning& e) const {
    return {{"event", "warning"}, {"key", e.key}, {"args", args_json(e.args)}};
  }
  json operator()(const model::Failed& e) const {
    return {{"event", "failed"}, {"key", e.key}, {"args", args_json(e.args)}};
  }
  json operator()(const model::Done&) const { return {{"event", "done"}}; }
};

model::Probed probed_from(const json& v) {
  model::Probed e;
  e.duration = model::Milliseconds(v.at("duration_ms").get<std::int64_t>());
  e.has_video = v.at("has_video").get<bool>();
  e.has_audio = v.at("has_audio").get<bool>();
  e.width = v.at("width").get<int>();
  e.height = v.at("height").get<int>();
  e.frame_rate = v.at("frame_rate").get<double>();
  e.video_codec = v.value("video_codec", "");
  e.audio_codec = v.value("audio_codec", "");
  e.channels = v.value("channels", 0);
  e.sample_rate = v.value("sample_rate", 0);
  return e;
}

std::optional<model::JobEvent> event_from(const json& v) {
  const auto kind = v.at("event").get<std::string>();
  if (kind == "probed") return probed_from(v);
  if (kind == "planned") return model::Planned{v.at("renditions").get<std::vector<std::string>>()};
  if (kind == "progress") {
    return model::Progress{v.at("rendition").get<std::string>(), v.at("permille").get<int>(),
                           v.at("eta_ms").get<std::int64_t>()};
  }
  if (kind == "playable") return model::FirstPlayable{v.at("playlist").get<std::string>()};
  if (kind == "output") return model::OutputReady{v.at("rendition").get<std::string>()};
  if (kind == "warning") return model::Warning{v.at("key").get<std::string>(), args_from(v.at("args"))};
  if (kind == "failed") return model::Failed{v.at("key").get<std::string>(), args_from(v.at("args"))};
  if (kind == "done") return model::Done{};
  return std::nullopt;
}

}  // namespace

std::string event_text(const model::JobEvent& event) {
  return std::visit(ToJson{}, event).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<model::JobEvent> parse_event(std::string_view line) {
  try {
    return event_from(json::parse(line));
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace tongxing::media
