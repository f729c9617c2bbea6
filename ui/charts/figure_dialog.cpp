#include "ui/charts/figure_dialog.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <array>
#include <utility>

#include "ui/base/settings.h"
#include "ui/look/theme.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

constexpr int kPreviewWidth = 460, kPreviewHeight = 320;
constexpr double kOwn = 0;  // the entry of the menu for any other width

QString key(const char* name) {
    return QStringLiteral("figure/") + QLatin1String(name);
}

QString optionKey(const FigureOption& option) {
    return QStringLiteral("figure/option-") + option.id;
}

bool isOptionOn(const FigureOption& option) {
    return settings::value(optionKey(option), false).toBool();
}

QString endingOf(FigureFormat format) {
    switch (format) {
        case FigureFormat::Pdf:
            return QStringLiteral("pdf");
        case FigureFormat::Svg:
            return QStringLiteral("svg");
        case FigureFormat::Png:
            break;
    }
    return QStringLiteral("png");
}

QString filterOf(FigureFormat format) {
    switch (format) {
        case FigureFormat::Pdf:
            return FigureDialog::tr("PDF figure (*.pdf)");
        case FigureFormat::Svg:
            return FigureDialog::tr("SVG figure (*.svg)");
        case FigureFormat::Png:
            break;
    }
    return FigureDialog::tr("PNG picture (*.png)");
}

}  // namespace

FigureDialog::FigureDialog(Figure figure, QWidget* parent) : FigureDialog(std::move(figure), std::nullopt, parent) {}

FigureDialog::FigureDialog(const FigureOption& option, QWidget* parent)
    : FigureDialog(option.figure(isOptionOn(option)), std::optional(option), parent) {}

