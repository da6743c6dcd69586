// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/thumbnail_sheets.hpp"

#include "media/av/error.hpp"
#include "media/av/image.hpp"

#include <algorithm>
#include <cstring>
#include <string>

namespace tongxing::media::pipeline {

namespace {

constexpr int kSide = 160;    // pixels of the longer side of one small picture
constexpr int kQuality = 75;  // of the JPEG
constexpr std::int64_t kLongestInterval_s = 5;

Size tile_size(Size shown) {
  return fit_into(shown, kSide);
}

std::chrono::seconds interval_for(std::int64_t declared_us, int pictures) {
  const std::int64_t seconds = declared_us / 1'000'000;
  if (seconds <= 0) return std::chrono::seconds{kLongestInterval_s};
  return std::chrono::seconds{
      std::clamp<std::int64_t>((seconds + pictures - 1) / pictures, 1, kLongestInterval_s)};
}

/// One plane of a small picture into its place.
void blit(const av::Frame& from, const av::Frame& to, int plane, int x, int y) {
  const int shift = plane == 0 ? 0 : 1;
  const auto width = static_cast<std::size_t>(from->width >> shift);
  for (int row = 0; row < from->height >> shift; ++row) {
    const std::uint8_t* source = from->data[plane] + static_cast<std::ptrdiff_t>(row) * from->linesize[plane];
    std::uint8_t* target = to->data[plane] +
                           static_cast<std::ptrdiff_t>((y >> shift) + row) * to->linesize[plane] +
                           (x >> shift);
    std::memcpy(target, source, width);
  }
}

void make_black(const av::Frame& frame) {
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? frame->height : frame->height / 2;
    const int value = plane == 0 ? 0 : 128;
    std::memset(frame->data[plane], value,
                static_cast<std::size_t>(frame->linesize[plane]) * static_cast<std::size_t>(rows));
  }
}

}  // namespace

ThumbnailSheets::ThumbnailSheets(const OutputFolder& package, Size shown, std::int64_t declared_us)
    : folder_(package.folder("thumb")), scaler_(tile_size(shown), StillScaler::Kind::jpeg) {
  info_.width = tile_size(shown).width;
  info_.height = tile_size(shown).height;
  info_.interval = interval_for(declared_us, info_.columns * info_.rows);
  sheet_->format = AV_PIX_FMT_YUVJ420P;
  sheet_->width = info_.width * info_.columns;
  sheet_->height = info_.height * info_.rows;
  av::check(av_frame_get_buffer(sheet_.get(), 0), "sheet of small pictures");
  make_black(sheet_);
}

void ThumbnailSheets::shown(const av::Frame& picture, std::int64_t until_us) {
  const std::int64_t step = info_.interval.count() * 1'000;
  if (count_ * step >= until_us) return;
  const av::Frame small = scaler_.scale(picture);
  while (count_ * step < until_us) add(small);
}

void ThumbnailSheets::add(const av::Frame& small) {
  const int place = count_ % (info_.columns * info_.rows);
  for (int plane = 0; plane < 3; ++plane) {
    blit(small, sheet_, plane, place % info_.columns * info_.width, place / info_.columns * info_.height);
  }
  if (++count_ % (info_.columns * info_.rows) == 0) write_sheet();
}

void ThumbnailSheets::write_sheet() {
  const auto bytes = av::write_image(sheet_, av::ImageFormat::jpeg, kQuality);
  folder_.write("t" + std::to_string(info_.sheets++) + ".jpg", bytes);
  info_.bytes = std::max(info_.bytes, static_cast<std::int64_t>(bytes.size()));
  make_black(sheet_);
}

std::optional<model::Thumbnails> ThumbnailSheets::finish() {
  if (count_ == 0) return std::nullopt;
  if (count_ % (info_.columns * info_.rows) != 0) write_sheet();
  folder_.sync();
  return info_;
}

}  // namespace tongxing::media::pipeline
