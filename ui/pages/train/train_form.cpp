#include "ui/pages/train/train_form.h"

#include <QLocale>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/base/json.h"
#include "core/text/encoder_files.h"
#include "core/workflow/runs/stored_run.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

QString word(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? fromUtf8(found->get<std::string>()) : QString();
}

QStringList words(const json& object, const char* name) {
    QStringList list;
    if (const auto found = object.find(name); found != object.end() && found->is_array())
        for (const json& entry : *found)
            if (entry.is_string()) list << fromUtf8(entry.get<std::string>());
    return list;
}

OptionField optionFromJson(const json& body) {
    OptionField option;
    option.name = word(body, "name");
    option.group = word(body, "group");
    option.type = word(body, "type");
    option.groupTitle = word(body, "groupTitle");
    option.title = word(body, "title");
    option.unit = word(body, "unit");
    option.sentence = word(body, "sentence");
    option.zero = word(body, "zero");
    option.isOffered = body.value("offered", json(true)) != false;
    option.choices = words(body, "choices");
    option.choiceTitles = words(body, "choiceTitles");
    option.fallback = body.contains("default") ? body["default"] : body.value("fallback", json());
    if (body.contains("minimum") && body["minimum"].is_number()) option.minimum = body["minimum"].get<double>();
    if (body.contains("maximum") && body["maximum"].is_number()) option.maximum = body["maximum"].get<double>();
    return option;
}

SystemField systemFromJson(const json& body) {
    SystemField system;
    system.name = word(body, "name");
    system.title = word(body, "title");
    system.variants = words(body, "variants");
    system.explains = words(body, "explains");
    system.readsPictures = body.value("reads_pictures", json(true)) != false;
    if (body.contains("options") && body["options"].is_array())
        for (const json& option : body["options"])
            if (option.is_object()) system.options.push_back(optionFromJson(option));
    if (body.contains("variantDetails") && body["variantDetails"].is_array())
        for (const json& other : body["variantDetails"])
            if (other.is_object()) system.others.push_back(systemFromJson(other));
    const json presets = body.value("presets", json());
    if (presets.is_object())
        for (const auto& [name, values] : presets.items()) system.presets.emplace_back(fromUtf8(name), values);
    for (const auto& [name, values] : system.presets)
        if (const json titles = body.value("presetTitles", json()); titles.is_object())
            system.presetTitles[name] = word(titles, toUtf8(name).c_str());
    if (presets.is_array())
        for (const json& preset : presets)
            if (preset.is_object())
                system.presets.emplace_back(word(preset, "name"), preset.value("values", json::object()));
    return system;
}

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

QString rangeText(const OptionField& option) {
    const auto say = [](double value) { return QLocale::c().toString(value, 'g', 10); };
    if (option.minimum && option.maximum)
        return TrainForm::tr("Between %1 and %2.").arg(say(*option.minimum), say(*option.maximum));
    return {};
}

bool isRandomResnet(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^random(18|34|50|101|152)$"));
    return pattern.match(text).hasMatch();
}

ParsedOption parseNumber(const OptionField& option, const QString& text) {
    bool good = false;
    const double number = QLocale::c().toDouble(text, &good);
    if (!good || !std::isfinite(number))
        return {json(), option.type == QLatin1String("int")
                            ? TrainForm::tr("A whole number is needed.")
                            : TrainForm::tr("A number is needed, such as 0.3 or 3e-5.")};
    if ((option.minimum && number < *option.minimum) || (option.maximum && number > *option.maximum))
        return {json(), rangeText(option)};
    if (option.type != QLatin1String("int")) return {number, {}};
    if (number != std::floor(number)) return {json(), TrainForm::tr("A whole number is needed.")};
    return {std::int64_t(number), {}};
}

/// "0.0003", "3e-5": short, and read back to the same bits.
QString numberText(double number) {
    constexpr double kLeastPlain = 1e-4, kMostPlain = 1e9;
    const double size = std::abs(number);
    if (size == 0 || (size >= kLeastPlain && size < kMostPlain))
        return QLocale::c().toString(number, 'f', QLocale::FloatingPointShortest);
    QString text = QLocale::c().toString(number, 'g', QLocale::FloatingPointShortest);
    static const QRegularExpression padded(QStringLiteral("e([+-])0(\\d)$"));
    return text.replace(padded, QStringLiteral("e\\1\\2"));
}

}  // namespace

