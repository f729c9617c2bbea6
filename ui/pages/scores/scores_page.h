#pragma once

#include <functional>

#include "ui/frame/page_spec.h"
#include "ui/pages/scores/scores_charts.h"
#include "ui/pages/scores/scores_export.h"
#include "ui/pages/scores/scores_models.h"
#include "ui/widgets/page.h"

class QComboBox;
class QLabel;
class QScrollArea;
class QStackedWidget;
class QTabBar;
class QTableView;
class QToolButton;

namespace mnerva::ui {

class Banner;
class EmptyState;
class IntervalChart;
class SlicesView;
class StackedBars;

/// The page of scores: systems under one rule, and what is behind each figure (error-analysis.md 1 to 4). Every figure
/// opens its posts.
class ScoresPage : public Page {
    Q_OBJECT
public:
    ScoresPage(ProjectSession& session, ProjectCommands& commands, QWidget* parent = nullptr);

    void retranslate() override;
    void activated() override;
    std::vector<CaptureState> statesForCapture() override;
    std::vector<CaptureDialog> dialogsForCapture() override;
    bool readyForCapture() const override;

    ScoresHost& host() { return m_host; }
    /// Views under the table of systems.
    enum Tab { kMistakes, kConfusion, kStrings, kBuckets, kDifference, kReliability, kSlices, kSeeds, kTabCount };

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeViews();
    QTableView* makeTable(const char* name, CellModel& model);
    QComboBox* makeBox(const char* name);
    QWidget* scrolled(QWidget* chart, const char* name);
    void refresh();
    void refreshBoxes();
    void refreshWarnings();
    void refreshViews();
    void makeCharts();
    void connectViews();
    void showTab(int tab);
    void showAbout();
    void placeCorner();
    void choose();
    void openSystem(const QModelIndex& index);
    void openPosts(const std::vector<PostId>& posts, const QString& title);
    void mistakePressed(int id);
    void bucketPressed(int row, int bucket);
    void reliabilityPressed(int series, int point);
    void slicePressed(int row, int slice);
    QString systemName() const;
    ScoresExport::View exportView() const;

    ProjectSession& m_session;
    ProjectCommands& m_commands;
    ScoresHost m_host;
    CellModel m_systemsModel, m_confusionModel, m_surfacesModel, m_seedsModel;
    QStackedWidget *m_stack, *m_views;
    EmptyState* m_empty;
    Banner* m_banner;
    QLabel *m_splitTitle, *m_ruleTitle, *m_truthTitle, *m_about, *m_otherTitle, *m_comparison, *m_corner, *m_counted;
    QComboBox *m_split, *m_rule, *m_truth, *m_property, *m_other;
    QToolButton* m_export;
    QTableView *m_systems, *m_confusion, *m_surfaces, *m_seeds;
    QTabBar* m_tabs;
    StackedBars* m_mistakes;
    IntervalChart *m_buckets, *m_difference;
    Chart* m_reliability;
    SlicesView* m_slices;
    std::vector<MistakeBar> m_mistakeParts;
    std::vector<std::pair<int, std::vector<int>>> m_reliabilityParts;
    std::string m_warned;
    bool m_isFilling = false;
};

PageSpec scoresPage();

}  // namespace mnerva::ui
