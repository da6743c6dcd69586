// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/commands.hpp"

#include "media/package_json/event_json.hpp"
#include "media/package_json/package_json.hpp"
#include "media/pipeline/libav_setup.hpp"
#include "media/pipeline/packager.hpp"
#include "media/pipeline/verifier.hpp"
#include "media/worker/extras.hpp"
#include "media/worker/playlists.hpp"
#include "media/worker/resume_key.hpp"
#include "media/worker/sandbox.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::media::worker {

namespace {

using model::ExitCode;

constexpr std::size_t kLargestPackageJson = 8U << 20U;

void say(const model::JobEvent& event) {
  const std::string line = event_text(event) + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

int fail(const model::Failure& failure) {
  if (!failure.detail.empty()) std::fprintf(stderr, "%s\n", failure.detail.c_str());
  say(model::Failed{failure.key, failure.args});
  return static_cast<int>(failure.exit);
}

int cannot_open(const char* what) {
  return fail(
      {ExitCode::resources, "errors.media.resources", {}, std::string(what) + ": " + std::strerror(errno)});
}

/// A regular file, open for reading; −1 and errno otherwise.
int open_input(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat info{};
  if (fd >= 0 && (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))) {
    ::close(fd);
    errno = EINVAL;
    return -1;
  }
  return fd;
}

/// Locks this process in; false (and said so) where a wall that must stand does not.
bool lock(int output_fd, Room room) {
  const Walls walls = lock_in(output_fd, room);
  if (walls.sufficient()) return true;
  fail({ExitCode::resources, "errors.media.no_sandbox", {}, "walls: " + walls.describe()});
  return false;
}

}  // namespace

namespace {

/// Every file that the job reads; false (and said so) where one cannot be opened.
bool open_inputs(const model::JobSpec& job, int& input, ExtraFiles& extras) {
  const auto open = [](const std::string& path, int& into) {
    into = open_input(path);
    if (into < 0) cannot_open("open a source");
    return into >= 0;
  };
  if (!open(job.input, input)) return false;
  for (const model::ExtraAudio& audio : job.extra_audio) {
    int fd = -1;
    if (!open(audio.input, fd)) return false;
    extras.audio.push_back(fd);
  }
  return job.sign.empty() || open(job.sign, extras.sign);
}

std::vector<int> sources_of(int input, const ExtraFiles& extras) {
  std::vector<int> all{input};
  all.insert(all.end(), extras.audio.begin(), extras.audio.end());
  if (extras.sign >= 0) all.push_back(extras.sign);
  return all;
}

auto job_in(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return read_job(text);
}

/// Leaves out of the source what the job does not want.
model::Outcome<pipeline::SourceInfo> wanted_of(pipeline::SourceInfo source, const model::JobSpec& job) {
  if (job.extent != model::Extent::audio_only) return source;
  if (!source.audio) return model::bad_input("errors.media.no_sound");
  source.video.reset();
  return source;
}

/// What a run that was killed has left in the output folder.
struct Earlier {
  std::string key;
  pipeline::FinishedWork finished;
};

model::Outcome<model::Package> make_package(const model::JobSpec& job, int input, const ExtraFiles& extras,
                                            const pipeline::OutputFolder& output, Earlier earlier,
                                            std::optional<pipeline::Journal>& journal) {
  auto probed = pipeline::probe_source(input);
  if (!probed) return std::unexpected(std::move(probed.error()));
  say(probed->report);
  auto source = wanted_of(std::move(*probed), job);
  if (!source) return std::unexpected(std::move(source.error()));
  // What is added to the lesson is about as long as it is.
  const auto parts = 1 + static_cast<int>(job.extra_audio.size()) + (job.sign.empty() ? 0 : 2);
  limit_cpu(std::chrono::microseconds(source->declared_us * parts));
  // Not before: a file that is refused leaves nothing behind.
  journal.emplace(output, earlier.key, std::move(earlier.finished));
  auto package = pipeline::package_source(input, *source, output, job, say, &*journal);
  if (!package) return package;
  // What takes long beside the lesson does not keep it from being played.
  if (parts > 1) write_playlists(output, *package);
  const pipeline::SideSource lesson{input, std::move(*source)};
  if (auto added = add_extras(job, extras, lesson, output, *package, say, &*journal); !added) {
    return std::unexpected(std::move(added.error()));
  }
  return package;
}

/// Adds to a package what its job asks for beside the lesson.
model::Outcome<void> extend_package(const model::JobSpec& job, int input, const ExtraFiles& extras,
                                    const pipeline::OutputFolder& output, Earlier earlier,
                                    model::Package& package) {
  auto probed = pipeline::probe_source(input);
  if (!probed) return std::unexpected(std::move(probed.error()));
  const auto parts = static_cast<int>(job.extra_audio.size()) + (job.sign.empty() ? 0 : 2);
  limit_cpu(std::chrono::microseconds(probed->declared_us * std::max(1, parts)));
  const pipeline::SideSource lesson{input, std::move(*probed)};
  const pipeline::Journal journal(output, earlier.key, std::move(earlier.finished));
  auto added = add_extras(job, extras, lesson, output, package, say, &journal);
  if (added) journal.remove();
  return added;
}

}  // namespace

