// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Small surgery on MP4 files, for spoiling them on purpose. Written without the checker's own reader.
namespace tongxing::tests {

/// Big-endian, four bytes.
[[nodiscard]] std::string number32(std::uint32_t value);
[[nodiscard]] std::string make_box(std::string_view type, std::string_view body);

/// The first whole box on a path of types from the top, header included: "moov/trak". Throws where there is
/// none.
[[nodiscard]] std::string box_at(const std::string& file, std::string_view path);

/// The file with `box` put at the end of the box on `path`, all sizes above mended.
[[nodiscard]] std::string with_box_inside(std::string file, std::string_view path, std::string_view box);

/// Makes the IDR picture number `index` (0 is the first) of a segment with one mdat box an ordinary one, by
/// the type in its NAL header alone.
[[nodiscard]] std::string without_idr(std::string segment, int index);

}  // namespace tongxing::tests
