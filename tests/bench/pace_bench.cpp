// Tags posts of a project in the real window at a steady pace, and times what a person would feel.
// pace_bench PROJECT [--posts N] [--rate KEYS] [--beside "COMMAND"]
// So many posts (500) are tagged and finished, so many keys a second (10), by key events through the event loop. Told
// are p50, p95 and p99 of: key to the end of the next paint of the text, Enter to the next post painted, key to the
// change on the disk. --beside: a command that runs all the while (a training); it is ended at the end. PROJECT is
// written to.

#include <sys/resource.h>
#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "ui/pages/tag/tag_canvas.h"
#include "ui/session/project_session.h"
#include "ui/support/tag_fixture.h"
#include "ui/support/window.h"

namespace {

using namespace mnerva;

constexpr int kLongestWait = 10'000;  // ms

struct Options {
    QString project, beside;
    int posts = 500, rate = 10;
};

/// Milliseconds of one kind of thing.
class Times {
public:
    void add(double ms, qint64 moment) {
        if (m_all.empty() || ms > m_worst) m_worst = ms, m_worstAt = moment;
        m_all.push_back(ms);
    }
    void print(const char* what) {
        std::sort(m_all.begin(), m_all.end());
        std::printf("%-24s %5zu times: p50 %6.2f, p95 %6.2f, p99 %6.2f, worst %6.2f ms after %.1f s\n", what,
                    m_all.size(), at(0.5), at(0.95), at(0.99), m_worst, static_cast<double>(m_worstAt) / 1000);
    }

private:
    double at(double share) const {
        if (m_all.empty()) return 0;
        const auto place = static_cast<std::size_t>(share * static_cast<double>(m_all.size()));
        return m_all[std::min(m_all.size() - 1, place)];
    }
    std::vector<double> m_all;
    double m_worst = 0;
    qint64 m_worstAt = 0;
};

/// Notes when the text was painted.
class Painted : public QObject {
public:
    explicit Painted(QWidget* widget) : m_widget(widget) { widget->installEventFilter(this); }
    int count = 0;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched != m_widget || event->type() != QEvent::Paint) return false;
        m_widget->removeEventFilter(this);
        QCoreApplication::sendEvent(m_widget, event);
        m_widget->installEventFilter(this);
        ++count;
        return true;
    }

private:
    QWidget* m_widget;
};

class Pace {
public:
    Pace(test::Window& window, const Options& options)
        : m_session(window.session()),
          m_canvas(window.findChild<ui::TagCanvas*>()),
          m_painted(m_canvas->viewport()),
          m_options(options) {
        QObject::connect(&m_session, &ui::ProjectSession::saved, m_canvas, [this] {
            if (m_saving.isValid()) m_saved.add(since(m_saving), m_clock.elapsed());
            m_saving.invalidate();
        });
    }

    /// False: a post did not come.
    bool run() {
        m_clock.start();
        for (int post = 0; post < m_options.posts; ++post) {
            if (post % 2 == 0) {
                for (const char* key : {"W", "1", "W", "2"}) press(key);
            } else {
                for (const char* key : {"Tab", "Alt+Right", "Alt+Left", "2"}) press(key);
            }
            if (!finish()) return false;
        }
        return true;
    }

    void print() {
        m_repaint.print("key to repaint");
        m_next.print("Enter to the next post");
        m_saved.print("key to durable save");
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        std::printf("%.1f keys a second for %.0f s; %ld MB at most\n",
                    1000.0 * m_keys / static_cast<double>(m_clock.elapsed()),
                    static_cast<double>(m_clock.elapsed()) / 1000, usage.ru_maxrss / 1024);
    }

private:
    static double since(const QElapsedTimer& timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

    template <class Ready>
    bool until(Ready ready) {
        QElapsedTimer waited;
        waited.start();
        while (!ready()) {
            if (waited.elapsed() > kLongestWait) return false;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 1);
        }
        return true;
    }

    /// The next key is due at its time, whatever the last one took.
    void waitForBeat() {
        const qint64 due = static_cast<qint64>(m_keys) * 1000 / m_options.rate;
        ++m_keys;
        until([&] { return m_clock.elapsed() >= due; });
    }

