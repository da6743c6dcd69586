// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/contents.hpp"

#include "media/check/audio_group.hpp"
#include "media/check/fragments.hpp"
#include "media/check/measure.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace tongxing::media::check {

namespace {

constexpr std::int64_t kMicroseconds = 1'000'000;
constexpr std::size_t kMostLists = 1'000;
constexpr std::size_t kMostPlaylistFiles = 200;  ///< at the top of the package
constexpr std::size_t kMostManifests = 10;
constexpr std::size_t kMostSegmentsInAll = 500'000;

class Loader {
 public:
  Loader(Contents& contents, Report& report) : contents_(contents), report_(report) {}

  void run();

 private:
  void read_playlist_file(const std::string& file);
  void read_lists_of(const Multivariant& master);
  void read_list(const std::string& from, std::size_t line, std::string_view uri, MediaList::Use use);
  void keep_list(const std::string& file, MediaPlaylist playlist, MediaList::Use use);
  void read_manifest(const std::string& file);
  [[nodiscard]] ListedRendition listed(const std::string& file, const MediaPlaylist& playlist);
  [[nodiscard]] ListedRendition listed(const std::string& file, const Representation& representation);
  void add_indexed(const std::string& file, const Representation& representation, ListedRendition& into);
  [[nodiscard]] std::optional<FilePart> part(const std::string& from, std::size_t line, std::string_view uri,
                                             std::optional<ByteRange> range);
  void problem(const std::string& file, std::size_t line, std::string found, std::string expected = {}) {
    report_.fail(Rule::p1, {file, line, std::move(found), std::move(expected)});
  }
  [[nodiscard]] Rendition measured_or_known(const ListedRendition& wanted);
  void name_uses();

