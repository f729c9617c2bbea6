#include "ui/pages/tag/alike_host.h"

#include <QPointer>
#include <chrono>
#include <utility>

#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kSlice = std::chrono::milliseconds(12);

}  // namespace

/// A search under way. All but `isStopped` belongs to the reader's thread while a slice runs, and to the window's
/// between two of them.
struct AlikeHost::Search {
    workflow::MentionQuestion question;
    std::unique_ptr<workflow::MentionSearch> running;
    std::vector<workflow::Mention> found;
    bool more = true;
    double fraction = 0;
    int inTheWay = 0;
    std::atomic<bool> isStopped{false};
};

AlikeHost::AlikeHost(ProjectSession& session, QString mention, std::string type, QObject* parent)
    : QObject(parent), m_session(session), m_model(new AlikeModel(session, this)), m_mention(std::move(mention)) {
    m_model->setWish({std::move(type)});
    connect(m_model, &AlikeModel::countsChanged, this, &AlikeHost::stateChanged);
    connect(&session, &ProjectSession::readFailed, this, [this](const Error& error) {
        if (!m_searching) return;
        stopSearching();
        Q_EMIT failed(error);
    });
}

AlikeHost::~AlikeHost() {
    cancel();
}

void AlikeHost::start() {
    m_searching = true;
    // What is not on the disk yet would be missed; it is there in some milliseconds.
    if (m_session.isSaving() && !m_session.isSaveFailed()) {
        connect(
            &m_session, &ProjectSession::undoStateChanged, this,
            [this] { QMetaObject::invokeMethod(this, &AlikeHost::start, Qt::QueuedConnection); },
            Qt::SingleShotConnection);
        return;
    }
    m_search = std::make_shared<Search>();
    m_search->question = {toUtf8(m_mention), toUtf8(m_session.editedLayer())};
    searchOn(m_search);
    Q_EMIT stateChanged();
}

void AlikeHost::searchOn(const std::shared_ptr<Search>& search) {
    m_session.read(
        [search](const project::Project& project) {
            if (search->isStopped) return;
            if (!search->running)
                search->running = std::make_unique<workflow::MentionSearch>(project, search->question);
            const auto begun = Clock::now();
            do search->more = search->running->next(search->found);
            while (search->more && !search->isStopped && Clock::now() - begun < kSlice);
            search->fraction = search->running->fraction();
            search->inTheWay = search->running->inTheWay();
        },
        [self = QPointer<AlikeHost>(this), search] {
            if (self && !search->isStopped) self->searchArrived(search);
        });
}

void AlikeHost::searchArrived(const std::shared_ptr<Search>& search) {
    m_fraction = search->fraction;
    m_inTheWay = search->inTheWay;
    m_model->add(std::exchange(search->found, {}));
    m_cut = search->more && m_model->counts().mentions >= kMostRows;
    m_searching = search->more && !m_cut;
    if (m_searching)
        searchOn(search);
    else
        m_search.reset();
    Q_EMIT stateChanged();
}

void AlikeHost::stopSearching() {
    if (m_search) m_search->isStopped = true;
    m_search.reset();
    m_searching = false;
    Q_EMIT stateChanged();
}

bool AlikeHost::isReady() const {
    return !m_writing && !m_session.isReadOnly() && !m_session.isSaveFailed() && m_model->counts().ticked > 0;
}

void AlikeHost::apply() {
    if (!isReady()) return;
    stopSearching();
    m_writing = true;
    m_stopWriting = {};
    struct Counted {
        int mentions = 0, leftAlone = 0;
    };
    auto counted = std::make_shared<Counted>();
    // What is ticked is wanted, whatever label it carries.
    const workflow::MentionStep step{m_model->wish().type, toUtf8(m_session.editedLayer()), true};
    m_session.applyMany(
        [counted, step, mentions = m_model->ticked()](const project::Project& project) {
            workflow::ManyChange many = workflow::labelMentions(project, mentions, step);
            counted->leftAlone = static_cast<int>(many.leftAlone);
            counted->mentions = static_cast<int>(many.added + many.removed + many.relabelled);
            return std::move(many.change);
        },
        {}, m_stopWriting.get_token(),
        [self = QPointer<AlikeHost>(this), counted](std::optional<Error> error, std::optional<Change> change) {
            if (!self) return;
            self->m_writing = false;
            if (error) Q_EMIT self->failed(*error);
            if (change)
                Q_EMIT self->written(counted->mentions, static_cast<int>(change->posts.size()), counted->leftAlone);
            else
                Q_EMIT self->stateChanged();
        });
    Q_EMIT stateChanged();
}

void AlikeHost::cancel() {
    if (m_search) m_search->isStopped = true;
    m_search.reset();
    m_stopWriting.request_stop();
}

}  // namespace mnerva::ui
