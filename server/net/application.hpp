// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>

/// What the network side needs of the program; implemented by server/app. server/net knows nothing else of
/// it.
namespace tongxing::net {

/// Receives the body of a request in pieces. All functions are called from a disk thread of server/net, one
/// at a time, and may block on the disk.
class UploadSink {
 public:
  virtual ~UploadSink() = default;
  /// Returns false when the rest of the body is not wanted (disk full, another request took over).
  virtual bool write(std::span<const std::byte> piece) = 0;
  /// The body ended (complete), or the client went away (not complete): makes what was received durable and
  /// records the offset. Called exactly once.
  virtual http::Response finish(bool complete) = 0;
};

/// How the body of a request is to be read, decided from its header alone.
struct BodyPlan {
  std::size_t limit = 0;  ///< bytes; more is answered with 413
  bool upload = false;    ///< stream into the sink that `open_upload` gives
};

/// The plan for one request: answer now, or read the body and submit.
class Exchange {
 public:
  virtual ~Exchange() = default;
};

struct Plan {
  /// Set: answer with it at once (static asset, cached page, published media, /healthz, 404, 413, 503).
  std::unique_ptr<http::Response> immediate;
  BodyPlan body;
  std::shared_ptr<Exchange> exchange;  ///< handed back to submit
};

class Application {
 public:
  virtual ~Application() = default;

  /// Called on an I/O thread with the guarded head of a request (body still empty). Must not block.
  virtual Plan begin(const http::Request& head) = 0;

  /// Called on an I/O thread with the whole request; `done` is called exactly once, from any thread. Returns
  /// false when the queue is full: net then answers 503 with Retry-After.
  virtual bool submit(std::shared_ptr<Exchange> exchange, http::Request request,
                      std::move_only_function<void(http::Response)> done) = 0;

  /// For upload plans: checks the head (owner, offset, checksum, quota) and gives the sink, or the refusal.
  /// Same threading as submit.
  virtual bool open_upload(
      std::shared_ptr<Exchange> exchange, http::Request head,
      std::move_only_function<void(std::variant<std::unique_ptr<UploadSink>, http::Response>)> done) = 0;

  /// The answer to something that no handler saw (header too large, malformed, time-out): a page or problem
  /// JSON in the language of `accept_language`. Called on an I/O thread; must not block.
  virtual http::Response refusal(unsigned status, std::string_view accept_language, bool wants_html) = 0;
};

}  // namespace tongxing::net
