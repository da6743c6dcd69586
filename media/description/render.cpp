// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/render.hpp"

#include "media/av/sha256.hpp"
#include "media/description/described_sound.hpp"
#include "media/description/description_files.hpp"
#include "media/description/lesson_length.hpp"
#include "media/description/segment_encoder.hpp"
#include "media/description/sound_survey.hpp"
#include "media/pipeline/audio_rendition.hpp"
#include "media/pipeline/loudness.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <utility>

namespace tongxing::media::description {

namespace {

using accessibility::Clip;
using accessibility::DescriptionMode;
using accessibility::Milliseconds;
using accessibility::PlannedDescription;
using accessibility::Span;
using model::Outcome;

constexpr double kTarget = pipeline::AudioRendition::kTargetLufs;
constexpr double kCeiling =
    pipeline::AudioRendition::kCeilingDbfs + pipeline::AudioRendition::kMostLimitingDb;
constexpr double kQuietestVoice =
    -24;  // LUFS: however quiet a programme is, a voice must be heard on a phone
constexpr double kLoudestVoice = -14;
constexpr std::int64_t kLeastOverBackground = 100;  // tenths of LU: 10 LU over music

Outcome<pipeline::PcmReader> open_sound(int fd, const pipeline::SourceInfo& source) {
  auto track = pipeline::TrackReader::open(fd, source, source.audio->stream, 1);
  if (!track) return std::unexpected(std::move(track.error()));
  return pipeline::PcmReader(std::move(*track));
}

/// One call of render_description.
class Rendering {
 public:
  Rendering(int fd, const pipeline::SourceInfo& source, const pipeline::OutputFolder& output,
            const DescriptionJob& job)
      : fd_(fd), source_(source), output_(output), job_(job), voices_(job.voices) {}

  Outcome<DescriptionMade> run();

 private:
  Outcome<void> survey();
  void tell(RenderPart part, std::int64_t done, std::int64_t total) const {
    if (job_.progress != nullptr) job_.progress->at(part, done, total);
  }
  Outcome<void> measure_length();
  Outcome<void> read_recordings();
  void plan();
  void plan_as_wished();
  void judge();
  void place();
  Outcome<std::optional<pipeline::PcmReader>> open_programme();
  Outcome<void> make_rendition();
  void make_silence();
  void make_clips();
  void write_files();
  [[nodiscard]] std::vector<Span> spoken() const;
  [[nodiscard]] double voice_gain(const PlannedDescription& one) const {
    return gain_to(voices_[one.index].speech, made_.voice_lufs);
  }

