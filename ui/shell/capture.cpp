#include "ui/shell/capture.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <memory>

#include "ui/session/views_popup.h"
#include "ui/shell/main_window.h"

namespace mnerva::ui {
namespace {

constexpr int kPollMs = 50, kLongestWaitMs = 20000, kSettleMs = 250;

}  // namespace

Capture::Capture(MainWindow& window, QString folder, QObject* parent)
    : QObject(parent), m_window(window), m_folder(std::move(folder)) {
    m_timer.setInterval(kPollMs);
    connect(&m_timer, &QTimer::timeout, this, &Capture::next);
}

void Capture::start() {
    m_ok = QDir().mkpath(m_folder);
    plan();
    m_waited.start();
    m_timer.start();
}

void Capture::add(std::function<void()> run) {
    m_steps.push_back({std::move(run), {}, false});
}

void Capture::addShot(std::function<void()> run, std::function<bool()> ready) {
    m_steps.push_back({std::move(run), std::move(ready), true});
}

void Capture::plan() {
    for (const QString& id : m_window.pageIds()) planPage(id);
    using Maker = QWidget* (*)(MainWindow&);
    const std::pair<const char*, Maker> own[] = {
        {"window-keys", [](MainWindow& window) -> QWidget* { return window.makeKeysDialog(); }},
        {"window-views", [](MainWindow& window) -> QWidget* { return new ViewsPopup(window.session()); }},
        {"window-palette", [](MainWindow& window) -> QWidget* { return window.makePalette(); }}};
    for (const auto& [name, maker] : own) {
        auto shown = std::make_shared<QWidget*>(nullptr);
        add([this, shown, maker = maker] {
            *shown = maker(m_window);
            (*shown)->show();
        });
        addShot([this, shown, name = QString::fromLatin1(name)] {
            shoot(*shown, name);
            delete *shown;
        });
    }
    planFirstStart();
}

/// What a person sees who has no project yet: no name in the title, no posts in the status line.
void Capture::planFirstStart() {
    add([this] {
        const std::optional<Error> failed = m_window.session().close();
        m_ok = m_ok && !failed;
        m_window.showPage(m_window.pageIds().value(0));
        m_window.showPage(QStringLiteral("data"));
    });
    addShot([this] { shoot(&m_window, QStringLiteral("data-welcome")); });
}

void Capture::planPage(const QString& id) {
    if (!m_window.page(id)) return;
    add([this, id] { m_window.showPage(id); });
    const auto ready = [this, id] { return m_window.page(id)->readyForCapture(); };
    addShot([this, id] { shoot(&m_window, id); }, ready);
    // States and dialogs are known only once the page is there.
    add([this, id] {
        Page* page = m_window.page(id);
        std::deque<Step> later = std::move(m_steps);
        m_steps.clear();
        const auto pageReady = [page] { return page->readyForCapture(); };
        for (const Page::CaptureState& state : page->statesForCapture()) {
            add(state.enter);
            addShot([this, name = QStringLiteral("%1-%2").arg(id, state.name)] { shoot(&m_window, name); }, pageReady);
        }
        for (const Page::CaptureDialog& dialog : page->dialogsForCapture()) {
            auto shown = std::make_shared<QWidget*>(nullptr);
            add([shown, make = dialog.make] {
                *shown = make();
                if (*shown) (*shown)->show();
            });
            addShot([this, shown, name = QStringLiteral("%1-dialog-%2").arg(id, dialog.name)] {
                shoot(*shown, name);
                delete *shown;
            });
        }
        for (Step& step : later) m_steps.push_back(std::move(step));
    });
}

void Capture::next() {
    if (m_steps.empty()) {
        m_timer.stop();
        Q_EMIT finished(m_ok && m_written > 0);
        return;
    }
    // A moment for what arrives from the background, then as long as the page asks for.
    const bool settled = !m_steps.front().settles || m_waited.elapsed() >= kSettleMs;
    const bool ready = !m_steps.front().ready || m_steps.front().ready();
    if (!settled || (!ready && m_waited.elapsed() < kLongestWaitMs)) return;
    const Step step = std::move(m_steps.front());
    m_steps.pop_front();
    step.run();
    m_waited.start();
}

void Capture::shoot(QWidget* widget, const QString& name) {
    if (!widget) return;
    const QPixmap picture = widget->grab();
    const bool saved = picture.save(QDir(m_folder).filePath(name + QStringLiteral(".png")));
    m_ok = m_ok && saved;
    m_written += saved;
}

}  // namespace mnerva::ui
