#include "ui/look/flat_style.h"

#include <QAbstractItemView>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

using R = Theme::Role;

constexpr double kRadius = 4;
constexpr int kScrollExtent = 12, kShortestSlider = 28, kFieldPadding = 6, kArrowWidth = 24;
constexpr double kKnob = 7;  // radius of a slider's

QColor border(const QStyleOption* option) {
    if (!(option->state & QStyle::State_Enabled)) return Theme::color(R::Hairline);
    if (option->state & QStyle::State_HasFocus) return Theme::color(R::Accent);
    QColor line = Theme::color(R::DisabledText);
    line.setAlphaF(0.7F);
    return line;
}

void drawBox(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& line) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.alpha() == 0 ? QPen(Qt::NoPen) : QPen(line, 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter->restore();
}

/// A small angle pointing down (or up) in the middle of a rectangle.
void drawChevron(QPainter* painter, const QRect& rect, bool up, const QColor& colour) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF centre = QRectF(rect).center();
    const double rise = up ? -2 : 2;
    const QPointF points[] = {centre + QPointF(-4, -rise), centre + QPointF(0, rise), centre + QPointF(4, -rise)};
    painter->drawPolyline(points, 3);
    painter->restore();
}

/// One that is filled with the accent: a dialog's default, or whose palette says so.
bool isDefaultButton(const QStyleOption* option) {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (!button || !(option->state & QStyle::State_Enabled)) return false;
    return (button->features & QStyleOptionButton::DefaultButton) ||
           option->palette.color(QPalette::Button) == Theme::color(R::Accent);
}

void drawButton(const QStyleOption* option, QPainter* painter) {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const bool down = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hover = (option->state & QStyle::State_MouseOver) && (option->state & QStyle::State_Enabled);
    const bool flat = button && (button->features & QStyleOptionButton::Flat);
    if (flat && !down && !hover && !(option->state & QStyle::State_HasFocus)) return;
    if (isDefaultButton(option) && !flat) {
        const QColor accent = Theme::color(R::Accent);
        const QColor fill = down ? accent.darker(115) : hover ? accent.lighter(108) : accent;
        drawBox(painter, option->rect, fill, option->state & QStyle::State_HasFocus ? Theme::color(R::Text) : fill);
        return;
    }
    const QColor fill = down    ? Theme::color(R::AccentSurface)
                        : hover ? Theme::color(R::Hover)
                        : flat  ? QColor(Qt::transparent)
                                : option->palette.color(QPalette::Button);
    drawBox(painter, option->rect, fill,
            flat && !(option->state & QStyle::State_HasFocus) ? QColor(Qt::transparent) : border(option));
}

void drawToolButton(const QStyleOption* option, QPainter* painter) {
    const bool enabled = option->state & QStyle::State_Enabled;
    if (option->state & (QStyle::State_Sunken | QStyle::State_On)) {
        drawBox(painter, option->rect, Theme::color(R::AccentSurface), Qt::transparent);
    } else if (enabled && (option->state & QStyle::State_MouseOver)) {
        drawBox(painter, option->rect, Theme::color(R::Hairline), Qt::transparent);
    } else if (!(option->state & QStyle::State_AutoRaise)) {
        drawBox(painter, option->rect, option->palette.color(QPalette::Button), border(option));
    }
    if (enabled && (option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_KeyboardFocusChange)) {
        drawBox(painter, option->rect, Qt::transparent, Theme::color(R::Accent));
    }
}

