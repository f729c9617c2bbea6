#pragma once

#include <memory>
#include <string>

#include "core/base/error.h"
#include "core/store/migrator.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"
#include "tests/support/data.h"

namespace mnerva::store::test {

/// A database with the schema in a folder of its own.
struct DatabaseFixture {
    mnerva::test::TemporaryFolder folder;
    std::filesystem::path file = folder / "project.mnerva";
    Connection connection{file, Access::Create};
    DatabaseFixture() { migrate(connection); }
};

template <class Call>
std::string errorOf(const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(errorName(error.code()));
    }
    return "no error";
}

}  // namespace mnerva::store::test
