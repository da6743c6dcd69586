// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_measures.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/description/description_rules.hpp"
#include "accessibility/sign/sign_checks.hpp"
#include "media/manifest/rates.hpp"
#include "media/package_json/package_json.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

using accessibility::SignCheck;
using accessibility::TimeSpan;
using media::model::Stretch;

std::vector<TimeSpan> spans_of(const std::vector<Stretch>& stretches) {
  std::vector<TimeSpan> spans;
  spans.reserve(stretches.size());
  for (const auto& stretch : stretches) spans.push_back({stretch.start, stretch.end});
  return spans;
}

Milliseconds total_of(const std::vector<Stretch>& stretches) {
  Milliseconds total{0};
  for (const auto& stretch : stretches) total += stretch.end - stretch.start;
  return total;
}

bool is_consent(const accessibility::SignFinding& finding) {
  return finding.check == SignCheck::consent;
}

accessibility::Consent consent_in(const std::vector<LessonTick>& ticks) {
  if (!is_ticked(ticks, TickPoint::consent_stated)) return accessibility::Consent::missing;
  return is_ticked(ticks, TickPoint::sign_consent) ? accessibility::Consent::confirmed
                                                   : accessibility::Consent::stated;
}

/// Samples at 48 kHz.
std::int64_t samples_in(const media::model::Rendition& rendition) {
  std::int64_t us = 0;
  for (const auto& segment : rendition.segments) us += segment.duration_us;
  return us * 48 / 1'000;
}

accessibility::SignFacts sign_facts_of(const media::model::Package& package) {
  accessibility::SignFacts facts;
  const auto& least = package.sign.front();
  facts.least_width = least.width;
  facts.least_height = least.height;
  facts.least_bits_a_second = media::manifest::average_bit_rate(least);
  facts.language = least.language;
  facts.lesson = package.duration;
  if (!package.facts || !package.facts->signer) return facts;
  const auto& signer = *package.facts->signer;
  if (signer.frames_per_1000_s > 0) facts.frames_per_1000_s = signer.frames_per_1000_s;
  facts.source_width = signer.width;
  facts.source_height = signer.height;
  facts.length = signer.length;
  // The sound of the file is left out of what is made of it: S7 asks for what players get.
  facts.sound_streams = 0;
  return facts;
}

}  // namespace

LessonMeasures measures_of(Milliseconds length, const media::model::Package* package) {
  LessonMeasures measures{.length = length};
  if (package == nullptr || !package->facts) return measures;
  if (const auto& sound = package->facts->sound) {
    if (total_of(sound->speech) >= kLeastSpeech) measures.speech = spans_of(sound->speech);
    measures.sound = spans_of(sound->heard);
  }
  if (const auto& picture = package->facts->picture) measures.cuts = picture->cuts;
  return measures;
}

LessonMeasures measures_of(const storage::Asset& asset) {
  const auto package = media::read_package(asset.package);
  return measures_of(asset.duration, package ? &*package : nullptr);
}

std::optional<media::model::Facts> facts_of(const storage::Asset& asset) {
  auto package = media::read_package(asset.package);
  if (!package) return std::nullopt;
  return std::move(package->facts);
}

void add_measures(const LessonMeasures& measures, accessibility::CaptionContext& context) {
  if (measures.length > Milliseconds{0}) context.media_duration = measures.length;
  context.speech = measures.speech;
  context.sound = measures.sound;
  context.shot_changes = measures.cuts;
}

void add_measures(const media::model::Facts& facts, accessibility::AccessFacts& access) {
  using accessibility::Flashes;
  if (facts.picture) access.flashes = facts.picture->flashes.empty() ? Flashes::harmless : Flashes::harmful;
  if (facts.sound) access.speech_over_background_db = facts.sound->speech_over_background_db;
}

std::optional<accessibility::SignQuality> sign_quality_of(const media::model::Package& package,
                                                          const std::vector<LessonTick>& ticks) {
  if (package.sign.empty()) return std::nullopt;
  auto facts = sign_facts_of(package);
  const auto consent = consent_in(ticks);
  if (is_ticked(ticks, TickPoint::sign_picture)) facts.picture = accessibility::Tick::confirmed;
  auto findings = accessibility::check_sign(facts);
  std::erase_if(findings, is_consent);
  using accessibility::SignSeverity;
  return accessibility::SignQuality{
      static_cast<std::int64_t>(accessibility::count_of(findings, SignSeverity::error)),
      static_cast<std::int64_t>(accessibility::count_of(findings, SignSeverity::warning)), consent};
}

std::int64_t described_length_errors(const media::model::Package& package) {
  using media::model::AudioRole;
  using media::model::MediaKind;
  const media::model::Rendition* main = nullptr;
  for (const auto& one : package.renditions) {
    const bool sound = one.kind == MediaKind::audio;
    if (sound && one.role != AudioRole::main) continue;
    if (main == nullptr || (sound && main->kind != MediaKind::audio)) main = &one;
  }
  if (main == nullptr) return 0;
  return std::ranges::any_of(package.renditions, [&](const media::model::Rendition& one) {
    return one.kind == MediaKind::audio && one.role == AudioRole::description &&
           !accessibility::check_length(samples_in(one), samples_in(*main)).empty();
  });
}

std::int64_t description_errors(const storage::TrackRow& script, std::span<const storage::TrackRow> tracks,
                                const LessonMeasures& measures) {
  auto read = accessibility::read_description_script(script.source);
  if (!read) return 1;
  accessibility::PlanInput input;
  input.descriptions = std::move(read->descriptions);
  input.duration = measures.length;
  input.rate = accessibility::speaking_rate_for(script.lang);
  const auto captions = std::ranges::find(tracks, "CAPTION", &storage::TrackRow::kind);
  if (captions != tracks.end()) {
    if (auto file = accessibility::read_captions(captions->source)) input.captions = std::move(file->track);
  }
  if (measures.speech) {
    for (const auto& span : *measures.speech) input.detected.push_back({span.start, span.end});
  }
  const auto findings = accessibility::check_plan(input, accessibility::plan_descriptions(input));
  return std::ranges::count(findings, accessibility::Severity::error,
                            &accessibility::DescriptionFinding::severity);
}

}  // namespace tongxing::services
