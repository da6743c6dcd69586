// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/init_segment.hpp"

#include "media/check/boxes.hpp"
#include "media/check/byte_reader.hpp"
#include "media/check/sample_entry.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace tongxing::media::check {

namespace {

constexpr std::int64_t kMicroseconds = 1'000'000;
constexpr std::size_t kMostEdits = 64;

/// Skips version, flags and the two dates of mvhd, tkhd or mdhd; returns the version.
unsigned skip_dates(ByteReader& reader) {
  const unsigned version = reader.u8();
  reader.skip(3);
  reader.skip(version == 1 ? 16 : 8);
  return version;
}

std::uint32_t movie_timescale(std::string_view moov) {
  const auto header = child(moov, "mvhd");
  if (!header) return 0;
  ByteReader reader(header->body);
  skip_dates(reader);
  return reader.u32();
}

void read_track_header(std::string_view body, Track& track) {
  ByteReader reader(body);
  const unsigned version = skip_dates(reader);
  track.id = reader.u32();
  reader.skip(4 + (version == 1 ? 8 : 4) + 8 + 8 + 36);  // duration … matrix
  track.shown_width = static_cast<int>(reader.u32() >> 16U);
  track.shown_height = static_cast<int>(reader.u32() >> 16U);
}

TrackKind kind_of(std::string_view trak) {
  const auto handler = descendant(trak, "mdia/hdlr");
  if (!handler || handler->body.size() < 12) return TrackKind::other;
  const auto type = handler->body.substr(8, 4);
  if (type == "vide" || type == "pict") return TrackKind::video;
  if (type == "soun") return TrackKind::audio;
  if (type == "text" || type == "subt" || type == "sbtl") return TrackKind::text;
  return TrackKind::other;
}

EditList read_edits(std::string_view trak, std::uint32_t movie_scale) {
  EditList edit;
  const auto list = descendant(trak, "edts/elst");
  if (!list || movie_scale == 0) return edit;
  ByteReader reader(list->body);
  const unsigned version = reader.u8();
  reader.skip(3);
  const std::size_t count = std::min<std::size_t>(reader.u32(), kMostEdits);
  for (std::size_t i = 0; i < count && reader.good(); ++i) {
    const std::uint64_t duration = version == 1 ? reader.u64() : reader.u32();
    const auto time = version == 1 ? static_cast<std::int64_t>(reader.u64())
                                   : static_cast<std::int64_t>(static_cast<std::int32_t>(reader.u32()));
    reader.skip(4);  // rate
    if (!reader.good()) break;
    if (time >= 0) {
      edit.media_time = time;
      break;
    }
    const double seconds = static_cast<double>(duration) / movie_scale;
    if (seconds < 1e6) edit.delay_us += static_cast<std::int64_t>(seconds * kMicroseconds);
  }
  return edit;
}

std::expected<Track, std::string> read_track(std::string_view trak, std::uint32_t movie_scale) {
  Track track;
  const auto header = child(trak, "tkhd");
  const auto media = descendant(trak, "mdia/mdhd");
  if (!header || !media) return std::unexpected("a track without tkhd or mdhd");
  read_track_header(header->body, track);
  track.kind = kind_of(trak);
  ByteReader reader(media->body);
  skip_dates(reader);
  track.timescale = reader.u32();
  if (track.timescale == 0) return std::unexpected("a track with timescale 0");
  track.edit = read_edits(trak, movie_scale);
  if (const auto entries = descendant(trak, "mdia/minf/stbl/stsd")) read_sample_entry(entries->body, track);
  return track;
}

void read_defaults(std::string_view moov, std::vector<Track>& tracks) {
  const auto extends = child(moov, "mvex");
  if (!extends) return;
  BoxWalk walk(extends->body);
  while (const auto box = walk.next()) {
    if (box->type != "trex") continue;
    ByteReader reader(box->body);
    reader.skip(4);
    const std::uint32_t id = reader.u32();
    reader.skip(4);
    const SampleDefaults defaults{reader.u32(), reader.u32(), reader.u32()};
    for (auto& track : tracks) {
      if (track.id == id && reader.good()) track.defaults = defaults;
    }
  }
}

}  // namespace

const Track* InitSegment::first(TrackKind kind) const noexcept {
  const auto found = std::ranges::find(tracks, kind, &Track::kind);
  return found == tracks.end() ? nullptr : &*found;
}

const Track* InitSegment::by_id(std::uint32_t id) const noexcept {
  const auto found = std::ranges::find(tracks, id, &Track::id);
  return found == tracks.end() ? nullptr : &*found;
}

std::expected<InitSegment, std::string> read_init(std::string_view bytes) {
  const auto moov = child(bytes, "moov");
  if (!moov) return std::unexpected("no moov box");
  const std::uint32_t movie_scale = movie_timescale(moov->body);
  InitSegment init;
  BoxWalk walk(moov->body);
  while (const auto box = walk.next()) {
    if (box->type != "trak") continue;
    if (init.tracks.size() == kMostTracks) return std::unexpected("more than 16 tracks");
    auto track = read_track(box->body, movie_scale);
    if (!track) return std::unexpected(std::move(track.error()));
    init.tracks.push_back(std::move(*track));
  }
  if (walk.broken()) return std::unexpected("the moov box is damaged");
  if (init.tracks.empty()) return std::unexpected("no track");
  read_defaults(moov->body, init.tracks);
  return init;
}

}  // namespace tongxing::media::check
