#include "ui/session/run_library.h"

#include <QSignalSpy>
#include <QTest>

#include "ui/base/text_border.h"
#include "ui/support/run_fixture.h"

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

RunInfo started(const QString& project, const std::string& name) {
    RunInfo run;
    run.name = name;
    run.folder = workflow::runsFolder(toPath(project)) / name;
    run.history.state = protocol::RunState::Running;
    return run;
}

void load(RunLibrary& library, const RunFixture& f) {
    library.open(f.folder());
    library.want();
    MNERVA_WAIT(library.isLoaded());
}

}  // namespace

class RunLibraryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsReadBeforeSomebodyWantsIt() {
        RunFixture f;
        f.addGoldenRun(QStringLiteral("a"));
        RunLibrary library;
        QSignalSpy loaded(&library, &RunLibrary::loaded);
        library.open(f.folder());
        RunLibrary other;  // has read them by when this one would have, too
        load(other, f);
        QCOMPARE(loaded.size(), 0);
        QVERIFY(library.runs().empty());
        library.want();
        MNERVA_WAIT(loaded.size() == 1);
        QCOMPARE(library.runs().size(), std::size_t(1));
        library.open({});
        QVERIFY(library.runs().empty());
        library.open(f.folder());  // wanted once, wanted of every project
        MNERVA_WAIT(library.runs().size() == 1);
    }

    void aRunThatAnotherProgramMakesAppearsByItself() {
        RunFixture f;
        f.addGoldenRun(QStringLiteral("a"));
        RunLibrary library;
        load(library, f);
        f.addGoldenRun(QStringLiteral("b"));
        MNERVA_WAIT(library.run(QStringLiteral("b")));
        QVERIFY(QDir(f.folder() + QStringLiteral("/runs/a")).removeRecursively());
        MNERVA_WAIT(!library.run(QStringLiteral("a")));
    }

    void theFirstRunOfAProjectAppearsByItself() {
        RunFixture f;
        QVERIFY(!QDir(f.folder() + QStringLiteral("/runs")).exists());
        RunLibrary library;
        load(library, f);
        QVERIFY(library.runs().empty());
        f.addGoldenRun(QStringLiteral("a"));
        MNERVA_WAIT(library.run(QStringLiteral("a")));
        f.addGoldenRun(QStringLiteral("b"));
        MNERVA_WAIT(library.run(QStringLiteral("b")));
        // And once more, after all of them went.
        QVERIFY(QDir(f.folder() + QStringLiteral("/runs")).removeRecursively());
        MNERVA_WAIT(library.runs().empty());
        f.addGoldenRun(QStringLiteral("c"));
        MNERVA_WAIT(library.run(QStringLiteral("c")));
    }

    void aProjectWithoutRunsIsNotReadAgainForItsOwnFiles() {
        RunFixture f;
        RunLibrary library;
        load(library, f);
        QSignalSpy loaded(&library, &RunLibrary::loaded);
        writeFile(f.folder() + QStringLiteral("/beside"), "x");
        RunLibrary other;  // has seen its first run by when this one would have looked, too
        RunFixture g;
        load(other, g);
        g.addGoldenRun(QStringLiteral("a"));
        MNERVA_WAIT(other.run(QStringLiteral("a")));
        QCOMPARE(loaded.size(), 0);
    }

    void whatIsKnownOfALiveRunIsNewerThanTheDisk() {
        RunFixture f;
        f.addGoldenRun(QStringLiteral("a"));
        RunLibrary library;
        load(library, f);
        RunInfo live = started(f.folder(), "a");
        live.history.epoch = 77;
        library.live(live);
        QSignalSpy loaded(&library, &RunLibrary::loaded);
        library.refresh();
        MNERVA_WAIT(loaded.size() == 1);
        QCOMPARE(library.run(QStringLiteral("a"))->history.epoch, 77);
        // At its end its files are looked at, and its events are not read.
        live.history.state = protocol::RunState::Succeeded;
        library.ended(live);
        MNERVA_WAIT(library.run(QStringLiteral("a"))->hasModel);
        QVERIFY(library.run(QStringLiteral("a"))->calibration);
        QCOMPARE(library.run(QStringLiteral("a"))->history.epoch, 77);
    }

    void aRunOfAnotherProjectIsNotShownHere() {
        RunFixture f;
        RunLibrary library;
        load(library, f);
        library.live(started(f.path(QStringLiteral("other")), "x"));
        library.ended(started(f.path(QStringLiteral("other")), "x"));
        QVERIFY(library.runs().empty());
        QSignalSpy loaded(&library, &RunLibrary::loaded);
        library.refresh();
        MNERVA_WAIT(loaded.size() == 1);
        QVERIFY(library.runs().empty());
    }

    void twoRunsThatEndAtOnceAreBothSettled() {
        RunFixture f;
        f.addGoldenRun(QStringLiteral("a"));
        f.addGoldenRun(QStringLiteral("b"));
        RunLibrary library;
        load(library, f);
        for (const char* name : {"a", "b"}) library.live(started(f.folder(), name));
        for (const char* name : {"a", "b"}) library.ended(started(f.folder(), name));
        MNERVA_WAIT(library.run(QStringLiteral("a"))->hasModel && library.run(QStringLiteral("b"))->hasModel);
    }
};

QTEST_MAIN(RunLibraryTest)
#include "run_library_test.moc"
