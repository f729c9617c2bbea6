#pragma once

#include <QStringList>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/domain/label_set.h"
#include "core/project/cell_maps.h"
#include "core/workflow/cases/case.h"
#include "ui/session/lanes_picture.h"

namespace mnerva::ui {

/// The text of a post on one line with a lane of 30 px for each run under it, what is wrong marked by shape and word.
/// Gold stands in the words. Has the caret: ←/→, Home/End or a press; a long text is scrolled so that the caret is
/// seen, and by the wheel.
class LanesStrip : public QWidget {
    Q_OBJECT
public:
    explicit LanesStrip(QWidget* parent = nullptr);

    /// Another post, or other answers to it. The caret stays where it is, inside the post.
    void setCase(workflow::Case shown, const LabelSet& labels);
    const workflow::Case& shown() const { return m_case; }
    const LanesPicture& picture() const { return m_picture; }
    /// Words drawn as chosen with the caret: those of its entity.
    void setChosen(const project::WordSpan& words);
    /// Weights 0..1 lit behind the words; empty: none.
    void setLights(std::vector<double> lights);
    const std::vector<double>& lights() const { return m_lights; }
    /// What a method says of each word, -1..1 of the largest: red speaks for the target, blue against it, and a line
    /// over the word, whole or dotted, is as long. With a tip a word; empty: none.
    void setWeights(std::vector<double> weights, QStringList tips);
    const std::vector<double>& weights() const { return m_weights; }
    /// Of a word, where it has a weight.
    QString tipOf(int word) const { return word >= 0 && word < m_tips.size() ? m_tips[word] : QString(); }

    int current() const { return m_current; }
    void setCurrent(int word);
    int wordCount() const { return int(m_case.words.size()); }
    QString word(int index) const;
    /// In the widget, as it is scrolled.
    QRectF wordRect(int index) const;
    int scrolled() const { return int(m_scroll); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

    static constexpr int kLaneHeight = 30;

Q_SIGNALS:
    void currentChanged(int word);
    void wordHovered(int word);  ///< -1: left

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void paintWeights(QPainter& painter) const;
    void layOut();
    void reveal();
    void describe();
    double mostScroll() const;
    int wordAt(const QPointF& point) const;

    workflow::Case m_case;
    LabelSet m_labels;
    LanesPicture m_picture;
    std::vector<double> m_lights, m_weights;
    QStringList m_tips;
    project::WordSpan m_chosen;
    int m_current = 0, m_hovered = -1, m_laidWidth = -1;
    double m_scroll = 0;
};

}  // namespace mnerva::ui
