// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/media_texts.hpp"

#include "accessibility/transcript/chapter_marks.hpp"
#include "media/manifest/names.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/text_tracks.hpp"
#include "server/storage/files.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tongxing::cli {

namespace {

namespace model = media::model;
using accessibility::Finding;
using accessibility::FindingKind;

constexpr std::size_t kLargestLadder = 64U << 10U;

std::unexpected<Refusal> about(const std::filesystem::path& file, std::string key, MessageArgs args = {}) {
  args.emplace_back("file", file.filename().string());
  return std::unexpected(Refusal{std::move(key), std::move(args)});
}

std::expected<accessibility::CaptionFile, Refusal> read_cues(const std::filesystem::path& path) {
  const auto bytes = storage::read_small_file(path, accessibility::kMaxFileBytes + 1);
  if (!bytes) return about(path, "media_tool.cannot_read");
  auto file = accessibility::read_captions(*bytes);
  if (file) return std::move(*file);
  return about(path, "errors.captions." + std::string(accessibility::name_of(file.error().kind)),
               {{"line", std::to_string(file.error().line)}});
}

/// Cues that would be lost, and times that no player can show.
bool is_fatal(const Finding& finding) {
  return finding.kind == FindingKind::not_utf8 || finding.kind == FindingKind::timing_malformed ||
         finding.kind == FindingKind::text_lost;
}

std::optional<Refusal> first_fault(const accessibility::CaptionFile& file,
                                   const std::filesystem::path& path) {
  const auto fault = std::ranges::find_if(file.findings, is_fatal);
  if (fault != file.findings.end()) {
    return about(path, "errors.captions.findings." + std::string(accessibility::name_of(fault->kind)),
                 {{"text", fault->text}, {"line", std::to_string(fault->line)}})
        .error();
  }
  if (file.track.cues.empty()) return about(path, "errors.captions.no_cues").error();
  const auto backwards = [](const auto& cue) { return cue.end <= cue.start; };
  const auto wrong = std::ranges::find_if(file.track.cues, backwards);
  if (wrong == file.track.cues.end()) return std::nullopt;
  return about(path, "errors.captions.findings.end_not_after_start", {{"line", std::to_string(wrong->line)}})
      .error();
}

std::string kind_text(model::TextTrack::Kind kind) {
  switch (kind) {
    case model::TextTrack::Kind::caption:
      return "sdh";
    case model::TextTrack::Kind::easy_read:
      return "easy";
    case model::TextTrack::Kind::subtitle:
      return "subtitle";
  }
  return {};
}

/// "t-zh-Hans-sdh", "t-en".
std::string folder_of(const CaptionRequest& request) {
  const bool plain = request.kind == model::TextTrack::Kind::subtitle;
  return "t-" + request.language + (plain ? "" : "-" + kind_text(request.kind));
}

}  // namespace

std::expected<PackageCaptions, Refusal> read_caption_text(const CaptionRequest& request) {
  auto file = read_cues(request.file);
  if (!file) return std::unexpected(std::move(file.error()));
  if (auto fault = first_fault(*file, request.file)) return std::unexpected(std::move(*fault));
  return PackageCaptions{request, std::move(*file)};
}

std::expected<std::vector<model::Chapter>, Refusal> read_chapters(const std::filesystem::path& file,
                                                                  const std::string& language) {
  const auto cues = read_cues(file);
  if (!cues) return std::unexpected(cues.error());
  if (auto fault = first_fault(*cues, file)) return std::unexpected(std::move(*fault));
  const auto marks = accessibility::chapter_marks_of(cues->track);
  if (!marks) {
    return about(file, "errors.chapters." + std::string(accessibility::name_of(marks.error().fault)),
                 {{"line", std::to_string(marks.error().line)}});
  }
  std::vector<model::Chapter> chapters;
  for (const auto& mark : *marks) {
    if (!chapters.empty()) chapters.back().end = std::min(chapters.back().end, mark.start);
    chapters.push_back({mark.start, mark.end, language, mark.title});
  }
  return chapters;
}

std::expected<std::vector<model::RungRequest>, Refusal> read_ladder_file(const std::filesystem::path& file) {
  const auto text = storage::read_small_file(file, kLargestLadder);
  if (!text) return about(file, "media_tool.cannot_read");
  auto rungs = media::read_ladder(*text);
  if (!rungs) return about(file, "media_tool.ladder");
  return std::move(*rungs);
}

std::optional<Refusal> cut_to(PackageCaptions& captions, model::Milliseconds length) {
  auto& cues = captions.file.track.cues;
  const auto behind = [length](const accessibility::Cue& cue) { return cue.start >= length; };
  const auto first = std::ranges::find_if(cues, behind);
  if (first == cues.end()) return std::nullopt;
  auto told = about(captions.request.file, "errors.captions.findings.after_media_end",
                    {{"line", std::to_string(first->line)}});
  std::erase_if(cues, behind);
  return std::move(told.error());
}

void write_texts(const std::filesystem::path& package_folder, const model::Package& package,
                 const std::vector<PackageCaptions>& captions) {
  std::vector<model::TextTrack> tracks;
  for (const PackageCaptions& text : captions) {
    const std::string folder = folder_of(text.request);
    services::write_track_folder(package_folder, folder, text.file.track, package.duration);
    tracks.push_back({text.request.kind, text.request.language,
                      media::manifest::text_name(text.request.language, text.request.kind), folder});
  }
  if (!captions.empty()) services::write_transcript(package_folder, captions.front().file.track);
  services::write_manifests(package_folder, package, tracks);
}

}  // namespace tongxing::cli
