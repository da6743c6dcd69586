// SPDX-License-Identifier: GPL-3.0-or-later
// Who can take a thousand lessons, all needs, from their facts. Prints the median of the rounds in
// milliseconds.
#include "accessibility/readiness/gate.hpp"
#include "accessibility/readiness/readiness.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace {

using namespace tongxing::accessibility;

std::vector<AccessFacts> thousand_lessons() {
  std::vector<AccessFacts> lessons;
  for (int i = 0; i < 1000; ++i) {
    AccessFacts facts{.media = MediaState::ready, .has_picture = i % 7 != 0, .has_sound = i % 11 != 0};
    if (i % 3 != 0) facts.captions = TextTrackFacts{.cues = 300, .errors = i % 5 == 0 ? 2 : 0};
    if (i % 4 == 0) facts.easy_read = TextTrackFacts{.cues = 100};
    if (i % 6 == 0) facts.description = DescriptionFacts{.as_sound = true, .as_text = i % 12 == 0};
    if (i % 9 == 0) facts.sign = SignQuality{i % 18 == 0 ? 1 : 0, 0};
    facts.nothing_unspoken = i % 2 == 0;
    facts.has_audio_only = facts.has_sound;
    facts.least_bandwidth = 100'000 + i * 200;
    lessons.push_back(facts);
  }
  return lessons;
}

}  // namespace

int main() {
  const auto lessons = thousand_lessons();
  std::vector<double> rounds;
  std::size_t told = 0;
  for (int round = 0; round < 101; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    for (const auto& lesson : lessons) {
      for (const auto& row : readiness_of(lesson)) told += row.reasons.size();
      told += faults_of(lesson, GateFor::publication).size();
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    rounds.push_back(took.count());
  }
  std::ranges::sort(rounds);
  std::printf("{\"lessons\":1000,\"reasons\":%zu,\"ms\":%.3f}\n", told / 101, rounds[50]);
  return 0;
}
