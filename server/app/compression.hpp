// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <string_view>

namespace tongxing::app {

/// Whether an Accept-Encoding value (RFC 9110 §12.5.3) takes `coding` ("gzip", "br"); q=0 refuses it.
[[nodiscard]] bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

/// Compresses a page or JSON answer of at least 1 KiB with gzip where the client takes it: on a slow network
/// a page costs a third. Sets Content-Encoding and Vary. Files and event streams are left alone.
void compress(http::Response& response, std::string_view accept_encoding);

}  // namespace tongxing::app
