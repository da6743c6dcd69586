// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/serve_options.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tongxing::app {

/// The whole platform, running: the composition root. Builds every object in order, and takes them down in
/// the opposite order. Owner: the command line, or a test.
class Platform {
 public:
  /// Opens the data folder, migrates it, starts every thread and listens. Throws DataFolderError,
  /// MigrationError, DatabaseError or std::system_error (port taken) with a message for the person who runs
  /// the server.
  explicit Platform(const ServeOptions& options);
  ~Platform();
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  /// "http://127.0.0.1:8080"
  [[nodiscard]] std::string address() const;
  /// Where the first administrator is made; nothing when there is one.
  [[nodiscard]] std::optional<std::string> setup_link() const;
  /// Stops accepting, lets requests end, puts running jobs back, checkpoints. Idempotent.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tongxing::app
