#pragma once

#include <QWidget>

namespace mnerva::ui {

class ActionRegistry;

/// All keys of the tagging page on one sheet over it; any key or click closes it.
class KeySheet : public QWidget {
    Q_OBJECT
public:
    KeySheet(const ActionRegistry& actions, QWidget* parent);
    void open();

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void leave();
    const ActionRegistry& m_actions;
};

}  // namespace mnerva::ui
