// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"

#include <span>
#include <vector>

/// Arithmetic of sets of time. "Sorted" means: by start, none empty, none touching another.
namespace tongxing::accessibility {

/// Any spans as sorted ones; empty and backward ones are dropped.
[[nodiscard]] std::vector<TimeSpan> sorted_spans(std::span<const TimeSpan> spans);

/// Both arguments and the result are sorted.
[[nodiscard]] std::vector<TimeSpan> intersection(std::span<const TimeSpan> a, std::span<const TimeSpan> b);

/// What is in `a` and not in `b`. Sorted.
[[nodiscard]] std::vector<TimeSpan> difference(std::span<const TimeSpan> a, std::span<const TimeSpan> b);

[[nodiscard]] Milliseconds total_of(std::span<const TimeSpan> spans);

}  // namespace tongxing::accessibility
