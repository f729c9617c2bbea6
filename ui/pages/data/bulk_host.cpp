#include "ui/pages/data/bulk_host.h"

#include <algorithm>

#include <QPointer>

#include "core/project/find.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kTickMs = 100;

ProgressSink sinkFor(std::shared_ptr<std::atomic<int>> counter) {
    return [counter = std::move(counter)](const Progress& progress) {
        if (progress.total > 0) counter->store(static_cast<int>(1000 * progress.done / progress.total));
    };
}

}  // namespace

BulkHost::BulkHost(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &BulkHost::progressed);
}

BulkHost::~BulkHost() {
    cancel();
}

void BulkHost::setState(State state) {
    m_state = state;
    if (state == State::Looking || state == State::Writing)
        m_tick.start();
    else
        m_tick.stop();
    Q_EMIT stateChanged();
}

double BulkHost::fraction() const {
    return m_counter ? m_counter->load() / 1000.0 : 0;
}

bool BulkHost::isReady() const {
    return m_state == State::Ready && m_step && !m_plan.many.isEmpty() && m_session.isOpen() &&
           !m_session.isReadOnly() && !m_session.isSaveFailed();
}

BulkHost::Found BulkHost::look(const std::filesystem::path& folder, const std::string& query,
                               const workflow::BulkStep& step, const Counter& counter, std::stop_token stop) {
    const auto project =
        project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()), stop);
    const auto understood = project::understand(*project, query, project::storedInfluences(*project));
    if (const auto* mistake = std::get_if<query::Mistake>(&understood)) return {*mistake, {}};
    if (project->isBlind(step.layer))
        if (auto hidden = query::hiddenFromBlind(std::get<query::Query>(understood))) return {std::move(hidden), {}};
    return {std::nullopt, workflow::planBulk(*project, query, step, sinkFor(counter), stop)};
}

void BulkHost::ask(const QString& query, const std::optional<workflow::BulkStep>& step) {
    if (m_state == State::Writing) return;
    m_look.cancel();
    m_query = toUtf8(query);
    m_step = step;
    m_plan = {};
    m_mistake.reset();
    if (!m_session.isOpen() || !step) return setState(State::Idle);
    m_step->layer = toUtf8(m_session.editedLayer());
    if (m_session.isShowingOnly()) {
        for (const int row : m_session.visibleRows())
            m_step->among.push_back(m_session.summaries().idAt(static_cast<std::size_t>(row)));
        std::sort(m_step->among.begin(), m_step->among.end(), [](PostId a, PostId b) { return a.value < b.value; });
    }
    m_counter = std::make_shared<std::atomic<int>>(0);
    setState(State::Looking);
    m_look.run<Found>([folder = toPath(m_session.folder()), asked = m_query, step = *m_step,
                       counter = m_counter](std::stop_token stop) { return look(folder, asked, step, counter, stop); },
                      [this](const auto& answer) { found(answer); });
}

void BulkHost::found(const std::variant<Found, Error, Cancelled>& answer) {
    if (const auto* found = std::get_if<Found>(&answer)) {
        m_plan = found->plan;
        m_mistake = found->mistake;
    }
    setState(std::holds_alternative<Found>(answer) && !m_mistake ? State::Ready : State::Idle);
    if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT failed(*error);
}

void BulkHost::apply() {
    if (!isReady()) return;
    m_counter = std::make_shared<std::atomic<int>>(0);
    m_stopWriting = {};
    setState(State::Writing);
    auto plan = std::make_shared<workflow::BulkPlan>();
    const std::stop_token stop = m_stopWriting.get_token();
    m_session.applyMany(
        // What is there now counts, not what was there when it was looked at.
        [plan, asked = m_query, step = *m_step, stop](const project::Project& project) {
            *plan = workflow::planBulk(project, asked, step, {}, stop);
            return plan->many.change;
        },
        sinkFor(m_counter), stop,
        [self = QPointer<BulkHost>(this), plan](const std::optional<Error>& error, const std::optional<Change>& done) {
            if (!self) return;
            if (done) self->m_plan = std::move(*plan);
            self->setState(done ? State::Written : State::Ready);
            if (error) Q_EMIT self->failed(*error);
        });
}

void BulkHost::cancel() {
    m_look.cancel();
    m_stopWriting.request_stop();
}

void BulkHost::saveReport(const QString& file) const {
    workflow::saveManyReport(toPath(file), m_plan.many, true);
}

}  // namespace mnerva::ui
