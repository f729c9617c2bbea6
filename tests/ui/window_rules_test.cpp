#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QHelpEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QTableView>
#include <QToolButton>
#include <QToolTip>

#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/pages/data/findings_model.h"
#include "ui/pages/data/post_preview.h"
#include "ui/session/runs_model.h"
#include "ui/support/run_fixture.h"
#include "ui/support/window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/language.h"
#include "ui/widgets/page.h"

// Rules that hold for every page and every dialog: text of files is drawn as it is, and a dialog fits on a small
// screen.

using namespace mnerva;
using namespace mnerva::ui;
using namespace mnerva::test;

namespace {

constexpr int kSmallScreen = 680, kFrame = 40;  // of 720: the frame of a window takes its part

/// A window over a project whose ids, words, labels, paths and runs look like HTML and like places of arguments.
class MarkedUp {
public:
    MarkedUp() {
        qputenv("MNERVA_CLI", fakeCli().toUtf8());
        qunsetenv("MNERVA_FAKE");
        QDir().mkpath(images());
        QImage red(64, 64, QImage::Format_RGB32);
        red.fill(Qt::red);
        red.save(loaded());
        Post first = makePost(toUtf8(markup() + QStringLiteral("%1 %2")),
                              {"<b>Mira</b>", "&amp;", toUtf8(markup()), "<script>alert(1)</script>", "%1", "{0}"},
                              {"B-<b>PER</b>", "O", "O", "B-A&B", "O", "O"});
        first.images = {"<img src=x>.png"};
        QFile::copy(loaded(), images() + QStringLiteral("/<img src=x>.png"));
        Post second = makePost("<h1>Big</h1>", {"<h1>Big</h1>", "a&b"});
        second.images = {"<i>gone</i>.png"};
        makeProject(folder(), {first, second}, {"<b>PER</b>", "A&B"}, images());
        const QString run = folder() + QStringLiteral("/runs/<b>run<") + QStringLiteral("b> %1 %2");
        writeFile(run + QStringLiteral("/run.json"), QByteArray::fromStdString(nlohmann::json{
                                                         {"run", "x"},
                                                         {"system", "<i>mpcfn</i>"},
                                                         {"preset", toUtf8(markup())},
                                                         {"encoder", toUtf8(markup())},
                                                         {"resnet", "<b>r</b>"},
                                                         {"device", "cpu"}}.dump()));
        writeFile(run + QStringLiteral("/events.jsonl"),
                  QByteArray::fromStdString(
                      nlohmann::json{{"event", "warning"}, {"code", "<b>code</b>"}, {"text", toUtf8(markup())}}.dump() +
                      "\n" +
                      nlohmann::json{{"event", "end"},
                                     {"outcome", "failed"},
                                     {"error", {{"code", "run-missing"}, {"args", {toUtf8(markup()), "<b>none</b>"}}}}}
                          .dump() +
                      "\n"));
        window = std::make_unique<test::Window>();
        window->resize(1280, 720);
        window->show();
        window->openProject(folder());
    }
    ~MarkedUp() {
        dialogs::setAnswers({});
        window->jobs().cancelAll();
    }
    QString folder() const { return m_folder.filePath(QStringLiteral("<b>a&b<")); }
    QString images() const { return m_folder.filePath(QStringLiteral("images")); }
    QString loaded() const { return m_folder.filePath(QStringLiteral("red.png")); }
    /// Would show a red picture where it is read as markup.
    QString markup() const { return QStringLiteral("<img src=\"file://%1\">").arg(loaded()); }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> window;
};

bool isRed(const QPixmap& shown) {
    const QImage image = shown.toImage().convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == QColor(Qt::red)) return true;
    return false;
}

/// The labels under a widget that would read markup.
QStringList readers(QWidget& root) {
    QStringList found;
    for (const QLabel* label : root.findChildren<QLabel*>()) {
        label->ensurePolished();
        if (label->textFormat() != Qt::PlainText)
            found << QStringLiteral("%1 in %2: %3").arg(label->objectName(), root.objectName(), label->text());
    }
    return found;
}

