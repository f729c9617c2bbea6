#include "ui/pages/data/gazetteer_host.h"

#include <QPointer>
#include <algorithm>

#include "core/project/label_editing.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kGazetteerTickMs = 100;

ProgressSink thousandthsOf(std::shared_ptr<std::atomic<int>> counter) {
    return [counter = std::move(counter)](const Progress& progress) {
        if (progress.total > 0) counter->store(static_cast<int>(1000 * progress.done / progress.total));
    };
}

std::unique_ptr<project::Project> openedForReading(const std::filesystem::path& folder, std::stop_token stop) {
    return project::Project::open(folder, project::OpenMode::ReadOnly, toUtf8(ProjectSession::programName()), stop);
}

}  // namespace

GazetteerHost::GazetteerHost(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    m_tick.setInterval(kGazetteerTickMs);
    connect(&m_tick, &QTimer::timeout, this, &GazetteerHost::progressed);
    read();
}

GazetteerHost::~GazetteerHost() {
    cancel();
}

bool GazetteerHost::canChange() const {
    return m_isReady && m_session.isOpen() && !m_session.isReadOnly() && !m_session.isSaveFailed() &&
           m_work != Work::Applying;
}

double GazetteerHost::fraction() const {
    return m_counter ? m_counter->load() / 1000.0 : 0;
}

bool GazetteerHost::hasLayer() const {
    const auto& layers = m_session.layers();
    return std::any_of(layers.begin(), layers.end(), [this](const project::LayerInfo& layer) {
        return layer.kind == project::LayerKind::Run && layer.name == definition().layer;
    });
}

void GazetteerHost::begin(Work work) {
    m_work = work;
    m_counter = std::make_shared<std::atomic<int>>(0);
    m_tick.start();
    Q_EMIT changed();
}

void GazetteerHost::end() {
    m_work = Work::None;
    m_tick.stop();
    Q_EMIT changed();
}

void GazetteerHost::read() {
    if (!m_session.isOpen()) return;
    m_reading.run<workflow::StoredGazetteer>(
        [folder = toPath(m_session.folder())](std::stop_token stop) {
            return workflow::readGazetteer(*openedForReading(folder, stop));
        },
        [this](const auto& answer) {
            if (const auto* stored = std::get_if<workflow::StoredGazetteer>(&answer)) {
                m_stored = *stored;
                m_isReady = true;
                look();
            }
            if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT failed(*error, true);
        });
}

void GazetteerHost::look() {
    m_looking.cancel();
    m_report.reset();
    if (!m_session.isOpen()) return end();
    begin(Work::Looking);
    m_looking.run<workflow::GazetteerReport>(
        [folder = toPath(m_session.folder()), definition = definition(), counter = m_counter](std::stop_token stop) {
            const auto project = openedForReading(folder, stop);
            return workflow::planGazetteer(*project, definition, true, thousandthsOf(counter), stop).report;
        },
        [this](const auto& answer) {
            if (m_work != Work::Looking) return;
            if (const auto* report = std::get_if<workflow::GazetteerReport>(&answer)) m_report = *report;
            end();
            if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT failed(*error, false);
        });
}

void GazetteerHost::keep(std::function<workflow::StoredGazetteer(project::Project&)> step) {
    ++m_writes;
    auto stored = std::make_shared<std::optional<workflow::StoredGazetteer>>();
    m_session.write([stored, step = std::move(step)](project::Project& project) { *stored = step(project); },
                    [self = QPointer<GazetteerHost>(this), stored](const std::optional<Error>& error) {
                        if (!self) return;
                        const bool isLast = --self->m_writes == 0;
                        if (error) Q_EMIT self->failed(*error, false);
                        // Of what was typed on meanwhile only the last answer counts.
                        if (!isLast) return;
                        if (error) return self->read();
                        self->m_stored = **stored;
                        self->m_isReady = true;
                        if (self->m_work == Work::None || self->m_work == Work::Looking) self->look();
                    });
}

void GazetteerHost::change(const gazetteer::Definition& definition) {
    if (!canChange() || definition == m_stored.definition) return;
    m_stored.definition = definition;
    m_stored.canUndo = true;
    m_stored.canRedo = false;
    Q_EMIT changed();
    keep([definition](project::Project& project) { return workflow::saveGazetteer(project, definition); });
}

void GazetteerHost::undo() {
    if (canUndo()) keep([](project::Project& project) { return workflow::undoGazetteer(project); });
}

void GazetteerHost::redo() {
    if (canRedo()) keep([](project::Project& project) { return workflow::redoGazetteer(project); });
}

