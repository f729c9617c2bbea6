#include "ui/session/query_line.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QStandardItemModel>
#include <QTextCharFormat>
#include <algorithm>

#include "core/query/completion.h"
#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

namespace {

constexpr int kDelayMs = 120;     ///< between the last key and the question
constexpr int kPatienceMs = 900;  ///< before something unfinished is called a mistake
constexpr int kHistory = 30;
constexpr auto kHistoryKey = "query/history";

enum OfferRole { TextRole = Qt::UserRole, FirstRole, LastRole, WholeRole };

void remember(const QString& query) {
    QStringList all = QueryLine::history();
    all.removeAll(query);
    all.prepend(query);
    settings::setValue(QLatin1String(kHistoryKey), all.mid(0, kHistory));
}

}  // namespace

QString mistakeText(const query::Mistake& mistake) {
    const QString sentence = translated("query", query::mistakeTemplate(mistake.kind));
    return fromUtf8(fillTemplate(toUtf8(sentence), mistake.args));
}

QStringList QueryLine::history() {
    return settings::value(QLatin1String(kHistoryKey)).toStringList();
}

QueryLine::QueryLine(ProjectSession& session, QWidget* parent)
    : QLineEdit(parent), m_session(session), m_completer(new QCompleter(this)), m_offers(new QStandardItemModel(this)) {
    setObjectName(QStringLiteral("query"));
    setClearButtonEnabled(true);
    // Not setCompleter(): that one replaces the whole text, and these replace a piece of it.
    m_completer->setWidget(this);
    m_completer->setModel(m_offers);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(12);
    m_completer->popup()->setObjectName(QStringLiteral("queryOffers"));
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this, &QueryLine::take);
    for (QTimer* timer : {&m_delay, &m_patience}) timer->setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    m_patience.setInterval(kPatienceMs);
    connect(&m_delay, &QTimer::timeout, this, &QueryLine::check);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        const auto parsed = query::parse(toUtf8(text()));
        const auto* mistake = std::get_if<query::Mistake>(&parsed);
        showMistake(mistake ? std::optional(*mistake) : m_mistake);
    });
    connect(this, &QLineEdit::textChanged, this, &QueryLine::edited);
    connect(this, &QLineEdit::textEdited, this, [this] { offer(false); });
    connect(&session, &ProjectSession::filterMistaken, this, [this](const query::Mistake& mistake) {
        if (text() == m_session.filter()) showMistake(mistake);
    });
    connect(&session, &ProjectSession::filterChanged, this, [this] {
        if (text().trimmed() == m_session.filter().trimmed()) return;
        const QSignalBlocker blocked(this);
        setText(m_session.filter());
        m_delay.stop();
        m_patience.stop();
        showMistake(std::nullopt);
    });
    connect(&session, &ProjectSession::closed, this, [this] { clear(); });
}

QString QueryLine::note() const {
    return m_note && m_note->isVisible() ? m_note->text() : QString();
}

QWidget* QueryLine::offers() const {
    return m_completer->popup()->isVisible() ? m_completer->popup() : nullptr;
}

void QueryLine::edited() {
    showMistake(std::nullopt);
    m_delay.start();
    m_patience.start();
    // To empty the line is meant at once.
    if (text().trimmed().isEmpty()) check();
}

/// Asks when the text is a query; what is wrong with an unfinished one is said when nobody types any more.
void QueryLine::check() {
    m_delay.stop();
    const auto parsed = query::parse(toUtf8(text()));
    if (std::holds_alternative<query::Query>(parsed)) m_session.setFilter(text());
}

bool QueryLine::run() {
    m_delay.stop();
    m_patience.stop();
    auto parsed = query::parse(toUtf8(text()));
    std::optional<query::Mistake> mistake;
    if (auto* query = std::get_if<query::Query>(&parsed)) {
        const query::Names& names = m_session.queryNames();
        if (!names.layers.empty()) mistake = query::bind(*query, names);
    } else {
        mistake = std::get<query::Mistake>(parsed);
    }
    showMistake(mistake);
    if (mistake) return false;
    if (!text().trimmed().isEmpty()) remember(text().trimmed());
    m_session.setFilter(text());
    return true;
}

// --- what is wrong
// ----------------------------------------------------------------------------------------------------

void QueryLine::showMistake(const std::optional<query::Mistake>& mistake) {
    m_mistake = mistake;
    mark();
    if (!mistake || !isVisible()) {
        if (m_note) m_note->hide();
        setAccessibleDescription({});
        return;
    }
    if (!m_note) {
        m_note = new QLabel(window());
        m_note->setObjectName(QStringLiteral("queryNote"));
        m_note->setTextFormat(Qt::PlainText);
        m_note->setWordWrap(true);
        m_note->setMargin(8);
        m_note->setAutoFillBackground(true);
        m_note->setFont(Theme::secondaryFont());
    }
    QPalette colours = palette();
    colours.setColor(QPalette::Window, Theme::color(Theme::Role::BadSurface));
    colours.setColor(QPalette::WindowText, Theme::color(Theme::Role::Text));
    m_note->setPalette(colours);
    m_note->setText(mistakeText(*mistake));
    setAccessibleDescription(m_note->text());
    placeNote();
    m_note->show();
    m_note->raise();
}

