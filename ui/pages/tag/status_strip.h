#pragma once

#include <QVariantAnimation>
#include <QWidget>

class QToolButton;

namespace mnerva::ui {

class TagHost;

/// The line under the canvas: what the caret stands on or what the last key said, and at the right when it was saved.
/// A refused key shakes it by 2 pixels; a failed write paints it red and offers to try again.
class StatusStrip : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(TagHost& host, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {400, 32}; }
    QToolButton* retryButton() const { return m_retry; }
    void retranslate();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    TagHost& m_host;
    QToolButton* m_retry;
    QVariantAnimation m_shake;
};

}  // namespace mnerva::ui
