// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/epub/book.hpp"

#include "accessibility/epub/book_pages.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kContainer =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n"
    "<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n"
    "</rootfiles>\n</container>\n";

/// Few rules: readers choose type, size and colours.
constexpr std::string_view kStyle =
    "body { line-height: 1.6; }\n"
    "p { margin: 0 0 0.8em; }\n"
    ".speaker { font-weight: bold; }\n"
    ".description { font-style: italic; }\n"
    ".playing { background: #ffe680; color: #000; }\n";

}  // namespace

std::string sound_path(std::size_t lesson) {
  return "EPUB/audio/lesson-" + std::to_string(lesson + 1) + ".m4a";
}

std::vector<Clip> clips_of(const Document& document, Milliseconds sound) {
  std::vector<Clip> clips;
  std::vector<std::size_t> heard;  ///< index of the clips with sound
  Milliseconds last{-1};
  for (const auto& section : document.sections) {
    for (const auto& entry : section.entries) {
      const bool spoken = entry.kind != EntryKind::description && entry.start < sound && entry.start > last;
      if (spoken) {
        last = entry.start;
        heard.push_back(clips.size());
      }
      clips.push_back({entry.anchor, spoken ? std::optional(entry.start) : std::nullopt, Milliseconds{0}});
    }
  }
  for (std::size_t i = 0; i < heard.size(); ++i) {
    auto& clip = clips[heard[i]];
    if (i == 0) clip.begin = Milliseconds{0};
    clip.end = i + 1 < heard.size() ? *clips[heard[i + 1]].begin : sound;
  }
  return clips;
}

std::vector<BookFile> files_of(const Book& book) {
  std::vector<BookFile> files{{"mimetype", "application/epub+zip"},
                              {"META-INF/container.xml", std::string(kContainer)},
                              {"EPUB/package.opf", package_document(book)},
                              {"EPUB/nav.xhtml", navigation(book)},
                              {"EPUB/style.css", std::string(kStyle)}};
  for (std::size_t i = 0; i < book.lessons.size(); ++i) {
    const std::string name = "EPUB/lesson-" + std::to_string(i + 1);
    files.push_back({name + ".xhtml", lesson_page(book.lessons[i].document)});
    if (book.lessons[i].sound) files.push_back({name + ".smil", overlay(book.lessons[i], i)});
  }
  return files;
}

}  // namespace tongxing::accessibility
