// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/chapters.hpp"

#include "media/manifest/names.hpp"

#include <algorithm>
#include <string_view>

namespace tongxing::media::manifest {
namespace {

using model::Milliseconds;

std::string json_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return '"' + out + '"';
}

std::string padded(std::int64_t value, std::size_t digits) {
  auto text = std::to_string(value);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

/// Seconds with thousandths.
std::string seconds(Milliseconds time) {
  return std::to_string(time.count() / 1000) + '.' + padded(time.count() % 1000, 3);
}

std::string clock(Milliseconds time) {
  const auto all = time.count() / 1000;
  return padded(all / 3600, 2) + ':' + padded(all / 60 % 60, 2) + ':' + padded(all % 60, 2) + '.' +
         padded(time.count() % 1000, 3);
}

}  // namespace

std::string chapters_json(std::span<const model::Chapter> chapters) {
  std::string out = "[";
  std::size_t number = 0;
  for (const auto& chapter : chapters) {
    if (number > 0) out += ",\n ";
    out += "{\"chapter\":" + std::to_string(++number) + ",\"start-time\":" + seconds(chapter.start) +
           ",\"duration\":" + seconds(std::max(Milliseconds{0}, chapter.end - chapter.start)) +
           ",\"titles\":[{\"language\":" + json_text(chapter.language) +
           ",\"title\":" + json_text(chapter.title) + "}]}";
  }
  return out + "]\n";
}

std::string chapters_vtt(std::span<const model::Chapter> chapters) {
  std::string out = "WEBVTT\n";
  std::size_t number = 0;
  for (const auto& chapter : chapters) {
    out += '\n' + std::to_string(++number) + '\n' + clock(chapter.start) + " --> " + clock(chapter.end) +
           '\n' + xml_escaped(chapter.title) + '\n';
  }
  return out;
}

}  // namespace tongxing::media::manifest
