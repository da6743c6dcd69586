// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/aac_frames.hpp"

#include "media/av/error.hpp"
#include "media/av/file_muxer.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <utility>

namespace tongxing::media::description {

namespace {

/// Sends `frames` frames and gives every packet, the priming one (pts −1024) first.
void encode(av::Encoder& encoder, std::span<const float> pcm, std::int64_t frames,
            const std::function<void(av::Packet&)>& take) {
  av::Packet packet;
  const auto drain = [&] {
    while (encoder.receive(packet)) {
      packet->duration = kFrame;
      take(packet);
      packet.reset();
    }
  };
  for (std::int64_t i = 0; i < frames; ++i) {
    av::Frame frame;
    frame->format = AV_SAMPLE_FMT_FLTP;
    frame->sample_rate = encoder.get()->sample_rate;
    frame->nb_samples = static_cast<int>(kFrame);
    frame->pts = i * kFrame;
    av::check(av_channel_layout_copy(&frame->ch_layout, &encoder.get()->ch_layout), "layout");
    av::check(av_frame_get_buffer(frame.get(), 0), "sound buffer");
    auto* to = reinterpret_cast<float*>(frame->data[0]);
    const auto begin = std::min(static_cast<std::size_t>(i * kFrame), pcm.size());
    const auto part = pcm.subspan(begin, std::min(static_cast<std::size_t>(kFrame), pcm.size() - begin));
    std::ranges::fill(std::ranges::copy(part, to).out, to + kFrame, 0.0F);
    encoder.send(&frame);
    drain();
  }
  encoder.send(nullptr);
  drain();
}

}  // namespace

std::vector<av::Packet> encode_frames(std::span<const float> pcm, std::int64_t skip, std::int64_t count,
                                      std::int64_t first) {
  av::Encoder encoder = av::Encoder::aac({});
  std::vector<av::Packet> packets;
  packets.reserve(static_cast<std::size_t>(count));
  encode(encoder, pcm, skip + count + kAhead, [&](av::Packet& packet) {
    const std::int64_t index = packet->pts / kFrame - skip;
    if (packet->pts < 0 || index < 0 || index >= count) return;
    packet->pts = (first + index) * kFrame;
    packet->dts = packet->pts;
    packets.push_back(std::exchange(packet, av::Packet()));
  });
  if (std::ssize(packets) != count) throw std::logic_error("the AAC encoder left frames out");
  return packets;
}

std::vector<std::byte> encode_file(std::span<const float> pcm) {
  av::Encoder encoder = av::Encoder::aac({});
  av::FileMuxer muxer(encoder);
  const auto frames = (std::ssize(pcm) + kFrame - 1) / kFrame;
  encode(encoder, pcm, frames, [&](av::Packet& packet) { muxer.write(packet); });
  return muxer.finish();
}

}  // namespace tongxing::media::description
