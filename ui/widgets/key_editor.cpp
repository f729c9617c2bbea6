#include "ui/widgets/key_editor.h"

#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/look/theme.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

/// Qt's own text of the key field: named here so that our translators have it where Qt's are not installed.
[[maybe_unused]] constexpr const char* kOfQt[] = {QT_TRANSLATE_NOOP("QKeySequenceEdit", "Press shortcut"),
                                                  QT_TRANSLATE_NOOP("QKeySequenceEdit", "%1, ...")};

}  // namespace

KeyEditor::KeyEditor(ActionRegistry& actions, QWidget* parent)
    : QWidget(parent),
      m_actions(actions),
      m_model(actions),
      m_search(new QLineEdit),
      m_table(new QTableView),
      m_chosen(new QLabel),
      m_message(new QLabel),
      m_key(new QKeySequenceEdit),
      m_assign(new QPushButton),
      m_reset(new QPushButton),
      m_resetAll(new QPushButton) {
    layOut();
    connect(m_search, &QLineEdit::textChanged, &m_model, &KeyTableModel::setNeedle);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &KeyEditor::showChosen);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KeyEditor::showChosen);
    connect(m_assign, &QPushButton::clicked, this, [this] { assign(m_key->keySequence()); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_actions.resetKeys(chosenId());
        showChosen();
    });
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        const int answer = dialogs::ask(this, {QStringLiteral("reset-keys"),
                                               tr("Keys"),
                                               tr("Set all keys back to their defaults?"),
                                               tr("The keys you chose are forgotten."),
                                               {tr("Set back"), tr("Keep mine")}});
        if (answer == 0) m_actions.resetAll();
        showChosen();
    });
    retranslate();
    showChosen();
}

void KeyEditor::layOut() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_search->setObjectName(QStringLiteral("keySearch"));
    m_search->setClearButtonEnabled(true);
    m_table->setObjectName(QStringLiteral("keyTable"));
    m_table->setModel(&m_model);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(28);
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(280);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(KeyTableModel::Action, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(KeyTableModel::Group, QHeaderView::ResizeToContents);
    m_table->setColumnWidth(KeyTableModel::Key, 150);
    m_key->setObjectName(QStringLiteral("keyEdit"));
    m_assign->setObjectName(QStringLiteral("keyAssign"));
    m_reset->setObjectName(QStringLiteral("keyReset"));
    m_resetAll->setObjectName(QStringLiteral("keyResetAll"));
    m_message->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("keyMessage"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_key, 1);
    row->addWidget(m_assign);
    row->addWidget(m_reset);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    column->addWidget(m_chosen);
    column->addLayout(row);
    auto* last = new QHBoxLayout;
    last->addWidget(m_message, 1);
    last->addWidget(m_resetAll);
    column->addLayout(last);
}

void KeyEditor::retranslate() {
    m_search->setPlaceholderText(tr("Find an action or a key"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_key->setAccessibleName(tr("New key"));
    m_assign->setText(tr("Set key"));
    m_reset->setText(tr("Default"));
    m_resetAll->setText(tr("All defaults…"));
    m_model.rebuild();
    showChosen();
}

QString KeyEditor::chosenId() const {
    return m_model.idAt(m_table->currentIndex().row());
}

void KeyEditor::choose(const QString& id) {
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.idAt(row) == id) m_table->setCurrentIndex(m_model.index(row, 0));
    }
}

QString KeyEditor::message() const {
    return m_message->text();
}

bool KeyEditor::assign(const QKeySequence& key) {
    const QString id = chosenId();
    if (id.isEmpty()) return false;
    QString takenBy;
    const QList<QKeySequence> keys = key.isEmpty() ? QList<QKeySequence>{} : QList<QKeySequence>{key};
    const bool done = m_actions.setKeys(id, keys, &takenBy);
    showChosen();
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, Theme::color(done ? Theme::Role::Good : Theme::Role::Bad));
    m_message->setPalette(ink);
    m_message->setText(done ? tr("The key of “%1” was changed.").arg(m_actions.text(id))
                            : tr("%1 is the key of “%2” already; change that one first.")
                                  .arg(key.toString(QKeySequence::NativeText), m_actions.text(takenBy)));
    return done;
}

void KeyEditor::showChosen() {
    const QString id = chosenId();
    const bool any = !id.isEmpty();
    m_chosen->setText(any ? m_actions.text(id) : tr("Choose an action above."));
    m_key->setKeySequence(any ? m_actions.key(id) : QKeySequence());
    m_message->clear();
    for (QWidget* widget :
         {static_cast<QWidget*>(m_key), static_cast<QWidget*>(m_assign), static_cast<QWidget*>(m_reset)}) {
        widget->setEnabled(any);
    }
}

}  // namespace mnerva::ui
