#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "core/project/attention_view.h"
#include "ui/pages/attention/bars.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {

/// The right-hand column of the attention page: which run, layer, head, direction, scale; the legend; relevance and
/// gates.
class AttentionControls : public QWidget {
    Q_OBJECT
public:
    explicit AttentionControls(QWidget* parent = nullptr);

    /// What a person wants; a run that cannot show it shows what comes nearest (fittedChoice).
    const project::AttentionChoice& choice() const { return m_choice; }
    vision::HeatOptions heatOptions() const;
    void setRuns(const std::vector<RunInfo>& runs, const QString& first, const QString& second);
    /// Fills the layer and head lists from an answer and shows its relevance and gates; these only where the post has a
    /// picture that they could be about.
    void setResult(const protocol::PredictResult* result, bool seesPicture);
    /// Whether there is a figure to save.
    void setSavable(bool savable);
    void setScale(double maximum);
    /// Which of the pictures of the answer is shown; not remembered.
    void setPicture(int picture) { m_choice.picture = picture; }
    /// How far the picture is let into the word under the caret; hidden where the answer says nothing of it.
    void setVisualGate(const protocol::PredictResult* result, int word, const QString& text);
    /// How an entity weighs the boxes of the picture; no bars: hidden.
    void setRegions(std::vector<BarList::Bar> bars);
    void retranslate();

Q_SIGNALS:
    void runChosen(const QString& run);
    void secondRunChosen(const QString& run);
    void choiceChanged();
    void exportWanted();

private:
    void connectFields();
    void fillLayers();
    void fillHeads();
    void takeChoice();
    void restore();
    void remember();

    void offerDirections(const protocol::PredictResult& result);

    project::AttentionChoice m_choice, m_shown;  ///< what is wanted; what the fields show
    int m_layers = 0, m_heads = 0;
    bool m_filling = false;
    QLabel *m_runLabel, *m_secondLabel, *m_layerLabel, *m_headLabel, *m_directionLabel, *m_valuesLabel,
        *m_thresholdLabel, *m_colourLabel, *m_relevanceTitle, *m_gatesTitle, *m_scaleTitle, *m_visualTitle,
        *m_regionsTitle;
    QComboBox *m_run, *m_second, *m_layer, *m_head, *m_direction, *m_values, *m_colours;
    QDoubleSpinBox* m_threshold;
    QCheckBox *m_sameScale, *m_smooth;
    HeatLegend* m_legend;
    BarList *m_relevance, *m_visual, *m_regions;
    GateBars* m_gates;
    QPushButton* m_export;
};

}  // namespace mnerva::ui
