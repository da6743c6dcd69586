// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/describe_render.hpp"

#include "media/description/extended_rendition.hpp"
#include "media/description/guarded_speech.hpp"
#include "media/description/render.hpp"
#include "media/model/job.hpp"
#include "media/package_json/event_json.hpp"
#include "media/package_json/package_json.hpp"
#include "media/pipeline/faults.hpp"
#include "media/pipeline/libav_setup.hpp"
#include "media/speech/engines.hpp"
#include "media/worker/describe_support.hpp"
#include "media/worker/playlists.hpp"
#include "media/worker/sandbox.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tongxing::media::worker {

namespace {

namespace fs = std::filesystem;
using model::ExitCode;

constexpr int kHighDescriptor = 256;  // recordings stay open up there: below, the locked child needs numbers
constexpr std::size_t kMostRecordings = 700;

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// The recording of one description in a folder, by its name; empty where there is none.
fs::path recording_of(const fs::path& folder, const std::string& id) {
  if (id.find('/') != std::string::npos || id.starts_with('.')) return {};
  for (const char* ending : {".wav", ".m4a", ".mp3", ".flac", ".ogg", ".opus", ".aac", ".mp4"}) {
    const fs::path path = folder / (id + ending);
    std::error_code error;
    if (fs::is_regular_file(path, error)) return path;
  }
  return {};
}

std::expected<void, std::string> open_recordings(const DescribeOptions& options,
                                                 description::DescriptionJob& job) {
  if (options.recorded.empty()) return {};
  std::error_code error;
  if (!fs::is_directory(options.recorded, error)) {
    job.recorded_track = open_for_reading(options.recorded);
    if (job.recorded_track < 0) return std::unexpected(options.recorded + " cannot be opened.");
    return {};
  }
  std::size_t count = 0;
  for (const auto& one : job.descriptions) {
    const fs::path path = recording_of(options.recorded, one.id);
    const int fd = path.empty() ? -1 : open_for_reading(path.string());
    job.recordings.push_back(fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, kHighDescriptor));
    if (fd >= 0) ::close(fd);
    if (fd >= 0 && ++count > kMostRecordings) return std::unexpected("More than 700 recordings.");
  }
  return {};
}

/// Speaks what nobody has recorded.
model::Outcome<void> speak(description::DescriptionJob& job, description::RenderProgress& progress) {
  if (job.recorded_track >= 0) return {};
  std::vector<accessibility::Description> wanted;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < job.descriptions.size(); ++i) {
    if (i < job.recordings.size() && job.recordings[i] >= 0) continue;
    wanted.push_back(job.descriptions[i]);
    places.push_back(i);
  }
  job.voices.resize(job.descriptions.size());
  if (wanted.empty()) return {};
  // A better voice than the built-in one, where this installation has one.
  const char* command = std::getenv("TONGXING_SPEECH_COMMAND");
  const auto engine = speech::make_engine(command == nullptr ? "" : command);
  description::GuardedSpeech guarded(*engine);
  auto voices = description::speak_all(guarded, wanted, job.language, job.units_a_minute, &progress);
  if (!voices) return std::unexpected(std::move(voices.error()));
  for (std::size_t i = 0; i < places.size(); ++i) job.voices[places[i]] = std::move((*voices)[i]);
  return {};
}

void put(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(fd, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

/// In the locked child: everything that touches the media. What it made goes through the pipe.
int work_locked(const DescribeOptions& options, const description::DescriptionJob& job, int media,
                int output_fd, int pipe_fd) {
  const pipeline::OutputFolder output(output_fd);
  pipeline::set_up_libav();
  if (!lock_in(output_fd, Room::package).sufficient())
    return lacking(options, "This machine cannot lock the work in.");
  try {
    const auto source = pipeline::probe_source(media);
    if (!source) return refuse(options, source.error());
    const auto made = description::render_description(media, *source, output, job);
    if (!made) return refuse(options, made.error());
    model::Package package;
    package.duration = std::chrono::milliseconds(made->described_samples / 48);
    package.segment_duration =
        std::chrono::milliseconds(made->rendition.segments.front().duration_us / 1'000);
    if (made->silence) package.renditions.push_back(*made->silence);
    package.renditions.push_back(made->rendition);
    put(pipe_fd, to_json(package));
    return static_cast<int>(ExitCode::done);
  } catch (const std::exception& error) {
    if (pipeline::lack_of_resources(error)) return lacking(options, error.what());
    std::fprintf(stderr, "%s\n", error.what());
    return 70;  // EX_SOFTWARE
  }
}

/// Runs the locked child; its exit code, and what came through the pipe.
std::pair<int, std::string> run_locked(const DescribeOptions& options, const description::DescriptionJob& job,
                                       int media, int output_fd) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {static_cast<int>(ExitCode::resources), {}};
  std::fflush(stdout);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    const int code = work_locked(options, job, media, output_fd, ends[1]);
    std::fflush(stdout);
    ::_exit(code);
  }
  ::close(ends[1]);
  std::string text;
  std::array<char, 65'536> block{};
  for (ssize_t got = 0; child > 0 && (got = ::read(ends[0], block.data(), block.size())) != 0;) {
    if (got < 0 && errno != EINTR) break;
    if (got > 0) text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > accessibility::kMaxFileBytes) break;
  }
  ::close(ends[0]);
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (child < 0) return {static_cast<int>(ExitCode::resources), {}};
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 70, std::move(text)};
}

