#include "ui/pages/cases/doctor_host.h"

#include <algorithm>
#include <mutex>

#include "core/workflow/doctor/dynamics_input.h"
#include "core/workflow/doctor/held_out_input.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kTickMs = 100;

}  // namespace

struct DoctorHost::Shared {
    std::mutex mutex;
    Progress progress;
};

DoctorHost::DoctorHost(ProjectSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_shared(std::make_shared<Shared>()) {
    m_ticker.setInterval(kTickMs);
    connect(&m_ticker, &QTimer::timeout, this, &DoctorHost::stateChanged);
    connect(&session, &ProjectSession::opened, this, &DoctorHost::takeProject);
    connect(&session, &ProjectSession::closed, this, &DoctorHost::takeProject);
    const auto becomesStale = [this] {
        m_isStale = true;
        if (m_isActive && m_state != State::Examining) examine();
    };
    connect(&session, &ProjectSession::summariesReset, this, becomesStale);
    connect(&session, &ProjectSession::stateChanged, this, &DoctorHost::takeCurrentPost);
    connect(&session, &ProjectSession::currentPostChanged, this, &DoctorHost::takeCurrentPost);
    connect(&session, &ProjectSession::undone, this, [this](const Change& change) {
        takeVerdicts(change);
        for (const PostChange& part : change.posts) look(part.post);
        refill();
        // What came back is what one wants to see.
        const auto isOfIt = [&](std::size_t i) { return m_report.suspects[i].post == change.posts.front().post; };
        const auto found = std::find_if(m_open.begin(), m_open.end(), isOfIt);
        if (m_isActive && found != m_open.end()) setCurrent(static_cast<int>(found - m_open.begin()));
    });
    takeProject();
}

void DoctorHost::takeProject() {
    cancel();
    m_report = {};
    m_isOpen.clear();
    m_ofPost.clear();
    m_verdicts.clear();
    m_open.clear();
    m_runs.clear();
    m_run.clear();
    m_dynamicsRuns.clear();
    m_dynamicsRun.clear();
    m_queue.clear();
    m_lookedAt.reset();
    m_trouble.reset();
    m_isRunChosen = m_isDynamicsRunChosen = false;
    m_isStale = true;
    m_current = -1;
    m_wish = Wish::None;
    m_error.reset();
    m_state = m_session.isOpen() ? State::Idle : State::NoProject;
    Q_EMIT stateChanged();
    Q_EMIT listChanged();
}

void DoctorHost::setActive(bool active) {
    m_isActive = active;
    if (active && m_isStale && m_state != State::NoProject && m_state != State::Examining) examine();
}

void DoctorHost::setRun(const QString& run) {
    m_isRunChosen = true;
    if (run == m_run && m_state == State::Ready) return;
    m_run = run;
    examine();
}

void DoctorHost::setDynamicsRun(const QString& run) {
    m_isDynamicsRunChosen = true;
    if (run == m_dynamicsRun && m_state == State::Ready) return;
    m_dynamicsRun = run;
    examine();
}

Progress DoctorHost::progress() const {
    const std::lock_guard guard(m_shared->mutex);
    return m_shared->progress;
}

void DoctorHost::cancel() {
    m_runner.cancel();
    m_ticker.stop();
    if (m_state != State::Examining) return;
    m_state = m_report.suspects.empty() && m_isStale ? State::Idle : State::Ready;
    Q_EMIT stateChanged();
}

void DoctorHost::examine() {
    if (!m_session.isOpen()) return;
    m_state = State::Examining;
    m_isStale = false;
    m_error.reset();
    m_shared = std::make_shared<Shared>();
    m_ticker.start();
    Q_EMIT stateChanged();
    struct Wanted {
        std::string run, dynamicsRun;
        bool isRunChosen, isDynamicsRunChosen;
    };
    const Wanted wanted{toUtf8(m_run), toUtf8(m_dynamicsRun), m_isRunChosen, m_isDynamicsRunChosen};
    // A connection of its own: the session's reader has the window to serve.
    const auto body = [folder = toPath(m_session.folder()), wanted, shared = m_shared](std::stop_token stop) {
        const auto project =
            project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()), stop);
        Answer answer;
        workflow::DoctorInput input;
        // The chosen one of the runs, else the first; none where it went meanwhile.
        const auto oneOf = [](const std::vector<std::string>& runs, const std::string& asked, bool isChosen) {
            if (!isChosen) return runs.empty() ? std::string() : runs.front();
            return std::find(runs.begin(), runs.end(), asked) == runs.end() ? std::string() : asked;
        };
        const std::vector<std::string> runs = workflow::heldOutRuns(*project);
        const std::vector<std::string> recorded = workflow::dynamicsRuns(*project);
        for (const std::string& one : runs) answer.runs << fromUtf8(one);
        for (const std::string& one : recorded) answer.dynamicsRuns << fromUtf8(one);
        const std::string judge = oneOf(runs, wanted.run, wanted.isRunChosen);
        const std::string learner = oneOf(recorded, wanted.dynamicsRun, wanted.isDynamicsRunChosen);
        try {
            if (!judge.empty()) workflow::takeHeldOut(*project, judge, input);
        } catch (const Error& error) {  // a broken file of one run takes nothing from the other queues
            answer.trouble = error;
        }
        if (!learner.empty()) workflow::takeDynamics(*project, learner, input);
        answer.run = fromUtf8(judge);
        answer.dynamicsRun = fromUtf8(learner);
        workflow::takeSystems(*project, input);
        const ProgressSink sink = [&](const Progress& progress) {
            const std::lock_guard guard(shared->mutex);
            shared->progress = progress;
        };
        answer.report = workflow::examineLabels(*project, input, sink, stop);
        answer.verdicts = project->verdicts();
        return answer;
    };
    m_runner.run<Answer>(body, [this](const std::variant<Answer, Error, Cancelled>& result) {
        m_ticker.stop();
        if (const auto* error = std::get_if<Error>(&result)) {
            m_error = *error;
            m_state = State::Failed;
            Q_EMIT stateChanged();
        } else if (const auto* answer = std::get_if<Answer>(&result)) {
            arrived(*answer);
        }
    });
}

