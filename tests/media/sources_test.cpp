// SPDX-License-Identifier: GPL-3.0-or-later
// Sources as people have them, made with the ffmpeg command: what the engine makes of each.
#include "tests/media/engine_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace tongxing::tests;
namespace model = tongxing::media::model;
namespace fs = std::filesystem;

namespace {

const std::string kPicture = "-f lavfi -i testsrc2=s=320x180:r=25:d=2 ";
const std::string kTone = "-f lavfi -i sine=300:r=48000:d=2 ";

fs::path source(const ScratchFolder& scratch, const std::string& options, const std::string& name) {
  const fs::path file = scratch / name;
  const std::string command = "ffmpeg -v error -y " + options + " '" + file.string() + "' 2>/dev/null";
  CAPTURE(command);
  REQUIRE(std::system(command.c_str()) == 0);
  return file;
}

Made made(const ScratchFolder& scratch, const fs::path& file) {
  fs::remove_all(scratch / "out");
  auto result = make_package(file, scratch / "out");
  if (!result) FAIL(file.filename().string() + ": " + result.error().key + " " + result.error().detail);
  return std::move(*result);
}

Made made(const std::string& options, const std::string& name) {
  const ScratchFolder scratch;
  return made(scratch, source(scratch, options, name));
}

double seconds(const Made& result) {
  return static_cast<double>(result.package.duration.count()) / 1000;
}

std::size_t videos(const Made& result) {
  return static_cast<std::size_t>(std::ranges::count_if(result.package.renditions, [](const auto& rendition) {
    return rendition.kind == model::MediaKind::video;
  }));
}

bool noted(const Made& result, const std::string& text) {
  return std::ranges::any_of(result.package.notes,
                             [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

ReadBack sound_of(const std::string& filter) {
  const ScratchFolder scratch;
  const Made result =
      made(scratch, source(scratch, "-f lavfi -i \"" + filter + "\" -c:a pcm_s16le", "a.wav"));
  return read_back(scratch / "out", result.package.renditions.back());
}

}  // namespace

TEST_CASE("every usual codec and container becomes the same kind of lesson") {
  const std::string both = kPicture + kTone;
  for (const auto& [options, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"-pix_fmt yuv420p -c:v libx265 -x265-params log-level=none -c:a aac", "a.mp4"},
           {"-pix_fmt yuv420p10le -c:v libx265 -x265-params log-level=none -c:a ac3", "ten.mkv"},
           {"-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -c:a libopus", "a.webm"},
           {"-c:v libaom-av1 -cpu-used 8 -c:a libvorbis", "a.mkv"},
           {"-c:v mpeg4 -c:a libmp3lame", "a.avi"},
           {"-c:v prores_ks -c:a pcm_s16le", "a.mov"},
           {"-c:v mjpeg -pix_fmt yuvj420p -c:a pcm_s16le", "b.mov"},
           {"-pix_fmt yuv444p -c:v libx264 -c:a flac", "b.mkv"},
           {"-c:v libtheora -c:a libvorbis", "a.ogg"}}) {
    CAPTURE(options);
    const Made result = made(both + options, name);
    CHECK(videos(result) == 3);
    CHECK(result.package.renditions.back().kind == model::MediaKind::audio);
    CHECK(seconds(result) == Approx(2).margin(0.1));
    CHECK_FALSE(result.warned("errors.media.damaged"));
  }
}

TEST_CASE("a wide dynamic range becomes the usual one") {
  const std::string options =
      "-f lavfi -i color=white:s=320x180:r=25:d=1,format=yuv420p10le -c:v libx265 -x265-params "
      "log-level=none:colorprim=bt2020:colormatrix=bt2020nc:transfer=";
  for (const char* transfer : {"smpte2084", "arib-std-b67"}) {
    CAPTURE(transfer);
    const Made result = made(options + transfer, "hdr.mkv");
    CHECK(videos(result) == 3);
    CHECK(noted(result, "high dynamic range"));
  }
}

TEST_CASE("several sounds: the default one is taken, and it is said") {
  const Made result = made(kPicture + kTone + kTone +
                               "-map 0 -map 1 -map 2 -c:v libx264 -pix_fmt yuv420p -c:a aac "
                               "-disposition:a:0 0 -disposition:a:1 default",
                           "a.mkv");
  CHECK(result.warned("errors.media.several_sounds"));
  const bool second = std::ranges::any_of(result.events, [](const model::JobEvent& event) {
    const auto* warning = std::get_if<model::Warning>(&event);
    return warning != nullptr && !warning->args.empty() && warning->args.back().second == "2";
  });
  CHECK(second);
}

TEST_CASE("a stream that starts late and jumps is one unbroken lesson") {
  const ScratchFolder scratch;
  const std::string codecs = "-c:v libx264 -pix_fmt yuv420p -c:a aac ";
  std::string joined;
  // Starts at 1000 s, goes on at 5000 s, then back at 10 s.
  for (const char* start : {"1000", "5000", "10"}) {
    const fs::path part =
        source(scratch, kPicture + kTone + codecs + "-output_ts_offset " + start, "part.ts");
    std::ifstream stream(part, std::ios::binary);
    joined.append(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  std::ofstream(scratch / "jumps.ts", std::ios::binary) << joined;
  CHECK(seconds(made(scratch, scratch / "jumps.ts")) == Approx(6).margin(0.5));
}

TEST_CASE("a silent sound stays silent, and no sound is no sound") {
  const ReadBack silence = sound_of("anullsrc=r=48000:d=3");
  CHECK(silence.peak < 0.001);
  CHECK(videos(made(kPicture + "-c:v libx264 -pix_fmt yuv420p", "a.mp4")) == 3);
}

TEST_CASE("quiet, loud and uneven sound comes out at one loudness") {
  CHECK(sound_of("sine=300:d=6,volume=-25dB").loudness == Approx(-18).margin(1));
  CHECK(sound_of("sine=300:d=6,volume=17dB").loudness == Approx(-18).margin(1));
  CHECK(sound_of("anoisesrc=d=6:c=pink:a=0.9:seed=1").loudness == Approx(-18).margin(1));
  for (const char* filter : {"sine=300:d=6,volume=17dB", "anoisesrc=d=6:c=white:a=1:seed=1",
                             "aevalsrc='0.9*sin(2000*t)*lt(mod(t\\,0.5)\\,0.02)+0.02*sin(1900*t)':d=6",
                             "aevalsrc='if(gt(sin(600*t)\\,0)\\,1\\,-1)':d=6"}) {
    CAPTURE(filter);
    CHECK(sound_of(filter).true_peak <= -1);
  }
}

TEST_CASE("slides are known by their look, and stand without being encoded again") {
  const Made slides = made(
      "-f lavfi -i \"testsrc2=s=320x180:r=25,fps=1/4,fps=25\" -t 12 -c:v libx264 -pix_fmt yuv420p", "s.mp4");
  CHECK(noted(slides, "pictures: screen"));
  const Made film = made(
      "-f lavfi -i \"life=s=320x180:mold=10:r=25:ratio=0.3,noise=alls=20:allf=t\" -t 4 -c:v libx264 -pix_fmt "
      "yuv420p",
      "f.mp4");
  CHECK(noted(film, "pictures: camera"));
  const ScratchFolder scratch;
  const Made still = made(
      scratch,
      source(scratch, "-f lavfi -i color=gray:s=320x180:r=25:d=8 -c:v libx264 -pix_fmt yuv420p", "g.mp4"));
  const ReadBack read = read_back(scratch / "out", still.package.renditions.back());
  CHECK(read.packets.size() <= 28);  // 0, 0.4, 0.8 … and every two seconds, not 200
  CHECK(read.end == Approx(8).margin(0.001));
  for (std::size_t i = 0; i < read.packets.size(); ++i) {
    CHECK(read.packets[i].key == (std::fmod(read.packets[i].time + 0.001, 2.0) < 0.01));
  }
}
