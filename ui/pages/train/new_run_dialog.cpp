#include "ui/pages/train/new_run_dialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFontMetrics>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QResizeEvent>
#include <QScreen>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/json.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/choice_box.h"
#include "ui/pages/train/option_texts.h"
#include "ui/pages/train/run_facts.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

constexpr int kWidth = 768;                           // the longest name of a system fits
constexpr QSize kUnfolded(1000, 760);                 // without a window that could allow more
constexpr int kFrameHeight = 40;                      // what the desktop adds around a window
constexpr int kLeastForm = 120, kLeastOptions = 160;  // in sight of what scrolls
constexpr int kFormFirst = 1000;                      // the form gets the height it needs before the options do
constexpr int kCommandLines = 4;
constexpr int kFindWidth = 208;
enum FieldColumns { kLabel, kField, kButton };

QString rememberedKey() {
    return QStringLiteral("train/last");
}

/// The label before a field.
QLabel* labelOf(const QWidget& field) {
    for (QLabel* label : field.parentWidget()->findChildren<QLabel*>())
        if (label->buddy() == &field) return label;
    return nullptr;
}

/// A command in lines no wider than that, broken between arguments only, as a shell reads it.
QString inLines(const QString& program, const QStringList& arguments, int width, const QFontMetrics& metrics) {
    QStringList parts;
    for (const QString& argument : arguments) {
        const QString word = shellText(argument, {});
        // A value stands with its option.
        if (!parts.isEmpty() && !argument.startsWith(u'-') && parts.last().startsWith(u'-') &&
            !parts.last().contains(u' '))
            parts.last() += u' ' + word;
        else
            parts << word;
    }
    QString text, line = program;
    for (const QString& part : parts) {
        const QString longer = line + u' ' + part;
        if (metrics.horizontalAdvance(longer + QStringLiteral(" \\")) <= width) {
            line = longer;
            continue;
        }
        text += line + QStringLiteral(" \\\n");
        line = QStringLiteral("    ") + part;
    }
    return text + line;
}

}  // namespace

