// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/mpd_segments.hpp"

#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

namespace tongxing::media::check {

namespace {

constexpr std::int64_t kMicroseconds = 1'000'000;
constexpr int kWidestNumber = 20;
constexpr std::size_t kLongestUrl = 512;
constexpr std::int64_t kLongestDuration = std::int64_t{1} << 40;  // ticks

/// Ticks as microseconds; in floating point, because hostile values must not overflow.
std::int64_t to_us(std::int64_t ticks, std::int64_t timescale) {
  const double us = static_cast<double>(ticks) / static_cast<double>(timescale) * kMicroseconds;
  return static_cast<std::int64_t>(std::clamp(us, -1e13, 1e13) + (us < 0 ? -0.5 : 0.5));
}

/// The elements of one name on all levels.
class Merged {
 public:
  Merged(const SegmentSource& source, std::string_view name) {
    for (std::size_t i = 0; i < source.levels.size(); ++i) nodes_[i] = child_of(source.levels[i], name);
  }
  [[nodiscard]] bool any() const {
    return std::ranges::any_of(nodes_, [](pugi::xml_node node) { return static_cast<bool>(node); });
  }
  [[nodiscard]] std::string_view text(const char* attribute) const {
    for (const auto node : nodes_) {
      if (node.attribute(attribute)) return text_of(node, attribute);
    }
    return {};
  }
  [[nodiscard]] std::optional<std::int64_t> number(const char* attribute) const {
    return whole_number(text(attribute));
  }
  [[nodiscard]] pugi::xml_node child(std::string_view name) const {
    for (const auto node : nodes_) {
      if (const auto found = child_of(node, name)) return found;
    }
    return {};
  }
  [[nodiscard]] pugi::xml_node owner_of(std::string_view name) const {
    for (const auto node : nodes_) {
      if (child_of(node, name)) return node;
    }
    return {};
  }

 private:
  std::array<pugi::xml_node, 3> nodes_;
};

std::optional<ByteRange> read_range(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = whole_number(text.substr(0, dash));
  const auto last = whole_number(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return ByteRange{static_cast<std::uint64_t>(*first), static_cast<std::uint64_t>(*last - *first + 1)};
}

/// Time of each segment, in ticks.
struct Tick {
  std::int64_t start = 0;
  std::int64_t duration = 0;
};

/// How often an S element stands: r, or until the next S or the end of the period where r is negative.
std::int64_t copies_of(pugi::xml_node s, std::int64_t at, std::int64_t duration, std::int64_t end) {
  const std::string_view repeat = text_of(s, "r");
  if (!repeat.starts_with('-')) return whole_number(repeat).value_or(0) + 1;
  auto next = s.next_sibling();
  while (next && local_name(next) != "S") next = next.next_sibling();
  const auto until = next && next.attribute("t") ? whole_number(text_of(next, "t")).value_or(end) : end;
  return duration > 0 ? (until - at + duration - 1) / duration : 1;
}

std::optional<std::vector<Tick>> timeline(pugi::xml_node node, std::int64_t end) {
  std::vector<Tick> ticks;
  std::int64_t at = 0;
  for (const auto s : node.children()) {
    if (local_name(s) != "S") continue;
    at = whole_number(text_of(s, "t")).value_or(at);
    const std::int64_t duration = whole_number(text_of(s, "d")).value_or(0);
    const std::int64_t copies = copies_of(s, at, duration, end);
    const auto left = static_cast<std::int64_t>(kMostDashSegments - ticks.size());
    if (copies < 1 || copies > left) return std::nullopt;
    for (std::int64_t i = 0; i < copies; ++i, at += duration) {
      if (at >= std::int64_t{1} << 60) return std::nullopt;
      ticks.push_back({at, duration});
    }
  }
  return ticks;
}

/// All segments' times from a SegmentTimeline or a constant duration; `least` where the count is known
/// otherwise.
std::optional<std::vector<Tick>> times(const Merged& merged, std::int64_t timescale, std::int64_t period_us,
                                       std::size_t least) {
  const auto offset = merged.number("presentationTimeOffset").value_or(0);
  const double end = static_cast<double>(period_us) / kMicroseconds * static_cast<double>(timescale);
  const auto end_ticks = static_cast<std::int64_t>(std::min(end, 1e15));
  if (const auto node = merged.child("SegmentTimeline")) return timeline(node, end_ticks + offset);
  const auto duration = merged.number("duration").value_or(0);
  if (duration <= 0) return std::vector<Tick>(least);
  if (duration > kLongestDuration) return std::nullopt;
  auto count = static_cast<std::int64_t>(least);
  if (least == 0) count = (end_ticks + duration - 1) / duration;
  if (count > static_cast<std::int64_t>(kMostDashSegments)) return std::nullopt;
  std::vector<Tick> ticks;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t at = i * duration;
    // The last one is as long as the period lets it be.
    const bool last = i + 1 == count && end_ticks > at;
    ticks.push_back({at + offset, last ? std::min(duration, end_ticks - at) : duration});
  }
  return ticks;
}

struct Filled {
  const Representation& representation;
  std::int64_t number = 0;
  std::int64_t time = 0;
};

/// One identifier between dollar signs, perhaps with a width: "Number%05d" (§5.3.9.4.4).
std::optional<std::string> identifier(std::string_view text, const Filled& values) {
  if (text.empty()) return "$";
  if (text == "RepresentationID") return values.representation.id;
  const auto percent = text.find('%');
  const auto name = text.substr(0, percent);
  std::int64_t value = 0;
  if (name == "Number") {
    value = values.number;
  } else if (name == "Time") {
    value = values.time;
  } else if (name == "Bandwidth") {
    value = values.representation.bandwidth;
  } else {
    return std::nullopt;
  }
  std::string digits = std::to_string(value);
  if (percent == std::string_view::npos) return digits;
  auto format = text.substr(percent + 1);
  if (!format.starts_with('0') || !format.ends_with('d')) return std::nullopt;
  const auto width = whole_number(format.substr(1, format.size() - 2));
  if (!width || *width > kWidestNumber) return std::nullopt;
  if (digits.size() < static_cast<std::size_t>(*width)) {
    digits.insert(0, static_cast<std::size_t>(*width) - digits.size(), '0');
  }
  return digits;
}

std::optional<std::string> fill(std::string_view pattern, const Filled& values) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = pattern.find('$');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) return out;
    const auto close = pattern.find('$', open + 1);
    if (close == std::string_view::npos) return std::nullopt;
    const auto part = identifier(pattern.substr(open + 1, close - open - 1), values);
    if (!part || out.size() + part->size() > kLongestUrl) return std::nullopt;
    out += *part;
    pattern.remove_prefix(close + 1);
  }
  return out;
}

