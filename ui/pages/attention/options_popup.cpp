#include "ui/pages/attention/options_popup.h"

#include <QFormLayout>
#include <algorithm>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr double kThresholdStep = 0.01;

}  // namespace

OptionsPopup::OptionsPopup(QWidget* parent) : QFrame(parent, Qt::Popup) {
    setObjectName(QStringLiteral("attentionOptions"));
    setFrameShape(QFrame::StyledPanel);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid);
    form->setVerticalSpacing(Theme::kGrid);
    const auto row = [&](QLabel*& label, QWidget* field, const char* name) {
        field->setObjectName(QLatin1String(name));
        label = new QLabel(this);
        label->setBuddy(field);
        form->addRow(label, field);
    };
    row(m_colourLabel, m_colours = new QComboBox(this), "attentionColours");
    row(m_valuesLabel, m_values = new QComboBox(this), "attentionValues");
    m_threshold = new QDoubleSpinBox(this);
    m_threshold->setRange(0, 1);
    m_threshold->setSingleStep(kThresholdStep);
    m_threshold->setDecimals(3);
    row(m_thresholdLabel, m_threshold, "attentionThreshold");
    const auto box = [&](QCheckBox*& field, const char* name) {
        field = new QCheckBox(this);
        field->setObjectName(QLatin1String(name));
        form->addRow(field);
        connect(field, &QCheckBox::toggled, this, [this] {
            if (!m_filling) Q_EMIT changed();
        });
    };
    box(m_sameScale, "attentionSameScale");
    box(m_smooth, "attentionSmooth");
    box(m_grey, "attentionGrey");
    for (QComboBox* list : {m_values, m_colours})
        connect(list, &QComboBox::currentIndexChanged, this, [this] {
            if (!m_filling) Q_EMIT changed();
        });
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, [this] {
        if (!m_filling) Q_EMIT changed();
    });
    retranslate();
}

void OptionsPopup::fill(const ViewSettings& view) {
    m_filling = true;
    m_values->setCurrentIndex(view.heat.attention.renormalised ? 1 : 0);
    m_threshold->setValue(view.heat.attention.threshold);
    m_colours->setCurrentIndex(std::max(0, m_colours->findData(int(view.heat.colours))));
    m_sameScale->setChecked(view.heat.attention.sameScale);
    m_smooth->setChecked(view.heat.smooth);
    m_grey->setChecked(view.isGrey);
    m_filling = false;
}

void OptionsPopup::apply(ViewSettings& view) const {
    view.heat.attention.renormalised = m_values->currentIndex() == 1;
    view.heat.attention.threshold = m_threshold->value();
    view.heat.colours = vision::HeatColours(m_colours->currentData().toInt());
    view.heat.attention.sameScale = m_sameScale->isChecked();
    view.heat.smooth = m_smooth->isChecked();
    view.isGrey = m_grey->isChecked();
}

void OptionsPopup::retranslate() {
    m_filling = true;
    m_valuesLabel->setText(tr("Weights"));
    m_thresholdLabel->setText(tr("Threshold"));
    m_colourLabel->setText(tr("Colours"));
    const int values = std::max(0, m_values->currentIndex()), colours = std::max(0, m_colours->currentIndex());
    m_values->clear();
    m_values->addItems({tr("raw"), tr("renormalised")});
    m_values->setCurrentIndex(values);
    m_values->setToolTip(
        tr("Renormalised: the 49 cells alone make 1 for each word (or the words alone for each region)"));
    m_colours->clear();
    using vision::HeatColours;
    for (const auto& [colour, text] :
         {std::pair(HeatColours::Magma, tr("Magma")), std::pair(HeatColours::Inferno, tr("Inferno")),
          std::pair(HeatColours::Viridis, tr("Viridis")), std::pair(HeatColours::Blue, tr("Blue"))})
        m_colours->addItem(text, int(colour));
    m_colours->setCurrentIndex(colours);
    m_threshold->setToolTip(
        tr("Weights under it are not drawn; the paper marks those over .08, and .020 would be no choice at all"));
    m_sameScale->setText(tr("One scale for all words"));
    m_smooth->setText(tr("Smooth between cells"));
    m_grey->setText(tr("Photo in grey"));
    m_filling = false;
}

}  // namespace mnerva::ui
