// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/connection.hpp"

#include "server/base/log.hpp"
#include "server/http/sse.hpp"

#include <algorithm>

namespace tongxing::net {
namespace {

/// Pipelined requests served before the others of the thread have their turn.
constexpr std::uint32_t kTurnsInARow = 16;

}  // namespace

Connection::Connection(Worker& worker, Socket socket, Peer peer)
    : worker_(worker), socket_(std::move(socket)), peer_(std::move(peer)), buffer_(worker.buffers) {
  boost::system::error_code ignored;
  // sendfile(2) has no flag for it, unlike recv and send.
  socket_.native_non_blocking(true, ignored);
  worker_.enter(*this);
}

Connection::~Connection() {
  worker_.leave(*this);
}

void Connection::deadline_in(std::chrono::milliseconds time) {
  deadline_ = SteadyClock::now() + time;
  expired_ = false;
}

void Connection::check_deadline(SteadyClock::time_point now) {
  if (now < deadline_) return;
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
  if (waiting_ != nullptr) waiting_->cancel();
}

void Connection::drain() {
  boost::system::error_code ignored;
  if (idle_) socket_.cancel(ignored);
  // Event streams would never end by themselves.
  if (turn_ && std::holds_alternative<http::EventStreamBody>(turn_->response.body) && waiting_ != nullptr) {
    waiting_->cancel();
  }
}

void Connection::abandon() {
  abandoned_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (waiting_ != nullptr) waiting_->cancel();
}

/// The wait for a request's first byte is written out here, not in a coroutine of its own: nothing but this
/// frame stays while a connection is idle, and no buffer (TLS may have bytes decrypted already: there the
/// read itself waits).
Task<void> Connection::run() {
  bool more = true;
  if (worker_.shared.tls) more = co_await handshake();
  while (more) {
    if (buffer_.empty()) {
      if (!may_wait()) break;
      if (tls_) {
        more = co_await receive();
      } else {
        const auto [error] = co_await socket_.async_wait(Socket::wait_read, kAwait);
        more = !error;
        since_yield_ = 0;
      }
      idle_ = false;
      if (!more || worker_.draining()) break;
    }
    more = co_await serve();
    turn_.reset();
    buffer_.release_if_empty();
    if (++since_yield_ >= kTurnsInARow) co_await yield();
  }
  if (tls_ && !expired_ && !abandoned_) co_await say_goodbye();
  close();
}

bool Connection::may_wait() {
  if (worker_.draining() || served_ >= limits().requests_per_connection) return false;
  deadline_in(served_ == 0 ? limits().header_deadline : limits().idle_deadline);
  idle_ = true;
  return true;
}

/// One request and its answer. False: the connection ends.
Task<bool> Connection::serve() {
  turn_ = std::make_unique<Turn>(limits().header_bytes);
  const bool complete = co_await read_head();
  if (!complete) co_return false;
  no_deadline();
  ++served_;
  add(worker_.tally.requests);
  if (!accept_head()) {
    co_await send_refusal();
    co_return false;
  }
  const bool answered = co_await answer();
  if (!answered) co_return false;
  const bool sent = co_await respond();
  if (!sent) co_return false;
  if (turn_->persistence == Persistence::keep_alive) co_return true;
  co_await linger();
  co_return false;
}

Task<bool> Connection::read_head() {
  using State = RequestParser::State;
  RequestParser& parser = turn_->parser;
  deadline_in(limits().header_deadline);
  for (;;) {
    buffer_.consume(parser.put_head(buffer_.unread()));
    switch (parser.state()) {
      case State::body:
      case State::done:
        co_return true;
      case State::head:
        break;
      default:
        prepare_refusal(parser.state() == State::malformed ? 400 : 431);
        co_await send_refusal();
        co_return false;
    }
    const bool received = co_await receive();
    if (received) continue;
    if (expired_ && parser.got_some()) {
      prepare_refusal(408);
      co_await send_refusal();
    }
    co_return false;
  }
}

/// The guard, then the request as a value, then the plan. False: `turn_->response` holds the refusal.
bool Connection::accept_head() {
  Turn& turn = *turn_;
  const auto framing = http::guard(turn.parser.head(), worker_.shared.rules);
  if (!framing) {
    log::info("request_refused", {{"guard", http::to_string(framing.error())}});
    prepare_refusal(http::status_of(framing.error()));
    return false;
  }
  turn.framing = *framing;
  auto request = build_request(framing->method, turn.parser.take_target(), turn.parser.take_headers(), peer_);
  if (!request) {
    prepare_refusal(request.error());
    return false;
  }
  turn.request = std::move(*request);
  const bool last = worker_.draining() || served_ >= limits().requests_per_connection;
  if (!framing->keep_alive || last) turn.persistence = Persistence::close;
  try {
    turn.plan = worker_.shared.application.begin(turn.request);
  } catch (const std::exception& fault) {
    log::error("begin_failed", {{"error", fault.what()}});
    prepare_refusal(500);
    return false;
  }
  return true;
}

/// Fills `turn_->response`. False: the connection is beyond answering.
Task<bool> Connection::answer() {
  Turn& turn = *turn_;
  if (turn.plan.immediate) {
    turn.response = std::move(*turn.plan.immediate);
    if (turn.framing.has_body()) {
      turn.body_unread = true;
      turn.persistence = Persistence::close;
    }
    co_return true;
  }
  if (turn.framing.content_length > turn.plan.body.limit ||
      (turn.framing.chunked && turn.plan.body.limit == 0)) {
    prepare_refusal(413);
    co_return true;
  }
  if (turn.plan.body.upload) {
    const bool done = co_await upload();
    co_return done;
  }
  if (turn.framing.has_body()) {
    const bool whole = co_await read_body();
    if (!whole) co_return false;
    if (turn.body_unread) co_return true;
    if (!decode_body(turn.request)) {
      prepare_refusal(400);
      co_return true;
    }
  }
  const bool done = co_await submit_and_wait();
  co_return done;
}

Task<bool> Connection::submit_and_wait() {
  Turn& turn = *turn_;
  buffer_.release_if_empty();
  auto slot = std::make_shared<Slot<http::Response>>();
  // Method and fields are still needed for the answer (HEAD, conditions, language); the rest goes to the
  // handler.
  http::Request kept;
  kept.method = turn.request.method;
  kept.headers = turn.request.headers;
  std::swap(kept, turn.request);
  bool taken = false;
  try {
    taken = worker_.shared.application.submit(turn.plan.exchange, std::move(kept), filler(slot));
  } catch (const std::exception& fault) {
    log::error("submit_failed", {{"error", fault.what()}});
    prepare_refusal(500);
    co_return true;
  }
  if (!taken) {
    const auto persistence = turn.persistence;
    prepare_refusal(503);
    turn.persistence = persistence;
    co_return true;
  }
  auto response = co_await wait_slot(slot);
  if (!response) co_return false;
  turn.response = std::move(*response);
  co_return true;
}

Task<bool> Connection::respond() {
  Turn& turn = *turn_;
  if (worker_.draining()) turn.persistence = Persistence::close;
  if (std::holds_alternative<http::EventStreamBody>(turn.response.body)) {
    const bool streamed = co_await stream_events();
    co_return streamed;
  }
  prepare_response();
  const bool sent = co_await send();
  co_return sent;
}

void Connection::prepare_response() {
  Turn& turn = *turn_;
  const std::string& date = worker_.date();
  const Asked asked{turn.request, turn.persistence, date, worker_.wall_now(), SteadyClock::now()};
  auto out = prepare(std::move(turn.response), asked, worker_.files);
  if (!out) {
    const auto persistence = turn.persistence;
    prepare_refusal(out.error() == FileError::missing ? 404 : 503);
    turn.persistence = persistence;
    const Asked again{turn.request, persistence, date, worker_.wall_now(), SteadyClock::now()};
    // A refusal is bytes in memory; a file here would be a mistake of the application.
    if (!std::holds_alternative<std::string>(turn.response.body)) turn.response.body = std::string{};
    out = prepare(std::move(turn.response), again, worker_.files);
  }
  turn.out = std::move(*out);
}

void Connection::prepare_refusal(unsigned status) {
  Turn& turn = *turn_;
  turn.persistence = Persistence::close;
  turn.body_unread = turn.body_unread || turn.framing.has_body();
  // Before the guard has passed, the fields are still with the parser.
  const auto field = [&](std::string_view name) {
    const auto mine = turn.request.headers.get(name);
    return std::string(mine ? *mine : turn.parser.head().headers.get(name).value_or(""));
  };
  try {
    const bool wants_html = field("Accept").contains("text/html");
    turn.response = worker_.shared.application.refusal(status, field("Accept-Language"), wants_html);
  } catch (const std::exception& fault) {
    log::error("refusal_failed", {{"error", fault.what()}});
    turn.response = http::Response{status, {}, std::string{}};
  }
  if (status == 503 && !turn.response.headers.get("Retry-After"))
    turn.response.headers.add("Retry-After", "2");
}

/// Sends the refusal that `turn_->response` holds; what the client still sends is of no interest.
Task<void> Connection::send_refusal() {
  add(worker_.tally.refused);
  turn_->body_unread = true;
  const bool sent = co_await respond();
  if (sent) co_await linger();
}

/// Notices that the client of an event stream went away: it has nothing to say, so any byte or end is a
/// goodbye.
void Connection::watch_for_goodbye() {
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const boost::system::error_code&) {
    self->goodbye_ = true;
    if (self->waiting_ != nullptr) self->waiting_->cancel();
  });
}

