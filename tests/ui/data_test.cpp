#include <sys/stat.h>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <fstream>

#include "core/base/file.h"
#include "core/formats/all.h"
#include "ui/base/error_text.h"
#include "ui/pages/data/data_set_scan.h"
#include "ui/pages/data/export_dialog.h"
#include "ui/pages/data/findings_model.h"
#include "ui/pages/data/import_dialog.h"
#include "ui/pages/data/labels_dialog.h"
#include "ui/pages/data/new_project_dialog.h"
#include "ui/pages/data/post_preview.h"
#include "ui/pages/data/post_table_model.h"
#include "ui/pages/data/statistics_model.h"
#include "ui/support/tag_fixture.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::makePost;

namespace {

constexpr int kWait = 20000;
constexpr const char* kTrain = "IMGID:1\nKevin\tB-PER\nDurant\tI-PER\nplays\tO\n\nIMGID:2\nToronto\tB-LOC\n🔥\tO\n\n";

void writeText(const QString& path, const char* text) {
    QDir().mkpath(QFileInfo(path).absolutePath());
    writeFileAtomic(toPath(path), text);
}

struct Opened {
    explicit Opened(std::vector<Post> posts = {}) {
        test::makeProject(path(), posts);
        reopen();
    }
    void reopen() {
        session.open(path());
        QTRY_VERIFY_WITH_TIMEOUT(session.isOpen() && session.isFullyLoaded(), kWait);
    }
    QString path() const { return folder.filePath(QStringLiteral("project")); }
    QString file(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir folder;
    ProjectSession session;
};

std::vector<Post> mixedPosts() {
    std::vector<Post> posts;
    for (int i = 0; i < 9; ++i) {
        posts.push_back(makePost("p" + std::to_string(i), {"word", "in", "Toronto"}, {"O", "O", "B-LOC"}));
        posts.back().split = i < 5 ? Split::Train : i < 7 ? Split::Valid : Split::Test;
    }
    return posts;
}

}  // namespace

class DataTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("MNERVA_CONFIG_DIR", m_config.path().toUtf8());
        settings::reload();
    }

    // --- post table --------------------------------------------------------------------------------------------------
    void thePostTableKeepsTheRulesOfModels() {
        Opened f(mixedPosts());
        PostTableModel model(f.session);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 9);
        f.session.setFilter(QStringLiteral("p8 split:test"));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, kWait);
        f.session.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, kWait);
        f.session.close();
        QCOMPARE(model.rowCount(), 0);
    }
    void thePostTableShowsWhatTheQueryFindsAndRowsDoNotJump() {
        Opened f(mixedPosts());
        PostTableModel model(f.session);
        f.session.setFilter(QStringLiteral("split:valid"));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, kWait);
        QCOMPARE(model.index(0, PostTableModel::ExternalId).data().toString(), QStringLiteral("p5"));
        f.session.setFilter(QStringLiteral("status:open"));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 9, kWait);
        QTRY_VERIFY_WITH_TIMEOUT(f.session.hasView(), kWait);
        f.session.apply(project::setStatus(f.session.view().state, PostStatus::DoneFlagged));
        QCOMPARE(model.rowCount(), 9);
        QTRY_VERIFY_WITH_TIMEOUT(!f.session.isSaving(), kWait);
        for (const char* query : {"status:done", "flag:yes"}) {  // a post is found under both
            f.session.setFilter(QString::fromLatin1(query));
            QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, kWait);
        }
        f.session.setFilter(QStringLiteral("status:open"));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 8, kWait);
    }
    void thePostTableFindsTheRowOfAPost() {
        Opened f(mixedPosts());
        PostTableModel model(f.session);
        f.session.setFilter(QStringLiteral("split:test"));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, kWait);
        QCOMPARE(model.rowOfPost(model.postAt(1)), 1);
        QCOMPARE(model.rowOfPost(f.session.summaries().front().id), -1);
        QCOMPARE(model.rowOfPost(PostId{}), -1);
        QVERIFY(!model.postAt(99).isValid());
    }
    void numbersStandAtTheRight() {
        Opened f(mixedPosts());
        PostTableModel model(f.session);
        const auto cell = model.index(0, PostTableModel::Entities);
        QCOMPARE(cell.data().toString(), QStringLiteral("1"));
        QVERIFY(cell.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    }

    // --- statistics and findings -------------------------------------------------------------------------------------
    void statisticsAddUp() {
        StatisticsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        workflow::SplitStatistics train, test;
        train.posts = 3;
        train.types = {{"PER", 4}};
        test.posts = 2;
        test.types = {{"PER", 1}, {"XX", 7}};
        model.set({{Split::Train, train}, {Split::Test, test}}, {{Split::Train, 1}}, LabelSet{{"PER"}, {}});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), StatisticsModel::FixedColumns + 2);
        QCOMPARE(model.index(2, StatisticsModel::Posts).data().toString(), QStringLiteral("5"));
        QCOMPARE(model.index(2, StatisticsModel::FixedColumns).data().toString(), QStringLiteral("5"));
        QCOMPARE(model.index(2, StatisticsModel::FixedColumns + 1).data().toString(), QStringLiteral("7"));
        model.setDone({{Split::Train, 2}, {Split::Test, 1}});
        QCOMPARE(model.index(2, StatisticsModel::Done).data().toString(), QStringLiteral("3"));
        QVERIFY(!model.anySkipped());
        model.setSkipped({{Split::Test, 2}});
        QVERIFY(model.anySkipped());
        QCOMPARE(model.index(1, StatisticsModel::Skipped).data().toString(), QStringLiteral("2"));
        QCOMPARE(model.index(2, StatisticsModel::Skipped).data().toString(), QStringLiteral("2"));
        QCOMPARE(model.index(2, StatisticsModel::Done).data().toString(), QStringLiteral("3"));
    }
    void theCorrectedLayerIsCountedBesideGoldAndNamed() {
        StatisticsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        workflow::SplitStatistics gold, corrected;
        gold.posts = corrected.posts = 3;
        gold.types = {{"PER", 4}};
        corrected.types = {{"PER", 3}, {"NEW", 2}};
        model.set({{Split::Train, gold}, {Split::Test, gold}}, {{Split::Train, 1}}, LabelSet{{"PER"}, {}},
                  {{Split::Train, corrected}, {Split::Test, corrected}});
        QCOMPARE(model.rowCount(), 6);
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, StatisticsModel::Layer), QStringLiteral("gold"));
        QCOMPARE(text(1, StatisticsModel::Layer), QStringLiteral("corrected"));
        QCOMPARE(text(1, StatisticsModel::SplitName), text(0, StatisticsModel::SplitName));
        QCOMPARE(text(1, StatisticsModel::FixedColumns), QStringLiteral("3"));
        QCOMPARE(text(1, StatisticsModel::FixedColumns + 1), QStringLiteral("2"));
        QCOMPARE(text(4, StatisticsModel::FixedColumns), QStringLiteral("8"));
        QCOMPARE(text(5, StatisticsModel::FixedColumns), QStringLiteral("6"));
        model.setDone({{Split::Train, 2}, {Split::Test, 1}});
        QCOMPARE(text(4, StatisticsModel::Done), QStringLiteral("3"));
        QCOMPARE(text(5, StatisticsModel::Done), QStringLiteral("3"));
    }
    void oneSplitNeedsNoSum() {
        StatisticsModel model;
        workflow::SplitStatistics train;
        train.posts = 3;
        model.set({{Split::Train, train}}, {}, {});
        QCOMPARE(model.rowCount(), 1);
    }
    void findingsSayWhatAndWhere() {
        FindingsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Findings findings;
        findings.add({"orphan-inside-tag", "/some/where/train.txt", 12, "I-PER"});
        findings.add({"some-new-code", "train.txt", 0, "x"});
        findings.add({"some-new-code", "valid.txt", 0, "x"});
        model.set(findings);
        QCOMPARE(model.index(0, FindingsModel::Where).data().toString(), QStringLiteral("train.txt:12"));
        QVERIFY(model.index(0, FindingsModel::What).data().toString() != QStringLiteral("orphan-inside-tag"));
        QCOMPARE(model.index(1, FindingsModel::What).data().toString(), QStringLiteral("some-new-code"));
        QVERIFY(model.asText().contains(QStringLiteral("I-PER")));
        QVERIFY(model.summary().contains(findingText("orphan-inside-tag") + QStringLiteral(" · ")));
        QVERIFY(model.summary().contains(QStringLiteral("2 × some-new-code")));
    }

    // --- scanning ----------------------------------------------------------------------------------------------------
    void aFolderGivesItsTextFilesTrainingFirst() {
        QTemporaryDir dir;
        for (const char* name : {"test.txt", "valid.txt", "train.txt", "README.txt", "notes.md"})
            writeText(dir.filePath(QString::fromLatin1(name)), "x");
        const ScanResult found = scanDataSet({toPath(dir.path())});
        QCOMPARE(found.files.size(), std::size_t(3));
        QCOMPARE(found.files[0].path.filename().string(), std::string("train.txt"));
        QCOMPARE(found.files[2].path.filename().string(), std::string("test.txt"));
    }
    void eachFileGetsTheCropListOfItsSplit() {
        QTemporaryDir dir;
        for (const char* name : {"train.txt", "valid.txt", "twitter2015_train_dict.pth", "twitter2015_val_dict.pth"}) {
            writeText(dir.filePath(QString::fromLatin1(name)), "x");
        }
        const ScanResult found = scanDataSet({toPath(dir.path())});
        QCOMPARE(found.files[0].cropFile.filename().string(), std::string("twitter2015_train_dict.pth"));
        QCOMPARE(found.files[1].cropFile.filename().string(), std::string("twitter2015_val_dict.pth"));
    }
    void picturesAndCropsBesideTheFilesAreFound() {
        QTemporaryDir dir;
        writeText(dir.filePath(QStringLiteral("train.txt")), "x");
        writeText(dir.filePath(QStringLiteral("crops.json")), "{}");
        QDir(dir.path()).mkdir(QStringLiteral("images"));
        QDir(dir.path()).mkdir(QStringLiteral("crops"));
        const ScanResult found = scanDataSet({toPath(dir.filePath(QStringLiteral("train.txt")))});
        QCOMPARE(found.imageFolder.filename().string(), std::string("images"));
        QCOMPARE(found.cropFolder.filename().string(), std::string("crops"));
        QCOMPARE(found.files[0].cropFile.filename().string(), std::string("crops.json"));
    }
    void aFolderOfBoxesBesideTheTextsOrBesideTheirFolderIsFound() {
        QTemporaryDir dir;
        QDir(dir.path()).mkdir(QStringLiteral("txt"));
        QDir(dir.path()).mkdir(QStringLiteral("xml"));
        writeText(dir.filePath(QStringLiteral("txt/train.txt")), "x");
        QCOMPARE(scanDataSet({toPath(dir.filePath(QStringLiteral("txt")))}).xmlFolder, toPath(dir.path()) / "xml");
        QDir(dir.path()).mkdir(QStringLiteral("txt/xml"));
        QCOMPARE(scanDataSet({toPath(dir.filePath(QStringLiteral("txt")))}).xmlFolder,
                 toPath(dir.path()) / "txt" / "xml");
        QDir(dir.path()).rmdir(QStringLiteral("txt/xml"));
        QDir(dir.path()).rmdir(QStringLiteral("xml"));
        QVERIFY(scanDataSet({toPath(dir.filePath(QStringLiteral("txt")))}).xmlFolder.empty());
    }
    void aFolderThatIsReadAsOneIsTakenAsOne() {
        QTemporaryDir dir;
        QDir(dir.path()).mkdir(QStringLiteral("train"));
        for (const char* name : {"train/1_s.txt", "train/1_l.txt", "train/1_p.txt"})
            writeText(dir.filePath(QString::fromLatin1(name)), "x");
        const ScanResult found = scanDataSet({toPath(dir.filePath(QStringLiteral("train")))});
        QCOMPARE(found.files.size(), std::size_t(1));
        QCOMPARE(found.files[0].path, toPath(dir.path()) / "train");
        QVERIFY(found.leftOut.empty());
    }
    void theFileDialogOffersWhatCanBeRead() {
        const QStringList patterns = dataSetPatterns().split(QLatin1Char(' '));
        QVERIFY(patterns.contains(QStringLiteral("*.txt")));
        for (const formats::Format* format : formats::ofKind<formats::PostKind>())
            for (const formats::FileName& file : format->files)
                QCOMPARE(patterns.count(QLatin1Char('*') + fromUtf8(std::string(file.ending))), qsizetype(1));
    }
    void aProjectFolderIsRecognised() {
        Opened f(mixedPosts());
        QVERIFY(!scanDataSet({toPath(f.path())}).project.empty());
        QVERIFY(!scanDataSet({toPath(f.path()) / "project.mnerva"}).project.empty());
    }
    void whatIsNotThereGivesNoCrash() {
        const ScanResult found = scanDataSet({"/does/not/exist", ""});
        QCOMPARE(found.imageFolder.empty(), true);
        QCOMPARE(found.project.empty(), true);
    }
    void fileNamesSpeakOfSplits() {
        QCOMPARE(formats::splitOfFileName("TRAIN.txt").value(), Split::Train);
        QCOMPARE(formats::splitOfFileName("my-dev.conll").value(), Split::Valid);
        QCOMPARE(formats::splitOfFileName("test.txt").value(), Split::Test);
        QVERIFY(!formats::splitOfFileName("posts.txt").has_value());
    }

    // --- import ------------------------------------------------------------------------------------------------------
    void aDryRunCountsAndWritesNothing() {
        Opened f;
        writeText(f.file("set/train.txt"), kTrain);
        ImportHost host(f.session);
        host.addPaths({f.file("set")});
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ImportHost::State::Looked, kWait);
        QCOMPARE(host.total().posts, 2);
        QCOMPARE(host.total().entities, 2);
        QVERIFY(host.isReady());
        QVERIFY(f.session.summaries().empty());
    }
    void importingStoresThePostsAndShowsThem() {
        Opened f;
        writeText(f.file("train.txt"), kTrain);
        ImportHost host(f.session);
        host.addPaths({f.file("train.txt")});
        QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
        QSignalSpy finished(&host, &ImportHost::finished);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kWait);
        QCOMPARE(finished.first().first().toInt(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(f.session.summaries().size(), std::size_t(2), kWait);
    }
    void aChosenSplitWinsOverTheFileName() {
        Opened f;
        writeText(f.file("train.txt"), kTrain);
        ImportHost host(f.session);
        host.addPaths({f.file("train.txt")});
        QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
        host.setSplit(0, Split::Test);
        QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(f.session.summaries().size(), std::size_t(2), kWait);
        QCOMPARE(f.session.summaries().front().split, Split::Test);
    }
    void aFileTwiceInTheListIsTakenOnce() {
        Opened f;
        writeText(f.file("train.txt"), kTrain);
        ImportHost host(f.session);
        host.addPaths({f.file("train.txt"), f.file("train.txt")});
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ImportHost::State::Looked, kWait);
        QCOMPARE(host.files().size(), std::size_t(1));
    }
    void anUnreadableFileBlocksTheImportWithAReason() {
        Opened f;
        ImportHost host(f.session);
        host.addPaths({f.file("not-there.txt")});
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ImportHost::State::Looked, kWait);
        QVERIFY(host.files().front().error.has_value());
        QVERIFY(!host.isReady());
        host.removeFile(0);
        QCOMPARE(host.state(), ImportHost::State::Choosing);
    }
    void aBinaryFileGivesFindingsAndNoCrash() {
        Opened f;
        std::string bytes;
        for (int i = 0; i < 2000; ++i) bytes += static_cast<char>((i * 37) % 256);
        writeFileAtomic(toPath(f.file("train.txt")), bytes);
        ImportHost host(f.session);
        host.addPaths({f.file("train.txt")});
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ImportHost::State::Looked, kWait);
        QVERIFY(host.files().front().error || !host.total().findings.isEmpty());
    }
    void anEmptyFileCannotBeImported() {
        Opened f;
        writeText(f.file("train.txt"), "");
        ImportHost host(f.session);
        host.addPaths({f.file("train.txt")});
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ImportHost::State::Looked, kWait);
        QVERIFY(!host.isReady());
    }
    void aReadOnlyProjectTakesNothing() {
        Opened f(mixedPosts());
        ProjectSession second;
        second.open(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(second.isOpen(), kWait);
        writeText(f.file("train.txt"), kTrain);
        ImportHost host(second);
        host.addPaths({f.file("train.txt")});
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ImportHost::State::Looked, kWait);
        QVERIFY(!host.isReady());
    }
    void aStoppedImportLeavesNothing() {
        Opened f;
        writeText(f.file("train.txt"), kTrain);
        ImportHost host(f.session);
        host.addPaths({f.file("train.txt")});
        QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
        QSignalSpy cancelled(&host, &ImportHost::cancelled);
        host.start();
        host.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(host.state() != ImportHost::State::Importing, kWait);
        if (cancelled.count() > 0) QVERIFY(f.session.summaries().empty());
    }
    void theDialogShowsThePreviewTheCountsAndTheButton() {
        Opened f;
        writeText(f.file("train.txt"), "IMGID:1\nKevin\tB-PER\nDurant\tI-PER\n\nIMGID:2\nToronto\tI-LOC\n\n");
        ImportDialog dialog(f.session);
        dialog.addPaths({f.file("train.txt")});
        QTRY_VERIFY_WITH_TIMEOUT(dialog.importButton()->isEnabled(), kWait);
        QVERIFY(dialog.findChild<PostPreview*>()->toPlainText().contains(QStringLiteral("Kevin Durant")));
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("importCounts"))->text().contains(QStringLiteral("PER 1")));
        QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("importFindingsTitle"))->text().isEmpty());
        QVERIFY(dialog.importButton()->text().contains(QStringLiteral("2")));
    }
    void whatIsNotTakenIsListedWithItsReason() {
        Opened f;
        writeText(f.file("set/train.txt"), kTrain);
        writeText(f.file("set/valid.txt"), "");
        writeText(f.file("set/paper.pdf"), "%PDF-1.4");
        writeText(f.file("set/table.csv"), "a,b\n");
        writeText(f.file("set/README.md"), "x");
        writeText(f.file("set/1.jpg"), "x");
        ImportDialog dialog(f.session);
        dialog.addPaths({f.file("set")});
        QTRY_VERIFY_WITH_TIMEOUT(dialog.importButton()->isEnabled(), kWait);
        auto* table = dialog.findChild<QTableWidget*>(QStringLiteral("importFiles"));
        QMap<QString, QString> rows;
        for (int row = 0; row < table->rowCount(); ++row)
            rows[table->item(row, 0)->text()] = table->item(row, 1)->text();
        QCOMPARE(rows.size(), 4);
        QVERIFY(rows[QStringLiteral("train.txt")].contains(QStringLiteral("MNER")));
        QCOMPARE(rows[QStringLiteral("valid.txt")], QStringLiteral("holds no post"));
        QVERIFY(rows[QStringLiteral("paper.pdf")].contains(QStringLiteral(".pdf")));
        QVERIFY(rows[QStringLiteral("table.csv")].contains(QStringLiteral(".csv")));
        // They can be taken off the list like any other.
        table->setCurrentCell(table->rowCount() - 1, 0);
        QTest::mouseClick(dialog.findChild<QToolButton*>(QStringLiteral("importRemove")), Qt::LeftButton);
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(dialog.host().leftOut().size(), std::size_t(1));
    }
    void aChosenFileOfAnotherFormatSaysWhatItIs() {
        Opened f;
        writeText(f.file("paper.pdf"), "%PDF-1.4 x");
        writeText(f.file("doccano.jsonl"), "{\"text\":\"Saw Mira\",\"label\":[[4,8,\"PER\"]]}\n");
        ImportDialog dialog(f.session);
        dialog.addPaths({f.file("paper.pdf"), f.file("doccano.jsonl")});
        auto* table = dialog.findChild<QTableWidget*>(QStringLiteral("importFiles"));
        const auto reasonOf = [&](const QString& name) {
            for (int row = 0; row < table->rowCount(); ++row)
                if (table->item(row, 0)->text() == name) return table->item(row, 1)->text();
            return QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(reasonOf(QStringLiteral("paper.pdf")).contains(QStringLiteral("PDF")), kWait);
        QVERIFY(reasonOf(QStringLiteral("doccano.jsonl")).contains(QStringLiteral("JSON")));
        QVERIFY(!dialog.importButton()->isEnabled());
    }
    void whatCannotBeAFileIsLeftOutWithoutWaiting() {
        QTemporaryDir dir;
        QCOMPARE(::mkfifo(dir.filePath(QStringLiteral("train.txt")).toUtf8().constData(), 0600), 0);
        const ScanResult pipe = scanDataSet({toPath(dir.filePath(QStringLiteral("train.txt")))});
        QCOMPARE(pipe.leftOut.at(0).reason, LeftOut::Reason::NoFile);
        const std::filesystem::path odd = toPath(dir.path()) / "caf\xE9.txt";
        { std::ofstream(odd) << kTrain; }
        const ScanResult named = scanDataSet({toPath(dir.path())});
        QVERIFY(std::any_of(named.leftOut.begin(), named.leftOut.end(),
                            [](const LeftOut& one) { return one.reason == LeftOut::Reason::Name; }));
        QCOMPARE(scanDataSet({odd}).leftOut.at(0).reason, LeftOut::Reason::Name);
        std::filesystem::remove(odd);  // Qt could not: it cannot name it
        QTemporaryDir empty;
        QCOMPARE(scanDataSet({toPath(empty.path())}).leftOut.at(0).reason, LeftOut::Reason::NothingThere);
    }
    void theEncodingOfAFileCanBeNamed() {
        Opened f;
        writeText(f.file("valid.txt"), "IMGID:1\n北\tB-LOC\n京\tI-LOC\n\n");
        writeText(f.file("train.txt"), "IMGID:2\n\xB1\xB1\tB-LOC\n\xBE\xA9\tI-LOC\n\xBC\xFB\tO\n\n");
        ImportDialog dialog(f.session);
        dialog.show();
        auto* encoding = dialog.findChild<QComboBox*>(QStringLiteral("importEncoding"));
        dialog.addPaths({f.file("valid.txt")});
        QTRY_VERIFY_WITH_TIMEOUT(dialog.importButton()->isEnabled(), kWait);
        QVERIFY(!encoding->isVisible());
        dialog.addPaths({f.file("train.txt")});
        QTRY_VERIFY_WITH_TIMEOUT(encoding->isVisible(), kWait);
        QVERIFY(!dialog.importButton()->isEnabled());
        encoding->setFocus();
        QTest::keyClick(encoding, Qt::Key_Down);  // the first that is named: GB18030
        QTRY_VERIFY_WITH_TIMEOUT(dialog.importButton()->isEnabled(), kWait);
        QCOMPARE(dialog.host().encoding(), QStringLiteral("GB18030"));
        const QString preview = dialog.findChild<PostPreview*>()->toPlainText();
        QCOMPARE(preview.count(QStringLiteral("北京")), 2);  // the file in UTF-8 is not spoilt by it
    }
    void theDialogTakesDroppedFiles() {
        Opened f;
        writeText(f.file("train.txt"), kTrain);
        ImportDialog dialog(f.session);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(f.file("train.txt"))});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&dialog, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&dialog, &drop);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.importButton()->isEnabled(), kWait);
    }
    void theDialogSaysWhichFileCannotBeRead() {
        Opened f;
        ImportDialog dialog(f.session);
        dialog.addPaths({f.file("gone.txt")});
        QTRY_VERIFY_WITH_TIMEOUT(dialog.findChild<Banner*>()->text().contains(QStringLiteral("gone.txt")), kWait);
        QVERIFY(!dialog.importButton()->isEnabled());
    }
    void thePreviewShowsTextNotMarkup() {
        Post post = makePost("<b>id</b>", {"<script>", "&amp;"}, {"B-PER", "O"});
        const QString html = postPreviewHtml({post}, LabelSet{{"PER"}, {}});
        QVERIFY(!html.contains(QStringLiteral("<script>")));
        QVERIFY(html.contains(QStringLiteral("&lt;script&gt;")));
    }
    void thePreviewJoinsChineseWithoutSpaces() {
        PostPreview preview;
        preview.setPosts({makePost("zh", {"我", "在", "北", "京"}, {"O", "O", "B-LOC", "E-LOC"}, JoinRule::Nothing)},
                         LabelSet{{"LOC"}, {}});
        QVERIFY(preview.toPlainText().contains(QStringLiteral("我在北京")));
    }

    // --- export ------------------------------------------------------------------------------------------------------
    void theExportPreviewIsWhatIsWritten() {
        Opened f(mixedPosts());
        ExportHost host(f.session);
        workflow::ExportOptions options;
        options.split = Split::Test;
        options.target = toPath(f.file("out.txt"));
        host.setOptions(options);
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ExportHost::State::Previewed, kWait);
        const std::string sample = host.report().sample;
        QVERIFY(host.isReady());
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ExportHost::State::Written, kWait);
        const std::string written = readFile(toPath(f.file("out.txt")));
        QVERIFY(!sample.empty());
        QVERIFY(written.starts_with(sample.substr(0, sample.find('\n'))));
        QCOMPARE(host.report().posts, 2);
    }
    void everyFormatThatIsWrittenIsOfferedAndItsFolderImportedAgain() {
        Opened f(mixedPosts());
        ExportDialog dialog(f.session);
        dialog.show();
        auto* choice = dialog.findChild<QComboBox*>(QStringLiteral("exportFormat"));
        auto* start = dialog.findChild<QPushButton*>(QStringLiteral("exportStart"));
        for (const formats::Format* format : formats::writtenOfKind<formats::PostKind>()) {
            const QString name = fromUtf8(std::string(format->name)), folder = f.file("out/") + name;
            QDir().mkpath(folder);
            choice->setCurrentIndex(choice->findData(name));
            QCOMPARE(choice->currentText(), fromUtf8(std::string(format->title)));
            dialog.setTarget(folder);
            QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), kWait);
            QTest::mouseClick(start, Qt::LeftButton);
            QTRY_COMPARE_WITH_TIMEOUT(QDir(folder).entryList(QDir::Files).size(), qsizetype(3), kWait);
            Opened again;
            ImportHost host(again.session);
            host.addPaths({folder});
            QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
            QVERIFY(host.leftOut().empty());
            for (const ImportHost::File& file : host.files()) QCOMPARE(fromUtf8(file.report->format), name);
            QCOMPARE(host.total().posts, 9);
            QCOMPARE(host.total().entities, 9);
        }
    }
    void withoutATargetNothingCanBeExported() {
        Opened f(mixedPosts());
        ExportHost host(f.session);
        host.setOptions({});
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ExportHost::State::Previewed, kWait);
        QVERIFY(!host.isReady());
    }
    void aTargetThatCannotBeWrittenIsTold() {
        Opened f(mixedPosts());
        ExportHost host(f.session);
        workflow::ExportOptions options;
        options.split = Split::Test;
        options.target = toPath(f.path() + QStringLiteral("/project.mnerva/out.txt"));
        host.setOptions(options);
        QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
        QSignalSpy failed(&host, &ExportHost::failed);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWait);
        QCOMPARE(host.state(), ExportHost::State::Previewed);
    }
    void filesThatAreThereAreAskedForOnceAndNamed() {
        Opened f(mixedPosts());
        QDir().mkpath(f.file("out"));
        writeText(f.file("out/train.txt"), "my train");
        writeText(f.file("out/test.txt"), "my test");
        ExportDialog dialog(f.session);
        dialog.show();
        dialog.setTarget(f.file("out"));
        auto* start = dialog.findChild<QPushButton*>(QStringLiteral("exportStart"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), kWait);
        std::vector<dialogs::Question> asked;
        int answer = 1;
        dialogs::setAnswers({[&](const dialogs::Question& question) {
                                 asked.push_back(question);
                                 return answer;
                             },
                             {},
                             {}});
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), std::size_t(1), kWait);
        QCOMPARE(asked[0].id, QStringLiteral("export-replace"));
        QVERIFY(asked[0].detail.contains(QStringLiteral("train.txt")));
        QVERIFY(asked[0].detail.contains(QStringLiteral("test.txt")));
        QVERIFY(!asked[0].detail.contains(QStringLiteral("valid.txt")));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), kWait);
        QCOMPARE(readFile(toPath(f.file("out/train.txt"))), std::string("my train"));
        QVERIFY(!QFileInfo::exists(f.file("out/valid.txt")));
        answer = 0;
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(readFile(toPath(f.file("out/train.txt"))).starts_with("IMGID:p0"), kWait);
        QVERIFY(readFile(toPath(f.file("out/test.txt"))).starts_with("IMGID:p7"));
        QVERIFY(QFileInfo::exists(f.file("out/valid.txt")));
        QCOMPARE(asked.size(), std::size_t(2));
        dialogs::setAnswers({});
    }
    void aFreePlaceIsNoQuestion() {
        Opened f(mixedPosts());
        ExportHost host(f.session);
        QSignalSpy asked(&host, &ExportHost::replaceAsked);
        workflow::ExportOptions options;
        options.split = Split::Test;
        options.target = toPath(f.file("out.txt"));
        host.setOptions(options);
        QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
        host.start();
        QTRY_COMPARE_WITH_TIMEOUT(host.state(), ExportHost::State::Written, kWait);
        QCOMPARE(asked.count(), 0);
    }
    void theProjectItselfIsNeverReplaced() {
        Opened f(mixedPosts());
        ExportHost host(f.session);
        workflow::ExportOptions options;
        options.split = Split::Test;
        options.target = toPath(f.path() + QStringLiteral("/project.mnerva"));
        host.setOptions(options);
        QTRY_VERIFY_WITH_TIMEOUT(host.isReady(), kWait);
        QSignalSpy asked(&host, &ExportHost::replaceAsked);
        std::optional<ErrorCode> code;
        connect(&host, &ExportHost::failed, this, [&](const Error& error) { code = error.code(); });
        host.start(true);
        QTRY_VERIFY_WITH_TIMEOUT(code.has_value(), kWait);
        QVERIFY(*code == ErrorCode::FileProtected);
        QCOMPARE(asked.count(), 0);
    }
    void theExportDialogListsRunsAndSplits() {
        Opened f(mixedPosts());
        const PostId post = f.session.summaries().front().id;
        f.session.write(
            [post](project::Project& p) {
                p.storePredictions("run 7", {{post, {Entity{"LOC", 0, 0, 0.5}}}});
            },
            [&](std::optional<Error>) { f.session.refresh(); });
        const auto isThere = [&] {
            const auto& layers = f.session.layers();
            return std::any_of(layers.begin(), layers.end(), [](const auto& layer) { return layer.name == "run 7"; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), kWait);
        ExportDialog dialog(f.session);
        QVERIFY(dialog.findChild<QComboBox*>(QStringLiteral("exportLayer"))->findData(QStringLiteral("run 7")) >= 0);
        QCOMPARE(dialog.findChild<QComboBox*>(QStringLiteral("exportSplit"))->count(), 4);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.findChild<QPlainTextEdit*>()->toPlainText().isEmpty(), kWait);
    }

    // --- labels ---------------------------------------------------------------------------------------------------
    void aNewLabelIsStoredAtTheEnd() {
        Opened f(mixedPosts());
        LabelsDialog dialog(f.session);
        QVERIFY(dialog.add(QStringLiteral(" GPE ")));
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.store();
        QTRY_COMPARE_WITH_TIMEOUT(accepted.count(), 1, kWait);
        QTRY_COMPARE_WITH_TIMEOUT(f.session.labels().types.back(), std::string("GPE"), kWait);
    }
    void anOddLabelIsRefusedWithAReason() {
        Opened f(mixedPosts());
        LabelsDialog dialog(f.session);
        for (const char* name : {"", "  ", "O", "two words", "PER", "a-name-that-is-much-too-long-to-be-a-label"}) {
            QVERIFY2(!dialog.add(QString::fromLatin1(name)), name);
            QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("labelsMessage"))->text().isEmpty());
        }
    }
    void enterInTheNameFieldAddsTheLabelAndKeepsTheDialogOpen() {
        Opened f(mixedPosts());
        LabelsDialog dialog(f.session);
        dialog.show();
        QSignalSpy finished(&dialog, &QDialog::finished);
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("labelsName"));
        QTest::keyClicks(name, QStringLiteral("GPE"));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(dialog.types().back(), std::string("GPE"));
        QCOMPARE(name->text(), QString());
        QTest::keyClicks(name, QStringLiteral("per"));
        QTest::keyClick(name, Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(name->text(), QStringLiteral("per"));  // refused, and still there to be mended
        QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("labelsMessage"))->text().isEmpty());
        QVERIFY(dialog.isVisible());
        QCOMPARE(finished.count(), 0);
    }
    void aNameThatIsStillInTheFieldIsStoredToo() {
        Opened f(mixedPosts());
        LabelsDialog dialog(f.session);
        dialog.show();
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("labelsName"));
        auto* store = dialog.findChild<QPushButton*>(QStringLiteral("labelsStore"));
        QTest::keyClicks(name, QStringLiteral("two words"));
        QTest::mouseClick(store, Qt::LeftButton);
        QVERIFY(dialog.isVisible());
        name->clear();
        QTest::keyClicks(name, QStringLiteral("GPE"));
        QTest::mouseClick(store, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(accepted.count(), 1, kWait);
        QTRY_COMPARE_WITH_TIMEOUT(f.session.labels().types.back(), std::string("GPE"), kWait);
    }
    void aLabelThatLooksLikeAnotherIsRefused() {
        Opened f(mixedPosts());
        LabelsDialog dialog(f.session);
        const auto before = dialog.types();
        for (const QString& name : {QStringLiteral("per"), QStringLiteral("ＰＥＲ"), QStringLiteral("PER\u200B"),
                                    QStringLiteral("P\u00ADER"), QStringLiteral("\u202EORG"), QStringLiteral("\u3164"),
                                    QStringLiteral("NEW\u2060"), QStringLiteral("A\u00A0B")}) {
            QVERIFY2(!dialog.add(name), qPrintable(name));
            QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("labelsMessage"))->text().isEmpty());
        }
        QCOMPARE(dialog.types(), before);
    }
    void aNewProjectsLabelsMayNotLookAlikeEither() {
        QTemporaryDir dir;
        NewProjectDialog dialog;
        dialog.setLocation(dir.path());
        dialog.suggestName(QStringLiteral("x"));
        auto* types = dialog.findChild<QLineEdit*>(QStringLiteral("projectTypes"));
        QVERIFY(types);
        dialog.findChild<QRadioButton*>(QStringLiteral("projectTypesGiven"))->setChecked(true);
        types->setText(QStringLiteral("PER, per"));
        QVERIFY(dialog.problem().contains(QStringLiteral("per")));
        types->setText(QStringLiteral("PER, ORG"));
        QCOMPARE(dialog.problem(), QString());
    }
    void aLabelInUseIsNotTakenAway() {
        Opened f(mixedPosts());
        LabelsDialog dialog(f.session);
        dialog.findChild<QListWidget*>()->setCurrentRow(1);  // LOC, which the posts use
        dialog.removeCurrent();
        dialog.store();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.banner()->text().contains(QStringLiteral("LOC")), kWait);
        QVERIFY(f.session.labels().contains("LOC"));
    }
    void labelsCanBeOrdered() {
        Opened f(mixedPosts());
        LabelsDialog dialog(f.session);
        dialog.move(1);
        QCOMPARE(dialog.types()[0], std::string("LOC"));
        dialog.move(-1);
        dialog.move(-1);
        QCOMPARE(dialog.types()[0], std::string("PER"));
    }

    // --- new project -------------------------------------------------------------------------------------------------
    void aNewProjectNeedsANameAndAFolder() {
        QTemporaryDir dir;
        NewProjectDialog dialog;
        dialog.setLocation(dir.path());
        auto* create = dialog.findChild<QPushButton*>(QStringLiteral("projectCreate"));
        QVERIFY(!create->isEnabled());
        dialog.suggestName(QStringLiteral("a/b"));
        QVERIFY(!dialog.problem().isEmpty());
        dialog.suggestName(QStringLiteral("推特 2017"));
        QCOMPARE(dialog.problem(), QString());
        QVERIFY(create->isEnabled());
        dialog.setLocation(dir.filePath(QStringLiteral("nowhere")));
        QVERIFY(!create->isEnabled());
    }
    void aNewProjectDoesNotTakeTheNameOfAnOther() {
        Opened f(mixedPosts());
        NewProjectDialog dialog;
        dialog.setLocation(f.folder.path());
        dialog.suggestName(QStringLiteral("project"));
        QVERIFY(!dialog.problem().isEmpty());
    }
    void labelsAreLearnedUnlessGiven() {
        NewProjectDialog dialog;
        QVERIFY(dialog.options().labels.types.empty());
        QVERIFY(!dialog.options().schemeGiven);
        QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("projectTypes")), QStringLiteral(" GPE"));
        const auto types = dialog.options().labels.types;
        QCOMPARE(types.back(), std::string("GPE"));
    }
    void typedLabelsAreSplitAndKeptOnce() {
        QCOMPARE(typesFromText(QStringLiteral(" PER, LOC，组织、PER;X ")),
                 (std::vector<std::string>{"PER", "LOC", "组织", "X"}));
        QVERIFY(typesFromText(QStringLiteral(" ,; ")).empty());
    }

private:
    QTemporaryDir m_config;
};

QTEST_MAIN(DataTest)
#include "data_test.moc"
