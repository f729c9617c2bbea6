#include "app/commands/engine/heartbeat.h"

namespace mnerva::app {

Heartbeat::Heartbeat(std::chrono::milliseconds interval, std::function<void()> beat)
    : m_thread([this, interval, beat = std::move(beat)](const std::stop_token& ended) {
          std::unique_lock lock(m_mutex);
          while (!m_ended.wait_for(lock, ended, interval, [] { return false; })) {
              if (ended.stop_requested()) return;
              beat();
          }
      }) {}

}  // namespace mnerva::app
