// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/player_data.hpp"

#include "server/http/text.hpp"
#include "server/pages/learning_words.hpp"
#include "server/services/growing_package.hpp"

#include <charconv>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using nlohmann::json;

constexpr Milliseconds kHeartbeat{15'000};
constexpr std::int64_t kLongestStart = 24 * 3600;  ///< seconds: no lesson is longer

std::string package_path(const services::LessonFact& lesson) {
  return "/m/" + http::percent_encode(lesson.asset.str()) + "/" + http::percent_encode(lesson.asset_version) +
         "/";
}

/// HTML's kinds of text tracks: easy-read captions are subtitles to a browser.
std::string_view html_kind(std::string_view kind) {
  return kind == "CAPTION" ? "captions" : "subtitles";
}

json chapters_of(const services::LessonFact& lesson) {
  json chapters = json::array();
  for (const auto& chapter : lesson.chapters) {
    chapters.push_back({{"start_ms", chapter.start.count()}, {"title", chapter.title}});
  }
  return chapters;
}

/// chapters.vtt as a track of its own, for browsers that show it without our script; false: there is none.
json chapter_track(const routing::PageView& ctx, const services::LessonFact& lesson) {
  if (lesson.chapters.empty()) return false;
  return {{"lang", lesson.chapters.front().language},
          {"label", ctx.messages.text(ctx.locale, "player.script.chapters.title", {})},
          {"src", package_path(lesson) + "chapters.vtt"}};
}

json tracks_of(const routing::PageView& ctx, const services::LessonFact& lesson) {
  json tracks = json::array();
  for (const services::TextTrackFact& track : lesson.tracks) {
    tracks.push_back({{"kind", html_kind(track.kind)},
                      {"lang", track.lang},
                      {"label", track_label(ctx, track)},
                      {"src", package_path(lesson) + http::percent_encode(track.folder) + "/full.vtt"}});
  }
  return tracks;
}

}  // namespace

json growing_player_data(const routing::PageView& ctx, const services::LessonFact& lesson) {
  const std::string manifest = "/teach/lessons/" + http::percent_encode(lesson.id.str()) + "/growing/" +
                               http::percent_encode(lesson.asset.str()) + "/" +
                               std::string(services::kFirstPlaylist);
  const json config{{"lesson", lesson.id.str()},
                    {"title", lesson.title},
                    {"manifest", manifest},
                    {"growing", lesson.asset.str()},
                    {"record", false}};
  return {{"label", ctx.messages.text(ctx.locale, "player.label", {{"title", lesson.title}})},
          {"config", config.dump()},
          {"source", manifest},
          {"tracks", json::array()}};
}

json player_data(const routing::PageView& ctx, const services::LessonFact& lesson, Recording recording,
                 const PlayerStart& start) {
  const std::string package = package_path(lesson);
  json tracks = tracks_of(ctx, lesson);
  json captions = json::array();
  for (const json& track : tracks) {
    captions.push_back({{"lang", track["lang"]}, {"kind", track["kind"]}, {"label", track["label"]}});
  }
  const std::string manifest = package + (lesson.has_video ? "master.m3u8" : "audio.m3u8");
  const json config{{"lesson", lesson.id.str()},
                    {"title", lesson.title},
                    {"manifest", manifest},
                    {"audio", lesson.has_audio && lesson.has_video ? package + "audio.m3u8" : std::string()},
                    {"slides", lesson.has_slides ? package + "slides.json" : std::string()},
                    {"descriptions", lesson.has_descriptions ? package + "ad/ad.json" : std::string()},
                    {"sign", lesson.has_sign ? package + "sign.m3u8" : std::string()},
                    {"signed", lesson.has_signer_in_picture ? package + "signed.m3u8" : std::string()},
                    {"chapters", chapters_of(lesson)},
                    {"duration_ms", lesson.duration.count()},
                    {"resume_ms", start.resume.count()},
                    {"start_ms", start.asked.count()},
                    {"captions", std::move(captions)},
                    {"record", recording == Recording::on},
                    {"heartbeat_ms", kHeartbeat.count()},
                    {"account", ctx.viewer.account.str()}};
  const Milliseconds begin = start.asked > Milliseconds{0} ? start.asked : start.resume;
  // A media fragment (W3C Media Fragments URI §4.2.1): also without a script it goes on where it stopped.
  const std::string source =
      begin > Milliseconds{0} ? manifest + "#t=" + std::to_string(begin.count() / 1000) : manifest;
  return {{"label", ctx.messages.text(ctx.locale, "player.label", {{"title", lesson.title}})},
          {"config", config.dump()},
          {"source", source},
          {"chapter_track", chapter_track(ctx, lesson)},
          {"tracks", std::move(tracks)}};
}

Milliseconds asked_start(const http::Request& request) {
  const std::string text = request.query.get_or("t");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size()) return Milliseconds{0};
  if (seconds <= 0 || seconds > kLongestStart) return Milliseconds{0};
  return Milliseconds{seconds * 1000};
}

}  // namespace tongxing::pages
