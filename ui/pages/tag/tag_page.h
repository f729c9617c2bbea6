#pragma once

#include "ui/frame/page_spec.h"
#include "ui/widgets/page.h"

class QAction;
class QComboBox;
class QLabel;
class QListView;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class ChipBar;
class EmptyState;
class KeySheet;
class LabelFinder;
class NoMatchNote;
class PictureHeat;
class PicturePanel;
class PictureView;
class PostListModel;
class ProjectSession;
class StatusStrip;
class TagCanvas;
class TagHost;

/// The page where posts are tagged: list, words, picture (look.md "Tag").
class TagPage : public Page {
    Q_OBJECT
public:
    TagPage(ProjectSession& session, ActionRegistry& actions, QWidget* parent = nullptr);
    ~TagPage() override;

    void retranslate() override;
    void activated() override;
    bool runAction(const QString& id) override;
    std::vector<CaptureState> statesForCapture() override;
    std::vector<CaptureDialog> dialogsForCapture() override;
    bool readyForCapture() const override;

    TagHost& host() const { return *m_host; }
    TagCanvas* canvas() const { return m_canvas; }
    PostListModel* listModel() const { return m_model; }
    QListView* list() const { return m_list; }
    /// The action that looks for objects in pictures; offered beside a picture without boxes.
    void setFindAction(QAction* action);
    /// The picture beside the text, for setHeat().
    PictureView* picture() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeList();
    QWidget* makeCentre();
    void connectSession();
    void postChanged();
    void syncListSelection();
    void refreshHeader();
    void fitHeader();
    void refreshLayers();
    void chooseLayer();
    void refreshEmpty();
    void updateCount();
    void showMenu(const QPoint& globalPoint);
    void showLabel(const QString& type);
    void showAlike(const QString& mention, const QString& type);
    void nextPane();
    void prefetch();
    void placeFinder();

    ProjectSession& m_session;
    ActionRegistry& m_actions;
    TagHost* m_host;
    PostListModel* m_model;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QSplitter* m_splitter;
    QWidget* m_centre;
    QListView* m_list;
    NoMatchNote* m_noMatch;
    QLabel *m_count, *m_header, *m_layerTitle;
    QComboBox *m_layer, *m_tags;
    QToolButton *m_done, *m_flag, *m_keys;
    ChipBar* m_chips;
    TagCanvas* m_canvas;
    StatusStrip* m_status;
    PicturePanel* m_picture;
    PictureHeat* m_heat;
    LabelFinder* m_finder;
    KeySheet* m_sheet;
    bool m_layerChosen = false;
};

PageSpec tagPage();

}  // namespace mnerva::ui
