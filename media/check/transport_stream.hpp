// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace tongxing::media::check {

/// What a transport stream carries (ISO/IEC 13818-1), as its first program map says.
struct TransportStream {
  bool has_video = false;
  bool has_audio = false;
};

/// nullopt: no transport stream (packets of 188 bytes that begin with 0x47).
[[nodiscard]] std::optional<TransportStream> read_transport_stream(std::string_view bytes);

}  // namespace tongxing::media::check
