#include <unistd.h>

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>
#include <algorithm>
#include <map>

#include "core/project/editing.h"
#include "core/workflow/quality/statistics.h"
#include "ui/support/kill_driver.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"

using namespace mnerva;
using namespace mnerva::ui;

namespace mnerva::test {

static const char* const kLayer = "run1";
static constexpr int kPosts = 12;

std::string stateDigest(const std::vector<PostState>& states) {
    QCryptographicHash hash(QCryptographicHash::Md5);
    for (const auto& state : states) {
        const QString line = QStringLiteral("%1|%2|%3|%4\n")
                                 .arg(state.post.value)
                                 .arg(state.corrected)
                                 .arg(static_cast<int>(state.status))
                                 .arg(spans(state.entities));
        hash.addData(line.toUtf8());
    }
    return hash.result().toHex().toStdString();
}

std::vector<PostState> statesOnDisk(const project::Project& project) {
    std::vector<PostState> states;
    for (const auto& row : project.summaries(PostId{}, 1000)) states.push_back(project.view(row.id).state);
    return states;
}

static void print(const QByteArray& line) {
    const QByteArray whole = line + '\n';
    // One write for the whole line and no buffer: what the parent reads is what had happened.
    if (::write(STDOUT_FILENO, whole.constData(), static_cast<size_t>(whole.size())) < 0) _exit(3);
}

/// Presses keys and keeps a copy of all states as the window shows them.
class KillDriver {
public:
    KillDriver(MainWindow& window, quint32 seed) : m_window(window), m_random(seed) {}

    void start() {
        auto& session = m_window.session();
        bool read = false;
        session.read(
            [this](const project::Project& project) {
                for (const auto& state : statesOnDisk(project)) m_states[state.post] = state;
            },
            [&read] { read = true; });
        while (!read) QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QObject::connect(&session, &ProjectSession::saved, &session,
                         [this] { print("saved " + QByteArray::number(++m_saved)); });
        QObject::connect(&session, &ProjectSession::summaryChanged, &session, [this] { ++m_changes; });
        QObject::connect(&session, &ProjectSession::undone, &session,
                         [this](const Change& change) { m_undone = change; });
        queued();
        print("ready");
    }

    void step() {
        auto& session = m_window.session();
        if (!session.hasView() || session.view().post.id != session.currentPost()) return;
        static const std::vector<const char*> script{"Right",
                                                     "Right",
                                                     "Left",
                                                     "Shift+Right",
                                                     "Shift+Right",
                                                     "1",
                                                     "2",
                                                     "3",
                                                     "4",
                                                     "1",
                                                     "Tab",
                                                     "Return",
                                                     "Backspace",
                                                     "Alt+Right",
                                                     "Alt+Left",
                                                     ".",
                                                     "A",
                                                     "Return",
                                                     "N",
                                                     "F",
                                                     "D",
                                                     "R",
                                                     "J",
                                                     "K",
                                                     "J",
                                                     "Esc",
                                                     "Home",
                                                     "End",
                                                     "Ctrl+Right",
                                                     "Ctrl+Z",
                                                     "Ctrl+Shift+Z",
                                                     "Alt+Shift+Left"};
        const QString key = QString::fromLatin1(script[m_random.bounded(static_cast<quint32>(script.size()))]);
        if (key == QLatin1String("Ctrl+Z")) return travel(true);
        if (key == QLatin1String("Ctrl+Shift+Z")) return travel(false);
        const PostId before = session.view().post.id;
        const int changes = m_changes;
        press(key);
        if (m_changes == changes) return;  // the key changed no data
        // Enter finishes a post and goes on to the next: what it changed of the one that was left is in its row.
        const auto& row = session.summaries()[static_cast<std::size_t>(session.rowOf(before))];
        if (session.view().post.id == before) m_states[before] = session.view().state;
        m_states[before].status = row.status;
        m_states[before].corrected = row.corrected;
        queued();
    }

private:
    void press(const QString& name) {
        auto* page = qobject_cast<TagPage*>(m_window.page(QStringLiteral("tag")));
        const QKeyCombination key = QKeySequence(name, QKeySequence::PortableText)[0];
        QTest::keyClick(page->canvas(), key.key(), key.keyboardModifiers());
    }

    /// Undo and redo change what they change when the writer answers; they are told before and after.
    void travel(bool back) {
        auto& session = m_window.session();
        settle();
        if (back ? !session.canUndo() : !session.canRedo()) return;
        print("travelling");
        m_undone.reset();
        back ? session.undo() : session.redo();
        // The window jumps to the post that changed, which may have to be read first.
        QElapsedTimer patience;
        patience.start();
        while (!m_undone && patience.elapsed() < 10000) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        settle();
        m_states[session.view().post.id] = session.view().state;
        queued();
        print("arrived");
    }

