#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>

#include "ui/pages/attention/attention_figure.h"

namespace mnerva::ui {

/// Asks how wide a figure is to be, shows it so, and saves it.
class MapFigureDialog : public QDialog {
    Q_OBJECT
public:
    explicit MapFigureDialog(AttentionFigure figure, QWidget* parent = nullptr);
    FigureChoice choice() const;

Q_SIGNALS:
    void saved(const QString& path);
    void failed(const mnerva::Error& error);

private:
    void refresh();
    void save();
    QString ending() const;

    AttentionFigure m_figure;
    QComboBox *m_width, *m_format;
    QDoubleSpinBox* m_millimetres;
    QCheckBox* m_matrix;
    QLabel *m_preview, *m_size;
    QPushButton* m_save;
};

}  // namespace mnerva::ui