NewRunDialog::NewRunDialog(ProjectSession& session, TrainHost& host, QWidget* parent)
    : QDialog(parent), m_session(session), m_host(host), m_form(new TrainForm(this)) {
    setObjectName(QStringLiteral("newRunDialog"));
    setWindowTitle(tr("New run"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    m_banner = new Banner(this);
    layout->addWidget(m_banner);
    // The form scrolls and the buttons stay, however many options and problems there are.
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("newRunForm"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setMinimumHeight(kLeastForm);
    auto* form = new QWidget;
    m_scroll->setWidget(form);
    layout->addWidget(m_scroll, kFormFirst);
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * Theme::kGrid);
    grid->setVerticalSpacing(Theme::kGrid / 2);
    grid->setColumnStretch(kField, 1);
    buildFields(*grid);
    grid->setRowStretch(grid->rowCount(), 1);
    buildOptions(*layout);
    buildCommand(*layout);
    connectFields();
    setOptionsUnfolded(false);
    readSplits();
    connect(&session, &ProjectSession::infoChanged, this, &NewRunDialog::readSplits);
    m_form->setTakenNames(host.takenNames());
    const auto remembered = tryParseJson(toUtf8(settings::value(rememberedKey()).toString()));
    m_form->setSystems(host.systems());
    if (remembered.is_object()) {
        m_form->recall(remembered);
        // What was chosen for other data is no choice for these.
        if (remembered.value("project", nlohmann::json()) != toUtf8(session.folder())) m_form->offerPreset();
    }
    fillSystems();
    fillPresets();
    refresh();
    readSheet();
    host.encoderLibrary().refresh();
    host.loadSystems();
}

NewRunDialog::~NewRunDialog() {
    m_host.disconnect(this);
    m_host.cancelMeasuring();  // nobody would read it
}

void NewRunDialog::buildOptions(QVBoxLayout& layout) {
    auto* line = new QHBoxLayout;
    m_fold = new QToolButton(this);
    m_fold->setObjectName(QStringLiteral("foldOptions"));
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setText(tr("All options"));
    m_foldHint = new QLabel(this);
    m_foldHint->setFont(Theme::secondaryFont());
    m_find = new QLineEdit(this);
    m_find->setObjectName(QStringLiteral("findOption"));
    m_find->setPlaceholderText(tr("Find an option"));
    m_find->setAccessibleName(m_find->placeholderText());
    m_find->setClearButtonEnabled(true);
    m_find->setFixedWidth(kFindWidth);
    line->addWidget(m_fold);
    line->addWidget(m_foldHint, 1);
    line->addWidget(m_find);
    layout.addLayout(line);
    m_options = new OptionList(*m_form, this);
    m_options->setHidden({QStringLiteral("layer"), QStringLiteral("precision")});
    m_optionScroll = new QScrollArea(this);
    m_optionScroll->setObjectName(QStringLiteral("newRunOptions"));
    m_optionScroll->setWidgetResizable(true);
    m_optionScroll->setFrameShape(QFrame::NoFrame);
    m_optionScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_optionScroll->setMinimumHeight(kLeastOptions);
    m_optionScroll->setWidget(m_options);
    layout.addWidget(m_optionScroll, 1);
    connect(m_find, &QLineEdit::textChanged, m_options, &OptionList::setFilter);
}

void NewRunDialog::buildCommand(QVBoxLayout& layout) {
    auto* line = new QHBoxLayout;
    m_command = new QPlainTextEdit(this);
    m_command->setObjectName(QStringLiteral("commandLine"));
    m_command->setAccessibleName(tr("The same on the command line"));
    m_command->setReadOnly(true);
    m_command->setFont(Theme::monoFont());
    m_command->setWordWrapMode(QTextOption::WrapAnywhere);  // of one word that is wider than the field
    m_copy = new QToolButton(this);
    m_copy->setAutoRaise(true);
    m_copy->setIcon(Theme::icon(QStringLiteral("copy")));
    m_copy->setToolTip(tr("Copy the command line"));
    m_copy->setAccessibleName(m_copy->toolTip());
    line->addWidget(m_command, 1);
    line->addWidget(m_copy, 0, Qt::AlignTop);
    layout.addLayout(line);

    auto* buttons = new QDialogButtonBox(this);
    m_startButton = buttons->addButton(tr("Start training"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_summary = new QLabel(this);
    m_summary->setFont(Theme::secondaryFont());
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_summary, 1);
    bottom->addWidget(buttons);
    layout.addLayout(bottom);
    connect(buttons, &QDialogButtonBox::accepted, this, &NewRunDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &NewRunDialog::reject);
}

/// As high as its lines, so many at most.
void NewRunDialog::showCommand() {
    const QFontMetrics metrics(m_command->font());
    const int margins = 2 * int(m_command->document()->documentMargin()) + 2 * m_command->frameWidth();
    const int width = m_command->viewport()->width() - margins;
    m_command->setPlainText(
        inLines(QStringLiteral("mnerva-cli"), m_form->arguments(m_session.folder()), width, metrics));
    const int lines = std::min<int>(int(m_command->toPlainText().count(u'\n')) + 1, kCommandLines);
    m_command->setFixedHeight(metrics.lineSpacing() * lines + margins + Theme::kGrid / 2);
}

void NewRunDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) QTimer::singleShot(0, this, &NewRunDialog::showCommand);
}

void NewRunDialog::buildFields(QGridLayout& grid) {
    m_data = new QLabel(this);
    m_layer = new QComboBox(this);
    m_layer->setObjectName(QStringLiteral("layer"));
    m_layer->setAccessibleName(tr("Learn from"));
    m_layer->addItem(tr("learn from the imported entities"), QStringLiteral("gold"));
    m_layer->addItem(tr("learn from the corrected entities"), QStringLiteral("corrected"));
    grid.addWidget(new QLabel(tr("Data"), this), 0, kLabel);
    auto* dataLine = new QHBoxLayout;
    dataLine->addWidget(m_data, 1);
    dataLine->addWidget(m_layer);
    grid.addLayout(dataLine, 0, kField, 1, 2);
    m_dataHint = addProblem(grid, "data");
    m_system = addChoice(grid, "system", tr("System"), false, nullptr);
    m_variant = addChoice(grid, "variant", tr("Variant"), false, nullptr);
    m_encoder = addChoice(grid, "encoder", tr("Text encoder"), true, &m_browseEncoder);
    m_resnet = addChoice(grid, "resnet", tr("Picture encoder"), true, &m_browseResnet);
    m_preset = addChoice(grid, "preset", tr("Preset"), false, nullptr);
    addDevice(grid);
    addFolds(grid);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("runName"));
    auto* label = new QLabel(tr("Name of the run"), this);
    label->setBuddy(m_name);
    const int row = grid.rowCount();
    grid.addWidget(label, row, kLabel);
    grid.addWidget(m_name, row, kField, 1, 2);
    addProblem(grid, "name");
    addCost(grid);
    m_browseEncoder->setText(tr("Folder…"));
    m_browseResnet->setText(tr("File…"));
    fillEncoders();
}