    void settle() {
        while (m_window.session().isSaving()) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }

    void queued() {
        std::vector<PostState> states;
        for (const auto& [id, state] : m_states) states.push_back(state);
        print("queued " + QByteArray::fromStdString(stateDigest(states)));
    }

    MainWindow& m_window;
    QRandomGenerator m_random;
    std::map<PostId, PostState> m_states;
    int m_changes = 0, m_saved = 0;
    std::optional<Change> m_undone;
};

int runKillDriver(int argc, char** argv) {
    if (argc < 4) return 2;
    const QString folder = QString::fromLocal8Bit(argv[2]);
    QApplication application(argc, argv);
    settings::reload();
    Theme::install(Theme::Choice::Light);
    test::Window window;
    window.show();
    auto& session = window.session();
    QObject::connect(&session, &ProjectSession::openFailed, &session,
                     [](const Error& error) { print(QByteArray("not opened: ") + error.what()); });
    window.openProject(folder);
    QElapsedTimer patience;
    patience.start();
    const auto wait = [&](auto condition) {
        while (!condition() && patience.elapsed() < 20000) QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        return condition();
    };
    if (!wait([&] { return session.isOpen() && session.hasView() && session.isFullyLoaded(); })) return 4;
    if (session.isReadOnly()) {
        const auto holder = session.info().holder.value_or(project::LockHolder{});
        print("read-only, held by " + QByteArray::fromStdString(holder.program) + ' ' +
              QByteArray::number(holder.processId));
        return 5;
    }
    window.showPage(QStringLiteral("tag"));
    session.setSuggestionLayer(QString::fromLatin1(kLayer));
    if (!wait([&] { return !session.view().state.suggestions.empty() || patience.elapsed() > 300; })) return 6;
    KillDriver driver(window, QByteArray(argv[3]).toUInt());
    driver.start();
    while (patience.elapsed() < 60000) {
        driver.step();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 2);
    }
    return 0;
}

}  // namespace mnerva::test

/// What a killed child had told.
struct Told {
    std::vector<std::string> queued;  ///< [0] is the state before its first action
    int saved = 0;
    bool travelling = false;  ///< killed between the start and the end of an undo or redo
    bool ready = false;
};

static Told read(const QByteArray& output) {
    Told told;
    const qsizetype end = output.lastIndexOf('\n');  // a line that was cut is not told
    for (const QByteArray& line : output.left(std::max<qsizetype>(end, 0)).split('\n')) {
        if (line.startsWith("queued ")) told.queued.push_back(line.mid(7).toStdString());
        if (line.startsWith("saved ")) told.saved = line.mid(6).toInt();
        if (line == "travelling") told.travelling = true;
        if (line == "arrived") told.travelling = false;
        if (line == "ready") told.ready = true;
    }
    return told;
}

class KillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// A kill in the middle of writing the settings leaves an empty lock; the next start must not wait for its owner.
    void anOrphanLockOfTheSettingsDoesNotHoldUpTheNextStart() {
        QFile lock(settings::file() + QStringLiteral(".lock"));
        QVERIFY(lock.open(QIODevice::WriteOnly));
        lock.close();
        QElapsedTimer timer;
        timer.start();
        settings::reload();
        settings::setValue(QStringLiteral("test"), 1);
        settings::reload();
        QVERIFY(timer.elapsed() < 5000);
        QVERIFY(!lock.exists());
        QCOMPARE(settings::value(QStringLiteral("test")).toInt(), 1);
    }
    void everyActionShownAsSavedIsThereAfterAKill() {
        QTemporaryDir folder;
        const QString project = folder.filePath(QStringLiteral("project"));
        prepare(project);
        const int kills = qEnvironmentVariableIsSet("MNERVA_KILLS") ? qEnvironmentVariableIntValue("MNERVA_KILLS") : 15;
        const auto seed = static_cast<quint32>(qEnvironmentVariableIntValue("MNERVA_KILL_SEED"));
        QRandomGenerator random(seed == 0 ? 20 : seed);
        QElapsedTimer timer;
        timer.start();
        int totalSaved = 0;
        for (int i = 0; i < kills; ++i) {
            const Told told = runAndKill(project, random.generate(), 30 + static_cast<int>(random.bounded(500U)));
            QVERIFY2(told.ready, "the window did not open");
            totalSaved += told.saved;
            if (!verify(project, told)) {
                qWarning("kill %d of %d", i + 1, kills);
                QFAIL("an action that was shown as saved is not there");
            }
        }
        qInfo("%d kills, %d saved actions, %d times the disk was ahead of what was shown, %.1f s", kills, totalSaved,
              m_ahead, static_cast<double>(timer.elapsed()) / 1000);
        QVERIFY(totalSaved > kills);
    }