QLabel* shownTip() {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->isVisible() && widget->inherits("QTipLabel")) return qobject_cast<QLabel*>(widget);
    return nullptr;
}

/// Every dialog of every page, made as the capture makes them.
template <class Work>
void eachDialog(MainWindow& window, const Work& work) {
    for (const QString& id : window.pageIds()) {
        window.showPage(id);
        Page* page = window.page(id);
        MNERVA_WAIT(page->readyForCapture());
        for (const Page::CaptureDialog& dialog : page->dialogsForCapture()) {
            const std::unique_ptr<QWidget> made(dialog.make());
            if (made) work(*made, id + QLatin1Char('/') + dialog.name);
        }
    }
    const std::unique_ptr<QWidget> keys(window.makeKeysDialog()), palette(window.makePalette());
    work(*keys, QStringLiteral("keys"));
    work(*palette, QStringLiteral("palette"));
}

}  // namespace

class WindowRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noLabelOfAPageOrDialogReadsMarkup() {
        MarkedUp f;
        MNERVA_WAIT(f.window->session().hasView());
        QStringList found;
        int dialogs = 0;
        eachDialog(*f.window, [&](QWidget& dialog, const QString&) {
            dialog.show();
            found << readers(dialog);
            ++dialogs;
        });
        found << readers(*f.window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
        QVERIFY(dialogs > 8);
    }

    void aPictureNamedInATextIsNotLoaded() {
        MarkedUp f;
        const QString text = f.markup();
        QLabel label(text);
        label.resize(600, 100);
        QVERIFY(!isRed(label.grab()));
        Banner banner;
        banner.resize(600, 100);
        banner.showMessage(Banner::Kind::Info, text, text);
        QVERIFY(!isRed(banner.grab()));
        EmptyState empty(QStringLiteral("tag"));
        empty.setSentence(text);  // asks for its height before it is ever shown
        empty.resize(800, 500);
        QVERIFY(!isRed(empty.grab()));
        const std::unique_ptr<QMessageBox> box(
            dialogs::makeBox(nullptr, {QStringLiteral("q"), text, text, text, {QStringLiteral("Do"), text}}));
        box->show();
        QVERIFY(!isRed(box->grab()));
        PostPreview preview;
        preview.resize(600, 300);
        preview.setPosts({makePost(toUtf8(text), {toUtf8(text), "<img src='" + toUtf8(f.loaded()) + "'>"})}, {});
        QVERIFY(!isRed(preview.grab()));
        QVERIFY(preview.toPlainText().contains(text));
        // The same text does load the picture where nothing forbids it, so the test can fail.
        QLabel naive;
        naive.ensurePolished();
        naive.setTextFormat(Qt::RichText);
        naive.setText(text);
        naive.resize(600, 100);
        QVERIFY(isRed(naive.grab()));
    }

    void tooltipsOfWidgetsAreShownAsTheyAre() {
        MarkedUp f;
        QWidget widget;
        widget.setToolTip(f.markup());
        widget.show();
        QHelpEvent asked(QEvent::ToolTip, QPoint(2, 2), widget.mapToGlobal(QPoint(2, 2)));
        QApplication::sendEvent(&widget, &asked);
        QTRY_VERIFY(shownTip());
        QCOMPARE(shownTip()->textFormat(), Qt::PlainText);
        QCOMPARE(shownTip()->text(), f.markup());
        QVERIFY(!isRed(shownTip()->grab()));
        // A tip that follows another takes its label over.
        QToolTip::showText(QPoint(4, 4), QStringLiteral("<b>next</b>"), &widget);
        QTRY_COMPARE(shownTip()->text(), QStringLiteral("<b>next</b>"));
        QCOMPARE(shownTip()->textFormat(), Qt::PlainText);
        QToolTip::hideText();
    }

