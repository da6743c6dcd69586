// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/storage/data_folder.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tongxing::storage {

/// What `doctor` found. Texts are keys of the area "doctor" in web/locales.
struct Finding {
  enum class Severity {
    note,     ///< good to know
    warning,  ///< works, but should be looked at
    error,    ///< something is lost, or will not work
  };
  Severity severity = Severity::note;
  std::string key;     ///< "doctor.…": what it is
  MessageArgs args{};  ///< the same placeholders for both texts
  std::string remedy;  ///< "doctor.remedy.…": what to do; empty where nothing is to be done
};

[[nodiscard]] const char* to_text(Finding::Severity severity);

struct DoctorOptions {
  std::uint64_t low_space = 2ULL << 30;         ///< bytes; below, media jobs wait
  std::uint64_t critical_space = 512ULL << 20;  ///< bytes; below, writing is about to stop
  std::size_t most_findings = 200;              ///< of one kind; the rest is counted in a last one
};

/// Looks at a data folder, changes nothing, and may be used while a server runs on it: rights, lock, room,
/// schema, integrity and foreign keys of the database, files of packages, originals and uploads against their
/// rows. An empty list: all is well. Slow on large folders (reads the whole database and the size of every
/// media file).
[[nodiscard]] std::vector<Finding> examine(const DataLayout& layout, const DoctorOptions& options = {});

}  // namespace tongxing::storage
