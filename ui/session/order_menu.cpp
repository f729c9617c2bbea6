#include "ui/session/order_menu.h"

#include <QActionGroup>
#include <QCoreApplication>

#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

using project::OrderKey;
using project::PostOrder;

struct OrderTexts {
    Q_DECLARE_TR_FUNCTIONS(PostOrder)
};

QString titleOf(OrderKey key) {
    switch (key) {
        case OrderKey::Project:
            return OrderTexts::tr("Project order");
        case OrderKey::Length:
            return OrderTexts::tr("Length");
        case OrderKey::Entities:
            return OrderTexts::tr("Number of entities");
        case OrderKey::LeastConfidence:
            return OrderTexts::tr("Least sure entity");
        case OrderKey::MeanUncertainty:
            return OrderTexts::tr("Doubt on average");
        case OrderKey::PictureDoubt:
            return OrderTexts::tr("What the picture changes");
        case OrderKey::Disagreement:
            return OrderTexts::tr("Disagreement of the runs");
        case OrderKey::Changed:
            return OrderTexts::tr("Last change");
    }
    return {};
}

/// What the numbers are made of.
QString noteOn(OrderKey key) {
    switch (key) {
        case OrderKey::Project:
            return OrderTexts::tr("As the posts were imported.");
        case OrderKey::Length:
            return OrderTexts::tr("Words of the post.");
        case OrderKey::Entities:
            return OrderTexts::tr("Entities of the layer that is edited.");
        case OrderKey::LeastConfidence:
            return OrderTexts::tr(
                "1 − the lowest confidence of an entity that the run found in the post. Posts without one "
                "come last.");
        case OrderKey::MeanUncertainty:
            return OrderTexts::tr(
                "Mean of −log confidence over the entities that the run found in the post: what MNLP is, "
                "made of entities, as a run keeps no more than their confidences.");
        case OrderKey::PictureDoubt:
            return OrderTexts::tr(
                "How far the probability of the entities moves without the picture, as the run’s influence "
                "file says.");
        case OrderKey::Disagreement:
            return OrderTexts::tr(
                "Entropy of the runs’ votes for each span, added up over the post. Posts that fewer than "
                "two runs speak of come last.");
        case OrderKey::Changed:
            return OrderTexts::tr(
                "When the post was last changed in the layer that is edited. Posts that nobody changed "
                "come last.");
    }
    return {};
}

/// What people want to see first.
bool beginsDescending(OrderKey key) {
    return key != OrderKey::Project && key != OrderKey::Length;
}

}  // namespace

QString orderTitle(const PostOrder& order) {
    const QString title = titleOf(order.key);
    return order.run.empty()
               ? title
               : OrderTexts::tr("%1: %2", "an order and the run it is of").arg(title, fromUtf8(order.run));
}

QString orderText(const PostOrder& order) {
    if (order.isProject()) return {};
    return orderTitle(order) + (order.isDescending ? QStringLiteral(" ↓") : QStringLiteral(" ↑"));
}

OrderMenu::OrderMenu(ProjectSession& session, QWidget* parent) : QMenu(parent), m_session(session) {
    setObjectName(QStringLiteral("orderMenu"));
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &OrderMenu::fill);
}

void OrderMenu::fill() {
    qDeleteAll(findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    clear();
    delete m_keys;
    m_keys = new QActionGroup(this);
    addKey(OrderKey::Project);
    addKey(OrderKey::Length);
    addKey(OrderKey::Entities);
    addKey(OrderKey::Changed);
    addSeparator();
    addRuns(OrderKey::LeastConfidence);
    addRuns(OrderKey::MeanUncertainty);
    addRuns(OrderKey::PictureDoubt);
    addDisagreement();
    addSeparator();
    addDirections();
    addSeparator();
    if (m_session.isSorting()) {
        addAction(tr("Stop sorting"), &m_session, &ProjectSession::stopSorting);
    } else {
        QAction* again = addAction(tr("Sort again"), &m_session, &ProjectSession::sortAgain);
        again->setToolTip(tr("Posts keep their places while you work; this puts them in order anew."));
        again->setEnabled(!m_session.order().isProject());
    }
}

QAction* OrderMenu::addChoice(QMenu* menu, const QString& text, const PostOrder& order, const QString& lacks) {
    const QString shown =
        lacks.isEmpty() ? text : tr("%1 (%2)", "an order that cannot be chosen, and why").arg(text, lacks);
    QAction* action = menu->addAction(withoutMnemonic(shown));
    action->setToolTip(noteOn(order.key));
    action->setCheckable(true);
    action->setEnabled(lacks.isEmpty());
    action->setActionGroup(m_keys);
    const PostOrder& now = m_session.order();
    action->setChecked(now.key == order.key && now.run == order.run);
    connect(action, &QAction::triggered, this, [this, order] { m_session.setOrder(order); });
    return action;
}

void OrderMenu::addKey(OrderKey key) {
    addChoice(this, titleOf(key), {key, beginsDescending(key)});
}

QString OrderMenu::lacking() const {
    if (m_session.isBlind()) return tr("the layer is blind");
    return m_session.runNumbers().empty() ? tr("no run yet") : QString();
}

void OrderMenu::addRuns(OrderKey key) {
    if (const QString lacks = lacking(); !lacks.isEmpty()) {
        addChoice(this, titleOf(key), {key, true, {}}, lacks);
        return;
    }
    QMenu* menu = addMenu(titleOf(key));
    menu->setToolTipsVisible(true);
    menu->menuAction()->setToolTip(noteOn(key));
    for (const project::RunNumbers& run : m_session.runNumbers()) {
        const bool isThere = key == OrderKey::PictureDoubt ? run.hasInfluence : run.hasConfidence;
        const QString lacks = isThere                         ? QString()
                              : key == OrderKey::PictureDoubt ? tr("not asked without its pictures yet")
                                                              : tr("keeps no confidences");
        addChoice(menu, fromUtf8(run.run), {key, true, run.run}, lacks);
    }
}

void OrderMenu::addDisagreement() {
    QString lacks = lacking();
    if (lacks.isEmpty() && m_session.runNumbers().size() < 2) lacks = tr("needs two runs");
    addChoice(this, titleOf(OrderKey::Disagreement), {OrderKey::Disagreement, true}, lacks);
}

void OrderMenu::addDirections() {
    auto* group = new QActionGroup(m_keys);
    for (const bool isDescending : {false, true}) {
        QAction* action = addAction(isDescending ? tr("Descending ↓") : tr("Ascending ↑"));
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(m_session.order().isDescending == isDescending);
        connect(action, &QAction::triggered, this, [this, isDescending] {
            PostOrder order = m_session.order();
            order.isDescending = isDescending;
            m_session.setOrder(order);
        });
    }
}

}  // namespace mnerva::ui
