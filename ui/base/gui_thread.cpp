#include "ui/base/gui_thread.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>
#include <algorithm>
#include <deque>
#include <mutex>
#include <utility>

namespace mnerva::ui {
namespace {

class Mailbox : public QObject {
    Q_OBJECT
public:
    Mailbox() { moveToThread(QCoreApplication::instance()->thread()); }

    void post(QObject* alive, std::function<void()> work) {
        {
            const std::lock_guard lock(m_mutex);
            m_letters.push_back({alive, std::move(work)});
        }
        QMetaObject::invokeMethod(this, "next", Qt::QueuedConnection);
    }

    void runAllFor(QObject* alive) {
        while (runFirst([alive](const Letter& letter) { return letter.alive == alive; })) {
        }
    }

private Q_SLOTS:
    // One letter for one event: a dialog that a letter opens must not hold up the others. An event whose letter
    // runAllFor() took finds another one's, or none.
    void next() {
        runFirst([](const Letter&) { return true; });
    }

private:
    struct Letter {
        QPointer<QObject> alive;
        std::function<void()> work;
    };
    template <class Wanted>
    bool runFirst(Wanted wanted) {
        Letter letter;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = std::find_if(m_letters.begin(), m_letters.end(), wanted);
            if (found == m_letters.end()) return false;
            letter = std::move(*found);
            m_letters.erase(found);
        }
        if (letter.alive) letter.work();
        return true;
    }
    std::mutex m_mutex;
    std::deque<Letter> m_letters;
};

/// Outlives everything: a thread may post while the program ends.
Mailbox& mailbox() {
    static auto* box = new Mailbox;
    return *box;
}

struct PoolQueue {
    std::mutex mutex;
    std::deque<std::function<void()>> works;
};

PoolQueue& poolQueue() {
    static auto* queue = new PoolQueue;
    return *queue;
}

void runNextPoolWork() {
    std::function<void()> work;
    {
        const std::lock_guard lock(poolQueue().mutex);
        work = std::move(poolQueue().works.front());  // there are as many as there were starts
        poolQueue().works.pop_front();
    }
    work();
}

}  // namespace

void onGuiThread(QObject* alive, std::function<void()> work) {
    mailbox().post(alive, std::move(work));
}

void runWaitingFor(QObject* alive) {
    mailbox().runAllFor(alive);
}

void onPoolThread(std::function<void()> work) {
    {
        const std::lock_guard lock(poolQueue().mutex);
        poolQueue().works.push_back(std::move(work));
    }
    QThreadPool::globalInstance()->start(runNextPoolWork);
}

}  // namespace mnerva::ui

#include "gui_thread.moc"
