// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/description_plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::accessibility {

namespace {

constexpr std::array<std::string_view, 4> kModes{"standard", "standard_fast", "extended", "text_only"};
constexpr std::array<std::string_view, 6> kReasons{
    "fits", "fits_faster", "no_gap_near", "too_long_for_gap", "rate_too_high", "no_voice"};

int rate_of(std::int64_t units, Milliseconds length) {
  return length.count() > 0 ? static_cast<int>((units * 60'000 + length.count() / 2) / length.count()) : 0;
}

/// The work of one call.
class Planner {
 public:
  Planner(const PlanInput& input, const FitRules& rules, DescriptionPlan& plan)
      : input_(input), rules_(rules), plan_(plan), free_(plan.gaps.size()), members_(plan.gaps.size()) {
    for (std::size_t i = 0; i < free_.size(); ++i) free_[i] = plan_.gaps[i].usable;
    silences_ = complement(plan_.speech, input_.duration);
    std::erase_if(silences_, [&](const Span& silence) { return silence.length() < rules_.least_pause; });
    ends_ = sentence_ends(input_.captions);
  }

  void run();

 private:
  [[nodiscard]] PlannedDescription measured(std::size_t index) const;
  [[nodiscard]] std::vector<std::size_t> gaps_near(const Span& wish) const;
  [[nodiscard]] bool put_into(PlannedDescription& one, std::size_t gap);
  void settle(std::size_t gap);
  void pause_for(PlannedDescription& one) const;
  [[nodiscard]] Milliseconds clear_of_speech(Milliseconds at) const;

  const PlanInput& input_;
  const FitRules& rules_;
  DescriptionPlan& plan_;
  std::vector<Milliseconds> free_;  ///< room left in each gap
  std::vector<std::vector<std::size_t>> members_;
  std::vector<Span> silences_;
  std::vector<Milliseconds> ends_;
  std::size_t first_gap_ = 0;  ///< earlier gaps are closed, so that the order is kept
};

PlannedDescription Planner::measured(std::size_t index) const {
  PlannedDescription one;
  one.index = index;
  const auto units = spoken_units(input_.descriptions[index].text, input_.rate.unit);
  const Clip clip = index < input_.clips.size() ? input_.clips[index] : Clip{};
  one.need = clip.state == Clip::State::made ? clip.length : spoken_length(units, input_.rate.target);
  one.rate = rate_of(units, one.need);
  if (clip.state == Clip::State::failed || one.need <= Milliseconds(0)) {
    one.mode = DescriptionMode::text_only;
    one.reason = FitReason::no_voice;
    one.at = std::min(input_.descriptions[index].wish.start, input_.duration);
    one.end = one.at;
  }
  return one;
}

/// Candidates, best first: the gap around the wished start, the next one, the one before.
std::vector<std::size_t> Planner::gaps_near(const Span& wish) const {
  const auto& gaps = plan_.gaps;
  const auto after =
      std::ranges::upper_bound(gaps, wish.start, {}, [](const Gap& gap) { return gap.span.end; });
  const auto next = static_cast<std::size_t>(after - gaps.begin());
  std::vector<std::size_t> near;
  const auto add = [&](std::size_t index) {
    if (index >= first_gap_) near.push_back(index);
  };
  std::size_t later = next;
  if (next < gaps.size() && gaps[next].span.holds(wish.start)) {
    add(next);
    ++later;
  }
  const Milliseconds latest = std::max(wish.start + rules_.reach, wish.end);
  if (later < gaps.size() && gaps[later].span.start <= latest) add(later);
  if (next > 0 && gaps[next - 1].span.end >= wish.start - rules_.reach) add(next - 1);
  return near;
}

bool Planner::put_into(PlannedDescription& one, std::size_t gap) {
  const Milliseconds room = free_[gap] - (members_[gap].empty() ? Milliseconds(0) : rules_.between);
  if (one.need <= room) {
    one.reason = FitReason::fits;
  } else {
    if (one.need.count() * 1'000 > room.count() * rules_.most_speed_permille) {
      one.reason = FitReason::too_long_for_gap;
      return false;
    }
    const auto units = spoken_units(input_.descriptions[one.index].text, input_.rate.unit);
    if (rate_of(units, room) > input_.rate.fastest) {
      one.reason = FitReason::rate_too_high;
      return false;
    }
    one.mode = DescriptionMode::standard_fast;
    one.reason = FitReason::fits_faster;
    one.rate = rate_of(units, room);
    one.speed_permille = static_cast<int>((one.need.count() * 1'000 + room.count() - 1) / room.count());
  }
  one.end = std::min(one.need, room);  // its length, until the gap is settled
  one.gap = gap;
  free_[gap] = room - one.end;
  return true;
}

/// Gives the descriptions of one gap their times: each as near to its wish as those behind it allow.
void Planner::settle(std::size_t gap) {
  const Span& span = plan_.gaps[gap].span;
  Milliseconds latest = span.end - rules_.gap.ramp_out;
  std::vector<Milliseconds> starts;
  for (auto member = members_[gap].rbegin(); member != members_[gap].rend(); ++member) {
    latest -= plan_.descriptions[*member].end;
    starts.push_back(latest);
    latest -= rules_.between;
  }
  std::ranges::reverse(starts);
  Milliseconds earliest = span.start + rules_.gap.ramp_in;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    PlannedDescription& one = plan_.descriptions[members_[gap][i]];
    const Milliseconds wish = input_.descriptions[one.index].wish.start;
    one.at = std::clamp(wish, std::min(earliest, starts[i]), starts[i]);
    one.end += one.at;
    earliest = one.end + rules_.between;
  }
}

/// A pause inside of a description that is being spoken would cut it: it waits for that one's end.
Milliseconds Planner::clear_of_speech(Milliseconds at) const {
  for (const PlannedDescription& other : plan_.descriptions) {
    if (other.gap && other.at <= at && at < other.end) return other.end;
  }
  return at;
}

void Planner::pause_for(PlannedDescription& one) const {
  const Milliseconds wish = std::min(input_.descriptions[one.index].wish.start, input_.duration);
  one.mode = DescriptionMode::extended;
  const auto around = std::ranges::upper_bound(silences_, wish, {}, &Span::end);
  if (around != silences_.end() && around->holds(wish)) {
    one.at = wish - around->start > rules_.reach ? clear_of_speech(wish) : around->start;
  } else if (const auto end = std::ranges::lower_bound(ends_, wish); end != ends_.end()) {
    one.at = std::min(*end, input_.duration);
  } else {
    one.at = around != silences_.end() ? around->start : input_.duration;
  }
  one.end = one.at;
}

void Planner::run() {
  for (std::size_t i = 0; i < input_.descriptions.size(); ++i) {
    PlannedDescription one = measured(i);
    if (one.mode != DescriptionMode::text_only) {
      one.reason = FitReason::no_gap_near;
      for (const std::size_t gap : gaps_near(input_.descriptions[i].wish)) {
        if (!put_into(one, gap)) continue;
        members_[gap].push_back(plan_.descriptions.size());
        first_gap_ = gap;
        break;
      }
    }
    plan_.descriptions.push_back(one);
  }
  for (std::size_t gap = 0; gap < members_.size(); ++gap) settle(gap);
  for (PlannedDescription& one : plan_.descriptions) {
    if (!one.gap && one.mode != DescriptionMode::text_only) pause_for(one);
  }
  std::ranges::sort(plan_.descriptions, {},
                    [](const PlannedDescription& one) { return std::pair(one.at, one.index); });
}

}  // namespace

std::string_view name_of(DescriptionMode mode) {
  return kModes[static_cast<std::size_t>(mode)];
}

std::string_view name_of(FitReason reason) {
  return kReasons[static_cast<std::size_t>(reason)];
}

DescriptionPlan plan_descriptions(const PlanInput& input, const FitRules& rules) {
  DescriptionPlan plan;
  plan.speech = speech_of(input.captions, input.detected, input.duration, rules.gap);
  plan.gaps = find_gaps(plan.speech, input.duration, rules.gap);
  for (const Gap& gap : plan.gaps) plan.budgets.push_back(units_within(gap.usable, input.rate.target));
  Planner(input, rules, plan).run();
  return plan;
}

}  // namespace tongxing::accessibility
