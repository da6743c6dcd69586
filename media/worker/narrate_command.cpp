// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/narrate_command.hpp"

#include "accessibility/narration/utterance.hpp"
#include "accessibility/text/utf8.hpp"
#include "media/model/job.hpp"
#include "media/speech/engines.hpp"
#include "media/speech/espeak_engine.hpp"
#include "media/speech/readings/mandarin_readings.hpp"
#include "media/speech/wav.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <expected>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::media::worker {

namespace {

using namespace accessibility;
using model::ExitCode;

constexpr int kUsage = 64;

struct Options {
  std::string text;
  std::string file;
  std::string language = "cmn";
  std::string out;
  std::string voice;
  int rate = 0;
  bool json = false;
  bool help = false;
};

void usage(std::FILE* to) {
  std::fputs(
      "tongxing narrate TEXT [options]      say how a text is read, and write it as sound\n"
      "  --file FILE                        take the text from a file instead (at most 10,000 bytes)\n"
      "  --language cmn|yue|en              Mandarin, Cantonese or English (default: cmn)\n"
      "  --rate N                           characters (cmn, yue) or words (en) a minute, 40 to 600\n"
      "  --out FILE.wav                     write the sound; without it no sound is made\n"
      "  --voice COMMAND                    a program that reads text and gives WAV; TONGXING_VOICE "
      "otherwise\n"
      "  --json                             print the parts of the text with what is said and how\n"
      "A reading in braces is the author's own: 银行{yin2 hang2}\n",
      to);
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// False: the arguments make no sense (and it was said why).
bool read_options(const std::vector<std::string>& arguments, Options& options) {
  constexpr int slowest = 40;
  constexpr int fastest = 600;
  const std::pair<std::string_view, std::string*> texts[] = {{"--file", &options.file},
                                                             {"--language", &options.language},
                                                             {"--out", &options.out},
                                                             {"-o", &options.out},
                                                             {"--voice", &options.voice}};
  const auto value_of = [&](std::size_t& i) -> const std::string* {
    if (i + 1 < arguments.size()) return &arguments[++i];
    std::fprintf(stderr, "%s needs a value.\n", arguments[i].c_str());
    return nullptr;
  };
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const auto* named = std::ranges::find(texts, argument, &std::pair<std::string_view, std::string*>::first);
    if (argument == "--json") {
      options.json = true;
    } else if (argument == "--help" || argument == "-h") {
      options.help = true;
    } else if (named != std::end(texts)) {
      const std::string* value = value_of(i);
      if (value == nullptr) return false;
      *named->second = *value;
    } else if (argument == "--rate") {
      const std::string* value = value_of(i);
      const auto rate = value != nullptr ? number(*value) : std::nullopt;
      if (!rate || *rate < slowest || *rate > fastest) {
        std::fprintf(stderr, "--rate takes a number from %d to %d.\n", slowest, fastest);
        return false;
      }
      options.rate = *rate;
    } else if (argument.starts_with("--") || !options.text.empty()) {
      std::fprintf(stderr, "Not understood: %s\n", argument.c_str());
      return false;
    } else {
      options.text = argument;
    }
  }
  return true;
}

int fail(ExitCode code, const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return static_cast<int>(code);
}

std::expected<std::string, std::string> read_text(const Options& options) {
  std::string text = options.text;
  if (!options.file.empty()) {
    std::ifstream in(options.file, std::ios::binary);
    if (!in) return std::unexpected("The file " + options.file + " cannot be opened.");
    text.resize(kMaxSpokenBytes + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
  }
  if (text.size() > kMaxSpokenBytes)
    return std::unexpected("The text is longer than " + std::to_string(kMaxSpokenBytes) + " bytes.");
  if (const auto broken = first_invalid(text))
    return std::unexpected("The text is not UTF-8 at byte " + std::to_string(*broken) + ".");
  return text;
}

std::string_view kind_name(SegmentKind kind) {
  switch (kind) {
    case SegmentKind::words:
      return "words";
    case SegmentKind::number:
      return "number";
    case SegmentKind::digits:
      return "digits";
    case SegmentKind::letters:
      return "letters";
    case SegmentKind::reading:
      return "reading";
    case SegmentKind::short_pause:
      return "short_pause";
    case SegmentKind::long_pause:
      return "long_pause";
  }
  return "words";
}

std::string_view finding_text(NarrationFinding finding) {
  switch (finding) {
    case NarrationFinding::brace_not_closed:
      return "an opening brace without a closing one";
    case NarrationFinding::reading_malformed:
      return "what stands in braces is no reading such as {yin2 hang2}";
    case NarrationFinding::reading_without_text:
      return "more syllables in braces than characters before them";
  }
  return {};
}

std::string joined(const std::vector<std::string>& syllables) {
  std::string out;
  for (const std::string& syllable : syllables) out += (out.empty() ? "" : " ") + syllable;
  return out;
}

nlohmann::json as_json(const Narration& narration, std::string_view language, const Speech* speech) {
  auto segments = nlohmann::json::array();
  for (std::size_t i = 0; i < narration.segments.size(); ++i) {
    const Segment& segment = narration.segments[i];
    nlohmann::json one{{"written", segment.written},
                       {"spoken", segment.spoken},
                       {"language", segment.language},
                       {"kind", kind_name(segment.kind)}};
    if (!narration.pinyin[i].empty()) one["pinyin"] = joined(narration.pinyin[i]);
    segments.push_back(std::move(one));
  }
  auto findings = nlohmann::json::array();
  for (const FoundInText& found : narration.findings)
    findings.push_back({{"offset", found.offset}, {"message", finding_text(found.finding)}});
  const SpokenUnits units = spoken_units(narration);
  nlohmann::json all{{"language", language},
                     {"characters", units.characters},
                     {"words", units.words},
                     {"segments", std::move(segments)},
                     {"findings", std::move(findings)}};
  if (speech != nullptr) {
    all["duration_ms"] = speech->duration().count();
    all["sample_rate"] = speech->sample_rate;
  }
  return all;
}

void print_plain(const Narration& narration) {
  for (std::size_t i = 0; i < narration.segments.size(); ++i) {
    const Segment& segment = narration.segments[i];
    if (segment.spoken.empty()) {
      std::printf("%s", segment.kind == SegmentKind::long_pause ? "。\n" : "，");
      continue;
    }
    std::printf("%s%s%s", segment.language == "en" ? " " : "", segment.spoken.c_str(),
                segment.language == "en" ? " " : "");
  }
  std::printf("\n");
  std::string pinyin;
  for (const auto& syllables : narration.pinyin)
    pinyin += (pinyin.empty() || syllables.empty() ? "" : " ") + joined(syllables);
  if (!pinyin.empty()) std::printf("%s\n", pinyin.c_str());
}

std::string error_text(SpeechError error) {
  switch (error) {
    case SpeechError::unsupported_language:
      return "There is no voice for this language: cmn, yue and en have one.";
    case SpeechError::nothing_to_say:
      return "There is nothing to say in this text.";
    case SpeechError::too_long:
      return "The text is too long.";
    case SpeechError::failed:
      return "The voice failed.";
  }
  return {};
}

int write_sound(const Options& options, const std::string& text, Speech& speech) {
  const char* voice = std::getenv("TONGXING_VOICE");
  const std::string command = !options.voice.empty() ? options.voice : voice != nullptr ? voice : "";
  const auto engine = speech::make_engine(command);
  auto said = engine->speak({text, options.language, options.rate});
  if (!said) {
    const bool input = said.error() != SpeechError::failed;
    return fail(input ? ExitCode::bad_input : ExitCode::resources, error_text(said.error()));
  }
  std::ofstream out(options.out, std::ios::binary | std::ios::trunc);
  const std::string wav = speech::write_wav(*said);
  out.write(wav.data(), static_cast<std::streamsize>(wav.size()));
  out.close();
  if (!out) return fail(ExitCode::resources, "The file " + options.out + " cannot be written.");
  speech = std::move(*said);
  return 0;
}

}  // namespace

int narrate_command(const std::vector<std::string>& arguments) {
  Options options;
  if (!read_options(arguments, options)) return kUsage;
  if (options.help || (options.text.empty() && options.file.empty())) {
    usage(options.help ? stdout : stderr);
    return options.help ? 0 : kUsage;
  }
  const auto language = spoken_language(options.language);
  if (!language) return fail(ExitCode::bad_input, error_text(SpeechError::unsupported_language));
  const auto text = read_text(options);
  if (!text) return fail(ExitCode::bad_input, text.error());
  const Narration narration = narrate(*text, *language, speech::mandarin_readings());
  Speech speech;
  if (!options.out.empty()) {
    if (const int failed = write_sound(options, *text, speech); failed != 0) return failed;
  }
  if (options.json) {
    const auto json = as_json(narration, language_code(*language), options.out.empty() ? nullptr : &speech);
    std::printf("%s\n", json.dump(2).c_str());
    return 0;
  }
  for (const FoundInText& found : narration.findings)
    std::fprintf(stderr, "byte %zu: %s\n", found.offset, std::string(finding_text(found.finding)).c_str());
  print_plain(narration);
  if (!options.out.empty())
    std::printf("%s: %.1f s\n", options.out.c_str(), static_cast<double>(speech.duration().count()) / 1000);
  return 0;
}

}  // namespace tongxing::media::worker
