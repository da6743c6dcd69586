// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/audio_group.hpp"
#include "media/check/numbers.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace tongxing::media::check {

namespace {

constexpr std::int64_t kSecond = 1'000'000;  // microseconds
constexpr std::int64_t kLongestSegment = 6'500'000;
constexpr std::int64_t kLongestGop = 2'000'000;
constexpr std::int64_t kMoment = 1'000;  // times of other scales are rounded

Finding at(const Rendition& rendition, const MeasuredSegment& segment, std::string found,
           std::string expected) {
  return {rendition.file, segment.listed.line, shown(segment.listed.part.file) + ' ' + std::move(found),
          std::move(expected)};
}

/// H25: what the playlist itself says.
void check_list(const MediaList& list, Report& report) {
  const MediaPlaylist& playlist = list.playlist;
  report.holds(Rule::h25);
  const auto fail = [&](std::size_t line, std::string found, std::string expected) {
    report.fail(Rule::h25, {list.file, line, std::move(found), std::move(expected)});
  };
  if (playlist.type != "VOD") {
    fail(0, playlist.type.empty() ? "no EXT-X-PLAYLIST-TYPE" : "EXT-X-PLAYLIST-TYPE:" + shown(playlist.type),
         "VOD");
  }
  if (!playlist.marks.end) fail(0, "no EXT-X-ENDLIST", "the tag at the end");
  if (list.use == MediaList::Use::text) return;
  if (playlist.maps.empty()) fail(0, "no EXT-X-MAP", "fragmented MP4 with an init segment");
  if (list.use == MediaList::Use::frames) return;
  if (!playlist.target_seconds) fail(0, "no EXT-X-TARGETDURATION", "the longest duration, rounded");
  const auto& measured = list.rendition.segments;
  for (std::size_t i = 0; i < playlist.segments.size(); ++i) {
    const auto& segment = playlist.segments[i];
    const auto rounded = (segment.duration_us + kSecond / 2) / kSecond;
    if (playlist.target_seconds && rounded > *playlist.target_seconds) {
      fail(segment.line, "EXTINF of " + seconds_text(segment.duration_us),
           "at most TARGETDURATION, " + std::to_string(*playlist.target_seconds) + " s, when rounded");
    }
    // A description lasts as long as it does: the pictures that move are what is cut.
    const bool known = measured.size() == playlist.segments.size();
    const std::int64_t standing = known ? measured[i].standing_us : 0;
    const bool spoken = list.pauses == MediaList::Pauses::allowed && !list.rendition.has_video;
    if (segment.duration_us - standing > kLongestSegment && !spoken) {
      fail(segment.line, "EXTINF of " + seconds_text(segment.duration_us), "about 6 s, at most 6.5 s");
    }
  }
}

/// H25: what the manifest says against what the samples say.
void check_durations(const Rendition& rendition, Report& report) {
  const std::int64_t margin = std::max(rendition.longest_sample_us / 2, kMoment);
  std::int64_t end = 0;
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    const auto& segment = rendition.segments[i];
    if (!segment.was_read()) return;
    if (std::abs(segment.listed.declared_us - segment.duration_us) > margin) {
      report.fail(Rule::h25,
                  at(rendition, segment, "is said to last " + seconds_text(segment.listed.declared_us),
                     seconds_text(segment.duration_us) + ", as its samples do"));
    }
    if (i > 0 && !segment.listed.begins_anew && std::abs(segment.start_us - end) > margin) {
      report.fail(Rule::h25, at(rendition, segment, "starts at " + seconds_text(segment.start_us),
                                seconds_text(end) + ", where the one before it ends"));
    }
    end = segment.start_us + segment.duration_us;
  }
}

