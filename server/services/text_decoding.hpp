// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/text/encoding.hpp"

namespace tongxing::services {

/// Decodes GB 18030 and Big5 (with HKSCS) by ICU's tables. Any thread.
[[nodiscard]] accessibility::Transcoder chinese_transcoder();

}  // namespace tongxing::services
