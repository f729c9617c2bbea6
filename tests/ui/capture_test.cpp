#include <QDir>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <map>

#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"

using namespace mnerva;

namespace {

constexpr int kTimeoutMs = 120000;

struct Ran {
    int status = -1;
    QString out, err;
};

void startWindow(QProcess& process, const QStringList& arguments, const QString& config) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("MNERVA_CONFIG_DIR"), config);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(MNERVA_BIN_DIR "/mnerva"), arguments);
}

Ran endOf(QProcess& process) {
    Ran ran;
    if (!process.waitForFinished(kTimeoutMs)) process.kill();
    ran.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.out = QString::fromUtf8(process.readAllStandardOutput());
    ran.err = QString::fromUtf8(process.readAllStandardError());
    return ran;
}

Ran runWindow(const QStringList& arguments, const QString& config) {
    QProcess process;
    startWindow(process, arguments, config);
    return endOf(process);
}

const std::pair<const char*, const char*> kLooks[] = {{"en", "light"}, {"zh_CN", "dark"}};

}  // namespace

class CaptureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        makeProject(QStringLiteral("project"));
        for (const auto& [language, theme] : kLooks) {  // side by side, as each waits more than it works
            const QString name = QString::fromLatin1(language), own = m_dir.filePath(name + QStringLiteral("-own"));
            QVERIFY(QDir().mkpath(own));
            makeProject(name + QStringLiteral("-project"));
            startWindow(m_running[name],
                        {QStringLiteral("--capture"), m_dir.filePath(name), QStringLiteral("--project"),
                         m_dir.filePath(name + QStringLiteral("-project")), QStringLiteral("--language"), name,
                         QStringLiteral("--theme"), QString::fromLatin1(theme)},
                        own);
        }
    }
    void everyPageAndDialogIsWritten_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("theme");
        for (const auto& [language, theme] : kLooks) QTest::addRow("%s, %s", language, theme) << language << theme;
    }
    void everyPageAndDialogIsWritten() {
        QFETCH(QString, language);
        QFETCH(QString, theme);
        const QString folder = m_dir.filePath(language);
        const Ran ran = endOf(m_running[language]);
        QVERIFY2(ran.status == 0, qPrintable(ran.err));
        QStringList names;
        for (const ui::PageSpec& page : windowParts().pages) names << page.id;
        for (const char* name :
             {"data-welcome", "data-dialog-new-project", "data-dialog-import", "data-dialog-find-objects",
              "data-dialog-find-objects-onnx", "data-dialog-export", "train-dialog-checks", "window-keys",
              "window-palette", "window-views", "tag-wall", "tag-goto"})
            names << QString::fromLatin1(name);
        for (const QString& name : names) {
            const QImage picture(QDir(folder).filePath(name + QStringLiteral(".png")));
            QVERIFY2(!picture.isNull(), qPrintable(name));
            const bool dark = picture.pixelColor(picture.width() - 3, picture.height() / 2).lightness() < 128;
            QVERIFY2(dark == (theme == QLatin1String("dark")), qPrintable(name));
        }
        QCOMPARE(QImage(QDir(folder).filePath(QStringLiteral("tag.png"))).size(), QSize(1440, 900));
    }
    void theLanguagesLookDifferent() {
        const QString english = m_dir.filePath(QStringLiteral("en/settings.png"));
        const QString chinese = m_dir.filePath(QStringLiteral("zh_CN/settings.png"));
        QVERIFY(QFile::exists(english) && QFile::exists(chinese));
        QVERIFY(QImage(english) != QImage(chinese));
    }
    void aFolderThatIsNoProjectEndsWithAMessage() {
        const Ran ran = runWindow({QStringLiteral("--capture"), m_dir.filePath(QStringLiteral("none")),
                                   QStringLiteral("--project"), m_dir.path()},
                                  m_dir.path());
        QCOMPARE(ran.status, 1);
        QVERIFY(ran.err.contains(QStringLiteral("not a Mnerva project")));
    }
    void anUnknownOptionIsWrongUsage() {
        QVERIFY(runWindow({QStringLiteral("--no-such-option")}, m_dir.path()).status != 0);
    }
    void theStartIsTimed() {
        const Ran ran = runWindow(
            {QStringLiteral("--startup-time"), QStringLiteral("--project"), m_dir.filePath(QStringLiteral("project"))},
            m_dir.path());
        QCOMPARE(ran.status, 0);
        QVERIFY(ran.out.contains(QStringLiteral("first-paint")));
        QVERIFY(ran.out.contains(QStringLiteral("first-post")));
    }

private:
    void makeProject(const QString& name) {
        test::makeProject(m_dir.filePath(name),
                          {test::goldenPost(), test::chinesePost(), test::makePost("odd", {"🔥"}, {"B-PER"})});
    }

    QTemporaryDir m_dir;
    std::map<QString, QProcess> m_running;
};

QTEST_MAIN(CaptureTest)
#include "capture_test.moc"
