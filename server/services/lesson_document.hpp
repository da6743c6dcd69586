// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/transcript/document.hpp"
#include "server/services/catalogue.hpp"
#include "server/storage/connection.hpp"

#include <string_view>

namespace tongxing::services {

/// The lesson as a text to read, made of the captions that are nearest to `language` (BCP 47, of the page),
/// with the descriptions and chapters of the same language where there are any. Empty when the lesson has no
/// captions and no descriptions. Only reads.
[[nodiscard]] accessibility::Document document_of_lesson(storage::Connection& db, const LessonFact& lesson,
                                                         std::string_view language);

}  // namespace tongxing::services
