// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/message.hpp"

#include <algorithm>
#include <array>

namespace tongxing::http {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return lower(x) == lower(y);
  });
}

constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods{{{"GET", Method::get},
                                                                       {"HEAD", Method::head},
                                                                       {"POST", Method::post},
                                                                       {"PUT", Method::put},
                                                                       {"PATCH", Method::patch},
                                                                       {"DELETE", Method::del},
                                                                       {"OPTIONS", Method::options}}};

}  // namespace

void Headers::set(std::string_view name, std::string value) {
  remove(name);
  add(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (same_name(field, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> Params::get(std::string_view name) const {
  for (const auto& [key, value] : values_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string Params::get_or(std::string_view name, std::string_view otherwise) const {
  return std::string(get(name).value_or(otherwise));
}

std::vector<std::string_view> Params::get_all(std::string_view name) const {
  std::vector<std::string_view> found;
  for (const auto& [key, value] : values_) {
    if (key == name) found.emplace_back(value);
  }
  return found;
}

std::string_view to_string(Method method) {
  for (const auto& [token, known] : kMethods) {
    if (known == method) return token;
  }
  return "GET";
}

std::optional<Method> method_from(std::string_view token) {
  for (const auto& [known, method] : kMethods) {
    if (known == token) return method;
  }
  return std::nullopt;
}

Response html(unsigned status, std::string body) {
  Response response{status, {}, std::move(body)};
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  return response;
}

Response json(unsigned status, std::string body, std::string content_type) {
  Response response{status, {}, std::move(body)};
  response.headers.add("Content-Type", std::move(content_type));
  return response;
}

Response see_other(std::string location) {
  Response response{303, {}, std::string{}};
  response.headers.add("Location", std::move(location));
  return response;
}

Response no_content() {
  return Response{204, {}, std::string{}};
}

}  // namespace tongxing::http
