// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/packager.hpp"

#include "media/pipeline/audio_rendition.hpp"
#include "media/pipeline/first_playable.hpp"
#include "media/pipeline/loudness.hpp"
#include "media/pipeline/meeting_point.hpp"
#include "media/pipeline/picture_feed.hpp"
#include "media/pipeline/picture_kind.hpp"
#include "media/pipeline/picture_reader.hpp"
#include "media/pipeline/reporter.hpp"
#include "media/pipeline/requested_ladder.hpp"
#include "media/pipeline/side_pictures.hpp"
#include "media/pipeline/sound_sides.hpp"
#include "media/pipeline/stage_group.hpp"
#include "media/pipeline/video_rung.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

using model::Outcome;

/// Carries an expected failure out of a stage's thread; never leaves this file.
struct Refused {
  model::Failure failure;
};

template <typename T>
T need(Outcome<T> outcome) {
  if (!outcome) throw Refused{std::move(outcome.error())};
  return std::move(*outcome);
}

/// Sound that outlasts the picture by less is the encoder's padding and is cut; more keeps the last picture
/// standing.
constexpr std::int64_t kPaddingUs = 64'000;
constexpr std::int64_t kRate = av::Resampler::kRate;
constexpr std::int64_t kShortenedUs = 1'000'000;
constexpr std::int64_t kSoundBitRate = 64'000;  // the AAC encoder's own, with what a segment adds to it
/// A lesson of fewer segments is soon made as a whole.
constexpr std::int64_t kHeadStartFrom = 4;

std::string clock_text(std::int64_t us) {
  const std::int64_t seconds = us / 1'000'000;
  const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::to_string(seconds / 60) + ":" + two(seconds % 60);
}

void refuse_long_if(bool too_long) {
  if (!too_long) return;
  const auto hours = std::to_string(SourceLimits{}.duration.count());
  throw Refused{{model::ExitCode::bad_input, "errors.media.too_long", {{"hours", hours}}}};
}

std::string percent(double share) {
  return std::to_string(static_cast<int>(share * 100 + 0.5)) + " %";
}

std::string plan_text(const RungPlan& plan, model::Rational rate) {
  return plan.name + ": " + std::to_string(plan.size.width) + "x" + std::to_string(plan.size.height) + ", " +
         std::to_string(static_cast<int>(rate.value() / plan.stride * 10 + 0.5) / 10.0).substr(0, 4) +
         " frames a second, CRF " + std::to_string(plan.crf) + " up to " + std::to_string(plan.max_kbps) +
         " kb/s";
}

std::int64_t bytes_of(const model::Rendition& rendition) {
  std::int64_t bytes = 0;
  for (const model::Segment& segment : rendition.segments) bytes += segment.bytes;
  return bytes;
}

/// One job: its stages and what they tell each other.
class Job {
 public:
  Job(int fd, const SourceInfo& source, const OutputFolder& output, const model::JobSpec& spec,
      const model::EventListener& listener, const Journal* journal)
      : fd_(fd),
        source_(source),
        output_(output),
        spec_(spec),
        reporter_(listener),
        journal_(journal),
        time_(plan(source, spec)) {}

  model::Package run();

 private:
  static TimePlan plan(const SourceInfo& source, const model::JobSpec& spec) {
    return plan_time(source.video ? source.video->rate : model::Rational{25, 1}, spec.segment.count());
  }
  [[nodiscard]] std::string audio_language() const {
    return spec_.audio_language.empty() ? "und" : spec_.audio_language;
  }
  [[nodiscard]] model::Milliseconds segment_duration() const {
    return std::chrono::milliseconds(model::frames_to_us(time_.segment_frames, time_.rate) / 1000);
  }
  [[nodiscard]] std::string audio_name() const { return "a-" + audio_language(); }

  void build_rungs();
  void announce();
  void list_first();
  [[nodiscard]] Finished finished(const std::string& name) const;
  [[nodiscard]] std::function<void(const model::Rendition&)> account(const model::Rendition& so_far);
  [[nodiscard]] bool is_first(const model::Rendition& rendition) const;
  void start_ahead();
  void stop();
  void read_pictures();
  [[nodiscard]] std::int64_t final_frames(std::int64_t frames);
  void make_sound();
  void make_rung(std::size_t index);
  void keep(std::size_t place, model::Rendition rendition);
  void report_damage(const TrackReader& track, std::int64_t end_us);
  void note(std::string text);
  void drop_rungs();
  [[nodiscard]] model::Package collect();

