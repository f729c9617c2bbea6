#include "ui/pages/attention/control_bar.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QStandardItemModel>
#include <algorithm>
#include <tuple>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/attention/attention_host.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {
namespace {

constexpr int kWideBar = 1300;

QComboBox* makeBox(QWidget* parent, const char* name, int letters) {
    auto* box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(letters);
    return box;
}

QToolButton* makeButton(QWidget* parent, const char* name, const char* icon) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoRaise(true);
    button->setIcon(Theme::icon(QString::fromLatin1(icon)));
    return button;
}

void choose(QComboBox& box, const QVariant& data) {
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

/// All about the score of the run that is chosen in a box.
void tellScore(QComboBox& box, const QString& what) {
    const QString score = box.currentData(Qt::ToolTipRole).toString();
    box.setToolTip(score.isEmpty() ? what : score);
}

QString methodText(std::string_view english) {
    return QCoreApplication::translate("Attribution", std::string(english).c_str());
}

}  // namespace

ControlBar::ControlBar(const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent), m_actions(actions), m_view(loadViewSettings()) {
    setObjectName(QStringLiteral("attentionBar"));
    setFixedHeight(kHeight);
    m_shown = m_view.heat.attention;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2 * Theme::kGrid, 0, 2 * Theme::kGrid, 0);
    row->setSpacing(Theme::kGrid);
    row->addWidget(m_run = makeBox(this, "attentionRun", 11));
    row->addWidget(m_second = makeBox(this, "attentionSecondRun", 9));
    row->addWidget(m_method = makeBox(this, "attentionMethod", 8));
    row->addWidget(m_layer = makeBox(this, "attentionLayer", 5));
    row->addWidget(m_head = makeBox(this, "attentionHead", 8));
    row->addWidget(m_direction = makeButton(this, "attentionDirection", "swap"));
    row->addWidget(m_difference = makeButton(this, "attentionDifference", "minus"));
    row->addWidget(m_cover = makeButton(this, "attentionCover", "picture-off"));
    row->addWidget(m_similar = makeButton(this, "attentionSimilar", "similar"));
    row->addWidget(m_more = makeButton(this, "attentionMore", "more"));
    row->addSpacing(Theme::kGrid);
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("attentionTitle"));
    m_title->setFont(Theme::secondaryFont());
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->installEventFilter(this);
    row->addWidget(m_title, 1);
    row->addWidget(m_previousPicture = makeButton(this, "previousPicture", "previous"));
    m_pictureName = new QLabel(this);
    m_pictureName->setObjectName(QStringLiteral("pictureName"));
    m_pictureName->setFont(Theme::secondaryFont());
    row->addWidget(m_pictureName);
    row->addWidget(m_nextPicture = makeButton(this, "nextPicture", "next"));
    row->addWidget(m_previous = makeButton(this, "attentionPrevious", "previous"));
    row->addWidget(m_next = makeButton(this, "attentionNext", "next"));
    row->addWidget(m_drawer = makeButton(this, "attentionDrawer", "list"));
    row->addWidget(m_save = makeButton(this, "exportMap", "export"));
    for (QToolButton* button : {m_direction, m_difference, m_cover, m_similar, m_drawer}) button->setCheckable(true);
    m_options = new OptionsPopup(this);
    m_options->fill(m_view);
    setComparing(false);
    setPictures(0, 1);
    retranslate();
    connectFields();
}