const OptionField* SystemField::option(const QString& wanted) const {
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const OptionField& o) { return o.name == wanted; });
    return found == options.end() ? nullptr : &*found;
}

const json* SystemField::preset(const QString& wanted) const {
    const auto found = std::find_if(presets.begin(), presets.end(), [&](const auto& p) { return p.first == wanted; });
    return found == presets.end() ? nullptr : &found->second;
}

std::vector<SystemField> systemsFromJson(const json& body) {
    const json list = body.is_object() ? body.value("systems", json()) : body;
    if (!list.is_array() || list.empty()) throw Error(ErrorCode::ProtocolInvalid, {"no list of systems"});
    std::vector<SystemField> systems;
    for (const json& system : list)
        if (system.is_object() && !word(system, "name").isEmpty()) systems.push_back(systemFromJson(system));
    if (systems.empty()) throw Error(ErrorCode::ProtocolInvalid, {"no system has a name"});
    return systems;
}

QString optionText(const json& value) {
    if (value.is_string()) return fromUtf8(value.get<std::string>());
    if (value.is_boolean()) return value.get<bool>() ? QStringLiteral("true") : QStringLiteral("false");
    if (isWholeNumber<qint64>(value)) return QString::number(wholeNumber<qint64>(value));
    if (value.is_number()) return numberText(value.get<double>());
    return value.is_null() ? QString() : fromUtf8(value.dump());
}

ParsedOption parseOption(const OptionField& option, const QString& text) {
    const QString trimmed = text.trimmed();
    if (option.type == QLatin1String("int") || option.type == QLatin1String("real"))
        return parseNumber(option, trimmed);
    if (option.type == QLatin1String("bool")) {
        if (trimmed == QLatin1String("true")) return {true, {}};
        if (trimmed == QLatin1String("false")) return {false, {}};
        return {json(), TrainForm::tr("Either true or false.")};
    }
    if (option.type == QLatin1String("choice") && !option.choices.contains(trimmed))
        return {json(), TrainForm::tr("One of these: %1.").arg(option.choices.join(QStringLiteral(", ")))};
    return {toUtf8(trimmed), {}};
}

QString encoderProblem(const QString& encoder) {
    if (encoder == QLatin1String("tiny")) return {};
    if (encoder.isEmpty()) return TrainForm::tr("Choose a Hugging Face folder, or “tiny” for a small random encoder.");
    const fs::path folder = toPath(encoder);
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) return TrainForm::tr("There is no such folder.");
    QStringList missing;
    for (const std::string& name : text::EncoderFiles(folder).missing()) missing << fromUtf8(name);
    if (missing.isEmpty()) return {};
    return TrainForm::tr("This folder is no encoder: it lacks %1.").arg(missing.join(QStringLiteral(", ")));
}

QString resnetProblem(const QString& resnet) {
    if (isRandomResnet(resnet)) return {};
    if (resnet.isEmpty()) return TrainForm::tr("Choose a torchvision ResNet file, or “random18” to try things.");
    const fs::path file = toPath(resnet);
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return TrainForm::tr("This is a folder; a file is needed.");
    if (!isFile(file)) return TrainForm::tr("There is no such file.");
    if (file.extension() == ".safetensors") return {};
    std::ifstream stream(file, std::ios::binary);
    char magic[2] = {};
    stream.read(magic, 2);
    if (!stream) return TrainForm::tr("This file cannot be read.");
    if (magic[0] != 'P' || magic[1] != 'K')
        return TrainForm::tr("This is no torchvision file (zip form) and no safetensors file.");
    return {};
}

TrainForm::TrainForm(QObject* parent) : QObject(parent) {}

