// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Characters that one Chinese script writes and the other does not (C20). Used inside this folder only.
namespace tongxing::accessibility {

[[nodiscard]] bool is_simplified_only(char32_t code);
[[nodiscard]] bool is_traditional_only(char32_t code);

}  // namespace tongxing::accessibility
