// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/measure.hpp"

#include "media/check/fragments.hpp"
#include "media/check/h264.hpp"
#include "media/check/numbers.hpp"
#include "media/check/transport_stream.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace tongxing::media::check {

namespace {

/// Held within ten million seconds, so that no sum of hostile times overflows.
std::int64_t to_us(std::int64_t ticks, std::uint32_t timescale) {
  const double us = std::clamp(static_cast<double>(ticks) * 1e6 / timescale, -1e13, 1e13);
  return static_cast<std::int64_t>(us + (us < 0 ? -0.5 : 0.5));
}

/// A picture that is shown for so long, where pictures may stand still, does: others are said again sooner.
constexpr std::int64_t kStanding = 500'000;

class Measurer {
 public:
  Measurer(PackageFolder& folder, const ListedRendition& listed, Report& report)
      : folder_(folder), listed_(listed), report_(report) {}

  Rendition run();

 private:
  void read_init_segment();
  [[nodiscard]] std::optional<InitSegment> read_init_part(const FilePart& part, std::size_t line);
  [[nodiscard]] const InitSegment* init_of(const ListedPart& part);
  void read_segment(const ListedPart& part);
  void recognise(std::string_view bytes);
  void look_into(std::string_view bytes, const InitSegment& init, MeasuredSegment& segment);
  void take_main(const Track& track, const TrackFragment& fragment, std::string_view bytes,
                 MeasuredSegment& segment);
  [[nodiscard]] MeasuredSegment::Start judge(const Track& track, const Sample& sample,
                                             std::string_view bytes) const;
  void note_start(const Track& track, const TrackFragment& fragment);
  void choose_main(const std::vector<TrackFragment>& fragments);
  void cannot_read(const std::string& file, std::size_t line, const std::string& what,
                   const std::string& why) {
    report_.fail(Rule::p1, {listed_.file, line, shown(what) + ": " + why, "a file that can be read"});
    if (made_.unread.empty()) made_.unread = file + " cannot be read";
  }

