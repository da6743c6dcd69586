// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/extras.hpp"

#include "media/pipeline/packager.hpp"
#include "media/pipeline/picture_facts.hpp"
#include "media/pipeline/requested_ladder.hpp"
#include "media/pipeline/signed_picture.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

namespace tongxing::media::worker {

namespace {

using model::Outcome;
using pipeline::Journal;
using pipeline::OutputFolder;
using pipeline::SideSource;

constexpr std::int64_t kSignTolerance_ms = 1'000;  // S7

/// Says which of the job's files it was.
std::unexpected<model::Failure> about(const std::string& path, model::Failure failure) {
  failure.args.emplace_back("file", std::filesystem::path(path).filename().string());
  return std::unexpected(std::move(failure));
}

Outcome<SideSource> look_into(int fd) {
  auto source = pipeline::probe_source(fd);
  if (!source) return std::unexpected(std::move(source.error()));
  return SideSource{fd, std::move(*source)};
}

Outcome<model::Package> make_sign_ladder(const model::JobSpec& job, const SideSource& signer,
                                         const OutputFolder& output, const model::EventListener& listener,
                                         const Journal* journal) {
  model::JobSpec own = job;
  own.extent = model::Extent::rungs_only;
  own.ladder = pipeline::sign_ladder();
  return pipeline::package_source(signer.fd, signer.source, output, own, listener, journal);
}

Outcome<void> add_sign(const model::JobSpec& job, int fd, const SideSource& lesson,
                       const OutputFolder& output, model::Package& package,
                       const model::EventListener& listener, const Journal* journal) {
  auto signer = look_into(fd);
  if (!signer) return std::unexpected(std::move(signer.error()));
  if (!signer->source.video) return model::bad_input("errors.media.no_picture_in_sign");
  const int sounds = signer->source.audio ? signer->source.audio->tracks : 0;
  const std::int64_t offset_us = std::chrono::microseconds(job.sign_offset).count();
  signer->source.start_us -= offset_us;
  if (signer->source.declared_us > 0) {
    signer->source.declared_us = std::max<std::int64_t>(1, signer->source.declared_us + offset_us);
  }
  signer->source.audio.reset();  // the lesson has the sound, and some devices play only one audible video
  auto ladder = make_sign_ladder(job, *signer, output, listener, journal);
  if (!ladder) return std::unexpected(std::move(ladder.error()));
  const auto difference = std::llabs(ladder->duration.count() - package.duration.count());
  if (difference > kSignTolerance_ms) {
    listener(
        model::Warning{"errors.media.sign_length", {{"seconds", std::to_string((difference + 500) / 1000)}}});
  }
  if (!package.facts) package.facts.emplace();
  const auto& picture = *signer->source.video;
  package.facts->signer = {picture.shown.width, picture.shown.height,
                           pipeline::frames_per_1000_s(picture.rate), ladder->duration, sounds};
  package.sign = std::move(ladder->renditions);
  for (model::Rendition& rendition : package.sign) rendition.language = job.sign_language;
  if (!lesson.source.video) return {};
  auto together = pipeline::make_signed_picture(lesson, *signer, package, output, listener, journal);
  if (!together) return std::unexpected(std::move(together.error()));
  package.signed_picture = std::move(*together);
  return {};
}

}  // namespace

Outcome<void> add_extras(const model::JobSpec& job, const ExtraFiles& files, const SideSource& lesson,
                         const OutputFolder& output, model::Package& package,
                         const model::EventListener& listener, const Journal* journal) {
  for (std::size_t i = 0; i < job.extra_audio.size(); ++i) {
    const model::ExtraAudio& wanted = job.extra_audio[i];
    auto sound = look_into(files.audio[i]);
    if (!sound) return about(wanted.input, std::move(sound.error()));
    auto made = pipeline::make_extra_audio(*sound, wanted, package, output, listener, journal);
    if (!made) return about(wanted.input, std::move(made.error()));
    package.renditions.push_back(std::move(*made));
  }
  if (files.sign < 0) return {};
  auto sign = add_sign(job, files.sign, lesson, output, package, listener, journal);
  if (!sign) return about(job.sign, std::move(sign.error()));
  return {};
}

}  // namespace tongxing::media::worker
