#pragma once

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <map>

#include "ui/base/job_runner.h"
#include "ui/pages/train/option_list.h"
#include "ui/pages/train/train_form.h"
#include "ui/pages/train/train_host.h"
#include "ui/widgets/banner.h"

class QCheckBox;
class QGridLayout;
class QSpinBox;

namespace mnerva::ui {

/// The new-run form: the choices that matter, all others folded, what is wrong at its field, and the command line that
/// would do the same. Accepted only when nothing is wrong; the caller starts the run.
class NewRunDialog : public QDialog {
    Q_OBJECT
public:
    NewRunDialog(ProjectSession& session, TrainHost& host, QWidget* parent = nullptr);
    ~NewRunDialog() override;

    TrainForm& form() { return *m_form; }
    /// Begins with the values of a run (its run.json) and a name for its copy.
    void recall(const nlohmann::json& config, const QString& runName);
    /// Takes another system, as a person does in the fields.
    void choose(const QString& system, const QString& variant);
    /// Unfolded, the dialog grows to what the window allows, and the options scroll under the form; the buttons are
    /// always in sight.
    void setOptionsUnfolded(bool unfolded);
    /// Unfolded as high as all options together, for captures.
    void showAllOptions();
    /// For tests and captures: the background checks of folders and files are done.
    bool isChecking() const { return m_checksRunning > 0 || m_readingSheet; }

public Q_SLOTS:
    void accept() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildOptions(QVBoxLayout& layout);
    void buildCommand(QVBoxLayout& layout);
    void showCommand();
    void buildFields(QGridLayout& grid);
    void addFolds(QGridLayout& grid);
    void addDevice(QGridLayout& grid);
    void addCost(QGridLayout& grid);
    QComboBox* addChoice(QGridLayout& grid, const char* name, const QString& label, bool editable,
                         QPushButton** browse);
    QLabel* addProblem(QGridLayout& grid, const char* field);
    void connectFields();
    void fillSystems();
    void fillPresets();
    void fillEncoders();
    void fillPrecisions();
    void readSheet();
    void showNote(const char* field, const QString& text, bool isWarning = false);
    void showOffers(const std::map<QString, QString>& problems);
    void showCost();
    void measureOrCancel();
    QStringList measuredArguments() const;
    void checkEncoder();
    void checkResnet();
    void browseEncoder();
    void browseResnet();
    void refresh();
    void fitHeight();
    void growForProblems();
    int heightOfAll() const;
    int formHeight(int width) const;
    int wantedWidth() const;
    QSize room() const;
    void readSplits();

    ProjectSession& m_session;
    TrainHost& m_host;
    TrainForm* m_form;
    JobRunner m_encoderCheck, m_resnetCheck;
    int m_checksRunning = 0;
    bool m_readingSheet = false;
    Banner* m_banner;
    QLabel *m_data, *m_dataHint, *m_summary, *m_foldHint, *m_precisionLabel, *m_cost;
    QComboBox *m_layer, *m_system, *m_variant, *m_encoder, *m_resnet, *m_preset, *m_device, *m_precision;
    QPushButton *m_browseEncoder = nullptr, *m_browseResnet = nullptr, *m_startButton, *m_measure;
    QCheckBox* m_holdOut;
    QSpinBox* m_folds;
    QLineEdit* m_name;
    QToolButton *m_fold, *m_copy;
    OptionList* m_options;
    QPlainTextEdit* m_command;
    std::map<QString, QLabel*> m_problems;
    QLineEdit* m_find;
    QScrollArea *m_scroll, *m_optionScroll;
    QStringList m_measuring, m_measuredFor;  ///< arguments
    std::optional<protocol::RunEstimate> m_estimate;
    bool m_filling = false, m_showsAll = false;
};

}  // namespace mnerva::ui
