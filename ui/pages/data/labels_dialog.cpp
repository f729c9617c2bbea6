#include "ui/pages/data/labels_dialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/label_names.h"
#include "ui/widgets/banner.h"

namespace mnerva::ui {
namespace {

constexpr int kDigits = 10, kSwatch = 14, kKeyMargin = 12;
constexpr int kKeyRole = Qt::UserRole + 1;

/// "1" to "0", then "⇧1" to "⇧0"; nothing after that.
QString digitOf(int row) {
    if (row >= 2 * kDigits) return {};
    const QString digit = QString::number((row + 1) % kDigits);
    return row < kDigits ? digit : QStringLiteral("⇧") + digit;
}

QIcon swatch(const QColor& colour) {
    QPixmap pixmap(kSwatch, kSwatch);
    pixmap.fill(colour);
    return pixmap;
}

/// A row with its key at the right, where all keys stand under each other.
class KeyDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setFont(Theme::secondaryFont());
        painter->setPen(Theme::color(Theme::Role::SecondaryText));
        painter->drawText(option.rect.adjusted(0, 0, -kKeyMargin, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(kKeyRole).toString());
        painter->restore();
    }
};

}  // namespace

LabelsDialog::LabelsDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent),
      m_session(session),
      m_banner(new Banner),
      m_list(new QListWidget),
      m_name(new QLineEdit),
      m_message(new QLabel),
      m_add(new QPushButton(tr("Add"))),
      m_store(new QPushButton(tr("Save labels"))),
      m_remove(new QToolButton),
      m_up(new QToolButton),
      m_down(new QToolButton) {
    setObjectName(QStringLiteral("labelsDialog"));
    setWindowTitle(tr("Labels of the project"));
    resize(440, 480);
    nameFields();
    layOut();
    for (const std::string& type : session.labels().types) m_list->addItem(fromUtf8(type));
    m_list->setCurrentRow(0);
    showKeys();
    m_store->setEnabled(!session.isReadOnly());
    connect(m_add, &QPushButton::clicked, this, &LabelsDialog::addTyped);
    connect(m_name, &QLineEdit::textEdited, m_message, &QLabel::clear);
    // Enter does what the framed button says: while a name is typed it adds the name, it never closes the dialog.
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString& typed) { (typed.isEmpty() ? m_store : m_add)->setDefault(true); });
    connect(m_remove, &QToolButton::clicked, this, &LabelsDialog::removeCurrent);
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_store, &QPushButton::clicked, this, &LabelsDialog::store);
}

void LabelsDialog::nameFields() {
    m_list->setObjectName(QStringLiteral("labelsList"));
    m_list->setItemDelegate(new KeyDelegate(m_list));
    m_list->setAccessibleName(tr("Labels in the order of their keys"));
    m_name->setObjectName(QStringLiteral("labelsName"));
    m_name->setPlaceholderText(tr("Name of a new label"));
    m_name->setAccessibleName(m_name->placeholderText());
    m_add->setObjectName(QStringLiteral("labelsAdd"));
    m_add->setAutoDefault(false);
    m_store->setObjectName(QStringLiteral("labelsStore"));
    m_store->setDefault(true);
    m_message->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("labelsMessage"));
    QPalette red;
    red.setColor(QPalette::WindowText, Theme::color(Theme::Role::Bad));
    m_message->setPalette(red);
}

void LabelsDialog::layOut() {
    const std::tuple<QToolButton*, const char*, QString> tools[] = {{m_up, "up", tr("Move up")},
                                                                    {m_down, "down", tr("Move down")},
                                                                    {m_remove, "trash", tr("Take this label away")}};
    auto* side = new QVBoxLayout;
    for (const auto& [button, icon, text] : tools) {
        button->setIcon(Theme::icon(QString::fromLatin1(icon)));
        button->setAutoRaise(true);
        button->setToolTip(text);
        button->setAccessibleName(text);
        side->addWidget(button);
    }
    side->addStretch();
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_banner);
    auto* middle = new QHBoxLayout;
    middle->addWidget(m_list, 1);
    middle->addLayout(side);
    column->addLayout(middle, 1);
    auto* adding = new QHBoxLayout;
    adding->addWidget(m_name, 1);
    adding->addWidget(m_add);
    column->addLayout(adding);
    column->addWidget(m_message);
    auto* last = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    last->addStretch();
    last->addWidget(cancel);
    last->addWidget(m_store);
    column->addLayout(last);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
}

std::vector<std::string> LabelsDialog::types() const {
    std::vector<std::string> all;
    for (int row = 0; row < m_list->count(); ++row)
        all.push_back(toUtf8(m_list->item(row)->data(Qt::UserRole).toString()));
    return all;
}

void LabelsDialog::addTyped() {
    if (add(m_name->text())) m_name->clear();
    m_name->setFocus();
}

bool LabelsDialog::add(const QString& name) {
    const QString trimmed = name.trimmed();
    const QString wrong = whyNoLabelName(trimmed, types());
    m_message->setText(wrong);
    if (!wrong.isEmpty()) return false;
    m_list->addItem(trimmed);
    showKeys();
    m_list->setCurrentRow(m_list->count() - 1);
    return true;
}

void LabelsDialog::removeCurrent() {
    delete m_list->takeItem(m_list->currentRow());
    showKeys();
}

void LabelsDialog::move(int by) {
    const int from = m_list->currentRow(), to = from + by;
    if (from < 0 || to < 0 || to >= m_list->count()) return;
    m_list->insertItem(to, m_list->takeItem(from));
    m_list->setCurrentRow(to);
    showKeys();
}

void LabelsDialog::showKeys() {
    LabelSet labels;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        if (!item->data(Qt::UserRole).isValid()) item->setData(Qt::UserRole, item->text());
        labels.types.push_back(toUtf8(item->data(Qt::UserRole).toString()));
    }
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        const QString name = item->data(Qt::UserRole).toString(), digit = digitOf(row);
        item->setText(name);
        item->setData(kKeyRole, digit.isEmpty() ? QString() : tr("key %1", "that gives a label").arg(digit));
        item->setData(Qt::AccessibleTextRole,
                      digit.isEmpty() ? name : tr("%1, key %2", "label and its key").arg(name, digit));
        item->setIcon(swatch(Theme::labelColor(toUtf8(name), labels)));
    }
    m_remove->setEnabled(m_list->count() > 0);
}

void LabelsDialog::store() {
    // A name that was typed and not added yet is meant.
    if (!m_name->text().trimmed().isEmpty()) {
        addTyped();
        if (!m_name->text().isEmpty()) return;
    }
    LabelSet labels = m_session.labels();
    labels.types = types();
    m_store->setEnabled(false);
    m_session.write([labels](project::Project& project) { project.setLabels(labels); },
                    [self = QPointer<LabelsDialog>(this), session = &m_session](const std::optional<Error>& error) {
                        if (!error) session->refresh();
                        if (!self) return;
                        self->m_store->setEnabled(true);
                        if (error) {
                            self->m_banner->showError(*error, tr("The labels were not changed."));
                        } else {
                            self->accept();
                        }
                    });
}

}  // namespace mnerva::ui
