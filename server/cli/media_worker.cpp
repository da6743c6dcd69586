// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/media_worker.hpp"

#include "media/model/job.hpp"
#include "server/jobs/job_runner.hpp"
#include "server/jobs/process.hpp"

#include <csignal>

namespace tongxing::cli {

namespace {

using Read = jobs::WorkerProcess::Read;
constexpr Milliseconds kListen{100};
constexpr Milliseconds kGrace{5'000};

sigset_t the_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

WorkerEnd::How how_of(const std::optional<jobs::ProcessExit>& exit) {
  using media::model::ExitCode;
  if (!exit || exit->by_signal) return WorkerEnd::How::bug;
  if (exit->code == static_cast<int>(ExitCode::done)) return WorkerEnd::How::done;
  if (exit->code == static_cast<int>(ExitCode::bad_input)) return WorkerEnd::How::refused;
  return exit->code == static_cast<int>(ExitCode::resources) ? WorkerEnd::How::resources
                                                             : WorkerEnd::How::bug;
}

}  // namespace

HeldSignals::HeldSignals() {
  const sigset_t set = the_signals();
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
}

HeldSignals::~HeldSignals() {
  const sigset_t set = the_signals();
  ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

int HeldSignals::taken() const noexcept {
  const sigset_t set = the_signals();
  const timespec at_once{0, 0};
  const int signal = ::sigtimedwait(&set, nullptr, &at_once);
  return signal > 0 ? signal : 0;
}

WorkerEnd run_worker(const std::vector<std::string>& arguments, const std::filesystem::path& log,
                     const HeldSignals& signals,
                     const std::function<void(const std::string&, const jobs::WorkerEvent&)>& hear) {
  std::vector<std::string> words{jobs::default_worker().string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  jobs::PosixLauncher launcher;
  const auto worker = launcher.start({words, log});
  WorkerEnd end;
  std::string line;
  while (true) {
    if (const int signal = signals.taken(); signal != 0) return {WorkerEnd::How::interrupted, {}, signal};
    const Read read = worker->read_line(line, kListen);
    if (read == Read::end) break;
    if (read == Read::too_long) return end;
    if (read != Read::line) continue;
    const auto event = jobs::read_event(line);
    if (!event) continue;
    if (event->kind == jobs::WorkerEvent::Kind::failed) end.failure = *event;
    hear(line, *event);
  }
  end.how = how_of(worker->wait(kGrace));
  return end;
}

}  // namespace tongxing::cli
