// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"
#include "server/storage/data_folder.hpp"

namespace tongxing::pages {

struct DownloadPagesDeps {
  const storage::DataLayout& layout;  ///< copied
};

/// What can be taken away, in the language of the page: GET /courses/{course}/course.epub, and of a lesson
/// lesson.epub, transcript.txt, braille.txt. Whoever may see the course may have them.
void add_download_pages(routing::Routes& routes, DownloadPagesDeps deps);

}  // namespace tongxing::pages
