#include <sys/resource.h>

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <csignal>

#include "core/domain/finding_text.h"
#include "ui/base/error_text.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/session/query_line.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_line.h"
#include "ui/shell/title_bar.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_editor.h"
#include "ui/widgets/language.h"

using namespace mnerva;
using namespace mnerva::ui;
using test::makePost;

namespace {

constexpr int kWait = 20000;

std::vector<Post> threePosts() {
    return {makePost("a", {"Kevin", "Durant"}), makePost("b", {"in", "Toronto"}),
            makePost("c", {"多", "伦", "多"}, {}, JoinRule::Nothing)};
}

/// A window on a project of three posts.
struct Shown {
    Shown() {
        test::makeProject(path(), threePosts());
        window = std::make_unique<test::Window>();
        window->resize(1280, 800);
        window->show();
        window->openProject(path());
        QTRY_VERIFY_WITH_TIMEOUT(window->session().hasView(), kWait);
    }
    ~Shown() {
        dialogs::setAnswers({});
        window->jobs().cancelAll();
    }
    QString path() const { return folder.filePath(QStringLiteral("project")); }
    QTemporaryDir folder;
    std::unique_ptr<MainWindow> window;
};

QKeyEvent press(int key, Qt::KeyboardModifiers modifiers, const QString& text, quint32 scanCode = 0) {
    return {QEvent::KeyPress, key, modifiers, scanCode, 0, 0, text};
}

void define(ActionRegistry& actions, const QString& id, const QString& key, const QString& scope = {}) {
    ActionRegistry::Definition definition;
    definition.id = id;
    if (!key.isEmpty()) definition.defaultKeys = {QKeySequence(key)};
    definition.text = [id] { return id; };
    definition.scope = scope;
    actions.define(std::move(definition));
}

}  // namespace

class ShellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("MNERVA_CONFIG_DIR", m_config.path().toUtf8());
        settings::reload();
        Theme::install(Theme::Choice::Light);
        useLanguage(QStringLiteral("en"));
    }
    void cleanup() {
        dialogs::setAnswers({});
        useLanguage(QStringLiteral("en"));
        Theme::instance()->setChoice(Theme::Choice::Light);
    }

    // --- texts -------------------------------------------------------------------------------------------------------
    void everyErrorHasTheSentenceOfTheCore() {
        for (const ErrorCode code : allErrorCodes()) QCOMPARE(errorSentence(code), fromUtf8(errorTemplate(code)));
    }
    void everyFindingHasTheSentenceOfTheCore() {
        for (const std::string& code : findingCodes())
            QCOMPARE(findingText(code), fromUtf8(std::string(findingSentence(code))));
    }
    void findingsAreCountedAsTheLanguageCounts() {
        QCOMPARE(findingText("picture-missing", 1), QStringLiteral("A picture whose file does not exist"));
        QCOMPARE(findingText("picture-missing", 1600),
                 QStringLiteral("1,600 pictures are missing; their posts are read without"));
        QCOMPARE(findingText("crlf", 3), QStringLiteral("3 × Windows line ends"));
        useLanguage(QStringLiteral("zh_CN"));
        QVERIFY2(findingText("picture-missing", 5).startsWith(QStringLiteral("缺失 5 张图片")),
                 qPrintable(findingText("picture-missing", 5)));
        for (const std::string& code : findingCodes()) {
            const std::string_view many = findingSentenceOfMany(code);
            if (many.empty()) continue;
            const QString chinese = translated("Finding", many);
            QVERIFY2(chinese != fromUtf8(std::string(many)) && chinese.contains(QStringLiteral("{0}")), code.c_str());
        }
    }
    void everyErrorHasAChineseSentenceWithTheSamePlaces() {
        useLanguage(QStringLiteral("zh_CN"));
        for (const ErrorCode code : allErrorCodes()) {
            const QString english = fromUtf8(errorTemplate(code)), chinese = errorSentence(code);
            QVERIFY2(chinese != english, qPrintable(english));
            for (int place = 0; place < 5; ++place) {
                const QString mark = QStringLiteral("{%1}").arg(place);
                QVERIFY2(chinese.contains(mark) == english.contains(mark), qPrintable(chinese));
            }
        }
    }
    void argumentsFillTheirPlaces() {
        QCOMPARE(errorText(Error(ErrorCode::FileMissing, {"/tmp/多.txt"})),
                 QStringLiteral("/tmp/多.txt does not exist."));
    }
    void codePointsAndUtf16ConvertBothWays() {
        const QString text = QStringLiteral("a🔥多\u0301b");
        QCOMPARE(codePointLength(text), 5);
        for (int i = 0; i <= 5; ++i) QCOMPARE(codePointFromUtf16(text, utf16FromCodePoint(text, i)), i);
        QCOMPARE(utf16FromCodePoint(text, 2), qsizetype(3));
        QCOMPARE(codePointFromUtf16(text, 2), 1);
        QCOMPARE(utf16FromCodePoint(text, 99), text.size());
        QCOMPARE(codePointFromUtf16(QString(QChar(0xD83D)), 1), 1);
    }
    void wordsHaveTheirPlacesInTheText() {
        const LaidText spaced = layText({"🔥", "ab"}, true);
        QCOMPARE(spaced.text, QStringLiteral("🔥 ab"));
        QCOMPARE(spaced.words[1].start, qsizetype(3));
        const LaidText tight = layText({"多", "伦"}, false);
        QCOMPARE(tight.text, QStringLiteral("多伦"));
        QCOMPARE(tight.words[1].end, qsizetype(2));
    }

    // --- theme -------------------------------------------------------------------------------------------------------
    void everyIconOfTheSetCanBeDrawn() {
        const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
        QVERIFY(files.size() > 50);
        for (const QString& file : files) {
            const QImage image = Theme::pixmap(QFileInfo(file).baseName(), Qt::red, 20).toImage();
            bool drawn = false;
            for (int i = 0; i < 400 && !drawn; ++i) drawn = qAlpha(image.pixel(i % 20, i / 20)) > 0;
            QVERIFY2(drawn, qPrintable(file));
        }
    }
    void fixedLabelsHaveTheColoursOfTheDesign() {
        const LabelSet labels{{"PER", "LOC", "ORG", "MISC"}, {}};
        QCOMPARE(Theme::labelColor("PER", labels), QColor(0x00, 0x72, 0xb2));
        QCOMPARE(Theme::labelColor("MISC", labels), QColor(0xb5, 0x54, 0x8a));
    }
    void labelColoursDifferInBothThemes() {
        LabelSet labels{{"PER", "LOC", "ORG", "MISC", "GPE"}, {}};
        for (int i = 0; i < 15; ++i) labels.types.push_back("T" + std::to_string(i));
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            Theme::instance()->setChoice(choice);
            QList<QRgb> seen;
            for (const std::string& type : labels.types) {
                const QRgb colour = Theme::labelColor(type, labels).rgb();
                QVERIFY2(!seen.contains(colour), type.c_str());
                seen << colour;
            }
        }
    }
    void sixtyLabelsStillHaveColours() {
        LabelSet labels;
        for (int i = 0; i < 66; ++i) labels.types.push_back("T" + std::to_string(i));
        for (const std::string& type : labels.types) QVERIFY(Theme::labelColor(type, labels).isValid());
        QVERIFY(Theme::labelColor("never seen", labels).isValid());
    }
    void textIsReadableOnEveryGround() {
        const auto luminance = [](const QColor& c) {
            const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
            return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
        };
        const auto contrast = [&](Theme::Role a, Theme::Role b) {
            const double p = luminance(Theme::color(a)), q = luminance(Theme::color(b));
            return (std::max(p, q) + 0.05) / (std::min(p, q) + 0.05);
        };
        using R = Theme::Role;
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            Theme::instance()->setChoice(choice);
            for (const R ground : {R::Window, R::Surface, R::Raised, R::AccentSurface, R::BadSurface, R::WarningSurface,
                                   R::InfoSurface}) {
                QVERIFY(contrast(R::Text, ground) >= 7.0);
            }
            for (const R ground : {R::Window, R::Surface, R::Raised})
                QVERIFY(contrast(R::SecondaryText, ground) >= 4.5);
            QVERIFY(contrast(R::AccentText, R::Accent) >= 4.5);
            QVERIFY(contrast(R::Good, R::Surface) >= 4.5);
            QVERIFY(contrast(R::Bad, R::Surface) >= 4.5);
        }
    }
    void namesOfLabelsAreReadableOnTheirTintAndOnEveryGround() {
        const auto luminance = [](const QColor& c) {
            const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
            return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
        };
        LabelSet labels;
        labels.types = {"PER", "LOC", "ORG", "MISC", "GPE"};
        for (int i = 0; i < 20; ++i) labels.types.push_back("T" + std::to_string(i));
        using R = Theme::Role;
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            Theme::instance()->setChoice(choice);
            for (const std::string& type : labels.types)
                for (const R role : {R::Window, R::Surface, R::Raised})
                    for (const bool isTinted : {false, true}) {
                        const QColor label = Theme::labelColor(type, labels), tint = Theme::tint(label);
                        const QColor below = Theme::color(role);
                        const float share = isTinted ? tint.alphaF() : 0;
                        const QColor ground =
                            QColor::fromRgbF(below.redF() + share * (tint.redF() - below.redF()),
                                             below.greenF() + share * (tint.greenF() - below.greenF()),
                                             below.blueF() + share * (tint.blueF() - below.blueF()));
                        const double p = luminance(Theme::ink(label)), q = luminance(ground);
                        const double contrast = (std::max(p, q) + 0.05) / (std::min(p, q) + 0.05);
                        QVERIFY2(contrast >= 4.45, (type + " " + std::to_string(contrast)).c_str());
                    }
        }
    }
    void postTextKeepsItsLimitsAndIsRemembered() {
        Theme::instance()->setPostTextSize(500);
        QCOMPARE(Theme::postTextSize(), 40);
        QCOMPARE(settings::postTextSize(), 40);
        Theme::instance()->setPostTextSize(16);
        QCOMPARE(Theme::postFont().pointSize(), 16);
    }

    // --- actions -----------------------------------------------------------------------------------------------------
    void aTakenKeyIsRefusedWithTheNameOfItsOwner() {
        ActionRegistry actions;
        define(actions, QStringLiteral("test.one"), QStringLiteral("Ctrl+Alt+1"), QStringLiteral("test"));
        define(actions, QStringLiteral("test.two"), QStringLiteral("Ctrl+Alt+2"), QStringLiteral("test"));
        QString taken;
        QVERIFY(!actions.setKeys(QStringLiteral("test.two"), {QKeySequence(QStringLiteral("Ctrl+Alt+1"))}, &taken));
        QCOMPARE(taken, QStringLiteral("test.one"));
        QCOMPARE(actions.key(QStringLiteral("test.two")), QKeySequence(QStringLiteral("Ctrl+Alt+2")));
    }
    void equalKeysMayLiveInDifferentScopes() {
        ActionRegistry actions;
        define(actions, QStringLiteral("left.q"), QStringLiteral("Ctrl+Alt+Q"), QStringLiteral("left"));
        define(actions, QStringLiteral("right.r"), QString(), QStringLiteral("right"));
        QVERIFY(actions.setKeys(QStringLiteral("right.r"), {QKeySequence(QStringLiteral("Ctrl+Alt+Q"))}));
    }
    void changedKeysAreRememberedAndCanBeSetBack() {
        ActionRegistry actions;
        define(actions, QStringLiteral("test.keep"), QStringLiteral("Ctrl+Alt+K"), QStringLiteral("test"));
        QVERIFY(actions.setKeys(QStringLiteral("test.keep"), {QKeySequence(QStringLiteral("Ctrl+Alt+M"))}));
        define(actions, QStringLiteral("test.keep"), QStringLiteral("Ctrl+Alt+K"), QStringLiteral("test"));
        QCOMPARE(actions.key(QStringLiteral("test.keep")), QKeySequence(QStringLiteral("Ctrl+Alt+M")));
        QVERIFY(actions.setKeys(QStringLiteral("test.keep"), {}));
        define(actions, QStringLiteral("test.keep"), QStringLiteral("Ctrl+Alt+K"), QStringLiteral("test"));
        QVERIFY(actions.key(QStringLiteral("test.keep")).isEmpty());
        actions.resetKeys(QStringLiteral("test.keep"));
        QCOMPARE(actions.key(QStringLiteral("test.keep")), QKeySequence(QStringLiteral("Ctrl+Alt+K")));
    }
    void digitsMatchByTheirPlaceToo() {
        ActionRegistry actions;
        define(actions, QStringLiteral("test.digit"), QStringLiteral("1"), QStringLiteral("digits"));
        const QKeyEvent qwerty = press(Qt::Key_1, Qt::NoModifier, QStringLiteral("1"));
        const QKeyEvent azerty = press(Qt::Key_Ampersand, Qt::NoModifier, QStringLiteral("&"), 10);
        const QKeyEvent other = press(Qt::Key_2, Qt::NoModifier, QStringLiteral("2"), 11);
        QVERIFY(actions.matches(QStringLiteral("test.digit"), &qwerty));
        QVERIFY(actions.matches(QStringLiteral("test.digit"), &azerty));
        QVERIFY(!actions.matches(QStringLiteral("test.digit"), &other));
    }
    void signsMatchWithOrWithoutShift() {
        ActionRegistry actions;
        define(actions, QStringLiteral("test.sign"), QStringLiteral("?"), QStringLiteral("signs"));
        const QKeyEvent shifted = press(Qt::Key_Question, Qt::ShiftModifier, QStringLiteral("?"));
        QVERIFY(actions.matches(QStringLiteral("test.sign"), &shifted));
    }
    void tooltipsNameTheKey() {
        ActionRegistry actions;
        define(actions, QStringLiteral("test.tip"), QStringLiteral("F9"), QStringLiteral("test"));
        QCOMPARE(actions.tooltip(QStringLiteral("test.tip")), QStringLiteral("test.tip (F9)"));
    }
    void toolTipsFollowAKeyThatIsChanged() {
        test::Window window;
        ActionRegistry& registry = window.registry();
        const std::pair<const char*, const char*> shown[]{
            {"doneButton", "tag.accept"},     {"flagButton", "tag.flag"},
            {"tagRow", "tag.scheme"},         {"keysButton", "tag.keys"},
            {"boxesButton", "tag.boxes"},     {"findObjectsButton", "project.detect"},
            {"moreLabels", "tag.findLabel"},  {"dataImport", "project.import"},
            {"dataExport", "project.export"}, {"nextPicture", "attention.nextPicture"},
            {"rail.tag", "page.tag"}};
        for (const char* page : {"tag", "data", "attention"}) window.showPage(QLatin1String(page));
        const QString key = QStringLiteral("Ctrl+Alt+Shift+F9");
        for (const auto& [widgetName, actionId] : shown) {
            const QString name = QLatin1String(widgetName), id = QLatin1String(actionId);
            const auto tips = [&window, &name] {
                QStringList all;
                for (const QWidget* widget : window.findChildren<QWidget*>(name)) all << widget->toolTip();
                return all;
            };
            QVERIFY2(registry.has(id), qPrintable(id));
            QVERIFY2(tips().contains(registry.tooltip(id)), qPrintable(name));
            QVERIFY(registry.setKeys(id, {QKeySequence(key)}));
            QVERIFY2(tips().contains(registry.text(id) + QStringLiteral(" (%1)").arg(key)), qPrintable(name));
            registry.resetKeys(id);
            QVERIFY2(tips().contains(registry.tooltip(id)), qPrintable(name));
        }
        auto* query = window.findChild<QLineEdit*>(QStringLiteral("query"));
        QVERIFY(registry.setKeys(QStringLiteral("window.filter"), {QKeySequence(key)}));
        QVERIFY(query->placeholderText().contains(key));
        registry.resetKeys(QStringLiteral("window.filter"));
        QVERIFY(!query->placeholderText().contains(key));
    }
    void theKeyTableKeepsTheRulesOfModels() {
        ActionRegistry actions;
        define(actions, QStringLiteral("test.row"), QStringLiteral("F9"));
        KeyTableModel model(actions);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(model.rowCount() > 0);
        model.setNeedle(QStringLiteral("no such action"));
        QCOMPARE(model.rowCount(), 0);
    }
    void theKeyEditorRefusesATakenKeyAndSaysWhose() {
        ActionRegistry actions;
        define(actions, QStringLiteral("test.ed1"), QStringLiteral("Ctrl+Alt+7"), QStringLiteral("test"));
        define(actions, QStringLiteral("test.ed2"), QStringLiteral("Ctrl+Alt+8"), QStringLiteral("test"));
        KeyEditor editor(actions);
        editor.choose(QStringLiteral("test.ed2"));
        QVERIFY(!editor.assign(QKeySequence(QStringLiteral("Ctrl+Alt+7"))));
        QVERIFY(editor.message().contains(QStringLiteral("test.ed1")));
        QVERIFY(editor.assign(QKeySequence(QStringLiteral("Ctrl+Alt+9"))));
        QCOMPARE(actions.key(QStringLiteral("test.ed2")), QKeySequence(QStringLiteral("Ctrl+Alt+9")));
        actions.resetKeys(QStringLiteral("test.ed2"));
    }
    void noTwoActionsOfTheWindowShareAKey() {
        test::Window window;
        const ActionRegistry& registry = window.registry();
        for (const QString& id : registry.ids()) {
            for (const QKeySequence& key : registry.keys(id)) {
                const QString other = registry.conflict(id, key);
                QVERIFY2(other.isEmpty(), qPrintable(id + QStringLiteral(" and ") + other));
            }
        }
    }

    // --- small widgets -----------------------------------------------------------------------------------------------
    void aBannerSaysWhatAndWhyAndCanBeCopied() {
        Banner banner;
        QVERIFY(banner.isHidden());
        banner.showError(Error(ErrorCode::FileMissing, {"/x"}), QStringLiteral("Nothing was opened."));
        QVERIFY(!banner.isHidden());
        QVERIFY(banner.text().contains(QStringLiteral("/x does not exist.")));
        banner.findChild<QAbstractButton*>(QStringLiteral("bannerCopy"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), banner.text());
        banner.findChild<QAbstractButton*>(QStringLiteral("bannerClose"))->click();
        QVERIFY(banner.isHidden());
    }
    void aBannerButtonGoesWithItsMessage() {
        Banner banner;
        int pressed = 0;
        banner.showMessage(Banner::Kind::Warning, QStringLiteral("first"));
        banner.addButton(QStringLiteral("again"), [&] { ++pressed; });
        banner.findChild<QPushButton*>()->click();
        QCOMPARE(pressed, 1);
        banner.showMessage(Banner::Kind::Info, QStringLiteral("second"));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!banner.findChild<QPushButton*>());
    }
    void theSentenceOfAnEmptyPageIsSeenWhole() {
        EmptyState state(QStringLiteral("train"));
        state.setSentence(QStringLiteral(
            "A sentence that is much too long for one line of the page and so has to be wrapped somewhere."));
        state.resize(900, 600);
        state.show();
        const auto* label = state.findChild<QLabel*>(QStringLiteral("emptyStateSentence"));
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
        QVERIFY(label->height() > 0);
    }
    void questionsAreAnsweredThroughTheSeam() {
        QString asked;
        dialogs::setAnswers({[&](const dialogs::Question& q) {
                                 asked = q.id;
                                 return 1;
                             },
                             {},
                             {}});
        QCOMPARE(dialogs::ask(nullptr, {QStringLiteral("id"), {}, {}, {}, {QStringLiteral("a"), QStringLiteral("b")}}),
                 1);
        QCOMPARE(asked, QStringLiteral("id"));
    }
    void thePaletteFindsActionsByTheirWords() {
        test::Window window;
        CommandPalette palette(window.actions());
        palette.search()->setText(QStringLiteral("sample try"));
        QCOMPARE(palette.list()->count(), 1);
        QTest::keyClick(palette.search(), Qt::Key_Return);
        QVERIFY(palette.chosen());
        QCOMPARE(palette.chosen()->objectName(), QStringLiteral("project.sample"));
    }

    // --- settings ----------------------------------------------------------------------------------------------------
    void recentProjectsAreFewAndTheNewestIsFirst() {
        for (int i = 0; i < 12; ++i) settings::addRecentProject(QStringLiteral("/p%1").arg(i));
        settings::addRecentProject(QStringLiteral("/p9"));
        QCOMPARE(settings::recentProjects().first(), QStringLiteral("/p9"));
        QVERIFY(settings::recentProjects().size() <= 8);
        QCOMPARE(settings::recentProjects().count(QStringLiteral("/p9")), 1);
        QCOMPARE(settings::lastProject(), QStringLiteral("/p9"));
    }
    void oddSettingsFallBackToTheDefaults() {
        settings::setValue(QStringLiteral("postTextSize"), QStringLiteral("huge"));
        settings::setValue(QStringLiteral("suggestions/policy"), 77);
        settings::setValue(QStringLiteral("suggestions/threshold"), -3.0);
        QCOMPARE(settings::postTextSize(), 10);
        QCOMPARE(settings::suggestionPolicy(), settings::SuggestionPolicy::Keep);
        QCOMPARE(settings::suggestionThreshold(), 0.0);
        for (const char* key : {"postTextSize", "suggestions/policy", "suggestions/threshold"})
            settings::remove(QString::fromLatin1(key));
    }
    void noChoiceOfTheSettingsIsCutOff() {
        for (const char* language : {"en", "zh_CN"}) {
            useLanguage(QString::fromLatin1(language));
            ActionRegistry actions;
            SettingsPage page(actions);
            page.show();
            const auto boxes = page.findChildren<QComboBox*>();
            QCOMPARE(boxes.size(), 5);
            auto* scroll = page.findChild<QScrollArea*>();
            for (const QSize size : {QSize(880, 560), QSize(1200, 740), QSize(1360, 840)}) {
                page.resize(size);
                for (QComboBox* box : boxes) {
                    const QString what = box->objectName() + QLatin1Char(' ') + QString::number(size.width());
                    scroll->ensureWidgetVisible(box);
                    // In the smallest window a long choice may end in an ellipsis, but its box has all its edges.
                    QVERIFY2(size.width() < 1200 || box->width() >= box->sizeHint().width(), qPrintable(what));
                    QVERIFY2(box->visibleRegion().boundingRect().width() == box->width(), qPrintable(what));
                }
            }
        }
    }
    void settingsTakeEffectAtOnce() {
        ActionRegistry actions;
        SettingsPage page(actions);
        auto* theme = page.findChild<QComboBox*>(QStringLiteral("settingsTheme"));
        theme->setCurrentIndex(2);
        Q_EMIT theme->activated(2);
        QVERIFY(Theme::isDark());
        page.findChild<QSpinBox*>(QStringLiteral("settingsSize"))->setValue(20);
        QCOMPARE(Theme::postTextSize(), 20);
        Theme::instance()->setPostTextSize(16);
        settings::setTheme(Theme::Choice::Light);
    }

    // --- the window --------------------------------------------------------------------------------------------------
    void withoutAProjectTheWindowSaysWhatToDo() {
        test::Window window;
        window.show();
        QCOMPARE(window.currentPage(), QStringLiteral("data"));
        auto* welcome = window.findChild<EmptyState*>(QStringLiteral("welcome"));
        QVERIFY(welcome->isVisible());
        QVERIFY(!welcome->button()->text().isEmpty());
    }
    void everyPageCanBeShownWithoutAProject() {
        test::Window window;
        window.show();
        for (const QString& id : window.pageIds()) {
            window.showPage(id);
            QCOMPARE(window.currentPage(), id);
            QVERIFY(!window.findChild<RailButton*>(QStringLiteral("rail.") + id)->text().isEmpty());
            window.grab();
        }
    }
    void theKeysOfAllPagesAreKnownBeforeOneIsShown() {
        test::Window window;  // the tagging page is not made yet
        QVERIFY(!window.findChild<QWidget*>(QStringLiteral("tagPage")));
        const std::unique_ptr<QWidget> dialog(window.makeKeysDialog());
        const auto* table = dialog->findChild<QTableView*>(QStringLiteral("keyTable"))->model();
        QStringList ids;
        for (int row = 0; row < table->rowCount(); ++row)
            ids << table->index(row, 0).data(KeyTableModel::IdRole).toString();
        for (const char* id : {"project.new", "page.settings", "tag.left", "tag.label20"})
            QVERIFY2(ids.contains(QString::fromLatin1(id)), id);
    }
    void aWindowMayHaveOtherPages() {
        class Plain : public Page {
        public:
            using Page::Page;
        };
        const auto spec = [](const char* id, PageSpec::Standing standing) {
            return PageSpec{.id = QString::fromLatin1(id),
                            .icon = QStringLiteral("tag"),
                            .title = [id] { return QString::fromLatin1(id).toUpper(); },
                            .key = {},
                            .make = [](const PageContext&) -> Page* { return new Plain; },
                            .standing = standing};
        };
        WindowParts parts = windowParts();
        parts.pages = {spec("one", PageSpec::Standing::Work), spec("two", PageSpec::Standing::Start)};
        QTemporaryDir dir;
        test::makeProject(dir.filePath(QStringLiteral("p")), threePosts());
        MainWindow window(std::move(parts));
        window.show();
        QCOMPARE(window.currentPage(), QStringLiteral("two"));
        QCOMPARE(window.findChild<RailButton*>(QStringLiteral("rail.one"))->text(), QStringLiteral("ONE"));
        QCOMPARE(window.registry().text(QStringLiteral("page.one")), QStringLiteral("Go to ONE"));
        window.openProject(dir.filePath(QStringLiteral("p")));
        QTRY_COMPARE_WITH_TIMEOUT(window.currentPage(), QStringLiteral("one"), kWait);
    }
    void openingShowsTheTagPageAndTheName() {
        Shown f;
        QCOMPARE(f.window->currentPage(), QStringLiteral("tag"));
        QVERIFY(f.window->windowTitle().contains(QStringLiteral("project")));
        QVERIFY(f.window->statusLine()->doneText().contains(QStringLiteral("3")));
    }
    void pagesAreReachedByKeys() {
        Shown f;
        QApplication::setActiveWindow(f.window.get());
        for (const PageSpec& page : windowParts().pages) {
            f.window->showPage(page.id == QLatin1String("tag") ? QStringLiteral("data") : QStringLiteral("tag"));
            QVERIFY2(!page.key.isEmpty(), qPrintable(page.id));
            QTest::keySequence(f.window.get(), page.key);
            QCOMPARE(f.window->currentPage(), page.id);
        }
    }
    void everyPageHasADrawingAKeyInTheSheetAndALineInThePalette() {
        test::Window window;
        const std::unique_ptr<QWidget> dialog(window.makeKeysDialog());
        const auto* table = dialog->findChild<QTableView*>(QStringLiteral("keyTable"))->model();
        QStringList ids;
        for (int row = 0; row < table->rowCount(); ++row)
            ids << table->index(row, 0).data(KeyTableModel::IdRole).toString();
        for (const PageSpec& page : windowParts().pages) {
            QVERIFY2(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(page.icon)), qPrintable(page.icon));
            QCOMPARE(ids.count(QStringLiteral("page.") + page.id), qsizetype(1));
            CommandPalette palette(window.actions());
            palette.search()->setText(QCoreApplication::translate("Shell", "Go to %1").arg(page.title()));
            QTest::keyClick(palette.search(), Qt::Key_Return);
            QVERIFY2(palette.chosen(), qPrintable(page.id));
            QCOMPARE(palette.chosen()->objectName(), QStringLiteral("page.") + page.id);
        }
    }
    void theStatusLineSaysWhenItWasSaved() {
        Shown f;
        ProjectSession& session = f.window->session();
        session.apply(project::labelSpan(session.view().state, 0, 1, "PER"));
        QTRY_VERIFY_WITH_TIMEOUT(f.window->statusLine()->savedText().contains(QLatin1Char(':')), kWait);
    }
    void theLanguageChangesWhileRunning() {
        Shown f;
        for (const QString& id : f.window->pageIds()) f.window->page(id);
        auto* rail = f.window->findChild<RailButton*>(QStringLiteral("rail.data"));
        const QString english = rail->text();
        useLanguage(QStringLiteral("zh_CN"));
        QTRY_COMPARE(rail->text(), QStringLiteral("数据"));
        QCOMPARE(f.window->registry().action(QStringLiteral("page.data"))->text(), QStringLiteral("转到数据"));
        useLanguage(QStringLiteral("en"));
        QTRY_COMPARE(rail->text(), english);
    }
    void theThemeChangesWhileRunning() {
        Shown f;
        const QColor before = f.window->grab().toImage().pixelColor(40, 500);
        Theme::instance()->setChoice(Theme::Choice::Dark);
        const QColor after = f.window->grab().toImage().pixelColor(40, 500);
        QVERIFY(after.lightness() < before.lightness());
    }
    void theQueryLineFiltersForEveryPage() {
        Shown f;
        f.window->titleBar()->query()->setText(QStringLiteral("Toronto"));
        QTRY_COMPARE_WITH_TIMEOUT(f.window->session().visibleRows().size(), std::size_t(1), kWait);
        QTest::keyClick(f.window->titleBar()->query(), Qt::Key_Escape);
        QTRY_COMPARE_WITH_TIMEOUT(f.window->session().visibleRows().size(), std::size_t(3), kWait);
    }
    void theCurrentPostIsRememberedForTheProject() {
        Shown f;
        f.window->session().step(1);
        QTRY_COMPARE_WITH_TIMEOUT(f.window->session().rowOf(f.window->session().view().post.id), 1, kWait);
        f.window->close();
        f.window = std::make_unique<test::Window>();
        f.window->openProject(f.path());
        QTRY_COMPARE_WITH_TIMEOUT(f.window->session().rowOf(f.window->session().currentPost()), 1, kWait);
    }
    void aSecondWindowSaysWhoHasTheProject() {
        Shown f;
        test::Window second;
        second.show();
        second.openProject(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(second.session().isOpen(), kWait);
        QVERIFY(second.banner()->isVisible());
        QVERIFY(second.banner()->text().contains(QString::number(QCoreApplication::applicationPid())));
        QVERIFY(second.statusLine()->savedText().contains(QStringLiteral("read-only")));
    }
    void aFolderThatIsNoProjectShowsABannerOnTheDataPage() {
        QTemporaryDir empty;
        test::Window window;
        window.show();
        window.openProject(empty.path());
        auto* banner = window.page(QStringLiteral("data"))->findChild<Banner*>();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), kWait);
        QVERIFY(banner->text().contains(empty.path()));
    }
    void closingWhileAJobRunsAsksFirst() {
        Shown f;
        Job* job = f.window->jobs().add(QStringLiteral("long work"));
        int asked = 0, answer = 1;
        dialogs::setAnswers({[&](const dialogs::Question& q) {
                                 asked += q.id == QLatin1String("close-while-running");
                                 return answer;
                             },
                             {},
                             {}});
        QVERIFY(!f.window->close());
        QCOMPARE(asked, 1);
        QVERIFY(f.window->isVisible());
        answer = 0;
        QVERIFY(f.window->close());
        job->end(JobState::Cancelled);
    }
    void aDroppedProjectFolderIsOpened() {
        QTemporaryDir dir;
        const QString project = dir.filePath(QStringLiteral("dropped"));
        test::makeProject(project, threePosts());
        test::Window window;
        window.show();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(project)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &drop);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isOpen(), kWait);
        QCOMPARE(window.session().folder(), project);
    }
    void aDroppedPictureSaysThatThereIsNothingToImport() {
        QTemporaryDir dir;
        QImage(8, 8, QImage::Format_RGB32).save(dir.filePath(QStringLiteral("x.png")));
        dialogs::setAnswers({{}, {}, [](QDialog&) { return 0; }});
        test::Window window;
        window.show();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(dir.path())});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &drop);
        QTRY_VERIFY_WITH_TIMEOUT(window.page(QStringLiteral("data"))->findChild<Banner*>()->isVisible(), kWait);
    }
    void theLayoutIsRemembered() {
        {
            test::Window window;
            window.resize(784, 701);  // within the 800 x 800 of the offscreen screen
            window.show();
            window.close();
        }
        test::Window again;
        QCOMPARE(again.size(), QSize(784, 701));
    }
    void everyFieldHasANameForTestsAndScreenReaders() {
        Shown f;
        for (const QString& id : f.window->pageIds()) {
            f.window->showPage(id);
            for (QWidget* widget : f.window->page(id)->findChildren<QWidget*>()) {
                const bool field = qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractItemView*>(widget) ||
                                   qobject_cast<QAbstractSpinBox*>(widget);
                if (!field || qobject_cast<QHeaderView*>(widget) || !widget->isVisibleTo(f.window->page(id))) continue;
                if (qobject_cast<QComboBox*>(widget->parentWidget()) || widget->inherits("QComboBoxListView")) continue;
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
            }
        }
    }
    void theProjectMenuListsWhatCanBeDone() {
        Shown f;
        QMenu* menu = f.window->titleBar()->projectMenu();
        Q_EMIT menu->aboutToShow();
        QStringList ids;
        for (const QAction* action : menu->actions()) ids << action->objectName();
        for (const char* id : {"project.new", "project.open", "project.import", "project.export", "window.quit"}) {
            QVERIFY(ids.contains(QString::fromLatin1(id)));
        }
    }

    // --- closing with something unsaved
    // -------------------------------------------------------------------------------
    void aWindowThatCannotSaveAsksAndStaysUntilItIsAnswered() {
        Shown f;
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit full{1, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
        QVERIFY(f.window->session().apply(project::labelSpan(f.window->session().view().state, 0, 1, "PER")));
        QStringList asked;
        int answer = 2;  // stay
        dialogs::Answers answers;
        answers.ask = [&](const dialogs::Question& question) {
            asked << question.id << question.detail;
            if (answer == 0) setrlimit(RLIMIT_FSIZE, &before);  // room was made
            return answer;
        };
        dialogs::setAnswers(answers);
        const bool closed = f.window->close();
        const bool stillThere = f.window->isVisible();
        answer = 0;  // try again
        const bool closedThen = f.window->close();
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!closed);
        QVERIFY(stillThere);
        QVERIFY(closedThen);
        QCOMPARE(asked.size(), 4);
        QCOMPARE(asked.at(0), QStringLiteral("leave-unsaved"));
        QVERIFY2(asked.at(1).startsWith(errorText(Error(ErrorCode::DiskFull, {toUtf8(f.path()) + "/project.mnerva"}))),
                 qPrintable(asked.at(1)));
        const auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test");
        QCOMPARE(test::spans(project->view(project->summaries({}, 1).front().id).state.entities),
                 QStringLiteral("0-1 PER"));
    }
    void closingAProjectAsksAsWellAndCanLoseTheChange() {
        Shown f;
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit full{1, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
        QVERIFY(f.window->session().apply(project::labelSpan(f.window->session().view().state, 0, 1, "PER")));
        int asked = 0;
        dialogs::Answers answers;
        answers.ask = [&](const dialogs::Question&) { return asked++ == 0 ? 2 : 1; };
        dialogs::setAnswers(answers);
        QAction* close = f.window->findChild<QAction*>(QStringLiteral("project.close"));
        close->trigger();
        const bool openStill = f.window->session().isOpen();
        close->trigger();
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(openStill);
        QVERIFY(!f.window->session().isOpen());
        QCOMPARE(asked, 2);
    }
    void aWindowWithNothingUnsavedClosesUnasked() {
        Shown f;
        QVERIFY(f.window->session().apply(project::labelSpan(f.window->session().view().state, 0, 1, "PER")));
        int asked = 0;
        dialogs::Answers answers;
        answers.ask = [&](const dialogs::Question&) { return asked++; };
        dialogs::setAnswers(answers);
        QVERIFY(f.window->close());
        QCOMPARE(asked, 0);
        const auto project = project::Project::open(toPath(f.path()), project::OpenMode::ReadOnly, "test");
        QCOMPARE(test::spans(project->view(project->summaries({}, 1).front().id).state.entities),
                 QStringLiteral("0-1 PER"));
    }
    void aProjectThatIsNotSafeToWriteSaysSoInTheBanner() {
        Shown f;
        f.window->session().close();
        QVERIFY(QFile::remove(f.path() + QStringLiteral("/lock")));
        QVERIFY(QFile::link(f.folder.filePath(QStringLiteral("letter")), f.path() + QStringLiteral("/lock")));
        f.window->openProject(f.path());
        QTRY_VERIFY_WITH_TIMEOUT(f.window->session().hasView(), kWait);
        auto* banner = f.window->findChild<Banner*>(QStringLiteral("windowBanner"));
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(QStringLiteral("a symbolic link")), qPrintable(banner->text()));
        QVERIFY(!QFile::exists(f.folder.filePath(QStringLiteral("letter"))));
    }

private:
    QTemporaryDir m_config;
};

QTEST_MAIN(ShellTest)
#include "shell_test.moc"
