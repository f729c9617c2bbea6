#pragma once

#include <QAbstractScrollArea>
#include <optional>
#include <vector>

#include "core/domain/label_set.h"
#include "core/vision/heatmap.h"
#include "ui/pages/attention/map_tiles.h"
#include "ui/pages/attention/similar_host.h"

namespace mnerva::ui {

/// The posts that a search of maps has found: photos under their heat in rows, under each the entity with its type,
/// whether it is right, by shape and word, and the figure by which it was found. A press, or Enter on the one with the
/// caret, opens it.
class SimilarTiles : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit SimilarTiles(QWidget* parent = nullptr);

    void setFound(const std::vector<SimilarHost::Found>& found, const LabelSet& labels);
    const std::vector<SimilarHost::Found>& found() const { return m_found; }
    /// `least`: the least weight in full colour, so that a flat map is no bright one.
    void setHeat(vision::HeatColours colours, double least);
    /// In the viewport: photo and what stands under it.
    QRect placeOf(int index) const;
    int current() const { return m_current; }
    /// All that is said of one, for its tip and those who do not see it.
    QString textOf(int index) const;
    /// The largest maps by which all that were found fit into a room; else of the smallest.
    static TileLayout layFor(int count, const QSize& room, int captionHeight);
    QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    void opened(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void relayout();
    void setCurrent(int index);
    int indexAt(const QPoint& point) const;
    void paintPhoto(QPainter& painter, const SimilarHost::Found& found, const QRect& place) const;
    void paintCaption(QPainter& painter, const SimilarHost::Found& found, const QRect& below) const;

    std::vector<SimilarHost::Found> m_found;
    LabelSet m_labels;
    TileLayout m_layout;
    vision::HeatColours m_colours = vision::HeatColours::Magma;
    double m_least = 0;
    int m_current = -1, m_hovered = -1;
};

}  // namespace mnerva::ui
