// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/segment_ref.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A DASH manifest as values (ISO/IEC 23009-1): templates, lists and base URLs already resolved.
namespace tongxing::media::check {

/// Role, Accessibility, EssentialProperty, SupplementalProperty (§5.8.2).
struct Descriptor {
  std::string scheme;
  std::string value;
};

struct DashSegment {
  std::string url;  ///< relative to the manifest, base URLs applied
  std::optional<ByteRange> range;
  std::int64_t start_us = 0;  ///< from the start of its period
  std::int64_t duration_us = 0;
};

struct Representation {
  std::string id;
  std::string mime;
  std::string codecs;
  std::int64_t bandwidth = 0;  ///< bits a second
  int width = 0;
  int height = 0;
  std::string url;                 ///< of the whole file where there are no segments: captions, SegmentBase
  std::optional<ByteRange> index;  ///< of SegmentBase: the segment index in `url`
  std::optional<DashSegment> init;
  std::vector<DashSegment> segments;
  std::vector<Descriptor> properties;  ///< essential and supplemental ones, those of its set too
  std::int64_t offset_us = 0;          ///< presentationTimeOffset: media time of the period's start
  enum class Timing : std::uint8_t {
    exact,   ///< a SegmentTimeline or a segment index
    nominal  ///< a constant duration, from which segments may differ by half
  } timing = Timing::exact;
};

struct AdaptationSet {
  std::string id;
  std::string content;  ///< "video", "audio", "text", "image": contentType, or what the MIME type says
  std::string mime;
  std::string lang;
  std::int64_t selection_priority = 1;
  std::vector<Descriptor> roles;
  std::vector<Descriptor> accessibility;
  std::vector<Descriptor> properties;  ///< essential and supplemental
  std::vector<std::string> labels;
  std::vector<std::string> label_languages;
  std::vector<Representation> representations;

  [[nodiscard]] bool has_role(std::string_view value) const;
  [[nodiscard]] bool has_accessibility(std::string_view scheme, std::string_view value) const;
  [[nodiscard]] const Descriptor* property(std::string_view scheme) const;
  /// For messages: `AdaptationSet 3 (audio cmn "普通话")`.
  [[nodiscard]] std::string name() const;
};

struct Mpd {
  std::string type;
  std::int64_t duration_us = 0;  ///< mediaPresentationDuration; 0: not given
  std::size_t periods = 0;
  std::vector<AdaptationSet> sets;         ///< of the first period
  std::vector<std::string> event_schemes;  ///< schemeIdUri of every EventStream
};

inline constexpr std::string_view kRoleScheme = "urn:mpeg:dash:role:2011";
inline constexpr std::string_view kAudioPurposeScheme = "urn:tva:metadata:cs:AudioPurposeCS:2007";

/// The error is a sentence in English: no XML, no MPD, or more entries than any player reads. Document type
/// declarations are never followed.
[[nodiscard]] std::expected<Mpd, std::string> read_mpd(std::string_view text);

/// "PT1H2M3.5S" (xs:duration without years and months) in microseconds.
[[nodiscard]] std::optional<std::int64_t> iso_duration_us(std::string_view text);

}  // namespace tongxing::media::check
