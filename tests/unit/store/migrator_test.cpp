#include "core/store/migrator.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/store/comment_repository.h"
#include "core/store/layer_repository.h"
#include "core/store/post_repository.h"
#include "core/store/region_repository.h"
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
    CHECK(sha256(embedded::steps().at(1).sql) == "7d9995928e5f02fb5152ec13577ab6d43826a7284693e790f0014b0988ee5f8f");
    CHECK(sha256(embedded::steps().at(2).sql) == "6f5549693596e920b624fab420ca85e066d02bc1082e37efa1c81f03f968fbad");
    CHECK(sha256(embedded::steps().at(3).sql) == "59713c608eb3fce298645f97e31c29b9258501d49e2b1538fe75e02911b4cc42");
    CHECK(sha256(embedded::steps().at(4).sql) == "08626bdee5b316f3d0c40e5b87bf6af9d040103d095c1b26c10ffacab721058a");
    CHECK(sha256(embedded::steps().at(5).sql) == "1cbc81d648b3d93c66e86acc2c515555ce35f3387c865ee5a18ebf14bd1fecc5");
    CHECK(sha256(embedded::steps().at(6).sql) == "91644217c511f8c1965eeecac1b4180108b692aa3598116e8cd09ca835a40582");
    CHECK(sha256(embedded::steps().at(7).sql) == "5890b5a4c6607a2d6892570d870b1334f594cfeba79e7404d28bf67722259e38");
    CHECK(sha256(embedded::steps().at(8).sql) == "dbb99a22e8c4e963ad9d28fc0c99b4af55ba5d5d83b941d7fec1df15369fd8a0");
    CHECK(sha256(embedded::steps().at(9).sql) == "6e4b8ff45ee7851f6402ca30e779792989279c2214d31f2b3ad7e2fa8a1bee6a");
}

