#include "ui/pages/settings/settings_page.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/settings/encoder_list.h"
#include "ui/session/project_session.h"
#include "ui/session/run_library.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/key_editor.h"
#include "ui/widgets/language.h"

namespace mnerva::ui {
namespace {

constexpr int kFormWidth = 720, kKeysWidth = 720, kFieldWidth = 240;

}  // namespace

SettingsPage::SettingsPage(ActionRegistry& actions, ProjectSession* session, QWidget* parent)
    : Page(parent),
      m_session(session),
      m_banner(new Banner),
      m_language(new QComboBox),
      m_theme(new QComboBox),
      m_policy(new QComboBox),
      m_scores(new QComboBox),
      m_size(new QSpinBox),
      m_sample(new QLabel),
      m_threshold(new QDoubleSpinBox),
      m_keys(new KeyEditor(actions)),
      m_encoders(new EncoderList) {
    setObjectName(QStringLiteral("settingsPage"));
    nameFields();
    layOut();
    fill();
    retranslate();
    connectFields();
    if (session) connect(&session->runs(), &RunLibrary::loaded, this, &SettingsPage::tellUsedEncoders);
}

void SettingsPage::tellUsedEncoders() {
    QStringList encoders, pictures;
    for (const RunInfo& run : m_session->runs().runs()) {
        encoders << fromUtf8(run.record.encoder);
        pictures << fromUtf8(run.record.resnet);
    }
    encoders.removeDuplicates();
    pictures.removeDuplicates();
    m_encoders->library().setUsed(encoders, pictures);
}

void SettingsPage::nameFields() {
    m_language->setObjectName(QStringLiteral("settingsLanguage"));
    m_theme->setObjectName(QStringLiteral("settingsTheme"));
    m_policy->setObjectName(QStringLiteral("settingsPolicy"));
    m_scores->setObjectName(QStringLiteral("settingsScores"));
    m_size->setObjectName(QStringLiteral("settingsSize"));
    m_threshold->setObjectName(QStringLiteral("settingsThreshold"));
    for (QComboBox* field : {m_language, m_theme, m_policy, m_scores}) {
        field->setMinimumWidth(kFieldWidth);
        field->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    }
    m_size->setRange(10, 40);
    m_size->setFixedWidth(120);
    m_threshold->setRange(0, 1);
    m_threshold->setSingleStep(0.05);
    m_threshold->setDecimals(2);
    m_threshold->setFixedWidth(120);
    m_sample->setTextFormat(Qt::PlainText);
}

void SettingsPage::layOut() {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_banner);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget;
    scroll->setWidget(content);
    outer->addWidget(scroll, 1);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(24, 16, 24, 16);
    columns->setSpacing(32);
    auto* left = new QWidget;
    left->setMaximumWidth(kFormWidth);
    auto* right = new QWidget;
    right->setMaximumWidth(kKeysWidth);
    columns->addWidget(left);  // as wide as its longest row; the keys take what is left
    columns->addWidget(right, 1);
    columns->setAlignment(left, Qt::AlignTop);

    auto* form = new QFormLayout(left);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(10);
    form->setHorizontalSpacing(24);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);

    form->addRow(heading());
    form->addRow(label(m_language), m_language);
    form->addRow(label(m_theme), m_theme);
    form->addRow(label(m_size), m_size);
    form->addRow(new QLabel, m_sample);
    form->addRow(heading());
    form->addRow(label(m_policy), m_policy);
    form->addRow(label(m_threshold), m_threshold);
    form->addRow(label(m_scores), m_scores);
    form->addRow(heading());
    m_encoders->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    form->addRow(m_encoders);
    auto* keys = new QVBoxLayout(right);
    keys->setContentsMargins(0, 0, 0, 0);
    QLabel* keysHeading = heading();
    keysHeading->setContentsMargins(0, 0, 0, 4);
    keys->addWidget(keysHeading);
    keys->addWidget(m_keys, 1);
}

QLabel* SettingsPage::heading() {
    auto* made = new QLabel;
    made->setFont(Theme::headingFont());
    made->setContentsMargins(0, m_headings.isEmpty() ? 0 : 24, 0, 4);
    m_headings << made;
    return made;
}

QLabel* SettingsPage::label(QWidget* buddy) {
    auto* made = new QLabel;
    made->setBuddy(buddy);
    m_labels << made;
    return made;
}

