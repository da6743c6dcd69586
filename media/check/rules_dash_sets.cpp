// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/languages.hpp"
#include "media/check/numbers.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <set>

namespace tongxing::media::check {

namespace {

/// The sets of one manifest under the rules D1–D8 and D12.
class SetCheck {
 public:
  SetCheck(const Manifest& manifest, Report& report) : manifest_(manifest), report_(report) {}

  void run();

 private:
  void fail(Rule rule, const AdaptationSet& set, const std::string& found, std::string expected) {
    report_.fail(rule, {manifest_.file, 0, set.name() + ' ' + found, std::move(expected)});
  }
  void check_main();
  void check_described(const AdaptationSet& set);
  void check_clean_speech(const AdaptationSet& set);
  void check_text(const AdaptationSet& set);
  void check_labels();
  void check_lesson(const AdaptationSet& set);
  void check_sign(const AdaptationSet& set);
  void check_languages(const AdaptationSet& set);

  const Manifest& manifest_;
  Report& report_;
};

bool label_contains(const AdaptationSet& set, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(set.labels, [&](const std::string& label) {
    return std::ranges::any_of(words, [&](std::string_view word) { return label.contains(word); });
  });
}

bool is_described(const AdaptationSet& set) {
  return set.content == "audio" &&
         (set.has_role("description") || set.has_accessibility(kRoleScheme, "description") ||
          set.has_accessibility(kAudioPurposeScheme, "1") || label_contains(set, {"口述影像"}));
}

bool is_sign(const AdaptationSet& set) {
  return set.has_role("sign") || set.has_accessibility(kRoleScheme, "sign") ||
         (set.content == "video" && is_sign_language(set.lang));
}

bool is_trick_play(const AdaptationSet& set) {
  return set.property("http://dashif.org/guidelines/trickmode") != nullptr;
}

/// D1 and D3.
void SetCheck::check_main() {
  const AdaptationSet* main_audio = nullptr;
  for (const std::string_view content : {"video", "audio"}) {
    bool any = false;
    bool main = false;
    for (const auto& set : manifest_.mpd.sets) {
      if (set.content != content || is_trick_play(set)) continue;
      any = true;
      const bool described = is_described(set);
      main = main || (set.has_role("main") && !described);
      if (described && set.has_role("main"))
        fail(Rule::d1, set, "is described sound with the role main", "role alternate");
      if (content == "audio" && set.has_role("main") && !described && main_audio == nullptr)
        main_audio = &set;
    }
    if (!any) continue;
    report_.holds(Rule::d1);
    if (!main) {
      report_.fail(Rule::d1, {manifest_.file, 0, "no " + std::string{content} + " set has the role main",
                              "one that has it"});
    }
  }
  for (const auto& set : manifest_.mpd.sets) {
    if (!is_described(set)) continue;
    report_.holds(Rule::d3);
    if (main_audio != nullptr && set.selection_priority >= main_audio->selection_priority) {
      fail(Rule::d3, set, "has selectionPriority " + std::to_string(set.selection_priority),
           "less than " + std::to_string(main_audio->selection_priority) + ", that of the main sound");
    }
  }
}

void SetCheck::check_described(const AdaptationSet& set) {
  report_.holds(Rule::d2);
  if (!set.has_accessibility(kAudioPurposeScheme, "1"))
    fail(Rule::d2, set, "has no Accessibility of the TVA scheme", "value 1");
  if (!set.has_accessibility(kRoleScheme, "description")) {
    fail(Rule::d2, set, "has no Accessibility of the role scheme", "value description");
  }
  for (const std::string_view role : {"alternate", "description"}) {
    // With role main instead of alternate D1 says what is wrong.
    if (!set.has_role(role) && !(role == "alternate" && set.has_role("main"))) {
      fail(Rule::d2, set, "has no role " + std::string{role}, "roles alternate and description");
    }
  }
}

void SetCheck::check_clean_speech(const AdaptationSet& set) {
  const bool purpose = set.has_accessibility(kAudioPurposeScheme, "2");
  const bool role = set.has_role("enhanced-audio-intelligibility") ||
                    set.has_accessibility(kRoleScheme, "enhanced-audio-intelligibility");
  if (!purpose && !role) return;
  report_.holds(Rule::d4);
  if (!purpose) fail(Rule::d4, set, "has no Accessibility of the TVA scheme", "value 2");
  if (!role) fail(Rule::d4, set, "has no role enhanced-audio-intelligibility", "the role");
}

void SetCheck::check_text(const AdaptationSet& set) {
  if (set.has_role("description") || set.has_accessibility(kRoleScheme, "description")) return;  // D7
  report_.holds(Rule::d5);
  const auto role = [&](std::size_t index) {
    return index < set.roles.size() ? shown(set.roles[index].value) : std::string{"none"};
  };
  const bool caption = set.has_role("caption") || set.has_accessibility(kRoleScheme, "caption") ||
                       label_contains(set, {"声音说明", "聲音說明", "SDH"});
  const bool easy = set.has_role("easyreader") || set.has_accessibility(kRoleScheme, "easyreader") ||
                    label_contains(set, {"易读", "易讀"});
  const std::string first = caption ? "caption" : "subtitle";
  if (role(0) != first) fail(Rule::d5, set, "has the first role " + role(0), first);
  if (!easy || caption) return;
  if (role(1) != "easyreader") fail(Rule::d5, set, "has the second role " + role(1), "easyreader");
  if (!set.has_accessibility(kRoleScheme, "easyreader"))
    fail(Rule::d5, set, "has no Accessibility easyreader", "the element");
}

void SetCheck::check_labels() {
  std::set<std::string> seen;
  for (const auto& set : manifest_.mpd.sets) {
    if (set.content != "audio" && set.content != "text") continue;
    report_.holds(Rule::d6);
    if (set.labels.empty() || set.labels.front().empty()) {
      fail(Rule::d6, set, "has no Label", "a name of its own");
    } else if (!seen.insert(set.content + '\n' + set.labels.front()).second) {
      fail(Rule::d6, set, "has a Label that another one has", "a name of its own");
    }
  }
}

void SetCheck::check_lesson(const AdaptationSet& set) {
  report_.holds(Rule::d7);
  if (is_sign(set)) fail(Rule::d7, set, "is sign language", "sign.mpd for it");
  if (set.content == "text" &&
      (set.has_role("description") || set.has_accessibility(kRoleScheme, "description"))) {
    fail(Rule::d7, set, "is a description as text", "none in the manifest");
  }
}

void SetCheck::check_sign(const AdaptationSet& set) {
  report_.holds(Rule::d8);
  if (set.content != "video") {
    fail(Rule::d8, set, "is no video", "video only");
    return;
  }
  if (!set.has_role("sign")) fail(Rule::d8, set, "has no role sign", "the role");
  if (!set.has_accessibility(kRoleScheme, "sign"))
    fail(Rule::d8, set, "has no Accessibility sign", "the element");
  if (!is_sign_language(set.lang)) {
    fail(Rule::d8, set, set.lang.empty() ? "has no lang" : "has lang " + shown(set.lang), "csl");
  }
}

void SetCheck::check_languages(const AdaptationSet& set) {
  const bool spoken = set.content == "audio" || set.content == "text";
  if (spoken || !set.lang.empty()) report_.holds(Rule::d12);
  if (set.lang.empty()) {
    if (spoken) fail(Rule::d12, set, "has no lang", "a tag such as cmn, zh-Hans, en");
    return;
  }
  if (const auto fault = language_fault(set.lang))
    fail(Rule::d12, set, "has lang " + *fault, "a tag such as cmn, zh-Hans, en");
  for (const auto& language : set.label_languages) {
    const auto fault = language.empty() ? std::nullopt : language_fault(language);
    if (fault) fail(Rule::d12, set, "has a Label of lang " + *fault, "a tag such as cmn, zh-Hans, en");
  }
}

void SetCheck::run() {
  const bool lesson = manifest_.use == Manifest::Use::lesson;
  if (lesson) {
    check_main();
    check_labels();
  }
  for (const auto& set : manifest_.mpd.sets) {
    if (is_described(set)) check_described(set);
    if (set.content == "audio") check_clean_speech(set);
    if (set.content == "text") check_text(set);
    if (lesson) {
      check_lesson(set);
    } else {
      check_sign(set);
    }
    check_languages(set);
  }
}

}  // namespace

void check_dash_sets(const Contents& contents, Report& report) {
  for (const auto& manifest : contents.manifests) SetCheck(manifest, report).run();
}

}  // namespace tongxing::media::check
