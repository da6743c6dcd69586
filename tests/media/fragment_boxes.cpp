// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/fragment_boxes.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace tongxing::tests {

namespace {

std::uint32_t number(std::string_view bytes, std::size_t at) {
  if (at + 4 > bytes.size()) throw std::runtime_error("box too short");
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(at, 4)) value = value << 8U | static_cast<unsigned char>(byte);
  return value;
}

/// The content of the first box of this type; only the plain containers of a one-track file are entered.
std::string_view find(std::string_view bytes, std::string_view type) {
  for (std::size_t at = 0; at + 8 <= bytes.size();) {
    const std::size_t size = number(bytes, at);
    if (size < 8 || size > bytes.size() - at) break;
    const auto name = bytes.substr(at + 4, 4);
    const auto content = bytes.substr(at + 8, size - 8);
    if (name == type) return content;
    for (const std::string_view container : {"moof", "traf", "moov", "trak", "mdia", "edts"}) {
      if (name != container) continue;
      if (const auto found = find(content, type); !found.empty()) return found;
    }
    at += size;
  }
  return {};
}

std::string_view need(std::string_view bytes, std::string_view type) {
  const auto found = find(bytes, type);
  if (found.empty()) throw std::runtime_error("no box " + std::string(type));
  return found;
}

/// Walks over the optional fields that flags announce.
class Fields {
 public:
  Fields(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}
  std::uint32_t next() {
    const auto value = number(bytes_, at_);
    at_ += 4;
    return value;
  }
  std::uint32_t next_if(bool there, std::uint32_t otherwise = 0) { return there ? next() : otherwise; }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

}  // namespace

std::uint64_t FragmentTimes::duration() const {
  std::uint64_t total = 0;
  for (const Sample& sample : samples) total += sample.duration;
  return total;
}

std::int64_t FragmentTimes::first_shown() const {
  auto first = std::numeric_limits<std::int64_t>::max();
  auto decode = static_cast<std::int64_t>(decode_start);
  for (const Sample& sample : samples) {
    first = std::min(first, decode + sample.composition);
    decode += sample.duration;
  }
  return first;
}

FragmentTimes read_fragment(const std::string& segment) {
  FragmentTimes times;
  const auto start = need(segment, "tfdt");
  times.decode_start =
      start[0] == 1 ? std::uint64_t{number(start, 4)} << 32U | number(start, 8) : number(start, 4);
  const auto header = need(segment, "tfhd");
  const std::uint32_t header_flags = number(header, 0);
  Fields defaults(header, 8);
  if ((header_flags & 0x1U) != 0) static_cast<void>(defaults.next() + defaults.next());
  static_cast<void>(defaults.next_if((header_flags & 0x2U) != 0));
  const std::uint32_t usual = defaults.next_if((header_flags & 0x8U) != 0);
  const auto run = need(segment, "trun");
  const std::uint32_t flags = number(run, 0);
  const std::uint32_t count = number(run, 4);
  Fields fields(run, 8);
  static_cast<void>(fields.next_if((flags & 0x1U) != 0));
  static_cast<void>(fields.next_if((flags & 0x4U) != 0));
  for (std::uint32_t i = 0; i < count; ++i) {
    FragmentTimes::Sample sample;
    sample.duration = fields.next_if((flags & 0x100U) != 0, usual);
    static_cast<void>(fields.next_if((flags & 0x200U) != 0));
    static_cast<void>(fields.next_if((flags & 0x400U) != 0));
    sample.composition = static_cast<std::int32_t>(fields.next_if((flags & 0x800U) != 0));
    times.samples.push_back(sample);
  }
  return times;
}

std::uint32_t time_scale(const std::string& init) {
  const auto header = need(init, "mdhd");
  return number(header, header[0] == 1 ? 20 : 12);
}

std::int64_t edit_start(const std::string& init) {
  const auto list = find(init, "elst");
  if (list.empty()) return 0;
  return list[0] == 1 ? static_cast<std::int64_t>(std::uint64_t{number(list, 16)} << 32U | number(list, 20))
                      : static_cast<std::int32_t>(number(list, 12));
}

}  // namespace tongxing::tests
