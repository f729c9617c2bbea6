#include "ui/pages/tag/tag_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/alike_dialog.h"
#include "ui/pages/tag/box_hand.h"
#include "ui/pages/tag/chip_bar.h"
#include "ui/pages/tag/comments_dialog.h"
#include "ui/pages/tag/entity_list.h"
#include "ui/pages/tag/go_to.h"
#include "ui/pages/tag/key_sheet.h"
#include "ui/pages/tag/label_dialog.h"
#include "ui/pages/tag/label_finder.h"
#include "ui/pages/tag/link_line.h"
#include "ui/pages/tag/picture_heat.h"
#include "ui/pages/tag/picture_panel.h"
#include "ui/pages/tag/picture_wall.h"
#include "ui/pages/tag/post_list.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/pages/tag/status_strip.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/pages/tag/tag_bar.h"
#include "ui/pages/tag/tag_canvas.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/pages/tag/tag_panes.h"
#include "ui/session/no_match_note.h"
#include "ui/session/order_button.h"
#include "ui/session/picture_cache.h"
#include "ui/session/picture_view.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/empty_state.h"

namespace mnerva::ui {

namespace {

constexpr auto kListWidth = "tag/listWidth";
constexpr int kWideHeader = 720, kLeastList = 120, kLeastCentre = 320;
constexpr int kHeaderText = 240;  ///< room for the post's own line beside the chips
constexpr auto kNoSuggestions = "tag/noSuggestions";

QLabel* quietLabel(const QString& name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setFont(Theme::secondaryFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

TagPage::TagPage(ProjectSession& session, ActionRegistry& actions, QWidget* parent)
    : Page(parent),
      m_session(session),
      m_actions(actions),
      m_host(new TagHost(session, actions, this)),
      m_model(new PostListModel(session, this)),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState(QStringLiteral("tag"))) {
    setObjectName(QStringLiteral("tagPage"));
    m_picture = new PicturePanel(actions);
    m_heat = new PictureHeat(session, *m_picture->picture(), this);
    m_boxes = new BoxHand(*m_host, *m_picture, this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeBody());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_finder = new LabelFinder(*m_host, this);
    m_goTo = new GoTo(*m_host, this);
    m_sheet = new KeySheet(actions, this);
    setFocusProxy(m_canvas);
    connectSession();
    connectHost();
    connectList();
    retranslate();
    lookForPictures(true);
    postChanged();
}

TagPage::~TagPage() = default;

QWidget* TagPage::makeBody() {
    m_body = new QWidget;
    m_body->setObjectName(QStringLiteral("tagBody"));
    m_listGrip = new PaneGrip(true);
    m_listGrip->setObjectName(QStringLiteral("listGrip"));
    m_listGrip->setFixedWidth(kGripWidth);
    auto* row = new QHBoxLayout(m_body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeList());
    row->addWidget(m_listGrip);
    row->addWidget(makeCentre(), 1);
    m_wall = new PictureWall(*m_model, m_session);
    m_wall->hide();
    row->addWidget(m_wall, 1);
    return m_body;
}

QWidget* TagPage::makeList() {
    m_side = new QWidget;
    m_side->setObjectName(QStringLiteral("postListPanel"));
    auto* column = new QVBoxLayout(m_side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_count = quietLabel(QStringLiteral("postCount"));
    m_count->setContentsMargins(10, 8, 0, 8);
    m_count->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_order = new OrderButton(m_session);
    m_actions.describe(m_order, QStringLiteral("tag.order"));
    m_wallButton = new QToolButton;
    m_wallButton->setObjectName(QStringLiteral("wallButton"));
    m_wallButton->setAutoRaise(true);
    m_wallButton->setCheckable(true);
    m_wallButton->setFocusPolicy(Qt::TabFocus);
    m_actions.describe(m_wallButton, QStringLiteral("tag.wall"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 2, 4, 0);
    head->setSpacing(0);
    head->addWidget(m_count, 1);
    head->addWidget(m_order);
    head->addWidget(m_wallButton);
    column->addLayout(head);
    m_order->note()->setContentsMargins(10, 0, 8, 6);
    column->addWidget(m_order->note());
    m_list = new PostList(*m_model, m_session);
    m_noMatch = new NoMatchNote(m_session, *m_list);
    column->addWidget(m_list, 1);
    return m_side;
}

QHBoxLayout* TagPage::makeHeader() {
    auto* header = new QHBoxLayout;
    header->setContentsMargins(16, 8, 16, 4);
    header->setSpacing(8);
    m_header = quietLabel(QStringLiteral("postHeader"));
    m_header->installEventFilter(this);
    m_header->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_header->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_layerTitle = quietLabel(QStringLiteral("layerTitle"));
    m_layer = new QComboBox;
    m_layer->setObjectName(QStringLiteral("suggestionLayer"));
    m_layer->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_tags = new QComboBox;
    m_tags->setObjectName(QStringLiteral("tagRow"));
    m_keys = new QToolButton;
    m_keys->setObjectName(QStringLiteral("keysButton"));
    m_keys->setAutoRaise(true);
    m_keys->setText(QStringLiteral("?"));
    header->addWidget(m_header, 1);
    header->addWidget(m_layerTitle);
    header->addWidget(m_layer);
    header->addWidget(m_tags);
    header->addWidget(m_keys);
    m_actions.describe(m_tags, QStringLiteral("tag.scheme"));
    m_actions.describe(m_keys, QStringLiteral("tag.keys"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_layer, m_tags, m_keys}) {
        widget->setFocusPolicy(Qt::TabFocus);
        widget->setFont(Theme::secondaryFont());
    }
    return header;
}

QWidget* TagPage::makeCentre() {
    m_centre = new QWidget;
    m_centre->setObjectName(QStringLiteral("tagCentre"));
    m_centre->installEventFilter(this);
    auto* column = new QVBoxLayout(m_centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_headerRow = makeHeader();
    column->addLayout(m_headerRow);
    m_chips = new ChipBar(*m_host);
    m_chipRow = new QHBoxLayout;
    m_chipRow->setContentsMargins(16, 0, 16, 4);
    m_chipRow->addWidget(m_chips);
    column->addLayout(m_chipRow);
    m_canvas = new TagCanvas(*m_host);
    m_entities = new EntityList(*m_host);
    m_panes = new TagPanes(*m_canvas, *m_entities, *m_picture);
    new LinkLine(*m_canvas, *m_entities, *m_picture, *m_boxes, m_panes);
    column->addWidget(m_panes, 1);
    m_bar = new TagBar(*m_host, *m_model);
    column->addWidget(m_bar);
    m_status = new StatusStrip(*m_host);
    column->addWidget(m_status);
    return m_centre;
}

void TagPage::connectHost() {
    connect(m_host, &TagHost::postChanged, this, &TagPage::postChanged);
    connect(m_host, &TagHost::statusChanged, this, &TagPage::refreshHeader);
    connect(m_host, &TagHost::labelFinderWanted, this, [this] {
        placeFinder();
        m_finder->open();
    });
    connect(m_host, &TagHost::labelEditWanted, this, &TagPage::showLabel);
    connect(m_host, &TagHost::alikeWanted, this, &TagPage::showAlike);
    connect(m_host, &TagHost::commentsWanted, this, &TagPage::showComments);
    connect(m_host, &TagHost::goToWanted, this, [this] { openGoTo(); });
    connect(m_host, &TagHost::orderWanted, m_order, &OrderButton::openMenu);
    connect(m_host, &TagHost::wallWanted, this, [this] { showWall(m_wall->isHidden()); });
    connect(m_wallButton, &QToolButton::clicked, this, [this] { showWall(m_wall->isHidden()); });
    connect(m_wall, &PictureWall::opened, this, [this] { showWall(false); });
    connect(m_wall, &PictureWall::left, this, [this] { showWall(false); });
    connect(m_host, &TagHost::keySheetWanted, m_sheet, &KeySheet::open);
    connect(m_host, &TagHost::nextPaneWanted, this, &TagPage::nextPane);
    connect(m_host, &TagHost::boxesToggleWanted, m_picture, &PicturePanel::toggleBoxes);
    connect(m_host, &TagHost::heatToggleWanted, m_picture, &PicturePanel::toggleHeat);
    connect(m_host, &TagHost::zoomWanted, m_picture, &PicturePanel::zoom);
    connect(m_host, &TagHost::imageWanted, this, [this](int delta) {
        const int count = m_picture->imageCount();
        if (count > 1)
            m_picture->showImage((m_picture->shownImage() + delta + count) % count);
        else
            m_host->inform(count == 1 ? tr("This post has one picture.") : tr("This post has no picture."));
    });
    connect(m_boxes, &BoxHand::left, m_canvas, qOverload<>(&QWidget::setFocus));
    connect(m_picture, &PicturePanel::heatToggled, m_heat, &PictureHeat::setOn);
    connect(m_picture, &PicturePanel::aspectChanged, this, [this] {
        if (m_picture->aspect() > 0) m_panes->setAspect(m_picture->aspect());
    });
    const auto follow = [this] { m_heat->show(m_host->editor().caret(), m_picture->shownImage()); };
    connect(m_host, &TagHost::changed, m_heat, follow);
    connect(m_picture, &PicturePanel::imageChanged, m_heat, follow);
    connect(m_host, &TagHost::textSizeWanted, this, [](int points) {
        if (auto* theme = Theme::instance()) theme->setPostTextSize(points);
    });
    connect(m_host, &TagHost::tagRowChanged, this,
            [this] { m_tags->setCurrentIndex(static_cast<int>(m_host->tagRow())); });
    const auto toText = qOverload<>(&QWidget::setFocus);
    connect(m_sheet, &KeySheet::closed, m_canvas, toText);
    connect(m_finder, &LabelFinder::closed, m_canvas, toText);
    connect(m_goTo, &GoTo::closed, m_canvas, toText);
    connect(m_entities, &EntityList::clickedRow, m_canvas, toText);
    connect(m_entities, &EntityList::menuWanted, this, &TagPage::showMenu);
    connect(m_canvas, &TagCanvas::menuWanted, this, &TagPage::showMenu);
    connect(m_chips, &ChipBar::rebuilt, this, &TagPage::fitHeader);
    connect(m_keys, &QToolButton::clicked, m_sheet, &KeySheet::open);
    connect(m_tags, &QComboBox::activated, this, [this](int index) { m_host->setTagRow(static_cast<TagRow>(index)); });
    connect(m_layer, &QComboBox::activated, this, [this](int index) {
        const QString layer = m_layer->itemData(index).toString();
        settings::setValue(QLatin1String(kNoSuggestions), layer.isEmpty());
        m_session.setSuggestionLayer(layer);
    });
}

void TagPage::connectList() {
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        const PostId post = m_model->postAt(now.row());
        if (post.isValid() && post != m_session.currentPost()) m_session.setCurrentPost(post);
    });
    const auto toText = qOverload<>(&QWidget::setFocus);
    connect(m_list, &QListView::activated, m_canvas, toText);
    connect(m_list, &PostList::clickedRow, m_canvas, toText);
    connect(m_list, &PostList::statusClicked, m_host, &TagHost::toggleDoneOf);
    connect(m_listGrip, &PaneGrip::dragStarted, this, [this] { m_listFrom = m_side->width(); });
    connect(m_listGrip, &PaneGrip::dragged, this, [this](int pixels) {
        settings::setValue(QLatin1String(kListWidth), std::max(kLeastList, m_listFrom + pixels));
        fitList();
    });
    connect(m_listGrip, &PaneGrip::given, this, [this] {
        settings::remove(QLatin1String(kListWidth));
        fitList();
    });
    // Rows only come and go with these; the selection follows the post, not the row number.
    connect(m_model, &QAbstractItemModel::modelReset, this, &TagPage::syncListSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TagPage::refreshEmpty);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &TagPage::refreshEmpty);
}

void TagPage::connectSession() {
    connect(&m_session, &ProjectSession::opened, this, [this] { m_layerChosen = false; });
    for (const auto signal : {&ProjectSession::opened, &ProjectSession::closed, &ProjectSession::summariesReset})
        connect(&m_session, signal, this, [this] { lookForPictures(true); });
    connect(&m_session, &ProjectSession::summariesGrew, this, [this] { lookForPictures(false); });
    connect(&m_session, &ProjectSession::opened, this, &TagPage::refreshEmpty);
    connect(&m_session, &ProjectSession::closed, this, &TagPage::refreshEmpty);
    connect(&m_session, &ProjectSession::infoChanged, this, &TagPage::updateCount);
    // Boxes come while the post is shown: a detector has ended, or another program wrote.
    connect(&m_session, &ProjectSession::stateChanged, this, [this] {
        if (!m_host->hasPost()) return;
        m_picture->setRegions(m_session.view().regions);
        m_boxes->stateChanged();
    });
    connect(&m_session, &ProjectSession::infoChanged, this, [this] { m_picture->setLabels(m_session.labels()); });
    connect(&m_session, &ProjectSession::layersChanged, this, &TagPage::refreshLayers);
    auto& cache = PictureCache::instance();
    connect(&cache, &PictureCache::ready, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(&cache, &PictureCache::missing, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_empty, &EmptyState::triggered, this, [this] { Q_EMIT pageWanted(QStringLiteral("data")); });
}

void TagPage::setFindAction(QAction* action) {
    m_picture->setFindAction(action);
}

// --- keeping up -----------------------------------------------------------------------------------------------------

void TagPage::postChanged() {
    if (m_host->hasPost()) {
        m_picture->setLabels(m_session.labels());
        m_picture->setPost(m_session.view());
        lookForPictures(false);
        if (m_picture->aspect() > 0) m_panes->setAspect(m_picture->aspect());
        m_heat->show(m_host->editor().caret(), m_picture->shownImage());
        m_heat->postChanged();
        prefetch();
    } else {
        m_picture->clear();
    }
    syncListSelection();
    refreshHeader();
    refreshEmpty();
}

void TagPage::prefetch() {
    // The next two pictures are decoded while this post is being read.
    const auto& rows = m_session.visibleRows();
    const int row = m_model->rowOf(m_session.currentPost());
    QStringList paths;
    for (const int next : {row + 1, row + 2, row - 1}) {
        if (row < 0 || next < 0 || next >= static_cast<int>(rows.size())) continue;
        const auto post = m_session.summaries()[static_cast<std::size_t>(rows[static_cast<std::size_t>(next)])];
        if (!post.imagePath.empty()) paths << fromUtf8(post.imagePath);
    }
    const QSize box = (QSizeF(picture()->size()) * devicePixelRatioF()).toSize().expandedTo(QSize(64, 64));
    PictureCache::instance().prefetch(paths, box);
}

void TagPage::syncListSelection() {
    const int row = m_model->rowOf(m_session.currentPost());
    if (row < 0) {
        m_list->selectionModel()->clearSelection();
        return;
    }
    if (m_list->currentIndex() != m_model->index(row)) m_list->showRow(row);
}

void TagPage::refreshHeader() {
    const QString text = m_host->headerText();
    m_header->setText(m_header->fontMetrics().elidedText(text, Qt::ElideRight, std::max(0, m_header->width())));
    m_header->setToolTip(text);
    m_header->setAccessibleName(text);
}

void TagPage::chooseLayer() {
    // Once a project, when it turns out to have runs: the newest one's suggestions, unless somebody wants none.
    if (m_layerChosen) return;
    QString newest;
    for (const auto& layer : m_session.layers()) {
        if (layer.kind == project::LayerKind::Run) newest = fromUtf8(layer.name);
    }
    if (newest.isEmpty()) return;
    m_layerChosen = true;
    const bool none = settings::value(QLatin1String(kNoSuggestions), false).toBool();
    if (!none && m_session.suggestionLayer().isEmpty()) m_session.setSuggestionLayer(newest);
}

void TagPage::refreshLayers() {
    chooseLayer();
    const QString chosen = m_session.suggestionLayer();
    m_layer->clear();
    m_layer->addItem(tr("none"), QString());
    for (const auto& layer : m_session.layers()) {
        if (layer.kind != project::LayerKind::Run) continue;
        const QString name = fromUtf8(layer.name);
        m_layer->addItem(name, name);
        if (name == chosen) m_layer->setCurrentIndex(m_layer->count() - 1);
    }
    m_layer->setVisible(m_layer->count() > 1);
    fitHeader();
}

void TagPage::fitHeader() {
    // In a narrow middle the post's own line matters more than the name of the box, which its tool tip says too.
    m_layerTitle->setVisible(m_layer->count() > 1 && m_centre->width() >= kWideHeader);
    // Few labels stand in the header: their row is height that the photo can have.
    int others = kHeaderText + 32 + 8 * m_headerRow->spacing();
    for (const QWidget* widget : std::initializer_list<QWidget*>{m_layerTitle, m_layer, m_tags, m_keys})
        if (!widget->isHidden()) others += widget->sizeHint().width();
    const bool inHeader = m_chips->wholeWidth() + others <= m_centre->width();
    if (inHeader != m_chipsInHeader) {
        m_chipsInHeader = inHeader;
        if (inHeader)
            m_headerRow->insertWidget(1, m_chips);
        else
            m_chipRow->addWidget(m_chips);
        m_chipRow->setContentsMargins(16, 0, 16, inHeader ? 0 : 4);
    }
    m_chips->setMinimumWidth(inHeader ? m_chips->wholeWidth() : 0);
    refreshHeader();
}

void TagPage::fitList() {
    const int wide = window()->width();
    const bool narrow = wide < kNarrowWindow;
    m_list->setShape(m_hasPictures, narrow && m_hasPictures);
    const int chosen = settings::value(QLatin1String(kListWidth), 0).toInt();
    int width_ = listWidth(wide, m_hasPictures);
    if (chosen > 0 && !m_list->isCompact()) width_ = std::min(chosen, std::max(kLeastList, width() - kLeastCentre));
    m_side->setFixedWidth(width_);
    m_listGrip->setEnabled(!m_list->isCompact());
    m_count->setVisible(!m_list->isCompact());
    m_order->setShort(m_list->isCompact());
    m_wallButton->setVisible(m_hasPictures && !m_list->isCompact());
    m_panes->setNarrow(narrow);
}

/// Whether any post has a picture: without one there is no pane for it and there are no thumbnails. Each row is asked
/// once, and none behind the first that has one.
void TagPage::lookForPictures(bool again) {
    if (again) {
        m_lookedAt = 0;
        m_hasPictures = false;
    }
    const auto& all = m_session.summaries();
    for (; !m_hasPictures && m_lookedAt < all.size(); ++m_lookedAt) m_hasPictures = all.hasPictureAt(m_lookedAt);
    // A picture whose folder is not known is in no summary.
    if (m_host->hasPost()) m_hasPictures |= !m_session.view().images.empty();
    m_panes->setHasPictures(m_hasPictures);
    fitList();
}

bool TagPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == m_centre) fitHeader();
    if (event->type() == QEvent::Resize && watched == m_header) refreshHeader();
    return Page::eventFilter(watched, event);
}

void TagPage::refreshEmpty() {
    const bool empty = !m_session.isOpen() || (m_session.summaries().empty() && m_session.filter().isEmpty());
    m_stack->setCurrentWidget(empty ? static_cast<QWidget*>(m_empty) : m_body);
    updateCount();
}

void TagPage::updateCount() {
    m_bar->refresh();
    const int shown = m_model->rowCount();
    const int all = static_cast<int>(m_session.summaries().size());
    if (shown == all) {
        m_count->setText(tr("%Ln posts", nullptr, all));
    } else {
        m_count->setText(tr("%L1 of %Ln posts", nullptr, all).arg(shown));
    }
}

PictureView* TagPage::picture() const {
    return m_picture->picture();
}

// --- what the page answers ------------------------------------------------------------------------------------------

void TagPage::activated() {
    (m_wall->isHidden() ? static_cast<QWidget*>(m_canvas) : m_wall)->setFocus();
}

bool TagPage::runAction(const QString& id) {
    return m_host->run(id);
}

void TagPage::retranslate() {
    m_empty->setSentence(tr("No posts yet. Import a data set, and its posts are here to be tagged."));
    m_empty->setButton(tr("Import data…"));
    m_layerTitle->setText(tr("Suggestions of"));
    m_layer->setAccessibleName(tr("Run whose suggestions are shown"));
    m_layer->setToolTip(m_layer->accessibleName());
    const int row = static_cast<int>(m_host->tagRow());
    m_tags->clear();
    m_tags->addItems({QStringLiteral("BIO"), QStringLiteral("BMES"), tr("no tags")});
    m_tags->setCurrentIndex(row);
    m_tags->setAccessibleName(tr("Tags under the words"));
    m_keys->setAccessibleName(tr("List of keys"));
    m_list->setAccessibleName(tr("Posts"));
    m_noMatch->retranslate();
    m_order->retranslate();
    m_wallButton->setIcon(Theme::icon(QStringLiteral("wall")));
    m_wallButton->setAccessibleName(m_actions.text(QStringLiteral("tag.wall")));
    m_wall->retranslate();
    m_chips->retranslate();
    m_entities->retranslate();
    m_bar->retranslate();
    m_status->retranslate();
    m_picture->retranslate();
    m_host->retranslate();
    refreshLayers();
    refreshHeader();
    updateCount();
}

void TagPage::keyPressEvent(QKeyEvent* event) {
    // J, K, ? and the like work wherever on the page the focus is, as long as nobody types text there.
    const ActionRegistry::Definition* action = m_actions.actionFor(QStringLiteral("tag"), event);
    if (action && action->traits & kEverywhere) {
        m_host->run(action->id);
        return;
    }
    Page::keyPressEvent(event);
}

void TagPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    fitList();
    placeFinder();
}

void TagPage::placeFinder() {
    const QPoint at = m_canvas->mapTo(this, m_canvas->wordRect(m_host->editor().caret()).bottomLeft().toPoint());
    const int x = std::clamp(at.x(), 8, std::max(8, width() - m_finder->width() - 8));
    const int y = std::clamp(at.y() + 8, 8, std::max(8, height() - m_finder->height() - 8));
    m_finder->move(x, y);
}

/// In the place of the post; the list stays beside it.
void TagPage::showWall(bool shown) {
    m_wallButton->setChecked(shown);
    m_centre->setVisible(!shown);
    m_wall->setVisible(shown);
    (shown ? static_cast<QWidget*>(m_wall) : m_canvas)->setFocus();
}

/// Over the middle, so that text and list stay in sight beside it.
void TagPage::openGoTo(const QString& text) {
    if (!m_session.isOpen()) return;
    m_goTo->move(std::max(0, (width() - m_goTo->width()) / 2), std::min(96, std::max(0, height() - m_goTo->height())));
    m_goTo->open(text);
}

void TagPage::nextPane() {
    std::vector<QWidget*> panes{m_canvas, m_list, m_entities,
                                m_layer->isVisible() ? static_cast<QWidget*>(m_layer) : m_tags};
    if (m_panes->hasPictures()) panes.push_back(picture());
    std::size_t now = panes.size() - 1;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        if (panes[i]->hasFocus()) now = i;
    }
    panes[(now + 1) % panes.size()]->setFocus(Qt::TabFocusReason);
}

