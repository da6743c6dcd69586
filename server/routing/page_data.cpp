// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/page_data.hpp"

#include "server/routing/error_response.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::routing {
namespace {

constexpr std::string_view kMissing = "\u27e6";  // how Messages::text marks a key that does not exist

constexpr std::string_view kNotices = ".notices.";

bool is_notice(std::string_view text) {
  const auto dot = text.find('.');
  if (text.size() > 80 || dot == 0 || dot == std::string_view::npos || dot + 1 == text.size()) return false;
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; }) &&
         text.find('.', dot + 1) == std::string_view::npos;
}

void add_notice(nlohmann::json& data, const PageView& ctx) {
  const auto wanted = ctx.request.query.get("notice");
  if (!wanted || !is_notice(*wanted)) return;
  const auto dot = wanted->find('.');
  const std::string_view name = wanted->substr(dot + 1);
  std::string text = ctx.messages.text(
      ctx.locale, std::string(wanted->substr(0, dot)) + std::string(kNotices) + std::string(name));
  if (text.starts_with(kMissing)) return;
  const bool bad = name.starts_with("error_");
  data["notice"] = {{"kind", bad ? "error" : "success"},
                    {"is_error", bad},
                    {"is_success", !bad},
                    {"text", std::move(text)}};
}

/// The address to come back to after choosing a language: only what a GET can answer, without the one-shot
/// notice.
std::string here(const PageView& ctx) {
  const http::Request& request = ctx.request;
  if (!http::is_safe(request.method) || request.target.empty()) return request.path;
  if (request.query.get("notice")) return request.path;
  return request.target;
}

}  // namespace

nlohmann::json page_data(const PageView& ctx, std::string_view title_key) {
  using auth::Role;
  const std::string title = ctx.messages.text(ctx.locale, title_key);
  nlohmann::json data{{"page", {{"title", title}, {"heading", title}}},
                      {"csrf", std::string(ctx.csrf)},
                      {"path", here(ctx)},
                      {"notice", false},
                      {"errors", nlohmann::json::array()}};
  data["viewer"] = {{"signed_in", ctx.viewer.signed_in()},
                    {"name", ctx.viewer.display_name},
                    {"is_trainee", ctx.viewer.is(Role::trainee)},
                    {"is_instructor", ctx.viewer.is(Role::instructor)},
                    {"is_reviewer", ctx.viewer.is(Role::reviewer)},
                    {"is_administrator", ctx.viewer.is(Role::administrator)}};
  data["locale"] = {{"tag", std::string(render::tag(ctx.locale))},
                    {"is_zh_hans", ctx.locale == render::Locale::zh_hans},
                    {"is_zh_hant", ctx.locale == render::Locale::zh_hant},
                    {"is_en", ctx.locale == render::Locale::en}};
  add_notice(data, ctx);
  return data;
}

http::Response render_page(const PageView& ctx, std::string_view page, const nlohmann::json& data,
                           unsigned status) {
  return http::html(status, ctx.renderer.page(page, data, ctx.locale));
}

http::Response render_form(const PageView& ctx, std::string_view page, const nlohmann::json& data,
                           std::span<const Error> errors) {
  if (errors.empty()) return render_page(ctx, page, data);
  auto response = render_page(ctx, page, data, status_of(errors.front().code));
  add_retry_after(response, errors.front());
  return response;
}

std::string with_notice(std::string_view path, std::string_view notice) {
  std::string name(notice);
  if (const auto group = name.find(kNotices); group != std::string::npos)
    name.replace(group, kNotices.size(), ".");
  const char separator = path.find('?') == std::string_view::npos ? '?' : '&';
  return std::string(path) + separator + "notice=" + name;
}

http::Response redirect_with_notice(std::string_view path, std::string_view notice) {
  return http::see_other(with_notice(path, notice));
}

std::string own_path_or(std::string_view next, std::string_view otherwise) {
  const bool own = next.size() <= 2048 && next.starts_with('/') && !next.starts_with("//") &&
                   std::ranges::none_of(next, [](char c) {
                     const auto byte = static_cast<unsigned char>(c);
                     return byte <= 0x20 || byte >= 0x7f || c == '\\';
                   });
  return std::string(own ? next : otherwise);
}

}  // namespace tongxing::routing
