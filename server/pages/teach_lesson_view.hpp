// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/finding.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/render/form_view.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/course_details.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/uploads.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

/// The data of an instructor's lesson page.
namespace tongxing::pages {

/// What the forms on the page hold: fresh, or as they came back.
struct LessonForms {
  const render::FormView& form;
  services::LessonDetails typed;
  std::string caption_kind = "CAPTION";
  std::string caption_language = "zh-Hans";
  std::string caption_origin = "human";
  std::string burned_in{};
  std::optional<std::string> sign_offset{};        ///< as it was typed
  std::optional<std::string> chapters{};           ///< as they were typed
  std::vector<accessibility::Finding> findings{};  ///< errors of the caption file that was refused
};

[[nodiscard]] nlohmann::json lesson_crumbs(const routing::Context& ctx,
                                           const storage::CourseVersionRow& version, std::string current);

[[nodiscard]] nlohmann::json lesson_page(const routing::Context& ctx, const services::Uploads& uploads,
                                         const services::LessonInVersion& found, const LessonForms& forms);

/// The lesson's page again with what was wrong; what was typed stays.
[[nodiscard]] http::Response lesson_again(const routing::Context& ctx, const TeachingPagesDeps& deps,
                                          std::span<const Error> errors,
                                          std::span<const accessibility::Finding> findings = {});

/// [{text}]: "第 12 行：…", by rising line; at most a hundred, then how many more there are.
[[nodiscard]] nlohmann::json finding_list(const routing::Context& ctx,
                                          const std::vector<accessibility::Finding>& findings);

}  // namespace tongxing::pages
