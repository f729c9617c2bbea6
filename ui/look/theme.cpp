#include "ui/look/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPointer>
#include <QStyleHints>
#include <QSvgRenderer>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "core/domain/palette.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/flat_style.h"
#include "ui/look/resources.h"

namespace mnerva::ui {
namespace {

QPointer<Theme>& installed() {
    static QPointer<Theme> theme;
    return theme;
}

bool g_dark = false;  // what was applied last; the palette itself is the application's
int g_postSize = 16;
int g_figures = 0;  // being saved now

/// Figures stand on white paper whatever the window looks like.
bool paintsDark() {
    return g_dark && g_figures == 0;
}

struct Pair {
    QRgb light, dark;
};

/// Of text in small letters (WCAG 2.1, level AA).
constexpr double kReadable = 4.5;
constexpr float kInkStep = 0.01F;

double luminance(const QColor& color) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double p = luminance(a), q = luminance(b);
    return (std::max(p, q) + 0.05) / (std::min(p, q) + 0.05);
}

/// A colour that lets through what is under it, as it looks on a ground.
QColor over(const QColor& tint, const QColor& ground) {
    const auto mixed = [&](float above, float below) { return below + (above - below) * tint.alphaF(); };
    return QColor::fromRgbF(mixed(tint.redF(), ground.redF()), mixed(tint.greenF(), ground.greenF()),
                            mixed(tint.blueF(), ground.blueF()));
}

/// The colour in the nearest lightness that is read on the ground, away from it.
QColor readableOn(const QColor& ground, const QColor& color) {
    const bool isLight = luminance(ground) > 0.18;
    QColor ink = color;
    float hue = 0, saturation = 0, lightness = 0;
    ink.getHslF(&hue, &saturation, &lightness);
    while (contrast(ink, ground) < kReadable && lightness > 0 && lightness < 1) {
        lightness = std::clamp(lightness + (isLight ? -kInkStep : kInkStep), 0.0F, 1.0F);
        ink.setHslF(std::max(hue, 0.0F), saturation, lightness);
    }
    return ink;
}

// One accent; everything else is grey with a trace of blue, so that the label colours stand out.
Pair pairOf(Theme::Role role) {
    switch (role) {
        case Theme::Role::Window:
            return {0xfff5f6f8, 0xff1d2024};
        case Theme::Role::Surface:
            return {0xffffffff, 0xff24282d};
        case Theme::Role::Raised:
            return {0xffebedf1, 0xff17191d};
        case Theme::Role::Text:
            return {0xff1c2127, 0xffe4e7eb};
        case Theme::Role::SecondaryText:
            return {0xff5b6571, 0xff9aa5b1};
        case Theme::Role::DisabledText:
            return {0xff98a1ab, 0xff667079};
        case Theme::Role::Hairline:
            return {0xffd8dce2, 0xff363c44};
        case Theme::Role::Accent:
            return {0xff2f6fd0, 0xff5b9bf0};
        case Theme::Role::AccentText:
            return {0xffffffff, 0xff10151b};
        case Theme::Role::AccentSurface:
            return {0xffdbe7f9, 0xff2b3f5c};
        case Theme::Role::Hover:
            return {0xffeef1f5, 0xff2d3238};
        case Theme::Role::Good:
            return {0xff1a7f4b, 0xff4cc38a};
        case Theme::Role::Bad:
            return {0xffc0342b, 0xffff7b72};
        case Theme::Role::Warning:
            return {0xff8a5a00, 0xffe3b341};
        case Theme::Role::GoodSurface:
            return {0xffe2f5ea, 0xff1b3528};
        case Theme::Role::BadSurface:
            return {0xfffce8e6, 0xff42211f};
        case Theme::Role::WarningSurface:
            return {0xfffdf3d8, 0xff3b3016};
        case Theme::Role::InfoSurface:
            return {0xffe6effb, 0xff22324a};
    }
    return {0xff000000, 0xffffffff};
}

QColor pick(const Pair& pair) {
    return QColor::fromRgba(paintsDark() ? pair.dark : pair.light);
}

QColor opaque(std::uint32_t colour) {
    return QColor::fromRgb(static_cast<QRgb>(colour));
}

QFont fontOf(double points) {
    QFont font = QGuiApplication::font();
    font.setPointSizeF(points);
    font.setBold(false);
    if (g_figures > 0) font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

/// Draws a line icon of the resources in the colour its mode asks for, at any size and pixel ratio.
class LineIconEngine : public QIconEngine {
public:
    explicit LineIconEngine(QString name) : m_name(std::move(name)) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const int side = std::min(rect.width(), rect.height());
        const QPoint corner(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2);
        painter->drawPixmap(QRect(corner, QSize(side, side)),
                            Theme::pixmap(m_name, colourOf(mode, state), side, painter->device()->devicePixelRatioF()));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return Theme::pixmap(m_name, colourOf(mode, state), std::min(size.width(), size.height()));
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
        QPixmap made = Theme::pixmap(m_name, colourOf(mode, state), std::min(size.width(), size.height()));
        made.setDevicePixelRatio(scale);
        return made;
    }
    QIconEngine* clone() const override { return new LineIconEngine(m_name); }

private:
    static QColor colourOf(QIcon::Mode mode, QIcon::State state) {
        if (mode == QIcon::Disabled) return Theme::color(Theme::Role::DisabledText);
        return Theme::color(state == QIcon::On ? Theme::Role::Accent : Theme::Role::Text);
    }
    QString m_name;
};

QPalette paletteNow() {
    using Role = Theme::Role;
    const auto c = [](Role role) { return Theme::color(role); };
    QPalette p;
    p.setColor(QPalette::Window, c(Role::Window));
    p.setColor(QPalette::WindowText, c(Role::Text));
    p.setColor(QPalette::Base, c(Role::Surface));
    p.setColor(QPalette::AlternateBase, c(Role::Hover));
    p.setColor(QPalette::Text, c(Role::Text));
    p.setColor(QPalette::Button, g_dark ? QColor(0x2d, 0x32, 0x38) : QColor(0xff, 0xff, 0xff));
    p.setColor(QPalette::ButtonText, c(Role::Text));
    p.setColor(QPalette::BrightText, c(Role::Bad));
    p.setColor(QPalette::Highlight, c(Role::Accent));
    p.setColor(QPalette::HighlightedText, c(Role::AccentText));
    p.setColor(QPalette::Link, c(Role::Accent));
    p.setColor(QPalette::LinkVisited, c(Role::Accent));
    p.setColor(QPalette::PlaceholderText, c(Role::SecondaryText));
    p.setColor(QPalette::ToolTipBase, c(Role::Surface));
    p.setColor(QPalette::ToolTipText, c(Role::Text));
    p.setColor(QPalette::Light, g_dark ? QColor(0x3a, 0x40, 0x48) : QColor(0xff, 0xff, 0xff));
    p.setColor(QPalette::Midlight, c(Role::Hover));
    p.setColor(QPalette::Mid, c(Role::Hairline));
    p.setColor(QPalette::Dark, g_dark ? QColor(0x10, 0x12, 0x14) : QColor(0xb4, 0xba, 0xc2));
    p.setColor(QPalette::Shadow, g_dark ? QColor(0, 0, 0) : QColor(0x80, 0x88, 0x90));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, c(Role::DisabledText));
    }
    p.setColor(QPalette::Disabled, QPalette::Highlight, c(Role::Hairline));
    return p;
}

