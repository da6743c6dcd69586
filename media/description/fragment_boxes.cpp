// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/fragment_boxes.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

namespace tongxing::media::description {

namespace {

using Bytes = std::vector<std::byte>;
using View = std::span<const std::byte>;

std::uint32_t read32(View bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
  return value;
}

std::uint64_t read64(View bytes, std::size_t at) {
  return std::uint64_t{read32(bytes, at)} << 32U | read32(bytes, at + 4);
}

void append32(Bytes& to, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    to.push_back(static_cast<std::byte>(value >> static_cast<unsigned>(shift)));
}

void write32(std::span<std::byte> to, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) to[at + i] = static_cast<std::byte>(value >> (24 - 8 * i));
}

struct Box {
  std::size_t start = 0;  ///< of its header, in the whole
  std::size_t body = 0;
  std::size_t end = 0;
};

/// The first box of a kind between two offsets; `count` gets how many there are.
std::expected<Box, BoxFault> find(View bytes, std::size_t from, std::size_t end, std::string_view kind,
                                  int* count = nullptr) {
  std::optional<Box> found;
  while (from < end) {
    if (end - from < 8) return std::unexpected(BoxFault::truncated);
    std::uint64_t size = read32(bytes, from);
    std::size_t head = 8;
    if (size == 1) {
      if (end - from < 16) return std::unexpected(BoxFault::truncated);
      size = read64(bytes, from + 8);
      head = 16;
    } else if (size == 0) {
      size = end - from;
    }
    if (size < head || size > end - from) return std::unexpected(BoxFault::truncated);
    const auto name = bytes.subspan(from + 4, 4);
    if (std::ranges::equal(name, kind, {}, [](std::byte b) { return std::to_integer<char>(b); })) {
      if (count != nullptr) ++*count;
      if (!found) found = Box{from, from + head, from + static_cast<std::size_t>(size)};
    }
    from += static_cast<std::size_t>(size);
  }
  if (!found) return std::unexpected(BoxFault::missing);
  return *found;
}

/// Follows a path of boxes from the top.
std::expected<Box, BoxFault> find_path(View bytes, std::span<const std::string_view> path) {
  Box box{0, 0, bytes.size()};
  for (const std::string_view kind : path) {
    const auto next = find(bytes, box.body, box.end, kind);
    if (!next) return next;
    box = *next;
  }
  return box;
}

// Flags of ISO/IEC 14496-12, 8.8.7 (tfhd) and 8.8.8 (trun).
constexpr std::uint32_t kBaseOffset = 0x1;
constexpr std::uint32_t kDescription = 0x2;
constexpr std::uint32_t kDefaultDuration = 0x8;
constexpr std::uint32_t kDataOffset = 0x1;
constexpr std::uint32_t kFirstFlags = 0x4;
constexpr std::uint32_t kDurations = 0x100;
constexpr std::uint32_t kSizes = 0x200;
constexpr std::uint32_t kFlags = 0x400;
constexpr std::uint32_t kOffsets = 0x800;
constexpr std::uint32_t kKnown = kDataOffset | kFirstFlags | kDurations | kSizes | kFlags | kOffsets;

struct Sample {
  std::int64_t duration = 0;
  std::uint32_t size = 0;
  std::uint32_t flags = 0;
  std::int64_t offset = 0;  ///< presentation minus decode time
  std::int64_t decode = 0;  ///< ticks of the track
  [[nodiscard]] std::int64_t shown() const { return decode + offset; }
};

struct Run {
  std::uint32_t version = 0;
  std::uint32_t flags = 0;
  std::uint32_t data_offset = 0;
  std::uint32_t first_flags = 0;
  std::vector<Sample> samples;
};

std::expected<Run, BoxFault> read_run(View bytes, const Box& box, std::uint32_t default_duration) {
  if (box.end - box.body < 12) return std::unexpected(BoxFault::truncated);
  Run run;
  run.version = read32(bytes, box.body) >> 24U;
  run.flags = read32(bytes, box.body) & 0xFFFFFFU;
  if ((run.flags & ~kKnown) != 0 || (run.flags & kDataOffset) == 0)
    return std::unexpected(BoxFault::unsupported);
  const std::uint32_t count = read32(bytes, box.body + 4);
  std::size_t at = box.body + 8;
  run.data_offset = read32(bytes, at);
  at += 4;
  std::size_t each = 0;
  for (const std::uint32_t flag : {kDurations, kSizes, kFlags, kOffsets})
    each += (run.flags & flag) != 0 ? 4 : 0;
  const std::size_t needed = ((run.flags & kFirstFlags) != 0 ? 4U : 0U) + std::uint64_t{count} * each;
  if (count == 0 || box.end - at < needed) return std::unexpected(BoxFault::truncated);
  if (each == 0 && count > 1'000'000) return std::unexpected(BoxFault::unsupported);
  const auto take = [&](std::uint32_t flag, std::uint32_t otherwise) {
    if ((run.flags & flag) == 0) return otherwise;
    at += 4;
    return read32(bytes, at - 4);
  };
  run.first_flags = take(kFirstFlags, 0);
  run.samples.resize(count);
  for (Sample& sample : run.samples) {
    sample.duration = take(kDurations, default_duration);
    sample.size = take(kSizes, 0);
    sample.flags = take(kFlags, 0);
    const std::uint32_t offset = take(kOffsets, 0);
    sample.offset = run.version == 0 ? std::int64_t{offset} : std::int64_t{static_cast<std::int32_t>(offset)};
  }
  return run;
}

/// Makes samples shown after `at` come later by `length`, the one shown at it last longer.
void stand_still(std::vector<Sample>& samples, std::int64_t at, std::int64_t length) {
  // What is on the screen at `at`: the latest sample shown by then; the first of all where there is none yet.
  std::int64_t held = std::numeric_limits<std::int64_t>::min();
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  for (const Sample& sample : samples) {
    first = std::min(first, sample.shown());
    if (sample.shown() <= at) held = std::max(held, sample.shown());
  }
  held = std::max(held, first);
  // Decode times make room behind the last sample, in decoding order, that is shown by then.
  std::size_t last = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].shown() <= held) last = i;
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool later_shown = samples[i].shown() > held;
    const bool later_decoded = i > last;
    if (later_shown && !later_decoded) samples[i].offset += length;
    if (later_decoded) samples[i].decode += length;
  }
  samples[last].duration += length;
}

