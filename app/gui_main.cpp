#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string_view>

#include "app/pages.h"
#include "app/window_options.h"
#include "core/base/log.h"
#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/look/theme.h"
#include "ui/shell/capture.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/language.h"

namespace {

using namespace mnerva;
using namespace mnerva::ui;

constexpr int kLargestCapture = 8192;
constexpr QSize kCaptureSize(1440, 900);
constexpr int kCapturePosts = 60, kSampleTimeoutMs = 120000;

/// An exception that reaches an event handler would end the program: it is written down and the window lives on.
class Application : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override {
        try {
            return QApplication::notify(receiver, event);
        } catch (const Error& error) {
            log::error(error, "event");
            std::fprintf(stderr, "mnerva: %s\n", error.what());
        } catch (const std::exception& error) {
            log::error(Error(ErrorCode::Internal, {error.what()}), "event");
            std::fprintf(stderr, "mnerva: %s\n", error.what());
        }
        return false;
    }
};

struct Arguments {
    QString project, language, theme, capture;
    QSize captureSize = kCaptureSize;
    QStringList paths;
    bool startupTime = false;
};

/// "1280x800" in logical pixels; an invalid size for anything else.
QSize sizeFrom(const QString& text) {
    const QStringList sides = text.split(QLatin1Char('x'));
    if (sides.size() != 2) return {};
    bool isWide = false, isHigh = false;
    const QSize size(sides[0].toInt(&isWide), sides[1].toInt(&isHigh));
    const bool isSane = isWide && isHigh && !size.isEmpty() && std::max(size.width(), size.height()) <= kLargestCapture;
    return isSane ? size : QSize();
}

Arguments parse(const QApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Multimodal named entity recognition: tag, train, look."));
    parser.addHelpOption();
    parser.addVersionOption();
    for (const app::WindowOption& option : app::windowOptions())
        parser.addOption({QString::fromLatin1(option.name), QString::fromLatin1(option.sentence),
                          QString::fromLatin1(option.typeName)});
    parser.addPositionalArgument(QStringLiteral("paths"), QStringLiteral("A project folder, or files to import."));
    parser.process(application);
    QSize captureSize = kCaptureSize;
    if (const QString size = parser.value(QStringLiteral("capture-size")); !size.isEmpty()) {
        captureSize = sizeFrom(size);
        if (!captureSize.isValid())
            throw Error(ErrorCode::OptionInvalid, {"--capture-size", size.toStdString(), "1440x900"});
    }
    return {parser.value(QStringLiteral("project")),
            parser.value(QStringLiteral("language")),
            parser.value(QStringLiteral("theme")),
            parser.value(QStringLiteral("capture")),
            captureSize,
            parser.positionalArguments(),
            parser.isSet(QStringLiteral("startup-time"))};
}

Theme::Choice themeOf(const QString& name) {
    if (name == QLatin1String("light")) return Theme::Choice::Light;
    if (name == QLatin1String("dark")) return Theme::Choice::Dark;
    return name == QLatin1String("system") ? Theme::Choice::System : settings::theme();
}

/// Prints when the window was first painted and when the first post was, then quits.
class StartupClock : public QObject {
public:
    StartupClock(MainWindow& window, const QElapsedTimer& clock) : QObject(&window), m_clock(clock) {
        window.installEventFilter(this);
        connect(&window.session(), &ProjectSession::currentPostChanged, this, [this] {
            // Behind the paint that this change has asked for.
            QTimer::singleShot(0, this, [this] { QTimer::singleShot(0, this, [this] { end("first-post"); }); });
        });
        connect(&window.session(), &ProjectSession::openFailed, this, [this] { end("open-failed"); });
    }

private:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint && !m_painted) {
            m_painted = true;
            std::printf("first-paint %lld ms\n", static_cast<long long>(m_clock.elapsed()));
        }
        return false;
    }
    void end(const char* what) {
        std::printf("%s %lld ms\n", what, static_cast<long long>(m_clock.elapsed()));
        std::fflush(stdout);
        QCoreApplication::exit(0);
    }
    QElapsedTimer m_clock;
    bool m_painted = false;
};

