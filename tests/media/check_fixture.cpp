// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/check_fixture.hpp"

#include "media/check/check_package.hpp"
#include "media/package_json/package_json.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <stdexcept>

namespace tongxing::tests {

namespace fs = std::filesystem;
namespace model = media::model;

namespace {

model::Package made_by_worker(const ScratchFolder& scratch, int width, int height) {
  MediaOptions options;
  options.seconds = 14;
  options.width = width;
  options.height = height;
  make_test_video(scratch / "source.mp4", options);
  const auto run = package_by_worker(scratch / "source.mp4", scratch.path());
  if (run.exit_code != 0) throw std::runtime_error("the worker made no package: " + run.output);
  auto package = media::read_package(read_text(scratch / "out" / "package.json"));
  if (!package) throw std::runtime_error("package.json cannot be read");
  return std::move(*package);
}

/// What the worker made, and what it says of it.
struct Source {
  ScratchFolder scratch;
  model::Package package = made_by_worker(scratch, 320, 180);
};

const Source& source() {
  static const Source made;
  return made;
}

/// Cues: the second one crosses the border at 5 s, the third those at 5 and 10 s.
void write_track(const fs::path& folder) {
  const std::string first = "\n1\n00:00:01.000 --> 00:00:03.000\n［键盘声］\n";
  const std::string second = "\n2\n00:00:04.000 --> 00:00:06.500\n大家好，我们开始。\n";
  const std::string third = "\n3\n00:00:04.500 --> 00:00:10.500\n请看屏幕左边。\n";
  const std::string head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n";
  write_text(folder / "t0.vtt", head + first + second + third);
  write_text(folder / "t1.vtt", head + second + third);
  write_text(folder / "t2.vtt", head + third);
  write_text(folder / "full.vtt", "WEBVTT\n" + first + second + third);
  write_text(
      folder / "index.m3u8",
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:5\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:5,\nt0.vtt\n"
      "#EXTINF:5,\nt1.vtt\n#EXTINF:4,\nt2.vtt\n#EXT-X-ENDLIST\n");
}

void copy_files(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

/// Only what players read: a JPEG file that ends after its frame header, 800×450.
std::string small_jpeg() {
  const std::string start("\xFF\xD8\xFF\xE0\x00\x04\x00\x00", 8);
  const std::string frame("\xFF\xC0\x00\x0B\x08\x01\xC2\x03\x20\x01\x01\x11\x00", 13);
  return start + frame;
}

struct Dressed {
  ScratchFolder scratch;
  FullPackage package;

  Dressed() {
    package.folder = scratch / "package";
    for (const auto& rendition : source().package.renditions) add(rendition);
    const auto main = package.of(Shown::Use::sound);
    copy(main, "a-cmn-ad", Shown::Use::described);
    copy(main, "a-cmn-clear", Shown::Use::clear);
    copy(package.renditions.front().rendition, "sign180", Shown::Use::sign);
    for (const auto* track : {"t-sdh", "t-easy", "t-en"}) write_track(package.folder / track);
    write_text(package.folder / "thumb" / "t0.jpg", small_jpeg());
    write_manifests(package);
  }

  void add(const model::Rendition& rendition) {
    const bool sound = rendition.kind == model::MediaKind::audio;
    copy_files(source().scratch / "out" / rendition.name, package.folder / rendition.name);
    const Shown shown{rendition, sound ? Shown::Use::sound : Shown::Use::rung};
    // The largest rung is nearest to 360 lines here: it comes first.
    package.renditions.insert(sound ? package.renditions.end() : package.renditions.begin(), shown);
  }

  void copy(model::Rendition rendition, const std::string& name, Shown::Use use) {
    copy_files(package.folder / rendition.name, package.folder / name);
    rendition.name = name;
    package.renditions.push_back({std::move(rendition), use});
  }
};

}  // namespace

const FullPackage& good_package() {
  static const Dressed dressed;
  return dressed.package;
}

const fs::path& worker_package() {
  static const fs::path folder = source().scratch / "out";
  return folder;
}

const OtherRung& square_rung() {
  static const ScratchFolder scratch;
  static const OtherRung rung = [] {
    const auto package = made_by_worker(scratch, 240, 180);
    return OtherRung{scratch / "out" / package.renditions.front().name, package.renditions.front()};
  }();
  return rung;
}

PackageCopy::PackageCopy() : package(good_package()) {
  package.folder = scratch_ / "package";
  copy_files(good_package().folder, package.folder);
}

media::check::Report checked(const fs::path& folder) {
  auto report = media::check::check_package(folder);
  if (!report) throw std::runtime_error(report.error());
  return std::move(*report);
}

std::string failed_rules(const fs::path& folder) {
  const auto report = media::check::check_package(folder);
  if (!report) return "error: " + report.error();
  std::string ids;
  for (std::size_t i = 0; i < media::check::kRules; ++i) {
    const auto rule = static_cast<media::check::Rule>(i);
    if (report->status(rule) != media::check::Status::failed) continue;
    ids += (ids.empty() ? "" : " ") + std::string{text_of(rule).id};
  }
  return ids;
}

}  // namespace tongxing::tests