void GazetteerHost::startAnew() {
    if (m_session.isOpen() && !m_session.isReadOnly())
        keep([](project::Project& project) { return workflow::forgetGazetteer(project); });
}

void GazetteerHost::addFiles(const QStringList& files) {
    if (!canChange()) return;
    m_files += files;
    if (m_work != Work::Adding) addNextFile();
}

void GazetteerHost::addNextFile() {
    if (m_files.isEmpty()) return look();
    begin(Work::Adding);
    m_adding.run<workflow::MadeList>(
        [folder = toPath(m_session.folder()), labels = m_session.labels(), file = toPath(m_files.takeFirst()),
         counter = m_counter](std::stop_token stop) {
            return workflow::listFromFile(folder, labels, file, {}, thousandthsOf(counter), stop);
        },
        [this](const auto& answer) {
            if (const auto* made = std::get_if<workflow::MadeList>(&answer)) take(*made);
            if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT failed(*error, false);
            addNextFile();
        });
}

void GazetteerHost::addFromGold(const workflow::GoldQuestion& question) {
    if (!canChange() || m_work == Work::Adding) return;
    begin(Work::Adding);
    m_adding.run<workflow::MadeList>(
        [folder = toPath(m_session.folder()), question, counter = m_counter](std::stop_token stop) {
            return workflow::listFromGold(*openedForReading(folder, stop), question, thousandthsOf(counter), stop);
        },
        [this](const auto& answer) {
            if (const auto* made = std::get_if<workflow::MadeList>(&answer)) take(*made);
            if (const auto* error = std::get_if<Error>(&answer)) Q_EMIT failed(*error, false);
            addNextFile();
        });
}

void GazetteerHost::take(const workflow::MadeList& made) {
    gazetteer::Definition next = definition();
    next.sources.push_back(made.source);
    next.sources.back().name = definition().freeName(made.source.name);
    change(next);
    Q_EMIT listAdded(made);
}

void GazetteerHost::addMissingLabels() {
    if (!canChange() || !m_report || m_report->unknownLabels.empty()) return;
    m_session.applyMany(
        [found = m_report->unknownLabels](const project::Project& project) {
            LabelSet labels = project.labels();
            for (const auto& [label, count] : found) labels.add(label);
            return project::labelsEdit(project, labels);
        },
        {}, {},
        [self = QPointer<GazetteerHost>(this)](const std::optional<Error>& error, const auto&) {
            if (!self) return;
            if (error) return Q_EMIT self->failed(*error, false);
            self->m_session.refresh();
            self->look();
        });
}

void GazetteerHost::apply() {
    if (!canChange() || m_work == Work::Adding || definition().sources.empty()) return;
    m_looking.cancel();
    m_stopApplying = {};
    begin(Work::Applying);
    auto report = std::make_shared<std::optional<workflow::GazetteerReport>>();
    const std::stop_token stop = m_stopApplying.get_token();
    const QString layer = fromUtf8(definition().layer);
    m_session.write(
        [report, definition = definition(), sink = thousandthsOf(m_counter), stop](project::Project& project) {
            try {
                *report = workflow::applyGazetteer(project, definition, sink, stop);
            } catch (const Cancelled&) {
                // Nothing was changed; the person knows.
            }
        },
        [self = QPointer<GazetteerHost>(this), report, layer, session = &m_session](const std::optional<Error>& error) {
            if (!error && *report) {
                session->setSuggestionLayer({});
                session->refresh();
                session->setSuggestionLayer(layer);
            }
            if (!self) return;
            if (*report) self->m_report = **report;
            self->end();
            if (error) return Q_EMIT self->failed(*error, false);
            if (*report)
                Q_EMIT self->applied();
            else if (!self->m_report)
                self->look();
        });
}

void GazetteerHost::deleteLayer() {
    if (!canChange() || !hasLayer()) return;
    const QString layer = fromUtf8(definition().layer);
    if (m_session.suggestionLayer() == layer) m_session.setSuggestionLayer({});
    m_session.write(
        [name = definition().layer](project::Project& project) { workflow::deleteGazetteerLayer(project, name); },
        [self = QPointer<GazetteerHost>(this), session = &m_session](const std::optional<Error>& error) {
            session->refresh();
            if (!self) return;
            if (error) return Q_EMIT self->failed(*error, false);
            Q_EMIT self->layerDeleted();
        });
}

void GazetteerHost::cancel() {
    m_files.clear();
    m_stopApplying.request_stop();
    m_looking.cancel();
    m_adding.cancel();
    if (m_work == Work::Looking || m_work == Work::Adding) end();
}

}  // namespace mnerva::ui