void DoctorHost::arrived(Answer answer) {
    m_report = std::move(answer.report);
    m_verdicts = std::move(answer.verdicts);
    m_runs = std::move(answer.runs);
    m_run = std::move(answer.run);
    m_dynamicsRuns = std::move(answer.dynamicsRuns);
    m_dynamicsRun = std::move(answer.dynamicsRun);
    m_trouble = std::move(answer.trouble);
    m_lookedAt.reset();
    m_isOpen.assign(m_report.suspects.size(), 1);
    m_ofPost.clear();
    for (std::size_t i = 0; i < m_report.suspects.size(); ++i) m_ofPost.emplace(m_report.suspects[i].post, i);
    m_dismissed = 0;
    m_state = State::Ready;
    m_current = -1;
    if (m_session.hasView()) look(m_session.view().post.id);
    refill();
    Q_EMIT stateChanged();
    if (m_current < 0 && !m_open.empty()) setCurrent(0);
}

// --- which doubts are open -----------------------------------------------------------------------------------------

void DoctorHost::takeVerdicts(const Change& change) {
    for (const PostChange& part : change.posts) {
        std::vector<Verdict>& known = m_verdicts[part.post];
        for (const Verdict& verdict : part.verdictsRemoved) std::erase(known, verdict);
        known.insert(known.end(), part.verdictsAdded.begin(), part.verdictsAdded.end());
    }
}

void DoctorHost::look(PostId post) {
    const bool isHere = m_session.hasView() && m_session.view().post.id == post;
    const auto verdicts = m_verdicts.find(post);
    const auto [begin, end] = m_ofPost.equal_range(post);
    for (auto it = begin; it != end; ++it) {
        const workflow::Suspect& suspect = m_report.suspects[it->second];
        const bool answered = verdicts != m_verdicts.end() && workflow::isAnswered(suspect.verdict, verdicts->second);
        // Of a post that is not at hand is known only what was known when it was.
        const bool stands = isHere ? workflow::stands(m_session.view().state, suspect) : m_isOpen[it->second] != 0;
        m_isOpen[it->second] = !answered && stands;
    }
}

void DoctorHost::takeCurrentPost() {
    if (m_state != State::Ready || !m_session.hasView()) return;
    look(m_session.view().post.id);
    refill();
    fulfil();
}

/// The list again; the current doubt stays, or gives its place to the next one.
void DoctorHost::refill() {
    const workflow::Suspect* before = suspect();
    const std::size_t was = before ? static_cast<std::size_t>(before - m_report.suspects.data()) : 0;
    std::vector<std::size_t> now;
    for (std::size_t i = 0; i < m_isOpen.size(); ++i)
        if (m_isOpen[i] && (m_queue.isEmpty() || m_report.suspects[i].queue == toUtf8(m_queue))) now.push_back(i);
    if (now == m_open) return;
    m_open = std::move(now);
    int place = -1;
    if (before && !m_open.empty()) {
        const auto next = std::lower_bound(m_open.begin(), m_open.end(), was);
        place = static_cast<int>(std::min<std::ptrdiff_t>(next - m_open.begin(), std::ssize(m_open) - 1));
    }
    m_current = place;
    Q_EMIT listChanged();
    if (before && suspect() != before) {
        if (place >= 0) setCurrent(place);
        Q_EMIT currentChanged();
    }
}