/// The open tab has a line in the accent colour under it and its text is not quiet.
void drawTab(const QStyleOptionTab* tab, QPainter* painter) {
    const bool isOpen = tab->state & QStyle::State_Selected;
    const QRect rect = tab->rect.adjusted(0, 2, 0, 0);
    if (!isOpen && (tab->state & QStyle::State_MouseOver) && (tab->state & QStyle::State_Enabled))
        drawBox(painter, rect.adjusted(1, 1, -1, -3), Theme::color(R::Hover), Qt::transparent);
    const QRect line(rect.left() + 4, rect.bottom() - 2, rect.width() - 8, 3);
    if (isOpen)
        painter->fillRect(line, Theme::color(R::Accent));
    else
        painter->fillRect(QRect(line.left(), line.bottom(), line.width(), 1), Theme::color(R::Hairline));
    if ((tab->state & QStyle::State_HasFocus) && isOpen)
        drawBox(painter, rect.adjusted(1, 1, -1, -4), Qt::transparent, Theme::color(R::Accent));
}

void drawHeaderSection(const QStyleOption* option, QPainter* painter) {
    painter->fillRect(option->rect, Theme::color(R::Surface));
    // Rows have no lines between them, so their headers have none either.
    if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        header ? header->orientation == Qt::Vertical : !(option->state & QStyle::State_Horizontal))
        return;
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                      Theme::color(R::Hairline));
}

void drawProgress(const QStyleOption* option, QPainter* painter, bool contents) {
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    if (!bar) return;
    QRect rect = option->rect;
    if (!contents) {
        drawBox(painter, rect, Theme::color(R::Hairline), Qt::transparent);
        return;
    }
    const int range = bar->maximum - bar->minimum;
    QColor fill = Theme::color(option->state & QStyle::State_Enabled ? R::Accent : R::DisabledText);
    if (range <= 0) {
        fill.setAlphaF(0.45F);  // how far is unknown
    } else {
        const double part = static_cast<double>(bar->progress - bar->minimum) / range;
        rect.setWidth(static_cast<int>(rect.width() * std::clamp(part, 0.0, 1.0)));
    }
    if (rect.width() > 0) drawBox(painter, rect, fill, Qt::transparent);
}

/// Where the slider of a scroll bar stands; there are no arrow buttons.
QRect sliderRect(const QStyleOptionSlider* bar) {
    const bool across = bar->orientation == Qt::Horizontal;
    const int length = across ? bar->rect.width() : bar->rect.height();
    const int range = bar->maximum - bar->minimum;
    int slider = length;
    if (range > 0)
        slider = std::clamp(static_cast<int>(static_cast<qint64>(length) * bar->pageStep / (range + bar->pageStep)),
                            std::min(kShortestSlider, length), length);
    const int start = QStyle::sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider,
                                                      bar->upsideDown);
    return across ? QRect(bar->rect.x() + start, bar->rect.y(), slider, bar->rect.height())
                  : QRect(bar->rect.x(), bar->rect.y() + start, bar->rect.width(), slider);
}

void drawScrollBar(const QStyleOptionSlider* bar, QPainter* painter) {
    painter->fillRect(bar->rect, Theme::color(R::Window));
    if (bar->maximum <= bar->minimum) return;
    const bool active = bar->state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    QColor fill = Theme::color(R::DisabledText);
    fill.setAlphaF(active ? 0.9F : 0.55F);
    const QRect slider = sliderRect(bar).adjusted(3, 3, -3, -3);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRoundedRect(slider, 3, 3);
    painter->restore();
}

/// A line that is filled up to a knob which stands out in both themes.
void drawSlider(const QStyleOptionSlider* slider, const QRect& groove, const QRect& handle, QPainter* painter) {
    const bool across = slider->orientation == Qt::Horizontal, enabled = slider->state & QStyle::State_Enabled;
    const QColor knob = Theme::color(enabled ? R::Accent : R::DisabledText);
    const QPoint middle = handle.center();
    QRectF line = across ? QRectF(groove.left(), middle.y() - 1, groove.width(), 3)
                         : QRectF(middle.x() - 1, groove.top(), 3, groove.height());
    QRectF filled = line;
    // Upside down is how a vertical slider has its least value at the bottom.
    if (across)
        slider->upsideDown ? filled.setLeft(middle.x()) : filled.setRight(middle.x());
    else
        slider->upsideDown ? filled.setTop(middle.y()) : filled.setBottom(middle.y());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::color(R::DisabledText));
    painter->drawRoundedRect(line, 1.5, 1.5);
    painter->setBrush(knob);
    painter->drawRoundedRect(filled, 1.5, 1.5);
    painter->setPen(QPen(Theme::color(slider->state & QStyle::State_HasFocus ? R::Text : R::Window), 2));
    painter->drawEllipse(QPointF(middle) + QPointF(0.5, 0.5), kKnob, kKnob);
    painter->restore();
}

