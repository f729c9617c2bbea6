#pragma once

#include <QFrame>

class QLineEdit;
class QListWidget;

namespace mnerva::ui {

/// A small box over the page: what is typed in its line is listed below. The arrows go through the list while one
/// types, Enter takes a row, and Esc or a click elsewhere closes the box.
class PickBox : public QFrame {
    Q_OBJECT
public:
    explicit PickBox(const QSize& size, QWidget* parent);

Q_SIGNALS:
    void closed();

protected:
    /// The current row, or what is typed where that says it.
    virtual void take() = 0;
    virtual void closeBox();
    /// The line takes the keys.
    void openBox();
    bool eventFilter(QObject* watched, QEvent* event) override;
    QLineEdit* const m_edit;
    QListWidget* const m_list;
};

}  // namespace mnerva::ui