  int fd_;
  const SourceInfo& source_;
  const OutputFolder& output_;
  const model::JobSpec& spec_;
  Reporter reporter_;
  const Journal* journal_;
  TimePlan time_;
  std::vector<std::unique_ptr<VideoRung>> rungs_;  // by rising height
  std::optional<model::SoundFacts> sound_facts_;   // written by the thread that makes the sound
  std::optional<FirstPlayable> first_;             // where there are pictures
  bool ahead_ = false;                             // the lowest rung begins before all others
  std::optional<SidePictures> side_pictures_;      // fed by the thread that reads the pictures
  std::vector<std::optional<model::Rendition>>
      made_;                                  // rungs, then the sound; each written by its own thread
  MeetingPoint<std::int64_t> sound_samples_;  // natural length of the sound
  MeetingPoint<std::int64_t> total_samples_;  // length that the sound must have
  std::mutex mutex_;
  std::vector<std::string> notes_;
};

model::Package Job::run() {
  if (source_.video) build_rungs();
  announce();
  if (first_ && finished(rungs_.front()->name()).dropped) first_.reset();  // nothing of it is there
  if (first_) list_first();
  made_.resize(rungs_.size() + 1);
  StageGroup stages([this] { stop(); });
  for (std::size_t i = 0; i < rungs_.size(); ++i) stages.start([this, i] { make_rung(i); });
  if (source_.audio) stages.start([this] { make_sound(); });
  if (source_.video) stages.run_here([this] { read_pictures(); });
  stages.join();
  if (first_) first_->remove();
  drop_rungs();
  return collect();
}

void Job::build_rungs() {
  const Size shown = source_.video->shown;
  if (spec_.extent == model::Extent::everything) {
    side_pictures_.emplace(output_, *source_.video, source_.declared_us);
  }
  const PictureLook look = look_at_pictures(fd_, source_);
  const PictureKind kind = requested_kind(spec_.subject, look.kind());
  const auto plans = requested_ladder(plan_ladder(shown, kind, time_.rate), shown, spec_);
  const auto threads = plan_threads(plans, spec_.threads);
  if (source_.video->high_dynamic_range) note("pictures: high dynamic range, brought to BT.709");
  if (source_.video->interlaced) note("pictures: interlaced, made progressive");
  const bool asked = spec_.subject != model::Subject::automatic;
  note("pictures: " + kind_name(kind) + (asked ? ", as asked" : "") + " (" + percent(look.unchanged) +
       " of the blocks stand, " + percent(look.flat) + " are flat)");
  if (spec_.extent != model::Extent::rungs_only) {
    first_.emplace(output_, segment_duration(), plans.front().max_kbps * 1000LL + kSoundBitRate, reporter_);
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    note(plan_text(plans[i], time_.rate));
    VideoRung* below = rungs_.empty() ? nullptr : rungs_.back().get();
    const VideoRung::Settings settings{plans[i], time_, source_.video->colour, threads[i],
                                       finished(plans[i].name)};
    rungs_.push_back(std::make_unique<VideoRung>(output_, settings, below, reporter_));
    rungs_.back()->listen(account(rungs_.back()->so_far()));
  }
}

void Job::announce() {
  model::Planned planned;
  for (const auto& rung : rungs_) planned.renditions.push_back(rung->name());
  if (source_.audio) planned.renditions.push_back(audio_name());
  reporter_.say(planned);
  reporter_.expect(source_.declared_us);
}

/// The lowest rung and the sound can be played as they grow.
void Job::list_first() {
  first_->expect(source_.audio ? FirstPlayable::Sound::comes : FirstPlayable::Sound::missing);
  const std::int64_t worth = model::frames_to_us(kHeadStartFrom * time_.segment_frames, time_.rate);
  ahead_ = rungs_.size() > 1 && rungs_.front()->so_far().segments.empty() &&
           (source_.declared_us <= 0 || source_.declared_us >= worth);
  if (ahead_) rungs_.front()->hurry_first_segment();
  const model::Rendition& lowest = rungs_.front()->so_far();
  if (!lowest.segments.empty()) first_->grown(lowest);
}

Finished Job::finished(const std::string& name) const {
  return Account(journal_, name).finished();
}

