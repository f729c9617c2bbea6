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
constexpr int kGap = 6, kRowGap = 4;
constexpr int kRows = 2;
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
    if (m_sticky) text = tr("%1; it sticks: each click and each drag labels").arg(text);
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
    const bool solid = m_flash.isActive() || m_sticky;  // a label that sticks is seen from afar
    if (solid) fill = m_colour;
    if (isDown() || underMouse()) fill.setAlphaF(std::min(1.0F, fill.alphaF() + 0.12F));
    painter.setBrush(fill);
    const bool strong = m_sticky || hasFocus();
    painter.setPen(strong ? QPen(m_sticky ? m_colour : Theme::color(Theme::Role::Accent), 2) : QPen(Qt::NoPen));
    painter.drawRoundedRect(frame, 4, 4);

    int x = kChipPad;
    painter.setFont(Theme::secondaryFont());
    const QColor small = solid ? Theme::color(Theme::Role::Surface) : Theme::color(Theme::Role::SecondaryText);
    if (!m_key.isEmpty()) {
        painter.setPen(small);
        const int width = painter.fontMetrics().horizontalAdvance(m_key);
        painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, m_key);
        x += width + kGap;
    }
    painter.setFont(Theme::bodyFont());
    painter.setPen(solid ? Theme::color(Theme::Role::Surface) : Theme::ink(m_colour));
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
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
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
    return {std::min(wholeWidth(), 400), kHeight};
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
        connect(chip, &QAbstractButton::clicked, this, [this, index] { m_host.clickLabel(index); });
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
    updateGeometry();
    Q_EMIT rebuilt();
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

int ChipBar::wholeWidth() const {
    int total = 0;
    for (const auto* chip : m_chips) total += chip->sizeHint().width() + kGap;
    return std::max(0, total - kGap);
}

/// The chips that fit into two rows of a width, in the order of their keys, without a hole; behind them room for "more"
/// where some are left.
std::vector<QRect> ChipBar::placesIn(int width) const {
    const auto fill = [&](int lastRoom) {
        std::vector<QRect> places;
        int x = 0, row = 0;
        for (const auto* chip : m_chips) {
            const int wide = chip->sizeHint().width();
            if (x > 0 && x + wide > (row + 1 < kRows ? width : lastRoom)) {
                if (++row == kRows) break;
                x = 0;
            }
            if (x + wide > (row + 1 < kRows ? width : lastRoom)) break;
            places.emplace_back(x, row * (kHeight + kRowGap), wide, kHeight);
            x += wide + kGap;
        }
        return places;
    };
    std::vector<QRect> places = fill(width);
    if (places.size() == m_chips.size()) return places;
    return fill(width - m_more->sizeHint().width() - kGap);
}

int ChipBar::heightForWidth(int width) const {
    const auto places = placesIn(width);
    return places.empty() ? kHeight : places.back().bottom() + 1;
}

void ChipBar::arrange() {
    const std::vector<QRect> places = placesIn(width());
    m_shown = static_cast<int>(places.size());
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        m_chips[i]->setVisible(i < places.size());
        if (i < places.size()) m_chips[i]->setGeometry(places[i]);
    }
    const QRect last = places.empty() ? QRect(-kGap, 0, 0, kHeight) : places.back();
    m_more->setVisible(places.size() < m_chips.size());
    m_more->setGeometry(last.right() + 1 + kGap, last.top(), m_more->sizeHint().width(), kHeight);
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
