// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/same_picture.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

namespace tongxing::media::av {

namespace {

constexpr std::uint8_t kMostDifference = 2;

/// Written so that the compiler makes vector code of it.
std::uint8_t largest_difference(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) noexcept {
  std::uint8_t worst = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto difference = static_cast<std::uint8_t>(std::max(a[i], b[i]) - std::min(a[i], b[i]));
    worst = std::max(worst, difference);
  }
  return worst;
}

bool same_row(const std::uint8_t* a, const std::uint8_t* b, std::size_t bytes, std::uint8_t most) noexcept {
  if (std::memcmp(a, b, bytes) == 0) return true;
  return most > 0 && largest_difference(a, b, bytes) <= most;
}

bool same_plane(const Frame& a, const Frame& b, int plane, int bytes, int rows, std::uint8_t most) noexcept {
  const std::uint8_t* left = a->data[plane];
  const std::uint8_t* right = b->data[plane];
  if (left == nullptr || right == nullptr) return false;
  if (left == right && a->linesize[plane] == b->linesize[plane]) return true;
  for (int row = 0; row < rows; ++row) {
    if (!same_row(left, right, static_cast<std::size_t>(bytes), most)) return false;
    left += a->linesize[plane];
    right += b->linesize[plane];
  }
  return true;
}

}  // namespace

bool looks_same(const Frame& a, const Frame& b) noexcept {
  if (a->width != b->width || a->height != b->height || a->format != b->format ||
      a->color_range != b->color_range || a->data[0] == nullptr) {
    return false;
  }
  const auto format = static_cast<AVPixelFormat>(a->format);
  const AVPixFmtDescriptor* about = av_pix_fmt_desc_get(format);
  if (about == nullptr || (about->flags & (AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_PAL)) != 0) return false;
  const std::uint8_t most = about->comp[0].depth == 8 ? kMostDifference : 0;
  const int planes = av_pix_fmt_count_planes(format);
  for (int plane = 0; plane < planes; ++plane) {
    const int bytes = av_image_get_linesize(format, a->width, plane);
    const bool chroma = plane == 1 || plane == 2;
    const int rows = chroma ? AV_CEIL_RSHIFT(a->height, about->log2_chroma_h) : a->height;
    if (bytes <= 0 || !same_plane(a, b, plane, bytes, rows, most)) return false;
  }
  return planes > 0;
}

}  // namespace tongxing::media::av
