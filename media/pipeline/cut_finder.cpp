// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/cut_finder.hpp"

#include "media/model/facts.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::pipeline {

namespace {

// [house] Mean change of a cell's brightness. Somebody who walks through the picture changes 0.02 to 0.04.
constexpr float kCut = 0.10F;
constexpr float kTimesUsual = 4.0F;
constexpr float kMemory = 0.2F;  // weight of the newest change in what is usual
constexpr std::chrono::milliseconds kApart{500};

}  // namespace

void CutFinder::look(std::span<const float> cells, std::chrono::milliseconds time) {
  if (before_.size() != cells.size()) {
    before_.assign(cells.begin(), cells.end());
    return;
  }
  float sum = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) sum += std::abs(cells[i] - before_[i]);
  std::ranges::copy(cells, before_.begin());
  const float change = cells.empty() ? 0 : sum / static_cast<float>(cells.size());
  if (change >= kCut) {
    const bool alone = time - changed_ >= kApart && change >= kTimesUsual * usual_;
    if (alone && cuts_.size() < model::kMostStretches) cuts_.push_back(time);
    changed_ = time;
  }
  usual_ += kMemory * (change - usual_);
}

}  // namespace tongxing::media::pipeline
