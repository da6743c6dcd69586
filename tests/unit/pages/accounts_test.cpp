// SPDX-License-Identifier: GPL-3.0-or-later
// Registering, setting up, one's own account and the administration of accounts.
#include "server/auth/audit.hpp"
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

Browser::Fields person(const std::string& login) {
  return {{"login", login}, {"display_name", "陈小明"}, {"password", kPassword}};
}

std::int64_t accounts_in(Site& site) {
  std::int64_t count = 0;
  site.database->read([&](storage::Connection& db) {
    auto rows = db.query("SELECT COUNT(*) FROM accounts");
    rows.next();
    count = rows.get<std::int64_t>(0);
  });
  return count;
}

}  // namespace

TEST_CASE("whoever registers is a trainee, signed in, and in the language of the page") {
  Site site;
  Browser browser(site);
  browser.language = "zh-HK";
  static_cast<void>(browser.get("/register"));
  auto fields = person("xiaoming");
  fields.emplace_back("role", "administrator");  // nobody asked for it
  const auto done = browser.submit("/register", fields);
  CHECK(done.headers.get("Location") == "/courses?notice=accounts.registered");
  browser.language = "en";
  const auto page = browser.get("/account");
  CHECK(page.status == 200);
  CHECK(says(page, "學員"));
  CHECK_FALSE(says(page, "管理員</dd>"));
  CHECK(browser.get("/admin/accounts").status == 403);
}

TEST_CASE("every mistake of a form is told at once, beside its field, and nothing is lost") {
  Site site;
  Browser browser(site);
  static_cast<void>(browser.get("/register"));
  const auto again =
      browser.submit("/register", {{"login", "a b"}, {"display_name", ""}, {"password", "12345678"}});
  CHECK(again.status == 422);
  for (const auto* field : {"login", "display_name", "password"}) {
    CHECK(says(again, "href=\"#" + std::string(field) + "\""));
    CHECK(says(again, "id=\"" + std::string(field) + "-error\""));
  }
  CHECK(says(again, "value=\"a b\""));
  CHECK_FALSE(says(again, "value=\"12345678\""));
  CHECK(browser.submit("/register", person("xiaoming")).status == 303);
}

TEST_CASE("a registration sent twice makes one account and lets in twice") {
  Site site;
  Browser browser(site);
  static_cast<void>(browser.get("/register"));
  auto fields = person("xiaoming");
  for (const auto& field : browser.hidden_fields("/register")) fields.push_back(field);
  Browser twin = browser;
  const auto first = browser.post("/register", fields);
  const auto second = twin.post("/register", fields);
  CHECK(first.status == 303);
  CHECK(second.status == 303);
  CHECK(first.headers.get("Location") == second.headers.get("Location"));
  CHECK(twin.is_in());
  CHECK(accounts_in(site) == 1);
  // The same key with another password proves nothing.
  Browser thief = twin;
  thief.cookies.erase("tongxing_session");
  fields[2].second = "another password";
  CHECK(thief.post("/register", fields).status == 422);
}

TEST_CASE("a taken name is said at its field") {
  Site site;
  static_cast<void>(site.account("xiaoming", kPassword, {Role::trainee}));
  Browser browser(site);
  static_cast<void>(browser.get("/register"));
  const auto again = browser.submit("/register", person("ＸＩＡＯＭＩＮＧ"));
  CHECK(again.status == 422);
  CHECK(says(again, "This user name is taken"));
  CHECK(accounts_in(site) == 1);
}

TEST_CASE("the first administrator comes through the link, once, within a day") {
  Site site;
  const auto old_token = services::ensure_setup_link(*site.database, site.clock, site.random);
  const auto token = services::ensure_setup_link(*site.database, site.clock, site.random);
  REQUIRE(token);
  Browser browser(site);
  CHECK(browser.get("/setup").status == 410);
  CHECK(browser.get("/setup?token=" + *old_token).status == 410);
  site.clock.advance(24h);
  CHECK(browser.get("/setup?token=" + *token).status == 410);
  const auto fresh = services::ensure_setup_link(*site.database, site.clock, site.random);
  CHECK(browser.get("/setup?token=" + *fresh).status == 200);
  CHECK(browser.submit("/setup", person("root")).headers.get("Location") ==
        "/admin/accounts?notice=accounts.set_up");
  CHECK(says(browser.get("/admin/accounts"), "root"));
  CHECK(browser.get("/setup?token=" + *fresh).status == 410);
  CHECK_FALSE(services::ensure_setup_link(*site.database, site.clock, site.random));
}