std::optional<Bytes> written(const Run& run, bool with_offsets) {
  std::uint32_t flags = run.flags | kDurations;
  if (with_offsets) flags |= kOffsets;
  Bytes body;
  append32(body, (with_offsets ? 1U : run.version) << 24U | flags);
  append32(body, static_cast<std::uint32_t>(run.samples.size()));
  append32(body, run.data_offset);
  if ((flags & kFirstFlags) != 0) append32(body, run.first_flags);
  for (const Sample& sample : run.samples) {
    if (sample.duration > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
    if (sample.offset > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    if (sample.offset < std::numeric_limits<std::int32_t>::min()) return std::nullopt;
    append32(body, static_cast<std::uint32_t>(sample.duration));
    if ((flags & kSizes) != 0) append32(body, sample.size);
    if ((flags & kFlags) != 0) append32(body, sample.flags);
    if ((flags & kOffsets) != 0)
      append32(body, static_cast<std::uint32_t>(static_cast<std::int32_t>(sample.offset)));
  }
  return body;
}

struct Fragment {
  Box moof, traf, tfdt, trun;
  std::uint64_t first = 0;
  Run run;
};

std::expected<Fragment, BoxFault> read_fragment(View segment, std::uint32_t default_duration) {
  int moofs = 0;
  int trafs = 0;
  int truns = 0;
  Fragment all;
  const auto moof = find(segment, 0, segment.size(), "moof", &moofs);
  if (!moof) return std::unexpected(moof.error());
  const auto traf = find(segment, moof->body, moof->end, "traf", &trafs);
  if (!traf) return std::unexpected(traf.error());
  const auto tfhd = find(segment, traf->body, traf->end, "tfhd");
  const auto tfdt = find(segment, traf->body, traf->end, "tfdt");
  const auto trun = find(segment, traf->body, traf->end, "trun", &truns);
  if (!tfhd || !tfdt || !trun) return std::unexpected(BoxFault::missing);
  if (moofs != 1 || trafs != 1 || truns != 1) return std::unexpected(BoxFault::unsupported);
  if (tfhd->end - tfhd->body < 8 || tfdt->end - tfdt->body < 8) return std::unexpected(BoxFault::truncated);
  const std::uint32_t flags = read32(segment, tfhd->body) & 0xFFFFFFU;
  if ((flags & kDefaultDuration) != 0) {
    const std::size_t at =
        tfhd->body + 8 + ((flags & kBaseOffset) != 0 ? 8 : 0) + ((flags & kDescription) != 0 ? 4 : 0);
    if (tfhd->end < at + 4) return std::unexpected(BoxFault::truncated);
    default_duration = read32(segment, at);
  }
  const bool wide = read32(segment, tfdt->body) >> 24U == 1;
  if (wide && tfdt->end - tfdt->body < 12) return std::unexpected(BoxFault::truncated);
  all.first = wide ? read64(segment, tfdt->body + 4) : read32(segment, tfdt->body + 4);
  if (all.first > std::uint64_t{1} << 60U) return std::unexpected(BoxFault::out_of_range);
  auto run = read_run(segment, *trun, default_duration);
  if (!run) return std::unexpected(run.error());
  all.moof = *moof;
  all.traf = *traf;
  all.tfdt = *tfdt;
  all.trun = *trun;
  all.run = std::move(*run);
  auto decode = static_cast<std::int64_t>(all.first);
  for (Sample& sample : all.run.samples) {
    sample.decode = decode;
    decode += sample.duration;
  }
  return all;
}

}  // namespace

std::expected<std::uint32_t, BoxFault> timescale_of(std::span<const std::byte> init) {
  constexpr std::array<std::string_view, 4> kPath{"moov", "trak", "mdia", "mdhd"};
  const auto mdhd = find_path(init, kPath);
  if (!mdhd) return std::unexpected(mdhd.error());
  if (mdhd->end - mdhd->body < 24) return std::unexpected(BoxFault::truncated);
  const bool wide = read32(init, mdhd->body) >> 24U == 1;
  const std::uint32_t scale = read32(init, mdhd->body + (wide ? 20 : 12));
  if (scale == 0) return std::unexpected(BoxFault::out_of_range);
  return scale;
}

std::uint32_t default_duration_of(std::span<const std::byte> init) {
  constexpr std::array<std::string_view, 3> kPath{"moov", "mvex", "trex"};
  const auto trex = find_path(init, kPath);
  return trex && trex->end - trex->body >= 24 ? read32(init, trex->body + 12) : 0;
}

std::int64_t edit_start_of(std::span<const std::byte> init) {
  constexpr std::array<std::string_view, 4> kPath{"moov", "trak", "edts", "elst"};
  const auto elst = find_path(init, kPath);
  if (!elst || elst->end - elst->body < 8) return 0;
  const bool wide = read32(init, elst->body) >> 24U == 1;
  const std::size_t each = wide ? 20 : 12;
  const std::uint32_t count = read32(init, elst->body + 4);
  std::size_t at = elst->body + 8;
  for (std::uint32_t i = 0; i < count && elst->end - at >= each; ++i, at += each) {
    const std::int64_t start = wide ? static_cast<std::int64_t>(read64(init, at + 8))
                                    : std::int64_t{static_cast<std::int32_t>(read32(init, at + 4))};
    if (start >= 0) return std::min(start, std::int64_t{1} << 40U);  // −1: an empty edit
  }
  return 0;
}

std::expected<Bytes, BoxFault> without_edit_list(View init) {
  Bytes result(init.begin(), init.end());
  for (;;) {
    const auto moov = find(result, 0, result.size(), "moov");
    if (!moov) return std::unexpected(moov.error());
    const auto track = find(result, moov->body, moov->end, "trak");
    if (!track) return std::unexpected(track.error());
    const auto list = find(result, track->body, track->end, "edts");
    if (!list && list.error() != BoxFault::missing) return std::unexpected(list.error());
    if (!list) break;
    const std::size_t size = list->end - list->start;
    for (const Box& box : {*moov, *track}) {
      if (box.body - box.start != 8) return std::unexpected(BoxFault::unsupported);
      write32(result, box.start, static_cast<std::uint32_t>(box.end - box.start - size));
    }
    const auto from = result.begin() + static_cast<std::ptrdiff_t>(list->start);
    result.erase(from, from + static_cast<std::ptrdiff_t>(size));
  }
  constexpr std::uint32_t kWithEditList = 0x636D6663;  // "cmfc"
  constexpr std::uint32_t kWithout = 0x636D6632;       // "cmf2"
  if (const auto brands = find(result, 0, result.size(), "ftyp")) {
    for (std::size_t at = brands->body; brands->end - at >= 4; at += 4) {
      if (read32(result, at) == kWithEditList) write32(result, at, kWithout);
    }
  }
  return result;
}

bool set_first_time(std::span<std::byte> segment, std::uint64_t ticks) {
  constexpr std::array<std::string_view, 3> kPath{"moof", "traf", "tfdt"};
  const auto tfdt = find_path(segment, kPath);
  if (!tfdt || tfdt->end - tfdt->body < 8) return false;
  const bool wide = read32(segment, tfdt->body) >> 24U == 1;
  if (wide && tfdt->end - tfdt->body < 12) return false;
  if (!wide && ticks > std::numeric_limits<std::uint32_t>::max()) return false;
  if (wide) write32(segment, tfdt->body + 4, static_cast<std::uint32_t>(ticks >> 32U));
  write32(segment, tfdt->body + (wide ? 8 : 4), static_cast<std::uint32_t>(ticks));
  return true;
}

std::expected<Bytes, BoxFault> with_pauses(View segment, const TrackTimes& track,
                                           std::span<const accessibility::Pause> pauses) {
  auto fragment = read_fragment(segment, track.default_duration);
  if (!fragment) return std::unexpected(fragment.error());
  // From the last one on, so that each is looked up in lesson time.
  std::vector<accessibility::Pause> sorted(pauses.begin(), pauses.end());
  std::ranges::sort(sorted, std::ranges::greater{}, &accessibility::Pause::at);
  for (const accessibility::Pause& pause : sorted) {
    if (pause.at.count() < 0 || pause.length.count() < 0 || pause.at.count() > std::int64_t{1} << 40U ||
        pause.length.count() > 86'400'000) {
      return std::unexpected(BoxFault::out_of_range);
    }
    const auto ticks = [&](std::int64_t ms) { return (ms * track.timescale + 500) / 1'000; };
    stand_still(fragment->run.samples, ticks(pause.at.count()) + track.edit_start,
                ticks(pause.length.count()));
  }
  for (Sample& sample : fragment->run.samples) sample.offset -= track.edit_start;
  const bool offsets =
      std::ranges::any_of(fragment->run.samples, [](const Sample& one) { return one.offset != 0; });
  const std::size_t old_size = fragment->trun.end - fragment->trun.start;
  const std::size_t each_before = (fragment->run.flags & kDurations) != 0 ? 0 : 4;
  const std::size_t each_offset = offsets && (fragment->run.flags & kOffsets) == 0 ? 4 : 0;
  const std::size_t growth_guess = (each_before + each_offset) * fragment->run.samples.size();
  fragment->run.data_offset += static_cast<std::uint32_t>(growth_guess);
  const auto body = written(fragment->run, offsets);
  if (!body) return std::unexpected(BoxFault::out_of_range);
  const std::size_t new_size = body->size() + 8;
  const auto growth = static_cast<std::ptrdiff_t>(new_size) - static_cast<std::ptrdiff_t>(old_size);
  if (growth != static_cast<std::ptrdiff_t>(growth_guess)) return std::unexpected(BoxFault::unsupported);
  Bytes result(segment.begin(), segment.begin() + static_cast<std::ptrdiff_t>(fragment->trun.start));
  append32(result, static_cast<std::uint32_t>(new_size));
  const auto kind = segment.subspan(fragment->trun.start + 4, 4);
  result.insert(result.end(), kind.begin(), kind.end());
  result.insert(result.end(), body->begin(), body->end());
  const auto rest = segment.subspan(fragment->trun.end);
  result.insert(result.end(), rest.begin(), rest.end());
  for (const Box& box : {fragment->moof, fragment->traf}) {
    const std::size_t size = box.end - box.start + growth_guess;
    if (size > std::numeric_limits<std::uint32_t>::max() || box.body - box.start != 8) {
      return std::unexpected(BoxFault::out_of_range);
    }
    write32(result, box.start, static_cast<std::uint32_t>(size));
  }
  return result;
}

}  // namespace tongxing::media::description
