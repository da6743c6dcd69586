// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/text/utf8.hpp"
#include "media/check/audio_group.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace tongxing::media::check {

namespace {

using accessibility::Cue;

constexpr std::int64_t kSecond = 1'000'000;  // microseconds
constexpr std::int64_t kMargin = 100'000;    // of a track's length: no cue is shorter
constexpr std::string_view kMap = "X-TIMESTAMP-MAP=";
constexpr std::string_view kPlainMap = "MPEGTS:0,LOCAL:00:00:00.000";

/// One segment of a subtitle playlist, read.
struct TextSegment {
  std::string file;
  std::size_t line = 0;
  std::int64_t from_us = 0;
  std::int64_t to_us = 0;
  std::vector<Cue> cues;
  bool good = false;
};

std::int64_t in_us(accessibility::Milliseconds time) {
  return time.count() * 1000;
}

std::string cue_name(const Cue& cue) {
  return "the cue at " + seconds_text(in_us(cue.start));
}

/// Checks one track of a multivariant playlist.
class TrackCheck {
 public:
  TrackCheck(const Contents& contents, const MediaList& list, Report& report)
      : contents_(contents), list_(list), report_(report) {}

  void run(std::int64_t programme_us);

 private:
  void fail(Rule rule, std::size_t line, std::string found, std::string expected) {
    report_.fail(rule, {list_.file, line, std::move(found), std::move(expected)});
  }
  void read_segments();
  void read(TextSegment& segment);
  void check_head(const TextSegment& segment, std::string_view text);
  void check_places();
  void check_border(const TextSegment& before, const TextSegment& after);
  void check_whole();

