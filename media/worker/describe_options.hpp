// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace tongxing::media::worker {

enum class DescribeWhat : std::uint8_t { plan, render };
/// `events`: the lines of media/model/job.hpp, for whoever runs jobs.
enum class Output : std::uint8_t { text, json, events };

/// What `describe plan …` and `describe render …` were asked to do.
struct DescribeOptions {
  DescribeWhat what = DescribeWhat::plan;
  std::string script;
  std::vector<std::string> captions;
  std::string media;
  std::string out;
  std::string recorded;          ///< folder or file; empty: everything is spoken
  std::string language = "cmn";  ///< BCP 47
  std::int64_t duration_ms = 0;  ///< 0: that of the media
  int units_a_minute = 0;        ///< 0: the language's own
  double duck_db = -8;
  int threads = 2;
  Output output = Output::text;
};

/// The arguments behind "describe". What is wrong is said in one English sentence.
[[nodiscard]] std::expected<DescribeOptions, std::string> parse_describe(
    const std::vector<std::string>& arguments);

/// How to call it.
[[nodiscard]] const char* describe_usage();

}  // namespace tongxing::media::worker
