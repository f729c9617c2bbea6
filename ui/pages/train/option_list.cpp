#include "ui/pages/train/option_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/pages/train/option_texts.h"
#include "ui/widgets/path_field.h"

namespace mnerva::ui {
namespace {

constexpr int kFieldWidth = 208, kNumberWidth = 96;
constexpr int kTitleWidth = 208;  // one for all systems, so that fields stand where they stood
constexpr int kMarkSide = 6;
enum OptionColumns { kMark, kTitle, kEditor, kReset, kSentence, kColumns };

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
    grid->setColumnStretch(kSentence, 1);
    grid->setColumnMinimumWidth(kTitle, kTitleWidth);
    grid->setColumnMinimumWidth(kReset, kMarkSide * 4);
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
    applyFilter();
    refresh();
}

void OptionList::setFilter(const QString& text) {
    m_filter = text.split(u' ', Qt::SkipEmptyParts);
    applyFilter();
    refresh();
}

int OptionList::shownCount() const {
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.isShown; }));
}

bool OptionList::fitsFilter(const OptionField& option) const {
    const QString all = optionTitle(option) + u'\n' + option.name + u'\n' + optionSentence(option);
    return std::all_of(m_filter.begin(), m_filter.end(),
                       [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

/// Problems and what the preset says are shown by refresh() as they are needed.
void OptionList::applyFilter() {
    for (Row& row : m_rows) row.heading->hide();
    for (Row& row : m_rows) {
        row.isShown = fitsFilter(row.option);
        for (QWidget* part : std::initializer_list<QWidget*>{row.mark, row.title, row.field, row.sentence})
            part->setVisible(row.isShown);
        if (row.isShown) row.heading->show();
    }
}

void OptionList::addGroup(const QString& group, QGridLayout& grid, int& line) {
    const auto listed = [&](const OptionField& option) {
        return option.group == group && option.isOffered && !m_hidden.contains(option.name);
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
        if (listed(option)) addRow(option, heading, grid, line);
}

void OptionList::addRow(const OptionField& option, QLabel* heading, QGridLayout& grid, int& line) {
    Row row;
    row.option = option;
    row.heading = heading;
    row.mark = new QLabel;
    row.mark->setFixedSize(kMarkSide, kMarkSide);
    row.title = new QLabel(optionTitle(option));
    row.title->setWordWrap(true);
    row.title->setToolTip(option.name);
    row.sentence = new QLabel(optionSentence(option));
    row.preset = new QLabel;
    row.problem = new QLabel;
    row.field = makeField(row);
    row.title->setBuddy(row.editor);
    row.reset = new QToolButton;
    row.reset->setAutoRaise(true);
    row.reset->setIcon(Theme::icon(QStringLiteral("undo")));
    row.reset->setObjectName(QStringLiteral("reset-") + option.name);
    row.reset->setAccessibleName(tr("Reset %1").arg(optionTitle(option)));
    for (QLabel* label : {row.unit, row.sentence, row.preset, row.problem}) {
        label->setFont(Theme::secondaryFont());
        label->setStyleSheet(colouredStyle(label == row.problem ? Theme::Role::Bad : Theme::Role::SecondaryText));
        label->setWordWrap(true);
    }
    const QString name = option.name;
    connect(row.reset, &QToolButton::clicked, this, [this, name] { m_form.reset(name); });
    grid.addWidget(row.mark, line, kMark, Qt::AlignVCenter);
    grid.addWidget(row.title, line, kTitle, Qt::AlignVCenter);
    grid.addWidget(row.field, line, kEditor, Qt::AlignVCenter);
    grid.addWidget(row.reset, line, kReset);
    grid.addWidget(row.sentence, line++, kSentence, Qt::AlignVCenter);
    grid.addWidget(row.preset, line++, kEditor, 1, kColumns - kEditor);
    grid.addWidget(row.problem, line++, kEditor, 1, kColumns - kEditor);
    m_rows.push_back(row);
}

/// The editor with its unit behind it, as wide for one as for another.
QWidget* OptionList::makeField(Row& row) {
    auto* field = new QWidget(m_body);
    field->setFixedWidth(kFieldWidth);
    auto* line = new QHBoxLayout(field);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Theme::kGrid);
    row.editor = makeEditor(row.option, field);
    row.editor->setObjectName(QStringLiteral("option-") + row.option.name);
    row.editor->setAccessibleName(optionTitle(row.option));
    row.editor->setToolTip(optionSentence(row.option));
    row.unit = new QLabel(field);
    const bool isWide = row.option.type == QLatin1String("choice") || row.option.type == QLatin1String("text");
    line->addWidget(row.editor, isWide ? 1 : 0);
    if (isWide)
        row.unit->hide();
    else
        line->addWidget(row.unit, 1);
    return field;
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
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
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
    field->setFixedWidth(kNumberWidth);
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
    const QString differs = m_form.preset().isEmpty() ? tr("differs from the default") : tr("differs from the preset");
    const QString preset = optionReadText(row.option, optionText(m_form.presetValue(row.option.name)));
    row.mark->setStyleSheet(
        changed ? QStringLiteral("background: %1; border-radius: 3px;").arg(Theme::color(Theme::Role::Accent).name())
                : QString());
    row.mark->setToolTip(changed ? differs : QString());
    const QString zero = optionZeroText(row.option, text);
    row.unit->setText(zero.isEmpty() ? optionUnit(row.option) : zero);
    row.preset->setText(m_form.preset().isEmpty() ? tr("default: %1").arg(preset) : tr("preset: %1").arg(preset));
    row.preset->setVisible(changed && row.isShown);
    row.reset->setVisible(changed && row.isShown);
    row.reset->setToolTip(tr("Back to %1").arg(preset));
    const QString problem = m_form.optionProblem(row.option.name);
    row.problem->setText(problem);
    row.problem->setVisible(!problem.isEmpty() && row.isShown);
}

}  // namespace mnerva::ui
