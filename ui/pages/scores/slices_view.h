#pragma once

#include <QWidget>

#include "ui/pages/scores/scores_models.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace mnerva::ui {

class ProjectSession;

/// Query lines that are watched: slices x systems with F1 and its change against the system compared with, red where it
/// fell. A line is written here or taken from the top of the window; Delete takes a slice away.
class SlicesView : public QWidget {
    Q_OBJECT
public:
    SlicesView(ProjectSession& session, ScoresHost& host, QWidget* parent = nullptr);

    void show(const ScoresAnswer& answer);
    void retranslate();
    QTableView& table() { return *m_table; }

Q_SIGNALS:
    /// Posts of a slice are asked for: all (row -1), or where the system of a row is wrong.
    void postsWanted(int row, int slice);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void add();
    void remove();
    void refreshButtons();

    ProjectSession& m_session;
    ScoresHost& m_host;
    CellModel m_model;
    QLineEdit *m_name, *m_query;
    QPushButton *m_add, *m_remove;
    QLabel* m_note;
    bool m_isRefused = false;  ///< the note says why a line is not watched
    QTableView* m_table;
};

/// Slices in rows: name, query, posts, then F1 of each system with its change.
namespace slices_table {
enum Column { kName, kQuery, kPosts, kFirstSystem };
void fill(CellModel& model, const ScoresAnswer& answer);
}  // namespace slices_table

}  // namespace mnerva::ui
