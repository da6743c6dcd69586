// SPDX-License-Identifier: GPL-3.0-or-later
// The pure parts behind thumbnails, slides, the silence map, I-frame playlists and ladders that somebody asks
// for.
#include "media/pipeline/key_frame_bytes.hpp"
#include "media/pipeline/package_time.hpp"
#include "media/pipeline/requested_ladder.hpp"
#include "media/pipeline/slide_finder.hpp"
#include "media/pipeline/speech_map.hpp"
#include "media/pipeline/still_scaler.hpp"
#include "tests/support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace tongxing::media::pipeline;
namespace model = tongxing::media::model;

namespace {

constexpr std::size_t kPixels = static_cast<std::size_t>(SlideFinder::kWidth) * SlideFinder::kHeight;

std::vector<std::uint8_t> plain(std::uint8_t level) {
  return std::vector<std::uint8_t>(kPixels, level);
}

/// White with `dots` black pixels, beginning at one of them.
std::vector<std::uint8_t> page(std::size_t first, std::size_t dots) {
  auto pixels = plain(255);
  for (std::size_t i = 0; i < dots; ++i) pixels[(first + i * 7) % kPixels] = 0;
  return pixels;
}

constexpr std::int64_t s = 1'000'000;

std::vector<std::byte> bytes_of(const std::string& text) {
  const auto* data = reinterpret_cast<const std::byte*>(text.data());
  return {data, data + text.size()};
}

std::string be32(std::uint32_t value) {
  return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U), static_cast<char>(value >> 8U),
          static_cast<char>(value)};
}

std::string box(const std::string& type, const std::string& inside) {
  return be32(static_cast<std::uint32_t>(inside.size() + 8)) + type + inside;
}

}  // namespace

TEST_CASE("a slide begins where the picture changed and then stands still") {
  SlideFinder finder;
  CHECK(finder.look(page(0, 300), 0, s / 2) == 0);
  CHECK_FALSE(finder.look(page(0, 300), s / 2, 5 * s));
  // The next page comes at 5 s; it is a slide once it has stood for a second, from 5 s on.
  CHECK_FALSE(finder.look(page(3, 300), 5 * s, 5 * s + s / 2));
  CHECK(finder.look(page(3, 300), 5 * s + s / 2, 6 * s + s / 10) == 5 * s);
  CHECK_FALSE(finder.look(page(3, 300), 6 * s, 60 * s));
}

TEST_CASE("a picture that is shown for long needs no second look to be a slide") {
  SlideFinder finder;
  CHECK(finder.look(page(0, 300), 0, 30 * s) == 0);
  CHECK(finder.look(page(3, 300), 30 * s, 60 * s) == 30 * s);
}

TEST_CASE("a moving pointer is no new slide, and noise is none") {
  SlideFinder finder;
  CHECK(finder.look(page(0, 300), 0, s) == 0);
  auto pointer = page(0, 300);
  for (std::size_t i = 0; i < 12; ++i) pointer[1000 + i] = 128;
  CHECK_FALSE(finder.look(pointer, s, 20 * s));
  auto noise = page(0, 300);
  for (auto& pixel : noise) pixel = static_cast<std::uint8_t>(pixel > 128 ? pixel - 9 : pixel + 9);
  CHECK_FALSE(finder.look(noise, 20 * s, 60 * s));
}

TEST_CASE("what never stands still gives a picture every ten seconds") {
  SlideFinder finder;
  int slides = 0;
  for (int i = 0; i < 80; ++i) {
    if (finder.look(page(static_cast<std::size_t>(i % 7), 300), i * s / 2, (i + 1) * s / 2)) ++slides;
  }
  CHECK(slides == 5);  // each is ten seconds old when the next one is taken: 0, 9.5, 19, 28.5, 38
  CHECK(detail_of(plain(0)) == 0);
  CHECK(detail_of(page(0, 300)) > 1'000);
}

TEST_CASE("sound is heard where it is clearly above the quiet of the recording") {
  std::vector<float> levels(500, -70.0F);                      // 10 s
  for (std::size_t i = 100; i < 200; ++i) levels[i] = -25.0F;  // 2 … 4 s
  for (std::size_t i = 205; i < 250; ++i) levels[i] = -25.0F;  // 4.1 … 5 s: a breath is no end
  for (std::size_t i = 300; i < 305; ++i) levels[i] = -25.0F;  // 0.1 s: a click
  for (std::size_t i = 400; i < 450; ++i) levels[i] = -66.0F;  // 8 … 9 s: hiss
  const auto heard = heard_spans(levels);
  CHECK(heard == std::vector<SoundSpan>{{2'000, 5'000}});
  CHECK(spans_between(heard, 10'000, 500) == std::vector<SoundSpan>{{0, 2'000}, {5'000, 10'000}});
  CHECK(spans_between(heard, 5'300, 500) == std::vector<SoundSpan>{{0, 2'000}});
  CHECK(heard_spans({}).empty());
  CHECK(heard_spans(std::vector<float>(100, -120.0F)).empty());
  CHECK(heard_spans(std::vector<float>(100, -20.0F)).size() == 1);  // loud all the time, without any quiet
}

