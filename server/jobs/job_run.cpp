// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_run.hpp"

#include "media/package_json/package_json.hpp"
#include "server/base/log.hpp"
#include "server/jobs/playlists.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/files.hpp"
#include "server/storage/package_files.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace tongxing::jobs {

namespace {

constexpr Milliseconds kListen{200};       ///< between looks at `stopping`
constexpr Milliseconds kSaveEvery{1'000};  ///< progress in the database
constexpr Milliseconds kDiskFullPause{2'000};
constexpr std::array<Milliseconds, 3> kBackOff{Milliseconds{60'000}, Milliseconds{300'000},
                                               Milliseconds{1'800'000}};
constexpr std::size_t kLogTail = 2'000;

std::string describe(const ProcessExit& exit) {
  return (exit.by_signal ? "signal " : "exit code ") + std::to_string(exit.code);
}

/// Up to a tenth more, so that jobs that failed together are not tried again together.
Milliseconds with_jitter(Milliseconds pause, Random& random) {
  std::array<std::byte, 1> byte{};
  random.fill(byte);
  return pause + pause * std::to_integer<int>(byte[0]) / 2'550;
}

}  // namespace

JobRun::JobRun(const JobSurroundings& around, const JobRunnerOptions& options, storage::Job job,
               const std::atomic<bool>& stopping)
    : around_(around),
      options_(options),
      job_(std::move(job)),
      stopping_(stopping),
      folder_(around.layout.job(job_.id, job_.fence)),
      progress_(job_.attempt) {}

JobRun::Result JobRun::execute() {
  log::info("job.begun",
            {{"job", job_.id.str()}, {"asset", job_.asset.str()}, {"attempt", std::to_string(job_.attempt)}});
  // Leases that ran out are taken up again without `retry` having counted them.
  if (job_.attempt > options_.retries + 1) return fail("errors.jobs.gave_up", {}, "too many attempts");
  Result result = Result::dropped;
  try {
    prepare();
    if (begin()) result = adds() ? make_addition() : make_package();
  } catch (const std::system_error& error) {  // the disk or the process table: filesystem_error is one
    result = retry(error.what());
  }
  if (!again_ || !storage::has_finished_work(folder_)) clean();
  return result;
}

bool JobRun::begin() {
  bool published = false;
  const bool ours = change([&](Stores& s) {
    if (!s.jobs.renew(job_.id, job_.fence, around_.clock.now() + options_.lease)) return false;
    const std::optional<storage::Asset> asset = s.assets.get(job_.asset);
    published = asset && !asset->version.empty();
    set_state(s, state_);
    return true;
  });
  if (!ours) return false;
  if (!published) {
    // Left by a server that ended between the rename and its commit: nobody knows of it.
    std::filesystem::remove_all(around_.layout.media(job_.asset));
  }
  say(progress_message("begun", storage::to_text(state_), progress_));
  return true;
}

JobRun::Result JobRun::make_package() {
  step_ = Step::package;
  return run_worker({options_.worker.string(), "package", "--job", (folder_ / "job.json").string()});
}

JobRun::Result JobRun::verify_package() {
  step_ = Step::verify;
  done_ = false;
  return run_worker({options_.worker.string(), "verify", (folder_ / "out").string()});
}

JobRun::Result JobRun::run_worker(std::vector<std::string> arguments) {
  const auto worker = around_.launcher.start({std::move(arguments), folder_ / "worker.log"});
  const End end = supervise(*worker);
  if (end == End::exited) {
    std::optional<ProcessExit> exit = worker->wait(options_.grace);
    if (exit) return conclude(*exit);
    fault_ = "closed its output and stayed";
  }
  worker->terminate();
  if (!worker->wait(options_.grace)) worker->kill();
  worker->wait(options_.grace);
  if (end == End::stopping) return give_back();
  return end == End::lost ? Result::dropped : retry(fault_);
}

void JobRun::prepare() {
  clean();
  take_up_earlier();
  if (adds()) {
    std::filesystem::create_directories(folder_);
    return;  // the rest once the job is ours
  }
  std::filesystem::create_directories(folder_ / "out");
  media::model::JobSpec spec;
  // Ours, but read like anything from a file: a member that is not understood keeps its default.
  const auto own = nlohmann::json::parse(job_.spec, nullptr, false);
  if (own.is_object() && own.contains("audio_language") && own["audio_language"].is_string()) {
    spec.audio_language = own["audio_language"].get<std::string>();
  }
  spec.input = around_.layout.original(job_.asset).string();
  spec.output = (folder_ / "out").string();
  spec.threads = options_.threads;
  storage::replace_file(folder_ / "job.json", media::to_json(spec));
}

/// An attempt that was ended leaves its folder behind: the worker goes on from what is finished there.
void JobRun::take_up_earlier() {
  const std::string prefix = job_.id.str() + "-";
  std::vector<std::filesystem::path> earlier;
  for (const auto& entry : std::filesystem::directory_iterator(around_.layout.temporary())) {
    const std::string name = entry.path().filename().string();
    const bool own =
        name.starts_with(prefix) && name.find_first_not_of("0123456789", prefix.size()) == std::string::npos;
    if (own) earlier.push_back(entry.path());
  }
  for (const auto& folder : earlier) {
    if (storage::has_finished_work(folder) && !std::filesystem::exists(folder_)) {
      std::filesystem::rename(folder, folder_);
    } else {
      std::filesystem::remove_all(folder);
    }
  }
}

void JobRun::clean() {
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
  if (error) log::warning("job.folder_stays", {{"job", job_.id.str()}, {"error", error.message()}});
}

JobRun::End JobRun::supervise(WorkerProcess& worker) {
  heard_ = beaten_ = around_.clock.steady_now();
  std::string line;
  while (true) {
    if (stopping_) return End::stopping;
    const WorkerProcess::Read read = worker.read_line(line, kListen);
    const SteadyTime now = around_.clock.steady_now();
    if (read == WorkerProcess::Read::end) return End::exited;
    if (read == WorkerProcess::Read::too_long) fault_ = "a line over the limit";
    if (read == WorkerProcess::Read::line) {
      heard_ = now;
      if (!take_line(line)) fault_ = "a line that is no event: " + line.substr(0, 200);
    }
    if (now - heard_ > options_.silence * (adds() ? 12 : 1)) fault_ = "no sign of life";
    if (!fault_.empty()) return End::broken;
    if (unsaved_ && now - saved_ >= kSaveEvery) save_progress();
    if (now - beaten_ >= options_.beat && !beat()) return End::lost;
  }
}

bool JobRun::take_line(const std::string& line) {
  const std::optional<WorkerEvent> event = read_event(line);
  if (!event) return false;
  progress_.apply(*event);
  unsaved_ = true;
  if (event->kind == WorkerEvent::Kind::failed) failure_ = *event;
  if (event->kind == WorkerEvent::Kind::done) done_ = true;
  if (event->kind == WorkerEvent::Kind::planned) {
    state_ = storage::AssetState::transcoding;
    saved_ = {};  // the state is worth a write at once
  }
  if (event->kind == WorkerEvent::Kind::playable) saved_ = {};
  if (event->kind == WorkerEvent::Kind::warning)
    log::info("job.warning", {{"job", job_.id.str()}, {"key", event->key}});
  // The end is told after the database knows it.
  if (event->kind != WorkerEvent::Kind::failed && event->kind != WorkerEvent::Kind::done) {
    say(progress_message(to_text(event->kind), storage::to_text(state_), progress_));
  }
  return true;
}

bool JobRun::beat() {
  beaten_ = around_.clock.steady_now();
  bool ours = true;
  try {
    around_.database.write([&](storage::Connection& connection) {
      storage::JobStore jobs(connection);
      ours = jobs.renew(job_.id, job_.fence, around_.clock.now() + options_.lease);
      return storage::Verdict::commit;
    });
  } catch (const storage::DatabaseError& error) {
    log::warning("job.beat_failed", {{"job", job_.id.str()}, {"error", error.what()}});
  }
  if (!ours) log::info("job.lost", {{"job", job_.id.str()}});
  return ours;
}

void JobRun::save_progress() {
  saved_ = around_.clock.steady_now();
  unsaved_ = false;
  try {
    around_.database.write([&](storage::Connection& connection) {
      if (storage::JobStore(connection).set_progress(job_.id, job_.fence, progress_.json())) {
        Stores stores{storage::JobStore(connection), storage::AssetStore(connection), connection};
        set_state(stores, state_);
      }
      return storage::Verdict::commit;
    });
  } catch (const storage::DatabaseError& error) {
    log::warning("job.progress_not_saved", {{"job", job_.id.str()}, {"error", error.what()}});
  }
}

JobRun::Result JobRun::conclude(const ProcessExit& exit) {
  if (!exit.by_signal && exit.code == static_cast<int>(media::model::ExitCode::done) && done_) {
    // What was made is read back by a process that has not seen the source.
    if (step_ == Step::package) return verify_package();
    return adds() ? publish_addition() : publish_package();
  }
  if (stopping_) return give_back();  // a signal to the whole group (Ctrl+C) ended the worker before ours did
  if (!exit.by_signal && exit.code == static_cast<int>(media::model::ExitCode::bad_input)) {
    return failure_ ? fail(failure_->key, failure_->args, "bad input")
                    : fail("errors.jobs.unreadable", {}, "bad input, without a reason");
  }
  return retry(describe(exit) + (failure_ ? ", " + failure_->key : std::string{}));
}

JobRun::Result JobRun::publish_package() {
  const std::filesystem::path made = folder_ / "out";
  const auto package = storage::read_package_folder(made);
  if (!package)
    return retry("the package is not whole: " + package.error().file + ": " + package.error().detail);
  storage::sync_tree(made);  // refuses links: nothing is written through one
  write_playlists(made, *package);
  try {
    if (around_.complete) around_.complete(job_.asset, *package, made);
  } catch (const std::exception& error) {
    return retry(std::string("the package could not be completed: ") + error.what());
  }
  const std::string version = random_text(around_.random, 128);
  const std::filesystem::path place = around_.layout.package(job_.asset, version);
  storage::publish_folder(made, place);
  storage::ReadyAsset ready{version, media::to_json(*package), package->duration, false, false};
  for (const media::model::Rendition& rendition : package->renditions) {
    (rendition.kind == media::model::MediaKind::video ? ready.has_video : ready.has_audio) = true;
  }
  const bool ours = change([&](Stores& s) {
    if (!s.jobs.set_progress(job_.id, job_.fence, progress_.json())) return false;
    if (!s.jobs.finish(job_.id, job_.fence, around_.clock.now())) return false;
    s.assets.set_ready(job_.asset, ready, around_.clock.now());
    return true;
  });
  if (!ours) {
    std::error_code ignored;
    std::filesystem::remove_all(place, ignored);
    return Result::dropped;
  }
  say(ready_message(version, package->duration.count()));
  log::info("job.finished", {{"job", job_.id.str()}, {"asset", job_.asset.str()}});
  return Result::finished;
}

JobRun::Result JobRun::retry(const std::string& reason) {
  log::warning("job.attempt_failed", {{"job", job_.id.str()},
                                      {"attempt", std::to_string(job_.attempt)},
                                      {"error", reason},
                                      {"worker", log_tail()}});
  if (job_.attempt > options_.retries) {
    return failure_ ? fail(failure_->key, failure_->args, reason) : fail("errors.jobs.gave_up", {}, reason);
  }
  const auto step = std::min(static_cast<std::size_t>(std::max(job_.attempt, 1)), kBackOff.size()) - 1;
  const Timestamp not_before = around_.clock.now() + with_jitter(kBackOff[step], around_.random);
  const bool ours = change([&](Stores& s) {
    if (!s.jobs.retry(job_.id, job_.fence, reason, not_before)) return false;
    set_state(s, storage::AssetState::uploaded);
    return true;
  });
  if (!ours) return Result::dropped;
  again_ = true;
  say(waiting_message(job_.attempt, to_ms(not_before)));
  return Result::retried;
}

JobRun::Result JobRun::fail(const std::string& key, const MessageArgs& args, const std::string& reason) {
  const bool ours = change([&](Stores& s) {
    if (adds()) s.jobs.set_progress(job_.id, job_.fence, failed_message(key, args));
    if (!s.jobs.fail(job_.id, job_.fence, reason, around_.clock.now())) return false;
    if (!adds()) s.assets.set_failed(job_.asset, storage::AssetState::failed, key, args_json(args));
    return true;
  });
  if (!ours) return Result::dropped;
  say(failed_message(key, args));
  log::warning("job.failed",
               {{"job", job_.id.str()}, {"asset", job_.asset.str()}, {"key", key}, {"error", reason}});
  return Result::failed;
}

JobRun::Result JobRun::give_back() {
  change([this](Stores& s) {
    if (!s.jobs.put_back(job_.id, job_.fence)) return false;
    set_state(s, storage::AssetState::uploaded);
    return true;
  });
  again_ = true;
  log::info("job.given_back", {{"job", job_.id.str()}});
  return Result::dropped;
}

void JobRun::set_state(Stores& stores, storage::AssetState state) const {
  if (!adds()) stores.assets.set_state(job_.asset, state);
}

bool JobRun::change(const std::function<bool(Stores&)>& work) {
  while (true) {
    try {
      return around_.database.write([&](storage::Connection& connection) {
        Stores stores{storage::JobStore(connection), storage::AssetStore(connection), connection};
        return work(stores) ? storage::Verdict::commit : storage::Verdict::rollback;
      }) == storage::WriteOutcome::committed;
    } catch (const storage::DatabaseError& error) {
      if (!error.is_full()) throw;
      // Hours of work may hang on this row: wait for room. The lease stays as it is; nobody else runs here.
      log::warning("job.waits_for_space", {{"job", job_.id.str()}});
      for (Milliseconds waited{0}; waited < kDiskFullPause; waited += kListen) {
        if (stopping_) return false;
        std::this_thread::sleep_for(kListen);
      }
    }
  }
}

void JobRun::say(const std::string& event) const {
  // A signer is followed on the page alone: its asset plays, and is none that is being prepared.
  if (job_.kind == storage::JobKind::sign) return;
  const auto& publish = adds() ? around_.publish_description : around_.publish;
  if (publish) publish(job_.asset, event);
}

std::string JobRun::log_tail() const {
  const std::string text = storage::read_small_file(folder_ / "worker.log", 1 << 20).value_or("");
  return text.size() <= kLogTail ? text : text.substr(text.size() - kLogTail);
}

}  // namespace tongxing::jobs
