#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/pages/attention/attention_page.h"
#include "ui/session/heat_legend.h"

namespace mnerva::ui {
namespace {

constexpr std::size_t kNamedCells = 3;
constexpr std::string_view kWordOut = "word-out";

/// With its sign: "+.12", "-.12".
QString lossText(double value) {
    return value > 0 ? QLatin1Char('+') + weightText(value) : weightText(value);
}

}  // namespace

void AttentionPage::showEmpty(const QString& sentence, const QString& button, const QString& page) {
    m_empty->setSentence(sentence);
    m_empty->setButton(button);
    m_emptyTarget = page;
    m_stack->setCurrentWidget(m_empty);
}

QString AttentionPage::textOf(const project::WordSpan& words) const {
    QStringList parts;
    for (int word = words.first; word <= words.last; ++word) parts << m_lanes->word(word);
    const bool isSpaced = m_lanes->shown().join == JoinRule::Space;
    return parts.join(isSpaced ? QStringLiteral(" ") : QString());
}

QString AttentionPage::describeWords(const Attribution& words) const {
    std::vector<std::size_t> order(words.words.size());
    for (std::size_t word = 0; word < order.size(); ++word) order[word] = word;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return std::abs(words.words[a]) > std::abs(words.words[b]); });
    QStringList parts;
    for (std::size_t i = 0; i < std::min(kNamedCells, order.size()); ++i)
        if (words.words[order[i]] != 0)
            parts << QStringLiteral("%1 %2").arg(m_lanes->word(int(order[i])), lossText(double(words.words[order[i]])));
    if (parts.isEmpty()) return tr("No word matters for the answer.");
    return tr("It rests most on: %1", "words and what the target loses without each")
        .arg(parts.join(QStringLiteral(" · ")));
}

void AttentionPage::refreshWordWeights() {
    std::vector<double> weights;
    QStringList tips, notes;
    const bool isWordOut = m_bar->view().heat.method == kWordOut;
    const auto found =
        isWordOut ? m_explains.method(AttentionHost::kFirst, subject(AttentionHost::kFirst), kWordOut) : nullptr;
    if (found && found->isServed() && int(found->words.size()) == m_lanes->wordCount()) {
        double most = 0;
        for (const float weight : found->words) most = std::max(most, std::abs(double(weight)));
        for (std::size_t word = 0; word < found->words.size(); ++word) {
            const double loss = double(found->words[word]);
            weights.push_back(most > 0 ? loss / most : 0);
            tips << (loss >= 0 ? tr("Without “%1” y falls by %2", "word, loss of log probability")
                               : tr("Without “%1” y rises by %2", "word, gain of log probability"))
                        .arg(m_lanes->word(int(word)), weightText(std::abs(loss)));
        }
        for (const WordExchange& exchange : found->exchanges) {
            const bool isSpaced = guessJoinRule(exchange.words) == JoinRule::Space;
            QStringList name;
            for (const std::string& word : exchange.words) name << fromUtf8(word);
            notes << (exchange.change >= 0 ? tr("y falls by %1 with %2 (%3)", "loss, other name, its type")
                                           : tr("y rises by %1 with %2 (%3)", "gain, other name, its type"))
                         .arg(weightText(std::abs(exchange.change)),
                              name.join(isSpaced ? QStringLiteral(" ") : QString()), fromUtf8(exchange.type));
        }
    }
    m_lanes->setWeights(std::move(weights), tips);
    m_wordNote->setText(notes.isEmpty() ? QString()
                                        : tr("Another name in the place of %1: %2", "entity, what y does with each")
                                              .arg(textOf(span()), notes.join(QStringLiteral(" · "))));
    m_wordNote->setToolTip(
        tr("y is the log probability of the target; the names are from the training posts, one of "
           "the same type and one of another. A run that knows an entity by its place in the "
           "sentence loses little with the first and much with the second."));
    m_wordNote->setVisible(!notes.isEmpty());
}

QString AttentionPage::describe(const project::WordSpan& words, const project::Heat& heat) const {
    if (m_host.result(AttentionHost::kFirst))
        if (const QString reason = blindReason(AttentionHost::kFirst); !reason.isEmpty()) return reason;
    const project::Heat::Side& side = heat.sides[0];
    if (m_bar->view().heat.method == kWordOut)
        if (const auto found = m_explains.method(AttentionHost::kFirst, subject(AttentionHost::kFirst), kWordOut))
            return describeWords(*found);
    if (side.cells.empty()) return {};
    const QString text = textOf(words);
    if (heat.maximum <= 0 || vision::heatMaximum(side.cells, heat.options.colours) <= 0)
        return tr("%1: no cell of the picture has any weight.", "word").arg(text);
    if (project::isEven(side.cells) && heat.options.colours != vision::HeatColours::Diverging)
        return tr("%1: all cells weigh about the same (%2 at most): this map points nowhere. Other methods may say "
                  "more.")
            .arg(text, weightText(vision::heatMaximum(side.cells, heat.options.colours)));
    QStringList parts;
    const project::AttentionMap names;
    for (std::size_t i = 0; i < std::min(kNamedCells, side.hottest.size()); ++i)
        parts << QStringLiteral("%1 %2").arg(fromUtf8(names.regionName(side.hottest[i])),
                                             weightText(double(side.cells[std::size_t(side.hottest[i])])));
    if (parts.isEmpty() && heat.options.threshold > 0)
        return tr("%1: no cell reaches the threshold of %2; the heaviest has %3. Lower it under ⋯ to see more.")
            .arg(text, weightText(heat.options.threshold),
                 weightText(vision::heatMaximum(side.cells, heat.options.colours)));
    if (parts.isEmpty()) return tr("%1: no cell speaks for it.", "word").arg(text);
    QString said = tr("%1: %2", "word and its regions").arg(text, parts.join(QStringLiteral(" · ")));
    if (heat.options.threshold < heat.wanted)
        said += tr("; no cell reaches %1, so they are drawn from %2 on", "thresholds")
                    .arg(weightText(heat.wanted), weightText(heat.options.threshold));
    return said;
}

