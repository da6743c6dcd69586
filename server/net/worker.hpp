// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/guard.hpp"
#include "server/net/buffer_pool.hpp"
#include "server/net/disk_pool.hpp"
#include "server/net/event_hub.hpp"
#include "server/net/file_cache.hpp"
#include "server/net/server.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>

/// Internal to server/net: included only by the files that may include Asio.
namespace tongxing::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;
// Everything names its executor: Asio's type-erased one costs every connection memory and every wait a
// virtual call.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;

class Connection;

/// The way from other threads into an I/O thread. Outlives the io_context: whoever still holds a completion
/// function when the server is gone may call it, and nothing happens.
class Gate {
 public:
  explicit Gate(asio::io_context& io) : io_(&io) {}
  template <typename Function>
  void post(Function function) {
    const std::scoped_lock lock(mutex_);
    if (io_ != nullptr) asio::post(*io_, std::move(function));
  }
  void close() {
    const std::scoped_lock lock(mutex_);
    io_ = nullptr;
  }

 private:
  std::mutex mutex_;
  asio::io_context* io_;
};

/// Where a value from another thread arrives. Holds nothing of Asio, so that it may die on any thread.
template <typename T>
struct Slot {
  std::optional<T> value;
  Timer* waiting = nullptr;  ///< touched on the I/O thread only
};

/// What all I/O threads share.
struct Shared {
  Shared(const ServerOptions& given, Application& app) : options(given), application(app) {}
  ServerOptions options;
  Application& application;
  http::GuardRules rules;
  std::set<std::string, std::less<>> trusted_proxies;
  std::optional<asio::ssl::context> tls;
  EventHub events;
  std::atomic<std::size_t> open{0};
  std::chrono::milliseconds sweep_every{500};
  std::unique_ptr<DiskPool> disk;
};

/// One I/O thread: its io_context, its listening socket, its connections and caches. All but `start`,
/// `drain`, `join` and the counters belongs to its own thread.
class Worker {
 public:
  Worker(Shared& shared_state, Acceptor::native_handle_type listening_socket, const tcp& protocol);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  void start();
  void drain();
  void join();

  void enter(Connection& connection) noexcept;
  void leave(Connection& connection) noexcept;
  [[nodiscard]] bool draining() const noexcept { return draining_; }
  /// The value of the Date field; made once a second.
  [[nodiscard]] const std::string& date();
  [[nodiscard]] std::chrono::sys_seconds wall_now() const noexcept { return date_second_; }

  struct Tally {
    std::atomic<std::uint64_t> connections{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> bytes_sent{0};
    std::atomic<std::uint64_t> refused{0};
  };

  asio::io_context io{1};
  Shared& shared;
  std::shared_ptr<Gate> gate;
  BufferPool buffers;
  FileCache files;
  Tally tally;
  std::size_t swift_readers = 0;  ///< transfers that may hold more unsent bytes than others

 private:
  void accept_next();
  void accepted(const boost::system::error_code& error, Socket socket);
  void back_off(const boost::system::error_code& error);
  void launch(Socket socket);
  void sweep();
  void begin_drain();
  void quit_if_empty();

  Acceptor acceptor_;
  Timer sweeper_;
  Timer pause_;
  Connection* first_ = nullptr;  ///< all open connections, linked through their own members
  bool draining_ = false;
  SteadyClock::time_point drain_until_{};
  std::string date_;
  std::chrono::sys_seconds date_second_{};
  std::thread thread_;
};

/// Counts without a locked instruction: only the owning thread writes.
inline void add(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

}  // namespace tongxing::net
