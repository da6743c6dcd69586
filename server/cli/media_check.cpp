// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/media_check.hpp"

#include "server/cli/check_words.hpp"
#include "server/cli/said.hpp"

#include <cstdio>
#include <map>
#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

namespace tongxing::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kUnreadable = 2;
constexpr int kUsage = 64;
constexpr int kBug = 70;

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

void replace(Json& object, const char* name, const CheckWords& words) {
  if (const auto text = text_of(object, name); !text.empty()) object[name] = words.phrase(text);
}

/// Puts every sentence of a report into the reader's language.
void translate(Json& report, const CheckWords& words) {
  for (Json& rule : report["rules"]) {
    const auto id = text_of(rule, "id");
    rule["title"] = words.rule(id, "asks", text_of(rule, "title"));
    for (Json& finding : rule["findings"]) {
      replace(finding, "found", words);
      replace(finding, "expected", words);
      finding["message"] = words.rule(id, "mend", text_of(finding, "message"));
    }
    if (!rule.contains("reasons")) continue;
    for (Json& reason : rule["reasons"]) reason = words.phrase(reason.get<std::string>());
  }
}

std::string place_of(const Json& finding, const CheckWords& words) {
  const auto file = text_of(finding, "file");
  if (file.empty()) return words.text("package");
  if (!finding.contains("line")) return file;
  return words.text("place", {{"file", file}, {"line", std::to_string(finding["line"].get<std::size_t>())}});
}

void print_failed(const Json& rule, const CheckWords& words) {
  const auto line = [](int indent, const std::string& text) {
    std::printf("%*s%s\n", indent, "", text.c_str());
  };
  line(0, words.text("failed", {{"id", text_of(rule, "id")}, {"asks", text_of(rule, "title")}}));
  for (const Json& finding : rule["findings"]) {
    line(2, words.text("found", {{"place", place_of(finding, words)}, {"found", text_of(finding, "found")}}));
    const auto expected = text_of(finding, "expected");
    if (!expected.empty()) line(4, words.text("expected", {{"expected", expected}}));
  }
  if (rule.contains("more")) {
    line(2, words.text("more", {{"count", std::to_string(rule["more"].get<std::size_t>())}}));
  }
  line(4, words.text("mend", {{"mend", text_of(rule["findings"].front(), "message")}}));
  line(0, "");
}

/// What failed first, then what was not checked, then a summary.
void print_report(const Json& report, const CheckWords& words) {
  std::map<std::string, std::size_t> counts;
  std::string unchecked;
  for (const Json& rule : report["rules"]) {
    const auto status = text_of(rule, "status");
    ++counts[status];
    if (status == "failed") print_failed(rule, words);
    if (status != "not_checked" || !rule.contains("reasons")) continue;
    for (const Json& reason : rule["reasons"]) {
      const MessageArgs args{{"id", text_of(rule, "id")}, {"reason", reason.get<std::string>()}};
      unchecked += words.text("not_checked", args) + '\n';
    }
  }
  if (!unchecked.empty()) std::printf("%s\n", unchecked.c_str());
  const auto count = [&counts](const char* status) { return std::to_string(counts[status]); };
  const MessageArgs args{{"folder", text_of(report, "dir")},
                         {"ok", count("ok")},
                         {"failed", count("failed")},
                         {"absent", count("not_applicable")},
                         {"unchecked", count("not_checked")}};
  std::printf("%s\n", words.text("summary", args).c_str());
}

struct Wish {
  std::string folder;
  enum class Form { text, json } form = Form::text;
};

std::optional<Wish> read_wish(const std::vector<std::string>& arguments) {
  Wish wish;
  for (const auto& argument : arguments) {
    if (argument == "--json") {
      wish.form = Wish::Form::json;
    } else if (argument.starts_with("--") || !wish.folder.empty()) {
      return std::nullopt;
    } else {
      wish.folder = argument;
    }
  }
  return wish.folder.empty() ? std::nullopt : std::optional{wish};
}

}  // namespace

int media_check(const std::vector<std::string>& arguments, render::Locale locale) {
  const CheckWords words(locale);
  const auto wish = read_wish(arguments);
  if (!wish) {
    std::fprintf(stderr, "%s\n", words.text("usage").c_str());
    return kUsage;
  }
  const Said output("report");
  const Said errors("errors");
  const int code = run_to_end({"check", wish->folder, "--json"}, &output, errors);
  if (code == kUnreadable) {
    std::string reason = errors.text();
    while (reason.ends_with('\n')) reason.pop_back();
    std::fprintf(stderr, "%s\n", words.phrase(reason).c_str());
    return code;
  }
  auto report = Json::parse(output.text(), nullptr, false);
  if (!report.is_object() || !report.contains("rules")) {
    std::fprintf(stderr, "%s", errors.text().c_str());
    return code == 0 ? kBug : code;
  }
  translate(report, words);
  if (wish->form == Wish::Form::json) {
    std::printf("%s\n", report.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
  } else {
    print_report(report, words);
  }
  return code;
}

}  // namespace tongxing::cli
