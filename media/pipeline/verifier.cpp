// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/verifier.hpp"

#include "media/av/decoder.hpp"
#include "media/av/error.hpp"
#include "media/av/input.hpp"
#include "media/pipeline/package_time.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace tongxing::media::pipeline {

namespace {

constexpr std::size_t kLargestFile = 512U << 20U;
constexpr std::int64_t kAacSamples = 1'024;  // of a packet; the time base of our sound is one sample
constexpr std::int64_t kAacFrame_us = 21'334;
constexpr std::int64_t kRounding_us = 1'500;
constexpr std::int64_t kLongestPicture_us = 500'000;  // one that stands is encoded again every 0.4 s

/// Carries a finding out of the checks; never leaves this file.
struct Wrong {
  std::string what;
};

/// The files of one rendition as one stream of bytes: init segment, then every segment, each of the size
/// that it should have.
class RenditionBytes {
 public:
  RenditionBytes(const InputFolder& folder, const model::Rendition& rendition)
      : folder_(folder), rendition_(rendition) {}

  std::size_t read(std::uint8_t* to, std::size_t most) {
    while (at_ == bytes_.size()) {
      if (!fault_.empty() || next_ > rendition_.segments.size()) return 0;
      load();
    }
    const std::size_t count = std::min(most, bytes_.size() - at_);
    std::memcpy(to, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }

  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

 private:
  void load() {
    const bool init = next_ == 0;
    const std::string name = init ? "init.mp4" : "s" + std::to_string(next_ - 1) + ".m4s";
    const std::int64_t size = init ? rendition_.init_bytes : rendition_.segments[next_ - 1].bytes;
    auto bytes = folder_.read(rendition_.name + "/" + name, kLargestFile);
    ++next_;
    at_ = 0;
    bytes_.clear();
    if (!bytes || static_cast<std::int64_t>(bytes->size()) != size) {
      fault_ = name + " is missing or has another size";
      return;
    }
    bytes_ = std::move(*bytes);
  }

  const InputFolder& folder_;
  const model::Rendition& rendition_;
  std::size_t next_ = 0;  ///< 0: the init segment
  std::string bytes_;
  std::size_t at_ = 0;
  std::string fault_;
};

std::vector<std::int64_t> borders_of(const model::Rendition& rendition) {
  std::vector<std::int64_t> borders{0};
  for (const model::Segment& segment : rendition.segments)
    borders.push_back(borders.back() + segment.duration_us);
  return borders;
}

/// Follows the packets of one rendition.
class Follower {
 public:
  Follower(const model::Rendition& rendition, const AVStream& stream, av::Decoder decoder)
      : video_(rendition.kind == model::MediaKind::video),
        borders_(borders_of(rendition)),
        base_(stream.time_base),
        decoder_(std::move(decoder)) {}

  void take(const av::Packet& packet) {
    if (packet->pts == AV_NOPTS_VALUE) throw Wrong{"a packet without a time"};
    const std::int64_t time = us(packet->pts);
    if (first_ && std::llabs(time) > kRounding_us) throw Wrong{"the first sample is not at 0"};
    if (!first_ && !video_ && std::llabs(time - end_) > kRounding_us) throw Wrong{"a hole in the sound"};
    first_ = false;
    if (border_ + 1 < borders_.size() && time >= borders_[border_] - kRounding_us) {
      if (video_ && std::llabs(time - borders_[border_]) <= kRounding_us &&
          (packet->flags & AV_PKT_FLAG_KEY) == 0) {
        throw Wrong{"segment " + std::to_string(border_) + " does not begin with a key frame"};
      }
      if (video_ && std::llabs(time - borders_[border_]) > kRounding_us) {
        throw Wrong{"segment " + std::to_string(border_) + " begins at another time"};
      }
      ++border_;
      begin_segment();
    }
    end_ = std::max(end_, video_ ? decoded_until(packet) : heard_until(packet));
    if (decodes_) decode(&packet);
  }

  /// When the last picture begins, in the order of decoding. libav guesses how long a picture stands from the
  /// frame rate of the whole, so its own length is left open: see kLongestPicture_us.
  [[nodiscard]] std::int64_t decoded_until(const av::Packet& packet) {
    if (packet->dts == AV_NOPTS_VALUE) throw Wrong{"a packet without a time"};
    if (!first_decoded_) first_decoded_ = packet->dts;
    return us(packet->dts - *first_decoded_);
  }

  /// The demuxer does not know how long the first packet of sound lasts: all last the same.
  [[nodiscard]] std::int64_t heard_until(const av::Packet& packet) const {
    return us(packet->pts + (packet->duration > 0 ? packet->duration : kAacSamples));
  }

