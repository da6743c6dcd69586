// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/segment_encoder.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::media::description {

std::int64_t samples_to_us(std::int64_t samples) noexcept {
  return (samples * 1'000'000 + 24'000) / 48'000;
}

SegmentEncoder::SegmentEncoder(const pipeline::OutputFolder& package, model::Rendition rendition,
                               std::vector<std::int64_t> borders, int threads)
    : borders_(std::move(borders)),
      threads_(static_cast<std::size_t>(std::clamp(threads, 1, 16))),
      shape_(av::Encoder::aac({})),
      writer_(package, shape_, std::move(rendition)) {}

std::int64_t SegmentEncoder::run_end() const {
  return (borders_[std::min(next_ + kRun, borders_.size() - 1)] + kAhead) * kFrame;
}

void SegmentEncoder::add(std::span<const float> samples) {
  waiting_.insert(waiting_.end(), samples.begin(), samples.end());
  while (next_ + 1 < borders_.size() && first_sample_ + std::ssize(waiting_) >= run_end()) send_run();
}

void SegmentEncoder::send_run() {
  const std::size_t end = std::min(next_ + kRun, borders_.size() - 1);
  const std::int64_t first = borders_[next_];
  const std::int64_t count = borders_[end] - first;
  const std::int64_t skip = std::min(first, kWarmUp);
  const auto begin = waiting_.begin() + ((first - skip) * kFrame - first_sample_);
  const auto length = std::min((skip + count + kAhead) * kFrame, waiting_.end() - begin);
  if (running_.size() > threads_) write_oldest();
  running_.push_back(
      std::async(std::launch::async, [pcm = std::vector<float>(begin, begin + length), skip, count, first] {
        return encode_frames(pcm, skip, count, first);
      }));
  next_ = end;
  const std::int64_t keep = std::max<std::int64_t>(0, (borders_[end] - kWarmUp) * kFrame);
  waiting_.erase(waiting_.begin(), waiting_.begin() + (keep - first_sample_));
  first_sample_ = keep;
}

void SegmentEncoder::write_oldest() {
  Packets packets = running_.front().get();
  running_.pop_front();
  for (av::Packet& packet : packets) {
    writer_.write(packet);
    if (++written_ < borders_[segment_ + 1]) continue;
    writer_.end_segment(samples_to_us(borders_[segment_ + 1] * kFrame) -
                        samples_to_us(borders_[segment_] * kFrame));
    ++segment_;
  }
}

model::Rendition SegmentEncoder::finish() {
  const std::int64_t total = borders_.back() * kFrame;
  waiting_.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, total - first_sample_)), 0.0F);
  while (next_ + 1 < borders_.size()) send_run();
  while (!running_.empty()) write_oldest();
  return writer_.finish();
}

}  // namespace tongxing::media::description
