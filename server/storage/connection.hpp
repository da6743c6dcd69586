// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace tongxing::storage {

/// SQL text. Only a literal can become one, so no statement is ever put together from data.
class Sql {
 public:
  consteval Sql(const char* literal) : text_(literal) {}  // NOLINT: implicit on purpose
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// A fault of the database: disk full, I/O error, constraint that code should have checked. Never thrown for
/// "no row".
class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  /// SQLite's extended result code.
  [[nodiscard]] int code() const noexcept { return code_; }
  /// A UNIQUE or PRIMARY KEY constraint refused the row.
  [[nodiscard]] bool is_unique_violation() const noexcept;
  /// The disk (or the quota of the file system) is full.
  [[nodiscard]] bool is_full() const noexcept;

 private:
  int code_;
};

class Connection;

/// A running statement: its rows, one after the other. Lives shorter than its Connection; reset when
/// destroyed. Move-only; one thread.
class Rows {
 public:
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  /// Steps to the next row; false when there is none. Throws DatabaseError.
  bool next();

  /// Column `index` (from 0) of the current row.
  /// T: std::int64_t, int, bool, double, std::string, Timestamp, Milliseconds, Id<…>, std::optional of these,
  /// and std::vector<std::byte> for blobs.
  template <typename T>
  [[nodiscard]] T get(int index) const;

 private:
  friend class Connection;
  struct Statement;
  Rows(Connection& connection, Statement& statement) : connection_(&connection), statement_(&statement) {}
  [[nodiscard]] bool is_null(int index) const;
  [[nodiscard]] std::int64_t integer(int index) const;
  [[nodiscard]] double real(int index) const;
  [[nodiscard]] std::string text(int index) const;
  [[nodiscard]] std::vector<std::byte> blob(int index) const;

  Connection* connection_;
  Statement* statement_;  ///< null after a move
};

/// A value on its way into a statement.
class Value {
 public:
  enum class Kind { null, integer, real, text, blob };
  Value(std::nullopt_t) : kind_(Kind::null) {}                          // NOLINT
  Value(bool v) : kind_(Kind::integer), integer_(v ? 1 : 0) {}          // NOLINT
  Value(int v) : kind_(Kind::integer), integer_(v) {}                   // NOLINT
  Value(std::int64_t v) : kind_(Kind::integer), integer_(v) {}          // NOLINT
  Value(double v) : kind_(Kind::real), real_(v) {}                      // NOLINT
  Value(std::string_view v) : kind_(Kind::text), text_(v) {}            // NOLINT
  Value(const std::string& v) : kind_(Kind::text), text_(v) {}          // NOLINT
  Value(const char* v) : kind_(Kind::text), text_(v) {}                 // NOLINT
  Value(std::span<const std::byte> v) : kind_(Kind::blob), blob_(v) {}  // NOLINT
  Value(Timestamp v) : kind_(Kind::integer), integer_(to_ms(v)) {}      // NOLINT
  Value(Milliseconds v) : kind_(Kind::integer), integer_(v.count()) {}  // NOLINT
  template <typename Tag>
  Value(const Id<Tag>& v) : kind_(Kind::text), text_(v.str()) {}  // NOLINT
  template <typename T>
  Value(const std::optional<T>& v) : Value(std::nullopt) {  // NOLINT
    if (v) *this = Value(*v);
  }

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] std::int64_t integer() const { return integer_; }
  [[nodiscard]] double real() const { return real_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::span<const std::byte> blob() const { return blob_; }

 private:
  Kind kind_;
  std::int64_t integer_ = 0;
  double real_ = 0;
  std::string_view text_{};
  std::span<const std::byte> blob_{};
};

/// One connection to the database, used by one thread at a time. Statements are prepared once and kept (by
/// the literal's address). Thin, so that a PostgreSQL driver can stand behind it later: nothing outside
/// server/storage may assume SQLite. All functions throw DatabaseError.
class Connection {
 public:
  enum class Access { read_only, read_write };
  Connection(const std::filesystem::path& file, Access access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Rows of a SELECT, or of a statement with RETURNING. Values are bound to ?1, ?2, … and must outlive the
  /// Rows.
  template <typename... V>
  [[nodiscard]] Rows query(Sql sql, const V&... values) {
    const Value bound[] = {Value(std::nullopt), Value(values)...};
    return start(sql, std::span(bound).subspan(1));
  }

  /// Runs a statement to its end; returns the number of rows changed.
  template <typename... V>
  std::int64_t run(Sql sql, const V&... values) {
    const Value bound[] = {Value(std::nullopt), Value(values)...};
    return finish(sql, std::span(bound).subspan(1));
  }

  /// Runs several statements, for migrations and pragmas.
  void script(std::string_view sql);

  /// For server/storage itself (backup, checkpoint, interrupt).
  [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }

  /// The worst that any statement has met since the last `forget_faults`, also when the exception was caught
  /// on its way: what the writer decides by.
  enum class Fault { none, full, io };
  [[nodiscard]] Fault fault() const noexcept { return fault_; }
  /// What a result code means that came from `handle()` directly, right after it (errno set to 0 before the
  /// call).
  [[nodiscard]] Fault meaning_of(int code);
  void forget_faults() noexcept { fault_ = Fault::none; }

  /// Statements that run longer than this from now on are interrupted (SQLITE_INTERRUPT); zero: never.
  void limit_time(Milliseconds limit);

 private:
  friend class Rows;
  Rows start(Sql sql, std::span<const Value> values);
  std::int64_t finish(Sql sql, std::span<const Value> values);
  Rows::Statement& prepare(Sql sql);
  void configure(Access access);
  [[noreturn]] void raise(int code, std::string_view where);
  struct Statements;

  sqlite3* handle_ = nullptr;
  std::unique_ptr<Statements> statements_;
  Fault fault_ = Fault::none;
  std::chrono::steady_clock::time_point deadline_{};
};

namespace detail {
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct IsId : std::false_type {};
template <typename Tag>
struct IsId<Id<Tag>> : std::true_type {};
}  // namespace detail

template <typename T>
T Rows::get(int index) const {
  if constexpr (detail::IsOptional<T>::value) {
    if (is_null(index)) return std::nullopt;
    return get<typename T::value_type>(index);
  } else if constexpr (detail::IsId<T>::value) {
    return T{text(index)};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return text(index);
  } else if constexpr (std::is_same_v<T, std::vector<std::byte>>) {
    return blob(index);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return from_ms(integer(index));
  } else if constexpr (std::is_same_v<T, Milliseconds>) {
    return Milliseconds{integer(index)};
  } else if constexpr (std::is_same_v<T, bool>) {
    return integer(index) != 0;
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(real(index));
  } else {
    return static_cast<T>(integer(index));
  }
}

}  // namespace tongxing::storage
