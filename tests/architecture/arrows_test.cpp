// SPDX-License-Identifier: GPL-3.0-or-later
// The house holds itself to its plan: who may include whom, where a library may appear, how long a file may
// be.
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct SourceFile {
  std::string path;  ///< from the root, with '/'
  std::vector<std::string> lines;
};

const fs::path kRoot = TONGXING_SOURCE_DIR;

std::vector<SourceFile> sources_below(const std::vector<std::string>& folders,
                                      const std::set<std::string>& endings) {
  std::vector<SourceFile> found;
  for (const std::string& folder : folders) {
    for (auto it = fs::recursive_directory_iterator(kRoot / folder); it != fs::recursive_directory_iterator();
         ++it) {
      if (it->path().filename() == "node_modules" || it->path().filename() == "dist")
        it.disable_recursion_pending();
      if (!it->is_regular_file() || !endings.contains(it->path().extension().string())) continue;
      SourceFile file{fs::relative(it->path(), kRoot).generic_string(), {}};
      std::ifstream in(it->path());
      for (std::string line; std::getline(in, line);) file.lines.push_back(line);
      found.push_back(std::move(file));
    }
  }
  return found;
}

const std::vector<SourceFile>& cpp_sources() {
  static const auto files = sources_below({"accessibility", "courses", "media", "server"}, {".cpp", ".hpp"});
  return files;
}

/// The path between the quotes or angle brackets of an #include line; empty for other lines.
std::string included(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos || !line.substr(begin).starts_with("#include")) return {};
  const auto open = line.find_first_of("\"<");
  const auto close = line.find_last_of("\">");
  if (open == std::string_view::npos || close <= open) return {};
  return std::string(line.substr(open + 1, close - open - 1));
}

std::string room_of(const std::string& path) {
  const auto slash = path.find('/');
  const std::string top = path.substr(0, slash);
  if (top != "server" && top != "media") return top;
  const auto second = path.find('/', slash + 1);
  return second == std::string::npos ? top : path.substr(0, second);
}

/// What each room may include of our own code, beside itself.
const std::map<std::string, std::set<std::string>> kArrows = {
    {"accessibility", {}},
    {"courses", {}},
    {"media/model", {}},
    {"media/manifest", {"media/model", "accessibility"}},
    {"media/av", {"media/model"}},
    {"media/pipeline", {"media/av", "media/model", "media/manifest", "accessibility"}},
    {"media/lesson", {"media/av", "media/model", "media/manifest", "accessibility"}},
    {"media/description", {"media/av", "media/pipeline", "media/model", "media/speech", "accessibility"}},
    {"media/speech", {"accessibility"}},
    {"media/worker",
     {"media/av", "media/pipeline", "media/lesson", "media/model", "media/manifest", "media/package_json",
      "media/description", "media/speech", "media/check", "accessibility"}},
    {"media/check", {"accessibility"}},
    {"media/package_json", {"media/model"}},
    {"server/base", {}},
    {"server/http", {}},
    {"server/net", {"server/http", "server/base"}},
    {"server/storage", {"server/base", "media/model", "media/package_json"}},
    {"server/auth", {"server/base", "server/http", "server/storage"}},
    {"server/render", {"server/base", "server/http"}},
    {"server/routing", {"server/base", "server/http", "server/auth", "server/storage", "server/render"}},
    {"server/jobs", {"server/base", "server/storage", "media/model", "media/manifest", "media/package_json"}},
    {"server/services",
     {"server/base", "server/storage", "server/auth", "server/http", "courses", "accessibility",
      "media/model", "media/manifest", "media/package_json"}},
    // Handlers see the values of the pure rooms that services hand them (a finding, a stage), never their
    // rules.
    {"server/api",
     {"server/base", "server/http", "server/routing", "server/services", "server/auth", "server/render",
      "server/storage", "courses", "accessibility"}},
    {"server/pages",
     {"server/base", "server/http", "server/routing", "server/services", "server/auth", "server/render",
      "server/storage", "courses", "accessibility"}},
};
const std::set<std::string> kMayIncludeAll = {"server/app", "server/cli"};

void report(const std::vector<std::string>& violations) {
  std::ostringstream text;
  for (const auto& v : violations) text << "\n  " << v;
  INFO("violations:" << text.str());
  CHECK(violations.empty());
}

template <typename Check>
void check_lines(const std::vector<SourceFile>& files, Check check) {
  std::vector<std::string> violations;
  for (const SourceFile& file : files) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string why = check(file, file.lines[i]);
      if (!why.empty()) violations.push_back(file.path + ":" + std::to_string(i + 1) + ": " + why);
    }
  }
  report(violations);
}

}  // namespace

TEST_CASE("Rooms include only what their arrows allow") {
  REQUIRE(cpp_sources().size() > 40);
  check_lines(cpp_sources(), [](const SourceFile& file, const std::string& line) -> std::string {
    const std::string target = included(line);
    const bool ours = target.starts_with("server/") || target.starts_with("media/") ||
                      target.starts_with("courses/") || target.starts_with("accessibility/") ||
                      target.starts_with("tests/");
    if (!ours) return {};
    const std::string from = room_of(file.path);
    const std::string to = room_of(target);
    if (from == to || (kMayIncludeAll.contains(from) && !target.starts_with("tests/"))) return {};
    const auto allowed = kArrows.find(from);
    if (allowed == kArrows.end()) return "no arrows are written down for the room " + from;
    return allowed->second.contains(to) ? std::string{} : from + " must not include " + target;
  });
}

