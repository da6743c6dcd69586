// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"
#include "media/model/failure.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/input_folder.hpp"

namespace tongxing::media::pipeline {

/// Reads a finished package as a player would and compares it with what it says of itself: every rendition
/// opens, starts at 0, has a key frame at each border, has no hole, ends where it should, and its first and
/// last segments decode; all renditions of the lesson are equally long; every side file is there. Says
/// `output` for each rendition that is right. Fails with errors.media.unverified (args: rendition) and exit
/// code 3: a second try may do better.
[[nodiscard]] model::Outcome<void> verify_package(const InputFolder& folder, const model::Package& package,
                                                  const model::EventListener& listener);

}  // namespace tongxing::media::pipeline
