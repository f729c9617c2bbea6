#include "ui/pages/data/gazetteer_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include "core/gazetteer/pattern.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {

using gazetteer::Source;

GazetteerFields::GazetteerFields(QWidget* parent) : QWidget(parent) {
    makeForm();
    connectFields();
}

void GazetteerFields::makeForm() {
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("gazetteerName"));
    m_name->setMaxLength(33);
    m_pattern = new QLineEdit;
    m_pattern->setObjectName(QStringLiteral("gazetteerPattern"));
    m_pattern->setFont(Theme::monoFont());
    m_pattern->setPlaceholderText(tr("such as %1", "an example of a pattern").arg(QStringLiteral("Dr\\.? [A-Z]\\w+")));
    m_pattern->setToolTip(tr("A regular expression of the library RE2; \\p{Han} is a Chinese character."));
    m_mistake = new QLabel;
    m_mistake->setObjectName(QStringLiteral("gazetteerMistake"));
    m_mistake->setTextFormat(Qt::PlainText);
    m_mistake->setWordWrap(true);
    QPalette red;
    red.setColor(QPalette::WindowText, Theme::color(Theme::Role::Bad));
    m_mistake->setPalette(red);
    m_scope = new QComboBox;
    m_scope->setObjectName(QStringLiteral("gazetteerScope"));
    m_scope->addItem(tr("the text, between ends of words"), static_cast<int>(Source::Kind::TextPattern));
    m_scope->addItem(tr("one whole word"), static_cast<int>(Source::Kind::WordPattern));
    m_label = new QComboBox;
    m_label->setObjectName(QStringLiteral("gazetteerLabel"));
    m_label->setEditable(true);
    m_label->setInsertPolicy(QComboBox::NoInsert);
    m_priority = new QSpinBox;
    m_priority->setObjectName(QStringLiteral("gazetteerPriority"));
    m_priority->setRange(0, gazetteer::kMostPriority);
    m_priority->setToolTip(
        tr("Of two finds of one length the higher priority counts, then what stands higher in the list."));
    m_least = new QSpinBox;
    m_least->setObjectName(QStringLiteral("gazetteerLeast"));
    m_least->setRange(1, gazetteer::kMostLeastLength);
    m_least->setToolTip(tr("Shorter names are not looked for; spaces do not count."));
    m_case = new QCheckBox(tr("Case counts"));
    m_case->setObjectName(QStringLiteral("gazetteerCase"));
    m_case->setToolTip(tr("Otherwise neither case nor width nor Chinese script counts."));
    m_marks = new QCheckBox(tr("#name and @name too"));
    m_marks->setObjectName(QStringLiteral("gazetteerMarks"));
    m_marks->setToolTip(tr("A hashtag or handle that is the name without its spaces: #NewYork is New York."));
    for (QCheckBox* one : {m_case, m_marks}) one->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_form = new QFormLayout(this);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setVerticalSpacing(8);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("Name"), m_name);
    m_form->addRow(tr("Pattern"), m_pattern);
    m_form->addRow(QString(), m_mistake);
    m_form->addRow(tr("Looked for in"), m_scope);
    m_form->addRow(tr("Label"), m_label);
    m_form->addRow(tr("Priority"), m_priority);
    m_form->addRow(tr("Least length"), m_least);
    m_form->addRow(QString(), m_case);
    m_form->addRow(QString(), m_marks);
}

void GazetteerFields::connectFields() {
    for (QLineEdit* one : {m_name, m_pattern}) connect(one, &QLineEdit::editingFinished, this, &GazetteerFields::take);
    connect(m_pattern, &QLineEdit::textEdited, this, &GazetteerFields::showMistake);
    connect(m_label, &QComboBox::textActivated, this, &GazetteerFields::take);
    connect(m_label->lineEdit(), &QLineEdit::editingFinished, this, &GazetteerFields::take);
    connect(m_label->lineEdit(), &QLineEdit::textEdited, this, &GazetteerFields::showMistake);
    connect(m_scope, &QComboBox::activated, this, &GazetteerFields::take);
    for (QSpinBox* one : {m_priority, m_least}) connect(one, &QSpinBox::valueChanged, this, &GazetteerFields::take);
    for (QCheckBox* one : {m_case, m_marks}) connect(one, &QCheckBox::clicked, this, &GazetteerFields::take);
}

