#include "ui/pages/cases/cases_host.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/project/find.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr qsizetype kLayersAtFirst = 6;

std::vector<std::string> comparedNames(const QStringList& layers) {
    std::vector<std::string> names{"gold", "corrected"};
    for (const QString& layer : layers) names.push_back(toUtf8(layer));
    return names;
}

}  // namespace

CasesHost::CasesHost(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    connect(&session, &ProjectSession::opened, this, &CasesHost::takeProject);
    connect(&session, &ProjectSession::closed, this, &CasesHost::takeProject);
    connect(&session, &ProjectSession::layersChanged, this, &CasesHost::takeLayers);
    connect(&session, &ProjectSession::summariesReset, this, &CasesHost::load);
    connect(&session, &ProjectSession::editedLayerChanged, this, &CasesHost::load);
    connect(&session, &ProjectSession::visibleRowsChanged, this, &CasesHost::takePosts);
    connect(&session, &ProjectSession::filterProgressed, this, [this] {
        if (!m_session.isFiltering()) Q_EMIT listChanged();
    });
    connect(&session, &ProjectSession::filterChanged, this, &CasesHost::listChanged);
    connect(&session, &ProjectSession::currentPostChanged, this, [this] { showCurrent(true); });
    connect(&session, &ProjectSession::stateChanged, this, &CasesHost::takeEdit);
    connect(&session, &ProjectSession::undone, this, [this](const Change& change) {
        // The current post says by itself what it has become; another one has to be read.
        const auto isOther = [&](const PostChange& part) { return part.post != m_session.currentPost(); };
        if (std::any_of(change.posts.begin(), change.posts.end(), isOther)) load();
    });
    takeProject();
}

CasesHost::~CasesHost() {
    m_stop.request_stop();
}

QString CasesHost::settingKey(const char* what) const {
    const QByteArray folder = m_session.folder().toUtf8().toPercentEncoding();
    return QStringLiteral("cases/%1/%2").arg(QString::fromLatin1(folder), QLatin1String(what));
}

void CasesHost::takeProject() {
    m_stop.request_stop();
    m_table.reset();
    m_rows.clear();
    m_views.clear();
    m_shown.reset();
    m_error.reset();
    m_influenced.clear();
    m_hasRows = false;
    m_layers.clear();
    if (m_session.isOpen()) {
        m_reference = m_session.kept(QStringLiteral("cases/reference"))
                          .value_or(settings::value(settingKey("reference"), QStringLiteral("gold")).toString());
        if (m_reference != QLatin1String("corrected")) m_reference = QStringLiteral("gold");
    }
    takeLayers();
}

QStringList CasesHost::knownLayers() const {
    QStringList known;
    if (!m_session.isOpen()) return known;
    for (const project::LayerInfo& layer : m_session.layers())
        if (layer.kind == project::LayerKind::Run || layer.kind == project::LayerKind::Annotator)
            known << fromUtf8(layer.name);
    return known;
}

void CasesHost::takeLayers() {
    const QStringList known = knownLayers();
    QStringList wanted = known.mid(0, kLayersAtFirst);
    if (m_session.isOpen()) {
        // With the project; where an older version left it for the person, there.
        const QVariant remembered = settings::value(settingKey("layers"));
        if (const auto kept = m_session.kept(QStringLiteral("cases/layers")))
            wanted = kept->split(QLatin1Char('\n'));
        else if (remembered.isValid())
            wanted = remembered.toStringList();
    }
    if (!m_shownLayers.isEmpty()) wanted = m_shownLayers;
    m_layers.clear();
    for (const QString& layer : known)
        if (wanted.contains(layer)) m_layers << layer;
    load();
}

workflow::CaseScope CasesHost::scope() const {
    workflow::CaseScope scope{{}, toUtf8(m_reference)};
    for (const QString& layer : m_layers) scope.systems.push_back(toUtf8(layer));
    return scope;
}

workflow::CaseSentence CasesHost::sentence() const {
    return workflow::sentenceOf(toUtf8(m_session.filter()), scope());
}

void CasesHost::setSentence(const workflow::CaseSentence& sentence) {
    m_session.setFilter(fromUtf8(workflow::queryOf(sentence, scope())));
}

