// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/outgoing.hpp"

#include "server/http/conditional.hpp"
#include "server/http/range.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::net {
namespace {

using http::Method;

std::string_view reason(unsigned status) {
  static constexpr std::array<std::pair<unsigned, std::string_view>, 33> kReasons{
      {{200, "OK"},
       {201, "Created"},
       {202, "Accepted"},
       {204, "No Content"},
       {206, "Partial Content"},
       {301, "Moved Permanently"},
       {302, "Found"},
       {303, "See Other"},
       {304, "Not Modified"},
       {307, "Temporary Redirect"},
       {308, "Permanent Redirect"},
       {400, "Bad Request"},
       {401, "Unauthorized"},
       {403, "Forbidden"},
       {404, "Not Found"},
       {405, "Method Not Allowed"},
       {408, "Request Timeout"},
       {409, "Conflict"},
       {410, "Gone"},
       {411, "Length Required"},
       {412, "Precondition Failed"},
       {413, "Content Too Large"},
       {415, "Unsupported Media Type"},
       {416, "Range Not Satisfiable"},
       {417, "Expectation Failed"},
       {422, "Unprocessable Content"},
       {429, "Too Many Requests"},
       {431, "Request Header Fields Too Large"},
       {500, "Internal Server Error"},
       {501, "Not Implemented"},
       {503, "Service Unavailable"},
       {505, "HTTP Version Not Supported"},
       {507, "Insufficient Storage"}}};
  const auto found = std::ranges::find(kReasons, status, &std::pair<unsigned, std::string_view>::first);
  return found == kReasons.end() ? "" : found->second;
}

/// Fields that say how the message is framed are written here and nowhere else.
bool is_ours(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kOurs{"Connection", "Content-Length", "Date", "Keep-Alive",
                                                         "Transfer-Encoding"};
  return std::ranges::any_of(kOurs,
                             [&](std::string_view ours) { return http::equals_ignoring_case(ours, name); });
}

/// 304 carries what updates a cache, not what describes content that is not there (RFC 9110 §15.4.5).
bool belongs_in_304(std::string_view name) {
  return !(name.size() > 8 && http::equals_ignoring_case(name.substr(0, 8), "Content-")) ||
         http::equals_ignoring_case(name, "Content-Location") ||
         http::equals_ignoring_case(name, "Content-Security-Policy");
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  // A line end in a value would begin another field or another response.
  if (std::ranges::any_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; })) {
    for (const char c : value) head.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
  } else {
    head.append(value);
  }
  head.append("\r\n");
}

void append_start(std::string& head, unsigned status, std::string_view date) {
  head.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(reason(status)).append("\r\n");
  head.append("Date: ").append(date).append("\r\n");
}

bool has_no_content(unsigned status) {
  return status == 204 || status == 304 || status < 200;
}

std::string make_head(const http::Response& response, const Asked& asked, std::uint64_t length) {
  std::string head;
  head.reserve(512);
  append_start(head, response.status, asked.date);
  for (const auto& [name, value] : response.headers.all()) {
    if (is_ours(name) || (response.status == 304 && !belongs_in_304(name))) continue;
    append_field(head, name, value);
  }
  if (!has_no_content(response.status)) {
    head.append("Content-Length: ").append(std::to_string(length)).append("\r\n");
  }
  head.append(asked.persistence == Persistence::close ? "Connection: close\r\n\r\n"
                                                      : "Connection: keep-alive\r\n\r\n");
  return head;
}

bool is_read(const http::Request& request) {
  return request.method == Method::get || request.method == Method::head;
}

/// Decides 304, 206 and 416 and sets the stretch that is sent.
void choose_stretch(http::Response& response, const Asked& asked, const http::Validators& content,
                    std::uint64_t size, Outgoing& out) {
  out.offset = 0;
  out.length = size;
  if (!is_read(asked.request) || response.status != 200) return;
  if (http::is_not_modified(asked.request.headers, content, asked.now)) {
    response.status = 304;
    out.length = 0;
    return;
  }
  const auto field = asked.request.headers.get("Range");
  if (!field || !http::range_applies(asked.request.headers, content, asked.now)) return;
  const auto choice = http::choose_range(*field, size);
  if (const auto* range = std::get_if<http::ByteRange>(&choice)) {
    response.status = 206;
    response.headers.set("Content-Range", http::content_range(*range, size));
    out.offset = range->first;
    out.length = range->length;
  } else if (std::holds_alternative<http::UnsatisfiableRange>(choice)) {
    response.status = 416;
    response.headers.set("Content-Range", http::content_range_unsatisfied(size));
    response.headers.remove("Content-Type");
    out.length = 0;
  }
}

void prepare_file(http::Response& response, const Asked& asked, std::shared_ptr<const OpenFile> file,
                  const std::string& etag, Outgoing& out) {
  const std::string_view tag = etag.empty() ? std::string_view(file->etag) : std::string_view(etag);
  if (!response.headers.get("ETag")) response.headers.add("ETag", std::string(tag));
  if (!response.headers.get("Last-Modified")) response.headers.add("Last-Modified", file->last_modified);
  response.headers.set("Accept-Ranges", "bytes");
  choose_stretch(response, asked, {tag, file->modified}, file->size, out);
  if (file->content) {
    out.shared = file->content;
  } else {
    out.file = std::move(file);
  }
}

void prepare_bytes(http::Response& response, const Asked& asked, std::uint64_t size, Outgoing& out) {
  out.length = size;
  const auto etag = response.headers.get("ETag");
  if (!etag || response.status != 200 || !is_read(asked.request)) return;
  if (http::is_not_modified(asked.request.headers, {*etag, std::nullopt}, asked.now)) {
    response.status = 304;
    out.length = 0;
  }
}

}  // namespace

std::expected<Outgoing, FileError> prepare(http::Response response, const Asked& asked, FileCache& files) {
  Outgoing out;
  if (auto* own = std::get_if<std::string>(&response.body)) {
    out.own = std::move(*own);
    prepare_bytes(response, asked, out.own.size(), out);
  } else if (auto* shared = std::get_if<http::SharedBody>(&response.body)) {
    out.shared = std::move(*shared);
    prepare_bytes(response, asked, out.shared ? out.shared->size() : 0, out);
  } else if (const auto* body = std::get_if<http::FileBody>(&response.body)) {
    auto file = files.open(body->path.native(), body->fresh_for, asked.steady_now);
    if (!file) return std::unexpected(file.error());
    prepare_file(response, asked, std::move(*file), body->etag, out);
  }
  if (has_no_content(response.status)) out.length = 0;
  out.head = make_head(response, asked, out.length);
  if (asked.request.method == Method::head) out.length = 0;
  return out;
}

std::string event_stream_head(const http::Headers& headers, std::string_view date) {
  std::string head;
  append_start(head, 200, date);
  for (const auto& [name, value] : headers.all()) {
    if (is_ours(name) || http::equals_ignoring_case(name, "Content-Type")) continue;
    append_field(head, name, value);
  }
  if (!headers.get("Cache-Control")) append_field(head, "Cache-Control", "no-store");
  // Asks nginx not to hold events back.
  append_field(head, "X-Accel-Buffering", "no");
  head.append("Content-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n\r\n");
  return head;
}

}  // namespace tongxing::net
