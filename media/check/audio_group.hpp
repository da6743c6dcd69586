// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/contents.hpp"

#include <string_view>
#include <vector>

namespace tongxing::media::check {

/// A rendition of a group: its tag, and its list where it has a URI that could be read.
struct Member {
  const Tag* tag = nullptr;
  const MediaList* list = nullptr;
};

/// The EXT-X-MEDIA tags of this TYPE and GROUP-ID, in their order.
[[nodiscard]] std::vector<Member> members_of(const Contents& contents, const Multivariant& master,
                                             std::string_view type, std::string_view group);

/// Every GROUP-ID of this TYPE once, in the order of the playlist.
[[nodiscard]] std::vector<std::string_view> groups_of(const Multivariant& master, std::string_view type);

/// One of the parts of a CHARACTERISTICS attribute.
[[nodiscard]] bool has_characteristic(const Tag& tag, std::string_view value);

/// By its characteristics or its name: an audio rendition with audio description.
[[nodiscard]] bool is_described(const Tag& tag);

inline constexpr std::string_view kDescribesVideo = "public.accessibility.describes-video";
inline constexpr std::string_view kTranscribes = "public.accessibility.transcribes-spoken-dialog";
inline constexpr std::string_view kDescribesSound = "public.accessibility.describes-music-and-sound";
inline constexpr std::string_view kEasyToRead = "public.easy-to-read";
inline constexpr std::string_view kCleanSpeech = "public.accessibility.enhances-speech-intelligibility";

}  // namespace tongxing::media::check
