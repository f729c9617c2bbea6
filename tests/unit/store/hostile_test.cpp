#include <pthread.h>
#include <time.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "core/base/file.h"
#include "core/store/connection.h"
#include "core/store/journal_repository.h"
#include "core/store/layer_repository.h"
#include "core/store/post_repository.h"
#include "core/store/project_files.h"
#include "core/store/project_lock.h"
#include "core/store/region_repository.h"
#include "core/store/schema.h"
#include "core/store/setting_repository.h"
#include "tests/support/odd_files.h"
#include "tests/support/raw_database.h"
#include "tests/unit/store/fixture.h"

// A database that comes from a stranger, or lies in a folder that a stranger filled.

namespace {
using namespace mnerva;
using namespace mnerva::store;
using mnerva::store::test::DatabaseFixture;
using mnerva::store::test::errorOf;
using mnerva::test::OddKind;
using mnerva::test::putOdd;
using mnerva::test::runSql;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A database that was closed.
struct ClosedDatabase {
    mnerva::test::TemporaryFolder folder;
    fs::path file = folder / "project.mnerva";
    ClosedDatabase() {
        Connection connection(file, Access::Create);
        migrate(connection);
        connection.execute("INSERT INTO settings VALUES ('a', 'b')");
    }
};

/// Answers for the file system while it lives.
struct OnNetwork {
    OnNetwork() {
        setFileSystemProbe([](const fs::path&) { return FileSystem{"nfs", true}; });
    }
    ~OnNetwork() { setFileSystemProbe({}); }
};

constexpr const char* kEndless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n";

std::vector<std::string> foreign(const fs::path& file) {
    Connection connection(file, Access::ReadOnly);
    std::vector<std::string> what;
    for (const ForeignPart& part : foreignParts(connection, versionOf(connection)))
        what.push_back(part.what + (part.blocksReading ? " (blocks)" : ""));
    return what;
}

/// Posts of one source, put in by SQL.
struct RowFixture : DatabaseFixture {
    PostRepository posts{connection};
    LayerRepository layers{connection};
    RegionRepository regions{connection};
    RowFixture() {
        connection.execute(
            "INSERT INTO sources (file, sha256, imported_at) VALUES ('f', '', 0);"
            "INSERT INTO posts (source, split, join_rule, word_count, gold_entities, external_id, words, source_tags) "
            "VALUES (1, 'train', 'space', 2, 0, 'p', x'410a42', x'4f0a4f'), "
            "       (1, 'train', 'space', 1, 0, 'q', x'43', x'4f');"
            "INSERT INTO layer_posts (layer, post) VALUES (2, 1)");
    }
    std::vector<std::string> odd() const {
        std::vector<std::string> texts;
        for (const Finding& finding : connection.oddRows().list()) texts.push_back(finding.code + ": " + finding.text);
        return texts;
    }
};
}  // namespace

TEST_CASE("Unsafe.NothingIsWrittenThroughWhatLiesWhereTheDatabaseOrItsLogBelongs") {
    for (const OddKind kind : mnerva::test::oddKinds())
        for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
            const ClosedDatabase f;
            const fs::path place = f.file.string() + ending, victim = f.folder / "victim";
            INFO(mnerva::test::nameOf(kind) << " as project.mnerva" << ending);
            if (*ending == 0) fs::copy_file(f.file, victim);
            if (!putOdd(kind, place, victim)) {
                WARN("skipped: a device cannot be made here");
                continue;
            }
            const std::string before = fs::exists(victim) ? readFile(victim) : "";
            for (const Access access : {Access::ReadWrite, Access::Create})
                CHECK(errorOf([&] { Connection(f.file, access); }) == "unsafe-target");
            if (fs::exists(victim)) CHECK(readFile(victim) == before);
            CHECK(unsafeDatabaseFiles(f.file).size() == 1);
            CHECK(unsafeDatabaseFiles(f.file).front().path == place);
        }
}

