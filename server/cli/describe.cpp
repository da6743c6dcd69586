// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/check_words.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/media_arguments.hpp"
#include "server/cli/media_voice.hpp"
#include "server/cli/said.hpp"

#include <cstdio>
#include <sstream>
#include <string_view>

namespace tongxing::cli {

namespace {

constexpr std::string_view kUsage = "describe plan SCRIPT";  // how the worker's own usage begins

/// "errors.media.no_streams name=value (detail)": a refusal of the engine, which knows no language.
std::optional<Refusal> refusal_in(const std::string& line) {
  if (!line.starts_with("errors.")) return std::nullopt;
  std::istringstream words(line);
  Refusal refusal;
  words >> refusal.key;
  for (std::string word; words >> word;) {
    const auto sign = word.find('=');
    if (sign != std::string::npos) refusal.args.emplace_back(word.substr(0, sign), word.substr(sign + 1));
  }
  return refusal;
}

}  // namespace

int describe(const std::vector<std::string>& given) {
  std::vector<std::string> arguments{given};
  const render::Locale locale = take_locale(arguments);
  const CheckWords words(locale, "describe_tool");
  const MediaVoice voice(locale, Speech::human);
  arguments.insert(arguments.begin(), "describe");
  const Said errors("errors");
  const int code = run_to_end(arguments, nullptr, errors);
  std::istringstream said(errors.text());
  for (std::string line; std::getline(said, line);) {
    if (line.starts_with(kUsage)) {
      std::fprintf(stderr, "%s\n", words.text("usage").c_str());
      break;
    }
    const auto refusal = refusal_in(line);
    std::fprintf(stderr, "%s\n", (refusal ? voice.text(*refusal) : words.phrase(line)).c_str());
  }
  return code;
}

}  // namespace tongxing::cli
