// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tongxing {

/// What kind of outcome an expected failure is. One mapper (server/routing/error_response) turns it into
/// HTTP.
enum class ErrorCode {
  invalid,               ///< 422: the input is understood and wrong; `field` says where
  malformed,             ///< 400: the input cannot be read at all
  unauthenticated,       ///< 401: sign in first
  forbidden,             ///< 403: signed in, and may not
  not_found,             ///< 404: does not exist, or must not be known to exist
  method_not_allowed,    ///< 405
  conflict,              ///< 409: the state does not allow it (now)
  gone,                  ///< 410: it was there and has expired
  precondition_failed,   ///< 412
  too_large,             ///< 413: over a limit; `args` name the limit
  unsupported,           ///< 415: a media type or protocol version that we do not speak
  rate_limited,          ///< 429: `args` hold "seconds" until the next try
  unavailable,           ///< 503: overloaded or draining; may be tried again
  insufficient_storage,  ///< 507: the quota or the disk has no room
  internal,              ///< 500: a fault; `detail` goes to the log only
};

/// Named values of a message's placeholders, in ICU MessageFormat; all are text.
using MessageArgs = std::vector<std::pair<std::string, std::string>>;

/// An outcome that is expected to happen. A value type: no allocation on success paths, safe to copy across
/// threads.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;   ///< key in web/locales/*.json, such as "error.upload.no_media"
  MessageArgs args{};    ///< values for the message's placeholders
  std::string field{};   ///< name of the form field or JSON member at fault; empty where none is
  std::string detail{};  ///< for the log only: never shown to a user
};

}  // namespace tongxing