void drawCombo(const QStyleOptionComboBox* combo, QPainter* painter) {
    const bool hover =
        (combo->state & QStyle::State_MouseOver) && (combo->state & QStyle::State_Enabled) && !combo->editable;
    const QColor fill = combo->editable ? Theme::color(R::Surface)
                        : hover         ? Theme::color(R::Hover)
                                        : combo->palette.color(QPalette::Button);
    if (combo->frame || !combo->editable)
        drawBox(painter, combo->rect, fill, combo->frame ? border(combo) : QColor(Qt::transparent));
    const QRect arrow(combo->rect.right() - kArrowWidth + 1, combo->rect.y(), kArrowWidth, combo->rect.height());
    drawChevron(painter, arrow, false,
                Theme::color(combo->state & QStyle::State_Enabled ? R::SecondaryText : R::DisabledText));
}

void drawSpin(const QStyle* style, const QStyleOptionSpinBox* spin, QPainter* painter, const QWidget* widget) {
    drawBox(painter, spin->rect, Theme::color(R::Surface), border(spin));
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons) return;
    for (const bool up : {true, false}) {
        const auto part = up ? QStyle::SC_SpinBoxUp : QStyle::SC_SpinBoxDown;
        const QRect rect = style->subControlRect(QStyle::CC_SpinBox, spin, part, widget);
        const bool active =
            (spin->activeSubControls & part) && (spin->state & (QStyle::State_MouseOver | QStyle::State_Sunken));
        if (active) painter->fillRect(rect.adjusted(0, up ? 1 : 0, -1, up ? 0 : -1), Theme::color(R::Hover));
        const bool enabled =
            (spin->state & QStyle::State_Enabled) &&
            (spin->stepEnabled & (up ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled));
        drawChevron(painter, rect, up, Theme::color(enabled ? R::SecondaryText : R::Hairline));
    }
}

/// Check boxes and radio buttons; Fusion's are hard to see on a dark ground.
void drawIndicator(const QStyleOption* option, QPainter* painter, bool round) {
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool on = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const int side = std::min({option->rect.width(), option->rect.height(), 16});
    QRectF box(0, 0, side - 1, side - 1);
    box.moveCenter(QRectF(option->rect).center());
    const QColor accent = Theme::color(enabled ? R::Accent : R::DisabledText);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on ? accent : enabled ? Theme::color(R::SecondaryText) : Theme::color(R::DisabledText), 1.2));
    painter->setBrush(on ? accent : Theme::color(R::Surface));
    if (round) {
        painter->drawEllipse(box);
    } else {
        painter->drawRoundedRect(box, 3, 3);
    }
    if (on) {
        const QColor mark = Theme::color(R::AccentText);
        if (round) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(mark);
            painter->drawEllipse(box.center(), side * 0.2, side * 0.2);
        } else if (option->state & QStyle::State_NoChange) {
            painter->fillRect(QRectF(box.left() + 4, box.center().y() - 1, box.width() - 8, 2), mark);
        } else {
            painter->setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const QPointF c = box.center();
            const QPointF points[] = {c + QPointF(-3.5, 0), c + QPointF(-1, 2.5), c + QPointF(3.5, -2.5)};
            painter->drawPolyline(points, 3);
        }
    }
    if (option->state & QStyle::State_HasFocus) {
        painter->setPen(QPen(Theme::color(R::Accent), 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), round ? side : 5, round ? side : 5);
    }
    painter->restore();
}

}  // namespace

