// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/json_body.hpp"

#include "server/http/text.hpp"

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

std::unexpected<Error> member_error(std::string_view name, std::string message) {
  return fail_field(std::string(name), std::move(message), {{"member", std::string(name)}});
}

}  // namespace

Result<nlohmann::json> json_object(const http::Request& request) {
  const auto type = request.headers.get("Content-Type").value_or("");
  if (!http::equals_ignoring_case(http::trimmed(type.substr(0, type.find(';'))), "application/json")) {
    return fail(ErrorCode::unsupported, "errors.http.json_wanted");
  }
  auto parsed = nlohmann::json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return fail(ErrorCode::malformed, "errors.http.json_unreadable");
  return parsed;
}

Result<std::string> text_member(const nlohmann::json& object, std::string_view name) {
  const auto it = object.find(name);
  if (it == object.end() || it->is_null()) return member_error(name, "errors.http.member_missing");
  if (!it->is_string()) return member_error(name, "errors.http.member_not_text");
  return it->get<std::string>();
}

Result<std::string> optional_text_member(const nlohmann::json& object, std::string_view name) {
  const auto it = object.find(name);
  if (it == object.end() || it->is_null()) return std::string{};
  return text_member(object, name);
}

Result<std::vector<std::string>> text_list_member(const nlohmann::json& object, std::string_view name) {
  std::vector<std::string> texts;
  const auto it = object.find(name);
  if (it == object.end()) return texts;
  if (!it->is_array()) return member_error(name, "errors.http.member_not_list");
  for (const auto& item : *it) {
    if (!item.is_string()) return member_error(name, "errors.http.member_not_list");
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

}  // namespace tongxing::api
