// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/ladder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace tongxing::media::pipeline {

namespace {

constexpr std::array kUsualLines{1080, 720, 480, 360, 234};
constexpr std::array kHandWorkLines{1080, 720, 540, 480, 360, 234};
constexpr std::array kSignLines{480, 360, 240};
constexpr std::size_t kLeastSignRungs = 2;
constexpr double kHalvedFrom = 19.9;  // frames a second that can lose every second one
constexpr double kHardlySmaller = 0.8;
constexpr std::array kSmallLines{180, 144};
constexpr std::size_t kMostRungs = 6;
constexpr std::size_t kLeastRungs = 3;
constexpr int kLeastLines = 24;

int even(double value) noexcept {
  return std::max(2, static_cast<int>(std::lround(value / 2)) * 2);
}
int even_below(int value) noexcept {
  return std::max(2, value - value % 2);
}

/// Cap in kb/s for a picture of this many pixels: measured points, joined in logarithms.
int cap_for(double pixels) noexcept {
  struct Point {
    double pixels;
    double kbps;
  };
  static constexpr std::array points{Point{256 * 144, 65},    Point{416 * 234, 110},  Point{640 * 360, 365},
                                     Point{854 * 480, 700},   Point{960 * 540, 1000}, Point{1280 * 720, 1500},
                                     Point{1920 * 1080, 3000}};
  auto upper = std::ranges::find_if(points, [&](const Point& p) { return p.pixels >= pixels; });
  if (upper == points.begin()) ++upper;
  if (upper == points.end()) --upper;
  const Point& low = *std::prev(upper);
  const Point& high = *upper;
  const double slope = std::log(high.kbps / low.kbps) / std::log(high.pixels / low.pixels);
  return std::max(24, static_cast<int>(std::lround(low.kbps * std::pow(pixels / low.pixels, slope))));
}

int crf_for(int lines, PictureKind kind) noexcept {
  if (kind == PictureKind::sign) return lines <= 240 ? 28 : lines <= 360 ? 26 : 25;
  const int usual = lines <= 240 ? 26 : lines <= 360 ? 24 : 23;
  // A picture that stands is spread over few frames, each of which gets more.
  return kind == PictureKind::screen ? usual + 2 : usual;
}

/// A sign rung must reach people who have nothing else: less than a lesson of the same size, more than half.
int sign_cap_for(int lines) noexcept {
  return lines <= 240 ? 130 : lines <= 360 ? 230 : 400;
}

int stride_for(int lines, PictureKind kind, model::Rational rate, bool smallest) noexcept {
  if (kind == PictureKind::sign || rate.value() < kHalvedFrom) return 1;
  return smallest || (kind == PictureKind::screen && lines <= 360) ? 2 : 1;
}

RungPlan rung(Size size, PictureKind kind) {
  const int lines = std::min(size.width, size.height);
  RungPlan plan;
  plan.name = "v" + std::to_string(lines);
  plan.size = size;
  plan.crf = crf_for(lines, kind);
  plan.max_kbps = cap_for(static_cast<double>(size.width) * size.height);
  if (kind == PictureKind::sign) plan.max_kbps = std::min(plan.max_kbps, sign_cap_for(lines));
  plan.profile = lines <= 480 ? "main" : "high";
  return plan;
}

void add_smaller(std::vector<int>& chosen, std::span<const int> usual, std::size_t most) {
  for (const int lines : usual) {
    if (lines <= chosen.back() * 0.92 && chosen.size() < most) chosen.push_back(lines);
  }
}

std::span<const int> lines_of(PictureKind kind) noexcept {
  if (kind == PictureKind::sign) return kSignLines;
  if (kind == PictureKind::hand_work) return kHandWorkLines;
  return kUsualLines;
}

/// Lines of the shorter side, falling, the source's own first.
std::vector<int> choose_lines(int source_lines, PictureKind kind) {
  const bool sign = kind == PictureKind::sign;
  const auto usual = lines_of(kind);
  std::vector<int> chosen{std::min(source_lines, usual.front())};
  const std::size_t least = sign ? kLeastSignRungs : kLeastRungs;
  add_smaller(chosen, usual, kMostRungs);
  add_smaller(chosen, kSmallLines, least);
  while (chosen.size() < least && chosen.back() * 0.7 >= kLeastLines)
    chosen.push_back(even(chosen.back() * 0.7));
  return chosen;
}

}  // namespace