void CasesHost::rewrite(workflow::CaseSentence said, const workflow::CaseScope& before) {
    const std::string now = workflow::queryOf(said, before);
    const auto isGone = [&](const std::string& layer) { return !m_layers.contains(fromUtf8(layer)); };
    std::erase_if(said.layers, [&](const auto& part) { return isGone(part.layer); });
    const auto saysWrong = [](const auto& part) { return part.wanted == workflow::CaseSentence::Wanted::Wrong; };
    if (said.agreement == workflow::CaseSentence::Agreement::Any &&
        std::none_of(said.layers.begin(), said.layers.end(), saysWrong))
        said.kinds.clear();
    if (said.effect && isGone(said.effect->run)) said.effect.reset();
    const std::string wanted = workflow::queryOf(said, scope());
    if (wanted != now) m_session.setFilter(fromUtf8(wanted));
}

void CasesHost::setChosenLayers(const QStringList& layers) {
    const workflow::CaseScope before = scope();
    const workflow::CaseSentence said = sentence();
    m_layers.clear();
    for (const QString& layer : knownLayers())
        if (layers.contains(layer)) m_layers << layer;
    m_session.keep(QStringLiteral("cases/layers"), m_layers.join(QLatin1Char('\n')));
    rewrite(said, before);
    load();
}

std::string CasesHost::edited() const {
    return m_session.editedLayer().isEmpty() ? "corrected" : toUtf8(m_session.editedLayer());
}

void CasesHost::showLayers(const QStringList& layers) {
    if (layers == m_shownLayers) return;
    m_shownLayers = layers;
    takeLayers();
}

void CasesHost::setReference(const QString& reference) {
    if (reference == m_reference) return;
    const workflow::CaseScope before = scope();
    const workflow::CaseSentence said = sentence();
    m_reference = reference;
    m_session.keep(QStringLiteral("cases/reference"), reference);
    rewrite(said, before);
    load();
}

void CasesHost::setActive(bool active) {
    m_isActive = active;
    if (active && !m_table && !m_isLoading) load();
    if (active && m_isStale) takePosts();
}

void CasesHost::setWalking(bool walks) {
    if (walks == m_walks) return;
    m_walks = walks;
    if (!m_table && !m_isLoading) return load();
    if (walks)
        takePosts();
    else
        showCurrent(true);
    Q_EMIT listChanged();
}

CasesHost::State CasesHost::state() const {
    if (!m_session.isOpen()) return State::NoProject;
    if (m_session.isBlind()) return State::Hidden;
    if (m_walks && knownLayers().isEmpty()) return State::NoLayers;
    if (m_error) return State::Failed;
    if (!m_walks) return m_table ? State::Ready : State::Loading;
    if (!m_table || !m_hasRows) return State::Loading;
    if (!m_rows.empty()) return State::Ready;
    return m_session.isFiltering() ? State::Loading : State::Nothing;
}

void CasesHost::load() {
    m_stop.request_stop();
    m_stop = std::stop_source();
    const int request = ++m_loading;
    ++m_ordering;  // one that is stopped has found nothing
    m_isLoading = false;
    if (!m_isActive || !m_session.isOpen() || m_session.isBlind() || (m_walks && knownLayers().isEmpty())) {
        m_table.reset();
        m_hasRows = false;
        Q_EMIT listChanged();
        return;
    }
    m_isLoading = true;
    m_error.reset();
    struct Answer {
        std::shared_ptr<workflow::CaseTable> table;
        std::vector<workflow::SavedView> views;
        QStringList influenced;
        std::optional<Error> error;
    };
    auto answer = std::make_shared<Answer>();
    const workflow::CaseLayers wanted{comparedNames(m_layers), toUtf8(m_reference)};
    m_session.read(
        [answer, wanted, stop = m_stop.get_token()](const project::Project& project) {
            try {
                answer->table =
                    std::make_shared<workflow::CaseTable>(workflow::loadCases(project, wanted, std::nullopt, stop));
                answer->views = workflow::viewsOf(*answer->table);
                const project::InfluenceSource influences = project::storedInfluences(project);
                for (const workflow::CaseTable::Layer& layer : answer->table->layers())
                    if (layer.isSystem() && influences(layer.name)) answer->influenced << fromUtf8(layer.name);
            } catch (const Error& error) {
                answer->error = error;
            }
        },
        [this, request, answer] {
            if (request != m_loading) return;
            m_isLoading = false;
            m_error = answer->error;
            m_table = answer->table;
            m_views = answer->views;
            m_influenced = answer->influenced;
            if (m_table)
                takePosts();
            else
                Q_EMIT listChanged();
        });
    Q_EMIT listChanged();
}

