#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <atomic>
#include <memory>
#include <optional>

#include "core/workflow/gazetteer/layer.h"
#include "core/workflow/gazetteer/lists.h"
#include "core/workflow/gazetteer/stored.h"
#include "ui/base/job_runner.h"

namespace mnerva::ui {

class ProjectSession;

/// The word lists and rules of the open project: what is defined, what it would find, and the layer it makes. All long
/// work is in the background.
class GazetteerHost : public QObject {
    Q_OBJECT
public:
    enum class Work {
        None,
        Adding,   ///< a list is read or made
        Looking,  ///< what would be found
        Applying  ///< the layer is made
    };

    explicit GazetteerHost(ProjectSession& session, QObject* parent = nullptr);
    ~GazetteerHost() override;

    ProjectSession& session() const { return m_session; }
    const gazetteer::Definition& definition() const { return m_stored.definition; }
    bool canUndo() const { return m_stored.canUndo && canChange(); }
    bool canRedo() const { return m_stored.canRedo && canChange(); }
    /// What is kept has been read.
    bool isReady() const { return m_isReady; }
    bool canChange() const;
    Work work() const { return m_work; }
    double fraction() const;  ///< 0..1 of it
    /// What would be found as it is defined now; nothing: that is not known yet.
    const std::optional<workflow::GazetteerReport>& report() const { return m_report; }
    /// There is a layer of the definition's name.
    bool hasLayer() const;

    /// Each of these is a step that undo() takes back. Kept at once; lookedAt() follows.
    void change(const gazetteer::Definition& definition);
    void undo();
    void redo();
    /// Forgets what cannot be read.
    void startAnew();
    /// Lists of files, one after another; listAdded() tells of each, failed() of one that is none.
    void addFiles(const QStringList& files);
    void addFromGold(const workflow::GoldQuestion& question);
    /// Labels that were found and that the project lacks become its own: an undo step of the project.
    void addMissingLabels();
    void apply();
    void deleteLayer();
    /// Ends what goes on; what was there before is there then.
    void cancel();

Q_SIGNALS:
    void changed();  ///< definition, work, report
    void progressed();
    void listAdded(const mnerva::workflow::MadeList& made);
    void applied();
    void layerDeleted();
    /// What could not be done; `isOfKept`: what the project keeps cannot be read.
    void failed(const mnerva::Error& error, bool isOfKept);

private:
    using Counter = std::shared_ptr<std::atomic<int>>;  ///< thousandths
    void read();
    void look();
    void begin(Work work);
    void end();
    void addNextFile();
    void take(const workflow::MadeList& made);
    /// A step of the definition's history on the writer's thread.
    void keep(std::function<workflow::StoredGazetteer(project::Project&)> step);

    ProjectSession& m_session;
    workflow::StoredGazetteer m_stored;
    bool m_isReady = false;
    Work m_work = Work::None;
    int m_writes = 0;
    std::optional<workflow::GazetteerReport> m_report;
    QStringList m_files;
    Counter m_counter;
    QTimer m_tick;
    std::stop_source m_stopApplying;
    JobRunner m_reading, m_looking, m_adding;
};

}  // namespace mnerva::ui