void GazetteerFields::showSource(const Source* source, const std::vector<std::string>& labels) {
    m_isShowing = true;
    setEnabled(source != nullptr);
    const bool isAnother = !source || source->name != m_source.name || source->kind != m_source.kind;
    m_source = source ? *source : Source{};
    const bool isList = m_source.isList();
    const auto shown = [this](QWidget* field, bool on) {
        field->setVisible(on);
        if (QWidget* label = m_form->labelForField(field)) label->setVisible(on);
    };
    for (QWidget* one : std::initializer_list<QWidget*>{m_pattern, m_scope}) shown(one, !isList);
    for (QWidget* one : std::initializer_list<QWidget*>{m_least, m_marks}) shown(one, isList);
    // What is being typed stays as it is until it is whole.
    if (isAnother || !m_name->hasFocus()) m_name->setText(fromUtf8(m_source.name));
    if (isAnother || !m_pattern->hasFocus()) m_pattern->setText(fromUtf8(m_source.pattern));
    if (isAnother || !m_label->lineEdit()->hasFocus()) {
        m_label->clear();
        for (const std::string& label : labels) m_label->addItem(fromUtf8(label));
        m_label->setEditText(fromUtf8(m_source.label));
    }
    m_label->lineEdit()->setPlaceholderText(isList ? tr("each name has its own") : tr("a label"));
    m_scope->setCurrentIndex(m_scope->findData(static_cast<int>(m_source.kind)));
    m_priority->setValue(m_source.priority);
    m_least->setValue(m_source.leastLength);
    m_case->setChecked(m_source.caseSensitive);
    m_marks->setChecked(m_source.withMarks);
    m_isShowing = false;
    showMistake();
}

void GazetteerFields::beginEditing() {
    QWidget* first = m_source.isList() ? static_cast<QWidget*>(m_label) : m_pattern;
    first->setFocus();
    if (!m_source.isList()) m_pattern->selectAll();
}

QString GazetteerFields::mistake() const {
    const std::string label = toUtf8(m_label->currentText().trimmed());
    if (!m_source.isList()) {
        if (const auto fault = gazetteer::patternFault(toUtf8(m_pattern->text()))) {
            const QString sentence = QCoreApplication::translate("Gazetteer", fault->sentence.c_str());
            if (fault->size == 0) return sentence;
            const QString pattern = m_pattern->text();
            const auto begin = utf16FromCodePoint(pattern, static_cast<int>(fault->place));
            const auto end = utf16FromCodePoint(pattern, static_cast<int>(fault->place + fault->size));
            return tr("At character %1, \"%2\": %3", "place, part of a pattern, what is wrong")
                .arg(fault->place + 1)
                .arg(pattern.mid(begin, end - begin), sentence);
        }
        if (label.empty()) return tr("A pattern needs a label.");
    }
    if (!label.empty() && !gazetteer::isLabelName(label)) return tr("A label has no spaces and commas.");
    return {};
}

void GazetteerFields::showMistake() {
    const QString text = isEnabled() ? mistake() : QString();
    m_mistake->setText(text);
    m_mistake->setVisible(!text.isEmpty());
}

void GazetteerFields::take() {
    if (m_isShowing || !isEnabled()) return;
    showMistake();
    if (!mistake().isEmpty()) return;
    Source source = m_source;
    const std::string name = toUtf8(m_name->text().trimmed());
    if (!name.empty()) source.name = name;
    source.label = gazetteer::labelNamed(toUtf8(m_label->currentText().trimmed()));
    source.priority = m_priority->value();
    source.caseSensitive = m_case->isChecked();
    if (source.isList()) {
        source.withMarks = m_marks->isChecked();
        source.leastLength = m_least->value();
    } else {
        source.pattern = toUtf8(m_pattern->text());
        source.kind = static_cast<Source::Kind>(m_scope->currentData().toInt());
    }
    if (!(source == m_source)) Q_EMIT edited(source);
}

}  // namespace mnerva::ui