void ControlBar::connectFields() {
    connect(m_run, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) Q_EMIT runChosen(m_run->currentData().toString());
    });
    connect(m_second, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) Q_EMIT secondRunChosen(m_second->currentData().toString());
    });
    connect(m_run, &QComboBox::currentIndexChanged, this, [this] { tellScore(*m_run, tr("Run")); });
    connect(m_second, &QComboBox::currentIndexChanged, this, [this] { tellScore(*m_second, tr("Compared with")); });
    for (QComboBox* box : {m_method, m_layer, m_head})
        connect(box, &QComboBox::currentIndexChanged, this, &ControlBar::takeFields);
    for (QToolButton* button : {m_direction, m_difference})
        connect(button, &QToolButton::toggled, this, &ControlBar::takeFields);
    connect(m_options, &OptionsPopup::changed, this, &ControlBar::takeFields);
    connect(m_drawer, &QToolButton::toggled, this, &ControlBar::drawerToggled);
    connect(m_cover, &QToolButton::toggled, this, &ControlBar::coverToggled);
    connect(m_similar, &QToolButton::toggled, this, &ControlBar::similarToggled);
    connect(m_more, &QToolButton::clicked, this, &ControlBar::openMore);
    connect(m_save, &QToolButton::clicked, this, &ControlBar::exportWanted);
    connect(m_previous, &QToolButton::clicked, this, &ControlBar::previousWanted);
    connect(m_next, &QToolButton::clicked, this, &ControlBar::nextWanted);
    connect(m_previousPicture, &QToolButton::clicked, this, [this] { Q_EMIT pictureStepWanted(-1); });
    connect(m_nextPicture, &QToolButton::clicked, this, [this] { Q_EMIT pictureStepWanted(1); });
    m_actions.describe(m_previousPicture, QStringLiteral("attention.previousPicture"));
    m_actions.describe(m_nextPicture, QStringLiteral("attention.nextPicture"));
    m_actions.describe(m_previous, QStringLiteral("attention.previousPost"));
    m_actions.describe(m_next, QStringLiteral("attention.nextPost"));
    m_actions.describe(m_save, QStringLiteral("attention.save"));
    m_actions.describe(m_cover, QStringLiteral("attention.cover"));
    m_actions.describe(m_similar, QStringLiteral("attention.similar"));
    m_actions.describe(m_drawer, QStringLiteral("attention.drawer"));
}

void ControlBar::openMore() {
    m_options->fill(m_view);
    m_options->adjustSize();
    m_options->move(m_more->mapToGlobal(QPoint(0, m_more->height() + 2)));
    m_options->setVisible(true);
}

void ControlBar::setView(const ViewSettings& view) {
    m_view = view;
    saveViewSettings(view);
    m_options->fill(view);
    m_filling = true;
    choose(*m_method, QString::fromStdString(view.heat.method));
    m_difference->setChecked(view.heat.difference);
    m_shown.layer = view.heat.attention.layer;
    m_shown.head = view.heat.attention.head;
    choose(*m_layer, m_shown.layer < 0 ? m_layers - 1 : m_shown.layer);
    m_filling = false;
    fillHeads();
}

void ControlBar::setRuns(const std::vector<RunInfo>& runs, const QString& first, const QString& second) {
    m_filling = true;
    m_run->clear();
    m_second->clear();
    m_second->addItem(tr("compare with…"), QString());
    for (const RunInfo& run : runs) {
        const QString name = fromUtf8(run.name);
        const QString text = run.valid ? tr("%1 · valid %2", "run and its F1 on the validation posts; little room")
                                             .arg(name, scoreText(run.valid->f1))
                                       : name;
        m_run->addItem(text, name);
        if (name != first) m_second->addItem(text, name);
        if (!run.valid) continue;  // the list is narrow: epoch and rule stand in the tip
        m_run->setItemData(m_run->count() - 1, validText(*run.valid), Qt::ToolTipRole);
        if (name != first) m_second->setItemData(m_second->count() - 1, validText(*run.valid), Qt::ToolTipRole);
    }
    for (const RunInfo& run : runs) {
        if (fromUtf8(run.name) != first || run.history.bestEpoch == 0 || run.history.bestEpoch >= run.history.epoch)
            continue;
        m_second->addItem(tr("the same after its last epoch"), AttentionHost::lastEpochOf(first));
        m_second->setItemData(m_second->count() - 1,
                              tr("Epoch %1 beside epoch %2, the best, which the run keeps.")
                                  .arg(run.history.epoch)
                                  .arg(run.history.bestEpoch),
                              Qt::ToolTipRole);
    }
    if (!runs.empty()) m_second->addItem(tr("the same without its picture"), withoutPicture());
    choose(*m_run, first);
    choose(*m_second, second);
    tellScore(*m_run, tr("Run"));
    tellScore(*m_second, tr("Compared with"));
    for (QComboBox* box : {m_run, m_second}) {
        box->setEnabled(!runs.empty());
        box->view()->setMinimumWidth(box->view()->sizeHintForColumn(0) + 3 * Theme::kGrid);
    }
    m_filling = false;
}

