#include "ui/pages/tag/go_to.h"

#include <QEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <algorithm>

#include "ui/base/bidi.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr std::size_t kStepRows = 20'000;

std::string inLowerCase(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

GoTo::GoTo(TagHost& host, QWidget* parent) : PickBox(QSize(480, 280), parent), m_host(host) {
    setObjectName(QStringLiteral("goTo"));
    m_edit->setObjectName(QStringLiteral("goToText"));
    m_edit->setMaxLength(200);
    m_list->setObjectName(QStringLiteral("goToList"));
    m_list->setUniformItemSizes(true);
    m_step.setSingleShot(true);
    m_step.setInterval(0);
    connect(&m_step, &QTimer::timeout, this, &GoTo::lookOn);
    connect(m_edit, &QLineEdit::textChanged, this, &GoTo::look);
    QEvent language(QEvent::LanguageChange);
    changeEvent(&language);
}

void GoTo::changeEvent(QEvent* event) {
    PickBox::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    m_edit->setPlaceholderText(tr("Number in the list, or id of a post"));
    m_edit->setAccessibleName(m_edit->placeholderText());
    m_list->setAccessibleName(tr("Posts that fit"));
}

void GoTo::open(const QString& text) {
    m_edit->setText(text);
    look();
    openBox();
}

void GoTo::closeBox() {
    m_step.stop();
    PickBox::closeBox();
}

GoTo::Fit GoTo::fitOf(const std::string& id) const {
    if (id.size() < m_wanted.size()) return None;
    const std::string form = inLowerCase(id);
    const std::size_t at = form.find(m_wanted);
    if (at == std::string::npos) return None;
    return form.size() == m_wanted.size() ? Whole : at == 0 ? Begins : Holds;
}

void GoTo::look() {
    m_wanted = inLowerCase(toUtf8(m_edit->text().trimmed()));
    m_at = 0;
    m_takesFirst = false;
    for (auto& found : m_found) found.clear();
    if (m_wanted.empty()) {
        m_step.stop();
        m_list->clear();
        return;
    }
    lookOn();
}

/// Some more rows; what was found so far is listed when there is nothing more to look at, or enough.
void GoTo::lookOn() {
    const auto& rows = m_host.session().summaries();
    const std::size_t end = std::min(rows.size(), m_at + kStepRows);
    const bool isFirst = m_at == 0;
    const std::size_t whole = m_found[Whole].size();
    for (; m_at < end; ++m_at) {
        const Fit fit = fitOf(rows[m_at].externalId);
        if (fit != None && m_found[fit].size() < kMostListed) m_found[fit].push_back(rows.idAt(m_at));
    }
    const bool isEnd = m_at >= rows.size();
    if (!isEnd) m_step.start();
    if (isFirst || isEnd || m_found[Whole].size() != whole) list();
    if (isEnd && m_takesFirst) take();
}

void GoTo::list() {
    m_list->clear();
    const ProjectSession& session = m_host.session();
    bool isNumber = false;
    const auto number = m_edit->text().trimmed().toLongLong(&isNumber);
    const auto& visible = session.visibleRows();
    if (isNumber && number >= 1 && number <= static_cast<qlonglong>(visible.size())) {
        const int row = visible[static_cast<std::size_t>(number - 1)];
        addRow(session.summaries()[static_cast<std::size_t>(row)].id,
               tr("No. %1 of the list").arg(QLocale().toString(number)));
    }
    int left = kMostListed;
    for (const auto& found : m_found)
        for (const PostId post : found)
            if (left-- > 0) addRow(post, {});
    if (left < 0) addNote(tr("More ids fit: type more of the one you mean."));
    if (m_list->count() > 0) {
        m_list->setCurrentRow(0);
    } else if (m_step.isActive()) {
        addNote(tr("Looking…"));
    } else if (isNumber) {
        addNote(tr("The list has %n posts, and no id holds this.", nullptr, static_cast<int>(visible.size())));
    } else {
        addNote(tr("No id of a post holds this."));
    }
}

void GoTo::addRow(PostId post, const QString& title) {
    const ProjectSession& session = m_host.session();
    const int row = session.rowOf(post);
    if (row < 0) return;
    const auto& summary = session.summaries()[static_cast<std::size_t>(row)];
    QStringList parts;
    if (!title.isEmpty()) parts << title;
    parts << isolated(fromUtf8(summary.externalId));
    if (session.placeOf(post) < 0) parts << tr("not in the list");
    parts << isolated(fromUtf8(summary.preview));
    auto* item = new QListWidgetItem(parts.join(QStringLiteral(" · ")), m_list);
    item->setData(Qt::UserRole, QVariant::fromValue<qint64>(post.value));
}

void GoTo::addNote(const QString& text) {
    auto* item = new QListWidgetItem(text, m_list);
    item->setFlags(Qt::NoItemFlags);
}

void GoTo::take() {
    const auto* item = m_list->currentItem();
    const PostId post{item ? item->data(Qt::UserRole).toLongLong() : 0};
    // A whole id may stand behind others that only hold the same.
    if (m_step.isActive() && m_found[Whole].empty() && m_list->currentRow() <= 0) {
        m_takesFirst = true;
        return;
    }
    if (!post.isValid()) return;
    closeBox();
    m_host.session().setCurrentPost(post);
}

}  // namespace mnerva::ui
