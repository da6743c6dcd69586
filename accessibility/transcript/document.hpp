// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// A lesson as one document to read: what is said and by whom, the sounds, what is only to be seen, in
/// chapters.
namespace tongxing::accessibility {

enum class EntryKind : std::uint8_t {
  speech,      ///< said by somebody
  sound,       ///< the label of a sound alone: ［掌声］
  description  ///< what is to be seen
};

struct Entry {
  EntryKind kind = EntryKind::speech;
  Milliseconds start{0};
  Milliseconds end{0};
  std::string anchor;   ///< "t-70000": from its time, the same in every form of the document; unique in it
  std::string speaker;  ///< empty: not named
  std::string text;     ///< plain, one line, UTF-8
  bool operator==(const Entry&) const = default;
};

struct Section {
  std::string title;   ///< of the chapter; empty: before the first chapter, or there are none
  std::string anchor;  ///< "c-0", "c-60000"
  Milliseconds start{0};
  std::vector<Entry> entries;
};

struct Document {
  std::string title;
  std::string language;  ///< BCP 47 of the text
  std::vector<Section> sections;
  [[nodiscard]] bool empty() const;
};

/// What a document is made of; the same language throughout. nullptr: there is none.
struct Sources {
  const Track* captions = nullptr;
  const Track* descriptions = nullptr;
  const Track* chapters = nullptr;
};

/// Paragraphs as transcript_of() makes them, broken where a description or a chapter begins. Sections without
/// entries stay, for their titles say what happens. The same sources give the same document, always.
[[nodiscard]] Document document_of(std::string title, std::string language, const Sources& sources);

/// What stands before a description, in the language of the text: "［画面］", "［畫面］", "[Picture]".
[[nodiscard]] std::string_view description_mark(std::string_view language);

/// Between a speaker and what they say: "：" or ": ".
[[nodiscard]] std::string_view speaker_colon(std::string_view language);

}  // namespace tongxing::accessibility