void TrainForm::setSystems(std::vector<SystemField> systems) {
    m_systems = std::move(systems);
    if (!system() && !m_systems.empty()) m_system = m_systems.front().name;
    if (const SystemField* now = system()) {
        if (!now->variants.contains(m_variant)) m_variant = now->variants.value(0);
        dropForeignPreset();
        takeOffer();
    }
    // What was proposed before the systems were known was only a stopgap.
    if (m_runName.isEmpty() || m_runName == fromUtf8(workflow::proposedRunName({}, m_taken))) proposeName();
    Q_EMIT optionsReset();
    Q_EMIT changed();
}

const SystemField* TrainForm::system() const {
    const auto found =
        std::find_if(m_systems.begin(), m_systems.end(), [&](const SystemField& s) { return s.name == m_system; });
    return found == m_systems.end() ? nullptr : &*found;
}

const SystemField* TrainForm::chosen() const {
    const SystemField* now = system();
    if (now)
        for (const SystemField& other : now->others)
            if (other.variants.contains(m_variant)) return &other;
    return now;
}

void TrainForm::setTakenNames(const QStringList& names) {
    m_taken.clear();
    for (const QString& name : names) m_taken.push_back(toUtf8(name));
    if (m_runName.isEmpty() || names.contains(m_runName, Qt::CaseInsensitive)) proposeName();
    Q_EMIT changed();
}

void TrainForm::setSplits(int train, int valid, int test) {
    m_trainPosts = train;
    m_validPosts = valid;
    m_testPosts = test;
    Q_EMIT changed();
}

void TrainForm::proposeName() {
    if (!m_nameIsTyped) m_runName = fromUtf8(workflow::proposedRunName(toUtf8(m_system), m_taken));
}

/// All but the layer to learn from, a choice of data.
void TrainForm::forgetOptions() {
    std::erase_if(m_texts, [](const auto& entry) { return entry.first != QLatin1String("layer"); });
}

void TrainForm::setSystem(const QString& name) {
    if (m_system == name) return;
    m_system = name;
    const SystemField* now = system();
    m_variant = now ? now->variants.value(0) : QString();
    dropForeignPreset();
    proposeName();
    forgetOptions();
    m_ofRecipe.clear();
    takeOffer();
    Q_EMIT optionsReset();
    Q_EMIT changed();
}

void TrainForm::setVariant(const QString& variant) {
    if (m_variant == variant) return;
    const SystemField* before = chosen();
    m_variant = variant;
    const SystemField* now = chosen();
    dropForeignPreset();
    if (now != before && now && before) {  // each recipe of a system has what a person set in it
        std::map<QString, QString>& kept = m_ofRecipe[before->variants.value(0)];
        kept = m_texts;
        forgetOptions();
        for (const auto& [option, text] : m_ofRecipe[now->variants.value(0)]) m_texts.emplace(option, text);
    }
    takeOffer();
    Q_EMIT optionsReset();
    Q_EMIT changed();
}

void TrainForm::setPreset(const QString& preset) {
    m_presetIsOwn = true;
    if (m_preset == preset) return Q_EMIT changed();
    m_preset = preset;
    forgetOptions();
    m_ofRecipe.clear();
    Q_EMIT optionsReset();
    Q_EMIT changed();
}

void TrainForm::setEncoder(const QString& encoder) {
    m_encoder = encoder.trimmed();
    m_encoderProblem.clear();
    m_sketch.reset();
    if (m_encoder == QLatin1String("tiny")) m_sketch.emplace();
    if (m_sketch && takeOffer()) Q_EMIT optionsReset();  // of a folder: when it has been looked at
    Q_EMIT changed();
}

void TrainForm::setResnet(const QString& resnet) {
    m_resnet = resnet.trimmed();
    m_resnetProblem.clear();
    Q_EMIT changed();
}

void TrainForm::setDevice(const QString& device) {
    m_device = device.trimmed();
    Q_EMIT changed();
}

void TrainForm::setHoldsOut(bool on) {
    if (m_holdsOut == on) return;
    m_holdsOut = on;
    Q_EMIT changed();
}

void TrainForm::setFolds(int folds) {
    if (m_folds == folds) return;
    m_folds = std::clamp(folds, kLeastFolds, kMostFolds);
    Q_EMIT changed();
}

void TrainForm::setRunName(const QString& name) {
    m_runName = name;
    m_nameIsTyped = !name.isEmpty();
    Q_EMIT changed();
}

