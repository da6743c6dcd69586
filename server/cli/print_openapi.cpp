// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "server/api/openapi.hpp"
#include "server/cli/commands.hpp"

namespace tongxing::cli {

int print_openapi() {
  std::puts(api::openapi_document().c_str());
  return 0;
}

}  // namespace tongxing::cli
