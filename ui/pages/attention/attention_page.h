#pragma once

#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <array>

#include "ui/frame/page_spec.h"
#include "ui/pages/attention/attention_controls.h"
#include "ui/pages/attention/attention_host.h"
#include "ui/pages/attention/matrix_view.h"
#include "ui/pages/attention/word_strip.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/page.h"

namespace mnerva::ui {

class ActionRegistry;
class PictureView;

/// What a run looks at: the picture under its grid with the heat of the word under the caret, words by regions, and the
/// gates. Moving the caret asks nobody: the maps of the post are at hand.
class AttentionPage : public Page {
    Q_OBJECT
public:
    AttentionPage(ProjectSession& session, JobHost& jobs, ActionRegistry& actions, QWidget* parent = nullptr);

    void retranslate() override;
    void activated() override;
    std::vector<CaptureState> statesForCapture() override;
    bool readyForCapture() const override;

    void stepPost(int delta);
    void stepPicture(int delta);
    AttentionHost& host() { return m_host; }
    WordStrip& words() { return *m_words; }
    const project::AttentionMap& map() const { return m_map; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makePictures();
    QWidget* makeMiddle();
    void connectParts();
    /// What changed while the page was hidden, and so is not shown yet.
    enum class Stale { Nothing, State, Post };
    /// Shows what is stale and this; a hidden page keeps it for when it is seen.
    void showNews(Stale news);
    void refreshPost();
    void refreshState();
    void refreshMaps();
    void refreshHeat();
    void refreshPictures();
    void refreshBoxes();
    void showPicture(int picture);
    /// The file of the chosen picture, of those that a run reads.
    project::PostImage pictureOf(AttentionHost::Slot slot) const;
    void refreshMessage();
    /// What stands in the place of a map that is not there: why, what can be done, and the page where it can.
    struct Message {
        QString text, button, page;
    };
    Message messageFor(AttentionHost::State state) const;
    Message noMapMessage(const QString& reason) const;
    /// Why nothing of the post can be looked at; empty when something can.
    QString blindReason(AttentionHost::Slot slot) const;
    void showEmpty(const QString& sentence, const QString& button, const QString& page);
    void hoverRegion(int region);
    void hoverCell(int word, int region);
    QString describe(int word) const;
    QString secondTitle() const;
    /// What was odd in the question for the first run: words it did not read, pictures it could not use.
    void refreshOdd();
    void exportFigure();
    void paintFigure(QPainter& painter) const;
    std::array<std::pair<QToolButton*, QString>, 4> stepButtons() const;
    QSize figureSize() const;

    ProjectSession& m_session;
    const ActionRegistry& m_actions;
    AttentionHost m_host;
    QStackedWidget *m_stack, *m_matrixStack;
    EmptyState* m_empty;
    QSplitter* m_splitter;
    Banner* m_banner;
    QLabel *m_postTitle, *m_first, *m_secondTitle, *m_wordFacts, *m_odd, *m_message;
    QToolButton *m_previous, *m_next, *m_previousPicture, *m_nextPicture;
    QWidget* m_pictureBar;
    QLabel* m_pictureName;
    PictureView *m_picture, *m_secondPicture;
    QWidget* m_secondBox;
    WordStrip* m_words;
    MatrixView* m_matrix;
    AttentionControls* m_controls;
    project::AttentionMap m_map, m_secondMap;
    QPushButton* m_messageButton;
    QString m_emptyTarget, m_messageTarget;
    Stale m_stale = Stale::Nothing;
};

PageSpec attentionPage();

}  // namespace mnerva::ui