Task<bool> Connection::stream_events() {
  Turn& turn = *turn_;
  turn.persistence = Persistence::close;
  const auto& body = std::get<http::EventStreamBody>(turn.response.body);
  turn.out.head = event_stream_head(turn.response.headers, worker_.date());
  Timer timer(worker_.io);
  // The subscriber may outlive this frame for a moment in a publishing thread, so it wakes through a slot.
  auto slot = std::make_shared<Slot<int>>();
  const Waiting waiting(*this, slot->waiting, timer);
  const auto subscriber = std::make_shared<Subscriber>(limits().event_queue, [gate = worker_.gate, slot] {
    gate->post([slot] {
      slot->value = 1;
      if (slot->waiting != nullptr) slot->waiting->cancel();
    });
  });
  if (turn.request.method != http::Method::head) {
    turn.out.own = body.first;
    turn.out.length = body.first.size();
    worker_.shared.events.subscribe(body.topic, subscriber);
  }
  bool open = co_await send();
  if (turn.request.method == http::Method::head) co_return open;
  watch_for_goodbye();
  while (open && !goodbye_ && !abandoned_ && !worker_.draining()) {
    std::string events = subscriber->take();
    if (events.empty() && !slot->value) {
      timer.expires_after(limits().heartbeat);
      const auto [error] = co_await timer.async_wait(kAwait);
      if (!error) events = http::kHeartbeat;
    }
    slot->value.reset();
    if (events.empty()) continue;
    turn.out = Outgoing{};
    turn.out.length = events.size();
    turn.out.own = std::move(events);
    open = co_await send();
  }
  co_return false;
}

}  // namespace tongxing::net
