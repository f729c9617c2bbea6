#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/workflow/cases/case.h"
#include "core/workflow/cases/case_order.h"
#include "core/workflow/cases/case_sentence.h"
#include "core/workflow/cases/case_table.h"

namespace mnerva::ui {

class ProjectSession;

/// Behind the page Cases: the layers that are compared, the posts that the query line found, the current one as lanes,
/// and the words of it that keys act on. Layers are read and posts put in order on the session's reader thread; edits
/// of the current post are in the lanes at once.
class CasesHost : public QObject {
    Q_OBJECT
public:
    enum class State { NoProject, NoLayers, Hidden, Loading, Failed, Nothing, Ready };

    explicit CasesHost(ProjectSession& session, QObject* parent = nullptr);
    ~CasesHost() override;

    /// Nothing is read before the page is first seen, and the current post is not changed while it is hidden.
    void setActive(bool active);
    /// Whether the posts are those that were found; else another view of the page says which post is current, and
    /// posts are shown without a run too.
    void setWalking(bool walks);
    State state() const;
    const std::optional<Error>& error() const { return m_error; }
    const ProjectSession& session() const { return m_session; }

    // --- what is compared --------------------------------------------------------------------------------------
    QStringList knownLayers() const;  ///< runs, imported predictions, annotators
    QStringList chosenLayers() const { return m_layers; }
    void setChosenLayers(const QStringList& layers);  ///< remembered for the project
    /// Other lanes than the chosen ones, as long as a view needs them; none: the chosen ones again.
    void showLayers(const QStringList& layers);
    QString reference() const { return m_reference; }
    void setReference(const QString& reference);  ///< "gold" or "corrected"

    // --- which posts -------------------------------------------------------------------------------------------
    /// The query line as the menus say it, and back: what they do not say stays in it.
    workflow::CaseSentence sentence() const;
    void setSentence(const workflow::CaseSentence& sentence);
    /// Runs of which is known what pictures did to their answers.
    bool hasInfluence(const QString& layer) const { return m_influenced.contains(layer); }
    workflow::CaseOrder order() const { return m_order; }
    void setOrder(workflow::CaseOrder order);
    const std::vector<workflow::SavedView>& views() const { return m_views; }
    int found() const { return static_cast<int>(m_rows.size()); }
    int position() const;  ///< of the current post among those found; -1: it is none of them
    const std::vector<std::uint32_t>& rows() const { return m_rows; }
    /// For work on the reader thread; null while it is being read.
    std::shared_ptr<const workflow::CaseTable> table() const { return m_table; }

    // --- the current post --------------------------------------------------------------------------------------
    /// Null where there is nothing to show.
    const workflow::Case* shown() const { return m_shown ? &*m_shown : nullptr; }
    int first() const { return m_first; }  ///< of the chosen words
    int last() const { return m_last; }
    void select(int first, int last);
    void moveBy(int words, bool extend);
    void step(int delta);
    /// The next (1) or previous (-1) disagreement of the post, then of the posts that were found.
    void stepDisagreement(int delta);
    /// What lane `number` says of the chosen words goes into the corrected layer (workflow::laneNumber).
    void adopt(int number);

Q_SIGNALS:
    void listChanged();       ///< state, found posts, layers, views
    void caseChanged();       ///< another post, or the lanes of this one
    void selectionChanged();  ///< the chosen words
    void message(const QString& text);

private:
    void takeProject();
    void takeLayers();
    void load();
    workflow::CaseScope scope() const;
    /// Writes the same sentence about other layers into the query line.
    void rewrite(workflow::CaseSentence said, const workflow::CaseScope& before);
    void takePosts();
    void rowsArrived(std::vector<std::uint32_t> rows);
    void showCurrent(bool isNewPost);
    void takeEdit();
    void land();
    void goTo(int position, int landing);
    QString settingKey(const char* what) const;
    /// The layer that is edited, by its name in the table.
    std::string edited() const;

    ProjectSession& m_session;
    QStringList m_layers;
    QStringList m_influenced, m_shownLayers;
    QString m_reference = QStringLiteral("gold");
    workflow::CaseOrder m_order = workflow::CaseOrder::Project;
    std::vector<workflow::SavedView> m_views;
    std::shared_ptr<workflow::CaseTable> m_table;
    std::vector<std::uint32_t> m_rows;
    std::optional<workflow::Case> m_shown;
    std::optional<Error> m_error;
    std::stop_source m_stop;
    int m_loading = 0, m_ordering = 0;  ///< numbers of the newest requests
    bool m_isActive = false, m_isLoading = false, m_walks = true;
    bool m_hasRows = false;  ///< `m_rows` are of this table
    bool m_isStale = false;  ///< other posts were found while the page was hidden
    int m_first = 0, m_last = 0, m_anchor = 0;
    int m_landing = 1;  ///< where the next post begins: at its first (1) or last (-1) disagreement
};

}  // namespace mnerva::ui
