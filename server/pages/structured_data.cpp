// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/structured_data.hpp"

#include "accessibility/metadata/access_metadata.hpp"
#include "server/pages/learning_words.hpp"

#include <string_view>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using nlohmann::json;

/// ISO 8601: "PT1H2M3S".
std::string duration_text(Milliseconds duration) {
  const auto seconds = duration.count() / 1000;
  std::string text = "PT";
  if (seconds >= 3600) text += std::to_string(seconds / 3600) + "H";
  if (seconds / 60 % 60 > 0) text += std::to_string(seconds / 60 % 60) + "M";
  if (seconds % 60 > 0 || seconds < 60) text += std::to_string(seconds % 60) + "S";
  return text;
}

/// "auditory,visual", as schema.org writes sets.
std::string joined(const accessibility::Values& set) {
  std::string text;
  for (const auto value : set) {
    if (!text.empty()) text += ',';
    text += value;
  }
  return text;
}

/// Empty lists are left out: they would say that there is nothing, which nobody knows.
void add_access(json& thing, const accessibility::SchemaMetadata& metadata) {
  const auto add = [&](const char* name, const accessibility::Values& values) {
    if (!values.empty()) thing[name] = values;
  };
  add("accessMode", metadata.access_modes);
  add("accessibilityFeature", metadata.features);
  add("accessibilityHazard", metadata.hazards);
  add("accessibilityControl", metadata.controls);
  for (const auto& set : metadata.sufficient) {
    thing["accessModeSufficient"].push_back(
        {{"@type", "ItemList"}, {"itemListElement", set}, {"description", joined(set)}});
  }
}

json lesson_data(const services::CourseView& view, const services::LessonFact& lesson,
                 const accessibility::AccessFacts& facts) {
  json part{{"@type", "LearningResource"},
            {"name", lesson.title},
            {"url", lesson_path(view.course.id, lesson.id)},
            {"inLanguage", view.course.language},
            {"timeRequired", duration_text(lesson.duration)}};
  if (!lesson.summary.empty()) part["description"] = lesson.summary;
  add_access(part, accessibility::schema_metadata_of(facts));
  return part;
}

std::string safe_in_html(const json& data) {
  std::string out;
  for (const char c : data.dump()) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

json course_structured_data(const services::CourseView& view,
                            const std::vector<accessibility::AccessFacts>& facts,
                            const std::string& provider) {
  json data{{"@context", "https://schema.org"},
            {"@type", "Course"},
            {"name", view.course.title},
            {"description", view.course.summary},
            {"url", course_path(view.course.id)},
            {"inLanguage", view.course.language},
            {"isAccessibleForFree", true},
            {"timeRequired", duration_text(view.course.duration)},
            {"provider", {{"@type", "Organization"}, {"name", provider}, {"url", "/"}}}};
  add_access(data, accessibility::schema_metadata_of(facts));
  json parts = json::array();
  for (std::size_t i = 0; i < view.lessons.size() && i < facts.size(); ++i) {
    parts.push_back(lesson_data(view, view.lessons[i], facts[i]));
  }
  if (!parts.empty()) data["hasPart"] = std::move(parts);
  return data;
}

void add_structured_data(http::Response& page, const json& data) {
  auto* html = std::get_if<std::string>(&page.body);
  const auto end = html == nullptr ? std::string::npos : html->rfind("</body>");
  if (end == std::string::npos) return;
  html->insert(end, "<script type=\"application/ld+json\">" + safe_in_html(data) + "</script>\n");
}

}  // namespace tongxing::pages
