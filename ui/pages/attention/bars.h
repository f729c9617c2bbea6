#pragma once

#include <QString>
#include <QWidget>
#include <vector>

namespace mnerva::ui {

/// Labelled horizontal bars of 0..1 with their numbers ("r₀ post  .83 ▓▓▓▓").
class BarList : public QWidget {
    Q_OBJECT
public:
    struct Bar {
        QString name, tip;
        double value = 0;
    };
    explicit BarList(QWidget* parent = nullptr) : QWidget(parent) {}
    void setBars(std::vector<Bar> bars);
    const std::vector<Bar>& bars() const { return m_bars; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double rowHeight() const;
    std::vector<Bar> m_bars;
};

/// Small groups of upright bars, one group a fusion layer: the four level gates.
class GateBars : public QWidget {
    Q_OBJECT
public:
    explicit GateBars(QWidget* parent = nullptr) : QWidget(parent) {}
    void setGates(std::vector<std::vector<double>> gates);
    const std::vector<std::vector<double>>& gates() const { return m_gates; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<std::vector<double>> m_gates;
};

}  // namespace mnerva::ui
