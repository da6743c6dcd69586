// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/database.hpp"

#include "server/storage/migrations.hpp"
#include "server/storage/readers.hpp"
#include "server/storage/writer.hpp"

#include <atomic>
#include <exception>
#include <future>
#include <utility>

#include <sqlite3.h>

namespace tongxing::storage {

struct Database::Impl {
  Impl(const std::filesystem::path& path, const DatabaseOptions& options)
      : file(path), writer(path, options, healthy) {
    migrate(writer.connection(), built_in_migrations(), SystemClock{}.now());
    readers = std::make_unique<Readers>(path, options, healthy);
    writer.start();
  }

  const std::filesystem::path file;
  std::atomic<bool> healthy = true;
  Writer writer;
  std::unique_ptr<Readers> readers;
};

Database::Database() = default;

std::unique_ptr<Database> Database::open(const std::filesystem::path& file, const DatabaseOptions& options) {
  std::unique_ptr<Database> database(new Database());
  database->impl_ = std::make_unique<Impl>(file, options);
  return database;
}

Database::~Database() {
  close();
}

bool Database::submit_read(ReadJob job) {
  return impl_->readers->submit(std::move(job));
}

bool Database::submit_write(WriteJob job, WriteDone done) {
  return impl_->writer.submit(std::move(job), std::move(done));
}

void Database::read(const std::function<void(Connection&)>& job) {
  // Shared: the waiter may return, and end its scope, while the other thread is still inside set_value.
  const auto ended = std::make_shared<std::promise<void>>();
  std::future<void> end = ended->get_future();
  const bool taken = submit_read([&job, ended](Connection& connection) {
    try {
      job(connection);
    } catch (...) {
      ended->set_exception(std::current_exception());
      return;
    }
    ended->set_value();
  });
  if (!taken) throw DatabaseError(SQLITE_BUSY, "the read queue is full or the database is closed");
  end.get();
}

WriteOutcome Database::write(const std::function<Verdict(Connection&)>& job) {
  const auto ended = std::make_shared<std::promise<WriteOutcome>>();
  std::future<WriteOutcome> end = ended->get_future();
  std::exception_ptr thrown;
  const bool taken = submit_write(
      [&job, &thrown](Connection& connection) {
        try {
          return job(connection);
        } catch (...) {
          thrown = std::current_exception();
          return Verdict::rollback;
        }
      },
      [ended](WriteOutcome outcome) { ended->set_value(outcome); });
  if (!taken) throw DatabaseError(SQLITE_BUSY, "the write queue is full or the database is closed");
  const WriteOutcome outcome = end.get();
  if (outcome == WriteOutcome::disk_full)
    throw DatabaseError(SQLITE_FULL, "the disk is full: nothing was written");
  if (thrown) std::rethrow_exception(thrown);
  if (outcome == WriteOutcome::failed)
    throw DatabaseError(SQLITE_IOERR, "the commit failed: nothing was written");
  return outcome;
}

bool Database::healthy() const noexcept {
  return impl_->healthy;
}

std::uint64_t Database::content_generation() const noexcept {
  return impl_->writer.content_generation();
}

DatabaseStatistics Database::statistics() const {
  DatabaseStatistics statistics;
  impl_->readers->report(statistics);
  impl_->writer.report(statistics);
  return statistics;
}

void Database::backup(const std::filesystem::path& file) {
  backup_database(impl_->file, file);
}

void Database::close() {
  if (!impl_) return;
  impl_->readers->close();
  impl_->writer.close();
}

void backup_database(const std::filesystem::path& database, const std::filesystem::path& file) {
  // Its own connection and one statement: the step-wise backup starts again at every write and may never end.
  Connection connection(database, Connection::Access::read_only);
  sqlite3_limit(connection.handle(), SQLITE_LIMIT_ATTACHED, 1);
  connection.run("VACUUM INTO ?1", file.string());
}

}  // namespace tongxing::storage