void TagPage::showMenu(const QPoint& globalPoint) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("labelMenu"));
    const auto& labels = m_session.labels();
    const auto focus = m_host->editor().focus();
    for (std::size_t i = 0; i < labels.types.size(); ++i) {
        const QString key = labelKeyText(m_actions, static_cast<int>(i));
        const QString name = withoutMnemonic(fromUtf8(labels.types[i]));
        QPixmap mark(12, 12);
        mark.fill(Theme::labelColor(labels.types[i], labels));
        auto* action = menu->addAction(QIcon(mark), key.isEmpty() ? name : QStringLiteral("%1\t%2").arg(name, key));
        action->setEnabled(m_host->acceptsEdits());
        connect(action, &QAction::triggered, m_host, [this, i] { m_host->labelAt(static_cast<int>(i)); });
        if (i == 19 && labels.types.size() > 20) break;  // a menu of 66 lines helps nobody; "/" finds the rest
    }
    menu->addSeparator();
    const auto add = [&](const char* id, bool enabled) {
        const QString name = QString::fromLatin1(id);
        auto* action = menu->addAction(
            QStringLiteral("%1\t%2").arg(m_actions.text(name), m_actions.key(name).toString(QKeySequence::NativeText)));
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, m_host, [this, name] { m_host->run(name); });
    };
    add("tag.findLabel", m_host->acceptsEdits());
    add("tag.editLabel", m_host->acceptsEdits());
    add("tag.newLabel", m_host->acceptsEdits());
    add("tag.accept", m_host->acceptsEdits() && focus.isSuggestion());
    add("tag.remove", m_host->acceptsEdits() && focus.kind != TagFocus::Kind::None);
    add("tag.all", m_host->acceptsEdits());
    add("tag.acceptAll", m_host->acceptsEdits() && !m_host->editor().pending().empty());
    add("tag.rejectAll", m_host->acceptsEdits() && !m_host->editor().pending().empty());
    add("tag.nothing", m_host->acceptsEdits());
    menu->addSeparator();
    add("tag.ground", m_host->acceptsEdits() && focus.isEntity() && !m_session.view().images.empty());
    add("tag.heat", !m_session.view().images.empty());
    menu->addSeparator();
    add("tag.nextOpen", m_model->rowCount() > 0);
    add("tag.goTo", true);
    menu->addSeparator();
    add("tag.finish", m_host->acceptsEdits());
    add("tag.done", m_host->acceptsEdits());
    add("tag.flag", m_host->acceptsEdits());
    add("tag.skip", m_host->acceptsEdits());
    add("tag.comments", m_host->hasPost());
    menu->addSeparator();
    add("tag.reviewAsk", m_host->acceptsEdits());
    add("tag.reviewAccept", m_host->acceptsEdits());
    add("tag.reviewReturn", m_host->acceptsEdits());
    menu->popup(globalPoint);
}

