#include "ui/pages/scores/scores_host.h"

#include <algorithm>

#include "ui/base/gui_thread.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kDelayMs = 120, kSurfaces = 500;

/// Names and sizes of the layers: equal ones need not be read again.
std::string stampOf(const ProjectSession& session) {
    std::string stamp;
    for (const auto& layer : session.layers()) {
        if (layer.kind == project::LayerKind::Corrected) continue;
        stamp += layer.name + '\n' + std::to_string(layer.posts) + ' ' + std::to_string(layer.entities) + '\n';
    }
    return stamp + std::to_string(session.summaries().size());
}

int rowOf(const workflow::ScoreTable& table, const std::string& layer) {
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        if (table.rows[i].layer == layer) return static_cast<int>(i);
    return -1;
}

void chooseSystems(ScoresAnswer& answer) {
    const auto count = static_cast<int>(answer.table.rows.size());
    answer.systemRow = rowOf(answer.table, answer.choice.system);
    if (answer.systemRow < 0) answer.systemRow = 0;
    answer.otherRow = rowOf(answer.table, answer.choice.other);
    if (answer.otherRow < 0 || answer.otherRow == answer.systemRow)
        answer.otherRow = count < 2 ? -1 : (answer.systemRow == 0 ? 1 : 0);
    answer.choice.system = answer.table.rows[static_cast<std::size_t>(answer.systemRow)].layer;
    answer.choice.other =
        answer.otherRow < 0 ? std::string() : answer.table.rows[static_cast<std::size_t>(answer.otherRow)].layer;
}

/// The part that needs two systems.
void addComparison(ScoresAnswer& answer, const std::stop_token& stop) {
    if (answer.otherRow < 0) return;
    const auto first = static_cast<std::size_t>(answer.systemRow), second = static_cast<std::size_t>(answer.otherRow);
    const eval::ResamplingOptions& options = answer.table.question.resampling;
    answer.comparison =
        workflow::compareScores(answer.table.rows[first].score, answer.table.rows[second].score, options, stop);
    eval::ResamplingOptions few = options;
    few.swaps = 0;  // bars show intervals only
    for (std::size_t i = 0; i < answer.buckets.ranges.size(); ++i)
        answer.bucketDifferences.push_back(
            eval::compareBuckets(answer.buckets.layers[first][i], answer.buckets.layers[second][i], few, stop));
}

void addReports(ScoresAnswer& answer, const workflow::ScoreSource& source) {
    const std::string& caption = answer.caption;
    const workflow::LayerErrors& errors = answer.errors[static_cast<std::size_t>(answer.systemRow)];
    const std::string& system = answer.choice.system;
    auto& out = answer.reports;
    out[ScoresReport::Scores] = workflow::systemsReport(answer.table, caption);
    out[ScoresReport::Types] = workflow::typesReport(answer.table, caption);
    out[ScoresReport::Errors] = workflow::errorsReport(source, errors, system, caption);
    out[ScoresReport::Confusion] = workflow::confusionReport(source, errors, system, caption);
    out[ScoresReport::Strings] = workflow::surfacesReport(source, answer.surfaces, kSurfaces, system, caption);
    out[ScoresReport::Buckets] = workflow::bucketsReport(source, answer.table.question, answer.buckets, caption);
    if (answer.comparison)
        out[ScoresReport::Difference] =
            workflow::comparisonReport(*answer.comparison, system, answer.choice.other, caption);
    if (const auto& found = answer.reliability[static_cast<std::size_t>(answer.systemRow)])
        out[ScoresReport::Reliability] = workflow::reliabilityReport(found->found, system, caption);
    if (!answer.seeds.empty()) out[ScoresReport::Seeds] = workflow::seedsReport(answer.seeds, caption);
    if (!answer.slices.empty())
        out[ScoresReport::Slices] =
            workflow::slicesReport(answer.table, answer.slices, answer.sliceRows, answer.otherRow, caption);
}

