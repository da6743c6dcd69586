// SPDX-License-Identifier: GPL-3.0-or-later
// Compiles the test library's header once for all test programs.
#include "tests/support/catch.hpp"

// A program rather than a library, so that its code model (PIE) is the one of the test programs.
int main() {
  return 0;
}
