// SPDX-License-Identifier: GPL-3.0-or-later
// Files that ask for more than they are worth (reliability T-10): refused, or over within the limits of a
// job.
#include "tests/media/engine_fixture.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/resource.h>

using namespace tongxing::tests;
namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

constexpr double kMostCpuSeconds = 20;

std::string big(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8U * static_cast<unsigned>(i)));
  return text;
}

std::string little(std::uint64_t value, int bytes) {
  std::string text = big(value, bytes);
  return {text.rbegin(), text.rend()};
}

std::string box(const std::string& type, const std::string& content) {
  return big(content.size() + 8, 4) + type + content;
}

/// An EBML element with a size of eight bytes.
std::string element(const std::string& id, const std::string& content) {
  return id + "\x01"s + big(content.size(), 7) + content;
}

std::string ebml_head() {
  return element("\x1A\x45\xDF\xA3", element("\x42\x82", "matroska"));
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

std::string small_video(const ScratchFolder& scratch, const std::string& name, const MediaOptions& options) {
  make_test_video(scratch / name, options);
  std::ifstream stream(scratch / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

MediaOptions tiny() {
  MediaOptions options;
  options.seconds = 1;
  options.width = 64;
  options.height = 48;
  return options;
}

/// Overwrites `count` bytes at an offset behind the first occurrence of a word.
std::string patched(std::string file, const std::string& word, std::size_t offset, const std::string& bytes) {
  const auto at = file.find(word);
  REQUIRE(at != std::string::npos);
  return file.replace(at + offset, bytes.size(), bytes);
}

double cpu_of_children() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/// Key of the refusal; "used" where a package came out.
std::string outcome(const ScratchFolder& scratch, const std::string& content) {
  std::ofstream(scratch / "bomb", std::ios::binary) << content;
  fs::remove_all(scratch / "out");
  const double before = cpu_of_children();
  const WorkerRun run = package_by_worker(scratch / "bomb", scratch.path());
  CHECK(cpu_of_children() - before < kMostCpuSeconds);
  CHECK(run.signal == 0);
  CHECK(fs::exists(scratch / "out" / "package.json") == (run.exit_code == 0));
  if (run.exit_code == 0) return "used";
  CHECK((run.exit_code == 2 || run.exit_code == 3));
  return run.failed_key();
}

bool refused(const std::string& key) {
  return key.starts_with("errors.media.") && key != "errors.media.bug";
}

std::string many_tracks(const std::string& mp4, std::size_t count) {
  const auto moov = mp4.find("moov") - 4;
  const auto track = mp4.find("trak") - 4;
  const auto size_at = [&](std::size_t at) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8U | static_cast<unsigned char>(mp4[at + i]);
    return size;
  };
  const std::string head = mp4.substr(moov + 8, track - moov - 8);
  return mp4.substr(0, moov) + box("moov", head + repeated(mp4.substr(track, size_at(track)), count)) +
         mp4.substr(moov + size_at(moov));
}

std::string matroska_tracks(std::size_t count) {
  const std::string entry =
      element("\xAE", element("\xD7", "\x01") + element("\x83", "\x01") + element("\x86", "V_MPEG4/ISO/AVC"));
  return ebml_head() + element("\x18\x53\x80\x67", element("\x16\x54\xAE\x6B", repeated(entry, count)));
}

std::string wave(std::uint32_t rate, std::uint32_t data) {
  return "RIFF" + little(data, 4) + "WAVEfmt " + little(16, 4) + little(1, 2) + little(1, 2) +
         little(rate, 4) + little(rate * 2ULL, 4) + little(2, 2) + little(16, 2) + "data" + little(data, 4) +
         std::string(2000, '\1');
}

}  // namespace

TEST_CASE("pictures and archives that unpack to gigabytes are no media", "[bombs]") {
  const ScratchFolder scratch;
  const std::string not_media = "errors.media.not_media";
  const std::string png = "\x89PNG\r\n\x1a\n" + big(13, 4) + "IHDR" + big(50'000, 4) + big(50'000, 4) +
                          "\x08\x06\0\0\0"s + big(0, 4) + box("IDAT", std::string(3000, 'x'));
  CHECK(outcome(scratch, png) == not_media);
  CHECK(outcome(scratch, "GIF89a" + little(65'535, 2) + little(65'535, 2) + "\x80\0\0"s +
                             std::string(6, '\0') +
                             repeated("\x2C"s + std::string(8, '\0') + "\0\x02\x02\x4C\x01\0"s, 100'000)) ==
        not_media);
  CHECK(outcome(scratch, "PK\3\4" + repeated(std::string(26, '\0') + "PK\3\4", 20'000)) == not_media);
  CHECK(outcome(scratch, repeated("PK\1\2" + std::string(42, '\0') + "a", 200'000)) == not_media);
}

TEST_CASE("ten thousand tracks are too many", "[bombs]") {
  const ScratchFolder scratch;
  MediaOptions options = tiny();
  options.index = MediaOptions::Index::back;
  const std::string mp4 = small_video(scratch, "a.mp4", options);
  CHECK(refused(outcome(scratch, many_tracks(mp4, 10'000))));
  CHECK(refused(outcome(scratch, matroska_tracks(10'000))));
  CHECK(refused(outcome(scratch, many_tracks(mp4, 17))));
}

TEST_CASE("times without measure", "[bombs]") {
  const ScratchFolder scratch;
  const std::string mp4 = small_video(scratch, "a.mp4", tiny());
  const std::string avi = small_video(scratch, "a.avi", tiny());
  // A billion ticks a second, 2^32 of them, a rate of 2^32 / 1, a lesson of ten hours, a sample of a thousand
  // hours.
  CHECK(outcome(scratch, patched(mp4, "mdhd", 16, big(1'000'000'000, 4))) == "errors.media.too_fast");
  const std::string overflown = outcome(scratch, patched(mp4, "mdhd", 16, big(0xFFFFFFFFU, 4)));
  CHECK((overflown == "used" || refused(overflown)));
  CHECK(refused(outcome(scratch, patched(avi, "strh", 28, little(1, 4) + little(4'000'000'000ULL, 4)))));
  CHECK(outcome(scratch, patched(mp4, "mvhd", 20, big(36'000'000, 4))) == "errors.media.too_long");
  const std::string stretched = outcome(scratch, patched(mp4, "stts", 12, big(1, 4) + big(0x7FFFFFFF, 4)));
  CHECK((stretched == "used" || refused(stretched)));
}

TEST_CASE("one pixel for ten hours, declared or not", "[bombs]") {
  const ScratchFolder scratch;
  for (const char* form : {"-f matroska", "-f matroska -live 1", "-f mov"}) {
    const std::string command =
        "ffmpeg -v error -y -f lavfi -i color=s=16x16:r=1:d=3 -vf \"setpts=N*18000/TB\" -vsync vfr -c:v mjpeg -pix_fmt yuvj420p "s +
        form + " '" + (scratch / "long").string() + "' 2>/dev/null";
    CAPTURE(command);
    REQUIRE(std::system(command.c_str()) == 0);
    std::ifstream stream(scratch / "long", std::ios::binary);
    const std::string end =
        outcome(scratch, {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()});
    CHECK((end == "used" || end == "errors.media.too_long"));
    if (std::string(form).starts_with("-f matroska")) CHECK(end == "errors.media.too_long");
  }
}

TEST_CASE("boxes that are deep, endless or huge", "[bombs]") {
  const ScratchFolder scratch;
  const std::string segment = "\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
  const std::string endless = "\x12\x54\xC3\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF";  // Tags of unknown length
  const std::string tag = "\x67\xC8\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF";              // SimpleTag inside itself
  CHECK(refused(outcome(scratch, ebml_head() + segment + endless +
                                     "\x73\x73\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + repeated(tag, 100'000))));
  CHECK(refused(
      outcome(scratch, ebml_head() + segment + repeated(element("\xEC", std::string(1000, '\0')), 10'000))));
  CHECK(refused(outcome(scratch, box("ftyp", "isom\0\0\2\0isom"s) + repeated("\0\0\0\0moov"s, 1000))));
  std::string nested;
  for (int i = 0; i < 3000; ++i) nested = box("moov", nested);
  CHECK(refused(outcome(scratch, box("ftyp", "isom\0\0\2\0isom"s) + nested)));
  const std::string mp4 = small_video(scratch, "a.mp4", tiny());
  // A parameter set of 100 MB in a box of that size; a table of two thousand million samples of one byte.
  const auto configuration = mp4.find("avcC") - 4;
  std::string fat = mp4;
  fat.replace(configuration, 4, big(100'000'000, 4));
  fat.insert(configuration + 20, std::string(100'000'000, '\x67'));
  CHECK(refused(outcome(scratch, fat)));
  const std::string counted = outcome(scratch, patched(mp4, "stsz", 8, big(1, 4) + big(2'000'000'000, 4)));
  CHECK((counted == "used" || refused(counted)));
}

TEST_CASE("sound without measure", "[bombs]") {
  const ScratchFolder scratch;
  CHECK(outcome(scratch, wave(400'000, 4000)) == "errors.media.sample_rate");
  const std::string endless = outcome(scratch, wave(8, 0xFFFFFFF0U));
  CHECK((endless == "used" || refused(endless)));
  const std::string picture = "\0image/png\0\3\0"s + "\x89PNG\r\n\x1a\n" + big(13, 4) + "IHDR" +
                              big(50'000, 4) + big(50'000, 4) + "\x08\x06\0\0\0"s;
  MediaOptions sound = tiny();
  sound.width = 0;
  sound.audio_codec = "libmp3lame";
  std::string mp3 = small_video(scratch, "a.mp3", sound);
  const std::string frame = "APIC" + big(picture.size(), 4) + "\0\0"s + picture;
  mp3 = "ID3\3\0\0\0\0\0"s + static_cast<char>(frame.size()) + frame + mp3;
  const std::string covered = outcome(scratch, mp3);
  CHECK((covered == "used" || refused(covered)));
}