TEST_CASE("changing the password needs the old one, ends all other sessions and turns this one") {
  Site site;
  static_cast<void>(site.account("anna", kPassword, {Role::trainee}));
  Browser here(site);
  Browser there(site);
  static_cast<void>(here.sign_in("anna", kPassword));
  static_cast<void>(there.sign_in("anna", kPassword));
  const std::string before = here.cookies["tongxing_session"];
  static_cast<void>(here.get("/account"));
  const auto wrong =
      here.submit("/account/password", {{"current_password", "nonsense"}, {"password", "autumn is near"}});
  CHECK(wrong.status == 422);
  CHECK(says(wrong, "id=\"current_password-error\""));
  CHECK(there.is_in());
  const auto done =
      here.submit("/account/password", {{"current_password", kPassword}, {"password", "autumn is near"}});
  CHECK(done.headers.get("Location") == "/account?notice=accounts.password_changed");
  CHECK(here.is_in());
  CHECK(here.cookies["tongxing_session"] != before);
  CHECK_FALSE(there.is_in());
  Browser late(site);
  late.cookies["tongxing_session"] = before;
  CHECK_FALSE(late.is_in());
  CHECK(late.sign_in("anna", kPassword).status == 422);
  CHECK(late.sign_in("anna", "autumn is near").status == 303);
}

TEST_CASE("name and language are one's own to change") {
  Site site;
  static_cast<void>(site.account("anna", kPassword, {Role::trainee}));
  Browser browser(site);
  static_cast<void>(browser.sign_in("anna", kPassword));
  static_cast<void>(browser.get("/account"));
  CHECK(browser.submit("/account", {{"display_name", "Anna <b>"}, {"locale", "zh-Hans"}}).status == 303);
  const auto page = browser.get("/account");
  CHECK(says(page, "Anna &lt;b&gt;"));
  CHECK(says(page, "<html lang=\"zh-Hans\">"));
  CHECK(browser.submit("/account", {{"display_name", "A"}, {"locale", "tlh"}}).status == 422);
}

TEST_CASE("the language buttons work for everybody, from cached pages too") {
  Site site;
  Browser browser(site);
  const auto chosen = browser.post("/language", {{"locale", "zh-Hant"}, {"next", "/sign-in"}});
  CHECK(chosen.headers.get("Location") == "/sign-in");
  CHECK(says(browser.get("/sign-in"), "<html lang=\"zh-Hant\">"));
  CHECK(browser.post("/language", {{"locale", "en"}, {"next", "//evil.example"}}).headers.get("Location") ==
        "/");
  auto foreign = tests::request(http::Method::post, "/language");
  foreign.headers.add("Content-Type", "application/x-www-form-urlencoded");
  foreign.headers.add("Sec-Fetch-Site", "cross-site");
  foreign.body = "locale=en";
  CHECK(site.send(foreign).status == 403);
}

TEST_CASE("administrators make people, change roles, and cannot leave nobody in charge") {
  Site site;
  const AccountId root = site.account("root", kPassword, {Role::administrator});
  Browser admin(site);
  static_cast<void>(admin.sign_in("root", kPassword));
  CHECK(admin.get("/admin/accounts/new").status == 200);
  auto fields = person("teacher");
  fields.emplace_back("role", "instructor");
  for (const auto& field : admin.hidden_fields("/admin/accounts/new")) fields.push_back(field);
  CHECK(admin.post("/admin/accounts/new", fields).status == 303);
  CHECK(admin.post("/admin/accounts/new", fields).status == 303);
  CHECK(accounts_in(site) == 2);

  Browser teacher(site);
  static_cast<void>(teacher.sign_in("teacher", kPassword));
  CHECK(teacher.get("/admin/accounts").status == 403);
  AccountId id;
  site.database->read(
      [&](storage::Connection& db) { id = storage::AccountStore(db).find_by_login("teacher")->id; });
  const std::string page = "/admin/accounts/" + id.str();
  static_cast<void>(admin.get(page));
  CHECK(admin.submit(page + "/roles", {{"role", "instructor"}, {"role", "reviewer"}}).status == 303);
  CHECK_FALSE(teacher.is_in());

  const std::string own = "/admin/accounts/" + root.str();
  static_cast<void>(admin.get(own));
  CHECK(admin.submit(own + "/roles", {{"role", "trainee"}}).status == 409);
  CHECK(admin.submit(own + "/disable", {}).status == 403);  // no such form on the page, so no token either
  CHECK(admin.is_in());
  CHECK(admin.get("/admin/accounts/nobody").status == 404);
}