/// All that the page shows; on the worker's thread.
std::shared_ptr<ScoresAnswer> computed(const workflow::ScoreSource& source, const ScoresChoice& choice,
                                       const std::vector<std::string>& systems,
                                       const std::vector<workflow::FoundSlice>& slices, const std::stop_token& stop) {
    auto answer = std::make_shared<ScoresAnswer>();
    answer->choice = choice;
    workflow::ScoreQuestion question;
    question.reference = choice.reference;
    question.split = choice.split;
    question.rule = choice.rule;
    for (const std::string& name : systems)
        if (name != choice.reference && source.find(name)) question.layers.push_back(name);
    answer->ids = source.ids;
    answer->table.question = question;
    if (question.layers.empty()) return answer;
    answer->table = workflow::scoreTable(source, question, stop);
    chooseSystems(*answer);
    for (const std::string& layer : question.layers) {
        if (stop.stop_requested()) throw Cancelled{};
        answer->errors.push_back(workflow::layerErrors(source, question, layer));
        answer->errorRows.push_back(workflow::errorRows(source, answer->errors.back()));
        answer->reliability.push_back(workflow::reliabilityOfLayer(source, question, layer));
    }
    answer->slices = slices;
    answer->sliceRows = workflow::sliceTable(source, answer->table, slices);
    const workflow::LayerErrors& errors = answer->errors[static_cast<std::size_t>(answer->systemRow)];
    answer->confusion = workflow::confusionOf(source, errors);
    answer->surfaces = workflow::surfacesOf(source, errors);
    answer->buckets = workflow::bucketTable(source, question, answer->errors, choice.property, stop);
    const eval::NameTable& types = source.table->types();
    for (int type = 0; type < types.size(); ++type) answer->typeNames.push_back(types.name(type));
    for (const eval::BucketRange& range : answer->buckets.ranges)
        answer->bucketNames.push_back(eval::bucketName(choice.property, range, types));
    answer->seeds = workflow::seedScores(source, answer->table);
    answer->caption = workflow::captionOf(source, question);
    answer->captionFacts = workflow::captionFactsOf(source, question);
    addComparison(*answer, stop);
    addReports(*answer, source);
    return answer;
}

}  // namespace

std::vector<PostId> ScoresAnswer::idsOf(std::vector<int> posts) const {
    std::sort(posts.begin(), posts.end());
    posts.erase(std::unique(posts.begin(), posts.end()), posts.end());
    std::vector<PostId> out;
    for (const int post : posts) out.push_back(ids[static_cast<std::size_t>(post)]);
    return out;
}

ScoresHost::ScoresHost(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    for (QTimer* timer : {&m_correctionDelay, &m_layersDelay}) {
        timer->setSingleShot(true);
        timer->setInterval(kDelayMs);
    }
    connect(&m_correctionDelay, &QTimer::timeout, this, &ScoresHost::readCorrected);
    connect(&m_layersDelay, &QTimer::timeout, this, &ScoresHost::readAll);
    connect(&session, &ProjectSession::opened, this, [this] {
        m_source.reset();
        m_answer.reset();
        m_choice = {};
        m_splitChosen = false;
        m_slices.clear();
        m_removedSlice.reset();
        m_stale = true;
        setState(m_session.isBlind() ? State::Hidden : State::Reading);
        if (m_wanted) m_layersDelay.start();
    });
    connect(&session, &ProjectSession::closed, this, [this] {
        forget();
        setState(State::NoProject);
    });
    connect(&session, &ProjectSession::editedLayerChanged, this, &ScoresHost::editedLayerChanged);
    connect(&session, &ProjectSession::layersChanged, this, [this] {
        if (stampOf(m_session) == m_layersRead) return;
        m_stale = true;
        if (m_wanted) m_layersDelay.start();
    });
    connect(&session, &ProjectSession::saved, this, [this] { m_correctionDelay.start(); });
    if (session.isOpen()) setState(session.isBlind() ? State::Hidden : State::Reading);
}

ScoresHost::~ScoresHost() {
    m_stop.request_stop();
}

void ScoresHost::forget() {
    m_stop.request_stop();
    m_answered = ++m_asked;
    m_reading = false;
    m_source.reset();
    m_answer.reset();
    m_stale = true;
}