void TagPage::showLabel(const QString& type) {
    auto* dialog = new LabelDialog(m_session, toUtf8(type), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LabelDialog::written, m_host, &TagHost::labelWritten);
    connect(dialog, &QDialog::finished, m_canvas, qOverload<>(&QWidget::setFocus));
    dialog->open();
}

void TagPage::showAlike(const QString& mention, const QString& type) {
    auto* dialog = new AlikeDialog(m_session, mention, toUtf8(type), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AlikeDialog::labelled, m_host, &TagHost::alikeDone);
    connect(dialog, &QDialog::finished, m_canvas, qOverload<>(&QWidget::setFocus));
    dialog->open();
}

void TagPage::showComments(bool returns) {
    auto* dialog = new CommentsDialog(*m_host, returns, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, m_canvas, qOverload<>(&QWidget::setFocus));
    dialog->open();
}

std::vector<Page::CaptureDialog> TagPage::dialogsForCapture() {
    return {{QStringLiteral("comments"),
             [this]() -> QWidget* { return m_host->hasPost() ? new CommentsDialog(*m_host, false) : nullptr; }},
            {QStringLiteral("label"),
             [this]() -> QWidget* {
                 const auto& types = m_session.labels().types;
                 return types.empty() ? nullptr : new LabelDialog(m_session, types.front());
             }},
            {QStringLiteral("alike"), [this]() -> QWidget* {
                 if (!m_host->hasPost()) return nullptr;
                 // The first entity of the project's beginning, or its first word.
                 const auto& view = m_session.view();
                 const Entity first = view.state.entities.empty() ? Entity{} : view.state.entities.front();
                 return new AlikeDialog(m_session, coveredText(view.post, first.first, first.last), first.type);
             }}};
}

std::vector<Page::CaptureState> TagPage::statesForCapture() {
    return {{QStringLiteral("wall"), [this] { showWall(true); }},
            {QStringLiteral("goto"),
             [this] {
                 showWall(false);
                 openGoTo(QStringLiteral("1"));
             }},
            {QStringLiteral("keys"), [this] { m_sheet->open(); }}};
}

bool TagPage::readyForCapture() const {
    if (!m_session.isOpen()) return true;
    if (!m_session.summaries().empty() && !m_host->hasPost()) return false;
    const auto* view = picture();
    return view->path().isEmpty() || view->hasPicture() || view->isMissing();
}

PageSpec tagPage() {
    return {.id = QStringLiteral("tag"),
            .icon = QStringLiteral("tag"),
            .title = [] { return TagPage::tr("Tag"); },
            .make = [](const PageContext& window) -> Page* {
                auto* made = new TagPage(window.session, window.actions);
                made->setFindAction(window.actions.action(QStringLiteral("project.detect")));
                return made;
            },
            .standing = PageSpec::Standing::Work,
            .defineActions = defineTagActions};
}

}  // namespace mnerva::ui
