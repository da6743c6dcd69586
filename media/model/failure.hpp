// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::media::model {

/// Named values of a message's placeholders; all are text.
using MessageArgs = std::vector<std::pair<std::string, std::string>>;

/// Why a job ended without a package, in words that its owner can act on.
struct Failure {
  ExitCode exit = ExitCode::bad_input;
  std::string key;       ///< message key of web/locales: "errors.media.not_media"
  MessageArgs args{};    ///< values for the message's placeholders
  std::string detail{};  ///< for the log only
};

/// The outcome of anything that hostile or unlucky input may make fail.
template <typename T>
using Outcome = std::expected<T, Failure>;

[[nodiscard]] inline std::unexpected<Failure> bad_input(std::string key, MessageArgs args = {},
                                                        std::string detail = {}) {
  return std::unexpected(Failure{ExitCode::bad_input, std::move(key), std::move(args), std::move(detail)});
}

}  // namespace tongxing::media::model
