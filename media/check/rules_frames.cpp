// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/fragments.hpp"
#include "media/check/h264.hpp"
#include "media/check/measure.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <utility>

namespace tongxing::media::check {

namespace {

constexpr std::int64_t kSecond = 1'000'000;  // microseconds

class FrameListCheck {
 public:
  FrameListCheck(const Contents& contents, const MediaList& list, Report& report)
      : contents_(contents), list_(list), report_(report) {}

  void run(const Multivariant& master, const Tag& tag);

 private:
  void fail(std::size_t line, std::string found, std::string expected) {
    report_.fail(Rule::h27, {list_.file, line, std::move(found), std::move(expected)});
  }
  [[nodiscard]] std::optional<InitSegment> read_init_segment();
  void check_frame(const ListedSegment& listed, const InitSegment& init);
  void check_bytes(const ListedSegment& listed, const InitSegment& init, std::string_view bytes,
                   std::uint64_t position);

  const Contents& contents_;
  const MediaList& list_;
  Report& report_;
  Rendition frames_;  ///< what was read, for its rate
};

std::optional<InitSegment> FrameListCheck::read_init_segment() {
  if (list_.playlist.maps.empty()) return std::nullopt;  // H25 says so
  const Map& map = list_.playlist.maps.front();
  const auto file = package_file(list_.file, map.uri);
  const auto bytes =
      file ? contents_.folder.read({*file, map.range}, kLargestInit) : std::unexpected(ReadFault::missing);
  auto init = bytes ? read_init(*bytes) : std::unexpected(std::string{explain(bytes.error())});
  if (init && init->first(TrackKind::video) != nullptr) return std::move(*init);
  fail(map.line, shown(map.uri) + ": " + (init ? "no video track" : init.error()),
       "the init segment of the video");
  return std::nullopt;
}

void FrameListCheck::check_frame(const ListedSegment& listed, const InitSegment& init) {
  const auto file = package_file(list_.file, listed.uri);
  const auto bytes = file ? contents_.folder.read({*file, listed.range}, kLargestSegment)
                          : std::unexpected(ReadFault::missing);
  if (!bytes) {
    fail(listed.line, shown(listed.uri) + ": " + std::string{explain(bytes.error())}, "bytes of a segment");
    return;
  }
  MeasuredSegment measured;
  measured.bytes = bytes->size();
  measured.listed.declared_us = listed.duration_us;
  frames_.segments.push_back(std::move(measured));
  check_bytes(listed, init, *bytes, listed.range ? listed.range->offset : 0);
}

/// The bytes are a moof box, the head of its mdat box and the first picture, no more and no less.
void FrameListCheck::check_bytes(const ListedSegment& listed, const InitSegment& init, std::string_view bytes,
                                 std::uint64_t position) {
  // The mdat box goes on behind the range, and so do samples: find where the first picture ends.
  const auto frame = read_first_sample(bytes, init, position);
  if (!frame) {
    fail(listed.line, shown(listed.uri) + ": " + frame.error(),
         "a range from moof to the end of the picture");
    return;
  }
  const Track* video = init.by_id(frame->track);
  const Sample& sample = frame->samples.front();
  const std::uint64_t end = sample.offset + std::uint64_t{sample.size};
  if (end != bytes.size()) {
    fail(listed.line, "a range of " + std::to_string(bytes.size()) + " bytes",
         std::to_string(end) + ": from moof to the end of the picture");
    return;
  }
  if (video == nullptr || video->nal_length_size == 0 || video->protection == Track::Protection::encrypted)
    return;
  const auto codec = video->sample_entry.starts_with("avc") ? NalCodec::h264 : NalCodec::hevc;
  const auto picture = first_picture(bytes.substr(sample.offset, sample.size), video->nal_length_size, codec);
  if (picture != Picture::instant_refresh) fail(listed.line, "a picture that is no IDR", "an IDR picture");
}

void FrameListCheck::run(const Multivariant& master, const Tag& tag) {
  report_.holds(Rule::h27);
  const auto& playlist = list_.playlist;
  if (!playlist.marks.frames_only) fail(0, "no EXT-X-I-FRAMES-ONLY", "the tag");
  if (playlist.marks.encrypted) {
    report_.skip(Rule::h27, "encrypted segments are not looked into");
    return;
  }
  const auto init = read_init_segment();
  if (!init) return;
  for (const auto& segment : playlist.segments) check_frame(segment, *init);
  const auto bandwidth = whole_number(tag.attributes.text("BANDWIDTH"));
  frames_.target_us = playlist.target_seconds.value_or(0) * kSecond;
  constexpr double kRounding = 0.99;
  const double peak = frames_.peak();
  if (!bandwidth || static_cast<double>(*bandwidth) < peak * kRounding - 1) {
    report_.fail(Rule::h27, {master.file, tag.line, "BANDWIDTH=" + shown(tag.attributes.text("BANDWIDTH")),
                             "at least the measured " + std::to_string(std::llround(peak)) + " bit/s"});
  }
  if (tag.attributes.text("CODECS").empty()) {
    report_.fail(Rule::h27, {master.file, tag.line, "no CODECS", "the codec of the video"});
  }
}

}  // namespace

void check_frame_lists(const Contents& contents, Report& report) {
  std::set<const MediaList*> seen;
  for (const auto& master : contents.multivariants) {
    for (const Tag& tag : master.playlist.frame_lists) {
      const MediaList* list = contents.list(master.file, tag.uri);
      if (list == nullptr || list->use != MediaList::Use::frames || !seen.insert(list).second) continue;
      FrameListCheck(contents, *list, report).run(master, tag);
    }
  }
}

}  // namespace tongxing::media::check
