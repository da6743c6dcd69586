// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/source.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tongxing::tests {

/// A folder of its own that goes away with this object.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// What came out of one source.
struct Made {
  media::model::Package package;
  std::vector<media::model::JobEvent> events;

  [[nodiscard]] bool warned(const std::string& key) const;
};

/// Runs the engine in this process, without the locked room. `output` is made.
[[nodiscard]] media::model::Outcome<Made> make_package(const std::filesystem::path& source,
                                                       const std::filesystem::path& output);

/// One rendition read back with libav, from its init segment and media segments put together.
struct ReadBack {
  struct Packet {
    double time = 0;  ///< presentation, seconds
    double decode = 0;
    bool key = false;
  };
  std::vector<Packet> packets;
  double end = 0;                      ///< of the last sample, seconds, by the boxes
  std::vector<double> shown;           ///< first presentation time of each segment, seconds, by the boxes
  std::vector<double> segment_starts;  ///< time of the first packet of each segment, seconds
  std::vector<bool> segment_starts_key;
  std::vector<int> fragments;  ///< moof boxes in each segment
  int decoded_frames = 0;
  double peak = 0;          ///< largest sample of decoded sound
  double loudness = -70;    ///< LUFS of decoded sound
  double true_peak = -120;  ///< dBTP of decoded sound
};

[[nodiscard]] ReadBack read_back(const std::filesystem::path& output,
                                 const media::model::Rendition& rendition);

/// How many pictures can be decoded from what there is of a file that may break off.
[[nodiscard]] int first_pictures(const std::filesystem::path& file);

[[nodiscard]] double duration_of(const media::model::Rendition& rendition);

}  // namespace tongxing::tests
