// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/input.hpp"

#include "media/av/allowed.hpp"
#include "media/av/dictionary.hpp"
#include "media/av/error.hpp"

#include <array>
#include <cstring>
#include <string_view>

#include <unistd.h>

namespace tongxing::media::av {

namespace {

int refuse_nested_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

/// Does the file begin like a container that we know? Then it is a broken one, not "no media".
bool begins_like_media(AVIOContext* io) {
  std::array<unsigned char, 12> head{};
  avio_seek(io, 0, SEEK_SET);
  if (avio_read(io, head.data(), static_cast<int>(head.size())) < 12) return false;
  const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
  return text.substr(4, 4) == "ftyp" || text.substr(4, 4) == "moov" ||
         text.substr(0, 4) == "\x1A\x45\xDF\xA3" ||
         (text.substr(0, 4) == "RIFF" && (text.substr(8, 4) == "AVI " || text.substr(8, 4) == "WAVE")) ||
         text.substr(0, 4) == "OggS" || text.substr(0, 4) == "fLaC" || text.substr(0, 3) == "FLV";
}

Dictionary locked_options(const InputLimits& limits) {
  Dictionary options;
  options.set("format_whitelist", kFormats);
  options.set("codec_whitelist", kCodecs);
  options.set("protocol_whitelist", "none");
  options.set("max_streams", limits.streams);
  options.set("probesize", limits.probe_bytes);
  options.set("analyzeduration", limits.analyse_us);
  options.set("max_probe_packets", limits.probe_packets);
  options.set("enable_drefs", 0);
  return options;
}

}  // namespace

Input::Input(std::unique_ptr<ByteSource> source, std::unique_ptr<AVFormatContext, Close> context)
    : source_(std::move(source)), context_(std::move(context)) {}

model::Outcome<Input> Input::open(ByteSource bytes, const InputLimits& limits) {
  auto source = std::make_unique<ByteSource>(std::move(bytes));
  if (source->size() == 0) return model::bad_input("errors.media.empty");

  AVFormatContext* raw = check_pointer(avformat_alloc_context(), "format context");
  raw->pb = source->context();
  raw->flags |= AVFMT_FLAG_CUSTOM_IO;
  raw->io_open = &refuse_nested_open;
  Dictionary options = locked_options(limits);
  const int opened = avformat_open_input(&raw, "", nullptr, options.address());  // frees `raw` where it fails
  if (opened == AVERROR(ENOMEM)) throw Fault("open input", opened);
  if (opened < 0) {
    const char* key =
        begins_like_media(source->context()) ? "errors.media.truncated" : "errors.media.not_media";
    return model::bad_input(key, {}, "open: " + describe(opened));
  }
  std::unique_ptr<AVFormatContext, Close> context(raw);
  if (context->nb_streams > static_cast<unsigned>(limits.streams)) {
    return model::bad_input("errors.media.too_many_streams", {{"limit", std::to_string(limits.streams)}});
  }
  const int found = avformat_find_stream_info(context.get(), nullptr);
  if (found == AVERROR(ENOMEM)) throw Fault("find stream info", found);
  if (found < 0) return model::bad_input("errors.media.truncated", {}, "stream info: " + describe(found));
  if (context->nb_streams > static_cast<unsigned>(limits.streams)) {
    return model::bad_input("errors.media.too_many_streams", {{"limit", std::to_string(limits.streams)}});
  }
  return Input(std::move(source), std::move(context));
}

int Input::read(Packet& packet) {
  packet.reset();
  return av_read_frame(context_.get(), packet.get());
}

bool Input::seek(std::int64_t time_us) {
  return avformat_seek_file(context_.get(), -1, INT64_MIN, time_us, time_us, 0) >= 0;
}

bool Input::rewind() {
  return avformat_seek_file(context_.get(), 0, INT64_MIN, INT64_MIN + 1, INT64_MAX, 0) >= 0;
}

void Input::keep_only(int stream_index) {
  for (AVStream* stream : streams()) {
    stream->discard = stream->index == stream_index ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  }
}

std::span<AVStream* const> Input::streams() const noexcept {
  return {context_->streams, context_->nb_streams};
}

}  // namespace tongxing::media::av
