// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/flash/flash_analysis.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::accessibility {
namespace {

constexpr float kChange = 0.1F;     ///< of luminance, of the most there is
constexpr float kDarker = 0.8F;     ///< the darker picture is below this
constexpr float kSaturated = 0.8F;  ///< R / (R + G + B)
constexpr float kColour = 0.2F;     ///< distance in u′v′
constexpr int kFieldPart = 3;       ///< the field is a third of the picture each way
constexpr int kAreaPercent = 25;
constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kTogether = 50;  ///< ms [house]: transitions so near each other are concurrent

float distance(const FlashCell& a, const FlashCell& b) {
  return std::hypot(a.u - b.u, a.v - b.v);
}

}  // namespace

float linear_light(std::uint8_t srgb) {
  const float value = static_cast<float>(srgb) / 255.0F;
  return value <= 0.04045F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
}

FlashCell flash_cell(float red, float green, float blue) {
  // Primaries of sRGB, white point D65.
  const float x = 0.4124F * red + 0.3576F * green + 0.1805F * blue;
  const float y = 0.2126F * red + 0.7152F * green + 0.0722F * blue;
  const float z = 0.0193F * red + 0.1192F * green + 0.9505F * blue;
  const float sum = red + green + blue;
  const float scale = x + 15 * y + 3 * z;
  // Black has no colour: the white point stands for it, so that a fade to black is no change of colour.
  if (!(sum > 0.001F)) return {std::max(y, 0.0F), 0, 0.1978F, 0.4683F};
  return {y, red / sum, 4 * x / scale, 9 * y / scale};
}

bool FlashAnalysis::Transitions::too_many(Time now) const {
  return count >= kTooMany && now - oldest() < kSecond && now - newest() <= kTogether;
}

FlashAnalysis::FlashAnalysis(int columns, int rows)
    : columns_(std::max(columns, kFieldPart)),
      rows_(std::max(rows, kFieldPart)),
      cells_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)),
      sums_(static_cast<std::size_t>(columns_ + 1) * static_cast<std::size_t>(rows_ + 1)) {
  for (History& kind : histories_) kind.cells.resize(cells_.size());
}

void FlashAnalysis::History::add(std::size_t cell, Time now) {
  Transitions& transitions = cells[cell];
  transitions.add(now);
  if (transitions.count >= kTooMany && now - transitions.oldest() < kSecond) crowded = now;
}

void FlashAnalysis::push(std::span<const FlashCell> cells, std::chrono::milliseconds time) {
  const Time now = time.count();
  if (cells.size() != cells_.size() || (frames_ > 0 && now <= last_)) {
    ++left_out_;
    return;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (frames_ == 0) {
      cells_[i].low = cells_[i].high = cells[i].luminance;
      cells_[i].colour = cells_[i].seen = cells[i];
      continue;
    }
    if (!(cells_[i].seen == cells[i])) follow(i, cells[i], now);
  }
  ++frames_;
  last_ = now;
  judge(FlashKind::general, now);
  judge(FlashKind::red, now);
}

void FlashAnalysis::follow(std::size_t cell, const FlashCell& seen, Time now) {
  follow_luminance(cell, seen.luminance, now);
  follow_red(cell, seen, now);
  cells_[cell].seen = seen;
}

void FlashAnalysis::follow_luminance(std::size_t index, float luminance, Time now) {
  CellState& cell = cells_[index];
  cell.low = std::min(cell.low, luminance);
  cell.high = std::max(cell.high, luminance);
  if (cell.direction <= 0 && luminance - cell.low >= kChange && cell.low < kDarker) {
    cell.direction = 1;
    cell.low = cell.high = luminance;
    history(FlashKind::general).add(index, now);
  } else if (cell.direction >= 0 && cell.high - luminance >= kChange && luminance < kDarker) {
    cell.direction = -1;
    cell.low = cell.high = luminance;
    history(FlashKind::general).add(index, now);
  }
}

void FlashAnalysis::follow_red(std::size_t index, const FlashCell& seen, Time now) {
  CellState& cell = cells_[index];
  const bool was_red = cell.colour.red_share >= kSaturated;
  const bool is_red = seen.red_share >= kSaturated;
  if (!was_red && !is_red) {
    cell.colour = seen;
    return;
  }
  if (distance(cell.colour, seen) <= kColour) return;
  const int direction = is_red ? 1 : -1;
  cell.colour = seen;
  if (direction == cell.red_direction) return;
  cell.red_direction = direction;
  history(FlashKind::red).add(index, now);
}

void FlashAnalysis::judge(FlashKind kind, Time now) {
  Time since = now;
  const int area = worst_area(kind, now, since);
  auto& open = open_[static_cast<std::size_t>(kind)];
  if (area < kAreaPercent) {
    // Between two transitions nothing changes: a stretch ends only after a second of that.
    if (open >= 0 && now - findings_[static_cast<std::size_t>(open)].end.count() >= kSecond) open = -1;
    return;
  }
  report(kind, since, now, area);
}

int FlashAnalysis::worst_area(FlashKind kind, Time now, Time& since) {
  const History& transitions = history(kind);
  // A cell of too many transitions had them when the last one came, which is not long ago.
  if (now - transitions.crowded > kTogether) return 0;
  const auto width = static_cast<std::size_t>(columns_) + 1;
  bool any = false;
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows_); ++row) {
    int line = 0;
    for (std::size_t column = 0; column < static_cast<std::size_t>(columns_); ++column) {
      const Transitions& cell = transitions.cells[row * (width - 1) + column];
      if (cell.too_many(now)) {
        ++line;
        any = true;
        since = std::min(since, cell.oldest());
      }
      sums_[(row + 1) * width + column + 1] = sums_[row * width + column + 1] + line;
    }
  }
  if (!any) return 0;
  const auto wide = static_cast<std::size_t>(columns_ / kFieldPart);
  const auto high = static_cast<std::size_t>(rows_ / kFieldPart);
  int most = 0;
  for (std::size_t row = high; row <= static_cast<std::size_t>(rows_); ++row) {
    for (std::size_t column = wide; column < width; ++column) {
      const int sum = sums_[row * width + column] - sums_[(row - high) * width + column] -
                      sums_[row * width + column - wide] + sums_[(row - high) * width + column - wide];
      most = std::max(most, sum);
    }
  }
  return most * 100 / static_cast<int>(wide * high);
}

void FlashAnalysis::report(FlashKind kind, Time since, Time now, int area) {
  auto& open = open_[static_cast<std::size_t>(kind)];
  if (open < 0) {
    if (findings_.size() >= kMostFindings) return;
    open = static_cast<std::ptrdiff_t>(findings_.size());
    findings_.push_back({kind, std::chrono::milliseconds{since}, {}, 0});
  }
  auto& finding = findings_[static_cast<std::size_t>(open)];
  finding.end = std::chrono::milliseconds{now};
  finding.area_percent = std::max(finding.area_percent, area);
}

}  // namespace tongxing::accessibility
