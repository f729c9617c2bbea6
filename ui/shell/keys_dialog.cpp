#include "ui/shell/keys_dialog.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/key_editor.h"

namespace mnerva::ui {

KeysDialog::KeysDialog(ActionRegistry& actions, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(tr("Keys"));
    resize(720, 640);
    auto* column = new QVBoxLayout(this);
    column->addWidget(new KeyEditor(actions), 1);
    auto* row = new QHBoxLayout;
    auto* close = new QPushButton(tr("Close"));
    close->setObjectName(QStringLiteral("keysClose"));
    row->addStretch();
    row->addWidget(close);
    column->addLayout(row);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

}  // namespace mnerva::ui
