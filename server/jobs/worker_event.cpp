// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/worker_event.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::jobs {

namespace {

using Json = nlohmann::json;
using Kind = WorkerEvent::Kind;

constexpr std::size_t kMostRenditions = 64;
constexpr std::size_t kMostArgs = 16;
constexpr std::size_t kLongestArg = 500;
constexpr std::int64_t kLongestEta_ms = 7LL * 24 * 3'600 * 1'000;

constexpr std::array<std::pair<Kind, std::string_view>, 8> kKinds{{
    {Kind::probed, "probed"},
    {Kind::planned, "planned"},
    {Kind::progress, "progress"},
    {Kind::playable, "playable"},
    {Kind::output, "output"},
    {Kind::warning, "warning"},
    {Kind::failed, "failed"},
    {Kind::done, "done"},
}};

bool is_word(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

bool read_word(const Json& json, const char* name, std::size_t longest, std::string& into) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_string()) return false;
  into = found->get<std::string>();
  return is_word(into, longest);
}

bool read_number(const Json& json, const char* name, std::int64_t least, std::int64_t most,
                 std::int64_t& into) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number_integer()) return false;
  into = found->get<std::int64_t>();
  return into >= least && into <= most;
}

bool read_progress(const Json& json, WorkerEvent& event) {
  std::int64_t permille = 0;
  if (!read_word(json, "rendition", 64, event.rendition)) return false;
  if (!read_number(json, "permille", 0, 1'000, permille)) return false;
  event.permille = static_cast<int>(permille);
  return !json.contains("eta_ms") || read_number(json, "eta_ms", -1, kLongestEta_ms, event.eta_ms);
}

bool read_renditions(const Json& json, WorkerEvent& event) {
  const auto found = json.find("renditions");
  if (found == json.end() || !found->is_array() || found->size() > kMostRenditions) return false;
  for (const Json& name : *found) {
    if (!name.is_string() || !is_word(name.get_ref<const std::string&>(), 64)) return false;
    event.renditions.push_back(name.get<std::string>());
  }
  return true;
}

bool read_message(const Json& json, WorkerEvent& event) {
  if (!read_word(json, "key", 100, event.key)) return false;
  const auto args = json.find("args");
  if (args == json.end()) return true;
  if (!args->is_object() || args->size() > kMostArgs) return false;
  for (const auto& [name, value] : args->items()) {
    if (!is_word(name, 64) || !value.is_string()) return false;
    if (value.get_ref<const std::string&>().size() > kLongestArg) return false;
    event.args.emplace_back(name, value.get<std::string>());
  }
  return true;
}

}  // namespace

std::string_view to_text(WorkerEvent::Kind kind) {
  for (const auto& [known, text] : kKinds) {
    if (known == kind) return text;
  }
  std::unreachable();
}

std::optional<WorkerEvent> read_event(std::string_view line) {
  bool deep = false;
  const auto shallow = [&deep](int depth, Json::parse_event_t, Json&) {
    deep = deep || depth > 4;
    return !deep;
  };
  const Json json = Json::parse(line, shallow, false);
  if (deep || !json.is_object()) return std::nullopt;
  std::string name;
  if (!read_word(json, "event", 16, name)) return std::nullopt;
  const auto known = std::ranges::find(kKinds, name, &std::pair<Kind, std::string_view>::second);
  if (known == kKinds.end()) return std::nullopt;
  WorkerEvent event;
  event.kind = known->first;
  switch (event.kind) {
    case Kind::probed:
    case Kind::done:
      return event;
    case Kind::planned:
      return read_renditions(json, event) ? std::optional(event) : std::nullopt;
    case Kind::progress:
      return read_progress(json, event) ? std::optional(event) : std::nullopt;
    case Kind::playable:
      return read_word(json, "playlist", 64, event.playlist) ? std::optional(event) : std::nullopt;
    case Kind::output:
      return read_word(json, "rendition", 64, event.rendition) ? std::optional(event) : std::nullopt;
    case Kind::warning:
    case Kind::failed:
      return read_message(json, event) ? std::optional(event) : std::nullopt;
  }
  std::unreachable();
}

}  // namespace tongxing::jobs