void ControlBar::setResult(const protocol::PredictResult* result) {
    if (result) {
        m_shown = project::fittedChoice(*result, m_view.heat.attention);
        m_layers = project::attentionLayers(*result, m_shown.direction);
        m_heads = project::attentionHeads(*result, m_shown.direction, m_shown.layer);
        fillLayers();
        fillHeads();
    }
    showDirection(result);
    const bool isAttention = m_view.heat.method == "attention";
    m_layer->setEnabled(isAttention && m_layers > 1);
    m_head->setEnabled(isAttention && m_heads > 1);
}

/// A direction that the run has no maps of cannot be chosen, and says so.
void ControlBar::showDirection(const protocol::PredictResult* result) {
    using project::AttentionDirection;
    const bool isImageToText = m_shown.direction == AttentionDirection::ImageToText;
    const bool hasBoth = !result || (project::hasMaps(*result, AttentionDirection::TextToImage) &&
                                     project::hasMaps(*result, AttentionDirection::ImageToText));
    m_filling = true;
    m_direction->setChecked(isImageToText);
    m_filling = false;
    m_direction->setEnabled(hasBoth && m_view.heat.method == "attention");
    const QString now = isImageToText ? tr("Regions look at words") : tr("Words look at regions");
    m_direction->setAccessibleName(now);
    m_direction->setToolTip(hasBoth
                                ? tr("%1; press for the other direction", "attention").arg(now)
                                : tr("%1; the system of this run has no attention in the other direction").arg(now));
}

void ControlBar::setTitle(const QString& title) {
    m_titleText = title;
    elideTitle();
}

void ControlBar::setPictures(int picture, int count) {
    for (QWidget* part : std::initializer_list<QWidget*>{m_previousPicture, m_pictureName, m_nextPicture})
        part->setVisible(count > 1);
    m_pictureName->setText(tr("Picture %1 of %2").arg(picture + 1).arg(count));
    m_previousPicture->setEnabled(picture > 0);
    m_nextPicture->setEnabled(picture + 1 < count);
}

void ControlBar::elideTitle() {
    m_title->setText(m_title->fontMetrics().elidedText(m_titleText, Qt::ElideRight, std::max(0, m_title->width())));
    m_title->setToolTip(m_titleText);
}

/// Names are cut only where there is no room for them.
void ControlBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool isWide = width() >= kWideBar;
    for (const auto& [box, narrow, wide] :
         {std::tuple(m_run, 13, 16), std::tuple(m_second, 11, 16), std::tuple(m_method, 8, 13),
          std::tuple(m_layer, 6, 8), std::tuple(m_head, 8, 11)})
        box->setMinimumContentsLength(isWide ? wide : narrow);
}

bool ControlBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_title && event->type() == QEvent::Resize) elideTitle();
    return QWidget::eventFilter(watched, event);
}

void ControlBar::setComparing(bool comparing) {
    m_difference->setVisible(comparing);
    m_drawer->setVisible(comparing && !m_view.heat.difference);
}

void ControlBar::setSavable(bool savable) {
    m_save->setEnabled(savable);
}

void ControlBar::setCoverMode(bool covers) {
    m_cover->setChecked(covers);
}

