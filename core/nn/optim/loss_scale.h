#pragma once

#include <algorithm>

namespace mnerva::nn {

/// What a loss is multiplied by before gradients are taken, so that small ones are not lost in float16 (experiments.md
/// 4): halved when a gradient overflows, doubled after many steps without. Does nothing until begin().
class LossScale {
public:
    void begin(double value) { m_value = std::clamp(value, 1.0, kMost); }
    bool isOn() const { return m_value > 0; }
    double value() const { return isOn() ? m_value : 1.0; }

    /// The gradients of a step were finite.
    void kept() {
        if (isOn() && ++m_good >= kPatience) {
            m_value = std::min(2 * m_value, kMost);
            m_good = 0;
        }
    }
    /// They were not, and the step is left out. False where the scale cannot fall further: they are no numbers by
    /// themselves.
    bool lowered() {
        m_good = 0;
        if (!isOn() || m_value <= 1) return false;
        m_value = std::max(1.0, m_value / 2);
        return true;
    }

    static constexpr double kFirst = 65536;

private:
    static constexpr int kPatience = 2000;
    static constexpr double kMost = 65536.0 * 65536;
    double m_value = 0;
    int m_good = 0;
};

}  // namespace mnerva::nn