TEST_CASE("Migrator.AProjectOfTheFirstVersionKeepsItsPostsAndGetsRoomForTexts") {
    const mnerva::test::TemporaryFolder folder;
    Connection connection(folder / "old.mnerva", Access::Create);
    connection.execute(std::string(embedded::steps().at(0).sql));
    connection.execute("PRAGMA application_id = 1296978518; PRAGMA user_version = 1");
    connection.execute(
        "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
        "INSERT INTO posts (source, split, join_rule, word_count, gold_entities, external_id, words) "
        "VALUES (1, 'train', 'space', 1, 0, '7', x'41')");
    CHECK(PostRepository(connection).find(PostId{1})->post.auxiliary.empty());  // as it is read before it is migrated
    migrate(connection);
    CHECK(versionOf(connection) == knownVersion());
    PostRepository posts(connection);
    CHECK(posts.find(PostId{1})->post.externalId == "7");
    {
        Transaction transaction(connection);
        posts.setAuxiliary(PostId{1}, {"caption", {"a", ""}});
        posts.setAuxiliary(PostId{1}, {"ocr", {}});
        posts.setAuxiliary(PostId{1}, {"caption", {"b"}});
        transaction.commit();
    }
    CHECK(posts.find(PostId{1})->post.auxiliary == std::vector<AuxiliaryText>{{"caption", {"b"}}, {"ocr", {}}});
    connection.execute("DELETE FROM posts");
    CHECK(connection.integer("SELECT count(*) FROM auxiliary_texts") == 0);
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

TEST_CASE("Migrator.RegionsOfTheFirstSchemaAreReadBeforeAndAfterTheStepThatGivesThemDetectors") {
    const mnerva::test::TemporaryFolder folder;
    Connection connection(folder / "old.mnerva", Access::Create);
    connection.execute(std::string(embedded::steps().at(0).sql));
    connection.execute("PRAGMA application_id = 1296978518; PRAGMA user_version = 1");
    connection.execute(
        "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
        "INSERT INTO posts (source, split, join_rule, word_count, gold_entities, external_id, words) "
        "VALUES (1, 'train', 'space', 1, 0, '1', x'41');"
        "INSERT INTO regions (post, image, left, top, width, height, origin, name) "
        "VALUES (1, 0, 2, 3, 5, 7, 'human', 'dog')");
    RegionRepository regions(connection);
    const auto before = regions.ofPost(PostId{1});
    REQUIRE(before.size() == 1);
    CHECK(before[0].label == "dog");
    CHECK(before[0].bottom() == 10);
    CHECK(before[0].detector.empty());
    migrate(connection);
    CHECK(versionOf(connection) == knownVersion());
    const auto after = regions.ofPost(PostId{1});
    REQUIRE(after.size() == 1);
    CHECK(after[0].sameAs(before[0]));
}

TEST_CASE("Migrator.LayersOfAnOlderProjectAreReadBeforeAndAfterTheStepThatGivesThemTags") {
    const mnerva::test::TemporaryFolder folder;
    Connection connection(folder / "old.mnerva", Access::Create);
    for (std::size_t step = 0; step < 4; ++step) connection.execute(std::string(embedded::steps().at(step).sql));
    connection.execute("PRAGMA application_id = 1296978518; PRAGMA user_version = 4");
    connection.execute(
        "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
        "INSERT INTO posts (source, split, join_rule, word_count, gold_entities, external_id, words) "
        "VALUES (1, 'train', 'space', 2, 0, '1', CAST('A' || char(10) || 'B' AS BLOB));"
        "INSERT INTO layers (name, kind, created_at) VALUES ('r', 'run', 0);"
        "INSERT INTO layer_posts (layer, post) VALUES (3, 1);"
        "INSERT INTO entities (layer, post, first_word, last_word, type) VALUES (3, 1, 0, 0, 'PER')");
    LayerRepository layers(connection);
    const auto tagged = [&] {
        std::vector<std::vector<std::string>> out;
        layers.eachTags(LayerId{3}, [&](PostId, std::vector<std::string> tags) { out.push_back(std::move(tags)); });
        return out;
    };
    CHECK(tagged().empty());  // as a project is read that must not be written
    migrate(connection);
    CHECK(versionOf(connection) == knownVersion());
    CHECK(tagged().empty());
    CHECK(layers.entities(LayerId{3}, PostId{1}).size() == 1);
    layers.clear(LayerId{3});
    layers.cover(LayerId{3}, PostId{1}, {"B-PER", "X"});
    CHECK(tagged() == std::vector<std::vector<std::string>>{{"B-PER", "X"}});
    layers.clear(LayerId{3});
    layers.cover(LayerId{3}, PostId{1});
    CHECK(tagged().empty());
}

TEST_CASE("Migrator.AnOlderProjectIsReadBeforeAndGetsRoomForSkippedPostsReviewsAndComments") {
    const mnerva::test::TemporaryFolder folder;
    Connection connection(folder / "old.mnerva", Access::Create);
    for (std::size_t step = 0; step < 9; ++step) connection.execute(std::string(embedded::steps().at(step).sql));
    connection.execute(
        "PRAGMA application_id = 1296978518; PRAGMA user_version = 9;"
        "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
        "INSERT INTO posts (source, split, status, flagged, join_rule, word_count, gold_entities, external_id, words) "
        "VALUES (1, 'train', 'done', 1, 'space', 1, 0, 'a', x'41'), (1, 'train', 'open', 0, 'space', 1, 0, 'b', x'41');"
        "INSERT INTO layers (name, kind, created_at) VALUES ('ann', 'annotator', 0);"
        "INSERT INTO layer_posts (layer, post, status) VALUES (3, 2, 'done-flagged');"
        "INSERT INTO comments (id, post, author, created_at, text) VALUES (6, 2, 'me', 5, 'look')");
    PostRepository posts(connection);
    LayerRepository layers(connection);
    CommentRepository comments(connection);
    const auto look = [&] {
        CHECK(posts.find(PostId{1})->post.status == PostStatus::DoneFlagged);
        CHECK(posts.rows(PostId{}, 9, 1).at(1).status == PostStatus::Open);
        CHECK(posts.rowsIn(LayerId{3}, PostId{}, 9, 1).at(1).status == PostStatus::DoneFlagged);
        CHECK(posts.counts() == std::map<std::pair<Split, PostStatus>, int>{{{Split::Train, PostStatus::Done}, 1},
                                                                            {{Split::Train, PostStatus::Open}, 1}});
        CHECK(posts.reviewCounts().empty());
        CHECK(layers.status(LayerId{3}, PostId{2}) == PostStatus::DoneFlagged);
        CHECK(layers.review(LayerId{3}, PostId{2}) == Review::None);
        CHECK(layers.putAside(LayerId{3}).empty());
        CHECK(comments.of(kCorrectedLayer, PostId{2}) == std::vector<Comment>{{6, "me", 5, "look"}});
    };
    look();  // as a project is read that must not be written
    migrate(connection);
    CHECK(versionOf(connection) == knownVersion());
    look();
    posts.setStatus(PostId{1}, PostStatus::SkippedFlagged);
    posts.setReview(PostId{1}, Review::Returned);
    layers.setStatus(LayerId{3}, PostId{2}, PostStatus::Skipped);
    layers.setReview(LayerId{3}, PostId{2}, Review::Accepted);
    CHECK(posts.find(PostId{1})->post.status == PostStatus::SkippedFlagged);
    CHECK(posts.rows(PostId{}, 9, 1).at(0).review == Review::Returned);
    CHECK(posts.counts().at({Split::Train, PostStatus::Skipped}) == 1);
    CHECK(posts.counts()[{Split::Train, PostStatus::Done}] == 0);
    CHECK(posts.reviewCounts().at({Split::Train, Review::Returned}) == 1);
    CHECK(layers.counts(LayerId{3}).at({Split::Train, PostStatus::Skipped}) == 1);
    CHECK(layers.reviewCounts(LayerId{3}).at({Split::Train, Review::Accepted}) == 1);
    CHECK(layers.putAside(LayerId{3}) == std::set<PostId>{PostId{2}});
    posts.setStatus(PostId{1}, PostStatus::Open);
    CHECK(posts.find(PostId{1})->post.status == PostStatus::Open);
}

TEST_CASE("Comments.AreOfAPostAndALayerAndLeaveAsTheyWere") {
    DatabaseFixture f;
    f.connection.execute(
        "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
        "INSERT INTO posts (source, split, join_rule, word_count, gold_entities, external_id, words) "
        "VALUES (1, 'train', 'space', 1, 0, 'a', x'41'), (1, 'train', 'space', 1, 0, 'b', x'41');"
        "INSERT INTO layers (name, kind, created_at) VALUES ('ann', 'annotator', 0)");
    CommentRepository comments(f.connection);
    const Comment first{11, "me", 20, "first"}, second{4, "ann", 10, "earlier"};
    CHECK(comments.add(kCorrectedLayer, PostId{1}, first));
    CHECK_FALSE(comments.add(kCorrectedLayer, PostId{2}, first));  // an id stands once
    CHECK(comments.add(LayerId{3}, PostId{1}, second));
    CHECK(comments.of(kCorrectedLayer, PostId{1}) == std::vector<Comment>{first});
    CHECK(comments.of(LayerId{3}, PostId{1}) == std::vector<Comment>{second});
    CHECK(comments.counts(PostId{1}, PostId{2}) == std::map<PostId, int>{{PostId{1}, 2}});
    CHECK(comments.anyIn(PostId{1}, PostId{1}));
    CHECK_FALSE(comments.anyIn(PostId{2}, PostId{9}));
    CHECK_FALSE(comments.remove(LayerId{3}, PostId{1}, first));
    CHECK_FALSE(comments.remove(kCorrectedLayer, PostId{1}, {11, "me", 20, "other"}));
    CHECK(comments.remove(kCorrectedLayer, PostId{1}, first));
    f.connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 10200) "
        "INSERT INTO comments (id, post, author, created_at, text) SELECT i, 2, 'x', i, 'y' FROM n");
    CHECK(comments.of(kCorrectedLayer, PostId{2}).size() == CommentRepository::kMostOfAPost);
    CHECK(f.connection.oddRows().count("row-damaged") == 1);
    f.connection.execute("DELETE FROM comments WHERE post = 2; UPDATE comments SET text = '  '");
    CHECK(comments.of(LayerId{3}, PostId{1}).empty());
    CHECK(f.connection.oddRows().count("row-damaged") == 2);
}

