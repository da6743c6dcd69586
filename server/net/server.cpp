// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/server.hpp"

#include "server/base/log.hpp"
#include "server/http/date.hpp"
#include "server/http/text.hpp"
#include "server/net/connection.hpp"

#include <algorithm>
#include <csignal>
#include <system_error>

#include <boost/asio/co_spawn.hpp>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace tongxing::net {
namespace {

constexpr int kBacklog = 4096;
constexpr unsigned kDiskThreads = 2;

void set_option(int socket, int level, int name, int value) {
  if (::setsockopt(socket, level, name, &value, sizeof value) != 0) {
    throw std::system_error(errno, std::generic_category(), "setsockopt");
  }
}

enum class Sharing { none, among_workers };

/// A bound socket, not yet listening. Accepted sockets inherit the TCP options.
FileDescriptor bind_socket(const tcp::endpoint& where, std::size_t unsent_bytes, Sharing sharing) {
  FileDescriptor socket(::socket(where.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) throw std::system_error(errno, std::generic_category(), "socket");
  set_option(socket.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (sharing == Sharing::among_workers) set_option(socket.get(), SOL_SOCKET, SO_REUSEPORT, 1);
  set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(socket.get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, static_cast<int>(unsent_bytes));
  if (where.protocol() == tcp::v6()) set_option(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, 0);
  if (::bind(socket.get(), where.data(), static_cast<socklen_t>(where.size())) != 0) {
    throw std::system_error(errno, std::generic_category(), "bind");
  }
  return socket;
}

std::uint16_t bound_port(int socket) {
  tcp::endpoint endpoint;
  socklen_t size = static_cast<socklen_t>(endpoint.capacity());
  if (::getsockname(socket, endpoint.data(), &size) != 0) {
    throw std::system_error(errno, std::generic_category(), "getsockname");
  }
  endpoint.resize(size);
  return endpoint.port();
}

asio::ssl::context make_tls(const ServerOptions& options) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                      asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                      asio::ssl::context::no_tlsv1_1 | asio::ssl::context::single_dh_use);
  ::SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  ::SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  context.use_certificate_chain_file(options.tls_certificate);
  context.use_private_key_file(options.tls_key, asio::ssl::context::pem);
  return context;
}

/// Often enough that no deadline is missed by more than about a quarter.
std::chrono::milliseconds sweep_interval(const Limits& limits) {
  const auto shortest =
      std::min({limits.header_deadline, limits.idle_deadline, limits.slow_window, limits.drain_deadline});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), http::ascii_lower);
  return text;
}

}  // namespace

// ---- Worker ----

Worker::Worker(Shared& shared_state, Acceptor::native_handle_type listening_socket, const tcp& protocol)
    : shared(shared_state),
      gate(std::make_shared<Gate>(io)),
      files({shared.options.limits.cached_files, shared.options.limits.cached_bytes,
             shared.options.limits.small_file}),
      acceptor_(io, protocol, listening_socket),
      sweeper_(io),
      pause_(io) {}

Worker::~Worker() {
  join();
  gate->close();
}

void Worker::start() {
  accept_next();
  sweep();
  thread_ = std::thread([this] {
    // An exception here is a fault of ours that no connection owns; the others go on.
    while (!io.stopped()) {
      try {
        io.run();
      } catch (const std::exception& fault) {
        log::error("io_thread_fault", {{"error", fault.what()}});
      }
    }
  });
}

void Worker::drain() {
  gate->post([this] { begin_drain(); });
}

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

void Worker::enter(Connection& connection) noexcept {
  connection.next = first_;
  if (first_ != nullptr) first_->previous = &connection;
  first_ = &connection;
}

void Worker::leave(Connection& connection) noexcept {
  if (connection.previous != nullptr) connection.previous->next = connection.next;
  if (connection.next != nullptr) connection.next->previous = connection.previous;
  if (first_ == &connection) first_ = connection.next;
  shared.open.fetch_sub(1, std::memory_order_relaxed);
  quit_if_empty();
}

const std::string& Worker::date() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (now != date_second_ || date_.empty()) {
    date_second_ = now;
    date_ = http::format_http_date(now);
  }
  return date_;
}

void Worker::accept_next() {
  acceptor_.async_accept(io, [this](const boost::system::error_code& error, Socket socket) {
    accepted(error, std::move(socket));
  });
}

void Worker::accepted(const boost::system::error_code& error, Socket socket) {
  if (draining_ || error == asio::error::operation_aborted) return;
  if (error) {
    back_off(error);
    return;
  }
  launch(std::move(socket));
  accept_next();
}

/// Out of descriptors or memory: the waiting connection stays in the queue, so trying again at once would
/// spin.
void Worker::back_off(const boost::system::error_code& error) {
  const bool exhausted = error == boost::system::errc::too_many_files_open ||
                         error == boost::system::errc::too_many_files_open_in_system ||
                         error == boost::system::errc::no_buffer_space ||
                         error == boost::system::errc::not_enough_memory;
  if (!exhausted) {
    accept_next();
    return;
  }
  log::warning("accept_paused", {{"error", error.message()}});
  pause_.expires_after(std::chrono::milliseconds(100));
  pause_.async_wait([this](const boost::system::error_code& stopped) {
    if (!stopped && !draining_) accept_next();
  });
}

