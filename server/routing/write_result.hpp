// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/result.hpp"
#include "server/routing/endpoint.hpp"

#include <functional>
#include <optional>

namespace tongxing::routing {

/// For Lane::secret: runs `work` (Result<T>(Connection&)) on the writer, commits when it gives a value, rolls
/// back when it gives an error, and returns once that is durable. A full disk becomes insufficient_storage.
template <typename T>
[[nodiscard]] Result<T> write_result(Context& ctx,
                                     const std::function<Result<T>(storage::Connection&)>& work) {
  std::optional<Result<T>> made;
  const auto outcome = ctx.write([&](storage::Connection& db) {
    made = work(db);
    return *made ? storage::Verdict::commit : storage::Verdict::rollback;
  });
  if (outcome == storage::WriteOutcome::disk_full)
    return fail(ErrorCode::insufficient_storage, "common.error_page.insufficient_storage.what");
  if (outcome == storage::WriteOutcome::failed || !made)
    return fail(ErrorCode::internal, "common.error_page.internal.what");
  return std::move(*made);
}

}  // namespace tongxing::routing