FlatStyle::FlatStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void FlatStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (auto* label = qobject_cast<QLabel*>(widget); label && label->textFormat() != Qt::PlainText)
        label->setTextFormat(Qt::PlainText);
}

int FlatStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ToolBarIconSize:
            return Theme::kIconSide;
        case PM_LayoutHorizontalSpacing:
        case PM_LayoutVerticalSpacing:
            return Theme::kGrid;
        case PM_LayoutLeftMargin:
        case PM_LayoutTopMargin:
        case PM_LayoutRightMargin:
        case PM_LayoutBottomMargin:
            return 2 * Theme::kGrid;
        case PM_SplitterWidth:
            return 1;
        case PM_ScrollBarExtent:
            return kScrollExtent;
        case PM_HeaderMargin:
            return Theme::kGrid;
        case PM_FocusFrameHMargin:
            return Theme::kGrid - 1;  // text margin of item views, one less than it shows
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlatStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* data) const {
    if (hint == SH_ItemView_ShowDecorationSelected) return 1;
    if (hint == SH_ToolTip_WakeUpDelay) return 400;
    if (hint == SH_EtchDisabledText || hint == SH_UnderlineShortcut) return 0;
    if (hint == SH_ComboBox_Popup) return 0;
    if (hint == SH_DialogButtonLayout) return QDialogButtonBox::GnomeLayout;  // what is done stands at the right
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QSize FlatStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                  const QWidget* widget) const {
    QSize made = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton) return made + QSize(2 * Theme::kGrid, 2);
    if (type == CT_LineEdit) return made + QSize(2 * kFieldPadding, 2);
    if (type == CT_ComboBox || type == CT_SpinBox) return made + QSize(kFieldPadding, 2);
    return made;
}

QRect FlatStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents) {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        return frame && frame->lineWidth > 0 ? rect.adjusted(kFieldPadding - 2, 0, 2 - kFieldPadding, 0) : rect;
    }
    return rect;
}