bool Job::is_first(const model::Rendition& rendition) const {
  return rendition.kind == model::MediaKind::audio || rendition.name == rungs_.front()->name();
}

/// Begins a rendition's account, and gives what is called with every segment of it.
std::function<void(const model::Rendition&)> Job::account(const model::Rendition& so_far) {
  if (!so_far.segments.empty()) {
    note(so_far.name + ": goes on behind " + std::to_string(so_far.segments.size()) + " finished segments");
  }
  return
      [this, write_down = Account(journal_, so_far.name).begin(so_far)](const model::Rendition& rendition) {
        write_down(rendition);
        if (first_ && is_first(rendition)) first_->grown(rendition);
      };
}

void Job::stop() {
  for (const auto& rung : rungs_) rung->queue().abandon();
  if (first_) first_->abandon();
  sound_samples_.abandon();
  total_samples_.abandon();
}

void Job::make_rung(std::size_t index) {
  model::Rendition rung = rungs_[index]->run();
  if (index == 0 && first_) first_->ended(rung);
  keep(index, std::move(rung));
}

void Job::keep(std::size_t place, model::Rendition rendition) {
  const std::string name = rendition.name;
  made_[place] = std::move(rendition);
  if (made_[place]->segments.empty()) return;
  Account(journal_, name).whole();
  reporter_.say(model::OutputReady{name});
}

/// The lowest rung gets the pictures of its first segment before all others, so that a lesson can be played
/// before the larger rungs begin: until then the sound has a core for itself. Costs decoding one segment
/// twice.
void Job::start_ahead() {
  if (!ahead_) return;
  PictureReader pictures(need(TrackReader::open(fd_, source_, source_.video->stream, spec_.threads)),
                         *source_.video);
  PictureFeed feed(time_, rungs_.front()->queue());
  av::Frame next;
  const std::int64_t enough = time_.segment_frames + rungs_.front()->stride();
  while (feed.frames() <= enough && pictures.next(next)) {
    if (!feed.add(next, pictures.time_us())) return;
    next.reset();
  }
  if (feed.frames() > enough) first_->wait();
}

void Job::read_pictures() {
  start_ahead();
  PictureReader pictures(need(TrackReader::open(fd_, source_, source_.video->stream, spec_.threads)),
                         *source_.video);
  PictureFeed feed(time_, rungs_.back()->queue());
  av::Frame next;
  std::int64_t end_us = 0;
  while (pictures.next(next)) {
    if (side_pictures_) side_pictures_->see(next, pictures.time_us());
    if (!feed.add(next, pictures.time_us())) return;
    next.reset();
    end_us = pictures.time_us() + pictures.track().duration_us();
  }
  refuse_long_if(pictures.track().too_long());
  if (feed.empty()) throw Refused{{model::ExitCode::bad_input, "errors.media.no_pictures"}};
  report_damage(pictures.track(), end_us);
  feed.finish(final_frames(feed.frames_until(end_us)));
  note("pictures: " + std::to_string(feed.given()) + " of " + std::to_string(feed.frames()) +
       " frames differ from the one before or begin a group");
}

/// The length of everything in output frames, from what the pictures and the sound need.
std::int64_t Job::final_frames(std::int64_t frames) {
  if (source_.audio) {
    const std::int64_t sound_us = sound_samples_.wait() * 1'000'000 / kRate;
    if (sound_us > model::frames_to_us(frames, time_.rate) + kPaddingUs) {
      frames = FrameClock(time_.rate).index_at(sound_us);
    }
  }
  total_samples_.set(model::frames_to_us(frames, time_.rate) * kRate / 1'000'000);
  return frames;
}

