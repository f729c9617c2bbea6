#include "core/base/log.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/base/file.h"
#include "ui/jobs/child_process.h"
#include "ui/widgets/banner.h"

using namespace mnerva;
using namespace mnerva::ui;

namespace {

QString written() {
    return QString::fromStdString(readFile(log::file()));
}

}  // namespace

/// What the window writes for a person to send, by the two ways there: an error that is shown, a child that died.
class LogTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_state;

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
        qunsetenv("MNERVA_LOG");
        log::begin("mnerva", "1.2.3", "window");
    }

    void anErrorThatIsShownStandsThereWithItsPlaceAndWithoutTheText() {
        QWidget page;
        page.setObjectName(QStringLiteral("importDialog"));
        Banner banner(&page);
        banner.showError(Error(ErrorCode::LineInvalid, {"a.txt", "7", "secret words", "a tag"}),
                         QStringLiteral("secret words"));
        const QString text = written();
        QVERIFY2(text.contains(QStringLiteral(R"(error code="line-invalid" where="importDialog" 0="a.txt" 1="7")")),
                 qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("secret")));
    }

    void aChildThatDiedStandsThereWithItsSignal() {
        QProcess process;
        process.start(QStringLiteral("/bin/sh"),
                      {QStringLiteral("-c"), QStringLiteral("echo 'free(): invalid pointer' >&2\n"
                                                            "echo 'the post says: secret words' >&2\nkill -SEGV $$")});
        QVERIFY(process.waitForFinished());
        StderrTail tail;
        tail.feed(process.readAllStandardError());
        logDeath(process, tail);
        const QString text = written();
        QVERIFY2(text.contains(QStringLiteral(R"(child-died child="sh -c" how="signal 11")")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("free(): invalid pointer")));
        QVERIFY(!text.contains(QStringLiteral("secret")));
    }

    void aProgramThatIsNotThereStandsThereToo() {
        QProcess process;
        process.start(QStringLiteral("/no/such/mnerva-cli"), {QStringLiteral("serve")});
        QVERIFY(!process.waitForStarted());
        logDeath(process, {});
        QVERIFY2(written().contains(QStringLiteral(R"(child="mnerva-cli serve")")), qPrintable(written()));
    }
};

QTEST_MAIN(LogTest)
#include "log_test.moc"
