// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/jpeg_size.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace tongxing::media::check {

namespace {

constexpr std::string_view kTiles = "http://dashif.org/guidelines/thumbnail_tile";
constexpr std::string_view kTrickMode = "http://dashif.org/guidelines/trickmode";
constexpr std::int64_t kMoment = 2'000;  // microseconds: three-decimal durations are rounded
constexpr std::size_t kLargestTile = 16U << 20;
constexpr double kTolerance = 0.10;

const Descriptor* property(const Representation& representation, std::string_view scheme) {
  const auto found = std::ranges::find(representation.properties, scheme, &Descriptor::scheme);
  return found == representation.properties.end() ? nullptr : &*found;
}

bool is_grid(std::string_view text) {
  const auto cross = text.find('x');
  if (cross == std::string_view::npos) return false;
  const auto columns = whole_number(text.substr(0, cross));
  const auto rows = whole_number(text.substr(cross + 1));
  return columns && rows && *columns > 0 && *rows > 0 && *columns <= 100 && *rows <= 100;
}

/// D9, one representation of an image set.
void check_tiles(const Contents& contents, const Manifest& manifest, const AdaptationSet& set,
                 const Representation& representation, Report& report) {
  report.holds(Rule::d9);
  const auto fail = [&](const std::string& found, std::string expected) {
    report.fail(Rule::d9, {manifest.file, 0, set.name() + ' ' + found, std::move(expected)});
  };
  const Descriptor* tiles = property(representation, kTiles);
  if (tiles == nullptr || !is_grid(tiles->value)) {
    fail(tiles == nullptr ? "has no thumbnail_tile property" : "has tiles of " + shown(tiles->value),
         std::string{kTiles} + " with a value such as 5x5");
    return;
  }
  if (representation.width == 0 || representation.height == 0)
    fail("has no width or height", "the size of a whole tile");
  for (const auto& segment : representation.segments) {
    const auto file = package_file(manifest.file, segment.url);
    const auto bytes = file ? contents.folder.read({*file, segment.range}, kLargestTile)
                            : std::unexpected(ReadFault::missing);
    if (!bytes) {
      report.fail(Rule::p1,
                  {manifest.file, 0, shown(segment.url) + ": " + std::string{explain(bytes.error())},
                   "a file that can be read"});
      continue;
    }
    if (representation.mime != "image/jpeg") continue;
    const auto size = jpeg_size(*bytes);
    if (!size || *size != PictureSize{representation.width, representation.height}) {
      fail(shown(*file) + (size ? " is " + std::to_string(size->width) + 'x' + std::to_string(size->height)
                                : " is no JPEG"),
           std::to_string(representation.width) + 'x' + std::to_string(representation.height));
    }
  }
}

/// D10.
void check_trick_play(const Manifest& manifest, const AdaptationSet& set, Report& report) {
  const Descriptor* trick = set.property(kTrickMode);
  if (trick == nullptr) return;
  report.holds(Rule::d10);
  const auto main = std::ranges::find_if(manifest.mpd.sets, [&](const AdaptationSet& other) {
    return &other != &set && other.id == trick->value && other.content == "video" &&
           other.property(kTrickMode) == nullptr;
  });
  if (trick->value.empty() || main == manifest.mpd.sets.end()) {
    report.fail(Rule::d10,
                {manifest.file, 0, set.name() + " is trick play for the set \"" + shown(trick->value) + '"',
                 "the id of the main video set"});
  }
}

/// P2: one representation against its segments and against the list of the same segments.
class AgreementCheck {
 public:
  AgreementCheck(const Contents& contents, const Manifest& manifest, Report& report)
      : contents_(contents), manifest_(manifest), report_(report) {}

  void run();

 private:
  void fail(const Representation& representation, const std::string& found, std::string expected) {
    report_.fail(Rule::p2, {manifest_.file, 0, "Representation " + shown(representation.id) + ' ' + found,
                            std::move(expected)});
  }
  void check_head(const AdaptationSet& set, const Representation& said, const Rendition& real);
  void check_times(const Representation& said, const Rendition& real);
  void check_list(const Representation& said, const Rendition& real);
  void check_text(const AdaptationSet& set);
  void check_length();

