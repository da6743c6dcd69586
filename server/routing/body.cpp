// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/body.hpp"

#include "server/http/form.hpp"
#include "server/http/multipart.hpp"
#include "server/http/text.hpp"

#include <string_view>
#include <utility>

namespace tongxing::routing {
namespace {

std::string_view type_of(const http::Request& request) {
  const auto value = request.headers.get("Content-Type").value_or("");
  return http::trimmed(value.substr(0, value.find(';')));
}

Result<void> decode_urlencoded(http::Request& request) {
  auto fields = http::parse_form(request.body);
  if (!fields) return fail(ErrorCode::malformed, {});
  request.form = std::move(*fields);
  return {};
}

Result<void> decode_multipart(http::Request& request) {
  if (request.body.empty()) return {};  // server/net has read it already
  const auto boundary = http::multipart_boundary(request.headers.get("Content-Type").value_or(""));
  if (!boundary) return fail(ErrorCode::malformed, {});
  auto parts = http::parse_multipart(request.body, *boundary);
  if (!parts) return fail(ErrorCode::malformed, {});
  request.form = std::move(parts->fields);
  request.files = std::move(parts->files);
  return {};
}

}  // namespace

Result<void> decode_body(BodyPolicy policy, http::Request& request) {
  if (policy != BodyPolicy::form && policy != BodyPolicy::multipart) return {};
  const auto type = type_of(request);
  // The connection decodes on its own thread what came over a socket; then only the type is judged here.
  const bool decoded = !request.form.all().empty() || !request.files.empty();
  if (http::equals_ignoring_case(type, "application/x-www-form-urlencoded")) {
    return decoded ? Result<void>{} : decode_urlencoded(request);
  }
  if (policy == BodyPolicy::multipart && http::equals_ignoring_case(type, "multipart/form-data")) {
    return decoded ? Result<void>{} : decode_multipart(request);
  }
  return fail(ErrorCode::unsupported, {});
}

}  // namespace tongxing::routing
