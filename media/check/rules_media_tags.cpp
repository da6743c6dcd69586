// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/audio_group.hpp"
#include "media/check/languages.hpp"
#include "media/check/numbers.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace tongxing::media::check {

namespace {

constexpr std::array kKnown{kDescribesVideo, kTranscribes, kDescribesSound, kEasyToRead, kCleanSpeech};

Finding at(const Multivariant& master, const Tag& tag, std::string found, std::string expected) {
  return {master.file, tag.line, std::move(found), std::move(expected)};
}

std::string name_of(const Tag& tag) {
  return '"' + shown(tag.attributes.text("NAME")) + '"';
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

/// H11.
void check_attributes(const Multivariant& master, Report& report) {
  std::set<std::string> names;
  for (const Tag& tag : master.playlist.media) {
    report.holds(Rule::h11);
    for (const std::string_view name : {"TYPE", "GROUP-ID", "NAME", "LANGUAGE"}) {
      if (tag.attributes.text(name).empty() &&
          !(name == "LANGUAGE" && tag.attributes.is("TYPE", "CLOSED-CAPTIONS"))) {
        report.fail(Rule::h11,
                    at(master, tag, name_of(tag) + " has no " + std::string{name}, "the attribute"));
      }
    }
    std::string key;
    for (const std::string_view name : {"TYPE", "GROUP-ID", "NAME"}) {
      key += std::string{tag.attributes.text(name)} + '\n';
    }
    if (!names.insert(key).second) {
      report.fail(Rule::h11,
                  at(master, tag, "the NAME " + name_of(tag) + " is there twice", "a name of its own"));
    }
    const auto language = tag.attributes.text("LANGUAGE");
    const auto fault = language.empty() ? std::nullopt : language_fault(language);
    if (fault)
      report.fail(Rule::h11, at(master, tag, "LANGUAGE is " + *fault, "a tag such as zh-Hans, cmn, en"));
  }
}

/// H12 and the second half of H13.
void check_choice(const Multivariant& master, Report& report) {
  std::set<std::string> kinds;
  for (const Tag& tag : master.playlist.media) {
    report.holds(Rule::h12);
    report.holds(Rule::h13);
    const bool automatic = tag.attributes.is("AUTOSELECT", "YES");
    if (tag.attributes.is("DEFAULT", "YES") && !automatic) {
      report.fail(Rule::h13,
                  at(master, tag, name_of(tag) + " has DEFAULT=YES without AUTOSELECT=YES", "both"));
    }
    if (!automatic) continue;
    auto marks = split(tag.attributes.text("CHARACTERISTICS"), ',');
    std::ranges::sort(marks);
    std::string key;
    for (const std::string_view name : {"TYPE", "GROUP-ID", "LANGUAGE", "ASSOC-LANGUAGE"}) {
      key += std::string{tag.attributes.text(name)} + '\n';
    }
    key += tag.attributes.is("FORCED", "YES") ? "forced\n" : "\n";
    for (const auto& mark : marks) key += mark + ',';
    if (!kinds.insert(key).second) {
      report.fail(Rule::h12, at(master, tag, name_of(tag) + " is like another one with AUTOSELECT=YES",
                                "another language, FORCED or CHARACTERISTICS, or AUTOSELECT=NO"));
    }
  }
}

/// H13 and H14.
void check_groups(const Contents& contents, const Multivariant& master, Report& report) {
  for (const std::string_view type : {"AUDIO", "SUBTITLES"}) {
    std::optional<std::multiset<std::string>> first;
    for (const auto group : groups_of(master, type)) {
      const auto members = members_of(contents, master, type, group);
      const auto defaults = std::ranges::count_if(
          members, [](const Member& member) { return member.tag->attributes.is("DEFAULT", "YES"); });
      if (type == "AUDIO" && defaults != 1) {
        report.fail(
            Rule::h13,
            at(master, *members.front().tag,
               "the group " + shown(group) + " has " + std::to_string(defaults) + " DEFAULT=YES", "one"));
      }
      std::multiset<std::string> same;
      for (const Member& member : members) {
        std::string key;
        for (const std::string_view name : {"NAME", "LANGUAGE", "CHARACTERISTICS"}) {
          key += std::string{member.tag->attributes.text(name)} + '\n';
        }
        same.insert(std::move(key));
      }
      report.holds(Rule::h14);
      if (first && *first != same) {
        report.fail(Rule::h14, at(master, *members.front().tag,
                                  "the group " + shown(group) + " differs from the first one",
                                  "the same names, languages and characteristics"));
      }
      if (!first) first = std::move(same);
    }
  }
}

/// H15, but for the name of what the main sound is.
void check_described(const Contents& contents, const Multivariant& master, const Tag& tag, Report& report) {
  report.holds(Rule::h15);
  const auto fail = [&](const std::string& found, const std::string& expected) {
    report.fail(Rule::h15, at(master, tag, name_of(tag) + ' ' + found, expected));
  };
  const auto& attributes = tag.attributes;
  if (!has_characteristic(tag, kDescribesVideo))
    fail("does not say so in CHARACTERISTICS", std::string{kDescribesVideo});
  if (!attributes.is("AUTOSELECT", "YES")) fail("has no AUTOSELECT=YES", "AUTOSELECT=YES");
  // Where described sound is all there is, as in a lesson that waits for its descriptions, it is the default.
  const auto members = members_of(contents, master, "AUDIO", attributes.text("GROUP-ID"));
  const bool alone = std::ranges::all_of(
      members, [](const Member& member) { return has_characteristic(*member.tag, kDescribesVideo); });
  if (attributes.is("DEFAULT", "YES") && !(alone && members.size() == 1))
    fail("has DEFAULT=YES", "DEFAULT=NO");
  if (attributes.text("LANGUAGE").empty()) fail("has no LANGUAGE", "the language of the main sound");
  if (!attributes.text("NAME").ends_with("（口述影像）"))
    fail("is its NAME", "a NAME that ends in （口述影像）");
  const MediaList* own = contents.list(master.file, tag.uri);
  const MediaList* main = nullptr;
  for (const Member& member : members) {
    if (member.tag->attributes.is("DEFAULT", "YES") && member.tag != &tag) main = member.list;
  }
  // In the audio-only playlist the main sound is the variant itself.
  if (main == nullptr && !master.playlist.variants.empty()) {
    main = contents.list(master.file, master.playlist.variants.front().uri);
  }
  if (own == nullptr || main == nullptr) return;
  const auto frame = std::max(own->rendition.longest_sample_us, main->rendition.longest_sample_us);
  const auto difference = own->rendition.measured_us() - main->rendition.measured_us();
  if (std::abs(difference) > frame + 1000) {
    fail("lasts " + seconds_text(own->rendition.measured_us()),
         seconds_text(main->rendition.measured_us()) + " as the main sound, within one frame");
  }
}

/// H16, H17, H20.
void check_text(const Multivariant& master, const Tag& tag, Report& report) {
  const auto& attributes = tag.attributes;
  const auto name = attributes.text("NAME");
  const auto marks = attributes.text("CHARACTERISTICS");
  const auto fail = [&](Rule rule, const std::string& found, const std::string& expected) {
    report.fail(rule, at(master, tag, name_of(tag) + ' ' + found, expected));
  };
  report.holds(Rule::h20);
  if (has_characteristic(tag, kDescribesVideo) || contains_any(name, {"口述影像", "audio description"})) {
    fail(Rule::h20, "is a description as text", "captions and subtitles only");
  }
  const bool transcribes = has_characteristic(tag, kTranscribes);
  const bool sounds = has_characteristic(tag, kDescribesSound);
  if (transcribes || sounds || contains_any(name, {"声音说明", "聲音說明", "SDH"})) {
    report.holds(Rule::h16);
    if (!transcribes || !sounds) {
      fail(Rule::h16, "lacks a characteristic",
           std::string{kTranscribes} + ',' + std::string{kDescribesSound});
    }
    if (!attributes.is("AUTOSELECT", "YES")) fail(Rule::h16, "has no AUTOSELECT=YES", "AUTOSELECT=YES");
  }
  if (contains_any(marks, {"easy-to-read", "easy-read"}) || contains_any(name, {"易读", "易讀"})) {
    report.holds(Rule::h17);
    if (!has_characteristic(tag, kEasyToRead)) {
      fail(Rule::h17, "has the characteristics \"" + shown(marks) + '"', std::string{kEasyToRead});
    }
  }
}

/// H18 and H19.
void check_characteristics(const Multivariant& master, const Tag& tag, Report& report) {
  for (const auto& mark : split(tag.attributes.text("CHARACTERISTICS"), ',')) {
    if (contains_any(mark, {"enhances-speech", "speech-intelligibility"})) {
      report.holds(Rule::h18);
      if (mark != kCleanSpeech)
        report.fail(Rule::h18, at(master, tag, shown(mark), std::string{kCleanSpeech}));
      continue;
    }
    report.holds(Rule::h19);
    const bool easy = contains_any(mark, {"easy-to-read", "easy-read"});  // H17 tells of those
    if (mark.starts_with("public.") && !easy && std::ranges::find(kKnown, mark) == kKnown.end()) {
      report.fail(Rule::h19,
                  at(master, tag, "the characteristic " + shown(mark), "one that players know, or none"));
    }
  }
}

/// H30.
void check_sound_playlist(const Contents& contents, const Multivariant& master, Report& report) {
  if (groups_of(master, "AUDIO").empty()) return;
  report.holds(Rule::h30);
  std::set<const MediaList*> others;
  for (const Tag& tag : master.playlist.media) {
    if (!tag.attributes.is("TYPE", "AUDIO")) continue;
    const bool main = tag.attributes.is("DEFAULT", "YES");
    if (main && !tag.uri.empty()) {
      report.fail(Rule::h30, at(master, tag, "the default rendition " + name_of(tag) + " has a URI",
                                "none: it is the variant"));
    }
    if (!main && tag.uri.empty()) {
      report.fail(Rule::h30, at(master, tag, "the rendition " + name_of(tag) + " has no URI",
                                "the URI of its playlist"));
    }
    if (!main && !tag.uri.empty()) others.insert(contents.list(master.file, tag.uri));
  }
  for (const Tag& variant : master.playlist.variants) {
    const MediaList* list = contents.list(master.file, variant.uri);
    if (list != nullptr && others.contains(list)) {
      report.fail(Rule::h30, at(master, variant, shown(variant.uri) + " is also a rendition with a URI",
                                "the default sound, which has none"));
    }
  }
}

}  // namespace

void check_media_tags(const Contents& contents, Report& report) {
  for (const Multivariant& master : contents.multivariants) {
    check_attributes(master, report);
    check_choice(master, report);
    check_groups(contents, master, report);
    for (const Tag& tag : master.playlist.media) {
      report.holds(Rule::h21);
      if (tag.attributes.is("TYPE", "VIDEO")) {
        report.fail(Rule::h21, at(master, tag, name_of(tag) + " is TYPE=VIDEO", "video only as variants"));
      }
      if (tag.attributes.is("TYPE", "AUDIO") && is_described(tag))
        check_described(contents, master, tag, report);
      if (tag.attributes.is("TYPE", "SUBTITLES")) check_text(master, tag, report);
      check_characteristics(master, tag, report);
    }
    if (master.use == Multivariant::Use::sound) check_sound_playlist(contents, master, report);
  }
}

}  // namespace tongxing::media::check