void CasesHost::setOrder(workflow::CaseOrder order) {
    m_order = order;
    takePosts();
}

/// The posts that the query line found, in the chosen order.
void CasesHost::takePosts() {
    m_isStale = !m_isActive || !m_walks;
    if (!m_table || !m_isActive) return;
    if (!m_walks) return showCurrent(!m_shown);
    const int request = ++m_ordering;
    const bool areAll = m_session.filter().trimmed().isEmpty() && !m_session.isShowingOnly();
    std::vector<PostId> posts;
    if (!areAll) {
        posts.reserve(m_session.visibleRows().size());
        for (const int row : m_session.visibleRows())
            posts.push_back(m_session.summaries().idAt(static_cast<std::size_t>(row)));
        // Cases have orders of their own, which begin with the project's.
        std::sort(posts.begin(), posts.end(), [](PostId a, PostId b) { return a.value < b.value; });
    }
    auto rows = std::make_shared<std::vector<std::uint32_t>>();
    const std::shared_ptr<const workflow::CaseTable> table = m_table;
    m_session.read(
        [rows, table, areAll, posts = std::move(posts), named = sentence().posts, order = m_order,
         stop = m_stop.get_token()](const project::Project&) {
            if (areAll) {
                rows->resize(table->rows());
                std::iota(rows->begin(), rows->end(), 0U);
            } else {
                *rows = workflow::rowsOf(*table, posts, stop);
            }
            workflow::sortRows(*rows, *table, order);
            if (order == workflow::CaseOrder::Project && !named.empty()) workflow::sortByName(*rows, *table, named);
        },
        [this, request, rows] {
            if (request == m_ordering) rowsArrived(std::move(*rows));
        });
}

void CasesHost::rowsArrived(std::vector<std::uint32_t> rows) {
    m_rows = std::move(rows);
    m_hasRows = true;
    if (m_walks && !m_rows.empty() && position() < 0)
        goTo(0, 1);
    else
        showCurrent(!m_shown);
    Q_EMIT listChanged();
}

