// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.hpp"
#include "tests/unit/pages/site.hpp"

using namespace tongxing;
using namespace std::chrono_literals;
using auth::Role;
using tests::Browser;
using tests::Site;
using tests::text;

namespace {

constexpr const char* kPassword = "spring is here";

bool says(const http::Response& response, std::string_view words) {
  return text(response).find(words) != std::string::npos;
}

struct Town {
  Site site;
  AccountId anna = site.account("anna", kPassword, {Role::trainee});
};

}  // namespace

TEST_CASE("signing in leads to where one wanted to go, and only there") {
  Town town;
  Browser browser(town.site);
  CHECK(browser.get("/sign-in").status == 200);
  const auto done = browser.sign_in("Anna ", kPassword);
  CHECK(done.status == 303);
  CHECK(done.headers.get("Location") == "/courses");
  CHECK(browser.is_in());
  for (const auto& [next, expected] :
       std::vector<std::pair<std::string, std::string>>{{"/courses/7", "/courses/7"},
                                                        {"//evil.example", "/courses"},
                                                        {"https://evil.example", "/courses"}}) {
    Browser other(town.site);
    static_cast<void>(other.get("/sign-in?next=" + next));
    CHECK(other.submit("/sign-in", {{"login", "anna"}, {"password", kPassword}}).headers.get("Location") ==
          expected);
  }
}

TEST_CASE("an unknown login and a wrong password look alike; what was typed stays, but the password") {
  Town town;
  Browser browser(town.site);
  const auto wrong = browser.sign_in("anna", "not the password");
  const auto unknown = browser.sign_in("nobody", "not the password");
  CHECK(wrong.status == 422);
  CHECK(unknown.status == 422);
  for (const auto* response : {&wrong, &unknown}) {
    CHECK(says(*response, "User name or password is wrong."));
    CHECK_FALSE(says(*response, "not the password"));
    CHECK(says(*response, "aria-invalid=\"true\""));
    CHECK(says(*response, "href=\"#login\""));
  }
  CHECK(says(wrong, "value=\"anna\""));
  // Without the tokens and the name itself both pages are the same, byte for byte.
  auto a = text(wrong);
  auto b = text(unknown);
  const auto blank = [](std::string& page, const std::string& what) {
    for (auto at = page.find(what); at != std::string::npos; at = page.find(what))
      page.erase(at, what.size());
  };
  blank(a, "anna");
  blank(b, "nobody");
  const auto drop_tokens = [](std::string& page) {
    for (auto at = page.find("name=\"csrf\" value=\""); at != std::string::npos;
         at = page.find("name=\"csrf\" value=\"")) {
      page.erase(at, page.find('>', at) - at);
    }
  };
  drop_tokens(a);
  drop_tokens(b);
  CHECK(a == b);
  CHECK_FALSE(browser.is_in());
}

TEST_CASE("a session that somebody planted before is worth nothing after signing in") {
  Town town;
  Browser attacker(town.site);
  static_cast<void>(town.site.account("mallory", kPassword, {Role::trainee}));
  static_cast<void>(attacker.sign_in("mallory", kPassword));
  const std::string planted = attacker.cookies["tongxing_session"];
  Browser victim(town.site);
  victim.cookies["tongxing_session"] =
      std::string(52, 'a');  // not known to the server: must not become known
  static_cast<void>(victim.sign_in("anna", kPassword));
  CHECK(victim.cookies["tongxing_session"] != std::string(52, 'a'));
  Browser late(town.site);
  late.cookies["tongxing_session"] = std::string(52, 'a');
  CHECK_FALSE(late.is_in());
  // Signing in again ends the session that the browser had.
  static_cast<void>(attacker.get("/account"));
  const auto fields = attacker.hidden_fields("/sign-out");
  CHECK(attacker.post("/sign-in", {fields[0], {"login", "mallory"}, {"password", kPassword}}).status == 303);
  CHECK(attacker.cookies["tongxing_session"] != planted);
  late.cookies["tongxing_session"] = planted;
  CHECK_FALSE(late.is_in());
}

