// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/http/message.hpp"
#include "server/routing/page_view.hpp"

#include <string>
#include <string_view>

/// The one mapper from expected failures to HTTP. `Error::detail` never leaves through it.
namespace tongxing::routing {

/// The HTTP status of a kind of failure, as written at ErrorCode.
[[nodiscard]] unsigned status_of(ErrorCode code);
/// The kind that a status stands for; `internal` for one that no kind has.
[[nodiscard]] ErrorCode code_of(unsigned status);
/// Stable name for machines: "not_found", "rate_limited" …; also the stem of the message keys
/// errors.http.<name>.*.
[[nodiscard]] std::string_view name_of(ErrorCode code);

/// The sentence for a person: the error's own message, or what its kind has.
[[nodiscard]] std::string text_of(const PageView& ctx, const Error& error);

/// RFC 9457 problem JSON: type "urn:tongxing:problem:<name>", title and detail in the caller's language,
/// status, code (the message key, for programs), field where one is at fault, request_id. Retry-After for
/// rate_limited and unavailable.
[[nodiscard]] http::Response problem(const PageView& ctx, const Error& error);

/// A page of our own for people: pages/error.mustache with `error_page` {status, title, text, advice,
/// request_id}: what happened, in plain words, and what to do next.
[[nodiscard]] http::Response error_page(const PageView& ctx, const Error& error);

/// problem for paths below /api/, error_page for everything else.
[[nodiscard]] http::Response failure(const PageView& ctx, const Error& error);

/// Retry-After for rate_limited and unavailable: the error's "seconds", or 5.
void add_retry_after(http::Response& response, const Error& error);

[[nodiscard]] bool is_api(const http::Request& request);

}  // namespace tongxing::routing
