#include "ui/pages/tag/picture_heat.h"

#include "ui/base/settings.h"
#include "ui/session/answer_shelf.h"
#include "ui/session/picture_view.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

QString key() {
    return QStringLiteral("tag/heat");
}

}  // namespace

PictureHeat::PictureHeat(ProjectSession& session, PictureView& picture, QObject* parent)
    : QObject(parent), m_session(session), m_picture(picture), m_on(settings::value(key(), false).toBool()) {
    connect(&session.answers(), &AnswerShelf::kept, this, [this](const QString&, PostId post) {
        if (m_on && m_session.hasView() && post == m_session.currentPost()) postChanged();
    });
}

void PictureHeat::setOn(bool on) {
    m_on = on;
    settings::setValue(key(), on);
    postChanged();
}

void PictureHeat::postChanged() {
    m_map = {};
    if (m_on && m_session.hasView() && !m_session.isBlind()) {
        AnswerShelf& shelf = m_session.answers();
        const project::Answer answer = shelf.find(shelf.lastRun(), m_session.currentPost());
        if (answer)
            m_map = project::selectAttention(answer, int(m_session.view().post.words.size()),
                                             project::fittedChoice(*answer, {}));
    }
    draw();
}

void PictureHeat::show(int word, int picture) {
    if (word == m_word && picture == m_image) return;
    m_word = word;
    m_image = picture;
    if (m_on) draw();
}

void PictureHeat::draw() {
    if (!m_on || m_map.isEmpty() || m_image != 0) {
        m_picture.clearHeat();
        const bool isAsked = m_on && m_session.hasView() && m_image == 0 && !m_session.view().images.empty();
        m_picture.setNote(!isAsked              ? QString()
                          : m_session.isBlind() ? tr("A blind layer is being made: no run's map is shown.")
                                                : tr("No map of this post yet: look at it on the page Attention."));
        return;
    }
    m_picture.setNote({});
    vision::HeatOptions options = m_picture.heatOptions();
    const project::AttentionChoice choice;
    options.threshold = choice.threshold;
    m_picture.setHeatOptions(options);
    m_picture.setHeat(m_map.cells(m_word), project::shownMaximum(m_map, m_word, choice));
}

}  // namespace mnerva::ui
