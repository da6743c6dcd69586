// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"

#include <functional>
#include <string>

/// A form sent twice (a double click, a lost answer, "reload") does its work once and is answered twice.
///
/// A page that creates something puts `data["idempotency_key"] = new_form_key(random)` into its form as the
/// hidden field `idempotency_key`; its Lane::write handler wraps the work in `once`. The same page, changed
/// and sent again, is a new wish and works. Keys belong to an account and are kept for a day
/// (IdempotencyStore::sweep).
namespace tongxing::routing {

[[nodiscard]] std::string new_form_key(Random& random);

/// Runs `work` unless this very form of this account was already answered with a redirect: then that redirect
/// again. Only redirects (303) are remembered: whatever failed may be tried again. Without a key it just runs
/// `work`.
[[nodiscard]] http::Response once(Context& ctx, const std::function<http::Response()>& work);

/// The two halves of `once`, for handlers of Lane::secret: `db` is a write connection. Fields whose name ends
/// in "password" are no part of what is compared, so that no trace of them is stored.
[[nodiscard]] std::string answered_before(const Context& ctx, storage::Connection& db);
void remember_answer(const Context& ctx, storage::Connection& db, const std::string& location);

}  // namespace tongxing::routing