private:
    void prepare(const QString& project) {
        std::vector<Post> posts;
        for (int i = 0; i < test::kPosts; ++i) {
            auto post = i % 3 == 0 ? test::goldenPost() : i % 3 == 1 ? test::chinesePost() : test::plainGoldenPost();
            post.externalId = "p" + std::to_string(i);
            posts.push_back(std::move(post));
        }
        test::makeProject(project, posts);
        auto opened = project::Project::open(toPath(project), project::OpenMode::ReadWrite, "test");
        std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
        for (const auto& row : opened->summaries(PostId{}, 1000)) {
            predictions.emplace_back(row.id, std::vector<Entity>{{"PER", 1, 2, 0.9}, {"ORG", 4, 4, 0.6}});
        }
        opened->storePredictions(test::kLayer, predictions);
        m_journal = journalMark(*opened);
    }

    static Told runAndKill(const QString& project, quint32 seed, int afterMs) {
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        child.setProcessEnvironment(environment);
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--drive"), project, QString::number(seed)});
        QByteArray output;
        QElapsedTimer patience;
        patience.start();
        while (!output.contains("ready\n") && patience.elapsed() < 30000 && child.state() != QProcess::NotRunning) {
            child.waitForReadyRead(50);
            output += child.readAllStandardOutput();
        }
        patience.restart();
        while (patience.elapsed() < afterMs && child.state() != QProcess::NotRunning) {
            child.waitForReadyRead(static_cast<int>(std::max<qint64>(1, afterMs - patience.elapsed())));
            output += child.readAllStandardOutput();
        }
        child.kill();
        child.waitForFinished();
        output += child.readAllStandardOutput();
        const Told told = read(output);
        if (!told.ready) {
            qWarning("the child ended with %d (%s): %s", child.exitCode(),
                     child.exitStatus() == QProcess::CrashExit ? "killed" : "by itself", output.constData());
        }
        return told;
    }

    /// One more journal row, written by us: its number tells how many there are.
    static std::int64_t journalMark(project::Project& project) {
        const auto first = project.summaries(PostId{}, 1).front();
        const auto state = project.view(first.id).state;
        const auto other = state.status == PostStatus::Flagged ? PostStatus::Open : PostStatus::Flagged;
        return project.apply(std::get<Change>(project::setStatus(state, other))).journal.value;
    }

    /// The journal has a row for every action called saved, and the disk holds what the window showed after as many
    /// actions as there are rows. (A write can be on the disk before its line was printed: then taking it back gives
    /// the state before it.)
    bool verify(const QString& folder, const Told& told) {
        auto project = project::Project::open(toPath(folder), project::OpenMode::ReadWrite, "test");
        const Findings findings = workflow::checkProject(*project);
        for (const auto& finding : findings.list()) qWarning("%s: %s", finding.code.c_str(), finding.text.c_str());
        if (!findings.isEmpty()) return false;
        const auto onDisk = [&] { return test::stateDigest(test::statesOnDisk(*project)); };
        const std::string left = onDisk();
        const std::int64_t mark = journalMark(*project);
        const auto rows = static_cast<std::size_t>(mark - m_journal - 1);
        m_journal = mark;
        bool good = rows >= static_cast<std::size_t>(told.saved);
        if (!good) qWarning("%zu journal rows, %d were saved", rows, told.saved);
        if (told.travelling) return good;
        if (rows < told.queued.size()) {
            good = good && left == told.queued[rows];
        } else {
            ++m_ahead;
            project->undo();  // our mark
            project->undo();
            good = good && rows == told.queued.size() && onDisk() == told.queued.back();
            project->redo();
            project->redo();
            m_journal += 4;
        }
        if (!good)
            qWarning("%zu rows, %zu states shown, %d saved: the disk differs", rows, told.queued.size(), told.saved);
        return good;
    }

    std::int64_t m_journal = 0;
    int m_ahead = 0;
};

int main(int argc, char** argv) {
    if (argc > 1 && QByteArray(argv[1]) == "--drive") return mnerva::test::runKillDriver(argc, argv);
    return mnerva::test::runTagTest<KillTest>(argc, argv);
}
#include "kill_test.moc"