void TrainForm::proposeRunName(const QString& name) {
    m_runName = name;
    m_nameIsTyped = false;
    Q_EMIT changed();
}

void TrainForm::setEncoderProblem(const QString& problem) {
    m_encoderProblem = problem;
    Q_EMIT changed();
}

void TrainForm::setResnetProblem(const QString& problem) {
    m_resnetProblem = problem;
    Q_EMIT changed();
}

json TrainForm::recipeValue(const QString& name) const {
    const SystemField* now = chosen();
    const OptionField* option = now ? now->option(name) : nullptr;
    if (!option) return {};
    if (const json* preset = now->preset(m_preset); preset && preset->contains(toUtf8(name)))
        return (*preset)[toUtf8(name)];
    return option->fallback;
}

QString TrainForm::text(const QString& option) const {
    const auto own = m_texts.find(option);
    return own != m_texts.end() ? own->second : optionText(presetValue(option));
}

void TrainForm::setText(const QString& option, const QString& text) {
    if (text.trimmed() == optionText(presetValue(option)))
        m_texts.erase(option);
    else
        m_texts[option] = text;
    Q_EMIT changed();
}

void TrainForm::reset(const QString& option) {
    if (m_texts.erase(option) > 0) Q_EMIT changed();
}

void TrainForm::resetAll() {
    m_texts.clear();
    Q_EMIT optionsReset();
    Q_EMIT changed();
}

bool TrainForm::isChanged(const QString& name) const {
    const auto own = m_texts.find(name);
    if (own == m_texts.end()) return false;
    const SystemField* now = chosen();
    const OptionField* option = now ? now->option(name) : nullptr;
    if (!option) return false;
    const ParsedOption parsed = parseOption(*option, own->second);
    const json preset = presetValue(name);
    return !parsed.problem.isEmpty() || parsed.value != preset;
}

int TrainForm::changedCount() const {
    return int(
        std::count_if(m_texts.begin(), m_texts.end(), [this](const auto& entry) { return isChanged(entry.first); }));
}

QString TrainForm::optionProblem(const QString& name) const {
    const SystemField* now = chosen();
    const OptionField* option = now ? now->option(name) : nullptr;
    return option ? parseOption(*option, text(name)).problem : QString();
}

QString TrainForm::hint() const {
    if (m_trainPosts > 0 && m_validPosts == 0)
        return tr("There are no validation posts: the last epoch will be kept, and no F1 curve is drawn.");
    if (m_trainPosts > 0 && m_testPosts == 0) return tr("There are no test posts: the run will have no test F1.");
    return {};
}

bool TrainForm::readsPictures() const {
    const SystemField* now = chosen();
    if (!now) return true;
    const bool textOnly =
        now->option(QStringLiteral("text_only")) && text(QStringLiteral("text_only")) == QLatin1String("true");
    return now->readsPictures && !textOnly;
}

QString TrainForm::foldsProblem() const {
    const SystemField* now = chosen();
    if (!m_holdsOut || !now) return {};
    if (!now->explains.contains(QStringLiteral("marginals")))
        return tr("This system does not tell the probability of each tag, which the list of label errors needs.");
    if (now->option(QStringLiteral("dynamics")) && text(QStringLiteral("dynamics")) == QLatin1String("true"))
        return tr("Learning dynamics are those of one model: record them in a run without folds.");
    if (m_trainPosts > 0 && m_trainPosts < m_folds) return tr("There are fewer training posts than folds.");
    return {};
}

