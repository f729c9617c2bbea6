#include "ui/pages/attention/explain_host.h"

#include <algorithm>

#include "core/project/question.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr std::string_view kMethodOfNames = "word-out";
constexpr std::size_t kKept = 256;  // subjects, some kilobytes each

std::vector<std::string> methodsThat(bool isQuick) {
    std::vector<std::string> ids;
    for (const AttributionMethod& method : attributionMethods())
        if (method.isQuick == isQuick && method.id != "attention") ids.emplace_back(method.id);
    return ids;
}

bool isSlow(const std::vector<std::string>& methods) {
    return std::any_of(methods.begin(), methods.end(), [](const std::string& id) {
        const AttributionMethod* method = attributionMethod(id);
        return method && !method->isQuick;
    });
}

}  // namespace

ExplainHost::ExplainHost(AttentionHost& host, QObject* parent) : QObject(parent), m_host(host) {
    connect(&host.session(), &ProjectSession::currentPostChanged, this, &ExplainHost::cancel);
    connect(&host.session(), &ProjectSession::opened, this, [this] {
        m_known.clear();
        m_names.reset();
    });
    connect(&host.session(), &ProjectSession::closed, this, [this] {
        cancel();
        m_known.clear();
        m_names.reset();
    });
    connect(&host, &AttentionHost::forgotten, this, [this](const QString& run) {
        std::erase_if(m_known, [&](const Known& known) { return known.run == run; });
    });
}

std::vector<std::string> ExplainHost::quickMethods() {
    return methodsThat(true);
}

std::vector<std::string> ExplainHost::slowMethods() {
    return methodsThat(false);
}

const ExplainHost::Known* ExplainHost::known(Slot slot, const Subject& subject) const {
    const QString run = m_host.run(slot);
    const PostId post = m_host.session().currentPost();
    const auto found = std::find_if(m_known.begin(), m_known.end(), [&](const Known& k) {
        return k.run == run && k.post == post && k.subject == subject;
    });
    return found == m_known.end() ? nullptr : &*found;
}

ExplainHost::Method ExplainHost::method(Slot slot, const Subject& subject, std::string_view id) const {
    if (const Known* what = known(slot, subject))
        for (const Method& method : what->methods)
            if (method->method == id) return method;
    return nullptr;
}

std::optional<Target> ExplainHost::target(Slot slot, const Subject& subject) const {
    const Known* what = known(slot, subject);
    return what ? what->target : std::nullopt;
}

bool ExplainHost::isAsked(Slot slot, const Subject& subject, std::string_view id) const {
    const auto isOnItsWay = [&](const Asked& asked) {
        return asked.slot == slot && asked.subject == subject &&
               std::find(asked.methods.begin(), asked.methods.end(), id) != asked.methods.end();
    };
    return std::any_of(m_asked.begin(), m_asked.end(), isOnItsWay) ||
           std::any_of(m_waiting.begin(), m_waiting.end(), isOnItsWay);
}

bool ExplainHost::isBusy() const {
    return !m_asked.empty() || !m_waiting.empty();
}

void ExplainHost::ask(Slot slot, const Subject& subject, const std::vector<std::string>& methods) {
    const auto model = m_host.modelOf(slot);
    if (!model || !m_host.isActive() || !m_host.session().hasView() || !m_host.result(slot)) return;
    // Nobody waits for other words any more.
    const auto isOther = [&](const Asked& a) { return !(a.subject == subject); };
    if (std::any_of(m_asked.begin(), m_asked.end(), isOther) ||
        std::any_of(m_waiting.begin(), m_waiting.end(), isOther))
        cancel();
    Asked asked{slot, 0, m_host.run(slot), m_host.session().currentPost(), subject, {}, {}, 0};
    for (const std::string& id : methods)
        if (!method(slot, subject, id) && !isAsked(slot, subject, id)) asked.methods.push_back(id);
    if (asked.methods.empty()) return;
    const bool hasNames = std::find(asked.methods.begin(), asked.methods.end(), kMethodOfNames) != asked.methods.end();
    if (hasNames && !subject.type.empty()) return askWithNames(std::move(asked));
    send(std::move(asked), {});
}

/// What an entity is called is read from the project first: its names are tried in its place.
void ExplainHost::askWithNames(Asked asked) {
    const Post& post = m_host.session().view().post;
    const project::WordSpan words = asked.subject.words;
    if (words.last >= int(post.words.size())) return;
    const std::vector<std::string> own(post.words.begin() + words.first, post.words.begin() + words.last + 1);
    auto exchanges = std::make_shared<std::vector<WordExchange>>();
    if (!m_names) m_names = std::make_shared<project::EntityNames>();
    const std::string type = asked.subject.type;
    m_waiting.push_back(std::move(asked));
    const int number = m_waiting.back().number = ++m_number;
    m_host.session().read(
        [names = m_names, exchanges, own, type](const project::Project& project) {
            try {
                if (names->empty()) *names = project::entityNames(project);
                *exchanges = project::exchangesFor(*names, own, type);
            } catch (const Error&) {
                exchanges->clear();  // the words are left out all the same
            }
        },
        [this, number, exchanges] {
            const auto mine = std::find_if(m_waiting.begin(), m_waiting.end(),
                                           [&](const Asked& one) { return one.number == number; });
            if (mine == m_waiting.end()) return;  // nobody waits for it any more
            Asked next = std::move(*mine);
            m_waiting.erase(mine);
            if (next.post == m_host.session().currentPost() && m_host.session().hasView())
                send(std::move(next), std::move(*exchanges));
        });
    Q_EMIT progressed();
}

