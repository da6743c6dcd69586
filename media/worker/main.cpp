// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/model/job.hpp"
#include "media/package_json/event_json.hpp"
#include "media/pipeline/faults.hpp"
#include "media/worker/check_command.hpp"
#include "media/worker/commands.hpp"
#include "media/worker/describe_command.hpp"
#include "media/worker/narrate_command.hpp"
#include "media/worker/self_test.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace model = tongxing::media::model;
namespace worker = tongxing::media::worker;

constexpr int kBug = 70;  // EX_SOFTWARE: neither the input's fault nor the machine's
constexpr int kUsage = 64;

int usage() {
  std::fputs(
      "tongxing-worker package --job FILE   make every rendition of one file, as the job file says\n"
      "tongxing-worker extend --job FILE    add a signer or sounds to the finished package of a file\n"
      "tongxing-worker verify DIR           read a finished package as a player would\n"
      "tongxing-worker probe FILE           say what is in a file\n"
      "tongxing-worker check DIR [--json]   verify a package rule by rule\n"
      "tongxing-worker narrate TEXT         say how a text is read; with --out FILE.wav speak it\n"
      "tongxing-worker self-test            try to break out of the locked room; fails where a wall is "
      "missing\n"
      "tongxing-worker describe plan|render audio description; describe alone says how\n",
      stderr);
  return kUsage;
}

int run(const std::vector<std::string>& args) {
  if (args.size() == 3 && args[0] == "package" && args[1] == "--job") return worker::package_command(args[2]);
  if (args.size() == 3 && args[0] == "extend" && args[1] == "--job") return worker::extend_command(args[2]);
  if (args.size() == 2 && args[0] == "verify") return worker::verify_command(args[1]);
  if (args.size() == 2 && args[0] == "probe") return worker::probe_command(args[1]);
  if (!args.empty() && args[0] == "check") return worker::check_command({args.begin() + 1, args.end()});
  if (!args.empty() && args[0] == "narrate") return worker::narrate_command({args.begin() + 1, args.end()});
  if (args.size() == 1 && args[0] == "self-test") return worker::self_test_command();
  if (!args.empty() && args[0] == "describe") return worker::describe_command({args.begin() + 1, args.end()});
  return usage();
}

/// A cancelled job must end at once, whatever the parent's signal settings were.
void restore_signals() {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGXCPU}) std::signal(number, SIG_DFL);
  std::signal(SIGPIPE, SIG_DFL);
  std::signal(SIGXFSZ, SIG_IGN);  // a file over the limit is an error of write()
}

}  // namespace

int main(int argc, char** argv) {
  restore_signals();
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    const bool resources = tongxing::media::pipeline::lack_of_resources(error);
    const std::string line =
        tongxing::media::event_text(model::Failed{resources ? "errors.media.resources" : "errors.media.bug"});
    std::printf("%s\n", line.c_str());
    return resources ? static_cast<int>(model::ExitCode::resources) : kBug;
  }
}