/// Captures once a project is open; makes the sample first when none was given.
void capture(MainWindow& window, const Arguments& arguments, const QTemporaryDir& scratch) {
    auto* shooter = new Capture(window, arguments.capture, &window);
    QObject::connect(shooter, &Capture::finished, &window, [shooter](bool ok) {
        std::printf("%d pictures written\n", shooter->written());
        std::fflush(stdout);
        QCoreApplication::exit(ok ? 0 : 1);
    });
    const auto fail = [](const QString& text) {
        std::fprintf(stderr, "mnerva: %s\n", qPrintable(text));
        QCoreApplication::exit(1);
    };
    QObject::connect(&window.session(), &ProjectSession::opened, shooter, &Capture::start, Qt::SingleShotConnection);
    QObject::connect(
        &window.commands(), &ProjectCommands::failed, shooter,
        [fail](const Error& error, const QString& what) { fail(what + QLatin1Char(' ') + errorText(error)); });
    if (arguments.project.isEmpty()) {
        window.commands().makeSample(QDir(scratch.path()).filePath(QStringLiteral("sample")), kCapturePosts);
        QTimer::singleShot(kSampleTimeoutMs, shooter, [&window, fail] {
            if (!window.session().isOpen()) fail(QStringLiteral("the sample was not made in time"));
        });
    } else {
        window.openProject(QFileInfo(arguments.project).absoluteFilePath());
    }
}

void openFirst(MainWindow& window, const Arguments& arguments) {
    QStringList given;
    for (const QString& path : arguments.paths) given << QFileInfo(path).absoluteFilePath();
    if (!arguments.project.isEmpty()) {
        window.commands().open(QFileInfo(arguments.project).absoluteFilePath(), given);
    } else if (!given.isEmpty()) {
        window.commands().take(given);
    } else if (!settings::lastProject().isEmpty()) {
        window.openProject(settings::lastProject());
    }
}

int runWindow(int argc, char** argv) {
    QElapsedTimer clock;
    clock.start();
    Application application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("mnerva"));
    QApplication::setApplicationVersion(QStringLiteral(MNERVA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.mnerva.Mnerva"));
    const Arguments arguments = parse(application);
    log::begin("mnerva", MNERVA_VERSION, arguments.capture.isEmpty() ? "window" : "capture");
    log::note("shown", {{"qt", qVersion()}, {"platform", QApplication::platformName().toStdString()}});

    QTemporaryDir scratch;
    if (!arguments.capture.isEmpty()) {
        // A capture shows the defaults and leaves nothing behind in the person's settings.
        qputenv("MNERVA_CONFIG_DIR", QDir(scratch.path()).filePath(QStringLiteral("config")).toUtf8());
        settings::reload();
    }
    Theme::install(themeOf(arguments.theme));
    useLanguage(arguments.language.isEmpty() ? settings::language() : arguments.language);

    auto window = std::make_unique<MainWindow>(windowParts());
    if (arguments.startupTime) new StartupClock(*window, clock);
    if (arguments.capture.isEmpty()) {
        openFirst(*window, arguments);
    } else {
        window->resize(arguments.captureSize);
        capture(*window, arguments, scratch);
    }
    window->show();
    const int status = QApplication::exec();
    window.reset();
    log::note("closed", {{"status", std::to_string(status)}});
    return status;
}

/// "mnerva --describe man|bash|zsh|fish" prints the man page or a completion: for packaging, and without a display.
bool describesItself(int argc, char** argv) {
    if (argc != 3 || std::string_view(argv[1]) != "--describe") return false;
    const std::string_view what = argv[2];
    const app::ProgramText program = app::describeWindow();
    const std::string text = what == "man" ? app::manPage(program) : app::completionScript(program, what);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (describesItself(argc, argv)) return 0;
        return runWindow(argc, argv);
    } catch (const mnerva::Error& error) {
        log::error(error, "main");
        std::fprintf(stderr, "mnerva: %s\n", error.what());
    } catch (const std::exception& error) {
        log::error(Error(ErrorCode::Internal, {error.what()}), "main");
        std::fprintf(stderr, "mnerva: %s\n", error.what());
    }
    return 1;
}
