#pragma once

#include <QDialog>
#include <optional>

#include "ui/charts/figure_export.h"

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QLabel;

namespace mnerva::ui {

/// How wide a figure leaves the window, in which format, and whether its caption goes with it; a preview shows it. What
/// was chosen last is remembered.
class FigureDialog : public QDialog {
    Q_OBJECT
public:
    explicit FigureDialog(Figure figure, QWidget* parent = nullptr);

    double widthMm() const;
    FigureFormat format() const;
    /// The figure as it was chosen: with or without its caption.
    Figure chosen() const;
    void remember() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void widthChosen();
    void refresh();

    Figure m_figure;
    QLabel *m_widthTitle, *m_formatTitle, *m_preview;
    QComboBox *m_width, *m_format;
    QDoubleSpinBox* m_own;
    QCheckBox* m_caption;
    QDialogButtonBox* m_buttons;
};

/// What became of a figure.
struct FigureSaving {
    QString path;  ///< empty: a person thought better of it
    std::optional<Error> error;
};

/// Asks for width, format and file and writes the figure. `id` remembers the last folder ("save-scores-figure").
FigureSaving askAndSaveFigure(QWidget* parent, const QString& id, const Figure& figure);

}  // namespace mnerva::ui