  const Contents& contents_;
  const MediaList& list_;
  Report& report_;
  std::vector<TextSegment> segments_;
};

void TrackCheck::check_head(const TextSegment& segment, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  const auto second = text.substr(0, text.find_first_of("\r\n"));
  if (!second.starts_with(kMap)) {
    fail(Rule::h22, segment.line, shown(segment.file) + " has no X-TIMESTAMP-MAP right after WEBVTT",
         std::string{kMap} + std::string{kPlainMap});
    return;
  }
  const auto value = second.substr(kMap.size());
  if (value != kPlainMap && value != "LOCAL:00:00:00.000,MPEGTS:0") {
    fail(Rule::h23, segment.line, shown(segment.file) + ": " + shown(second),
         std::string{kMap} + std::string{kPlainMap});
  }
}

void TrackCheck::read(TextSegment& segment) {
  const auto text = contents_.folder.read({segment.file, std::nullopt}, accessibility::kMaxFileBytes);
  if (!text) {
    report_.fail(Rule::p1,
                 {list_.file, segment.line, shown(segment.file) + ": " + std::string{explain(text.error())},
                  "a file that can be read"});
    return;
  }
  if (accessibility::first_invalid(*text)) {
    fail(Rule::h22, segment.line, shown(segment.file) + " is not UTF-8", "UTF-8");
    return;
  }
  auto file = accessibility::read_webvtt(*text);
  if (!file) {
    fail(Rule::h22, segment.line, shown(segment.file) + " is no WebVTT that can be read",
         "text that begins with WEBVTT");
    return;
  }
  check_head(segment, *text);
  segment.cues = std::move(file->track.cues);
  segment.good = true;
}

void TrackCheck::read_segments() {
  std::int64_t at = 0;
  for (const auto& listed : list_.playlist.segments) {
    TextSegment segment;
    segment.line = listed.line;
    segment.from_us = at;
    segment.to_us = at + listed.duration_us;
    at = segment.to_us;
    auto file = package_file(list_.file, listed.uri);
    if (file) {
      segment.file = std::move(*file);
      read(segment);
    } else {
      report_.fail(Rule::p1,
                   {list_.file, listed.line, shown(listed.uri) + " is " + std::string{explain(file.error())},
                    "a file of the package"});
    }
    segments_.push_back(std::move(segment));
  }
}

/// Every cue is seen in the segment that it is in.
void TrackCheck::check_places() {
  for (const auto& segment : segments_) {
    for (const Cue& cue : segment.cues) {
      const bool seen = in_us(cue.start) < segment.to_us && in_us(cue.end) > segment.from_us;
      const bool last = &segment == &segments_.back() && in_us(cue.end) > segment.from_us;
      if (seen || last) continue;
      fail(Rule::h22, segment.line, cue_name(cue) + " is in " + shown(segment.file),
           "cues that are seen between " + seconds_text(segment.from_us) + " and " +
               seconds_text(segment.to_us));
    }
  }
}

/// A cue that crosses the border is in both segments, the same.
void TrackCheck::check_border(const TextSegment& before, const TextSegment& after) {
  if (!before.good || !after.good) return;
  using Key = std::tuple<std::int64_t, std::int64_t, std::string_view, std::string_view>;
  const auto crossing = [&](const TextSegment& segment) {
    std::multiset<Key> cues;
    for (const Cue& cue : segment.cues) {
      if (in_us(cue.start) < after.from_us && in_us(cue.end) > after.from_us) {
        cues.emplace(cue.start.count(), cue.end.count(), cue.id, cue.text);
      }
    }
    return cues;
  };
  const auto left = crossing(before);
  const auto right = crossing(after);
  if (left == right) return;
  fail(Rule::h22, after.line,
       std::to_string(left.size()) + " cues cross the border at " + seconds_text(after.from_us) + " in " +
           shown(before.file) + ", " + std::to_string(right.size()) + " in " + shown(after.file) +
           ", or they differ",
       "the same cues with the same id, times and text in both");
}

/// full.vtt beside the segments has the same cues.
void TrackCheck::check_whole() {
  const auto file = package_file(list_.file, "full.vtt");
  const auto text = file ? contents_.folder.read({*file, std::nullopt}, accessibility::kMaxFileBytes)
                         : std::unexpected(ReadFault::missing);
  if (!text) return;
  const auto whole = accessibility::read_webvtt(*text);
  if (!whole) {
    fail(Rule::h22, 0, shown(*file) + " is no WebVTT that can be read", "the whole track");
    return;
  }
  using Key = std::tuple<std::int64_t, std::int64_t, std::string_view>;
  std::set<Key> in_whole;
  std::set<Key> in_segments;
  for (const Cue& cue : whole->track.cues) in_whole.emplace(cue.start.count(), cue.end.count(), cue.text);
  for (const auto& segment : segments_) {
    for (const Cue& cue : segment.cues) in_segments.emplace(cue.start.count(), cue.end.count(), cue.text);
  }
  // What begins after the end of the programme is in no segment.
  const std::int64_t end = segments_.empty() ? 0 : segments_.back().to_us / 1000;
  std::erase_if(in_whole, [end](const Key& key) { return std::get<0>(key) >= end; });
  if (in_whole != in_segments) {
    fail(Rule::h22, 0, "the segments have other cues than " + shown(*file), "the same cues");
  }
}

void TrackCheck::run(std::int64_t programme_us) {
  report_.holds(Rule::h22);
  report_.holds(Rule::h23);
  report_.holds(Rule::h24);
  const auto& playlist = list_.playlist;
  std::int64_t longest = 0;
  std::int64_t length = 0;
  for (const auto& segment : playlist.segments) {
    longest = std::max(longest, segment.duration_us);
    length += segment.duration_us;
  }
  const std::int64_t rounded = (longest + kSecond / 2) / kSecond;
  if (!playlist.target_seconds || *playlist.target_seconds < rounded) {
    const auto said = playlist.target_seconds ? std::to_string(*playlist.target_seconds) : "missing";
    fail(Rule::h24, 0, "EXT-X-TARGETDURATION is " + said, "at least " + std::to_string(rounded));
  }
  if (programme_us > 0 && std::abs(length - programme_us) > kMargin) {
    fail(Rule::h22, 0, "the track lasts " + seconds_text(length),
         seconds_text(programme_us) + ", as the programme");
  }
  if (!playlist.maps.empty()) {
    fail(Rule::h22, playlist.maps.front().line, "subtitles in MP4", "WebVTT as text: hls.js reads no other");
    return;
  }
  read_segments();
  check_places();
  for (std::size_t i = 1; i < segments_.size(); ++i) check_border(segments_[i - 1], segments_[i]);
  if (std::ranges::all_of(segments_, &TextSegment::good)) check_whole();
}

}  // namespace

void check_subtitles(const Contents& contents, Report& report) {
  std::set<const MediaList*> seen;
  for (const auto& master : contents.multivariants) {
    std::int64_t programme_us = 0;
    bool stream = false;
    for (const Tag& variant : master.playlist.variants) {
      const MediaList* list = contents.list(master.file, variant.uri);
      if (list == nullptr) continue;
      programme_us = std::max(programme_us, list->rendition.measured_us());
      stream = stream || list->rendition.container == Container::transport_stream;
    }
    for (const Tag& tag : master.playlist.media) {
      if (!tag.attributes.is("TYPE", "SUBTITLES") || tag.uri.empty()) continue;
      const MediaList* list = contents.list(master.file, tag.uri);
      if (list == nullptr || !seen.insert(list).second) continue;
      TrackCheck(contents, *list, report).run(programme_us);
      if (stream) report.skip(Rule::h23, "the start of MPEG-TS segments is not looked into");
    }
  }
}

}  // namespace tongxing::media::check
