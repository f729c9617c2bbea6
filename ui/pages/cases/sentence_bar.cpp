#include "ui/pages/cases/sentence_bar.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <algorithm>
#include <array>

#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/cases_host.h"
#include "ui/session/lanes_picture.h"

namespace mnerva::ui {
namespace {

using workflow::SentenceFilter;
using Agreement = SentenceFilter::Agreement;
using Picture = SentenceFilter::Picture;
using Wanted = SentenceFilter::Wanted;

constexpr std::array kAgreements{Agreement::Any, Agreement::SomeWrong, Agreement::Differ, Agreement::AllAgainst,
                                 Agreement::AllRight};
constexpr std::array kPictures{Picture::Any, Picture::With, Picture::Without};
constexpr int kLongestButton = 28;

QString agreementText(Agreement agreement) {
    switch (agreement) {
        case Agreement::Any:
            return SentenceBar::tr("All posts");
        case Agreement::SomeWrong:
            return SentenceBar::tr("A system is wrong");
        case Agreement::Differ:
            return SentenceBar::tr("Systems differ");
        case Agreement::AllAgainst:
            return SentenceBar::tr("All agree against gold");
        case Agreement::AllRight:
            return SentenceBar::tr("All are right");
    }
    return {};
}

QString pictureText(Picture picture) {
    switch (picture) {
        case Picture::Any:
            return SentenceBar::tr("Any picture");
        case Picture::With:
            return SentenceBar::tr("With picture");
        case Picture::Without:
            return SentenceBar::tr("Without picture");
    }
    return {};
}

QString shortened(QString text) {
    if (text.size() > kLongestButton) text = text.left(kLongestButton - 1) + QChar(0x2026);
    return withoutMnemonic(text);
}

QAction* addChoice(QMenu& menu, const QString& text, bool isChosen, std::function<void()> choose) {
    QAction* action = menu.addAction(withoutMnemonic(text));
    action->setCheckable(true);
    action->setChecked(isChosen);
    QObject::connect(action, &QAction::triggered, &menu, std::move(choose));
    return action;
}

}  // namespace

SentenceBar::SentenceBar(CasesHost& host, QWidget* parent) : QWidget(parent), m_host(host) {
    setObjectName(QStringLiteral("sentenceBar"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kGrid / 2);
    m_views = addMenuButton("caseViews", &SentenceBar::fillViews);
    m_agreement = addMenuButton("caseAgreement", &SentenceBar::fillAgreement);
    m_layers = addMenuButton("caseLayerParts", &SentenceBar::fillLayers);
    m_kinds = addMenuButton("caseKinds", &SentenceBar::fillKinds);
    m_picture = addMenuButton("casePicture", &SentenceBar::fillPicture);
    m_clear = new QToolButton(this);
    m_clear->setObjectName(QStringLiteral("caseClear"));
    m_clear->setAutoRaise(true);
    m_clear->setIcon(Theme::icon(QStringLiteral("close")));
    layout->addWidget(m_clear);
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("caseCount"));
    layout->addSpacing(Theme::kGrid);
    layout->addWidget(m_count);
    layout->addStretch(1);
    connect(m_clear, &QToolButton::clicked, this, [this] { m_host.setFilter({}); });
    connect(&host, &CasesHost::listChanged, this, &SentenceBar::refresh);
    retranslate();
}

QToolButton* SentenceBar::addMenuButton(const char* name, void (SentenceBar::*fill)(QMenu&)) {
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    menu->setObjectName(QLatin1String(name) + QStringLiteral("Menu"));
    button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, fill] {
        menu->clear();
        (this->*fill)(*menu);
    });
    layout()->addWidget(button);
    return button;
}

void SentenceBar::fillAgreement(QMenu& menu) {
    for (const Agreement agreement : kAgreements)
        addChoice(menu, agreementText(agreement), m_host.filter().agreement == agreement, [this, agreement] {
            SentenceFilter filter = m_host.filter();
            filter.agreement = agreement;
            m_host.setFilter(filter);
        });
}

void SentenceBar::fillLayers(QMenu& menu) {
    for (const QString& layer : m_host.chosenLayers()) {
        QMenu* sub = menu.addMenu(withoutMnemonic(layer));
        sub->setObjectName(QStringLiteral("caseLayerPart"));
        std::optional<Wanted> now;
        for (const auto& part : m_host.filter().layers)
            if (fromUtf8(part.layer) == layer) now = part.wanted;
        const auto set = [this, layer](std::optional<Wanted> wanted) {
            SentenceFilter filter = m_host.filter();
            std::erase_if(filter.layers, [&](const auto& part) { return fromUtf8(part.layer) == layer; });
            if (wanted) filter.layers.push_back({toUtf8(layer), *wanted});
            m_host.setFilter(filter);
        };
        addChoice(*sub, tr("right or wrong"), !now, [set] { set(std::nullopt); });
        addChoice(*sub, tr("right"), now == Wanted::Right, [set] { set(Wanted::Right); });
        addChoice(*sub, tr("wrong"), now == Wanted::Wrong, [set] { set(Wanted::Wrong); });
    }
}

