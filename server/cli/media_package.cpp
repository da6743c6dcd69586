// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/media_package.hpp"

#include "media/manifest/package_files.hpp"
#include "media/package_json/package_json.hpp"
#include "server/cli/media_arguments.hpp"
#include "server/cli/media_texts.hpp"
#include "server/cli/media_voice.hpp"
#include "server/cli/media_worker.hpp"
#include "server/cli/work_folder.hpp"
#include "server/storage/files.hpp"
#include "server/storage/package_files.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::cli {

namespace {

namespace fs = std::filesystem;
namespace model = media::model;

constexpr int kDone = 0;
constexpr int kBadInput = 2;
constexpr int kResources = 3;
constexpr int kBug = 70;
constexpr std::size_t kLargestLog = 1U << 20U;

std::unexpected<Refusal> refuse(std::string key, MessageArgs args = {}) {
  return std::unexpected(Refusal{"media_tool." + std::move(key), std::move(args)});
}

std::expected<void, Refusal> need_file(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return {};
  return refuse("cannot_read", {{"file", path.string()}});
}

std::expected<void, Refusal> need_free_place(const fs::path& out) {
  std::error_code error;
  if (!fs::exists(out, error)) return {};
  if (fs::is_directory(out, error) && fs::is_empty(out, error)) return {};
  return refuse("out_taken", {{"file", out.string()}});
}

/// A description is a script, which the worker speaks, or a recorded sound, which is a rendition as it is.
bool is_script(const fs::path& description) {
  return description.extension() == ".vtt" || description.extension() == ".srt";
}

std::expected<void, Refusal> take_description(PackageRequest& request) {
  if (request.description.empty()) return {};
  if (auto file = need_file(request.description); !file) return file;
  if (is_script(request.description)) {
    const auto text = read_caption_text({request.description, request.job.audio_language});
    if (!text) return std::unexpected(text.error());
    return {};
  }
  request.job.extra_audio.push_back(
      {request.description.string(), request.job.audio_language, model::AudioRole::description});
  return {};
}

/// Everything beside the source, read before the work begins.
struct Texts {
  std::vector<PackageCaptions> captions;
  std::vector<model::Chapter> chapters;
};

std::expected<Texts, Refusal> prepare(PackageRequest& request) {
  Texts texts;
  if (auto place = need_free_place(request.out); !place) return std::unexpected(std::move(place.error()));
  if (auto description = take_description(request); !description) {
    return std::unexpected(std::move(description.error()));
  }
  std::vector<fs::path> files{request.job.input};
  if (!request.job.sign.empty()) files.emplace_back(request.job.sign);
  for (const model::ExtraAudio& audio : request.job.extra_audio) files.emplace_back(audio.input);
  for (const fs::path& file : files) {
    if (auto there = need_file(file); !there) return std::unexpected(std::move(there.error()));
  }
  for (const CaptionRequest& captions : request.captions) {
    auto text = read_caption_text(captions);
    if (!text) return std::unexpected(std::move(text.error()));
    texts.captions.push_back(std::move(*text));
  }
  if (!request.chapters.empty()) {
    const std::string language = request.captions.empty() ? "zh-Hans" : request.captions.front().language;
    auto chapters = read_chapters(request.chapters, language);
    if (!chapters) return std::unexpected(std::move(chapters.error()));
    texts.chapters = std::move(*chapters);
  }
  if (!request.ladder.empty()) {
    auto ladder = read_ladder_file(request.ladder);
    if (!ladder) return std::unexpected(std::move(ladder.error()));
    request.job.ladder = std::move(*ladder);
  }
  return texts;
}

/// Chapters end with the lesson; those behind it are left out.
void take_chapters(model::Package& package, std::vector<model::Chapter> chapters) {
  for (model::Chapter& chapter : chapters) {
    chapter.end = std::min(chapter.end, package.duration);
    if (chapter.start < chapter.end) package.chapters.push_back(std::move(chapter));
  }
}

/// Adds what is text to what the worker made.
std::expected<model::Package, Refusal> complete(const fs::path& folder, Texts texts, MediaVoice& voice) {
  auto package = storage::read_package_folder(folder);
  if (!package) return refuse("bug");
  if (!texts.chapters.empty()) {
    take_chapters(*package, std::move(texts.chapters));
    for (const auto& file : media::manifest::fixed_manifests(*package, {})) {
      if (file.path.starts_with("chapters")) storage::replace_file(folder / file.path, file.text);
    }
    storage::replace_file(folder / "package.json", media::to_json(*package));
  }
  for (PackageCaptions& captions : texts.captions) {
    if (const auto behind = cut_to(captions, package->duration)) voice.warn(*behind);
  }
  write_texts(folder, *package, texts.captions);
  return std::move(*package);
}

std::string clock_text(model::Milliseconds time) {
  const auto seconds = (time.count() + 500) / 1000;
  const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  const auto minutes = two(seconds / 60 % 60) + ":" + two(seconds % 60);
  return seconds < 3600 ? minutes : std::to_string(seconds / 3600) + ":" + minutes;
}

/// Tells how a worker ended that did not end well, and gives the exit code.
int unwell(const WorkerEnd& end, const fs::path& log, MediaVoice& voice) {
  if (end.how == WorkerEnd::How::interrupted) {
    voice.fail({"media_tool.interrupted"});
    return 128 + end.signal;
  }
  // About a file that is refused, everything is in the sentence; the libraries' words would hide it.
  const bool refused = end.how == WorkerEnd::How::refused && end.failure;
  if (const auto text = storage::read_small_file(log, kLargestLog); text && !refused) {
    std::fprintf(stderr, "%s", text->c_str());
  }
  const bool bug = end.how == WorkerEnd::How::bug;
  voice.fail(end.failure ? Refusal{end.failure->key, end.failure->args} : Refusal{"media_tool.bug"});
  return bug ? kBug : end.how == WorkerEnd::How::refused ? kBadInput : kResources;
}

/// Speaks the script into the package; the captions tell where somebody else speaks.
WorkerEnd describe(const PackageRequest& request, const WorkFolder& work, const HeldSignals& signals) {
  std::vector<std::string> arguments{"describe",
                                     "render",
                                     fs::absolute(request.description).string(),
                                     "--media",
                                     fs::absolute(request.job.input).string(),
                                     "--out",
                                     work.package().string(),
                                     "--language",
                                     request.job.audio_language,
                                     "--threads",
                                     std::to_string(std::clamp(request.job.threads, 1, 16)),
                                     "--json"};
  for (const CaptionRequest& captions : request.captions) {
    if (captions.language != request.captions.front().language)
      continue;  // one text of what is said is enough
    arguments.insert(arguments.end(), {"--captions", fs::absolute(captions.file).string()});
  }
  return run_worker(arguments, work.file("describe.log"), signals, [](const auto&, const auto&) {});
}

int make(const PackageRequest& request, Texts texts, MediaVoice& voice) {
  const HeldSignals signals;
  WorkFolder work(request.out);
  model::JobSpec job = request.job;
  job.input = fs::absolute(job.input).string();
  job.output = work.package().string();
  storage::replace_file(work.file("job.json"), media::to_json(job));
  const auto hear = [&](const std::string& line, const jobs::WorkerEvent& event) { voice.hear(line, event); };
  voice.step("working");
  const auto made = run_worker({"package", "--job", work.file("job.json").string()}, work.file("worker.log"),
                               signals, hear);
  if (made.how != WorkerEnd::How::done) return unwell(made, work.file("worker.log"), voice);
  if (is_script(request.description)) {
    voice.step("describing");
    const auto described = describe(request, work, signals);
    if (described.how != WorkerEnd::How::done) return unwell(described, work.file("describe.log"), voice);
  }
  auto package = complete(work.package(), std::move(texts), voice);
  if (!package) {
    voice.fail(package.error());
    return kBug;
  }
  voice.step("checking");
  const auto checked = run_worker({"verify", work.package().string()}, work.file("verify.log"), signals,
                                  [](const auto&, const auto&) {});
  if (checked.how != WorkerEnd::How::done) return unwell(checked, work.file("verify.log"), voice);
  work.publish();
  const auto count = package->renditions.size() + package->sign.size() + (package->signed_picture ? 1 : 0);
  voice.done({"media_tool.made",
              {{"folder", request.out.string()},
               {"duration", clock_text(package->duration)},
               {"count", std::to_string(count)}}});
  return kDone;
}

}  // namespace

