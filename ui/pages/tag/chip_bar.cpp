#include "ui/pages/tag/chip_bar.h"

#include <QPainter>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kChipPad = 8;
constexpr int kGap = 6;
constexpr int kFlashMs = 150;
constexpr int kTipLetters = 400;  // of a guideline
constexpr QLatin1String kFindLabel("tag.findLabel");

}  // namespace

LabelChip::LabelChip(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    m_flash.setSingleShot(true);
    m_flash.setInterval(kFlashMs);
    connect(&m_flash, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

void LabelChip::setLabel(const QString& key, const QString& name, const QColor& colour, const QString& guideline) {
    m_key = key;
    m_guideline = guideline;
    m_name = name;
    m_colour = colour;
    setObjectName(QStringLiteral("chip_") + name);
    describe();
    update();
}

void LabelChip::setCount(int count) {
    if (count == m_count) return;
    m_count = count;
    describe();
    updateGeometry();
    update();
}

void LabelChip::setSticky(bool sticky) {
    if (sticky == m_sticky) return;
    m_sticky = sticky;
    describe();
    update();
}

void LabelChip::flash() {
    m_flash.start();
    update();
}

void LabelChip::describe() {
    QString text = tr("Label %1, %n in this post", nullptr, m_count).arg(m_name);
    if (!m_key.isEmpty()) text = tr("%1, key %2").arg(text, m_key);
    setAccessibleName(text);
    QString tip = text;
    if (!m_guideline.isEmpty())
        tip += QLatin1Char('\n') +
               (m_guideline.size() > kTipLetters ? m_guideline.left(kTipLetters - 1) + u'…' : m_guideline);
    setToolTip(tip);
}

QSize LabelChip::sizeHint() const {
    const QFontMetrics body(Theme::bodyFont()), small(Theme::secondaryFont());
    int width = 2 * kChipPad + body.horizontalAdvance(m_name);
    if (!m_key.isEmpty()) width += small.horizontalAdvance(m_key) + kGap;
    // Room for two digits always, so that the row does not move when a count does.
    return {width + kGap + small.horizontalAdvance(QStringLiteral("00")), kHeight};
}

void LabelChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    QColor fill = Theme::tint(m_colour);
    if (m_flash.isActive()) fill = m_colour;
    if (isDown() || underMouse()) fill.setAlphaF(std::min(1.0F, fill.alphaF() + 0.12F));
    painter.setBrush(fill);
    const bool strong = m_sticky || hasFocus();
    painter.setPen(strong ? QPen(m_sticky ? m_colour : Theme::color(Theme::Role::Accent), 2) : QPen(Qt::NoPen));
    painter.drawRoundedRect(frame, 4, 4);

    int x = kChipPad;
    painter.setFont(Theme::secondaryFont());
    const QColor small =
        m_flash.isActive() ? Theme::color(Theme::Role::Surface) : Theme::color(Theme::Role::SecondaryText);
    if (!m_key.isEmpty()) {
        painter.setPen(small);
        const int width = painter.fontMetrics().horizontalAdvance(m_key);
        painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, m_key);
        x += width + kGap;
    }
    painter.setFont(Theme::bodyFont());
    painter.setPen(m_flash.isActive() ? Theme::color(Theme::Role::Surface) : Theme::ink(m_colour));
    const int nameWidth = painter.fontMetrics().horizontalAdvance(m_name);
    painter.drawText(QRect(x, 0, nameWidth + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, m_name);
    if (m_count > 0) {
        painter.setFont(Theme::secondaryFont());
        painter.setPen(small);
        painter.drawText(rect().adjusted(0, 0, -kChipPad, 0), Qt::AlignVCenter | Qt::AlignRight,
                         QString::number(m_count));
    }
}

ChipBar::ChipBar(TagHost& host, QWidget* parent) : QWidget(parent), m_host(host), m_more(new QToolButton(this)) {
    setObjectName(QStringLiteral("chipBar"));
    m_more->setObjectName(QStringLiteral("moreLabels"));
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    host.actions().describe(m_more, kFindLabel);
    connect(m_more, &QToolButton::clicked, &host, &TagHost::labelFinderWanted);
    connect(&host, &TagHost::changed, this, &ChipBar::refresh);
    connect(&host, &TagHost::postChanged, this, &ChipBar::refresh);
    connect(&host.actions(), &ActionRegistry::keysChanged, this, &ChipBar::rebuild);
    connect(&host.actions(), &ActionRegistry::descriptionsChanged, this, &ChipBar::retranslate);
    connect(&host, &TagHost::labelled, this, [this](const QString& type) {
        for (auto* chip : m_chips) {
            if (chip->name() == type) chip->flash();
        }
    });
    if (auto* theme = Theme::instance()) connect(theme, &Theme::changed, this, &ChipBar::rebuild);
    retranslate();
    rebuild();
}

void ChipBar::retranslate() {
    const QString key = m_host.actions().key(kFindLabel).toString(QKeySequence::NativeText);
    m_more->setText(tr("%1 more", "key, and what it shows").arg(key).trimmed());
    m_more->setAccessibleName(tr("Find a label by its name"));
    setAccessibleName(tr("Labels"));
    refresh();
}

QSize ChipBar::sizeHint() const {
    return {400, kHeight};
}
QSize ChipBar::minimumSizeHint() const {
    return {80, kHeight};
}

void ChipBar::rebuild() {
    const auto& labels = m_host.session().labels();
    m_labels = labels;
    const auto count = labels.types.size();
    while (m_chips.size() > count) {
        m_chips.back()->deleteLater();
        m_chips.pop_back();
    }
    while (m_chips.size() < count) {
        auto* chip = new LabelChip(this);
        const int index = static_cast<int>(m_chips.size());
        connect(chip, &QAbstractButton::clicked, this, [this, index] { m_host.labelAt(index); });
        chip->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(chip, &QWidget::customContextMenuRequested, this, [this, chip] { m_host.editLabel(chip->name()); });
        m_chips.push_back(chip);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto& type = labels.types[i];
        m_chips[i]->setLabel(labelKeyText(m_host.actions(), static_cast<int>(i)), fromUtf8(type),
                             Theme::labelColor(type, labels), fromUtf8(labels.noteOf(type).description));
    }
    refresh();
    arrange();
}

void ChipBar::refresh() {
    if (m_labels != m_host.session().labels()) return rebuild();
    const auto sticky = m_host.stickyLabel();
    const auto& types = m_host.session().labels().types;
    for (std::size_t i = 0; i < m_chips.size() && i < types.size(); ++i) {
        m_chips[i]->setCount(m_host.countOf(types[i]));
        m_chips[i]->setSticky(sticky == static_cast<int>(i));
    }
}

void ChipBar::arrange() {
    int total = 0;
    for (const auto* chip : m_chips) total += chip->sizeHint().width() + kGap;
    const bool all = total - kGap <= width();
    const int moreWidth = m_more->sizeHint().width();
    const int room = all ? width() : width() - moreWidth - kGap;
    int x = 0;
    m_shown = 0;
    for (auto* chip : m_chips) {
        const int chipWidth = chip->sizeHint().width();
        const bool fits = m_shown >= 0 && x + chipWidth <= room;
        chip->setVisible(fits);
        if (fits) {
            chip->setGeometry(x, (height() - kHeight) / 2, chipWidth, kHeight);
            x += chipWidth + kGap;
            ++m_shown;
        } else {
            x = room + 1;  // the order of the keys has no holes
        }
    }
    m_more->setVisible(!all && !m_chips.empty());
    int after = 0;
    if (m_shown > 0) after = m_chips[static_cast<std::size_t>(m_shown) - 1]->geometry().right() + 1 + kGap;
    m_more->setGeometry(after, (height() - kHeight) / 2, moreWidth, kHeight);
}

void ChipBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void ChipBar::wheelEvent(QWheelEvent* event) {
    event->accept();
    m_wheel += event->angleDelta().y();
    if (std::abs(m_wheel) < 120) return;
    const int step = m_wheel > 0 ? -1 : 1;
    m_wheel = 0;
    const int count = static_cast<int>(m_chips.size());
    if (count == 0) return;
    // "None" is one of the stops.
    const int now = m_host.stickyLabel().value_or(-1);
    const int next = now + step;
    if (next < -1 || next >= count) return;
    m_host.setStickyLabel(next < 0 ? std::nullopt : std::optional<int>(next));
}

}  // namespace mnerva::ui
