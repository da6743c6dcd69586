// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.hpp"

#include <set>
#include <string>

namespace tongxing::tests {

/// A change that is there wholly or not at all: two rows of one name.
inline storage::Verdict put_pair(storage::Connection& connection, const std::string& name,
                                 const std::string& value) {
  connection.run("INSERT INTO installation (name, value) VALUES (?1, ?2)", name + "/a", value);
  connection.run("INSERT INTO installation (name, value) VALUES (?1, ?2)", name + "/b", value);
  return storage::Verdict::commit;
}

/// The names of which both rows are there; `halves` counts those of which only one is.
struct Pairs {
  std::set<std::string> names;
  int halves = 0;
};

inline Pairs pairs_in(storage::Connection& connection) {
  Pairs pairs;
  storage::Rows rows = connection.query(
      "SELECT substr(name, 1, length(name) - 2), count(*) FROM installation WHERE name LIKE '%/a' OR name "
      "LIKE '%/b' "
      "GROUP BY 1");
  while (rows.next()) {
    if (rows.get<int>(1) == 2) pairs.names.insert(rows.get<std::string>(0));
    if (rows.get<int>(1) != 2) ++pairs.halves;
  }
  return pairs;
}

inline std::string integrity(storage::Connection& connection) {
  storage::Rows rows = connection.query("PRAGMA integrity_check");
  return rows.next() ? rows.get<std::string>(0) : std::string("no answer");
}

}  // namespace tongxing::tests
