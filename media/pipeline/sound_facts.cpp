// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/sound_facts.hpp"

#include "accessibility/flash/background.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tongxing::media::pipeline {

namespace {

constexpr std::size_t kBatch = 48'000;
constexpr float kSilence = -119.0F;  // dBFS: the levels' way to say that there is nothing at all
constexpr std::chrono::milliseconds kBeside{100};

template <typename Spans>
std::vector<model::Stretch> stretches_of(const Spans& spans, auto make) {
  std::vector<model::Stretch> stretches;
  for (const auto& span : spans) {
    const model::Stretch stretch = make(span);
    if (stretch.end <= stretch.start) continue;
    if (stretches.size() == model::kMostStretches) break;
    stretches.push_back(stretch);
  }
  return stretches;
}

}  // namespace

void SoundFinder::add(std::span<const float> samples) {
  batch_.insert(batch_.end(), samples.begin(), samples.end());
  if (batch_.size() >= kBatch) search();
}

void SoundFinder::search() {
  thin_.clear();
  thinner_.add(batch_, thin_);
  activity_.push(thin_);
  batch_.clear();
}

model::SoundFacts SoundFinder::finish(std::span<const float> levels_db) {
  search();
  thinner_ = {};
  const auto speech = activity_.finish();
  model::SoundFacts facts;
  facts.speech = stretches_of(
      speech, [](const accessibility::Span& span) { return model::Stretch{span.start, span.end}; });
  facts.heard = stretches_of(heard_spans(levels_db), [](const SoundSpan& span) {
    return model::Stretch{std::chrono::milliseconds(span.from_ms), std::chrono::milliseconds(span.to_ms)};
  });
  facts.speech_over_background_db = speech_over_background(levels_db, speech);
  return facts;
}

std::optional<int> speech_over_background(std::span<const float> levels_db,
                                          std::span<const accessibility::Span> speech) {
  constexpr std::chrono::milliseconds kBlock{kLevel_ms};
  std::vector<accessibility::SoundBlock> blocks;
  blocks.reserve(levels_db.size());
  auto span = speech.begin();
  auto before = -kBeside;  // where the speech before ends
  std::chrono::milliseconds at{0};
  for (const float level : levels_db) {
    while (span != speech.end() && span->end <= at) before = (span++)->end;
    const bool inside = span != speech.end() && span->start <= at && at + kBlock <= span->end;
    const bool beside =
        at < before + kBeside || (span != speech.end() && at + kBlock > span->start - kBeside);
    const double db =
        level > kSilence ? static_cast<double>(level) : -std::numeric_limits<double>::infinity();
    if (inside) {
      blocks.push_back({db, accessibility::Voice::present});
    } else if (!beside) {
      blocks.push_back({db, accessibility::Voice::absent});
    }
    at += kBlock;
  }
  const auto judged = accessibility::judge_background(blocks, kBlock);
  if (!judged.difference_db) return std::nullopt;
  return static_cast<int>(std::clamp(std::floor(*judged.difference_db), -200.0, 200.0));
}

}  // namespace tongxing::media::pipeline
