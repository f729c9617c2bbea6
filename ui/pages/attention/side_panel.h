#pragma once

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QTreeWidget>
#include <QWidget>

#include "core/project/cell_maps.h"
#include "ui/pages/attention/bars.h"
#include "ui/pages/attention/map_tiles.h"
#include "ui/pages/attention/matrix_view.h"
#include "ui/pages/attention/rank_table.h"

class QScrollArea;

namespace mnerva::ui {

class ActionRegistry;

/// The column right of the photo: small maps of words, of layers and heads, of methods; what a changed picture changes;
/// the table of words and regions, folded away; relevance and gates.
class SidePanel : public QWidget {
    Q_OBJECT
public:
    enum Tab { kWords, kHeads, kMethods, kWhatIf, kSimilar, kTabs };
    SidePanel(const ActionRegistry& actions, QWidget* parent = nullptr);

    Tab tab() const { return Tab(m_tabs->currentIndex()); }
    void setTab(int tab);
    /// A part of its own behind the last tab, hidden until it is wanted. The panel becomes its owner.
    void addSimilar(QWidget* part) { m_pages->addWidget(part); }
    /// Shows that tab and goes there, or hides it and goes back.
    void setSimilarVisible(bool visible);
    bool hasSimilar() const { return m_tabs->isTabVisible(kSimilar); }
    bool hasMatrix() const { return m_matrixToggle->isChecked(); }
    void setMatrixVisible(bool visible);
    bool byEntity() const { return m_byEntity->isChecked(); }
    void setByEntity(bool byEntity);

    MapTiles& words() { return *m_words; }
    MapTiles& heads() { return *m_heads; }
    MapTiles& methods() { return *m_methods; }
    RankTable& ranks() { return *m_ranks; }
    MatrixView& matrix() { return *m_matrix; }

    /// One line: the cells that a word looks at.
    void setFacts(const QString& text);
    QString facts() const { return m_facts->text(); }
    /// In place of the small maps of words and heads: why there are none, and the way on. Empty: the maps.
    void setMessage(const QString& text, const QString& button);
    QString message() const { return m_message->text(); }
    /// Above the methods: the target, and what was not served or is odd; empty: nothing.
    void setTarget(const QString& text);
    void setMethodNote(const QString& text);
    /// How sure the run is of the target after each fusion layer; `title` empty: nothing is known.
    void setLayers(const QString& title, std::vector<BarList::Bar> bars);
    const BarList& layers() const { return *m_layers; }
    /// What was measured of the maps of the run, or how that is done; `button` empty: nothing can be measured now.
    void setBench(const QString& text, const QString& tip, const QString& button);
    QString bench() const { return m_bench->text(); }
    /// Whether slow methods can be asked for, or are being computed (fraction, negative: unknown).
    void setComputing(bool canCompute, bool isComputing, double fraction);
    void setRankTitle(bool visible) { m_rankTitle->setVisible(visible); }
    /// What became of each entity; `state` stands above.
    void setChanges(const QString& state, const std::vector<project::EntityChange>& changes,
                    const std::vector<std::string>& words, bool isSpaced);
    QTreeWidget& changes() { return *m_changes; }

    void setRelevance(std::vector<BarList::Bar> bars);
    void setGates(std::vector<std::vector<double>> gates);
    void setVisualGate(std::vector<BarList::Bar> bars);
    void setRegions(std::vector<BarList::Bar> bars);
    void retranslate();

    static constexpr int kBarsHeight = 120;

Q_SIGNALS:
    void tabChanged(int tab);
    void matrixToggled(bool visible);
    void byEntityToggled(bool byEntity);
    void messagePressed();
    void computeWanted();
    void measureWanted();
    void cancelWanted();
    void blankWanted();
    void pictureWanted();
    void restoreWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeWords();
    QWidget* makeMethods();
    QWidget* makeBelow(QWidget* page);
    QWidget* makeWhatIf();
    QWidget* makeBars();
    void fitBars();
    void fitMatrix(int tab);
    void fitBelow();
    void showPage(int tab);

    const ActionRegistry& m_actions;
    QTabBar* m_tabs;
    QLabel *m_facts, *m_message, *m_target, *m_bench, *m_layersTitle, *m_methodNote, *m_progress, *m_rankTitle,
        *m_scaleNote, *m_whatIfState, *m_whatIfHint;
    QLabel *m_relevanceTitle, *m_gatesTitle, *m_visualTitle, *m_regionsTitle;
    QStackedWidget* m_pages;
    QScrollArea* m_below;
    QToolButton *m_byEntity, *m_matrixToggle;
    MapTiles *m_words, *m_heads, *m_methods;
    QWidget *m_messageBox, *m_bars;
    QPushButton *m_messageButton, *m_measure, *m_compute, *m_cancel, *m_blank, *m_otherPicture, *m_restore;
    RankTable* m_ranks;
    QTreeWidget* m_changes;
    MatrixView* m_matrix;
    BarList *m_layers, *m_relevance, *m_visual, *m_regions;
    GateBars* m_gates;
    bool m_isOfWords = true;  ///< the tab is one beside which gates and relevance stand
    int m_before = kWords;    ///< the tab that was left for the similar maps
};

}  // namespace mnerva::ui