  int fd_;
  const pipeline::SourceInfo& source_;
  const pipeline::OutputFolder& output_;
  const DescriptionJob& job_;
  std::vector<Voice> voices_;
  SoundSurvey survey_;
  std::vector<std::int64_t> borders_;
  std::vector<PlacedVoice> placed_;
  DescriptionMade made_;
};

Outcome<void> Rendering::survey() {
  if (!source_.audio) return {};
  auto sound = open_sound(fd_, source_);
  if (!sound) return std::unexpected(std::move(sound.error()));
  const auto total = source_.declared_us / 1'000 * (kRate / 1'000);
  survey_ = survey_sound(std::move(*sound),
                         [&](std::int64_t samples) { tell(RenderPart::surveying, samples, total); });
  made_.programme_lufs = survey_.loudness;
  made_.gain_db = pipeline::gain_for(survey_.loudness, survey_.peak, kTarget, kCeiling);
  return {};
}

Outcome<void> Rendering::measure_length() {
  if (job_.package) {
    borders_ = job_.package->sound_borders;
    made_.picture_borders_us = job_.package->picture_borders_us;
    made_.main_samples = borders_.back() * kFrame;
    return {};
  }
  auto length = lesson_length(fd_, source_, survey_.samples);
  if (!length) return std::unexpected(std::move(length.error()));
  borders_ = std::move(length->sound_borders);
  for (const std::int64_t border : borders_)
    made_.picture_borders_us.push_back(samples_to_us(border * kFrame));
  made_.main_samples = length->samples;
  return {};
}

Outcome<void> Rendering::read_recordings() {
  voices_.resize(job_.descriptions.size());
  for (std::size_t i = 0; i < std::min(job_.recordings.size(), voices_.size()); ++i) {
    if (job_.recordings[i] < 0) continue;
    auto voice = read_recording(job_.recordings[i]);
    if (!voice) {
      voice.error().args.emplace_back("description", job_.descriptions[i].id);
      return std::unexpected(std::move(voice.error()));
    }
    voices_[i] = std::move(*voice);
  }
  return {};
}

void Rendering::plan() {
  made_.input.descriptions = job_.descriptions;
  made_.input.captions = job_.captions;
  made_.input.detected = survey_.speech;
  made_.input.duration = Milliseconds(made_.main_samples * 1'000 / kRate);
  made_.input.rate = accessibility::speaking_rate_for(job_.language);
  if (job_.units_a_minute > 0) made_.input.rate.target = job_.units_a_minute;
  for (const Voice& voice : voices_) made_.input.clips.push_back({voice.state, voice.speech.duration()});
  if (job_.recorded_track >= 0) {
    plan_as_wished();
  } else {
    made_.plan = plan_descriptions(made_.input);
    made_.findings = check_plan(made_.input, made_.plan);
  }
}

/// Somebody has already spoken everything where the script says.
void Rendering::plan_as_wished() {
  accessibility::DescriptionPlan& plan = made_.plan;
  plan.speech = speech_of(job_.captions, survey_.speech, made_.input.duration);
  for (std::size_t i = 0; i < job_.descriptions.size(); ++i) {
    const Span wish = job_.descriptions[i].wish;
    const Milliseconds at = std::min(wish.start, made_.input.duration);
    const Milliseconds end = std::clamp(wish.end, at, made_.input.duration);
    const auto units = spoken_units(job_.descriptions[i].text, made_.input.rate.unit);
    PlannedDescription one;
    one.index = i;
    one.need = end - at;
    one.at = at;
    one.end = end;
    one.rate = end > at ? static_cast<int>(units * 60'000 / (end - at).count()) : 0;
    plan.descriptions.push_back(one);
  }
}

std::vector<Span> Rendering::spoken() const {
  std::vector<Span> spans;
  for (const PlannedDescription& one : made_.plan.descriptions) {
    if (one.gap) spans.push_back({one.at, one.end});
  }
  return spans;
}

/// How loud the voice has to be, and whether what is behind it is quiet enough.
void Rendering::judge() {
  std::vector<Span> speech = accessibility::caption_spans(job_.captions);
  speech.insert(speech.end(), survey_.speech.begin(), survey_.speech.end());
  speech = merged(std::move(speech), Milliseconds(0), made_.input.duration);
  const double programme = survey_.trace.integrated(speech);
  if (programme > -60) made_.speech_lufs = programme + made_.gain_db;
  made_.voice_lufs = programme > -60 ? std::clamp(made_.speech_lufs, kQuietestVoice, kLoudestVoice) : kTarget;
  for (const PlannedDescription& one : made_.plan.descriptions) {
    if (!one.gap) continue;
    const Span span{one.at, one.end};
    const double behind = survey_.trace.mean(std::span(&span, 1)) + made_.gain_db + job_.duck_db;
    const auto over = static_cast<std::int64_t>((made_.voice_lufs - behind) * 10);
    if (over >= kLeastOverBackground) continue;
    const auto& description = job_.descriptions[one.index];
    made_.findings.push_back({accessibility::DescriptionFindingKind::loud_background,
                              accessibility::Severity::warning,
                              description.id,
                              description.line,
                              one.at,
                              over,
                              kLeastOverBackground,
                              {}});
  }
}

void Rendering::place() {
  for (const PlannedDescription& one : made_.plan.descriptions) {
    const accessibility::Speech* speech = one.index < voices_.size() ? &voices_[one.index].speech : nullptr;
    if (one.gap) {
      placed_.push_back({one.at.count() * kRate / 1'000, speech, one.speed_permille, voice_gain(one)});
    } else if (one.mode == DescriptionMode::extended) {
      const auto& borders = made_.picture_borders_us;
      const auto after = std::upper_bound(borders.begin() + 1, borders.end() - 1, one.at.count() * 1'000);
      const auto segment = static_cast<std::size_t>(after - borders.begin() - 1);
      made_.pauses.push_back({one.index, one.at, pause_for_clip(one.need), speech, voice_gain(one),
                              std::min(segment, borders_.size() - 2)});
    }
  }
}

Outcome<std::optional<pipeline::PcmReader>> Rendering::open_programme() {
  if (job_.recorded_track >= 0) {
    const auto recorded = pipeline::probe_source(job_.recorded_track);
    if (!recorded) return std::unexpected(recorded.error());
    if (!recorded->audio) return model::bad_input("errors.media.no_streams");
    auto first = open_sound(job_.recorded_track, *recorded);
    if (!first) return std::unexpected(std::move(first.error()));
    const SoundSurvey found = survey_sound(std::move(*first));
    made_.gain_db = pipeline::gain_for(found.loudness, found.peak, kTarget, kCeiling);
    for (auto& finding : accessibility::check_length(found.samples, made_.main_samples)) {
      finding.severity = accessibility::Severity::warning;  // mended: cut, or silence added
      made_.findings.push_back(std::move(finding));
    }
    return open_sound(job_.recorded_track, *recorded);
  }
  if (!source_.audio) return std::nullopt;
  return open_sound(fd_, source_);
}

Outcome<void> Rendering::make_rendition() {
  auto programme = open_programme();
  if (!programme) return std::unexpected(std::move(programme.error()));
  model::Rendition rendition;
  rendition.name = described_name(job_.language);
  rendition.kind = model::MediaKind::audio;
  rendition.role = model::AudioRole::description;
  rendition.language = job_.language;
  rendition.channels = 1;
  rendition.sample_rate = kRate;
  accessibility::DuckingRules ducking;
  ducking.decibel = job_.duck_db;
  const std::int64_t total = borders_.back() * kFrame;
  DescribedSound sound(std::move(*programme), made_.gain_db, {spoken(), ducking, kRate}, placed_, total);
  const pipeline::OutputFolder folder = output_.folder(rendition.name);
  SegmentEncoder encoder(output_, rendition, borders_, job_.threads);
  PausedSound paused(folder, borders_, made_.pauses);
  pipeline::LoudnessMeter meter;
  std::vector<float> block;
  std::int64_t done = 0;
  while (sound.next(block)) {
    meter.add(block);
    paused.add(block);
    encoder.add(block);
    done += std::ssize(block);
    tell(RenderPart::rendering, done, total);
  }
  made_.paused_segments = paused.finish();
  made_.rendition = encoder.finish();
  made_.described_samples = total;
  made_.described_lufs = meter.integrated();
  made_.described_peak_dbtp = meter.true_peak();
  for (auto& finding : accessibility::check_length(total, made_.main_samples))
    made_.findings.push_back(std::move(finding));
  return {};
}

/// Beside a description that is all there is to hear players would offer no choice.
void Rendering::make_silence() {
  using MainSound = PackageShape::MainSound;
  const bool heard = source_.audio || (job_.package && job_.package->main_sound == MainSound::given);
  if (heard || !source_.video) return;
  model::Rendition silence;
  silence.name = "a-" + std::string(model::kNoWords);
  silence.kind = model::MediaKind::audio;
  silence.language = model::kNoWords;
  silence.channels = 1;
  silence.sample_rate = kRate;
  made_.silence = SegmentEncoder(output_, silence, borders_, job_.threads).finish();
}

/// Clips of everything that the lesson has to stand still for.
void Rendering::make_clips() {
  const pipeline::OutputFolder folder = output_.folder("ad");
  const auto step = static_cast<std::size_t>(std::clamp(job_.threads, 1, 16));
  for (std::size_t first = 0; first < made_.pauses.size(); first += step) {
    std::vector<std::future<std::vector<std::byte>>> running;
    const std::size_t end = std::min(first + step, made_.pauses.size());
    for (std::size_t i = first; i < end; ++i) {
      running.push_back(std::async(std::launch::async, [&pause = made_.pauses[i]] {
        return encode_file(limited(prepared(*pause.speech, 1'000, pause.gain_db)));
      }));
    }
    tell(RenderPart::finishing, static_cast<std::int64_t>(first), std::ssize(made_.pauses) + 1);
    for (std::size_t i = first; i < end; ++i) {
      const std::vector<std::byte> bytes = running[i - first].get();
      const std::string number = std::to_string(i + 1);
      const std::string name =
          "clip-" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number + ".m4a";
      folder.write(name, bytes);
      made_.clips.push_back(
          {made_.pauses[i].index, name, made_.pauses[i].speech->duration(), av::sha256_hex(bytes)});
    }
  }
}

void Rendering::write_files() {
  const pipeline::OutputFolder folder = output_.folder("ad");
  folder.write("ad.json", player_json(made_, job_.language));
  folder.write("ad.vtt", text_track(made_));
  folder.write("timemap.json", time_map_json(made_));
  folder.write("plan.json", plan_json(made_.input, made_.plan, made_.findings, job_.language));
  folder.write("measures.json", measures_json(made_));
  folder.sync();
  output_.sync();
}

Outcome<DescriptionMade> Rendering::run() {
  for (const auto step : {&Rendering::survey, &Rendering::measure_length, &Rendering::read_recordings}) {
    if (auto done = (this->*step)(); !done) return std::unexpected(std::move(done.error()));
  }
  plan();
  judge();
  place();
  if (auto done = make_rendition(); !done) return std::unexpected(std::move(done.error()));
  make_silence();
  make_clips();
  write_files();
  for (SpokenPause& pause : made_.pauses) pause.speech = nullptr;  // it ends with this object
  return std::move(made_);
}

}  // namespace

std::string described_name(const std::string& language) {
  return "a-" + language + "-ad";
}

std::optional<PackageShape> shape_of(const model::Package& package) {
  PackageShape shape;
  const auto borders = [](const model::Rendition& rendition) {
    std::vector<std::int64_t> all{0};
    for (const model::Segment& segment : rendition.segments) all.push_back(all.back() + segment.duration_us);
    return all;
  };
  const auto is_main = [](const model::Rendition& one) {
    return one.kind == model::MediaKind::audio && one.role == model::AudioRole::main &&
           !one.name.ends_with("-ad");
  };
  const auto sound = std::ranges::find_if(package.renditions, is_main);
  const auto picture =
      std::ranges::find(package.renditions, model::MediaKind::video, &model::Rendition::kind);
  const bool with_sound = sound != package.renditions.end() && !sound->segments.empty();
  const bool with_picture = picture != package.renditions.end() && !picture->segments.empty();
  if (!with_sound && !with_picture) return std::nullopt;
  if (!with_sound) shape.main_sound = PackageShape::MainSound::missing;
  shape.picture_borders_us = borders(with_picture ? *picture : *sound);
  for (const std::int64_t us : with_sound ? borders(*sound) : shape.picture_borders_us) {
    shape.sound_borders.push_back((us * kRate / 1'000'000 + kFrame / 2) / kFrame);
  }
  return shape;
}

Outcome<DescriptionMade> render_description(int media_fd, const pipeline::SourceInfo& source,
                                            const pipeline::OutputFolder& output, const DescriptionJob& job) {
  return Rendering(media_fd, source, output, job).run();
}

Outcome<std::vector<Span>> detect_speech(int media_fd, const pipeline::SourceInfo& source) {
  if (!source.audio) return std::vector<Span>{};
  auto sound = open_sound(media_fd, source);
  if (!sound) return std::unexpected(std::move(sound.error()));
  return survey_sound(std::move(*sound)).speech;
}

}  // namespace tongxing::media::description
