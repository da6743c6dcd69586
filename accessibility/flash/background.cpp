// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/flash/background.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace tongxing::accessibility {
namespace {

constexpr double kSilence = -70;    ///< dBFS: the absolute gate of ITU-R BS.1770
constexpr double kLeast = 20;       ///< dB
constexpr double kOccasional = 10;  ///< dB over the usual background: a sound of its own
constexpr std::int64_t kBrief = 2000;
constexpr std::int64_t kEnough = 500;

double power(double db) {
  return std::isfinite(db) ? std::pow(10, db / 10) : 0;
}

/// Mean of the powers, in dB.
std::optional<double> mean_level(const std::vector<double>& levels) {
  if (levels.empty()) return std::nullopt;
  double sum = 0;
  for (const double level : levels) sum += power(level);
  if (!(sum > 0)) return std::nullopt;
  return 10 * std::log10(sum / static_cast<double>(levels.size()));
}

double median(std::vector<double> levels) {
  const auto middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
  std::ranges::nth_element(levels, middle);
  return *middle;
}

/// The background without what sounds now and then for two seconds at most.
std::vector<double> lasting(const std::vector<double>& background, std::size_t brief) {
  if (background.empty()) return {};
  const double loud = median(background) + kOccasional;
  std::vector<double> kept;
  for (std::size_t i = 0; i < background.size();) {
    std::size_t end = i;
    while (end < background.size() && background[end] > loud) ++end;
    if (end - i > brief)
      kept.insert(kept.end(), background.begin() + static_cast<std::ptrdiff_t>(i),
                  background.begin() + static_cast<std::ptrdiff_t>(end));
    if (end == i) kept.push_back(background[end++]);
    i = end;
  }
  return kept;
}

}  // namespace

BackgroundResult judge_background(std::span<const SoundBlock> blocks, std::chrono::milliseconds length) {
  std::vector<double> speech;
  std::vector<double> behind;
  for (const auto& block : blocks) {
    if (std::isnan(block.level_db)) continue;
    if (block.voice == Voice::present) {
      speech.push_back(block.level_db);
    } else {
      behind.push_back(block.level_db);
    }
  }
  const std::int64_t each = std::max<std::int64_t>(length.count(), 1);
  const auto long_enough = [&](std::size_t count) {
    return static_cast<std::int64_t>(count) >= (kEnough + each - 1) / each;
  };
  BackgroundResult result;
  result.speech_db = mean_level(speech);
  if (!long_enough(speech.size()) || !result.speech_db) return {};
  const auto background = lasting(behind, static_cast<std::size_t>(kBrief / each));
  result.background_db = mean_level(background);
  result.verdict = BackgroundVerdict::no_background;
  if (!long_enough(background.size()) || !result.background_db || *result.background_db <= kSilence)
    return result;
  result.difference_db = *result.speech_db - *result.background_db;
  result.verdict = *result.difference_db >= kLeast ? BackgroundVerdict::meets : BackgroundVerdict::too_loud;
  return result;
}

}  // namespace tongxing::accessibility
