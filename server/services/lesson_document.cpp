// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/lesson_document.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "server/storage/catalogue_store.hpp"
#include "server/storage/track_store.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace tongxing::services {
namespace {

/// Captions in the page's language, else the first captions there are (they come in order).
const TextTrackFact* transcript_track(const LessonFact& lesson, std::string_view language) {
  const auto fits = [&](const TextTrackFact& track) {
    return track.lang == language && track.kind != "EASY_READ";
  };
  const auto found = std::ranges::find_if(lesson.tracks, fits);
  if (found != lesson.tracks.end()) return &*found;
  return lesson.tracks.empty() ? nullptr : &lesson.tracks.front();
}

/// Checked when it was uploaded: what can not be read all the same is left out, for a reader can not mend it.
std::optional<accessibility::Track> track_from(const std::string& source) {
  if (source.empty()) return std::nullopt;
  auto file = accessibility::read_captions(source);
  if (!file) return std::nullopt;
  return std::move(file->track);
}

/// Whether somebody who reads `reader` can read `text`: a script is kept under the language that it is spoken
/// in, and both ways of writing Chinese are read by those who read one.
bool is_readable(std::string_view text, std::string_view reader) {
  const auto chinese = [](std::string_view tag) {
    return tag.starts_with("zh") || tag == "cmn" || tag == "yue";
  };
  return text == reader || (chinese(text) && chinese(reader));
}

/// A script or chapters in the language of the words, else in one that its reader can read.
std::string source_beside(storage::Connection& db, const AssetId& asset, std::string_view kind,
                          std::string_view language) {
  std::string source;
  for (auto& track : storage::TrackStore(db).others_of_asset(asset)) {
    if (track.kind != kind || !is_readable(track.lang, language)) continue;
    if (track.lang == language) return std::move(track.source);
    if (source.empty()) source = std::move(track.source);
  }
  return source;
}

const accessibility::Track* pointer(const std::optional<accessibility::Track>& track) {
  return track ? &*track : nullptr;
}

}  // namespace

accessibility::Document document_of_lesson(storage::Connection& db, const LessonFact& lesson,
                                           std::string_view language) {
  storage::CatalogueStore store(db);
  const TextTrackFact* words = transcript_track(lesson, language);
  const std::string lang(words == nullptr ? language : std::string_view(words->lang));
  std::optional<accessibility::Track> captions;
  if (words != nullptr) captions = track_from(store.track_source(lesson.asset, words->kind, lang));
  const auto descriptions = track_from(source_beside(db, lesson.asset, "AUDIO_DESCRIPTION", lang));
  const auto chapters = track_from(source_beside(db, lesson.asset, "CHAPTERS", lang));
  return accessibility::document_of(lesson.title, lang,
                                    {pointer(captions), pointer(descriptions), pointer(chapters)});
}

}  // namespace tongxing::services
