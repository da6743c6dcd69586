// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/doctor_media.hpp"

#include "media/package_json/package_json.hpp"
#include "server/storage/package_files.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace tongxing::storage {

namespace {

namespace fs = std::filesystem;
using Severity = Finding::Severity;

/// Names in a folder, of everything that is there; empty when the folder is missing.
std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    names.insert(it->path().filename().string());
  }
  return names;
}

struct Row {
  AssetId id;
  std::string state;
  std::string version;
  std::int64_t source_bytes = 0;
};

std::map<std::string, Row> all_assets(Connection& connection) {
  std::map<std::string, Row> assets;
  Rows rows = connection.query("SELECT id, state, version, source_bytes FROM media_assets");
  while (rows.next()) {
    Row row{rows.get<AssetId>(0), rows.get<std::string>(1), rows.get<std::string>(2),
            rows.get<std::int64_t>(3)};
    assets.emplace(row.id.str(), std::move(row));
  }
  return assets;
}

std::string package_of(Connection& connection, const AssetId& id) {
  Rows rows = connection.query("SELECT package FROM media_assets WHERE id = ?1", id);
  return rows.next() ? rows.get<std::string>(0) : std::string{};
}

void examine_package(Connection& connection, const DataLayout& layout, const Row& asset,
                     const Report& report) {
  const auto package = media::read_package(package_of(connection, asset.id));
  if (!package || !is_safe_name(asset.version)) {
    report({Severity::error, "doctor.package_row", {{"asset", asset.id.str()}}, "doctor.remedy.restore"});
    return;
  }
  const fs::path folder = layout.package(asset.id, asset.version);
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    report({Severity::error,
            "doctor.package_missing",
            {{"asset", asset.id.str()}, {"path", folder.string()}},
            "doctor.remedy.restore_media"});
    return;
  }
  auto files = check_package_files(folder, *package);
  if (files && !fs::is_regular_file(folder / "master.m3u8", error) &&
      !fs::is_regular_file(folder / "audio.m3u8", error)) {
    files = std::unexpected(PackageFault{"master.m3u8", "missing"});
  }
  if (!files) {
    report({Severity::error,
            "doctor.package_damaged",
            {{"asset", asset.id.str()},
             {"path", (folder / files.error().file).string()},
             {"detail", files.error().detail}},
            "doctor.remedy.restore_media"});
  }
}

/// Files beside the lessons' videos, by name, with their sizes.
std::map<std::string, std::int64_t> side_files(Connection& connection) {
  std::map<std::string, std::int64_t> files;
  Rows rows = connection.query("SELECT id, source_bytes FROM side_files");
  while (rows.next()) files.emplace(rows.get<std::string>(0), rows.get<std::int64_t>(1));
  return files;
}

void examine_original(const DataLayout& layout, const Row& asset, const Report& report) {
  // A failed or quarantined one may have been removed on purpose.
  if (asset.state == "FAILED" || asset.state == "QUARANTINED") return;
  std::error_code error;
  const fs::path file = layout.original(asset.id);
  const std::uintmax_t size = fs::file_size(file, error);
  if (!error && size == static_cast<std::uintmax_t>(asset.source_bytes)) return;
  // Without its original a finished lesson still plays; a waiting one can never be made.
  const Severity severity = asset.state == "READY" ? Severity::warning : Severity::error;
  report({severity,
          error ? "doctor.original_missing" : "doctor.original_damaged",
          {{"asset", asset.id.str()}, {"path", file.string()}},
          "doctor.remedy.restore_media"});
}

/// Like the original of a finished lesson: what was made of it still plays.
void examine_side_file(const DataLayout& layout, const std::string& id, std::int64_t bytes,
                       const Report& report) {
  if (!is_safe_name(id)) return;
  examine_original(layout, {AssetId{id}, "READY", {}, bytes}, report);
}

void examine_extra(const DataLayout& layout, const std::map<std::string, Row>& assets,
                   const std::map<std::string, std::int64_t>& sides, const Report& report) {
  const auto extra = [&report](const fs::path& path) {
    report({Severity::warning, "doctor.extra", {{"path", path.string()}}, "doctor.remedy.extra"});
  };
  for (const std::string& name : names_in(layout.media())) {
    const auto known = assets.find(name);
    if (known == assets.end()) {
      extra(layout.media() / name);
      continue;
    }
    for (const std::string& version : names_in(layout.media() / name)) {
      if (version != known->second.version) extra(layout.media() / name / version);
    }
  }
  for (const std::string& name : names_in(layout.originals())) {
    if (!assets.contains(name) && !sides.contains(name)) extra(layout.originals() / name);
  }
}

}  // namespace

void examine_media(Connection& connection, const DataLayout& layout, const Report& report) {
  const std::map<std::string, Row> assets = all_assets(connection);
  for (const auto& [id, asset] : assets) {
    if (!is_safe_name(id)) {
      report({Severity::error, "doctor.package_row", {{"asset", id}}, "doctor.remedy.restore"});
      continue;
    }
    if (asset.state == "READY") examine_package(connection, layout, asset, report);
    examine_original(layout, asset, report);
  }
  const auto sides = side_files(connection);
  for (const auto& [id, bytes] : sides) examine_side_file(layout, id, bytes, report);
  examine_extra(layout, assets, sides, report);
}

void examine_uploads(Connection& connection, const DataLayout& layout, const Report& report) {
  std::set<std::string> known;
  Rows rows = connection.query("SELECT id, offset_bytes FROM uploads WHERE state = 'UPLOADING'");
  while (rows.next()) {
    const std::string id = rows.get<std::string>(0);
    known.insert(id);
    if (!is_safe_name(id)) continue;
    const fs::path file = layout.upload(UploadId{id});
    std::error_code error;
    std::uintmax_t size = fs::file_size(file, error);
    if (error) size = 0;
    const std::int64_t promised = rows.get<std::int64_t>(1);
    if (size >= static_cast<std::uintmax_t>(promised)) continue;
    report({Severity::error,
            "doctor.upload_short",
            {{"path", file.string()}, {"bytes", std::to_string(size)}, {"offset", std::to_string(promised)}},
            "doctor.remedy.upload"});
  }
  for (const std::string& name : names_in(layout.uploads())) {
    if (known.contains(name)) continue;
    report({Severity::note,
            "doctor.extra",
            {{"path", (layout.uploads() / name).string()}},
            "doctor.remedy.extra"});
  }
}

}  // namespace tongxing::storage
