// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/wav.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace tongxing::media::speech {

namespace {

constexpr std::size_t kRiffBytes = 12;
constexpr std::size_t kChunkBytes = 8;
constexpr std::size_t kFormatBytes = 16;
constexpr std::uint32_t kPcm = 1;
constexpr std::uint32_t kExtensible = 0xFFFE;
constexpr std::uint32_t kSampleBytes = 2;
constexpr std::uint32_t kLowestRate = 8'000;
constexpr std::uint32_t kHighestRate = 96'000;

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

void append_little(std::string& out, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
}

struct Format {
  std::uint32_t channels = 0;
  std::uint32_t rate = 0;
};

std::optional<Format> read_format(std::string_view chunk) {
  if (chunk.size() < kFormatBytes) return std::nullopt;
  const std::uint32_t tag = little(chunk, 0, 2);
  const Format format{little(chunk, 2, 2), little(chunk, 4, 4)};
  const bool supported = (tag == kPcm || tag == kExtensible) &&
                         (format.channels == 1 || format.channels == 2) && format.rate >= kLowestRate &&
                         format.rate <= kHighestRate && little(chunk, 14, 2) == 8 * kSampleBytes;
  return supported ? std::optional(format) : std::nullopt;
}

accessibility::Speech read_samples(std::string_view data, const Format& format) {
  accessibility::Speech speech;
  speech.sample_rate = static_cast<int>(format.rate);
  const std::size_t frame = kSampleBytes * format.channels;
  speech.samples.reserve(data.size() / frame);
  const auto sample = [&](std::size_t at) {
    return static_cast<int>(static_cast<std::int16_t>(little(data, at, kSampleBytes)));
  };
  for (std::size_t at = 0; at + frame <= data.size(); at += frame) {
    const int mixed = format.channels == 1 ? sample(at) : (sample(at) + sample(at + kSampleBytes)) / 2;
    speech.samples.push_back(static_cast<std::int16_t>(mixed));
  }
  return speech;
}

}  // namespace

std::expected<accessibility::Speech, WavError> read_wav(std::string_view bytes) {
  if (bytes.size() < kRiffBytes || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WAVE")
    return std::unexpected(WavError::not_wav);
  std::optional<Format> format;
  for (std::size_t at = kRiffBytes; at + kChunkBytes <= bytes.size();) {
    const std::string_view name = bytes.substr(at, 4);
    const std::size_t size = little(bytes, at + 4, 4);
    const std::string_view chunk = bytes.substr(at + kChunkBytes, size);
    if (name == "fmt ") {
      format = read_format(chunk);
      if (!format) return std::unexpected(WavError::unsupported);
    } else if (name == "data") {
      if (!format) return std::unexpected(WavError::not_wav);
      auto speech = read_samples(chunk, *format);
      if (speech.samples.empty()) return std::unexpected(WavError::empty);
      return speech;
    }
    at += kChunkBytes + size + size % 2;  // chunks are padded to an even length
  }
  return std::unexpected(WavError::not_wav);
}

std::string write_wav(const accessibility::Speech& speech) {
  const auto data = static_cast<std::uint32_t>(speech.samples.size() * kSampleBytes);
  const auto rate = static_cast<std::uint32_t>(speech.sample_rate);
  std::string out = "RIFF";
  out.reserve(kRiffBytes + 2 * kChunkBytes + kFormatBytes + data);
  append_little(out, data + kRiffBytes - kChunkBytes + 2 * kChunkBytes + kFormatBytes, 4);
  out += "WAVEfmt ";
  append_little(out, kFormatBytes, 4);
  append_little(out, kPcm, 2);
  append_little(out, 1, 2);
  append_little(out, rate, 4);
  append_little(out, rate * kSampleBytes, 4);
  append_little(out, kSampleBytes, 2);
  append_little(out, 8 * kSampleBytes, 2);
  out += "data";
  append_little(out, data, 4);
  for (const std::int16_t sample : speech.samples) append_little(out, static_cast<std::uint16_t>(sample), 2);
  return out;
}

}  // namespace tongxing::media::speech
