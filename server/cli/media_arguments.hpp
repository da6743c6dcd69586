// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"
#include "media/model/package.hpp"
#include "server/base/error.hpp"
#include "server/render/locale.hpp"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The command line of `tongxing media probe` and `tongxing media package`, as values.
namespace tongxing::cli {

/// What is wrong with the arguments or with a file that they name: a message key and its values.
struct Refusal {
  std::string key;
  MessageArgs args{};
};

struct CaptionRequest {
  std::filesystem::path file;
  std::string language;  ///< BCP 47, canonical
  media::model::TextTrack::Kind kind = media::model::TextTrack::Kind::subtitle;
};

/// How the command talks: to a person, or one JSON object a line.
enum class Speech { human, json };

struct PackageRequest {
  media::model::JobSpec job;  ///< without its output folder
  std::filesystem::path out;
  std::vector<CaptionRequest> captions;
  std::filesystem::path chapters;     ///< empty: none
  std::filesystem::path description;  ///< a recorded track or a script; empty: none
  std::filesystem::path ladder;       ///< empty: from the source
  Speech speech = Speech::human;
};

struct ProbeRequest {
  std::filesystem::path file;
};

/// FILE --out DIR [options], as `media_tool.usage` lists them. Nothing is opened here. `--locale` is taken
/// out before: see take_locale().
[[nodiscard]] std::expected<PackageRequest, Refusal> read_package_arguments(
    const std::vector<std::string>& arguments);
[[nodiscard]] std::expected<ProbeRequest, Refusal> read_probe_arguments(
    const std::vector<std::string>& arguments);

/// Takes `--locale TAG` out of the arguments, so that every later refusal speaks that language; zh-Hans
/// otherwise.
[[nodiscard]] render::Locale take_locale(std::vector<std::string>& arguments);

}  // namespace tongxing::cli
