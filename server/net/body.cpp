// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/log.hpp"
#include "server/net/connection.hpp"

#include <algorithm>
#include <cstring>

namespace tongxing::net {
namespace {

constexpr std::size_t kUploadPiece = 1024 * 1024;
constexpr std::size_t kFormPiece = 64 * 1024;
constexpr std::size_t kLingerBytes = 16 * 1024 * 1024;
constexpr std::chrono::milliseconds kLinger{2'000};

}  // namespace

/// Reads more bytes into the buffer. False: the client has gone, dawdles or sends more than fits.
Task<bool> Connection::receive() {
  const std::span<char> room = buffer_.reserve();
  if (room.empty()) co_return false;
  const std::size_t n = co_await read_some(room.data(), room.size());
  buffer_.received(n);
  co_return n > 0;
}

bool Connection::body_ended() const {
  const Turn& turn = *turn_;
  if (turn.framing.chunked) return turn.parser.state() == RequestParser::State::done;
  return turn.body_received >= turn.framing.content_length;
}

/// After a time of grace the body must keep up the least rate; and no pause may be longer than the slow
/// window, or a client that sent much at once could be silent for hours.
void Connection::note_body_progress() {
  using std::chrono::milliseconds;
  const auto earned =
      milliseconds(turn_->body_received * 1000 / std::max<std::size_t>(limits().min_body_rate, 1));
  const auto now = SteadyClock::now();
  deadline_ = std::min(turn_->body_since + limits().header_deadline + earned, now + limits().slow_window);
  expired_ = false;
}

/// Moves body bytes from the buffer to `turn_->piece`. False: the chunks are malformed.
bool Connection::take_buffered(std::size_t up_to) {
  Turn& turn = *turn_;
  const std::size_t before = turn.piece.size();
  if (turn.framing.chunked) {
    buffer_.consume(turn.parser.put_chunks(buffer_.unread(), turn.piece));
    if (turn.parser.state() == RequestParser::State::malformed) return false;
  } else {
    const auto left = turn.framing.content_length - turn.body_received;
    const auto size = std::min({buffer_.unread().size(), up_to, static_cast<std::size_t>(left)});
    const auto* begin = reinterpret_cast<const std::byte*>(buffer_.unread().data());
    turn.piece.insert(turn.piece.end(), begin, begin + size);
    buffer_.consume(size);
  }
  turn.body_received += turn.piece.size() - before;
  return true;
}

/// Brings `turn_->piece` to `up_to` bytes (chunked bodies: a little more) or to the end of the body. False:
/// the client has gone or dawdles, or the chunks are malformed (then expired_ is not set and the parser says
/// so).
Task<bool> Connection::read_piece(std::size_t up_to) {
  Turn& turn = *turn_;
  for (;;) {
    if (!take_buffered(up_to - std::min(up_to, turn.piece.size()))) co_return false;
    if (body_ended() || turn.piece.size() >= up_to) co_return true;
    note_body_progress();
    if (turn.framing.chunked) {
      const bool received = co_await receive();
      if (!received) co_return false;
      continue;
    }
    // A body of known length is read straight to where it is wanted.
    const std::size_t have = turn.piece.size();
    const auto left = turn.framing.content_length - turn.body_received;
    const auto room = std::min({up_to - have, kFormPiece, static_cast<std::size_t>(left)});
    turn.piece.resize(have + room);
    auto* to = reinterpret_cast<char*>(turn.piece.data() + have);
    const std::size_t n = co_await read_some(to, room);
    turn.piece.resize(have + n);
    turn.body_received += n;
    if (n == 0) co_return false;
  }
}

Task<bool> Connection::send_continue() {
  if (!turn_->framing.expect_continue || !buffer_.empty()) co_return true;
  turn_->out = Outgoing{};
  turn_->out.head = "HTTP/1.1 100 Continue\r\n\r\n";
  const bool sent = co_await send();
  co_return sent;
}

/// Reads a body that is to be whole in memory. True with `body_unread` set: `turn_->response` holds a
/// refusal.
Task<bool> Connection::read_body() {
  Turn& turn = *turn_;
  const bool ready = co_await send_continue();
  if (!ready) co_return false;
  turn.body_since = SteadyClock::now();
  const std::size_t limit = turn.plan.body.limit;
  if (!turn.framing.chunked)
    turn.piece.reserve(std::min<std::size_t>(turn.framing.content_length, kFormPiece));
  while (!body_ended() && turn.piece.size() <= limit) {
    const std::size_t want = std::min(limit + 1, turn.piece.size() + kFormPiece);
    const bool read = co_await read_piece(want);
    if (read) continue;
    const bool malformed = turn.parser.state() == RequestParser::State::malformed;
    if (!malformed && !expired_) co_return false;
    prepare_refusal(malformed ? 400 : 408);
    add(worker_.tally.refused);
    co_return true;
  }
  no_deadline();
  if (turn.piece.size() > limit) {
    prepare_refusal(413);
    co_return true;
  }
  turn.request.body.assign(reinterpret_cast<const char*>(turn.piece.data()), turn.piece.size());
  turn.piece = {};
  co_return true;
}

/// Opens the sink, streams the body into it, and fills `turn_->response` with what it answers.
Task<bool> Connection::upload() {
  Turn& turn = *turn_;
  using Opened = std::variant<std::unique_ptr<UploadSink>, http::Response>;
  auto slot = std::make_shared<Slot<Opened>>();
  http::Request head = turn.request;
  bool taken = false;
  try {
    taken = worker_.shared.application.open_upload(turn.plan.exchange, std::move(head), filler(slot));
  } catch (const std::exception& fault) {
    log::error("open_upload_failed", {{"error", fault.what()}});
    prepare_refusal(500);
    co_return true;
  }
  if (!taken) {
    prepare_refusal(503);
    co_return true;
  }
  auto opened = co_await wait_slot(slot);
  if (!opened) co_return false;
  if (auto* refusal = std::get_if<http::Response>(&*opened)) {
    turn.response = std::move(*refusal);
    turn.body_unread = turn.framing.has_body();
    if (turn.body_unread) turn.persistence = Persistence::close;
    co_return true;
  }
  auto sink = std::move(std::get<std::unique_ptr<UploadSink>>(*opened));
  turn.sink = std::make_shared<SinkTask>(*worker_.shared.disk, std::move(sink));
  const bool whole = co_await pump_upload();
  auto result = std::make_shared<Slot<http::Response>>();
  turn.sink->finish(whole, filler(result));
  const bool gone = !whole && !turn.body_unread;
  // Nobody waits for the answer of an upload whose client went away.
  if (gone) co_return false;
  auto response = co_await wait_slot(result);
  if (!response) co_return false;
  turn.response = std::move(*response);
  if (turn.body_unread) turn.persistence = Persistence::close;
  co_return true;
}

/// True: the body is complete. False with `body_unread`: the sink wants no more; false without: the client
/// has gone.
Task<bool> Connection::pump_upload() {
  Turn& turn = *turn_;
  struct Written {
    bool wanted;
    std::vector<std::byte> piece;
  };
  const bool ready = co_await send_continue();
  if (!ready) co_return false;
  turn.body_since = SteadyClock::now();
  bool read = true;
  while (read && !(body_ended() && turn.piece.empty())) {
    read = co_await read_piece(kUploadPiece);
    no_deadline();
    if (turn.body_received > turn.plan.body.limit) {
      turn.body_unread = true;
      co_return false;
    }
    if (turn.piece.empty()) continue;
    const auto began = SteadyClock::now();
    auto slot = std::make_shared<Slot<Written>>();
    turn.sink->write(std::move(turn.piece),
                     [fill = filler(slot)](bool wanted, std::vector<std::byte> piece) mutable {
                       fill(Written{wanted, std::move(piece)});
                     });
    auto written = co_await wait_slot(slot);
    if (!written) co_return false;
    // The memory of the piece is used again; the disk's time is not the client's.
    turn.piece = std::move(written->piece);
    turn.piece.clear();
    turn.body_since += SteadyClock::now() - began;
    if (!written->wanted) {
      turn.body_unread = true;
      co_return false;
    }
  }
  co_return read&& body_ended();
}

/// Closing a socket with unread bytes would reset the connection, and the client might never see the answer:
/// so ends our side first and reads what still comes, for a short time.
Task<void> Connection::linger() {
  if (!turn_->body_unread && buffer_.empty()) co_return;
  if (tls_) co_return;
  boost::system::error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  deadline_in(kLinger);
  std::size_t total = 0;
  while (!error && total < kLingerBytes && !worker_.draining()) {
    buffer_.release();
    const std::span<char> room = buffer_.reserve();
    const std::size_t n = co_await read_some(room.data(), room.size());
    if (n == 0) break;
    total += n;
  }
  buffer_.release();
}

}  // namespace tongxing::net
