// SPDX-License-Identifier: GPL-3.0-or-later
// Any captions as a document, as text, for braille and as a book: nothing crashes, ids are unique, the sound
// has no hole, and no text of others becomes markup.
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/epub/book.hpp"
#include "accessibility/transcript/text_forms.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

namespace {

using namespace tongxing::accessibility;

constexpr Milliseconds kSound{90'000};

void require(bool good) {
  if (!good) std::abort();
}

void check_anchors(const Document& document) {
  std::set<std::string> anchors;
  for (const auto& section : document.sections) {
    require(anchors.insert(section.anchor).second);
    for (const auto& entry : section.entries) require(anchors.insert(entry.anchor).second);
  }
}

void check_clips(const Document& document) {
  Milliseconds at{0};
  bool heard = false;
  for (const auto& clip : clips_of(document, kSound)) {
    if (!clip.begin) continue;
    heard = true;
    require(*clip.begin == at && clip.end > at);
    at = clip.end;
  }
  require(!heard || at == kSound);
}

/// Tags are closed in the order in which they were opened, and nothing but ours is there.
void check_markup(const std::string& xml) {
  std::size_t depth = 0;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    const auto end = xml.find('>', at);
    require(end != std::string::npos);
    if (xml[at + 1] == '?' || xml[at + 1] == '!') continue;
    if (xml[at + 1] == '/') {
      require(depth-- > 0);
    } else if (xml[end - 1] != '/') {
      ++depth;
    }
  }
  require(depth == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto border = bytes.find('\xFF');
  const auto captions = read_captions(bytes.substr(0, border));
  const auto second = read_captions(border == std::string_view::npos ? bytes : bytes.substr(border + 1));
  const Track* words = captions ? &captions->track : nullptr;
  const Track* others = second ? &second->track : nullptr;
  const auto document = document_of(std::string(bytes.substr(0, 20)), "zh-Hans", {words, others, others});
  check_anchors(document);
  check_clips(document);
  static_cast<void>(plain_text_of(document));
  static_cast<void>(braille_text_of(document));
  Book book{"id",           document.title,      "zh-Hans", "同行", "2026-11-26T05:00:00Z",
            {"目录", "。"}, {{document, kSound}}};
  for (const auto& file : files_of(book)) {
    if (file.path.ends_with("l")) check_markup(file.content);  // xhtml, xml, smil
  }
  return 0;
}
