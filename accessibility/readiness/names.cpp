// SPDX-License-Identifier: GPL-3.0-or-later
// What every reason is called, what it means for the answer, and where it is mended: one table.
#include "accessibility/readiness/readiness.hpp"

#include <array>

namespace tongxing::accessibility {
namespace {

struct WhyRow {
  Why why;
  std::string_view name;
  Tone tone;
  Place place;
};

constexpr std::array<WhyRow, kWhyCount> kWhys{{
    {Why::has_description, "has_description", Tone::good, Place::none},
    {Why::nothing_unspoken, "nothing_unspoken", Tone::good, Place::none},
    {Why::no_picture, "no_picture", Tone::good, Place::none},
    {Why::has_captions, "has_captions", Tone::good, Place::none},
    {Why::has_sign_language, "has_sign_language", Tone::good, Place::none},
    {Why::has_transcript, "has_transcript", Tone::good, Place::none},
    {Why::has_description_text, "has_description_text", Tone::good, Place::none},
    {Why::no_sound, "no_sound", Tone::good, Place::none},
    {Why::has_easy_read, "has_easy_read", Tone::good, Place::none},
    {Why::keyboard_and_switch, "keyboard_and_switch", Tone::good, Place::none},
    {Why::has_audio_only, "has_audio_only", Tone::good, Place::none},
    {Why::has_low_rendition, "has_low_rendition", Tone::good, Place::none},
    {Why::has_slides, "has_slides", Tone::good, Place::none},
    {Why::is_text, "is_text", Tone::good, Place::none},
    {Why::contrast_unknown, "contrast_unknown", Tone::note, Place::media},
    {Why::sign_missing, "sign_missing", Tone::note, Place::sign},
    {Why::media_missing, "media_missing", Tone::lacking, Place::media},
    {Why::media_in_work, "media_in_work", Tone::lacking, Place::media},
    {Why::media_unusable, "media_unusable", Tone::lacking, Place::media},
    {Why::only_picture, "only_picture", Tone::lacking, Place::description},
    {Why::description_missing, "description_missing", Tone::lacking, Place::description},
    {Why::description_below_rule, "description_below_rule", Tone::lacking, Place::description},
    {Why::description_not_sound, "description_not_sound", Tone::lacking, Place::description},
    {Why::description_not_text, "description_not_text", Tone::lacking, Place::description},
    {Why::captions_missing, "captions_missing", Tone::lacking, Place::captions},
    {Why::captions_below_rule, "captions_below_rule", Tone::lacking, Place::captions},
    {Why::captions_unreviewed, "captions_unreviewed", Tone::lacking, Place::captions},
    {Why::captions_incomplete, "captions_incomplete", Tone::lacking, Place::captions},
    {Why::subtitles_only, "subtitles_only", Tone::lacking, Place::captions},
    {Why::sign_below_rule, "sign_below_rule", Tone::lacking, Place::sign},
    {Why::transcript_missing, "transcript_missing", Tone::lacking, Place::transcript},
    {Why::easy_read_missing, "easy_read_missing", Tone::lacking, Place::easy_read},
    {Why::easy_read_below_rule, "easy_read_below_rule", Tone::lacking, Place::easy_read},
    {Why::low_rendition_missing, "low_rendition_missing", Tone::lacking, Place::media},
    {Why::contrast_poor, "contrast_poor", Tone::lacking, Place::media},
    {Why::background_loud, "background_loud", Tone::lacking, Place::media},
    {Why::flashes_harmful, "flashes_harmful", Tone::lacking, Place::media},
    {Why::in_person, "in_person", Tone::lacking, Place::none},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kWhys.size(); ++i) {
    if (static_cast<std::size_t>(kWhys[i].why) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the table is read by index");

constexpr std::array<std::string_view, kNeedCount> kNeeds{"cannot_see",         "low_vision",
                                                          "cannot_hear",        "hard_of_hearing",
                                                          "cannot_see_or_hear", "reads_with_difficulty",
                                                          "cannot_use_hands",   "weak_network"};
constexpr std::array<std::string_view, 3> kAnswers{"yes", "with_difficulty", "no"};
constexpr std::array<std::string_view, 7> kPlaces{"none", "media",      "captions", "description",
                                                  "sign", "transcript", "easy_read"};

const WhyRow& row_of(Why why) {
  return kWhys[static_cast<std::size_t>(why)];
}

}  // namespace

Tone tone_of(Why why) {
  return row_of(why).tone;
}

Place place_of(Why why) {
  return row_of(why).place;
}

std::string_view name_of(Need need) {
  return kNeeds[static_cast<std::size_t>(need)];
}

std::string_view name_of(Answer answer) {
  return kAnswers[static_cast<std::size_t>(answer)];
}

std::string_view name_of(Why why) {
  return row_of(why).name;
}

std::string_view name_of(Place place) {
  return kPlaces[static_cast<std::size_t>(place)];
}

}  // namespace tongxing::accessibility
