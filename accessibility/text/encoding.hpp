// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// In which encoding a text file is, and how to get UTF-8 out of it.
namespace tongxing::accessibility {

enum class Encoding : std::uint8_t {
  utf8,
  utf8_bom,
  utf16_little,  ///< with or without a byte order mark
  utf16_big,     ///< likewise
  unknown,
  gb18030,  ///< also GBK and GB 2312, which are parts of it
  big5      ///< with the characters of Hong Kong (HKSCS)
};

/// "utf-8", "utf-16le", "gb18030" …: the labels of the WHATWG Encoding standard; "unknown".
[[nodiscard]] std::string_view name_of(Encoding encoding);

/// What the bytes say: a byte order mark, else whether they are UTF-8, else the zero bytes of UTF-16, else
/// how many of their double bytes are frequent Chinese characters and punctuation in GB 18030 or in Big5. A
/// text that is UTF-8 but for a few bytes is `utf8`; one that is nothing of this is `unknown`. Linear in the
/// length.
[[nodiscard]] Encoding detect_encoding(std::string_view bytes);

/// Decodes gb18030 or big5 to UTF-8: the tables are too large for this room, so the caller brings them.
/// nullopt: it can not. What is no character of the encoding becomes U+FFFD.
using Transcoder = std::function<std::optional<std::string>(std::string_view bytes, Encoding encoding)>;

/// The text in UTF-8, without a byte order mark; utf8 and unknown as they are. nullopt: gb18030 or big5
/// without a transcoder for it.
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view bytes, Encoding encoding,
                                                 const Transcoder& transcode = {});

}  // namespace tongxing::accessibility
