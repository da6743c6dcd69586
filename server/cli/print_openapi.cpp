// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/openapi.hpp"
#include "server/cli/commands.hpp"

#include <cstdio>

namespace tongxing::cli {

int print_openapi() {
  std::puts(api::openapi_document().c_str());
  return 0;
}

}  // namespace tongxing::cli
