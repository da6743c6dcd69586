// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/embedded.hpp"
#include "server/render/locale.hpp"
#include "server/render/message.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tongxing::render {

/// The messages of one locale by full key. Immutable after loading; any thread.
using Catalogue = std::map<std::string, Message, std::less<>>;

/// Reads the files named "<tag>/<area>.json" of one locale. Throws std::invalid_argument naming file and key
/// when a file is not JSON, a value is neither text nor object, a key is empty or has a dot, or a pattern is
/// wrong.
[[nodiscard]] Catalogue read_catalogue(std::span<const EmbeddedFile> files, Locale locale);

/// Messages over the given files (paths as in web/locales), for tests and for Messages::built_in().
[[nodiscard]] std::shared_ptr<const Messages> messages_from(std::span<const EmbeddedFile> files);

/// The files of web/locales built into the program.
[[nodiscard]] std::span<const EmbeddedFile> built_in_locale_files();

}  // namespace tongxing::render
