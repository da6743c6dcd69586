// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/languages.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"
#include "media/check/rules.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

namespace tongxing::media::check {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kChapters = "com.apple.hls.chapters";
constexpr std::size_t kLargestChapters = 1U << 20;
constexpr int kDeepest = 8;

/// nullopt: no JSON, or nested deeper than chapters are.
std::optional<Json> parse(const std::string& text) {
  bool deep = false;
  const auto guard = [&deep](int depth, Json::parse_event_t, Json&) {
    deep = deep || depth > kDeepest;
    return !deep;
  };
  Json found = Json::parse(text, guard, false);
  if (deep || found.is_discarded()) return std::nullopt;
  return found;
}

std::optional<double> number(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

bool has_text(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() && !found->get_ref<const std::string&>().empty();
}

/// What is wrong with the titles of a chapter; empty: nothing.
std::string titles_fault(const Json& chapter) {
  const auto titles = chapter.find("titles");
  if (titles == chapter.end() || !titles->is_array() || titles->empty()) return "has no titles";
  for (const Json& title : *titles) {
    if (!title.is_object() || !has_text(title, "language") || !has_text(title, "title")) {
      return "has a title without language or title";
    }
    if (const auto fault = language_fault(title["language"].get_ref<const std::string&>()))
      return "has " + *fault;
  }
  return {};
}

class ChapterCheck {
 public:
  ChapterCheck(std::string file, Report& report) : file_(std::move(file)), report_(report) {}

  void run(const std::string& text) {
    const auto json = parse(text);
    if (!json || !json->is_array() || json->empty()) {
      fail("no JSON list of chapters", "[{\"start-time\": 0, \"duration\": 28, \"titles\": […]}, …]");
      return;
    }
    double last = -1;
    std::size_t number_of = 0;
    for (const Json& chapter : *json) last = check(chapter, ++number_of, last);
  }

 private:
  void fail(std::string found, std::string expected) {
    report_.fail(Rule::h28, {file_, 0, std::move(found), std::move(expected)});
  }
  /// Returns the chapter's start.
  double check(const Json& chapter, std::size_t index, double last) {
    const auto name = "chapter " + std::to_string(index);
    if (!chapter.is_object()) {
      fail(name + " is no object", "start-time, duration and titles");
      return last;
    }
    const auto start = number(chapter, "start-time");
    const auto duration = number(chapter, "duration");
    if (!start || *start < 0) fail(name + " has no start-time", "seconds from the start");
    if (start && *start <= last)
      fail(name + " does not start after the one before it", "chapters in their order");
    if (!duration || *duration <= 0)
      fail(name + " has no duration", "seconds: Shaka Player ends it at its start otherwise");
    if (const auto fault = titles_fault(chapter); !fault.empty())
      fail(name + ' ' + fault, "titles with language and title");
    return start.value_or(last);
  }

  std::string file_;
  Report& report_;
};

/// D11.
void check_manifest_chapters(const Contents& contents, bool listed, Report& report) {
  for (const auto& manifest : contents.manifests) {
    const bool events = std::ranges::any_of(manifest.mpd.event_schemes, [](const std::string& scheme) {
      return lower_case(scheme).contains("chapter");
    });
    const bool json = contents.has_file("chapters.json");
    if (!events && !json && !listed && !contents.has_file("chapters.vtt")) continue;
    report.holds(Rule::d11);
    if (events) {
      report.fail(Rule::d11, {manifest.file, 0, "chapters as an EventStream", "none: no player shows them"});
    }
    if (!json && !listed) {
      report.fail(Rule::d11, {manifest.file, 0, "chapters, but no chapters.json", "chapters.json"});
    }
  }
}

}  // namespace

void check_chapters(const Contents& contents, Report& report) {
  std::set<std::string> seen;
  for (const auto& master : contents.multivariants) {
    for (const Tag& tag : master.playlist.session_data) {
      if (!tag.attributes.is("DATA-ID", kChapters)) continue;
      report.holds(Rule::h28);
      const auto file = package_file(master.file, tag.uri);
      if (file && !seen.insert(*file).second) continue;
      const auto text = file ? contents.folder.read({*file, std::nullopt}, kLargestChapters)
                             : std::unexpected(ReadFault::missing);
      if (!text) {
        report.fail(Rule::h28,
                    {master.file, tag.line, shown(tag.uri) + ": " + std::string{explain(text.error())},
                     "a JSON file of the package"});
        continue;
      }
      ChapterCheck(*file, report).run(*text);
    }
  }
  check_manifest_chapters(contents, !seen.empty(), report);
}

}  // namespace tongxing::media::check
