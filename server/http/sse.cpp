// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/sse.hpp"

#include <algorithm>

namespace tongxing::http {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.append(name).append(": ");
  std::ranges::copy_if(value, std::back_inserter(out),
                       [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
  out += '\n';
}

}  // namespace

std::string format_event(const Event& event) {
  std::string out;
  out.reserve(event.data.size() + event.name.size() + 32);
  append_field(out, "event", event.name);
  append_field(out, "id", event.id);
  std::string_view rest = event.data;
  for (;;) {
    const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
    out.append("data: ").append(rest.substr(0, end)).append("\n");
    if (end == rest.size()) break;
    const bool pair = rest.substr(end).starts_with("\r\n");
    rest.remove_prefix(end + (pair ? 2 : 1));
  }
  return out + '\n';
}

}  // namespace tongxing::http
