// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/still_scaler.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace tongxing::media::pipeline {

namespace {

std::string describe(Size size, StillScaler::Kind kind) {
  const std::string scale =
      "scale=" + std::to_string(size.width) + ":" + std::to_string(size.height) + ":flags=area";
  switch (kind) {
    case StillScaler::Kind::jpeg:
      return scale + ":out_color_matrix=bt601:out_range=full,format=yuvj420p";
    case StillScaler::Kind::webp:
      return scale + ":out_color_matrix=bt601:out_range=limited,format=yuv420p";
    case StillScaler::Kind::gray:
      return scale + ",format=gray";
  }
  return scale;
}

int even(double value) noexcept {
  return std::max(2, static_cast<int>(value / 2) * 2);
}

}  // namespace

StillScaler::StillScaler(Size size, Kind kind)
    : graph_(describe(size, kind), model::Rational{1, 1'000'000}) {}

av::Frame StillScaler::scale(const av::Frame& picture) {
  const av::Frame in = picture.share();
  in->pts = count_++;
  graph_.push(in);
  av::Frame out;
  if (!graph_.pull(out)) throw std::logic_error("the scaler kept a picture back");
  return out;
}

Size fit_into(Size shown, int side) noexcept {
  const int longer = std::max(shown.width, shown.height);
  if (longer <= side) return {even(shown.width), even(shown.height)};
  const double part = static_cast<double>(side) / longer;
  return {even(shown.width * part + 0.5), even(shown.height * part + 0.5)};
}

}  // namespace tongxing::media::pipeline
