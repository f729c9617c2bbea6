#include "ui/pages/data/detect_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/look/theme.h"
#include "ui/widgets/path_field.h"

namespace mnerva::ui {
namespace {

constexpr int kWidth = 600;
constexpr int kScoreDigits = 2;
constexpr double kScoreStep = 0.05;

QLabel* quietLabel(const QString& text = {}) {
    auto* label = new QLabel(text);
    label->setFont(Theme::secondaryFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

DetectDialog::DetectDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent),
      m_session(session),
      m_faces(new QRadioButton(tr("Faces (built in)"))),
      m_onnx(new QRadioButton(tr("A YOLO detector in an ONNX file"))),
      m_file(new PathField({QStringLiteral("detect.file"),
                            dialogs::FileRequest::Kind::OpenFile,
                            tr("Choose the ONNX file of a detector"),
                            {},
                            tr("Detectors (*.onnx);;All files (*)")})),
      m_names(new PathField({QStringLiteral("detect.names"),
                             dialogs::FileRequest::Kind::OpenFile,
                             tr("Choose a file of class names"),
                             {},
                             tr("Text files (*.txt *.names);;All files (*)")})),
      m_score(new QDoubleSpinBox),
      m_posts(new QComboBox),
      m_summary(quietLabel()),
      m_problem(new QLabel),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_find(new QPushButton(tr("Find"))) {
    setObjectName(QStringLiteral("detectDialog"));
    setWindowTitle(tr("Find objects in pictures"));
    setMinimumWidth(kWidth);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(12);
    column->addLayout(form);
    addDetector(*form);
    addLimits(*form);
    column->addWidget(m_summary);
    column->addSpacing(Theme::kGrid / 2);
    column->addStretch();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_problem, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_find);
    column->addLayout(buttons);
    m_cancel->setObjectName(QStringLiteral("detectCancel"));
    m_cancel->setAutoDefault(false);
    m_find->setObjectName(QStringLiteral("detectFind"));
    m_find->setDefault(true);
    m_problem->setObjectName(QStringLiteral("detectProblem"));
    m_problem->setFont(Theme::secondaryFont());
    connectFields();
    fillPosts();
    setChoice(DetectChoice::remembered());
    (m_faces->isChecked() ? m_faces : m_onnx)->setFocus();
}

void DetectDialog::addDetector(QFormLayout& form) {
    m_faces->setObjectName(QStringLiteral("detectFaces"));
    m_faces->setToolTip(tr("Looks for faces from the front and from both sides; needs no file"));
    m_onnx->setObjectName(QStringLiteral("detectOnnx"));
    m_onnx->setToolTip(tr("Any detector of the YOLO family, version 5 or 8 and later, exported to ONNX"));
    m_file->setPlaceholder(tr("for example yolov8n.onnx"));
    m_file->edit()->setToolTip(tr("The network; type its path, drop the file here, or choose it"));
    m_names->setPlaceholder(tr("optional: the names in the ONNX file are used"));
    m_names->edit()->setToolTip(tr("A text file with the name of one class a line, for a network that holds none"));
    form.addRow(tr("Detector"), m_faces);
    form.addRow(QString(), m_onnx);
    form.addRow(tr("ONNX file"), m_file);
    form.addRow(tr("Class names"), m_names);
    m_ofFile = {form.labelForField(m_file), form.labelForField(m_names), m_file, m_names};
}

void DetectDialog::addLimits(QFormLayout& form) {
    m_score->setObjectName(QStringLiteral("detectMinScore"));
    m_score->setRange(0, 1);
    m_score->setDecimals(kScoreDigits);
    m_score->setSingleStep(kScoreStep);
    m_score->setAlignment(Qt::AlignRight);
    m_score->setToolTip(
        tr("Boxes that the detector is less sure of are left out. Between 0 and 1; for faces this is an "
           "order, no probability."));
    m_posts->setObjectName(QStringLiteral("detectPosts"));
    m_posts->setToolTip(tr("Posts whose pictures are looked at"));
    m_summary->setObjectName(QStringLiteral("detectSummary"));
    m_summary->setWordWrap(true);
    auto* score = new QHBoxLayout;
    score->setSpacing(Theme::kGrid);
    score->addWidget(m_score);
    score->addWidget(quietLabel(tr("default %1").arg(QLocale().toString(DetectChoice::kMinScore, 'f', kScoreDigits))));
    score->addStretch();
    form.addRow(tr("Minimum score"), score);
    form.addRow(tr("Posts"), m_posts);
    // A row that is a layout names its field only for the eye.
    m_score->setAccessibleName(tr("Minimum score"));
}

void DetectDialog::connectFields() {
    connect(m_onnx, &QRadioButton::toggled, this, &DetectDialog::showState);
    connect(m_onnx, &QRadioButton::clicked, this, [this] {
        if (m_file->path().isEmpty()) m_file->setFocus();
    });
    for (PathField* field : {m_file, m_names})
        connect(field->edit(), &QLineEdit::textChanged, this, &DetectDialog::showState);
    connect(m_posts, &QComboBox::activated, this, &DetectDialog::showState);
    connect(m_cancel, &QPushButton::clicked, this, &DetectDialog::reject);
    connect(m_find, &QPushButton::clicked, this, &DetectDialog::accept);
    // The rows of a large project may still be arriving.
    connect(&m_session, &ProjectSession::summariesGrew, this, &DetectDialog::showState);
    connect(&m_session, &ProjectSession::infoChanged, this, &DetectDialog::fillPosts);
}

void DetectDialog::fillPosts() {
    const QVariant chosen = m_posts->currentData();
    m_posts->clear();
    m_posts->addItem(tr("every split"), QVariant());
    for (const auto& [split, posts] : m_session.info().postsOfSplit) {
        if (posts > 0)
            m_posts->addItem(tr("%1 (%2 posts)").arg(splitText(split), QLocale().toString(posts)),
                             static_cast<int>(split));
    }
    m_posts->setCurrentIndex(chosen.isValid() ? std::max(0, m_posts->findData(chosen)) : 0);
    showState();
}

DetectChoice DetectDialog::choice() const {
    DetectChoice choice;
    choice.faces = m_faces->isChecked();
    choice.file = m_file->path();
    choice.namesFile = m_names->path();
    choice.minScore = m_score->value();
    if (m_posts->currentData().isValid()) choice.split = static_cast<Split>(m_posts->currentData().toInt());
    return choice;
}

void DetectDialog::setChoice(const DetectChoice& choice) {
    (choice.faces ? m_faces : m_onnx)->setChecked(true);
    m_file->setPath(choice.file);
    m_names->setPath(choice.namesFile);
    m_score->setValue(choice.minScore);
    m_posts->setCurrentIndex(choice.split ? std::max(0, m_posts->findData(static_cast<int>(*choice.split))) : 0);
    showState();
}

int DetectDialog::postsWithPictures() const {
    const std::optional<Split> split = choice().split;
    const auto& rows = m_session.summaries();
    if (!split) return static_cast<int>(rows.pictureCount());
    int posts = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) posts += rows.hasPictureAt(row) && rows.splitAt(row) == *split;
    return posts;
}

void DetectDialog::showState() {
    const DetectChoice now = choice();
    for (QWidget* part : m_ofFile) part->setEnabled(!now.faces);
    const int posts = postsWithPictures();
    const bool waits = posts == 0 && !m_session.isFullyLoaded();
    const bool named = now.faces || !now.file.isEmpty();
    const QString looked = tr("The pictures of %Ln post(s) are looked at.", nullptr, posts);
    const QString kept =
        now.faces ? tr("Faces that the built-in detector found in them earlier are replaced; boxes from "
                       "files, from people and from other detectors stay.")
        : named   ? tr("Boxes found in them earlier by the detector %1 are replaced; boxes from files, "
                         "from people and from other detectors stay.")
                      .arg(now.detectorName())
                : tr("Boxes found in them earlier by the same detector are replaced; boxes from files, "
                     "from people and from other detectors stay.");
    m_summary->setText(tr("%1 %2", "two sentences").arg(looked, kept));
    const bool nothing = posts == 0 && !waits;
    // A file that is still to be chosen is no mistake yet, so it is not said in red.
    QPalette palette;
    palette.setColor(QPalette::WindowText, Theme::color(nothing ? Theme::Role::Bad : Theme::Role::SecondaryText));
    m_problem->setPalette(palette);
    m_problem->setText(nothing ? tr("None of these posts has a picture that can be found.")
                       : named ? QString()
                               : tr("Choose the ONNX file first."));
    m_find->setEnabled(named && posts > 0);
    m_find->setToolTip(m_find->isEnabled() ? tr("Looks in the background; the status line shows how far it is")
                                           : m_problem->text());
    fit();
}

void DetectDialog::fit() {
    // A window's least height knows nothing of lines that wrap.
    const int wanted = layout()->totalHeightForWidth(width());
    if (isVisible() && height() < wanted) resize(width(), wanted);
}

void DetectDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    fit();
}

void DetectDialog::accept() {
    if (!m_find->isEnabled()) return;
    choice().remember();
    QDialog::accept();
}

}  // namespace mnerva::ui
