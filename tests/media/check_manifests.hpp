// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Manifests with everything in them that the checklists speak of, written by the tests themselves: what the
/// product writes is judged against them, not the other way round.
namespace tongxing::tests {

/// One rendition of the test package and what the manifests say of it.
struct Shown {
  media::model::Rendition rendition;
  enum class Use { rung, sound, described, clear, sign } use = Use::rung;
};

struct FullPackage {
  std::filesystem::path folder;
  std::vector<Shown> renditions;  ///< rungs first, the one to start with at the front; then the main sound

  [[nodiscard]] const media::model::Rendition& of(Shown::Use use) const;
};

/// Length of a text segment of the test package: short, so that cues cross borders.
inline constexpr int kTextSegmentSeconds = 5;

/// Writes every playlist, both MPDs and chapters.json from the renditions, with rates measured from them.
void write_manifests(const FullPackage& package);

[[nodiscard]] std::string read_text(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, std::string_view text);
/// Replaces the first `from`; throws where there is none, so that no test spoils nothing.
void replace_in(const std::filesystem::path& file, std::string_view from, std::string_view to);

}  // namespace tongxing::tests
