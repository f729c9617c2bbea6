#include "ui/pages/train/option_list.h"

#include <QEvent>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/pages/train/option_texts.h"
#include "ui/widgets/path_field.h"

namespace mnerva::ui {
namespace {

constexpr int kEditorWidth = 184;
constexpr int kMarkSide = 6;
enum OptionColumns { kMark, kTitle, kEditor, kUnit, kReset, kColumns };

QString colouredStyle(Theme::Role role) {
    return QStringLiteral("color: %1;").arg(Theme::color(role).name());
}

}  // namespace

OptionList::OptionList(TrainForm& form, QWidget* parent) : QWidget(parent), m_form(form) {
    setObjectName(QStringLiteral("optionList"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    connect(&form, &TrainForm::optionsReset, this, &OptionList::rebuild);
    connect(&form, &TrainForm::changed, this, &OptionList::refresh);
    rebuild();
}

void OptionList::setHidden(const QStringList& names) {
    m_hidden = names;
    rebuild();
}

void OptionList::rebuild() {
    m_rows.clear();
    delete m_body;
    m_body = new QWidget(this);
    auto* grid = new QGridLayout(m_body);
    grid->setContentsMargins(0, 0, 2 * Theme::kGrid, Theme::kGrid);
    grid->setHorizontalSpacing(Theme::kGrid);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(kUnit, 1);
    int line = 0;
    if (const SystemField* system = m_form.chosen()) {
        QStringList groups;
        for (const OptionField& option : system->options)
            if (!groups.contains(option.group)) groups << option.group;
        for (const QString& group : groups) addGroup(group, *grid, line);
    }
    grid->setRowStretch(line, 1);
    layout()->addWidget(m_body);
    m_body->setVisible(true);
    refresh();
}

void OptionList::addGroup(const QString& group, QGridLayout& grid, int& line) {
    const auto listed = [&](const OptionField& option) {
        return option.group == group && !m_hidden.contains(option.name);
    };
    const auto& options = m_form.chosen()->options;
    const auto first = std::find_if(options.begin(), options.end(), listed);
    if (first == options.end()) return;
    auto* heading = new QLabel(optionGroupTitle(*first));
    QFont font = Theme::bodyFont();
    font.setBold(true);
    heading->setFont(font);
    heading->setContentsMargins(0, line == 0 ? 0 : 2 * Theme::kGrid, 0, Theme::kGrid / 2);
    grid.addWidget(heading, line++, kTitle, 1, kColumns - kTitle);
    for (const OptionField& option : options)
        if (listed(option)) addRow(option, grid, line);
}

void OptionList::addRow(const OptionField& option, QGridLayout& grid, int& line) {
    Row row;
    row.option = option;
    row.mark = new QLabel;
    row.mark->setFixedSize(kMarkSide, kMarkSide);
    row.title = new QLabel(optionTitle(option));
    row.title->setToolTip(option.name);
    row.editor = makeEditor(option, m_body);
    row.editor->setObjectName(QStringLiteral("option-") + option.name);
    row.editor->setAccessibleName(optionTitle(option));
    row.editor->setToolTip(optionSentence(option));
    row.title->setBuddy(row.editor);
    row.unit = new QLabel;
    row.reset = new QToolButton;
    row.reset->setAutoRaise(true);
    row.reset->setIcon(Theme::icon(QStringLiteral("undo")));
    row.reset->setObjectName(QStringLiteral("reset-") + option.name);
    row.reset->setAccessibleName(tr("Reset %1").arg(optionTitle(option)));
    row.sentence = new QLabel(optionSentence(option));
    row.problem = new QLabel;
    for (QLabel* label : {row.unit, row.sentence, row.problem}) {
        label->setFont(Theme::secondaryFont());
        label->setStyleSheet(colouredStyle(label == row.problem ? Theme::Role::Bad : Theme::Role::SecondaryText));
        label->setWordWrap(label != row.unit);
    }
    const QString name = option.name;
    connect(row.reset, &QToolButton::clicked, this, [this, name] { m_form.reset(name); });
    grid.addWidget(row.mark, line, kMark, Qt::AlignVCenter);
    grid.addWidget(row.title, line, kTitle);
    if (qobject_cast<PathField*>(row.editor)) {  // a path is long, and has no unit
        grid.addWidget(row.editor, line, kEditor, 1, kReset - kEditor);
        row.unit->setParent(row.editor);
        row.unit->hide();
    } else {
        grid.addWidget(row.editor, line, kEditor, Qt::AlignLeft);
        grid.addWidget(row.unit, line, kUnit);
    }
    grid.addWidget(row.reset, line++, kReset);
    grid.addWidget(row.sentence, line++, kTitle, 1, kColumns - kTitle);
    grid.addWidget(row.problem, line++, kTitle, 1, kColumns - kTitle);
    grid.setRowMinimumHeight(line++, Theme::kGrid);
    m_rows.push_back(row);
}

QWidget* OptionList::makeEditor(const OptionField& option, QWidget* parent) {
    const QString name = option.name;
    const auto edited = [this, name](const QString& text) {
        if (!m_filling) m_form.setText(name, text);
    };
    if (option.type == QLatin1String("bool")) {
        auto* box = new QCheckBox(parent);
        connect(box, &QCheckBox::toggled, this,
                [edited](bool on) { edited(on ? QStringLiteral("true") : QStringLiteral("false")); });
        return box;
    }
    if (option.type == QLatin1String("choice")) {
        auto* box = new QComboBox(parent);
        for (const QString& choice : option.choices) box->addItem(optionValueText(option, choice), choice);
        box->setFixedWidth(kEditorWidth);
        box->setFocusPolicy(Qt::StrongFocus);
        box->installEventFilter(this);
        connect(box, &QComboBox::currentIndexChanged, this, [box, edited] { edited(box->currentData().toString()); });
        return box;
    }
    if (option.type == QLatin1String("text")) {
        auto* path = new PathField({QStringLiteral("option-file-") + name, dialogs::FileRequest::Kind::OpenFile,
                                    tr("Choose a file"), QString(), QString()},
                                   parent);
        connect(path->edit(), &QLineEdit::textChanged, this, edited);
        return path;
    }
    auto* field = new QLineEdit(parent);
    field->setFixedWidth(kEditorWidth);
    field->setAlignment(Qt::AlignRight);
    connect(field, &QLineEdit::textChanged, this, edited);
    return field;
}

/// The wheel scrolls the list; it must not change a value that happens to lie under it.
bool OptionList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && qobject_cast<QComboBox*>(watched)) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void OptionList::refresh() {
    m_filling = true;
    for (const Row& row : m_rows) refreshRow(row);
    m_filling = false;
}

void OptionList::refreshRow(const Row& row) {
    const QString text = m_form.text(row.option.name);
    if (auto* box = qobject_cast<QCheckBox*>(row.editor)) box->setChecked(text == QLatin1String("true"));
    if (auto* box = qobject_cast<QComboBox*>(row.editor)) box->setCurrentIndex(box->findData(text));
    if (auto* field = qobject_cast<QLineEdit*>(row.editor); field && field->text() != text) field->setText(text);
    if (auto* path = qobject_cast<PathField*>(row.editor)) path->setPath(text);
    const bool changed = m_form.isChanged(row.option.name);
    const QString preset = optionValueText(row.option, optionText(m_form.presetValue(row.option.name)));
    row.mark->setStyleSheet(
        changed ? QStringLiteral("background: %1; border-radius: 3px;").arg(Theme::color(Theme::Role::Accent).name())
                : QString());
    row.mark->setToolTip(changed ? tr("differs from the preset") : QString());
    QStringList unit;
    if (const QString own = optionUnit(row.option); !own.isEmpty()) unit << own;
    if (changed) unit << tr("preset: %1").arg(preset);
    row.unit->setText(unit.join(QStringLiteral(" · ")));
    row.reset->setVisible(changed);
    row.reset->setToolTip(tr("Back to %1").arg(preset));
    const QString problem = m_form.optionProblem(row.option.name);
    row.problem->setText(problem);
    row.problem->setVisible(!problem.isEmpty());
}

}  // namespace mnerva::ui
