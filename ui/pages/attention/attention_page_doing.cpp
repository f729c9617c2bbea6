#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <algorithm>

#include "core/vision/geometry.h"
#include "ui/base/text_border.h"
#include "ui/pages/attention/attention_page.h"
#include "ui/session/picture_view.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

constexpr const char* kPictureEndings[] = {"jpg", "jpeg", "png", "webp", "bmp", "gif"};

/// The picture that is dragged; empty: something else, which is the window's.
QString pictureIn(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    if (urls.size() != 1 || !urls.front().isLocalFile()) return {};
    const QString file = urls.front().toLocalFile(), ending = QFileInfo(file).suffix().toLower();
    const bool isPicture = std::any_of(std::begin(kPictureEndings), std::end(kPictureEndings),
                                       [&](const char* one) { return ending == QLatin1String(one); });
    return isPicture ? file : QString();
}

}  // namespace

void AttentionPage::stepPost(int delta) {
    m_session.step(delta);
}

void AttentionPage::stepPicture(int delta) {
    const auto result = m_host.result(AttentionHost::kFirst);
    const int picture = m_bar->view().heat.attention.picture + delta;
    if (picture < 0 || picture >= (result ? project::picturesRead(*result) : 1)) return;
    m_bar->setPicture(picture);
    refreshMaps();
}

void AttentionPage::stepHead(int delta) {
    const auto result = m_host.result(AttentionHost::kFirst);
    if (!result) return;
    ViewSettings view = m_bar->view();
    const project::AttentionChoice shown = project::fittedChoice(*result, view.heat.attention);
    const int heads = project::attentionHeads(*result, shown.direction, shown.layer);
    if (heads == 0) return;
    view.heat.attention.head = (shown.head + 1 + delta + heads + 1) % (heads + 1) - 1;
    view.heat.method = "attention";
    m_bar->setView(view);
    refreshMaps();
}

void AttentionPage::stepError(int delta) {
    const workflow::Place* place = workflow::nextDisagreement(m_lanes->shown(), m_lanes->current(), delta);
    if (place) return m_lanes->setCurrent(place->first);
    Q_EMIT statusMessage(m_lanes->shown().disagreements() == 0 ? tr("No run is wrong in this post.")
                         : delta > 0                           ? tr("This was the last error of the post.")
                                                               : tr("This was the first error of the post."));
}

void AttentionPage::toggleByEntity() {
    m_panel->setByEntity(!m_panel->byEntity());
}

void AttentionPage::toggleDrawer() {
    if (!isSideBySide()) return;
    m_bar->findChild<QToolButton*>(QStringLiteral("attentionDrawer"))->toggle();
}

void AttentionPage::toggleMatrix() {
    const bool isOpen = !m_panel->hasMatrix();
    m_panel->setMatrixVisible(isOpen);
}

void AttentionPage::toggleCoverMode() {
    m_bar->setCoverMode(!m_bar->isCoverMode());
}

void AttentionPage::toggleBlank() {
    WhatIf next;
    next.isBlank = !m_whatIf.whatIf().isBlank;
    m_whatIf.set(next);
}

void AttentionPage::restorePicture() {
    m_whatIf.set({});
    m_bar->setCoverMode(false);
}

void AttentionPage::brush(int cell, bool begins, Qt::KeyboardModifiers modifiers) {
    if (!m_bar->isCoverMode() && !(modifiers & Qt::ShiftModifier)) return;
    const std::vector<int>& covered = m_whatIf.whatIf().covered;
    if (begins) m_covers = std::find(covered.begin(), covered.end(), cell) == covered.end();
    m_whatIf.setCovered(cell, m_covers);
}

void AttentionPage::choosePicture() {
    const QString file =
        dialogs::file(this, {QStringLiteral("what-if-picture"), dialogs::FileRequest::Kind::OpenFile,
                             tr("Another picture"), QString(), tr("Pictures (*.jpg *.jpeg *.png *.webp *.bmp *.gif)")});
    if (!file.isEmpty()) exchangePicture(file);
}

void AttentionPage::exchangePicture(const QString& file) {
    WhatIf next;
    next.picture = file;
    m_whatIf.set(next);
    m_panel->setTab(SidePanel::kWhatIf);
}

