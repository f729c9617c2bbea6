#include "ui/pages/attention/attention_host.h"

#include <algorithm>

#include "core/project/question.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/session/answer_shelf.h"

namespace mnerva::ui {
namespace {

constexpr int kDebounceMs = 80;  // J held down asks for the last post only

QString lastRunKey() {
    return QStringLiteral("attention/run");
}

}  // namespace

AttentionHost::AttentionHost(ProjectSession& session, JobHost& jobs, QObject* parent)
    : QObject(parent), m_session(session), m_jobs(jobs), m_library(session.runs()) {
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMs);
    connect(&m_debounce, &QTimer::timeout, this, &AttentionHost::askBoth);
    connect(&m_library, &RunLibrary::changed, this, &AttentionHost::takeRuns);
    connect(&session, &ProjectSession::currentPostChanged, this, [this] {
        for (int slot = 0; slot < kSlots; ++slot) {
            Place& place = m_slots[std::size_t(slot)];
            const bool isHidden = m_session.isBlind();
            place.result = m_session.hasView() && !isHidden
                               ? m_session.answers().find(place.run, m_session.currentPost())
                               : nullptr;
            set(Slot(slot), isHidden ? State::Hidden : place.result ? State::Ready : State::Waiting);
        }
        m_debounce.start();
    });
    connect(&session, &ProjectSession::editedLayerChanged, this, &AttentionHost::askBoth);
    m_library.want();
    if (m_library.isLoaded()) takeRuns();
}

/// What a run said is forgotten when it was trained further since.
void AttentionHost::takeRuns() {
    std::vector<RunInfo> runs;
    for (const RunInfo& run : m_library.runs()) {
        if (!run.hasModel) continue;
        runs.push_back(run);
        runs.back().history = run.history.summary();
        const RunInfo* before = runInfo(fromUtf8(run.name));
        if (!before || before->changed == run.changed) continue;
        for (const QString& name : {fromUtf8(run.name), lastEpochOf(fromUtf8(run.name))})
            m_session.answers().forget(name);
        m_jobs.engine().forgetModel();
        m_jobs.secondEngine().forgetModel();
        for (const QString& name : {fromUtf8(run.name), lastEpochOf(fromUtf8(run.name))}) Q_EMIT forgotten(name);
    }
    m_runs = std::move(runs);
    for (Place& place : m_slots)
        if (!place.run.isEmpty() && !runInfo(place.run)) place.run.clear();
    if (m_slots[kFirst].run.isEmpty() && !m_runs.empty()) {
        const QString last = settings::value(lastRunKey()).toString();
        m_slots[kFirst].run = runInfo(last) ? last : fromUtf8(m_runs.front().name);
    }
    Q_EMIT runsChanged();
    askBoth();
}

QString AttentionHost::lastEpochOf(const QString& run) {
    return run + QStringLiteral("/last");  // no run has a stroke in its name
}

const RunInfo* AttentionHost::runInfo(const QString& name) const {
    const std::string wanted = toUtf8(name.section(QLatin1Char('/'), 0, 0));
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [&](const RunInfo& run) { return run.name == wanted; });
    return found == m_runs.end() ? nullptr : &*found;
}

void AttentionHost::setRun(Slot slot, const QString& name) {
    Place& place = m_slots[slot];
    if (place.run == name) return;
    place.run = name;
    place.result.reset();
    if (slot == kFirst) settings::setValue(lastRunKey(), name);
    ask(slot);
}

void AttentionHost::setActive(bool active) {
    m_active = active;
    if (active) askBoth();
}

int AttentionHost::wordCount() const {
    return m_session.hasView() ? int(m_session.view().post.words.size()) : 0;
}

void AttentionHost::retry(Slot slot) {
    engineOf(slot).allowRestart();
    m_slots[slot].result.reset();
    ask(slot);
}

void AttentionHost::askBoth() {
    for (int slot = 0; slot < kSlots; ++slot) ask(Slot(slot));
}

void AttentionHost::ask(Slot slot) {
    Place& place = m_slots[slot];
    if (place.ticket != 0) engineOf(slot).cancel(std::exchange(place.ticket, 0));
    const RunInfo* run = runInfo(place.run);
    if (!run) return place.result.reset(), set(slot, State::NoRun);
    if (m_session.isBlind()) return place.result.reset(), set(slot, State::Hidden);
    if (!m_session.hasView()) return place.result.reset(), set(slot, State::NoPost);
    const PostId post = m_session.currentPost();
    place.result = m_session.answers().find(place.run, post);
    if (place.result) return set(slot, State::Ready);
    set(slot, State::Waiting);
    if (!m_active) return;

    const project::PostView& view = m_session.view();
    const protocol::PredictRequest request{project::questionOf(view), true, true};
    place.ticket = engineOf(slot).predict(
        *modelOf(slot), request, this,
        [this, slot, name = place.run, post](const EngineAnswer<EngineClient::Prediction>& answer) {
            answered(slot, name, post, answer);
        });
}

std::optional<protocol::LoadRequest> AttentionHost::modelOf(Slot slot) const {
    const RunInfo* run = runInfo(m_slots[slot].run);
    if (!run) return std::nullopt;
    protocol::LoadRequest model;
    model.runFolder = run->folder.string();
    if (m_slots[slot].run == lastEpochOf(fromUtf8(run->name))) model.weights = "last";
    if (run->record.device.starts_with("cuda")) model.device = run->record.device;
    return model;
}

void AttentionHost::answered(Slot slot, const QString& run, PostId post,
                             const EngineAnswer<EngineClient::Prediction>& answer) {
    if (const auto* result = std::get_if<EngineClient::Prediction>(&answer))
        m_session.answers().keep(run, post, *result);
    Place& place = m_slots[slot];
    if (place.run != run || m_session.currentPost() != post || m_session.isBlind()) return;
    if (std::holds_alternative<Cancelled>(answer)) return;  // a newer question is on its way
    place.ticket = 0;
    if (const auto* error = std::get_if<Error>(&answer)) {
        place.error = *error;
        return set(slot, State::Failed);
    }
    place.result = std::get<EngineClient::Prediction>(answer);
    set(slot, State::Ready);
}

void AttentionHost::set(Slot slot, State state) {
    if (state != State::Failed) m_slots[slot].error.reset();
    m_slots[slot].state = state;
    Q_EMIT changed(slot);
}

EngineClient& AttentionHost::engineOf(Slot slot) {
    return slot == kFirst ? m_jobs.engine() : m_jobs.secondEngine();
}

}  // namespace mnerva::ui
