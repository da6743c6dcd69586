// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/passwords.hpp"

#include "server/auth/common_passwords.hpp"
#include "server/auth/login_name.hpp"
#include "tests/support/catch.hpp"

using namespace tongxing;
using namespace tongxing::auth;

namespace {

constexpr PasswordCost kCheap{1, 8192};

std::string message_of(std::string_view password) {
  const auto checked = check_new_password(password, "anna.chen");
  return checked ? "" : checked.error().message;
}

std::string login_of(std::string_view typed) {
  return normalise_login(typed).value_or("refused");
}

}  // namespace

TEST_CASE("a password fits its own hash only") {
  const PasswordHasher hasher(kCheap);
  const std::string hash = hasher.hash("春天来了 spring");
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(hasher.verify(hash, "春天来了 spring"));
  CHECK_FALSE(hasher.verify(hash, "春天来了 Spring"));
  CHECK_FALSE(hasher.verify(hash, "春天来了 spring "));
  CHECK_FALSE(hasher.verify(hash, ""));
  CHECK_FALSE(hasher.verify("no hash", "no hash"));
  CHECK_FALSE(hasher.verify_nobody("a password that no account has"));
  CHECK(hasher.hash("x") != hasher.hash("x"));
}

TEST_CASE("a hash of another cost is outdated") {
  const PasswordHasher hasher(kCheap);
  const std::string hash = hasher.hash("spring is here");
  CHECK_FALSE(hasher.is_outdated(hash));
  CHECK(PasswordHasher(PasswordCost{2, 8192}).is_outdated(hash));
}

TEST_CASE("new passwords: length in characters, none of those that are tried first") {
  CHECK(message_of("correct horse") == "");
  CHECK(message_of("我家门前有两棵树") == "");
  CHECK(message_of("1234567") == "errors.accounts.password_short");
  CHECK(message_of("我家门前有棵树") == "errors.accounts.password_short");
  CHECK(message_of(std::string(256, 'x') + "y") == "errors.accounts.password_long");
  CHECK(message_of(std::string(255, 'x') + "y") == "");
  CHECK(message_of("Woaini1314") == "errors.accounts.password_common");
  CHECK(message_of("QQ123456") == "errors.accounts.password_common");
  CHECK(message_of("23456789") == "errors.accounts.password_common");
  CHECK(message_of("zyxwvuts") == "errors.accounts.password_common");
  CHECK(message_of("啊啊啊啊啊啊啊啊").empty());  // bytes of it are no run
  CHECK(message_of("Anna.Chen") == "errors.accounts.password_is_login");
  CHECK(message_of("abc\xff\xfexyz12") == "errors.accounts.password_unreadable");
  CHECK(message_of(std::string_view("abcd\0efgh", 9)) == "errors.accounts.password_unreadable");
  CHECK(is_common_password("tongxing123"));
}

TEST_CASE("logins are folded to one form") {
  CHECK(login_of("  Anna.Chen ") == "anna.chen");
  CHECK(login_of("ＡＢＣ１２３") == "abc123");
  CHECK(login_of("　陈小明　") == "陈小明");
  CHECK(login_of("13800138000") == "13800138000");
  CHECK(login_of("a+b@example.com") == "a+b@example.com");
  for (const auto* bad :
       {"", "ab", "a b c", "анна", "anna\n", "an\u200bna", "<script>", "\xff\xff\xff", "x/../y", "Å12"}) {
    CAPTURE(bad);
    CHECK(login_of(bad) == "refused");
  }
  CHECK(login_of(std::string(64, 'a')) == std::string(64, 'a'));
  CHECK(login_of(std::string(65, 'a')) == "refused");
}

TEST_CASE("names to show keep every script and lose tricks") {
  CHECK(normalise_display_name("  José 陈 ").value() == "José 陈");
  CHECK(normalise_display_name("𠮷野").value() == "𠮷野");
  CHECK_FALSE(normalise_display_name(" 　 "));
  CHECK_FALSE(normalise_display_name("a\u202eb"));
  CHECK_FALSE(normalise_display_name("a\tb"));
  CHECK_FALSE(normalise_display_name(std::string(61, 'a')));
  CHECK(normalise_display_name(std::string(60, 'a')));
}

TEST_CASE("text lengths count characters and refuse what is no UTF-8") {
  CHECK(length_of("a陈𠮷") == 3U);
  for (const std::string bad :
       {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe9\x99", "\x80", "\xf8\x88\x80\x80\x80"}) {
    CHECK_FALSE(length_of(bad));
  }
}
