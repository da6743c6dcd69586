// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temp_database.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

namespace tongxing::tests {

TempFolder::TempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "tongxing-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TempDatabase::TempDatabase(const storage::DatabaseOptions& options) : options_(options) {
  reopen();
}

void TempDatabase::reopen() {
  database_.reset();
  database_ = storage::Database::open(file(), options_);
}

}  // namespace tongxing::tests
