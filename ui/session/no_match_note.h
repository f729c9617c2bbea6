#pragma once

#include <QLabel>

class QAbstractItemView;

namespace mnerva::ui {

class ProjectSession;

/// The sentence over a list of posts that the query line left empty, with a way back to all of them.
class NoMatchNote : public QLabel {
    Q_OBJECT
public:
    /// Lies over the view, which owns it.
    NoMatchNote(ProjectSession& session, QAbstractItemView& view);
    void retranslate();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    ProjectSession& m_session;
    QAbstractItemView& m_view;
};

}  // namespace mnerva::ui
