// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/addition_state.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::services {
namespace {

/// {"key": …, "args": {…}}, as progress.hpp of the jobs has it.
std::optional<Said> said_in(const nlohmann::json& json) {
  if (!json.is_object() || !json.contains("key") || !json["key"].is_string()) return std::nullopt;
  Said said{json["key"].get<std::string>(), {}};
  if (!json.contains("args") || !json["args"].is_object()) return said;
  for (const auto& [name, value] : json["args"].items()) {
    if (value.is_string()) said.args.emplace_back(name, value.get<std::string>());
  }
  return said;
}

std::vector<Said> warnings_in(const nlohmann::json& progress) {
  std::vector<Said> warnings;
  if (!progress.is_object() || !progress.contains("warnings")) return warnings;
  for (const auto& one : progress["warnings"]) {
    if (auto said = said_in(one)) warnings.push_back(std::move(*said));
  }
  return warnings;
}

int permille_in(const nlohmann::json& progress) {
  if (!progress.is_object() || !progress.contains("permille")) return 0;
  const auto& permille = progress["permille"];
  return permille.is_number_integer() ? std::clamp(permille.get<int>(), 0, 1'000) : 0;
}

}  // namespace

AdditionState addition_state(storage::Connection& db, storage::JobKind kind, const AssetId& asset) {
  using Stage = AdditionState::Stage;
  AdditionState state{.stage = Stage::ready};
  const auto job = storage::JobStore(db).newest(kind, asset);
  if (!job) return state;
  const auto progress = nlohmann::json::parse(job->progress, nullptr, false);
  switch (job->state) {
    case storage::JobState::queued:
      state.stage = Stage::waiting;
      break;
    case storage::JobState::running:
      state.stage = Stage::working;
      state.permille = permille_in(progress);
      state.progress = job->progress;
      break;
    case storage::JobState::failed:
      state.stage = Stage::failed;
      state.failure = said_in(progress).value_or(Said{"errors.jobs.gave_up", {}});
      break;
    case storage::JobState::done:
      state.warnings = warnings_in(progress);
      break;
    case storage::JobState::cancelled:
      break;
  }
  return state;
}

}  // namespace tongxing::services