void ScoresHost::editedLayerChanged() {
    if (m_session.isBlind()) {
        forget();
        return setState(State::Hidden);
    }
    if (m_state != State::Hidden) return;
    setState(State::Reading);
    if (m_wanted) m_layersDelay.start();
}

void ScoresHost::setState(State state) {
    m_state = state;
    Q_EMIT changed();
}

void ScoresHost::setWanted(bool wanted) {
    m_wanted = wanted;
    if (wanted && m_stale && m_session.isOpen()) readAll();
}

std::vector<std::string> ScoresHost::systems() const {
    std::vector<std::string> names;
    for (const auto& layer : m_session.layers())
        if (layer.kind == project::LayerKind::Run && layer.posts > 0) names.push_back(layer.name);
    if (hasCorrections()) names.emplace_back("corrected");
    return names;
}

bool ScoresHost::hasCorrections() const {
    const auto& layers = m_session.layers();
    return std::any_of(
               layers.begin(), layers.end(),
               [](const auto& layer) { return layer.kind == project::LayerKind::Corrected && layer.posts > 0; }) ||
           m_session.summaries().correctedCount() > 0;
}

std::vector<Split> ScoresHost::splits() const {
    std::vector<Split> found;
    for (const auto& [split, posts] : m_session.info().postsOfSplit)
        if (posts > 0) found.push_back(split);
    return found;
}

void ScoresHost::setChoice(const ScoresChoice& choice) {
    if (choice == m_choice) return;
    m_choice = choice;
    m_splitChosen = true;
    compute();
}

void ScoresHost::readAll() {
    if (!m_session.isOpen() || m_session.isBlind()) return;
    m_stale = false;
    m_layersRead = stampOf(m_session);
    if (systems().empty()) {
        m_answer.reset();
        m_source.reset();
        return setState(State::NoLayers);
    }
    if (!m_splitChosen) {
        const auto has = splits();
        m_choice.split.reset();
        if (std::find(has.begin(), has.end(), Split::Test) != has.end()) m_choice.split = Split::Test;
    }
    if (!m_answer) setState(State::Reading);
    struct All {
        workflow::ScoreSource source;
        std::vector<workflow::FoundSlice> slices;
    };
    read<All>(
        [](const project::Project& project) {
            return All{workflow::readScoreSource(project),
                       workflow::findSlices(project, workflow::readSlices(project))};
        },
        [this, edits = m_sliceEdits](std::shared_ptr<All> all) {
            if (m_session.isBlind()) return;  // since it was asked for
            m_source = std::make_shared<workflow::ScoreSource>(std::move(all->source));
            if (edits == m_sliceEdits) m_slices = std::move(all->slices);
            compute();
        });
}

template <class T>
void ScoresHost::read(std::function<T(const project::Project&)> work, std::function<void(std::shared_ptr<T>)> done) {
    struct Read {
        std::shared_ptr<T> value;
        std::optional<Error> error;
    };
    auto read = std::make_shared<Read>();
    m_reading = true;
    m_session.read(
        [read, work = std::move(work)](const project::Project& project) {
            try {
                read->value = std::make_shared<T>(work(project));
            } catch (const Error& failure) {
                read->error = failure;
            }
        },
        [this, read, done = std::move(done)] {
            m_reading = false;
            if (read->error)
                Q_EMIT failed(*read->error);
            else
                done(read->value);
        });
}

void ScoresHost::readCorrected() {
    if (!m_source) {
        // The first correction may be what makes a layer to score.
        if (m_wanted && m_state == State::NoLayers) readAll();
        return;
    }
    struct Corrected {
        std::shared_ptr<workflow::LayerUpdate> layer;
        std::vector<workflow::FoundSlice> slices;
    };
    // What is in a slice may have changed with the correction.
    read<Corrected>(
        [slices = slices()](const project::Project& project) {
            return Corrected{std::make_shared<workflow::LayerUpdate>(workflow::readLayer(project, "corrected")),
                             workflow::findSlices(project, slices)};
        },
        [this, edits = m_sliceEdits](std::shared_ptr<Corrected> found) {
            if (edits == m_sliceEdits) m_slices = std::move(found->slices);
            compute(std::move(found->layer));
        });
}

