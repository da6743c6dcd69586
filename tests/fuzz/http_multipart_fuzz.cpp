// SPDX-License-Identifier: GPL-3.0-or-later
// The first line is the content type, the rest the body.
#include "server/http/multipart.hpp"
#include "server/http/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tongxing;

void require(bool promise) {
  if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 * 1024) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const auto boundary = http::multipart_boundary(input.substr(0, line));
  if (!boundary) return 0;
  require(!boundary->empty() && boundary->size() <= 70);
  const auto body = input.substr(line + 1);
  const auto form = http::parse_multipart(body, *boundary);
  if (!form) return 0;
  std::size_t bytes = 0;
  for (const auto& [name, value] : form->fields.all()) {
    require(http::is_utf8(name) && http::is_utf8(value));
    bytes += value.size();
  }
  for (const auto& file : form->files) {
    require(!file.filename.empty() && file.filename.find_first_of("/\\") == std::string::npos);
    bytes += file.bytes.size();
  }
  require(bytes <= body.size() && form->fields.all().size() + form->files.size() <= 100);
  return 0;
}
