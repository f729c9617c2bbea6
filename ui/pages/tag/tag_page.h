#pragma once

#include "ui/frame/page_spec.h"
#include "ui/widgets/page.h"

class QAction;
class QComboBox;
class QLabel;
class QHBoxLayout;
class QStackedWidget;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class BoxHand;
class ChipBar;
class EmptyState;
class EntityList;
class GoTo;
class KeySheet;
class LabelFinder;
class LinkLine;
class NoMatchNote;
class OrderButton;
class PaneGrip;
class PictureHeat;
class PicturePanel;
class PictureView;
class PictureWall;
class PostList;
class PostListModel;
class ProjectSession;
class StatusStrip;
class TagBar;
class TagCanvas;
class TagHost;
class TagPanes;

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
    PostList* list() const { return m_list; }
    EntityList* entities() const { return m_entities; }
    TagPanes* panes() const { return m_panes; }
    PicturePanel* photo() const { return m_picture; }
    BoxHand* boxes() const { return m_boxes; }
    /// The action that looks for objects in pictures; offered beside a picture without boxes.
    void setFindAction(QAction* action);
    /// The picture beside the text, for setHeat().
    PictureView* picture() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeList();
    QWidget* makeBody();
    QWidget* makeCentre();
    QHBoxLayout* makeHeader();
    void connectSession();
    void connectHost();
    void connectList();
    void postChanged();
    void syncListSelection();
    void refreshHeader();
    void fitHeader();
    void fitList();
    void lookForPictures(bool again);
    void refreshLayers();
    void chooseLayer();
    void refreshEmpty();
    void updateCount();
    void showMenu(const QPoint& globalPoint);
    void showLabel(const QString& type);
    void showComments(bool returns);
    void showAlike(const QString& mention, const QString& type);
    void nextPane();
    void prefetch();
    void placeFinder();
    void openGoTo(const QString& text = {});
    void showWall(bool shown);

    ProjectSession& m_session;
    ActionRegistry& m_actions;
    TagHost* m_host;
    PostListModel* m_model;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QWidget *m_body = nullptr, *m_side = nullptr, *m_centre = nullptr;
    PaneGrip* m_listGrip;
    PostList* m_list;
    NoMatchNote* m_noMatch;
    OrderButton* m_order;
    QLabel *m_count, *m_header, *m_layerTitle;
    QComboBox *m_layer, *m_tags;
    QToolButton *m_keys, *m_wallButton;
    PictureWall* m_wall;
    QHBoxLayout *m_headerRow, *m_chipRow;
    ChipBar* m_chips;
    bool m_chipsInHeader = false;
    TagCanvas* m_canvas;
    EntityList* m_entities;
    TagPanes* m_panes;
    TagBar* m_bar;
    StatusStrip* m_status;
    PicturePanel* m_picture;
    PictureHeat* m_heat;
    BoxHand* m_boxes;
    LabelFinder* m_finder;
    GoTo* m_goTo;
    KeySheet* m_sheet;
    bool m_layerChosen = false;
    std::size_t m_lookedAt = 0;  ///< rows of the project that were asked for a picture
    bool m_hasPictures = false;
    int m_listFrom = 0;  ///< width of the list when its grip was taken
};

PageSpec tagPage();

}  // namespace mnerva::ui