FigureDialog::FigureDialog(Figure figure, std::optional<FigureOption> option, QWidget* parent)
    : QDialog(parent), m_figure(std::move(figure)), m_option(std::move(option)) {
    setObjectName(QStringLiteral("figureDialog"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid);
    column->setSpacing(2 * Theme::kGrid);
    m_preview = new QLabel;
    m_preview->setObjectName(QStringLiteral("figurePreview"));
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setFixedSize(kPreviewWidth, kPreviewHeight);
    m_width = new QComboBox;
    m_width->setObjectName(QStringLiteral("figureWidth"));
    for (const double mm : {kFigureColumnMm, kFigurePageMm, kOwn}) m_width->addItem(QString(), mm);
    m_own = new QDoubleSpinBox;
    m_own->setObjectName(QStringLiteral("figureMm"));
    m_own->setRange(kFigureLeastMm, kFigureMostMm);
    m_own->setDecimals(1);
    m_format = new QComboBox;
    m_format->setObjectName(QStringLiteral("figureFormat"));
    for (const FigureFormat format : {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png})
        m_format->addItem(QString(), static_cast<int>(format));
    m_caption = new QCheckBox;
    m_caption->setObjectName(QStringLiteral("figureCaption"));
    m_caption->setEnabled(!m_figure.caption.isEmpty());
    m_size = new QLabel;
    m_size->setObjectName(QStringLiteral("figureSize"));
    m_size->setFont(Theme::secondaryFont());
    m_size->setForegroundRole(QPalette::PlaceholderText);
    m_widthTitle = new QLabel;
    m_formatTitle = new QLabel;
    m_widthTitle->setBuddy(m_width);
    m_formatTitle->setBuddy(m_format);
    auto* widths = new QHBoxLayout;
    widths->setSpacing(Theme::kGrid);
    widths->addWidget(m_width, 1);
    widths->addWidget(m_own);
    auto* form = new QFormLayout;
    form->setSpacing(Theme::kGrid);
    form->addRow(m_widthTitle, widths);
    form->addRow(m_formatTitle, m_format);
    form->addRow(QString(), m_caption);
    if (m_option) {
        makeOption();
        form->addRow(QString(), m_special);
    }
    form->addRow(QString(), m_size);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    for (QAbstractButton* button : m_buttons->buttons()) button->setIcon({});
    column->addWidget(m_preview);
    column->addLayout(form);
    column->addWidget(m_buttons);

    const double mm = settings::value(key("widthMm"), kFigurePageMm).toDouble();
    const int known = m_width->findData(mm);
    m_width->setCurrentIndex(known >= 0 ? known : m_width->findData(kOwn));
    m_own->setValue(mm);
    m_format->setCurrentIndex(
        std::max(0, m_format->findData(settings::value(key("format"), static_cast<int>(FigureFormat::Pdf)))));
    m_caption->setChecked(settings::value(key("caption"), true).toBool());
    connect(m_width, &QComboBox::currentIndexChanged, this, &FigureDialog::widthChosen);
    connect(m_own, &QDoubleSpinBox::valueChanged, this, &FigureDialog::refresh);
    connect(m_caption, &QCheckBox::toggled, this, &FigureDialog::refresh);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    retranslate();
    widthChosen();
}

void FigureDialog::makeOption() {
    m_special = new QCheckBox(m_option->text);
    m_special->setObjectName(QStringLiteral("figureOption"));
    m_special->setChecked(isOptionOn(*m_option));
    connect(m_special, &QCheckBox::toggled, this, [this](bool isOn) {
        m_figure = m_option->figure(isOn);
        refresh();
    });
}

double FigureDialog::widthMm() const {
    return m_own->value();
}

FigureFormat FigureDialog::format() const {
    return static_cast<FigureFormat>(m_format->currentData().toInt());
}

Figure FigureDialog::chosen() const {
    Figure figure = m_figure;
    if (!m_caption->isChecked()) figure.caption.clear();
    return figure;
}

void FigureDialog::remember() const {
    settings::setValue(key("widthMm"), widthMm());
    settings::setValue(key("format"), static_cast<int>(format()));
    settings::setValue(key("caption"), m_caption->isChecked());
    if (m_option) settings::setValue(optionKey(*m_option), m_special->isChecked());
}

void FigureDialog::widthChosen() {
    const double mm = m_width->currentData().toDouble();
    m_own->setEnabled(mm == kOwn);
    if (mm != kOwn) m_own->setValue(mm);
    refresh();
}

void FigureDialog::refresh() {
    const double ratio = devicePixelRatioF();
    const Figure figure = chosen();
    const QSizeF mm = figureSizeMm(figure, widthMm());
    m_size->setText(tr("%1 × %2 mm, letters of 7 pt")
                        .arg(QString::number(mm.width(), 'f', 0), QString::number(mm.height(), 'f', 0)));
    QImage image = figurePreview(figure, widthMm(), int(kPreviewWidth * ratio));
    if (image.height() > kPreviewHeight * ratio)
        image = image.scaledToHeight(int(kPreviewHeight * ratio), Qt::SmoothTransformation);
    image.setDevicePixelRatio(ratio);
    m_preview->setPixmap(QPixmap::fromImage(image));
}

void FigureDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void FigureDialog::retranslate() {
    setWindowTitle(tr("Save figure"));
    m_widthTitle->setText(tr("Width"));
    m_formatTitle->setText(tr("Format"));
    m_width->setItemText(0, tr("One column, 85 mm"));
    m_width->setItemText(1, tr("Page, 175 mm"));
    m_width->setItemText(2, tr("Own width"));
    m_own->setSuffix(tr(" mm"));
    m_own->setAccessibleName(tr("Width in millimetres"));
    m_format->setItemText(0, tr("PDF, fonts embedded"));
    m_format->setItemText(1, tr("SVG, letters as outlines"));
    m_format->setItemText(2, tr("PNG, 300 dots per inch"));
    m_caption->setText(tr("Caption below"));
    m_caption->setToolTip(tr("Says of which rule, layers, posts, data and seeds the figure is"));
    m_preview->setAccessibleName(tr("Preview of the figure"));
    m_buttons->button(QDialogButtonBox::Save)->setText(tr("Save…"));
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
}

namespace {

FigureSaving askAndSave(QWidget* parent, const QString& id, FigureDialog& dialog) {
    if (dialogs::run(dialog) != QDialog::Accepted) return {};
    dialog.remember();
    const Figure figure = dialog.chosen();
    const QString ending = endingOf(dialog.format());
    const QString proposed = figure.name.isEmpty() ? QString() : figure.name + QLatin1Char('.') + ending;
    const QString folder = settings::value(QStringLiteral("folders/") + id).toString();
    QString path =
        dialogs::file(parent, {id, dialogs::FileRequest::Kind::SaveFile, FigureDialog::tr("Save figure"),
                               folder.isEmpty() || proposed.isEmpty() ? proposed : folder + QLatin1Char('/') + proposed,
                               filterOf(dialog.format())});
    if (path.isEmpty()) return {};
    const QString written = QFileInfo(path).suffix().toLower();
    constexpr std::array kEndings{"pdf", "svg", "png"};
    const bool isKnown =
        std::any_of(kEndings.begin(), kEndings.end(), [&](const char* one) { return written == QLatin1String(one); });
    if (!isKnown) {
        path += QLatin1Char('.') + ending;  // the file dialog asked about another name than this one
        if (QFileInfo::exists(path) &&
            dialogs::ask(parent, {QStringLiteral("replace-figure"),
                                  FigureDialog::tr("Replace the figure?"),
                                  FigureDialog::tr("%1 is there already.").arg(path),
                                  QString(),
                                  {FigureDialog::tr("Replace"), FigureDialog::tr("Cancel")}}) != 0)
            return {};
    }
    return {path, saveFigure(path, figure, dialog.widthMm())};
}

}  // namespace

FigureSaving askAndSaveFigure(QWidget* parent, const QString& id, const Figure& figure) {
    FigureDialog dialog(figure, parent);
    return askAndSave(parent, id, dialog);
}

FigureSaving askAndSaveFigure(QWidget* parent, const QString& id, const FigureOption& option) {
    FigureDialog dialog(option, parent);
    return askAndSave(parent, id, dialog);
}

}  // namespace mnerva::ui
