// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/access_facts.hpp"

#include "media/manifest/rates.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/captions.hpp"
#include "server/services/lesson_measures.hpp"
#include "server/services/lesson_ticks.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace tongxing::services {
namespace {

using accessibility::AccessFacts;
using accessibility::Finding;
using accessibility::FindingKind;
using accessibility::MediaState;
using accessibility::Severity;
using accessibility::TextTrackFacts;

MediaState media_state(const std::optional<storage::Asset>& asset) {
  using enum storage::AssetState;
  if (!asset) return MediaState::missing;
  switch (asset->state) {
    case uploaded:
    case probing:
    case transcoding:
      return MediaState::in_work;
    case failed:
    case quarantined:
      return MediaState::unusable;
    case ready:
      return MediaState::ready;
  }
  return MediaState::missing;
}

/// A gap of some milliseconds is an error that mends itself (C7): it keeps nobody out. How much of the speech
/// is covered is told as a number of its own, and that nobody has read over what a machine made has a word of
/// its own: a reviewer may still do it.
bool blocks(const Finding& finding) {
  return finding.severity == Severity::error && finding.kind != FindingKind::gap_tiny &&
         finding.kind != FindingKind::speech_uncovered && finding.kind != FindingKind::machine_made;
}

/// Percent, rounded down; where the rule finds nothing to say, so much is covered that it is called all.
int covered_by(const std::vector<Finding>& findings) {
  const auto found = std::ranges::find(findings, FindingKind::speech_uncovered, &Finding::kind);
  return found == findings.end() ? 100 : static_cast<int>(found->value / 10);
}

bool is_unreviewed(const storage::TrackRow& track) {
  return track.origin == accessibility::name_of(accessibility::CaptionOrigin::machine_unreviewed);
}

TextTrackFacts measure(const storage::TrackRow& track, const LessonMeasures& measures) {
  const auto findings = warnings_in(track, measures);
  TextTrackFacts facts;
  facts.cues = track.cue_count;
  facts.errors = std::ranges::count_if(findings, blocks);
  facts.warnings = std::ranges::count(findings, Severity::warning, &Finding::severity);
  if (measures.speech) facts.speech_covered = covered_by(findings);
  facts.unreviewed = is_unreviewed(track);
  return facts;
}

/// The track of that kind with the fewest errors, then one that a person has read, then the one that leaves
/// out least: one good one lets people in.
std::optional<TextTrackFacts> best_of(const LessonPack& lesson, const LessonMeasures& measures,
                                      std::string_view kind) {
  std::optional<TextTrackFacts> best;
  for (const auto& track : lesson.tracks) {
    if (track.kind != kind) continue;
    const auto facts = measure(track, measures);
    const auto rank = [](const TextTrackFacts& one) {
      return std::tuple(one.errors, one.unreviewed, -one.speech_covered.value_or(0));
    };
    if (!best || rank(facts) < rank(*best)) best = facts;
  }
  return best;
}

const storage::TrackRow* other_of(const LessonPack& lesson, std::string_view kind) {
  const auto found = std::ranges::find(lesson.others, kind, &storage::TrackRow::kind);
  return found == lesson.others.end() ? nullptr : &*found;
}

std::optional<accessibility::DescriptionFacts> description_of(const LessonPack& lesson,
                                                              const LessonMeasures& measures,
                                                              const media::model::Package* package) {
  accessibility::DescriptionFacts facts;
  const auto* script = other_of(lesson, "AUDIO_DESCRIPTION");
  facts.as_text = script != nullptr;
  facts.as_sound =
      package != nullptr && std::ranges::any_of(package->renditions, [](const media::model::Rendition& r) {
        return r.kind == media::model::MediaKind::audio && r.role == media::model::AudioRole::description;
      });
  if (!facts.as_text && !facts.as_sound) return std::nullopt;
  if (facts.as_text) facts.errors = description_errors(*script, lesson.tracks, measures);
  if (facts.as_sound) facts.errors += described_length_errors(*package);
  return facts;
}

void add_package(AccessFacts& facts, const media::model::Package& package,
                 const std::vector<LessonTick>& ticks) {
  facts.has_slides = package.slides > 0;
  facts.sign = sign_quality_of(package, ticks);
  if (package.facts) add_measures(*package.facts, facts);
  for (const auto& rendition : package.renditions) {
    if (rendition.kind != media::model::MediaKind::video) continue;
    const auto rate = media::manifest::peak_bit_rate(rendition, package.segment_duration);
    if (facts.least_bandwidth == 0 || rate < facts.least_bandwidth) facts.least_bandwidth = rate;
  }
}

accessibility::LessonForm form_of(const storage::VersionLessonRow& lesson) {
  const auto type = courses::lesson_type_from(lesson.type).value_or(courses::LessonType::video);
  if (type == courses::LessonType::text_easy_read) return accessibility::LessonForm::text;
  if (type == courses::LessonType::practice) return accessibility::LessonForm::practice;
  return accessibility::LessonForm::media;
}

}  // namespace

VisualStatement visual_statement_of(const storage::CourseVersionRow& version) {
  return version.visual_statement.empty() ? VisualStatement::open : VisualStatement::recorded;
}

AccessFacts access_facts_of(const LessonPack& lesson, VisualStatement statement) {
  AccessFacts facts;
  facts.form = form_of(lesson.lesson);
  facts.media = media_state(lesson.asset);
  facts.nothing_unspoken = statement == VisualStatement::recorded;
  if (!lesson.asset) return facts;
  facts.duration = lesson.asset->duration;
  facts.has_picture = lesson.asset->has_video;
  facts.has_sound = lesson.asset->has_audio;
  facts.has_audio_only = lesson.asset->has_audio;
  const auto read = media::read_package(lesson.asset->package);
  const auto* package = read ? &*read : nullptr;
  const auto measures = measures_of(lesson.asset->duration, package);
  facts.captions = best_of(lesson, measures, "CAPTION");
  facts.subtitles = best_of(lesson, measures, "SUBTITLE");
  facts.easy_read = best_of(lesson, measures, "EASY_READ");
  facts.has_own_transcript = other_of(lesson, "TRANSCRIPT") != nullptr;
  facts.unreviewed_tracks = std::ranges::count_if(lesson.tracks, is_unreviewed);
  const auto ticks = ticks_of(lesson, package);
  facts.description = description_of(lesson, measures, package);
  if (package != nullptr) add_package(facts, *package, ticks);
  // A signer that was not measured is there all the same, and a reviewer looks at it.
  if (!facts.sign && other_of(lesson, "SIGN_LANGUAGE") != nullptr) facts.sign = accessibility::SignQuality{};
  return facts;
}

}  // namespace tongxing::services