int CasesHost::position() const {
    if (!m_table) return -1;
    const auto row = m_table->rowOf(m_session.currentPost());
    const auto found = row ? std::find(m_rows.begin(), m_rows.end(), static_cast<std::uint32_t>(*row)) : m_rows.end();
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void CasesHost::showCurrent(bool isNewPost) {
    m_shown.reset();
    const bool foundNone = m_walks && m_hasRows && m_rows.empty();
    if (m_table && !foundNone && m_session.isOpen() && m_session.hasView()) {
        const project::PostView& view = m_session.view();
        if (const auto row = m_table->rowOf(view.post.id)) {
            std::vector<workflow::LaneReading> readings = m_table->readings(*row);
            for (workflow::LaneReading& reading : readings)
                if (reading.layer == edited()) reading.entities = view.state.entities;
            m_shown = workflow::makeCase(view.post, std::move(readings), toUtf8(m_reference));
            if (!view.images.empty()) m_shown->image = view.images.front();
        }
    }
    if (isNewPost) land();
    Q_EMIT caseChanged();
    if (!isNewPost) return;
    Q_EMIT selectionChanged();
    Q_EMIT listChanged();
}

void CasesHost::land() {
    m_first = m_last = m_anchor = 0;
    const int landing = std::exchange(m_landing, 1);
    if (!m_shown) return;
    const int words = static_cast<int>(m_shown->words.size());
    const workflow::Place* place = workflow::nextDisagreement(*m_shown, landing > 0 ? -1 : words, landing);
    if (!place && !m_shown->places.empty()) place = &m_shown->places.front();
    if (!place) return;
    m_first = m_anchor = place->first;
    m_last = place->last;
}

void CasesHost::takeEdit() {
    if (!m_table || !m_session.hasView()) return;
    const project::PostView& view = m_session.view();
    const auto row = m_table->rowOf(view.post.id);
    const auto corrected = m_table->layerOf(edited());
    if (!row || !corrected) return;
    if (m_table.use_count() > 1) m_table = std::make_shared<workflow::CaseTable>(*m_table);  // a filter looks at it
    const bool isCovered = m_table->isCovered(*corrected, *row) || view.state.corrected;
    m_table->replace(*corrected, *row, view.state.entities, isCovered);
    showCurrent(false);
}

void CasesHost::select(int first, int last) {
    if (!m_shown || m_shown->words.empty()) return;
    const int end = static_cast<int>(m_shown->words.size()) - 1;
    m_anchor = m_first = std::clamp(std::min(first, last), 0, end);
    m_last = std::clamp(std::max(first, last), 0, end);
    Q_EMIT selectionChanged();
}

void CasesHost::moveBy(int words, bool extend) {
    if (!m_shown) return;
    const int anchor = m_anchor;
    const int moving = (extend ? (anchor == m_first ? m_last : m_first) : (words > 0 ? m_last : m_first)) + words;
    select(extend ? anchor : moving, moving);
    if (extend) m_anchor = anchor;
}

void CasesHost::goTo(int position, int landing) {
    if (position < 0 || position >= found()) return;
    m_landing = landing;
    const PostId post = m_table->post(m_rows[static_cast<std::size_t>(position)]);
    if (post == m_session.currentPost() && m_session.hasView() && m_session.view().post.id == post)
        showCurrent(true);
    else
        m_session.setCurrentPost(post);
}

void CasesHost::step(int delta) {
    const int at = position();
    const int wanted = at < 0 ? (delta > 0 ? 0 : found() - 1) : at + delta;
    if (wanted >= 0 && wanted < found())
        goTo(wanted, 1);
    else if (found() > 0)
        Q_EMIT message(delta > 0 ? tr("That was the last of the posts found.")
                                 : tr("That was the first of the posts found."));
}

void CasesHost::stepDisagreement(int delta) {
    if (!m_shown) return;
    const int from = delta > 0 ? m_last : m_first;
    if (const workflow::Place* place = workflow::nextDisagreement(*m_shown, from, delta))
        return select(place->first, place->last);
    const int at = position();
    for (int next = at < 0 ? (delta > 0 ? 0 : found() - 1) : at + delta; next >= 0 && next < found(); next += delta)
        if (m_table->disagreeing(m_rows[static_cast<std::size_t>(next)]) > 0) return goTo(next, delta);
    Q_EMIT message(delta > 0 ? tr("No further disagreement.") : tr("No earlier disagreement."));
}

void CasesHost::adopt(int number) {
    if (!m_shown) return;
    for (std::size_t lane = 0; lane < m_shown->lanes.size(); ++lane) {
        if (workflow::laneNumber(*m_shown, lane) != number) continue;
        const workflow::LaneReading& reading = m_shown->lanes[lane].reading;
        const QString name = fromUtf8(reading.layer);
        if (!reading.isCovered) return Q_EMIT message(tr("%1 has no answer for this post.").arg(name));
        const auto wanted = workflow::entitiesAt(m_shown->lanes[lane], m_first, m_last);
        const project::Edit edit = project::adoptEntities(m_session.view().state, m_first, m_last, wanted);
        if (const auto* refusal = std::get_if<project::Refusal>(&edit); refusal && refusal->code == "nothing-here")
            return Q_EMIT message(tr("Neither %1 nor the edited layer has an entity at these words.").arg(name));
        if (const auto* change = std::get_if<Change>(&edit); change && change->isEmpty())
            return Q_EMIT message(tr("The edited layer says the same as %1 here.").arg(name));
        if (!m_session.apply(edit)) return;
        Q_EMIT message(wanted.empty() ? tr("Taken away here, as %1 has nothing.").arg(name)
                                      : tr("Taken from %1 into the edited layer.").arg(name));
        return;
    }
    Q_EMIT message(tr("There is no lane %1.").arg(number));
}

}  // namespace mnerva::ui
