#pragma once

#include <QWidget>

#include "ui/session/lanes_picture.h"

namespace mnerva::ui {

class CasesHost;

/// The lanes of the current case with the chosen words; taken into a scroll area, as high as its lanes. Keys are the
/// page's; the mouse chooses words, or all words of a mark.
class LanesView : public QWidget {
    Q_OBJECT
public:
    explicit LanesView(CasesHost& host, QWidget* parent = nullptr);
    const LanesPicture& picture() const { return m_picture; }
    /// Lays out again: another case, font or theme.
    void refresh();
    /// Top of the first line of words that begins at `y` or under it, with its margin.
    int lineTopFrom(int y) const;
    /// Asks for the chosen words to be scrolled into sight.
    void showChosen();
    QSize sizeHint() const override;

Q_SIGNALS:
    /// The chosen words stand here and should be seen.
    void placeWanted(const QRect& place);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;  ///< tooltips: what is written of a mark, the key of a lane
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void describe();

    CasesHost& m_host;
    LanesPicture m_picture;
    int m_laidWidth = -1, m_pressed = -1;
};

}  // namespace mnerva::ui
