// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"
#include "server/services/uploads.hpp"

#include <cstddef>
#include <expected>
#include <memory>
#include <span>

/// Uploads over tus 1.0: core, creation, termination, checksum (sha1, sha256), expiration, at
/// /api/v1/uploads.
namespace tongxing::api {

struct UploadApiDeps {
  services::Uploads& uploads;
};

/// OPTIONS and POST /api/v1/uploads; HEAD, PATCH and DELETE /api/v1/uploads/{upload}. The body of a PATCH
/// never comes to a handler: the composition root gives its head to `open_upload`.
void add_upload_api(routing::Routes& routes, const UploadApiDeps& deps);

/// The body of one PATCH on its way to the disk, and the answer to it. Called from one disk thread at a time.
class UploadBody {
 public:
  UploadBody(const routing::Context& ctx, std::unique_ptr<services::UploadWriter> writer);
  /// False when the rest is not wanted; `finish` says why.
  [[nodiscard]] bool write(std::span<const std::byte> piece);
  /// What was received is durable when this returns. `complete`: the whole body was read.
  [[nodiscard]] http::Response finish(bool complete);

 private:
  http::Request head_;
  auth::Viewer viewer_;
  render::Locale locale_;
  std::string request_id_;
  const render::Messages& messages_;
  const render::Renderer& renderer_;
  std::unique_ptr<services::UploadWriter> writer_;
};

/// Begins to take the body of a PATCH whose head has passed the middleware (reads only with the context's
/// connection; may wait for the writer's thread). Gives the body's receiver, or the refusal.
[[nodiscard]] std::expected<std::unique_ptr<UploadBody>, http::Response> open_upload(
    routing::Context& ctx, services::Uploads& uploads);

}  // namespace tongxing::api
