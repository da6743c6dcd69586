// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tongxing::media::pipeline {

/// What an earlier run of the same job has finished of one rendition: its first segments, or all of it.
struct Finished {
  std::vector<model::Segment> segments;
  bool whole = false;
  bool dropped = false;  ///< whole, and taken away again: of no use beside the next larger one
};

/// By the rendition's name.
using FinishedWork = std::map<std::string, Finished>;

/// Reads a rendition's journal, "duration bytes key_bytes" a line, "whole" at its end and "dropped" behind
/// that. What follows the first line that is not as we write it (a write that was cut off) counts as not
/// done. Pure.
[[nodiscard]] Finished read_journal(std::string_view text);

/// What is finished in an output folder whose job has this key. Segments that are missing or have another
/// size do not count. A folder that holds the work of another job is emptied; one without a journal is left
/// alone. Before the room is locked: the engine itself never reads what it writes.
[[nodiscard]] FinishedWork take_up(const std::filesystem::path& output, std::string_view key);

/// The same for a job that adds to a finished package: of another job only the journal goes.
[[nodiscard]] FinishedWork take_up_beside(const std::filesystem::path& package, std::string_view key);

/// Writes down what is finished, below "resume" in the output folder, so that a job that was killed goes on
/// from there. Every rendition by a thread of its own.
class Journal {
 public:
  Journal(const OutputFolder& package, std::string_view key, FinishedWork finished);

  /// What was finished before; empty where nothing was.
  [[nodiscard]] Finished finished(const std::string& rendition) const;
  /// Before the first `add` of a rendition: what it goes on from.
  void begin(const std::string& rendition, const Finished& from) const;
  void add(const std::string& rendition, const model::Segment& segment) const;
  void whole(const std::string& rendition) const;
  /// Behind `whole`: its files go, and no later run needs to make them again.
  void dropped(const std::string& rendition) const;
  /// The job is done: takes everything away that was written here.
  void remove() const;

 private:
  const OutputFolder& package_;
  OutputFolder folder_;
  FinishedWork finished_;
  mutable std::mutex mutex_;
  mutable std::set<std::string> begun_;  ///< renditions that have an account
};

/// The account of one rendition in a journal; keeps none where that is null.
class Account {
 public:
  Account(const Journal* journal, std::string rendition)
      : journal_(journal), rendition_(std::move(rendition)) {}

  [[nodiscard]] Finished finished() const;
  /// Begins it with what can be used of `finished`, and gives what is called with every segment (see
  /// SegmentWriter::listen). The journal must outlive that.
  [[nodiscard]] std::function<void(const model::Rendition&)> begin(const model::Rendition& so_far) const;
  void whole() const;

 private:
  const Journal* journal_;
  std::string rendition_;
};

}  // namespace tongxing::media::pipeline
