// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/check_command.hpp"

#include "media/check/check_package.hpp"
#include "media/check/report_text.hpp"

#include <cstdio>

namespace tongxing::media::worker {

namespace {

constexpr int kFailed = 1;
constexpr int kUnreadable = 2;
constexpr int kUsage = 64;

}  // namespace

int check_command(const std::vector<std::string>& args) {
  std::string folder;
  bool json = false;
  bool bad = false;
  for (const auto& arg : args) {
    if (arg == "--json") {
      json = true;
    } else if (arg.starts_with("--") || !folder.empty()) {
      bad = true;
    } else {
      folder = arg;
    }
  }
  if (bad || folder.empty()) {
    std::fputs("usage: check DIR [--json]   verify a package, made here or anywhere, rule by rule\n", stderr);
    return kUsage;
  }
  const auto report = check::check_package(folder);
  if (!report) {
    std::fprintf(stderr, "%s\n", report.error().c_str());
    return kUnreadable;
  }
  const std::string text =
      json ? check::report_json(*report, folder) + '\n' : check::report_text(*report, folder);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return report->passed() ? 0 : kFailed;
}

}  // namespace tongxing::media::worker