/// H26 within one rendition.
void check_keys(const Rendition& rendition, Report& report) {
  const std::int64_t longest = kLongestGop + rendition.longest_sample_us / 2 + kMoment;
  std::int64_t last = -1;
  for (const auto& segment : rendition.segments) {
    if (!segment.was_read()) continue;
    if (segment.listed.begins_anew) last = -1;
    using Start = MeasuredSegment::Start;
    if (segment.start == Start::no_key || segment.start == Start::flag_only) {
      const bool flagged = segment.start == Start::flag_only;
      report.fail(Rule::h26, at(rendition, segment,
                                flagged ? "starts with a picture that is only flagged as a key"
                                        : "does not start with a key picture",
                                "an IDR picture first"));
    }
    for (const std::int64_t key : segment.keys_us) {
      if (last >= 0 && key - last > longest) {
        report.fail(Rule::h26,
                    at(rendition, segment, "has " + seconds_text(key - last) + " between key pictures",
                       "at most 2 s"));
      }
      last = key;
    }
    const std::int64_t end = segment.start_us + segment.duration_us - segment.standing_us;
    if (last >= 0 && end - last > longest) {
      report.fail(Rule::h26, at(rendition, segment,
                                "goes on for " + seconds_text(end - last) + " after its last key picture",
                                "a key picture at least every 2 s"));
      last = end;
    }
  }
}

/// H26 between two rungs of one ladder.
void check_borders(const Rendition& first, const Rendition& other, Report& report) {
  if (first.segments.size() != other.segments.size()) {
    report.fail(Rule::h26, {other.file, 0, std::to_string(other.segments.size()) + " segments",
                            std::to_string(first.segments.size()) + ", as " + first.file + " has"});
    return;
  }
  for (std::size_t i = 0; i < first.segments.size(); ++i) {
    const auto& a = first.segments[i];
    const auto& b = other.segments[i];
    if (!a.was_read() || !b.was_read() || std::abs(a.start_us - b.start_us) <= kMoment) continue;
    report.fail(Rule::h26, at(other, b, "starts at " + seconds_text(b.start_us),
                              seconds_text(a.start_us) + ", as in " + first.file));
  }
}

std::string kind_text(TrackKind kind) {
  return kind == TrackKind::video   ? "the video track"
         : kind == TrackKind::audio ? "the audio track"
                                    : "a track";
}

/// H32. `offset_us`: media time that the manifest calls the start.
void check_start(const Rendition& rendition, std::int64_t offset_us, Report& report) {
  constexpr std::int64_t kLongestPriming = 200'000;
  for (const TrackStart& start : rendition.starts) {
    report.holds(Rule::h32);
    const std::int64_t at_us = start.shown_us - offset_us;
    const bool trimmed = start.edited && at_us < 0 && at_us >= -kLongestPriming;
    if (trimmed || std::abs(at_us) <= kMoment) continue;
    report.fail(Rule::h32, {rendition.file, 0,
                            kind_text(start.kind) + " is first shown at " + seconds_text(at_us), "0.000 s"});
  }
}

bool is_still(const Track& track) {
  static constexpr std::array<std::string_view, 6> kStills{"jpeg", "mjpg", "png ", "MJPG", "mjpa", "mjpb"};
  return std::ranges::find(kStills, track.sample_entry) != kStills.end() || track.codec == "mp4v.6C" ||
         track.codec == "mp4v.6D";
}

/// H33.
void check_covers(const Rendition& rendition, bool sound, Report& report) {
  if (!rendition.init) return;
  report.holds(Rule::h33);
  std::size_t videos = 0;
  for (const Track& track : rendition.init->tracks) {
    if (track.kind != TrackKind::video) continue;
    ++videos;
    if (sound || is_still(track) || videos > 1) {
      report.fail(Rule::h33, {rendition.file, 0,
                              "a picture track (" + shown(track.sample_entry) + ") in " +
                                  shown(rendition.init_part.file),
                              sound ? "sound only" : "one video track"});
    }
  }
}

/// What the samples say, for a rendition of HLS or DASH.
void check_samples(const Rendition& rendition, bool sound, std::int64_t offset_us, Report& report) {
  check_covers(rendition, sound, report);
  if (!rendition.unread.empty()) {
    report.skip(Rule::h32, rendition.unread);
    if (rendition.has_video && !sound) report.skip(Rule::h26, rendition.unread);
    return;
  }
  check_start(rendition, offset_us, report);
  if (!rendition.has_video || sound) return;
  report.holds(Rule::h26);
  check_keys(rendition, report);
}

