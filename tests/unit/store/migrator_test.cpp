#include "core/store/migrator.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/unit/store/fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::store;
using mnerva::store::test::DatabaseFixture;
using mnerva::store::test::errorOf;
}  // namespace

TEST_CASE("Migrator.AFreshDatabaseGetsTheNewestVersion") {
    DatabaseFixture f;
    CHECK(versionOf(f.connection) == knownVersion());
    CHECK(knownVersion() >= 1);
}

TEST_CASE("Migrator.RunningAgainChangesNothing") {
    DatabaseFixture f;
    const std::string before = f.connection.text("SELECT group_concat(sql) FROM sqlite_schema");
    migrate(f.connection);
    CHECK(f.connection.text("SELECT group_concat(sql) FROM sqlite_schema") == before);
}

TEST_CASE("Migrator.ADatabaseOfAnotherProgramIsLeftAlone") {
    const mnerva::test::TemporaryFolder folder;
    Connection connection(folder / "other.db", Access::Create);
    connection.execute("CREATE TABLE notes (text TEXT)");
    CHECK(errorOf([&] { migrate(connection); }) == "project-corrupt");
    CHECK(connection.integer("SELECT count(*) FROM sqlite_schema") == 1);
}

TEST_CASE("Migrator.AStepThatFailsLeavesTheVersionBefore") {
    const mnerva::test::TemporaryFolder folder;
    Connection connection(folder / "new.db", Access::Create);
    connection.integer("PRAGMA max_page_count = 3");
    CHECK(errorOf([&] { migrate(connection); }) == "disk-full");
    CHECK(versionOf(connection) == 0);
}

TEST_CASE("Migrator.TheEmbeddedStepsAreTheFilesInOrder") {
    int version = 0;
    for (const embedded::Step& step : embedded::steps()) {
        ++version;
        CHECK(std::stoi(std::string(step.name.substr(0, 4))) == version);
        const std::filesystem::path folder = std::filesystem::path(MNERVA_SOURCE_DIR) / "core" / "store" / "migrations";
        CHECK(readFile(folder / (std::string(step.name) + ".sql")) == step.sql);
    }
}

TEST_CASE("Migrator.AShippedStepIsNeverEdited") {
    // A new step gets a new line here; an old line never changes.
    CHECK(sha256(embedded::steps().at(0).sql) == "13178e04883f214e13f1b9d4e3c26e3c5d5d05f43a7e8202e32610601ee8c1dd");
}

TEST_CASE("Migrator.TheFirstSchemaHasRoomForWhatComes") {
    DatabaseFixture f;
    f.connection.execute(
        "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
        "INSERT INTO posts (source, split, join_rule, word_count, gold_entities, external_id, words, images) "
        "VALUES (1, 'train', 'space', 1, 0, '1', x'41', CAST('a.jpg' || char(10) || 'b.jpg' AS BLOB));"
        "INSERT INTO layers (name, kind, created_at) VALUES ('ann', 'annotator', 0);"
        "INSERT INTO regions (post, image, left, top, width, height, origin) VALUES (1, 1, 0, 0, 5, 5, 'human');"
        "INSERT INTO links VALUES (3, 1, 0, 0, 'PER', 1);"
        "INSERT INTO comments (post, author, created_at, text) VALUES (1, 'me', 0, 'look')");
    CHECK(f.connection.integer("SELECT count(*) FROM links") == 1);
    f.connection.execute("DELETE FROM posts");
    CHECK(f.connection.integer("SELECT (SELECT count(*) FROM links) + (SELECT count(*) FROM comments)") == 0);
}
