#include "ui/pages/attention/similar_host.h"

#include <algorithm>
#include <utility>

#include "core/eval/standing.h"
#include "core/protocol/progress_line.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr int kSearchDelayMs = 80;  // the caret may go on
using Read = std::shared_ptr<protocol::MapIndexFound>;

}  // namespace

SimilarHost::SimilarHost(AttentionHost& host, QObject* parent) : QObject(parent), m_host(host) {
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kSearchDelayMs);
    connect(&m_debounce, &QTimer::timeout, this, &SimilarHost::searchNow);
    connect(&host, &AttentionHost::runsChanged, this, &SimilarHost::read);
    connect(&host, &AttentionHost::changed, this, [this](int slot) {
        if (slot == AttentionHost::kFirst && m_host.run(AttentionHost::kFirst) != m_run) read();
    });
    connect(&host.session(), &ProjectSession::opened, this, [this] {
        forget();
        m_split = usualSplit(m_host.session().info());
        read();
    });
    connect(&host.session(), &ProjectSession::closed, this, [this] {
        cancel();
        forget();
        m_searches = 0;  // what was read is dropped
    });
    if (host.session().isOpen()) m_split = usualSplit(host.session().info());
}

std::string SimilarHost::usualSplit(const project::ProjectInfo& info) {
    for (const Split split : {Split::Test, Split::Valid})
        if (const auto found = info.postsOfSplit.find(split); found != info.postsOfSplit.end() && found->second > 0)
            return std::string(splitName(split));
    return {};
}

SimilarHost::State SimilarHost::state() const {
    return m_job ? State::Computing : m_state;
}

void SimilarHost::setActive(bool active) {
    if (active == m_active) return;
    m_active = active;
    if (active) return read();
    m_reader.cancel();
    forget();
}

void SimilarHost::setSource(const std::string& method, const std::string& split) {
    if (method == m_method && split == m_split) return;
    m_method = method;
    m_split = split;
    forget();
    read();
}

void SimilarHost::forget() {
    m_debounce.stop();
    ++m_search;
    m_index.reset();
    m_fault.reset();
    m_run.clear();
    m_state = State::Off;
    if (!std::exchange(m_found, {}).empty()) Q_EMIT foundChanged();
}

void SimilarHost::read() {
    if (!m_active) return;
    const QString run = m_host.run(AttentionHost::kFirst);
    if (run != m_run) forget();
    m_run = run;
    const auto model = m_host.modelOf(AttentionHost::kFirst);
    if (!model || !m_host.session().isOpen()) {
        m_reader.cancel();
        m_state = State::Off;
        Q_EMIT changed();
        return;
    }
    if (m_state == State::Off) m_state = State::Reading;
    Q_EMIT changed();
    m_reader.run<Read>(
        [folder = std::filesystem::path(model->runFolder), method = m_method, split = m_split](std::stop_token) {
            return std::make_shared<protocol::MapIndexFound>(protocol::findMapIndex(folder, method, split));
        },
        [this](const std::variant<Read, Error, Cancelled>& answer) {
            using In = protocol::MapIndexFound::State;
            m_index.reset();
            m_fault.reset();
            m_state = State::Damaged;
            if (const auto* error = std::get_if<Error>(&answer)) m_fault = *error;
            if (const auto* found = std::get_if<Read>(&answer)) {
                const In in = (*found)->state;
                m_state = in == In::Ready     ? State::Ready
                          : in == In::Damaged ? State::Damaged
                          : in == In::Missing ? State::Missing
                                              : State::OtherWeights;
                m_fault = (*found)->fault;
                if (in == In::Ready) m_index = std::make_shared<const protocol::MapIndex>(std::move((*found)->index));
            }
            searchNow();
            Q_EMIT changed();
        });
}

bool SimilarHost::isOutdated() const {
    if (!m_index || !m_host.session().isOpen()) return false;
    std::int64_t posts = 0;
    for (const auto& [split, count] : m_host.session().info().postsOfSplit)
        if (m_split.empty() || splitName(split) == m_split) posts += count;
    return posts != m_index->posts;
}

std::optional<std::size_t> SimilarHost::setFor(protocol::MapSet wanted) const {
    if (!m_index || m_index->sets.empty()) return std::nullopt;
    const int last = m_index->sets.back().layer;
    if (last == 0) return 0;  // a method without layers
    if (wanted.layer <= 0 || wanted.layer > last) wanted.layer = last;
    if (const auto set = m_index->setOf(wanted)) return set;
    return m_index->setOf({wanted.layer, 0});
}

