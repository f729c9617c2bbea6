#pragma once

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <QWidget>

#include "ui/pages/attention/options_popup.h"
#include "ui/pages/attention/view_settings.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {

class ActionRegistry;

/// The one bar of controls, 44 px: which run, compared with what, by which method, layer and head, direction, more,
/// save.
class ControlBar : public QWidget {
    Q_OBJECT
public:
    ControlBar(const ActionRegistry& actions, QWidget* parent = nullptr);

    /// What a person wants; a run that cannot show it shows what comes nearest (fittedChoice).
    const ViewSettings& view() const { return m_view; }
    /// Changes it from elsewhere (a small map was chosen), shows it in the fields and remembers it.
    void setView(const ViewSettings& view);
    void setRuns(const std::vector<RunInfo>& runs, const QString& first, const QString& second);
    /// Fills the layer and head lists from an answer; null: it is on its way, and they stay as they are.
    void setResult(const protocol::PredictResult* result);
    void setTitle(const QString& title);
    /// Which of the pictures of the post is shown, and the steps to the others, where there are several.
    void setPictures(int picture, int count);
    /// The difference of the two sides can be shown.
    void setComparing(bool comparing);
    bool isDrawerOpen() const { return m_drawer->isChecked(); }
    /// Whether there is a figure to save.
    void setSavable(bool savable);
    /// Which of the pictures of the answer is shown; not remembered.
    void setPicture(int picture) { m_view.heat.attention.picture = picture; }
    void setCoverMode(bool covers);
    void setSimilar(bool isOn) { m_similar->setChecked(isOn); }
    bool isSimilar() const { return m_similar->isChecked(); }
    bool isCoverMode() const { return m_cover->isChecked(); }
    void retranslate();

    static constexpr int kHeight = 44;
    /// In the place of a second run: the first one's answer without its picture.
    static QString withoutPicture() { return QStringLiteral("#without-picture"); }

Q_SIGNALS:
    void runChosen(const QString& run);
    void secondRunChosen(const QString& run);
    void viewChanged();
    void drawerToggled();
    void coverToggled(bool covers);
    void similarToggled(bool isOn);
    void exportWanted();
    void previousWanted();
    void nextWanted();
    void pictureStepWanted(int delta);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectFields();
    void fillLayers();
    void fillHeads();
    void fillMethods();
    void takeFields();
    void showDirection(const protocol::PredictResult* result);
    void openMore();
    void elideTitle();

    const ActionRegistry& m_actions;
    ViewSettings m_view;
    project::AttentionChoice m_shown;  ///< what the fields show
    int m_layers = 0, m_heads = 0;
    bool m_filling = false;
    QString m_titleText;
    QComboBox *m_run, *m_second, *m_method, *m_layer, *m_head;
    QToolButton *m_direction, *m_difference, *m_cover, *m_similar, *m_drawer, *m_more, *m_previous, *m_next, *m_save,
        *m_previousPicture, *m_nextPicture;
    QLabel *m_title, *m_pictureName;
    OptionsPopup* m_options;
};

}  // namespace mnerva::ui
