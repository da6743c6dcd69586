// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/extended.hpp"

#include "media/manifest/hls.hpp"
#include "media/manifest/hls_lists.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tongxing::media::manifest {
namespace {

using model::MediaKind;
using model::Package;
using model::Rendition;
using model::TextTrack;

bool takes_part(const model::Extended& extended, const Rendition& rendition) {
  return rendition.kind == MediaKind::video || rendition.name == extended.sound;
}

/// The rendition with the lengths and sizes of what stands still.
Rendition standing(const model::Extended& extended, Rendition rendition) {
  for (const model::StandStill& pause : extended.pauses) {
    if (pause.segment < rendition.segments.size()) {
      rendition.segments[pause.segment].duration_us += pause.length.count() * 1'000;
    }
  }
  for (model::Segment& segment : rendition.segments) {
    if (segment.still_bytes > 0) segment.bytes = segment.still_bytes;
    segment.key_bytes = 0;  // no I-frame playlist: its times would be those of the lesson
  }
  return rendition;
}

/// The longest segment of all that take part: one target duration for every list.
std::int64_t longest_us(const Package& package) {
  std::int64_t longest = package.segment_duration.count() * 1'000;
  for (const Rendition& rendition : package.renditions) {
    if (!takes_part(*package.extended, rendition)) continue;
    for (const auto& segment : standing(*package.extended, rendition).segments) {
      longest = std::max(longest, segment.duration_us);
    }
  }
  return longest;
}

std::string map_line(std::string_view init) {
  return "#EXT-X-MAP:URI=" + in_quotes(init) + '\n';
}

}  // namespace

std::string extended_folder(std::string_view track_folder) {
  return std::string{track_folder} + "-extended";
}

accessibility::TimeMap time_map_of(const model::Extended& extended) {
  std::vector<accessibility::Pause> pauses;
  for (const model::StandStill& one : extended.pauses) pauses.push_back({one.at, one.length});
  return accessibility::TimeMap(std::move(pauses));
}

model::Milliseconds extended_duration(const Package& package) {
  return package.duration +
         (package.extended ? time_map_of(*package.extended).added() : model::Milliseconds{0});
}

std::string extended_multivariant(const Package& package, std::span<const TextTrack> tracks,
                                  const Names& names) {
  if (!package.extended) return {};
  // Rates are those of runs of about a target duration, which is a whole number of seconds.
  const model::Milliseconds target{(longest_us(package) + 500'000) / 1'000'000 * 1'000};
  Package extended{package.duration, target, {}, {}};
  for (const Rendition& rendition : package.renditions) {
    if (takes_part(*package.extended, rendition)) {
      extended.renditions.push_back(standing(*package.extended, rendition));
    }
  }
  extended.chapters = package.chapters;
  std::vector<TextTrack> moved(tracks.begin(), tracks.end());
  for (TextTrack& track : moved) track.folder = extended_folder(track.folder);
  return multivariant_playlist(extended, moved, names,
                               {std::string{kExtendedPlaylist}, std::string{kExtendedChapters}});
}

std::string extended_media_playlist(const Package& package, const Rendition& rendition) {
  if (!package.extended || !takes_part(*package.extended, rendition)) return {};
  const Rendition still = standing(*package.extended, rendition);
  std::string text = list_head(longest_us(package)) + "#EXT-X-INDEPENDENT-SEGMENTS\n";
  std::string_view init;
  bool stood_still = false;
  for (std::size_t i = 0; i < still.segments.size(); ++i) {
    const bool stands = still.segments[i].still_bytes > 0;
    if (stood_still) text += "#EXT-X-DISCONTINUITY\n";
    const std::string_view needed = stands && still.still_init_bytes > 0 ? "xinit.mp4" : "init.mp4";
    if (needed != init) text += map_line(init = needed);
    text += "#EXTINF:" + seconds_text(still.segments[i].duration_us) + ",\n" + (stands ? 'x' : 's') +
            std::to_string(i) + ".m4s\n";
    stood_still = stands;
  }
  return text + "#EXT-X-ENDLIST\n";
}

std::vector<model::Chapter> extended_chapters(const Package& package) {
  if (!package.extended) return {};
  const accessibility::TimeMap map = time_map_of(*package.extended);
  std::vector<model::Chapter> chapters = package.chapters;
  for (model::Chapter& chapter : chapters) {
    chapter.start = map.to_extended(chapter.start);
    // The last one ends with everything, also with a description that is spoken at the very end.
    chapter.end = chapter.end >= package.duration ? extended_duration(package) : map.to_extended(chapter.end);
  }
  return chapters;
}

void remove_description(Package& package) {
  package.extended.reset();
  std::erase_if(package.renditions, [](const Rendition& rendition) {
    const bool silence = rendition.kind == MediaKind::audio && rendition.language == model::kNoWords;
    return silence || rendition.role == model::AudioRole::description;
  });
  for (Rendition& rendition : package.renditions) {
    rendition.still_init_bytes = 0;
    for (model::Segment& segment : rendition.segments) segment.still_bytes = 0;
  }
}

}  // namespace tongxing::media::manifest