void ExplainHost::send(Asked asked, std::vector<WordExchange> exchanges) {
    const Slot slot = asked.slot;
    const auto model = m_host.modelOf(slot);
    if (!model) return;
    protocol::ExplainRequest request{project::questionOf(m_host.session().view()), {}};
    request.query.first = asked.subject.words.first;
    request.query.last = asked.subject.words.last;
    request.query.type = asked.subject.type;
    request.query.methods = asked.methods;
    request.query.exchanges = std::move(exchanges);
    EngineClient& engine = m_host.engineOf(slot);
    watch(engine);
    const auto ticket = std::make_shared<EngineClient::Ticket>(0);
    *ticket = engine.explain(
        *model, request, this,
        [this, ticket](const protocol::ExplainResult& part) {
            const auto mine =
                std::find_if(m_asked.begin(), m_asked.end(), [&](const Asked& one) { return one.ticket == *ticket; });
            if (mine != m_asked.end()) take(*mine, part);
        },
        [this, ticket, slot](const EngineAnswer<protocol::ExplainResult>& answer) { ended(*ticket, slot, answer); });
    asked.ticket = *ticket;
    if (isSlow(asked.methods)) {
        m_fraction = -1;
        asked.job = m_host.jobs().add(tr("Explaining with %1").arg(asked.run), [this] { cancel(); });
    }
    m_asked.push_back(std::move(asked));
    Q_EMIT progressed();
}

void ExplainHost::watch(EngineClient& engine) {
    for (QPointer<EngineClient>& watched : m_watched) {
        if (watched == &engine) return;
        if (watched) continue;
        watched = &engine;
        connect(&engine, &EngineClient::progress, this, [this](EngineClient::Ticket ticket, const Progress& progress) {
            const auto mine =
                std::find_if(m_asked.begin(), m_asked.end(), [&](const Asked& one) { return one.ticket == ticket; });
            if (mine == m_asked.end() || progress.stage == "loading") return;
            m_fraction = progress.total > 0 ? double(progress.done) / double(progress.total) : -1;
            if (mine->job) mine->job->setProgress(m_fraction);
            Q_EMIT progressed();
        });
        return;
    }
}

void ExplainHost::take(const Asked& asked, const protocol::ExplainResult& result) {
    auto place = std::find_if(m_known.begin(), m_known.end(), [&](const Known& k) {
        return k.run == asked.run && k.post == asked.post && k.subject == asked.subject;
    });
    if (place == m_known.end()) {
        m_known.push_front({asked.run, asked.post, asked.subject, {}, {}});
        if (m_known.size() > kKept) m_known.pop_back();
        place = m_known.begin();
    }
    place->target = result.target;
    for (const Attribution& attribution : result.attributions) {
        std::erase_if(place->methods, [&](const Method& method) { return method->method == attribution.method; });
        place->methods.push_back(std::make_shared<const Attribution>(attribution));
    }
    Q_EMIT explained(asked.slot);
}

void ExplainHost::ended(EngineClient::Ticket ticket, Slot slot, const EngineAnswer<protocol::ExplainResult>& answer) {
    const auto mine =
        std::find_if(m_asked.begin(), m_asked.end(), [&](const Asked& one) { return one.ticket == ticket; });
    if (mine == m_asked.end()) return;  // cancelled here
    const Asked asked = *mine;
    m_asked.erase(mine);
    m_fraction = -1;
    if (const auto* result = std::get_if<protocol::ExplainResult>(&answer)) {
        if (asked.job) asked.job->end(JobState::Succeeded);
        m_error.reset();
        take(asked, *result);
    } else if (const auto* error = std::get_if<Error>(&answer)) {
        if (asked.job) asked.job->end(JobState::Failed);
        m_error = *error;
        Q_EMIT failed();
    } else if (asked.job) {
        asked.job->end(JobState::Cancelled);
    }
    Q_UNUSED(slot);
    Q_EMIT progressed();
}

void ExplainHost::cancel() {
    const std::vector<Asked> asked = std::exchange(m_asked, {});
    const bool hasWaited = !std::exchange(m_waiting, {}).empty();
    m_fraction = -1;
    for (const Asked& one : asked) {
        m_host.engineOf(one.slot).cancel(one.ticket);
        if (one.job) one.job->end(JobState::Cancelled);
    }
    if (!asked.empty() || hasWaited) Q_EMIT progressed();
}

}  // namespace mnerva::ui