  const Contents& contents_;
  const Manifest& manifest_;
  Report& report_;
};

void AgreementCheck::check_head(const AdaptationSet& set, const Representation& said, const Rendition& real) {
  const double peak = real.peak();
  if (peak > 0 && std::abs(static_cast<double>(said.bandwidth) - peak) > peak * kTolerance) {
    fail(said, "has bandwidth " + std::to_string(said.bandwidth),
         "within 10 % of the measured peak of " + std::to_string(std::llround(peak)));
  }
  const Track* track = set.content == "audio" ? real.audio() : real.video();
  if (track == nullptr) return;
  if (lower_case(said.codecs) != lower_case(track->codec))
    fail(said, "has codecs " + shown(said.codecs), shown(track->codec));
  const bool same = (said.width == track->width && said.height == track->height) ||
                    (said.width == track->shown_width && said.height == track->shown_height);
  if (track->kind == TrackKind::video && !same) {
    fail(said, "is " + std::to_string(said.width) + 'x' + std::to_string(said.height),
         std::to_string(track->width) + 'x' + std::to_string(track->height) + ", as its init segment");
  }
}

void AgreementCheck::check_times(const Representation& said, const Rendition& real) {
  if (said.segments.size() != real.segments.size()) return;  // P1 has told of one that cannot be read
  for (std::size_t i = 0; i < said.segments.size(); ++i) {
    const auto& segment = real.segments[i];
    if (!segment.was_read()) return;
    // Segments of a constant @duration may differ from it by half (§7.2.1).
    const std::int64_t margin =
        said.timing == Representation::Timing::exact ? kMoment : said.segments[i].duration_us / 2;
    const auto start = said.segments[i].start_us + said.offset_us;
    if (std::abs(start - segment.start_us) > margin ||
        std::abs(said.segments[i].duration_us - segment.duration_us) > margin) {
      fail(said,
           "has " + shown(segment.listed.part.file) + " at " + seconds_text(start) + " for " +
               seconds_text(said.segments[i].duration_us),
           "at " + seconds_text(segment.start_us) + " for " + seconds_text(segment.duration_us) +
               ", as its samples say");
      return;  // all that follow are shifted too
    }
  }
}

void AgreementCheck::check_list(const Representation& said, const Rendition& real) {
  if (real.init_part.file.empty()) return;
  std::string other;
  for (const auto& [file, list] : contents_.lists) {
    if (list.rendition.init_part != real.init_part) continue;
    const bool same = std::ranges::equal(
        list.rendition.segments, real.segments, {},
        [](const MeasuredSegment& segment) { return segment.listed.part; },
        [](const MeasuredSegment& segment) { return segment.listed.part; });
    if (same) return;
    // One that stands still for descriptions tells of the same rendition in another way.
    if (list.pauses == MediaList::Pauses::none) other = file;
  }
  if (!other.empty()) {
    fail(said, "has other segments than " + other, "the same ones");
    return;
  }
  if (contents_.lesson() != nullptr && !contents_.lists.empty() && manifest_.use == Manifest::Use::lesson) {
    fail(said, "is in no HLS playlist", "the same renditions in both");
  }
}

void AgreementCheck::check_text(const AdaptationSet& set) {
  for (const auto& representation : set.representations) {
    if (representation.url.empty() || !representation.segments.empty()) continue;
    const auto file = package_file(manifest_.file, representation.url);
    const auto size = file ? contents_.folder.size_of(*file) : std::unexpected(ReadFault::missing);
    if (!size) {
      report_.fail(Rule::p1,
                   {manifest_.file, 0, shown(representation.url) + ": " + std::string{explain(size.error())},
                    "a file of the package"});
    }
  }
}

void AgreementCheck::check_length() {
  std::int64_t longest = 0;
  std::int64_t frame = 0;
  for (const auto& measured : manifest_.measured) {
    for (const Rendition& rendition : measured) {
      longest = std::max(longest, rendition.measured_us());
      frame = std::max(frame, rendition.longest_sample_us);
    }
  }
  if (longest == 0 || manifest_.mpd.periods != 1) return;
  if (std::abs(manifest_.mpd.duration_us - longest) > std::max<std::int64_t>(frame, 100'000)) {
    report_.fail(Rule::p2, {manifest_.file, 0,
                            "mediaPresentationDuration of " + seconds_text(manifest_.mpd.duration_us),
                            seconds_text(longest) + ", as measured"});
  }
}

void AgreementCheck::run() {
  const auto& sets = manifest_.mpd.sets;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    if (sets[s].content == "text") check_text(sets[s]);
    // An I-frame set has its own rule; its samples are those of the main set.
    if (sets[s].property(kTrickMode) != nullptr) continue;
    for (std::size_t r = 0; r < manifest_.measured[s].size(); ++r) {
      const Rendition& real = manifest_.measured[s][r];
      if (real.segments.empty()) continue;
      report_.holds(Rule::p2);
      check_head(sets[s], sets[s].representations[r], real);
      check_times(sets[s].representations[r], real);
      check_list(sets[s].representations[r], real);
    }
  }
  check_length();
}

}  // namespace

void check_dash_pictures(const Contents& contents, Report& report) {
  for (const auto& manifest : contents.manifests) {
    for (const auto& set : manifest.mpd.sets) {
      check_trick_play(manifest, set, report);
      if (set.content != "image") continue;
      for (const auto& representation : set.representations)
        check_tiles(contents, manifest, set, representation, report);
    }
  }
}

void check_agreement(const Contents& contents, Report& report) {
  for (const auto& manifest : contents.manifests) AgreementCheck(contents, manifest, report).run();
}

}  // namespace tongxing::media::check
