#include "core/domain/run_name.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"

using namespace mnerva;

TEST_CASE("RunName.PlainNamesOfAnyScriptAreGood") {
    for (const char* name : {"mpcfn-1", "run 7", "微博-1", "Lauf_ä", "a+b=c", "x.y", "हिन्दी", "1"}) {
        INFO(name);
        CHECK(runNameFault(name) == RunNameFault::None);
        CHECK_NOTHROW(requireRunName(name));
    }
}

TEST_CASE("RunName.LayersThatAreNoRunsKeepTheirNames") {
    for (const char* name : {"gold", "GOLD", "corrected", "Corrected"})
        CHECK(runNameFault(name) == RunNameFault::Reserved);
}

TEST_CASE("RunName.WhatLeadsElsewhereOrCannotBeSeenIsRefused") {
    for (const char* name :
         {"../../x", "..",   ".",          "a/b",      "a\\b",     "/tmp/x",   "-x",       ".x",   "x.",  " x", "x ",
          "a\nb",    "a\tb", "a\x1b[31mb", "\xc2\x9b", "a\u202Eb", "a\u200Bb", "a\u00A0b", "\xff", "a:b", "a|b"}) {
        INFO(name);
        CHECK(runNameFault(name) == RunNameFault::Characters);
    }
    CHECK(runNameFault(std::string("a\0b", 3)) == RunNameFault::Characters);
}

TEST_CASE("RunName.LengthIsCountedInCharacters") {
    CHECK(runNameFault(std::string(64, 'x')) == RunNameFault::None);
    CHECK(runNameFault(std::string(65, 'x')) == RunNameFault::TooLong);
    std::string chinese;
    for (int i = 0; i < 64; ++i) chinese += "微";
    CHECK(runNameFault(chinese) == RunNameFault::None);
    CHECK(runNameFault(chinese + "博") == RunNameFault::TooLong);
}

TEST_CASE("RunName.EmptyNamesAreToldApart") {
    CHECK(runNameFault("") == RunNameFault::Empty);
    CHECK(runNameFault("  ") == RunNameFault::Empty);
}

TEST_CASE("RunName.TheErrorShowsTheNameWithoutItsControlCharacters") {
    try {
        requireRunName("a\x1b]0;x");
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::RunNameInvalid);
        CHECK(std::string(error.what()).find('\x1b') == std::string::npos);
    }
}