/// Chinese and emoji after the interface font; the first family that is here decides the look.
QStringList families() {
    return {QStringLiteral("Noto Sans"),       QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Source Han Sans SC"),
            QStringLiteral("Microsoft YaHei"), QStringLiteral("PingFang SC"),      QStringLiteral("DejaVu Sans"),
            QStringLiteral("Noto Color Emoji")};
}

}  // namespace

Theme::Theme(QObject* parent) : QObject(parent) {}

Theme* Theme::install(Choice choice) {
    if (!installed()) {
        initResources();
        installed() = new Theme(qApp);
        QApplication::setStyle(new FlatStyle);
        QFont font(families());
        font.setPointSizeF(11);
        font.setStyleHint(QFont::SansSerif);
        QApplication::setFont(font);
        g_postSize = settings::postTextSize();
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        // Qt 6.4 tells the desktop's choice at the start only.
        connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, installed(), [] {
            if (installed()->m_choice == Choice::System) installed()->applyPalette();
        });
#endif
    }
    installed()->m_choice = choice;
    installed()->applyPalette();
    return installed();
}

Theme* Theme::instance() {
    return installed();
}

void Theme::setChoice(Choice choice) {
    m_choice = choice;
    applyPalette();
}

void Theme::applyPalette() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const bool systemDark = QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    // Asked once, before our own palette hides it: a dark window colour means a dark desktop.
    static const bool systemDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
#endif
    g_dark = m_choice == Choice::Dark || (m_choice == Choice::System && systemDark);
    QApplication::setPalette(paletteNow());
    QToolTip::setPalette(paletteNow());
    Q_EMIT changed();
}

bool Theme::isDark() {
    return g_dark;
}
QColor Theme::color(Role role) {
    return pick(pairOf(role));
}

