// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/commands.hpp"
#include "server/cli/media_arguments.hpp"
#include "server/cli/media_check.hpp"
#include "server/cli/media_package.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <unistd.h>

namespace tongxing::cli {

int media(const std::vector<std::string>& arguments) {
  if (!arguments.empty()) {
    std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
    const render::Locale locale = take_locale(rest);
    if (arguments[0] == "package") return media_package(rest, locale);
    if (arguments[0] == "probe") return media_probe(rest, locale);
    if (arguments[0] == "check") return media_check(rest, locale);
  }
  const std::filesystem::path worker =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "tongxing-worker";
  std::vector<std::string> owned{worker.string()};
  owned.insert(owned.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& argument : owned) argv.push_back(argument.data());
  argv.push_back(nullptr);
  ::execv(worker.c_str(), argv.data());
  std::fprintf(stderr, "tongxing: %s cannot be started: %s\n", worker.c_str(), std::strerror(errno));
  return 1;
}

}  // namespace tongxing::cli