void ScoresHost::compute(std::shared_ptr<workflow::LayerUpdate> update) {
    if (!m_source) return;
    m_stop.request_stop();
    m_stop = std::stop_source();
    const quint64 asked = ++m_asked;
    m_worker.post([this, source = m_source, choice = m_choice, names = systems(), slices = m_slices,
                   stop = m_stop.get_token(), asked, update = std::move(update)] {
        std::shared_ptr<ScoresAnswer> answer;
        std::optional<Error> error;
        try {
            if (update) workflow::takeLayer(*source, *update);
            answer = computed(*source, choice, names, slices, stop);
        } catch (const Cancelled&) {
        } catch (const Error& failure) {
            error = failure;
        } catch (const std::bad_alloc&) {
            error = Error(ErrorCode::MemoryExhausted, {"scoring"});
        }
        onGuiThread(this, [this, answer, error, asked, isCorrection = update != nullptr] {
            m_answered = std::max(m_answered, asked);
            if (error && asked == m_asked) Q_EMIT failed(*error);
            take(answer, isCorrection, asked);
        });
    });
}

void ScoresHost::take(std::shared_ptr<ScoresAnswer> answer, bool isCorrection, quint64 asked) {
    if (!answer || asked != m_asked) {
        Q_EMIT changed();
        return;
    }
    const bool isComparable = m_answer && m_answer->choice.reference == answer->choice.reference &&
                              m_answer->choice.split == answer->choice.split &&
                              m_answer->choice.rule == answer->choice.rule;
    if (isComparable && isCorrection) {
        for (const workflow::SystemScore& row : answer->table.rows) {
            const int before = rowOf(m_answer->table, row.layer);
            if (before < 0) continue;
            const double change =
                row.score.score.micro.f1 - m_answer->table.rows[static_cast<std::size_t>(before)].score.score.micro.f1;
            if (change != 0) answer->changes[row.layer] = change;
        }
    } else if (isComparable) {
        answer->changes = m_answer->changes;  // another row or property was chosen
    }
    m_answer = answer;
    setState(answer->table.rows.empty() ? State::NoLayers : State::Ready);
}

// --- posts behind a figure ------------------------------------------------------------------------------------------

std::vector<PostId> ScoresHost::wrongPosts(int row, const std::string& type) const {
    std::vector<int> posts;
    for (const eval::Unit& unit : m_answer->errors.at(static_cast<std::size_t>(row)).units) {
        const auto is = [&](int number) {
            return number != eval::Unit::kNone && m_answer->typeNames[static_cast<std::size_t>(number)] == type;
        };
        if (!unit.isRight() && (type.empty() || is(unit.gold) || is(unit.predicted))) posts.push_back(unit.post);
    }
    return m_answer->idsOf(std::move(posts));
}

std::vector<PostId> ScoresHost::mistakePosts(int row, std::optional<eval::ErrorKind> kind, int type) const {
    std::vector<int> posts;
    const workflow::LayerErrors& errors = m_answer->errors.at(static_cast<std::size_t>(row));
    if (!kind)
        for (const eval::Unit& unit : errors.units)
            if (unit.isMisplaced && (type == eval::Unit::kNone || unit.type() == type)) posts.push_back(unit.post);
    for (const eval::Mistake& mistake : errors.mistakes)
        if (mistake.kind == kind && (type == eval::Unit::kNone || mistake.type == type)) posts.push_back(mistake.post);
    return m_answer->idsOf(std::move(posts));
}

std::vector<PostId> ScoresHost::confusedPosts(int gold, int predicted) const {
    std::vector<int> posts;
    for (const eval::Unit& unit : m_answer->errors.at(static_cast<std::size_t>(m_answer->systemRow)).units)
        if (unit.gold == gold && unit.predicted == predicted) posts.push_back(unit.post);
    return m_answer->idsOf(std::move(posts));
}

