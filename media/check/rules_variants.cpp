// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/audio_group.hpp"
#include "media/check/h264.hpp"
#include "media/check/numbers.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace tongxing::media::check {

namespace {

constexpr double kTolerance = 0.10;       // H2, H3
constexpr double kRounding = 0.001;       // H1: rates of rounded durations
constexpr double kWeakNetwork = 192'000;  // bits a second
constexpr int kStartLines = 360;

/// A variant, its own list and the sound that goes with it.
struct Variant {
  const Multivariant& master;
  const Tag& tag;
  const MediaList* list = nullptr;
  std::vector<Member> sound;

  [[nodiscard]] std::string_view text(std::string_view name) const { return tag.attributes.text(name); }
  [[nodiscard]] bool has_video() const { return list != nullptr && list->rendition.has_video; }
  [[nodiscard]] Finding finding(std::string found, std::string expected) const {
    return {master.file, tag.line, std::move(found), std::move(expected)};
  }
};

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};

std::string size_text(Size size) {
  return std::to_string(size.width) + 'x' + std::to_string(size.height);
}

std::optional<Size> declared_size(std::string_view text) {
  const auto cross = text.find('x');
  if (cross == std::string_view::npos) return std::nullopt;
  const auto width = whole_number(text.substr(0, cross));
  const auto height = whole_number(text.substr(cross + 1));
  constexpr int kLargest = 100'000;
  if (!width || !height || *width < 1 || *height < 1 || *width > kLargest || *height > kLargest)
    return std::nullopt;
  return Size{static_cast<int>(*width), static_cast<int>(*height)};
}

/// As shown, by the init segment; else what the playlist says.
std::optional<Size> size_of(const Variant& variant) {
  const Track* video = variant.list == nullptr ? nullptr : variant.list->rendition.video();
  if (video != nullptr && video->shown_width > 0) return Size{video->shown_width, video->shown_height};
  return declared_size(variant.text("RESOLUTION"));
}

std::string rate_text(double rate) {
  return std::to_string(std::llround(rate)) + " bit/s";
}

/// Video and the largest rendition of the sound. Where the variant is itself a rendition of the sound they
/// take each other's place.
double together(const Variant& variant, double (Rendition::*rate)() const) {
  const double own = (variant.list->rendition.*rate)();
  double sound = 0;
  for (const Member& member : variant.sound) {
    if (member.list != nullptr && member.list != variant.list) {
      sound = std::max(sound, (member.list->rendition.*rate)());
    }
  }
  return variant.has_video() ? own + sound : std::max(own, sound);
}

void check_rates(const Variant& variant, Report& report) {
  report.holds(Rule::h1);
  report.holds(Rule::h2);
  report.holds(Rule::h3);
  const double peak = together(variant, &Rendition::peak);
  const double average = together(variant, &Rendition::average);
  const auto bandwidth = whole_number(variant.text("BANDWIDTH"));
  if (!bandwidth || *bandwidth == 0) {
    report.fail(Rule::h1, variant.finding("BANDWIDTH=" + shown(variant.text("BANDWIDTH")),
                                          "a whole number of at least " + rate_text(peak)));
  } else {
    const auto said = static_cast<double>(*bandwidth);
    if (said < peak * (1 - kRounding) - 1) {
      report.fail(Rule::h1, variant.finding("BANDWIDTH=" + std::to_string(*bandwidth),
                                            "at least the measured peak of " + rate_text(peak)));
    }
    if (std::abs(said - peak) > peak * kTolerance) {
      report.fail(Rule::h3, variant.finding("BANDWIDTH=" + std::to_string(*bandwidth),
                                            "within 10 % of the measured peak of " + rate_text(peak)));
    }
  }
  // Twice almost nothing is no burden: a film in which now and then something is said.
  constexpr double kTrifle = 64'000;
  const bool matters = variant.has_video() || peak > kTrifle;
  if (matters && peak > 2 * average * (1 + kRounding)) {
    report.fail(Rule::h3, variant.finding("a measured peak of " + rate_text(peak),
                                          "at most twice the measured average of " + rate_text(average)));
  }
  const auto said = whole_number(variant.text("AVERAGE-BANDWIDTH"));
  if (!said || std::abs(static_cast<double>(*said) - average) > average * kTolerance) {
    report.fail(Rule::h2,
                variant.finding(said ? "AVERAGE-BANDWIDTH=" + std::to_string(*said) : "no AVERAGE-BANDWIDTH",
                                "within 10 % of the measured average of " + rate_text(average)));
  }
}