void SentenceBar::fillKinds(QMenu& menu) {
    const workflow::CaseWords words = caseWords();
    addChoice(menu, tr("Any error"), m_host.filter().kinds.empty(), [this] {
        SentenceFilter filter = m_host.filter();
        filter.kinds.clear();
        m_host.setFilter(filter);
    });
    for (std::size_t k = 0; k < eval::kErrorKinds; ++k) {
        const auto kind = static_cast<eval::ErrorKind>(k);
        const auto& kinds = m_host.filter().kinds;
        const bool isChosen = std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
        addChoice(menu, fromUtf8(words.errors[k]), isChosen, [this, kind, isChosen] {
            SentenceFilter filter = m_host.filter();
            std::erase(filter.kinds, kind);
            if (!isChosen) filter.kinds.push_back(kind);
            m_host.setFilter(filter);
        });
    }
}

void SentenceBar::fillPicture(QMenu& menu) {
    for (const Picture picture : kPictures)
        addChoice(menu, pictureText(picture), m_host.filter().picture == picture, [this, picture] {
            SentenceFilter filter = m_host.filter();
            filter.picture = picture;
            m_host.setFilter(filter);
        });
}

void SentenceBar::fillViews(QMenu& menu) {
    addChoice(menu, tr("Whole project"), m_host.filter().posts.empty(), [this] {
        SentenceFilter filter = m_host.filter();
        filter.posts.clear();
        m_host.setFilter(filter);
    });
    for (const workflow::SavedView& view : m_host.views())
        addChoice(menu, QCoreApplication::translate("SavedView", view.title.c_str()),
                  m_host.filter().posts == view.posts, [this, posts = view.posts] {
                      SentenceFilter filter;
                      filter.posts = posts;
                      m_host.setFilter(filter);
                  });
}

QString SentenceBar::layersText() const {
    QStringList parts;
    for (const auto& part : m_host.filter().layers)
        parts << (part.wanted == Wanted::Right ? tr("%1 right") : tr("%1 wrong")).arg(fromUtf8(part.layer));
    return parts.isEmpty() ? tr("Any layer") : parts.join(tr(", ", "between parts of a sentence"));
}

QString SentenceBar::kindsText() const {
    const workflow::CaseWords words = caseWords();
    QStringList parts;
    for (const eval::ErrorKind kind : m_host.filter().kinds) parts << fromUtf8(words.of(kind));
    return parts.isEmpty() ? tr("Any error") : parts.join(tr(", ", "between parts of a sentence"));
}

QString SentenceBar::viewText() const {
    if (m_host.filter().posts.empty()) return tr("Whole project");
    for (const workflow::SavedView& view : m_host.views())
        if (view.posts == m_host.filter().posts) return QCoreApplication::translate("SavedView", view.title.c_str());
    return tr("%n chosen post(s)", nullptr, static_cast<int>(m_host.filter().posts.size()));
}

void SentenceBar::refresh() {
    const SentenceFilter& filter = m_host.filter();
    m_views->setText(shortened(viewText()));
    m_agreement->setText(shortened(agreementText(filter.agreement)));
    m_layers->setText(shortened(layersText()));
    m_layers->setToolTip(layersText());
    m_kinds->setText(shortened(kindsText()));
    m_kinds->setToolTip(kindsText());
    m_picture->setText(shortened(pictureText(filter.picture)));
    m_clear->setEnabled(!filter.queryLine().empty() || !filter.kinds.empty());
    m_layers->setEnabled(!m_host.chosenLayers().isEmpty());
    const bool isRead = m_host.state() == CasesHost::State::Ready || m_host.state() == CasesHost::State::Nothing;
    m_count->setText(isRead ? tr("%n post(s)", nullptr, m_host.found()) : QString());
}

void SentenceBar::retranslate() {
    m_views->setAccessibleName(tr("Posts to choose from"));
    m_agreement->setAccessibleName(tr("What the systems say together"));
    m_layers->setAccessibleName(tr("Which layer is right or wrong"));
    m_kinds->setAccessibleName(tr("Kind of error"));
    m_picture->setAccessibleName(tr("Picture"));
    m_clear->setToolTip(tr("Show all posts"));
    m_clear->setAccessibleName(tr("Show all posts"));
    refresh();
}

}  // namespace mnerva::ui
