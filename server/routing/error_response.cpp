// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/error_response.hpp"

#include "server/routing/page_data.hpp"

#include <array>
#include <string>

#include <nlohmann/json.hpp>

namespace tongxing::routing {
namespace {

struct Row {
  ErrorCode code;
  unsigned status;
  std::string_view name;
};

constexpr std::array kRows{
    Row{ErrorCode::invalid, 422, "invalid"},
    Row{ErrorCode::malformed, 400, "malformed"},
    Row{ErrorCode::unauthenticated, 401, "unauthenticated"},
    Row{ErrorCode::forbidden, 403, "forbidden"},
    Row{ErrorCode::not_found, 404, "not_found"},
    Row{ErrorCode::method_not_allowed, 405, "method_not_allowed"},
    Row{ErrorCode::conflict, 409, "conflict"},
    Row{ErrorCode::gone, 410, "gone"},
    Row{ErrorCode::precondition_failed, 412, "precondition_failed"},
    Row{ErrorCode::too_large, 413, "too_large"},
    Row{ErrorCode::unsupported, 415, "unsupported"},
    Row{ErrorCode::rate_limited, 429, "rate_limited"},
    Row{ErrorCode::unavailable, 503, "unavailable"},
    Row{ErrorCode::insufficient_storage, 507, "insufficient_storage"},
    Row{ErrorCode::internal, 500, "internal"},
};

const Row& row_of(ErrorCode code) {
  for (const Row& row : kRows) {
    if (row.code == code) return row;
  }
  return kRows.back();
}

std::string text_of(const PageView& ctx, const Error& error) {
  if (error.message.empty()) {
    return ctx.messages.text(ctx.locale, "errors.http." + std::string(name_of(error.code)) + ".text",
                             error.args);
  }
  return ctx.messages.text(ctx.locale, error.message, error.args);
}

void add_retry_after(http::Response& response, const Error& error) {
  if (error.code != ErrorCode::rate_limited && error.code != ErrorCode::unavailable) return;
  std::string seconds = "5";
  for (const auto& [name, value] : error.args) {
    if (name == "seconds") seconds = value;
  }
  response.headers.set("Retry-After", seconds);
}

}  // namespace

unsigned status_of(ErrorCode code) {
  return row_of(code).status;
}

ErrorCode code_of(unsigned status) {
  for (const Row& row : kRows) {
    if (row.status == status) return row.code;
  }
  return ErrorCode::internal;
}

std::string_view name_of(ErrorCode code) {
  return row_of(code).name;
}

http::Response problem(const PageView& ctx, const Error& error) {
  const std::string name(name_of(error.code));
  nlohmann::json body{{"type", "urn:tongxing:problem:" + name},
                      {"title", ctx.messages.text(ctx.locale, "errors.http." + name + ".title")},
                      {"status", status_of(error.code)},
                      {"detail", text_of(ctx, error)},
                      {"code", error.message.empty() ? "errors.http." + name : error.message},
                      {"request_id", std::string(ctx.request_id)}};
  if (!error.field.empty()) body["field"] = error.field;
  auto response = http::json(status_of(error.code), body.dump(), "application/problem+json");
  add_retry_after(response, error);
  return response;
}

http::Response error_page(const PageView& ctx, const Error& error) {
  const std::string key = "errors.http." + std::string(name_of(error.code));
  nlohmann::json data = page_data(ctx, key + ".title");
  data["error_page"] = {{"status", std::to_string(status_of(error.code))},
                        {"title", ctx.messages.text(ctx.locale, key + ".title")},
                        {"text", text_of(ctx, error)},
                        {"advice", ctx.messages.text(ctx.locale, key + ".advice")},
                        {"request_id", std::string(ctx.request_id)}};
  auto response = render_page(ctx, "error", data, status_of(error.code));
  add_retry_after(response, error);
  return response;
}

http::Response failure(const PageView& ctx, const Error& error) {
  return is_api(ctx.request) ? problem(ctx, error) : error_page(ctx, error);
}

bool is_api(const http::Request& request) {
  return request.path.starts_with("/api/");
}

}  // namespace tongxing::routing
