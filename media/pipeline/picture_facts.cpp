// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/picture_facts.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

namespace tongxing::media::pipeline {

namespace {

constexpr int kWidth = PictureFinder::kColumns * PictureFinder::kEach;
constexpr int kHeight = PictureFinder::kRows * PictureFinder::kEach;
constexpr std::size_t kPixel = 4;  // bytes
constexpr std::size_t kLine = static_cast<std::size_t>(kWidth) * kPixel;
constexpr std::size_t kPart =
    static_cast<std::size_t>(PictureFinder::kEach) * kPixel;  // bytes of a cell in a line

/// Single pixels, not means: the cells are averaged here, in linear light as WCAG asks, and most of the
/// picture need not be touched. Four bytes a pixel are written faster than three, with the same colours.
std::string describe() {
  return "scale=" + std::to_string(kWidth) + ":" + std::to_string(kHeight) + ":flags=neighbor,format=rgba";
}

model::FlashStretch stretch_of(const accessibility::FlashFinding& finding) {
  using enum model::FlashStretch::Kind;
  return {{std::max(finding.start, std::chrono::milliseconds{0}), finding.end},
          finding.kind == accessibility::FlashKind::red ? red : general,
          std::clamp(finding.area_percent, 0, 100)};
}

}  // namespace

PictureFinder::PictureFinder(const VideoTrack& track)
    : graph_(describe(), model::Rational{1, 1'000'000}),
      pixels_(kLine * kHeight),
      cells_(static_cast<std::size_t>(kColumns) * kRows),
      bright_(cells_.size()),
      flashes_(kColumns, kRows) {
  facts_.width = track.shown.width;
  facts_.height = track.shown.height;
  facts_.frames_per_1000_s = frames_per_1000_s(track.rate);
  for (std::size_t i = 0; i < linear_.size(); ++i) {
    linear_[i] = accessibility::linear_light(static_cast<std::uint8_t>(i));
  }
}

void PictureFinder::see(const av::Frame& picture, std::int64_t time_us) {
  const av::Frame in = picture.share();
  in->pts = count_++;
  graph_.push(in);
  av::Frame small;
  if (!graph_.pull(small) || !read(small)) return;
  const std::chrono::milliseconds time(std::max<std::int64_t>(time_us, 0) / 1000);
  flashes_.push(cells_, time);
  cuts_.look(bright_, time);
}

/// False where the picture shows what the one before showed.
bool PictureFinder::read(const av::Frame& small) {
  if (small->width != kWidth || small->height != kHeight) return false;
  const std::ptrdiff_t line = small->linesize[0];
  bool differs = false;
  for (std::size_t row = 0; row < kRows; ++row) {
    const auto* from = small->data[0] + static_cast<std::ptrdiff_t>(row * kEach) * line;
    for (std::size_t column = 0; column < kColumns; ++column, from += kPart) {
      if (!read_cell(from, line, row, column) && count_ != 1) continue;
      differs = true;
      average(row, column);
    }
  }
  return differs;
}

/// False where a cell is as it was.
bool PictureFinder::read_cell(const std::uint8_t* from, std::ptrdiff_t line, std::size_t row,
                              std::size_t column) {
  auto* to = pixels_.data() + row * kEach * kLine + column * kPart;
  bool differs = false;
  for (std::size_t y = 0; y < kEach; ++y, from += line, to += kLine) {
    differs = std::memcmp(from, to, kPart) != 0 || differs;
    std::memcpy(to, from, kPart);
  }
  return differs;
}

void PictureFinder::average(std::size_t row, std::size_t column) {
  constexpr float kShare = 1.0F / (kEach * kEach);
  std::array<float, 3> sum{};
  for (std::size_t y = 0; y < kEach; ++y) {
    const auto* pixel = pixels_.data() + (row * kEach + y) * kLine + column * kPart;
    for (std::size_t x = 0; x < kEach; ++x, pixel += kPixel) {
      for (std::size_t colour = 0; colour < 3; ++colour) sum[colour] += linear_[pixel[colour]];
    }
  }
  const std::size_t i = row * kColumns + column;
  cells_[i] = accessibility::flash_cell(sum[0] * kShare, sum[1] * kShare, sum[2] * kShare);
  bright_[i] = std::sqrt(cells_[i].luminance);
}

model::PictureFacts PictureFinder::finish() const {
  model::PictureFacts facts = facts_;
  for (const auto& finding : flashes_.findings()) {
    if (facts.flashes.size() < model::kMostFlashes) facts.flashes.push_back(stretch_of(finding));
  }
  facts.cuts = cuts_.cuts();
  return facts;
}

std::int64_t frames_per_1000_s(model::Rational rate) {
  const double frames = rate.value() * 1000;
  return frames > 0 && frames < 1e6 ? std::llround(frames) : 0;
}

}  // namespace tongxing::media::pipeline