/// "Hold out in [5] folds (to find label errors)".
void NewRunDialog::addFolds(QGridLayout& grid) {
    const QString tip =
        tr("Trains one model after the other, each on all training posts but those of one fold, and keeps what it says "
           "of these. Labels that no model expects are then listed under Cases, Label errors. Takes as much longer as "
           "there are folds, and the run gets no model of its own.");
    m_holdOut = new QCheckBox(tr("hold out in folds (to find label errors)"), this);
    m_holdOut->setObjectName(QStringLiteral("holdOut"));
    m_holdOut->setToolTip(tip);
    m_folds = new QSpinBox(this);
    m_folds->setObjectName(QStringLiteral("folds"));
    m_folds->setAccessibleName(tr("Number of folds"));
    m_folds->setToolTip(tip);
    m_folds->setRange(TrainForm::kLeastFolds, TrainForm::kMostFolds);
    auto* label = new QLabel(tr("Folds"), this);
    label->setBuddy(m_folds);
    const int row = grid.rowCount();
    grid.addWidget(label, row, kLabel);
    auto* line = new QHBoxLayout;
    line->addWidget(m_holdOut);
    line->addWidget(m_folds);
    line->addStretch(1);
    grid.addLayout(line, row, kField, 1, 2);
    addProblem(grid, "folds");
}

QComboBox* NewRunDialog::addChoice(QGridLayout& grid, const char* name, const QString& text, bool editable,
                                   QPushButton** browse) {
    const int row = grid.rowCount();
    auto* box = new QComboBox(this);
    box->setObjectName(QString::fromLatin1(name));
    box->setEditable(editable);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    auto* label = new QLabel(text, this);
    label->setBuddy(box);
    grid.addWidget(label, row, kLabel);
    grid.addWidget(box, row, kField, 1, browse ? 1 : 2);
    if (browse) {
        *browse = new QPushButton(this);
        grid.addWidget(*browse, row, kButton);
    }
    addProblem(grid, name);
    return box;
}

QLabel* NewRunDialog::addProblem(QGridLayout& grid, const char* field) {
    auto* label = new QLabel(this);
    label->setFont(Theme::secondaryFont());
    label->setWordWrap(true);
    label->setObjectName(QStringLiteral("problem-") + QLatin1String(field));
    label->setVisible(false);
    grid.addWidget(label, grid.rowCount(), kField, 1, 2);
    m_problems[QString::fromLatin1(field)] = label;
    return label;
}

