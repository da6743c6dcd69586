// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/epub/book.hpp"

#include <cstddef>
#include <string>

/// The files of a book, one function each.
namespace tongxing::accessibility {

/// EPUB 3.3 §5: metadata, manifest, spine.
[[nodiscard]] std::string package_document(const Book& book);

/// EPUB 3.3 §7: lessons and, below them, their chapters.
[[nodiscard]] std::string navigation(const Book& book);

/// One lesson in XHTML; every entry has its anchor as id.
[[nodiscard]] std::string lesson_page(const Document& document);

/// EPUB 3.3 §9: which stretch of sound goes with which entry. `index` counts lessons from 0.
[[nodiscard]] std::string overlay(const BookLesson& lesson, std::size_t index);

/// "12.345s"
[[nodiscard]] std::string smil_time(Milliseconds time);

}  // namespace tongxing::accessibility
