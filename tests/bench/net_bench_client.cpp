// SPDX-License-Identifier: GPL-3.0-or-later
// Opens many connections and holds them: net_bench_client idle|stalled PORT COUNT PATH. Idle ones have made
// one request and read its answer; stalled ones have asked for a large file and read nothing. Prints "ready
// N" and waits for the end of its standard input.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

int open_connection(unsigned port, std::size_t number) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  // A few source addresses: one has only 28,000 ports.
  sockaddr_in from{};
  from.sin_family = AF_INET;
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<unsigned>(number % 4));
  const int on = 1;
  ::setsockopt(fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &on, sizeof on);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
      ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

bool read_answer(int fd) {
  std::array<char, 65536> chunk{};
  pollfd waiting{fd, POLLIN, 0};
  if (::poll(&waiting, 1, 10'000) <= 0) return false;
  return ::recv(fd, chunk.data(), chunk.size(), 0) > 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: net_bench_client idle|stalled PORT COUNT PATH\n");
    return 2;
  }
  const bool idle = std::string_view(argv[1]) == "idle";
  const auto port = static_cast<unsigned>(std::atoi(argv[2]));
  const auto count = static_cast<std::size_t>(std::atoi(argv[3]));
  const std::string request = "GET " + std::string(argv[4]) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  std::vector<int> sockets;
  std::size_t ready = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int fd = open_connection(port, i);
    if (fd < 0) break;
    sockets.push_back(fd);
    if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
      break;
    if (idle && !read_answer(fd)) break;
    ++ready;
  }
  std::printf("ready %zu\n", ready);
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  for (const int fd : sockets) ::close(fd);
  return 0;
}
