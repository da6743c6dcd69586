// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/templates.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace tongxing::embedded {
std::span<const EmbeddedFile> templates();
}

namespace tongxing::render {
namespace {

constexpr std::string_view kExtension = ".mustache";
constexpr std::string_view kBase = "layouts/base";
constexpr std::string_view kHole = "page";  // where the layout takes the page in

using Sources = std::map<std::string, std::string_view, std::less<>>;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// A tag alone on its line takes the whole line with it (Mustache's "standalone" rule).
void drop_own_line(std::string& out, std::string_view& rest) {
  const auto line = out.find_last_of('\n') + 1;  // npos + 1 is 0: the first line
  const auto next = rest.find('\n');
  const auto tail = rest.substr(0, next);
  if (out.find_first_not_of(" \t", line) != std::string::npos || !trimmed(tail).empty()) return;
  out.resize(line);
  rest = next == std::string_view::npos ? std::string_view{} : rest.substr(next + 1);
}

class Flattener {
 public:
  explicit Flattener(const Sources& sources) : sources_(sources) {}

  FlatTemplate flatten(std::string_view path, std::string_view page) {
    page_ = page;
    result_ = {};
    put(path);
    return std::move(result_);
  }

 private:
  [[noreturn]] void refuse(std::string_view why) const {
    throw std::invalid_argument("template " + open_.back() + ": " + std::string(why));
  }

  void put(std::string_view path) {
    const auto source = sources_.find(path);
    if (source == sources_.end()) {
      throw std::invalid_argument("there is no template " + std::string(path) +
                                  (open_.empty() ? "" : ", wanted by " + open_.back()));
    }
    if (std::ranges::find(open_, path) != open_.end()) refuse("includes itself");
    open_.emplace_back(path);
    auto rest = source->second;
    for (auto at = rest.find("{{"); at != std::string_view::npos; at = rest.find("{{")) {
      result_.text += rest.substr(0, at);
      rest = rest.substr(at + 2);
      const auto end = rest.find("}}");
      if (end == std::string_view::npos) refuse("a tag is not closed");
      const auto tag = rest.substr(0, end);
      rest = rest.substr(end + 2);
      put_tag(tag, rest);
    }
    result_.text += rest;
    open_.pop_back();
  }

  void put_tag(std::string_view tag, std::string_view& rest) {
    const auto name = trimmed(tag.empty() ? tag : tag.substr(1));
    switch (tag.empty() ? '\0' : tag.front()) {
      case '\0':
        refuse("an empty tag");
      case '{':
      case '&':
      case '=':
        refuse("unescaped values and other delimiters are not allowed");
      case '!':
        drop_own_line(result_.text, rest);
        return;
      case '>':
        drop_own_line(result_.text, rest);
        put(name == kHole ? std::string_view(page_) : name);
        return;
      case '#':
      case '^':
        result_.sections.emplace(name);
        break;
      case '/':
        break;
      default:
        result_.variables.emplace(trimmed(tag));
        break;
    }
    result_.text += "{{";
    result_.text += tag;
    result_.text += "}}";
  }

  const Sources& sources_;
  std::string page_;
  std::vector<std::string> open_;  ///< the templates around the place being read
  FlatTemplate result_;
};

}  // namespace

Templates::Templates(std::span<const EmbeddedFile> files) {
  Sources sources;
  for (const auto& file : files) {
    if (!file.name.ends_with(kExtension)) continue;
    sources.emplace(file.name.substr(0, file.name.size() - kExtension.size()), file.bytes);
  }
  Flattener flattener(sources);
  for (const auto& [path, source] : sources) {
    if (path.starts_with("pages/")) flat_.emplace(path, flattener.flatten(kBase, path));
    if (path.starts_with("components/")) flat_.emplace(path, flattener.flatten(path, {}));
  }
}

const FlatTemplate* Templates::find(std::string_view path) const {
  const auto found = flat_.find(path);
  return found == flat_.end() ? nullptr : &found->second;
}

std::span<const EmbeddedFile> built_in_template_files() {
  return embedded::templates();
}

}  // namespace tongxing::render
