// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/side_pictures.hpp"

#include "media/av/image.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

constexpr std::int64_t kLookEvery_us = 500'000;
constexpr std::int64_t kPosterWithin_us = 60'000'000;
constexpr int kStillSide = 1280;
constexpr int kSlideQuality = 78;
constexpr int kPosterQuality = 80;
constexpr std::size_t kMostSlides = 20'000;

bool has_webp() {
  return av::can_write(av::ImageFormat::webp);
}

std::string numbered(std::size_t number) {
  auto text = std::to_string(number);
  if (text.size() < 3) text.insert(0, 3 - text.size(), '0');
  return text + (has_webp() ? ".webp" : ".jpg");
}

/// The pixels without the padding of their rows.
std::vector<std::uint8_t> pixels_of(const av::Frame& gray) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(gray->width) * static_cast<std::size_t>(gray->height));
  for (int row = 0; row < gray->height; ++row) {
    const std::uint8_t* first = gray->data[0] + static_cast<std::ptrdiff_t>(row) * gray->linesize[0];
    pixels.insert(pixels.end(), first, first + gray->width);
  }
  return pixels;
}

}  // namespace

SidePictures::SidePictures(const OutputFolder& package, const VideoTrack& track, std::int64_t declared_us)
    : package_(package),
      found_(track),
      folder_(package.folder("slides")),
      still_size_(fit_into(track.shown, kStillSide)),
      sheets_(package, track.shown, declared_us),
      gray_({SlideFinder::kWidth, SlideFinder::kHeight}, StillScaler::Kind::gray),
      stills_(still_size_, has_webp() ? StillScaler::Kind::webp : StillScaler::Kind::jpeg) {}

void SidePictures::see(const av::Frame& picture, std::int64_t time_us) {
  time_us = std::max(time_us, from_us_);
  found_.see(picture, time_us);
  if (standing_->data[0] != nullptr) shown_until(time_us);
  standing_ = picture.share();
  from_us_ = slides_.empty() ? 0 : time_us;  // the first picture also fills the time before it
}

void SidePictures::shown_until(std::int64_t time_us) {
  sheets_.shown(standing_, time_us);
  if (slides_.empty() || time_us - looked_us_ >= kLookEvery_us) look(time_us);
}

void SidePictures::look(std::int64_t until_us) {
  looked_us_ = until_us;
  const auto pixels = pixels_of(gray_.scale(standing_));
  const double detail = detail_of(pixels);
  if (detail > poster_detail_ && (poster_detail_ < 0 || until_us < kPosterWithin_us)) {
    poster_ = standing_.share();
    poster_detail_ = detail;
  }
  if (const auto start = finder_.look(pixels, from_us_, until_us)) add_slide(*start);
}

void SidePictures::add_slide(std::int64_t start_us) {
  if (slides_.size() >= kMostSlides) return;
  const auto format = has_webp() ? av::ImageFormat::webp : av::ImageFormat::jpeg;
  const std::string name = numbered(slides_.size() + 1);
  folder_.write(name, av::write_image(stills_.scale(standing_), format, kSlideQuality));
  slides_.push_back({start_us, "slides/" + name});
}

void SidePictures::finish(std::int64_t end_us, model::Package& package) {
  if (standing_->data[0] == nullptr) return;
  const std::int64_t end = std::max(end_us, from_us_ + 1);
  sheets_.shown(standing_, end);
  look(end);
  package.thumbnails = sheets_.finish();
  StillScaler scaler(still_size_, StillScaler::Kind::jpeg);
  package_.write("poster.jpg", av::write_image(scaler.scale(poster_), av::ImageFormat::jpeg, kPosterQuality));
  package.has_poster = true;
  folder_.sync();
  package_.write("slides.json", slides_json());
  package.slides = static_cast<int>(slides_.size());
  if (!package.facts) package.facts.emplace();
  package.facts->picture = found_.finish();
}

std::string SidePictures::slides_json() const {
  std::string out = "{\"width\":" + std::to_string(still_size_.width) +
                    ",\"height\":" + std::to_string(still_size_.height) + ",\"slides\":[";
  for (std::size_t i = 0; i < slides_.size(); ++i) {
    out += (i > 0 ? ",\n" : "\n") + std::string("{\"start_ms\":") +
           std::to_string(slides_[i].start_us / 1000) + ",\"file\":\"" + slides_[i].file + "\"}";
  }
  return out + "]}\n";
}

}  // namespace tongxing::media::pipeline
