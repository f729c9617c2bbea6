#include "core/store/connection.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/unit/store/fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::store;
using mnerva::store::test::DatabaseFixture;
using mnerva::store::test::errorOf;
}  // namespace

TEST_CASE("Connection.WritesDurablyInTheLog") {
    DatabaseFixture f;
    CHECK(f.connection.text("PRAGMA journal_mode") == "wal");
    CHECK(f.connection.integer("PRAGMA synchronous") == 2);
    CHECK(f.connection.integer("PRAGMA foreign_keys") == 1);
    CHECK(f.connection.integer("PRAGMA busy_timeout") == 5000);
}

TEST_CASE("Connection.AMissingFileIsNotMadeByOpening") {
    const mnerva::test::TemporaryFolder folder;
    CHECK(errorOf([&] { Connection(folder / "none", Access::ReadWrite); }) == "file-missing");
    CHECK(errorOf([&] { Connection(folder / "none", Access::ReadOnly); }) == "file-missing");
    CHECK_FALSE(std::filesystem::exists(folder / "none"));
}

TEST_CASE("Connection.AForeignFileIsCorrupt") {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "file", std::string(5000, 'x'));
    CHECK(errorOf([&] { Connection(folder / "file", Access::ReadWrite); }) == "project-corrupt");
    CHECK(errorOf([&] { Connection(folder / "file", Access::ReadOnly); }) == "project-corrupt");
}

TEST_CASE("Connection.AFolderThatIsNoneCannotBeOpened") {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "file", "x");
    CHECK(errorOf([&] { Connection(folder / "file" / "db", Access::Create); }) == "file-unreadable");
}

TEST_CASE("Connection.AReadOnlyOneRefusesWrites") {
    DatabaseFixture f;
    Connection reader(f.file, Access::ReadOnly);
    CHECK(errorOf([&] { reader.execute("INSERT INTO settings VALUES ('a', 'b')"); }) == "file-unwritable");
}

TEST_CASE("Connection.AWrongStatementIsADatabaseFailure") {
    DatabaseFixture f;
    CHECK(errorOf([&] { f.connection.execute("NONSENSE"); }) == "database-failed");
    CHECK(errorOf([&] { f.connection.integer("SELECT nothing FROM nowhere"); }) == "database-failed");
}

TEST_CASE("Connection.AFullDatabaseIsADiskFullAndKeepsWhatWasThere") {
    DatabaseFixture f;
    f.connection.execute("INSERT INTO settings VALUES ('kept', 'value')");
    const auto pages = f.connection.integer("PRAGMA page_count");
    f.connection.integer("PRAGMA max_page_count = " + std::to_string(pages + 2));
    CHECK(errorOf([&] {
              Transaction transaction(f.connection);
              for (int i = 0; i < 100; ++i) {
                  Statement insert(f.connection, "INSERT INTO settings VALUES (?, ?)");
                  const std::string key = "key" + std::to_string(i), value(4000, 'v');
                  insert.bind(key).bind(value).run();
              }
              transaction.commit();
          }) == "disk-full");
    CHECK_FALSE(f.connection.inTransaction());
    CHECK(f.connection.integer("SELECT count(*) FROM settings") == 1);
    f.connection.integer("PRAGMA max_page_count = 1000000");
    CHECK_NOTHROW(f.connection.execute("INSERT INTO settings VALUES ('more', 'value')"));
}

TEST_CASE("Connection.OddCharactersInAPathAreNoProblem") {
    const mnerva::test::TemporaryFolder folder;
    const auto file = folder / "a %41?#b 多.mnerva";
    Connection connection(file, Access::Create);
    migrate(connection);
    CHECK(std::filesystem::exists(file));
    CHECK(Connection(file, Access::ReadOnly).integer("PRAGMA user_version") == knownVersion());
}

TEST_CASE("Connection.DataVersionChangesOnlyWhenAnotherOneWrites") {
    DatabaseFixture f;
    Connection reader(f.file, Access::ReadOnly);
    const auto before = reader.dataVersion();
    CHECK(reader.dataVersion() == before);
    f.connection.execute("INSERT INTO settings VALUES ('a', 'b')");
    CHECK(reader.dataVersion() != before);
}

TEST_CASE("Statement.IsUsedAgainWithFreshValues") {
    DatabaseFixture f;
    for (const int value : {1, 2, 3}) {
        Statement query(f.connection, "SELECT ? + 1");
        query.bind(value);
        REQUIRE(query.step());
        CHECK(query.integer(0) == value + 1);
    }
}

TEST_CASE("Statement.TwoOfTheSameTextDoNotMeet") {
    DatabaseFixture f;
    Statement outer(f.connection, "SELECT ?"), inner(f.connection, "SELECT ?");
    outer.bind(1);
    inner.bind(2);
    REQUIRE(outer.step());
    REQUIRE(inner.step());
    CHECK(outer.integer(0) == 1);
    CHECK(inner.integer(0) == 2);
}

TEST_CASE("Statement.NullTextAndBytesWithZerosComeBack") {
    DatabaseFixture f;
    const std::string bytes("a\0b", 3);
    Statement query(f.connection, "SELECT ?, ?, ?, ?");
    query.bindNull().bindBlob(bytes).bind(std::string_view()).bind(std::optional<double>());
    REQUIRE(query.step());
    CHECK(query.isNull(0));
    CHECK(query.text(1) == bytes);
    CHECK_FALSE(query.isNull(2));
    CHECK(query.isNull(3));
}

TEST_CASE("Transaction.WithoutCommitNothingStays") {
    DatabaseFixture f;
    {
        const Transaction transaction(f.connection);
        f.connection.execute("INSERT INTO settings VALUES ('a', 'b')");
    }
    CHECK(f.connection.integer("SELECT count(*) FROM settings") == 0);
    CHECK_FALSE(f.connection.inTransaction());
}

TEST_CASE("Transaction.DoesNotNest") {
    DatabaseFixture f;
    Transaction transaction(f.connection);
    CHECK(errorOf([&] { const Transaction inner(f.connection); }) == "internal");
    transaction.commit();
}

TEST_CASE("Transaction.AnotherWriterIsToldAfterTheWait") {
    DatabaseFixture f;
    Connection other(f.file, Access::ReadWrite);
    other.integer("PRAGMA busy_timeout = 0");
    const Transaction transaction(f.connection);
    CHECK(errorOf([&] { const Transaction second(other); }) == "database-failed");
}

TEST_CASE("Snapshot.InsideATransactionAddsNothing") {
    DatabaseFixture f;
    Transaction transaction(f.connection);
    { const Snapshot snapshot(f.connection); }
    CHECK(f.connection.inTransaction());
    transaction.commit();
}