TEST_CASE("Libraries stay in their rooms") {
  struct Rule {
    std::string prefix;
    std::vector<std::string> rooms;
  };
  const std::vector<Rule> rules = {
      {"boost/", {"server/net/"}},
      {"sqlite3.h", {"server/storage/"}},
      {"libav", {"media/av/", "media/pipeline/"}},
      {"libsw", {"media/av/", "media/pipeline/"}},
      {"spdlog/", {"server/base/log.cpp"}},
      {"CLI/", {"server/cli/"}},
      {"kainjow/", {"server/render/"}},
      {"unicode/", {"server/render/", "server/auth/", "server/services/text_decoding.cpp"}},
      {"sodium.h", {"server/base/", "server/auth/", "server/storage/", "server/services/"}},
      {"seccomp.h", {"media/worker/"}},
      {"pugixml.hpp", {"media/check/"}},
      {"espeak-ng/", {"media/speech/"}},
  };
  check_lines(cpp_sources(), [&](const SourceFile& file, const std::string& line) -> std::string {
    const std::string target = included(line);
    for (const Rule& rule : rules) {
      if (!target.starts_with(rule.prefix)) continue;
      const bool allowed = std::ranges::any_of(
          rule.rooms, [&](const std::string& room) { return file.path.starts_with(room); });
      if (!allowed) return "<" + target + "> is not for this room";
    }
    if (target == "nlohmann/json.hpp" && file.path.ends_with(".hpp"))
      return "json.hpp in a header: use json_fwd.hpp";
    if (target == "regex") return "no <regex>";
    return {};
  });
}

TEST_CASE("The pure ring speaks the standard library only") {
  check_lines(cpp_sources(), [](const SourceFile& file, const std::string& line) -> std::string {
    const std::string room = room_of(file.path);
    static const std::set<std::string> pure = {"accessibility", "courses", "media/model", "media/manifest",
                                               "server/http"};
    if (!pure.contains(room)) return {};
    const std::string target = included(line);
    if (target.empty() || target.starts_with("accessibility/") || target.starts_with("courses/") ||
        target.starts_with("media/") || target.starts_with("server/http/")) {
      return {};
    }
    if (target == "thread" || target == "mutex" || target == "fstream" || target == "iostream")
      return "<" + target + "> in a pure room";
    return target.find('/') == std::string::npos && target.find(".h") == std::string::npos
               ? std::string{}
               : "<" + target + "> is not of the standard library";
  });
}

TEST_CASE("Coroutines stop at the network room, one await a statement") {
  check_lines(cpp_sources(), [](const SourceFile& file, const std::string& line) -> std::string {
    const auto code = line.substr(0, line.find("//"));
    const auto await = code.find("co_await");
    if (await == std::string::npos) return {};
    if (!file.path.starts_with("server/net/")) return "co_await outside server/net";
    if (code.find("co_await", await + 1) != std::string::npos) return "two co_await in one statement";
    // The condition before an awaited statement is no part of it: `if (open) co_await send();` is as good as
    // two lines.
    std::string before = code.substr(0, await);
    for (const std::string_view word : {"if (", "while (", "for (", "switch ("}) {
      const auto begin = before.find(word);
      if (begin == std::string::npos) continue;
      int depth = 0;
      std::size_t end = begin + word.size() - 1;
      for (; end < before.size(); ++end) {
        depth += before[end] == '(' ? 1 : before[end] == ')' ? -1 : 0;
        if (depth == 0) break;
      }
      if (end == before.size()) return "co_await inside the condition of " + std::string(word);
      before.erase(begin, end - begin + 1);
    }
    for (const std::string_view bad : {"?", "&&", "||", "{"}) {
      if (before.find(bad) != std::string::npos)
        return "co_await inside an expression with " + std::string(bad);
    }
    return {};
  });
}

TEST_CASE("Files keep to one subject") {
  std::vector<std::string> violations;
  for (const SourceFile& file : cpp_sources()) {
    const std::size_t limit = file.path.ends_with(".hpp") ? 250 : 450;
    if (file.lines.size() > limit) {
      violations.push_back(file.path + ": " + std::to_string(file.lines.size()) + " lines, at most " +
                           std::to_string(limit));
    }
  }
  for (const SourceFile& file : sources_below({"tests"}, {".cpp", ".hpp", ".mjs"})) {
    if (file.lines.size() > 600) violations.push_back(file.path + ": over 600 lines");
  }
  for (const SourceFile& file : sources_below({"web/src"}, {".ts"})) {
    if (file.lines.size() > 450) violations.push_back(file.path + ": over 450 lines");
  }
  report(violations);
}

TEST_CASE("Every source names its licence") {
  std::vector<std::string> violations;
  for (const SourceFile& file :
       sources_below({"accessibility", "courses", "media", "server", "tests", "web/src"},
                     {".cpp", ".hpp", ".ts", ".mjs"})) {
    const bool named =
        !file.lines.empty() &&
        file.lines.front().find("SPDX-License-Identifier: GPL-3.0-or-later") != std::string::npos;
    if (!named) violations.push_back(file.path + ": first line has no SPDX identifier");
  }
  report(violations);
}

TEST_CASE("Templates escape everything") {
  check_lines(sources_below({"web/templates"}, {".mustache"}),
              [](const SourceFile&, const std::string& line) -> std::string {
                if (line.find("{{{") != std::string::npos || line.find("{{&") != std::string::npos)
                  return "unescaped tag";
                if (line.find(" style=\"") != std::string::npos) return "inline style";
                if (line.find(" onclick=") != std::string::npos) return "inline script";
                return {};
              });
}

TEST_CASE("SQL is never put together from data") {
  check_lines(cpp_sources(), [](const SourceFile& file, const std::string& line) -> std::string {
    if (file.path.starts_with("server/storage/")) return {};
    for (const std::string_view word : {"sqlite3_", "\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE FROM"}) {
      if (line.find(word) != std::string::npos) return "SQL outside server/storage";
    }
    return {};
  });
}