/// Equal without case, or one says more of the same (AV1 strings may leave out their end).
bool same_codec(const std::string& a, const std::string& b) {
  const auto x = lower_case(a);
  const auto y = lower_case(b);
  return x == y || x.starts_with(y + '.') || y.starts_with(x + '.');
}

void collect_codecs(const Rendition& rendition, std::initializer_list<TrackKind> kinds,
                    std::vector<std::string>& codecs) {
  if (!rendition.init) return;
  for (const Track& track : rendition.init->tracks) {
    if (std::ranges::find(kinds, track.kind) == kinds.end()) continue;
    if (std::ranges::find(codecs, track.codec) == codecs.end()) codecs.push_back(track.codec);
  }
}

void check_codecs(const Variant& variant, Report& report) {
  std::vector<std::string> real;
  collect_codecs(variant.list->rendition, {TrackKind::video, TrackKind::audio}, real);
  for (const Member& member : variant.sound) {
    if (member.list != nullptr) collect_codecs(member.list->rendition, {TrackKind::audio}, real);
  }
  const auto said = split(variant.text("CODECS"), ',');
  const auto has = [](const std::vector<std::string>& list, const std::string& codec) {
    return std::ranges::any_of(list, [&](const std::string& other) { return same_codec(codec, other); });
  };
  const bool complete = std::ranges::all_of(real, [&](const auto& codec) { return has(said, codec); });
  const bool true_ones = std::ranges::all_of(said, [&](const auto& codec) {
    return has(real, codec) || codec == "wvtt" || codec.starts_with("stpp");
  });
  if (complete && true_ones) return;
  std::string expected;
  for (const auto& codec : real) expected += (expected.empty() ? "" : ",") + shown(codec);
  const auto codecs = variant.tag.attributes.find("CODECS");
  report.fail(Rule::h4, variant.finding(codecs ? "CODECS=\"" + shown(*codecs) + '"' : "no CODECS",
                                        "CODECS=\"" + expected + "\", as in the init segments"));
}

void check_size(const Variant& variant, const Track& video, Report& report) {
  const auto said = declared_size(variant.text("RESOLUTION"));
  const Size shown_size{video.shown_width, video.shown_height};
  const Size coded{video.width, video.height};
  if (!said || (*said != shown_size && *said != coded)) {
    const auto text = variant.tag.attributes.find("RESOLUTION");
    report.fail(Rule::h4, variant.finding(text ? "RESOLUTION=" + shown(*text) : "no RESOLUTION",
                                          "RESOLUTION=" + size_text(coded) + ", as in the init segment"));
  }
}

/// What the sequence parameter set declares is what the sample entry says: decoders believe the former.
void check_parameters(const Variant& variant, const Track& video, Report& report) {
  if (!video.sample_entry.starts_with("avc") || video.parameter_set.empty()) return;
  const auto& file = variant.list->rendition.init_part.file;
  const auto fail = [&](std::string found, std::string expected) {
    report.fail(Rule::h4,
                {shown(file), 0, "the sequence parameter set " + std::move(found), std::move(expected)});
  };
  const auto real = read_sequence_parameters(video.parameter_set);
  if (!real) {
    fail("is damaged", "one that can be read");
    return;
  }
  const Size coded{real->width, real->height};
  if (coded != Size{video.width, video.height}) {
    fail("says " + size_text(coded), size_text({video.width, video.height}) + ", as the sample entry");
  }
  // Codec strings end in profile, constraints and level: the three bytes after the NAL header.
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string codec = video.sample_entry + '.';
  for (const unsigned byte : {unsigned{real->profile}, unsigned{real->constraints}, unsigned{real->level}}) {
    codec += kDigits[byte >> 4U];
    codec += kDigits[byte & 15U];
  }
  if (codec != video.codec) fail("says " + codec, video.codec + ", as avcC");
}

