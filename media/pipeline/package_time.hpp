// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/pipeline/ladder.hpp"

#include <cstdint>

namespace tongxing::media::pipeline {

/// How a finished package cuts its time, so that what is added to it has the same borders. Pure.
[[nodiscard]] TimePlan time_of(const model::Package& package) noexcept;

/// The length of the lesson in microseconds: that of its picture, of its sound where there is none.
[[nodiscard]] std::int64_t lesson_us(const model::Package& package) noexcept;

}  // namespace tongxing::media::pipeline
