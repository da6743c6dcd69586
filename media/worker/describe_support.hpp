// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/description_script.hpp"
#include "media/model/failure.hpp"
#include "media/worker/describe_options.hpp"

#include <expected>
#include <string>

/// What the describe commands share: reading texts, and saying what is wrong.
namespace tongxing::media::worker {

struct DescribeTexts {
  accessibility::DescriptionScript script;
  accessibility::Track captions;  ///< of all files together
};

/// Reads the script and the captions; one English sentence, with the line, where one is refused.
[[nodiscard]] std::expected<DescribeTexts, std::string> read_texts(const DescribeOptions& options);

/// A regular file; −1 otherwise.
[[nodiscard]] int open_for_reading(const std::string& path);

/// Say why it does not go on, as text or as a JSON event, and give the exit code.
[[nodiscard]] int refuse(const DescribeOptions& options, const std::string& sentence);
[[nodiscard]] int refuse(const DescribeOptions& options, const model::Failure& failure);
[[nodiscard]] int lacking(const DescribeOptions& options, const std::string& sentence);

}  // namespace tongxing::media::worker