void Worker::launch(Socket socket) {
  if (shared.open.fetch_add(1, std::memory_order_relaxed) >= shared.options.limits.connections) {
    shared.open.fetch_sub(1, std::memory_order_relaxed);
    add(tally.refused);
    static constexpr std::string_view kFull =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: "
        "0\r\n\r\n";
    if (!shared.tls) ::send(socket.native_handle(), kFull.data(), kFull.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return;
  }
  add(tally.connections);
  boost::system::error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  Peer peer;
  peer.address = error ? "" : canonical_address(endpoint.address().to_string());
  peer.tls = shared.tls.has_value();
  peer.trusted_proxy = shared.trusted_proxies.contains(peer.address);
  auto connection = std::make_shared<Connection>(*this, std::move(socket), std::move(peer));
  asio::co_spawn(io, connection->run(), [connection](const std::exception_ptr& fault) {
    if (!fault) return;
    try {
      std::rethrow_exception(fault);
    } catch (const std::exception& what) {
      log::error("connection_fault", {{"error", what.what()}});
    }
  });
}

void Worker::sweep() {
  const auto now = SteadyClock::now();
  const bool give_up = draining_ && now >= drain_until_;
  for (Connection* at = first_; at != nullptr;) {
    Connection* following = at->next;
    if (give_up) {
      at->abandon();
    } else {
      at->check_deadline(now);
    }
    at = following;
  }
  // A cancelled timer whose handler was already queued comes here all the same.
  if (draining_ && first_ == nullptr) return;
  sweeper_.expires_after(shared.sweep_every);
  sweeper_.async_wait([this](const boost::system::error_code& stopped) {
    if (!stopped) sweep();
  });
}

void Worker::begin_drain() {
  if (draining_) return;
  draining_ = true;
  drain_until_ = SteadyClock::now() + shared.options.limits.drain_deadline;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  for (Connection* at = first_; at != nullptr; at = at->next) at->drain();
  quit_if_empty();
}

/// With the last connection gone and nothing to sweep, the io_context runs out of work and its thread ends.
void Worker::quit_if_empty() {
  if (draining_ && first_ == nullptr) sweeper_.cancel();
}

// ---- Server ----

namespace {

class ServerImpl final : public Server {
 public:
  ServerImpl(const ServerOptions& options, Application& application) : shared_(options, application) {
    // sendfile(2) has no MSG_NOSIGNAL: without this, a client that hangs up would end the program.
    std::signal(SIGPIPE, SIG_IGN);
    prepare_rules();
    if (!options.tls_certificate.empty()) shared_.tls.emplace(make_tls(options));
    shared_.disk = std::make_unique<DiskPool>(kDiskThreads);
    listen();
    for (auto& worker : workers_) worker->start();
  }
  ServerImpl(const ServerImpl&) = delete;
  ServerImpl& operator=(const ServerImpl&) = delete;
  ~ServerImpl() override { stop(); }

  [[nodiscard]] std::uint16_t port() const override { return port_; }
  [[nodiscard]] Events& events() override { return shared_.events; }

  [[nodiscard]] Counters counters() const override {
    Counters sum;
    sum.connections_open = shared_.open.load(std::memory_order_relaxed);
    for (const auto& worker : workers_) {
      sum.connections_total += worker->tally.connections.load(std::memory_order_relaxed);
      sum.requests_total += worker->tally.requests.load(std::memory_order_relaxed);
      sum.bytes_sent_total += worker->tally.bytes_sent.load(std::memory_order_relaxed);
      sum.refused_total += worker->tally.refused.load(std::memory_order_relaxed);
    }
    return sum;
  }

  void stop() override {
    const std::scoped_lock lock(stopping_);
    for (auto& worker : workers_) worker->drain();
    for (auto& worker : workers_) worker->join();
    // Uploads that were cut off are still being made durable.
    shared_.disk.reset();
  }

 private:
  void prepare_rules() {
    shared_.rules.max_fields = shared_.options.limits.header_fields;
    for (const auto& host : shared_.options.allowed_hosts) shared_.rules.allowed_hosts.push_back(lower(host));
    for (const auto& proxy : shared_.options.trusted_proxies) {
      shared_.trusted_proxies.insert(canonical_address(proxy));
    }
    shared_.trusted_proxies.erase("");
    shared_.sweep_every = sweep_interval(shared_.options.limits);
  }

  void listen() {
    tcp::endpoint where(asio::ip::make_address(shared_.options.address), shared_.options.port);
    const std::size_t unsent = shared_.options.limits.unsent_bytes;
    {
      // Without SO_REUSEPORT first: else a second server could quietly share the port of the first.
      const FileDescriptor probe = bind_socket(where, unsent, Sharing::none);
      where.port(bound_port(probe.get()));
    }
    port_ = where.port();
    for (unsigned i = 0; i < std::max(1U, shared_.options.threads); ++i) {
      FileDescriptor socket = bind_socket(where, unsent, Sharing::among_workers);
      if (::listen(socket.get(), kBacklog) != 0)
        throw std::system_error(errno, std::generic_category(), "listen");
      workers_.push_back(std::make_unique<Worker>(shared_, socket.release(), where.protocol()));
    }
  }

  Shared shared_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::uint16_t port_ = 0;
  std::mutex stopping_;
};

}  // namespace

std::unique_ptr<Server> Server::start(const ServerOptions& options, Application& application) {
  return std::make_unique<ServerImpl>(options, application);
}

}  // namespace tongxing::net
