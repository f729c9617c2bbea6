#pragma once

#include <QAbstractButton>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/domain/label_set.h"

class QToolButton;

namespace mnerva::ui {

class TagHost;

/// One label as a button: key, short name, colour, and how often the post has it.
class LabelChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit LabelChip(QWidget* parent = nullptr);
    void setLabel(const QString& key, const QString& name, const QColor& colour, const QString& guideline = {});
    void setCount(int count);
    void setSticky(bool sticky);
    void flash();
    QString name() const { return m_name; }
    int count() const { return m_count; }
    bool isSticky() const { return m_sticky; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();
    QString m_key, m_name, m_guideline;
    QColor m_colour;
    int m_count = 0;
    bool m_sticky = false;
    QTimer m_flash;
};

/// The labels of the project in one or two rows, always in sight with their keys; what does not fit is behind "/ more".
/// The wheel turns through the sticky label.
class ChipBar : public QWidget {
    Q_OBJECT
public:
    explicit ChipBar(TagHost& host, QWidget* parent = nullptr);
    const std::vector<LabelChip*>& chips() const { return m_chips; }
    int visibleChips() const { return m_shown; }
    QToolButton* moreButton() const { return m_more; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    /// Of all chips side by side.
    int wholeWidth() const;
    void retranslate();

Q_SIGNALS:
    void rebuilt();  ///< labels or keys are others: wholeWidth() too

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void rebuild();
    void refresh();
    void arrange();
    std::vector<QRect> placesIn(int width) const;
    TagHost& m_host;
    std::vector<LabelChip*> m_chips;
    LabelSet m_labels;  ///< that the chips show
    QToolButton* m_more;
    int m_shown = 0;
    int m_wheel = 0;
};

}  // namespace mnerva::ui
