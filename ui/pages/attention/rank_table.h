#pragma once

#include <QWidget>
#include <optional>
#include <vector>

namespace mnerva::ui {

/// Rank correlations between methods: a square of numbers, tinted by their size. Symmetric, so half of it is shown.
class RankTable : public QWidget {
    Q_OBJECT
public:
    explicit RankTable(QWidget* parent = nullptr);
    /// [names][names]; only [i][j] with j < i is looked at; nothing where a map has no order.
    void setTable(QStringList names, std::vector<std::vector<std::optional<double>>> table);
    const std::vector<std::vector<std::optional<double>>>& table() const { return m_table; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double rowHeight() const;
    double nameWidth() const;
    QStringList m_names;
    std::vector<std::vector<std::optional<double>>> m_table;
};

}  // namespace mnerva::ui
