// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/commands.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"

#include <cstdio>

namespace tongxing::cli {

int backup(const std::filesystem::path& data, const std::filesystem::path& file) {
  const storage::DataLayout layout(data);
  if (!std::filesystem::exists(layout.database())) {
    std::fprintf(stderr, "There is no database in %s.\n", data.c_str());
    return 2;
  }
  if (std::filesystem::exists(file)) {
    std::fprintf(stderr, "%s exists already; name a new file.\n", file.c_str());
    return 2;
  }
  storage::backup_database(layout.database(), file);
  std::printf("%s\n", file.c_str());
  return 0;
}

}  // namespace tongxing::cli
