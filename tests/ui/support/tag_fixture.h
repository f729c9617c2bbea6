#pragma once

#include <QApplication>
#include <QKeySequence>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/tag_canvas.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/pages/tag/tag_page.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"

namespace mnerva::test {

/// A post in a line: words separated by a space, tags beside them ("" for all O).
inline Post makePost(const std::string& id, const std::vector<std::string>& words, std::vector<std::string> tags = {},
                     JoinRule join = JoinRule::Space) {
    Post post;
    post.externalId = id;
    post.split = Split::Train;
    post.words = words;
    post.sourceTags = tags.empty() ? std::vector<std::string>(words.size(), "O") : std::move(tags);
    post.join = join;
    return post;
}

/// The golden post of the design (formats.md 3.1).
inline Post goldenPost() {
    return makePost("golden", {"👩‍👩‍👧", "Kevin", "Durant", "in", "多伦多"},
                    {"O", "B-PER", "I-PER", "O", "B-LOC"});
}

inline Post plainGoldenPost() {
    return makePost("plain", {"👩‍👩‍👧", "Kevin", "Durant", "in", "多伦多"});
}

/// A Chinese post, one character a word.
inline Post chinesePost() {
    return makePost("zh", {"我", "在", "北", "京", "大", "学", "看", "姚", "明", "打", "球"}, {}, JoinRule::Nothing);
}

/// A project folder with these posts; `boxes` are in the pictures of the last.
inline void makeProject(const QString& folder, const std::vector<Post>& posts,
                        const std::vector<std::string>& types = {"PER", "LOC", "ORG", "MISC"},
                        const QString& images = {}, const PostRegions& boxes = {}) {
    project::NewProject options;
    options.labels.types = types;
    options.schemeGiven = true;
    auto project = project::Project::create(ui::toPath(folder), options, "test");
    auto appender = project->append("test.txt", ui::toPath(images), ui::toPath(images));
    PostId last;
    for (const auto& post : posts) last = appender->add(post);
    if (!boxes.regions.empty()) appender->addRegions(last, boxes);
    appender->commit();
}

/// "1-2 PER, 4 LOC" of a post's state as it is seen.
inline QString spans(const std::vector<Entity>& entities) {
    QStringList parts;
    for (const auto& entity : entities) {
        parts << (entity.first == entity.last ? QString::number(entity.first)
                                              : QStringLiteral("%1-%2").arg(entity.first).arg(entity.last)) +
                     QLatin1Char(' ') + ui::fromUtf8(entity.type);
    }
    return parts.join(QStringLiteral(", "));
}

/// A project, its session and the tagging page over it, opened and shown.
class TagFixture {
public:
    explicit TagFixture(const std::vector<Post>& posts,
                        const std::vector<std::string>& types = {"PER", "LOC", "ORG", "MISC"},
                        const QString& images = {}) {
        ui::settings::setValue(QStringLiteral("tag/row"), 0);
        makeProject(folder(), posts, types, images);
        open();
    }
    ~TagFixture() { close(); }

    QString folder() const { return m_folder.filePath(QStringLiteral("project")); }

    void open() {
        m_session = std::make_unique<ui::ProjectSession>();
        m_page = std::make_unique<ui::TagPage>(*m_session, m_actions);
        m_page->resize(1200, 700);
        m_page->show();
        m_session->open(folder());
        QTRY_VERIFY(m_session->isOpen());
        if (!m_session->summaries().empty()) QTRY_VERIFY(m_session->hasView());
        canvas()->setFocus();
        QApplication::setActiveWindow(m_page.get());
    }
    void close() {
        m_page.reset();
        m_session.reset();
    }
    void reopen() {
        close();
        open();
    }
    /// Predictions of a run for the posts by row, shown as suggestions.
    void suggest(const std::vector<std::pair<int, std::vector<Entity>>>& predictions) {
        std::vector<std::pair<PostId, std::vector<Entity>>> stored;
        for (const auto& [row, entities] : predictions) {
            stored.emplace_back(session().summaries().at(static_cast<std::size_t>(row)).id, entities);
        }
        bool done = false;
        session().write([stored](project::Project& project) { project.storePredictions("run1", stored); },
                        [&done](std::optional<Error> error) { done = !error; });
        QTRY_VERIFY(done);
        QSignalSpy changed(&session(), &ui::ProjectSession::stateChanged);
        session().setSuggestionLayer(QStringLiteral("run1"));
        QTRY_VERIFY(changed.count() > 0);
    }

    ui::ProjectSession& session() { return *m_session; }
    ui::ActionRegistry& actions() { return m_actions; }
    ui::TagPage& page() { return *m_page; }
    ui::TagHost& host() { return m_page->host(); }
    ui::TagCanvas* canvas() { return m_page->canvas(); }
    const ui::TagEditor& editor() { return m_page->host().editor(); }

    /// Clicks keys on the canvas: "Tab Return Shift+Right 1".
    void press(const char* keys) { press(QString::fromLatin1(keys)); }
    void press(const QString& keys) {
        for (const QString& name : keys.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            const QKeyCombination key = QKeySequence(name, QKeySequence::PortableText)[0];
            const bool digit = key.key() >= Qt::Key_0 && key.key() <= Qt::Key_9;
            if (digit && key.keyboardModifiers() == Qt::ShiftModifier) {
                // As a US keyboard sends it: the sign above the digit. (Qt Test would say that Shift+1 types "1".)
                static const QString signs = QStringLiteral(")!@#$%^&*(");
                const int number = key.key() - Qt::Key_0;
                const QChar sign = signs.at(number);
                type(static_cast<Qt::Key>(sign.unicode()), Qt::ShiftModifier, QString(sign),
                     number == 0 ? 19U : 9U + static_cast<quint32>(number));
                continue;
            }
            QTest::keyClick(canvas(), key.key(), key.keyboardModifiers());
        }
    }
    /// One key as a keyboard of any layout sends it: what it means to Qt, what it types, and the place it stands at.
    void type(Qt::Key key, Qt::KeyboardModifiers modifiers, const QString& text, quint32 place) {
        QKeyEvent press(QEvent::KeyPress, key, modifiers, place, 0, 0, text);
        QApplication::sendEvent(canvas(), &press);
        QKeyEvent release(QEvent::KeyRelease, key, modifiers, place, 0, 0, text);
        QApplication::sendEvent(canvas(), &release);
    }
    QString spansNow() { return spans(session().view().state.entities); }
    /// Waits until everything is on the disk.
    void settle() { QTRY_VERIFY(!session().isSaving()); }
    /// Waits for another post to be there.
    void waitForRow(int row) {
        QTRY_COMPARE(session().rowOf(session().currentPost()), row);
        QTRY_VERIFY(session().view().post.id == session().currentPost());
    }

private:
    QTemporaryDir m_folder;
    ui::ActionRegistry m_actions;
    std::unique_ptr<ui::ProjectSession> m_session;
    std::unique_ptr<ui::TagPage> m_page;
};

/// QTEST_MAIN with settings of its own and the theme installed.
template <class TestObject>
int runTagTest(int argc, char** argv) {
    QTemporaryDir config;
    qputenv("MNERVA_CONFIG_DIR", config.path().toUtf8());
    qputenv("TZ", "UTC");
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    ui::settings::reload();
    ui::Theme::install(ui::Theme::Choice::Light);
    TestObject test;
    return QTest::qExec(&test, argc, argv);
}

}  // namespace mnerva::test
