#include "ui/base/text_border.h"
#include "ui/frame/project_commands.h"
#include "ui/pages/attention/attention_page.h"
#include "ui/pages/attention/similar_panel.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {

void AttentionPage::connectSimilar() {
    connect(m_bar, &ControlBar::similarToggled, this, &AttentionPage::setSimilar);
    connect(&m_similar, &SimilarHost::changed, this, [this] {
        if (m_panel->tab() == SidePanel::kSimilar) refreshSimilar();
    });
    connect(&m_similar, &SimilarHost::foundChanged, this,
            [this] { m_similarPanel->showFound(m_session.isOpen() ? m_session.labels() : LabelSet()); });
    connect(&m_similar, &SimilarHost::failed, this, [this](const QString& run, const Error& error) {
        m_banner->showError(error, tr("The maps of %1 were not computed.").arg(run));
    });
    connect(m_similarPanel, &SimilarPanel::orderChosen, this, &AttentionPage::refreshSimilar);
    connect(
        m_similarPanel, &SimilarPanel::splitChosen, this,
        [this](const QString& split) { m_similar.setSource(m_similar.method(), split.toStdString()); },
        Qt::QueuedConnection);  // the list that was pressed is filled again
    connect(m_similarPanel, &SimilarPanel::opened, this, &AttentionPage::openSimilar);
    connect(m_similarPanel, &SimilarPanel::allWanted, this, &AttentionPage::showSimilarInCases);
}

void AttentionPage::toggleSimilar() {
    m_bar->setSimilar(!m_bar->isSimilar());
}

void AttentionPage::setSimilar(bool isOn) {
    m_bar->setSimilar(isOn);
    if (isOn && isSideBySide() && !m_bar->isDrawerOpen()) toggleDrawer();
    m_similar.setActive(isOn);
    m_panel->setSimilarVisible(isOn);
    refreshPanel();
}

/// "layer 2, mean of the heads": what the search is in.
QString AttentionPage::similarSetText() const {
    const protocol::MapIndex* index = m_similar.index();
    const auto answer = m_host.result(AttentionHost::kFirst);
    if (!index || m_similar.method() != "attention") return tr("relevancy");
    project::AttentionChoice choice = m_bar->view().heat.attention;
    if (answer) choice = project::fittedChoice(*answer, choice);
    const auto set = m_similar.setFor({choice.layer + 1, choice.head + 1});
    if (!set) return {};
    const protocol::MapSet& of = index->sets[*set];
    return of.head == 0 ? tr("layer %1, mean of its heads").arg(of.layer)
                        : tr("layer %1, head %2").arg(of.layer).arg(of.head);
}

/// Asks for what is like the words under the caret; follows the caret, the layer, the head and the method.
void AttentionPage::refreshSimilar() {
    if (!m_session.isOpen() || !m_session.hasView() || m_panel->tab() != SidePanel::kSimilar) return;
    const project::HeatChoice& heat = m_bar->view().heat;
    const bool isRelevancy = heat.method == "relevancy";
    m_similar.setSource(isRelevancy ? "relevancy" : "attention", m_similar.split());
    std::vector<float> query;
    protocol::MapSet wanted;
    const project::Answer& answer = m_heat.answer(project::HeatView::kFirst);
    const protocol::MapIndex* index = m_similar.index();
    if (isRelevancy) {
        const auto known = m_explains.method(AttentionHost::kFirst, subject(AttentionHost::kFirst), "relevancy");
        if (known && known->isServed()) query = project::cellsOfPicture(*known, 0);
    } else if (answer && index) {
        const project::AttentionChoice shown = project::fittedChoice(*answer, heat.attention);
        wanted = {shown.layer + 1, shown.head + 1};
        project::AttentionChoice choice;  // as the maps that were kept: raw, of the first picture
        choice.direction =
            index->imageToText ? project::AttentionDirection::ImageToText : project::AttentionDirection::TextToImage;
        if (const auto set = m_similar.setFor(wanted))
            query = project::headCells(answer, m_host.wordCount(), choice, index->sets[*set].layer - 1,
                                       index->sets[*set].head - 1, span());
    }
    m_similarPanel->tiles().setHeat(heat.colours, isRelevancy ? 0 : heat.attention.threshold);
    if (project::isEven(query)) query.clear();  // it is like every other even map, which says nothing
    m_similarPanel->show(m_session.info(), textOf(span()), similarSetText(), query.empty());
    m_similar.search(m_similarPanel->order(), wanted, std::move(query), m_session.currentPost());
}

/// That post, with the caret on that entity.
void AttentionPage::openSimilar(int index) {
    if (index < 0 || index >= int(m_similar.found().size())) return;
    const protocol::MappedEntity& entity = m_similar.found()[std::size_t(index)].entity;
    const PostId post{entity.number};
    if (post == m_session.currentPost()) return m_lanes->setCurrent(entity.first);
    m_opening = post;
    m_openingWord = entity.first;
    m_session.setCurrentPost(post);
}

void AttentionPage::showSimilarInCases() {
    std::vector<PostId> posts;
    for (const SimilarHost::Found& found : m_similar.found()) posts.push_back(PostId{found.entity.number});
    if (posts.empty() || !m_commands) return;
    const bool isSharpest = m_similarPanel->order() == SimilarHost::Order::Sharpest;
    m_commands->showPosts(
        posts,
        isSharpest ? tr("sharpest in %1").arg(similarSetText()) : tr("maps most alike that of %1").arg(textOf(span())),
        QStringLiteral("cases"));
}

}  // namespace mnerva::ui
