#pragma once

#include <QWidget>

#include "core/workflow/gazetteer/layer.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace mnerva::ui {

/// What word lists and rules find in the project: counts, what to know of it, examples, and words with two labels.
class GazetteerPreview : public QWidget {
    Q_OBJECT
public:
    explicit GazetteerPreview(QWidget* parent = nullptr);
    /// Nothing: it is being looked for.
    void showReport(const workflow::GazetteerReport* report);
    void setLabelsCanBeAdded(bool can);

Q_SIGNALS:
    void labelsWanted();

private:
    QTableWidget* makeTable(const QString& name, const QString& title, const QStringList& heads);
    void showExamples(const workflow::GazetteerReport& report);
    void showClashes(const workflow::GazetteerReport& report);

    QLabel *m_count, *m_notes, *m_clashTitle;
    QPushButton* m_addLabels;
    QTableWidget *m_examples, *m_clashes;
    bool m_canAdd = false;
};

/// What is to be known of a report, a line each: lists left out, names that are not looked for, labels that lack.
QStringList gazetteerNotes(const workflow::GazetteerReport& report);

}  // namespace mnerva::ui
