#include "ui/pages/attention/map_figure_dialog.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>
#include <cmath>

#include "ui/base/settings.h"
#include "ui/charts/figure_export.h"
#include "ui/look/theme.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

enum Widths { kColumn, kPage, kOwn };
constexpr double kLeastMm = 60, kMostMm = 400;
constexpr double kPreviewScale = 1.5;  // pixels of the preview for one of the figure

QString key(const char* name) {
    return QStringLiteral("attention/figure-%1").arg(QLatin1String(name));
}

}  // namespace

MapFigureDialog::MapFigureDialog(AttentionFigure figure, QWidget* parent)
    : QDialog(parent), m_figure(std::move(figure)) {
    setObjectName(QStringLiteral("attentionFigureDialog"));
    setWindowTitle(tr("Save figure"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid, 2 * Theme::kGrid);
    row->setSpacing(3 * Theme::kGrid);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    m_preview = new QLabel(scroll);
    m_preview->setObjectName(QStringLiteral("figurePreview"));
    m_preview->setAlignment(Qt::AlignCenter);
    scroll->setWidget(m_preview);
    scroll->setWidgetResizable(true);
    row->addWidget(scroll, 1);
    auto* side = new QVBoxLayout;
    auto* form = new QFormLayout;
    form->setVerticalSpacing(Theme::kGrid);
    m_width = new QComboBox(this);
    m_width->setObjectName(QStringLiteral("figureWidth"));
    m_width->addItems({tr("one column, 85 mm"), tr("two columns, 175 mm"), tr("own width")});
    m_millimetres = new QDoubleSpinBox(this);
    m_millimetres->setObjectName(QStringLiteral("figureMillimetres"));
    m_millimetres->setRange(kLeastMm, kMostMm);
    m_millimetres->setDecimals(1);
    m_millimetres->setSuffix(tr(" mm"));
    m_format = new QComboBox(this);
    m_format->setObjectName(QStringLiteral("figureFormat"));
    for (const char* format : {"PDF", "SVG", "PNG"}) m_format->addItem(QLatin1String(format));
    m_matrix = new QCheckBox(tr("With the table of words and regions"), this);
    m_matrix->setObjectName(QStringLiteral("figureMatrix"));
    form->addRow(tr("Width"), m_width);
    form->addRow(QString(), m_millimetres);
    form->addRow(tr("Format"), m_format);
    form->addRow(m_matrix);
    side->addLayout(form);
    m_size = new QLabel(this);
    m_size->setFont(Theme::secondaryFont());
    m_size->setForegroundRole(QPalette::PlaceholderText);
    m_size->setWordWrap(true);
    side->addWidget(m_size);
    side->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save…"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("figureSave"));
    m_save->setDefault(true);
    for (QAbstractButton* button : buttons->buttons()) button->setIcon({});
    side->addWidget(buttons);
    row->addLayout(side);
    m_millimetres->setValue(settings::value(key("mm"), kColumnMm).toDouble());
    m_width->setCurrentIndex(std::clamp(settings::value(key("width"), 0).toInt(), 0, 2));
    m_format->setCurrentIndex(std::clamp(settings::value(key("format"), 0).toInt(), 0, 2));
    m_matrix->setChecked(settings::value(key("matrix"), false).toBool());
    m_matrix->setVisible(bool(m_figure.paintMatrix));
    connect(m_width, &QComboBox::currentIndexChanged, this, &MapFigureDialog::refresh);
    connect(m_millimetres, &QDoubleSpinBox::valueChanged, this, &MapFigureDialog::refresh);
    connect(m_matrix, &QCheckBox::toggled, this, &MapFigureDialog::refresh);
    connect(m_save, &QPushButton::clicked, this, &MapFigureDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(1080, 720);
    refresh();
}

FigureChoice MapFigureDialog::choice() const {
    const int width = m_width->currentIndex();
    return {width == kColumn ? kColumnMm
            : width == kPage ? kPageMm
                             : m_millimetres->value(),
            m_matrix->isChecked() && bool(m_figure.paintMatrix)};
}

/// The figure as it will be, from the same painter.
void MapFigureDialog::refresh() {
    m_millimetres->setVisible(m_width->currentIndex() == kOwn);
    const Theme::FigureFonts fonts;
    const AttentionFigurePainter figure(m_figure, choice());
    const double scale = kPreviewScale * devicePixelRatioF();
    QPixmap picture((QSizeF(figure.size()) * scale).toSize());
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    painter.scale(scale, scale);
    figure.paint(painter);
    painter.end();
    picture.setDevicePixelRatio(devicePixelRatioF());
    m_preview->setPixmap(picture);
    m_preview->setAccessibleDescription(m_figure.caption);
    m_size->setText(
        tr("%1 × %2 mm; letters of 7 pt, the photo takes %3 % of the width")
            .arg(QString::number(choice().widthMm, 'f', 0), QString::number(figure.size().height() * 25.4 / 96, 'f', 0))
            .arg(int(std::lround(100 * figure.photoShare()))));
}

QString MapFigureDialog::ending() const {
    return QLatin1Char('.') + m_format->currentText().toLower();
}

void MapFigureDialog::save() {
    settings::setValue(key("width"), m_width->currentIndex());
    settings::setValue(key("mm"), m_millimetres->value());
    settings::setValue(key("format"), m_format->currentIndex());
    settings::setValue(key("matrix"), m_matrix->isChecked());
    QString path = dialogs::file(this, {QStringLiteral("save-attention"), dialogs::FileRequest::Kind::SaveFile,
                                        tr("Save figure"), m_figure.fileName + ending(), figureFilter()});
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += ending();
    const auto error = saveAttentionFigure(path, m_figure, choice());
    accept();
    if (error)
        Q_EMIT failed(*error);
    else
        Q_EMIT saved(path);
}

}  // namespace mnerva::ui