    void send(const char* name) {
        const QKeyCombination key = QKeySequence(QLatin1String(name), QKeySequence::PortableText)[0];
        QTest::keyClick(m_canvas, key.key(), key.keyboardModifiers());
    }

    void press(const char* name) {
        waitForBeat();
        const int before = m_painted.count;
        QElapsedTimer timer;
        timer.start();
        if (!m_saving.isValid()) m_saving.start();
        send(name);
        if (!m_session.isSaving()) m_saving.invalidate();  // this key changed nothing
        // A key that moves nothing (no more names) paints nothing: what it took until here is not felt.
        QElapsedTimer waited;
        waited.start();
        while (m_painted.count == before && waited.elapsed() < 20) QCoreApplication::processEvents();
        if (m_painted.count != before) m_repaint.add(since(timer), m_clock.elapsed());
    }

    bool finish() {
        waitForBeat();
        const PostId before = m_session.currentPost();
        QElapsedTimer timer;
        timer.start();
        send("Ctrl+Return");
        if (!until([&] { return m_session.currentPost() != before && m_session.view().post.id != before; }))
            return false;
        const int painted = m_painted.count;
        m_canvas->viewport()->update();
        if (!until([&] { return m_painted.count != painted; })) return false;
        m_next.add(since(timer), m_clock.elapsed());
        return true;
    }

    ui::ProjectSession& m_session;
    ui::TagCanvas* m_canvas;
    Painted m_painted;
    Options m_options;
    QElapsedTimer m_clock, m_saving;
    int m_keys = 0;
    Times m_repaint, m_next, m_saved;
};

Options optionsOf(int argc, char** argv) {
    Options options;
    options.project = QString::fromLocal8Bit(argv[1]);
    for (int i = 2; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const QString value = QString::fromLocal8Bit(argv[i + 1]);
        if (name == "--posts") options.posts = std::max(1, value.toInt());
        if (name == "--rate") options.rate = std::max(1, value.toInt());
        if (name == "--beside") options.beside = value;
    }
    return options;
}

int measure(const Options& options) {
    test::Window window;
    window.resize(1440, 900);
    window.show();
    QElapsedTimer opening;
    opening.start();
    window.openProject(options.project);
    window.showPage(QStringLiteral("tag"));
    auto* session = &window.session();
    if (!QTest::qWaitFor([&] { return session->isOpen() && session->hasView(); }, kLongestWait)) {
        std::fprintf(stderr, "the project did not open\n");
        return 1;
    }
    window.findChild<ui::TagCanvas*>()->setFocus();
    std::printf("opened in %lld ms, %zu posts listed\n", static_cast<long long>(opening.elapsed()),
                session->visibleRows().size());
    QProcess beside;
    if (!options.beside.isEmpty()) {
        beside.setStandardOutputFile(QProcess::nullDevice());
        beside.setStandardErrorFile(QProcess::nullDevice());
        beside.startCommand(options.beside);
        if (!beside.waitForStarted()) {
            std::fprintf(stderr, "%s cannot be started\n", qPrintable(options.beside));
            return 1;
        }
    }
    Pace pace(window, options);
    const bool isWhole = pace.run();
    const bool ranBeside = options.beside.isEmpty() || beside.state() == QProcess::Running;
    beside.terminate();
    beside.waitForFinished();
    (void)QTest::qWaitFor([&] { return !session->isSaving(); }, kLongestWait);
    pace.print();
    if (!isWhole) std::fprintf(stderr, "the next post did not come within %d s\n", kLongestWait / 1000);
    if (!ranBeside) std::fprintf(stderr, "the command beside it ended before the keys did\n");
    return isWhole && ranBeside ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    QTemporaryDir config;
    qputenv("MNERVA_CONFIG_DIR", config.path().toUtf8());
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    mnerva::ui::settings::reload();
    mnerva::ui::Theme::install(mnerva::ui::Theme::Choice::Light);
    return measure(optionsOf(argc, argv));
}
