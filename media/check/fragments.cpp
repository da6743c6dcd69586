// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/fragments.hpp"

#include "media/check/boxes.hpp"
#include "media/check/byte_reader.hpp"

#include <algorithm>
#include <optional>

namespace tongxing::media::check {

namespace {

constexpr std::uint32_t kNotSync = 0x0001'0000;  // sample_is_non_sync_sample (§8.8.3.1)
constexpr std::int64_t kLatest = std::int64_t{1} << 60;

/// What a traf box says before its runs.
struct Head {
  const Track* track = nullptr;
  std::uint64_t base = 0;  ///< data offsets count from here, in bytes of the segment
  SampleDefaults defaults;
  std::int64_t time = 0;
};

std::uint32_t full_flags(ByteReader& reader) {
  return reader.u32() & 0x00FF'FFFFU;
}

std::expected<Head, std::string> read_head(std::string_view traf, const InitSegment& init, std::size_t moof,
                                           std::uint64_t position) {
  const auto box = child(traf, "tfhd");
  if (!box) return std::unexpected("a traf box without tfhd");
  ByteReader reader(box->body);
  const std::uint32_t flags = full_flags(reader);
  Head head;
  const std::uint32_t id = reader.u32();
  head.track = init.by_id(id);
  if (head.track == nullptr)
    return std::unexpected("a fragment of a track that the init segment does not have");
  head.defaults = head.track->defaults;
  head.base = moof;
  if ((flags & 0x1U) != 0) {
    const std::uint64_t base = reader.u64();
    if (base < position) return std::unexpected("a base data offset before the segment");
    head.base = base - position;
  }
  if ((flags & 0x2U) != 0) reader.skip(4);
  if ((flags & 0x8U) != 0) head.defaults.duration = reader.u32();
  if ((flags & 0x10U) != 0) head.defaults.size = reader.u32();
  if ((flags & 0x20U) != 0) head.defaults.flags = reader.u32();
  if (const auto decode = child(traf, "tfdt")) {
    ByteReader time(decode->body);
    const unsigned version = time.u8();
    time.skip(3);
    const std::uint64_t value = version == 1 ? time.u64() : time.u32();
    if (!time.good() || value > std::uint64_t{kLatest}) return std::unexpected("a damaged tfdt box");
    head.time = static_cast<std::int64_t>(value);
  }
  if (!reader.good()) return std::unexpected("a damaged tfhd box");
  return head;
}

/// What one segment may hold: every sample lies inside, none twice, so that all work is linear in bytes read.
struct Limits {
  std::size_t segment_size = 0;
  std::size_t samples = 0;  ///< that are still taken
  std::uint64_t bytes = 0;  ///< of all samples together that are still allowed
  enum class Beyond : std::uint8_t {
    refuse,
    leave
  } beyond = Beyond::refuse;  ///< what to do with more samples
};

/// Adds the samples of one trun box; `next` is where the data of the next run begins.
std::optional<std::string> read_run(std::string_view body, Head& head, std::uint64_t& next, Limits& limits,
                                    std::vector<Sample>& samples) {
  ByteReader reader(body);
  const std::uint32_t flags = full_flags(reader);
  const std::uint32_t count = reader.u32();
  if ((flags & 0x1U) != 0) {
    const auto offset = static_cast<std::int32_t>(reader.u32());
    next = head.base + static_cast<std::uint64_t>(static_cast<std::int64_t>(offset));
  }
  std::optional<std::uint32_t> first_flags;
  if ((flags & 0x4U) != 0) first_flags = reader.u32();
  if (count > kMostSamples) return "more than 500,000 samples";
  for (std::uint32_t i = 0; i < count; ++i) {
    if (limits.samples == 0 && limits.beyond == Limits::Beyond::leave) return std::nullopt;
    if (limits.samples == 0) return "more samples than bytes";
    --limits.samples;
    Sample sample;
    sample.duration = (flags & 0x100U) != 0 ? reader.u32() : head.defaults.duration;
    sample.size = (flags & 0x200U) != 0 ? reader.u32() : head.defaults.size;
    std::uint32_t bits = (flags & 0x400U) != 0 ? reader.u32() : head.defaults.flags;
    if (i == 0 && first_flags) bits = *first_flags;
    // Version 0 has unsigned offsets, but writers put negative ones there as well; none is that large.
    const std::int64_t composition = (flags & 0x800U) != 0 ? static_cast<std::int32_t>(reader.u32()) : 0;
    if (!reader.good()) return "a damaged trun box";
    if (next > limits.segment_size || sample.size > limits.segment_size - next) {
      return "a sample that lies outside the segment";
    }
    if (sample.size > limits.bytes) return "samples that overlap";
    limits.bytes -= sample.size;
    sample.access = (bits & kNotSync) == 0 ? Sample::Access::random : Sample::Access::none;
    sample.decode_time = head.time;
    sample.shown_time = head.time + composition;
    sample.offset = static_cast<std::size_t>(next);
    next += sample.size;
    head.time += sample.duration;
    samples.push_back(sample);
  }
  return std::nullopt;
}

std::expected<TrackFragment, std::string> read_track_fragment(std::string_view traf, const InitSegment& init,
                                                              std::size_t moof, std::uint64_t position,
                                                              Limits& limits, std::uint64_t& next) {
  auto head = read_head(traf, init, moof, position);
  if (!head) return std::unexpected(std::move(head.error()));
  TrackFragment fragment{head->track->id, moof, {}};
  BoxWalk walk(traf);
  while (const auto box = walk.next()) {
    if (box->type != "trun") continue;
    if (auto fault = read_run(box->body, *head, next, limits, fragment.samples)) {
      return std::unexpected(std::move(*fault));
    }
  }
  if (walk.broken()) return std::unexpected("a damaged traf box");
  return fragment;
}

}  // namespace

std::expected<std::vector<TrackFragment>, std::string> read_fragments(std::string_view segment,
                                                                      const InitSegment& init,
                                                                      std::uint64_t position) {
  std::vector<TrackFragment> fragments;
  Limits limits{segment.size(), std::min(segment.size(), kMostSamples), segment.size()};
  BoxWalk walk(segment);
  while (const auto box = walk.next()) {
    if (box->type != "moof") continue;
    std::uint64_t next = box->offset + box->size + 8;  // where a run without an offset finds its data
    BoxWalk inside(box->body);
    while (const auto traf = inside.next()) {
      if (traf->type != "traf") continue;
      auto fragment = read_track_fragment(traf->body, init, box->offset, position, limits, next);
      if (!fragment) return std::unexpected(std::move(fragment.error()));
      fragments.push_back(std::move(*fragment));
    }
    if (inside.broken()) return std::unexpected("a damaged moof box");
  }
  if (walk.broken()) return std::unexpected("bytes that are no box, or a box that is cut off");
  if (fragments.empty()) return std::unexpected("no moof box");
  return fragments;
}

std::expected<TrackFragment, std::string> read_first_sample(std::string_view bytes, const InitSegment& init,
                                                            std::uint64_t position) {
  const auto moof = BoxWalk(bytes).next();
  if (!moof || moof->type != "moof") return std::unexpected("no whole moof box at the start");
  const auto traf = child(moof->body, "traf");
  if (!traf) return std::unexpected("a moof box without a track fragment");
  std::uint64_t next = moof->size + 8;
  Limits limits{bytes.size(), 1, bytes.size(), Limits::Beyond::leave};
  auto fragment = read_track_fragment(traf->body, init, 0, position, limits, next);
  if (!fragment) return fragment;
  if (fragment->samples.empty()) return std::unexpected("a fragment without samples");
  return fragment;
}

std::expected<std::vector<IndexEntry>, std::string> read_index(std::string_view bytes,
                                                               std::uint64_t position) {
  const auto box = BoxWalk(bytes).next();
  if (!box || box->type != "sidx") return std::unexpected("no segment index where the manifest says");
  ByteReader reader(box->body);
  const unsigned version = reader.u8();
  reader.skip(3 + 4);
  const std::uint32_t timescale = reader.u32();
  reader.skip(version == 0 ? 4 : 8);
  const std::uint64_t first = version == 0 ? reader.u32() : reader.u64();
  reader.skip(2);
  const unsigned count = reader.u16();
  if (!reader.good() || timescale == 0) return std::unexpected("a damaged sidx box");
  std::vector<IndexEntry> entries;
  std::uint64_t offset = position + box->size + first;
  for (unsigned i = 0; i < count; ++i) {
    const std::uint32_t size = reader.u32();
    const std::uint32_t duration = reader.u32();
    reader.skip(4);
    if (!reader.good()) return std::unexpected("a damaged sidx box");
    if ((size & 0x8000'0000U) != 0) return std::unexpected("an index of indices, which is not read here");
    const double seconds = static_cast<double>(duration) / timescale;
    entries.push_back({offset, size, static_cast<std::int64_t>(seconds * 1e6 + 0.5)});
    offset += size;
  }
  return entries;
}

}  // namespace tongxing::media::check
