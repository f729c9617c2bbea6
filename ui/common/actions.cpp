#include "ui/common/actions.h"

#include <QKeyEvent>
#include <QPointer>
#include <QWidget>
#include <algorithm>
#include <unordered_map>

#include "ui/common/settings.h"
#include "ui/common/theme.h"

namespace mnerva::ui {

struct ActionRegistry::Impl {
    struct Made {
        QPointer<QAction> action;
        QString id;
    };
    std::vector<Definition> definitions;  // in order
    std::unordered_map<QString, std::size_t> placeOf;
    std::unordered_map<QString, QList<QKeySequence>> keys;
    std::vector<Made> made;

    static QString settingOf(const QString& id) { return QStringLiteral("keys/") + id; }

    void readKeys(const Definition& definition) {
        const QVariant stored = settings::value(settingOf(definition.id));
        if (!stored.isValid()) {
            keys[definition.id] = definition.defaultKeys;
            return;
        }
        QList<QKeySequence> chosen;
        for (const QString& text : stored.toStringList()) {
            if (!text.isEmpty()) chosen << QKeySequence(text, QKeySequence::PortableText);
        }
        keys[definition.id] = chosen;
    }
};

ActionRegistry::ActionRegistry() : m_impl(std::make_unique<Impl>()) {}
ActionRegistry::~ActionRegistry() = default;

ActionRegistry& ActionRegistry::instance() {
    static ActionRegistry registry;
    return registry;
}

void ActionRegistry::define(Definition definition) {
    const auto known = m_impl->placeOf.find(definition.id);
    m_impl->readKeys(definition);
    if (known != m_impl->placeOf.end()) {
        m_impl->definitions[known->second] = std::move(definition);
        return;
    }
    m_impl->placeOf.emplace(definition.id, m_impl->definitions.size());
    m_impl->definitions.push_back(std::move(definition));
}

bool ActionRegistry::has(const QString& id) const {
    return m_impl->placeOf.contains(id);
}

std::vector<QString> ActionRegistry::ids() const {
    std::vector<QString> all;
    for (const Definition& definition : m_impl->definitions) all.push_back(definition.id);
    return all;
}

const ActionRegistry::Definition* ActionRegistry::find(const QString& id) const {
    const auto known = m_impl->placeOf.find(id);
    return known == m_impl->placeOf.end() ? nullptr : &m_impl->definitions[known->second];
}

QList<QKeySequence> ActionRegistry::keys(const QString& id) const {
    const auto known = m_impl->keys.find(id);
    return known == m_impl->keys.end() ? QList<QKeySequence>{} : known->second;
}

QKeySequence ActionRegistry::key(const QString& id) const {
    return keys(id).value(0);
}

QString ActionRegistry::conflict(const QString& id, const QKeySequence& key) const {
    const Definition* own = find(id);
    if (!own || key.isEmpty()) return {};
    for (const Definition& other : m_impl->definitions) {
        const bool meet = other.scope == own->scope || other.scope.isEmpty() || own->scope.isEmpty();
        // The window's undo and the canvas's undo are one thing for a person: they may share a key.
        const bool twin = other.id.section(QLatin1Char('.'), -1) == id.section(QLatin1Char('.'), -1);
        if (other.id != id && meet && !twin && keys(other.id).contains(key)) return other.id;
    }
    return {};
}

bool ActionRegistry::setKeys(const QString& id, const QList<QKeySequence>& wanted, QString* takenBy) {
    if (!has(id)) return false;
    for (const QKeySequence& key : wanted) {
        const QString other = conflict(id, key);
        if (other.isEmpty()) continue;
        if (takenBy) *takenBy = other;
        return false;
    }
    QStringList stored;
    for (const QKeySequence& key : wanted) stored << key.toString(QKeySequence::PortableText);
    if (stored.isEmpty()) stored << QString();
    settings::setValue(Impl::settingOf(id), stored);
    m_impl->keys[id] = wanted;
    retranslate();
    Q_EMIT keysChanged(id);
    return true;
}

void ActionRegistry::resetKeys(const QString& id) {
    const Definition* definition = find(id);
    if (!definition) return;
    settings::remove(Impl::settingOf(id));
    m_impl->keys[id] = definition->defaultKeys;
    retranslate();
    Q_EMIT keysChanged(id);
}

void ActionRegistry::resetAll() {
    for (const QString& id : ids()) resetKeys(id);
}

QAction* ActionRegistry::create(const QString& id, QWidget* owner, const QString& iconName,
                                Qt::ShortcutContext context) {
    auto* action = new QAction(owner);
    action->setObjectName(id);
    action->setShortcutContext(context);
    if (!iconName.isEmpty()) {
        action->setIcon(Theme::icon(iconName));
        if (Theme* theme = Theme::instance()) {
            connect(theme, &Theme::changed, action, [action, iconName] { action->setIcon(Theme::icon(iconName)); });
        }
    }
    if (owner) owner->addAction(action);
    std::erase_if(m_impl->made, [](const Impl::Made& made) { return made.action.isNull(); });
    m_impl->made.push_back({action, id});
    action->setText(text(id));
    action->setToolTip(tooltip(id));
    action->setShortcuts(keys(id));
    return action;
}

QString ActionRegistry::text(const QString& id) const {
    const Definition* definition = find(id);
    return definition && definition->text ? definition->text() : id;
}

QString ActionRegistry::tooltip(const QString& id) const {
    const QString shown = key(id).toString(QKeySequence::NativeText);
    return shown.isEmpty() ? text(id) : tr("%1 (%2)", "tooltip: action and its key").arg(text(id), shown);
}

bool ActionRegistry::matches(const QString& id, const QKeyEvent* event) const {
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const QKeyCombination pressed(modifiers, static_cast<Qt::Key>(event->key()));
    const QList<QKeySequence> wanted = keys(id);
    if (wanted.contains(QKeySequence(pressed))) return true;
    // "?" and its like are typed with Shift on some layouts and without on others.
    const QString typed = event->text();
    if ((modifiers & Qt::ShiftModifier) && typed.size() == 1 && !typed.at(0).isLetterOrNumber() &&
        typed.at(0).isPrint()) {
        const QKeyCombination unshifted(modifiers & ~Qt::ShiftModifier, static_cast<Qt::Key>(event->key()));
        if (!typed.at(0).isSpace() && wanted.contains(QKeySequence(unshifted))) return true;
    }
    // By place: evdev key codes of the digit row, "1" is 10 on X11 and Wayland whatever the layout prints on it.
    constexpr quint32 kDigitOne = 10, kDigitZero = 19;
    const quint32 place = event->nativeScanCode();
    if (place >= kDigitOne && place <= kDigitZero) {
        const int digit = place == kDigitZero ? 0 : static_cast<int>(place - kDigitOne) + 1;
        const QKeyCombination byPlace(modifiers, static_cast<Qt::Key>(Qt::Key_0 + digit));
        return wanted.contains(QKeySequence(byPlace));
    }
    return false;
}

QString ActionRegistry::actionFor(const QString& scope, const QKeyEvent* event) const {
    for (const Definition& definition : m_impl->definitions) {
        if (definition.scope == scope && matches(definition.id, event)) return definition.id;
    }
    return {};
}

void ActionRegistry::retranslate() {
    for (const Impl::Made& made : m_impl->made) {
        if (made.action.isNull()) continue;
        made.action->setText(text(made.id));
        made.action->setToolTip(tooltip(made.id));
        made.action->setShortcuts(keys(made.id));
    }
}

}  // namespace mnerva::ui
