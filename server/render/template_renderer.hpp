// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/renderer.hpp"
#include "server/render/templates.hpp"

#include <map>
#include <memory>
#include <string>

namespace tongxing::render {

/// Asset addresses by the names templates use after "asset.".
using AssetNames = std::map<std::string, std::string, std::less<>>;

/// A Renderer over any templates: Renderer::built_in() with the program's own, tests with theirs.
[[nodiscard]] std::unique_ptr<Renderer> make_renderer(Templates templates, const Messages& messages,
                                                      const AssetNames& assets, MissingData missing);

}  // namespace tongxing::render