void QueryLine::placeNote() {
    if (!m_note) return;
    const QPoint at = mapTo(window(), QPoint(0, height() + 2));
    m_note->setGeometry(at.x(), at.y(), width(), m_note->heightForWidth(width()));
}

/// Underlines the mistake. A field of one line has no formats of its own but those that an input method gives to what
/// is being composed; with nothing to compose they stay until the text changes.
void QueryLine::mark() {
    if (m_composing) return;
    QList<QInputMethodEvent::Attribute> attributes;
    if (m_mistake) {
        const auto first = utf16FromCodePoint(text(), static_cast<int>(m_mistake->place.first));
        const auto last = utf16FromCodePoint(text(), static_cast<int>(m_mistake->place.last));
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Theme::color(Theme::Role::Bad));
        attributes.append({QInputMethodEvent::TextFormat, static_cast<int>(first) - cursorPosition(),
                           static_cast<int>(std::max<qsizetype>(last - first, 1)), format});
    }
    m_marking = true;
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(this, &event);
    m_marking = false;
}

void QueryLine::inputMethodEvent(QInputMethodEvent* event) {
    if (!m_marking) m_composing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
}

// --- what may be written
// ----------------------------------------------------------------------------------------------

void QueryLine::offer(bool history) {
    m_offers->clear();
    const auto add = [&](const QString& shown, const QString& text, int first, int last, bool whole) {
        auto* item = new QStandardItem(shown);
        item->setData(text, TextRole);
        item->setData(first, FirstRole);
        item->setData(last, LastRole);
        item->setData(whole, WholeRole);
        m_offers->appendRow(item);
    };
    if (history) {
        for (const QString& query : QueryLine::history()) add(query, query, 0, 0, true);
    } else if (!text().isEmpty()) {
        const auto cursor = static_cast<std::size_t>(codePointFromUtf16(text(), cursorPosition()));
        for (const query::Completion& one : query::completions(toUtf8(text()), cursor, m_session.queryNames())) {
            const QString written = fromUtf8(one.text);
            // What is there already needs no offer.
            if (one.replaced.last - one.replaced.first == static_cast<std::size_t>(codePointLength(written)) &&
                text().mid(utf16FromCodePoint(text(), static_cast<int>(one.replaced.first)), written.size()) == written)
                continue;
            const QString shown = one.note.empty() ? written : written + QStringLiteral("   ") + fromUtf8(one.note);
            add(shown, written, static_cast<int>(one.replaced.first), static_cast<int>(one.replaced.last), false);
        }
    }
    if (m_offers->rowCount() == 0 || !hasFocus()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete(rect());
    m_completer->popup()->setCurrentIndex({});
}

void QueryLine::take(const QModelIndex& index) {
    const QString written = index.data(TextRole).toString();
    if (index.data(WholeRole).toBool()) {
        setText(written);
        return;
    }
    const auto first = utf16FromCodePoint(text(), index.data(FirstRole).toInt());
    const auto last = utf16FromCodePoint(text(), index.data(LastRole).toInt());
    setSelection(static_cast<int>(first), static_cast<int>(last - first));
    insert(written);
    // After "label:" the labels follow.
    if (written.endsWith(QLatin1Char(':')) || written.endsWith(QLatin1Char('(')))
        QTimer::singleShot(0, this, [this] { offer(false); });
}

bool QueryLine::event(QEvent* event) {
    // Tab takes the chosen offer; a widget would hand the focus on before keyPressEvent() sees it.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Tab &&
        m_completer->popup()->isVisible() && m_completer->popup()->currentIndex().isValid()) {
        event->ignore();
        return true;
    }
    return QLineEdit::event(event);
}

void QueryLine::keyPressEvent(QKeyEvent* event) {
    const bool offered = m_completer->popup()->isVisible();
    const bool chosen = offered && m_completer->popup()->currentIndex().isValid();
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (chosen) {
                event->ignore();  // the list takes it
                return;
            }
            m_completer->popup()->hide();
            if (run()) Q_EMIT left();
            return;
        case Qt::Key_Escape:
            if (offered)
                m_completer->popup()->hide();
            else
                escape();
            return;
        case Qt::Key_Down:
            if (!offered) offer(text().trimmed().isEmpty());
            return;
        case Qt::Key_Space:
            if (event->modifiers() == Qt::ControlModifier) {
                offer(false);
                return;
            }
            break;
        default:
            break;
    }
    QLineEdit::keyPressEvent(event);
}

void QueryLine::escape() {
    if (m_session.isFiltering())
        m_session.stopFiltering();
    else if (!text().isEmpty())
        clear();
    else
        Q_EMIT left();
}

void QueryLine::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && m_note) m_note->hide();
}

void QueryLine::hideEvent(QHideEvent* event) {
    QLineEdit::hideEvent(event);
    if (m_note) m_note->hide();
}

void QueryLine::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    placeNote();
}

void QueryLine::retranslate() {
    setAccessibleName(tr("Query line"));
    if (m_note && m_note->isVisible() && m_mistake) showMistake(m_mistake);
}

}  // namespace mnerva::ui
