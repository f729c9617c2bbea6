#pragma once

#include <QPushButton>
#include <memory>

#include "ui/pages/train/train_page.h"
#include "ui/support/run_fixture.h"

namespace mnerva::test {

/// A project whose page Train is shown; the engine is played.
struct TrainFixture : RunFixture {
    using RunFixture::RunFixture;
    std::unique_ptr<ui::TrainPage> page;
    void show() {
        page = std::make_unique<ui::TrainPage>(session, jobs);
        page->resize(1200, 700);
        page->show();
        page->activated();
        if (session.isOpen()) QTRY_VERIFY(page->host().isLoaded() && !page->host().isLoadingSystems());
    }
    QPushButton& button(const char* name) { return *page->findChild<QPushButton*>(QString::fromLatin1(name)); }
    protocol::RunState stateOf(const QString& run) {
        const protocol::RunHistory* history = page->host().history(run);
        return history ? history->state : protocol::RunState::Unknown;
    }
    void start(const QString& name, const QString& scenario) {
        qputenv("MNERVA_FAKE", (QStringLiteral("train=") + scenario).toUtf8());
        page->host().start(name, {QStringLiteral("train"), folder()}, QStringLiteral("mpcfn"),
                           QStringLiteral("sample"));
    }
};

}  // namespace mnerva::test
