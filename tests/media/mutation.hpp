// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tongxing::tests {

/// A small file of one container and codec, to be spoiled.
struct Seed {
  std::string name;
  std::string content;
};

/// One second of 64 × 48 in every container and codec that may come in, made with the ffmpeg command in
/// `folder`.
[[nodiscard]] std::vector<Seed> make_seeds(const std::filesystem::path& folder);

/// Variant `number` of a seed, always the same one: bits turned over, cut short, lengths of boxes falsified,
/// pieces of another file spliced in, parts erased, doubled or moved.
[[nodiscard]] std::string mutant(const std::vector<Seed>& seeds, std::size_t seed, std::uint32_t number);

}  // namespace tongxing::tests