TEST_CASE("after signing out the old cookie opens nothing") {
  Town town;
  Browser browser(town.site);
  static_cast<void>(browser.sign_in("anna", kPassword));
  Browser copy = browser;
  static_cast<void>(browser.get("/account"));
  const auto out = browser.submit("/sign-out", {});
  CHECK(out.headers.get("Location") == "/sign-in?notice=accounts.signed_out");
  CHECK(says(browser.get("/sign-in?notice=accounts.signed_out"), "You are signed out."));
  CHECK_FALSE(browser.cookies.contains("tongxing_session"));
  CHECK_FALSE(copy.is_in());
}

TEST_CASE("wrong tries are slowed down, kept in the form, and never lock the owner's own browser out") {
  Town town;
  Browser owner(town.site);
  static_cast<void>(owner.sign_in("anna", kPassword));
  static_cast<void>(owner.get("/account"));
  static_cast<void>(owner.submit("/sign-out", {}));
  Browser guesser(town.site);
  for (int i = 0; i < 3; ++i) CHECK(guesser.sign_in("anna", "guess no " + std::to_string(i)).status == 422);
  const auto slowed = guesser.sign_in("anna", "guess no 4");
  CHECK(slowed.status == 429);
  CHECK(slowed.headers.get("Retry-After") == "1");
  CHECK(says(slowed, "wait 1 seconds"));
  CHECK(says(slowed, "value=\"anna\""));
  CHECK(guesser.sign_in("anna", kPassword).status == 429);
  CHECK(owner.sign_in("anna", kPassword).status == 303);
  town.site.clock.advance(1s);
  CHECK(guesser.sign_in("anna", kPassword).status == 303);
}

TEST_CASE("one address cannot try many names for long, a whole class can sign in") {
  Town town;
  for (int i = 0; i < 150; ++i) {
    Browser learner(town.site);
    if (learner.sign_in("anna", kPassword).status != 303) FAIL("learner " << i);
  }
  Browser sprayer(town.site);
  unsigned last = 0;
  int tries = 0;
  for (; tries < 200 && last != 429; ++tries)
    last = sprayer.sign_in("user" + std::to_string(tries), "Spring2026!").status;
  CHECK(last == 429);
  CHECK(tries <= 101);
}

TEST_CASE("a disabled account is told so only to whoever knows its password, and is out at once") {
  Town town;
  Browser browser(town.site);
  static_cast<void>(browser.sign_in("anna", kPassword));
  Browser admin(town.site);
  static_cast<void>(town.site.account("root", kPassword, {Role::administrator}));
  static_cast<void>(admin.sign_in("root", kPassword));
  const std::string page = "/admin/accounts/" + town.anna.str();
  static_cast<void>(admin.get(page));
  CHECK(admin.submit(page + "/disable", {}).headers.get("Location") ==
        page + "?notice=accounts.account_disabled");
  CHECK_FALSE(browser.is_in());
  CHECK(says(browser.sign_in("anna", kPassword), "This account is disabled"));
  CHECK_FALSE(says(browser.sign_in("anna", "wrong password"), "disabled"));
  static_cast<void>(admin.get(page));
  static_cast<void>(admin.submit(page + "/enable", {}));
  CHECK(browser.sign_in("anna", kPassword).status == 303);
}

TEST_CASE("a form of another session is refused with a page that says what to do") {
  Town town;
  Browser browser(town.site);
  static_cast<void>(browser.get("/sign-in"));
  auto fields = browser.hidden_fields("/sign-in");
  Browser other(town.site);
  static_cast<void>(other.get("/sign-in"));
  fields.emplace_back("login", "anna");
  fields.emplace_back("password", kPassword);
  const auto refused = other.post("/sign-in", fields);
  CHECK(refused.status == 403);
  CHECK(says(refused, "<h1>"));
}
