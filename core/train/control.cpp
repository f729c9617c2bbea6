#include "core/train/control.h"

namespace mnerva::train {

bool Control::say(std::string_view word) {
    {
        const std::lock_guard lock(m_mutex);
        if (word == "stop")
            m_stop = true;
        else if (word == "finish")
            m_finish = true;
        else if (word == "pause")
            m_paused = true;
        else if (word == "resume")
            m_paused = false;
        else
            return false;
    }
    m_changed.notify_all();
    return true;
}

bool Control::stopAsked() const {
    const std::lock_guard lock(m_mutex);
    return m_stop;
}

bool Control::finishAsked() const {
    const std::lock_guard lock(m_mutex);
    return m_finish;
}

bool Control::paused() const {
    const std::lock_guard lock(m_mutex);
    return m_paused;
}

void Control::waitWhilePaused(const std::stop_token& stop) const {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return !m_paused || m_stop; });
}

}  // namespace mnerva::train
