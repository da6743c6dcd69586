// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/picture_kind.hpp"

#include "media/pipeline/track_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace tongxing::media::pipeline {

namespace {

constexpr int kPlaces = 6;
constexpr int kPicturesAtAPlace = 5;
constexpr int kBlock = 16;
constexpr int kStill = kBlock * kBlock / 4;  // sum of differences below which a block did not change
constexpr int kFlat = 12;                    // difference of a block's brightest and darkest sample

/// Luma of 8 bits in a plane of its own.
bool readable(const av::Frame& picture) {
  const auto* about = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture->format));
  return about != nullptr && about->comp[0].depth == 8 && about->comp[0].step == 1 &&
         picture->data[0] != nullptr;
}

struct Counts {
  int pairs = 0;
  std::int64_t blocks = 0;
  std::int64_t unchanged = 0;
  std::int64_t flat = 0;
};

void compare_block(const std::uint8_t* before, int before_line, const std::uint8_t* now, int now_line,
                   Counts& counts) {
  int difference = 0;
  int low = 255;
  int high = 0;
  for (int y = 0; y < kBlock; ++y) {
    for (int x = 0; x < kBlock; ++x) {
      difference += std::abs(int{before[x]} - int{now[x]});
      low = std::min(low, int{now[x]});
      high = std::max(high, int{now[x]});
    }
    before += before_line;
    now += now_line;
  }
  ++counts.blocks;
  if (difference <= kStill) ++counts.unchanged;
  if (high - low < kFlat) ++counts.flat;
}

void compare(const av::Frame& before, const av::Frame& now, Counts& counts) {
  if (before->width != now->width || before->height != now->height || !readable(before) || !readable(now))
    return;
  ++counts.pairs;
  for (int y = 0; y + kBlock <= now->height; y += kBlock) {
    for (int x = 0; x + kBlock <= now->width; x += kBlock) {
      compare_block(before->data[0] + std::ptrdiff_t{y} * before->linesize[0] + x, before->linesize[0],
                    now->data[0] + std::ptrdiff_t{y} * now->linesize[0] + x, now->linesize[0], counts);
    }
  }
}

/// The pictures that come next; what was there before `now` is no neighbour.
bool look_here(TrackReader& reader, Counts& counts) {
  av::Frame before;
  av::Frame now;
  for (int i = 0; i < kPicturesAtAPlace; ++i) {
    if (!reader.next(now)) return false;
    if (i > 0) compare(before, now, counts);
    std::swap(before, now);
    now.reset();
  }
  return true;
}

}  // namespace

PictureKind PictureLook::kind() const noexcept {
  if (pairs < 3) return PictureKind::camera;
  const bool screen = unchanged >= 0.97 || (unchanged >= 0.9 && flat >= 0.4);
  return screen ? PictureKind::screen : PictureKind::camera;
}

PictureLook look_at_pictures(int fd, const SourceInfo& source) {
  Counts counts;
  auto reader = TrackReader::open(fd, source, source.video->stream, 1);
  if (!reader) return {};
  look_here(*reader, counts);
  for (int place = 1; place < kPlaces && source.declared_us > 0; ++place) {
    if (!reader->seek(source.declared_us * place / kPlaces)) break;
    look_here(*reader, counts);
  }
  if (counts.blocks == 0) return {};
  const auto all = static_cast<double>(counts.blocks);
  return {counts.pairs, static_cast<double>(counts.unchanged) / all, static_cast<double>(counts.flat) / all};
}

}  // namespace tongxing::media::pipeline
