// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"

#include <expected>
#include <utility>

namespace tongxing {

/// The outcome of anything that may fail in the normal course of things. Faults are exceptions instead.
template <typename T>
using Result = std::expected<T, Error>;

/// `return fail(ErrorCode::conflict, "error.course.already_published");`
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message, MessageArgs args = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(args), {}, {}});
}

/// `return fail_field("login", "error.account.login_taken");` — 422 with the message beside its field.
[[nodiscard]] inline std::unexpected<Error> fail_field(std::string field, std::string message,
                                                       MessageArgs args = {}) {
  return std::unexpected(
      Error{ErrorCode::invalid, std::move(message), std::move(args), std::move(field), {}});
}

}  // namespace tongxing
