#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <deque>
#include <functional>

#include "ui/widgets/page.h"

namespace mnerva::ui {

class MainWindow;

/// Visits every page, its states and its dialogs, and writes a PNG of each; one step per turn of the event loop, so
/// that what is read in the background arrives.
class Capture : public QObject {
    Q_OBJECT
public:
    Capture(MainWindow& window, QString folder, QObject* parent = nullptr);
    /// Begins; finished() follows.
    void start();
    int written() const { return m_written; }

Q_SIGNALS:
    void finished(bool ok);

private:
    struct Step {
        std::function<void()> run;
        std::function<bool()> ready;  ///< empty: at once
        bool settles = false;         ///< it wants what arrives from the background, as a picture does
    };
    void plan();
    void planPage(const QString& id);
    void planFirstStart();
    void next();
    void shoot(QWidget* widget, const QString& name);
    void add(std::function<void()> run);
    /// A picture of what was entered, once the page says that it is ready.
    void addShot(std::function<void()> run, std::function<bool()> ready = {});

    MainWindow& m_window;
    QString m_folder;
    std::deque<Step> m_steps;
    QTimer m_timer;
    QElapsedTimer m_waited;
    int m_written = 0;
    bool m_ok = true;
};

}  // namespace mnerva::ui
