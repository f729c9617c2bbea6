#include "ui/pages/attention/similar_panel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

using State = SimilarHost::State;

QPushButton* partButton(QWidget* parent, const char* name) {
    auto* button = new QPushButton(parent);
    button->setObjectName(QLatin1String(name));
    return button;
}

QComboBox* partBox(QWidget* parent, const char* name) {
    auto* box = new QComboBox(parent);
    box->setObjectName(QLatin1String(name));
    return box;
}

}  // namespace

SimilarPanel::SimilarPanel(SimilarHost& host, QWidget* parent) : QWidget(parent), m_host(host) {
    setObjectName(QStringLiteral("similarPanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kGrid);
    auto* row = new QHBoxLayout;
    row->addWidget(m_order = partBox(this, "similarOrder"));
    row->addWidget(m_split = partBox(this, "similarSplit"));
    row->addStretch(1);
    row->addWidget(m_compute = partButton(this, "computeMaps"));
    row->addWidget(m_cancel = partButton(this, "cancelMaps"));
    row->addWidget(m_all = partButton(this, "similarInCases"));
    column->addLayout(row);
    column->addWidget(m_state = new QLabel(this));
    m_state->setObjectName(QStringLiteral("similarState"));
    m_state->setFont(Theme::secondaryFont());
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);  // the command is for copying
    column->addWidget(m_tiles = new SimilarTiles(this), 1);
    m_tiles->setObjectName(QStringLiteral("similarTiles"));
    for (int i = 0; i < 2; ++i) m_order->addItem(QString());
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) Q_EMIT orderChosen();
    });
    connect(m_split, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) Q_EMIT splitChosen(m_split->currentData().toString());
    });
    connect(m_compute, &QPushButton::clicked, &m_host, &SimilarHost::compute);
    connect(m_cancel, &QPushButton::clicked, &m_host, &SimilarHost::cancel);
    connect(m_all, &QPushButton::clicked, this, &SimilarPanel::allWanted);
    connect(m_tiles, &SimilarTiles::opened, this, &SimilarPanel::opened);
    for (QWidget* part : std::initializer_list<QWidget*>{m_compute, m_cancel, m_all}) part->setVisible(false);
    retranslate();
}

SimilarHost::Order SimilarPanel::order() const {
    return m_order->currentIndex() == 1 ? SimilarHost::Order::Sharpest : SimilarHost::Order::Alike;
}

void SimilarPanel::fillSplits(const project::ProjectInfo& info) {
    m_filling = true;
    m_split->clear();
    for (const Split split : {Split::Test, Split::Valid, Split::Train})
        if (const auto found = info.postsOfSplit.find(split); found != info.postsOfSplit.end() && found->second > 0)
            m_split->addItem(tr("posts: %1", "split").arg(splitText(split)),
                             QString::fromStdString(std::string(splitName(split))));
    m_split->addItem(tr("all posts"), QString());
    m_split->setCurrentIndex(std::max(0, m_split->findData(QString::fromStdString(m_host.split()))));
    m_filling = false;
}

QString SimilarPanel::describe(const QString& what, const QString& set, bool isBlind) const {
    switch (m_host.state()) {
        case State::Off:
        case State::Reading:
            return {};
        case State::Computing:
            return m_host.fraction() >= 0
                       ? tr("Computing the maps of these posts: %1 %").arg(int(100 * m_host.fraction()))
                       : tr("Computing the maps of these posts…");
        case State::Missing:
            return tr("The run's maps of these posts are computed once and kept with it; you can go on working "
                      "meanwhile. The same on the command line: %1")
                .arg(m_host.commandText());
        case State::Damaged:
            return tr("The maps that were kept cannot be used: %1")
                .arg(m_host.fault() ? errorText(*m_host.fault()) : QString());
        case State::OtherWeights:
            return tr("The maps that were kept are of other weights: the run was trained further since.");
        case State::Ready:
            break;
    }
    const int maps = int(m_host.index()->entities.size());
    if (order() == SimilarHost::Order::Sharpest)
        return tr("Entropy of %Ln maps, 0 sharpest, 1 flat · %1", nullptr, maps).arg(set);
    if (isBlind) return tr("These words have no map that points somewhere, so none is like it. Choose other words.");
    return tr("Cosine to the map of %1 among %Ln maps · %2", nullptr, maps).arg(what, set);
}

void SimilarPanel::show(const project::ProjectInfo& info, const QString& what, const QString& set, bool isBlind) {
    fillSplits(info);
    const State state = m_host.state();
    QString text = describe(what, set, isBlind);
    const bool isOutdated = state == State::Ready && m_host.isOutdated();
    if (isOutdated) text += QLatin1Char('\n') + tr("Posts have come or gone since these maps were computed.");
    m_state->setText(text);
    const bool canCompute =
        isOutdated || state == State::Missing || state == State::Damaged || state == State::OtherWeights;
    m_compute->setVisible(canCompute);
    m_compute->setText(state == State::Missing ? tr("Compute the maps") : tr("Compute them anew"));
    m_cancel->setVisible(state == State::Computing);
}

void SimilarPanel::showFound(const LabelSet& labels) {
    m_all->setVisible(!m_host.found().empty());
    m_tiles->setFound(m_host.found(), labels);
}

void SimilarPanel::retranslate() {
    m_filling = true;
    m_order->setItemText(0, tr("most alike"));
    m_order->setItemText(1, tr("sharpest"));
    m_filling = false;
    m_order->setItemData(0, tr("The posts whose map is most like that of the words you look at"), Qt::ToolTipRole);
    m_order->setItemData(1, tr("The posts where the chosen layer and head look at the fewest cells"), Qt::ToolTipRole);
    m_order->setAccessibleName(tr("Order"));
    m_split->setAccessibleName(tr("Posts that are searched"));
    m_all->setText(tr("All in Cases"));
    m_all->setToolTip(tr("Show just these posts on the Cases page, with what all runs say of them"));
    m_cancel->setText(tr("Cancel"));
    m_compute->setToolTip(tr("One pass of the run over the posts; relevancy needs one more for each entity"));
    m_state->setToolTip(
        tr("Of each post the entity whose map is nearest, or sharpest; the twelve posts that come first"));
    m_tiles->setAccessibleName(tr("Posts with similar maps"));
}

}  // namespace mnerva::ui
