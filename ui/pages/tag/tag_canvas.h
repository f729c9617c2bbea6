#pragma once

#include <QAbstractScrollArea>
#include <QHash>
#include <QPointer>
#include <QVariantAnimation>
#include <optional>
#include <vector>

#include "ui/pages/tag/canvas_layout.h"
#include "ui/pages/tag/tag_editor.h"

namespace mnerva::ui {

class TagHost;

/// The post in large type with its entities, suggestions, tags, selection and caret; takes all keys of tag_actions.h
/// and the mouse. Draws what canvas_layout.h computed. No input-method text: Chinese input methods do not swallow
/// letters.
class TagCanvas : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TagCanvas(TagHost& host, QWidget* parent = nullptr);
    ~TagCanvas() override;

    TagHost& host() const { return m_host; }
    const CanvasLayout& canvasLayout() const { return m_layout; }
    /// A word's rectangle in viewport coordinates.
    QRectF wordRect(int word) const;
    int wordAt(const QPointF& viewportPoint, bool nearest = false) const;
    /// How often words were laid out, marks were, and all was painted, since the canvas was made; for tests that count.
    struct Work {
        int wordLayouts = 0, markLayouts = 0, paints = 0;
    };
    const Work& work() const { return m_work; }
    /// Milliseconds of the last key event until its repaint was done; for the speed test.
    double lastKeyToPaintMs() const { return m_keyToPaintMs; }
    /// Height that shows the whole post at this width, and that of a line.
    int wantedHeight() const;
    int linePitch() const;
    bool isPulsing() const { return m_pulse.state() == QAbstractAnimation::Running; }
    QSize sizeHint() const override { return {600, 360}; }

Q_SIGNALS:
    /// Right click: a label menu is wanted at a point of the screen.
    void menuWanted(const QPoint& globalPoint);
    void painted();
    void laidOut();  ///< words stand elsewhere: wantedHeight() may be another

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool) override { return false; }  // Tab goes to the next mark; F6 leaves
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Edge {
        TagFocus mark;
        bool left = false;
    };
    void setFonts();
    void relayout();
    void fitBars();
    int layoutWidth() const;
    void refresh();
    void showCaret();
    void announceCaret();
    void startPulse(const std::vector<WordRange>& ranges);
    void fitMarks();
    void fitHits();
    QPointF toLayout(const QPointF& viewportPoint) const;
    std::optional<Edge> edgeAt(const QPointF& viewportPoint) const;
    std::optional<WordRange> draggedRange() const;
    void updateCursor(const QPointF& viewportPoint);

    TagHost& m_host;
    CanvasMetrics m_metrics;
    QHash<QString, qreal> m_wordWidths;  ///< of this font; words repeat and a relayout on resize must be quick
    QFont m_wordFont, m_labelFont, m_tagFont;
    CanvasLayout m_layout;
    std::vector<CanvasMark> m_marks;
    MarkLayout m_markLayout;
    bool m_marksFit = false;  ///< m_markLayout is of these marks and words
    std::vector<QRectF> m_hits;
    bool m_hitsFit = false;  ///< m_hits are of these words and this query
    Work m_work;
    int m_layoutWidth = -1;  ///< that m_layout was made for
    std::vector<QString> m_tags;
    qreal m_goalX = -1;          ///< column that up and down keep
    bool m_keepsColumn = false;  ///< the action under way is one of them

    std::optional<int> m_dragAnchor;
    bool m_dragged = false;
    bool m_pressed = false;  ///< the left button went down on a word and is not up yet
    std::optional<Edge> m_resizing;
    int m_resizeWord = 0;

    QVariantAnimation m_pulse, m_shake;
    std::vector<WordRange> m_pulseRanges;
    qint64 m_keyAt = 0;
    double m_keyToPaintMs = 0;
    int m_announced = -1;
};

}  // namespace mnerva::ui