/// H10.
void check_separation(const Rendition& rendition, bool sound, Report& report) {
  if (!rendition.has_video || sound) return;  // of a picture among sound H33 tells
  report.holds(Rule::h10);
  if (rendition.has_audio) {
    const bool stream = rendition.container == Container::transport_stream;
    report.fail(Rule::h10,
                {rendition.file, 0,
                 stream ? "MPEG-TS segments with video and sound" : "segments with video and sound",
                 "video only, the sound in a rendition of its own"});
  }
}

/// H25, "one common length", and the borders of H26, of one multivariant playlist.
void compare_lists(const Contents& contents, const Multivariant& master, Report& report) {
  const MediaList* first = nullptr;
  std::set<const MediaList*> seen;
  enum class What { video, sound };
  const auto compare = [&](const MediaList* list, What what) {
    if (list == nullptr || list->rendition.segments.empty() || !seen.insert(list).second) return;
    if (first == nullptr) {
      first = list;
      return;
    }
    const Rendition& a = first->rendition;
    const Rendition& b = list->rendition;
    const auto frame = std::max({a.longest_sample_us, b.longest_sample_us, kMoment});
    if (std::abs(a.measured_us() - b.measured_us()) > frame + kMoment) {
      report.fail(Rule::h25, {list->file, 0, "lasts " + seconds_text(b.measured_us()),
                              seconds_text(a.measured_us()) + " as " + first->file + ", within one frame"});
    }
    if (what == What::video && a.has_video && b.has_video) check_borders(a, b, report);
  };
  for (const Tag& variant : master.playlist.variants)
    compare(contents.list(master.file, variant.uri), What::video);
  for (const Tag& media : master.playlist.media) {
    const bool sound = media.attributes.is("TYPE", "AUDIO") && !is_described(media);  // of those H15 tells
    if (sound && !media.uri.empty()) compare(contents.list(master.file, media.uri), What::sound);
  }
}

/// Lists that only EXT-X-MEDIA names as sound.
std::set<std::string> sound_lists(const Contents& contents) {
  std::set<std::string> files;
  for (const auto& master : contents.multivariants) {
    for (const Tag& media : master.playlist.media) {
      const MediaList* list = contents.list(master.file, media.uri);
      if (list != nullptr && media.attributes.is("TYPE", "AUDIO")) files.insert(list->file);
    }
  }
  return files;
}

void check_manifest(const Manifest& manifest, Report& report) {
  for (std::size_t s = 0; s < manifest.measured.size(); ++s) {
    const auto& set = manifest.mpd.sets[s];
    const Rendition* first = nullptr;
    for (std::size_t r = 0; r < manifest.measured[s].size(); ++r) {
      const Rendition& rendition = manifest.measured[s][r];
      if (rendition.segments.empty()) continue;
      check_samples(rendition, set.content == "audio", set.representations[r].offset_us, report);
      check_separation(rendition, set.content == "audio", report);
      if (first != nullptr && rendition.has_video && first->unread.empty())
        check_borders(*first, rendition, report);
      if (first == nullptr && rendition.unread.empty()) first = &rendition;
    }
  }
}

}  // namespace

void check_segments(const Contents& contents, Report& report) {
  const auto sound = sound_lists(contents);
  for (const auto& [file, list] : contents.lists) {
    check_list(list, report);
    if (list.use != MediaList::Use::media) continue;
    check_durations(list.rendition, report);
    check_samples(list.rendition, sound.contains(file), 0, report);
    check_separation(list.rendition, sound.contains(file), report);
  }
  for (const auto& master : contents.multivariants) compare_lists(contents, master, report);
  // The same segments were looked at as HLS already; a manifest that stands alone is looked at here.
  if (!contents.lists.empty()) return;
  for (const auto& manifest : contents.manifests) check_manifest(manifest, report);
}

}  // namespace tongxing::media::check
