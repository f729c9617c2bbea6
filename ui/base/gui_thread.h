#pragma once

#include <QObject>
#include <functional>

namespace mnerva::ui {

/// Runs `work` on the window's thread, one after another in the order of the calls, each in an event of its own; drops
/// it when `alive` is gone by then. From any thread, while `alive` still lives. All that comes back from threads comes
/// through here: a mutex hands it over, which race detectors see, as they do not see Qt's own.
void onGuiThread(QObject* alive, std::function<void()> work);

/// On the window's thread: runs what waits for `alive` now, before other events.
void runWaitingFor(QObject* alive);

/// Runs `work`, which must not throw, on a thread of Qt's pool; handed over in the same way.
void onPoolThread(std::function<void()> work);

}  // namespace mnerva::ui
