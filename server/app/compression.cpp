// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/compression.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <variant>

#include <zlib.h>

namespace tongxing::app {
namespace {

constexpr std::size_t kWorthwhile = 1024;
constexpr int kGzipWindow = 15 + 16;  // zlib: 16 more asks for a gzip wrapper
constexpr int kLevel = 5;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib could not be initialised");
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in =
      reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT: zlib's interface lacks const
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  return out;
}

bool is_text(const http::Response& response) {
  const auto type = response.headers.get("Content-Type").value_or("");
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/problem+json");
}

}  // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    std::string_view item = accept_encoding.substr(0, comma);
    accept_encoding =
        comma == std::string_view::npos ? std::string_view{} : accept_encoding.substr(comma + 1);
    const auto semicolon = item.find(';');
    if (trim(item.substr(0, semicolon)) != coding) continue;
    if (semicolon == std::string_view::npos) return true;
    std::string_view weight = trim(item.substr(semicolon + 1));
    return !(weight.starts_with("q=0") && weight.find_first_of("123456789") == std::string_view::npos);
  }
  return false;
}

void compress(http::Response& response, std::string_view accept_encoding) {
  if (!is_text(response) || response.headers.get("Content-Encoding")) return;
  const auto* owned = std::get_if<std::string>(&response.body);
  if (owned == nullptr || owned->size() < kWorthwhile) return;
  response.headers.add("Vary", "Accept-Encoding");
  if (!accepts_coding(accept_encoding, "gzip")) return;
  response.body = gzip(*owned);
  response.headers.set("Content-Encoding", "gzip");
}

}  // namespace tongxing::app
