#include <QGridLayout>
#include <QHBoxLayout>
#include <QPointer>
#include <memory>

#include "core/workflow/library/encoder_facts.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/choice_box.h"
#include "ui/pages/train/cost_text.h"
#include "ui/pages/train/new_run_dialog.h"
#include "ui/pages/train/option_texts.h"

// What the form offers of itself: encoders of the library, the preset with its reason, number formats of the device,
// and what the run would take.

namespace mnerva::ui {

/// "CPU" and, where the run can compute in several, the number format.
void NewRunDialog::addDevice(QGridLayout& grid) {
    const int row = grid.rowCount();
    m_device = new QComboBox(this);
    m_device->setObjectName(QStringLiteral("device"));
    m_device->setEditable(true);
    m_device->setInsertPolicy(QComboBox::NoInsert);
    auto* label = new QLabel(tr("Device"), this);
    label->setBuddy(m_device);
    m_precision = new QComboBox(this);
    m_precision->setObjectName(QStringLiteral("precision"));
    m_precisionLabel = new QLabel(tr("Number format"), this);
    m_precisionLabel->setBuddy(m_precision);
    auto* line = new QHBoxLayout;
    line->addWidget(m_device, 1);
    line->addSpacing(Theme::kGrid);
    line->addWidget(m_precisionLabel);
    line->addSpacing(Theme::kGrid);
    line->addWidget(m_precision, 1);
    grid.addWidget(label, row, kLabel);
    grid.addLayout(line, row, kField, 1, 2);
    addProblem(grid, "device");
}

void NewRunDialog::addCost(QGridLayout& grid) {
    const int row = grid.rowCount();
    m_cost = new QLabel(this);
    m_cost->setObjectName(QStringLiteral("cost"));
    m_cost->setWordWrap(true);
    m_measure = new QPushButton(this);
    m_measure->setObjectName(QStringLiteral("measure"));
    m_measure->setAutoDefault(false);
    m_measure->setToolTip(tr("Runs a few steps in the background: those of the longest posts and those of usual ones"));
    auto* label = new QLabel(tr("Time and memory"), this);
    label->setBuddy(m_measure);
    grid.addWidget(label, row, kLabel);
    grid.addWidget(m_cost, row, kField);
    grid.addWidget(m_measure, row, kButton);
}

/// What the library lists, by name; what is chosen stays.
void NewRunDialog::fillEncoders() {
    m_filling = true;
    m_encoder->clear();
    m_resnet->clear();
    m_encoder->addItem(tr("tiny: small, random, with the words of this project"), QStringLiteral("tiny"));
    for (const int depth : {18, 34, 50, 101, 152})
        m_resnet->addItem(tr("random%1: ResNet-%1 with random weights, for trials").arg(depth),
                          QStringLiteral("random%1").arg(depth));
    const auto add = [](QComboBox& box, const QString& title, const QString& path) {
        // What a person reads must tell entries apart.
        box.addItem(box.findText(title) < 0 ? title : path, path);
        box.setItemData(box.count() - 1, path, Qt::ToolTipRole);
    };
    const EncoderLibrary& library = m_host.encoderLibrary();
    for (const workflow::EncoderFacts& facts : library.encoders())
        if (facts.isWhole()) add(*m_encoder, EncoderLibrary::titleOf(facts), fromPath(facts.folder));
    for (const workflow::PictureEncoderFacts& facts : library.pictureEncoders())
        if (facts.isWhole()) add(*m_resnet, EncoderLibrary::titleOf(facts), fromPath(facts.file));
    showValue(*m_encoder, m_form->encoder());
    showValue(*m_resnet, m_form->resnet());
    m_filling = false;
}

/// Those that the engine would compute in on the device, and the one that is set.
void NewRunDialog::fillPrecisions() {
    m_filling = true;
    const QString name = QStringLiteral("precision"), now = m_form->text(name);
    const SystemField* system = m_form->chosen();
    const OptionField* option = system ? system->option(name) : nullptr;
    m_precision->clear();
    QStringList offered = m_host.precisions(m_form->device());
    if (!now.isEmpty() && !offered.contains(now)) offered << now;
    for (const QString& value : offered)
        if (option && option->choices.contains(value)) m_precision->addItem(optionValueText(*option, value), value);
    m_filling = false;
    refresh();
}

void NewRunDialog::readSheet() {
    if (!m_session.isOpen()) return;
    m_readingSheet = true;
    const auto sheet = std::make_shared<workflow::DataSheet>();
    m_session.read([sheet](const project::Project& project) { *sheet = workflow::dataSheet(project, {}); },
                   [self = QPointer<NewRunDialog>(this), sheet] {
                       if (!self) return;
                       self->m_readingSheet = false;
                       self->m_form->setSheet(std::move(*sheet));
                   });
}

void NewRunDialog::checkEncoder() {
    struct Look {
        QString problem;
        std::optional<workflow::EncoderSketch> sketch;
    };
    ++m_checksRunning;
    m_encoderCheck.run<Look>(
        [encoder = m_form->encoder()](std::stop_token) {
            Look look{encoderProblem(encoder), {}};
            if (encoder == QLatin1String("tiny")) look.sketch.emplace();
            if (!look.problem.isEmpty() || look.sketch) return look;
            const workflow::EncoderFacts facts = workflow::encoderFacts(toPath(encoder));
            if (facts.hidden > 0) look.sketch = {workflow::encoderSizeOf(facts.hidden), facts.modelType};
            return look;
        },
        [this](const auto& answer) {
            m_checksRunning = 0;
            const auto* look = std::get_if<Look>(&answer);
            if (!look) return;
            m_form->setEncoderProblem(look->problem);
            m_form->setEncoderSketch(look->sketch);
        });
}

/// What is worth knowing of a field in which nothing is wrong.
void NewRunDialog::showNote(const char* field, const QString& text, bool isWarning) {
    QLabel* label = m_problems.at(QString::fromLatin1(field));
    label->setStyleSheet(QStringLiteral("color: %1;")
                             .arg(Theme::color(isWarning ? Theme::Role::Warning : Theme::Role::SecondaryText).name()));
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

/// Why this preset, what the learning rate has to do with it, and which number format the device has.
void NewRunDialog::showOffers(const std::map<QString, QString>& problems) {
    QStringList notes{m_form->presetReason(), m_form->rateNote()};
    notes.removeAll(QString());
    showNote("preset", notes.join(u' '), m_form->isChanged(QStringLiteral("lr")) && !m_form->rateNote().isEmpty());
    const QString precision = m_form->text(QStringLiteral("precision"));
    const bool hasChoice = m_precision->count() > 0;
    m_precision->setVisible(hasChoice);
    m_precisionLabel->setVisible(hasChoice);
    showValue(*m_precision, precision);
    const bool isForeign = hasChoice && !m_host.precisions(m_form->device()).contains(precision);
    if (isForeign && problems.count(QStringLiteral("device")) == 0)
        showNote("device", tr("This device has no %1: the run would compute in fp32.").arg(precision), true);
}

/// The run's name has no part in what it takes.
QStringList NewRunDialog::measuredArguments() const {
    QStringList arguments = m_form->arguments(m_session.folder());
    const qsizetype at = arguments.indexOf(QStringLiteral("--run"));
    if (at >= 0 && at + 1 < arguments.size()) arguments[at + 1] = QStringLiteral("measure");
    return arguments;
}

void NewRunDialog::measureOrCancel() {
    if (m_host.isMeasuring()) return m_host.cancelMeasuring();
    m_banner->clear();
    m_measuring = measuredArguments();
    m_host.measure(m_measuring);
}

void NewRunDialog::showCost() {
    const bool isMeasuring = m_host.isMeasuring();
    m_measure->setText(isMeasuring ? tr("Cancel measuring") : tr("Measure"));
    m_measure->setEnabled(isMeasuring || m_form->isReady());
    const bool isKnown = !isMeasuring && m_estimate && m_measuredFor == measuredArguments();
    const bool isTooMuch =
        isKnown && m_estimate->availableMebibytes > 0 && m_estimate->peakMebibytes > m_estimate->availableMebibytes;
    m_cost->setText(isMeasuring ? tr("Running a few steps…")
                    : isKnown   ? costText(*m_estimate)
                                : tr("Not measured yet."));
    m_cost->setStyleSheet(QStringLiteral("color: %1;")
                              .arg(Theme::color(isTooMuch ? Theme::Role::Bad
                                                : isKnown ? Theme::Role::Text
                                                          : Theme::Role::SecondaryText)
                                       .name()));
}

}  // namespace mnerva::ui