int media_package(const std::vector<std::string>& arguments, render::Locale locale) {
  auto request = read_package_arguments(arguments);
  if (!request) {
    const bool json = std::ranges::find(arguments, "--json") != arguments.end();
    MediaVoice voice(locale, json ? Speech::json : Speech::human);
    voice.fail(request.error());
    std::fprintf(stderr, "\n%s\n", voice.text({"media_tool.usage"}).c_str());
    return kBadInput;
  }
  MediaVoice voice(locale, request->speech);
  auto texts = prepare(*request);
  if (!texts) {
    voice.fail(texts.error());
    return kBadInput;
  }
  try {
    return make(*request, std::move(*texts), voice);
  } catch (const std::system_error& error) {  // the disk, or no worker beside this program
    std::fprintf(stderr, "%s\n", error.what());
    voice.fail({"media_tool.resources"});
    return kResources;
  }
}

int media_probe(const std::vector<std::string>& arguments, render::Locale locale) {
  MediaVoice voice(locale, Speech::human);
  const auto request = read_probe_arguments(arguments);
  if (!request) {
    voice.fail(request.error());
    std::fprintf(stderr, "\n%s\n", voice.text({"media_tool.usage"}).c_str());
    return kBadInput;
  }
  if (const auto there = need_file(request->file); !there) {
    voice.fail(there.error());
    return kBadInput;
  }
  const HeldSignals signals;
  std::string found;
  const auto end = run_worker({"probe", fs::absolute(request->file).string()}, "/dev/null", signals,
                              [&](const std::string& line, const jobs::WorkerEvent&) { found = line; });
  if (end.how != WorkerEnd::How::done) return unwell(end, "/dev/null", voice);
  auto object = nlohmann::json::parse(found, nullptr, false);
  object.erase("event");
  std::printf("%s\n", object.dump(2).c_str());
  return kDone;
}

}  // namespace tongxing::cli
