// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/resampler.hpp"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

#include "media/av/error.hpp"

namespace tongxing::media::av {

struct Resampler::State {
  SwrContext* swr = nullptr;
  AVChannelLayout layout{};
  int rate = 0;
  int format = AV_SAMPLE_FMT_NONE;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    swr_free(&swr);
    av_channel_layout_uninit(&layout);
  }

  [[nodiscard]] bool fits(const Frame& block) const {
    return swr != nullptr && rate == block->sample_rate && format == block->format &&
           av_channel_layout_compare(&layout, &block->ch_layout) == 0;
  }

  void configure(const Frame& block) {
    swr_free(&swr);
    av_channel_layout_uninit(&layout);
    check(av_channel_layout_copy(&layout, &block->ch_layout), "channel layout");
    if (layout.order == AV_CHANNEL_ORDER_UNSPEC)
      av_channel_layout_default(&layout, block->ch_layout.nb_channels);
    rate = block->sample_rate;
    format = block->format;
    AVChannelLayout mono{};
    av_channel_layout_default(&mono, 1);
    check(swr_alloc_set_opts2(&swr, &mono, AV_SAMPLE_FMT_FLTP, kRate, &layout,
                              static_cast<AVSampleFormat>(format), rate, 0, nullptr),
          "resampler options");
    check(swr_init(swr), "resampler");
    // Remember the layout as the blocks spell it, so that an unspecified one is not seen as a change each
    // time.
    av_channel_layout_uninit(&layout);
    check(av_channel_layout_copy(&layout, &block->ch_layout), "channel layout");
  }

  void pull(const std::uint8_t** in, int in_count, std::vector<float>& out) const {
    const int room = check(swr_get_out_samples(swr, in_count), "resampler size");
    const std::size_t before = out.size();
    out.resize(before + static_cast<std::size_t>(room));
    auto* to = reinterpret_cast<std::uint8_t*>(out.data() + before);
    const int got = check(swr_convert(swr, &to, room, in, in_count), "resample");
    out.resize(before + static_cast<std::size_t>(got));
  }
};

Resampler::Resampler() : state_(std::make_unique<State>()) {}
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;
Resampler::~Resampler() = default;

void Resampler::convert(const Frame& block, std::vector<float>& out) {
  if (!state_->fits(block)) {
    drain(out);
    state_->configure(block);
  }
  state_->pull(const_cast<const std::uint8_t**>(block->extended_data), block->nb_samples, out);
}

void Resampler::drain(std::vector<float>& out) {
  if (state_->swr != nullptr) state_->pull(nullptr, 0, out);
}

std::int64_t Resampler::delay() const {
  return state_->swr == nullptr ? 0 : swr_get_delay(state_->swr, kRate);
}

}  // namespace tongxing::media::av