  void finish() {
    if (first_) throw Wrong{"it holds nothing"};
    if (decodes_) decode(nullptr);
    if (decoded_ == 0) throw Wrong{"nothing of it can be decoded"};
    const std::int64_t missing = borders_.back() - end_;
    if (video_ ? missing <= 0 || missing > kLongestPicture_us
               : std::llabs(missing) > kRounding_us + kAacFrame_us) {
      throw Wrong{"it ends at " + std::to_string(end_) + " µs instead of " + std::to_string(borders_.back())};
    }
  }

 private:
  [[nodiscard]] std::int64_t us(std::int64_t pts) const { return av_rescale_q(pts, base_, {1, 1'000'000}); }

  /// The first and the last segment are decoded, the others only counted.
  void begin_segment() {
    const bool last = border_ + 1 == borders_.size();
    decodes_ = border_ == 1 || last;
    if (!last || border_ == 1) return;
    if (decoded_ == 0) throw Wrong{"its first segment cannot be decoded"};
    avcodec_flush_buffers(decoder_.get());
    decoded_ = 0;
  }

  void decode(const av::Packet* packet) {
    if (decoder_.send(packet) == av::Step::damaged) throw Wrong{"a damaged packet"};
    av::Frame frame;
    while (true) {
      const av::Step step = decoder_.receive(frame);
      if (step == av::Step::damaged) throw Wrong{"a picture or a sound that cannot be decoded"};
      if (step != av::Step::ready) return;
      if (frame->decode_error_flags != 0) throw Wrong{"a picture that is damaged"};
      ++decoded_;
    }
  }

  bool video_;
  std::vector<std::int64_t> borders_;  ///< 0, then the end of each segment
  AVRational base_;
  av::Decoder decoder_;
  std::size_t border_ = 0;  ///< the next one to be met
  std::int64_t end_ = 0;
  std::int64_t decoded_ = 0;
  bool first_ = true;
  std::optional<std::int64_t> first_decoded_;  ///< decode time of the first picture, in ticks
  bool decodes_ = false;
};

void verify_rendition(const InputFolder& folder, const model::Rendition& rendition) {
  RenditionBytes bytes(folder, rendition);
  auto input = av::Input::open(
      av::ByteSource([&](std::uint8_t* to, std::size_t most) { return bytes.read(to, most); }));
  if (!bytes.fault().empty()) throw Wrong{bytes.fault()};
  if (!input) throw Wrong{"it cannot be opened: " + input.error().detail};
  if (input->streams().size() != 1) throw Wrong{"it has not exactly one track"};
  const AVStream& stream = *input->streams()[0];
  auto decoder = av::Decoder::open(stream, 1);
  if (!decoder) throw Wrong{"its codec is not known"};
  decoder->get()->err_recognition |= AV_EF_EXPLODE;  // in our own output nothing is to be smoothed over
  Follower follower(rendition, stream, std::move(*decoder));
  av::Packet packet;
  int got = 0;
  while ((got = input->read(packet)) >= 0) follower.take(packet);
  if (!bytes.fault().empty()) throw Wrong{bytes.fault()};
  if (got != AVERROR_EOF) throw Wrong{"it breaks off: " + av::describe(got)};
  follower.finish();
}

void verify_length(const model::Rendition& rendition, const model::Package& package) {
  const std::int64_t difference = std::llabs(borders_of(rendition).back() - lesson_us(package));
  if (difference > kAacFrame_us + kRounding_us) throw Wrong{"it is not as long as the others"};
}

void verify_sides(const InputFolder& folder, const model::Package& package) {
  const auto need = [&](const std::string& name) {
    const auto bytes = folder.read(name, kLargestFile);
    if (!bytes || bytes->empty()) throw Wrong{name + " is missing or empty"};
  };
  if (package.has_poster) need("poster.jpg");
  if (package.slides > 0) need("slides.json");
  for (int i = 0; package.thumbnails && i < package.thumbnails->sheets; ++i) {
    need("thumb/t" + std::to_string(i) + ".jpg");
  }
}

model::Failure failure(const std::string& name, const std::string& what) {
  return {model::ExitCode::resources, "errors.media.unverified", {{"rendition", name}}, name + ": " + what};
}

}  // namespace

model::Outcome<void> verify_package(const InputFolder& folder, const model::Package& package,
                                    const model::EventListener& listener) {
  enum class Belongs { to_lesson, apart };
  std::string name;
  const auto verify = [&](const model::Rendition& rendition, Belongs belongs) {
    name = rendition.name;
    if (belongs == Belongs::to_lesson) verify_length(rendition, package);
    verify_rendition(folder, rendition);
    listener(model::OutputReady{name});
  };
  try {
    for (const auto& rendition : package.renditions) verify(rendition, Belongs::to_lesson);
    for (const auto& rendition : package.sign) verify(rendition, Belongs::apart);
    if (package.signed_picture) verify(*package.signed_picture, Belongs::to_lesson);
    name = "files";
    verify_sides(folder, package);
  } catch (const Wrong& wrong) {
    return std::unexpected(failure(name, wrong.what));
  }
  return {};
}

}  // namespace tongxing::media::pipeline
