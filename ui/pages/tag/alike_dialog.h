#pragma once

#include <QDialog>

#include "ui/pages/tag/alike_host.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace mnerva::ui {

class Banner;

/// "Label everything alike": the mentions of the whole project that equal one, or nearly, each with its context,
/// picture and label, and a tick; Enter labels the ticked ones in one step. They come while they are being found.
class AlikeDialog : public QDialog {
    Q_OBJECT
public:
    AlikeDialog(ProjectSession& session, const QString& mention, const std::string& type, QWidget* parent = nullptr);

    AlikeHost& host() { return m_host; }
    QTableView* table() const { return m_table; }
    QPushButton* applyButton() const { return m_apply; }

Q_SIGNALS:
    /// The mentions are labelled so (empty: their labels are deleted), and what is to be said of it.
    void labelled(const QString& type, const QString& sentence);

protected:
    void reject() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeWish();
    QWidget* makeTable();
    QWidget* makeBottom();
    void fillLabels(const std::string& type);
    void takeWish();
    void showState();
    QString countText() const;
    QString nothingText() const;
    QString applyText() const;
    void written(int mentions, int posts, int leftAlone);

    ProjectSession& m_session;
    AlikeHost m_host;
    Banner* m_banner;
    QComboBox* m_label;
    QCheckBox *m_override, *m_near;
    QTableView* m_table;
    QLabel* m_count;
    QLabel* m_nothing = nullptr;  ///< over the table, where that is empty
    QProgressBar* m_progress;
    QPushButton *m_stop, *m_cancel, *m_apply;
};

}  // namespace mnerva::ui
