#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QLabel>

#include "ui/pages/attention/view_settings.h"

namespace mnerva::ui {

/// What is behind "more": weights, threshold, colours, scale, smooth, grey.
class OptionsPopup : public QFrame {
    Q_OBJECT
public:
    explicit OptionsPopup(QWidget* parent = nullptr);
    void fill(const ViewSettings& view);
    /// Takes what the fields say.
    void apply(ViewSettings& view) const;
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    bool m_filling = false;
    QLabel *m_valuesLabel, *m_thresholdLabel, *m_colourLabel;
    QComboBox *m_values, *m_colours;
    QDoubleSpinBox* m_threshold;
    QCheckBox *m_sameScale, *m_smooth, *m_grey;
};

}  // namespace mnerva::ui
