// SPDX-License-Identifier: GPL-3.0-or-later
// Serves a folder through server/net and nothing else: net_bench_server FOLDER [PORT [THREADS]]. Prints "port
// N" when it is ready; ends on SIGTERM or SIGINT. The benches compare it with nginx over the same files.
#include "server/net/application.hpp"
#include "server/net/server.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>

namespace {

using namespace tongxing;

class Folder final : public net::Application {
 public:
  explicit Folder(std::filesystem::path root) : root_(std::move(root)) {}

  net::Plan begin(const http::Request& head) override {
    net::Plan plan;
    http::Response response{
        200, {}, http::FileBody{root_ / head.path.substr(1), {}, std::chrono::minutes(1)}};
    response.headers.add("Content-Type", "application/octet-stream");
    plan.immediate = std::make_unique<http::Response>(std::move(response));
    return plan;
  }
  bool submit(std::shared_ptr<net::Exchange> /*exchange*/, http::Request /*request*/,
              std::move_only_function<void(http::Response)> /*done*/) override {
    return false;
  }
  bool open_upload(
      std::shared_ptr<net::Exchange> /*exchange*/, http::Request /*head*/,
      std::move_only_function<void(std::variant<std::unique_ptr<net::UploadSink>, http::Response>)>
      /*done*/) override {
    return false;
  }
  http::Response refusal(unsigned status, std::string_view /*accept_language*/,
                         bool /*wants_html*/) override {
    return http::Response{status, {}, std::to_string(status)};
  }

 private:
  std::filesystem::path root_;
};

int serve(const std::filesystem::path& folder, const net::ServerOptions& options) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  Folder application(folder);
  const auto server = net::Server::start(options, application);
  std::printf("port %u\n", static_cast<unsigned>(server->port()));
  std::fflush(stdout);
  int which = 0;
  sigwait(&ends, &which);
  server->stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: net_bench_server FOLDER [PORT [THREADS]]\n");
    return 2;
  }
  net::ServerOptions options;
  options.port = argc > 2 ? static_cast<std::uint16_t>(std::atoi(argv[2])) : std::uint16_t{0};
  if (argc > 3) options.threads = static_cast<unsigned>(std::atoi(argv[3]));
  options.limits.connections = 20'000;
  options.limits.requests_per_connection = 10'000'000;
  options.limits.idle_deadline = std::chrono::minutes(10);
  options.limits.slow_window = std::chrono::minutes(10);
  const auto tune = [](const char* name, std::size_t& limit) {
    if (const char* value = std::getenv(name)) limit = static_cast<std::size_t>(std::atol(value));
  };
  tune("TONGXING_UNSENT", options.limits.unsent_bytes);
  tune("TONGXING_SWIFT", options.limits.swift_unsent_bytes);
  tune("TONGXING_SMALL", options.limits.small_file);
  try {
    return serve(argv[1], options);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
  }
}
