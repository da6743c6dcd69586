// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/application.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::net {

/// Limits of the HTTP edge. Every one is asserted by a test.
struct Limits {
  std::size_t header_bytes = 8 * 1024;
  std::size_t header_fields = 100;
  std::chrono::milliseconds header_deadline{10'000};
  std::chrono::milliseconds idle_deadline{60'000};
  std::size_t requests_per_connection = 10'000;
  std::size_t connections = 12'000;
  std::size_t min_body_rate = 1024;  ///< bytes a second, after grace
  std::size_t min_send_rate = 1024;  ///< bytes a second over `slow_window`: slower readers are let go
  std::chrono::milliseconds slow_window{30'000};
  std::chrono::milliseconds drain_deadline{20'000};
  std::chrono::milliseconds heartbeat{15'000};  ///< between comments on a quiet event stream
  std::size_t unsent_bytes = 128 * 1024;        ///< kept by the kernel for one connection
  std::size_t event_queue = 64;                 ///< events waiting for one reader; older ones are dropped
  std::size_t swift_unsent_bytes = 4 * 1024 * 1024;  ///< the same for a reader that keeps up (few at a time)
  std::size_t small_file = 32 * 1024;  ///< files up to this are kept in memory and leave in one write
  std::size_t cached_files = 512;      ///< open files (or small contents) kept per I/O thread
  std::size_t cached_bytes = 16 * 1024 * 1024;  ///< contents of small files kept per I/O thread
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;      ///< 0: any free one, see Server::port
  unsigned threads = 2;           ///< I/O threads, one io_context and one SO_REUSEPORT socket each
  std::string tls_certificate{};  ///< PEM files; both or none
  std::string tls_key{};
  std::vector<std::string> trusted_proxies{};  ///< addresses whose X-Forwarded-For and -Proto are believed
  std::vector<std::string> allowed_hosts{};    ///< empty: any Host is accepted
  Limits limits{};
};

/// Sends events to every open event stream of a topic. Thread-safe.
class Events {
 public:
  virtual ~Events() = default;
  /// `event` is one complete server-sent event, empty line included. A reader that is too slow loses old
  /// events. Events of the last two seconds also reach readers that come late, so a reader may see a state
  /// twice but never misses the last one between the snapshot in EventStreamBody::first and its own
  /// subscription.
  virtual void publish(std::string_view topic, std::string event) = 0;
};

struct Counters {
  std::uint64_t connections_open = 0;
  std::uint64_t connections_total = 0;
  std::uint64_t requests_total = 0;
  std::uint64_t bytes_sent_total = 0;
  std::uint64_t refused_total = 0;
};

/// The listener and its I/O threads. Owner: the composition root; `application` must outlive it.
class Server {
 public:
  virtual ~Server() = default;
  /// Binds and starts the threads. Throws std::system_error when the port is taken.
  /// Makes the process ignore SIGPIPE.
  static std::unique_ptr<Server> start(const ServerOptions& options, Application& application);
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  [[nodiscard]] virtual Events& events() = 0;
  [[nodiscard]] virtual Counters counters() const = 0;
  /// Stops accepting, lets requests in flight end (at most Limits::drain_deadline), joins the threads.
  /// Idempotent.
  virtual void stop() = 0;
};

}  // namespace tongxing::net