QRect FlatStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                const QWidget* widget) const {
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            const QRect slider = sliderRect(bar);
            const bool across = bar->orientation == Qt::Horizontal;
            switch (part) {
                case SC_ScrollBarSlider:
                    return slider;
                case SC_ScrollBarGroove:
                    return bar->rect;
                case SC_ScrollBarAddPage:
                    return across ? QRect(QPoint(slider.right() + 1, bar->rect.top()), bar->rect.bottomRight())
                                  : QRect(QPoint(bar->rect.left(), slider.bottom() + 1), bar->rect.bottomRight());
                case SC_ScrollBarSubPage:
                    return across ? QRect(bar->rect.topLeft(), QPoint(slider.left() - 1, bar->rect.bottom()))
                                  : QRect(bar->rect.topLeft(), QPoint(bar->rect.right(), slider.top() - 1));
                default:
                    return {};
            }
        }
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField) {
        return option->rect.adjusted(kFieldPadding + 2, 2, -kArrowWidth, -2);
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    switch (element) {
        case PE_PanelButtonCommand:
            drawButton(option, painter);
            return;
        case PE_PanelButtonTool:
            drawToolButton(option, painter);
            return;
        case PE_IndicatorRadioButton:
            drawIndicator(option, painter, true);
            return;
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck:
            drawIndicator(option, painter, false);
            return;
        case PE_FrameDefaultButton:
            return;
        case PE_FrameFocusRect:
            // Buttons and fields show the focus by their frame, rows by their ground.
            if (qobject_cast<const QPushButton*>(widget) || qobject_cast<const QAbstractItemView*>(widget)) return;
            break;
        case PE_PanelLineEdit: {
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            const bool framed = frame && frame->lineWidth > 0;
            const QColor base =
                option->palette.color(option->state & State_Enabled ? QPalette::Base : QPalette::Window);
            if (framed) {
                drawBox(painter, option->rect, base, border(option));
            } else if (!widget || !widget->parentWidget() ||
                       !(widget->parentWidget()->inherits("QComboBox") ||
                         widget->parentWidget()->inherits("QAbstractSpinBox"))) {
                painter->fillRect(option->rect, base);
            }
            return;
        }
        case PE_FrameLineEdit:
            return;
        case PE_Frame: {
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            if (!frame || frame->lineWidth <= 0) return;
            painter->save();
            painter->setPen(Theme::color(R::Hairline));
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            painter->restore();
            return;
        }
        default:
            break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void FlatStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                            const QWidget* widget) const {
    switch (element) {
        case CE_HeaderSection:
        case CE_HeaderEmptyArea:
            drawHeaderSection(option, painter);
            return;
        case CE_ComboBoxLabel:
            if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); combo && !combo->editable) {
                QStyleOptionComboBox copy(*combo);
                const QRect field = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
                const int icon = combo->currentIcon.isNull() ? 0 : combo->iconSize.width() + 4;
                copy.currentText = combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight,
                                                                 std::max(0, field.width() - icon - 2));
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
            break;
        case CE_TabBarTabShape:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) return drawTab(tab, painter);
            break;
        case CE_TabBarTabLabel:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
                QStyleOptionTab copy(*tab);
                copy.state &= ~State_HasFocus;  // shown by the shape
                if (!(copy.state & State_Selected))
                    copy.palette.setColor(QPalette::WindowText, Theme::color(R::SecondaryText));
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
            break;
        case CE_ProgressBarGroove:
            drawProgress(option, painter, false);
            return;
        case CE_ProgressBarContents:
            drawProgress(option, painter, true);
            return;
        case CE_PushButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
                button && isDefaultButton(option) && !(button->features & QStyleOptionButton::Flat)) {
                QStyleOptionButton copy(*button);
                copy.palette.setColor(QPalette::ButtonText, Theme::color(R::AccentText));
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
            break;
        case CE_ItemViewItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
                QStyleOptionViewItem copy(*item);
                copy.palette.setColor(QPalette::Highlight, Theme::color(R::AccentSurface));
                copy.palette.setColor(QPalette::HighlightedText, Theme::color(R::Text));
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
            break;
        case CE_HeaderLabel:
            if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
                // A colour of the model's own (a label's) stays; everything else is quiet.
                QStyleOptionHeaderV2 copy;
                if (const auto* newer = qstyleoption_cast<const QStyleOptionHeaderV2*>(option)) {
                    copy = *newer;
                } else {
                    static_cast<QStyleOptionHeader&>(copy) = *header;
                }
                if (copy.palette.color(QPalette::ButtonText) == Theme::color(R::Text)) {
                    copy.palette.setColor(QPalette::ButtonText, Theme::color(R::SecondaryText));
                }
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
            break;
        default:
            break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                   const QWidget* widget) const {
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawScrollBar(bar, painter);
            return;
        }
    }
    if (control == CC_Slider) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawSlider(slider, subControlRect(control, option, SC_SliderGroove, widget),
                       subControlRect(control, option, SC_SliderHandle, widget), painter);
            return;
        }
    }
    if (control == CC_ComboBox) {
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            drawCombo(combo, painter);
            return;
        }
    }
    if (control == CC_ToolButton) {
        // A menu shows by the text's own sign, not by a speck in the corner.
        if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            QStyleOptionToolButton copy(*tool);
            copy.features &= ~QStyleOptionToolButton::HasMenu;
            QProxyStyle::drawComplexControl(control, &copy, painter, widget);
            return;
        }
    }
    if (control == CC_SpinBox) {
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            drawSpin(proxy(), spin, painter, widget);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}  // namespace mnerva::ui
