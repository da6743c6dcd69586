// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"
#include "server/http/message.hpp"
#include "server/services/uploads.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// The header fields of tus 1.0 (https://tus.io/protocols/resumable-upload), read strictly. Pure; any thread.
namespace tongxing::api {

inline constexpr std::string_view kTusVersion = "1.0.0";

/// A number of bytes: digits only, up to 2^53.
[[nodiscard]] std::optional<std::int64_t> parse_bytes(std::string_view text);

/// "name base64,name base64,name": values decoded. Nothing when it is not that, or a name comes twice.
[[nodiscard]] std::optional<std::map<std::string, std::string, std::less<>>> parse_metadata(
    std::string_view text);

/// "sha1 base64" or "sha256 base64".
[[nodiscard]] std::optional<services::UploadChecksum> parse_checksum(std::string_view text);

/// Tus-Resumable is there and ours; otherwise `precondition_failed`.
[[nodiscard]] Result<void> check_version(const http::Request& request);

/// Upload-Length and Upload-Metadata (filename, filetype, lesson) of a creation.
[[nodiscard]] Result<services::NewUpload> read_creation(const http::Request& request);

/// Content-Type, Upload-Offset, Content-Length and Upload-Checksum of a PATCH.
[[nodiscard]] Result<services::UploadPiece> read_piece(const http::Request& head);

}  // namespace tongxing::api
