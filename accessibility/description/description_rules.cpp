// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/description_rules.hpp"

#include "accessibility/description/sentence.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>

namespace tongxing::accessibility {

namespace {

using Kind = DescriptionFindingKind;

struct KindRow {
  std::string_view name;
  std::string_view rule;
};
// In the order of DescriptionFindingKind.
constexpr std::array<KindRow, 13> kKinds{{{"too_fast", "A1"},
                                          {"covers_speech", "A4"},
                                          {"long_silence", "A5"},
                                          {"subjective_word", "A6"},
                                          {"film_term", "A6"},
                                          {"no_sentence", "A7"},
                                          {"length_differs", "A8"},
                                          {"on_screen_text", "A9"},
                                          {"no_decision", "A10"},
                                          {"no_voice", ""},
                                          {"moved", ""},
                                          {"loud_background", ""},
                                          {"extended_in_standard", ""}}};

// Judgements instead of what is to be seen (YD/T 3534-2019 asks for none). English words stand between
// spaces.
constexpr std::array<std::string_view, 28> kSubjective{
    "很美", "美丽", "美麗",        "漂亮",   "好看",    "难看",     "難看",        "丑陋",     "醜陋", "可怕",
    "恐怖", "可爱", "可愛",        "精彩",   "感人",    "动人",     "動人",        "有趣",     "令人", "显然",
    "顯然", "似乎", " beautiful ", " ugly ", " scary ", " lovely ", " obviously ", " amazing "};
constexpr std::array<std::string_view, 23> kFilmTerms{
    "镜头", "鏡頭",       "特写",   "特寫",  "画外音", "畫外音",      "淡入",        "淡出",
    "切换", "切換",       "推近",   "拉远",  "拉遠",   "全景",        "远景",        "遠景",
    "近景", " close-up ", " zoom ", " pan ", " fade ", " wide shot ", " the camera "};

/// Lower case, everything but letters as spaces, one at each end: so that English words can be looked for.
std::string searchable(std::string_view text) {
  std::string result = " ";
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    const bool letter = (c >= 'a' && c <= 'z') || c == '-';
    result += upper ? static_cast<char>(c - 'A' + 'a') : (ascii && !letter ? ' ' : c);
  }
  return result + ' ';
}

std::string trimmed(std::string_view word) {
  while (word.starts_with(' ')) word.remove_prefix(1);
  while (word.ends_with(' ')) word.remove_suffix(1);
  return std::string(word);
}

class Checks {
 public:
  Checks(const PlanInput& input, const DescriptionPlan& plan, const DescriptionRules& rules)
      : input_(input), plan_(plan), rules_(rules) {}

  std::vector<DescriptionFinding> run() {
    for (const PlannedDescription& one : plan_.descriptions) {
      rate(one);
      place(one);
      words(one);
    }
    silences();
    const auto extended =
        std::ranges::count(plan_.descriptions, DescriptionMode::extended, &PlannedDescription::mode);
    if (extended > 0) {
      DescriptionFinding finding{Kind::extended_in_standard, Severity::info};
      finding.value = extended;
      found_.push_back(finding);
    }
    std::ranges::sort(found_, {}, [](const DescriptionFinding& one) {
      return std::tuple(one.at, one.line, one.kind, std::string_view(one.text));
    });
    return std::move(found_);
  }

 private:
  void add(const PlannedDescription& one, Kind kind, Severity severity, std::int64_t value,
           std::int64_t limit, std::string text = {}) {
    const Description& description = input_.descriptions[one.index];
    found_.push_back(
        {kind, severity, description.id, description.line, one.at, value, limit, std::move(text)});
  }

  void rate(const PlannedDescription& one) {
    if (one.mode == DescriptionMode::text_only) {
      add(one, Kind::no_voice, Severity::warning, 0, 0);
    } else if (one.rate > input_.rate.error) {
      add(one, Kind::too_fast, Severity::error, one.rate, input_.rate.error);
    } else if (one.rate > input_.rate.warn) {
      add(one, Kind::too_fast, Severity::warning, one.rate, input_.rate.warn);
    }
  }

  void place(const PlannedDescription& one) {
    const Milliseconds covered = overlap({one.at, one.end}, plan_.speech);
    if (covered > rules_.covered) {
      add(one, Kind::covers_speech, Severity::error, covered.count(), rules_.covered.count());
    }
    const auto shift = (one.at - input_.descriptions[one.index].wish.start).count();
    if (std::abs(shift) > rules_.moved.count()) {
      add(one, Kind::moved, Severity::info, shift, rules_.moved.count());
    }
  }

  void words(const PlannedDescription& one) {
    const std::string text = without_readings(input_.descriptions[one.index].text);
    const std::string where = searchable(text);
    for (const std::string_view word : kSubjective) {
      if (where.find(word) != std::string::npos) {
        add(one, Kind::subjective_word, Severity::warning, 0, 0, trimmed(word));
      }
    }
    for (const std::string_view word : kFilmTerms) {
      if (where.find(word) != std::string::npos)
        add(one, Kind::film_term, Severity::warning, 0, 0, trimmed(word));
    }
    if (!ends_a_sentence(text)) add(one, Kind::no_sentence, Severity::info, 0, 0);
  }

  void silences() {
    std::vector<Span> heard = plan_.speech;
    for (const PlannedDescription& one : plan_.descriptions) {
      // A pause for a description ends a silence as well: one millisecond stands for it.
      heard.push_back({one.at, std::max(one.end, one.at + Milliseconds(1))});
    }
    for (const Span& silence :
         complement(merged(std::move(heard), Milliseconds(0), input_.duration), input_.duration)) {
      if (silence.length() <= rules_.silence) continue;
      found_.push_back({Kind::long_silence,
                        Severity::warning,
                        {},
                        0,
                        silence.start,
                        silence.length().count(),
                        rules_.silence.count(),
                        {}});
    }
  }

  const PlanInput& input_;
  const DescriptionPlan& plan_;
  const DescriptionRules& rules_;
  std::vector<DescriptionFinding> found_;
};

}  // namespace

std::string_view name_of(DescriptionFindingKind kind) {
  return kKinds[static_cast<std::size_t>(kind)].name;
}

std::string_view rule_of(DescriptionFindingKind kind, std::string_view language) {
  if (kind != Kind::too_fast) return kKinds[static_cast<std::size_t>(kind)].rule;
  const SpeakingRate rate = speaking_rate_for(language);
  if (rate.unit == RateUnit::words) return "A3";
  return rate.error < speaking_rate_for("cmn").error ? "A2" : "A1";
}

std::vector<DescriptionFinding> check_plan(const PlanInput& input, const DescriptionPlan& plan,
                                           const DescriptionRules& rules) {
  return Checks(input, plan, rules).run();
}

std::vector<DescriptionFinding> check_length(std::int64_t described, std::int64_t main,
                                             const DescriptionRules& rules) {
  if (std::abs(described - main) <= rules.aac_frame) return {};
  DescriptionFinding finding{Kind::length_differs, Severity::error};
  finding.value = described - main;
  finding.limit = rules.aac_frame;
  return {finding};
}

std::vector<DescriptionFinding> check_decision(const DescriptionDecision& decision) {
  std::vector<DescriptionFinding> found;
  if (!decision.has_description && decision.no_visuals_signed_by.empty()) {
    found.push_back({Kind::no_decision, Severity::error});
  }
  if (decision.has_description && !decision.on_screen_text_confirmed) {
    found.push_back({Kind::on_screen_text, Severity::warning});
  }
  return found;
}

}  // namespace tongxing::accessibility
