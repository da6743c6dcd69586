// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/passwords.hpp"
#include "server/auth/roles.hpp"
#include "server/auth/sessions.hpp"
#include "server/cli/commands.hpp"
#include "server/render/locale.hpp"
#include "server/services/accounts.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"

#include <cstdio>
#include <iostream>
#include <string>

#include <termios.h>
#include <unistd.h>

namespace tongxing::cli {
namespace {

/// Switches the terminal's echo off for as long as it lives.
class NoEcho {
 public:
  NoEcho() : is_terminal_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    std::fputs("Password: ", stderr);
  }
  ~NoEcho() {
    if (!is_terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    std::fputs("\n", stderr);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

std::string read_password() {
  const NoEcho quiet;
  std::string password;
  std::getline(std::cin, password);
  return password;
}

}  // namespace

int create_account(const NewAccount& wanted) {
  services::NewAccount account{.login = wanted.login,
                               .display_name = wanted.name.empty() ? wanted.login : wanted.name,
                               .password = read_password(),
                               .locale = wanted.locale,
                               .roles = {}};
  for (const std::string& role : wanted.roles) {
    if (const auto known = auth::role_from(role)) account.roles.insert(*known);
  }
  // No lock is taken: this process may write beside a running server, which sees the account at once.
  std::filesystem::create_directories(wanted.data);
  const auto database = storage::Database::open(storage::DataLayout(wanted.data).database(),
                                                {.log_care = storage::LogCare::guest});
  const SystemClock clock;
  SystemRandom random;
  const auth::PasswordHasher hasher;
  auth::SessionCache cache(clock);
  auth::Sessions sessions(clock, random, cache, {});
  const services::Accounts accounts(clock, random, hasher, sessions);
  const auto created = services::create_account(*database, accounts, account);
  if (!created) {
    const auto messages = render::Messages::built_in();
    const auto locale = render::locale_from_tag(wanted.locale);
    std::fprintf(stderr, "%s\n",
                 messages->text(locale, created.error().message, created.error().args).c_str());
    return 2;
  }
  std::printf("%s\n", created->str().c_str());
  return 0;
}

}  // namespace tongxing::cli
