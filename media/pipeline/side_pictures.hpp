// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/picture_facts.hpp"
#include "media/pipeline/slide_finder.hpp"
#include "media/pipeline/still_scaler.hpp"
#include "media/pipeline/thumbnail_sheets.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tongxing::media::pipeline {

/// What is made of the pictures beside the renditions, from the same decoding: small pictures for the seek
/// bar, stills for "slides and sound" with slides.json, a poster; and what is measured in them. One thread.
class SidePictures {
 public:
  SidePictures(const OutputFolder& package, const VideoTrack& track, std::int64_t declared_us);

  /// The next picture, in the order of showing; a time that goes back counts as no progress.
  void see(const av::Frame& picture, std::int64_t time_us);
  /// Everything is shown until `end_us`. Writes what is left and says in `package` what there is.
  void finish(std::int64_t end_us, model::Package& package);

 private:
  struct Slide {
    std::int64_t start_us;
    std::string file;
  };
  void shown_until(std::int64_t time_us);
  void look(std::int64_t until_us);
  void add_slide(std::int64_t start_us);
  [[nodiscard]] std::string slides_json() const;

  const OutputFolder& package_;
  PictureFinder found_;
  OutputFolder folder_;
  Size still_size_;
  ThumbnailSheets sheets_;
  StillScaler gray_;
  StillScaler stills_;
  SlideFinder finder_;
  std::vector<Slide> slides_;
  av::Frame standing_;  ///< shown since from_us_
  std::int64_t from_us_ = 0;
  std::int64_t looked_us_ = 0;  ///< until when the finder has looked
  av::Frame poster_;            ///< the richest picture near the beginning
  double poster_detail_ = -1;
};

}  // namespace tongxing::media::pipeline
