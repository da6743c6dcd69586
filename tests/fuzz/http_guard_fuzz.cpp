// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a socket through the parser, the guard and the request: no crash, and what passes keeps its
// promises. The same bytes are fed whole and cut in two; both must come to the same end, or a proxy in front
// could see something else.
#include "server/http/guard.hpp"
#include "server/http/text.hpp"
#include "server/net/parser.hpp"
#include "server/net/request_builder.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tongxing;
using State = net::RequestParser::State;

void require(bool promise) {
  if (!promise) std::abort();
}

struct Outcome {
  State state = State::head;
  std::string body;
  std::size_t used = 0;
};

Outcome feed(std::string_view bytes, std::size_t cut) {
  net::RequestParser parser(8192);
  Outcome outcome;
  std::vector<std::byte> body;
  bool chunks = false;
  for (const std::size_t end : {cut, bytes.size()}) {
    if (!chunks) outcome.used += parser.put_head(bytes.substr(outcome.used, end - outcome.used));
    if (parser.state() == State::body) {
      const auto framing = http::guard(parser.head(), {});
      if (!framing || !framing->chunked) break;
      chunks = true;
    }
    if (chunks) outcome.used += parser.put_chunks(bytes.substr(outcome.used, end - outcome.used), body);
    if (parser.state() != State::head && parser.state() != State::body) break;
  }
  outcome.state = parser.state();
  outcome.body.assign(reinterpret_cast<const char*>(body.data()), body.size());
  return outcome;
}

void check_promises(std::string_view bytes) {
  net::RequestParser parser(8192);
  parser.put_head(bytes);
  if (parser.state() != State::body && parser.state() != State::done) return;
  const auto framing = http::guard(parser.head(), {});
  if (!framing) return;
  require(!(framing->chunked && framing->content_length > 0));
  auto request =
      net::build_request(framing->method, parser.take_target(), parser.take_headers(), {"127.0.0.1"});
  if (!request) return;
  const std::string& path = request->path;
  require(path.starts_with('/') && http::is_utf8(path) && path.find('\\') == std::string::npos);
  require(path.find('\0') == std::string::npos && !path.ends_with("/..") &&
          path.find("/../") == std::string::npos);
  require(!request->headers.get("X-Forwarded-For"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16 * 1024 || size < 1) return 0;
  const std::size_t cut = data[0] * size / 256;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_promises(bytes);
  const Outcome whole = feed(bytes, bytes.size());
  const Outcome halves = feed(bytes, std::min(cut, bytes.size()));
  // What is refused may be refused sooner in one than in the other; what is accepted must be the same
  // request.
  require((whole.state == State::done) == (halves.state == State::done));
  if (whole.state == State::done) require(whole.body == halves.body && whole.used == halves.used);
  return 0;
}
