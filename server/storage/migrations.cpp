// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/migrations.hpp"

#include "server/base/log.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <sodium.h>

namespace tongxing::embedded {
std::span<const EmbeddedFile> migrations();
}

namespace tongxing::storage {

namespace {

std::string checksum_of(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex.push_back(kDigits[byte >> 4U]);
    hex.push_back(kDigits[byte & 15U]);
  }
  return hex;
}

struct Applied {
  std::int64_t number;
  std::string name;
  std::string checksum;
};

std::vector<Applied> applied_migrations(Connection& connection) {
  std::vector<Applied> applied;
  {
    Rows table =
        connection.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'");
    if (!table.next()) return applied;
  }
  Rows rows = connection.query("SELECT number, name, checksum FROM schema_migrations ORDER BY number");
  while (rows.next()) {
    applied.push_back({rows.get<std::int64_t>(0), rows.get<std::string>(1), rows.get<std::string>(2)});
  }
  return applied;
}

void apply(Connection& connection, const Migration& migration, Timestamp now) {
  connection.script("BEGIN IMMEDIATE");
  try {
    connection.script(migration.sql);
    connection.run(
        "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        migration.number, migration.name, migration.checksum, now);
    connection.script("COMMIT");
  } catch (const DatabaseError& error) {
    try {
      connection.script("ROLLBACK");
    } catch (const DatabaseError&) {  // SQLite has rolled back by itself already
    }
    throw MigrationError("migration " + migration.name +
                         " could not be applied and was rolled back: " + error.what() +
                         ". The data are as they were; make room or repair the cause and start again.");
  }
}

}  // namespace

std::vector<Migration> read_migrations(std::span<const EmbeddedFile> files) {
  std::vector<Migration> migrations;
  for (const EmbeddedFile& file : files) {
    Migration migration{0, std::string(file.name), checksum_of(file.bytes), file.bytes};
    const char* end = file.name.data() + file.name.size();
    const auto [rest, error] = std::from_chars(file.name.data(), end, migration.number);
    if (error != std::errc{} || rest == end || *rest != '_') {
      throw MigrationError("migration " + migration.name + " has no number: name it NNNN_subject.sql.");
    }
    migrations.push_back(std::move(migration));
  }
  std::ranges::sort(migrations, {}, &Migration::number);
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (migrations[i].number != static_cast<std::int64_t>(i) + 1) {
      throw MigrationError("this program was built with a gap or a double in its migrations, at " +
                           migrations[i].name + ": number them 1, 2, 3, …");
    }
  }
  return migrations;
}

std::vector<Migration> built_in_migrations() {
  return read_migrations(embedded::migrations());
}

std::size_t check_migrations(Connection& connection, std::span<const Migration> known) {
  const std::vector<Applied> applied = applied_migrations(connection);
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const Applied& there = applied[i];
    if (std::cmp_greater(there.number, known.size())) {
      throw MigrationError("the data folder is newer than this program: it has migration " + there.name +
                           ", this program knows only up to " +
                           (known.empty() ? std::string("none") : known.back().name) +
                           ". Start the newer program, or restore a backup made before the update.");
    }
    if (there.number != static_cast<std::int64_t>(i) + 1) {
      throw MigrationError("migration " + known[i].name +
                           " is missing in the data folder although later ones (" + there.name +
                           ") are there. The database was altered by hand: restore a backup.");
    }
    if (there.name != known[i].name || there.checksum != known[i].checksum) {
      throw MigrationError(
          "migration " + known[i].name + " was changed after it had been applied (recorded as " + there.name +
          ", checksum " + there.checksum.substr(0, 12) + ", now " + known[i].checksum.substr(0, 12) +
          "). Put the file back as it was and make the change a new migration.");
    }
  }
  return applied.size();
}

std::size_t migrate(Connection& connection, std::span<const Migration> known, Timestamp now) {
  const std::size_t applied = check_migrations(connection, known);
  if (applied == known.size()) return 0;
  connection.script(
      "CREATE TABLE IF NOT EXISTS schema_migrations ("
      " number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) "
      "STRICT");
  for (const Migration& migration : known.subspan(applied)) {
    apply(connection, migration, now);
    log::info("storage.migrated", {{"migration", migration.name}});
  }
  return known.size() - applied;
}

}  // namespace tongxing::storage