int DoctorHost::count(const std::string& queue) const {
    int count = 0;
    for (std::size_t i = 0; i < m_isOpen.size(); ++i)
        count += m_isOpen[i] && (queue.empty() || m_report.suspects[i].queue == queue);
    return count;
}

int DoctorHost::answered() const {
    int now = 0;
    for (const workflow::Suspect& suspect : m_report.suspects) {
        const auto known = m_verdicts.find(suspect.post);
        now += known != m_verdicts.end() && workflow::isAnswered(suspect.verdict, known->second);
    }
    return m_report.dismissed + now;
}

void DoctorHost::setQueue(const QString& queue) {
    if (queue == m_queue) return;
    m_queue = queue;
    m_current = -1;
    refill();
    Q_EMIT listChanged();
    if (!m_open.empty())
        setCurrent(0);
    else
        Q_EMIT currentChanged();
}

// --- the current one -----------------------------------------------------------------------------------------------

const workflow::Suspect* DoctorHost::suspect() const {
    return m_current >= 0 && m_current < std::ssize(m_open)
               ? &m_report.suspects[m_open[static_cast<std::size_t>(m_current)]]
               : nullptr;
}

void DoctorHost::setCurrent(int place) {
    if (place < 0 || place >= std::ssize(m_open)) return;
    m_current = place;
    m_lookedAt.reset();
    m_wish = Wish::None;
    Q_EMIT currentChanged();
    const PostId post = suspect()->post;
    if (m_session.currentPost() != post) m_session.setCurrentPost(post);
}

const workflow::LearntEntity* DoctorHost::lookedAt() const {
    return m_lookedAt && *m_lookedAt < m_report.learnt.size() ? &m_report.learnt[*m_lookedAt] : nullptr;
}

void DoctorHost::showLearnt(std::size_t place) {
    if (m_state != State::Ready || place >= m_report.learnt.size()) return;
    const workflow::LearntEntity& wanted = m_report.learnt[place];
    for (std::size_t i = 0; i < m_open.size(); ++i) {
        const workflow::Suspect& open = m_report.suspects[m_open[i]];
        if (open.dynamics && open.post == wanted.post && open.given == wanted.entity)
            return setCurrent(static_cast<int>(i));
    }
    m_lookedAt = place;
    Q_EMIT currentChanged();
    if (m_session.currentPost() != wanted.post) m_session.setCurrentPost(wanted.post);
}

void DoctorHost::step(int delta) {
    setCurrent(std::clamp(m_current + delta, 0, static_cast<int>(m_open.size()) - 1));
}

void DoctorHost::fix() {
    wish(Wish::Fix);
}

void DoctorHost::dismiss() {
    wish(Wish::Dismiss);
}

/// The post may still be on its way: what was pressed is done when it is there.
void DoctorHost::wish(Wish wish) {
    if (m_state != State::Ready || !suspect()) return;
    m_wish = wish;
    if (m_session.currentPost() != suspect()->post) m_session.setCurrentPost(suspect()->post);
    fulfil();
}

void DoctorHost::fulfil() {
    const workflow::Suspect* about = suspect();
    if (m_wish == Wish::None || !about || !m_session.hasView() || m_session.view().post.id != about->post) return;
    const Wish asked = std::exchange(m_wish, Wish::None);
    const workflow::Suspect copy = *about;  // the list changes under it
    if (!write(copy, asked)) return;
    look(copy.post);
    refill();
    if (m_open.empty()) Q_EMIT message(tr("That was the last doubt of this list."));
}

bool DoctorHost::write(const workflow::Suspect& suspect, Wish wish) {
    const PostState& state = m_session.view().state;
    const bool isFix = wish == Wish::Fix;
    const project::Edit edit = isFix ? workflow::fixOf(state, suspect)
                                     : project::dismissDoubt(state, suspect.verdict, m_verdicts[suspect.post]);
    if (const auto* refusal = std::get_if<project::Refusal>(&edit); refusal && refusal->code == "nothing-here") {
        Q_EMIT message(suspect.queue == "invisible-characters"
                           ? tr("Words cannot be changed here: clean the file and import it again, or press N.")
                       : suspect.queue == "near-duplicate"
                           ? tr("There is no key for this: leave the post out of one of the splits, or press N.")
                           : tr("Nothing is proposed here: adopt from a lane, change the label by hand, or press N."));
        return false;
    }
    if (!m_session.apply(edit)) return false;
    takeVerdicts(std::get<Change>(edit));
    Q_EMIT message(isFix ? tr("Corrected: %1").arg(fromUtf8(suspect.words))
                         : tr("No error, and not asked again: %1").arg(fromUtf8(suspect.words)));
    return true;
}

}  // namespace mnerva::ui
