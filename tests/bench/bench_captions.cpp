// SPDX-License-Identifier: GPL-3.0-or-later
// Reads each WebVTT file it is given over and over for some seconds, on one core, and prints as JSON how many
// megabytes (10^6 bytes) a second that is: with our reader, which also checks the text of every cue, and with
// nothing but cutting the same bytes into lines.
#include "accessibility/captions/caption_file.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// Processor time of this program in seconds: other programs on the machine do not slow a core down.
double now() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string content_of(const char* name) {
  std::ifstream in(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t cut_into_lines(std::string_view text) {
  std::size_t sum = 0;
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    sum += lines.back().size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return sum;
}

/// Megabytes a second of `work` over all files, for about `seconds`.
template <typename Work>
double rate(const std::vector<std::string>& files, double seconds, Work work) {
  std::size_t bytes = 0;
  const auto start = now();
  double passed = 0;
  do {
    for (const auto& file : files) {
      work(file);
      bytes += file.size();
    }
    passed = now() - start;
  } while (passed < seconds);
  return static_cast<double>(bytes) / 1e6 / passed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("bench_captions SECONDS FILE…\n", stderr);
    return 2;
  }
  std::vector<std::string> files;
  for (int i = 2; i < argc; ++i) files.push_back(content_of(argv[i]));
  std::size_t cues = 0;
  const double seconds = std::strtod(argv[1], nullptr);
  for (const auto& file : files) {
    const auto read = tongxing::accessibility::read_webvtt(file);
    if (!read || read->track.cues.empty()) return 1;
    cues += read->track.cues.size();
  }
  const double parsed = rate(files, seconds, [](const std::string& file) {
    if (!tongxing::accessibility::read_webvtt(file)) std::abort();
  });
  std::size_t sum = 0;
  const double lines = rate(files, seconds, [&sum](const std::string& file) { sum += cut_into_lines(file); });
  std::printf("{\"cues\":%zu,\"parsed\":%.1f,\"lines\":%.1f,\"sum\":%zu}\n", cues, parsed, lines, sum);
  return 0;
}
