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

/// Every option that the chosen system offers, grouped: title, field and unit, and at their right the sentence; a mark,
/// the preset's value and a reset button where the value differs from it, and the problem at the field where it is
/// wrong. As high as they are: whoever shows it scrolls.
class OptionList : public QWidget {
    Q_OBJECT
public:
    explicit OptionList(TrainForm& form, QWidget* parent = nullptr);

    /// Options that have a place elsewhere in the form.
    void setHidden(const QStringList& names);
    /// Leaves in sight the options whose title, name or sentence has all words of a text; empty: all.
    void setFilter(const QString& text);
    /// Options in sight of the filter.
    int shownCount() const;
    void rebuild();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Row {
        OptionField option;
        QLabel *mark, *title, *unit, *sentence, *preset, *problem;
        QWidget *field, *editor;  ///< the field is the editor with its unit
        QToolButton* reset;
        QLabel* heading;  ///< of its group
        bool isShown = true;
    };
    void addGroup(const QString& group, QGridLayout& grid, int& line);
    void addRow(const OptionField& option, QLabel* heading, QGridLayout& grid, int& line);
    QWidget* makeField(Row& row);
    bool fitsFilter(const OptionField& option) const;
    void applyFilter();
    QWidget* makeEditor(const OptionField& option, QWidget* parent);
    void refresh();
    void refreshRow(const Row& row);

    TrainForm& m_form;
    QWidget* m_body = nullptr;
    QStringList m_hidden, m_filter;
    std::vector<Row> m_rows;
    bool m_filling = false;
};

}  // namespace mnerva::ui