TEST_CASE("H27: the first sample of a segment ends where its boxes say") {
  // default_base_is_moof; data offset 100, two samples of 700 and 50 bytes.
  const std::string tfhd = box("tfhd", be32(0x20000) + be32(1));
  const std::string trun = box("trun", be32(0x201) + be32(2) + be32(100) + be32(700) + be32(50));
  const std::string moof = box("moof", box("mfhd", be32(0) + be32(1)) + box("traf", tfhd + trun));
  const std::string segment = moof + box("mdat", std::string(1'000, 'x'));
  CHECK(first_sample_end(bytes_of(segment)) == 800);
  CHECK(first_sample_end(bytes_of(box("styp", "iso6") + segment)) == 812);
  // All samples of one size, told in tfhd.
  const std::string same = box("moof", box("traf", box("tfhd", be32(0x20010) + be32(1) + be32(64)) +
                                                       box("trun", be32(0x1) + be32(2) + be32(90))));
  CHECK(first_sample_end(bytes_of(same + box("mdat", std::string(200, 'x')))) == 154);
  for (std::size_t length = 0; length < segment.size(); ++length) {
    CHECK(first_sample_end(bytes_of(segment.substr(0, length))) <= static_cast<std::int64_t>(length));
  }
  CHECK(first_sample_end(bytes_of(std::string(64, '\xFF'))) == 0);
}

TEST_CASE("a ladder that somebody asks for keeps the source's shape and never grows above it") {
  model::JobSpec job;
  job.ladder = {{720, 22, 1'500, "high"}, {240, 26, 120, "main"}, {1080, 22, 3'000, "high"}};
  const auto plans =
      requested_ladder(plan_ladder({1280, 720}, PictureKind::camera, {25, 1}), {1280, 720}, job);
  REQUIRE(plans.size() == 2);
  CHECK(plans[0].name == "v240");
  CHECK(plans[0].size == Size{426, 240});
  CHECK(plans[0].max_kbps == 120);
  CHECK(plans[1].size == Size{1280, 720});
  const auto portrait = requested_ladder({}, {480, 854}, job);
  REQUIRE(portrait.size() == 1);
  CHECK(portrait[0].size == Size{240, 428});
  const auto tiny = requested_ladder({}, {160, 120}, job);
  REQUIRE(tiny.size() == 1);
  CHECK(tiny[0].size == Size{160, 120});
  model::JobSpec first;
  first.extent = model::Extent::first_rung_only;
  CHECK(requested_ladder(plan_ladder({1280, 720}, PictureKind::camera, {25, 1}), {1280, 720}, first).size() ==
        1);
}

TEST_CASE("S1–S3: a signer has a ladder and folders of its own") {
  model::JobSpec job;
  job.ladder = sign_ladder();
  const auto plans = requested_ladder({}, {640, 480}, job);
  REQUIRE(plans.size() == 3);
  CHECK(plans[0].name == "sign240");
  CHECK(plans[0].size == Size{320, 240});
  CHECK(plans[2].name == "sign480");
  CHECK(plans[2].max_kbps == 400);
}

TEST_CASE("small pictures keep the shape, are even and never larger than the source") {
  CHECK(fit_into({1920, 1080}, 160) == Size{160, 90});
  CHECK(fit_into({1080, 1920}, 160) == Size{90, 160});
  CHECK(fit_into({101, 75}, 160) == Size{100, 74});
}

TEST_CASE("what is added to a package is cut like the package") {
  model::Package package;
  package.segment_duration = std::chrono::milliseconds{6'006};
  package.renditions.push_back({.name = "v360",
                                .codecs = "",
                                .language = "",
                                .frame_rate = 30'000.0 / 1001,
                                .segments = {{6'006'000, 1}, {1'001'000, 1}}});
  CHECK(time_of(package).rate == model::Rational{30'000, 1001});
  CHECK(time_of(package).segment_frames == 180);
  CHECK(lesson_us(package) == 7'007'000);
}

TEST_CASE("what the author says the pictures are of goes before what they look like") {
  using tongxing::media::model::Subject;
  CHECK(requested_kind(Subject::automatic, PictureKind::screen) == PictureKind::screen);
  CHECK(requested_kind(Subject::people, PictureKind::screen) == PictureKind::camera);
  CHECK(requested_kind(Subject::hand_work, PictureKind::camera) == PictureKind::hand_work);
  CHECK(requested_kind(Subject::screen, PictureKind::camera) == PictureKind::screen);
  CHECK(requested_kind(Subject::sign, PictureKind::camera) == PictureKind::sign);
}
