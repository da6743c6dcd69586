// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/static_assets.hpp"

#include "server/app/compression.hpp"

namespace tongxing::app {
namespace {

http::SharedBody shared(std::string_view bytes) {
  return bytes.empty() ? nullptr : std::make_shared<const std::string>(bytes);
}

}  // namespace

StaticAssets::StaticAssets(const render::Assets& assets) {
  for (const auto& [path, asset] : assets.files()) {
    files_.emplace(
        path, Encodings{std::string(asset.content_type), std::make_shared<const std::string>(asset.identity),
                        shared(asset.br), shared(asset.gzip)});
  }
}

std::optional<http::Response> StaticAssets::find(std::string_view path,
                                                 std::string_view accept_encoding) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return std::nullopt;
  const Encodings& file = found->second;
  http::Response response;
  response.headers.add("Content-Type", file.content_type);
  response.headers.add("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.add("Vary", "Accept-Encoding");
  if (file.br && accepts_coding(accept_encoding, "br")) {
    response.headers.add("Content-Encoding", "br");
    response.body = file.br;
  } else if (file.gzip && accepts_coding(accept_encoding, "gzip")) {
    response.headers.add("Content-Encoding", "gzip");
    response.body = file.gzip;
  } else {
    response.body = file.identity;
  }
  return response;
}

}  // namespace tongxing::app
