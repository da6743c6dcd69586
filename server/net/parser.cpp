// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace tongxing::net {
namespace {

namespace beast = boost::beast;
using beast::error_code;

void append_bytes(std::vector<std::byte>& to, beast::string_view from) {
  const auto* begin = reinterpret_cast<const std::byte*>(from.data());
  to.insert(to.end(), begin, begin + from.size());
}

}  // namespace

/// Fields go straight into our own Headers: no second copy of them in Beast's container.
class RequestParser::Impl final : public beast::http::basic_parser<true> {
 public:
  explicit Impl(std::size_t head_limit) : limit(head_limit) {
    // The limit is kept here: Beast's own counts differently before and after the first line.
    header_limit(static_cast<std::uint32_t>(head_limit + 1024));
    body_limit(boost::none);
  }

  std::size_t limit;
  std::size_t head_bytes = 0;
  State state = State::head;
  std::string method;
  std::string target;
  unsigned version = 0;
  http::Headers headers;
  std::vector<std::byte>* content = nullptr;
  std::size_t seen = 0;  ///< unused bytes of the body that were looked at and are not enough

 private:
  void on_request_impl(beast::http::verb /*verb*/, beast::string_view name, beast::string_view uri,
                       int number, error_code& /*ec*/) override {
    method.assign(name.data(), name.size());
    target.assign(uri.data(), uri.size());
    version = static_cast<unsigned>(number);
  }
  void on_response_impl(int /*code*/, beast::string_view /*reason*/, int /*number*/,
                        error_code& /*ec*/) override {}
  void on_field_impl(beast::http::field /*known*/, beast::string_view name, beast::string_view value,
                     error_code& /*ec*/) override {
    if (state == State::head) headers.add(std::string(name), std::string(value));
  }
  void on_header_impl(error_code& /*ec*/) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/, error_code& /*ec*/) override {}
  std::size_t on_body_impl(beast::string_view body, error_code& /*ec*/) override {
    append_bytes(*content, body);
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t /*size*/, beast::string_view /*extensions*/,
                            error_code& /*ec*/) override {}
  std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, beast::string_view body,
                                 error_code& /*ec*/) override {
    append_bytes(*content, body);
    return body.size();
  }
  void on_finish_impl(error_code& /*ec*/) override {}
};

RequestParser::RequestParser(std::size_t head_limit) : impl_(std::make_unique<Impl>(head_limit)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::put_head(std::string_view bytes) {
  Impl& parser = *impl_;
  std::size_t used = 0;
  while (parser.state == State::head) {
    error_code error;
    const auto rest = bytes.substr(used);
    const std::size_t n = parser.put(boost::asio::const_buffer(rest.data(), rest.size()), error);
    used += n;
    parser.head_bytes += n;
    const std::size_t pending = parser.is_header_done() ? 0 : bytes.size() - used;
    if (error == beast::http::error::header_limit || parser.head_bytes + pending > parser.limit) {
      parser.state = State::head_too_large;
    } else if (parser.is_header_done()) {
      parser.state = parser.is_done() ? State::done : State::body;
    } else if (error == beast::http::error::need_more) {
      break;
    } else if (error) {
      parser.state = State::malformed;
    }
  }
  return used;
}

std::size_t RequestParser::put_chunks(std::string_view bytes, std::vector<std::byte>& content) {
  Impl& parser = *impl_;
  parser.content = &content;
  parser.eager(true);
  std::size_t used = 0;
  while (parser.state == State::body && used < bytes.size()) {
    error_code error;
    const auto rest = bytes.substr(used);
    // Beast asserts that a last chunk which it has seen has grown when it sees it again.
    if (rest.size() <= parser.seen) break;
    const std::size_t taken = parser.put(boost::asio::const_buffer(rest.data(), rest.size()), error);
    used += taken;
    parser.seen = error == beast::http::error::need_more ? rest.size() - taken : 0;
    if (error == beast::http::error::need_more) break;
    if (error) parser.state = State::malformed;
    if (parser.is_done()) parser.state = State::done;
  }
  parser.content = nullptr;
  return used;
}

RequestParser::State RequestParser::state() const noexcept {
  return impl_->state;
}
bool RequestParser::got_some() const noexcept {
  return impl_->got_some();
}
http::RawHead RequestParser::head() const noexcept {
  return {impl_->method, impl_->target, impl_->version, impl_->headers};
}
std::string RequestParser::take_target() noexcept {
  return std::move(impl_->target);
}
http::Headers RequestParser::take_headers() noexcept {
  return std::move(impl_->headers);
}

}  // namespace tongxing::net
