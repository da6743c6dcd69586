// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/program.hpp"

#include "server/app/compression.hpp"
#include "server/app/media_files.hpp"
#include "server/auth/sessions.hpp"
#include "server/base/log.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/language.hpp"
#include "server/routing/security_headers.hpp"

#include <limits>
#include <optional>
#include <utility>
#include <variant>

namespace tongxing::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::size_t body_limit(routing::BodyPolicy policy) {
  switch (policy) {
    case routing::BodyPolicy::none:
      return 0;
    case routing::BodyPolicy::small:
      return 64 * 1024;
    case routing::BodyPolicy::form:
      return 256 * 1024;
    case routing::BodyPolicy::multipart:
      return 4 * 1024 * 1024;
    case routing::BodyPolicy::upload:
      return std::numeric_limits<std::size_t>::max();  // services::UploadLimits decides
  }
  return 0;
}

Error plain(ErrorCode code) {
  return Error{code, {}, {}, {}, {}};
}

bool needs_room(const routing::Endpoint& endpoint) {
  const bool writes = endpoint.lane != routing::Lane::read || endpoint.body == routing::BodyPolicy::upload;
  return writes && endpoint.on_full_disk == routing::OnFullDisk::refuse;
}

/// The caches' name for a page, or nothing where the answer is somebody's own.
std::optional<std::string> cache_key(const routing::Endpoint& endpoint, const http::Request& request) {
  const bool reads = request.method == http::Method::get || request.method == http::Method::head;
  if (!endpoint.cache_anonymous || !reads || !request.query.all().empty()) return std::nullopt;
  if (!auth::cookie(request, auth::kSessionCookie).empty()) return std::nullopt;
  const bool gzip = accepts_coding(request.headers.get("Accept-Encoding").value_or(""), "gzip");
  const bool secure = request.secure;  // secure answers carry Strict-Transport-Security
  return request.path + '|' + std::string(render::tag(routing::language_of(request, {}))) +
         (gzip ? "|gzip" : "|plain") + (secure ? "|tls" : "");
}

bool is_loopback(std::string_view address) {
  return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

}  // namespace

struct Program::Work : net::Exchange {
  const routing::Endpoint* endpoint = nullptr;
  std::map<std::string, std::string, std::less<>> path_params;
  std::optional<std::string> cache_key;
  std::uint64_t generation = 0;
  http::Request request;
  std::string accept_encoding;
  Done done;
  routing::Outcome outcome;
  SteadyClock::time_point began = SteadyClock::now();
};

net::Plan Program::begin(const http::Request& head) {
  if (auto response = at_once(head)) {
    parts_.metrics.answered(Metrics::Lane::immediate, response->status, std::chrono::microseconds{0});
    net::Plan plan;
    plan.immediate = std::make_unique<http::Response>(std::move(*response));
    return plan;
  }
  return routed(head);
}

std::optional<http::Response> Program::at_once(const http::Request& head) {
  const bool reads = head.method == http::Method::get || head.method == http::Method::head;
  if (!reads) return std::nullopt;
  const std::string_view path = head.path;
  if (path.starts_with("/m/")) return published_media(head);
  if (path.starts_with("/assets/")) {
    auto asset = parts_.assets.find(path, head.headers.get("Accept-Encoding").value_or(""));
    if (asset) routing::add_security_headers(*asset, head);
    return asset;
  }
  if (path == "/healthz") {
    http::Response response = http::json(200, "{\"ok\":true}\n");
    response.headers.add("Cache-Control", "no-store");
    return response;
  }
  if (path != "/readyz" && path != "/metrics") return std::nullopt;
  // They tell how the installation is doing: for whoever runs it, on the machine itself.
  if (!is_loopback(head.remote_address)) return parts_.middleware.refusal(head, plain(ErrorCode::not_found));
  if (path == "/metrics") {
    http::Response response{200, {}, parts_.metrics.text()};
    response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return response;
  }
  const Readiness::Answer answer = parts_.readiness.ask();
  return http::json(answer.ready ? 200 : 503, answer.json);
}

std::optional<http::Response> Program::published_media(const http::Request& head) {
  const auto path = parse_media_path(head.path);
  if (!path) return parts_.middleware.refusal(head, plain(ErrorCode::not_found));
  const std::uint64_t generation = parts_.database.content_generation();
  if (parts_.published.ask(path->asset, generation) == PublishedMedia::Answer::published) {
    return media_file(parts_.media_root, *path, MediaAudience::everybody);
  }
  // One reader brings the set up to date; this request goes the long way, through the route that asks the
  // database.
  if (refreshing_.exchange(generation) != generation) {
    const bool queued = parts_.database.submit_read(
        [this, generation](storage::Connection& db) { parts_.published.refresh(db, generation); });
    if (!queued) refreshing_ = 0;
  }
  return std::nullopt;
}

