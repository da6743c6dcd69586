// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tongxing::test {

/// One response as it came over the wire.
struct Reply {
  unsigned status = 0;
  std::map<std::string, std::string> fields;  ///< names in lower case
  std::string body;
  [[nodiscard]] std::string field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
  }
};

/// A blocking socket that sends any bytes, well-formed or not. Reads give up after `patience`.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  void send(std::string_view bytes);
  /// One response; for HEAD no body is awaited. Status 0: the connection ended or nothing came.
  Reply read_reply(bool head_only = false);
  Reply ask(std::string_view bytes, bool head_only = false) {
    send(bytes);
    return read_reply(head_only);
  }
  /// Everything until the end of the connection (or patience).
  std::string read_to_end();
  /// Reads until the text has come.
  bool read_until(std::string_view text);
  /// Reads up to `size` bytes, once.
  std::size_t read_some(std::size_t size);
  /// True when the other side has ended the connection within the time.
  bool ended_within(std::chrono::milliseconds time);
  void close();
  std::chrono::milliseconds patience{5'000};

 private:
  bool fill();
  int fd_ = -1;
  std::string buffer_;
};

/// "GET <target> HTTP/1.1" with Host and further fields (each ending in CRLF).
std::string get(std::string_view target, std::string_view fields = {});

}  // namespace tongxing::test