TEST_CASE("Unsafe.ReadingStaysPossibleAndWritesNothingEither") {
    for (const OddKind kind : mnerva::test::oddKinds())
        for (const char* ending : {"-wal", "-shm", "-journal"}) {
            const ClosedDatabase f;
            const fs::path victim = f.folder / "victim";
            INFO(mnerva::test::nameOf(kind) << " as project.mnerva" << ending);
            if (!putOdd(kind, f.file.string() + ending, victim)) continue;
            Connection reader(f.file, Access::ReadOnly);
            CHECK(reader.text("SELECT value FROM settings WHERE key = 'a'") == "b");
            if (fs::exists(victim)) CHECK(readFile(victim) == "a letter of the user");
        }
}

TEST_CASE("Unsafe.ADatabaseWithASecondNameIsReadAndNotWritten") {
    const ClosedDatabase f;
    fs::create_hard_link(f.file, f.folder / "other");
    CHECK(Connection(f.file, Access::ReadOnly).text("SELECT value FROM settings") == "b");
    CHECK(errorOf([&] { Connection(f.file, Access::ReadWrite); }) == "unsafe-target");
}

TEST_CASE("Unsafe.AFolderThatIsReachedThroughALinkIsNoFault") {
    const ClosedDatabase f;
    fs::create_directory_symlink(f.folder.path(), f.folder / "way");
    Connection connection(f.folder / "way" / "project.mnerva", Access::ReadWrite);
    CHECK_NOTHROW(connection.execute("INSERT INTO settings VALUES ('c', 'd')"));
}

TEST_CASE("Unsafe.TheLockIsTakenThroughNothing") {
    for (const OddKind kind : mnerva::test::oddKinds()) {
        const mnerva::test::TemporaryFolder folder;
        INFO(mnerva::test::nameOf(kind));
        if (!putOdd(kind, folder / "lock", folder / "victim")) continue;
        CHECK(errorOf([&] { ProjectLock::tryTake(folder.path(), "mnerva"); }) == "unsafe-target");
        if (fs::exists(folder / "victim")) CHECK(readFile(folder / "victim") == "a letter of the user");
    }
}

TEST_CASE("Hostile.TriggersOfAFileDoNotRun") {
    const ClosedDatabase f;
    runSql(f.file, "CREATE TRIGGER t AFTER INSERT ON settings BEGIN DELETE FROM settings; END");
    Connection connection(f.file, Access::ReadWrite);
    connection.execute("INSERT INTO settings VALUES ('c', 'd')");
    CHECK(connection.integer("SELECT count(*) FROM settings") == 2);
    CHECK(foreign(f.file) == std::vector<std::string>{"the trigger t"});
}

TEST_CASE("Hostile.AViewInPlaceOfATableIsNotAsked") {
    const ClosedDatabase f;
    runSql(f.file, std::string("DROP TABLE comments; CREATE VIEW comments AS ") + kEndless);
    Connection connection(f.file, Access::ReadOnly);
    CHECK(errorOf([&] { connection.integer("SELECT count(*) FROM comments"); }) == "database-failed");
    CHECK(foreign(f.file) ==
          std::vector<std::string>{"the view comments with another definition (blocks)", "no index comments_by_post"});
}

TEST_CASE("Hostile.EveryForeignPartOfASchemaIsNamed") {
    for (const auto& [sql, what] : std::vector<std::pair<std::string, std::string>>{
             {"CREATE TABLE extra (a)", "the table extra"},
             {"CREATE INDEX odd ON posts (upper(external_id))", "the index odd"},
             {"ALTER TABLE sources ADD COLUMN g TEXT AS (upper(file))",
              "the table sources with another definition (blocks)"},
             {"DROP INDEX posts_by_split", "no index posts_by_split"},
             {"PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'ON DELETE CASCADE', '') WHERE "
              "name = 'regions'",
              "the table regions with another definition (blocks)"}}) {
        const ClosedDatabase f;
        runSql(f.file, sql);
        CHECK(foreign(f.file) == std::vector<std::string>{what});
    }
    const ClosedDatabase plain;
    runSql(plain.file, "ANALYZE; VACUUM");
    CHECK(foreign(plain.file).empty());
}

