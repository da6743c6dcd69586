// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace tongxing::media::check {

namespace {

/// What may be at the end of a name, by what the file is.
struct Endings {
  std::string_view what;
  std::string_view type;  ///< that a server must send
  std::array<std::string_view, 6> allowed;
};

constexpr Endings kPlaylists{"a playlist", "application/vnd.apple.mpegurl", {"m3u8"}};
constexpr Endings kMedia{
    "MP4", "video/mp4, audio/mp4 or video/iso.segment", {"mp4", "m4s", "m4a", "m4v", "cmfv", "cmfa"}};
constexpr Endings kStreams{"MPEG-TS", "video/mp2t", {"ts"}};
constexpr Endings kText{"WebVTT", "text/vtt; charset=utf-8", {"vtt", "webvtt"}};

class NameCheck {
 public:
  explicit NameCheck(Report& report) : report_(report) {}

  void look_at(const std::string& from, std::size_t line, const std::string& file, const Endings& endings) {
    const auto ending = extension(file);
    if (!ending.empty() && std::ranges::find(endings.allowed, ending) != endings.allowed.end()) return;
    // A thousand segments of one wrong ending are one mistake.
    if (!told_.insert(from + '\n' + ending).second) return;
    report_.fail(Rule::h31, {from, line, shown(file) + ", which is " + std::string{endings.what},
                             "a name that ends in ." + std::string{endings.allowed.front()} + ", for " +
                                 std::string{endings.type}});
  }

 private:
  Report& report_;
  std::set<std::string> told_;
};

}  // namespace

void check_names(const Contents& contents, Report& report) {
  NameCheck names(report);
  for (const auto& [file, list] : contents.lists) {
    names.look_at(file, 0, file, kPlaylists);
    if (list.use == MediaList::Use::text) {
      for (const auto& segment : list.playlist.segments) {
        const auto text = package_file(file, segment.uri);
        if (text && list.playlist.maps.empty()) names.look_at(file, segment.line, *text, kText);
      }
    }
    const Rendition& rendition = list.rendition;
    const bool stream = rendition.container == Container::transport_stream;
    if (!stream && rendition.container != Container::fragmented_mp4) continue;
    for (const auto& segment : rendition.segments) {
      names.look_at(file, segment.listed.line, segment.listed.part.file, stream ? kStreams : kMedia);
    }
    if (!rendition.init_part.file.empty()) names.look_at(file, 0, rendition.init_part.file, kMedia);
  }
  for (const auto& manifest : contents.manifests) {
    for (const auto& measured : manifest.measured) {
      for (const Rendition& rendition : measured) {
        if (rendition.container != Container::fragmented_mp4) continue;
        for (const auto& segment : rendition.segments)
          names.look_at(manifest.file, 0, segment.listed.part.file, kMedia);
      }
    }
  }
  if (!contents.lists.empty() || !contents.manifests.empty()) {
    report.skip(Rule::h31, "only names are checked, not the answers of a server (types, gzip, ranges, CORS)");
  }
}

}  // namespace tongxing::media::check
