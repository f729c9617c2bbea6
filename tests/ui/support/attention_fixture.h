#pragma once

#include "ui/pages/attention/attention_page.h"
#include "ui/session/picture_view.h"
#include "ui/support/run_fixture.h"

namespace mnerva::test {

/// The attention page over a project with runs.
struct Shown : RunFixture {
    using RunFixture::RunFixture;
    ui::ActionRegistry actions;
    ui::ProjectCommands* commands = nullptr;
    std::unique_ptr<ui::AttentionPage> page;
    void show() {
        page = std::make_unique<ui::AttentionPage>(session, jobs, actions, commands);
        page->resize(1200, 700);
        page->show();
    }
    /// A project with one run, shown; the engine plays the scenario.
    void showRun(const char* scenario = nullptr) {
        addRun(QStringLiteral("r1"));
        scenario ? qputenv("MNERVA_FAKE", scenario) : qunsetenv("MNERVA_FAKE");
        open();
        show();
    }
    /// The same with the last post, which has two pictures; its answer is there.
    void showLastPost() {
        addRun(QStringLiteral("r1"));
        open();
        session.setCurrentPost(session.summaries().back().id);
        show();
        MNERVA_WAIT(ready());
    }
    bool ready() { return page->host().state(ui::AttentionHost::kFirst) == ui::AttentionHost::State::Ready; }
    ui::PictureView& picture() { return *page->findChild<ui::PictureView*>(QStringLiteral("attentionPicture")); }
    QString message() { return page->findChild<QLabel*>(QStringLiteral("attentionMessage"))->text(); }
    /// All weights of the map that is shown.
    std::vector<float> weights() {
        std::vector<float> all;
        for (int region = 0; region < page->map().regions; ++region)
            for (const float weight : page->map().wordsOf(region)) all.push_back(weight);
        return all;
    }
    QString facts() { return page->panel().facts(); }
    QToolButton& direction() { return *page->findChild<QToolButton*>(QStringLiteral("attentionDirection")); }
    template <class Widget>
    Widget& part(const char* name) {
        return *page->findChild<Widget*>(QLatin1String(name));
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&page->words(), Qt::Key(key), modifiers);
    }
    void compareWith(const QString& run) {
        auto& box = part<QComboBox>("attentionSecondRun");
        box.setCurrentIndex(box.findData(run));
    }
    /// r1 is the first run and r2 the second, both answered.
    void comparePair() {
        auto& box = part<QComboBox>("attentionRun");
        box.setCurrentIndex(box.findData(QStringLiteral("r1")));
        MNERVA_WAIT(ready() && part<QComboBox>("attentionSecondRun").findData(QStringLiteral("r2")) > 0);
        compareWith(QStringLiteral("r2"));
        MNERVA_WAIT(ready() && page->host().state(ui::AttentionHost::kSecond) == ui::AttentionHost::State::Ready);
    }
    /// The centre of a cell of the photo.
    QPoint cell(int index) { return picture().cellRect(index).center().toPoint(); }
};

}  // namespace mnerva::test
