// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What renditions and tracks are called in manifests. Names are all that some players show, so they must say
/// what a thing is, each be there once, and never break the syntax around them.
namespace tongxing::media::manifest {

/// Display names that the caller gives: BCP 47 tag of the audio → name in that language. What is not given
/// falls back to 普通话, 粵語, English, 原声, 无声 for cmn, yue, en, und, zxx, and to the tag itself for the
/// rest.
struct Names {
  std::map<std::string, std::string, std::less<>> audio;
  std::string video = "视频";
  std::string sign = "手语";
};

[[nodiscard]] std::string audio_name(const Names& names, std::string_view language);

/// The same for a rendition; one with description says so in its own language: 普通话（口述影像）, English
/// (audio description).
[[nodiscard]] std::string audio_name(const Names& names, const model::Rendition& rendition);

/// What a text track is called, in its own language, for those who read it: 简体中文（含声音说明）, English
/// (easy read). Of a language that is not known here, the tag.
[[nodiscard]] std::string text_name(std::string_view language, model::TextTrack::Kind kind);

/// The audio renditions as players list them: the lesson's own sound first, then dubs, then descriptions; in
/// the package's order otherwise. The first is the default.
[[nodiscard]] std::vector<const model::Rendition*> audio_in_order(const model::Package& package);

/// The names as they are, with " 2", " 3" … after the second and further ones that are equal.
[[nodiscard]] std::vector<std::string> made_unique(std::vector<std::string> names);

/// For a quoted-string of an HLS attribute (RFC 8216 §4.2): quotation marks become ”, control characters
/// spaces.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// For XML text and attribute values: & < > " ' escaped, control characters become spaces.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace tongxing::media::manifest
