// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/captions_quality.hpp"

#include <memory>

#include <CLI/CLI.hpp>

namespace tongxing::cli {
namespace {

void add_common(CLI::App& app, CaptionQualityOptions& options, bool& json) {
  app.add_option("--language", options.language, "zh-Hans, zh-Hant, en …; guessed from the text if left out");
  app.add_option("--kind", options.kind, "sdh (captions), subtitle or easy")
      ->check(CLI::IsMember({"sdh", "caption", "subtitle", "easy", "easy_read"}))
      ->capture_default_str();
  app.add_option(
      "--speech", options.facts,
      "JSON with what is known of the sound and the picture, in milliseconds: "
      "{\"speech\": [[from, to] …], \"sound\": …, \"cuts\": [at …], \"burned_in\": "
      "[{\"start_ms\", \"end_ms\", \"area\"} …]}; a WebVTT file may say the last itself: NOTE burned-in:");
  app.add_option("--media-duration", options.media_duration_ms,
                 "Length of the video or sound in milliseconds")
      ->check(CLI::PositiveNumber);
  app.add_option("--locale", options.locale, "Language of the answer: zh-Hans, zh-Hant or en")
      ->check(CLI::IsMember({"zh-Hans", "zh-Hant", "en"}))
      ->capture_default_str();
  app.add_flag("--json", json, "Answer with one JSON object");
}

struct Parsed {
  CaptionQualityOptions options;
  bool json = false;
};

}  // namespace

std::function<std::optional<int>()> add_captions_quality(CLI::App& captions) {
  const auto checked = std::make_shared<Parsed>();
  CLI::App* check = captions.add_subcommand("check", "Check captions against the quality rules C1 to C30");
  check->add_option("file", checked->options.file, "Caption file")->required();
  check->add_option("--media", checked->options.media,
                    "Folder of a package, or its speech.json: what was measured in the media");
  check->add_option("--audio-language", checked->options.audio_language,
                    "Language that is spoken: cmn, yue, en …");
  auto* origin =
      check
          ->add_option("--origin", checked->options.origin,
                       "Who made the captions; left out: what the file says (NOTE origin: machine)")
          ->check(CLI::IsMember({"human", "machine", "machine-reviewed"}));
  check
      ->add_flag_callback(
          "--machine-made", [checked] { checked->options.origin = "machine"; },
          "A machine made the captions, and nobody has reviewed them: as --origin machine")
      ->excludes(origin);
  add_common(*check, checked->options, checked->json);

  const auto fixed = std::make_shared<Parsed>();
  CLI::App* fix = captions.add_subcommand("fix", "Mend what can be mended automatically; writes WebVTT");
  fix->add_option("in", fixed->options.file, "Caption file")->required();
  fix->add_option("out", fixed->options.out, "WebVTT file to write")->required();
  add_common(*fix, fixed->options, fixed->json);

  return [=]() -> std::optional<int> {
    const auto& asked = check->parsed() ? checked : fixed;
    if (!check->parsed() && !fix->parsed()) return std::nullopt;
    asked->options.output = asked->json ? CaptionOutput::json : CaptionOutput::text;
    return check->parsed() ? check_captions(asked->options) : fix_captions(asked->options);
  };
}

}  // namespace tongxing::cli
