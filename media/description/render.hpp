// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/description_rules.hpp"
#include "media/description/paused_sound.hpp"
#include "media/description/render_progress.hpp"
#include "media/description/voice.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Makes a lesson's description heard: a described rendition, clips for extended description, and the data
/// that players need (media rules §3.3).
namespace tongxing::media::description {

/// How a package that is there already is cut, so that the described rendition is cut alike.
struct PackageShape {
  std::vector<std::int64_t> sound_borders;  ///< AAC frames: first of each segment, then the end
  std::vector<std::int64_t>
      picture_borders_us;  ///< the same of the pictures; of the sound where there are none
  enum class MainSound : std::uint8_t { given, missing } main_sound = MainSound::given;
};

/// Nothing where the package has no rendition at all.
[[nodiscard]] std::optional<PackageShape> shape_of(const model::Package& package);

struct DescriptionJob {
  std::vector<accessibility::Description> descriptions;
  accessibility::Track captions;
  std::string language = "cmn";  ///< BCP 47 of the descriptions
  int units_a_minute = 0;        ///< 0: the language's own
  double duck_db = -8;           ///< see accessibility::duck_allowed
  std::vector<Voice> voices;     ///< one each; fewer: the rest have none
  std::vector<int> recordings;   ///< descriptor of a recording of each, −1: none; fewer: the rest have none
  int recorded_track = -1;       ///< descriptor of a whole described sound that is taken as it is
  std::optional<PackageShape> package;
  int threads = 2;
  RenderProgress* progress = nullptr;  ///< told how far the work is; outlives the call
};

/// A file for one description, below "ad".
struct ClipFile {
  std::size_t index = 0;  ///< of the description
  std::string name;       ///< "clip-0001.m4a"
  accessibility::Milliseconds length{0};
  std::string sha256;
};

struct DescriptionMade {
  accessibility::PlanInput input;
  accessibility::DescriptionPlan plan;
  std::vector<accessibility::DescriptionFinding> findings;
  model::Rendition rendition;
  /// Of a film without sound: its main sound, so that who does not want the description can choose (H15, D1).
  std::optional<model::Rendition> silence;
  std::vector<std::int64_t> picture_borders_us;
  std::vector<SpokenPause> pauses;
  std::vector<PausedSound::Made> paused_segments;
  std::vector<ClipFile> clips;
  std::int64_t main_samples = 0;       ///< of the main sound, at 48 kHz
  std::int64_t described_samples = 0;  ///< of the described rendition
  double gain_db = 0;                  ///< of the programme
  double programme_lufs = -70;         ///< as it came
  double speech_lufs = -70;            ///< of its speech, after the gain; −70: there is none
  double voice_lufs = -18;             ///< of the descriptions
  double described_lufs = -70;         ///< of the mix, before it is encoded
  double described_peak_dbtp = -120;
};

/// "a-cmn-ad".
[[nodiscard]] std::string described_name(const std::string& language);

/// Renders into `output`: the rendition's folder with init.mp4, sN.m4s and, for segments that stand still,
/// xN.m4s; "ad" with clips, ad.json, ad.vtt; timemap.json and plan.json in "ad". Fails as probe_source does;
/// throws where the machine does. Memory: the clips, and less than 100 MB.
[[nodiscard]] model::Outcome<DescriptionMade> render_description(int media_fd,
                                                                 const pipeline::SourceInfo& source,
                                                                 const pipeline::OutputFolder& output,
                                                                 const DescriptionJob& job);

/// Where somebody speaks in a source; empty where it has no sound.
[[nodiscard]] model::Outcome<std::vector<accessibility::Span>> detect_speech(
    int media_fd, const pipeline::SourceInfo& source);

}  // namespace tongxing::media::description
