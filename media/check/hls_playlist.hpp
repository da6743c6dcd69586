// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/segment_ref.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// HLS playlists as values (RFC 8216). The reader is strict about syntax and tells every fault with its line,
/// but reads on: a package with one broken line still gets its other rules checked.
namespace tongxing::media::check {

struct Problem {
  std::size_t line = 0;  ///< 1-based
  std::string text;      ///< a sentence in English
};

/// An attribute list (§4.2).
class Attributes {
 public:
  /// Reads "A=1,B=\"x\""; faults go to `problems`. Of two attributes of one name the first counts.
  static Attributes read(std::string_view list, std::size_t line, std::vector<Problem>& problems);

  /// Without the quotation marks; nullopt where it is missing.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// The same, empty where it is missing.
  [[nodiscard]] std::string_view text(std::string_view name) const { return find(name).value_or(""); }
  [[nodiscard]] bool is(std::string_view name, std::string_view value) const { return find(name) == value; }

 private:
  struct Pair {
    std::string name;
    std::string value;
  };
  std::vector<Pair> pairs_;
};

/// Any tag with an attribute list; `uri` is the line after EXT-X-STREAM-INF, the attribute URI of others.
struct Tag {
  std::size_t line = 0;
  Attributes attributes;
  std::string uri;
};

struct MultivariantPlaylist {
  std::vector<Tag> media;         ///< EXT-X-MEDIA
  std::vector<Tag> variants;      ///< EXT-X-STREAM-INF
  std::vector<Tag> frame_lists;   ///< EXT-X-I-FRAME-STREAM-INF
  std::vector<Tag> session_data;  ///< EXT-X-SESSION-DATA
  enum class Independence : std::uint8_t { said, unsaid } independence = Independence::unsaid;
  std::vector<Problem> problems;
};

/// EXT-X-MAP: the init segment of what follows.
struct Map {
  std::size_t line = 0;
  std::string uri;
  std::optional<ByteRange> range;
};

struct ListedSegment {
  std::size_t line = 0;  ///< of its URI
  std::string uri;
  std::optional<ByteRange> range;
  std::int64_t duration_us = 0;
  std::size_t maps = 0;  ///< how many EXT-X-MAP stand before it: the last one is its own
  enum class Times : std::uint8_t { go_on, begin_anew } times = Times::go_on;  ///< after EXT-X-DISCONTINUITY
};

struct MediaPlaylist {
  std::optional<std::int64_t> target_seconds;
  std::string type;  ///< "VOD", "EVENT" or empty
  std::vector<Map> maps;
  std::vector<ListedSegment> segments;
  struct Marks {
    bool end = false;          ///< EXT-X-ENDLIST
    bool frames_only = false;  ///< EXT-X-I-FRAMES-ONLY
    bool independent = false;  ///< EXT-X-INDEPENDENT-SEGMENTS
    bool encrypted = false;    ///< EXT-X-KEY with a method
    bool discontinuity = false;
  } marks;
  std::vector<Problem> problems;
};

using Playlist = std::variant<MultivariantPlaylist, MediaPlaylist>;

inline constexpr std::size_t kMostSegments = 100'000;
inline constexpr std::size_t kMostTags = 1'000;  ///< of each kind in a multivariant playlist

/// The error is a sentence in English. A playlist with EXT-X-STREAM-INF or EXT-X-MEDIA is a multivariant one.
[[nodiscard]] std::expected<Playlist, std::string> read_playlist(std::string_view text);

}  // namespace tongxing::media::check
