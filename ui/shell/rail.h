#pragma once

#include <QAbstractButton>
#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace mnerva::ui {

/// One entry of the rail: icon over a word; the current one has a tinted ground and an accent bar.
class RailButton : public QAbstractButton {
    Q_OBJECT
public:
    RailButton(const QString& iconName, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    /// The drawing alone; the word is in the tool tip.
    void setNarrow(bool narrow);

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_iconName;
    bool m_isNarrow = false;
};

/// The pages on the left.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);
    RailButton* add(const QString& id, const QString& iconName);
    /// Entries after this stand at the bottom.
    void addStretch();
    void setText(const QString& id, const QString& text);
    void setCurrent(const QString& id);
    /// In a narrow window there are drawings without words.
    void fitTo(int windowWidth);

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_column;
    std::vector<std::pair<QString, RailButton*>> m_buttons;
};

}  // namespace mnerva::ui
