// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/connection.hpp"

#include <cerrno>
#include <deque>
#include <unordered_map>
#include <utility>

#include <sqlite3.h>

namespace tongxing::storage {

namespace {

int primary(int code) {
  return code & 0xff;
}

/// SQLite reports some ways of running out of room as I/O errors (a quota, a file size limit, the
/// shared-memory file). A failed fsync is never one of them: what it left on the disk is not known.
bool means_full(int code, int system_error) {
  if (primary(code) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE) return true;
  if (primary(code) != SQLITE_IOERR || code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
    return false;
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

bool means_broken(int code) {
  const int kind = primary(code);
  return kind == SQLITE_IOERR || kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_CANTOPEN;
}

/// A COMMIT or checkpoint that fails does not record the system's reason; errno still holds it, because calls
/// that succeed leave it alone.
int system_error_after(sqlite3* handle, int code) {
  const int left_behind = errno;
  const int recorded = sqlite3_system_errno(handle);
  return recorded == 0 && code == SQLITE_IOERR_WRITE ? left_behind : recorded;
}

}  // namespace

Connection::Fault Connection::meaning_of(int code) {
  const int system_error = system_error_after(handle_, code);
  if (means_full(code, system_error)) return Fault::full;
  return means_broken(code) ? Fault::io : Fault::none;
}

/// A prepared statement and whether a Rows holds it. The same literal may run twice at once (a query inside
/// the loop over another), so there may be several of one text.
struct Rows::Statement {
  sqlite3_stmt* handle = nullptr;
  bool in_use = false;

  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(handle); }

  void release() {
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    in_use = false;
  }
};

struct Connection::Statements {
  std::unordered_map<const char*, std::deque<Rows::Statement>> by_literal;
};

bool DatabaseError::is_unique_violation() const noexcept {
  return code_ == SQLITE_CONSTRAINT_UNIQUE || code_ == SQLITE_CONSTRAINT_PRIMARYKEY ||
         code_ == SQLITE_CONSTRAINT_ROWID;
}

bool DatabaseError::is_full() const noexcept {
  return primary(code_) == SQLITE_FULL;
}

Rows::Rows(Rows&& other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)) {}

Rows::~Rows() {
  if (statement_ != nullptr) statement_->release();
}

bool Rows::next() {
  errno = 0;  // see system_error_after
  const int code = sqlite3_step(statement_->handle);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  connection_->raise(code, sqlite3_sql(statement_->handle));
}

bool Rows::is_null(int index) const {
  return sqlite3_column_type(statement_->handle, index) == SQLITE_NULL;
}

std::int64_t Rows::integer(int index) const {
  return sqlite3_column_int64(statement_->handle, index);
}

double Rows::real(int index) const {
  return sqlite3_column_double(statement_->handle, index);
}

std::string Rows::text(int index) const {
  const unsigned char* bytes = sqlite3_column_text(statement_->handle, index);
  if (bytes == nullptr) return {};
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_->handle, index));
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

std::vector<std::byte> Rows::blob(int index) const {
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement_->handle, index));
  if (bytes == nullptr) return {};
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_->handle, index));
  return std::vector<std::byte>(bytes, bytes + size);
}

Connection::Connection(const std::filesystem::path& file, Access access)
    : statements_(std::make_unique<Statements>()) {
  const int mode =
      access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code =
      sqlite3_open_v2(file.c_str(), &handle_,
                      mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, nullptr);
  try {
    if (code != SQLITE_OK) raise(code, "open " + file.string());
    configure(access);
  } catch (...) {
    statements_->by_literal.clear();
    sqlite3_close_v2(handle_);
    throw;
  }
}

Connection::~Connection() {
  statements_->by_literal.clear();
  sqlite3_close_v2(handle_);
}

