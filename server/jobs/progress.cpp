// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/progress.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace tongxing::jobs {

namespace {

using Json = nlohmann::json;

Json args_of(const MessageArgs& args) {
  Json json = Json::object();
  for (const auto& [name, value] : args) json[name] = value;
  return json;
}

}  // namespace

Progress::Rendition* Progress::find(const std::string& name) {
  const auto found = std::ranges::find(renditions_, name, &Rendition::name);
  if (found != renditions_.end()) return &*found;
  if (renditions_.size() >= kMost) return nullptr;
  renditions_.push_back({name, 0, -1, false});
  return &renditions_.back();
}

void Progress::apply(const WorkerEvent& event) {
  switch (event.kind) {
    case WorkerEvent::Kind::planned:
      for (const std::string& name : event.renditions) find(name);
      break;
    case WorkerEvent::Kind::progress:
      if (Rendition* rendition = find(event.rendition); rendition != nullptr && !rendition->done) {
        rendition->permille = std::max(rendition->permille, event.permille);  // a bar never goes back
        rendition->eta_ms = event.eta_ms;
      }
      break;
    case WorkerEvent::Kind::output:
      if (Rendition* rendition = find(event.rendition); rendition != nullptr) {
        *rendition = {rendition->name, 1'000, 0, true};
      }
      break;
    case WorkerEvent::Kind::warning:
      if (warnings_.size() < kMost) warnings_.push_back({event.key, event.args});
      break;
    case WorkerEvent::Kind::playable:
      playable_ = true;
      break;
    case WorkerEvent::Kind::probed:
    case WorkerEvent::Kind::failed:
    case WorkerEvent::Kind::done:
      break;
  }
}

int Progress::permille() const {
  if (renditions_.empty()) return 0;
  int sum = 0;
  for (const Rendition& rendition : renditions_) sum += rendition.permille;
  return sum / static_cast<int>(renditions_.size());
}

std::string Progress::json() const {
  Json renditions = Json::array();
  std::int64_t eta = -1;
  for (const Rendition& r : renditions_) {
    renditions.push_back({{"name", r.name}, {"permille", r.permille}, {"done", r.done}});
    if (!r.done) eta = std::max(eta, r.eta_ms);
  }
  Json warnings = Json::array();
  for (const Warning& w : warnings_) warnings.push_back({{"key", w.key}, {"args", args_of(w.args)}});
  return Json{{"attempt", attempt_},
              {"permille", permille()},
              {"eta_ms", eta},
              {"playable", playable_},
              {"renditions", std::move(renditions)},
              {"warnings", std::move(warnings)}}
      .dump();
}

std::string progress_message(std::string_view event, std::string_view state, const Progress& progress) {
  return Json{{"event", event}, {"state", state}, {"progress", Json::parse(progress.json())}}.dump();
}

std::string waiting_message(int attempt, std::int64_t not_before_ms) {
  return Json{
      {"event", "waiting"}, {"state", "UPLOADED"}, {"attempt", attempt}, {"not_before", not_before_ms}}
      .dump();
}

std::string ready_message(const std::string& version, std::int64_t duration_ms) {
  return Json{{"event", "ready"}, {"state", "READY"}, {"version", version}, {"duration_ms", duration_ms}}
      .dump();
}

std::string failed_message(const std::string& key, const MessageArgs& args) {
  return Json{{"event", "failed"}, {"state", "FAILED"}, {"key", key}, {"args", args_of(args)}}.dump();
}

std::string args_json(const MessageArgs& args) {
  return args_of(args).dump();
}

}  // namespace tongxing::jobs