TEST_CASE("an administrator lets somebody in again who forgot a password") {
  Site site;
  static_cast<void>(site.account("root", kPassword, {Role::administrator}));
  const AccountId anna = site.account("anna", kPassword, {Role::trainee});
  Browser learner(site);
  static_cast<void>(learner.sign_in("anna", kPassword));
  Browser admin(site);
  static_cast<void>(admin.sign_in("root", kPassword));
  const std::string page = "/admin/accounts/" + anna.str();
  static_cast<void>(admin.get(page));
  CHECK(admin.submit(page + "/password", {{"password", "short"}}).status == 422);
  CHECK(learner.is_in());
  CHECK(admin.submit(page + "/password", {{"password", "autumn is near"}}).status == 303);
  CHECK_FALSE(learner.is_in());
  CHECK(learner.sign_in("anna", "autumn is near").status == 303);
}

TEST_CASE("long lists of accounts come in pages") {
  Site site;
  static_cast<void>(site.account("root", kPassword, {Role::administrator}));
  for (int i = 100; i < 160; ++i)
    static_cast<void>(site.account("user" + std::to_string(i), kPassword, {Role::trainee}));
  Browser admin(site);
  static_cast<void>(admin.sign_in("root", kPassword));
  const auto first = admin.get("/admin/accounts");
  CHECK(says(first, "user148"));
  CHECK_FALSE(says(first, "user149"));
  CHECK(says(first, "href=\"/admin/accounts?after=user148\""));
  const auto second = admin.get("/admin/accounts?after=user148");
  CHECK(says(second, "user149"));
  CHECK(says(second, "user159"));
}

TEST_CASE("what was done with accounts is in the audit trail, without names or secrets") {
  Site site;
  Browser browser(site);
  static_cast<void>(browser.get("/register"));
  static_cast<void>(browser.submit("/register", person("xiaoming")));
  site.database->read([&](storage::Connection& db) {
    const auto state = auth::verify_audit(db);
    CHECK(state.rows == 3);  // created, role granted, session started
    CHECK_FALSE(state.broken_at);
    auto rows = db.query("SELECT actor || action || object_id || detail FROM audit_events");
    while (rows.next()) CHECK(rows.get<std::string>(0).find("xiaoming") == std::string::npos);
  });
}

TEST_CASE("every page of accounts renders in each language") {
  Site site;
  const AccountId root = site.account("root", kPassword, {Role::administrator});
  const AccountId anna = site.account("anna", kPassword, {Role::trainee});
  const auto token = services::installation_secret(*site.database, site.random, "x");
  CHECK(token == services::installation_secret(*site.database, site.random, "x"));
  for (const std::string language : {"zh-CN", "zh-TW", "en"}) {
    Browser visitor(site);
    visitor.language = language;
    Browser admin(site);
    admin.language = language;
    for (const std::string path : {"/sign-in", "/register", "/setup?token=x"}) {
      CHECK_FALSE(says(visitor.get(path), "⟦"));
    }
    static_cast<void>(admin.sign_in("root", kPassword));
    for (const std::string& path :
         {std::string("/account"), std::string("/admin/accounts"), std::string("/admin/accounts/new"),
          "/admin/accounts/" + root.str(), "/admin/accounts/" + anna.str()}) {
      const auto page = admin.get(path);
      CAPTURE(path, language);
      CHECK(page.status == 200);
      CHECK_FALSE(says(page, "⟦"));
    }
  }
}
