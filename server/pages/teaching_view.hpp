// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/form_view.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/course_details.hpp"
#include "server/services/course_pack.hpp"
#include "server/storage/review_store.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

/// Pieces of page data that the instructor's and the reviewer's pages share.
namespace tongxing::pages {

/// A message of the page's language.
[[nodiscard]] std::string say(const routing::Context& ctx, std::string_view key,
                              const MessageArgs& args = {});

/// A stored word (IN_REVIEW, zh-Hans) as the last part of a message key (in_review, zh-hans).
[[nodiscard]] std::string key_part(std::string_view stored);

/// {text, kind} for components/tag.
[[nodiscard]] nlohmann::json state_tag(const routing::Context& ctx, std::string_view version_state);
[[nodiscard]] nlohmann::json media_tag(const routing::Context& ctx, const services::LessonPack& lesson);

/// [{text, href}]: what is missing. `href` leads to the lesson below /teach/lessons, or is empty.
[[nodiscard]] nlohmann::json missing_list(const routing::Context& ctx,
                                          const std::vector<services::Missing>& missing);

/// [{when, where, text, suspended}]: why the reviewers returned or suspended versions, newest first.
[[nodiscard]] nlohmann::json reason_list(const routing::Context& ctx,
                                         const std::vector<storage::ReviewReasonRow>& reasons,
                                         const std::vector<services::LessonPack>& lessons);

/// title, summary, language, policy: fields of the form as components take them.
[[nodiscard]] nlohmann::json course_fields(const routing::Context& ctx, const render::FormView& form,
                                           const services::CourseDetails& typed);
[[nodiscard]] nlohmann::json lesson_fields(const render::FormView& form,
                                           const services::LessonDetails& typed);

[[nodiscard]] services::CourseDetails typed_course(const http::Params& form);
[[nodiscard]] services::LessonDetails typed_lesson(const http::Params& form);

/// "2026-03-02 16:00", Beijing time.
[[nodiscard]] std::string time_text(Timestamp at);
[[nodiscard]] std::string date_text(Timestamp at);
/// "12:34" or "1:02:03".
[[nodiscard]] std::string duration_text(Milliseconds length);
/// "12.3 MB"
[[nodiscard]] std::string size_text(std::int64_t bytes);

/// The name of a track: kind and language.
[[nodiscard]] std::string track_text(const routing::Context& ctx, const storage::TrackRow& track);

}  // namespace tongxing::pages
