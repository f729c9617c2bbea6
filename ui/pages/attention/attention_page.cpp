#include "ui/pages/attention/attention_page.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/vision/geometry.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/charts/figure_export.h"
#include "ui/look/theme.h"
#include "ui/pages/attention/attention_actions.h"
#include "ui/session/picture_view.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

enum StackPages { kEmptyPage, kViewPage };
enum MatrixPages { kMatrix, kMessage };
constexpr int kNamedCells = 3;
constexpr int kNamedRegions = 4;
constexpr int kFigurePicture = 320, kFigureMargin = 16, kFigureTitle = 32, kFigureLegend = 40;

QLabel* quiet(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFont(Theme::secondaryFont());
    label->setWordWrap(true);
    return label;
}

QToolButton* stepButton(QWidget* parent, const char* icon) {
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(Theme::icon(QString::fromLatin1(icon)));
    return button;
}

}  // namespace

AttentionPage::AttentionPage(ProjectSession& session, JobHost& jobs, ActionRegistry& actions, QWidget* parent)
    : Page(parent), m_session(session), m_actions(actions), m_host(session, jobs) {
    defineAttentionActions(actions);
    setObjectName(QStringLiteral("attentionPage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_banner = new Banner(this);
    layout->addWidget(m_banner);
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyState(QStringLiteral("attention"), this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(QStringLiteral("attentionSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_controls = new AttentionControls(this);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_controls);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(m_controls->sizeHint().width());
    m_splitter->addWidget(makePictures());
    m_splitter->addWidget(makeMiddle());
    m_splitter->addWidget(scroll);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({340, 560, 260});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    layout->addWidget(m_stack, 1);
    connectParts();
    retranslate();
    refreshPost();
}

QWidget* AttentionPage::makePictures() {
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(2 * Theme::kGrid, Theme::kGrid, Theme::kGrid, Theme::kGrid);
    layout->setSpacing(Theme::kGrid / 2);
    m_pictureBar = new QWidget(side);
    auto* pictures = new QHBoxLayout(m_pictureBar);
    pictures->setContentsMargins(0, 0, 0, 0);
    m_pictureName = quiet(m_pictureBar);
    m_pictureName->setObjectName(QStringLiteral("pictureName"));
    pictures->addWidget(m_pictureName, 1);
    pictures->addWidget(m_previousPicture = stepButton(m_pictureBar, "previous"));
    pictures->addWidget(m_nextPicture = stepButton(m_pictureBar, "next"));
    m_previousPicture->setObjectName(QStringLiteral("previousPicture"));
    m_nextPicture->setObjectName(QStringLiteral("nextPicture"));
    m_first = quiet(side);
    m_odd = quiet(side);
    m_odd->setObjectName(QStringLiteral("oddInAnswer"));
    m_picture = new PictureView(side);
    m_picture->setObjectName(QStringLiteral("attentionPicture"));
    m_picture->setGridVisible(true);
    m_secondBox = new QWidget(side);
    auto* second = new QVBoxLayout(m_secondBox);
    second->setContentsMargins(0, Theme::kGrid, 0, 0);
    m_secondTitle = quiet(m_secondBox);
    m_secondPicture = new PictureView(m_secondBox);
    m_secondPicture->setObjectName(QStringLiteral("attentionSecondPicture"));
    m_secondPicture->setGridVisible(true);
    second->addWidget(m_secondTitle);
    second->addWidget(m_secondPicture, 1);
    m_wordFacts = quiet(side);
    m_wordFacts->setObjectName(QStringLiteral("wordFacts"));
    m_wordFacts->setMinimumHeight(3 * Theme::kGrid);
    layout->addWidget(m_wordFacts);
    layout->addWidget(m_pictureBar);
    layout->addWidget(m_first);
    layout->addWidget(m_odd);
    layout->addWidget(m_picture, 1);
    layout->addWidget(m_secondBox, 1);
    return side;
}

QWidget* AttentionPage::makeMiddle() {
    auto* middle = new QWidget(this);
    auto* layout = new QVBoxLayout(middle);
    layout->setContentsMargins(Theme::kGrid, Theme::kGrid, Theme::kGrid, Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    auto* top = new QHBoxLayout;
    m_postTitle = quiet(middle);
    m_previous = stepButton(middle, "previous");
    m_next = stepButton(middle, "next");
    top->addWidget(m_postTitle, 1);
    top->addWidget(m_previous);
    top->addWidget(m_next);
    m_words = new WordStrip(middle);
    m_matrixStack = new QStackedWidget(middle);
    m_matrix = new MatrixView(middle);
    m_message = new QLabel(middle);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("attentionMessage"));
    m_messageButton = new QPushButton(middle);
    m_messageButton->setObjectName(QStringLiteral("attentionMessageButton"));
    auto* instead = new QWidget(middle);
    auto* lines = new QVBoxLayout(instead);
    lines->addStretch(1);
    lines->addWidget(m_message);
    lines->addWidget(m_messageButton, 0, Qt::AlignHCenter);
    lines->addStretch(1);
    m_matrixStack->addWidget(m_matrix);
    m_matrixStack->addWidget(instead);
    layout->addLayout(top);
    layout->addWidget(m_words);
    layout->addWidget(m_matrixStack, 1);
    return middle;
}

void AttentionPage::connectParts() {
    connect(m_empty, &EmptyState::triggered, this, [this] { Q_EMIT pageWanted(m_emptyTarget); });
    connect(&m_session, &ProjectSession::opened, this, &AttentionPage::refreshPost);
    connect(&m_session, &ProjectSession::closed, this, &AttentionPage::refreshPost);
    // Nobody sees the page while posts are tagged: what changed then is shown when it comes up.
    connect(&m_session, &ProjectSession::currentPostChanged, this, [this] { showNews(Stale::Post); });
    connect(&m_host, &AttentionHost::runsChanged, this, [this] {
        m_controls->setRuns(m_host.runs(), m_host.run(AttentionHost::kFirst), m_host.run(AttentionHost::kSecond));
        refreshState();
    });
    connect(&m_host, &AttentionHost::changed, this, [this] { showNews(Stale::State); });
    // Queued: the list that was pressed is filled again.
    connect(
        m_controls, &AttentionControls::runChosen, this,
        [this](const QString& run) {
            if (m_host.run(AttentionHost::kSecond) == run) m_host.setRun(AttentionHost::kSecond, {});
            m_host.setRun(AttentionHost::kFirst, run);
            m_controls->setRuns(m_host.runs(), run, m_host.run(AttentionHost::kSecond));
        },
        Qt::QueuedConnection);
    connect(m_controls, &AttentionControls::secondRunChosen, this,
            [this](const QString& run) { m_host.setRun(AttentionHost::kSecond, run); });
    connect(m_controls, &AttentionControls::choiceChanged, this, &AttentionPage::refreshMaps);
    connect(m_controls, &AttentionControls::exportWanted, this, &AttentionPage::exportFigure);
    connect(m_words, &WordStrip::currentChanged, this, &AttentionPage::refreshHeat);
    connect(m_matrix, &MatrixView::wordChosen, m_words, &WordStrip::setCurrent);
    connect(m_matrix, &MatrixView::cellHovered, this, &AttentionPage::hoverCell);
    for (PictureView* view : {m_picture, m_secondPicture})
        connect(view, &PictureView::cellHovered, this, &AttentionPage::hoverRegion);
    connect(m_messageButton, &QPushButton::clicked, this, [this] { Q_EMIT pageWanted(m_messageTarget); });
    for (const auto& [button, id] : stepButtons()) m_actions.describe(button, id);
    connect(m_previous, &QToolButton::clicked, this, [this] { stepPost(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { stepPost(1); });
    connect(m_previousPicture, &QToolButton::clicked, this, [this] { stepPicture(-1); });
    connect(m_nextPicture, &QToolButton::clicked, this, [this] { stepPicture(1); });
}

/// With the actions that do the same.
std::array<std::pair<QToolButton*, QString>, 4> AttentionPage::stepButtons() const {
    return {{{m_previous, QStringLiteral("attention.previousPost")},
             {m_next, QStringLiteral("attention.nextPost")},
             {m_previousPicture, QStringLiteral("attention.previousPicture")},
             {m_nextPicture, QStringLiteral("attention.nextPicture")}}};
}

void AttentionPage::retranslate() {
    for (const auto& [button, id] : stepButtons()) button->setAccessibleName(m_actions.text(id));
    m_words->setToolTip(tr("← and → move the word whose attention is shown"));
    m_controls->retranslate();
    m_controls->setRuns(m_host.runs(), m_host.run(AttentionHost::kFirst), m_host.run(AttentionHost::kSecond));
    refreshPost();
}

void AttentionPage::activated() {
    m_host.refreshRuns();
    m_words->setFocus();
}

void AttentionPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    showNews(Stale::Nothing);
    m_host.setActive(true);
}

void AttentionPage::showNews(Stale news) {
    m_stale = std::max(m_stale, news);
    if (!isVisible()) return;
    const Stale stale = std::exchange(m_stale, Stale::Nothing);
    if (stale == Stale::Post) refreshPost();
    if (stale == Stale::State) refreshState();
}

void AttentionPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_host.setActive(false);
}

void AttentionPage::keyPressEvent(QKeyEvent* event) {
    const ActionRegistry::Definition* action = m_actions.actionFor(QStringLiteral("attention"), event);
    for (const auto& row : attentionActions())
        if (action && action->id == QLatin1String(row.id)) return row.run(*this);
    Page::keyPressEvent(event);
}

void AttentionPage::stepPost(int delta) {
    m_session.step(delta);
}

void AttentionPage::stepPicture(int delta) {
    showPicture(m_controls->choice().picture + delta);
}

void AttentionPage::refreshPost() {
    QStringList words;
    QString title;
    bool spaced = true;
    if (m_session.isOpen() && m_session.hasView()) {
        const project::PostView& view = m_session.view();
        for (const std::string& word : view.post.words) words << fromUtf8(word);
        spaced = view.post.join == JoinRule::Space;
        title = tr("%1 · %2", "post id and split").arg(fromUtf8(view.post.externalId), splitText(view.post.split));
    }
    m_postTitle->setText(title);
    m_words->setWords(words, spaced);
    m_matrix->setWords(words);
    m_controls->setPicture(0);
    refreshPictures();
    refreshState();
}

void AttentionPage::showEmpty(const QString& sentence, const QString& button, const QString& page) {
    m_empty->setSentence(sentence);
    m_empty->setButton(button);
    m_emptyTarget = page;
    m_stack->setCurrentIndex(kEmptyPage);
}

void AttentionPage::refreshState() {
    if (!m_session.isOpen())
        return showEmpty(tr("No project is open. Open one to see what a trained model looks at."), tr("Go to Data"),
                         QStringLiteral("data"));
    if (m_host.areRunsRead() && m_host.runs().empty())
        return showEmpty(tr("No trained run yet. Train one to see which parts of a picture each word looks at."),
                         tr("Go to Train"), QStringLiteral("train"));
    if (!m_session.hasView())
        return showEmpty(tr("No post is chosen. Choose one on the Tag page."), tr("Go to Tag"), QStringLiteral("tag"));
    m_stack->setCurrentIndex(kViewPage);
    const EngineClient::Prediction result = m_host.result(AttentionHost::kFirst);
    m_controls->setResult(result.get(), blindReason(AttentionHost::kFirst).isEmpty());
    m_words->setEntities(result ? result->entities : std::vector<Entity>{}, m_session.labels().types);
    const bool second = !m_host.run(AttentionHost::kSecond).isEmpty();
    m_secondBox->setVisible(second);
    m_first->setVisible(second);
    m_first->setText(m_host.run(AttentionHost::kFirst));
    refreshMaps();
}

project::PostImage AttentionPage::pictureOf(AttentionHost::Slot slot) const {
    if (!m_session.isOpen() || !m_session.hasView()) return {};
    const std::vector<project::PostImage>& images = m_session.view().images;
    const int picture = m_controls->choice().picture;
    std::size_t place = std::size_t(picture);
    const auto result = m_host.result(slot);
    if (result && !result->pictureOf.empty())
        place = std::size_t(result->pictureOf[std::size_t(std::min(picture, project::picturesRead(*result) - 1))]);
    if (place < images.size()) return images[place];
    return images.empty() ? project::PostImage{} : images.front();
}

void AttentionPage::showPicture(int picture) {
    const auto result = m_host.result(AttentionHost::kFirst);
    const int count = result ? project::picturesRead(*result) : 1;
    if (picture < 0 || picture >= count) return;
    m_controls->setPicture(picture);
    refreshMaps();
}

void AttentionPage::refreshPictures() {
    m_picture->setFile(pictureOf(AttentionHost::kFirst));
    m_secondPicture->setFile(pictureOf(AttentionHost::kSecond));
    const auto result = m_host.result(AttentionHost::kFirst);
    const int count = result ? project::picturesRead(*result) : 1, picture = m_controls->choice().picture;
    m_pictureBar->setVisible(count > 1);
    m_pictureName->setText(tr("Picture %1 of %2").arg(picture + 1).arg(count));
    m_previousPicture->setEnabled(picture > 0);
    m_nextPicture->setEnabled(picture + 1 < count);
}

/// The boxes that the run may choose from or that it reads as crops, over the first picture, which alone has boxes.
void AttentionPage::refreshBoxes() {
    std::vector<PictureBox> boxes;
    std::vector<BarList::Bar> bars;
    const auto result = m_host.result(AttentionHost::kFirst);
    if (result && m_session.hasView()) {
        const project::PostView& view = m_session.view();
        const std::vector<Region> regions = project::regionsAsked(view.regions);
        const auto named = [&](int region, const QString& name) {
            PictureBox box = pictureBoxes({{regions[std::size_t(region)]}, view.regions.links}, view.post,
                                          regions[std::size_t(region)].image)
                                 .front();
            box.label = box.label.isEmpty() ? name : QStringLiteral("%1 %2").arg(name, box.label);
            return box;
        };
        const project::EntityPlace place = project::placeOfEntity(*result, m_words->current());
        for (const project::WeighedRegion& weighed : place.regions) {
            const bool isBox = weighed.region >= 0 && weighed.region < int(regions.size());
            const QString what = isBox ? fromUtf8(regions[std::size_t(weighed.region)].label) : tr("whole picture");
            const QString name = what.isEmpty() ? tr("box %1").arg(weighed.region + 1) : what;
            if (int(bars.size()) < kNamedRegions || weighed.chosen)
                bars.push_back({weighed.chosen ? QStringLiteral("✓ ") + name : name,
                                tr("How sure the run is that this part of the picture shows the entity"),
                                weighed.weight});
            if (isBox && (weighed.chosen || weighed.weight >= m_controls->choice().threshold))
                boxes.insert(boxes.begin(), named(weighed.region, weightText(weighed.weight)));
        }
        if (place.entity >= 0)
            bars.push_back({place.shown ? tr("not shown") : QStringLiteral("✓ ") + tr("not shown"),
                            tr("How sure the run is that no part of the picture shows the entity"), place.notShown});
        for (std::size_t k = 0; k < result->cropRegions.size(); ++k)
            if (const int region = result->cropRegions[k]; region >= 0 && region < int(regions.size()))
                boxes.push_back(named(region, QStringLiteral("c%1").arg(k + 1)));
    }
    if (m_controls->choice().picture > 0) boxes.clear();
    m_picture->setBoxes(std::move(boxes));
    m_controls->setRegions(std::move(bars));
}

void AttentionPage::refreshMaps() {
    const auto first = m_host.result(AttentionHost::kFirst);
    if (first && m_controls->choice().picture >= project::picturesRead(*first)) m_controls->setPicture(0);
    refreshPictures();
    const auto mapOf = [this](AttentionHost::Slot slot) {
        const EngineClient::Prediction result = m_host.result(slot);
        if (!result || !blindReason(slot).isEmpty()) return project::AttentionMap();
        return project::selectAttention(result, m_host.wordCount(),
                                        project::fittedChoice(*result, m_controls->choice()));
    };
    m_map = mapOf(AttentionHost::kFirst);
    m_secondMap = mapOf(AttentionHost::kSecond);
    m_secondTitle->setText(secondTitle());
    if (first) m_controls->setResult(first.get(), blindReason(AttentionHost::kFirst).isEmpty());
    m_controls->setSavable(!m_map.isEmpty());
    m_matrix->setMap(m_map);
    refreshHeat();
    refreshOdd();
    refreshMessage();
}

/// Follows the caret: from the maps at hand, without a question to the engine and without a copy of a map.
void AttentionPage::refreshHeat() {
    const int word = m_words->current();
    const project::AttentionChoice& choice = m_controls->choice();
    const vision::HeatOptions options = m_controls->heatOptions();
    const double maximum = m_map.isEmpty() ? 0 : project::shownMaximum(m_map, word, choice);
    m_picture->setHeatOptions(options);
    m_picture->setHeat(m_map.cells(word), maximum);
    m_secondPicture->setHeatOptions(options);
    m_secondPicture->setHeat(m_secondMap.cells(word),
                             m_secondMap.isEmpty() ? 0 : project::shownMaximum(m_secondMap, word, choice));
    m_matrix->setHeat(maximum, options);
    m_matrix->setCurrentWord(word);
    m_controls->setScale(maximum);
    const bool seesPicture = blindReason(AttentionHost::kFirst).isEmpty();
    m_controls->setVisualGate(seesPicture ? m_host.result(AttentionHost::kFirst).get() : nullptr, word,
                              m_words->word(word));
    refreshBoxes();
    m_wordFacts->setText(describe(word));
    m_words->setLights({});
}

/// The second run, and what it shows where that is not what the first one shows.
QString AttentionPage::secondTitle() const {
    const QString run = m_host.run(AttentionHost::kSecond);
    const auto first = m_host.result(AttentionHost::kFirst), second = m_host.result(AttentionHost::kSecond);
    if (!second) return run;
    const project::AttentionDirection shown = project::fittedChoice(*second, m_controls->choice()).direction;
    if (m_secondMap.isEmpty()) return tr("%1: no map of this post", "second run").arg(run);
    if (!first || m_map.isEmpty() || shown == project::fittedChoice(*first, m_controls->choice()).direction) return run;
    return shown == project::AttentionDirection::TextToImage ? tr("%1: words look at regions", "second run").arg(run)
                                                             : tr("%1: regions look at words", "second run").arg(run);
}

QString AttentionPage::describe(int word) const {
    if (const auto result = m_host.result(AttentionHost::kFirst); result)
        if (const QString reason = blindReason(AttentionHost::kFirst); !reason.isEmpty()) return reason;
    if (m_map.isEmpty() || word >= m_map.words) return {};
    if (m_map.maximumOf(word) <= 0)
        return tr("%1: no cell of the picture has any weight.", "word").arg(m_words->word(word));
    const double threshold = m_controls->choice().threshold;
    QStringList parts;
    for (const int cell : m_map.hottestCells(word, threshold, kNamedCells))
        parts << QStringLiteral("%1 %2").arg(fromUtf8(m_map.regionName(cell)), weightText(m_map.at(word, cell)));
    if (parts.isEmpty())
        return tr("%1: no cell of the picture reaches the threshold of %2, the heaviest has %3; a lower threshold "
                  "shows more")
            .arg(m_words->word(word), weightText(threshold), weightText(m_map.maximumOf(word), 3));
    return tr("%1: %2", "word and its regions").arg(m_words->word(word), parts.join(QStringLiteral(" · ")));
}

QString AttentionPage::blindReason(AttentionHost::Slot slot) const {
    if (!m_session.isOpen() || !m_session.hasView()) return {};
    const project::PostView& view = m_session.view();
    const auto result = m_host.result(slot);
    if (result && result->pictureOf.empty()) return {};  // a run that reads none does not miss it
    const bool crops = std::any_of(view.crops.begin(), view.crops.end(), [](const auto& crop) { return crop.exists; });
    if (crops) return {};
    if (view.images.empty()) return tr("This post has no picture.");
    std::vector<project::PostImage> asked;
    std::copy_if(view.images.begin(), view.images.end(), std::back_inserter(asked),
                 [](const project::PostImage& image) { return image.exists; });
    if (asked.empty()) return tr("The picture of this post is missing: %1").arg(fromUtf8(view.images.front().path));
    if (result && !result->hasPicture && asked.size() == 1)
        return tr("The picture of this post cannot be read: %1").arg(fromUtf8(asked.front().path));
    return {};
}

/// Another run where there is one; else the page where one is made.
AttentionPage::Message AttentionPage::noMapMessage(const QString& reason) const {
    if (m_host.runs().size() > 1) return {tr("%1 Choose another run on the right.").arg(reason), {}, {}};
    return {tr("%1 Train a run of a system that has maps, such as MPCFN or UMT, to see one.").arg(reason),
            tr("Go to Train"), QStringLiteral("train")};
}

AttentionPage::Message AttentionPage::messageFor(AttentionHost::State state) const {
    const QString run = m_host.run(AttentionHost::kFirst);
    switch (state) {
        case AttentionHost::State::Waiting:
            return {tr("Asking %1…").arg(run), {}, {}};
        case AttentionHost::State::Failed:
            return {tr("The run could not be asked; the reason stands above."), {}, {}};
        case AttentionHost::State::NoRun:
            return {tr("Choose a run on the right."), {}, {}};
        default:
            break;
    }
    const auto result = m_host.result(AttentionHost::kFirst);
    if (const QString reason = blindReason(AttentionHost::kFirst); !reason.isEmpty())
        return {reason + QLatin1Char('\n') + tr("Its words have nothing to look at; go to another post with J or K."),
                {},
                {}};
    if (result && !result->groundings.empty())
        return {tr("%1 has no map of words and cells: it chooses a box for each entity. Move the caret to an entity "
                   "with "
                   "← and →; the picture shows where the run sees it.")
                    .arg(run),
                {},
                {}};
    if (result && result->pictureOf.empty())
        return noMapMessage(tr("%1 was trained on text alone and looks at no picture.").arg(run));
    if (result && !project::hasMaps(*result, project::AttentionDirection::TextToImage) &&
        !project::hasMaps(*result, project::AttentionDirection::ImageToText))
        return noMapMessage(tr("The system of %1 makes no map of words and cells.").arg(run));
    return noMapMessage(tr("What %1 answered does not fit this post, so there is no map.").arg(run));
}

void AttentionPage::refreshOdd() {
    QStringList lines;
    const bool isBlind = !blindReason(AttentionHost::kFirst).isEmpty();  // said in the place of the map
    if (const auto result = m_host.result(AttentionHost::kFirst))
        for (const Finding& finding : result->findings) {
            if (isBlind && finding.code.starts_with("picture-")) continue;
            const QString what = findingText(finding.code),
                          where = fromUtf8(finding.text.empty() ? finding.file : finding.text);
            lines << (where.isEmpty() ? what : tr("%1: %2", "what is odd and where").arg(what, where));
        }
    m_odd->setText(lines.join(QLatin1Char('\n')));
    m_odd->setVisible(!lines.isEmpty());
}

void AttentionPage::refreshMessage() {
    const AttentionHost::State state = m_host.state(AttentionHost::kFirst);
    m_banner->clear();
    for (const auto slot : {AttentionHost::kFirst, AttentionHost::kSecond}) {
        if (m_host.state(slot) != AttentionHost::State::Failed || !m_host.error(slot)) continue;
        m_banner->showError(*m_host.error(slot), tr("%1 could not be asked.").arg(m_host.run(slot)));
        m_banner->addButton(tr("Try again"), [this, slot] { m_host.retry(slot); });
    }
    const bool shown = !m_map.isEmpty();
    m_matrixStack->setCurrentIndex(shown ? kMatrix : kMessage);
    if (shown) return;
    const Message message = messageFor(state);
    m_message->setText(message.text);
    m_messageButton->setText(message.button);
    m_messageButton->setVisible(!message.button.isEmpty());
    m_messageTarget = message.page;
}

void AttentionPage::hoverRegion(int region) {
    m_matrix->setMarkedRegion(region);
    m_picture->setCurrentCell(region < vision::kGridCells ? region : -1);
    m_secondPicture->setCurrentCell(region < vision::kGridCells ? region : -1);
    std::vector<double> lights;
    const double largest = m_map.isEmpty() ? 0 : std::max<double>(m_map.maximum(), m_controls->choice().threshold);
    for (const float weight : m_map.wordsOf(region))
        lights.push_back(weight >= m_controls->choice().threshold && largest > 0 ? weight / largest : 0);
    m_words->setLights(std::move(lights));
}

void AttentionPage::hoverCell(int word, int region) {
    Q_UNUSED(word);
    hoverRegion(region);
}

QSize AttentionPage::figureSize() const {
    const QSize matrix = m_matrix->wholeSize();
    return {std::max(matrix.width(), kFigurePicture + 280) + 2 * kFigureMargin,
            matrix.height() + kFigurePicture + kFigureTitle + 3 * kFigureMargin};
}

void AttentionPage::paintFigure(QPainter& painter) const {
    painter.fillRect(QRect(QPoint(), figureSize()), Qt::white);
    painter.setPen(Qt::black);
    painter.setFont(Theme::bodyFont());
    const int word = m_words->current();
    const QRectF title(kFigureMargin, kFigureMargin, figureSize().width() - 2 * kFigureMargin, kFigureTitle);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignTop,
                     tr("%1, post %2").arg(m_host.run(AttentionHost::kFirst), m_postTitle->text()));
    painter.save();
    painter.translate(kFigureMargin, kFigureMargin + kFigureTitle);
    const double scale = double(kFigurePicture) / std::max({1, m_picture->width(), m_picture->height()});
    painter.scale(scale, scale);
    m_picture->setCurrentCell(-1);
    m_picture->render(&painter, QPoint(), QRegion(), QWidget::DrawChildren);
    painter.restore();
    const double left = kFigurePicture + 2 * kFigureMargin;
    painter.setPen(Qt::black);
    painter.drawText(QRectF(left, title.bottom(), 260, 3 * kFigureTitle),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, describe(word));
    HeatLegend::draw(painter, QRectF(left, title.bottom() + 3 * kFigureTitle, 240, kFigureLegend),
                     project::shownMaximum(m_map, word, m_controls->choice()), m_controls->heatOptions(), Qt::black,
                     Qt::gray);
    painter.save();
    painter.translate(kFigureMargin, kFigurePicture + kFigureTitle + 2 * kFigureMargin);
    m_matrix->paintWhole(painter);
    painter.restore();
}

void AttentionPage::exportFigure() {
    if (m_map.isEmpty()) return;
    const QString path = dialogs::file(this, {QStringLiteral("save-attention"), dialogs::FileRequest::Kind::SaveFile,
                                              tr("Save figure"), QString(), figureFilter()});
    if (path.isEmpty()) return;
    const auto error = mnerva::ui::exportFigure(path, figureSize(), tr("Attention"),
                                                [this](QPainter& painter) { paintFigure(painter); });
    if (error)
        m_banner->showError(*error, tr("The figure was not saved."));
    else
        Q_EMIT statusMessage(tr("The figure is in %1").arg(path));
}

std::vector<Page::CaptureState> AttentionPage::statesForCapture() {
    // An entity is worth more than the first word of a post; its answer may still be on its way.
    const auto toEntity = [this] {
        const auto result = m_host.result(AttentionHost::kFirst);
        if (!result) return false;
        if (!result->entities.empty()) m_words->setCurrent(result->entities.front().first);
        return true;
    };
    return {{QStringLiteral("word"), [this, toEntity] {
                 if (toEntity()) return;
                 auto* once = new QObject(this);
                 connect(&m_host, &AttentionHost::changed, once, [once, toEntity] {
                     if (toEntity()) once->deleteLater();
                 });
             }}};
}

bool AttentionPage::readyForCapture() const {
    if (!m_session.isOpen()) return true;
    if (!m_host.areRunsRead()) return false;
    const AttentionHost::State state = m_host.state(AttentionHost::kFirst);
    return state != AttentionHost::State::Waiting;
}

PageSpec attentionPage() {
    return {.id = QStringLiteral("attention"),
            .icon = QStringLiteral("attention"),
            .title = [] { return AttentionPage::tr("Attention"); },
            .make = [](const PageContext& window) -> Page* {
                return new AttentionPage(window.session, window.jobs, window.actions);
            },
            .defineActions = defineAttentionActions};
}

}  // namespace mnerva::ui
