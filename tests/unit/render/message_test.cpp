// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/render/message.hpp"

#include "server/render/catalogue.hpp"
#include "server/render/locale.hpp"
#include "tests/support/catch.hpp"

#include <stdexcept>

using namespace tongxing;
using namespace tongxing::render;

namespace {
std::string format(std::string_view pattern, const MessageArgs& args = {}, Locale locale = Locale::en) {
  return Message(pattern, locale).format(args);
}
}  // namespace

TEST_CASE("plain arguments are put in as they are") {
  CHECK(format("您好") == "您好");
  CHECK(format("{name}，您好。共 {n} 门课", {{"n", "3"}, {"name", "王{芳}"}}) == "王{芳}，您好。共 3 门课");
  CHECK(format("{a}{b}{a}", {{"a", "1"}, {"b", "2"}}) == "121");
}

TEST_CASE("an argument that is not given stays visible") {
  CHECK(format("{name}!", {}) == "{name}!");
  CHECK(format("{name}!", {{"other", "x"}}) == "{name}!");
}

TEST_CASE("apostrophes follow ICU: literal, unless before a brace") {
  CHECK(format("don't {x}", {{"x", "1"}}) == "don't 1");
  CHECK(format("it''s") == "it's");
  CHECK(format("'{x}'") == "{x}");
}

TEST_CASE("plural and select choose by the argument") {
  const std::string_view pattern = "{n, plural, =0 {none} one {# lesson} other {# lessons}}";
  CHECK(format(pattern, {{"n", "0"}}) == "none");
  CHECK(format(pattern, {{"n", "1"}}) == "1 lesson");
  CHECK(format(pattern, {{"n", "1200"}}) == "1,200 lessons");
  CHECK(format("{n, plural, other {# 节课}}", {{"n", "1"}}, Locale::zh_hans) == "1 节课");
  CHECK(format("{r, select, author {A} other {B}}", {{"r", "author"}}) == "A");
}

TEST_CASE("arguments are known with their kinds") {
  const Message message("{b} {a} {n, plural, one {{a}} other {#}}", Locale::en);
  CHECK(message.arguments() == std::vector<std::string>{"a", "b", "n:plural"});
}

TEST_CASE("a pattern that cannot be read is refused") {
  CHECK_THROWS_AS(Message("{", Locale::en), std::invalid_argument);
  CHECK_THROWS_AS(Message("{0}", Locale::en), std::invalid_argument);
  CHECK_THROWS_AS(Message("{n, plural, one {x}}", Locale::en), std::invalid_argument);
}

TEST_CASE("catalogue keys are area and path; error files stand below errors") {
  const std::vector<EmbeddedFile> files{{"en/accounts.json", R"({"a":{"b":"B"}})"},
                                        {"en/errors_upload.json", R"({"no_media":"none"})"},
                                        {"zh-Hans/accounts.json", R"({"a":{"b":"乙"}})"}};
  const auto catalogue = read_catalogue(files, Locale::en);
  CHECK(catalogue.size() == 2);
  CHECK(catalogue.contains("accounts.a.b"));
  CHECK(catalogue.contains("errors.upload.no_media"));
  const auto messages = messages_from(files);
  CHECK(messages->text(Locale::zh_hans, "accounts.a.b") == "乙");
  CHECK(messages->text(Locale::zh_hant, "accounts.a.b") == "⟦accounts.a.b⟧");
  CHECK(messages->has("accounts.a.b"));
  CHECK_FALSE(messages->has("accounts.a"));
}

TEST_CASE("a catalogue that is wrong names the file") {
  for (const auto* content : {"[", "[]", R"({"a":1})", R"({"a.b":"x"})", R"({"a":"{"})"}) {
    const std::vector<EmbeddedFile> files{{"en/x.json", content}};
    CAPTURE(content);
    CHECK_THROWS_WITH(read_catalogue(files, Locale::en), Catch::Matchers::Contains("en/x.json"));
  }
}

TEST_CASE("languages are negotiated by weight, then order, then script") {
  CHECK(negotiate("") == Locale::zh_hans);
  CHECK(negotiate("zh-CN,zh;q=0.9,en;q=0.8") == Locale::zh_hans);
  CHECK(negotiate("zh-HK") == Locale::zh_hant);
  CHECK(negotiate("zh-MO, en") == Locale::zh_hant);
  CHECK(negotiate("zh-Hans-HK") == Locale::zh_hans);
  CHECK(negotiate("zh-Hant-CN") == Locale::zh_hant);
  CHECK(negotiate("yue-HK") == Locale::zh_hant);
  CHECK(negotiate("yue-CN") == Locale::zh_hans);
  CHECK(negotiate("fr-FR, en-GB;q=0.7") == Locale::en);
  CHECK(negotiate("en;q=0.5, zh-TW;q=0.6") == Locale::zh_hant);
  CHECK(negotiate("en;q=0, *") == Locale::zh_hans);
  CHECK(negotiate("en;q=2, zh-TW;q=0.1") == Locale::zh_hant);
  CHECK(negotiate("fr, de") == Locale::zh_hans);
  CHECK(negotiate(";;,,q=,") == Locale::zh_hans);
  CHECK(negotiate(std::string(5000, 'e')) == Locale::zh_hans);
}

TEST_CASE("tags") {
  for (const auto locale : {Locale::zh_hans, Locale::zh_hant, Locale::en})
    CHECK(locale_from_tag(tag(locale)) == locale);
  CHECK(locale_from_tag("fr") == Locale::zh_hans);
}