/// Pictures that stand for several frames of `rate`, as an encoder leaves them that codes only what changes:
/// the rate is then that of the grid on which they lie.
bool stands_on_grid(const Rendition& rendition, double rate) {
  constexpr std::int64_t kStanding = 200'000;  // microseconds: no camera is slower
  const bool stands = rendition.shortest_sample_us >= kStanding ||
                      rendition.longest_sample_us >= 2 * rendition.shortest_sample_us;
  const auto on_grid = [rate](std::int64_t us) {
    const double frames = static_cast<double>(us) * rate / 1e6;
    constexpr double kRounding = 0.05;
    return frames > 1 - kRounding && std::abs(frames - std::round(frames)) < kRounding;
  };
  return stands && on_grid(rendition.shortest_sample_us) && on_grid(rendition.longest_sample_us);
}

void check_frame_rate(const Variant& variant, Report& report) {
  const Rendition& rendition = variant.list->rendition;
  const auto text = variant.text("FRAME-RATE");
  const auto said = seconds_to_us(text);  // a decimal number all the same
  const auto point = text.find('.');
  const bool three = point != std::string_view::npos && text.size() - point == 4;
  const double us = static_cast<double>(rendition.last_sample_us - rendition.segments.front().start_us);
  const double whole = static_cast<double>(rendition.measured_us());
  double mean = whole > 0 ? static_cast<double>(rendition.samples) * 1e6 / whole : 0;
  if (rendition.samples > 1 && us > 0) mean = static_cast<double>(rendition.samples - 1) * 1e6 / us;
  const double most =
      rendition.shortest_sample_us > 0 ? 1e6 / static_cast<double>(rendition.shortest_sample_us) : mean;
  const double rate = said ? static_cast<double>(*said) / 1e6 : 0;
  constexpr double kMargin = 0.002;
  const bool near = (rate >= mean * (1 - kMargin) && rate <= std::max(mean, most) * (1 + kMargin)) ||
                    stands_on_grid(rendition, rate);
  if (three && near) return;
  const auto mean_text = std::to_string(std::round(mean * 1000) / 1000);
  report.fail(Rule::h4, variant.finding(
                            text.empty() ? "no FRAME-RATE" : "FRAME-RATE=" + shown(text),
                            "three decimals, as measured: " + mean_text.substr(0, mean_text.find('.') + 4)));
}

void check_description(const Variant& variant, Report& report) {
  const Rendition& rendition = variant.list->rendition;
  if (!rendition.init) {
    report.skip(Rule::h4, rendition.unread.empty() ? "there is no init segment" : rendition.unread);
    for (const std::string_view name : {"CODECS", "RESOLUTION", "FRAME-RATE"}) {
      const bool needed = name == "CODECS" || rendition.has_video;
      if (needed && variant.text(name).empty()) {
        report.fail(Rule::h4, variant.finding("no " + std::string{name}, "the attribute"));
      }
    }
    return;
  }
  report.holds(Rule::h4);
  check_codecs(variant, report);
  const Track* video = rendition.video();
  if (video == nullptr) return;
  check_size(variant, *video, report);
  check_parameters(variant, *video, report);
  if (rendition.unread.empty() && rendition.samples > 0) check_frame_rate(variant, report);
}

/// Shapes that a picture of this size may have had before its sides were rounded to even numbers.
struct Shapes {
  double least = 0;
  double most = std::numeric_limits<double>::infinity();
};

