// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/resume.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

namespace tongxing::media::pipeline {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = "resume";
constexpr const char* kKey = "key";
constexpr std::string_view kDropped = "dropped\n";
constexpr std::size_t kMostSegments = 100'000;
constexpr std::size_t kMostRenditions = 64;
constexpr std::uintmax_t kLargestJournal = 8U << 20U;

std::optional<model::Segment> read_line(std::string_view line) {
  std::array<std::int64_t, 3> numbers{};
  const char* at = line.data();
  const char* const end = at + line.size();
  for (std::int64_t& number : numbers) {
    if (&number != numbers.data()) {
      if (at == end || *at++ != ' ') return std::nullopt;
    }
    const auto [behind, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    at = behind;
  }
  if (at != end || numbers[0] == 0 || numbers[1] == 0) return std::nullopt;
  return model::Segment{numbers[0], numbers[1], numbers[2]};
}

std::string line_of(const model::Segment& segment) {
  return std::to_string(segment.duration_us) + ' ' + std::to_string(segment.bytes) + ' ' +
         std::to_string(segment.key_bytes) + '\n';
}

std::string read_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return {};
  if (fs::file_size(path, error) > kLargestJournal || error) return {};
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Leaves only segments that are there as they were written.
void check_files(const fs::path& folder, Finished& finished) {
  std::size_t there = 0;
  for (const model::Segment& segment : finished.segments) {
    const fs::path file = folder / ("s" + std::to_string(there) + ".m4s");
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(file, error))) break;
    const auto size = fs::file_size(file, error);
    if (error || size != static_cast<std::uintmax_t>(segment.bytes)) break;
    ++there;
  }
  if (there == finished.segments.size()) return;
  finished.segments.resize(there);
  finished.whole = false;
}

void empty_folder(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  for (const fs::path& entry : entries) fs::remove_all(entry);
}

}  // namespace

Finished read_journal(std::string_view text) {
  Finished finished;
  while (finished.segments.size() < kMostSegments) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) break;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line == "whole") {
      finished.whole = !finished.segments.empty();
      finished.dropped = finished.whole && text.starts_with(kDropped);
      break;
    }
    const auto segment = read_line(line);
    if (!segment) break;
    finished.segments.push_back(*segment);
  }
  return finished;
}

FinishedWork take_up(const fs::path& output, std::string_view key) {
  FinishedWork work;
  const fs::path folder = output / kFolder;
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(folder, error))) return work;
  if (read_file(folder / kKey) != key) {
    empty_folder(output);
    return work;
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".log" || work.size() >= kMostRenditions) continue;
    const std::string name = entry.path().stem().string();
    Finished finished = read_journal(read_file(entry.path()));
    if (!finished.dropped) check_files(output / name, finished);
    if (!finished.segments.empty()) work.emplace(name, std::move(finished));
  }
  return work;
}

FinishedWork take_up_beside(const fs::path& package, std::string_view key) {
  const fs::path folder = package / kFolder;
  std::error_code error;
  if (fs::is_directory(fs::symlink_status(folder, error)) && read_file(folder / kKey) != key) {
    fs::remove_all(folder);
  }
  return take_up(package, key);
}

Journal::Journal(const OutputFolder& package, std::string_view key, FinishedWork finished)
    : package_(package), folder_(package.folder(kFolder)), finished_(std::move(finished)) {
  folder_.write(kKey, key);
  folder_.sync();
}

Finished Journal::finished(const std::string& rendition) const {
  const auto found = finished_.find(rendition);
  return found == finished_.end() ? Finished{} : found->second;
}

void Journal::begin(const std::string& rendition, const Finished& from) const {
  {
    const std::lock_guard lock(mutex_);
    begun_.insert(rendition);
  }
  std::string text;
  for (const model::Segment& segment : from.segments) text += line_of(segment);
  if (from.whole) text += "whole\n";
  if (from.dropped) text += kDropped;
  folder_.write(rendition + ".log", text);
}

void Journal::add(const std::string& rendition, const model::Segment& segment) const {
  folder_.append(rendition + ".log", line_of(segment));
}

void Journal::whole(const std::string& rendition) const {
  folder_.append(rendition + ".log", "whole\n");
}

void Journal::dropped(const std::string& rendition) const {
  if (!finished(rendition).dropped) folder_.append(rendition + ".log", kDropped);
}

void Journal::remove() const {
  const std::lock_guard lock(mutex_);
  for (const std::string& rendition : begun_) folder_.remove(rendition + ".log");
  folder_.remove(kKey);
  package_.remove_folder(kFolder);
}

Finished Account::finished() const {
  return journal_ == nullptr ? Finished{} : journal_->finished(rendition_);
}

std::function<void(const model::Rendition&)> Account::begin(const model::Rendition& so_far) const {
  if (journal_ == nullptr) return [](const model::Rendition&) {};
  Finished from = finished();
  from.segments = so_far.segments;
  journal_->begin(rendition_, from);
  return [journal = journal_](const model::Rendition& rendition) {
    journal->add(rendition.name, rendition.segments.back());
  };
}

void Account::whole() const {
  if (journal_ != nullptr && !finished().whole) journal_->whole(rendition_);
}

}  // namespace tongxing::media::pipeline
