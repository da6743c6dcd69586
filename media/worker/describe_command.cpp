// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/describe_command.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "media/description/description_files.hpp"
#include "media/model/job.hpp"
#include "media/pipeline/libav_setup.hpp"
#include "media/worker/describe_options.hpp"
#include "media/worker/describe_render.hpp"
#include "media/worker/describe_support.hpp"
#include "media/worker/sandbox.hpp"

#include <cstdio>

namespace tongxing::media::worker {

namespace {

using model::ExitCode;

int plan_command(const DescribeOptions& options) {
  auto texts = read_texts(options);
  if (!texts) return refuse(options, texts.error());
  accessibility::PlanInput input;
  input.descriptions = std::move(texts->script.descriptions);
  input.captions = std::move(texts->captions);
  input.duration = accessibility::Milliseconds(options.duration_ms);
  input.rate = accessibility::speaking_rate_for(options.language);
  if (options.units_a_minute > 0) input.rate.target = options.units_a_minute;
  if (!options.media.empty()) {
    const int media = open_for_reading(options.media);
    if (media < 0) return refuse(options, options.media + " cannot be opened.");
    pipeline::set_up_libav();
    if (!lock_in(-1, Room::package).sufficient())
      return lacking(options, "This machine cannot lock the work in.");
    const auto source = pipeline::probe_source(media);
    if (!source) return refuse(options, source.error());
    auto speech = description::detect_speech(media, *source);
    if (!speech) return refuse(options, speech.error());
    input.detected = std::move(*speech);
    if (options.duration_ms == 0) input.duration = source->report.duration;
  }
  const auto plan = plan_descriptions(input);
  auto findings = check_plan(input, plan);
  const std::string text = options.output == Output::json
                               ? description::plan_json(input, plan, findings, options.language)
                               : description::plan_text(input, plan, findings, options.language);
  std::fputs(text.c_str(), stdout);
  return static_cast<int>(ExitCode::done);
}

}  // namespace

int describe_command(const std::vector<std::string>& arguments) {
  const auto options = parse_describe(arguments);
  if (!options) {
    std::fprintf(stderr, "%s\n%s", options.error().c_str(), describe_usage());
    return static_cast<int>(ExitCode::bad_input);
  }
  return options->what == DescribeWhat::plan ? plan_command(*options) : render_command(*options);
}

}  // namespace tongxing::media::worker
