#include "ui/pages/cases/agreement_host.h"

#include <algorithm>
#include <utility>

#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr qsizetype kLeastLayers = 2;

std::vector<std::string> namesOf(const QStringList& layers) {
    std::vector<std::string> names;
    for (const QString& layer : layers) names.push_back(toUtf8(layer));
    return names;
}

}  // namespace

AgreementHost::AgreementHost(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    connect(&session, &ProjectSession::opened, this, &AgreementHost::takeProject);
    connect(&session, &ProjectSession::closed, this, &AgreementHost::takeProject);
    connect(&session, &ProjectSession::layersChanged, this, &AgreementHost::takeLayers);
    const auto readsAgain = [this] {
        m_isStale = true;
        if (m_isActive) read();
    };
    connect(&session, &ProjectSession::summariesReset, this, readsAgain);
    connect(&session, &ProjectSession::undone, this, readsAgain);
    connect(&session, &ProjectSession::currentPostChanged, this, &AgreementHost::fulfil);
    // Where a layer is edited on another page, it is another one when this view is seen again.
    connect(&session, &ProjectSession::stateChanged, this, [this] { m_isStale = m_isStale || !m_isActive; });
    takeProject();
}

void AgreementHost::takeProject() {
    m_runner.cancel();
    m_layers.clear();
    m_agreement = {};
    m_adjudication = {};
    m_current = m_wish = -1;
    m_isChosen = false;
    m_isStale = true;
    m_error.reset();
    m_state = m_session.isOpen() ? State::TooFew : State::NoProject;
    takeLayers();
}

QStringList AgreementHost::knownLayers() const {
    QStringList annotators, runs;
    if (!m_session.isOpen()) return {};
    for (const project::LayerInfo& layer : m_session.layers()) {
        if (layer.kind == project::LayerKind::Annotator) annotators << fromUtf8(layer.name);
        if (layer.kind == project::LayerKind::Run) runs << fromUtf8(layer.name);
    }
    return annotators + runs;
}

void AgreementHost::takeLayers() {
    const QStringList known = knownLayers();
    QStringList wanted;
    for (const project::LayerInfo& layer : m_session.layers())
        if (m_isChosen ? m_layers.contains(fromUtf8(layer.name)) : layer.kind == project::LayerKind::Annotator)
            wanted << fromUtf8(layer.name);
    if (wanted != m_layers) {
        m_layers = wanted;
        m_isStale = true;
    }
    if (m_isActive && m_isStale) read();
    Q_EMIT stateChanged();
}

void AgreementHost::setLayers(const QStringList& layers) {
    m_isChosen = true;
    m_layers = layers;
    read();
}

void AgreementHost::setActive(bool active) {
    m_isActive = active;
    if (active && m_isStale) read();
}

void AgreementHost::read() {
    m_runner.cancel();
    if (!m_session.isOpen()) return;
    m_isStale = false;
    m_error.reset();
    if (m_layers.size() < kLeastLayers) {
        m_state = State::TooFew;
        m_adjudication = {};
        m_agreement = {};
        m_current = -1;
        Q_EMIT stateChanged();
        Q_EMIT currentChanged();
        return;
    }
    m_state = State::Reading;
    Q_EMIT stateChanged();
    if (const auto lost = m_session.saveNow()) {  // what was pressed last counts too
        m_error = lost;
        m_state = State::Failed;
        return Q_EMIT stateChanged();
    }
    const auto body = [folder = toPath(m_session.folder()), names = namesOf(m_layers)](std::stop_token stop) {
        const auto project =
            project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()), stop);
        return Answer{workflow::layerAgreement(*project, names, {}, stop),
                      workflow::adjudicationOf(*project, names, {}, stop)};
    };
    m_runner.run<Answer>(body, [this](const std::variant<Answer, Error, Cancelled>& result) {
        if (const auto* error = std::get_if<Error>(&result)) {
            m_error = *error;
            m_state = State::Failed;
            return Q_EMIT stateChanged();
        }
        const auto* answer = std::get_if<Answer>(&result);
        if (!answer) return;
        m_agreement = answer->agreement;
        m_adjudication = answer->adjudication;
        m_state = State::Ready;
        m_current = std::min<int>(m_current, static_cast<int>(std::ssize(conflicts())) - 1);
        Q_EMIT stateChanged();
        if (m_current < 0 && !conflicts().empty())
            setCurrent(0);
        else
            Q_EMIT currentChanged();
    });
}

