#pragma once

#include <QLabel>
#include <QStackedWidget>

#include "core/project/heat_view.h"
#include "ui/frame/page_spec.h"
#include "ui/pages/attention/attention_host.h"
#include "ui/pages/attention/bench_host.h"
#include "ui/pages/attention/control_bar.h"
#include "ui/pages/attention/explain_host.h"
#include "ui/pages/attention/lanes_strip.h"
#include "ui/pages/attention/side_panel.h"
#include "ui/pages/attention/similar_host.h"
#include "ui/pages/attention/what_if_host.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/page.h"

namespace mnerva::ui {

class ActionRegistry;
class PictureView;
class ProjectCommands;
class SimilarPanel;
struct AttentionFigure;
struct FigureOption;

/// What a run looks at: the photo under its grid with the heat of the words under the caret, the text with what the
/// runs say of it, small maps beside it. Moving the caret asks nobody: the maps of the post are at hand.
class AttentionPage : public Page {
    Q_OBJECT
public:
    /// `commands` null: what is found is not shown on other pages (tests).
    AttentionPage(ProjectSession& session, JobHost& jobs, ActionRegistry& actions, ProjectCommands* commands = nullptr,
                  QWidget* parent = nullptr);

    void retranslate() override;
    void activated() override;
    bool runAction(const QString& id) override;
    std::vector<CaptureState> statesForCapture() override;
    std::vector<CaptureDialog> dialogsForCapture() override;
    bool readyForCapture() const override;

    // What the keys do.
    void stepPost(int delta);
    void stepPicture(int delta);
    void stepHead(int delta);
    /// To the next (1) or previous (-1) words of the post where a run is wrong.
    void stepError(int delta);
    void toggleByEntity();
    void toggleDrawer();
    void toggleMatrix();
    void toggleCoverMode();
    void toggleSimilar();
    void toggleBlank();
    void restorePicture();
    void exportFigure();

    AttentionHost& host() { return m_host; }
    ExplainHost& explains() { return m_explains; }
    WhatIfHost& whatIf() { return m_whatIf; }
    BenchHost& bench() { return m_bench; }
    SimilarHost& similar() { return m_similar; }
    SimilarPanel& similarPanel() { return *m_similarPanel; }
    LanesStrip& words() { return *m_lanes; }
    SidePanel& panel() { return *m_panel; }
    ControlBar& bar() { return *m_bar; }
    const project::AttentionMap& map() const { return m_heat.map(project::HeatView::kFirst); }
    const project::HeatView& heat() const { return m_heat; }
    /// The words that are looked at: those of the entity under the caret, or the word.
    project::WordSpan span() const;
    /// What a saved figure shows: what is seen now.
    AttentionFigure figure() const;
    /// The same with the choice that it has: the table below. As long as the page shows what it does now.
    FigureOption withMatrix() const;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    using Slot = AttentionHost::Slot;
    enum class Stale { Nothing, State, Post };  ///< what changed while the page was hidden

    void makeStage();
    void connectHosts();
    void connectParts();
    void connectPanel();
    void showNews(Stale news);

    void refreshPost();
    void refreshState();
    void refreshLanes();
    /// The caret of a new post goes to its first wrong entity, else to its first entity, once there is an answer.
    void placeCaret();
    void refreshMaps();
    void refreshPictures();
    /// Follows the caret: from the maps at hand, without a question to the engine and without a copy of a map.
    void refreshHeat();
    void refreshBoxes();
    void refreshBars();
    /// What leaving a word out, and other names in the place of the entity's, do to the target.
    void refreshWordWeights();
    void layOutStage();

    // attention_page_panel.cpp
    void refreshWordTiles();
    void markWordTile();
    /// The least weight in full colour on a small map.
    double tileThreshold() const;
    void refreshHeadTiles();
    void refreshMethods();
    void refreshBench();
    void refreshLayers(const std::optional<Target>& target);
    void refreshWhatIf();
    void refreshPanel();
    void fillMatrix();
    void wantMethods();
    void askMethods(bool isSlowToo);
    void takeAttributions();
    ExplainHost::Subject subject(Slot slot) const;
    void chooseHead(int tile);
    void chooseMethod(int tile);
    void setMethod(const std::string& method);

    // attention_page_similar.cpp
    void connectSimilar();
    void setSimilar(bool isOn);
    void refreshSimilar();
    QString similarSetText() const;
    void openSimilar(int index);
    void showSimilarInCases();

    // attention_page_messages.cpp
    struct Message {
        QString text, button, page;
    };
    Message messageFor(AttentionHost::State state) const;
    Message noMapMessage(const QString& reason) const;
    /// Why nothing of the post can be looked at; empty when something can.
    QString blindReason(Slot slot) const;
    QString describeWords(const Attribution& words) const;
    QString describe(const project::WordSpan& words, const project::Heat& heat) const;
    QString textOf(const project::WordSpan& words) const;
    QString sideNote(Slot slot) const;
    QString nothingDrawn(Slot slot) const;
    void refreshOdd();
    void refreshMessage();
    void showEmpty(const QString& sentence, const QString& button, const QString& page);

    void hoverCell(int cell);
    void hoverWord(int word);
    void hoverSpan(const project::WordSpan* words);
    void brush(int cell, bool begins, Qt::KeyboardModifiers modifiers);
    void choosePicture();
    void exchangePicture(const QString& file);
    /// The first answer, or that to the changed picture where it is of another one.
    EngineClient::Prediction shownResult(Slot slot) const;
    project::PostImage pictureOf(Slot slot) const;
    bool isComparing() const;
    bool isSideBySide() const;
    /// Entities that words are gathered by: of the first run, then of gold.
    const std::vector<Entity>& entities() const { return m_entities; }

    ProjectSession& m_session;
    const ActionRegistry& m_actions;
    AttentionHost m_host;
    ExplainHost m_explains;
    WhatIfHost m_whatIf;
    BenchHost m_bench;
    SimilarHost m_similar;
    ProjectCommands* m_commands;
    project::HeatView m_heat;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    Banner* m_banner;
    ControlBar* m_bar;
    LanesStrip* m_lanes;
    QLabel *m_odd, *m_wordNote;
    QWidget* m_stage;
    PictureView *m_picture, *m_secondPicture;
    SidePanel* m_panel;
    SimilarPanel* m_similarPanel;
    QTimer m_explainTimer;
    std::vector<project::WordSpan> m_tiles;         ///< words of each small map
    std::vector<std::pair<int, int>> m_headOfTile;  ///< layer and head
    std::vector<std::string> m_methodOfTile;
    std::vector<Entity> m_entities;
    QString m_emptyTarget, m_messageTarget;
    PostId m_opening;  ///< a post that is opened at m_openingWord
    int m_openingWord = -1;
    Stale m_stale = Stale::Nothing;
    bool m_placesCaret = true, m_covers = false;
};

PageSpec attentionPage();

}  // namespace mnerva::ui
