// SPDX-License-Identifier: GPL-3.0-or-later
// Every component with every example of web/templates/components/examples against its golden HTML. After a
// wanted change run unit_render with TONGXING_UPDATE_GOLDEN=1 and read the difference.
#include "server/render/assets.hpp"
#include "server/render/template_renderer.hpp"
#include "tests/support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

using namespace tongxing;
using namespace tongxing::render;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const fs::path kExamples = fs::path(TONGXING_SOURCE_DIR) / "web/templates/components/examples";
const fs::path kGolden = fs::path(TONGXING_SOURCE_DIR) / "tests/unit/render/golden";
const fs::path kPages = fs::path(TONGXING_BINARY_DIR) / "component_pages";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

/// Fingerprints change with every style; golden files must not.
AssetNames stable_assets() {
  AssetNames names;
  for (const auto& [name, path] : Assets::built_in()->names()) names.emplace(name, "/assets/" + name);
  return names;
}

std::string all_examples(const Renderer& renderer, const std::string& component, Locale locale) {
  std::string html;
  for (const auto& example : json::parse(read(kExamples / (component + ".json")))) {
    html += "<!-- " + example.at("name").get<std::string>() + " -->\n";
    html += renderer.fragment("components/" + component, example.at("data"), locale);
    if (!html.ends_with('\n')) html += '\n';
  }
  return html;
}

std::vector<std::string> components() {
  std::vector<std::string> names;
  for (const auto& [path, flat] : Templates(built_in_template_files()).all()) {
    const std::string_view prefix = "components/";
    const auto name =
        std::string_view(path).substr(0, prefix.size()) == prefix ? path.substr(prefix.size()) : "";
    // Parts of an area's own pages stand in folders and are tested with their pages.
    if (!name.empty() && name.find('/') == std::string::npos) names.push_back(name);
  }
  return names;
}

}  // namespace

TEST_CASE("every component with examples renders as its golden file says, lacking no data") {
  const auto renderer = make_renderer(Templates(built_in_template_files()), *Messages::built_in(),
                                      stable_assets(), MissingData::fault);
  const bool update = std::getenv("TONGXING_UPDATE_GOLDEN") != nullptr;
  for (const auto& component : components()) {
    CAPTURE(component);
    REQUIRE(fs::exists(kExamples / (component + ".json")));
    const auto html = all_examples(*renderer, component, Locale::zh_hans);
    CHECK(html.find("⟦") == std::string::npos);
    const auto golden = kGolden / (component + ".html");
    if (update) write(golden, html);
    CHECK(html == read(golden));
  }
}

// What tests/browser walks through with axe: all components on one page, in each language, with the real
// styles.
TEST_CASE("the component pages are written for the browser tests") {
  const auto assets = Assets::built_in();
  for (const auto& [path, asset] : assets->files()) write(kPages / path.substr(1), asset.identity);
  const auto messages = Messages::built_in();
  const auto renderer = Renderer::built_in(messages);
  for (const auto locale : {Locale::zh_hans, Locale::zh_hant, Locale::en}) {
    std::string page;
    for (const auto* component :
         {"button", "link_button", "text_field", "textarea", "select", "checkbox", "radio_group",
          "checkbox_group", "file_field", "progress", "table", "pagination", "tag", "facts", "empty_state"}) {
      page += std::string("<h2>") + component + "</h2>\n" + all_examples(*renderer, component, locale);
    }
    page += "<h2>cards</h2>\n<ul class=\"cards\">\n";
    for (const auto& example : json::parse(read(kExamples / "card.json"))) {
      page += "<li>" + renderer->fragment("components/card", example.at("data"), locale) + "</li>\n";
    }
    page += "</ul>\n";
    auto files = built_in_template_files();
    std::vector<EmbeddedFile> with_page(files.begin(), files.end());
    with_page.push_back({"pages/all_components.mustache", page});
    const auto whole = make_renderer(Templates(with_page), *messages, assets->names(), MissingData::blank);
    const json data{{"page", {{"title", "组件"}, {"heading", "组件"}, {"wide", true}}},
                    {"viewer",
                     {{"signed_in", true},
                      {"name", "王芳"},
                      {"is_instructor", true},
                      {"is_reviewer", true},
                      {"is_administrator", true}}},
                    {"section", {{"courses", true}}},
                    {"csrf", "token"},
                    {"path", "/components"},
                    {"locale",
                     {{"tag", tag(locale)},
                      {"is_zh_hans", locale == Locale::zh_hans},
                      {"is_zh_hant", locale == Locale::zh_hant},
                      {"is_en", locale == Locale::en}}},
                    {"breadcrumbs", {{"items", {{{"href", "/"}, {"text", "首页"}}}}, {"current", "组件"}}},
                    {"notice", {{"kind", "success"}, {"text", "已保存。"}}},
                    {"errors", {{{"field", "login"}, {"text", "用户名太短，请至少输入 3 个字符。"}}}}};
    write(kPages / (std::string(tag(locale)) + ".html"), whole->page("all_components", data, locale));
  }
  CHECK(fs::file_size(kPages / "zh-Hans.html") > 5000);
}
