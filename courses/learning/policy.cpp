// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/policy.hpp"

#include <array>

namespace tongxing::courses {
namespace {

// Self-study: the rate cap of two lets people who listen fast with a screen reader earn what they heard.
constexpr Policy kOpen{.id = "open-2026-1"};
constexpr Policy kCredit{.id = "credit-2026-1"};
// Subsidised hours are hours of the clock, and a little more of the lesson has to be seen.
constexpr Policy kSubsidised{.id = "subsidised-2026-1", .rate_cap_percent = 100, .threshold_percent = 95};

constexpr std::array kAll{&kOpen, &kCredit, &kSubsidised};

}  // namespace

const Policy& open_policy() {
  return kOpen;
}

const Policy& credit_policy() {
  return kCredit;
}

const Policy& subsidised_policy() {
  return kSubsidised;
}

std::string_view name_of(Track track) {
  switch (track) {
    case Track::open:
      return "OPEN";
    case Track::credit:
      return "CREDIT";
    case Track::subsidised:
      return "SUBSIDISED";
  }
  return "";
}

std::optional<Track> track_from(std::string_view name) {
  for (const auto track : {Track::open, Track::credit, Track::subsidised}) {
    if (name_of(track) == name) return track;
  }
  return std::nullopt;
}

const Policy& current_policy(Track track) {
  return *kAll[static_cast<std::size_t>(track)];
}

const Policy* find_policy(std::string_view id) {
  for (const auto* policy : kAll) {
    if (policy->id == id) return policy;
  }
  return nullptr;
}

}  // namespace tongxing::courses