/// Adds the described rendition (the last one made), and the one that stands still, to the package in the
/// folder.
std::expected<void, std::string> join_package(const fs::path& folder, model::Package package,
                                              const std::vector<model::Rendition>& made) {
  const auto pauses = description::read_pauses(text_of(folder / "ad" / "timemap.json"));
  if (!pauses) return std::unexpected("ad/timemap.json is not understood");
  for (std::size_t i = 0; i + 1 < made.size(); ++i) {  // the silence of a film without sound
    std::erase_if(package.renditions, [&](const auto& one) { return one.name == made[i].name; });
    package.renditions.push_back(made[i]);
  }
  if (auto done = description::write_extended(folder, package, made.back(), *pauses); !done) return done;
  const pipeline::OutputFolder output(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  write_playlists(output, package);
  output.write("package.json", to_json(package));
  output.sync();
  return {};
}

void say_done(const DescribeOptions& options, const fs::path& folder, const model::Rendition& described) {
  if (options.output == Output::events) {
    std::printf("%s\n", event_text(model::OutputReady{described.name}).c_str());
    std::printf("%s\n", event_text(model::Done{}).c_str());
    return;
  }
  const std::string measures = text_of(folder / "ad" / "measures.json");
  const std::string plan = text_of(folder / "ad" / "plan.json");
  if (options.output == Output::json) {
    std::printf("{\"measures\": %s, \"plan\": %s}\n", measures.c_str(), plan.c_str());
    return;
  }
  std::printf("%s: %zu segments. Descriptions are listed in %s.\n%s", described.name.c_str(),
              described.segments.size(), (folder / "ad" / "plan.json").c_str(), measures.c_str());
}

/// Events by time; nothing where nobody reads them.
description::RenderProgress progress_of(const DescribeOptions& options, const std::string& language) {
  if (options.output != Output::events) return description::RenderProgress({});
  return description::RenderProgress(
      [name = description::described_name(language)](int permille, std::int64_t eta_ms) {
        std::printf("%s\n", event_text(model::Progress{name, permille, eta_ms}).c_str());
        std::fflush(stdout);
      });
}

}  // namespace

int render_command(const DescribeOptions& options) {
  auto texts = read_texts(options);
  if (!texts) return refuse(options, texts.error());
  description::DescriptionJob job;
  job.descriptions = std::move(texts->script.descriptions);
  job.captions = std::move(texts->captions);
  job.language = options.language;
  job.units_a_minute = options.units_a_minute;
  job.duck_db = options.duck_db;
  job.threads = options.threads;

  auto progress = progress_of(options, job.language);
  job.progress = &progress;

  const int media = open_for_reading(options.media);
  if (media < 0) return refuse(options, options.media + " cannot be opened.");
  const fs::path folder = options.out;
  std::error_code error;
  fs::create_directories(folder, error);
  const int output_fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (output_fd < 0) return lacking(options, options.out + " cannot be opened.");
  const auto package = read_package(text_of(folder / "package.json"));
  if (package) job.package = description::shape_of(*package);
  if (options.output == Output::events) {
    std::printf("%s\n", event_text(model::Planned{{description::described_name(job.language)}}).c_str());
    std::fflush(stdout);
  }
  if (const auto opened = open_recordings(options, job); !opened) return refuse(options, opened.error());
  if (const auto spoken = speak(job, progress); !spoken) return refuse(options, spoken.error());

  const auto [code, text] = run_locked(options, job, media, output_fd);
  if (code != static_cast<int>(ExitCode::done)) return code;
  progress.at(description::RenderPart::finishing, 99, 100);
  const auto made = read_package(text);
  if (!made || made->renditions.size() > 2) return lacking(options, "The work was cut off.");
  model::Package base = package ? *package : *made;  // without a package the described sound is all there is
  if (const auto joined = join_package(folder, std::move(base), made->renditions); !joined) {
    return lacking(options, joined.error());
  }
  say_done(options, folder, made->renditions.back());
  return static_cast<int>(ExitCode::done);
}

}  // namespace tongxing::media::worker
