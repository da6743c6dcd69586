// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/commands.hpp"

#include "media/package_json/event_json.hpp"
#include "media/package_json/package_json.hpp"
#include "media/pipeline/libav_setup.hpp"
#include "media/pipeline/packager.hpp"
#include "media/worker/playlists.hpp"
#include "media/worker/sandbox.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::media::worker {

namespace {

using model::ExitCode;

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

int package_command(const std::string& job_file) {
  std::ifstream stream(job_file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto job = read_job(text);
  if (!job) return fail({ExitCode::resources, "errors.media.resources", {}, "no job in " + job_file});
  const int input = open_input(job->input);
  if (input < 0) return cannot_open("open the source");
  const int output_fd = ::open(job->output.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (output_fd < 0) return cannot_open("open the output folder");
  const pipeline::OutputFolder output(output_fd);

  pipeline::set_up_libav();
  if (!lock(output_fd, Room::package)) return static_cast<int>(ExitCode::resources);
  const auto source = pipeline::probe_source(input);
  if (!source) return fail(source.error());
  limit_cpu(std::chrono::microseconds(source->declared_us));
  say(source->report);
  const auto package = pipeline::package_source(input, *source, output, *job, say);
  if (!package) return fail(package.error());
  write_playlists(output, *package);
  output.write("package.json", to_json(*package));
  output.sync();
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