std::optional<std::string> from_template(const Merged& merged, std::int64_t period_us, Representation& into) {
  const std::int64_t timescale = std::max<std::int64_t>(1, merged.number("timescale").value_or(1));
  const std::string base = into.url;
  if (const auto pattern = merged.text("initialization"); !pattern.empty()) {
    const auto url = fill(pattern, {into});
    if (!url) return "an initialization template that cannot be filled in";
    into.init = DashSegment{joined(base, *url), std::nullopt, 0, 0};
  }
  const auto pattern = merged.text("media");
  if (pattern.empty()) return "a SegmentTemplate without media";
  if (pattern.size() + base.size() > kLongestUrl) return "addresses longer than 512 bytes";
  const auto ticks = times(merged, timescale, period_us, 0);
  if (!ticks) return "more than 100,000 segments, or times that cannot be";
  const auto offset = merged.number("presentationTimeOffset").value_or(0);
  std::int64_t number = merged.number("startNumber").value_or(1);
  for (const Tick& tick : *ticks) {
    const auto url = fill(pattern, {into, number++, tick.start});
    if (!url) return "a media template that cannot be filled in";
    into.segments.push_back({joined(base, *url), std::nullopt, to_us(tick.start - offset, timescale),
                             to_us(tick.duration, timescale)});
  }
  into.offset_us = to_us(offset, timescale);
  if (!merged.child("SegmentTimeline")) into.timing = Representation::Timing::nominal;
  return std::nullopt;
}

void add_initialization(const Merged& merged, Representation& into) {
  const auto node = merged.child("Initialization");
  if (!node) return;
  const auto url = text_of(node, "sourceURL");
  into.init =
      DashSegment{url.empty() ? into.url : joined(into.url, url), read_range(text_of(node, "range")), 0, 0};
}

std::optional<std::string> from_list(const Merged& merged, std::int64_t period_us, Representation& into) {
  const std::int64_t timescale = std::max<std::int64_t>(1, merged.number("timescale").value_or(1));
  if (into.url.size() > kLongestUrl) return "addresses longer than 512 bytes";
  add_initialization(merged, into);
  std::vector<pugi::xml_node> urls;
  for (const auto node : merged.owner_of("SegmentURL").children()) {
    if (local_name(node) == "SegmentURL") urls.push_back(node);
  }
  if (urls.empty() || urls.size() > kMostDashSegments)
    return "a SegmentList without segments, or with too many";
  const auto ticks = times(merged, timescale, period_us, urls.size());
  if (!ticks || ticks->size() < urls.size()) return "a SegmentList whose times do not fit its segments";
  const auto offset = merged.number("presentationTimeOffset").value_or(0);
  for (std::size_t i = 0; i < urls.size(); ++i) {
    const auto url = text_of(urls[i], "media");
    const Tick tick = (*ticks)[i];
    into.segments.push_back({url.empty() ? into.url : joined(into.url, url),
                             read_range(text_of(urls[i], "mediaRange")),
                             to_us(tick.start - offset, timescale), to_us(tick.duration, timescale)});
  }
  into.offset_us = to_us(offset, timescale);
  if (!merged.child("SegmentTimeline")) into.timing = Representation::Timing::nominal;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> add_segments(const SegmentSource& source, Representation& into) {
  const Merged pattern(source, "SegmentTemplate");
  if (pattern.any()) return from_template(pattern, source.period_us, into);
  const Merged list(source, "SegmentList");
  if (list.any()) return from_list(list, source.period_us, into);
  const Merged base(source, "SegmentBase");
  if (!base.any()) return std::nullopt;
  add_initialization(base, into);
  into.index = read_range(base.text("indexRange"));
  const std::int64_t timescale = std::max<std::int64_t>(1, base.number("timescale").value_or(1));
  into.offset_us = to_us(base.number("presentationTimeOffset").value_or(0), timescale);
  return std::nullopt;
}

}  // namespace tongxing::media::check
