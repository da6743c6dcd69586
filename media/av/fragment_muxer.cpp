// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/fragment_muxer.hpp"

#include <string>
#include <utility>

extern "C" {
#include <libavformat/avformat.h>
}

#include "media/av/dictionary.hpp"
#include "media/av/edit_list.hpp"
#include "media/av/error.hpp"

namespace tongxing::media::av {

namespace {
constexpr int kBufferBytes = 64 * 1024;
}  // namespace

struct FragmentMuxer::State {
  AVFormatContext* context = nullptr;
  AVIOContext* io = nullptr;
  AVRational encoder_base{};
  std::int64_t delay = 0;
  std::size_t fragments_before = 0;
  Bytes bytes;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    avformat_free_context(context);  // no trailer: the segments are whole without one
    if (io != nullptr) av_freep(&io->buffer);
    avio_context_free(&io);
  }

  static int append(void* opaque, std::uint8_t* data, int count) {
    auto& self = *static_cast<State*>(opaque);
    const auto* first = reinterpret_cast<const std::byte*>(data);
    self.bytes.insert(self.bytes.end(), first, first + count);
    return count;
  }

  [[nodiscard]] Bytes take() {
    avio_flush(io);
    return std::exchange(bytes, {});
  }
};

FragmentMuxer::FragmentMuxer(const Encoder& encoder, std::int64_t delay, std::size_t fragments_before)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  check(avformat_alloc_output_context2(&state.context, nullptr, "mp4", nullptr), "mp4 muxer");
  auto* buffer = static_cast<unsigned char*>(check_pointer(av_malloc(kBufferBytes), "write buffer"));
  state.io = avio_alloc_context(buffer, kBufferBytes, 1, &state, nullptr, &State::append, nullptr);
  if (state.io == nullptr) {
    av_free(buffer);
    throw Fault("avio_alloc_context", AVERROR(ENOMEM));
  }
  state.io->seekable = 0;
  state.context->pb = state.io;
  state.context->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
  AVStream* stream = check_pointer(avformat_new_stream(state.context, nullptr), "stream");
  check(avcodec_parameters_from_context(stream->codecpar, encoder.get()), "stream parameters");
  state.encoder_base = encoder.get()->time_base;
  state.delay = delay;
  state.fragments_before = fragments_before;
  stream->time_base = state.encoder_base;
  stream->avg_frame_rate = encoder.get()->framerate;
  stream->sample_aspect_ratio = encoder.get()->sample_aspect_ratio;
}

FragmentMuxer::FragmentMuxer(FragmentMuxer&&) noexcept = default;
FragmentMuxer& FragmentMuxer::operator=(FragmentMuxer&&) noexcept = default;
FragmentMuxer::~FragmentMuxer() = default;

FragmentMuxer::Bytes FragmentMuxer::init() {
  Dictionary options;
  const bool goes_on = state_->fragments_before > 0;
  const std::string flags = "+empty_moov+default_base_moof+frag_custom+skip_trailer";
  options.set("movflags", (flags + (goes_on ? "+frag_discont" : "")).c_str());  // else times would begin at 0
  if (goes_on) {
    options.set("fragment_index", static_cast<int>(state_->fragments_before) + 1);
    options.set("use_editlist", 0);
    state_->context->avoid_negative_ts = 0;  // as they are: no shift to 0 of the first one
  }
  options.set("brand", "cmfc");
  check(avformat_write_header(state_->context, options.address()), "init segment");
  Bytes bytes = state_->take();
  if (state_->delay == 0) return bytes;
  return with_edit_list(
      bytes, av_rescale_q(state_->delay, state_->encoder_base, state_->context->streams[0]->time_base));
}

void FragmentMuxer::write(Packet& packet) {
  packet->stream_index = 0;
  packet->pts += state_->delay;
  av_packet_rescale_ts(packet.get(), state_->encoder_base, state_->context->streams[0]->time_base);
  check(av_write_frame(state_->context, packet.get()), "write packet");
}

FragmentMuxer::Bytes FragmentMuxer::flush() {
  check(av_write_frame(state_->context, nullptr), "end fragment");
  return state_->take();
}

}  // namespace tongxing::media::av