QColor Theme::labelColor(const std::string& type, const LabelSet& labels) {
    const bool isDark = paintsDark();
    if (const auto chosen = chosenTypeColour(type, labels, isDark)) return opaque(*chosen);
    if (const auto fixed = fixedTypeColour(type, isDark)) return opaque(*fixed);
    const int place = placeAmongOthers(type, labels);
    static std::unordered_map<int, QColor> made[2];
    auto& colours = made[isDark];
    const auto found = colours.find(place);
    return found != colours.end() ? found->second
                                  : colours.emplace(place, opaque(generatedTypeColour(place, isDark))).first->second;
}

QColor Theme::tint(const QColor& labelColor) {
    QColor tint = labelColor;
    tint.setAlphaF(paintsDark() ? 0.26F : 0.15F);
    return tint;
}

QColor Theme::ink(const QColor& labelColor) {
    static std::unordered_map<QRgb, QColor> made[2];
    auto& inks = made[paintsDark()];
    if (const auto found = inks.find(labelColor.rgb()); found != inks.end()) return found->second;
    // Of all grounds the one that is nearest to the ink: text stands on light, its tint is the darkest light there is.
    const Role ground = paintsDark() ? Role::Surface : Role::Raised;
    return inks.emplace(labelColor.rgb(), readableOn(over(tint(labelColor), color(ground)), labelColor)).first->second;
}

QColor Theme::textOn(const QColor& fill) {
    return contrast(fill, Qt::black) >= contrast(fill, Qt::white) ? Qt::black : Qt::white;
}

QColor Theme::seriesColor(int index) {
    constexpr std::array kSeries{Pair{0xff2f6fd0, 0xff5b9bf0}, Pair{0xffd55e00, 0xfff0955a},
                                 Pair{0xff009e73, 0xff3fbf96}, Pair{0xffb5548a, 0xffdf92bd},
                                 Pair{0xff8a6d00, 0xffd9b93b}, Pair{0xff5b6571, 0xff9aa5b1},
                                 Pair{0xff6b4fb0, 0xffa993e6}, Pair{0xff00838f, 0xff4dc4cf}};
    return pick(kSeries[static_cast<std::size_t>(std::max(index, 0)) % kSeries.size()]);
}

QColor Theme::mistakeColor(int index) {
    return opaque(mistakeColour(index, paintsDark()));
}

Theme::FigureFonts::FigureFonts() {
    ++g_figures;
}
Theme::FigureFonts::~FigureFonts() {
    --g_figures;
}

QFont Theme::bodyFont() {
    return fontOf(11);
}
QFont Theme::secondaryFont() {
    return fontOf(9);
}
QFont Theme::headingFont() {
    QFont font = fontOf(15);
    font.setWeight(QFont::Medium);
    return font;
}
QFont Theme::postFont() {
    return fontOf(g_postSize);
}
QFont Theme::monoFont() {
    QFont font(
        {QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("monospace")});
    font.setPointSizeF(10);
    font.setStyleHint(QFont::Monospace);
    return font;
}
int Theme::postTextSize() {
    return g_postSize;
}

void Theme::setPostTextSize(int points) {
    const int clamped = std::clamp(points, 10, 40);
    if (clamped == g_postSize) return;
    g_postSize = clamped;
    settings::setPostTextSize(clamped);
    Q_EMIT postTextSizeChanged(clamped);
}

QIcon Theme::icon(const QString& name) {
    return QIcon(new LineIconEngine(name));
}

QPixmap Theme::pixmap(const QString& name, const QColor& color, int side, qreal devicePixelRatio) {
    static std::unordered_map<QString, QByteArray> sources;
    auto source = sources.find(name);
    if (source == sources.end()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        source = sources.emplace(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray()).first;
    }
    const int pixels = std::max(1, static_cast<int>(std::lround(side * devicePixelRatio)));
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    if (!source->second.isEmpty()) {
        QByteArray tinted = source->second;
        tinted.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(tinted);
        QPainter painter(&pixmap);
        painter.setOpacity(color.alphaF());
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QStringList Theme::missingGlyphs() {
    QStringList missing;
    if (QFontDatabase::families(QFontDatabase::SimplifiedChinese).isEmpty()) missing << QStringLiteral("Chinese");
    const QStringList all = QFontDatabase::families();
    const bool emoji =
        std::any_of(all.begin(), all.end(), [](const QString& f) { return f.contains(u"emoji", Qt::CaseInsensitive); });
    if (!emoji) missing << QStringLiteral("emoji");
    return missing;
}

}  // namespace mnerva::ui
