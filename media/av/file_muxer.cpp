// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/file_muxer.hpp"

#include <algorithm>
#include <utility>

extern "C" {
#include <libavformat/avformat.h>
}

#include "media/av/error.hpp"

namespace tongxing::media::av {

namespace {
constexpr int kBufferBytes = 64 * 1024;
}

struct FileMuxer::State {
  AVFormatContext* context = nullptr;
  AVIOContext* io = nullptr;
  AVRational encoder_base{};
  std::vector<std::byte> bytes;
  std::int64_t position = 0;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    avformat_free_context(context);
    if (io != nullptr) av_freep(&io->buffer);
    avio_context_free(&io);
  }

  static int put(void* opaque, std::uint8_t* data, int count) {
    auto& self = *static_cast<State*>(opaque);
    const auto* first = reinterpret_cast<const std::byte*>(data);
    const auto end = static_cast<std::size_t>(self.position + count);
    if (self.bytes.size() < end) self.bytes.resize(end);
    std::copy_n(first, count, self.bytes.begin() + self.position);
    self.position += count;
    return count;
  }

  static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    auto& self = *static_cast<State*>(opaque);
    const auto size = static_cast<std::int64_t>(self.bytes.size());
    if (whence == AVSEEK_SIZE) return size;
    const std::int64_t base = whence == SEEK_CUR ? self.position : whence == SEEK_END ? size : 0;
    if (base + offset < 0) return AVERROR(EINVAL);
    self.position = base + offset;
    return self.position;
  }
};

FileMuxer::FileMuxer(const Encoder& encoder) : state_(std::make_unique<State>()) {
  State& state = *state_;
  check(avformat_alloc_output_context2(&state.context, nullptr, "ipod", nullptr), "m4a muxer");
  auto* buffer = static_cast<unsigned char*>(check_pointer(av_malloc(kBufferBytes), "write buffer"));
  state.io = avio_alloc_context(buffer, kBufferBytes, 1, &state, nullptr, &State::put, &State::seek);
  if (state.io == nullptr) {
    av_free(buffer);
    throw Fault("avio_alloc_context", AVERROR(ENOMEM));
  }
  state.context->pb = state.io;
  state.context->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
  AVStream* stream = check_pointer(avformat_new_stream(state.context, nullptr), "stream");
  check(avcodec_parameters_from_context(stream->codecpar, encoder.get()), "stream parameters");
  state.encoder_base = encoder.get()->time_base;
  stream->time_base = state.encoder_base;
  check(avformat_write_header(state.context, nullptr), "file header");
}

FileMuxer::FileMuxer(FileMuxer&&) noexcept = default;
FileMuxer& FileMuxer::operator=(FileMuxer&&) noexcept = default;
FileMuxer::~FileMuxer() = default;

void FileMuxer::write(Packet& packet) {
  packet->stream_index = 0;
  av_packet_rescale_ts(packet.get(), state_->encoder_base, state_->context->streams[0]->time_base);
  check(av_write_frame(state_->context, packet.get()), "write packet");
}

std::vector<std::byte> FileMuxer::finish() {
  check(av_write_trailer(state_->context), "file trailer");
  avio_flush(state_->io);
  return std::exchange(state_->bytes, {});
}

}  // namespace tongxing::media::av
