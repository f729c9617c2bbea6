#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <functional>
#include <memory>
#include <vector>

class QKeyEvent;

namespace mnerva::ui {

/// What else holds of an action, joined by "|".
enum ActionTraits {
    kPlain = 0,
    kRepeats = 1,     ///< goes on while its key is held down
    kEverywhere = 2,  ///< its key counts on the whole page, not only in the widget it is for
    kTwin = 4,        ///< the window has the same for all pages, and then this one is left to it
};

/// One action in the table of whoever owns it: all that is said of it, and what it does. The key sheet, the palette,
/// the settings and the tests read these rows through the registry.
template <class Owner>
struct ActionRow {
    const char* id;    ///< "tag.accept"
    const char* keys;  ///< portable names with a space between them; the first is shown
    const char* text;  ///< marked for translation in the table's context
    const char* group;
    void (*run)(Owner&);
    unsigned traits = kPlain;
    const char* icon = "";
    bool (*isEnabled)(const Owner&) = nullptr;  ///< null: always
};

/// Every action of a window, registered once with a stable id, a default key and a text; all can be remapped (kept in
/// the settings). The window owns it and hands it to its pages.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(QObject* parent = nullptr);
    ~ActionRegistry() override;

    /// What an action is. `text` and `group` are functions so that a change of language is followed.
    struct Definition {
        QString id;                       ///< "tag.accept"
        QList<QKeySequence> defaultKeys;  ///< first one is shown
        std::function<QString()> text;    ///< "Accept suggestion"
        std::function<QString()> group;   ///< heading in the key sheet: "Tagging"
        /// Keys of different scopes may be equal: "" for the whole window, "tag" for the canvas, ...
        QString scope;
        QString icon;              ///< name of a drawing, may be empty
        unsigned traits = kPlain;  ///< ActionTraits
    };

    /// Adds or replaces a definition; the person's keys, if any, win over the default ones.
    void define(Definition definition);
    /// The same of a row; its words are translated in `context`.
    template <class Owner>
    void define(const ActionRow<Owner>& row, const char* context, const QString& scope = {}) {
        define(definitionOf(row.id, row.keys, context, row.text, row.group, scope, row.icon, row.traits));
    }
    bool has(const QString& id) const;
    std::vector<QString> ids() const;  ///< in order of definition
    const Definition* find(const QString& id) const;

    QList<QKeySequence> keys(const QString& id) const;
    QKeySequence key(const QString& id) const;  ///< the first, may be empty
    /// Remaps and stores. Refuses (false) when another action of the same or the window's scope has the key; its id is
    /// put into `takenBy`.
    bool setKeys(const QString& id, const QList<QKeySequence>& keys, QString* takenBy = nullptr);
    void resetKeys(const QString& id);
    void resetAll();
    /// The action that a key would collide with, or "".
    QString conflict(const QString& id, const QKeySequence& key) const;

    /// A QAction with text, key and tooltip ("Undo (Ctrl+Z)"), kept up to date. Added to `owner`; parent is `owner`.
    QAction* create(const QString& id, QWidget* owner);
    /// The QAction that was made of an id; null without one.
    QAction* action(const QString& id) const;
    /// "Undo (Ctrl+Z)".
    QString tooltip(const QString& id) const;
    /// Gives a widget the tool tip of an action, and keeps it so when key or language change.
    void describe(QWidget* widget, const QString& id) const;
    QString text(const QString& id) const;

    /// For widgets that take keys themselves: does the event mean this action? By the character first, then by the
    /// place on the keyboard (keysMeantBy). Auto-repeat counts.
    bool matches(const QString& id, const QKeyEvent* event) const;
    /// The action of a scope that the event means, or null: of several, the one its character means wins over the one
    /// its place means.
    const Definition* actionFor(const QString& scope, const QKeyEvent* event) const;

    /// The keys that an event can mean, best first: the digit or sign it types (whatever the layout, an input method or
    /// the keypad made of it), the key itself, then the digit or Latin letter that a US keyboard has at its place. A
    /// digit that is typed with Shift (AZERTY) means the digit before it means Shift and the digit.
    static std::vector<QKeyCombination> keysMeantBy(const QKeyEvent* event);

    /// Texts again after a change of language.
    void retranslate();

Q_SIGNALS:
    void keysChanged(const QString& id);
    /// Texts or tool tips of actions may be others: a key or the language has changed.
    void descriptionsChanged();

private:
    static Definition definitionOf(const char* id, const char* keys, const char* context, const char* text,
                                   const char* group, const QString& scope, const char* icon, unsigned traits);
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::ui
