#include "ui/pages/cases/sentence_bar.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <algorithm>
#include <array>

#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/cases_host.h"
#include "ui/session/lanes_picture.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

using query::ImageState;
using query::Influence;
using workflow::CaseSentence;
using Agreement = CaseSentence::Agreement;
using Wanted = CaseSentence::Wanted;

constexpr std::array kAgreements{Agreement::Any, Agreement::SomeWrong, Agreement::Differ, Agreement::AllAgainst,
                                 Agreement::AllRight};
constexpr std::array kInfluences{Influence::Helped, Influence::Hurt, Influence::Same};
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

QString stateText(const std::optional<ImageState>& state) {
    if (!state) return SentenceBar::tr("Any picture");
    switch (*state) {
        case ImageState::Yes:
            return SentenceBar::tr("With picture");
        case ImageState::No:
            return SentenceBar::tr("Without picture");
        case ImageState::Missing:
            return SentenceBar::tr("Picture not found");
    }
    return {};
}

QString influenceText(Influence influence) {
    switch (influence) {
        case Influence::Helped:
            return SentenceBar::tr("picture helped");
        case Influence::Hurt:
            return SentenceBar::tr("picture hurt");
        case Influence::Same:
            return SentenceBar::tr("picture changed nothing");
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
    layout->addStretch(1);
    connect(m_clear, &QToolButton::clicked, this, [this] { m_host.setSentence({}); });
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

void SentenceBar::write(const std::function<void(CaseSentence&)>& change) {
    CaseSentence said = m_host.sentence();
    change(said);
    m_host.setSentence(said);
}

void SentenceBar::fillAgreement(QMenu& menu) {
    const bool areSeveral = m_host.chosenLayers().size() > 1;
    for (const Agreement agreement : kAgreements) {
        QAction* action = addChoice(menu, agreementText(agreement), m_said.agreement == agreement, [this, agreement] {
            write([&](CaseSentence& said) {
                said.agreement = agreement;
                if (agreement == Agreement::Any) said.kinds.clear();
            });
        });
        action->setEnabled(areSeveral || agreement != Agreement::Differ);
    }
}

void SentenceBar::fillLayers(QMenu& menu) {
    for (const QString& layer : m_host.chosenLayers()) {
        QMenu* sub = menu.addMenu(withoutMnemonic(layer));
        sub->setObjectName(QStringLiteral("caseLayerPart"));
        std::optional<Wanted> now;
        for (const auto& part : m_said.layers)
            if (fromUtf8(part.layer) == layer) now = part.wanted;
        const auto set = [this, layer](std::optional<Wanted> wanted) {
            write([&](CaseSentence& said) {
                std::erase_if(said.layers, [&](const auto& part) { return fromUtf8(part.layer) == layer; });
                if (wanted) said.layers.push_back({toUtf8(layer), *wanted});
            });
        };
        addChoice(*sub, tr("right or wrong"), !now, [set] { set(std::nullopt); });
        addChoice(*sub, tr("right"), now == Wanted::Right, [set] { set(Wanted::Right); });
        addChoice(*sub, tr("wrong"), now == Wanted::Wrong, [set] { set(Wanted::Wrong); });
    }
}

void SentenceBar::fillKinds(QMenu& menu) {
    const workflow::CaseWords words = caseWords();
    addChoice(menu, tr("Any error"), m_said.kinds.empty(),
              [this] { write([](CaseSentence& said) { said.kinds.clear(); }); });
    for (std::size_t k = 0; k < eval::kErrorKinds; ++k) {
        const auto kind = static_cast<eval::ErrorKind>(k);
        const bool isChosen = std::find(m_said.kinds.begin(), m_said.kinds.end(), kind) != m_said.kinds.end();
        addChoice(menu, fromUtf8(words.errors[k]), isChosen, [this, kind, isChosen] {
            write([&](CaseSentence& said) {
                std::erase(said.kinds, kind);
                if (!isChosen) said.kinds.push_back(kind);
            });
        });
    }
}

void SentenceBar::fillPicture(QMenu& menu) {
    for (const std::optional<ImageState> state :
         {std::optional<ImageState>(), {ImageState::Yes}, {ImageState::No}, {ImageState::Missing}})
        addChoice(menu, stateText(state), m_said.picture == state && (state || !m_said.effect), [this, state] {
            write([&](CaseSentence& said) {
                said.picture = state;
                if (!state) said.effect.reset();
            });
        });
    menu.addSeparator();
    for (const QString& layer : m_host.chosenLayers()) {
        QMenu* sub = menu.addMenu(withoutMnemonic(layer));
        sub->setObjectName(QStringLiteral("caseEffect"));
        fillEffects(*sub, layer);
    }
}

void SentenceBar::fillEffects(QMenu& menu, const QString& layer) {
    const bool isKnown = m_host.hasInfluence(layer);
    for (const Influence influence : kInfluences) {
        const CaseSentence::Effect effect{toUtf8(layer), influence};
        addChoice(menu, influenceText(influence), m_said.effect == effect, [this, effect] {
            write([&](CaseSentence& said) { said.effect = effect; });
        })->setEnabled(isKnown);
    }
    if (!isKnown) menu.addAction(tr("Not measured yet: mnerva-cli predict --influence"))->setEnabled(false);
}

void SentenceBar::fillViews(QMenu& menu) {
    addChoice(menu, tr("Whole project"), m_said.posts.empty(),
              [this] { write([](CaseSentence& said) { said.posts.clear(); }); });
    for (const workflow::SavedView& view : m_host.views())
        addChoice(menu, QCoreApplication::translate("SavedView", view.title.c_str()), m_said.posts == view.posts,
                  [this, posts = view.posts] {
                      CaseSentence said;
                      said.posts = posts;
                      m_host.setSentence(said);
                  });
}

QString SentenceBar::layersText() const {
    QStringList parts;
    for (const auto& part : m_said.layers)
        parts << (part.wanted == Wanted::Right ? tr("%1 right") : tr("%1 wrong")).arg(fromUtf8(part.layer));
    return parts.isEmpty() ? tr("Any layer") : parts.join(tr(", ", "between parts of a sentence"));
}

QString SentenceBar::kindsText() const {
    const workflow::CaseWords words = caseWords();
    QStringList parts;
    for (const eval::ErrorKind kind : m_said.kinds) parts << fromUtf8(words.of(kind));
    return parts.isEmpty() ? tr("Any error") : parts.join(tr(", ", "between parts of a sentence"));
}

QString SentenceBar::pictureText() const {
    if (!m_said.effect) return stateText(m_said.picture);
    const QString effect = tr("%1: %2", "a layer and what its picture did")
                               .arg(fromUtf8(m_said.effect->run), influenceText(m_said.effect->influence));
    return m_said.picture ? tr("%1, %2", "parts of a sentence").arg(stateText(m_said.picture), effect) : effect;
}

QString SentenceBar::viewText() const {
    if (m_said.posts.empty()) return tr("Whole project");
    for (const workflow::SavedView& view : m_host.views())
        if (view.posts == m_said.posts) return QCoreApplication::translate("SavedView", view.title.c_str());
    return tr("%n post(s) by id", nullptr, static_cast<int>(m_said.posts.size()));
}

void SentenceBar::refresh() {
    m_said = m_host.sentence();
    m_views->setText(shortened(viewText()));
    m_agreement->setText(shortened(agreementText(m_said.agreement)));
    m_layers->setText(shortened(layersText()));
    m_layers->setToolTip(layersText());
    m_kinds->setText(shortened(kindsText()));
    m_kinds->setToolTip(kindsText());
    m_picture->setText(shortened(pictureText()));
    m_picture->setToolTip(pictureText());
    m_clear->setEnabled(!m_host.session().filter().trimmed().isEmpty() || m_host.session().isShowingOnly());
    m_layers->setEnabled(!m_host.chosenLayers().isEmpty());
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
