#include "ui/widgets/actions.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPointer>
#include <QWidget>
#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "ui/base/settings.h"
#include "ui/look/theme.h"

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

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {}
ActionRegistry::~ActionRegistry() = default;

ActionRegistry::Definition ActionRegistry::definitionOf(const char* id, const char* keys, const char* context,
                                                        const char* text, const char* group, const QString& scope,
                                                        const char* icon, unsigned traits) {
    Definition definition;
    definition.id = QString::fromLatin1(id);
    for (const QString& name : QString::fromLatin1(keys).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        definition.defaultKeys << QKeySequence(name, QKeySequence::PortableText);
    definition.text = [context, text] { return QCoreApplication::translate(context, text); };
    definition.group = [context, group] { return QCoreApplication::translate(context, group); };
    definition.scope = scope;
    definition.icon = QString::fromLatin1(icon);
    definition.traits = traits;
    return definition;
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

QAction* ActionRegistry::create(const QString& id, QWidget* owner) {
    auto* action = new QAction(owner);
    action->setObjectName(id);
    const Definition* definition = find(id);
    const QString iconName = definition ? definition->icon : QString();
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

QAction* ActionRegistry::action(const QString& id) const {
    for (const Impl::Made& made : m_impl->made)
        if (made.id == id && made.action) return made.action;
    return nullptr;
}

QString ActionRegistry::text(const QString& id) const {
    const Definition* definition = find(id);
    return definition && definition->text ? definition->text() : id;
}

QString ActionRegistry::tooltip(const QString& id) const {
    const QString shown = key(id).toString(QKeySequence::NativeText);
    return shown.isEmpty() ? text(id) : tr("%1 (%2)", "tooltip: action and its key").arg(text(id), shown);
}

void ActionRegistry::describe(QWidget* widget, const QString& id) const {
    const auto show = [this, widget, id] { widget->setToolTip(tooltip(id)); };
    connect(this, &ActionRegistry::descriptionsChanged, widget, show);
    show();
}

namespace {

// Codes of places: what X11 and Wayland report is the evdev code plus 8; Windows and others report set 1 of the PC.
#ifdef Q_OS_WIN
constexpr quint32 kPlaceOffset = 0;
#else
constexpr quint32 kPlaceOffset = 8;
#endif
constexpr quint32 kFirstPlace = 2;  // the key of "1" on a US keyboard

/// The key that a US keyboard has at a place, for digits and letters; Key_unknown elsewhere.
Qt::Key keyAtPlace(quint32 code) {
    constexpr std::string_view kRow1 = "1234567890", kRow2 = "QWERTYUIOP", kRow3 = "ASDFGHJKL", kRow4 = "ZXCVBNM";
    constexpr quint32 kFirstQ = 16, kFirstA = 30, kFirstZ = 44;
    if (code < kPlaceOffset + kFirstPlace) return Qt::Key_unknown;
    const quint32 place = code - kPlaceOffset;
    for (const auto& [first, row] : {std::pair(kFirstPlace, kRow1), std::pair(kFirstQ, kRow2),
                                     std::pair(kFirstA, kRow3), std::pair(kFirstZ, kRow4)}) {
        if (place >= first && place < first + row.size()) return static_cast<Qt::Key>(row[place - first]);
    }
    return Qt::Key_unknown;
}

/// What the unshifted digit keys of AZERTY type; no other usual layout types these without Shift. Needed where no place
/// is reported (remote desktops, input methods).
int digitOfAzerty(QChar typed) {
    constexpr char16_t kNone = 0;  // ' and - stand alone on other layouts too
    constexpr std::array<char16_t, 10> kTyped{0x00E0, u'&', 0x00E9, u'"', kNone, u'(', kNone, 0x00E8, u'_', 0x00E7};
    const auto at = std::find(kTyped.begin(), kTyped.end(), typed.unicode());
    return typed.isNull() || at == kTyped.end() ? -1 : static_cast<int>(at - kTyped.begin());
}

/// A character as it would be without an input method for Chinese: full width becomes half, the ideographic stop a
/// stop.
QChar plainCharacter(QChar typed) {
    if (typed.unicode() >= 0xFF01 && typed.unicode() <= 0xFF5E) return QChar(typed.unicode() - 0xFEE0);
    if (typed.unicode() == 0x3002) return QLatin1Char('.');
    return typed;
}

bool isLatinKey(int key) {
    return key >= Qt::Key_A && key <= Qt::Key_Z;
}

}  // namespace

std::vector<QKeyCombination> ActionRegistry::keysMeantBy(const QKeyEvent* event) {
    std::vector<QKeyCombination> meant;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const auto add = [&](Qt::KeyboardModifiers with, int key) {
        const QKeyCombination one(with, static_cast<Qt::Key>(key));
        if (std::find(meant.begin(), meant.end(), one) == meant.end()) meant.push_back(one);
    };
    const Qt::KeyboardModifiers unshifted = modifiers & ~Qt::ShiftModifier;
    const bool plain = !(modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    const QString text = event->text();
    const QChar typed = text.size() == 1 ? plainCharacter(text.at(0)) : QChar();
    const quint32 code = event->nativeScanCode();
    const Qt::Key place = keyAtPlace(code);
    if (typed.category() == QChar::Number_DecimalDigit) {
        if (plain) add(unshifted, Qt::Key_0 + typed.digitValue());
    } else if (typed.isPrint() && !typed.isSpace() && !typed.isLetter()) {
        // "?" and its like are typed with Shift on some layouts and without on others.
        add(unshifted, typed.unicode());
    }
    add(modifiers, event->key());
    if (place >= Qt::Key_0 && place <= Qt::Key_9) {
        add(modifiers, place);
    } else if (isLatinKey(place) && !isLatinKey(event->key()) && (typed.isLetter() || !plain)) {
        add(modifiers, place);  // Hebrew, Greek or Cyrillic letters: the keys of J, K, N stand where they always do
    } else if (code < kPlaceOffset + kFirstPlace && modifiers == Qt::NoModifier && digitOfAzerty(typed) >= 0) {
        add(modifiers, Qt::Key_0 + digitOfAzerty(typed));
    }
    return meant;
}

bool ActionRegistry::matches(const QString& id, const QKeyEvent* event) const {
    const QList<QKeySequence> wanted = keys(id);
    const auto meant = keysMeantBy(event);
    return std::any_of(meant.begin(), meant.end(),
                       [&](QKeyCombination key) { return wanted.contains(QKeySequence(key)); });
}

const ActionRegistry::Definition* ActionRegistry::actionFor(const QString& scope, const QKeyEvent* event) const {
    for (const QKeyCombination key : keysMeantBy(event)) {
        const QKeySequence sequence(key);
        for (const Definition& definition : m_impl->definitions) {
            if (definition.scope == scope && keys(definition.id).contains(sequence)) return &definition;
        }
    }
    return nullptr;
}

void ActionRegistry::retranslate() {
    for (const Impl::Made& made : m_impl->made) {
        if (made.action.isNull()) continue;
        made.action->setText(text(made.id));
        made.action->setToolTip(tooltip(made.id));
        made.action->setShortcuts(keys(made.id));
    }
    Q_EMIT descriptionsChanged();
}

}  // namespace mnerva::ui