  PackageFolder& folder_;
  const ListedRendition& listed_;
  Report& report_;
  Rendition made_;
  bool measured_any_ = false;                             ///< a sample that does not stand
  std::vector<std::pair<FilePart, InitSegment>> others_;  ///< init segments of some segments only
  const Track* main_ = nullptr;  ///< in made_.init: the video that has samples, else what comes first
};

std::optional<InitSegment> Measurer::read_init_part(const FilePart& part, std::size_t line) {
  const auto bytes = folder_.read(part, kLargestInit);
  auto init = bytes ? read_init(*bytes) : std::unexpected(std::string{explain(bytes.error())});
  if (init) return std::move(*init);
  cannot_read(part.file, line, part.file, init.error());
  return std::nullopt;
}

/// The init segment of a part; it must tell of the same tracks as that of the whole.
const InitSegment* Measurer::init_of(const ListedPart& part) {
  if (!part.init) return made_.init ? &*made_.init : nullptr;
  const auto known = std::ranges::find(others_, *part.init, &std::pair<FilePart, InitSegment>::first);
  if (known != others_.end()) return &known->second;
  constexpr std::size_t most = 16;
  if (others_.size() >= most || !made_.init) return nullptr;
  auto init = read_init_part(*part.init, part.line);
  if (!init) return nullptr;
  const auto same = [](const Track& a, const Track& b) {
    return a.id == b.id && a.codec == b.codec && a.timescale == b.timescale && a.width == b.width &&
           a.height == b.height;
  };
  if (!std::ranges::equal(init->tracks, made_.init->tracks, same)) {
    made_.unread = "init segments of different tracks in one playlist are not looked into";
    return nullptr;
  }
  others_.reserve(most);  // others look into it
  return &others_.emplace_back(*part.init, std::move(*init)).second;
}

void Measurer::read_init_segment() {
  if (!listed_.init) return;
  made_.init_part = *listed_.init;
  made_.container = Container::fragmented_mp4;
  auto init = read_init_part(*listed_.init, listed_.init_line);
  if (!init) return;
  for (const Track& track : init->tracks) {
    made_.has_video = made_.has_video || track.kind == TrackKind::video;
    made_.has_audio = made_.has_audio || track.kind == TrackKind::audio;
    if (track.protection == Track::Protection::encrypted) made_.unread = "encrypted";
  }
  made_.init = std::move(*init);
}

/// What a segment without an init segment is.
void Measurer::recognise(std::string_view bytes) {
  if (made_.container != Container::unknown) return;
  if (bytes.starts_with("WEBVTT") || bytes.starts_with("\xEF\xBB\xBFWEBVTT")) {
    made_.container = Container::webvtt;
    made_.unread = "text";
  } else if (const auto stream = read_transport_stream(bytes)) {
    made_.container = Container::transport_stream;
    made_.has_video = stream->has_video;
    made_.has_audio = stream->has_audio;
    made_.unread = "MPEG-TS segments are not looked into";
  } else if (bytes.size() > 8 && (bytes.substr(4, 4) == "styp" || bytes.substr(4, 4) == "moof")) {
    made_.container = Container::fragmented_mp4;
    made_.unread = "there is no init segment";
  } else {
    made_.container = Container::other;
    made_.unread = "segments of a kind that is not looked into";
  }
}

void Measurer::read_segment(const ListedPart& part) {
  MeasuredSegment segment;
  segment.listed = part;
  const auto bytes = folder_.read(part.part, kLargestSegment);
  if (!bytes) {
    cannot_read(part.part.file, part.line, part.part.file, std::string{explain(bytes.error())});
    made_.segments.push_back(std::move(segment));
    return;
  }
  segment.bytes = bytes->size();
  segment.state = MeasuredSegment::State::sized;
  if (listed_.unreadable.empty()) recognise(*bytes);
  const InitSegment* init = listed_.unreadable.empty() ? init_of(part) : nullptr;
  if (init != nullptr) look_into(*bytes, *init, segment);
  made_.segments.push_back(std::move(segment));
}

void Measurer::look_into(std::string_view bytes, const InitSegment& init, MeasuredSegment& segment) {
  const auto& range = segment.listed.part.range;
  auto fragments = read_fragments(bytes, init, range ? range->offset : 0);
  if (!fragments) {
    cannot_read(segment.listed.part.file, segment.listed.line, segment.listed.part.file, fragments.error());
    return;
  }
  if (main_ == nullptr) choose_main(*fragments);
  for (const auto& fragment : *fragments) {
    const Track* track = init.by_id(fragment.track);
    if (track == nullptr || fragment.samples.empty()) continue;
    note_start(*track, fragment);
    if (main_ != nullptr && track->id == main_->id) take_main(*track, fragment, bytes, segment);
  }
}

void Measurer::choose_main(const std::vector<TrackFragment>& fragments) {
  for (const auto& fragment : fragments) {
    const Track* track = made_.init->by_id(fragment.track);
    if (track == nullptr || fragment.samples.empty()) continue;
    if (main_ == nullptr || (track->kind == TrackKind::video && main_->kind != TrackKind::video))
      main_ = track;
  }
}

void Measurer::note_start(const Track& track, const TrackFragment& fragment) {
  if (made_.segments.size() > 0) return;  // only the first segment tells
  const auto place = std::ranges::find(made_.init->tracks, track.id, &Track::id);
  const auto index = static_cast<std::size_t>(place - made_.init->tracks.begin());
  if (made_.starts.size() <= index)
    made_.starts.resize(made_.init->tracks.size(), {TrackKind::other, INT64_MAX, false});
  TrackStart& start = made_.starts[index];
  start.kind = track.kind;
  start.edited = track.edit.media_time > 0;
  for (const Sample& sample : fragment.samples) {
    const auto shown =
        to_us(sample.shown_time - track.edit.media_time, track.timescale) + track.edit.delay_us;
    start.shown_us = std::min(start.shown_us, shown);
  }
}

MeasuredSegment::Start Measurer::judge(const Track& track, const Sample& sample,
                                       std::string_view bytes) const {
  const bool marked = sample.access == Sample::Access::random;
  if (track.nal_length_size == 0 || track.protection == Track::Protection::encrypted) {
    return marked ? MeasuredSegment::Start::key : MeasuredSegment::Start::no_key;
  }
  const auto codec = track.sample_entry.starts_with("avc") ? NalCodec::h264 : NalCodec::hevc;
  const auto picture = first_picture(bytes.substr(sample.offset, sample.size), track.nal_length_size, codec);
  if (picture != Picture::instant_refresh) {
    return marked ? MeasuredSegment::Start::flag_only : MeasuredSegment::Start::no_key;
  }
  return MeasuredSegment::Start::key;
}

void Measurer::take_main(const Track& track, const TrackFragment& fragment, std::string_view bytes,
                         MeasuredSegment& segment) {
  const Sample& first = fragment.samples.front();
  const Sample& last = fragment.samples.back();
  if (!segment.was_read()) {
    segment.state = MeasuredSegment::State::read;
    segment.start_us = to_us(first.decode_time, track.timescale);
    segment.start = judge(track, first, bytes);
  }
  segment.duration_us = to_us(last.decode_time + last.duration, track.timescale) - segment.start_us;
  for (const Sample& sample : fragment.samples) {
    const std::int64_t duration = to_us(sample.duration, track.timescale);
    const std::int64_t decoded = to_us(sample.decode_time, track.timescale) - segment.standing_us;
    made_.last_sample_us = decoded;
    if (track.kind == TrackKind::video && judge(track, sample, bytes) == MeasuredSegment::Start::key) {
      segment.keys_us.push_back(decoded);
    }
    const bool may_stand = listed_.pictures == ListedRendition::Pictures::may_stand;
    const bool stands = may_stand && track.kind == TrackKind::video && duration >= kStanding;
    if (stands) segment.standing_us += duration - made_.shortest_sample_us;
    ++made_.samples;
    if (stands) continue;
    made_.longest_sample_us = std::max(made_.longest_sample_us, duration);
    const bool first_one = std::exchange(measured_any_, true) == false;
    made_.shortest_sample_us = first_one ? duration : std::min(made_.shortest_sample_us, duration);
  }
}

Rendition Measurer::run() {
  made_.file = listed_.file;
  made_.target_us = listed_.target_us;
  read_init_segment();
  if (!listed_.unreadable.empty()) made_.unread = listed_.unreadable;
  made_.segments.reserve(listed_.segments.size());
  for (const auto& part : listed_.segments) read_segment(part);
  std::erase_if(made_.starts, [](const TrackStart& start) { return start.shown_us == INT64_MAX; });
  return std::move(made_);
}

}  // namespace

Rendition measure(PackageFolder& folder, const ListedRendition& listed, Report& report) {
  return Measurer(folder, listed, report).run();
}

}  // namespace tongxing::media::check
