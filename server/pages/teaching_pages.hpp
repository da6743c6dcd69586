// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/random.hpp"
#include "server/routing/endpoint.hpp"
#include "server/services/captions.hpp"
#include "server/services/chapters.hpp"
#include "server/services/descriptions.hpp"
#include "server/services/side_files.hpp"
#include "server/services/uploads.hpp"
#include "server/storage/data_folder.hpp"

/// The instructor's pages: everything below /teach. Without JavaScript all of it works but the upload of a
/// video, which must be able to resume; the page says so.
namespace tongxing::pages {

struct TeachingPagesDeps {
  services::Uploads& uploads;
  services::Captions captions;
  services::Descriptions descriptions;
  services::SideFiles sides;
  services::Chapters chapters;
  Random& random;
  storage::DataLayout layout;
};

/// All of the below.
void add_teaching_pages(routing::Routes& routes, const TeachingPagesDeps& deps);

/// /teach, /teach/courses/new, /teach/courses/{course} and the forms on them.
void add_teach_course_pages(routing::Routes& routes, const TeachingPagesDeps& deps);
/// /teach/courses/{course}/lessons/new, /teach/lessons/{lesson} and the forms on them.
void add_teach_lesson_pages(routing::Routes& routes, const TeachingPagesDeps& deps);

/// /teach/lessons/{lesson}/description: the description script of a lesson.
void add_teach_description_pages(routing::Routes& routes, const TeachingPagesDeps& deps);

/// What is confirmed of a lesson's tracks: captions of a machine, the signer's consent.
void add_teach_confirm_pages(routing::Routes& routes, const TeachingPagesDeps& deps);

/// /teach/lessons/{lesson}/sign and /recording: what was uploaded beside a lesson's video.
void add_teach_side_file_pages(routing::Routes& routes, const TeachingPagesDeps& deps);

/// /teach/lessons/{lesson}/chapters.
void add_teach_chapter_pages(routing::Routes& routes, const TeachingPagesDeps& deps);

/// /teach/lessons/{lesson}/preview: the finished lesson, or what is ready of one that is still being made.
void add_teach_preview_page(routing::Routes& routes, const storage::DataLayout& layout);

}  // namespace tongxing::pages
