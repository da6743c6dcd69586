// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/picture_feed.hpp"

#include "media/av/same_picture.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tongxing::media::pipeline {

namespace {
constexpr double kLongestSeconds = 0.4;
}

PictureFeed::PictureFeed(const TimePlan& time, CascadeQueue& to)
    : time_(time),
      longest_(std::max(1L, std::lround(kLongestSeconds * time.rate.value()))),
      to_(to),
      clock_(time.rate) {}

bool PictureFeed::add(av::Frame& picture, std::int64_t time_us) {
  if (!empty()) {
    if (!stand_until(next_ + clock_.until(time_us))) return false;
    if (av::looks_same(standing_, picture)) return true;
  }
  std::swap(standing_, picture);
  fresh_ = true;
  return true;
}

bool PictureFeed::stand_until(std::int64_t index) {
  while (next_ < index) {
    const std::int64_t border =
        next_ % time_.gop_frames == 0 ? next_ : (next_ / time_.gop_frames + 1) * time_.gop_frames;
    const std::int64_t due = fresh_ ? next_ : std::min(border, std::max(next_, last_ + longest_));
    if (due >= index) break;
    if (!to_.push({standing_.share(), due})) return false;
    fresh_ = false;
    ++given_;
    last_ = due;
    next_ = due + 1;
  }
  next_ = std::max(next_, index);
  return true;
}

std::int64_t PictureFeed::frames_until(std::int64_t end_us) const noexcept {
  return std::max(clock_.index_at(end_us), next_ + 1);
}

void PictureFeed::finish(std::int64_t frames) {
  if (stand_until(frames) && to_.push({av::Frame(), frames})) to_.close();
}

}  // namespace tongxing::media::pipeline
