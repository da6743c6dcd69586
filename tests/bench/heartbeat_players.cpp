// SPDX-License-Identifier: GPL-3.0-or-later
// Plays a lesson as many learners at once, over HTTP on loopback: each has its own connection and session,
// starts a playback session, then sends its next heartbeat as soon as the last one was acknowledged. Bounded
// in time.
//   heartbeat_players PORT LESSON SECONDS < file with one session token a line
// Prints one JSON object.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

struct Player {
  int socket = -1;
  std::string token;
  std::string playback;  ///< playback session, once started
  std::int64_t seq = 0;
  std::int64_t at_ms = 0;
  std::string in;
  Clock::time_point sent{};
  Clock::time_point last_ack{};
};

struct Figures {
  std::int64_t acknowledged = 0;
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::vector<std::uint32_t> latency_us;
};

int connect_to(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    std::perror("connect");
    std::exit(1);
  }
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

void post(Player& player, std::uint16_t port, const std::string& path, const std::string& body) {
  std::string request =
      "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
      "\r\nCookie: tongxing_session=" + player.token +
      "\r\nX-CSRF: 1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;
  player.sent = Clock::now();
  if (::send(player.socket, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    std::perror("send");
    std::exit(1);
  }
}

void send_heartbeat(Player& player, std::uint16_t port) {
  const auto now = Clock::now();
  const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(now - player.last_ack).count();
  const std::int64_t step = std::max<std::int64_t>(1, wall);
  const std::string body =
      "{\"seq\":" + std::to_string(++player.seq) + ",\"from_ms\":" + std::to_string(player.at_ms) +
      ",\"to_ms\":" + std::to_string(player.at_ms + step) + ",\"wall_ms\":" + std::to_string(step) +
      ",\"form\":\"plain\",\"speed_percent\":100}";
  player.at_ms += step;
  player.last_ack = now;
  post(player, port, "/api/v1/playback-sessions/" + player.playback + "/heartbeats", body);
}

/// Takes one whole response out of `in`; false while it is not all there.
bool take_response(std::string& in, int& status, std::string& body) {
  const auto head_end = in.find("\r\n\r\n");
  if (head_end == std::string::npos) return false;
  std::string head = in.substr(0, head_end);
  std::ranges::transform(head, head.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto length_at = head.find("content-length: ");
  const std::size_t length = length_at == std::string::npos ? 0 : std::stoul(head.substr(length_at + 16));
  if (in.size() < head_end + 4 + length) return false;
  status = std::stoi(head.substr(9, 3));
  body = in.substr(head_end + 4, length);
  in.erase(0, head_end + 4 + length);
  return true;
}

std::string member(std::string_view json, std::string_view name) {
  const auto at = json.find("\"" + std::string(name) + "\":\"");
  if (at == std::string_view::npos) return {};
  const auto begin = at + name.size() + 4;
  return std::string(json.substr(begin, json.find('"', begin) - begin));
}

void answered(Player& player, int status, const std::string& body, std::uint16_t port, Figures& figures) {
  if (player.playback.empty()) {
    player.playback = member(body, "id");
    if (status >= 300 || player.playback.empty()) {
      std::fprintf(stderr, "no playback session: %d %s\n", status, body.c_str());
      std::exit(1);
    }
    player.last_ack = Clock::now();
  } else {
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - player.sent).count();
    figures.latency_us.push_back(static_cast<std::uint32_t>(took));
    if (status == 200) ++figures.acknowledged;
    if (body.find("\"accepted\":true") != std::string::npos) {
      ++figures.accepted;
    } else if (figures.refused++ == 0) {
      std::fprintf(stderr, "first refusal: %d %s\n", status, body.c_str());
    }
  }
  send_heartbeat(player, port);
}

void play(std::vector<Player>& players, std::uint16_t port, std::chrono::seconds time, Figures& figures) {
  const int poll = ::epoll_create1(0);
  for (std::size_t i = 0; i < players.size(); ++i) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(poll, EPOLL_CTL_ADD, players[i].socket, &event);
  }
  const auto until = Clock::now() + time;
  std::vector<epoll_event> events(256);
  std::vector<char> buffer(64 * 1024);
  while (Clock::now() < until) {
    const int count = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 100);
    for (int e = 0; e < count; ++e) {
      Player& player = players[events[static_cast<std::size_t>(e)].data.u64];
      const ssize_t got = ::recv(player.socket, buffer.data(), buffer.size(), 0);
      if (got <= 0) {
        std::fprintf(stderr, "connection closed\n");
        std::exit(1);
      }
      player.in.append(buffer.data(), static_cast<std::size_t>(got));
      int status = 0;
      std::string body;
      if (take_response(player.in, status, body)) answered(player, status, body, port, figures);
    }
  }
  ::close(poll);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto port = static_cast<std::uint16_t>(std::stoi(argv[1]));
  const std::string lesson = argv[2];
  const std::chrono::seconds time{std::stoi(argv[3])};
  std::vector<Player> players;
  for (std::string token; std::getline(std::cin, token);) {
    if (token.empty()) continue;
    Player player;
    player.token = token;
    player.socket = connect_to(port);
    players.push_back(std::move(player));
  }
  for (Player& player : players) post(player, port, "/api/v1/lessons/" + lesson + "/playback-sessions", "{}");
  Figures figures;
  const auto began = Clock::now();
  play(players, port, time, figures);
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  std::ranges::sort(figures.latency_us);
  const auto quantile = [&](double q) {
    if (figures.latency_us.empty()) return 0.0;
    return figures
               .latency_us[static_cast<std::size_t>(q * static_cast<double>(figures.latency_us.size() - 1))] /
           1000.0;
  };
  std::printf(
      "{\"players\":%zu,\"seconds\":%.2f,\"acknowledged\":%lld,\"accepted\":%lld,\"refused\":%lld,"
      "\"per_second\":%.0f,\"p50_ms\":%.1f,\"p99_ms\":%.1f}\n",
      players.size(), seconds, static_cast<long long>(figures.acknowledged),
      static_cast<long long>(figures.accepted), static_cast<long long>(figures.refused),
      static_cast<double>(figures.accepted) / seconds, quantile(0.5), quantile(0.99));
  return 0;
}
