#pragma once

#include <memory>
#include <string>

#include "core/store/migrator.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"
#include "tests/support/data.h"
#include "tests/support/errors.h"

namespace mnerva::store::test {

using mnerva::test::errorOf;

/// A database with the schema in a folder of its own.
struct DatabaseFixture {
    mnerva::test::TemporaryFolder folder;
    std::filesystem::path file = folder / "project.mnerva";
    Connection connection{file, Access::Create};
    DatabaseFixture() { migrate(connection); }
};

}  // namespace mnerva::store::test