net::Plan Program::routed(const http::Request& head) {
  net::Plan plan;
  auto found = parts_.routes.match(head.method, head.path);
  const auto refuse = [&](http::Response response) {
    parts_.metrics.answered(Metrics::Lane::immediate, response.status, std::chrono::microseconds{0});
    plan.immediate = std::make_unique<http::Response>(std::move(response));
  };
  if (std::holds_alternative<routing::Routes::NotFound>(found)) {
    refuse(parts_.middleware.refusal(head, plain(ErrorCode::not_found)));
    return plan;
  }
  if (const auto* other = std::get_if<routing::Routes::MethodNotAllowed>(&found)) {
    http::Response response = parts_.middleware.refusal(head, plain(ErrorCode::method_not_allowed));
    response.headers.set("Allow", other->allow);
    refuse(std::move(response));
    return plan;
  }
  auto& match = std::get<routing::Routes::Match>(found);
  if (needs_room(*match.endpoint) && parts_.disk.is_full()) {
    refuse(parts_.middleware.refusal(head, plain(ErrorCode::insufficient_storage)));
    return plan;
  }
  auto work = std::make_shared<Work>();
  work->endpoint = match.endpoint;
  work->path_params = std::move(match.params);
  work->cache_key = cache_key(*match.endpoint, head);
  work->accept_encoding = std::string(head.headers.get("Accept-Encoding").value_or(""));
  work->generation = parts_.database.content_generation();
  if (work->cache_key) {
    if (auto page = parts_.pages.find(*work->cache_key, work->generation)) {
      refuse(std::move(*page));
      return plan;
    }
  }
  plan.body.limit = body_limit(match.endpoint->body);
  plan.body.upload = match.endpoint->body == routing::BodyPolicy::upload;
  plan.exchange = std::move(work);
  return plan;
}

bool Program::submit(std::shared_ptr<net::Exchange> exchange, http::Request request, Done done) {
  auto work = std::static_pointer_cast<Work>(std::move(exchange));
  work->request = std::move(request);
  work->request.path_params = std::move(work->path_params);
  work->done = std::move(done);
  work->began = SteadyClock::now();
  switch (work->endpoint->lane) {
    case routing::Lane::read:
      return submit_read(std::move(work));
    case routing::Lane::write:
      return submit_write(std::move(work));
    case routing::Lane::secret:
      return submit_secret(std::move(work));
  }
  return false;
}

void Program::complete(Work& work, Metrics::Lane lane) {
  compress(work.outcome.response, work.accept_encoding);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - work.began);
  parts_.metrics.answered(lane, work.outcome.response.status, took);
  if (work.cache_key && !work.outcome.response.headers.get("Set-Cookie")) {
    parts_.pages.keep(*work.cache_key, work.generation, work.outcome.response);
  }
  work.done(std::move(work.outcome.response));
}

bool Program::submit_read(std::shared_ptr<Work> work) {
  return parts_.database.submit_read([this, work](storage::Connection& db) {
    work->outcome = parts_.middleware.run(*work->endpoint, std::move(work->request), db);
    complete(*work, Metrics::Lane::read);
  });
}

bool Program::submit_write(std::shared_ptr<Work> work) {
  return parts_.database.submit_write(
      [this, work](storage::Connection& db) {
        // The request stays: should the group be lost, the refusal is in its visitor's language.
        work->outcome = parts_.middleware.run(*work->endpoint, work->request, db);
        return work->outcome.verdict;
      },
      [this, work](storage::WriteOutcome outcome) {
        if (outcome == storage::WriteOutcome::committed) {
          for (const auto& action : work->outcome.after_commit) action();
        } else if (outcome == storage::WriteOutcome::disk_full) {
          work->outcome.response =
              parts_.middleware.refusal(work->request, plain(ErrorCode::insufficient_storage));
        } else if (outcome == storage::WriteOutcome::failed) {
          work->outcome.response = parts_.middleware.refusal(work->request, plain(ErrorCode::unavailable));
        }
        complete(*work, Metrics::Lane::write);
      });
}

bool Program::submit_secret(std::shared_ptr<Work> work) {
  return parts_.secret_lane.submit([this, work](storage::Connection& db) {
    const auto write = [this](const std::function<storage::Verdict(storage::Connection&)>& job) {
      return parts_.database.write(job);
    };
    work->outcome = parts_.middleware.run(*work->endpoint, std::move(work->request), db, write);
    complete(*work, Metrics::Lane::secret);
  });
}

bool Program::open_upload(
    std::shared_ptr<net::Exchange> exchange, http::Request head,
    std::move_only_function<void(std::variant<std::unique_ptr<net::UploadSink>, http::Response>)> done) {
  auto work = std::static_pointer_cast<Work>(std::move(exchange));
  work->request = std::move(head);
  work->request.path_params = std::move(work->path_params);
  const auto answer = std::make_shared<decltype(done)>(std::move(done));
  return parts_.database.submit_read([this, work, answer](storage::Connection& db) {
    try {
      auto ctx = parts_.middleware.admit(*work->endpoint, work->request, db);
      if (!ctx) {
        (*answer)(std::move(ctx.error()));
        return;
      }
      auto sink = parts_.open_upload(*ctx);
      if (sink) {
        (*answer)(std::move(*sink));
      } else {
        routing::add_security_headers(sink.error(), work->request);
        (*answer)(std::move(sink.error()));
      }
    } catch (const std::exception& error) {
      log::error("upload_failed", {{"error", error.what()}});
      (*answer)(parts_.middleware.refusal(work->request, plain(ErrorCode::internal)));
    }
  });
}

http::Response Program::refusal(unsigned status, std::string_view accept_language, bool wants_html) {
  http::Request request;
  request.path = wants_html ? "/" : "/api/v1/";
  request.target = request.path;
  request.headers.add("Accept-Language", std::string(accept_language));
  http::Response response = parts_.middleware.refusal(request, plain(routing::code_of(status)));
  response.status = status;
  return response;
}

}  // namespace tongxing::app
