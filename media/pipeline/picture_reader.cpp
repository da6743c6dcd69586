// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/picture_reader.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::media::pipeline {

namespace {

constexpr int kMostLines = 1080;  // of the shorter side: no rendition has more

/// PQ or HLG to BT.709, in linear light of 32-bit floats; large pictures are made smaller first. 203 cd/m² is
/// the white of a page (ITU-R BT.2408). What is darker than half of that, faces and walls and text, stays as
/// it is; what is brighter, up to 1,000 cd/m², shares the rest of the range: a curve over everything, as for
/// films, would leave a lesson in the dark.
std::string to_standard_range(Size coded) {
  const int shorter = std::min(coded.width, coded.height);
  std::string size;
  if (shorter > kMostLines) {
    const auto smaller = [&](int value) {
      return std::to_string(static_cast<int>(std::int64_t{value} * kMostLines / shorter / 2 * 2));
    };
    size = "w=" + smaller(coded.width) + ":h=" + smaller(coded.height) + ":";
  }
  return "zscale=" + size +
         "t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,"
         "tonemap=tonemap=mobius:param=0.5:peak=4.93:desat=0,"
         "zscale=t=bt709:m=bt709:r=tv,format=yuv420p";
}

/// What must be done to a picture before it is scaled; empty where nothing must.
std::string describe_filters(const VideoTrack& track) {
  std::vector<std::string> filters;
  if (track.interlaced) filters.emplace_back("bwdif=mode=send_frame:deint=interlaced");
  if (track.high_dynamic_range) filters.push_back(to_standard_range(track.coded));
  if (track.quarter_turns == 1) filters.emplace_back("transpose=clock");
  if (track.quarter_turns == 2) filters.emplace_back("hflip,vflip");
  if (track.quarter_turns == 3) filters.emplace_back("transpose=cclock");
  std::string text;
  for (const std::string& filter : filters) text += (text.empty() ? "" : ",") + filter;
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
