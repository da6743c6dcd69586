// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an MP4 file: init segment, fragments, index, parameter sets, pictures, transport stream, JPEG.
#include "media/check/fragments.hpp"
#include "media/check/h264.hpp"
#include "media/check/init_segment.hpp"
#include "media/check/jpeg_size.hpp"
#include "media/check/transport_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace tongxing::media::check;

void require(bool good) {
  if (!good) std::abort();
}

void check_fragments(std::string_view bytes, const InitSegment& init) {
  const auto fragments = read_fragments(bytes, init);
  if (!fragments) return;
  std::size_t samples = 0;
  for (const auto& fragment : *fragments) {
    const Track* track = init.by_id(fragment.track);
    require(track != nullptr);
    samples += fragment.samples.size();
    for (const auto& sample : fragment.samples) {
      require(sample.offset <= bytes.size() && sample.size <= bytes.size() - sample.offset);
      // Samples may overlap: looking at a few of them is enough here.
      if (samples > 1'000) continue;
      static_cast<void>(
          first_picture(bytes.substr(sample.offset, sample.size), track->nal_length_size, NalCodec::h264));
    }
  }
  require(samples <= kMostSamples);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  static_cast<void>(read_index(bytes, 0));
  static_cast<void>(read_transport_stream(bytes));
  static_cast<void>(jpeg_size(bytes));
  static_cast<void>(first_picture(bytes, 4, NalCodec::hevc));
  if (const auto parameters = read_sequence_parameters(bytes)) {
    require(parameters->width > 0 && parameters->width <= 16'384 && parameters->height > 0);
  }
  const auto init = read_init(bytes);
  if (!init) return 0;
  require(!init->tracks.empty() && init->tracks.size() <= kMostTracks);
  for (const auto& track : init->tracks) {
    require(track.timescale > 0);
    static_cast<void>(read_sequence_parameters(track.parameter_set));
  }
  check_fragments(bytes, *init);
  static_cast<void>(read_first_sample(bytes, *init, 0));
  return 0;
}
