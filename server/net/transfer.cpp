// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tongxing::net {
namespace {

/// After so many bytes in one go the others of the thread have their turn.
constexpr std::size_t kFairShare = 4 * 1024 * 1024;
constexpr std::size_t kTlsChunk = 64 * 1024;

bool would_block(int error) noexcept {
  return error == EAGAIN || error == EWOULDBLOCK;
}

/// How many unsent bytes the kernel may hold for one transfer. The small measure of the listening socket
/// makes stalled readers cheap, but a swift reader would be woken for every 64 KB and cost up to three times
/// the processor time. So a reader that keeps up gets more, as long as it keeps up and few others have it. A
/// connection that was swift begins its next transfer so: most are a player's, segment after segment.
class UnsentAllowance {
 public:
  /// `raised`: whether the socket has the larger measure; outlives the transfer.
  UnsentAllowance(int socket, bool& raised, std::uint64_t length, std::size_t& swift_readers,
                  const Limits& limits)
      : socket_(socket), raised_(raised), swift_readers_(swift_readers), limits_(limits) {
    if (!raised_) return;
    counted_ = length > kWorthIt && swift_readers_ < kMostSwift;
    if (counted_) {
      ++swift_readers_;
    } else if (length > kWorthIt) {
      set(false);
    }
  }
  UnsentAllowance(const UnsentAllowance&) = delete;
  UnsentAllowance& operator=(const UnsentAllowance&) = delete;
  ~UnsentAllowance() {
    if (counted_) --swift_readers_;
  }

  /// After a wait for room in the socket.
  void waited(SteadyClock::duration time, std::uint64_t left) {
    if (time > kSlow && counted_) {
      counted_ = false;
      --swift_readers_;
      set(false);
    } else if (time < kSwift && !counted_ && left > kWorthIt && swift_readers_ < kMostSwift) {
      counted_ = true;
      ++swift_readers_;
      set(true);
    }
  }

 private:
  static constexpr std::chrono::milliseconds kSwift{250};
  static constexpr std::chrono::milliseconds kSlow{1000};
  static constexpr std::uint64_t kWorthIt = 128 * 1024;
  static constexpr std::size_t kMostSwift = 32;

  void set(bool raise) noexcept {
    const auto bytes = static_cast<int>(raise ? limits_.swift_unsent_bytes : limits_.unsent_bytes);
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes, sizeof bytes);
    raised_ = raise;
  }

  int socket_;
  bool& raised_;
  std::size_t& swift_readers_;
  const Limits& limits_;
  bool counted_ = false;
};

std::size_t unsigned_size(ssize_t n) noexcept {
  return static_cast<std::size_t>(n);
}

}  // namespace

Task<bool> Connection::handshake() {
  tls_ = std::make_unique<asio::ssl::stream<Socket&>>(socket_, *worker_.shared.tls);
  deadline_in(limits().header_deadline);
  const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::server, kAwait);
  co_return !error;
}

Task<bool> Connection::wait_for(Socket::wait_type what) {
  const auto [error] = co_await socket_.async_wait(what, kAwait);
  co_return !error;
}

Task<void> Connection::yield() {
  since_yield_ = 0;
  co_await asio::post(worker_.io.get_executor(), kAwait);
}

/// The number of bytes read; 0: end, error or deadline.
Task<std::size_t> Connection::read_some(char* to, std::size_t room) {
  if (tls_) {
    const asio::mutable_buffer target(to, room);
    const auto [error, n] = co_await tls_->async_read_some(target, kAwait);
    co_return error ? 0 : n;
  }
  for (;;) {
    const ssize_t n = ::recv(socket_.native_handle(), to, room, MSG_DONTWAIT);
    if (n >= 0) co_return unsigned_size(n);
    if (errno == EINTR) continue;
    if (!would_block(errno)) co_return 0;
    const bool ready = co_await wait_for(Socket::wait_read);
    if (!ready) co_return 0;
  }
}

void Connection::start_send_clock() {
  window_sent_ = 0;
  deadline_in(limits().slow_window);
}

/// A reader that takes less than the least rate over a window is let go; one that takes more gets a new
/// window.
void Connection::note_sent(std::size_t bytes) {
  add(worker_.tally.bytes_sent, bytes);
  window_sent_ += bytes;
  const auto window = static_cast<std::size_t>(limits().slow_window.count());
  if (window_sent_ * 1000 >= limits().min_send_rate * window) start_send_clock();
}

