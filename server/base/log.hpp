// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

namespace tongxing::log {

/// One named value of a log line. Names come from a fixed vocabulary (request, route, status, ms, job, asset,
/// error …): no personal data, no tokens, no query strings.
using Field = std::pair<std::string_view, std::string_view>;

enum class Level { debug, info, warning, error };

/// Sets the least level that is written; the default is info. Call before threads start.
void set_level(Level level);

/// Writes one JSON line to standard error: {"at":…,"level":…,"event":…,fields…}. Thread-safe. Control
/// characters escaped.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::error, event, fields);
}

}  // namespace tongxing::log
