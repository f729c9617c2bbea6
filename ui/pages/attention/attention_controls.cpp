#include "ui/pages/attention/attention_controls.h"

#include <QFormLayout>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <numeric>

#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {
namespace {

constexpr double kThresholdStep = 0.01;

QComboBox* makeBox(QWidget* parent, const char* name) {
    auto* box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    return box;
}

void choose(QComboBox& box, const QVariant& data) {
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

/// All about the score of the run that is chosen in a box.
void tellScore(QComboBox& box) {
    box.setToolTip(box.currentData(Qt::ToolTipRole).toString());
}

/// "r₀", "r₁", ...
QString relevanceName(int index) {
    return QLatin1Char('r') + QString(QChar(0x2080 + index % 10));
}

}  // namespace

AttentionControls::AttentionControls(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("attentionControls"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::kGrid, Theme::kGrid, 2 * Theme::kGrid, Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setVerticalSpacing(Theme::kGrid);
    const auto row = [&](QLabel*& label, QWidget* field) {
        label = new QLabel(this);
        label->setBuddy(field);
        form->addRow(label, field);
    };
    row(m_runLabel, m_run = makeBox(this, "attentionRun"));
    row(m_secondLabel, m_second = makeBox(this, "attentionSecondRun"));
    row(m_layerLabel, m_layer = makeBox(this, "attentionLayer"));
    row(m_headLabel, m_head = makeBox(this, "attentionHead"));
    row(m_directionLabel, m_direction = makeBox(this, "attentionDirection"));
    row(m_valuesLabel, m_values = makeBox(this, "attentionValues"));
    m_threshold = new QDoubleSpinBox(this);
    m_threshold->setObjectName(QStringLiteral("attentionThreshold"));
    m_threshold->setRange(0, 1);
    m_threshold->setSingleStep(kThresholdStep);
    m_threshold->setDecimals(3);
    row(m_thresholdLabel, m_threshold);
    row(m_colourLabel, m_colours = makeBox(this, "attentionColours"));
    layout->addLayout(form);
    m_sameScale = new QCheckBox(this);
    m_smooth = new QCheckBox(this);
    layout->addWidget(m_sameScale);
    layout->addWidget(m_smooth);
    const auto title = [&](QLabel*& label) {
        label = new QLabel(this);
        label->setContentsMargins(0, Theme::kGrid, 0, 0);
        layout->addWidget(label);
    };
    title(m_scaleTitle);
    layout->addWidget(m_legend = new HeatLegend(this));
    title(m_regionsTitle);
    layout->addWidget(m_regions = new BarList(this));
    m_regions->setObjectName(QStringLiteral("regionBars"));
    title(m_visualTitle);
    layout->addWidget(m_visual = new BarList(this));
    m_visual->setObjectName(QStringLiteral("visualGateBars"));
    title(m_relevanceTitle);
    layout->addWidget(m_relevance = new BarList(this));
    title(m_gatesTitle);
    layout->addWidget(m_gates = new GateBars(this));
    layout->addStretch(1);
    m_export = new QPushButton(this);
    m_export->setObjectName(QStringLiteral("exportMap"));
    layout->addWidget(m_export);
    retranslate();
    restore();
    connectFields();
}

void AttentionControls::connectFields() {
    connect(m_run, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) Q_EMIT runChosen(m_run->currentData().toString());
    });
    connect(m_second, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) Q_EMIT secondRunChosen(m_second->currentData().toString());
    });
    for (QComboBox* box : {m_run, m_second})
        connect(box, &QComboBox::currentIndexChanged, this, [box] { tellScore(*box); });
    for (QComboBox* box : {m_layer, m_head, m_direction, m_values, m_colours})
        connect(box, &QComboBox::currentIndexChanged, this, &AttentionControls::takeChoice);
    for (QCheckBox* box : {m_sameScale, m_smooth})
        connect(box, &QCheckBox::toggled, this, &AttentionControls::takeChoice);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &AttentionControls::takeChoice);
    connect(m_export, &QPushButton::clicked, this, &AttentionControls::exportWanted);
}

vision::HeatOptions AttentionControls::heatOptions() const {
    vision::HeatOptions options;
    options.colours = m_colours->currentIndex() == 1 ? vision::HeatColours::Viridis : vision::HeatColours::Blue;
    options.threshold = m_choice.threshold;
    options.smooth = m_smooth->isChecked();
    return options;
}

void AttentionControls::setRuns(const std::vector<RunInfo>& runs, const QString& first, const QString& second) {
    m_filling = true;
    m_run->clear();
    m_second->clear();
    m_second->addItem(tr("nothing"), QString());
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
    choose(*m_run, first);
    choose(*m_second, second);
    for (QComboBox* box : {m_run, m_second}) tellScore(*box);
    m_run->setEnabled(!runs.empty());
    m_second->setEnabled(runs.size() > 1);
    m_filling = false;
}

