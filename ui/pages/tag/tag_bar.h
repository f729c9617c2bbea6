#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace mnerva::ui {

class PostListModel;
class TagHost;

/// The bar under the post: what the keys do, for the mouse. Back, place in the list, on; flag; skip; comments; review;
/// reject or delete what is in focus; the label that sticks; and what Enter does. A click leaves the keys on the text.
class TagBar : public QWidget {
    Q_OBJECT
public:
    TagBar(TagHost& host, const PostListModel& posts, QWidget* parent = nullptr);
    void retranslate();
    /// Counts of the list may be others.
    void refresh();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void paintEvent(QPaintEvent* event) override;
    void run(const char* action);
    void fillReview();
    void refreshMarks(bool edits);
    void colour();
    TagHost& m_host;
    const PostListModel& m_posts;
    QToolButton *m_previous, *m_next, *m_flag, *m_skip, *m_comments, *m_review, *m_remove, *m_sticky;
    QLabel* m_place;
    QPushButton* m_done;
};

}  // namespace mnerva::ui
