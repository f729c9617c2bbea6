#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/workflow/advice/preset_choice.h"

namespace mnerva::ui {

/// One option as `mnerva-cli systems --json` lists it. Texts are English as listed; option_texts.h translates them.
struct OptionField {
    QString name, group, type;  ///< type: int, real, bool, choice, text
    nlohmann::json fallback;
    std::optional<double> minimum, maximum;
    QStringList choices;
    QString groupTitle, title, unit, sentence;
    QString zero;              ///< what 0 means; empty: nothing else
    bool isOffered = true;     ///< false: known so that older runs load, without effect in this system
    QStringList choiceTitles;  ///< of each choice
};

struct SystemField {
    QString name, title;
    QStringList variants, explains;
    bool readsPictures = true;
    std::vector<OptionField> options;
    std::vector<std::pair<QString, nlohmann::json>> presets;
    std::map<QString, QString> presetTitles;
    std::vector<SystemField> others;  ///< variants with options of their own, one each
    const OptionField* option(const QString& name) const;
    const nlohmann::json* preset(const QString& name) const;
};

/// Reads the list of systems. Throws Error(ProtocolInvalid) when it is none.
std::vector<SystemField> systemsFromJson(const nlohmann::json& body);

/// A value as the command line and the fields write it ("3e-5", "true", "first").
QString optionText(const nlohmann::json& value);
/// The value of a typed text, or what is wrong with it as a sentence.
struct ParsedOption {
    nlohmann::json value;
    QString problem;
};
ParsedOption parseOption(const OptionField& option, const QString& text);

/// Whether a folder can serve as an encoder, and a picture encoder's file: problem sentences, empty when good. They
/// look at the disk: not for the GUI thread.
QString encoderProblem(const QString& encoder);
QString resnetProblem(const QString& resnet);

/// State of the new-run form: what was chosen, what differs from the preset, what is wrong, and the command line that
/// comes of it. No widgets.
class TrainForm : public QObject {
    Q_OBJECT
public:
    explicit TrainForm(QObject* parent = nullptr);

    void setSystems(std::vector<SystemField> systems);
    const std::vector<SystemField>& systems() const { return m_systems; }
    const SystemField* system() const;
    /// Options and presets of the chosen variant: the system's, or the variant's own.
    const SystemField* chosen() const;
    /// Whether the run would look at pictures: the system does, and "text only" is not chosen.
    bool readsPictures() const;
    /// Names of runs that exist already.
    void setTakenNames(const QStringList& names);
    /// Posts of the train, valid and test split of the open project.
    void setSplits(int train, int valid, int test);

    QString systemName() const { return m_system; }
    QString variant() const { return m_variant; }
    QString preset() const { return m_preset; }
    QString encoder() const { return m_encoder; }
    QString resnet() const { return m_resnet; }
    QString device() const { return m_device; }
    QString runName() const { return m_runName; }
    /// Whether training posts are held out in folds() folds, each judged by a model that has not seen it (train
    /// --folds). Such a run gets no model of its own, so that only the number is remembered for the next time.
    bool holdsOut() const { return m_holdsOut; }
    int folds() const { return m_folds; }
    static constexpr int kLeastFolds = 2, kMostFolds = 10, kUsualFolds = 5;

    /// Another system, or another preset, is another recipe: every option goes to the value that it gives, but for the
    /// layer to learn from, which is a choice of data.
    void setSystem(const QString& name);
    /// Options stay where the variant has those of the one before; one with options of its own has its own values.
    void setVariant(const QString& variant);
    /// A person's choice, "" for none: every option at its default. It stays while the system has it.
    void setPreset(const QString& preset);
    /// What the data are like: from now on a preset is offered, as long as nobody chose one.
    void setSheet(workflow::DataSheet sheet);
    /// Gives up the preset that was chosen, and what was set in it, for the one that fits.
    void offerPreset();
    /// Why the preset that is offered is the one, or which would be in place of the chosen one; empty: not known yet.
    QString presetReason() const;
    void setEncoder(const QString& encoder);
    void setResnet(const QString& resnet);
    void setDevice(const QString& device);
    void setHoldsOut(bool on);
    void setFolds(int folds);
    /// The name that a person typed; it stays whatever is chosen besides. Cleared, a name is proposed again.
    void setRunName(const QString& name);
    /// A name to begin with (that of a copy, or of a start that failed); another system has another one.
    void proposeRunName(const QString& name);
    /// What was found of the encoder set now: learning rates that nobody touched follow it. Nothing: not known.
    void setEncoderSketch(std::optional<workflow::EncoderSketch> sketch);
    /// What the learning rate has to do with the encoder, where it is another than the recipe's; empty: nothing.
    QString rateNote() const;
    /// Results of encoderProblem() and resnetProblem() for the values set now.
    void setEncoderProblem(const QString& problem);
    void setResnetProblem(const QString& problem);

    /// The value the preset (or else the default) gives, to the letter.
    nlohmann::json recipeValue(const QString& option) const;
    /// The same; a learning rate is that of the recipe brought to the size of the encoder.
    nlohmann::json presetValue(const QString& option) const;
    /// The value that will be used, as text.
    QString text(const QString& option) const;
    void setText(const QString& option, const QString& text);
    void reset(const QString& option);
    void resetAll();
    bool isChanged(const QString& option) const;
    int changedCount() const;
    QString optionProblem(const QString& option) const;

    /// Wrong fields: "data", "system", "encoder", "resnet", "device", "folds", "name" or an option's name, with a
    /// sentence each.
    std::map<QString, QString> problems() const;
    /// What is worth knowing about the data though nothing is wrong; empty when nothing is.
    QString hint() const;
    bool isReady() const { return problems().empty(); }
    /// Arguments of mnerva-cli for this run.
    QStringList arguments(const QString& projectFolder) const;

    /// What to remember for the next time, and how to begin with it (or with the run.json of a run to clone).
    nlohmann::json remembered() const;
    void recall(const nlohmann::json& values);

Q_SIGNALS:
    /// System, variant or preset changed: all options may have.
    void optionsReset();
    void changed();

private:
    std::vector<SystemField> m_systems;
    std::vector<std::string> m_taken;
    int m_trainPosts = 0, m_validPosts = 0, m_testPosts = 0;
    QString m_system, m_variant, m_preset, m_runName;
    QString m_encoder = QStringLiteral("tiny"), m_resnet = QStringLiteral("random18"), m_device = QStringLiteral("cpu");
    QString m_encoderProblem, m_resnetProblem;
    std::optional<workflow::DataSheet> m_sheet;
    std::optional<workflow::EncoderSketch> m_sketch = workflow::EncoderSketch{};
    bool m_presetIsOwn = false;
    workflow::PresetChoice choice() const;
    bool takeOffer();
    void dropForeignPreset();
    void proposeName();
    void forgetOptions();
    bool m_nameIsTyped = false, m_holdsOut = false;
    int m_folds = kUsualFolds;
    QString foldsProblem() const;
    std::map<QString, std::map<QString, QString>> m_ofRecipe;  ///< m_texts of variants with options of their own
    std::map<QString, QString> m_texts;                        ///< only options that a person set
};

}  // namespace mnerva::ui