void AttentionControls::setResult(const protocol::PredictResult* result, bool seesPicture) {
    if (result) {  // without an answer the lists stay as they are: it is on its way
        m_shown = project::fittedChoice(*result, m_choice);
        m_layers = project::attentionLayers(*result, m_shown.direction);
        m_heads = project::attentionHeads(*result, m_shown.direction, m_shown.layer);
        offerDirections(*result);
        fillLayers();
        fillHeads();
    } else {
        m_layers = m_heads = 0;
    }
    std::vector<BarList::Bar> bars;
    const std::span<const double> relevance =
        result && seesPicture ? project::relevanceOf(*result, m_choice.picture) : std::span<const double>{};
    for (std::size_t k = 0; k < relevance.size(); ++k)
        bars.push_back({k == 0 ? tr("%1 picture").arg(relevanceName(0)) : tr("%1 crop").arg(relevanceName(int(k))),
                        tr("How well the picture or crop fits the text, as the correlation gate sees it"),
                        relevance[k]});
    m_relevanceTitle->setVisible(!bars.empty());
    m_relevance->setBars(std::move(bars));
    m_gates->setGates(result && seesPicture ? result->levelGates : std::vector<std::vector<double>>{});
    m_gatesTitle->setVisible(!m_gates->gates().empty());
    m_layer->setEnabled(m_layers > 1);
    m_head->setEnabled(m_heads > 1);
    // A run without maps leaves nothing to choose; while an answer is on its way the fields stay as they are.
    const bool hasMaps = !result || m_layers > 0;
    for (QWidget* field : std::initializer_list<QWidget*>{m_direction, m_values, m_colours, m_sameScale, m_smooth})
        field->setEnabled(hasMaps);
}

void AttentionControls::setSavable(bool savable) {
    m_export->setEnabled(savable);
    m_export->setToolTip(savable ? QString() : tr("There is no map of this post to save."));
}

void AttentionControls::setVisualGate(const protocol::PredictResult* result, int word, const QString& text) {
    std::vector<BarList::Bar> bars;
    if (result && word >= 0 && word < int(result->visualGate.size())) {
        const std::vector<double>& gate = result->visualGate;
        const double mean = std::accumulate(gate.begin(), gate.end(), 0.0) / double(gate.size());
        const QString tip = tr("How far the gate lets the picture into a word: 0 shuts it, 1 opens it wide");
        bars.push_back({text, tip, gate[std::size_t(word)]});
        bars.push_back({tr("mean of all words"), tip, mean});
    }
    m_visualTitle->setVisible(!bars.empty());
    m_visual->setBars(std::move(bars));
}

void AttentionControls::setRegions(std::vector<BarList::Bar> bars) {
    m_regionsTitle->setVisible(!bars.empty());
    m_regions->setBars(std::move(bars));
}

void AttentionControls::setScale(double maximum) {
    m_legend->setScale(maximum, heatOptions());
    m_legend->setVisible(maximum > 0);
    m_scaleTitle->setVisible(maximum > 0);
}

/// A direction that the run has no maps of cannot be chosen, and says so; the other one can.
void AttentionControls::offerDirections(const protocol::PredictResult& result) {
    m_filling = true;
    auto* items = qobject_cast<QStandardItemModel*>(m_direction->model());
    for (const auto direction : {project::AttentionDirection::TextToImage, project::AttentionDirection::ImageToText}) {
        QStandardItem* item = items->item(int(direction));
        const bool there = project::hasMaps(result, direction);
        item->setEnabled(there || m_layers == 0);
        item->setToolTip(there ? QString() : tr("The system of this run has no attention in this direction."));
    }
    m_direction->setCurrentIndex(int(m_shown.direction));
    m_filling = false;
}

void AttentionControls::fillLayers() {
    m_filling = true;
    m_layer->clear();
    for (int layer = m_layers - 1; layer >= 0; --layer)
        m_layer->addItem(layer == m_layers - 1 ? tr("%1 (last)").arg(layer + 1) : QString::number(layer + 1), layer);
    if (m_layers == 0) m_layer->addItem(tr("none", "layers"), -1);
    const int wanted = m_shown.layer < 0 ? m_layers - 1 : m_shown.layer;
    choose(*m_layer, wanted);
    m_filling = false;
}

void AttentionControls::fillHeads() {
    m_filling = true;
    m_head->clear();
    m_head->addItem(m_heads > 0 ? tr("mean of all %1").arg(m_heads) : tr("none", "heads"), -1);
    for (int head = 0; head < m_heads; ++head) m_head->addItem(QString::number(head + 1), head);
    choose(*m_head, m_shown.head);
    m_filling = false;
}

