// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/segment_writer.hpp"

#include "media/pipeline/codec_tag.hpp"
#include "media/pipeline/key_frame_bytes.hpp"

#include <stdexcept>
#include <utility>

namespace tongxing::media::pipeline {

SegmentWriter::SegmentWriter(const OutputFolder& package, const av::Encoder& encoder,
                             model::Rendition rendition, std::int64_t delay)
    : folder_(package.folder(rendition.name)),
      muxer_(encoder, delay, rendition.segments.size()),
      rendition_(std::move(rendition)) {
  const auto init = muxer_.init();
  rendition_.codecs = codec_tag(init);
  if (rendition_.codecs.empty()) throw std::logic_error("no codec configuration in the init segment");
  rendition_.init_bytes = static_cast<std::int64_t>(init.size());
  folder_.write("init.mp4", init);
}

void SegmentWriter::write(av::Packet& packet) {
  muxer_.write(packet);
}

void SegmentWriter::end_segment(std::int64_t duration_us) {
  const auto bytes = muxer_.flush();
  folder_.write("s" + std::to_string(rendition_.segments.size()) + ".m4s", bytes);
  const bool video = rendition_.kind == model::MediaKind::video;
  rendition_.segments.push_back(
      {duration_us, static_cast<std::int64_t>(bytes.size()), video ? first_sample_end(bytes) : 0});
  if (listener_) listener_(rendition_);
}

model::Rendition SegmentWriter::finish() {
  folder_.sync();
  return std::move(rendition_);
}

}  // namespace tongxing::media::pipeline