TEST_CASE("Hostile.AFileOfANewerVersionWithATableThatComputesIsNotRead") {
    const ClosedDatabase f;
    runSql(f.file,
           "PRAGMA user_version = 99; CREATE TABLE extra (a); CREATE TRIGGER t AFTER INSERT ON extra BEGIN "
           "SELECT 1; END");
    CHECK(foreign(f.file).empty());
    runSql(f.file, "ALTER TABLE sources ADD COLUMN g TEXT AS (upper(file))");
    CHECK(foreign(f.file) == std::vector<std::string>{"the table sources with another definition (blocks)"});
}

TEST_CASE("Hostile.AnOpenFileTrustsNothing") {
    DatabaseFixture f;
    CHECK(f.connection.integer("PRAGMA trusted_schema") == 0);
    CHECK(f.connection.integer("PRAGMA cell_size_check") == 1);
    CHECK(f.connection.integer("PRAGMA mmap_size") == 0);
    f.connection.execute("PRAGMA writable_schema = 1");
    CHECK(errorOf([&] { f.connection.execute("UPDATE sqlite_schema SET sql = ''"); }) == "database-failed");
    CHECK(errorOf([&] { f.connection.execute("ATTACH ':memory:' AS other"); }) == "database-failed");
}

TEST_CASE("Hostile.AValueBeyondTheBoundIsRefusedWithIt") {
    DatabaseFixture f;
    CHECK(errorOf([&] { f.connection.integer("SELECT length(zeroblob(300000000))"); }) == "bound-exceeded");
}

TEST_CASE("Stop.EndsAQueryThatHasNoEnd") {
    const ClosedDatabase f;
    for (const bool before : {true, false}) {
        std::stop_source stop;
        Connection connection(f.file, Access::ReadOnly, stop.get_token());
        clockid_t clock{};
        REQUIRE(::pthread_getcpuclockid(::pthread_self(), &clock) == 0);
        const auto computed = [clock] {
            timespec used{};
            ::clock_gettime(clock, &used);
            return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
        };
        std::jthread asks([&, begin = computed()] {
            while (!before && computed() < begin + 50ms) std::this_thread::yield();  // the query is under way by then
            stop.request_stop();
        });
        if (before) asks.join();
        CHECK_THROWS_AS(connection.integer(kEndless), Cancelled);
        connection.setStop({});
        CHECK(connection.integer("SELECT 7") == 7);
    }
}

TEST_CASE("Network.TheJournalThereNeedsNoSharedMemory") {
    const ClosedDatabase f;
    {
        const OnNetwork network;
        Connection connection(f.file, Access::ReadWrite);
        CHECK(connection.fileSystem().name == "nfs");
        CHECK(connection.text("PRAGMA journal_mode") == "delete");
        CHECK(connection.integer("PRAGMA synchronous") == 3);
        connection.execute("INSERT INTO settings VALUES ('c', 'd')");
        CHECK_FALSE(fs::exists(f.file.string() + "-shm"));
        CHECK(Connection(f.file, Access::ReadOnly).text("SELECT value FROM settings WHERE key = 'c'") == "d");
    }
    Connection connection(f.file, Access::ReadWrite);
    CHECK(connection.text("PRAGMA journal_mode") == "wal");
    CHECK_FALSE(connection.fileSystem().isNetwork);
    CHECK(connection.integer("SELECT count(*) FROM settings") == 2);
}

TEST_CASE("Network.ALogThatAnotherProgramKeepsOpenIsSaid") {
    const ClosedDatabase f;
    Connection first(f.file, Access::ReadWrite);
    first.integer("SELECT count(*) FROM settings");
    const OnNetwork network;
    CHECK(errorOf([&] { Connection(f.file, Access::ReadWrite); }) == "database-failed");
}