void AttentionControls::takeChoice() {
    if (m_filling) return;
    // Fields that show something else than what is wanted, as this run has not got it, change nothing.
    const int item = m_layer->currentData().isValid() ? m_layer->currentData().toInt() : -1;
    const int layer = item == m_layers - 1 ? -1 : item;
    if (layer != m_shown.layer) m_choice.layer = layer;
    const int head = m_head->currentData().isValid() ? m_head->currentData().toInt() : -1;
    if (head != m_shown.head) m_choice.head = head;
    const auto direction = m_direction->currentIndex() == 1 ? project::AttentionDirection::ImageToText
                                                            : project::AttentionDirection::TextToImage;
    if (direction != m_shown.direction) m_choice.direction = direction;
    m_choice.renormalised = m_values->currentIndex() == 1;
    m_choice.threshold = m_threshold->value();
    m_choice.sameScale = m_sameScale->isChecked();
    remember();
    Q_EMIT choiceChanged();
}

void AttentionControls::restore() {
    m_filling = true;
    m_direction->setCurrentIndex(settings::value(QStringLiteral("attention/direction"), 0).toInt() == 1 ? 1 : 0);
    m_values->setCurrentIndex(settings::value(QStringLiteral("attention/renormalised"), false).toBool() ? 1 : 0);
    m_threshold->setValue(settings::value(QStringLiteral("attention/threshold"), m_choice.threshold).toDouble());
    m_colours->setCurrentIndex(settings::value(QStringLiteral("attention/viridis"), false).toBool() ? 1 : 0);
    m_sameScale->setChecked(settings::value(QStringLiteral("attention/sameScale"), true).toBool());
    m_smooth->setChecked(settings::value(QStringLiteral("attention/smooth"), false).toBool());
    m_choice.direction = m_direction->currentIndex() == 1 ? project::AttentionDirection::ImageToText
                                                          : project::AttentionDirection::TextToImage;
    m_choice.renormalised = m_values->currentIndex() == 1;
    m_choice.threshold = m_threshold->value();
    m_choice.sameScale = m_sameScale->isChecked();
    m_shown = m_choice;
    m_filling = false;
}

void AttentionControls::remember() {
    settings::setValue(QStringLiteral("attention/direction"), int(m_choice.direction));
    settings::setValue(QStringLiteral("attention/renormalised"), m_choice.renormalised);
    settings::setValue(QStringLiteral("attention/threshold"), m_choice.threshold);
    settings::setValue(QStringLiteral("attention/viridis"), m_colours->currentIndex() == 1);
    settings::setValue(QStringLiteral("attention/sameScale"), m_choice.sameScale);
    settings::setValue(QStringLiteral("attention/smooth"), m_smooth->isChecked());
}

void AttentionControls::retranslate() {
    m_filling = true;
    m_runLabel->setText(tr("Run"));
    m_secondLabel->setText(tr("Compare with"));
    m_layerLabel->setText(tr("Layer"));
    m_headLabel->setText(tr("Head"));
    m_directionLabel->setText(tr("Direction"));
    m_valuesLabel->setText(tr("Weights"));
    m_thresholdLabel->setText(tr("Threshold"));
    m_colourLabel->setText(tr("Colours"));
    const auto refill = [](QComboBox& box, const QStringList& texts) {
        const int index = std::max(0, box.currentIndex());
        box.clear();
        box.addItems(texts);
        box.setCurrentIndex(index);
    };
    refill(*m_direction, {tr("words look at regions"), tr("regions look at words")});
    refill(*m_values, {tr("raw"), tr("renormalised")});
    refill(*m_colours, {tr("Blue"), tr("Viridis")});
    m_direction->setToolTip(tr("Which of the two attentions is shown; both as words by regions"));
    m_values->setToolTip(
        tr("Renormalised: the 49 cells alone make 1 for each word (or the words alone for each region)"));
    m_threshold->setToolTip(
        tr("Weights under it are not drawn; the paper marks those over .08, and .020 would be no choice at all"));
    m_sameScale->setText(tr("One scale for all words"));
    m_smooth->setText(tr("Smooth between cells"));
    m_scaleTitle->setText(tr("Weight"));
    m_relevanceTitle->setText(tr("Relevance"));
    m_visualTitle->setText(tr("Visual gate"));
    m_regionsTitle->setText(tr("Where the entity is"));
    m_gatesTitle->setText(tr("Level gates by layer"));
    m_gates->setToolTip(tr("How much each of the four levels of picture features weighs, for each fusion layer"));
    m_export->setText(tr("Save figure…"));
    if (m_second->count() > 0) m_second->setItemText(0, tr("nothing"));
    m_filling = false;
    if (m_layers > 0) {
        fillLayers();
        fillHeads();
    }
}

}  // namespace mnerva::ui
