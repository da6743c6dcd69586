// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/first_playable.hpp"

#include "media/manifest/growing.hpp"

#include <string>

namespace tongxing::media::pipeline {

namespace {

/// A list that was written anew with every segment would cost the square of a long lesson's length: later
/// only when it has grown by a thirty-second.
bool worth_writing(std::size_t segments) {
  constexpr std::size_t kAlways = 64;
  return segments <= kAlways || segments % (segments / (kAlways / 2)) == 0;
}

}  // namespace

void FirstPlayable::expect(Sound sound) {
  const std::lock_guard lock(mutex_);
  sound_ = sound;
  announce();
}

void FirstPlayable::grown(const model::Rendition& so_far) {
  const std::lock_guard lock(mutex_);
  if (worth_writing(so_far.segments.size())) list(so_far, false);
}

void FirstPlayable::ended(const model::Rendition& whole) {
  const std::lock_guard lock(mutex_);
  if (!whole.segments.empty()) list(whole, true);
}

FirstPlayable::Track& FirstPlayable::track_of(const model::Rendition& rendition) {
  return rendition.kind == model::MediaKind::video ? video_ : audio_;
}

void FirstPlayable::list(const model::Rendition& rendition, bool whole) {
  const auto growth = whole ? manifest::Growth::ended : manifest::Growth::goes_on;
  package_.folder(rendition.name)
      .write(std::string(manifest::kGrowingPlaylist),
             manifest::growing_playlist(rendition, segment_duration_, growth));
  Track& track = track_of(rendition);
  if (track.listed) return;
  track.listed = true;
  track.about = rendition;
  track.about.segments.clear();
  announce();
}

void FirstPlayable::announce() {
  if (announced_ || !video_.listed || (sound_ == Sound::comes && !audio_.listed)) return;
  const model::Rendition* audio = audio_.listed ? &audio_.about : nullptr;
  package_.write(std::string(manifest::kFirstPlaylist),
                 manifest::first_playlist(video_.about, audio, bandwidth_, {}));
  announced_ = true;
  there_.set(true);
  reporter_.say(model::FirstPlayable{std::string(manifest::kFirstPlaylist)});
}

void FirstPlayable::remove() const {
  if (announced_) package_.remove(std::string(manifest::kFirstPlaylist));
  for (const Track* track : {&video_, &audio_}) {
    if (track->listed) {
      package_.folder(track->about.name).remove(std::string(manifest::kGrowingPlaylist));
    }
  }
}

}  // namespace tongxing::media::pipeline