void Job::make_sound() {
  const int stream = source_.audio->stream;
  SoundSides sides;
  PcmReader first(need(TrackReader::open(fd_, source_, stream, 1)));
  const SoundMeasure measure = measure_sound(first, [&](std::span<const float> samples) {
    sides.add(samples);
    reporter_.progress(audio_name(), 0);
  });
  refuse_long_if(measure.too_long);
  if (source_.audio->tracks > 1) {
    reporter_.say(model::Warning{"errors.media.several_sounds",
                                 {{"count", std::to_string(source_.audio->tracks)},
                                  {"number", std::to_string(source_.audio->number)}}});
  }
  sound_samples_.set(measure.samples);
  if (measure.samples == 0) {
    if (!source_.video) throw Refused{{model::ExitCode::bad_input, "errors.media.no_pictures"}};
    reporter_.say(model::Warning{"errors.media.sound_unreadable"});
    if (first_) first_->expect(FirstPlayable::Sound::missing);
    return;
  }
  if (spec_.extent != model::Extent::first_rung_only) {
    sound_facts_ = sides.facts();
    sides.write(output_, *sound_facts_);
  }
  const double gain = gain_for(measure.loudness, measure.peak, AudioRendition::kTargetLufs,
                               AudioRendition::kCeilingDbfs + AudioRendition::kMostLimitingDb);
  note("sound: " + std::to_string(measure.loudness) + " LUFS, peak " + std::to_string(measure.peak) +
       " dBTP, gain " + std::to_string(gain) + " dB");
  PcmReader pcm(need(TrackReader::again(std::move(first).release(), fd_, source_, stream, 1)));
  AudioRendition rendition(output_, audio_name(), audio_language(), time_, reporter_, finished(audio_name()));
  const bool with_video = source_.video.has_value();
  rendition.listen(account(rendition.so_far()));
  if (first_ && !rendition.so_far().segments.empty()) first_->grown(rendition.so_far());
  model::Rendition made = rendition.run(std::move(pcm), gain,
                                        [&] { return with_video ? total_samples_.wait() : measure.samples; });
  if (first_) first_->ended(made);
  keep(rungs_.size(), std::move(made));
  if (!with_video) {
    report_damage(pcm.track(), measure.samples * 1'000'000 / kRate);
  }
}

void Job::report_damage(const TrackReader& track, std::int64_t end_us) {
  const std::int64_t missing = source_.declared_us - end_us;
  if (source_.declared_us > 0 && missing > std::max(kShortenedUs, source_.declared_us / 50)) {
    reporter_.say(
        model::Warning{"errors.media.shortened",
                       {{"usable", clock_text(end_us)}, {"declared", clock_text(source_.declared_us)}}});
  } else if (track.damaged() > 0 || track.broken_end()) {
    reporter_.say(model::Warning{"errors.media.damaged", {{"count", std::to_string(track.damaged())}}});
  }
}

void Job::note(std::string text) {
  const std::lock_guard lock(mutex_);
  notes_.push_back(std::move(text));
}

/// A rung that is hardly smaller than the next one is of no use to anybody: only its bytes tell.
void Job::drop_rungs() {
  std::vector<std::int64_t> bytes;
  for (std::size_t i = 0; i < rungs_.size(); ++i) bytes.push_back(bytes_of(*made_[i]));
  std::set<std::size_t> drops;
  for (const std::size_t index : plan_drops(bytes)) drops.insert(index);
  for (std::size_t i = 0; i < rungs_.size(); ++i) {
    if (finished(made_[i]->name).dropped) drops.insert(i);  // its files are gone already
  }
  for (const std::size_t index : drops) {
    const model::Rendition& rung = *made_[index];
    note(rung.name + " was dropped: " + std::to_string(bytes[index] / 1024) +
         " KiB, hardly less than the next one");
    if (journal_ != nullptr) journal_->dropped(rung.name);
    output_.remove_rendition(rung.name, rung.segments.size());
    made_[index].reset();
  }
}

model::Package Job::collect() {
  model::Package package;
  package.segment_duration = segment_duration();
  std::int64_t longest = 0;
  for (auto& rendition : made_) {
    if (!rendition) continue;
    std::int64_t total = 0;
    for (const model::Segment& segment : rendition->segments) total += segment.duration_us;
    longest = std::max(longest, total);
    package.renditions.push_back(std::move(*rendition));
  }
  package.duration = std::chrono::milliseconds((longest + 500) / 1000);
  if (sound_facts_) package.facts = model::Facts{.sound = std::move(sound_facts_)};
  if (side_pictures_) side_pictures_->finish(longest, package);
  package.notes = std::move(notes_);
  output_.sync();
  return package;
}

}  // namespace

Outcome<model::Package> package_source(int input_fd, const SourceInfo& source, const OutputFolder& output,
                                       const model::JobSpec& job, const model::EventListener& listener,
                                       const Journal* journal) {
  try {
    return Job(input_fd, source, output, job, listener, journal).run();
  } catch (const Refused& refused) {
    return std::unexpected(refused.failure);
  }
}

}  // namespace tongxing::media::pipeline
