#include "ui/session/layer_button.h"

#include <QMenu>
#include <algorithm>

#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

LayerButton::LayerButton(ProjectSession& session, QWidget* parent) : QToolButton(parent), m_session(session) {
    setObjectName(QStringLiteral("editedLayer"));
    setPopupMode(QToolButton::InstantPopup);
    setAutoRaise(true);
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("editedLayerMenu"));
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &LayerButton::fill);
    for (const auto signal : {&ProjectSession::opened, &ProjectSession::closed, &ProjectSession::layersChanged,
                              &ProjectSession::editedLayerChanged})
        connect(&session, signal, this, &LayerButton::refresh);
    retranslate();
}

void LayerButton::fill() {
    menu()->clear();
    const auto add = [this](const QString& text, const QString& layer) {
        QAction* action = menu()->addAction(withoutMnemonic(text));
        action->setCheckable(true);
        action->setChecked(m_session.editedLayer() == layer);
        connect(action, &QAction::triggered, this, [this, layer] {
            if (!m_session.setEditedLayer(layer)) refresh();  // what could not be saved is told where it failed
        });
    };
    add(tr("Corrected layer"), {});
    for (const project::LayerInfo& layer : m_session.layers())
        if (layer.kind == project::LayerKind::Annotator)
            add(layer.isBlind ? tr("%1 (blind)").arg(fromUtf8(layer.name)) : fromUtf8(layer.name),
                fromUtf8(layer.name));
}

void LayerButton::refresh() {
    const auto& layers = m_session.layers();
    const bool hasAnnotators = std::any_of(layers.begin(), layers.end(), [](const project::LayerInfo& layer) {
        return layer.kind == project::LayerKind::Annotator;
    });
    const QString layer = m_session.editedLayer();
    setVisible(m_session.isOpen() && (hasAnnotators || !layer.isEmpty()));
    const QString text = layer.isEmpty()       ? tr("Corrected layer")
                         : m_session.isBlind() ? tr("%1 (blind)").arg(layer)
                                               : layer;
    setText(withoutMnemonic(text) + QStringLiteral("  ▾"));
    setAccessibleName(tr("Layer that is edited: %1").arg(text));
}

void LayerButton::retranslate() {
    setToolTip(tr("The layer that is edited. A blind one hides gold, suggestions and other layers."));
    refresh();
}

}  // namespace mnerva::ui
