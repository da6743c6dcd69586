// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The worker's events as JSON lines, in both directions.
namespace tongxing::media {

/// One line without its end: {"event":"progress","rendition":"v360","permille":412,"eta_ms":20100}.
[[nodiscard]] std::string event_text(const model::JobEvent& event);
/// Nothing where the line is no event that we know: the worker's output is not trusted.
[[nodiscard]] std::optional<model::JobEvent> parse_event(std::string_view line);

}  // namespace tongxing::media