TEST_CASE("Migrator.FlagsOfAnOlderProjectAreReadBeforeAndKeptByTheStepThatPutsThemBesideDone") {
    const mnerva::test::TemporaryFolder folder;
    Connection connection(folder / "old.mnerva", Access::Create);
    for (std::size_t step = 0; step < 3; ++step) connection.execute(std::string(embedded::steps().at(step).sql));
    connection.execute("PRAGMA application_id = 1296978518; PRAGMA user_version = 3");
    connection.execute("INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0)");
    for (const std::string status : {"open", "done", "flagged"})
        connection.execute(
            "INSERT INTO posts (source, split, status, join_rule, word_count, gold_entities, external_id, words) "
            "VALUES "
            "(1, 'train', '" +
            status + "', 'space', 1, 0, '1', x'41')");
    PostRepository posts(connection);
    const auto statuses = [&] {
        std::vector<PostStatus> found;
        for (const PostRow& row : posts.rows(PostId{}, 10, 4)) {
            CHECK(posts.find(row.id)->post.status == row.status);
            found.push_back(row.status);
        }
        return found;
    };
    const std::vector<PostStatus> old{PostStatus::Open, PostStatus::Done, PostStatus::Flagged};
    CHECK(statuses() == old);
    migrate(connection);
    CHECK(versionOf(connection) == knownVersion());
    CHECK(statuses() == old);
    posts.setStatus(PostId{2}, PostStatus::DoneFlagged);
    posts.setStatus(PostId{3}, PostStatus::DoneFlagged);
    CHECK(statuses() == std::vector<PostStatus>{PostStatus::Open, PostStatus::DoneFlagged, PostStatus::DoneFlagged});
    CHECK(posts.counts().at({Split::Train, PostStatus::Done}) == 2);
    posts.setStatus(PostId{2}, PostStatus::Flagged);
    posts.setStatus(PostId{3}, PostStatus::Open);
    CHECK(statuses() == std::vector<PostStatus>{PostStatus::Open, PostStatus::Flagged, PostStatus::Open});
}
