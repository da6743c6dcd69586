// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

/// What is known of one lesson before anybody asks who can take it. Measured by the server, recorded by a
/// reviewer, never typed by an author.
namespace tongxing::accessibility {

/// What the learner has before them.
enum class LessonForm : std::uint8_t {
  media,    ///< video or sound
  text,     ///< an easy-read text
  practice  ///< done together at a place: the platform can not say who can take it
};

enum class MediaState : std::uint8_t { missing, in_work, unusable, ready };

/// One text track, the best one of its kind.
struct TextTrackFacts {
  std::int64_t cues = 0;
  std::int64_t errors = 0;  ///< findings that block publication (C1–C30), those that mend themselves left out
  std::int64_t warnings = 0;
  std::optional<int> speech_covered{};  ///< percent of the speech that has a cue (C13); nullopt: not measured
  bool unreviewed = false;              ///< made by a machine, and read over by nobody yet (C28)
};

/// Audio description, in the forms that there are.
struct DescriptionFacts {
  bool as_sound = false;    ///< a rendition that every player can play
  bool as_text = false;     ///< for braille and screen readers
  std::int64_t errors = 0;  ///< findings that block publication (A1–A10)
};

/// The signer's written consent (S8).
enum class Consent : std::uint8_t {
  missing,
  stated,    ///< the instructor says that it is there
  confirmed  ///< and a reviewer has seen it
};

/// The sign language video as its checks (accessibility/sign) judged it.
struct SignQuality {
  std::int64_t errors = 0;
  std::int64_t warnings = 0;
  Consent consent = Consent::missing;
};

enum class Contrast : std::uint8_t { unknown, good, poor };
enum class Flashes : std::uint8_t { unknown, harmless, harmful };

struct AccessFacts {
  LessonForm form = LessonForm::media;
  MediaState media = MediaState::missing;
  std::chrono::milliseconds duration{0};  ///< measured
  bool has_picture = false;
  bool has_sound = false;
  std::optional<TextTrackFacts> captions{};   ///< with sounds and speakers
  std::optional<TextTrackFacts> subtitles{};  ///< a translation, or dialogue alone
  std::optional<TextTrackFacts> easy_read{};
  std::int64_t unreviewed_tracks = 0;  ///< text tracks of any kind as TextTrackFacts::unreviewed has it
  bool has_own_transcript = false;     ///< a text beside the captions
  std::optional<DescriptionFacts> description{};
  bool nothing_unspoken = false;  ///< a reviewer recorded that no information is only to be seen
  std::optional<SignQuality> sign{};
  Contrast contrast = Contrast::unknown;           ///< of what is shown in the picture (WCAG 1.4.3)
  Flashes flashes = Flashes::unknown;              ///< WCAG 2.3.1
  std::optional<int> speech_over_background_db{};  ///< WCAG 1.4.7; nullopt: not measured
  bool has_audio_only = false;                     ///< the sound can be had without the picture
  bool has_slides = false;                         ///< stills and sound
  std::int64_t least_bandwidth = 0;                ///< bits a second of the smallest variant; 0: no video
};

/// C13 (coverage of speech): below this, captions leave out too much to be called complete.
inline constexpr int kLeastCovered = 90;
/// Below this, what is left can not be followed at all. [house]
inline constexpr int kHopelesslyCovered = 50;
/// WCAG 1.4.7, dB.
inline constexpr int kLeastSpeechOverBackground = 20;
/// What 2G and the edge of a cell carry, bits a second (Apple's authoring rule 9.21 for cellular variants).
inline constexpr std::int64_t kWeakNetwork = 192'000;

}  // namespace tongxing::accessibility