int package_command(const std::string& job_file) {
  const auto job = job_in(job_file);
  if (!job) return fail({ExitCode::resources, "errors.media.resources", {}, "no job in " + job_file});
  int input = -1;
  ExtraFiles extras;
  if (!open_inputs(*job, input, extras)) return static_cast<int>(ExitCode::resources);
  const int output_fd = ::open(job->output.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (output_fd < 0) return cannot_open("open the output folder");
  const pipeline::OutputFolder output(output_fd);

  // One run a folder: what is still being killed must not write beside the next one.
  if (::flock(output_fd, LOCK_EX | LOCK_NB) != 0) return cannot_open("have the output folder alone");
  const std::string key = resume_key(*job, sources_of(input, extras));
  Earlier earlier{key, pipeline::take_up(job->output, key)};
  std::optional<pipeline::Journal> journal;

  pipeline::set_up_libav();
  if (!lock(output_fd, Room::package)) return static_cast<int>(ExitCode::resources);
  const auto package = make_package(*job, input, extras, output, std::move(earlier), journal);
  if (!package) return fail(package.error());
  write_playlists(output, *package);
  output.write("package.json", to_json(*package));
  if (journal) journal->remove();
  output.sync();
  say(model::Done{});
  return static_cast<int>(ExitCode::done);
}

int extend_command(const std::string& job_file) {
  const auto job = job_in(job_file);
  if (!job) return fail({ExitCode::resources, "errors.media.resources", {}, "no job in " + job_file});
  int input = -1;
  ExtraFiles extras;
  if (!open_inputs(*job, input, extras)) return static_cast<int>(ExitCode::resources);
  const int output_fd = ::open(job->output.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (output_fd < 0) return cannot_open("open the package");
  const pipeline::OutputFolder output(output_fd);
  if (::flock(output_fd, LOCK_EX | LOCK_NB) != 0) return cannot_open("have the package alone");
  const std::string key = resume_key(*job, sources_of(input, extras));
  Earlier earlier{key, pipeline::take_up_beside(job->output, key)};
  const pipeline::InputFolder before(::fcntl(output_fd, F_DUPFD_CLOEXEC, 0));
  auto package = read_package(before.read("package.json", kLargestPackageJson).value_or(""));
  if (!package) return fail({ExitCode::resources, "errors.media.resources", {}, "no package to extend"});

  pipeline::set_up_libav();
  if (!lock(output_fd, Room::package)) return static_cast<int>(ExitCode::resources);
  if (const auto added = extend_package(*job, input, extras, output, std::move(earlier), *package); !added) {
    return fail(added.error());
  }
  write_playlists(output, *package);
  output.write("package.json", to_json(*package));
  output.sync();
  say(model::Done{});
  return static_cast<int>(ExitCode::done);
}

int verify_command(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return cannot_open("open the package");
  const pipeline::InputFolder package_folder(fd);
  pipeline::set_up_libav();
  if (!lock(fd, Room::verify)) return static_cast<int>(ExitCode::resources);
  const auto text = package_folder.read("package.json", kLargestPackageJson);
  const auto package = read_package(text.value_or(""));
  const model::Failure unreadable{
      ExitCode::resources, "errors.media.unverified", {{"rendition", "package.json"}}, "not readable"};
  if (!package) return fail(unreadable);
  if (const auto whole = pipeline::verify_package(package_folder, *package, say); !whole) {
    return fail(whole.error());
  }
  say(model::Done{});
  return static_cast<int>(ExitCode::done);
}

int probe_command(const std::string& file) {
  const int input = open_input(file);
  if (input < 0) return cannot_open("open the source");
  pipeline::set_up_libav();
  if (!lock(-1, Room::probe)) return static_cast<int>(ExitCode::resources);
  const auto source = pipeline::probe_source(input);
  if (!source) return fail(source.error());
  say(source->report);
  return static_cast<int>(ExitCode::done);
}

}  // namespace tongxing::media::worker
