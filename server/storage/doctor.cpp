// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/doctor.hpp"

#include "server/storage/connection.hpp"
#include "server/storage/doctor_media.hpp"
#include "server/storage/migrations.hpp"

#include <map>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::storage {

namespace {

namespace fs = std::filesystem;
using Severity = Finding::Severity;

std::string mebibytes(std::uint64_t bytes) {
  return std::to_string(bytes >> 20U);
}

void examine_rights(const DataLayout& layout, const Report& report) {
  for (const fs::path& path :
       {layout.root(), layout.database(), layout.uploads(), layout.originals(), layout.media()}) {
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    if (::access(path.c_str(), R_OK | W_OK) != 0) {
      report({Severity::error, "doctor.not_writable", {{"path", path.string()}}, "doctor.remedy.rights"});
    }
  }
  struct stat status{};
  if (::stat(layout.root().c_str(), &status) == 0 && (status.st_mode & S_IRWXO) != 0) {
    report({Severity::warning,
            "doctor.open_to_others",
            {{"path", layout.root().string()}},
            "doctor.remedy.close"});
  }
}

void examine_lock(const DataLayout& layout, const Report& report) {
  const int fd = ::open(layout.lock().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return;
  const bool held = ::flock(fd, LOCK_SH | LOCK_NB) != 0;
  ::close(fd);
  if (held) report({Severity::note, "doctor.in_use", {}, ""});
}

void examine_space(const DataLayout& layout, const DoctorOptions& options, const Report& report) {
  const DiskSpace space = disk_space(layout.root());
  const MessageArgs args{{"free", mebibytes(space.free)}, {"total", mebibytes(space.total)}};
  if (space.free < options.critical_space) {
    report({Severity::error, "doctor.space_critical", args, "doctor.remedy.space"});
  } else if (space.free < options.low_space) {
    report({Severity::warning, "doctor.space_low", args, "doctor.remedy.space"});
  }
}

/// False: the tables are not what this program knows, so their rows are not looked at.
bool examine_schema(Connection& connection, const Report& report) {
  const auto known = built_in_migrations();
  try {
    const std::size_t applied = check_migrations(connection, known);
    if (applied == known.size()) return true;
    report({Severity::note,
            "doctor.schema_older",
            {{"applied", std::to_string(applied)}, {"known", std::to_string(known.size())}},
            "doctor.remedy.schema_older"});
  } catch (const MigrationError& error) {
    report({Severity::error, "doctor.schema", {{"detail", error.what()}}, "doctor.remedy.schema"});
  }
  return false;
}

void examine_integrity(Connection& connection, const Report& report) {
  Rows damage = connection.query("PRAGMA integrity_check(20)");
  while (damage.next()) {
    const std::string line = damage.get<std::string>(0);
    if (line != "ok")
      report({Severity::error, "doctor.integrity", {{"detail", line}}, "doctor.remedy.restore"});
  }
  Rows orphans = connection.query("PRAGMA foreign_key_check");
  while (orphans.next()) {
    const MessageArgs args{{"table", orphans.get<std::string>(0)},
                           {"row", std::to_string(orphans.get<std::int64_t>(1))},
                           {"parent", orphans.get<std::string>(2)}};
    report({Severity::error, "doctor.foreign_key", args, "doctor.remedy.restore"});
  }
}

void examine_database(const DataLayout& layout, const Report& report) {
  try {
    Connection connection(layout.database(), Connection::Access::read_only);
    const bool known = examine_schema(connection, report);
    examine_integrity(connection, report);
    if (!known) return;
    examine_media(connection, layout, report);
    examine_uploads(connection, layout, report);
  } catch (const DatabaseError& error) {
    report({Severity::error, "doctor.database", {{"detail", error.what()}}, "doctor.remedy.restore"});
  }
}

/// Collects, but of one kind only so many: a folder of ten thousand lost files is one message too.
class Collector {
 public:
  explicit Collector(std::size_t most) : most_(most) {}

  void add(Finding finding) {
    const std::size_t count = ++counts_[finding.key];
    if (count <= most_) findings_.push_back(std::move(finding));
  }

  std::vector<Finding> take() {
    for (const auto& [key, count] : counts_) {
      if (count <= most_) continue;
      findings_.push_back(
          {Severity::warning, "doctor.more", {{"kind", key}, {"count", std::to_string(count - most_)}}, ""});
    }
    return std::move(findings_);
  }

 private:
  std::size_t most_;
  std::map<std::string, std::size_t> counts_;
  std::vector<Finding> findings_;
};

}  // namespace

const char* to_text(Finding::Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  std::unreachable();
}

std::vector<Finding> examine(const DataLayout& layout, const DoctorOptions& options) {
  Collector found(options.most_findings);
  const Report report = [&found](Finding finding) { found.add(std::move(finding)); };
  std::error_code error;
  if (!fs::is_directory(layout.root(), error)) {
    report(
        {Severity::error, "doctor.no_folder", {{"path", layout.root().string()}}, "doctor.remedy.no_folder"});
    return found.take();
  }
  examine_rights(layout, report);
  examine_lock(layout, report);
  examine_space(layout, options, report);
  if (!fs::is_regular_file(layout.database(), error)) {
    report({Severity::error,
            "doctor.no_database",
            {{"path", layout.database().string()}},
            "doctor.remedy.no_folder"});
    return found.take();
  }
  examine_database(layout, report);
  return found.take();
}

}  // namespace tongxing::storage
