// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/hls_playlist.hpp"

#include "accessibility/text/utf8.hpp"
#include "media/check/numbers.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tongxing::media::check {

namespace {

constexpr std::size_t kMostAttributes = 64;
constexpr std::size_t kMostProblems = 100;

void tell(std::vector<Problem>& problems, std::size_t line, std::string text) {
  if (problems.size() < kMostProblems) problems.push_back({line, std::move(text)});
}

bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// "length[@offset]" (§4.3.2.2).
struct RangeText {
  std::uint64_t length = 0;
  std::optional<std::uint64_t> offset;
};

std::optional<RangeText> read_range(std::string_view text) {
  const auto at = text.find('@');
  const auto length = whole_number(text.substr(0, at));
  if (!length) return std::nullopt;
  RangeText range{static_cast<std::uint64_t>(*length), {}};
  if (at == std::string_view::npos) return range;
  const auto offset = whole_number(text.substr(at + 1));
  if (!offset) return std::nullopt;
  range.offset = static_cast<std::uint64_t>(*offset);
  return range;
}

/// Reads line by line; keeps what the next URI line belongs to.
class Reader {
 public:
  std::expected<Playlist, std::string> read(std::string_view text);

 private:
  void line(std::string_view text);
  void tag(std::string_view name, std::string_view value);
  void multivariant_tag(std::string_view name, std::string_view value);
  void media_tag(std::string_view name, std::string_view value);
  void uri(std::string_view text);
  void add_segment(std::string_view text);
  void add_map(std::string_view value);
  [[nodiscard]] Tag attributes(std::string_view value) {
    Tag tag{line_, Attributes::read(value, line_, problems_), {}};
    tag.uri = tag.attributes.text("URI");
    return tag;
  }
  void keep(std::vector<Tag>& list, Tag tag) {
    if (list.size() < kMostTags) {
      list.push_back(std::move(tag));
    } else {
      too_many_ = true;
    }
  }

  std::size_t line_ = 0;
  std::vector<Problem> problems_;
  MultivariantPlaylist multivariant_;
  MediaPlaylist media_;
  std::optional<Tag> variant_;  ///< waits for its URI
  std::optional<std::int64_t> duration_us_;
  ListedSegment::Times times_ = ListedSegment::Times::go_on;  ///< of the next segment
  std::optional<RangeText> range_;
  std::map<std::string, std::uint64_t, std::less<>> range_end_;  ///< of the last range of each file
  bool is_multivariant_ = false;
  bool is_media_ = false;
  bool too_many_ = false;
};

void Reader::line(std::string_view text) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (text.empty()) return;
  if (text.front() != '#') {
    uri(text);
    return;
  }
  if (!text.starts_with("#EXT")) return;  // a comment
  const auto colon = std::min(text.find(':'), text.size());
  tag(text.substr(0, colon), text.substr(std::min(colon + 1, text.size())));
}

void Reader::tag(std::string_view name, std::string_view value) {
  if (name == "#EXT-X-INDEPENDENT-SEGMENTS") {
    multivariant_.independence = MultivariantPlaylist::Independence::said;
    media_.marks.independent = true;
  } else if (name == "#EXT-X-VERSION") {
    if (!whole_number(value)) tell(problems_, line_, "EXT-X-VERSION is no whole number");
  } else if (name == "#EXT-X-MEDIA" || name == "#EXT-X-STREAM-INF" || name == "#EXT-X-I-FRAME-STREAM-INF" ||
             name == "#EXT-X-SESSION-DATA") {
    is_multivariant_ = true;
    multivariant_tag(name, value);
  } else {
    media_tag(name, value);
  }
}

void Reader::multivariant_tag(std::string_view name, std::string_view value) {
  Tag found = attributes(value);
  if (name == "#EXT-X-STREAM-INF") {
    if (variant_) tell(problems_, variant_->line, "EXT-X-STREAM-INF without a URI on the line after it");
    variant_ = std::move(found);
  } else if (name == "#EXT-X-MEDIA") {
    keep(multivariant_.media, std::move(found));
  } else if (name == "#EXT-X-SESSION-DATA") {
    keep(multivariant_.session_data, std::move(found));
  } else {
    keep(multivariant_.frame_lists, std::move(found));
  }
}

void Reader::media_tag(std::string_view name, std::string_view value) {
  if (name == "#EXTINF") {
    is_media_ = true;
    duration_us_ = seconds_to_us(value.substr(0, value.find(',')));
    if (!duration_us_) tell(problems_, line_, "EXTINF is no number of seconds");
    if (!value.contains(',')) tell(problems_, line_, "EXTINF without a comma");
  } else if (name == "#EXT-X-BYTERANGE") {
    range_ = read_range(value);
    if (!range_) tell(problems_, line_, "EXT-X-BYTERANGE is not length@offset");
  } else if (name == "#EXT-X-TARGETDURATION") {
    is_media_ = true;
    media_.target_seconds = whole_number(value);
    if (!media_.target_seconds) tell(problems_, line_, "EXT-X-TARGETDURATION is no whole number");
  } else if (name == "#EXT-X-PLAYLIST-TYPE") {
    media_.type = value;
  } else if (name == "#EXT-X-MAP") {
    add_map(value);
  } else if (name == "#EXT-X-KEY") {
    if (!attributes(value).attributes.is("METHOD", "NONE")) media_.marks.encrypted = true;
  } else if (name == "#EXT-X-ENDLIST") {
    media_.marks.end = true;
  } else if (name == "#EXT-X-I-FRAMES-ONLY") {
    media_.marks.frames_only = true;
  } else if (name == "#EXT-X-DISCONTINUITY") {
    media_.marks.discontinuity = true;
    times_ = ListedSegment::Times::begin_anew;
  }
}

