#include <sys/resource.h>

#include <QFile>
#include <QFileInfo>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>
#include <csignal>

#include "core/project/backup.h"
#include "ui/pages/data/backups_dialog.h"
#include "ui/pages/data/data_commands.h"
#include "ui/pages/data/rescue_host.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

using namespace mnerva;
using namespace mnerva::ui;

namespace {

constexpr int kWait = 15000;

/// Files cannot grow while this lives.
class FullDisk {
public:
    FullDisk() {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit full{1, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() { end(); }
    void end() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

/// The whole window over a project of a few posts, in a folder of its own.
struct Opened {
    QTemporaryDir folder;
    std::unique_ptr<test::Window> window;

    Opened() {
        std::vector<Post> posts;
        for (int i = 0; i < 5; ++i) {
            posts.push_back(test::plainGoldenPost());
            posts.back().externalId = "p" + std::to_string(i);
        }
        test::makeProject(path(), posts);
    }
    ~Opened() { dialogs::setAnswers({}); }

    QString path() const { return folder.filePath(QStringLiteral("project")); }
    QString file() const { return path() + QStringLiteral("/project.mnerva"); }
    void show(int backupDelay = 60000) {
        window = std::make_unique<test::Window>();
        commands().rescue().setDelay(backupDelay);
        window->resize(1280, 800);
        window->show();
        QApplication::setActiveWindow(window.get());
    }
    void open() {
        show();
        window->openProject(path());
        waitForPost();
    }
    void waitForPost() const {
        QTRY_VERIFY_WITH_TIMEOUT(session().isOpen() && session().hasView() && session().isFullyLoaded(), kWait);
        window->showPage(QStringLiteral("tag"));
    }
    ProjectSession& session() const { return window->session(); }
    DataCommands& commands() const { return dynamic_cast<DataCommands&>(window->commands()); }
    Banner* bar(const char* name) const { return window->findChild<Banner*>(QString::fromLatin1(name)); }
    void press(const QString& keys) const {
        auto* page = qobject_cast<TagPage*>(window->page(QStringLiteral("tag")));
        page->canvas()->setFocus();
        for (const QString& name : keys.split(QLatin1Char(' '))) {
            const QKeyCombination key = QKeySequence(name, QKeySequence::PortableText)[0];
            QTest::keyClick(page->canvas(), key.key(), key.keyboardModifiers());
        }
    }
    QString spans() const { return test::spans(session().view().state.entities); }
    QPushButton* button(const char* bar, const QString& text) const {
        for (QPushButton* one : this->bar(bar)->findChildren<QPushButton*>())
            if (one->isVisible() && one->text() == text) return one;
        return nullptr;
    }
    /// Answers each question by the number of a button, and notes its id.
    void answer(int button) {
        dialogs::Answers answers;
        answers.ask = [this, button](const dialogs::Question& question) {
            asked << question.id;
            return button;
        };
        answers.run = [this](QDialog& dialog) { return run(dialog); };
        dialogs::setAnswers(answers);
    }
    QStringList asked;
    std::function<int(QDialog&)> run = [](QDialog&) { return 0; };
};

QByteArray contentOf(const QString& file) {
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

void put(const QString& file, const QByteArray& bytes) {
    QFile opened(file);
    QVERIFY(opened.open(QIODevice::WriteOnly | QIODevice::Truncate));
    opened.write(bytes);
}

}  // namespace

class RescueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openingAProjectBacksItUpOnceADay() {
        Opened f;
        f.show(0);
        QSignalSpy backedUp(&f.commands().rescue(), &RescueHost::backedUp);
        f.window->openProject(f.path());
        QTRY_COMPARE_WITH_TIMEOUT(backedUp.count(), 1, kWait);
        QCOMPARE(project::backupsOf(toPath(f.path())).size(), std::size_t(1));
        f.waitForPost();
        f.press(QStringLiteral("Home 1"));
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().isSaving(), kWait);
        f.session().close();
        f.window->openProject(f.path());
        QTRY_COMPARE_WITH_TIMEOUT(backedUp.count(), 2, kWait);
        QCOMPARE(project::backupsOf(toPath(f.path())).size(), std::size_t(1));
        QVERIFY(!f.window->jobs().isBusy());
    }
    void aBackupThatCannotBeWrittenIsSaidAndTaggingGoesOn() {
        Opened f;
        put(f.path() + QStringLiteral("/backups"), "a file of somebody");
        f.show(0);
        QSignalSpy backedUp(&f.commands().rescue(), &RescueHost::backedUp);
        f.window->openProject(f.path());
        QTRY_COMPARE_WITH_TIMEOUT(backedUp.count(), 1, kWait);
        f.waitForPost();
        QVERIFY(f.bar("windowBanner")->isVisible());
        QVERIFY(f.bar("windowBanner")->text().contains(QStringLiteral("backups")));
        f.press(QStringLiteral("Home 1"));
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().isSaving(), kWait);
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
    }
    void aDamagedProjectIsRepairedFromTheWindowAndTheOldFileIsKept() {
        Opened f;
        f.open();
        f.press(QStringLiteral("Home 1"));
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().isSaving(), kWait);
        f.session().close();
        const QByteArray damaged = QByteArray(100, 'x') + contentOf(f.file()).mid(100);
        put(f.file(), damaged);
        f.answer(0);
        f.window->openProject(f.path());
        auto* page = f.window->page(QStringLiteral("data"));
        const auto repair = [&]() -> QPushButton* {
            for (QPushButton* one : page->findChildren<QPushButton*>())
                if (one->isVisible() && one->text() == QStringLiteral("Repair…")) return one;
            return nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(repair() != nullptr, kWait);
        QTest::mouseClick(repair(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(f.asked, QStringList{QStringLiteral("use-repaired")}, kWait);
        f.waitForPost();
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        QVERIFY(!f.session().isReadOnly());
        const QStringList kept = QDir(f.path() + QStringLiteral("/backups")).entryList({QStringLiteral("replaced-*")});
        QCOMPARE(kept.size(), 1);
        QCOMPARE(contentOf(f.path() + QStringLiteral("/backups/") + kept.first()), damaged);
        QTRY_VERIFY_WITH_TIMEOUT(f.bar("windowBanner")->text().contains(kept.first()), kWait);
    }
    void whatCannotBeRepairedSaysSoAndStaysAsItIs() {
        Opened f;
        put(f.file(), "no database");
        f.show();
        f.answer(0);
        QSignalSpy notOpened(&f.session(), &ProjectSession::openFailed);
        f.window->openProject(f.path());
        QTRY_COMPARE_WITH_TIMEOUT(notOpened.count(), 1, kWait);
        QSignalSpy failed(&f.commands().rescue(), &RescueHost::failed);
        f.commands().repairProject();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
        QVERIFY(f.bar("windowBanner")->isVisible());
        QCOMPARE(contentOf(f.file()), QByteArray("no database"));
        QVERIFY(f.asked.isEmpty());
    }
    void aBackupIsChosenByKeysAndThePresentStateIsKept() {
        Opened f;
        QVERIFY(project::backUp(toPath(f.path())).has_value());
        f.open();
        f.press(QStringLiteral("Home 1"));
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().isSaving(), kWait);
        f.answer(0);
        QString posts;
        f.run = [&posts](QDialog& dialog) {
            dialog.show();
            auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("backupsList"));
            [&] { QTRY_VERIFY_WITH_TIMEOUT(!list->topLevelItem(0)->text(1).isEmpty(), kWait); }();
            posts = list->topLevelItem(0)->text(1);
            QTest::keyClick(list, Qt::Key_Home);
            QTest::keyClick(&dialog, Qt::Key_Return);
            return dialog.result();
        };
        f.commands().showBackups();
        QCOMPARE(posts, QStringLiteral("5"));
        QCOMPARE(f.asked, QStringList{QStringLiteral("restore-backup")});
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().isOpen() || f.spans().isEmpty(), kWait);
        f.waitForPost();
        QCOMPARE(f.spans(), QString());
        QCOMPARE(QDir(f.path() + QStringLiteral("/backups")).entryList({QStringLiteral("replaced-*")}).size(), 1);
    }
    void leavingTheQuestionGoesBackToNothing() {
        Opened f;
        QVERIFY(project::backUp(toPath(f.path())).has_value());
        f.open();
        f.press(QStringLiteral("Home 1"));
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().isSaving(), kWait);
        f.answer(1);
        f.run = [](QDialog&) { return int(QDialog::Accepted); };
        f.commands().showBackups();
        QCOMPARE(f.asked, QStringList{QStringLiteral("restore-backup")});
        QVERIFY(f.session().isOpen());
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
    }
    void aFailedWriteStopsTaggingUntilItIsWritten() {
        Opened f;
        f.open();
        Banner* stop = f.bar("saveStop");
        QVERIFY(!stop->isVisible());
        FullDisk full;
        f.press(QStringLiteral("Home 1"));
        QTRY_VERIFY_WITH_TIMEOUT(stop->isVisible(), kWait);
        QCOMPARE(stop->kind(), Banner::Kind::Error);
        QVERIFY(stop->text().contains(QStringLiteral("project.mnerva")));    // the file
        QVERIFY(stop->text().contains(QStringLiteral("The disk is full")));  // the reason, and what to do
        QVERIFY(stop->text().contains(QStringLiteral("Free some space")));
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));  // what was typed is kept
        f.press(QStringLiteral("End 2"));              // and nothing more is taken
        QCOMPARE(f.spans(), QStringLiteral("0 PER"));
        // Nothing else that is said hides it.
        Banner::Notice other;
        other.text = QStringLiteral("something else");
        Q_EMIT f.commands().noticed(other);
        QVERIFY(stop->isVisible());
        QVERIFY(stop->text().contains(QStringLiteral("The disk is full")));
        const auto retry = [&f] { return f.button("saveStop", QStringLiteral("Try again")); };
        QTRY_VERIFY_WITH_TIMEOUT(retry() != nullptr, kWait);
        QSignalSpy failed(&f.session(), &ProjectSession::saveFailed);
        QTest::mouseClick(retry(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
        QVERIFY(stop->isVisible());
        full.end();
        QTRY_VERIFY_WITH_TIMEOUT(retry() != nullptr, kWait);
        QTest::mouseClick(retry(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible(), kWait);
        f.press(QStringLiteral("End 2"));
        QTRY_VERIFY_WITH_TIMEOUT(!f.session().isSaving(), kWait);
        QCOMPARE(f.spans(), QStringLiteral("0 PER, 4 LOC"));
        f.session().close();
        const auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test");
        QCOMPARE(test::spans(project->view(project->summaries({}, 1).front().id).state.entities),
                 QStringLiteral("0 PER, 4 LOC"));
    }
    void whatBelongsToTheProjectGoesWhereItGoes() {
        Opened f;
        {
            const auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadWrite, "test");
            project->addAnnotator("anna", false);
        }
        f.open();
        QTRY_VERIFY_WITH_TIMEOUT(f.session().layers().size() > 2, kWait);
        QVERIFY(f.session().setEditedLayer(QStringLiteral("anna")));
        f.session().keep(QStringLiteral("cases/layers"), QStringLiteral("anna"));
        f.session().close();
        f.window.reset();
        // Another account, another place.
        QFile::remove(settings::file());
        settings::reload();
        const QString moved = f.folder.filePath(QStringLiteral("moved"));
        QVERIFY(QDir().rename(f.path(), moved));
        ProjectSession session;
        session.open(moved);
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen(), kWait);
        QCOMPARE(session.editedLayer(), QStringLiteral("anna"));
        QCOMPARE(session.kept(QStringLiteral("cases/layers")).value_or(QString()), QStringLiteral("anna"));
    }
};

int main(int argc, char** argv) {
    return mnerva::test::runTagTest<RescueTest>(argc, argv);
}
#include "rescue_test.moc"
