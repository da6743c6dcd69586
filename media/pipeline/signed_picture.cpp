// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/signed_picture.hpp"

#include "media/av/error.hpp"
#include "media/pipeline/package_time.hpp"
#include "media/pipeline/stage_group.hpp"
#include "media/pipeline/standing_picture.hpp"
#include "media/pipeline/still_scaler.hpp"
#include "media/pipeline/video_rung.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

constexpr Size kCanvas{960, 540};
constexpr int kLessonWidth = 640;
constexpr int kBlackLuma = 16;
constexpr Colour kBt601{6, 6, 6};

/// Fits a shape into a box, never larger than it is.
Size fit_into_box(Size shown, Size box) {
  const double part = std::min(
      {1.0, static_cast<double>(box.width) / shown.width, static_cast<double>(box.height) / shown.height});
  const auto even = [part](int value) { return std::max(2, static_cast<int>(value * part / 2) * 2); };
  return {even(shown.width), even(shown.height)};
}

/// One of the two pictures: where it stands, and its scaled copy as long as it does not change.
class Part {
 public:
  Part(StandingPicture pictures, Size shown, int left, int width)
      : pictures_(std::move(pictures)),
        size_(fit_into_box(shown, {width, kCanvas.height})),
        x_(left + (width - size_.width) / 4 * 2),
        y_((kCanvas.height - size_.height) / 4 * 2),
        scaler_(size_, StillScaler::Kind::webp) {}

  /// True where another picture is shown than before.
  [[nodiscard]] bool advance(std::int64_t time_us) {
    const av::Frame* picture = pictures_.at(time_us);
    if (picture == nullptr) return false;
    if (last_->data[0] == (*picture)->data[0]) return false;
    last_ = picture->share();
    scaled_ = scaler_.scale(last_);
    return true;
  }

  void draw(const av::Frame& canvas) const {
    for (int plane = 0; plane < 3 && scaled_->data[0] != nullptr; ++plane) {
      const int shift = plane == 0 ? 0 : 1;
      for (int row = 0; row < size_.height >> shift; ++row) {
        const auto* from = scaled_->data[plane] + static_cast<std::ptrdiff_t>(row) * scaled_->linesize[plane];
        auto* to = canvas->data[plane] +
                   static_cast<std::ptrdiff_t>((y_ >> shift) + row) * canvas->linesize[plane] + (x_ >> shift);
        std::memcpy(to, from, static_cast<std::size_t>(size_.width >> shift));
      }
    }
  }

 private:
  StandingPicture pictures_;
  Size size_;
  int x_;
  int y_;
  StillScaler scaler_;
  av::Frame last_;
  av::Frame scaled_;
};

av::Frame black_canvas() {
  av::Frame canvas;
  canvas->format = AV_PIX_FMT_YUV420P;
  canvas->width = kCanvas.width;
  canvas->height = kCanvas.height;
  av::check(av_frame_get_buffer(canvas.get(), 0), "canvas");
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? kCanvas.height : kCanvas.height / 2;
    std::memset(canvas->data[plane], plane == 0 ? kBlackLuma : 128,
                static_cast<std::size_t>(canvas->linesize[plane]) * static_cast<std::size_t>(rows));
  }
  return canvas;
}

/// `from`: what is before is finished already.
void feed(Part& lesson, Part& signer, const TimePlan& time, std::int64_t from, std::int64_t frames,
          CascadeQueue& queue) {
  av::Frame canvas;
  for (std::int64_t i = from; i < frames; ++i) {
    const std::int64_t at = model::frames_to_us(i, time.rate);
    const bool lesson_moved = lesson.advance(at);
    const bool signer_moved = signer.advance(at);
    const bool moved = i == from || lesson_moved || signer_moved;
    if (moved) {
      canvas = black_canvas();  // never drawn over: the encoder may still look at the one before
      lesson.draw(canvas);
      signer.draw(canvas);
    }
    // A picture that stands is sent again only where a group of pictures begins.
    if ((moved || i % time.gop_frames == 0) && !queue.push({canvas.share(), i})) return;
  }
  if (queue.push({av::Frame(), frames})) queue.close();
}

model::Outcome<Part> open_part(const SideSource& side, int left, int width) {
  auto reader = TrackReader::open(side.fd, side.source, side.source.video->stream, 1);
  if (!reader) return std::unexpected(std::move(reader.error()));
  return Part(StandingPicture(PictureReader(std::move(*reader), *side.source.video)),
              side.source.video->shown, left, width);
}

}  // namespace

model::Outcome<model::Rendition> make_signed_picture(const SideSource& lesson, const SideSource& signer,
                                                     const model::Package& package,
                                                     const OutputFolder& output,
                                                     const model::EventListener& listener,
                                                     const Journal* journal) {
  auto left = open_part(lesson, 0, kLessonWidth);
  if (!left) return std::unexpected(std::move(left.error()));
  auto right = open_part(signer, kLessonWidth, kCanvas.width - kLessonWidth);
  if (!right) return std::unexpected(std::move(right.error()));
  Reporter reporter(listener);
  const TimePlan time = time_of(package);
  const std::int64_t total_us = lesson_us(package);
  RungPlan plan{.name = "signed540", .size = kCanvas, .crf = 23, .max_kbps = 1000, .profile = "high"};
  reporter.say(model::Planned{{plan.name}});
  reporter.expect(total_us);
  const Account account(journal, plan.name);
  const Finished finished = account.finished();
  VideoRung rung(output, {plan, time, kBt601, 2, finished}, nullptr, reporter);
  rung.listen(account.begin(rung.so_far()));
  const std::int64_t frames = std::llround(static_cast<double>(total_us) * time.rate.value() / 1e6);
  const auto cut = static_cast<std::int64_t>(rung.so_far().segments.size()) * time.segment_frames;
  const std::int64_t from = finished.whole ? frames : std::min(cut, frames);
  std::optional<model::Rendition> made;
  StageGroup stages([&] { rung.queue().abandon(); });
  stages.start([&] { made = rung.run(); });
  stages.run_here([&] { feed(*left, *right, time, from, frames, rung.queue()); });
  stages.join();
  account.whole();
  reporter.say(model::OutputReady{plan.name});
  return std::move(*made);
}

}  // namespace tongxing::media::pipeline
