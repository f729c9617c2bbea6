#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <vector>

#include "ui/pages/train/train_form.h"

namespace mnerva::ui {

/// Every option of the chosen system, grouped: title, field, unit, sentence; a mark and a reset button where the value
/// differs from the preset, and the problem at the field where it is wrong. As high as they are: whoever shows it
/// scrolls.
class OptionList : public QWidget {
    Q_OBJECT
public:
    explicit OptionList(TrainForm& form, QWidget* parent = nullptr);

    /// Options that have a place elsewhere in the form.
    void setHidden(const QStringList& names);
    void rebuild();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Row {
        OptionField option;
        QLabel *mark, *title, *unit, *sentence, *problem;
        QWidget* editor;
        QToolButton* reset;
    };
    void addGroup(const QString& group, QGridLayout& grid, int& line);
    void addRow(const OptionField& option, QGridLayout& grid, int& line);
    QWidget* makeEditor(const OptionField& option, QWidget* parent);
    void refresh();
    void refreshRow(const Row& row);

    TrainForm& m_form;
    QWidget* m_body = nullptr;
    QStringList m_hidden;
    std::vector<Row> m_rows;
    bool m_filling = false;
};

}  // namespace mnerva::ui
