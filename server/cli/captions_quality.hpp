// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace CLI {
class App;
}

/// `tongxing captions check` and `tongxing captions fix`. Exit codes: 0 no errors (warnings are none), 1
/// errors in the captions, 2 a file that cannot be read or written.
namespace tongxing::cli {

/// How the answer is written.
enum class CaptionOutput { text, json };

struct CaptionQualityOptions {
  std::filesystem::path file;
  std::filesystem::path out;   ///< of fix
  std::string language;        ///< BCP 47; empty: guessed from the text
  std::string kind = "sdh";    ///< sdh, subtitle, easy
  std::string origin;          ///< human, machine, machine-reviewed; empty: not known
  std::string audio_language;  ///< BCP 47; empty: not known
  std::optional<std::int64_t> media_duration_ms;
  std::filesystem::path media;     ///< a package's folder or its speech.json; empty: none
  std::filesystem::path facts;     ///< JSON with speech and more; empty: none
  std::string locale = "zh-Hans";  ///< of the answer
  CaptionOutput output = CaptionOutput::text;
};

[[nodiscard]] int check_captions(const CaptionQualityOptions& options);
[[nodiscard]] int fix_captions(const CaptionQualityOptions& options);

/// Adds both to the `captions` command. The function that comes back runs the one that was asked for, after
/// parsing; nullopt: neither was.
[[nodiscard]] std::function<std::optional<int>()> add_captions_quality(CLI::App& captions);

}  // namespace tongxing::cli
