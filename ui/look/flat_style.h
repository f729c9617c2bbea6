#pragma once

#include <QProxyStyle>

namespace mnerva::ui {

/// Fusion without gradients, with room to breathe: flat buttons, fields and heads, thin scroll bars, the default button
/// in the accent colour. Colours come from Theme.
class FlatStyle : public QProxyStyle {
    Q_OBJECT
public:
    FlatStyle();
    using QProxyStyle::polish;
    /// No label, and so no tooltip (one of Qt's labels), reads its text as markup: what looks like HTML came from a
    /// file, and drawing it would load pictures that a stranger names.
    void polish(QWidget* widget) override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

}  // namespace mnerva::ui
