#include "ui/widgets/banner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "core/base/log.h"
#include "ui/base/error_text.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

struct Look {
    Theme::Role surface, line;
    const char* icon;
};

Look lookOf(Banner::Kind kind) {
    switch (kind) {
        case Banner::Kind::Good:
            return {Theme::Role::GoodSurface, Theme::Role::Good, "check"};
        case Banner::Kind::Warning:
            return {Theme::Role::WarningSurface, Theme::Role::Warning, "warning"};
        case Banner::Kind::Error:
            return {Theme::Role::BadSurface, Theme::Role::Bad, "error"};
        case Banner::Kind::Info:
            break;
    }
    return {Theme::Role::InfoSurface, Theme::Role::Accent, "info"};
}

}  // namespace

Banner::Banner(QWidget* parent)
    : QWidget(parent), m_icon(new QLabel), m_text(new QLabel), m_copy(new QToolButton), m_close(new QToolButton) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setObjectName(QStringLiteral("bannerText"));
    QSizePolicy wide(QSizePolicy::Ignored, QSizePolicy::Preferred);
    wide.setHeightForWidth(true);
    m_text->setSizePolicy(wide);
    m_buttons = new QHBoxLayout;
    m_copy->setObjectName(QStringLiteral("bannerCopy"));
    m_close->setObjectName(QStringLiteral("bannerClose"));
    for (QToolButton* button : {m_copy, m_close}) {
        button->setAutoRaise(true);
        button->setIconSize({16, 16});
    }
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addLayout(m_buttons);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT closedByUser();
    });
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, &Banner::restyle);
    restyle();
    hide();
}

void Banner::showMessage(Kind kind, const QString& text, const QString& detail) {
    clear();
    m_kind = kind;
    m_text->setText(detail.isEmpty() ? text : text + QLatin1Char('\n') + detail);
    setAccessibleName(m_text->text());
    restyle();
    show();
}

void Banner::showError(const Error& error, const QString& what) {
    // Where the banner stands, by a name of ours: what it says may name files and posts.
    const QWidget* place = parentWidget();
    while (place && place->objectName().isEmpty()) place = place->parentWidget();
    log::error(error, place ? place->objectName().toStdString() : "banner");
    const QString sentence = errorText(error);
    showMessage(Kind::Error, what.isEmpty() ? sentence : what, what.isEmpty() ? QString() : sentence);
}

void Banner::addButton(const QString& text, std::function<void()> pressed) {
    auto* button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, [pressed = std::move(pressed)] { pressed(); });
    m_buttons->addWidget(button, 0, Qt::AlignVCenter);
}

void Banner::showNotice(const Notice& notice) {
    if (notice.error) {
        showError(*notice.error, notice.text);
    } else {
        showMessage(notice.kind, notice.text, notice.detail);
    }
    if (!notice.button.isEmpty()) addButton(notice.button, notice.run);
}

void Banner::clear() {
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_text->clear();
    hide();
}

void Banner::setClosable(bool closable) {
    m_closable = closable;
    m_close->setVisible(closable);
}

QString Banner::text() const {
    return m_text->text();
}

void Banner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look look = lookOf(m_kind);
    painter.fillRect(rect(), Theme::color(look.surface));
    painter.fillRect(QRect(0, 0, 3, height()), Theme::color(look.line));
}

void Banner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) restyle();
    QWidget::changeEvent(event);
}

void Banner::restyle() {
    const Look look = lookOf(m_kind);
    m_icon->setPixmap(Theme::pixmap(QString::fromLatin1(look.icon), Theme::color(look.line), 20, devicePixelRatioF()));
    m_copy->setIcon(Theme::icon(QStringLiteral("copy")));
    m_close->setIcon(Theme::icon(QStringLiteral("close")));
    m_copy->setToolTip(tr("Copy this message"));
    m_close->setToolTip(tr("Close this message"));
    m_copy->setAccessibleName(m_copy->toolTip());
    m_close->setAccessibleName(m_close->toolTip());
    m_copy->setVisible(m_kind == Kind::Error || m_kind == Kind::Warning);
    m_close->setVisible(m_closable);
    update();
}

}  // namespace mnerva::ui