TEST_CASE("CutOff.AWriteThatWasCutOffIsTakenBackByAWriterAndNotReadHalf") {
    const ClosedDatabase f;
    const fs::path other = f.folder / "other";
    fs::create_directory(other);
    {
        const OnNetwork network;
        Connection connection(f.file, Access::ReadWrite);
        connection.execute("PRAGMA cache_size = 1; BEGIN IMMEDIATE");
        for (int i = 0; i < 200; ++i)
            connection.execute("INSERT INTO settings VALUES ('" + std::to_string(i) + "', hex(zeroblob(2000)))");
        // As the power goes: the file half written, its journal beside it.
        for (const char* ending : {"", "-journal"})
            fs::copy_file(f.file.string() + ending, other / (std::string("project.mnerva") + ending));
    }
    const fs::path file = other / "project.mnerva";
    REQUIRE(Connection::wasCutOff(file));
    CHECK(errorOf([&] { Connection(file, Access::ReadOnly); }) == "database-failed");
    Connection::takeBack(file);
    CHECK_FALSE(Connection::wasCutOff(file));
    CHECK(Connection(file, Access::ReadOnly).integer("SELECT count(*) FROM settings") == 1);
}

TEST_CASE("Moved.NothingIsSavedIntoAFileThatNobodyCanFindAgain") {
    for (const char* ending : {"", "-wal"}) {
        DatabaseFixture f;
        const fs::path place = f.file.string() + ending, away = f.folder / "away";
        const auto write = [&] {
            Transaction transaction(f.connection);
            f.connection.execute("INSERT OR REPLACE INTO settings VALUES ('a', 'b')");
            transaction.commit();
        };
        write();
        fs::rename(place, away);
        INFO("project.mnerva" << ending);
        CHECK(errorOf(write) == "file-missing");
        std::ofstream(place) << "another file";
        CHECK(errorOf(write) == "file-missing");
        fs::rename(away, place);
        CHECK_NOTHROW(write());
    }
}

TEST_CASE("ProjectLock.AMarkInTheFutureOfAnotherHostIsStale") {
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "lock", R"({"program":"mnerva","host":"gpubox.example","pid":77})");
    fs::last_write_time(folder / "lock", fs::file_time_type::clock::now() + 24h);
    CHECK(ProjectLock::tryTake(folder.path(), "mnerva").lock);
    // Clocks disagree a little: that is no reason to take a lock away.
    const mnerva::test::TemporaryFolder other;
    writeFileAtomic(other / "lock", R"({"program":"mnerva","host":"gpubox.example","pid":77})");
    fs::last_write_time(other / "lock", fs::file_time_type::clock::now() + 60s);
    CHECK_FALSE(ProjectLock::tryTake(other.path(), "mnerva").lock);
}

TEST_CASE("ProjectLock.AnIdleHolderKeepsItsMarkFresh") {
    const mnerva::test::TemporaryFolder folder;
    const auto held = ProjectLock::tryTake(folder.path(), "mnerva", 5ms);
    REQUIRE(held.lock);
    const auto old = fs::file_time_type::clock::now() - ProjectLock::kStaleAfter - 1min;
    fs::last_write_time(folder / "lock", old);
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (fs::last_write_time(folder / "lock") <= old + 1s && std::chrono::steady_clock::now() < end)
        std::this_thread::yield();
    CHECK(fs::last_write_time(folder / "lock") > old + 1s);
}

TEST_CASE("ProjectLock.AHolderHearsThatItsLockWasTakenOver") {
    const mnerva::test::TemporaryFolder folder;
    const auto held = ProjectLock::tryTake(folder.path(), "mnerva");
    REQUIRE(held.lock);
    CHECK_FALSE(held.lock->lostTo());
    {
        std::ofstream file(folder / "lock");  // in place, as another host does that sees no lock of ours
        file << R"({"program":"mnerva-cli import","host":"gpubox.example","pid":77})";
    }
    REQUIRE(held.lock->lostTo());
    CHECK(held.lock->lostTo()->host == "gpubox.example");
    fs::remove(folder / "lock");
    REQUIRE(held.lock->lostTo());
    CHECK(held.lock->lostTo()->program == "another program");
}

