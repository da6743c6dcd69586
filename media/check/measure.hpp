// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/package_folder.hpp"
#include "media/check/rendition.hpp"
#include "media/check/report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tongxing::media::check {

/// What a manifest says of a rendition, its addresses resolved.
struct ListedRendition {
  std::string file;  ///< the manifest
  std::optional<FilePart> init;
  std::size_t init_line = 0;
  std::vector<ListedPart> segments;
  std::int64_t target_us = 0;
  enum class Pictures : std::uint8_t {
    move,
    may_stand  ///< long ones are pauses for a description
  } pictures = Pictures::move;
  std::string unreadable;  ///< why samples cannot be looked into: "encrypted"; empty: they can
};

inline constexpr std::size_t kLargestInit = 4U << 20;
inline constexpr std::size_t kLargestSegment = 256U << 20;
inline constexpr std::size_t kLargestManifest = 8U << 20;

/// Reads every segment once. What cannot be read becomes a finding of P1; the rest is measured all the same.
[[nodiscard]] Rendition measure(PackageFolder& folder, const ListedRendition& listed, Report& report);

}  // namespace tongxing::media::check
