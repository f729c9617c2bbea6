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

    /// For widgets that take keys themselves: does the event mean this action? Compares the key and, for digits, the
    /// place on the keyboard too (so AZERTY digits work). Auto-repeat counts.
    bool matches(const QString& id, const QKeyEvent* event) const;
    /// The action of a scope that the event means, or "".
    QString actionFor(const QString& scope, const QKeyEvent* event) const;

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