void ControlBar::fillLayers() {
    m_filling = true;
    m_layer->clear();
    for (int layer = m_layers - 1; layer >= 0; --layer)
        m_layer->addItem(layer == m_layers - 1 ? tr("layer %1 (last)").arg(layer + 1) : tr("layer %1").arg(layer + 1),
                         layer);
    if (m_layers == 0) m_layer->addItem(tr("no layer"), -1);
    choose(*m_layer, m_shown.layer < 0 ? m_layers - 1 : m_shown.layer);
    m_filling = false;
}

void ControlBar::fillHeads() {
    m_filling = true;
    m_head->clear();
    m_head->addItem(m_heads > 0 ? tr("mean of %n heads", nullptr, m_heads) : tr("no head"), -1);
    for (int head = 0; head < m_heads; ++head) m_head->addItem(tr("head %1").arg(head + 1), head);
    choose(*m_head, m_shown.head);
    m_filling = false;
}

void ControlBar::fillMethods() {
    m_filling = true;
    m_method->clear();
    for (const AttributionMethod& method : attributionMethods()) {
        m_method->addItem(methodText(method.title), QString::fromUtf8(method.id.data(), qsizetype(method.id.size())));
        m_method->setItemData(m_method->count() - 1, methodText(method.sentence), Qt::ToolTipRole);
    }
    choose(*m_method, QString::fromStdString(m_view.heat.method));
    m_method->view()->setMinimumWidth(m_method->view()->sizeHintForColumn(0) + 3 * Theme::kGrid);
    m_filling = false;
}

void ControlBar::takeFields() {
    if (m_filling) return;
    project::AttentionChoice& wanted = m_view.heat.attention;
    // Fields that show something else than what is wanted, as this run has not got it, change nothing.
    const int item = m_layer->currentData().isValid() ? m_layer->currentData().toInt() : -1;
    const int layer = item == m_layers - 1 ? -1 : item;
    if (layer != (m_shown.layer == m_layers - 1 ? -1 : m_shown.layer)) wanted.layer = m_shown.layer = layer;
    const int head = m_head->currentData().isValid() ? m_head->currentData().toInt() : -1;
    if (head != m_shown.head) wanted.head = m_shown.head = head;
    const auto direction =
        m_direction->isChecked() ? project::AttentionDirection::ImageToText : project::AttentionDirection::TextToImage;
    if (direction != m_shown.direction) wanted.direction = m_shown.direction = direction;
    m_view.heat.method = m_method->currentData().toString().toStdString();
    m_view.heat.difference = m_difference->isChecked();
    m_options->apply(m_view);
    saveViewSettings(m_view);
    Q_EMIT viewChanged();
}

void ControlBar::retranslate() {
    fillMethods();
    if (m_layers > 0) {
        fillLayers();
        fillHeads();
    }
    showDirection(nullptr);
    m_run->setAccessibleName(tr("Run"));
    m_second->setAccessibleName(tr("Compared with"));
    m_method->setAccessibleName(tr("Method"));
    m_method->setToolTip(tr("By which method the map is made"));
    m_layer->setAccessibleName(tr("Layer"));
    m_layer->setToolTip(tr("Fusion layer of the attention"));
    m_head->setAccessibleName(tr("Head"));
    m_head->setToolTip(tr("Attention head, or the mean of all"));
    m_difference->setText(tr("A − B"));
    m_difference->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_difference->setToolTip(tr("One map: the first minus the second"));
    m_difference->setAccessibleName(tr("Difference"));
    m_more->setToolTip(tr("Colours, weights, threshold, scale"));
    m_more->setAccessibleName(tr("More"));
    for (const auto& [button, id] :
         {std::pair(m_previousPicture, "attention.previousPicture"), std::pair(m_nextPicture, "attention.nextPicture"),
          std::pair(m_previous, "attention.previousPost"), std::pair(m_next, "attention.nextPost"),
          std::pair(m_save, "attention.save"), std::pair(m_cover, "attention.cover"),
          std::pair(m_similar, "attention.similar"), std::pair(m_drawer, "attention.drawer")})
        button->setAccessibleName(m_actions.text(QLatin1String(id)));
    m_options->retranslate();
    m_options->fill(m_view);
}

}  // namespace mnerva::ui
