// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/routing/page_view.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/lesson_progress.hpp"

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

/// Values of learning put into words of the page's language.
namespace tongxing::pages {

/// "2 分 10 秒"; parts that are zero are left out, rounded up to the second. "0 秒" for nothing.
[[nodiscard]] std::string time_words(const routing::PageView& ctx, Milliseconds time);

/// "3:48", "1:03:48": for tables and links.
[[nodiscard]] std::string clock_text(Milliseconds time);

/// The name of a text language in that language: 简体中文, 繁體中文, English; the tag itself where we know
/// none.
[[nodiscard]] std::string own_name_of(std::string_view tag);

/// "简体中文（含声音说明）": what a caption track is called.
[[nodiscard]] std::string track_label(const routing::PageView& ctx, const services::TextTrackFact& track);

/// The language of the teaching, in the page's language: 普通话.
[[nodiscard]] std::string teaching_language(const routing::PageView& ctx, std::string_view tag);

/// One sentence: "还差 2 分 10 秒就学完这一课。" or that it is done.
[[nodiscard]] std::string missing_sentence(const routing::PageView& ctx,
                                           const services::LessonProgress& progress);

/// learning.state.*: 还没开始, 正在学 …
[[nodiscard]] std::string stage_word(const routing::PageView& ctx, courses::LessonStage stage);

/// "2026-11-23 18:05" in Guangdong's time.
[[nodiscard]] std::string date_and_time_text(Timestamp at);

[[nodiscard]] std::string course_path(const CourseId& course);
[[nodiscard]] std::string lesson_path(const CourseId& course, const LessonId& lesson);

/// The tags of a course's card and page: which forms there are. [{text, kind}]
[[nodiscard]] nlohmann::json form_tags(const routing::PageView& ctx, const services::CourseFact& course);

/// The facts of a course: lessons, class hours, time, language. [{text}]
[[nodiscard]] nlohmann::json course_facts(const routing::PageView& ctx, const services::CourseFact& course);

/// A number of the query ("page"), 1 where there is none that can be read.
[[nodiscard]] std::int64_t page_number(const http::Request& request);

}  // namespace tongxing::pages
