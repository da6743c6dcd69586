// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/metrics.hpp"
#include "server/app/page_cache.hpp"
#include "server/app/published_media.hpp"
#include "server/app/readiness.hpp"
#include "server/app/secret_lane.hpp"
#include "server/app/static_assets.hpp"
#include "server/net/application.hpp"
#include "server/routing/endpoint.hpp"
#include "server/routing/middleware.hpp"
#include "server/storage/database.hpp"
#include "server/storage/disk_watch.hpp"

#include <atomic>
#include <chrono>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace tongxing::app {

/// Begins to take the body of a tus PATCH whose head has passed the middleware: the sink, or the refusal.
using OpenUpload =
    std::function<std::expected<std::unique_ptr<net::UploadSink>, http::Response>(routing::Context&)>;

struct ProgramParts {
  storage::Database& database;
  storage::DiskWatch& disk;
  SecretLane& secret_lane;
  const routing::Routes& routes;
  const routing::Middleware& middleware;
  const StaticAssets& assets;
  PageCache& pages;
  PublishedMedia& published;
  Metrics& metrics;
  Readiness& readiness;
  std::filesystem::path media_root;
  OpenUpload open_upload;
};

/// The program as the network sees it: decides on the I/O thread what can be answered at once, and hands
/// everything else to the lane of its route. Owner: the composition root; the parts must outlive it.
/// Thread-safe.
class Program final : public net::Application {
 public:
  explicit Program(ProgramParts parts) : parts_(std::move(parts)) {}

  net::Plan begin(const http::Request& head) override;
  bool submit(std::shared_ptr<net::Exchange> exchange, http::Request request,
              std::move_only_function<void(http::Response)> done) override;
  bool open_upload(
      std::shared_ptr<net::Exchange> exchange, http::Request head,
      std::move_only_function<void(std::variant<std::unique_ptr<net::UploadSink>, http::Response>)> done)
      override;
  http::Response refusal(unsigned status, std::string_view accept_language, bool wants_html) override;

 private:
  struct Work;
  using Done = std::move_only_function<void(http::Response)>;

  [[nodiscard]] std::optional<http::Response> at_once(const http::Request& head);
  [[nodiscard]] std::optional<http::Response> published_media(const http::Request& head);
  [[nodiscard]] net::Plan routed(const http::Request& head);
  [[nodiscard]] bool submit_read(std::shared_ptr<Work> work);
  [[nodiscard]] bool submit_write(std::shared_ptr<Work> work);
  [[nodiscard]] bool submit_secret(std::shared_ptr<Work> work);
  void complete(Work& work, Metrics::Lane lane);

  ProgramParts parts_;
  std::atomic<std::uint64_t> refreshing_ = 0;  ///< generation that the published set is being read for
};

}  // namespace tongxing::app