Size shown_size(Size coded, model::Rational sar, int quarter_turns) noexcept {
  const double shape = sar.known() ? sar.value() : 1.0;
  double width = coded.width;
  double height = coded.height;
  if (shape > 0.1 && shape < 10) {
    if (shape > 1) height /= shape;
    if (shape < 1) width *= shape;
  }
  Size shown{even_below(static_cast<int>(std::lround(width))),
             even_below(static_cast<int>(std::lround(height)))};
  if (quarter_turns % 2 != 0) std::swap(shown.width, shown.height);
  return shown;
}

std::string kind_name(PictureKind kind) {
  switch (kind) {
    case PictureKind::screen:
      return "screen";
    case PictureKind::camera:
      return "camera";
    case PictureKind::hand_work:
      return "hand work";
    case PictureKind::sign:
      return "sign";
  }
  return {};
}

std::vector<RungPlan> plan_ladder(Size shown, PictureKind kind, model::Rational rate) {
  const bool portrait = shown.height > shown.width;
  const int shorter = std::min(shown.width, shown.height);
  const double aspect = static_cast<double>(std::max(shown.width, shown.height)) / shorter;
  std::vector<RungPlan> plans;
  for (const int lines : choose_lines(shorter, kind)) {
    const int limit = std::max(shown.width, shown.height);
    const int longer = std::min(lines == shorter ? limit : even(lines * aspect), limit);
    plans.push_back(rung(portrait ? Size{lines, longer} : Size{longer, lines}, kind));
  }
  std::ranges::reverse(plans);
  for (RungPlan& plan : plans) {
    plan.stride =
        stride_for(std::min(plan.size.width, plan.size.height), kind, rate, &plan == &plans.front());
  }
  return plans;
}

std::vector<int> plan_threads(const std::vector<RungPlan>& plans, int cores) {
  double all = 0;
  for (const RungPlan& plan : plans) all += static_cast<double>(plan.size.width) * plan.size.height;
  std::vector<int> threads;
  for (const RungPlan& plan : plans) {
    const double share = static_cast<double>(plan.size.width) * plan.size.height / all;
    threads.push_back(std::clamp(static_cast<int>(std::lround(share * cores * 0.8)), 1, 8));
  }
  return threads;
}

std::vector<std::size_t> plan_drops(const std::vector<std::int64_t>& bytes) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < bytes.size(); ++i) kept.push_back(i);
  std::vector<std::size_t> dropped;
  // From the top: what is hardly smaller than the next one kept brings nothing to anybody.
  for (std::size_t at = std::max<std::size_t>(kept.size(), 1) - 1; at-- > 0 && kept.size() > kLeastRungs;) {
    const auto larger = static_cast<double>(bytes[kept[at + 1]]);
    if (static_cast<double>(bytes[kept[at]]) <= kHardlySmaller * larger) continue;
    dropped.push_back(kept[at]);
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at));
  }
  std::ranges::sort(dropped);
  return dropped;
}

model::Rational plan_rate(model::Rational source) noexcept {
  static constexpr std::array<model::Rational, 9> usual{
      {{10, 1}, {12, 1}, {25, 2}, {15, 1}, {20, 1}, {24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}}};
  if (!source.known()) return {25, 1};
  double rate = source.value();
  if (rate > 30.06) rate /= std::ceil(rate / 30.06);
  for (const model::Rational& candidate : usual) {
    if (candidate.value() >= rate * 0.9995) return candidate;
  }
  return {30, 1};
}

TimePlan plan_time(model::Rational source_rate, std::int64_t segment_ms) noexcept {
  TimePlan plan;
  plan.rate = plan_rate(source_rate);
  plan.gop_frames = std::max(1, static_cast<int>(std::lround(2 * plan.rate.value())));
  if (plan.rate.value() >= kHalvedFrom) plan.gop_frames += plan.gop_frames % 2;  // so that a stride of 2 fits
  const double gop_ms = plan.gop_frames * 1000.0 / plan.rate.value();
  const auto gops = std::max(1L, std::lround(static_cast<double>(segment_ms) / gop_ms));
  plan.segment_frames = plan.gop_frames * static_cast<int>(gops);
  return plan;
}

}  // namespace tongxing::media::pipeline
