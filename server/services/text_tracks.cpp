// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/text_tracks.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/description/extended_captions.hpp"
#include "accessibility/transcript/transcript.hpp"
#include "media/manifest/caption_segments.hpp"
#include "media/manifest/extended.hpp"
#include "media/manifest/hls.hpp"
#include "media/manifest/package_files.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/digest.hpp"
#include "server/storage/files.hpp"

#include <array>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::services {
namespace {

using media::model::TextTrack;

struct KindRow {
  std::string_view stored;
  std::string_view folder;
  TextTrack::Kind kind;
};
constexpr std::array kKinds{KindRow{"CAPTION", "caption", TextTrack::Kind::caption},
                            KindRow{"SUBTITLE", "subtitle", TextTrack::Kind::subtitle},
                            KindRow{"EASY_READ", "easy-read", TextTrack::Kind::easy_read}};

const KindRow& kind_of(std::string_view stored) {
  for (const KindRow& row : kKinds) {
    if (row.stored == stored) return row;
  }
  throw std::logic_error("a text track of an unknown kind");
}

/// From the first track (captions stand before subtitles); without any there is none.
void replace_transcript(const std::filesystem::path& package, const std::vector<storage::TrackRow>& tracks) {
  if (tracks.empty()) {
    std::filesystem::remove(package / "transcript.json");
    return;
  }
  const auto file = accessibility::read_captions(tracks.front().source);
  if (file) write_transcript(package, file->track);
}

/// The captions of a folder once more, for the lesson that stands still. All descriptions of a package's
/// version are the same, so a folder that is there already holds what it should.
void write_extended_track(const std::filesystem::path& package, const std::string& folder,
                          const media::model::Package& known) {
  const std::string name = media::manifest::extended_folder(folder);
  if (std::filesystem::exists(package / name)) return;
  const auto text = storage::read_small_file(package / folder / "full.vtt", accessibility::kMaxFileBytes + 1);
  const auto file = accessibility::read_webvtt(text.value_or(""));
  if (!file) throw std::runtime_error("the captions in " + folder + " cannot be read");
  const auto map = media::manifest::time_map_of(*known.extended);
  write_track_folder(package, name, accessibility::extended_captions(file->track, map),
                     media::manifest::extended_duration(known));
}

/// Not durable yet: the whole folder is synced when it is put in its place.
void write_file(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out.exceptions(std::ios::badbit | std::ios::failbit);
  out << text << std::flush;
}

}  // namespace

std::string write_text_track(const std::filesystem::path& package, std::string_view kind,
                             std::string_view language, const accessibility::Track& track,
                             Milliseconds length) {
  const std::string full = accessibility::write_webvtt(track);
  const std::string name = "t-" + std::string(language) + "-" + std::string(kind_of(kind).folder) + "-" +
                           sha256_hex(full).substr(0, 16);
  if (!std::filesystem::exists(package / name)) write_track_folder(package, name, track, length);
  return name;
}

void write_track_folder(const std::filesystem::path& package, const std::string& name,
                        const accessibility::Track& track, Milliseconds length) {
  const auto draft = package / ("tmp-" + name);
  std::filesystem::remove_all(draft);  // of an attempt that a crash cut short
  std::filesystem::create_directory(draft);
  write_file(draft / "full.vtt", accessibility::write_webvtt(track));
  write_file(draft / "index.m3u8", media::manifest::subtitle_playlist(length));
  const auto spans = media::manifest::caption_segments(length);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    write_file(draft / ("t" + std::to_string(i) + ".vtt"),
               accessibility::write_webvtt_segment(track, spans[i].from, spans[i].to));
  }
  storage::publish_folder(draft, package / name);
}

void write_transcript(const std::filesystem::path& package, const accessibility::Track& track) {
  nlohmann::json paragraphs = nlohmann::json::array();
  for (const accessibility::Paragraph& p : accessibility::transcript_of(track)) {
    paragraphs.push_back(
        {{"start_ms", p.start.count()}, {"end_ms", p.end.count()}, {"speaker", p.speaker}, {"text", p.text}});
  }
  const nlohmann::json whole{{"paragraphs", std::move(paragraphs)}};
  storage::replace_file(package / "transcript.json",
                        whole.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void write_manifests(const std::filesystem::path& package, const media::model::Package& known,
                     const std::vector<TextTrack>& tracks) {
  if (known.extended) {
    for (const TextTrack& track : tracks) write_extended_track(package, track.folder, known);
  }
  for (const auto& file : media::manifest::track_manifests(known, tracks, {})) {
    storage::replace_file(package / file.path, file.text);
  }
  for (const auto& name : media::manifest::absent_manifests(known)) std::filesystem::remove(package / name);
}

void write_chapters(const std::filesystem::path& package, const media::model::Package& known) {
  for (const auto& file : media::manifest::fixed_manifests(known, {})) {
    if (file.path.starts_with("chapters")) storage::replace_file(package / file.path, file.text);
  }
}

void write_playlists(const std::filesystem::path& package, const storage::Asset& asset,
                     const std::vector<storage::TrackRow>& tracks) {
  const auto known = media::read_package(asset.package);
  if (!known) throw std::runtime_error("the stored package of an asset cannot be read");
  std::vector<TextTrack> shown;
  for (const auto& track : tracks) {
    const auto kind = kind_of(track.kind).kind;
    shown.push_back({kind, track.lang, media::manifest::text_name(track.lang, kind), track.folder});
  }
  replace_transcript(package, tracks);
  write_manifests(package, *known, shown);
}

}  // namespace tongxing::services
