#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

#include "core/domain/label_set.h"
#include "ui/base/settings.h"

namespace mnerva::ui {

/// Colours, fonts and icons of the window (look.md): Fusion with an own palette, light and dark. Made by install(),
/// before that every function answers for the light theme. One per application, because Qt has one style, one palette
/// and one font per application: a second theme could not be shown beside it.
class Theme : public QObject {
    Q_OBJECT
public:
    using Choice = ThemeChoice;
    enum class Role {
        Window,   ///< page background
        Surface,  ///< canvas, lists, fields
        Raised,   ///< rail, status line, table heads
        Text,
        SecondaryText,
        DisabledText,
        Hairline,
        Accent,
        AccentText,     ///< on Accent
        AccentSurface,  ///< selected row, active rail entry
        Hover,
        Good,
        Bad,
        Warning,
        GoodSurface,
        BadSurface,
        WarningSurface,
        InfoSurface,
    };

    /// Sets style, palette and font of the application and keeps them up to date. The theme is a child of the
    /// application.
    static Theme* install(Choice choice);
    /// The installed theme, or nullptr.
    static Theme* instance();
    void setChoice(Choice choice);
    Choice choice() const { return m_choice; }

    static bool isDark();
    static QColor color(Role role);

    /// Colour of an entity type: fixed for PER LOC ORG MISC GPE, generated (with a minimum distance) for others by
    /// their place among `labels`. Same lightness in the dark theme.
    static QColor labelColor(const std::string& type, const LabelSet& labels);
    /// The tint behind an entity of that colour; text over it keeps its contrast.
    static QColor tint(const QColor& labelColor);
    /// The same colour as ink: so much darker, or in the dark theme lighter, that small text in it is read (4.5 to 1)
    /// on its own tint and on every ground of the window.
    static QColor ink(const QColor& labelColor);
    /// Black or white, whichever is read better on a fill.
    static QColor textOn(const QColor& fill);
    /// Colours of chart lines, in order; distinguishable without colour vision.
    static QColor seriesColor(int index);
    /// Colours of kinds of mistakes (six, the last is a wrong region), in order; none is that of an entity type.
    static QColor mistakeColor(int index);

    static QFont bodyFont();           ///< 11 pt
    static QFont secondaryFont();      ///< 9 pt
    static QFont headingFont();        ///< 15 pt
    static QFont postFont();           ///< 16 pt unless changed; has Chinese glyphs
    static QFont monoFont();           ///< 10 pt, previews of files
    static int postTextSize();         ///< points
    void setPostTextSize(int points);  ///< 10 to 40

    /// While one lives, colours are those of the light theme and fonts those of figures that are saved: without
    /// ligatures and variants of digits, which a PDF could not tell as text (Qt knows the text of a font's own glyphs
    /// only). Scripts that need shaping keep it.
    class FigureFonts {
    public:
        FigureFonts();
        ~FigureFonts();
        FigureFonts(const FigureFonts&) = delete;
        FigureFonts& operator=(const FigureFonts&) = delete;
    };

    /// A line icon of resources/icons ("tag", "undo", ...) in the text colour, with disabled and checked states.
    static QIcon icon(const QString& name);
    /// The same as a pixmap of `side` logical pixels in a colour.
    static QPixmap pixmap(const QString& name, const QColor& color, int side = 20, qreal devicePixelRatio = 1.0);
    /// Names of families that were wanted and are missing here ("Chinese", "emoji").
    static QStringList missingGlyphs();

    static constexpr int kGrid = 8;
    static constexpr int kIconSide = 20;

Q_SIGNALS:
    void changed();  ///< palette changed: repaint what is painted by hand, make icons again
    void postTextSizeChanged(int points);

private:
    explicit Theme(QObject* parent);
    void applyPalette();
    Choice m_choice = Choice::System;
};

}  // namespace mnerva::ui
