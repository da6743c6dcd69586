// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/upload_head.hpp"

#include "server/http/text.hpp"
#include "server/services/base64.hpp"
#include "server/services/side_files.hpp"

#include <charconv>
#include <utility>

namespace tongxing::api {
namespace {

constexpr std::int64_t kMostBytes = std::int64_t{1} << 53;

std::unexpected<Error> malformed(std::string_view field) {
  return fail(ErrorCode::malformed, "errors.upload.bad_header", {{"name", std::string(field)}});
}

std::optional<storage::SideKind> side_of(std::string_view purpose) {
  if (purpose == "sign") return storage::SideKind::sign;
  if (purpose == "description") return storage::SideKind::description;
  return std::nullopt;
}

/// The first part of a text up to `mark`, which is taken off it.
std::string_view cut(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  return part;
}

}  // namespace

std::optional<std::int64_t> parse_bytes(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > kMostBytes) return std::nullopt;
  if (!http::is_digit(text.front())) return std::nullopt;
  return value;
}

std::optional<std::map<std::string, std::string, std::less<>>> parse_metadata(std::string_view text) {
  std::map<std::string, std::string, std::less<>> found;
  while (!text.empty()) {
    std::string_view pair = http::trimmed(cut(text, ','));
    const std::string_view name = cut(pair, ' ');
    auto value = services::decode_base64(pair);
    if (name.empty() || !value || !http::is_utf8(*value)) return std::nullopt;
    if (!found.emplace(std::string(name), std::move(*value)).second) return std::nullopt;
  }
  return found;
}

std::optional<services::UploadChecksum> parse_checksum(std::string_view text) {
  const std::string_view name = cut(text, ' ');
  auto raw = services::decode_base64(text);
  if (!raw) return std::nullopt;
  if (name == "sha1" && raw->size() == 20) {
    return services::UploadChecksum{services::Digest::Algorithm::sha1, *raw};
  }
  if (name == "sha256" && raw->size() == 32) {
    return services::UploadChecksum{services::Digest::Algorithm::sha256, *raw};
  }
  return std::nullopt;
}

Result<void> check_version(const http::Request& request) {
  if (request.headers.get("Tus-Resumable") == kTusVersion) return {};
  return fail(ErrorCode::precondition_failed, "errors.upload.version");
}

Result<services::NewUpload> read_creation(const http::Request& request) {
  const auto length_text = request.headers.get("Upload-Length");
  const auto length = length_text ? parse_bytes(*length_text) : std::nullopt;
  if (!length) return malformed("Upload-Length");
  auto metadata = parse_metadata(request.headers.get("Upload-Metadata").value_or(""));
  if (!metadata) return malformed("Upload-Metadata");
  services::NewUpload asked{*length, LessonId{(*metadata)["lesson"]}, (*metadata)["filename"],
                            (*metadata)["filetype"]};
  const std::string purpose = (*metadata)["purpose"];
  if (!purpose.empty() && purpose != "video") {
    asked.side = side_of(purpose);
    if (!asked.side) return malformed("Upload-Metadata");
  }
  if (asked.side == storage::SideKind::sign) {
    const auto offset = services::read_offset((*metadata)["offset"], "offset");
    if (!offset) return std::unexpected(offset.error());
    asked.side_offset = *offset;
  }
  return asked;
}

Result<services::UploadPiece> read_piece(const http::Request& head) {
  if (head.headers.get("Content-Type") != "application/offset+octet-stream") {
    return fail(ErrorCode::unsupported, "errors.upload.content_type");
  }
  services::UploadPiece piece;
  const auto offset_text = head.headers.get("Upload-Offset");
  const auto offset = offset_text ? parse_bytes(*offset_text) : std::nullopt;
  if (!offset) return malformed("Upload-Offset");
  piece.offset = *offset;
  if (const auto length = head.headers.get("Content-Length")) {
    piece.length = parse_bytes(*length);
    if (!piece.length) return malformed("Content-Length");
  }
  if (const auto checksum = head.headers.get("Upload-Checksum")) {
    piece.checksum = parse_checksum(*checksum);
    if (!piece.checksum) return malformed("Upload-Checksum");
  }
  return piece;
}

}  // namespace tongxing::api