void NewRunDialog::connectFields() {
    connect(m_form, &TrainForm::changed, this, &NewRunDialog::refresh);
    connect(m_fold, &QToolButton::toggled, this, &NewRunDialog::setOptionsUnfolded);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            shellText(QStringLiteral("mnerva-cli"), m_form->arguments(m_session.folder())));
    });
    const auto onUser = [this](auto action) {
        return [this, action] {
            if (!m_filling) action();
        };
    };
    connect(m_layer, &QComboBox::currentIndexChanged, this,
            onUser([this] { m_form->setText(QStringLiteral("layer"), m_layer->currentData().toString()); }));
    connect(m_system, &QComboBox::currentIndexChanged, this, onUser([this] {
                m_form->setSystem(m_system->currentData().toString());
                fillPresets();
            }));
    connect(m_variant, &QComboBox::currentIndexChanged, this, onUser([this] {
                m_form->setVariant(m_variant->currentData().toString());
                fillPresets();
            }));
    connect(m_preset, &QComboBox::currentIndexChanged, this,
            onUser([this] { m_form->setPreset(m_preset->currentData().toString()); }));
    connect(m_encoder, &QComboBox::currentTextChanged, this, onUser([this] {
                m_form->setEncoder(valueOf(*m_encoder));
                checkEncoder();
            }));
    connect(m_resnet, &QComboBox::currentTextChanged, this, onUser([this] {
                m_form->setResnet(valueOf(*m_resnet));
                checkResnet();
            }));
    connect(m_device, &QComboBox::currentTextChanged, this, onUser([this] {
                m_form->setDevice(valueOf(*m_device));
                fillPrecisions();
            }));
    connect(m_precision, &QComboBox::currentIndexChanged, this,
            onUser([this] { m_form->setText(QStringLiteral("precision"), m_precision->currentData().toString()); }));
    connect(m_measure, &QPushButton::clicked, this, &NewRunDialog::measureOrCancel);
    connect(&m_host, &TrainHost::measuringChanged, this, &NewRunDialog::showCost);
    connect(&m_host, &TrainHost::measured, this, [this](const protocol::RunEstimate& estimate) {
        m_estimate = estimate;
        m_measuredFor = m_measuring;
        showCost();
        QTimer::singleShot(0, this, &NewRunDialog::growForProblems);
    });
    connect(&m_host, &TrainHost::measuringFailed, this,
            [this](const Error& error) { m_banner->showError(error, tr("The run could not be measured.")); });
    connect(&m_host.encoderLibrary(), &EncoderLibrary::changed, this, &NewRunDialog::fillEncoders);
    connect(m_holdOut, &QCheckBox::toggled, m_form, &TrainForm::setHoldsOut);
    connect(m_folds, &QSpinBox::valueChanged, m_form, &TrainForm::setFolds);
    connect(m_name, &QLineEdit::textEdited, m_form, &TrainForm::setRunName);
    connect(m_browseEncoder, &QPushButton::clicked, this, &NewRunDialog::browseEncoder);
    connect(m_browseResnet, &QPushButton::clicked, this, &NewRunDialog::browseResnet);
    connect(&m_host, &TrainHost::systemsChanged, this, [this] {
        m_banner->clear();
        m_form->setSystems(m_host.systems());
        fillSystems();
        fillPresets();
    });
    connect(&m_host, &TrainHost::failed, this,
            [this](const QString& what, const Error& error) { m_banner->showError(error, what); });
}

void NewRunDialog::fillSystems() {
    m_filling = true;
    m_system->clear();
    for (const SystemField& system : m_form->systems()) m_system->addItem(systemTitle(system), system.name);
    showValue(*m_system, m_form->systemName());
    m_device->clear();
    for (const QString& device : m_host.devices()) m_device->addItem(deviceText(device), device);
    m_filling = false;
    checkEncoder();
    checkResnet();
    fillPrecisions();
}

void NewRunDialog::fillPresets() {
    m_filling = true;
    m_preset->clear();
    m_variant->clear();
    m_preset->addItem(noPresetTitle(), QString());
    if (const SystemField* system = m_form->system()) {
        for (const auto& [preset, values] : m_form->chosen()->presets)
            m_preset->addItem(presetTitle(*m_form->chosen(), preset), preset);
        for (const QString& variant : system->variants) m_variant->addItem(variantTitle(variant), variant);
    }
    m_filling = false;
    refresh();
}

void NewRunDialog::recall(const nlohmann::json& config, const QString& runName) {
    m_form->recall(config);
    std::vector<std::string> taken;
    for (const QString& name : m_host.takenNames()) taken.push_back(toUtf8(name));
    m_form->proposeRunName(fromUtf8(workflow::copiedRunName(toUtf8(runName), taken)));
    fillSystems();
    fillPresets();
}

void NewRunDialog::setOptionsUnfolded(bool unfolded) {
    m_fold->setChecked(unfolded);
    m_fold->setIcon(Theme::icon(unfolded ? QStringLiteral("down") : QStringLiteral("next")));
    m_optionScroll->setVisible(unfolded);
    m_find->setVisible(unfolded);
    // The layout needs a round of the event loop to know how little it can be.
    QTimer::singleShot(0, this, [this] { fitHeight(); });
}

QSize NewRunDialog::room() const {
    const QSize screenRoom = screen()->availableGeometry().size() - QSize(0, kFrameHeight);
    const QWidget* window = parentWidget() ? parentWidget()->window() : nullptr;
    if (!window || !window->isVisible()) return kUnfolded.boundedTo(screenRoom);
    return (window->size() - QSize(kFrameHeight, kFrameHeight)).boundedTo(screenRoom);
}

