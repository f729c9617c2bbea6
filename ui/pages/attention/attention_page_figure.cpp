#include <QCoreApplication>

#include "ui/base/text_border.h"
#include "ui/charts/figure_dialog.h"
#include "ui/pages/attention/attention_page.h"
#include "ui/session/heat_legend.h"
#include "ui/session/picture_view.h"

namespace mnerva::ui {
namespace {

QString methodTitle(const std::string& id) {
    const AttributionMethod* method = attributionMethod(id);
    return method ? QCoreApplication::translate("Attribution", std::string(method->title).c_str())
                  : QString::fromStdString(id);
}

/// As a file may be called, whatever the post's id is made of.
QString fileNameOf(QString text) {
    for (QChar& c : text)
        if (!c.isLetterOrNumber() && c != QLatin1Char('-') && c != QLatin1Char('_')) c = QLatin1Char('-');
    return text;
}

}  // namespace

AttentionFigure AttentionPage::figure() const {
    AttentionFigure figure;
    const project::WordSpan words = span();
    const project::Heat heat = m_heat.at(words);
    const bool isPair = isSideBySide();
    const auto add = [&](const PictureView* view, const QString& title) {
        figure.photos.push_back({[view](QPainter& painter, const QRectF& place, const QFont& font, const QColor& color,
                                        bool hasRows) { view->paintInto(painter, place, font, color, hasRows); },
                                 view->aspect() > 0 ? view->aspect() : 1, title});
    };
    const QString first = m_host.run(AttentionHost::kFirst), second = m_host.run(AttentionHost::kSecond);
    add(m_picture, isPair ? tr("A %1", "the first of two runs").arg(first) : QString());
    if (isPair) add(m_secondPicture, tr("B %1", "the second of two runs").arg(second));
    figure.maximum = heat.maximum;
    figure.options = heat.options;
    figure.lanes = m_lanes->shown();
    figure.labels = m_session.labels();
    if (!map().isEmpty()) {
        MatrixView* matrix = &m_panel->matrix();
        figure.paintMatrix = [matrix](QPainter& painter) { matrix->paintWhole(painter); };
        figure.matrixSize = matrix->wholeSize();
    }
    figure.title = tr("Attention");
    const Post& post = m_session.view().post;
    QStringList parts;
    const auto runText = [&](Slot slot) {
        const QString name = m_host.run(slot);
        for (const RunInfo& run : m_host.runs())
            if (fromUtf8(run.name) == name && !run.record.system.empty() && run.record.system != run.name)
                return tr("%1 (%2)", "run and its system").arg(name, fromUtf8(run.record.system));
        return name;
    };
    parts << (isComparing() ? (isPair ? tr("%1 and %2", "two runs") : tr("%1 minus %2", "two runs"))
                                  .arg(runText(AttentionHost::kFirst), runText(AttentionHost::kSecond))
                            : runText(AttentionHost::kFirst));
    const ViewSettings& view = m_bar->view();
    parts << methodTitle(view.heat.method);
    if (const auto result = m_host.result(AttentionHost::kFirst); result && m_heat.isAttention()) {
        const project::AttentionChoice shown = project::fittedChoice(*result, view.heat.attention);
        const int layers = project::attentionLayers(*result, shown.direction);
        parts << tr("layer %1 of %2").arg(shown.layer < 0 ? layers : shown.layer + 1).arg(layers);
        const int heads = project::attentionHeads(*result, shown.direction, shown.layer);
        parts << (shown.head < 0 ? tr("mean of %n heads", nullptr, heads) : tr("head %1").arg(shown.head + 1));
        parts << (shown.direction == project::AttentionDirection::TextToImage ? tr("words look at regions")
                                                                              : tr("regions look at words"));
        if (shown.renormalised) parts << tr("renormalised");
    }
    const auto entityText = [&](const std::vector<Entity>& entities) {
        const auto found = project::entityAt(entities, m_lanes->current(), m_lanes->wordCount());
        return found ? fromUtf8(found->type) : QStringLiteral("O");
    };
    const auto result = m_host.result(AttentionHost::kFirst);
    const QString predicted = result ? entityText(result->entities) : QStringLiteral("–");
    const workflow::Lane* gold = m_lanes->shown().reference();
    const QString entity = gold && gold->reading.isCovered
                               ? tr("“%1”: %2, gold %3", "words, predicted type, gold type")
                                     .arg(textOf(words), predicted, entityText(m_session.view().gold))
                               : tr("“%1”: %2", "words, predicted type").arg(textOf(words), predicted);
    figure.caption = tr("%1. %2. Post %3.", "what is shown, of which entity, of which post")
                         .arg(parts.join(tr(", ", "between parts of a caption")), entity, fromUtf8(post.externalId));
    if (heat.options.threshold > 0)
        figure.caption +=
            QLatin1Char(' ') + tr("Weights under %1 are not drawn.").arg(weightText(heat.options.threshold));
    if (heat.options.threshold > 0 && std::all_of(heat.sides.begin(), heat.sides.end(),
                                                  [](const project::Heat::Side& side) { return side.hottest.empty(); }))
        figure.caption += QLatin1Char(' ') + tr("No cell of this map reaches that.");
    figure.fileName = fileNameOf(
        QStringLiteral("%1-%2-%3").arg(QString::fromStdString(view.heat.method), first, fromUtf8(post.externalId)));
    return figure;
}

void AttentionPage::exportFigure() {
    if (!m_session.hasView() || m_session.isBlind() || m_heat.at(span()).maximum <= 0) return;
    if (!m_panel->hasMatrix()) fillMatrix();  // else it is filled
    const FigureSaving saving =
        figure().paintMatrix ? askAndSaveFigure(this, QStringLiteral("save-attention"), withMatrix())
                             : askAndSaveFigure(this, QStringLiteral("save-attention"), paperFigure(figure(), false));
    if (saving.error)
        m_banner->showError(*saving.error, tr("The figure was not saved."));
    else if (!saving.path.isEmpty())
        Q_EMIT statusMessage(tr("The figure is in %1").arg(saving.path));
}

FigureOption AttentionPage::withMatrix() const {
    return {QStringLiteral("matrix"), tr("With the table of words and regions"),
            [this](bool isOn) { return paperFigure(figure(), isOn); }};
}

std::vector<Page::CaptureDialog> AttentionPage::dialogsForCapture() {
    if (!m_session.hasView() || map().isEmpty()) return {};
    return {{QStringLiteral("figure"), [this]() -> QWidget* {
                 fillMatrix();
                 return new FigureDialog(withMatrix(), this);
             }}};
}

}  // namespace mnerva::ui
