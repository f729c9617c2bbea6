#include "core/text/columns.h"

#include <catch2/catch.hpp>

using mnerva::text::terminalColumns;

TEST_CASE("Columns.WideCharactersTakeTwo") {
    CHECK(terminalColumns("") == 0);
    CHECK(terminalColumns("abc") == 3);
    CHECK(terminalColumns("多伦多") == 6);
    CHECK(terminalColumns("Ａ！") == 4);
    CHECK(terminalColumns("🔥a") == 3);
}
TEST_CASE("Columns.WhatChangesTheCharacterBeforeTakesNone") {
    CHECK(terminalColumns("e\u0301x") == 2);
    CHECK(terminalColumns("\u200B") == 0);
    CHECK(terminalColumns("👨‍👩‍👧") == 2);
    CHECK(terminalColumns("❤️") == 2);
}