void Connection::configure(Access access) {
  sqlite3_busy_timeout(handle_, 5'000);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  // Far above what our statements need, far below what a hostile value could ask for.
  static constexpr std::pair<int, int> kLimits[] = {
      {SQLITE_LIMIT_LENGTH, 32 << 20},     {SQLITE_LIMIT_SQL_LENGTH, 256 << 10},
      {SQLITE_LIMIT_COLUMN, 100},          {SQLITE_LIMIT_EXPR_DEPTH, 100},
      {SQLITE_LIMIT_COMPOUND_SELECT, 20},  {SQLITE_LIMIT_FUNCTION_ARG, 32},
      {SQLITE_LIMIT_ATTACHED, 0},          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1'000},
      {SQLITE_LIMIT_VARIABLE_NUMBER, 250}, {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
      {SQLITE_LIMIT_WORKER_THREADS, 0},
  };
  for (const auto& [limit, value] : kLimits) sqlite3_limit(handle_, limit, value);
  script(
      "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;"
      "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;");
  if (access == Access::read_write) {
    // FULL: with NORMAL a power cut takes commits that were already acknowledged.
    script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;");
  }
  // Only the writer thread copies the log back, when it decides to.
  sqlite3_wal_autocheckpoint(handle_, 0);
}

void Connection::raise(int code, std::string_view where) {
  const int system_error = system_error_after(handle_, code);
  const int extended = sqlite3_extended_errcode(handle_);
  int cause = primary(extended) == primary(code) ? extended : code;
  std::string message =
      std::string(where) + ": " + (handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code));
  if (means_full(cause, system_error)) {
    cause = SQLITE_FULL;
    message += " (the disk is full)";
    if (fault_ == Fault::none) fault_ = Fault::full;
  } else if (means_broken(cause)) {
    fault_ = Fault::io;
    message += " (system error " + std::to_string(system_error) + ")";
  }
  throw DatabaseError(cause, message);
}

Rows::Statement& Connection::prepare(Sql sql) {
  auto& statements = statements_->by_literal[sql.text().data()];
  for (auto& statement : statements) {
    if (!statement.in_use) return statement;
  }
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.text().data(), static_cast<int>(sql.text().size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (code != SQLITE_OK) raise(code, sql.text());
  auto& added = statements.emplace_back();
  added.handle = handle;
  return added;
}

Rows Connection::start(Sql sql, std::span<const Value> values) {
  Rows::Statement& statement = prepare(sql);
  statement.in_use = true;
  Rows rows(*this, statement);
  if (std::cmp_not_equal(sqlite3_bind_parameter_count(statement.handle), values.size())) {
    throw std::logic_error("wrong number of values for: " + std::string(sql.text()));
  }
  int index = 0;
  for (const Value& value : values) {
    ++index;
    int code = SQLITE_OK;
    switch (value.kind()) {
      case Value::Kind::null:
        code = sqlite3_bind_null(statement.handle, index);
        break;
      case Value::Kind::integer:
        code = sqlite3_bind_int64(statement.handle, index, value.integer());
        break;
      case Value::Kind::real:
        code = sqlite3_bind_double(statement.handle, index, value.real());
        break;
      case Value::Kind::text: {
        // An empty view may have no address, which SQLite would take for NULL.
        const char* bytes = value.text().empty() ? "" : value.text().data();
        code = sqlite3_bind_text64(statement.handle, index, bytes, value.text().size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
        break;
      }
      case Value::Kind::blob: {
        const void* bytes = value.blob().empty() ? static_cast<const void*>("") : value.blob().data();
        code = sqlite3_bind_blob64(statement.handle, index, bytes, value.blob().size(), SQLITE_STATIC);
        break;
      }
    }
    if (code != SQLITE_OK) raise(code, sql.text());
  }
  return rows;
}

std::int64_t Connection::finish(Sql sql, std::span<const Value> values) {
  Rows rows = start(sql, values);
  while (rows.next()) {
  }
  return sqlite3_changes64(handle_);
}

void Connection::script(std::string_view sql) {
  const std::string text(sql);
  const int code = sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(code, text.substr(0, 60));
}

void Connection::limit_time(Milliseconds limit) {
  if (limit == Milliseconds::zero()) {
    sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
    return;
  }
  deadline_ = std::chrono::steady_clock::now() + limit;
  const auto overdue = [](void* self) -> int {
    return std::chrono::steady_clock::now() > static_cast<Connection*>(self)->deadline_ ? 1 : 0;
  };
  sqlite3_progress_handler(handle_, 20'000, overdue, this);
}

}  // namespace tongxing::storage
