// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/middleware.hpp"
#include "server/storage/account_store.hpp"
#include "server/storage/role_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_database.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace tongxing::tests {

inline constexpr const char* kOrigin = "http://127.0.0.1:8080";

/// The middleware over a real database and the real pages, without a network: requests in, responses out,
/// each on its lane as the program does it.
class Gate {
 public:
  FakeClock clock;
  FakeRandom random;
  TempDatabase database;
  auth::SessionCache cache{clock};
  auth::Sessions sessions{clock, random, cache, [this](const SessionId&, Timestamp) { ++seen; }};
  auth::FormTokens tokens{"a key of form tokens for tests, 32+", random};
  std::shared_ptr<const render::Messages> messages = render::Messages::built_in();
  std::unique_ptr<render::Renderer> renderer = render::Renderer::built_in(messages);
  routing::Middleware middleware{{*messages, *renderer, clock, random, sessions, tokens}};
  routing::Routes routes;
  int seen = 0;

  http::Response send(http::Request request) {
    const auto match = routes.match(request.method, request.path);
    if (!std::holds_alternative<routing::Routes::Match>(match))
      throw std::runtime_error("no route " + request.path);
    const auto& found = std::get<routing::Routes::Match>(match);
    request.path_params = found.params;
    return send(*found.endpoint, std::move(request));
  }

  http::Response send(const routing::Endpoint& endpoint, http::Request request) {
    if (endpoint.lane == routing::Lane::write) return send_write(endpoint, std::move(request));
    storage::Connection db(database.file(), storage::Connection::Access::read_only);
    return middleware
        .run(endpoint, std::move(request), db,
             [this](const std::function<storage::Verdict(storage::Connection&)>& job) {
               return database->write(job);
             })
        .response;
  }

  template <typename Job>
  void write(Job job) {
    database->write([&](storage::Connection& db) {
      job(db);
      return storage::Verdict::commit;
    });
  }

  /// An account that is signed in; returns its session's token.
  std::string person(const std::string& login, const std::set<auth::Role>& roles,
                     const std::string& locale = {}) {
    std::string token;
    write([&](storage::Connection& db) {
      const AccountId id{login};
      if (!storage::AccountStore(db).insert({id, login, login, "no hash", locale, true, clock.now()})) {
        throw std::runtime_error("taken");
      }
      for (const auto role : roles)
        storage::RoleStore(db).grant(id, text_of(role), clock.now(), std::nullopt);
      token = sessions.start(db, id, roles);
    });
    return token;
  }

 private:
  static std::string text_of(auth::Role role) {
    switch (role) {
      case auth::Role::trainee:
        return "trainee";
      case auth::Role::instructor:
        return "instructor";
      case auth::Role::reviewer:
        return "reviewer";
      case auth::Role::administrator:
        return "administrator";
    }
    return {};
  }

  http::Response send_write(const routing::Endpoint& endpoint, http::Request request) {
    routing::Outcome outcome;
    const auto ended = database->write([&](storage::Connection& db) {
      outcome = middleware.run(endpoint, std::move(request), db);
      return outcome.verdict;
    });
    if (ended == storage::WriteOutcome::committed) {
      for (const auto& action : outcome.after_commit) action();
    }
    return std::move(outcome.response);
  }
};

inline http::Request request(http::Method method, std::string path) {
  http::Request made;
  made.method = method;
  made.target = path;
  made.path = path.substr(0, path.find('?'));
  made.origin = kOrigin;
  made.remote_address = "192.0.2.1";
  return made;
}

inline std::string text(const http::Response& response) {
  return std::get<std::string>(response.body);
}

}  // namespace tongxing::tests
