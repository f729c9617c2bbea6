#include "ui/pages/settings/encoder_list.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QTreeWidget>

#include "ui/base/settings.h"
#include "ui/support/run_fixture.h"
#include "ui/widgets/banner.h"

// The encoders in Settings: found, added, forgotten, fetched from a hub that is a folder here.

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

/// Takes connections and never says a word.
class SilentServer {
public:
    SilentServer() : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* where = reinterpret_cast<sockaddr*>(&address);
        if (::bind(m_socket, where, size) == 0 && ::listen(m_socket, 4) == 0 &&
            ::getsockname(m_socket, where, &size) == 0)
            m_port = ntohs(address.sin_port);
    }
    ~SilentServer() { ::close(m_socket); }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    int port() const { return m_port; }
    bool isAsked() const {
        pollfd waiting{m_socket, POLLIN, 0};
        return ::poll(&waiting, 1, 0) > 0;
    }

private:
    int m_socket, m_port = 0;
};

struct List {
    QTemporaryDir folder;
    QStringList answer;  ///< of the next question for a file or a folder
    std::unique_ptr<EncoderList> list;
    List() {
        for (const char* key : {"train/encoders", "train/resnets", "library/added", "library/forgotten"})
            settings::remove(QLatin1String(key));
        for (const char* name : {"XDG_DATA_HOME", "HF_HOME", "TORCH_HOME"}) qputenv(name, folder.path().toUtf8());
        qunsetenv("MNERVA_ENCODERS");
        qputenv("MNERVA_HUB", "file://" + folder.path().toUtf8() + "/hub");
        dialogs::setAnswers({{}, [this](const dialogs::FileRequest&) { return answer; }, {}});
        list = std::make_unique<EncoderList>();
        list->show();
    }
    ~List() { dialogs::setAnswers({}); }
    QString path(const QString& name) const { return folder.filePath(name); }
    void writeEncoder(const QString& name) const {
        writeFile(path(name + QStringLiteral("/config.json")),
                  R"({"model_type":"bert","num_hidden_layers":6,"hidden_size":384})");
        writeFile(path(name + QStringLiteral("/vocab.txt")), "the\n");
        writeFile(path(name + QStringLiteral("/model.safetensors")), QByteArray(5000, 'x'));
    }
    QTreeWidget& rows() { return *list->findChild<QTreeWidget*>(QStringLiteral("encoderList")); }
    void press(const char* name) {
        QTest::mouseClick(list->findChild<QPushButton*>(QString::fromLatin1(name)), Qt::LeftButton);
    }
    QString bannerText() {
        auto* banner = list->findChild<Banner*>();
        return banner->isVisible() ? banner->text() : QString();
    }
    void fetch(const QString& name) {
        list->findChild<QComboBox*>(QStringLiteral("fetchEncoderName"))->setEditText(name);
        press("fetchEncoder");
    }
};

}  // namespace

class EncoderListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(QFile::exists(QStringLiteral(":/get-encoder.sh"))); }

    void aFolderIsAddedAndForgottenAndStaysOnTheDisk() {
        List l;
        l.writeEncoder(QStringLiteral("mine/small"));
        l.answer = QStringList{l.path(QStringLiteral("mine"))};
        l.press("addEncoderFolder");
        MNERVA_WAIT(l.rows().topLevelItemCount() == 1);
        const QTreeWidgetItem* row = l.rows().topLevelItem(0);
        QCOMPARE(row->text(0), QStringLiteral("small"));
        QCOMPARE(row->text(2), QStringLiteral("6 × 384"));
        QCOMPARE(row->text(4), QStringLiteral("English"));
        QCOMPARE(row->text(5), QStringLiteral("ready"));
        l.rows().setCurrentItem(l.rows().topLevelItem(0));
        l.press("forgetEncoder");
        MNERVA_WAIT(l.rows().topLevelItemCount() == 0);
        QVERIFY(QFile::exists(l.path(QStringLiteral("mine/small/config.json"))));
    }

    void whatCannotBeUsedSaysWhy() {
        List l;
        writeFile(l.path(QStringLiteral("half/config.json")), "{}");
        writeFile(l.path(QStringLiteral("resnet50.pth")), "no weights");
        l.answer = QStringList{l.path(QStringLiteral("half"))};
        l.press("addEncoderFolder");
        MNERVA_WAIT(l.rows().topLevelItemCount() == 1);
        QCOMPARE(l.rows().topLevelItem(0)->text(5), QStringLiteral("lacks vocab.txt, model.safetensors"));
        l.answer = QStringList{l.path(QStringLiteral("resnet50.pth"))};
        l.press("addEncoderFile");
        MNERVA_WAIT(l.rows().topLevelItemCount() == 2);
        QCOMPARE(l.rows().topLevelItem(1)->text(5), QStringLiteral("cannot be used"));
        QVERIFY(!l.rows().topLevelItem(1)->toolTip(5).isEmpty());
    }

    void anEncoderIsFetchedFromTheHubAndListed() {
        if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()) QSKIP("there is no curl here");
        List l;
        l.writeEncoder(QStringLiteral("hub/lab/tiny-bert/resolve/main"));
        l.fetch(QStringLiteral("lab/tiny-bert"));
        QVERIFY(l.list->isFetching());
        MNERVA_WAIT(!l.list->isFetching());
        QVERIFY2(l.bannerText().isEmpty(), qPrintable(l.bannerText()));
        const QString folder = l.path(QStringLiteral("mnerva/encoders/lab--tiny-bert"));
        MNERVA_WAIT(l.list->library().encoder(folder));
        QVERIFY(l.list->library().encoder(folder)->isWhole());
        QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden),
                 QStringList({QStringLiteral("config.json"), QStringLiteral("model.safetensors"),
                              QStringLiteral("vocab.txt")}));
        l.fetch(QStringLiteral("lab/tiny-bert"));
        QVERIFY(!l.list->isFetching());
        QVERIFY(l.bannerText().contains(QStringLiteral("here already")));
    }

    void aHubOutOfReachIsASentenceAndLeavesNothing() {
        List l;
        l.fetch(QStringLiteral("lab/unheard-of"));
        MNERVA_WAIT(!l.list->isFetching());
        QVERIFY(l.bannerText().contains(QStringLiteral("out of reach")));
        QVERIFY(QDir(l.path(QStringLiteral("mnerva/encoders"))).isEmpty());
    }

    void aNameThatIsNoneIsRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"", " ", "../../etc", "a b", "a/b/c", "-x", "$(reboot)", "名字"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void aNameThatIsNoneIsRefused() {
        QFETCH(QString, name);
        List l;
        l.fetch(name);
        QVERIFY(!l.list->isFetching());
        QVERIFY(l.bannerText().contains(QStringLiteral("as on the hub")));
    }

    void aDownloadCanBeCancelledAndLeavesNothing() {
        if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()) QSKIP("there is no curl here");
        List l;
        // A server that takes the question and never answers.
        const SilentServer silent;
        QVERIFY(silent.port() > 0);
        qputenv("MNERVA_HUB", QStringLiteral("http://127.0.0.1:%1").arg(silent.port()).toUtf8());
        l.fetch(QStringLiteral("lab/slow"));
        MNERVA_WAIT(silent.isAsked());
        l.press("fetchEncoder");
        MNERVA_WAIT(!l.list->isFetching());
        QVERIFY(l.bannerText().isEmpty());
        QVERIFY(QDir(l.path(QStringLiteral("mnerva/encoders"))).isEmpty());
    }
};

int main(int argc, char** argv) {
    return runTagTest<EncoderListTest>(argc, argv);
}
#include "encoder_list_test.moc"