TEST_CASE("ProjectLock.LettingGoLeavesTheMarkOfWhoTookItOver") {
    const mnerva::test::TemporaryFolder folder;
    auto held = ProjectLock::tryTake(folder.path(), "mnerva");
    const std::string other = R"({"program":"mnerva-cli import","host":"gpubox.example","pid":77})";
    std::ofstream(folder / "lock") << other;
    held.lock.reset();
    CHECK(readFile(folder / "lock") == other);
}

TEST_CASE("ProjectLock.NumbersThatAreNoProcessAreNone") {
    for (const char* pid : {"-5", "99999999999999999999", "4294967297", "1e300", "null"}) {
        const mnerva::test::TemporaryFolder folder;
        writeFileAtomic(folder / "lock",
                        std::string(R"({"program":"mnerva","host":"gpubox.example","pid":)") + pid + "}");
        CHECK(ProjectLock::tryTake(folder.path(), "mnerva").holder.processId == 0);
    }
    const mnerva::test::TemporaryFolder folder;
    writeFileAtomic(folder / "lock", std::string(3000, '['));
    CHECK(ProjectLock::tryTake(folder.path(), "mnerva").lock);
}

TEST_CASE("Rows.TagsThatDoNotFitTheWordsAreLeftOutAndNamed") {
    RowFixture f;
    f.connection.execute("UPDATE posts SET source_tags = x'4f' WHERE id = 1");
    CHECK(f.posts.find(PostId{1})->post.sourceTags.empty());
    CHECK(f.posts.find(PostId{1})->post.words.size() == 2);
    int seen = 0;
    f.posts.each(std::nullopt, [&](const StoredPost& post) {
        checkPost(post.post);
        return ++seen > 0;
    });
    CHECK(seen == 2);
    CHECK(f.odd() == std::vector<std::string>{"tag-count-differs: post 1, source_tags: 1 tags for 2 words"});
}

TEST_CASE("Rows.EntitiesWithImpossibleWordsTypesAndConfidencesAreLeftOutAndNamed") {
    RowFixture f;
    f.connection.execute(
        "PRAGMA ignore_check_constraints = ON;"
        "INSERT INTO entities VALUES (2, 1, 0, 0, 'PER', 0.5), (2, 1, -4, 1, 'PER', NULL), (2, 1, 1, 0, 'LOC', NULL),"
        " (2, 1, 1, 9223372036854775807, 'ORG', NULL), (2, 1, 1, 4294967297, 'ORG', NULL), (2, 1, 1, 1, '', NULL),"
        " (2, 1, 1, 1, 'A' || char(10) || 'B', NULL), (2, 1, 1, 1, 'MISC', 7)");
    const std::vector<Entity> found = f.layers.entities(LayerId{2}, PostId{1});
    REQUIRE(found.size() == 2);
    CHECK(found[0].confidence == 0.5);
    CHECK(found[1].type == "MISC");
    CHECK_FALSE(found[1].confidence);
    CHECK(f.connection.oddRows().count("entity-outside") == 4);
    CHECK(f.connection.oddRows().count("row-damaged") == 3);
    f.layers.entities(LayerId{2}, PostId{1});
    CHECK(f.connection.oddRows().list().size() == 7);  // each is said once
}

