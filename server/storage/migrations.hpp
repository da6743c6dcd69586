// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/embedded.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace tongxing::storage {

/// The database and this program do not fit together. The message (English, for the person who runs the
/// server) says exactly which migration is at fault and what to do. Nothing was changed.
class MigrationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One step of the schema: "0003_courses.sql".
struct Migration {
  std::int64_t number = 0;  ///< from 1, without gaps
  std::string name;
  std::string checksum;  ///< BLAKE2b-256 of the text, hex
  std::string_view sql;
};

/// The migrations built into this program, in order. Throws MigrationError when their numbers have a gap or a
/// double.
[[nodiscard]] std::vector<Migration> built_in_migrations();

/// As above, from other files (tests).
[[nodiscard]] std::vector<Migration> read_migrations(std::span<const EmbeddedFile> files);

/// Compares what is recorded in the database with `known`; throws MigrationError when one was changed, is
/// missing here or there, or is newer than this program. Returns how many of `known` are applied. Reads only.
[[nodiscard]] std::size_t check_migrations(Connection& connection, std::span<const Migration> known);

/// Checks, then applies what is missing, in order, each in its own transaction. Returns how many were
/// applied.
std::size_t migrate(Connection& connection, std::span<const Migration> known, Timestamp now);

}  // namespace tongxing::storage
