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
  std::string_view texts;  ///< stem of title, what and next in the locale files
};

constexpr std::array kRows{
    Row{ErrorCode::invalid, 422, "invalid", "errors.http.invalid"},
    Row{ErrorCode::malformed, 400, "malformed", "common.error_page.bad_request"},
    Row{ErrorCode::unauthenticated, 401, "unauthenticated", "errors.http.unauthenticated"},
    Row{ErrorCode::forbidden, 403, "forbidden", "common.error_page.forbidden"},
    Row{ErrorCode::not_found, 404, "not_found", "common.error_page.not_found"},
    Row{ErrorCode::method_not_allowed, 405, "method_not_allowed", "common.error_page.method_not_allowed"},
    Row{ErrorCode::conflict, 409, "conflict", "common.error_page.conflict"},
    Row{ErrorCode::gone, 410, "gone", "common.error_page.gone"},
    Row{ErrorCode::precondition_failed, 412, "precondition_failed", "errors.http.precondition_failed"},
    Row{ErrorCode::too_large, 413, "too_large", "common.error_page.too_large"},
    Row{ErrorCode::unsupported, 415, "unsupported", "errors.http.unsupported"},
    Row{ErrorCode::rate_limited, 429, "rate_limited", "common.error_page.rate_limited"},
    Row{ErrorCode::unavailable, 503, "unavailable", "common.error_page.unavailable"},
    Row{ErrorCode::insufficient_storage, 507, "insufficient_storage",
        "common.error_page.insufficient_storage"},
    Row{ErrorCode::internal, 500, "internal", "common.error_page.internal"},
};

/// Some refusals have a text of their own for the whole page, not only a sentence.
constexpr std::string_view kFormExpired = "common.error_page.form_expired.what";

const Row& row_of(ErrorCode code) {
  for (const Row& row : kRows) {
    if (row.code == code) return row;
  }
  return kRows.back();
}

/// The stem of an error's title, sentence and advice.
std::string stem_of(const Error& error) {
  if (error.message == kFormExpired) return "common.error_page.form_expired";
  return std::string(row_of(error.code).texts);
}

}  // namespace

void add_retry_after(http::Response& response, const Error& error) {
  if (error.code != ErrorCode::rate_limited && error.code != ErrorCode::unavailable) return;
  std::string seconds = "5";
  for (const auto& [name, value] : error.args) {
    if (name == "seconds") seconds = value;
  }
  response.headers.set("Retry-After", seconds);
}

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

std::string text_of(const PageView& ctx, const Error& error) {
  if (!error.message.empty()) return ctx.messages.text(ctx.locale, error.message, error.args);
  return ctx.messages.text(ctx.locale, stem_of(error) + ".what", error.args);
}

http::Response problem(const PageView& ctx, const Error& error) {
  const std::string name(name_of(error.code));
  const std::string stem = stem_of(error);
  nlohmann::json body{{"type", "urn:tongxing:problem:" + name},
                      {"title", ctx.messages.text(ctx.locale, stem + ".title")},
                      {"status", status_of(error.code)},
                      {"detail", text_of(ctx, error)},
                      {"code", error.message.empty() ? stem : error.message},
                      {"request_id", std::string(ctx.request_id)}};
  if (!error.field.empty()) body["field"] = error.field;
  auto response = http::json(status_of(error.code), body.dump(), "application/problem+json");
  add_retry_after(response, error);
  return response;
}

http::Response error_page(const PageView& ctx, const Error& error) {
  const std::string stem = stem_of(error);
  const auto say = [&](const std::string& key, const MessageArgs& args) {
    return ctx.messages.text(ctx.locale, key, args);
  };
  nlohmann::json data = page_data(ctx, stem + ".title");
  data["problem"] = {
      {"what", text_of(ctx, error)},
      {"next", say(stem + ".next", {})},
      {"status", say("common.error_page.status", {{"status", std::to_string(status_of(error.code))}})},
      {"request", say("common.error_page.request", {{"request", std::string(ctx.request_id)}})}};
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
