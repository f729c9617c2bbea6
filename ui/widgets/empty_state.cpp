#include "ui/widgets/empty_state.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/plain_text.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kSentenceWidth = 520;

}  // namespace

EmptyState::EmptyState(const QString& iconName, QWidget* parent)
    : QWidget(parent), m_iconName(iconName), m_picture(new QLabel), m_sentence(new QLabel), m_button(new QPushButton) {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2 * Theme::kGrid);
    m_picture->setAlignment(Qt::AlignCenter);
    m_sentence->setObjectName(QStringLiteral("emptyStateSentence"));
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);  // its height is asked for before the style sees it
    m_sentence->setFixedWidth(kSentenceWidth);
    m_button->setObjectName(QStringLiteral("emptyStateButton"));
    m_button->setDefault(true);
    m_button->setMinimumHeight(36);
    m_links = new QVBoxLayout;
    m_links->setSpacing(Theme::kGrid / 2);
    column->addStretch(2);
    column->addWidget(m_picture);
    column->addWidget(m_sentence, 0, Qt::AlignHCenter);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addLayout(m_links);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::triggered);
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, &EmptyState::restyle);
    restyle();
}

void EmptyState::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
    restyle();
}

void EmptyState::setButton(const QString& text) {
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

void EmptyState::setLinks(const QList<std::pair<QString, QString>>& links) {
    while (QLayoutItem* item = m_links->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto& [id, text] : links) {
        auto* link = new QPushButton(withoutMnemonic(text), this);
        link->setFlat(true);
        link->setObjectName(QStringLiteral("link.") + id);
        link->setCursor(Qt::PointingHandCursor);
        connect(link, &QPushButton::clicked, this, [this, id = id] { Q_EMIT linkTriggered(id); });
        m_links->addWidget(link, 0, Qt::AlignHCenter);
    }
    restyle();
}

void EmptyState::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) restyle();
    QWidget::changeEvent(event);
}

void EmptyState::restyle() {
    m_picture->setPixmap(Theme::pixmap(m_iconName, Theme::color(Theme::Role::DisabledText), 72, devicePixelRatioF()));
    m_sentence->setFont(Theme::headingFont());
    // A wrapped label in the middle of a column does not tell the layout its height by itself.
    m_sentence->setFixedHeight(std::max(0, m_sentence->heightForWidth(kSentenceWidth)));
    QPalette quiet = palette();
    quiet.setColor(QPalette::ButtonText, Theme::color(Theme::Role::Accent));
    for (int i = 0; i < m_links->count(); ++i) {
        if (QWidget* link = m_links->itemAt(i)->widget()) link->setPalette(quiet);
    }
}

}  // namespace mnerva::ui