int NewRunDialog::wantedWidth() const {
    return m_optionScroll->isHidden() ? kWidth : std::clamp(room().width(), kWidth, kUnfolded.width());
}

/// Folded as high as the form is, and no higher than the screen; unfolded as high as all is, if the window allows it.
void NewRunDialog::fitHeight() {
    if (m_showsAll) return;
    const int width = wantedWidth(), most = screen()->availableGeometry().height() - kFrameHeight;
    m_scroll->setMaximumHeight(m_optionScroll->isHidden() ? QWIDGETSIZE_MAX : formHeight(width));
    resize(width, height());
    layout()->activate();
    showCommand();  // in as many lines as that width asks for
    layout()->activate();
    const int wanted = m_optionScroll->isHidden() ? heightOfAll() : std::min(heightOfAll(), room().height());
    resize(width, std::min(wanted, most));
}

/// A problem that is written under its field must not be below the edge of a form that has no scroll bar yet.
void NewRunDialog::growForProblems() {
    if (!isVisible() || m_showsAll) return;
    if (!m_optionScroll->isHidden()) return m_scroll->setMaximumHeight(formHeight(width()));
    const int most = screen()->availableGeometry().height() - kFrameHeight;
    if (const int wanted = std::min(heightOfAll(), most); height() < wanted) resize(width(), wanted);
}

int NewRunDialog::formHeight(int width) const {
    const QMargins margins = layout()->contentsMargins();
    const QLayout* form = m_scroll->widget()->layout();
    return std::max(form->totalHeightForWidth(width - margins.left() - margins.right()),
                    form->totalMinimumSize().height()) +
           2;
}

int NewRunDialog::heightOfAll() const {
    const int width = wantedWidth();
    int height =
        sizeHint().height() - m_scroll->sizeHint().boundedTo(m_scroll->maximumSize()).height() + formHeight(width);
    if (m_optionScroll->isHidden()) return height;
    const QMargins margins = layout()->contentsMargins();
    const QLayout* options = m_options->layout();
    height += std::max(options->totalHeightForWidth(width - margins.left() - margins.right()),
                       options->totalMinimumSize().height()) +
              2;
    return height - std::max(m_optionScroll->sizeHint().height(), kLeastOptions);
}

void NewRunDialog::choose(const QString& system, const QString& variant) {
    m_system->setCurrentIndex(m_system->findData(system));
    if (!variant.isEmpty()) showValue(*m_variant, variant);
}

void NewRunDialog::showAllOptions() {
    setOptionsUnfolded(true);
    m_showsAll = true;
    QTimer::singleShot(0, this, [this] {
        m_scroll->setMaximumHeight(formHeight(kUnfolded.width()));
        resize(kUnfolded.width(), heightOfAll());
    });
}

void NewRunDialog::checkResnet() {
    ++m_checksRunning;
    m_resnetCheck.run<QString>([resnet = m_form->resnet()](std::stop_token) { return resnetProblem(resnet); },
                               [this](const auto& answer) {
                                   m_checksRunning = 0;
                                   if (const auto* problem = std::get_if<QString>(&answer))
                                       m_form->setResnetProblem(*problem);
                               });
}

void NewRunDialog::browseEncoder() {
    const QString folder =
        dialogs::file(this, {QStringLiteral("encoder-folder"), dialogs::FileRequest::Kind::OpenFolder,
                             tr("Folder of an encoder"), QString(), QString()});
    if (!folder.isEmpty()) m_encoder->setEditText(folder);
}

void NewRunDialog::browseResnet() {
    const QString file = dialogs::file(
        this, {QStringLiteral("resnet-file"), dialogs::FileRequest::Kind::OpenFile, tr("File of a picture encoder"),
               QString(), tr("Weights (*.pth *.pt *.safetensors);;All files (*)")});
    if (!file.isEmpty()) m_resnet->setEditText(file);
}

void NewRunDialog::readSplits() {
    if (!m_session.isOpen()) return m_data->setText(tr("No project is open."));
    const auto posts = [this](Split split) {
        const auto& counts = m_session.info().postsOfSplit;
        const auto found = counts.find(split);
        return found == counts.end() ? 0 : found->second;
    };
    const int train = posts(Split::Train), valid = posts(Split::Valid), test = posts(Split::Test);
    const QLocale locale;
    m_data->setText(
        tr("train %1 · valid %2 · test %3").arg(locale.toString(train), locale.toString(valid), locale.toString(test)));
    m_form->setSplits(train, valid, test);
}