std::vector<PostId> ScoresHost::surfacePosts(int surface) const {
    return m_answer->idsOf(m_answer->surfaces.at(static_cast<std::size_t>(surface)).posts);
}

std::vector<PostId> ScoresHost::bucketPosts(int row, int bucket) const {
    const eval::Bucket& found =
        m_answer->buckets.layers.at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(bucket));
    return m_answer->idsOf(found.wrongPosts.empty() ? found.posts : found.wrongPosts);
}

std::vector<PostId> ScoresHost::confidencePosts(int row, int bin) const {
    const auto& found = m_answer->reliability.at(static_cast<std::size_t>(row));
    if (!found) return {};
    const std::vector<int>& wrong = found->wrongPosts.at(static_cast<std::size_t>(bin));
    return m_answer->idsOf(wrong.empty() ? found->posts.at(static_cast<std::size_t>(bin)) : wrong);
}

std::vector<PostId> ScoresHost::slicePosts(int row, int slice) const {
    const std::vector<int>& posts = m_answer->sliceRows.at(static_cast<std::size_t>(slice)).posts;
    if (row < 0) return m_answer->idsOf(posts);
    std::vector<int> wrong;
    for (const eval::Unit& unit : m_answer->errors.at(static_cast<std::size_t>(row)).units)
        if (!unit.isRight() && std::binary_search(posts.begin(), posts.end(), unit.post)) wrong.push_back(unit.post);
    return m_answer->idsOf(std::move(wrong));
}

// --- slices ---------------------------------------------------------------------------------------------------------

std::vector<workflow::Slice> ScoresHost::slices() const {
    std::vector<workflow::Slice> out;
    for (const workflow::FoundSlice& one : m_slices) out.push_back(one.slice);
    return out;
}

void ScoresHost::addSlice(const workflow::Slice& slice) {
    for (const workflow::FoundSlice& one : m_slices)
        if (one.slice.query == slice.query) return Q_EMIT sliceRefused(std::nullopt);
    using Found = std::vector<workflow::FoundSlice>;
    read<Found>([slice](const project::Project& project) { return workflow::findSlices(project, {slice}); },
                [this](std::shared_ptr<Found> found) {
                    workflow::FoundSlice& one = found->front();
                    if (one.mistake) return Q_EMIT sliceRefused(one.mistake);
                    if (one.slice.name.empty()) one.slice.name = one.slice.query;
                    const QString name = QString::fromStdString(one.slice.name);
                    m_slices.push_back(std::move(one));
                    storeSlices(slices());
                    Q_EMIT sliceAdded(name);
                });
}

void ScoresHost::removeSlice(int slice) {
    if (slice < 0 || static_cast<std::size_t>(slice) >= m_slices.size()) return;
    const auto at = m_slices.begin() + slice;
    m_removedSlice = {static_cast<std::size_t>(slice), at->slice};
    const QString name = QString::fromStdString(at->slice.name);
    m_slices.erase(at);
    storeSlices(slices());
    Q_EMIT sliceRemoved(name);
}

void ScoresHost::restoreSlice() {
    if (!m_removedSlice) return;
    std::vector<workflow::Slice> all = slices();
    const auto at = std::min(m_removedSlice->first, all.size());
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(at), m_removedSlice->second);
    m_removedSlice.reset();
    using Found = std::vector<workflow::FoundSlice>;
    read<Found>([all](const project::Project& project) { return workflow::findSlices(project, all); },
                [this, all](std::shared_ptr<Found> found) {
                    m_slices = std::move(*found);
                    storeSlices(all);
                });
}

void ScoresHost::storeSlices(std::vector<workflow::Slice> slices) {
    ++m_sliceEdits;  // what is being read of the project is older
    m_session.write([slices = std::move(slices)](project::Project& project) { workflow::storeSlices(project, slices); },
                    [this](std::optional<Error> error) {
                        if (error) Q_EMIT failed(*error);
                    });
    compute();
}

}  // namespace mnerva::ui
