// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <expected>
#include <string>
#include <string_view>

/// URIs of manifests as files of the package folder (RFC 3986, relative references only).
namespace tongxing::media::check {

/// `reference` resolved against `base`, as text: "v360/" and "s0.m4s" give "v360/s0.m4s". Absolute ones stay
/// as they are.
[[nodiscard]] std::string joined(std::string_view base, std::string_view reference);

enum class PathFault {
  elsewhere,  ///< has a scheme, a host or begins at a root
  above,      ///< leaves the package folder
  malformed   ///< empty, a broken percent-encoding, a NUL or backslash
};

/// The file that `uri` means in a manifest `from` ("v360/index.m3u8"): without query and fragment,
/// percent-decoded, without "." and "..".
[[nodiscard]] std::expected<std::string, PathFault> package_file(std::string_view from, std::string_view uri);

[[nodiscard]] std::string_view explain(PathFault fault);

/// "m4s" of "v360/s0.m4s", in lower case; empty where there is none.
[[nodiscard]] std::string extension(std::string_view file);

}  // namespace tongxing::media::check