const workflow::Conflict* AgreementHost::conflict() const {
    return m_current >= 0 && m_current < std::ssize(conflicts()) ? &conflicts()[static_cast<std::size_t>(m_current)]
                                                                 : nullptr;
}

void AgreementHost::setCurrent(int place) {
    if (place < 0 || place >= std::ssize(conflicts())) return;
    m_current = place;
    m_wish = -1;
    const std::optional<Decision>& decision = conflict()->decision;
    m_remark = decision ? Remark{decision->cause, decision->note, decision->isForGuideline} : Remark{};
    Q_EMIT currentChanged();
    Q_EMIT remarkChanged();
    if (m_session.currentPost() != conflict()->post) m_session.setCurrentPost(conflict()->post);
}

void AgreementHost::step(int delta) {
    setCurrent(std::clamp(m_current + delta, 0, static_cast<int>(std::ssize(conflicts())) - 1));
}

void AgreementHost::take(int number) {
    if (m_state != State::Ready || !conflict()) return;
    if (number > m_layers.size()) return Q_EMIT message(tr("There is no layer %1.").arg(number));
    if (!m_session.editedLayer().isEmpty())
        return Q_EMIT message(tr("Decisions go into the corrected layer: choose it at the top first."));
    m_wish = number;
    if (m_session.currentPost() != conflict()->post) m_session.setCurrentPost(conflict()->post);
    fulfil();
}

/// The post may still be on its way: what was pressed is done when it is there.
void AgreementHost::fulfil() {
    const workflow::Conflict* about = conflict();
    if (m_wish < 0 || !about || !m_session.hasView() || m_session.view().post.id != about->post) return;
    decide(*about, std::exchange(m_wish, -1));
}

void AgreementHost::decide(const workflow::Conflict& conflict, int number) {
    std::vector<Entity> wanted;
    if (number > 0) {
        const auto& said = conflict.said[static_cast<std::size_t>(number - 1)];
        if (!said) return Q_EMIT message(tr("%1 does not speak of this post.").arg(m_layers[number - 1]));
        wanted = *said;
    }
    const Decision decision{conflict.first, conflict.last, m_remark.cause, m_remark.note, m_remark.isForGuideline};
    std::vector<Decision> known;
    if (conflict.decision) known.push_back(*conflict.decision);
    if (!m_session.apply(project::decide(m_session.view().state, known, decision, wanted))) return;
    m_adjudication.conflicts[static_cast<std::size_t>(m_current)].decision = decision;
    Q_EMIT stateChanged();
    const auto isOpen = [](const workflow::Conflict& one) { return !one.decision; };
    const auto here = conflicts().begin() + m_current;
    auto next = std::find_if(here, conflicts().end(), isOpen);
    if (next == conflicts().end()) next = std::find_if(conflicts().begin(), here, isOpen);
    if (next == conflicts().end() || (next == here && !isOpen(*here)))
        return Q_EMIT message(tr("That was the last open conflict."));
    setCurrent(static_cast<int>(next - conflicts().begin()));
}

void AgreementHost::start() {
    if (m_state != State::Ready) return;
    if (!m_session.editedLayer().isEmpty())
        return Q_EMIT message(tr("Decisions go into the corrected layer: choose it at the top first."));
    if (const auto lost = m_session.saveNow()) return Q_EMIT failed(*lost);
    const auto body = [folder = toPath(m_session.folder()), names = namesOf(m_layers)](std::stop_token stop) {
        const auto project =
            project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()), stop);
        return workflow::startFromAgreement(*project, names, {}, stop);
    };
    m_starter.run<Change>(body, [this](const std::variant<Change, Error, Cancelled>& result) {
        if (const auto* error = std::get_if<Error>(&result)) return Q_EMIT failed(*error);
        const auto* change = std::get_if<Change>(&result);
        if (!change) return;
        if (change->isEmpty()) return Q_EMIT message(tr("The corrected layer has all of these posts already."));
        if (!m_session.apply(*change)) return;
        Q_EMIT message(tr("What is agreed on is in the corrected layer of %n post(s); undo takes it back.", nullptr,
                          static_cast<int>(change->posts.size())));
        read();
    });
}

void AgreementHost::addAnnotator(const QString& name, bool isBlind) {
    m_session.write(
        [name = toUtf8(name.trimmed()), isBlind](project::Project& project) { project.addAnnotator(name, isBlind); },
        [this, name](const std::optional<Error>& error) {
            if (error) return Q_EMIT failed(*error);
            Q_EMIT message(tr("The layer %1 is there; choose it at the top to fill it.").arg(name.trimmed()));
            m_session.refresh();
        });
}

}  // namespace mnerva::ui
