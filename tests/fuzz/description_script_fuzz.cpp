// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a description script over captions that the same bytes choose: nothing crashes, nothing
// overlaps, and the time map of the pauses leads back to where it came from.
#include "accessibility/description/description_rules.hpp"
#include "accessibility/description/time_map.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace tongxing::accessibility;

void require(bool good) {
  if (!good) std::abort();
}

void check(const PlanInput& input, const DescriptionPlan& plan) {
  require(plan.descriptions.size() == input.descriptions.size());
  Milliseconds spoken_until{0};
  std::vector<Pause> pauses;
  for (const PlannedDescription& one : plan.descriptions) {
    require(one.at >= Milliseconds(0) && one.at <= one.end && one.end <= input.duration);
    if (one.gap) {
      require(one.at >= spoken_until);
      require(overlap({one.at, one.end}, plan.speech) == Milliseconds(0));
      spoken_until = one.end;
    }
    if (one.mode == DescriptionMode::extended) pauses.push_back({one.at, one.need});
  }
  const TimeMap map(pauses);
  for (std::int64_t t = 0; t <= input.duration.count(); t += 997) {
    require(map.to_lesson(map.to_extended(Milliseconds(t))) == Milliseconds(t));
  }
  static_cast<void>(check_plan(input, plan));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 8) return 0;
  PlanInput input;
  std::int64_t at = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    at += (data[i] & 15U) * 200;
    Cue cue;
    cue.start = Milliseconds(at);
    at += (data[i] >> 4U) * 300;
    cue.end = Milliseconds(at);
    cue.text = (data[i] & 1U) != 0 ? "说。" : "说";
    input.captions.cues.push_back(cue);
  }
  input.duration = Milliseconds(at + 2'000);
  input.rate = speaking_rate_for((data[0] & 4U) != 0 ? "en" : "cmn");
  auto script = read_description_script({reinterpret_cast<const char*>(data + 8), size - 8});
  if (!script || script->descriptions.size() > 2'000) return 0;
  input.descriptions = std::move(script->descriptions);
  check(input, plan_descriptions(input));
  return 0;
}
