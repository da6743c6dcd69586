// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/text_tracks.hpp"

#include "accessibility/captions/webvtt_writer.hpp"
#include "media/manifest/caption_segments.hpp"
#include "media/manifest/dash.hpp"
#include "media/manifest/hls.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/digest.hpp"
#include "server/storage/files.hpp"

#include <array>
#include <fstream>
#include <stdexcept>
#include <utility>

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

/// Names in the playlists are in the track's own language: players show them to those who read it.
std::string name_of(std::string_view language, TextTrack::Kind kind) {
  using enum TextTrack::Kind;
  if (language == "en") {
    if (kind == caption) return "English (captions with sounds)";
    return kind == subtitle ? "English" : "English (easy read)";
  }
  if (language == "zh-Hant") {
    if (kind == caption) return "繁體中文（含聲音說明）";
    return kind == subtitle ? "繁體中文" : "繁體中文（易讀）";
  }
  if (kind == caption) return "简体中文（含声音说明）";
  return kind == subtitle ? "简体中文" : "简体中文（易读）";
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
  const auto folder = package / name;
  if (std::filesystem::exists(folder)) return name;
  const auto draft = package / ("tmp-" + name);
  std::filesystem::remove_all(draft);  // of an attempt that a crash cut short
  std::filesystem::create_directory(draft);
  write_file(draft / "full.vtt", full);
  write_file(draft / "index.m3u8", media::manifest::subtitle_playlist(length));
  const auto spans = media::manifest::caption_segments(length);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    write_file(draft / ("t" + std::to_string(i) + ".vtt"),
               accessibility::write_webvtt_segment(track, spans[i].from, spans[i].to));
  }
  storage::publish_folder(draft, folder);
  return name;
}

void write_playlists(const std::filesystem::path& package, const storage::Asset& asset,
                     const std::vector<storage::TrackRow>& tracks) {
  const auto known = media::read_package(asset.package);
  if (!known) throw std::runtime_error("the stored package of an asset cannot be read");
  std::vector<TextTrack> shown;
  for (const auto& track : tracks) {
    const auto kind = kind_of(track.kind).kind;
    shown.push_back({kind, track.lang, name_of(track.lang, kind), track.folder});
  }
  const media::manifest::Names names;
  storage::replace_file(package / "manifest.mpd", media::manifest::mpd(*known, shown, names));
  if (const auto audio = media::manifest::audio_only_playlist(*known, shown, names); !audio.empty()) {
    storage::replace_file(package / "audio.m3u8", audio);
  }
  storage::replace_file(package / "master.m3u8",
                        media::manifest::multivariant_playlist(*known, shown, names));
}

}  // namespace tongxing::services
