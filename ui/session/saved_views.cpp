#include "ui/session/saved_views.h"

#include <algorithm>
#include <utility>

#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

const QString kViews = QStringLiteral("views");
const QString kUnread = QStringLiteral("views/unread");  ///< what was stored before, where not all of it was understood

std::string trimmedUtf8(const QString& text) {
    return toUtf8(text.trimmed());
}

}  // namespace

SavedViews::SavedViews(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    connect(&session, &ProjectSession::opened, this, &SavedViews::read);
    connect(&session, &ProjectSession::closed, this, &SavedViews::read);
    connect(&session, &ProjectSession::filterChanged, this, &SavedViews::changed);
    connect(&session, &ProjectSession::orderChanged, this, &SavedViews::changed);
    read();
}

void SavedViews::read() {
    project::SavedQueries stored = project::savedQueriesFrom(toUtf8(m_session.kept(kViews).value_or(QString())));
    m_list = std::move(stored.list);
    m_leftOut = stored.leftOut;
    m_steps.clear();
    Q_EMIT changed();
}

int SavedViews::shown() const {
    if (!m_session.isOpen() || m_session.isShowingOnly()) return -1;
    const auto found = std::find_if(m_list.begin(), m_list.end(), [&](const project::SavedQuery& one) {
        return one.query == trimmedUtf8(m_session.filter()) && one.order == m_session.order();
    });
    return found == m_list.end() ? -1 : static_cast<int>(found - m_list.begin());
}

project::SavedQuery SavedViews::now(const std::string& name) const {
    return {name, trimmedUtf8(m_session.filter()), m_session.order()};
}

bool SavedViews::isTooLong() const {
    return trimmedUtf8(m_session.filter()).size() > project::kLongestSavedQuery;
}

SavedViews::Fault SavedViews::add(const QString& name) {
    const Fault fault = project::savedNameFault(trimmedUtf8(name), m_list);
    if (fault != Fault::None || isFull() || isTooLong()) return fault;
    auto list = m_list;
    list.push_back(now(trimmedUtf8(name)));
    take(std::move(list), tr("“%1” is saved.").arg(name.trimmed()));
    return Fault::None;
}

SavedViews::Fault SavedViews::rename(int at, const QString& name) {
    const auto place = static_cast<std::size_t>(at);
    if (at < 0 || place >= m_list.size()) return Fault::None;
    const Fault fault = project::savedNameFault(trimmedUtf8(name), m_list, place);
    if (fault != Fault::None || m_list[place].name == trimmedUtf8(name)) return fault;
    auto list = m_list;
    const QString before = fromUtf8(list[place].name);
    list[place].name = trimmedUtf8(name);
    take(std::move(list), tr("“%1” is called “%2” now.").arg(before, name.trimmed()));
    return Fault::None;
}

void SavedViews::update(int at) {
    const auto place = static_cast<std::size_t>(at);
    if (at < 0 || place >= m_list.size() || isTooLong()) return;
    auto list = m_list;
    list[place] = now(list[place].name);
    if (list[place] == m_list[place]) return;
    take(std::move(list), tr("“%1” shows what is shown now.").arg(fromUtf8(m_list[place].name)));
}

void SavedViews::remove(int at) {
    const auto place = static_cast<std::size_t>(at);
    if (at < 0 || place >= m_list.size()) return;
    auto list = m_list;
    list.erase(list.begin() + at);
    take(std::move(list), tr("“%1” is deleted.").arg(fromUtf8(m_list[place].name)));
}

void SavedViews::open(int at) {
    const auto place = static_cast<std::size_t>(at);
    if (at < 0 || place >= m_list.size()) return;
    const project::SavedQuery view = m_list[place];  // both calls tell of changes
    m_session.setOrder(view.order);
    m_session.setFilter(fromUtf8(view.query));
}

void SavedViews::take(std::vector<project::SavedQuery> list, const QString& text) {
    m_steps.push_back({std::exchange(m_list, std::move(list)), text});
    write();
}

void SavedViews::undo() {
    if (m_steps.empty()) return;
    m_list = std::move(m_steps.back().before);
    m_steps.pop_back();
    write();
}

void SavedViews::write() {
    if (std::exchange(m_leftOut, 0U) > 0) m_session.keep(kUnread, m_session.kept(kViews).value_or(QString()));
    m_session.keep(kViews, fromUtf8(project::toText(m_list)));
    Q_EMIT changed();
}

QString SavedViews::faultText(Fault fault) {
    switch (fault) {
        case Fault::None:
            return {};
        case Fault::Empty:
            return tr("A view needs a name.");
        case Fault::TooLong:
            return tr("A name has at most %n characters.", nullptr, static_cast<int>(project::kLongestSavedName));
        case Fault::Characters:
            return tr("A name is one line of characters that can be seen.");
        case Fault::Taken:
            return tr("There is a view of this name; upper and lower case do not count.");
    }
    return {};
}

}  // namespace mnerva::ui
