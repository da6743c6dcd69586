// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/renderer.hpp"

#include "server/render/catalogue.hpp"
#include "server/render/template_renderer.hpp"
#include "tests/support/catch.hpp"

#include <stdexcept>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

using namespace tongxing;
using namespace tongxing::render;
using nlohmann::json;

namespace {

const std::vector<EmbeddedFile> kTexts{
    {"zh-Hans/common.json", R"({"hello":"您好<b>","script":{"one":"一 {n}","deep":{"two":"二"}}})"},
    {"zh-Hant/common.json", R"({"hello":"您好","script":{"one":"一 {n}","deep":{"two":"二"}}})"},
    {"en/common.json", R"({"hello":"Hello","script":{"one":"one {n}","deep":{"two":"two"}}})"},
};

std::unique_ptr<Renderer> renderer(std::vector<EmbeddedFile> files,
                                   MissingData missing = MissingData::fault) {
  files.push_back({"layouts/base.mustache", "<title>{{page.title}}</title>\n{{> page}}\n<end>\n"});
  return make_renderer(Templates(files), *messages_from(kTexts), {{"main_js", "/assets/main-1.js"}}, missing);
}

std::string component(std::string_view source, const json& data, Locale locale = Locale::zh_hans) {
  return renderer({{"components/x.mustache", source}})->fragment("components/x", data, locale);
}

}  // namespace

TEST_CASE("a page stands inside the layout, partials inside the page") {
  const auto pages = renderer(
      {{"pages/home.mustache", "{{! a comment\nof two lines }}\n<p>{{name}}</p>\n  {{> components/b}}\n"},
       {"components/b.mustache", "{{! about }}\n<b>{{t.common.hello}}</b>\n"}});
  const json data{{"page", {{"title", "T"}}}, {"name", "N"}};
  CHECK(pages->page("home", data, Locale::en) == "<title>T</title>\n<p>N</p>\n<b>Hello</b>\n<end>\n");
  CHECK_THROWS_AS(pages->page("nowhere", data, Locale::en), std::invalid_argument);
}

TEST_CASE("everything is escaped: data, messages, attributes") {
  const auto html = component("<a title=\"{{x}}\">{{x}}{{t.common.hello}}</a>", {{"x", "\"><script>'&"}});
  CHECK(html ==
        "<a "
        "title=\"&quot;&gt;&lt;script&gt;&apos;&amp;\">&quot;&gt;&lt;script&gt;&apos;&amp;您好&lt;b&gt;</a>");
}

TEST_CASE("an unescaped tag is refused when templates are loaded") {
  for (const auto* source :
       {"{{{x}}}", "{{&x}}", "{{=<% %>=}}", "{{}}", "{{x", "{{> components/none}}", "{{> components/x}}"}) {
    CAPTURE(source);
    CHECK_THROWS_AS(component(source, {{"x", 1}}), std::invalid_argument);
  }
}

TEST_CASE("messages, bundles and assets need no data") {
  CHECK(component("{{t.common.hello}}", json::object(), Locale::en) == "Hello");
  CHECK(component("{{asset.main_js}}", json::object()) == "/assets/main-1.js");
  CHECK(component("{{bundle.common.script}}", json::object(), Locale::en) ==
        "{&quot;deep&quot;:{&quot;two&quot;:&quot;two&quot;},&quot;one&quot;:&quot;one {n}&quot;}");
  CHECK(component("{{t.common.nope}}", json::object()) == "⟦common.nope⟧");
}

TEST_CASE("missing data is a fault when asked for, blank otherwise") {
  CHECK_THROWS_AS(component("{{name}}", json::object()), std::out_of_range);
  CHECK_THROWS_AS(component("{{a.b}}", {{"a", {{"c", 1}}}}), std::out_of_range);
  CHECK(component("<{{#hint}}{{hint}}{{/hint}}>", json::object()) == "<>");
  const auto lenient = renderer({{"components/x.mustache", "<{{name}}>"}}, MissingData::blank);
  CHECK(lenient->fragment("components/x", json::object(), Locale::en) == "<>");
}

TEST_CASE("empty text and null are false, zero is not; lists know whether they have items") {
  CHECK(component("{{#v}}yes{{/v}}{{^v}}no{{/v}}", {{"v", ""}}) == "no");
  CHECK(component("{{#v}}yes{{/v}}{{^v}}no{{/v}}", {{"v", nullptr}}) == "no");
  CHECK(component("{{#v}}yes{{/v}}{{^v}}no{{/v}}", {{"v", json::object()}}) == "no");
  CHECK(component("{{#v}}{{v}}{{/v}}", {{"v", 0}}) == "0");
  CHECK(component("{{#has_v}}<ul>{{#v}}<li>{{.}}{{/v}}</ul>{{/has_v}}", {{"v", {"a", "b"}}}) ==
        "<ul><li>a<li>b</ul>");
  CHECK(component("{{#has_v}}<ul>{{#v}}<li>{{.}}{{/v}}</ul>{{/has_v}}", {{"v", json::array()}}).empty());
  CHECK(component("{{#has_v}}yes{{/has_v}}", {{"v", {1}}, {"has_v", false}}) == "yes");
}

TEST_CASE("the innermost object that knows the first part of a name decides") {
  const json data{{"a", {{"b", "outer"}}}, {"rows", {{{"a", {{"b", "inner"}}}}, json::object()}}};
  CHECK(component("{{#rows}}{{a.b}};{{/rows}}", data) == "inner;outer;");
}

TEST_CASE("one renderer serves many threads at once") {
  const auto pages = renderer({{"components/x.mustache", "{{#rows}}{{n}},{{/rows}}{{t.common.hello}}"}});
  std::vector<std::string> results(8);
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < results.size(); ++i) {
    threads.emplace_back([&, i] {
      const json data{{"rows", {{{"n", i}}, {{"n", i + 1}}}}};
      for (int round = 0; round < 50; ++round) results[i] = pages->fragment("components/x", data, Locale::en);
    });
  }
  threads.clear();
  for (std::size_t i = 0; i < results.size(); ++i) {
    CHECK(results[i] == std::to_string(i) + "," + std::to_string(i + 1) + ",Hello");
  }
}