void AttentionPage::dragEnterEvent(QDragEnterEvent* event) {
    if (m_host.result(AttentionHost::kFirst) && !pictureIn(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void AttentionPage::dropEvent(QDropEvent* event) {
    const QString file = pictureIn(*event->mimeData());
    if (file.isEmpty()) return;
    exchangePicture(file);
    event->acceptProposedAction();
}

/// A cell lights the words that look at it.
void AttentionPage::hoverCell(int region) {
    m_panel->matrix().setMarkedRegion(region);
    const int cell = region < vision::kGridCells ? region : -1;
    m_picture->setCurrentCell(cell);
    m_secondPicture->setCurrentCell(cell);
    std::vector<double> lights;
    const double threshold = m_bar->view().heat.attention.threshold;
    const double largest = map().isEmpty() ? 0 : std::max<double>(map().maximum(), threshold);
    for (const float weight : map().wordsOf(region))
        lights.push_back(double(weight) >= threshold && largest > 0 ? double(weight) / largest : 0);
    m_lanes->setLights(std::move(lights));
}

/// A word marks the cells that it looks at.
void AttentionPage::hoverWord(int word) {
    const project::WordSpan words{word, word};
    hoverSpan(word >= 0 ? &words : nullptr);
}

void AttentionPage::hoverSpan(const project::WordSpan* words) {
    std::vector<int> cells;
    if (words)
        cells = project::hottestCells(m_heat.attentionCells(*words), m_bar->view().heat.attention.threshold,
                                      vision::kGridCells);
    m_picture->setMarkedCells(std::move(cells));
    int tile = -1;
    for (std::size_t i = 0; words && i < m_tiles.size(); ++i)
        if (m_tiles[i].holds(words->first)) tile = int(i);
    m_panel->words().setMarked(tile);
}

std::vector<Page::CaptureState> AttentionPage::statesForCapture() {
    const auto open = [this](int tab) { return [this, tab] { m_panel->setTab(tab); }; };
    std::vector<CaptureState> states{{QStringLiteral("similar"), [this] { setSimilar(true); }},
                                     {QStringLiteral("heads"),
                                      [this, open] {
                                          setSimilar(false);
                                          open(SidePanel::kHeads)();
                                      }},
                                     {QStringLiteral("methods"), open(SidePanel::kMethods)},
                                     {QStringLiteral("words-out"),
                                      [this] {
                                          m_panel->setTab(SidePanel::kWords);
                                          setMethod("word-out");
                                      }},
                                     {QStringLiteral("what-if"),
                                      [this] {
                                          setMethod("attention");
                                          m_panel->setTab(SidePanel::kWhatIf);
                                          m_whatIf.set({{16, 17, 23, 24}, false, {}});
                                      }},
                                     {QStringLiteral("matrix"),
                                      [this] {
                                          m_whatIf.set({});
                                          m_panel->setTab(SidePanel::kWords);
                                          if (!m_panel->hasMatrix()) toggleMatrix();
                                      }},
                                     {QStringLiteral("compare"),
                                      [this] {
                                          if (m_panel->hasMatrix()) toggleMatrix();
                                          for (const RunInfo& run : m_host.runs())
                                              if (const QString name = fromUtf8(run.name);
                                                  name != m_host.run(AttentionHost::kFirst) && !isComparing()) {
                                                  m_host.setRun(AttentionHost::kSecond, name);
                                                  m_bar->setRuns(m_host.runs(), m_host.run(AttentionHost::kFirst),
                                                                 name);
                                              }
                                      }},
                                     {QStringLiteral("drawer"), [this] { toggleDrawer(); }}};
    return states;
}

bool AttentionPage::readyForCapture() const {
    if (!m_session.isOpen()) return true;
    if (!m_host.areRunsRead()) return false;
    for (const auto slot : {AttentionHost::kFirst, AttentionHost::kSecond})
        if (m_host.state(slot) == AttentionHost::State::Waiting) return false;
    if (m_host.modelOf(AttentionHost::kFirst) && !m_bench.isRead()) return false;
    if (m_similar.isBusy()) return false;
    const bool isDecoding = !m_picture->path().isEmpty() && !m_picture->hasPicture() && !m_picture->isMissing();
    return !isDecoding && !m_whatIf.isWaiting() && !m_explains.isBusy() && !m_explainTimer.isActive();
}

}  // namespace mnerva::ui
