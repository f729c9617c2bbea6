#pragma once

#include <QFrame>

#include "ui/session/query_counts.h"
#include "ui/session/saved_views.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QToolButton;

namespace mnerva::ui {

/// The saved views with how many posts each finds: Enter or a click opens one, F2 renames it in its place, Del deletes
/// it, and what was done can be taken back. Under the list what is shown now gets a name.
class ViewsPopup : public QFrame {
    Q_OBJECT
public:
    explicit ViewsPopup(ProjectSession& session, QWidget* parent = nullptr);
    /// Shows it under a widget, with the keys on the list; on the name where there is no view yet.
    void openUnder(const QWidget& anchor);
    SavedViews& views() const { return *m_views; }
    QueryCounts& counts() const { return *m_counts; }
    void retranslate();

    enum Role { QueryRole = Qt::UserRole, CountRole, ShownRole, MistakeRole };

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void lay();
    void connectAll();
    void fill();
    void fillCounts();
    void refresh();
    void place();
    void openCurrent();
    void renamed(int row);
    void removeCurrent();
    void save();
    void say(const QString& text, bool isFault);

    ProjectSession& m_session;
    SavedViews* m_views;
    QueryCounts* m_counts;
    QListWidget* m_list;
    QLabel *m_title, *m_empty, *m_note;
    QToolButton *m_rename, *m_update, *m_remove, *m_undo;
    QLineEdit* m_name;
    QPushButton* m_save;
    QWidget* m_noteRow;
    bool m_filling = false;
    QRect m_anchor;  ///< global
};

}  // namespace mnerva::ui
