// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/form_view.hpp"

#include "server/render/catalogue.hpp"
#include "server/render/renderer.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace tongxing;
using namespace tongxing::render;

namespace {

const std::vector<EmbeddedFile> kTexts{
    {"en/x.json", R"({"login":"Login","hint":"A hint","bad":"At most {n} characters"})"},
    {"zh-Hans/x.json", "{}"},
    {"zh-Hant/x.json", "{}"},
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an error stands beside its field and in the summary, and the typed text stays") {
  const auto messages = messages_from(kTexts);
  FormView form(*messages, Locale::en);
  form.fail({ErrorCode::invalid, "x.bad", {{"n", "9"}}, "login", ""});
  const auto field = form.text({.name = "login", .label = "x.login", .value = "a<b", .hint = "x.hint"});
  const auto html = Renderer::built_in(Messages::built_in(), MissingData::fault)
                        ->fragment("components/text_field", field, Locale::en);
  CAPTURE(html);
  CHECK(contains(html, R"(<label class="field__label" for="login">Login</label>)"));
  CHECK(contains(html, R"(aria-describedby="login-hint login-error")"));
  CHECK(contains(html, R"(aria-invalid="true")"));
  CHECK(contains(html, R"(id="login-error">)"));
  CHECK(contains(html, "At most 9 characters"));
  CHECK(contains(html, R"(value="a&lt;b" required)"));
  const nlohmann::json summary{{{"field", "login"}, {"text", "At most 9 characters"}}};
  CHECK(form.errors() == summary);
}

TEST_CASE("a password is never sent back") {
  const auto messages = messages_from(kTexts);
  const FormView form(*messages, Locale::en);
  CHECK(form.text({.name = "p", .label = "x.login", .value = "secret", .type = "password"})["value"] == "");
}

TEST_CASE("the summary of a choice leads to its first control") {
  const auto messages = messages_from(kTexts);
  FormView form(*messages, Locale::en);
  form.fail({ErrorCode::invalid, "x.bad", {}, "role", ""});
  const auto field = form.radios({.name = "role",
                                  .label = "x.login",
                                  .options = {{"a", "A"}, {"b", "B", "about b"}},
                                  .selected = {"b"}});
  CHECK(field["options"][0]["id"] == form.errors()[0]["field"]);
  CHECK(field["options"][1]["id"] == "role-b");
  CHECK(field["options"][1]["selected"] == true);
  CHECK(field["options"][0]["selected"] == false);
}