std::map<QString, QString> TrainForm::problems() const {
    std::map<QString, QString> problems;
    const auto note = [&](const char* field, const QString& problem) {
        if (!problem.isEmpty()) problems[QString::fromLatin1(field)] = problem;
    };
    if (m_trainPosts == 0) note("data", tr("There are no training posts. Import a file for the train split first."));
    const SystemField* now = chosen();
    if (!now) note("system", tr("Choose a system."));
    note("encoder", m_encoder.isEmpty() ? encoderProblem({}) : m_encoderProblem);
    if (readsPictures()) note("resnet", m_resnet.isEmpty() ? resnetProblem({}) : m_resnetProblem);
    note("folds", foldsProblem());
    static const QRegularExpression device(QStringLiteral("^(cpu|cuda(:\\d+)?)$"));
    if (!device.match(m_device).hasMatch()) note("device", tr("A device is called cpu, cuda or cuda:1."));
    const std::string_view name = workflow::runNameProblem(toUtf8(m_runName), m_taken);
    if (name == "empty") note("name", tr("A run needs a name."));
    if (name == "long") note("name", tr("At most 64 characters."));
    if (name == "characters")
        note(
            "name",
            tr("No / \\ : * ? \" < > | and nothing invisible; no dot or hyphen in front, no dot or space at the end."));
    if (name == "taken") note("name", tr("There is a run of this name."));
    if (now)
        for (const OptionField& option : now->options)
            if (const QString problem = optionProblem(option.name); !problem.isEmpty()) problems[option.name] = problem;
    return problems;
}

QStringList TrainForm::arguments(const QString& projectFolder) const {
    QStringList list{QStringLiteral("train"), projectFolder, QStringLiteral("--system"), m_system};
    const SystemField* now = system();
    if (now && now->variants.size() > 1) list << QStringLiteral("--variant") << m_variant;
    now = chosen();
    list << QStringLiteral("--encoder") << m_encoder;
    if (readsPictures()) list << QStringLiteral("--resnet") << m_resnet;
    if (!m_preset.isEmpty()) list << QStringLiteral("--preset") << m_preset;
    if (now)
        for (const OptionField& option : now->options)
            if (const ParsedOption own = parseOption(option, text(option.name));
                own.problem.isEmpty() && own.value != recipeValue(option.name))
                list << QStringLiteral("--set") << option.name + QLatin1Char('=') + optionText(own.value);
    list << QStringLiteral("--run") << m_runName << QStringLiteral("--device") << m_device;
    if (m_holdsOut) list << QStringLiteral("--folds") << QString::number(m_folds);
    return list;
}

json TrainForm::remembered() const {
    json options = json::object();
    for (const auto& [name, text] : m_texts)
        if (isChanged(name)) options[toUtf8(name)] = toUtf8(text);
    return {{"system", toUtf8(m_system)},   {"variant", toUtf8(m_variant)}, {"preset", toUtf8(m_preset)},
            {"encoder", toUtf8(m_encoder)}, {"resnet", toUtf8(m_resnet)},   {"device", toUtf8(m_device)},
            {"options", options},           {"foldCount", m_folds}};
}

void TrainForm::recall(const json& values) {
    if (!values.is_object()) return;
    const auto take = [&](const char* name, QString& target) {
        if (const QString text = word(values, name); !text.isEmpty()) target = text;
    };
    take("system", m_system);
    take("variant", m_variant);
    if (values.contains("preset")) m_preset = word(values, "preset");
    m_presetIsOwn = values.contains("preset");
    take("encoder", m_encoder);
    m_sketch.reset();
    if (m_encoder == QLatin1String("tiny")) m_sketch.emplace();
    take("resnet", m_resnet);
    take("device", m_device);
    m_folds = std::clamp(wholeNumberOr<int>(values, "foldCount", m_folds), kLeastFolds, kMostFolds);
    // A run over folds, as its run.json tells it.
    const json folds = values.value("folds", json());
    m_holdsOut = folds.is_object();
    if (m_holdsOut) m_folds = std::clamp(wholeNumberOr<int>(folds, "count", m_folds), kLeastFolds, kMostFolds);
    m_texts.clear();
    if (const json options = values.value("options", json()); options.is_object())
        for (const auto& [name, value] : options.items()) {
            const QString text = optionText(value), option = fromUtf8(name);
            // A rate that was used is kept, whatever encoder is found.
            if (workflow::isRate(name) || text != optionText(presetValue(option))) m_texts[option] = text;
        }
    if (!system() && !m_systems.empty()) m_system = m_systems.front().name;
    if (const SystemField* now = system(); now && !now->variants.contains(m_variant))
        m_variant = now->variants.value(0);
    proposeName();
    Q_EMIT optionsReset();
    Q_EMIT changed();
}

}  // namespace mnerva::ui
