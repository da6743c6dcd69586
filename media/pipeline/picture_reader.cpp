// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/picture_reader.hpp"

#include <string>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

/// What must be done to a picture before it is scaled; empty where nothing must.
std::string describe_filters(const VideoTrack& track) {
  std::string text;
  if (track.interlaced) text = "yadif=mode=send_frame:deint=interlaced";
  const char* turn = track.quarter_turns == 1   ? "transpose=clock"
                     : track.quarter_turns == 2 ? "hflip,vflip"
                     : track.quarter_turns == 3 ? "transpose=cclock"
                                                : nullptr;
  if (turn != nullptr) text += (text.empty() ? "" : ",") + std::string(turn);
  return text;
}

}  // namespace

PictureReader::PictureReader(TrackReader reader, const VideoTrack& track) : reader_(std::move(reader)) {
  const std::string filters = describe_filters(track);
  if (!filters.empty()) graph_.emplace(filters, model::Rational{1, 1'000'000});
}

bool PictureReader::next(av::Frame& picture) {
  if (!graph_) {
    if (!reader_.next(picture)) return false;
    time_us_ = reader_.time_us();
    return true;
  }
  while (!graph_->pull(picture)) {
    if (ended_) return false;
    if (reader_.next(decoded_)) {
      decoded_->pts = reader_.time_us();
      graph_->push(decoded_);
    } else {
      ended_ = true;
      graph_->finish();
    }
  }
  // Filters may change the time base (yadif halves it).
  const auto base = graph_->time_base();
  time_us_ = static_cast<std::int64_t>(static_cast<double>(picture->pts) * base.value() * 1e6);
  return true;
}

}  // namespace tongxing::media::pipeline
