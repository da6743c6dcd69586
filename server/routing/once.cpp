// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/routing/once.hpp"

#include "server/auth/token.hpp"
#include "server/storage/idempotency_store.hpp"

#include <string_view>

namespace tongxing::routing {
namespace {

constexpr std::size_t kKeyMost = 64;

std::string_view key_of(const Context& ctx) {
  const auto key = ctx.request.form.get("idempotency_key").value_or("");
  return key.size() <= kKeyMost ? key : std::string_view{};
}

/// What was sent and where to, each part with its length before it.
std::string hash_of_form(const Context& ctx) {
  std::string input = ctx.request.path;
  const auto add = [&](std::string_view part) {
    input += "\n" + std::to_string(part.size()) + ":" + std::string(part);
  };
  for (const auto& [name, value] : ctx.request.form.all()) {
    if (name == "csrf" || name.ends_with("password")) continue;
    add(name);
    add(value);
  }
  for (const auto& file : ctx.request.files) {
    add(file.name);
    add(file.bytes);
  }
  return auth::hash_of(input);
}

}  // namespace

std::string new_form_key(Random& random) {
  return random_text(random, 128);
}

std::string answered_before(const Context& ctx, storage::Connection& db) {
  const auto key = key_of(ctx);
  if (key.empty()) return {};
  const auto answer = storage::IdempotencyStore(db).find(ctx.viewer.account, key, hash_of_form(ctx));
  return answer ? answer->location : std::string{};
}

void remember_answer(const Context& ctx, storage::Connection& db, const std::string& location) {
  const auto key = key_of(ctx);
  if (key.empty()) return;
  storage::IdempotencyStore(db).insert(ctx.viewer.account, key, hash_of_form(ctx), {303, location}, ctx.now);
}

http::Response once(Context& ctx, const std::function<http::Response()>& work) {
  if (std::string location = answered_before(ctx, ctx.db); !location.empty())
    return http::see_other(location);
  http::Response response = work();
  const auto location = response.headers.get("Location");
  if (response.status == 303 && location) remember_answer(ctx, ctx.db, std::string(*location));
  return response;
}

}  // namespace tongxing::routing