/// Sends `turn_->out` whole. False: the client has gone or is too slow.
Task<bool> Connection::send() {
  bool sent = false;
  start_send_clock();
  if (tls_) {
    sent = co_await send_tls();
  } else {
    sent = co_await send_memory();
    if (sent && turn_->out.file && turn_->out.length > 0) sent = co_await send_file();
  }
  no_deadline();
  co_return sent;
}

/// Head and body in one system call where the socket takes them.
Task<bool> Connection::send_memory() {
  const Outgoing& out = turn_->out;
  std::string_view head = out.head;
  std::string_view body = out.memory();
  // More follows from the file: the kernel need not push the head in a packet of its own.
  const int flags = MSG_NOSIGNAL | MSG_DONTWAIT | (out.file && out.length > 0 ? MSG_MORE : 0);
  while (!head.empty() || !body.empty()) {
    std::array<iovec, 2> parts{
        {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const ssize_t n = ::sendmsg(socket_.native_handle(), &message, flags);
    if (n >= 0) {
      const std::size_t of_head = std::min(unsigned_size(n), head.size());
      head.remove_prefix(of_head);
      body.remove_prefix(unsigned_size(n) - of_head);
      note_sent(unsigned_size(n));
      continue;
    }
    if (errno == EINTR) continue;
    if (!would_block(errno)) co_return false;
    const bool ready = co_await wait_for(Socket::wait_write);
    if (!ready) co_return false;
  }
  co_return true;
}

Task<bool> Connection::send_file() {
  const Outgoing& out = turn_->out;
  const int descriptor = out.file->descriptor.get();
  UnsentAllowance allowance(socket_.native_handle(), unsent_raised_, out.length, worker_.swift_readers,
                            limits());
  auto offset = static_cast<off_t>(out.offset);
  std::uint64_t left = out.length;
  std::size_t in_a_row = 0;
  while (left > 0) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(left, kFairShare));
    const ssize_t n = ::sendfile(socket_.native_handle(), descriptor, &offset, want);
    if (n > 0) {
      left -= unsigned_size(n);
      in_a_row += unsigned_size(n);
      note_sent(unsigned_size(n));
      if (in_a_row < kFairShare || left == 0) continue;
      in_a_row = 0;
      co_await yield();
      if (expired_ || abandoned_) co_return false;
      continue;
    }
    // 0: the file was cut after we promised its length; the only honest end is to close.
    if (n == 0) co_return false;
    if (errno == EINTR) continue;
    if (!would_block(errno)) co_return false;
    in_a_row = 0;
    const auto began = SteadyClock::now();
    const bool ready = co_await wait_for(Socket::wait_write);
    if (!ready) co_return false;
    allowance.waited(SteadyClock::now() - began, left);
  }
  co_return true;
}

Task<bool> Connection::send_tls_bytes(const char* data, std::size_t size) {
  while (size > 0) {
    const asio::const_buffer bytes(data, size);
    const auto [error, n] = co_await tls_->async_write_some(bytes, kAwait);
    if (error) co_return false;
    note_sent(n);
    data += n;
    size -= n;
  }
  co_return true;
}

Task<bool> Connection::send_tls() {
  Outgoing& out = turn_->out;
  // One record for head and small body instead of two.
  const std::string_view body = out.memory();
  out.head.append(body.substr(0, std::min(body.size(), kTlsChunk)));
  const std::string_view rest = body.substr(std::min(body.size(), kTlsChunk));
  bool sent = co_await send_tls_bytes(out.head.data(), out.head.size());
  if (sent && !rest.empty()) sent = co_await send_tls_bytes(rest.data(), rest.size());
  if (!sent || !out.file) co_return sent;
  std::vector<char> chunk(static_cast<std::size_t>(std::min<std::uint64_t>(kTlsChunk, out.length)));
  std::uint64_t done = 0;
  while (done < out.length) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size(), out.length - done));
    const ssize_t n =
        ::pread(out.file->descriptor.get(), chunk.data(), want, static_cast<off_t>(out.offset + done));
    if (n <= 0) co_return false;
    done += unsigned_size(n);
    sent = co_await send_tls_bytes(chunk.data(), unsigned_size(n));
    if (!sent) co_return false;
  }
  co_return true;
}

/// TLS close_notify, so that the client can tell the end from a cut.
Task<void> Connection::say_goodbye() {
  deadline_in(std::chrono::seconds(1));
  co_await tls_->async_shutdown(kAwait);
}

void Connection::close() {
  boost::system::error_code ignored;
  no_deadline();
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
}

}  // namespace tongxing::net
