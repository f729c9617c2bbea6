#pragma once

#include <QWidget>
#include <vector>

namespace mnerva::ui {

class ActionRegistry;

/// A key and what it does, or the heading of a group; neither: a gap between groups.
struct KeySheetLine {
    QString key, text;
    bool isHeading = false;
};
/// Groups (heading first) in at most so many columns of as few rows as will do, `room` where they fit: no group is
/// broken while there is room, and one that is broken has its heading in both columns.
std::vector<std::vector<KeySheetLine>> keySheetColumns(const std::vector<std::vector<KeySheetLine>>& groups, int most,
                                                       int room);

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
