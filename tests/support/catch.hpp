// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that names Catch2's header, so that version 3 can take over without touching a test.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
