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

/// Every action of the window, registered once with a stable id, a default key and a text; all can be remapped (kept in
/// the settings). One for the application: ActionRegistry::instance().
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    /// What an action is. `text` and `group` are functions so that a change of language is followed.
    struct Definition {
        QString id;                       ///< "tag.accept"
        QList<QKeySequence> defaultKeys;  ///< first one is shown
        std::function<QString()> text;    ///< "Accept suggestion"
        std::function<QString()> group;   ///< heading in the key sheet: "Tagging"
        /// Keys of different scopes may be equal: "" for the whole window, "tag" for the canvas, ...
        QString scope;
    };

    static ActionRegistry& instance();

    /// Adds or replaces a definition; the person's keys, if any, win over the default ones.
    void define(Definition definition);
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
    QAction* create(const QString& id, QWidget* owner, const QString& iconName = {},
                    Qt::ShortcutContext context = Qt::WindowShortcut);
    /// "Undo (Ctrl+Z)".
    QString tooltip(const QString& id) const;
    QString text(const QString& id) const;

    /// For widgets that take keys themselves: does the event mean this action? By the character first, then by the
    /// place on the keyboard (keysMeantBy). Auto-repeat counts.
    bool matches(const QString& id, const QKeyEvent* event) const;
    /// The action of a scope that the event means, or "": of several, the one its character means wins over the one its
    /// place means.
    QString actionFor(const QString& scope, const QKeyEvent* event) const;

    /// The keys that an event can mean, best first: the digit or sign it types (whatever the layout, an input method or
    /// the keypad made of it), the key itself, then the digit or Latin letter that a US keyboard has at its place. A
    /// digit that is typed with Shift (AZERTY) means the digit before it means Shift and the digit.
    static std::vector<QKeyCombination> keysMeantBy(const QKeyEvent* event);

    /// Texts again after a change of language.
    void retranslate();

Q_SIGNALS:
    void keysChanged(const QString& id);

private:
    ActionRegistry();
    ~ActionRegistry() override;
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::ui
