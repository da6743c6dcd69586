// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"
#include "media/model/package.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// media::model as JSON text: package.json, the column media_assets.package, the worker's job file.
/// Pure functions; what is read is hostile and checked whole before anything is believed.
namespace tongxing::media {

enum class JsonFault {
  not_json,     ///< no JSON object, or nested too deep
  wrong_shape,  ///< a member is missing or of another type
  bad_value,    ///< a name that could leave its folder, a number out of its range, too many of something
};

/// {"duration_ms", "segment_duration_ms", "renditions": [{"name", "kind": "video"|"audio", "codecs",
/// "language", "width", "height", "frame_rate", "channels", "sample_rate", "init_bytes", "segments":
/// [[duration_us, bytes, key_bytes, still_bytes], …], "role": "description"|"dub", "still_init_bytes"}],
/// "notes": […]}; what stands behind `bytes` and `role` may be missing, as may "sign", "signed",
/// "thumbnails", "poster", "slides", "chapters", "facts" (facts_json.hpp), "extended": {"sound", "pauses":
/// [{"segment", "at_ms", "length_ms"}]}.
[[nodiscard]] std::string to_json(const model::Package& package);
[[nodiscard]] std::expected<model::Package, JsonFault> read_package(std::string_view text);

/// {"input", "output", "audio_language", "segment" (milliseconds), "threads", "extent": "everything"|
/// "audio_only"|"first_rung_only"|"rungs_only", "extra_audio": [{"input", "language", "role"}], "sign",
/// "sign_language", "ladder"}; all but the first two may be missing.
[[nodiscard]] std::string to_json(const model::JobSpec& spec);
[[nodiscard]] std::expected<model::JobSpec, JsonFault> read_job(std::string_view text);

/// A ladder that somebody wrote by hand: [{"lines": 360, "crf": 24, "max_kbps": 365, "profile": "main"}, …];
/// crf and profile may be missing. One rung at least, twelve at most.
[[nodiscard]] std::expected<std::vector<model::RungRequest>, JsonFault> read_ladder(std::string_view text);

}  // namespace tongxing::media
