// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/platform.hpp"
#include "server/base/log.hpp"
#include "server/cli/commands.hpp"

#include <csignal>
#include <cstdio>
#include <thread>

#include <unistd.h>

namespace tongxing::cli {
namespace {

/// The signals that end the program, blocked in every thread that is started from now on: only `wait` sees
/// them.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_{};
};

}  // namespace

int serve(const app::ServeOptions& options) {
  const EndSignals signals;
  app::Platform platform(options);
  // These lines are read by people and by whatever supervises the program.
  std::printf("listening on %s\n", platform.address().c_str());
  if (const auto link = platform.setup_link()) {
    std::printf("setup %s\n", link->c_str());
    std::printf("No administrator yet: open the setup link once, within 24 hours, to make the first one.\n");
  }
  std::fflush(stdout);
  signals.wait();
  log::info("stopping");
  std::thread([signals] {  // a second signal does not wait for anybody; this thread ends with the process
    signals.wait();
    _exit(130);
  })
      .detach();
  platform.stop();
  log::info("stopped");
  return 0;
}

}  // namespace tongxing::cli