void NewRunDialog::refresh() {
    if (m_filling) return;
    m_filling = true;
    showValue(*m_layer, m_form->text(QStringLiteral("layer")));
    showValue(*m_system, m_form->systemName());
    showValue(*m_variant, m_form->variant());
    const bool variants = m_variant->count() > 1;
    m_variant->setVisible(variants);
    if (QWidget* label = labelOf(*m_variant)) label->setVisible(variants);
    showValue(*m_preset, m_form->preset());
    if (valueOf(*m_encoder) != m_form->encoder()) showValue(*m_encoder, m_form->encoder());
    if (valueOf(*m_resnet) != m_form->resnet()) showValue(*m_resnet, m_form->resnet());
    const bool pictures = m_form->readsPictures();
    m_resnet->setEnabled(pictures);
    m_browseResnet->setEnabled(pictures);
    m_resnet->setToolTip(pictures ? QString() : tr("This run reads no pictures."));
    m_holdOut->setChecked(m_form->holdsOut());
    m_folds->setValue(m_form->folds());
    m_folds->setEnabled(m_form->holdsOut());
    if (valueOf(*m_device) != m_form->device()) showValue(*m_device, m_form->device());
    if (m_name->text() != m_form->runName()) m_name->setText(m_form->runName());
    const auto problems = m_form->problems();
    const bool loading = m_form->systems().empty() && m_host.isLoadingSystems();
    int hidden = 0;
    for (const auto& [field, label] : m_problems) label->setVisible(false);
    for (const auto& [field, problem] : problems) {
        const auto label = m_problems.find(field);
        if (label == m_problems.end()) {
            ++hidden;
            continue;
        }
        const bool wait = loading && field == QLatin1String("system");
        label->second->setStyleSheet(
            QStringLiteral("color: %1;")
                .arg(Theme::color(wait ? Theme::Role::SecondaryText : Theme::Role::Bad).name()));
        label->second->setText(wait ? tr("Asking the engine for its systems…") : problem);
        label->second->setVisible(true);
    }
    if (problems.count(QStringLiteral("data")) == 0 && !m_form->hint().isEmpty()) {
        m_dataHint->setStyleSheet(QStringLiteral("color: %1;").arg(Theme::color(Theme::Role::SecondaryText).name()));
        m_dataHint->setText(m_form->hint());
        m_dataHint->setVisible(true);
    }
    if (m_form->holdsOut() && problems.count(QStringLiteral("folds")) == 0) {
        QLabel* cost = m_problems.at(QStringLiteral("folds"));
        cost->setStyleSheet(QStringLiteral("color: %1;").arg(Theme::color(Theme::Role::SecondaryText).name()));
        cost->setText(tr("%n model(s), one after the other; none is kept.", nullptr, m_form->folds()));
        cost->setVisible(true);
    }
    showOffers(problems);
    const int changed = m_form->changedCount();
    const QString differ =
        m_form->preset().isEmpty() ? tr("different from the defaults: %1") : tr("different from the preset: %1");
    m_foldHint->setText(changed > 0 ? differ.arg(changed) : QString());
    m_summary->setText(hidden > 0 ? tr("Some of the options cannot be used as they are.") : QString());
    m_summary->setStyleSheet(QStringLiteral("color: %1;").arg(Theme::color(Theme::Role::Bad).name()));
    showCommand();
    m_startButton->setEnabled(problems.empty());
    showCost();
    m_filling = false;
    QTimer::singleShot(0, this, &NewRunDialog::growForProblems);
}

void NewRunDialog::accept() {
    if (!m_form->isReady()) return setOptionsUnfolded(true);
    EncoderLibrary::rememberEncoder(m_form->encoder());
    EncoderLibrary::rememberPictureEncoder(m_form->resnet());
    nlohmann::json remembered = m_form->remembered();
    remembered["project"] = toUtf8(m_session.folder());
    settings::setValue(rememberedKey(), fromUtf8(remembered.dump()));
    QDialog::accept();
}

}  // namespace mnerva::ui
