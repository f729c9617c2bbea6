#include "ui/pages/tag/picture_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/picture_cache.h"
#include "ui/session/picture_view.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

bool isSame(const PostRegions& a, const PostRegions& b) {
    return a.links == b.links && a.regions == b.regions;
}

QPixmap smallPicture(const QString& path, int side, qreal ratio) {
    auto& cache = PictureCache::instance();
    QPixmap picture = path.isEmpty() ? QPixmap() : cache.thumbnail(path, side, ratio);
    const bool missing = path.isEmpty() || cache.state(path) == PictureCache::State::Missing;
    if (picture.isNull() && missing) picture = PictureCache::missingPicture(QSize(side, side), ratio);
    return picture;
}

}  // namespace

CropStrip::CropStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("cropStrip"));
    setFixedHeight(kSide);
    auto& cache = PictureCache::instance();
    connect(&cache, &PictureCache::ready, this, qOverload<>(&QWidget::update));
    connect(&cache, &PictureCache::missing, this, qOverload<>(&QWidget::update));
}

void CropStrip::setCrops(const std::vector<project::PostImage>& crops) {
    m_crops = crops;
    setVisible(!crops.empty());
    setAccessibleName(tr("%n crops of the picture", nullptr, static_cast<int>(crops.size())));
    update();
}

void CropStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const qreal ratio = devicePixelRatioF();
    const int step = kSide + 8;
    const int count = static_cast<int>(m_crops.size());
    int fit = std::max(1, (width() + 8) / step);
    if (fit < count) fit = std::max(1, (width() - 36 + 8) / step);
    int x = 0;
    for (int i = 0; i < std::min(fit, count); ++i, x += step) {
        const auto& crop = m_crops[static_cast<std::size_t>(i)];
        const QRect place(x, 0, kSide, kSide);
        const QPixmap picture = smallPicture(fromUtf8(crop.path), kSide, ratio);
        if (picture.isNull()) {
            painter.fillRect(place, Theme::color(Theme::Role::Hover));
        } else {
            painter.drawPixmap(place, picture);
        }
    }
    if (fit < count) {
        painter.setFont(Theme::secondaryFont());
        painter.setPen(Theme::color(Theme::Role::SecondaryText));
        painter.drawText(QRect(x, 0, 36, kSide), Qt::AlignVCenter | Qt::AlignLeft,
                         QStringLiteral("+%1").arg(count - fit));
    }
}

PictureStrip::PictureStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("pictureStrip"));
    setFixedHeight(kSide + 4);
    auto& cache = PictureCache::instance();
    connect(&cache, &PictureCache::ready, this, qOverload<>(&QWidget::update));
    connect(&cache, &PictureCache::missing, this, qOverload<>(&QWidget::update));
}

void PictureStrip::setPictures(const std::vector<project::PostImage>& pictures) {
    m_pictures = pictures;
    setVisible(pictures.size() > 1);
    setAccessibleName(tr("%n pictures of the post", nullptr, static_cast<int>(pictures.size())));
    update();
}

void PictureStrip::setShown(int index) {
    m_shown = index;
    update();
}

QRect PictureStrip::placeOf(int index) const {
    if (index < 0 || index >= static_cast<int>(m_pictures.size())) return {};
    const int step = kSide + Theme::kGrid, fit = std::max(1, (width() + Theme::kGrid) / step);
    // The one that is shown is always among them.
    const int first = std::clamp(m_shown - fit + 1, 0, std::max(0, static_cast<int>(m_pictures.size()) - fit));
    const QRect place(2 + (index - first) * step, 2, kSide, kSide);
    return index < first || index >= first + fit ? QRect() : place;
}

void PictureStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    for (int i = 0; i < static_cast<int>(m_pictures.size()); ++i)
        if (placeOf(i).contains(event->position().toPoint())) Q_EMIT clicked(i);
}

void PictureStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    for (int i = 0; i < static_cast<int>(m_pictures.size()); ++i) {
        const QRect place = placeOf(i);
        if (place.isEmpty()) continue;
        const auto& file = m_pictures[static_cast<std::size_t>(i)];
        const QPixmap picture = smallPicture(fromUtf8(file.path), kSide, devicePixelRatioF());
        if (picture.isNull())
            painter.fillRect(place, Theme::color(Theme::Role::Hover));
        else
            painter.drawPixmap(place, picture);
        if (i != m_shown) continue;
        painter.setPen(QPen(Theme::color(Theme::Role::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place.adjusted(-1, -1, 1, 1));
    }
}

PicturePanel::PicturePanel(const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent),
      m_view(new PictureView),
      m_grid(new QToolButton),
      m_boxes(new QToolButton),
      m_draw(new QToolButton),
      m_heat(new QToolButton),
      m_find(new QToolButton),
      m_previous(new QToolButton),
      m_next(new QToolButton),
      m_strip(new PictureStrip),
      m_name(new QLabel),
      m_cropTitle(new QLabel),
      m_crops(new CropStrip) {
    setObjectName(QStringLiteral("picturePanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 12, 8);
    column->setSpacing(4);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(4);
    m_name->setFont(Theme::secondaryFont());
    m_name->setForegroundRole(QPalette::PlaceholderText);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar->addWidget(m_name, 1);
    for (QToolButton* button : {m_previous, m_next, m_find, m_draw, m_heat, m_boxes, m_grid}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        bar->addWidget(button);
    }
    m_previous->setObjectName(QStringLiteral("previousPicture"));
    m_next->setObjectName(QStringLiteral("nextPicture"));
    m_grid->setObjectName(QStringLiteral("gridButton"));
    m_previous->setArrowType(Qt::LeftArrow);
    m_next->setArrowType(Qt::RightArrow);
    m_grid->setCheckable(true);
    m_grid->setChecked(settings::value(QStringLiteral("tag/grid"), true).toBool());
    m_view->setGridVisible(m_grid->isChecked());
    m_boxes->setObjectName(QStringLiteral("boxesButton"));
    m_find->setObjectName(QStringLiteral("findObjectsButton"));
    m_heat->setObjectName(QStringLiteral("heatButton"));
    m_heat->setCheckable(true);
    m_heat->setChecked(settings::value(QStringLiteral("tag/heat"), false).toBool());
    actions.describe(m_heat, QStringLiteral("tag.heat"));
    connect(m_heat, &QToolButton::toggled, this, &PicturePanel::heatToggled);
    actions.describe(m_boxes, QStringLiteral("tag.boxes"));
    actions.describe(m_find, QStringLiteral("project.detect"));
    m_draw->setObjectName(QStringLiteral("drawButton"));
    m_draw->setCheckable(true);
    actions.describe(m_draw, QStringLiteral("tag.draw"));
    connect(m_draw, &QToolButton::toggled, this, &PicturePanel::drawingToggled);
    actions.describe(m_strip, QStringLiteral("tag.nextPicture"));
    connect(m_strip, &PictureStrip::clicked, this, &PicturePanel::showImage);
    m_boxes->setCheckable(true);
    m_boxes->setChecked(settings::value(QStringLiteral("tag/boxes"), true).toBool());
    m_view->setBoxesVisible(m_boxes->isChecked());
    column->addLayout(bar);
    m_view->setZoomable(true);
    m_view->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    column->addWidget(m_view, 1);
    m_cropTitle->setFont(Theme::secondaryFont());
    m_cropTitle->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_strip);
    column->addWidget(m_cropTitle);
    column->addWidget(m_crops);

    connect(m_view, &PictureView::pictureCame, this, &PicturePanel::aspectChanged);
    connect(m_grid, &QToolButton::toggled, this, [this](bool on) {
        m_view->setGridVisible(on);
        settings::setValue(QStringLiteral("tag/grid"), on);
    });
    connect(m_boxes, &QToolButton::toggled, this, [this](bool on) {
        m_view->setBoxesVisible(on);
        settings::setValue(QStringLiteral("tag/boxes"), on);
    });
    connect(m_find, &QToolButton::clicked, this, [this] {
        if (m_findAction) m_findAction->trigger();
    });
    connect(m_previous, &QToolButton::clicked, this, [this] { showImage(m_index - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { showImage(m_index + 1); });
    retranslate();
    clear();
}

void PicturePanel::retranslate() {
    m_grid->setText(tr("7×7"));
    m_grid->setToolTip(tr("Show the 7×7 grid over the picture"));
    m_grid->setAccessibleName(m_grid->toolTip());
    m_heat->setText(tr("Heat"));
    m_heat->setAccessibleName(tr("Show where a run looks for the word under the caret"));
    m_boxes->setText(tr("Boxes"));
    m_boxes->setAccessibleName(tr("Show the boxes in the picture"));
    m_draw->setText(tr("Draw"));
    m_draw->setAccessibleName(tr("Draw boxes in the picture"));
    m_find->setText(tr("Find…"));
    m_find->setAccessibleName(tr("Find objects in pictures"));
    m_previous->setToolTip(tr("Previous picture of the post"));
    m_previous->setAccessibleName(m_previous->toolTip());
    m_next->setToolTip(tr("Next picture of the post"));
    m_next->setAccessibleName(m_next->toolTip());
    m_cropTitle->setText(tr("Crops"));
    showBoxes();
    describe();
}

void PicturePanel::setLabels(const LabelSet& labels) {
    if (labels == m_labels) return;
    m_labels = labels;
    showBoxes();
}

void PicturePanel::setChosen(RegionId box) {
    if (box == m_chosen) return;
    m_chosen = box;
    showBoxes();
}

void PicturePanel::setDraft(std::optional<PictureBox> draft) {
    if (!draft && !m_draft) return;
    m_draft = std::move(draft);
    showBoxes();
}

void PicturePanel::setDrawing(bool on) {
    m_draw->setChecked(on);
}

bool PicturePanel::isDrawing() const {
    return m_draw->isChecked();
}

void PicturePanel::showBoxesAgain() {
    m_boxes->setChecked(true);
}

void PicturePanel::setPost(const project::PostView& view) {
    m_images = view.images;
    m_post = view.post;
    m_regions = view.regions;
    m_chosen = {};
    m_draft.reset();
    m_strip->setPictures(view.images);
    m_crops->setCrops(view.crops);
    m_cropTitle->setVisible(!view.crops.empty());
    m_view->clearHeat();
    showImage(0);
}

void PicturePanel::setRegions(const PostRegions& regions) {
    if (isSame(m_regions, regions)) return;
    m_regions = regions;
    showBoxes();
}

void PicturePanel::setFindAction(QAction* action) {
    m_findAction = action;
    if (action) connect(action, &QAction::changed, m_find, [this] { m_find->setEnabled(m_findAction->isEnabled()); });
    m_find->setEnabled(action && action->isEnabled());
    showBoxes();
}

void PicturePanel::showBoxes() {
    m_boxes->setVisible(!m_regions.regions.empty());
    m_find->setVisible(m_findAction && m_regions.regions.empty() && !m_images.empty());
    std::vector<PictureBox> boxes = pictureBoxes(m_regions, m_post, m_index, &m_labels);
    for (PictureBox& box : boxes) box.isChosen = m_chosen.isValid() && box.id == m_chosen;
    if (m_draft) {
        std::erase_if(boxes, [this](const PictureBox& box) { return m_draft->id.isValid() && box.id == m_draft->id; });
        boxes.push_back(*m_draft);
    }
    m_view->setBoxes(std::move(boxes));
}

void PicturePanel::toggleBoxes() {
    m_boxes->toggle();
}

void PicturePanel::toggleHeat() {
    m_heat->toggle();
}

void PicturePanel::zoom(int steps) {
    m_view->zoomBy(steps);
}

double PicturePanel::aspect() const {
    if (m_images.empty()) return 0;
    const QSize known = PictureCache::instance().fullSize(m_view->path());
    return known.isEmpty() ? 0 : double(known.width()) / known.height();
}

bool PicturePanel::isHeatShown() const {
    return m_heat->isChecked();
}

void PicturePanel::clear() {
    setPost({});
}

void PicturePanel::showImage(int index) {
    const int count = static_cast<int>(m_images.size());
    m_index = std::clamp(index, 0, std::max(0, count - 1));
    m_strip->setShown(m_index);
    m_view->setFile(count == 0 ? project::PostImage{} : m_images[static_cast<std::size_t>(m_index)]);
    showBoxes();
    m_previous->setVisible(count > 1);
    m_next->setVisible(count > 1);
    m_previous->setEnabled(m_index > 0);
    m_next->setEnabled(m_index + 1 < count);
    m_heat->setVisible(count > 0);
    m_draw->setVisible(count > 0);
    describe();
    Q_EMIT imageChanged();
}

void PicturePanel::describe() {
    const int count = static_cast<int>(m_images.size());
    if (count == 0) {
        m_name->clear();
        return;
    }
    const QString file = fromUtf8(m_images[static_cast<std::size_t>(m_index)].file);
    m_name->setText(count == 1 ? file
                               : tr("%1 · %2 of %3").arg(file, QString::number(m_index + 1), QString::number(count)));
    m_name->setToolTip(fromUtf8(m_images[static_cast<std::size_t>(m_index)].path));
}

}  // namespace mnerva::ui
