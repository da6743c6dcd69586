// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/text_decoding.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <unicode/ucnv.h>

namespace tongxing::services {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

const char* icu_name(accessibility::Encoding encoding) {
  return encoding == accessibility::Encoding::big5 ? "Big5-HKSCS" : "gb18030";
}

std::optional<std::string> decode(std::string_view bytes, accessibility::Encoding encoding) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max() / 4))
    return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter{ucnv_open(icu_name(encoding), &status)};
  if (U_FAILURE(status) != 0) return std::nullopt;
  // Three bytes of UTF-8 for each byte are enough: the longest answers come from single and double bytes.
  std::string text(bytes.size() * 3 + 16, '\0');
  const auto length =
      ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), text.data(), static_cast<std::int32_t>(text.size()),
                         bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status) != 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(length));
  return text;
}

}  // namespace

accessibility::Transcoder chinese_transcoder() {
  return &decode;
}

}  // namespace tongxing::services
