#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/attention/attention_page.h"
#include "ui/pages/attention/bench_text.h"
#include "ui/session/heat_legend.h"
#include "ui/session/picture_view.h"

namespace mnerva::ui {
namespace {

using project::HeatView;
using project::WordSpan;

constexpr int kNamedRegions = 4;

QString translated(std::string_view english) {
    return QCoreApplication::translate("Attribution", std::string(english).c_str());
}

/// "r₀", "r₁", ...
QString relevanceName(int index) {
    return QLatin1Char('r') + QString(QChar(0x2080 + index % 10));
}

/// As long as a small map is wide.
QString shortTitle(std::string_view method, const QString& title) {
    if (method == "gradient-input") return AttentionPage::tr("Grad × input");
    if (method == "integrated-gradients") return AttentionPage::tr("Integrated");
    return title;
}

/// The weight in full colour of a map without signs: its largest, but not under three times the mean, so that a map
/// that is even all over does not look like one that is hot all over.
double scaleOf(const std::vector<float>& cells) {
    if (cells.empty()) return 0;
    const double mean = std::accumulate(cells.begin(), cells.end(), 0.0) / double(cells.size());
    return std::max(vision::heatMaximum(cells, vision::HeatColours::Magma), 3 * mean);
}

}  // namespace

void AttentionPage::refreshWordTiles() {
    m_tiles.clear();
    std::vector<MapTiles::Tile> tiles;
    const ViewSettings& view = m_bar->view();
    if (!map().isEmpty() && view.heat.method != "word-out")  // its shades stand on the words
        for (int word = 0; word < map().words;) {
            const auto entity = project::entityAt(m_entities, word, map().words);
            const bool isWhole = entity && view.byEntity && entity->first == word;
            const WordSpan words{word, isWhole ? entity->last : word};
            MapTiles::Tile tile;
            tile.name = textOf(words);
            tile.tip = entity ? QStringLiteral("%1 · %2").arg(tile.name, fromUtf8(entity->type)) : tile.name;
            if (entity) tile.color = Theme::labelColor(entity->type, m_session.labels());
            tile.cells = m_heat.attentionCells(words);
            tile.isSigned = view.heat.difference;
            // Never below the threshold, as over the photo: a map that is flat everywhere is no bright one.
            tile.maximum = view.heat.attention.sameScale
                               ? m_heat.sharedMaximum()
                               : std::max(vision::heatMaximum(tile.cells, tile.isSigned ? vision::HeatColours::Diverging
                                                                                        : view.heat.colours),
                                          tileThreshold());
            tiles.push_back(std::move(tile));
            m_tiles.push_back(words);
            word = words.last + 1;
        }
    m_panel->words().setColours(view.heat.colours);
    m_panel->words().setTiles(std::move(tiles));
    markWordTile();
}

double AttentionPage::tileThreshold() const {
    const project::HeatChoice& heat = m_bar->view().heat;
    return heat.difference ? 0 : heat.attention.threshold;
}

void AttentionPage::markWordTile() {
    const int word = m_lanes->current();
    const auto tile =
        std::find_if(m_tiles.begin(), m_tiles.end(), [&](const WordSpan& one) { return one.holds(word); });
    m_panel->words().setCurrent(tile == m_tiles.end() ? -1 : int(tile - m_tiles.begin()));
}

void AttentionPage::refreshHeadTiles() {
    m_headOfTile.clear();
    std::vector<MapTiles::Tile> tiles;
    const project::Answer& answer = m_heat.answer(HeatView::kFirst);
    int current = -1;
    if (answer) {
        const project::AttentionChoice shown = project::fittedChoice(*answer, m_bar->view().heat.attention);
        const int layers = project::attentionLayers(*answer, shown.direction);
        const WordSpan words = span();
        for (int layer = layers - 1; layer >= 0; --layer) {
            const int heads = project::attentionHeads(*answer, shown.direction, layer);
            for (int head = -1; head < heads; ++head) {
                MapTiles::Tile tile;
                tile.name = head < 0 ? tr("%1 · mean", "layer").arg(layer + 1)
                                     : tr("%1 · %2", "layer and head").arg(layer + 1).arg(head + 1);
                tile.tip = head < 0 ? tr("Layer %1, mean of %n heads", nullptr, heads).arg(layer + 1)
                                    : tr("Layer %1, head %2").arg(layer + 1).arg(head + 1);
                tile.cells = project::headCells(answer, m_host.wordCount(), shown, layer, head, words);
                if (head == shown.head && layer == (shown.layer < 0 ? layers - 1 : shown.layer))
                    current = int(tiles.size());
                tiles.push_back(std::move(tile));
                m_headOfTile.emplace_back(layer == layers - 1 ? -1 : layer, head);
            }
        }
        // One scale for all, so that a sharp head is told from a flat one.
        double maximum = tileThreshold();
        for (const MapTiles::Tile& tile : tiles)
            maximum = std::max(maximum, vision::heatMaximum(tile.cells, vision::HeatColours::Magma));
        for (MapTiles::Tile& tile : tiles) tile.maximum = maximum;
    }
    m_panel->heads().setColours(m_bar->view().heat.colours);
    m_panel->heads().setTiles(std::move(tiles));
    m_panel->heads().setCurrent(current);
}

void AttentionPage::chooseHead(int tile) {
    if (tile < 0 || tile >= int(m_headOfTile.size())) return;
    ViewSettings view = m_bar->view();
    std::tie(view.heat.attention.layer, view.heat.attention.head) = m_headOfTile[std::size_t(tile)];
    view.heat.method = "attention";
    m_bar->setView(view);
    refreshMaps();
}

ExplainHost::Subject AttentionPage::subject(Slot slot) const {
    ExplainHost::Subject subject{span(), {}};
    std::vector<Entity> list;
    if (const auto result = m_host.result(slot)) list = result->entities;
    list.insert(list.end(), m_entities.begin(), m_entities.end());  // one that the run has missed: as gold has it
    for (const Entity& entity : list)
        if (subject.type.empty() && entity.first == subject.words.first && entity.last == subject.words.last)
            subject.type = entity.type;
    return subject;
}

void AttentionPage::takeAttributions() {
    if (m_heat.isAttention()) return;
    for (const auto slot : {AttentionHost::kFirst, AttentionHost::kSecond})
        m_heat.setAttribution(HeatView::Side(slot), m_explains.method(slot, subject(slot), m_bar->view().heat.method));
}

/// Shortly after the caret came to rest, where a method other than the attention is looked at.
void AttentionPage::wantMethods() {
    const bool isTabOpen = m_panel->isVisible() && m_panel->tab() == SidePanel::kMethods;
    if (isVisible() && (isTabOpen || !m_heat.isAttention())) m_explainTimer.start();
}

void AttentionPage::askMethods(bool isSlowToo) {
    if (!m_host.result(AttentionHost::kFirst) || !blindReason(AttentionHost::kFirst).isEmpty()) return;
    const bool isTabOpen = m_panel->isVisible() && m_panel->tab() == SidePanel::kMethods;
    const std::string chosen = m_bar->view().heat.method;
    std::vector<std::string> methods;
    if (chosen != "attention") methods.push_back(chosen);
    const auto add = [&](const std::vector<std::string>& more) {
        for (const std::string& id : more)
            if (id != chosen) methods.push_back(id);
    };
    if (isTabOpen || isSlowToo) add(ExplainHost::quickMethods());
    m_explains.ask(AttentionHost::kFirst, subject(AttentionHost::kFirst), methods);
    if (isSlowToo) m_explains.ask(AttentionHost::kFirst, subject(AttentionHost::kFirst), ExplainHost::slowMethods());
    if (isComparing() && chosen != "attention")
        m_explains.ask(AttentionHost::kSecond, subject(AttentionHost::kSecond), {chosen});
}

void AttentionPage::refreshMethods() {
    if (m_panel->tab() != SidePanel::kMethods || !m_panel->isVisible()) return refreshMessage();
    const ExplainHost::Subject what = subject(AttentionHost::kFirst);
    std::vector<MapTiles::Tile> tiles;
    QStringList notes, names;
    std::vector<std::vector<float>> maps;
    m_methodOfTile.clear();
    int current = -1;
    bool isMissing = false;
    const int picture = m_bar->view().heat.attention.picture;
    for (const AttributionMethod& method : attributionMethods()) {
        const auto known = m_explains.method(AttentionHost::kFirst, what, method.id);
        const bool isAttention = method.id == "attention";
        if (!method.isOfCells) {
            isMissing = isMissing || !known;
            continue;
        }
        MapTiles::Tile tile;
        const QString title = translated(method.title);
        tile.name = shortTitle(method.id, title);
        tile.tip = QStringLiteral("%1\n%2").arg(title, translated(method.sentence));
        tile.isSigned = method.isSigned;
        if (isAttention)
            tile.cells = m_heat.attentionCells(what.words);
        else if (known && known->isServed())
            tile.cells = project::cellsOfPicture(*known, picture);
        if (!tile.isSigned) tile.maximum = scaleOf(tile.cells);
        if (!isAttention && !known) isMissing = isMissing || !method.isQuick;
        tile.note = known && known->isServed() ? tr("%1 s", "seconds").arg(QLocale().toString(known->seconds, 'f', 2))
                    : m_explains.isAsked(AttentionHost::kFirst, what, method.id) ? QStringLiteral("…")
                                                                                 : QString();
        if (const auto* measured = m_bench.method(method.id)) {
            tile.figure = benchNote(*measured);
            if (const QString tip = benchTip(*measured, *m_bench.figures()); !tip.isEmpty())
                tile.tip += QStringLiteral("\n\n") + tip;
        }
        if (known && !known->isServed()) notes << QStringLiteral("%1: %2").arg(title, fromUtf8(known->unavailable));
        if (known && known->gap && known->change)
            notes << tr("%1: the cells leave %2 of a change of %3 unexplained")
                         .arg(title, weightText(*known->gap), weightText(*known->change));
        if (!tile.cells.empty()) {
            names << tile.name;
            maps.push_back(tile.cells);
        }
        if (method.id == m_bar->view().heat.method) current = int(tiles.size());
        m_methodOfTile.emplace_back(method.id);
        tiles.push_back(std::move(tile));
    }
    m_panel->methods().setTiles(std::move(tiles));
    m_panel->methods().setCurrent(current);
    std::vector<std::vector<std::optional<double>>> ranks(maps.size());
    for (std::size_t row = 0; row < maps.size(); ++row)
        for (std::size_t column = 0; column < row; ++column)
            ranks[row].push_back(project::spearman(maps[row], maps[column]));
    m_panel->setRankTitle(maps.size() > 1);
    m_panel->ranks().setTable(names, std::move(ranks));
    QString target;
    const std::optional<Target> found = m_explains.target(AttentionHost::kFirst, what);
    refreshLayers(found);
    if (found)
        target = tr("%1: %2 as %3, y = %4 (probability %5, not calibrated)",
                    "what is explained, words, type, its log probability")
                     .arg(translated(targetFormText(found->form)), textOf({found->first, found->last}),
                          fromUtf8(found->type), weightText(found->logProbability),
                          weightText(std::exp(found->logProbability)));
    m_panel->setTarget(target);
    if (const auto& error = m_explains.error()) notes << errorText(*error);
    m_panel->setMethodNote(notes.join(QLatin1Char('\n')));
    m_panel->setComputing(isMissing && m_host.result(AttentionHost::kFirst) != nullptr, m_explains.isBusy(),
                          m_explains.fraction());
    refreshBench();
    refreshMessage();
}

/// When did it decide (explanation.md 2): the target's probability after each fusion layer.
void AttentionPage::refreshLayers(const std::optional<Target>& target) {
    const auto result = m_host.result(AttentionHost::kFirst);
    if (!target || !result || result->pictureOf.empty()) return m_panel->setLayers({}, {});
    if (target->byLayer.empty())
        return m_panel->setLayers(tr("When it decided cannot be seen: this run fuses words and picture in one step."),
                                  {});
    QStringList ys;
    for (const double y : target->byLayer) ys << weightText(y);
    const QString tip =
        tr("What the emission layer makes of the words after each fusion layer, as if it were the last: "
           "the target's probability; y = %1")
            .arg(ys.join(QStringLiteral(", ")));
    std::vector<BarList::Bar> bars;
    for (std::size_t layer = 0; layer < target->byLayer.size(); ++layer)
        bars.push_back({tr("layer %1", "fusion layer").arg(layer + 1), tip, std::exp(target->byLayer[layer])});
    m_panel->setLayers(tr("When did it decide"), std::move(bars));
}

/// What was measured of the chosen method; else how the maps of the run are measured.
void AttentionPage::refreshBench() {
    if (m_host.run(AttentionHost::kFirst).isEmpty() || !m_bench.isRead()) return m_panel->setBench({}, {}, {});
    if (m_bench.isMeasuring()) return m_panel->setBench(tr("Measuring what these maps are worth…"), {}, {});
    if (!m_bench.figures())
        return m_panel->setBench(
            tr("Not measured yet: whether these maps point at the objects, and whether the answer rests on what they "
               "call hot."),
            tr("The same on the command line: %1").arg(m_bench.commandText()), tr("Measure"));
    const auto* measured = m_bench.method(m_bar->view().heat.method);
    const QString line = measured ? benchLine(*measured, *m_bench.figures()) : QString();
    const AttributionMethod* method = attributionMethod(m_bar->view().heat.method);
    const QString title = method ? translated(method->title) : QString();
    const QString text = line.isEmpty() ? tr("%1: not measured", "method").arg(title)
                                        : tr("%1: %2", "method and its figures").arg(title, line);
    m_panel->setBench(text, line.isEmpty() ? benchAbout(*m_bench.figures()) : benchTip(*measured, *m_bench.figures()),
                      tr("Measure again"));
}

void AttentionPage::chooseMethod(int tile) {
    if (tile >= 0 && tile < int(m_methodOfTile.size())) setMethod(m_methodOfTile[std::size_t(tile)]);
}

void AttentionPage::setMethod(const std::string& method) {
    ViewSettings view = m_bar->view();
    view.heat.method = method;
    m_bar->setView(view);
    refreshMaps();
}

void AttentionPage::refreshWhatIf() {
    if (m_panel->tab() != SidePanel::kWhatIf) return;
    const WhatIf& whatIf = m_whatIf.whatIf();
    QString state;
    if (whatIf.isNothing())
        state = tr("The picture is as it is.");
    else if (m_whatIf.error())
        state = errorText(*m_whatIf.error());
    else if (whatIf.isBlank)
        state = tr("Without the picture:");
    else if (!whatIf.picture.isEmpty())
        state = tr("With %1 in its place:").arg(whatIf.picture.section(QLatin1Char('/'), -1));
    else
        state = tr("With %n cell(s) covered:", nullptr, int(whatIf.covered.size()));
    std::vector<project::EntityChange> changes;
    if (m_whatIf.result() && m_host.result(AttentionHost::kFirst))
        changes = project::entityChanges(m_host.result(AttentionHost::kFirst)->entities, m_whatIf.result()->entities);
    if (m_whatIf.result() && changes.empty()) state += QLatin1Char('\n') + tr("The run finds no entity in either.");
    const Post& post = m_session.view().post;
    m_panel->setChanges(state, changes, post.words, post.join == JoinRule::Space);
}

void AttentionPage::fillMatrix() {
    QStringList words;
    for (const std::string& word : m_session.view().post.words) words << fromUtf8(word);
    m_panel->matrix().setWords(words);
    m_panel->matrix().setMap(map());
    vision::HeatOptions options;
    options.colours = m_bar->view().heat.colours;
    options.threshold = m_bar->view().heat.attention.threshold;
    m_panel->matrix().setHeat(map().isEmpty() ? 0 : std::max(double(map().maximum()), options.threshold), options);
    m_panel->matrix().setCurrentWord(m_lanes->current());
}

void AttentionPage::refreshPanel() {
    if (!m_session.hasView() || !m_panel->isVisible()) return;
    if (m_panel->hasMatrix()) fillMatrix();
    switch (m_panel->tab()) {
        case SidePanel::kHeads:
            return refreshHeadTiles();
        case SidePanel::kMethods:
            refreshMethods();
            return wantMethods();
        case SidePanel::kWhatIf:
            return refreshWhatIf();
        case SidePanel::kSimilar:
            return refreshSimilar();
        default:
            return;
    }
}

void AttentionPage::refreshBars() {
    const auto result = m_host.result(AttentionHost::kFirst);
    const bool sees = result && blindReason(AttentionHost::kFirst).isEmpty();
    std::vector<BarList::Bar> relevance;
    if (sees) {
        const auto values = project::relevanceOf(*result, m_bar->view().heat.attention.picture);
        for (std::size_t k = 0; k < values.size(); ++k)
            relevance.push_back(
                {k == 0 ? tr("%1 picture").arg(relevanceName(0)) : tr("%1 crop").arg(relevanceName(int(k))),
                 tr("How well the picture or crop fits the text, as the correlation gate sees it"), values[k]});
    }
    m_panel->setRelevance(std::move(relevance));
    m_panel->setGates(sees ? result->levelGates : std::vector<std::vector<double>>{});
}

/// The boxes that the run may choose from or that it reads as crops, over the first picture, which alone has boxes; and
/// how far the picture is let into the word.
void AttentionPage::refreshBoxes() {
    std::vector<PictureBox> boxes;
    std::vector<BarList::Bar> bars, gate;
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
        const double threshold = m_bar->view().heat.attention.threshold;
        const project::EntityPlace place = project::placeOfEntity(*result, m_lanes->current());
        for (const project::WeighedRegion& weighed : place.regions) {
            const bool isBox = weighed.region >= 0 && weighed.region < int(regions.size());
            const QString what = isBox ? fromUtf8(regions[std::size_t(weighed.region)].label) : tr("whole picture");
            const QString name = what.isEmpty() ? tr("box %1").arg(weighed.region + 1) : what;
            if (int(bars.size()) < kNamedRegions || weighed.chosen)
                bars.push_back({weighed.chosen ? QStringLiteral("✓ ") + name : name,
                                tr("How sure the run is that this part of the picture shows the entity"),
                                weighed.weight});
            if (isBox && (weighed.chosen || weighed.weight >= threshold))
                boxes.insert(boxes.begin(), named(weighed.region, weightText(weighed.weight)));
        }
        if (place.entity >= 0)
            bars.push_back({place.shown ? tr("not shown") : QStringLiteral("✓ ") + tr("not shown"),
                            tr("How sure the run is that no part of the picture shows the entity"), place.notShown});
        for (std::size_t k = 0; k < result->cropRegions.size(); ++k)
            if (const int region = result->cropRegions[k]; region >= 0 && region < int(regions.size()))
                boxes.push_back(named(region, QStringLiteral("c%1").arg(k + 1)));
        const int word = m_lanes->current();
        if (blindReason(AttentionHost::kFirst).isEmpty() && word < int(result->visualGate.size())) {
            const std::vector<double>& gates = result->visualGate;
            const QString tip = tr("How far the gate lets the picture into a word: 0 shuts it, 1 opens it wide");
            gate.push_back({m_lanes->word(word), tip, gates[std::size_t(word)]});
            gate.push_back({tr("mean of all words"), tip,
                            std::accumulate(gates.begin(), gates.end(), 0.0) / double(gates.size())});
        }
    }
    if (m_bar->view().heat.attention.picture > 0 || !m_whatIf.whatIf().picture.isEmpty()) boxes.clear();
    m_picture->setBoxes(std::move(boxes));
    m_panel->setRegions(std::move(bars));
    m_panel->setVisualGate(std::move(gate));
}

}  // namespace mnerva::ui
