#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>
#include <vector>

#include "core/protocol/messages.h"

namespace mnerva::ui {

/// Places of words in lines of a given width: pure, so that painting and pressing agree.
struct WordStripLayout {
    std::vector<QRectF> boxes;
    double height = 0;
    int wordAt(const QPointF& point) const;  ///< -1: none
};
WordStripLayout layWords(const std::vector<double>& widths, double lineHeight, double gap, double width);

/// The words of a post in a row: the caret moves by ←/→, Home/End or a press, words light up by weights, predicted
/// entities are tinted.
class WordStrip : public QWidget {
    Q_OBJECT
public:
    explicit WordStrip(QWidget* parent = nullptr);

    void setWords(const QStringList& words, bool spaced);
    void setEntities(const std::vector<Entity>& entities, const std::vector<std::string>& labels);
    /// Weights 0..1 (of the shown maximum) lit behind the words; empty: none.
    void setLights(std::vector<double> lights);
    int current() const { return m_current; }
    void setCurrent(int word);
    int wordCount() const { return int(m_words.size()); }
    QString word(int index) const { return m_words.value(index); }
    QRectF wordRect(int index) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, 48}; }

Q_SIGNALS:
    void currentChanged(int word);
    void wordHovered(int word);  ///< -1: left

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    WordStripLayout layoutFor(int width) const;
    void relayout();

    QStringList m_words;
    bool m_spaced = true;
    std::vector<Entity> m_entities;
    std::vector<std::string> m_labels;
    std::vector<double> m_lights;
    WordStripLayout m_layout;
    int m_current = 0;
};

}  // namespace mnerva::ui
