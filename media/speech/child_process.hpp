// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::media::speech {

struct ChildLimits {
  std::chrono::milliseconds time{60'000};
  std::size_t bytes = std::size_t{64} << 20U;
};

/// Runs a program in a process group of its own with `input` on its standard input and `environment`
/// ("NAME=value") added to this one's; returns what it wrote to standard output. nullopt: it could not be
/// started, ended with another code than 0, wrote more than may be, or ran out of time. The whole group is
/// killed before this returns.
[[nodiscard]] std::optional<std::string> run_child(const std::vector<std::string>& words,
                                                   const std::vector<std::string>& environment,
                                                   std::string_view input, const ChildLimits& limits);

}  // namespace tongxing::media::speech