void Reader::add_map(std::string_view value) {
  const Tag tag = attributes(value);
  if (media_.maps.size() >= kMostTags) {
    too_many_ = true;
    return;
  }
  Map map{line_, tag.uri, std::nullopt};
  if (const auto text = tag.attributes.find("BYTERANGE")) {
    const auto range = read_range(*text);
    if (range) {
      map.range = ByteRange{range->offset.value_or(0), range->length};
    } else {
      tell(problems_, line_, "BYTERANGE of EXT-X-MAP is not length@offset");
    }
  }
  if (map.uri.empty()) tell(problems_, line_, "EXT-X-MAP without a URI");
  media_.maps.push_back(std::move(map));
}

void Reader::uri(std::string_view text) {
  if (variant_) {
    variant_->uri = text;
    keep(multivariant_.variants, std::move(*variant_));
    variant_.reset();
  } else if (is_multivariant_ && !is_media_) {
    tell(problems_, line_, "a URI without EXT-X-STREAM-INF before it");
  } else {
    add_segment(text);
  }
}

void Reader::add_segment(std::string_view text) {
  if (media_.segments.size() >= kMostSegments) {
    too_many_ = true;
    return;
  }
  if (!duration_us_) tell(problems_, line_, "a segment without EXTINF");
  ListedSegment segment{line_,
                        std::string{text},
                        std::nullopt,
                        duration_us_.value_or(0),
                        media_.maps.size(),
                        std::exchange(times_, ListedSegment::Times::go_on)};
  if (range_) {
    const auto before = range_end_.find(text);
    if (!range_->offset && before == range_end_.end()) {
      tell(problems_, line_, "EXT-X-BYTERANGE without an offset, and no range of that file before it");
    }
    const std::uint64_t offset =
        range_->offset.value_or(before == range_end_.end() ? std::uint64_t{0} : before->second);
    segment.range = ByteRange{offset, range_->length};
    range_end_.insert_or_assign(std::string{text}, offset + range_->length);
  }
  media_.segments.push_back(std::move(segment));
  duration_us_.reset();
  range_.reset();
}

std::expected<Playlist, std::string> Reader::read(std::string_view text) {
  if (accessibility::first_invalid(text)) return std::unexpected("not UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) return std::unexpected("begins with a byte order mark");
  const auto first = text.substr(0, text.find_first_of("\r\n"));
  if (first != "#EXTM3U") return std::unexpected("does not begin with #EXTM3U");
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    ++line_;
    line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (too_many_) return std::unexpected("more entries than any player reads");
  if (variant_) tell(problems_, variant_->line, "EXT-X-STREAM-INF without a URI on the line after it");
  if (is_multivariant_ && is_media_) return std::unexpected("tags of both kinds of playlist in one");
  if (is_multivariant_) {
    multivariant_.problems = std::move(problems_);
    return std::move(multivariant_);
  }
  media_.problems = std::move(problems_);
  return std::move(media_);
}

}  // namespace

Attributes Attributes::read(std::string_view list, std::size_t line, std::vector<Problem>& problems) {
  Attributes found;
  while (!list.empty()) {
    const auto equals = list.find('=');
    const auto name = list.substr(0, equals);
    if (equals == std::string_view::npos || !is_name(name)) {
      tell(problems, line, "an attribute name is expected at: " + shown(list));
      return found;
    }
    list.remove_prefix(equals + 1);
    std::string_view value;
    if (list.starts_with('"')) {
      const auto close = list.find('"', 1);
      if (close == std::string_view::npos) {
        tell(problems, line, "a quotation mark is not closed after " + shown(name));
        return found;
      }
      value = list.substr(1, close - 1);
      list.remove_prefix(close + 1);
    } else {
      value = list.substr(0, list.find(','));
      list.remove_prefix(value.size());
    }
    if (found.find(name)) {
      tell(problems, line, "the attribute " + shown(name) + " is there twice");
    } else if (found.pairs_.size() < kMostAttributes) {
      found.pairs_.push_back({std::string{name}, std::string{value}});
    }
    if (list.empty()) break;
    if (list.front() != ',') {
      tell(problems, line, "a comma is expected after the attribute " + shown(name));
      return found;
    }
    list.remove_prefix(1);
  }
  return found;
}

std::optional<std::string_view> Attributes::find(std::string_view name) const {
  const auto found = std::ranges::find(pairs_, name, &Pair::name);
  if (found == pairs_.end()) return std::nullopt;
  return found->value;
}

std::expected<Playlist, std::string> read_playlist(std::string_view text) {
  return Reader().read(text);
}

}  // namespace tongxing::media::check