QString AttentionPage::blindReason(Slot slot) const {
    if (!m_session.isOpen() || !m_session.hasView()) return {};
    const project::PostView& view = m_session.view();
    if (slot == AttentionHost::kFirst && !m_whatIf.whatIf().picture.isEmpty()) return {};
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

/// Side by side the sentence under the tabs is not seen: a bare photo says itself why it is bare.
QString AttentionPage::nothingDrawn(Slot slot) const {
    if (!isComparing() || m_bar->view().heat.difference) return {};
    const project::Heat heat = m_heat.at(span());
    const project::Heat::Side& side = heat.sides[slot == AttentionHost::kFirst ? 0 : 1];
    if (side.cells.empty() || !side.hottest.empty() || heat.options.threshold <= 0) return {};
    const double most = vision::heatMaximum(side.cells, heat.options.colours);
    return project::isEven(side.cells)
               ? tr("%1: even, no cell over %2", "run; the map points nowhere").arg(m_host.run(slot), weightText(most))
               : tr("%1: no cell over %2, at most %3", "run, threshold, weight")
                     .arg(m_host.run(slot), weightText(heat.options.threshold), weightText(most));
}

/// What stands in a photo whose map is not there: the second run shows another direction, or has none.
QString AttentionPage::sideNote(Slot slot) const {
    const QString run = m_host.run(slot);
    if (run.isEmpty()) return {};
    const auto result = m_host.result(slot);
    if (!result) return m_host.state(slot) == AttentionHost::State::Waiting ? tr("Asking %1…").arg(run) : QString();
    if (!m_heat.isAttention()) {
        const std::string& method = m_bar->view().heat.method;
        const ExplainHost::Subject what = subject(slot);
        const AttributionMethod* known = attributionMethod(method);
        const QString title =
            known ? QCoreApplication::translate("Attribution", std::string(known->title).c_str()) : QString();
        if (const auto found = m_explains.method(slot, what, method))
            return !found->isServed()           ? QStringLiteral("%1: %2").arg(title, fromUtf8(found->unavailable))
                   : known && !known->isOfCells ? tr("%1: the words above carry it", "method").arg(title)
                                                : QString();
        if (!m_explains.isAsked(slot, what, method)) return {};
        return m_explains.fraction() >= 0 ? tr("%1: %2 %").arg(title).arg(int(100 * m_explains.fraction()))
                                          : tr("%1: computing…").arg(title);
    }
    if (const QString nothing = nothingDrawn(slot); !nothing.isEmpty()) return nothing;
    if (slot == AttentionHost::kFirst) return {};
    const auto first = m_host.result(AttentionHost::kFirst);
    if (m_heat.map(project::HeatView::kSecond).isEmpty())
        return blindReason(slot).isEmpty() ? tr("%1: no map of this post", "second run").arg(run) : QString();
    const auto shown = project::fittedChoice(*result, m_bar->view().heat.attention).direction;
    if (!first || map().isEmpty() || shown == project::fittedChoice(*first, m_bar->view().heat.attention).direction)
        return {};
    return shown == project::AttentionDirection::TextToImage ? tr("%1: words look at regions", "second run").arg(run)
                                                             : tr("%1: regions look at words", "second run").arg(run);
}

/// Another run where there is one; else the page where one is made.
AttentionPage::Message AttentionPage::noMapMessage(const QString& reason) const {
    if (m_host.runs().size() > 1) return {tr("%1 Choose another run above.").arg(reason), {}, {}};
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
            return {tr("Choose a run above."), {}, {}};
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
                   "with ← and →; the picture shows where the run sees it.")
                    .arg(run),
                {},
                {}};
    if (result && result->pictureOf.empty())
        return noMapMessage(tr("%1 was trained on text alone and looks at no picture.").arg(run));
    if (result && !project::hasMaps(*result, project::AttentionDirection::TextToImage) &&
        !project::hasMaps(*result, project::AttentionDirection::ImageToText)) {
        const Message other = noMapMessage(tr("The system of %1 makes no map of words and cells.").arg(run));
        if (m_host.runs().size() == 1) return other;
        return {other.text + QLatin1Char('\n') + tr("Other methods may still say what its picture did."),
                tr("Show the methods"), QStringLiteral("#methods")};
    }
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
    m_banner->clear();
    for (const auto slot : {AttentionHost::kFirst, AttentionHost::kSecond}) {
        if (m_host.state(slot) != AttentionHost::State::Failed || !m_host.error(slot)) continue;
        m_banner->showError(*m_host.error(slot), tr("%1 could not be asked.").arg(m_host.run(slot)));
        m_banner->addButton(tr("Try again"), [this, slot] { m_host.retry(slot); });
    }
    if (const auto& error = m_explains.error()) {
        m_banner->showError(*error, tr("The methods could not be computed."));
        m_banner->addButton(tr("Try again"), [this] {
            m_explains.clearError();
            m_host.engineOf(AttentionHost::kFirst).allowRestart();
            refreshMessage();
            askMethods(false);
        });
    }
    const Message message = map().isEmpty() ? messageFor(m_host.state(AttentionHost::kFirst)) : Message();
    m_panel->setMessage(message.text, message.button);
    m_messageTarget = message.page;
}

}  // namespace mnerva::ui
