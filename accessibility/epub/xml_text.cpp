// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/epub/xml_text.hpp"

#include "accessibility/text/utf8.hpp"

namespace tongxing::accessibility {

std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto front = decode_front(text);
    const bool control = front.code < 0x20 && front.code != '\t' && front.code != '\n' && front.code != '\r';
    const bool foreign = control || (front.code & 0xFFFEU) == 0xFFFEU;
    switch (front.code) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      case U'\'':
        out += "&#39;";
        break;
      default:
        append_utf8(out, foreign ? kReplacement : front.code);
    }
    text.remove_prefix(front.length);
  }
  return out;
}

}  // namespace tongxing::accessibility
