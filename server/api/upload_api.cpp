// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/upload_api.hpp"

#include "server/api/upload_head.hpp"
#include "server/http/date.hpp"
#include "server/routing/error_response.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

constexpr unsigned kChecksumMismatch = 460;  // tus 1.0, checksum extension

http::Response with_version(http::Response response) {
  response.headers.set("Tus-Resumable", std::string(kTusVersion));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response refuse(const routing::PageView& view, const Error& error) {
  http::Response response = routing::problem(view, error);
  if (error.code == ErrorCode::precondition_failed) {
    response.headers.set("Tus-Version", std::string(kTusVersion));
  }
  return with_version(std::move(response));
}

void add_expiry(http::Response& response, Timestamp expires_at) {
  response.headers.set("Upload-Expires",
                       http::format_http_date(std::chrono::floor<std::chrono::seconds>(expires_at)));
}

UploadId upload_of(const http::Request& request) {
  return UploadId{request.path_params.at("upload")};
}

http::Response describe(const services::Uploads& uploads) {
  http::Response response = with_version(http::no_content());
  response.headers.set("Tus-Version", std::string(kTusVersion));
  response.headers.set("Tus-Extension", "creation,termination,checksum,expiration");
  response.headers.set("Tus-Checksum-Algorithm", "sha1,sha256");
  response.headers.set("Tus-Max-Size", std::to_string(uploads.limits().longest));
  return response;
}

http::Response create(routing::Context& ctx, services::Uploads& uploads) {
  if (const auto version = check_version(ctx.request); !version) return refuse(ctx, version.error());
  const auto asked = read_creation(ctx.request);
  if (!asked) return refuse(ctx, asked.error());
  const auto made = uploads.create(ctx.db, ctx.viewer, *asked);
  if (!made) return refuse(ctx, made.error());
  http::Response response = with_version({});
  response.status = 201;
  response.headers.set("Location", "/api/v1/uploads/" + made->id.str());
  add_expiry(response, made->expires_at);
  return response;
}

http::Response status(routing::Context& ctx, services::Uploads& uploads) {
  if (const auto version = check_version(ctx.request); !version) return refuse(ctx, version.error());
  const auto row = uploads.status(ctx.db, ctx.viewer, upload_of(ctx.request));
  if (!row) return refuse(ctx, row.error());
  http::Response response = with_version({});
  response.headers.set("Upload-Offset", std::to_string(row->offset_bytes));
  response.headers.set("Upload-Length", std::to_string(row->length_bytes));
  if (row->state == "UPLOADING") add_expiry(response, row->expires_at);
  return response;
}

http::Response terminate(routing::Context& ctx, services::Uploads& uploads) {
  if (const auto version = check_version(ctx.request); !version) return refuse(ctx, version.error());
  const auto ended = uploads.terminate(ctx.db, ctx.viewer, upload_of(ctx.request));
  return ended ? with_version(http::no_content()) : refuse(ctx, ended.error());
}

http::Response checksum_mismatch(const routing::PageView& view) {
  http::Response response =
      refuse(view, Error{ErrorCode::invalid, "errors.upload.checksum", {}, "Upload-Checksum", {}});
  auto problem = nlohmann::json::parse(std::get<std::string>(response.body));
  problem["status"] = kChecksumMismatch;
  response.body = problem.dump();
  response.status = kChecksumMismatch;
  return response;
}

}  // namespace

UploadBody::UploadBody(const routing::Context& ctx, std::unique_ptr<services::UploadWriter> writer)
    : head_(ctx.request),
      viewer_(ctx.viewer),
      locale_(ctx.locale),
      request_id_(ctx.request_id),
      messages_(*ctx.messages),
      renderer_(*ctx.renderer),
      writer_(std::move(writer)) {}

bool UploadBody::write(std::span<const std::byte> piece) {
  return writer_->write(piece);
}

http::Response UploadBody::finish(bool complete) {
  using Kind = services::UploadOutcome::Kind;
  const services::UploadOutcome outcome = writer_->finish(complete);
  const routing::PageView view(head_, viewer_, locale_, request_id_, messages_, renderer_);
  if (outcome.kind == Kind::checksum_mismatch) return checksum_mismatch(view);
  if (outcome.kind == Kind::refused) return refuse(view, *outcome.error);
  http::Response response = with_version(http::no_content());
  response.headers.set("Upload-Offset", std::to_string(outcome.offset));
  if (outcome.kind == Kind::saved) add_expiry(response, outcome.expires_at);
  return response;
}

std::expected<std::unique_ptr<UploadBody>, http::Response> open_upload(routing::Context& ctx,
                                                                       services::Uploads& uploads) {
  if (const auto version = check_version(ctx.request); !version) {
    return std::unexpected(refuse(ctx, version.error()));
  }
  const auto piece = read_piece(ctx.request);
  if (!piece) return std::unexpected(refuse(ctx, piece.error()));
  auto writer = uploads.open(ctx.db, ctx.viewer, upload_of(ctx.request), *piece);
  if (!writer) return std::unexpected(refuse(ctx, writer.error()));
  return std::make_unique<UploadBody>(ctx, std::move(*writer));
}

void add_upload_api(routing::Routes& routes, const UploadApiDeps& deps) {
  using enum routing::Lane;
  const auto add = [&](http::Method method, std::string path, routing::Endpoint endpoint) {
    endpoint.csrf = routing::Csrf::same_site;
    routes.add(method, std::move(path), std::move(endpoint));
  };
  services::Uploads& uploads = deps.uploads;
  const std::string all = "/api/v1/uploads";
  const std::string one = "/api/v1/uploads/{upload}";
  add(http::Method::options, all,
      {.handler = [&uploads](routing::Context&) { return describe(uploads); },
       .operation_id = "describeUploads"});
  add(http::Method::post, all,
      {.lane = write,
       .access = routing::Access::instructor,
       .handler = [&uploads](routing::Context& ctx) { return create(ctx, uploads); },
       .operation_id = "createUpload"});
  add(http::Method::head, one,
      {.access = routing::Access::instructor,
       .handler = [&uploads](routing::Context& ctx) { return status(ctx, uploads); },
       .operation_id = "uploadStatus"});
  add(http::Method::patch, one,
      {.access = routing::Access::instructor,
       .body = routing::BodyPolicy::upload,
       .handler =
           [](routing::Context& ctx) {
             // Only a composition root that does not stream bodies comes here.
             return routing::problem(ctx,
                                     Error{ErrorCode::unsupported, "errors.upload.content_type", {}, {}, {}});
           },
       .operation_id = "appendUpload"});
  // On a reader's thread: ending an upload waits for the request that writes it, and that one waits for the
  // writer.
  add(http::Method::del, one,
      {.access = routing::Access::instructor,
       .handler = [&uploads](routing::Context& ctx) { return terminate(ctx, uploads); },
       .operation_id = "terminateUpload"});
}

}  // namespace tongxing::api
