// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/transcript/document.hpp"

#include "accessibility/transcript/transcript.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tongxing::accessibility {
namespace {

bool in_brackets(std::string_view text) {
  const auto within = [&](std::string_view open, std::string_view close) {
    return text.starts_with(open) && text.ends_with(close) && text.find(close) + close.size() == text.size();
  };
  return within("［", "］") || within("[", "]") || within("【", "】");
}

std::vector<const Cue*> by_start(const Track* track) {
  std::vector<const Cue*> cues;
  if (track == nullptr) return cues;
  for (const auto& cue : track->cues) cues.push_back(&cue);
  std::ranges::sort(cues, [](const Cue* a, const Cue* b) {
    return a->start != b->start ? a->start < b->start : a < b;  // equal times: the order of the file
  });
  return cues;
}

/// Captions that start in [from, to), as paragraphs.
void add_speech(std::vector<Entry>& entries, const std::vector<const Cue*>& cues, std::size_t& next,
                Milliseconds to) {
  Track part;
  while (next < cues.size() && cues[next]->start < to) part.cues.push_back(*cues[next++]);
  for (auto& paragraph : transcript_of(part)) {
    const bool sound = paragraph.speaker.empty() && in_brackets(paragraph.text);
    entries.push_back({sound ? EntryKind::sound : EntryKind::speech,
                       paragraph.start,
                       paragraph.end,
                       {},
                       std::move(paragraph.speaker),
                       std::move(paragraph.text)});
  }
}

std::vector<Entry> entries_of(const Sources& sources, const std::vector<Milliseconds>& borders) {
  const auto cues = by_start(sources.captions);
  std::vector<Entry> descriptions;
  for (const auto* cue : by_start(sources.descriptions)) {
    Track one{{*cue}, {}, {}};
    for (auto& paragraph : transcript_of(one)) {
      descriptions.push_back(
          {EntryKind::description, cue->start, cue->end, {}, {}, std::move(paragraph.text)});
    }
  }
  std::vector<Entry> entries;
  std::size_t next = 0;
  std::size_t border = 0;
  const auto speech_until = [&](Milliseconds to) {
    while (border < borders.size() && borders[border] < to)
      add_speech(entries, cues, next, borders[border++]);
    add_speech(entries, cues, next, to);
  };
  for (auto& description : descriptions) {
    speech_until(description.start);
    entries.push_back(std::move(description));
  }
  speech_until(Milliseconds::max());
  return entries;
}

std::vector<Section> sections_of(const Track* chapters) {
  std::vector<Section> sections;
  for (const auto* cue : by_start(chapters)) {
    std::string title;
    for (const auto& paragraph : transcript_of(Track{{*cue}, {}, {}})) title += paragraph.text;
    if (!title.empty()) sections.push_back({std::move(title), {}, cue->start, {}});
  }
  if (sections.empty() || sections.front().start > Milliseconds{0}) {
    sections.insert(sections.begin(), Section{});
  }
  return sections;
}

/// Times name what begins at them; the second at the same time gets a number.
class Anchors {
 public:
  explicit Anchors(std::string prefix) : prefix_(std::move(prefix)) {}
  std::string of(Milliseconds time) {
    std::string anchor = prefix_ + std::to_string(time.count());
    if (const int count = ++used_[time.count()]; count > 1) anchor += "-" + std::to_string(count);
    return anchor;
  }

 private:
  std::string prefix_;
  std::map<std::int64_t, int> used_;
};

}  // namespace

bool Document::empty() const {
  return std::ranges::all_of(sections, [](const Section& section) { return section.entries.empty(); });
}

Document document_of(std::string title, std::string language, const Sources& sources) {
  Document document{std::move(title), std::move(language), sections_of(sources.chapters)};
  std::vector<Milliseconds> borders;
  for (const auto& section : document.sections) borders.push_back(section.start);
  Anchors chapters("c-");
  for (auto& section : document.sections) section.anchor = chapters.of(section.start);
  Anchors times("t-");
  std::size_t at = 0;
  for (auto& entry : entries_of(sources, borders)) {
    while (at + 1 < document.sections.size() && document.sections[at + 1].start <= entry.start) ++at;
    entry.anchor = times.of(entry.start);
    document.sections[at].entries.push_back(std::move(entry));
  }
  // What stands before the first chapter is no section when there is nothing.
  auto& first = document.sections.front();
  if (first.title.empty() && first.entries.empty() && document.sections.size() > 1) {
    document.sections.erase(document.sections.begin());
  }
  return document;
}

std::string_view description_mark(std::string_view language) {
  if (language.starts_with("zh-Hant") || language == "yue") return "［畫面］";
  if (language.starts_with("zh") || language == "cmn") return "［画面］";
  return "[Picture]";
}

std::string_view speaker_colon(std::string_view language) {
  const bool chinese = language.starts_with("zh") || language == "cmn" || language == "yue";
  return chinese ? "：" : ": ";
}

}  // namespace tongxing::accessibility
