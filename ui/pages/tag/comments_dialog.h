#pragma once

#include <QDialog>
#include <cstdint>
#include <vector>

#include "core/domain/comment.h"

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace mnerva::ui {

class TagHost;

/// The comments on the post that is shown: read, written (Ctrl+Enter), and one's own changed and deleted; each is one
/// step that undo takes back. Those of other layers can be read. To return a post, the comment that says why is
/// written here. Closes when another post is shown.
class CommentsDialog : public QDialog {
    Q_OBJECT
public:
    CommentsDialog(TagHost& host, bool returns, QWidget* parent = nullptr);

    static constexpr int kMostShown = 200;  ///< the newest; more are counted

protected:
    void reject() override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Shown {
        Comment comment;
        QString layer;         ///< title of another layer that it was written in; empty: the one that is edited
        bool isOther = false;  ///< of another layer: to be read alone
        bool operator==(const Shown&) const = default;
    };
    QWidget* makeWriting();
    QWidget* makeComment(const Shown& shown);
    std::vector<Shown> comments() const;
    void refresh();
    void refreshButtons();
    void takeAuthor();
    void write();
    void beginEditing(std::int64_t id);
    void endEditing();

    TagHost& m_host;
    const bool m_returns;
    std::vector<Shown> m_shown;
    bool m_isFilled = false;
    std::int64_t m_edited = 0;  ///< id of the comment that is being changed; 0: a new one
    QString m_draft;            ///< what was written of a new one before another was to be changed
    QScrollArea* m_scroll;
    QVBoxLayout* m_column;
    QLabel* m_message;
    QPlainTextEdit* m_text;
    QLineEdit* m_author;
    QPushButton *m_write, *m_cancel, *m_close;
};

}  // namespace mnerva::ui
