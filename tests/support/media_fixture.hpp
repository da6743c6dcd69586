// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace tongxing::tests {

/// What a made source is like. The picture is a moving pattern, the sound a tone of 440 Hz.
struct MediaOptions {
  double seconds = 4;
  int width = 640;  ///< 0: no picture
  int height = 360;
  int rate_num = 25;  ///< frames a second
  int rate_den = 1;
  std::string video_codec = "libx264";
  int channels = 1;          ///< 0: no sound
  int sample_rate = 48'000;  ///< Hz
  std::string audio_codec = "aac";
  double tone = 0.1;       ///< amplitude, 0…1
  double clicks = 0;       ///< amplitude of 5 ms of tone twice a second, 0…1
  double video_start = 0;  ///< seconds before the first picture
  double audio_start = 0;
  double audio_seconds = 0;  ///< 0: as long as the picture
  int rotation = 0;          ///< degrees clockwise that a player must turn the picture
  int pixel_width = 1;       ///< shape of a pixel
  int pixel_height = 1;
  enum class Timing { constant, variable } timing = Timing::constant;
  enum class Scan { progressive, interlaced } scan = Scan::progressive;
  enum class Cover { none, attached } cover = Cover::none;
  enum class Index { front, back } index = Index::front;  ///< of MP4: where the moov box lies
};

/// Writes a media file; its container follows from the name's ending. Throws std::runtime_error.
void make_test_video(const std::filesystem::path& path, const MediaOptions& options = {});

}  // namespace tongxing::tests