    void tooltipsOfListsAreShownAsTheyAre() {
        MarkedUp f;
        f.window->showPage(QStringLiteral("train"));
        auto* list = f.window->findChild<QTableView*>(QStringLiteral("runList"));
        MNERVA_WAIT(list->model()->rowCount() == 1);
        MNERVA_WAIT(list->visualRect(list->model()->index(0, 0)).isValid());
        const QPoint place = list->visualRect(list->model()->index(0, 0)).center();
        QHelpEvent asked(QEvent::ToolTip, place, list->viewport()->mapToGlobal(place));
        QApplication::sendEvent(list->viewport(), &asked);
        QTRY_VERIFY(shownTip());
        QCOMPARE(shownTip()->textFormat(), Qt::PlainText);
        QVERIFY2(shownTip()->text().contains(f.markup()), qPrintable(shownTip()->text()));
        QToolTip::hideText();
    }

    void placesOfArgumentsInTextStayAsTheyAre() {
        FindingsModel findings;
        Findings odd;
        odd.add({"line-odd", "/x/%1 %2.txt", 7, "%1"});
        findings.set(odd);
        QStringList cells;
        for (int column = 0; column < findings.columnCount(); ++column)
            cells << findings.data(findings.index(0, column), Qt::DisplayRole).toString();
        QVERIFY2(cells.contains(QStringLiteral("%1 %2.txt:7")), qPrintable(cells.join(QLatin1Char('|'))));
        project::Refusal refusal;
        refusal.code = "overlap";
        refusal.in_the_way = Entity{"%2 %3", 4, 5, std::nullopt};
        QVERIFY2(refusalText(refusal).contains(QStringLiteral("%2 %3")), qPrintable(refusalText(refusal)));
        QVERIFY(refusalText(refusal).contains(QStringLiteral("5")));
        QCOMPARE(workflow::copiedRunName("%2-1", {}), std::string("%2-1"));
    }

    void ampersandsInButtonsAndMenusAreNoKeys() {
        QCOMPARE(withoutMnemonic(QStringLiteral("a&b && c")), QStringLiteral("a&&b &&&& c"));
        QCOMPARE(asWindowTitle(QStringLiteral("a[*]b")), QStringLiteral("a[*][*]b"));
        MarkedUp f;
        MNERVA_WAIT(f.window->session().hasView());
        const QString name = QStringLiteral("<b>a&&b<");
        bool inButton = false, inMenu = false;
        for (const QToolButton* button : f.window->findChildren<QToolButton*>())
            inButton = inButton || button->text().contains(name);
        for (const QAction* action : f.window->findChildren<QAction*>())
            inMenu = inMenu || action->text().contains(name);
        QVERIFY(inButton);
        QVERIFY(inMenu);
    }

    void everyDialogFitsOnASmallScreen_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("Chinese") << "zh_CN";
    }
    void everyDialogFitsOnASmallScreen() {
        QFETCH(QString, language);
        useLanguage(language);
        MarkedUp f;
        MNERVA_WAIT(f.window->session().hasView());
        QStringList tooHigh;
        eachDialog(*f.window, [&](QWidget& dialog, const QString& name) {
            if (name.startsWith(QLatin1String("train/options-"))) return;  // as high as all options, for captures
            dialog.show();
            QCoreApplication::processEvents();  // a dialog that sets its height does so in the event loop
            const int least = std::max(dialog.minimumSizeHint().height(), dialog.minimumHeight());
            const int room = dialog.screen()->availableGeometry().height() - kFrame;
            if (least > kSmallScreen || dialog.height() > room)
                tooHigh << QStringLiteral("%1: at least %2, shown with %3")
                               .arg(name, QString::number(least), QString::number(dialog.height()));
        });
        QVERIFY2(tooHigh.isEmpty(), qPrintable(tooHigh.join(QLatin1Char('\n'))));
    }
    void cleanup() { useLanguage(QStringLiteral("en")); }
};

int main(int argc, char** argv) {
    return runTagTest<WindowRulesTest>(argc, argv);
}
#include "window_rules_test.moc"