void check_aspect(const std::vector<Variant>& variants, Report& report) {
  Shapes common;
  for (const Variant& variant : variants) {
    const auto size = size_of(variant);
    if (!size || !variant.has_video()) continue;
    report.holds(Rule::h6);
    const Shapes own{(size->width - 1.0) / (size->height + 1.0),
                     (size->width + 1.0) / std::max(size->height - 1.0, 0.5)};
    if (own.least > common.most || own.most < common.least) {
      report.fail(Rule::h6, variant.finding("a picture of " + size_text(*size),
                                            "the aspect ratio of the variants before it"));
      continue;
    }
    common = {std::max(common.least, own.least), std::min(common.most, own.most)};
  }
}

void check_smallest(const std::vector<Variant>& variants, Report& report) {
  const Variant* smallest = nullptr;
  double least = std::numeric_limits<double>::infinity();
  for (const Variant& variant : variants) {
    if (variant.list == nullptr) continue;
    const double peak = together(variant, &Rendition::peak);
    if (peak < least) {
      least = peak;
      smallest = &variant;
    }
  }
  if (smallest == nullptr) return;
  report.holds(Rule::h7);
  if (least > kWeakNetwork) {
    report.fail(Rule::h7, smallest->finding("the smallest variant peaks at " + rate_text(least),
                                            "192000 bit/s or less"));
  }
}

void check_first(const std::vector<Variant>& variants, Report& report) {
  const auto distance = [](const Variant& variant) {
    const auto size = size_of(variant);
    return size ? std::abs(std::min(size->width, size->height) - kStartLines)
                : std::numeric_limits<int>::max();
  };
  if (variants.empty()) return;
  report.holds(Rule::h8);
  const auto best = std::ranges::min_element(variants, {}, distance);
  if (distance(variants.front()) <= distance(*best)) return;
  const auto first = size_of(variants.front());
  report.fail(Rule::h8, variants.front().finding(
                            "the first variant is " + (first ? size_text(*first) : "without a size"),
                            size_text(*size_of(*best)) + " first"));
}

void check_kinds(const std::vector<Variant>& variants, Report& report) {
  report.holds(Rule::h29);
  for (const Variant& variant : variants) {
    if (variant.list == nullptr || variant.has_video() || !variant.list->rendition.has_audio) continue;
    report.fail(Rule::h29, variant.finding("an audio-only variant: " + shown(variant.tag.uri),
                                           "variants with video only"));
  }
}

}  // namespace

void check_variants(const Contents& contents, Report& report) {
  for (const Multivariant& master : contents.multivariants) {
    std::vector<Variant> variants;
    for (const Tag& tag : master.playlist.variants) {
      variants.push_back({master, tag, contents.list(master.file, tag.uri),
                          members_of(contents, master, "AUDIO", tag.attributes.text("AUDIO"))});
    }
    report.holds(Rule::h9);
    if (master.playlist.independence == MultivariantPlaylist::Independence::unsaid) {
      report.fail(Rule::h9, {master.file, 1, "no EXT-X-INDEPENDENT-SEGMENTS", "the tag"});
    }
    for (const Variant& variant : variants) {
      report.holds(Rule::h5);
      if (!variant.tag.attributes.is("CLOSED-CAPTIONS", "NONE")) {
        const auto said = variant.tag.attributes.find("CLOSED-CAPTIONS");
        report.fail(Rule::h5, variant.finding(said ? "CLOSED-CAPTIONS=" + shown(*said) : "no CLOSED-CAPTIONS",
                                              "CLOSED-CAPTIONS=NONE"));
      }
      if (variant.list == nullptr) continue;
      check_rates(variant, report);
      check_description(variant, report);
    }
    check_aspect(variants, report);
    if (&master != contents.lesson()) continue;
    check_smallest(variants, report);
    check_first(variants, report);
    check_kinds(variants, report);
  }
}

}  // namespace tongxing::media::check
