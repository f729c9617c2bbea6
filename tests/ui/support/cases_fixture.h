#pragma once

#include <QImage>
#include <QMenu>
#include <QTest>
#include <QToolButton>
#include "ui/pages/cases/cases_page.h"
#include "ui/pages/cases/lanes_view.h"
#include "ui/session/query_line.h"
#include "ui/shell/title_bar.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::test {

using namespace ui;

/// Three posts with gold and two systems: "alpha" is right in all; "beta" has a border wrong and misses one in the
/// first, is right in the second and invents one in the third, which is Chinese.
class Compared {
public:
    explicit Compared(bool hasLayers = true) {
        QDir().mkpath(images());
        QImage photo(96, 64, QImage::Format_RGB32);
        photo.fill(QColor(30, 120, 200));
        photo.save(images() + QStringLiteral("/1.png"));
        Post first = makePost("1", {"JKF", "Ag", "met", "Rosemary", "Barasa", "today"},
                              {"B-ORG", "I-ORG", "O", "B-PER", "I-PER", "O"});
        first.images = {"1.png"};
        const Post second = makePost("2", {"Kevin", "in", "Toronto"}, {"B-PER", "O", "B-LOC"});
        Post third = makePost("3", {"多", "伦", "多", "🔥"}, {"B-LOC", "I-LOC", "I-LOC", "O"}, JoinRule::Nothing);
        makeProject(folder(), {first, second, third}, {"PER", "LOC", "ORG", "MISC"}, images());
        if (hasLayers) store();
        window = std::make_unique<test::Window>();
        window->resize(1280, 800);
        window->show();
        QApplication::setActiveWindow(window.get());
        window->openProject(folder());
        QTRY_VERIFY(window->session().isOpen() && window->session().hasView());
        QTRY_COMPARE(window->session().layers().size(), hasLayers ? 4u : 2u);
        QTest::keyClick(window.get(), Qt::Key_5, Qt::ControlModifier);
        QTRY_VERIFY(page());
        QTRY_VERIFY(page()->isVisible());
        if (hasLayers) QTRY_COMPARE(host().state(), CasesHost::State::Ready);
    }
    ~Compared() { dialogs::setAnswers({}); }

    QString folder() const { return m_folder.filePath(QStringLiteral("project")); }
    QString images() const { return m_folder.filePath(QStringLiteral("images")); }
    QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    CasesPage* page() const { return window->findChild<CasesPage*>(); }
    CasesHost& host() const { return page()->host(); }
    ProjectSession& session() const { return window->session(); }
    QueryLine& query() const { return *window->titleBar()->query(); }
    QToolButton* button(const char* name) const { return page()->findChild<QToolButton*>(QLatin1String(name)); }
    LanesView* lanes() const { return page()->findChild<LanesView*>(); }
    QString shownId() const { return host().shown() ? fromUtf8(host().shown()->externalId) : QString(); }
    QString corrected() const { return spans(session().view().state.entities); }

    void press(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(lanes(), Qt::Key(key), modifiers); }
    /// Opens the menu of a button and clicks an entry of it, then one of its sub-menu.
    void choose(const char* button, const QStringList& entries) {
        QMenu* menu = page()->findChild<QToolButton*>(QLatin1String(button))->menu();
        menu->popup(QPoint(10, 10));
        for (const QString& entry : entries) {
            QAction* wanted = nullptr;
            for (QAction* action : menu->actions())
                if (action->text().remove(QLatin1Char('&')) == entry || action->objectName() == entry) wanted = action;
            QVERIFY2(wanted, qPrintable(entry));
            if (wanted->menu()) {
                menu = wanted->menu();
                menu->popup(QPoint(60, 60));
                continue;
            }
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(wanted).center());
        }
        for (QWidget* open = QApplication::activePopupWidget(); open; open = QApplication::activePopupWidget())
            open->close();
    }
    void answerFile(const QString& path) {
        dialogs::Answers answers;
        answers.files = [path](const dialogs::FileRequest&) { return QStringList{path}; };
        dialogs::setAnswers(answers);
    }

    std::unique_ptr<test::Window> window;

private:
    void store() {
        const auto project = project::Project::open(toPath(folder()), project::OpenMode::ReadWrite, "test");
        const auto posts = project->posts({});
        const auto entity = [](const char* type, int first, int last, double confidence) {
            return Entity{type, first, last, confidence};
        };
        project->storePredictions("alpha", {{posts[0].id, {entity("ORG", 0, 1, .97), entity("PER", 3, 4, .95)}},
                                            {posts[1].id, {entity("PER", 0, 0, .9), entity("LOC", 2, 2, .9)}},
                                            {posts[2].id, {entity("LOC", 0, 2, .8)}}});
        project->storePredictions("beta", {{posts[0].id, {entity("ORG", 0, 0, .6)}},
                                           {posts[1].id, {entity("PER", 0, 0, .9), entity("LOC", 2, 2, .9)}},
                                           {posts[2].id, {entity("LOC", 0, 2, .8), entity("MISC", 3, 3, .3)}}});
    }
    QTemporaryDir m_folder;
};

}  // namespace mnerva::test