  Contents& contents_;
  Report& report_;
  MediaList::Pauses pauses_ = MediaList::Pauses::none;            ///< of the lists that are read now
  std::size_t segments_ = 0;                                      ///< of all playlists together
  std::size_t at_top_ = 0;                                        ///< of the media playlists at the top
  std::vector<std::pair<std::string, MediaPlaylist>> unclaimed_;  ///< media playlists at the top
};

std::optional<FilePart> Loader::part(const std::string& from, std::size_t line, std::string_view uri,
                                     std::optional<ByteRange> range) {
  auto file = package_file(from, uri);
  if (file) return FilePart{std::move(*file), range};
  problem(from, line, shown(uri) + " is " + std::string{explain(file.error())}, "a file of the package");
  return std::nullopt;
}

void Loader::read_playlist_file(const std::string& file) {
  const auto text = contents_.folder.read({file, std::nullopt}, kLargestManifest);
  if (!text) {
    problem(file, 0, std::string{explain(text.error())});
    return;
  }
  auto playlist = read_playlist(*text);
  if (!playlist) {
    problem(file, 0, playlist.error(), "a playlist by RFC 8216");
    return;
  }
  if (auto* media = std::get_if<MediaPlaylist>(&*playlist)) {
    at_top_ += media->segments.size();
    if (at_top_ <= kMostSegmentsInAll) {
      unclaimed_.emplace_back(file, std::move(*media));
    } else {
      problem(file, 0, "more than 500,000 segments in the playlists together");
    }
    return;
  }
  auto& master = std::get<MultivariantPlaylist>(*playlist);
  for (const auto& fault : master.problems) problem(file, fault.line, fault.text, "a playlist by RFC 8216");
  contents_.multivariants.push_back({file, std::move(master), Multivariant::Use::other});
}

void Loader::read_lists_of(const Multivariant& master) {
  const auto sound = [](const Tag& media) { return media.attributes.is("TYPE", "AUDIO"); };
  const bool described = std::ranges::any_of(master.playlist.media, sound) &&
                         std::ranges::all_of(master.playlist.media, [&](const Tag& media) {
                           return !sound(media) || is_described(media);
                         });
  pauses_ = described ? MediaList::Pauses::allowed : MediaList::Pauses::none;
  for (const Tag& variant : master.playlist.variants) {
    read_list(master.file, variant.line, variant.uri, MediaList::Use::media);
  }
  for (const Tag& media : master.playlist.media) {
    const bool text = media.attributes.is("TYPE", "SUBTITLES");
    if (!media.uri.empty()) {
      read_list(master.file, media.line, media.uri, text ? MediaList::Use::text : MediaList::Use::media);
    } else if (text) {
      problem(master.file, media.line, "EXT-X-MEDIA of subtitles without a URI", "a URI");
    }
  }
  for (const Tag& frames : master.playlist.frame_lists) {
    read_list(master.file, frames.line, frames.uri, MediaList::Use::frames);
  }
}

void Loader::read_list(const std::string& from, std::size_t line, std::string_view uri, MediaList::Use use) {
  const auto found = part(from, line, uri, std::nullopt);
  if (!found || contents_.lists.contains(found->file)) return;
  if (contents_.lists.size() >= kMostLists) {
    problem(from, line, "more than 1,000 media playlists");
    return;
  }
  const auto text = contents_.folder.read(*found, kLargestManifest);
  if (!text) {
    problem(from, line, shown(found->file) + ": " + std::string{explain(text.error())}, "a media playlist");
    return;
  }
  auto playlist = read_playlist(*text);
  auto* media = playlist ? std::get_if<MediaPlaylist>(&*playlist) : nullptr;
  if (media == nullptr) {
    problem(found->file, 0, playlist ? "a multivariant playlist inside another one" : playlist.error(),
            "a media playlist by RFC 8216");
    return;
  }
  keep_list(found->file, std::move(*media), use);
}

void Loader::keep_list(const std::string& file, MediaPlaylist playlist, MediaList::Use use) {
  for (const auto& fault : playlist.problems) problem(file, fault.line, fault.text, "a playlist by RFC 8216");
  if (playlist.segments.empty()) problem(file, 0, "no segments", "at least one");
  segments_ += playlist.segments.size();
  if (segments_ > kMostSegmentsInAll) {
    problem(file, 0, "more than 500,000 segments in the playlists together");
    return;
  }
  MediaList list{file, std::move(playlist), {}, pauses_, use};
  if (use == MediaList::Use::media)
    list.rendition = measure(contents_.folder, listed(file, list.playlist), report_);
  contents_.lists.emplace(file, std::move(list));
}

ListedRendition Loader::listed(const std::string& file, const MediaPlaylist& playlist) {
  ListedRendition found;
  found.file = file;
  found.target_us = playlist.target_seconds.value_or(0) * kMicroseconds;
  if (!playlist.maps.empty()) {
    const Map& map = playlist.maps.front();
    found.init = part(file, map.line, map.uri, map.range);
    found.init_line = map.line;
  }
  if (pauses_ == MediaList::Pauses::allowed) {
    found.pictures = ListedRendition::Pictures::may_stand;
  } else {
    if (playlist.maps.size() > 1)
      found.unreadable = "several init segments in one playlist are not looked into";
    if (playlist.marks.discontinuity) found.unreadable = "playlists with discontinuities are not looked into";
  }
  if (playlist.marks.encrypted) found.unreadable = "encrypted segments are not looked into";
  for (const auto& segment : playlist.segments) {
    if (auto file_part = part(file, segment.line, segment.uri, segment.range)) {
      ListedPart one{std::move(*file_part), segment.line, segment.duration_us};
      one.begins_anew = segment.times == ListedSegment::Times::begin_anew;
      if (segment.maps > 1) {
        const Map& map = playlist.maps[segment.maps - 1];
        one.init = part(file, map.line, map.uri, map.range);
        if (one.init == found.init) one.init.reset();
      }
      found.segments.push_back(std::move(one));
    }
  }
  return found;
}

ListedRendition Loader::listed(const std::string& file, const Representation& representation) {
  ListedRendition found;
  found.file = file;
  if (representation.init) found.init = part(file, 0, representation.init->url, representation.init->range);
  if (representation.segments.empty()) {
    add_indexed(file, representation, found);
    return found;
  }
  for (const auto& segment : representation.segments) {
    found.target_us = std::max(found.target_us, segment.duration_us);
    if (auto file_part = part(file, 0, segment.url, segment.range)) {
      found.segments.push_back({std::move(*file_part), 0, segment.duration_us});
    }
  }
  return found;
}

/// The segments of a file with one index: SegmentBase.
void Loader::add_indexed(const std::string& file, const Representation& representation,
                         ListedRendition& into) {
  const auto whole = part(file, 0, representation.url, representation.index);
  if (!whole) return;
  if (!representation.index) {
    problem(file, 0, "Representation " + shown(representation.id) + " names no segments and no index",
            "SegmentTemplate, SegmentList, or SegmentBase with indexRange");
    return;
  }
  const auto bytes = contents_.folder.read(*whole, kLargestInit);
  const auto entries = bytes ? read_index(*bytes, representation.index->offset)
                             : std::expected<std::vector<IndexEntry>, std::string>(
                                   std::unexpected(std::string{explain(bytes.error())}));
  if (!entries) {
    problem(file, 0, shown(whole->file) + ": " + entries.error(), "a segment index");
    return;
  }
  for (const auto& entry : *entries) {
    into.target_us = std::max(into.target_us, entry.duration_us);
    into.segments.push_back({{whole->file, ByteRange{entry.offset, entry.size}}, 0, entry.duration_us});
  }
}

/// What HLS has of the same segments already need not be read again.
Rendition Loader::measured_or_known(const ListedRendition& wanted) {
  for (const auto& [file, list] : contents_.lists) {
    const Rendition& known = list.rendition;
    const bool same =
        !known.segments.empty() && known.init_part == wanted.init.value_or(FilePart{}) &&
        std::ranges::equal(
            known.segments, wanted.segments, {},
            [](const MeasuredSegment& segment) { return segment.listed.part; }, &ListedPart::part);
    if (!same) continue;
    Rendition copy = known;
    copy.file = wanted.file;
    copy.target_us = wanted.target_us;
    for (std::size_t i = 0; i < copy.segments.size(); ++i) copy.segments[i].listed = wanted.segments[i];
    return copy;
  }
  return measure(contents_.folder, wanted, report_);
}

void Loader::read_manifest(const std::string& file) {
  const auto text = contents_.folder.read({file, std::nullopt}, kLargestManifest);
  if (!text) {
    problem(file, 0, std::string{explain(text.error())});
    return;
  }
  auto mpd = read_mpd(*text);
  if (!mpd) {
    problem(file, 0, mpd.error(), "a manifest by ISO/IEC 23009-1");
    return;
  }
  if (mpd->periods != 1) {
    report_.skip(Rule::p2,
                 file + ": only the first of " + std::to_string(mpd->periods) + " periods is looked into");
  }
  Manifest manifest{file, std::move(*mpd), Manifest::Use::lesson, {}};
  if (lower_case(file).starts_with("sign")) manifest.use = Manifest::Use::sign;
  for (const auto& set : manifest.mpd.sets) {
    auto& measured = manifest.measured.emplace_back();
    for (const auto& representation : set.representations) {
      const bool read = set.content != "text" && set.content != "image";
      measured.push_back(read ? measured_or_known(listed(file, representation)) : Rendition{});
    }
  }
  contents_.manifests.push_back(std::move(manifest));
}

/// The lesson is master.m3u8, or else the first playlist with video that is not for signs.
void Loader::name_uses() {
  const auto has_video = [&](const Multivariant& master) {
    return std::ranges::any_of(master.playlist.variants, [&](const Tag& variant) {
      const MediaList* list = contents_.list(master.file, variant.uri);
      return variant.attributes.find("RESOLUTION") || (list != nullptr && list->rendition.has_video);
    });
  };
  Multivariant* lesson = nullptr;
  for (auto& master : contents_.multivariants) {
    if (!has_video(master)) {
      master.use = Multivariant::Use::sound;
    } else if (master.file == "master.m3u8" ||
               (lesson == nullptr && !lower_case(master.file).starts_with("sign"))) {
      lesson = &master;
    }
  }
  if (lesson != nullptr) lesson->use = Multivariant::Use::lesson;
}

void Loader::run() {
  contents_.files = contents_.folder.files();
  const auto top = [&](std::string_view ending, std::size_t most) {
    std::vector<std::string> found;
    std::ranges::copy_if(contents_.files, std::back_inserter(found),
                         [&](const std::string& file) { return extension(file) == ending; });
    if (found.size() > most) {
      problem(found[most], 0, "more ." + std::string{ending} + " files at the top than a package has");
      found.resize(most);
    }
    return found;
  };
  for (const auto& file : top("m3u8", kMostPlaylistFiles)) read_playlist_file(file);
  for (const auto& master : contents_.multivariants) read_lists_of(master);
  pauses_ = MediaList::Pauses::none;
  for (auto& [file, playlist] : unclaimed_) {
    if (contents_.lists.contains(file)) continue;
    problem(file, 0, "a media playlist that no multivariant playlist names",
            "a multivariant playlist (master.m3u8)");
    const bool frames = playlist.marks.frames_only;
    keep_list(file, std::move(playlist), frames ? MediaList::Use::frames : MediaList::Use::media);
  }
  name_uses();
  for (const auto& file : top("mpd", kMostManifests)) read_manifest(file);
}

}  // namespace

const MediaList* Contents::list(std::string_view from, std::string_view uri) const {
  const auto file = package_file(from, uri);
  const auto found = file ? lists.find(*file) : lists.end();
  return found == lists.end() ? nullptr : &found->second;
}

const Multivariant* Contents::lesson() const {
  const auto found = std::ranges::find(multivariants, Multivariant::Use::lesson, &Multivariant::use);
  return found == multivariants.end() ? nullptr : &*found;
}

bool Contents::has_file(std::string_view name) const {
  return std::ranges::find(files, name) != files.end();
}

Contents load_contents(PackageFolder& folder, Report& report) {
  Contents contents{folder, {}, {}, {}, {}};
  Loader(contents, report).run();
  return contents;
}

}  // namespace tongxing::media::check
