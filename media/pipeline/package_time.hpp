// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/pipeline/ladder.hpp"

#include <cstdint>

namespace tongxing::media::pipeline {

/// How a finished package cuts its time, so that what is added to it has the same borders. Pure.
[[nodiscard]] TimePlan time_of(const model::Package& package) noexcept;

/// The length of its longest rendition, in microseconds.
[[nodiscard]] std::int64_t longest_us(const model::Package& package) noexcept;

}  // namespace tongxing::media::pipeline
