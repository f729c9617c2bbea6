#include "ui/pages/data/new_project_dialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <algorithm>

#include "core/text/look_alike.h"
#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/path_field.h"

namespace mnerva::ui {

std::vector<std::string> typesFromText(const QString& text) {
    static const QRegularExpression border(QStringLiteral("[\\s,;，、；]+"));
    std::vector<std::string> types;
    for (const QString& part : text.split(border, Qt::SkipEmptyParts)) {
        const std::string type = toUtf8(part);
        if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
    }
    return types;
}

NewProjectDialog::NewProjectDialog(QWidget* parent)
    : QDialog(parent),
      m_banner(new Banner),
      m_name(new QLineEdit),
      m_types(new QLineEdit),
      m_location(new PathField({QStringLiteral("project.location"),
                                dialogs::FileRequest::Kind::OpenFolder,
                                tr("Choose where the project folder is made"),
                                {},
                                {}})),
      m_learn(new QRadioButton(tr("Learn them from what is imported"))),
      m_given(new QRadioButton(tr("These:"))),
      m_scheme(new QComboBox),
      m_result(new QLabel),
      m_problem(new QLabel),
      m_create(new QPushButton(tr("Create project"))) {
    setObjectName(QStringLiteral("newProjectDialog"));
    setWindowTitle(tr("New project"));
    setMinimumWidth(560);
    fillFields();
    layOut();
    connectFields();
    check();
    m_name->setFocus();
}

void NewProjectDialog::fillFields() {
    m_name->setObjectName(QStringLiteral("projectName"));
    m_types->setObjectName(QStringLiteral("projectTypes"));
    m_create->setObjectName(QStringLiteral("projectCreate"));
    m_problem->setObjectName(QStringLiteral("projectProblem"));
    m_given->setObjectName(QStringLiteral("projectTypesGiven"));
    m_types->setText(QStringLiteral("PER, LOC, ORG, MISC"));
    m_types->setAccessibleName(tr("Labels of the project"));
    m_learn->setChecked(true);
    m_scheme->addItem(tr("As in the first import"), QVariant());
    for (const auto scheme :
         {text::TagScheme::Bio, text::TagScheme::Bmes, text::TagScheme::Bioes, text::TagScheme::Iob1}) {
        m_scheme->addItem(schemeText(scheme), static_cast<int>(scheme));
    }
    m_result->setFont(Theme::secondaryFont());
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->setWordWrap(true);
    m_problem->setFont(Theme::secondaryFont());
    m_problem->setWordWrap(true);
    QPalette red;
    red.setColor(QPalette::WindowText, Theme::color(Theme::Role::Bad));
    m_problem->setPalette(red);
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString usual = QFileInfo(documents).isDir() ? documents : QDir::homePath();  // a new account may lack it
    m_location->setPath(settings::value(QStringLiteral("folders/project.location"), usual).toString());
}

void NewProjectDialog::layOut() {
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_banner);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(12);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("In folder"), m_location);
    form->addRow(QString(), m_result);
    form->addRow(tr("Labels"), m_learn);
    auto* given = new QHBoxLayout;
    given->addWidget(m_given);
    given->addWidget(m_types, 1);
    form->addRow(QString(), given);
    form->addRow(tr("Tag scheme"), m_scheme);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addStretch();
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"));
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    column->addLayout(buttons);
    m_create->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
}

void NewProjectDialog::connectFields() {
    connect(m_name, &QLineEdit::textChanged, this, &NewProjectDialog::check);
    connect(m_types, &QLineEdit::textEdited, this, [this] {
        m_given->setChecked(true);
        check();
    });
    connect(m_location->edit(), &QLineEdit::textChanged, this, &NewProjectDialog::check);
    connect(m_learn, &QRadioButton::toggled, this, &NewProjectDialog::check);
    connect(m_create, &QPushButton::clicked, this, [this] {
        settings::setValue(QStringLiteral("folders/project.location"), m_location->path());
        accept();
    });
}

void NewProjectDialog::suggestName(const QString& name) {
    m_name->setText(name);
    m_name->selectAll();
}

void NewProjectDialog::setLocation(const QString& folder) {
    m_location->setPath(folder);
    check();
}

QString NewProjectDialog::folder() const {
    const QString name = m_name->text().trimmed();
    return name.isEmpty() || m_location->path().isEmpty() ? QString() : QDir(m_location->path()).filePath(name);
}

project::NewProject NewProjectDialog::options() const {
    project::NewProject options;
    if (m_given->isChecked()) options.labels.types = typesFromText(m_types->text());
    const QVariant scheme = m_scheme->currentData();
    options.schemeGiven = scheme.isValid();
    if (scheme.isValid()) options.labels.scheme = static_cast<text::TagScheme>(scheme.toInt());
    return options;
}

QString NewProjectDialog::problem() const {
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) return tr("Give the project a name.");
    if (name.contains(QLatin1Char('/')) || name.contains(QLatin1Char('\\')) || name == QLatin1String("..") ||
        name == QLatin1String(".")) {
        return tr("A name cannot hold a slash.");
    }
    if (m_location->path().isEmpty()) return tr("Choose a folder for it.");
    if (!QFileInfo(m_location->path()).isDir()) return tr("%1 is not a folder.").arg(m_location->path());
    if (!QFileInfo(m_location->path()).isWritable()) return tr("You may not write into %1.").arg(m_location->path());
    if (QFileInfo::exists(QDir(folder()).filePath(QStringLiteral("project.mnerva"))))
        return tr("There is a project of that name already.");
    if (m_given->isChecked() && typesFromText(m_types->text()).empty())
        return tr("Name at least one label, or learn them.");
    if (m_given->isChecked()) {
        const auto types = typesFromText(m_types->text());
        for (std::size_t i = 0; i < types.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (text::lookAlikeKey(types[i]) == text::lookAlikeKey(types[j]))
                    return tr("The labels %1 and %2 look almost the same.").arg(fromUtf8(types[j]), fromUtf8(types[i]));
            }
        }
    }
    return {};
}

void NewProjectDialog::check() {
    // Grey while they are not taken, and still to be typed into: that takes them.
    const QPalette::ColorGroup group = m_given->isChecked() ? QPalette::Active : QPalette::Disabled;
    QPalette palette = QApplication::palette(m_types);
    palette.setColor(QPalette::Text, palette.color(group, QPalette::Text));
    m_types->setPalette(palette);
    const QString wrong = problem();
    m_create->setEnabled(wrong.isEmpty());
    // An empty form is not an error yet.
    m_problem->setText(m_name->text().isEmpty() ? QString() : wrong);
    m_result->setText(folder().isEmpty() ? tr("A folder of the project's name is made there.")
                                         : tr("Makes %1").arg(QDir::toNativeSeparators(folder())));
}

}  // namespace mnerva::ui
