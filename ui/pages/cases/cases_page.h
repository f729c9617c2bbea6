#pragma once

#include <functional>
#include <memory>

#include "core/workflow/cases/case_report.h"
#include "ui/frame/page_spec.h"
#include "ui/pages/cases/case_figure.h"
#include "ui/pages/cases/cases_host.h"
#include "ui/widgets/page.h"

class QLabel;
class QMenu;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class AgreementView;
class Banner;
class DoctorView;
class EmptyState;
class LanesView;
class PictureView;
class SentenceBar;

/// Layers of one post as lanes under its text, the photo beside them; the posts are those of the query line (look.md,
/// Cases).
class CasesPage : public Page {
    Q_OBJECT
public:
    CasesPage(ProjectSession& session, ActionRegistry& actions, QWidget* parent = nullptr);

    /// What the page shows above the lanes of a post.
    enum class View { Cases, Doctor, Agreement };
    CasesHost& host() { return m_host; }
    DoctorView& doctor() { return *m_doctor; }
    AgreementView& agreement() { return *m_agreement; }
    View view() const;
    void showView(View view);
    void retranslate() override;
    void activated() override;
    bool runAction(const QString& id) override;
    /// "doctor": the view of the label errors.
    void asked(const QString& what) override;
    std::vector<CaptureState> statesForCapture() override;
    bool readyForCapture() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// Runs the action that a key means; false: none of this page.
    bool handleKey(QKeyEvent* event);
    QWidget* makeTabs();
    QWidget* makeRow();
    QWidget* makeBelow();
    void takeView();
    /// The words of the current doubt or conflict, in the lanes below it.
    void chooseDoubt();
    void showBelow();
    void saveTable(const QString& name, const std::string& csv);
    QToolButton* menuButton(const char* name, const char* icon, std::function<void(QMenu&)> fill);
    void fillLayers(QMenu& menu);
    void fillOrder(QMenu& menu);
    void fillExport(QMenu& menu);
    void refreshState();
    void refreshCase();
    void showEmpty(const QString& sentence, const QString& button, const QString& target);

    enum class Scope { Current, Found };
    enum class Writing { Html, Latex };
    QString proposedName(Scope scope, const QString& ending) const;
    QString caption(int cases) const;
    void exportFigure(Scope scope);
    void exportText(Scope scope, Writing writing);
    /// The cases of a scope, read on the reader thread.
    void withCases(Scope scope, std::function<void(workflow::CaseReport&&)> use);
    /// Waits for the photos, then asks how the figure is to leave.
    void finishFigure(std::shared_ptr<CaseFigure> figure, const QString& caption, const QString& name);
    void saveFigureOf(const CaseFigure& cases, const QString& caption, const QString& name);
    void told(const std::optional<Error>& error, const QString& path);

    ProjectSession& m_session;
    ActionRegistry& m_actions;
    CasesHost m_host;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QTabBar* m_tabs;
    QWidget *m_row, *m_below;
    SentenceBar* m_sentence;
    DoctorView* m_doctor;
    AgreementView* m_agreement;
    EmptyState* m_hidden;
    QSplitter *m_upright, *m_splitter;
    PictureView* m_picture;
    LanesView* m_lanes;
    QScrollArea* m_scroll;
    QLabel *m_title, *m_position;
    QToolButton *m_previous, *m_next, *m_layers, *m_order, *m_export;
    QString m_emptyTarget;
};

PageSpec casesPage();

}  // namespace mnerva::ui