void SimilarHost::search(Order order, protocol::MapSet set, std::vector<float> query, PostId except) {
    m_wanted = {order, set, std::move(query), except};
    if (m_active) m_debounce.start();
}

void SimilarHost::searchNow() {
    m_debounce.stop();
    const int number = ++m_search;
    const auto set = setFor(m_wanted.set);
    std::vector<project::MapHit> hits;
    if (set && m_wanted.order == Order::Alike)
        hits = project::nearestMaps(*m_index, *set, m_wanted.query, project::kSimilarPosts, m_wanted.except.value);
    else if (set)
        hits = project::sharpestMaps(*m_index, *set, project::kSimilarPosts);
    auto found = std::make_shared<std::vector<Found>>();
    for (const project::MapHit& hit : hits)
        found->push_back({m_index->entities[hit.entity], hit.value, m_index->cells(hit.entity, *set), {}, false, {}});
    if (found->empty() || !m_host.session().isOpen()) {
        m_found.clear();
        Q_EMIT foundChanged();
        return;
    }
    const bool hasGold = std::any_of(
        m_host.session().layers().begin(), m_host.session().layers().end(),
        [](const project::LayerInfo& layer) { return layer.kind == project::LayerKind::Gold && layer.entities > 0; });
    ++m_searches;
    m_host.session().read(
        [found, hasGold, index = m_index](const project::Project& project) {
            std::erase_if(*found, [&](Found& one) {
                try {
                    const project::PostView view = project.view(PostId{one.entity.number});
                    if (!view.images.empty()) one.image = view.images.front();
                    one.isJudged = hasGold;
                    one.error = eval::standingOf({one.entity.type, one.entity.first, one.entity.last, {}}, view.gold,
                                                 project::mappedEntities(*index, one.entity.number));
                    return one.entity.last >= int(view.post.words.size());
                } catch (const Error&) {
                    return true;  // the post is gone
                }
            });
        },
        [this, found, number] {
            m_searches = std::max(0, m_searches - 1);
            if (number != m_search) return;
            m_found = std::move(*found);
            Q_EMIT foundChanged();
        });
}

QStringList SimilarHost::arguments() const {
    QStringList arguments{QStringLiteral("explain"),         m_host.session().folder(), QStringLiteral("--run"),
                          m_host.run(AttentionHost::kFirst), QStringLiteral("--maps"),  QStringLiteral("--method"),
                          QString::fromStdString(m_method)};
    if (!m_split.empty()) arguments << QStringLiteral("--split") << QString::fromStdString(m_split);
    const auto model = m_host.modelOf(AttentionHost::kFirst);
    if (model && model->device != "cpu") arguments << QStringLiteral("--device") << fromUtf8(model->device);
    return arguments;
}

QString SimilarHost::commandText() const {
    return shellText(QStringLiteral("mnerva-cli"), arguments());
}

void SimilarHost::compute() {
    const QString run = m_host.run(AttentionHost::kFirst);
    if (m_job || run.isEmpty() || !m_host.session().isOpen()) return;
    m_job = m_host.jobs().add(tr("Computing the maps of %1").arg(run), [self = QPointer<SimilarHost>(this)] {
        if (self) self->cancel();
    });
    m_job->setProgress(-1);
    m_process =
        CommandProcess::run(arguments(), this, [this, run](const CommandResult& result) { computed(run, result); });
    connect(m_process, &CommandProcess::message, this, [this](const QString& line) {
        const auto progress = protocol::progressFromLine(toUtf8(line));
        if (!progress || !m_job || progress->total <= 0) return;
        m_job->setProgress(double(progress->done) / double(progress->total));
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

void SimilarHost::cancel() {
    if (m_process) m_process->cancel();
}

void SimilarHost::computed(const QString& run, const CommandResult& result) {
    const auto* error = std::get_if<Error>(&result);
    const JobState state = error                                       ? JobState::Failed
                           : std::holds_alternative<Cancelled>(result) ? JobState::Cancelled
                                                                       : JobState::Succeeded;
    if (const QPointer<Job> job = std::exchange(m_job, nullptr)) job->end(state);
    Q_EMIT changed();
    if (error) Q_EMIT failed(run, *error);
    if (state == JobState::Succeeded) read();
}

}  // namespace mnerva::ui
