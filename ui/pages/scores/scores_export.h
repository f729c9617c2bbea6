#pragma once

#include <QObject>
#include <functional>
#include <optional>

#include "ui/pages/scores/scores_host.h"

class QMenu;
class QTableView;
class QToolButton;

namespace mnerva::ui {

class Chart;
class PressableChart;

/// What leaves the page of scores: tables as CSV and LaTeX, every chart and table as a figure.
class ScoresExport : public QObject {
    Q_OBJECT
public:
    /// What is looked at: its numbers, and a chart of either kind or a table.
    struct View {
        QString title;
        std::optional<ScoresReport> report;
        PressableChart* chart = nullptr;
        QTableView* table = nullptr;
        Chart* plot = nullptr;
    };
    /// The button gets a menu; `systems` is the table that is always there.
    ScoresExport(const ScoresHost& host, QToolButton& button, QTableView& systems, std::function<View()> view,
                 QObject* parent = nullptr);

Q_SIGNALS:
    void failed(const mnerva::Error& error, const QString& what);
    void told(const QString& message);

private:
    void fillMenu();
    void saveTable(ScoresReport report, bool asLatex);
    void saveFigureOf(const View& view);

    const ScoresHost& m_host;
    QTableView& m_systems;
    std::function<View()> m_view;
    QMenu* m_menu;
};

}  // namespace mnerva::ui
