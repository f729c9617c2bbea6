#pragma once

#include <QDialog>
#include <functional>
#include <optional>

#include "ui/charts/figure_export.h"

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QLabel;

namespace mnerva::ui {

/// A choice that one kind of figure has besides: a tick that makes another figure of it.
struct FigureOption {
    QString id;    ///< remembers the tick
    QString text;  ///< in the window's language, as long as the dialog is open
    std::function<Figure(bool isOn)> figure;
};

/// How wide a figure leaves the window, in which format, and whether its caption goes with it; a preview shows it. What
/// was chosen last is remembered.
class FigureDialog : public QDialog {
    Q_OBJECT
public:
    explicit FigureDialog(Figure figure, QWidget* parent = nullptr);
    explicit FigureDialog(const FigureOption& option, QWidget* parent = nullptr);

    double widthMm() const;
    FigureFormat format() const;
    /// The figure as it was chosen: with or without its caption.
    Figure chosen() const;
    void remember() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    FigureDialog(Figure figure, std::optional<FigureOption> option, QWidget* parent);
    void makeOption();
    void retranslate();
    void widthChosen();
    void refresh();

    Figure m_figure;
    std::optional<FigureOption> m_option;
    QLabel *m_widthTitle, *m_formatTitle, *m_preview, *m_size;
    QComboBox *m_width, *m_format;
    QDoubleSpinBox* m_own;
    QCheckBox *m_caption, *m_special = nullptr;
    QDialogButtonBox* m_buttons;
};

/// What became of a figure.
struct FigureSaving {
    QString path;  ///< empty: a person thought better of it
    std::optional<Error> error;
};

/// Asks for width, format and file and writes the figure. `id` remembers the last folder ("save-scores-figure").
FigureSaving askAndSaveFigure(QWidget* parent, const QString& id, const Figure& figure);
/// The same of a figure with a choice of its own.
FigureSaving askAndSaveFigure(QWidget* parent, const QString& id, const FigureOption& option);

}  // namespace mnerva::ui
