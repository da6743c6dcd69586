// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/routing/page_view.hpp"

#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

/// What every page's handler needs. Handlers pass their Context.
namespace tongxing::routing {

/// The members that layouts/base.mustache reads (see server/render/renderer.hpp), plus `errors` [] and
/// `error` {}. `title_key` becomes page.title and page.heading; overwrite data["page"]["title"] for a title
/// made of data. A query `notice=<area>.<name>` becomes notice {kind, text} of the message
/// <area>.notices.<name>; names that begin with "error_" are of kind "error". Unknown ones are left out.
[[nodiscard]] nlohmann::json page_data(const PageView& ctx, std::string_view title_key);

/// web/templates/pages/<page>.mustache in the viewer's language.
[[nodiscard]] http::Response render_page(const PageView& ctx, std::string_view page,
                                         const nlohmann::json& data, unsigned status = 200);

/// A page with a form: as it is shown first (no errors: 200), or sent back with the status of the first error
/// (422, 429, 409 …; Retry-After for rate_limited). `data` was made with a render::FormView that knows the
/// errors and what was typed.
[[nodiscard]] http::Response render_form(const PageView& ctx, std::string_view page,
                                         const nlohmann::json& data, std::span<const Error> errors);

/// `path` of ours with the notice that is shown there once. `notice` is a message key:
/// "<area>.notices.<name>".
[[nodiscard]] std::string with_notice(std::string_view path, std::string_view notice);

/// 303 to `with_notice(path, notice)`.
[[nodiscard]] http::Response redirect_with_notice(std::string_view path, std::string_view notice);

/// `next` when it is a path of ours that is safe to go to ("/…", no "//", no backslash, no control
/// character), otherwise `otherwise`.
[[nodiscard]] std::string own_path_or(std::string_view next, std::string_view otherwise);

}  // namespace tongxing::routing
