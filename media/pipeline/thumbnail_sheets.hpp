// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/still_scaler.hpp"

#include <cstdint>
#include <optional>

namespace tongxing::media::pipeline {

/// Writes thumb/t0.jpg, t1.jpg …: what is shown every few seconds, 5 × 5 small pictures a sheet. Pictures
/// must come in the order of their times. One thread.
class ThumbnailSheets {
 public:
  /// `declared_us` decides how far apart the small pictures are: a short film gets them closer together.
  ThumbnailSheets(const OutputFolder& package, Size shown, std::int64_t declared_us);

  /// `picture` has been shown until `until_us`.
  void shown(const av::Frame& picture, std::int64_t until_us);
  /// Writes what is left; nothing where no picture came.
  [[nodiscard]] std::optional<model::Thumbnails> finish();

 private:
  void add(const av::Frame& small);
  void write_sheet();

  OutputFolder folder_;
  StillScaler scaler_;
  model::Thumbnails info_;
  av::Frame sheet_;
  int count_ = 0;  ///< small pictures so far
};

}  // namespace tongxing::media::pipeline
