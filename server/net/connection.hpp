// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/outgoing.hpp"
#include "server/net/parser.hpp"
#include "server/net/request_builder.hpp"
#include "server/net/worker.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

/// Internal to server/net: included only by the files that may include Asio.
namespace tongxing::net {

template <typename T>
using Task = asio::awaitable<T, Executor>;
inline constexpr auto kAwait = asio::as_tuple(asio::use_awaitable_t<Executor>{});

/// One request on its way through a connection. Exists only while there is one, so that idle connections stay
/// small.
struct Turn {
  explicit Turn(std::size_t head_limit) : parser(head_limit) {}
  RequestParser parser;
  http::Framing framing;
  http::Request request;
  Plan plan;
  http::Response response;
  Outgoing out;
  Persistence persistence = Persistence::keep_alive;
  std::vector<std::byte> piece;     ///< body bytes that were read and not used yet
  std::uint64_t body_received = 0;  ///< content bytes, without chunk framing
  SteadyClock::time_point body_since{};
  std::shared_ptr<SinkTask> sink;
  bool body_unread = false;  ///< some of the body is still in the socket: linger before closing
};

/// A client's connection, served by one coroutine on one I/O thread. Coroutines take no parameters but values
/// and keep all state here, so that nothing dangles. `shared_from_this` is held by the coroutine's completion
/// handler.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Worker& worker, Socket socket, Peer peer);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  [[nodiscard]] Task<void> run();

  /// Called by the sweeper: ends what takes too long.
  void check_deadline(SteadyClock::time_point now);
  /// The server stops: an idle connection ends now, a busy one after its answer.
  void drain();
  /// The drain deadline has passed: everything ends now.
  void abandon();

  Connection* next = nullptr;
  Connection* previous = nullptr;

 private:
  // connection.cpp: the order of things
  [[nodiscard]] bool may_wait();
  Task<bool> serve();
  Task<bool> read_head();
  [[nodiscard]] bool accept_head();
  Task<bool> answer();
  Task<bool> submit_and_wait();
  Task<bool> respond();
  Task<bool> stream_events();
  Task<void> send_refusal();
  void prepare_refusal(unsigned status);
  void prepare_response();
  void watch_for_goodbye();

  // body.cpp: what comes in
  Task<bool> receive();
  Task<bool> read_body();
  Task<bool> read_piece(std::size_t up_to);
  Task<bool> upload();
  Task<bool> pump_upload();
  Task<bool> send_continue();
  Task<void> linger();
  [[nodiscard]] bool body_ended() const;
  void note_body_progress();
  bool take_buffered(std::size_t up_to);

  // transfer.cpp: what goes out, and the socket itself
  Task<bool> handshake();
  Task<bool> wait_for(Socket::wait_type what);
  Task<std::size_t> read_some(char* to, std::size_t room);
  Task<bool> send();
  Task<bool> send_memory();
  Task<bool> send_file();
  Task<bool> send_tls();
  Task<bool> send_tls_bytes(const char* data, std::size_t size);
  Task<void> yield();
  void note_sent(std::size_t bytes);
  void start_send_clock();
  Task<void> say_goodbye();
  void close();

  void deadline_in(std::chrono::milliseconds time);
  void no_deadline() noexcept { deadline_ = SteadyClock::time_point::max(); }
  [[nodiscard]] const Limits& limits() const noexcept { return worker_.shared.options.limits; }

  /// Waits for another thread to fill the slot. Nothing: the server gave up waiting.
  template <typename T>
  Task<std::optional<T>> wait_slot(std::shared_ptr<Slot<T>> slot);
  /// The function that fills the slot, callable once from any thread at any time.
  template <typename T>
  [[nodiscard]] auto filler(const std::shared_ptr<Slot<T>>& slot);

  /// Makes a timer known to those who may end the wait, for as long as the wait lasts.
  class Waiting {
   public:
    Waiting(Connection& connection, Timer*& slot, Timer& timer) : connection_(connection), slot_(slot) {
      slot_ = connection_.waiting_ = &timer;
    }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() { slot_ = connection_.waiting_ = nullptr; }

   private:
    Connection& connection_;
    Timer*& slot_;
  };

  Worker& worker_;
  Socket socket_;
  std::unique_ptr<asio::ssl::stream<Socket&>> tls_;
  Peer peer_;
  ReadBuffer buffer_;
  std::unique_ptr<Turn> turn_;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  SteadyClock::time_point window_began_{};
  std::size_t window_sent_ = 0;
  Timer* waiting_ = nullptr;  ///< the timer that stands for a wait on another thread
  std::uint32_t served_ = 0;
  std::uint32_t since_yield_ = 0;
  bool idle_ = false;
  bool expired_ = false;
  bool abandoned_ = false;
  bool unsent_raised_ = false;  ///< the socket may hold more unsent bytes than usual
  bool goodbye_ = false;        ///< the client of an event stream has gone
};

template <typename T>
Task<std::optional<T>> Connection::wait_slot(std::shared_ptr<Slot<T>> slot) {
  if (!slot->value && !abandoned_) {
    Timer timer(worker_.io, SteadyClock::time_point::max());
    const Waiting waiting(*this, slot->waiting, timer);
    co_await timer.async_wait(kAwait);
  }
  co_return std::move(slot->value);
}

template <typename T>
auto Connection::filler(const std::shared_ptr<Slot<T>>& slot) {
  return [gate = worker_.gate, slot](T value) mutable {
    gate->post([slot = std::move(slot), value = std::move(value)]() mutable {
      slot->value.emplace(std::move(value));
      if (slot->waiting != nullptr) slot->waiting->cancel();
    });
  };
}

}  // namespace tongxing::net