void SettingsPage::connectFields() {
    connect(m_language, &QComboBox::activated, this, [this] {
        const QString code = m_language->currentData().toString();
        settings::setLanguage(code);
        useLanguage(code);
    });
    connect(m_theme, &QComboBox::activated, this, [this] {
        const auto choice = static_cast<Theme::Choice>(m_theme->currentData().toInt());
        settings::setTheme(choice);
        if (Theme* theme = Theme::instance()) theme->setChoice(choice);
    });
    connect(m_size, &QSpinBox::valueChanged, this, [this](int points) {
        if (Theme* theme = Theme::instance()) theme->setPostTextSize(points);
    });
    connect(m_policy, &QComboBox::activated, this, [this] {
        settings::setSuggestionPolicy(static_cast<settings::SuggestionPolicy>(m_policy->currentData().toInt()));
    });
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this,
            [](double value) { settings::setSuggestionThreshold(value); });
    connect(m_scores, &QComboBox::activated, this,
            [this] { settings::setScoresInPercent(m_scores->currentData().toBool()); });
    if (Theme* theme = Theme::instance()) {
        connect(theme, &Theme::postTextSizeChanged, this, [this](int points) {
            const QSignalBlocker quiet(m_size);
            m_size->setValue(points);
            m_sample->setFont(Theme::postFont());
        });
    }
}

void SettingsPage::fill() {
    const QSignalBlocker quietSize(m_size), quietThreshold(m_threshold);
    m_size->setValue(Theme::postTextSize());
    m_threshold->setValue(settings::suggestionThreshold());
    m_sample->setFont(Theme::postFont());
}

void SettingsPage::retranslate() {
    const QStringList headings{tr("Language and appearance"), tr("Tagging and scores"), tr("Encoders"), tr("Keys")};
    for (qsizetype i = 0; i < m_headings.size(); ++i) m_headings[i]->setText(headings.value(i));
    const QStringList labels{tr("Language"),
                             tr("Colours"),
                             tr("Size of the post text"),
                             tr("Enter on a post with suggestions left"),
                             tr("Hide suggestions under"),
                             tr("Write F1 as")};
    for (qsizetype i = 0; i < m_labels.size(); ++i) m_labels[i]->setText(labels.value(i));
    m_language->clear();
    m_language->addItem(tr("As the system"), QString());
    for (const Language& language : languages()) m_language->addItem(language.name, language.code);
    m_language->setCurrentIndex(std::max(0, m_language->findData(settings::language())));
    m_theme->clear();
    m_theme->addItem(tr("As the system"), static_cast<int>(Theme::Choice::System));
    m_theme->addItem(tr("Light"), static_cast<int>(Theme::Choice::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(Theme::Choice::Dark));
    const Theme* theme = Theme::instance();
    m_theme->setCurrentIndex(
        std::max(0, m_theme->findData(static_cast<int>(theme ? theme->choice() : settings::theme()))));
    m_policy->clear();
    m_policy->addItem(tr("shows them first"), static_cast<int>(settings::SuggestionPolicy::AskOnce));
    m_policy->addItem(tr("rejects them"), static_cast<int>(settings::SuggestionPolicy::Reject));
    m_policy->addItem(tr("leaves them undecided"), static_cast<int>(settings::SuggestionPolicy::Keep));
    m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(settings::suggestionPolicy())));
    m_scores->clear();
    m_scores->addItem(tr("per cent: 82.35"), true);
    m_scores->addItem(tr("a fraction: 0.8235"), false);
    m_scores->setCurrentIndex(m_scores->findData(settings::scoresInPercent()));
    m_size->setSuffix(tr(" pt"));
    m_sample->setText(tr("Kevin Durant in Toronto 多伦多"));
    m_keys->retranslate();
    m_encoders->retranslate();
    const QStringList missing = Theme::missingGlyphs();
    if (missing.isEmpty()) {
        m_banner->clear();
    } else {
        const bool chinese = missing.contains(QStringLiteral("Chinese"));
        m_banner->showMessage(
            Banner::Kind::Warning,
            chinese ? tr("No font here has Chinese characters; install fonts-noto-cjk to see Chinese posts.")
                    : tr("No font here has emoji; install fonts-noto-color-emoji to see them."));
    }
}

void SettingsPage::activated() {
    fill();
    m_encoders->library().refresh();
    if (m_session) m_session->runs().want();
    m_language->setFocus();
}

bool SettingsPage::readyForCapture() const {
    return !m_encoders->library().isLooking();
}

PageSpec settingsPage() {
    return {
        .id = QStringLiteral("settings"),
        .icon = QStringLiteral("settings"),
        .title = [] { return SettingsPage::tr("Settings"); },
        .make = [](const PageContext& window) -> Page* { return new SettingsPage(window.actions, &window.session); },
        .standing = PageSpec::Standing::Foot};
}

}  // namespace mnerva::ui