TEST_CASE("Rows.LinksAndRegionsThatCannotBeAreLeftOutAndNamed") {
    RowFixture f;
    f.connection.execute(
        "PRAGMA ignore_check_constraints = ON;"
        "INSERT INTO regions (id, post, image, left, top, width, height, origin, detector) VALUES "
        "(1, 1, 0, 1, 2, 3, 4, 'human', ''), (2, 1, -1, 0, 0, 1, 1, 'human', ''), (3, 1, 0, 2147483647, 0, 9, 9, "
        "'human', ''),"
        "(4, 1, 0, 4294967296, 0, 9, 9, 'human', ''), (5, 1, 0, 0, 0, 0, 9, 'human', ''), (6, 1, 0, 0, 0, 1, 1, 'odd', "
        "'');"
        "INSERT INTO links VALUES (1, 1, 0, 1, 'PER', 1), (1, 1, -3, 1, 'PER', 1), (1, 1, 1, 4294967297, 'PER', 1)");
    CHECK(f.regions.ofPost(PostId{1}).size() == 1);
    CHECK(f.regions.links(LayerId{1}, PostId{1}).size() == 1);
    CHECK(f.connection.oddRows().count("region-invalid") == 5);
    CHECK(f.connection.oddRows().count("link-outside") == 2);
}

TEST_CASE("Rows.NamesThatTheSchemaDoesNotKnowStandForTheUsualOnes") {
    RowFixture f;
    f.connection.execute(
        "PRAGMA ignore_check_constraints = ON; UPDATE posts SET split = 'x', status = 'y', word_count "
        "= 9 WHERE id = 2");
    const auto post = f.posts.find(PostId{2});
    CHECK(post->post.split == Split::None);
    CHECK(post->post.status == PostStatus::Open);
    CHECK(f.odd() == std::vector<std::string>{"row-damaged: post 2, split: x", "row-damaged: post 2, status: y",
                                              "row-damaged: post 2, word_count: 9 for 1 words"});
}

TEST_CASE("Rows.AListOfMoreItemsThanAnybodyTagsIsNotMade") {
    RowFixture f;
    f.connection.execute(
        "UPDATE posts SET words = CAST(replace(hex(zeroblob(800000)), '0', char(10)) AS BLOB) WHERE id = 1");
    CHECK(f.posts.find(PostId{1})->post.words.empty());
    CHECK(f.connection.oddRows().count("row-damaged") >= 1);
    CHECK(f.posts.find(PostId{2})->post.words.size() == 1);
}

TEST_CASE("Rows.LabelsThatCannotBeOneAreLeftOut") {
    RowFixture f;
    f.connection.execute(
        "INSERT INTO settings VALUES ('project/types', 'PER' || char(10) || char(10) || 'PER' || char(10) "
        "|| 'A' || char(7) || char(10) || 'LOC'), ('project/scheme', 'nonsense')");
    const LabelSet labels = SettingRepository(f.connection).labels();
    CHECK(labels.types == std::vector<std::string>{"PER", "LOC"});
    CHECK(labels.scheme == text::TagScheme::Bio);
    CHECK(f.connection.oddRows().count("row-damaged") == 4);
}

TEST_CASE("Rows.AJournalRowIsBoundedAndItsNumbersAreLookedAt") {
    RowFixture f;
    const auto changeOf = [&](const std::string& json) {
        Statement insert(f.connection,
                         "INSERT OR REPLACE INTO journal (id, written_at, kind, action, target, change) VALUES (1, 0, "
                         "'do', 'label', NULL, ?)");
        insert.bind(json).run();
        return errorOf([&] { JournalRepository(f.connection).change(JournalId{1}); });
    };
    const auto withEntity = [&](const std::string& entity) {
        return changeOf(R"({"action":"label","posts":[{"post":1,"corrected":[false,true],"added":[)" + entity + "]}]}");
    };
    CHECK(withEntity(R"(["PER",0,1])") == "no error");
    for (const char* entity : {R"(["PER",-1,1])", R"(["PER",0,4294967297])", R"(["PER",0,1e300])", R"(["PER",1,0])",
                               R"(["",0,0])", R"(["A\nB",0,0])", R"(["PER",0,0,9])", R"(["PER"])", "7"})
        CHECK(withEntity(entity) == "project-corrupt");
    CHECK(changeOf(std::string(200000, '[')) == "project-corrupt");
    CHECK(changeOf("") == "project-corrupt");
}
