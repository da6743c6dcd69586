// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/requested_ladder.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::media::pipeline {

namespace {

int even(double value) noexcept {
  return std::max(2, static_cast<int>(std::lround(value / 2)) * 2);
}

/// The source's shape with so many lines on its shorter side.
Size scaled(Size shown, int lines) noexcept {
  const int shorter = std::min(shown.width, shown.height);
  if (lines >= shorter) return shown;
  const double part = static_cast<double>(lines) / shorter;
  const bool portrait = shown.height > shown.width;
  const int longer =
      std::min(even(std::max(shown.width, shown.height) * part), std::max(shown.width, shown.height));
  return portrait ? Size{even(lines), longer} : Size{longer, even(lines)};
}

RungPlan plan_of(const model::RungRequest& request, Size shown) {
  RungPlan plan;
  plan.size = scaled(shown, request.lines);
  plan.name = request.prefix + std::to_string(std::min(plan.size.width, plan.size.height));
  plan.crf = request.crf;
  plan.max_kbps = request.max_kbps;
  plan.profile = request.profile;
  return plan;
}

std::vector<RungPlan> own_ladder(std::vector<model::RungRequest> requests, Size shown) {
  std::ranges::sort(requests, {}, &model::RungRequest::lines);
  const int shorter = std::min(shown.width, shown.height);
  std::vector<RungPlan> plans;
  for (const model::RungRequest& request : requests) {
    if (request.lines > shorter && !plans.empty()) break;
    RungPlan plan = plan_of(request, shown);
    if (plans.empty() || plans.back().name != plan.name) plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace

std::vector<RungPlan> requested_ladder(std::vector<RungPlan> planned, Size shown, const model::JobSpec& job) {
  auto plans = job.ladder.empty() ? std::move(planned) : own_ladder(job.ladder, shown);
  if (job.extent == model::Extent::first_rung_only && plans.size() > 1) plans.resize(1);
  return plans;
}

PictureKind requested_kind(model::Subject asked, PictureKind looks) noexcept {
  switch (asked) {
    case model::Subject::automatic:
      return looks;
    case model::Subject::screen:
      return PictureKind::screen;
    case model::Subject::people:
      return PictureKind::camera;
    case model::Subject::hand_work:
      return PictureKind::hand_work;
    case model::Subject::sign:
      return PictureKind::sign;
  }
  return looks;
}

std::vector<model::RungRequest> sign_ladder() {
  return {{240, 28, 130, "main", "sign"}, {360, 26, 230, "main", "sign"}, {480, 25, 400, "main", "sign"}};
}

}  // namespace tongxing::media::pipeline
