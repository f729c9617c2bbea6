#include "ui/pages/scores/scores_export.h"

#include <QAction>
#include <QMenu>
#include <QTableView>
#include <QToolButton>

#include "core/base/file.h"
#include "ui/base/text_border.h"
#include "ui/charts/bar_charts.h"
#include "ui/charts/chart.h"
#include "ui/charts/figure_dialog.h"
#include "ui/charts/table_figure.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {

ScoresExport::ScoresExport(const ScoresHost& host, QToolButton& button, QTableView& systems, std::function<View()> view,
                           QObject* parent)
    : QObject(parent), m_host(host), m_systems(systems), m_view(std::move(view)), m_menu(new QMenu(&button)) {
    m_menu->setObjectName(QStringLiteral("scoresExportMenu"));
    button.setPopupMode(QToolButton::InstantPopup);
    button.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button.setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &ScoresExport::fillMenu);
}

void ScoresExport::fillMenu() {
    m_menu->clear();
    const auto add = [&](const char* name, const QString& text, bool isEnabled, auto&& run) {
        QAction* action = m_menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(isEnabled);
        connect(action, &QAction::triggered, this, run);
    };
    const bool isReady = m_host.state() == ScoresHost::State::Ready && m_host.answer();
    const View view = m_view();
    const bool hasReport = isReady && view.report && m_host.answer()->reports.count(*view.report) > 0;
    add("exportScoresCsv", tr("Scores as CSV…"), isReady, [this] { saveTable(ScoresReport::Types, false); });
    add("exportScoresLatex", tr("Scores as LaTeX…"), isReady, [this] { saveTable(ScoresReport::Scores, true); });
    add("exportScoresFigure", tr("Scores as figure…"), isReady, [this] {
        saveFigureOf({tr("Scores"), ScoresReport::Scores, nullptr, &m_systems, nullptr});
    });
    m_menu->addSeparator();
    const QString& name = view.title;
    add("exportViewCsv", tr("%1 as CSV…").arg(name), hasReport, [this, view] { saveTable(*view.report, false); });
    add("exportViewLatex", tr("%1 as LaTeX…").arg(name), hasReport, [this, view] { saveTable(*view.report, true); });
    add("exportFigure", tr("%1 as figure…").arg(name), hasReport && (view.chart || view.table || view.plot),
        [this, view] { saveFigureOf(view); });
}

void ScoresExport::saveTable(ScoresReport report, bool asLatex) {
    const eval::ReportTable table = m_host.answer()->reports.at(report);
    const QString ending = asLatex ? QStringLiteral(".tex") : QStringLiteral(".csv");
    const QString path = dialogs::file(
        m_systems.window(), {QStringLiteral("save-scores"), dialogs::FileRequest::Kind::SaveFile, tr("Save table"),
                             fromUtf8(table.name) + ending, asLatex ? tr("LaTeX (*.tex)") : tr("CSV (*.csv)")});
    if (path.isEmpty()) return;
    try {
        // The caption of CSV stands in a line of its own, as it names what the numbers are of.
        writeFileAtomic(toPath(path),
                        asLatex ? eval::toLatex(table) : "# " + table.caption + "\n" + eval::toCsv(table));
        Q_EMIT told(tr("The table is in %1").arg(path));
    } catch (const Error& error) {
        Q_EMIT failed(error, tr("The table was not saved."));
    }
}

void ScoresExport::saveFigureOf(const View& view) {
    const ScoresAnswer& answer = *m_host.answer();
    Figure figure = view.chart  ? view.chart->figure(view.title)
                    : view.plot ? view.plot->figure()
                                : tableFigure(*view.table);
    const auto report = view.report ? answer.reports.find(*view.report) : answer.reports.end();
    figure.title = view.title;
    figure.name = report == answer.reports.end() ? QStringLiteral("scores") : fromUtf8(report->second.name);
    if (figure.caption.isEmpty()) figure.caption = scoresCaption(answer, view.report.value_or(ScoresReport::Scores));
    const FigureSaving saving = askAndSaveFigure(m_systems.window(), QStringLiteral("save-scores-figure"), figure);
    if (saving.error)
        Q_EMIT failed(*saving.error, tr("The figure was not saved."));
    else if (!saving.path.isEmpty())
        Q_EMIT told(tr("The figure is in %1").arg(saving.path));
}

}  // namespace mnerva::ui
