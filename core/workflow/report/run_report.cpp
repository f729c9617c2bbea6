#include "core/workflow/report/run_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/finding_text.h"
#include "core/protocol/influence.h"
#include "core/workflow/report/report_internal.h"

namespace mnerva::workflow {
namespace report {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestValue = 400;

std::string secondsText(double seconds) {
    const auto whole = static_cast<long long>(seconds);
    return whole < 60     ? fmt::format("{} s", whole)
           : whole < 3600 ? fmt::format("{} min {} s", whole / 60, whole % 60)
                          : fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string stateName(protocol::RunState state) {
    switch (state) {
        case protocol::RunState::Running:
            return "running";
        case protocol::RunState::Paused:
            return "paused";
        case protocol::RunState::Succeeded:
            return "succeeded";
        case protocol::RunState::Failed:
            return "failed";
        case protocol::RunState::Cancelled:
            return "cancelled";
        case protocol::RunState::Interrupted:
            return "interrupted";
        case protocol::RunState::Unknown:
            break;
    }
    return "unknown";
}

void addFact(std::vector<std::pair<std::string, std::string>>& facts, const char* name, const std::string& value) {
    if (!value.empty()) facts.emplace_back(name, value);
}

std::string memberText(const json& object, const char* name) {
    return object.is_object() && object.contains(name) ? shortText(object.at(name)) : std::string();
}

/// "LOC 63, PER 71" of counts by name.
std::string countsText(const json& object, const char* name) {
    if (!object.is_object() || !object.contains(name) || !object.at(name).is_object()) return memberText(object, name);
    std::string out;
    for (const auto& [type, count] : object.at(name).items())
        out += (out.empty() ? "" : ", ") + type + " " + shortText(count);
    return shortText(out);
}

}  // namespace

std::string shortText(const json& value) {
    std::string text =
        value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > kLongestValue) text = text.substr(0, kLongestValue) + "\u2026";
    return text;
}

void addSettings(Page& page, const StoredRun& run, const RunReportOptions& options) {
    const protocol::RunRecord& record = run.record;
    page.section("What it was started with");
    std::vector<std::pair<std::string, std::string>> facts;
    addFact(facts, "System", record.system + (record.variant.empty() ? "" : ", " + record.variant));
    addFact(facts, "Preset", record.preset);
    addFact(facts, "Text encoder", record.encoder);
    addFact(facts, "Picture encoder", record.resnet);
    addFact(facts, "Boxes", record.boxes);
    addFact(facts, "Seed", record.seed.is_null() ? "" : shortText(record.seed));
    addFact(facts, "Device", record.device);
    if (record.versions.is_object())
        for (const auto& [name, value] : record.versions.items())
            facts.emplace_back("Version of " + name, shortText(value));
    addFact(facts, "Report by", options.program);
    if (run.history.parameters > 0) addFact(facts, "Weights", fmt::format("{:.0f}", run.history.parameters));
    if (run.history.workSeconds > 0) addFact(facts, "Wall time", secondsText(run.history.workSeconds));
    addFact(facts, "State", stateName(run.history.state));
    page.facts(facts);
    std::vector<std::vector<std::string>> changed, others;
    if (record.options.is_object())
        for (const auto& [name, value] : record.options.items()) {
            const bool isKnown = options.presetValues.is_object() && options.presetValues.contains(name);
            const std::string preset = isKnown ? shortText(options.presetValues.at(name)) : std::string();
            const bool isChanged = isKnown && options.presetValues.at(name) != value;
            (isChanged ? changed : others).push_back({name, shortText(value), preset});
        }
    if (changed.empty() && others.empty()) return page.note("run.json tells no options.");
    const std::size_t bold = changed.size();
    changed.insert(changed.end(), others.begin(), others.end());
    page.table({"option", "value", "preset"}, changed, bold);
}

void addData(Page& page, const StoredRun& run) {
    page.section("Data");
    std::vector<std::vector<std::string>> rows;
    for (const char* split : {"train", "valid", "test"}) {
        if (!run.record.data.is_object() || !run.record.data.contains(split)) continue;
        const json& part = run.record.data.at(split);
        rows.push_back({split, memberText(part, "posts"), countsText(part, "entities"), memberText(part, "fingerprint"),
                        memberText(part, "inputs_sha256")});
    }
    if (rows.empty()) return page.note("run.json tells nothing of the data.");
    page.table({"split", "posts", "entities", "fingerprint (ids, words, tags)", "SHA-256 of what the model saw"}, rows);
    for (const protocol::TrainCheck& check : run.history.checks)
        page.note(check.text + (check.overruled ? " (overruled)" : ""));
}

void addCourse(Page& page, const StoredRun& run) {
    page.section("Training");
    const protocol::RunHistory& history = run.history;
    if (!history.failure.text.empty()) page.paragraph("It failed: " + history.failure.text);
    if (history.points.empty() && history.evals.empty())
        return page.note("events.jsonl is missing or tells no step: there are no curves.");
    Line loss{"loss", {}, {}, "#2f6fd0"};
    for (const protocol::StepPoint& point : history.points) {
        loss.x.push_back(point.step);
        loss.y.push_back(point.loss);
    }
    page.drawing(lineChart({loss}, "step", "loss"), "Loss");
    Line all{"all types", {}, {}, "#1c1f23", false, true};
    std::vector<std::vector<std::string>> rows;
    const protocol::EvalPoint* best = history.best();
    for (const protocol::EvalPoint& eval : history.evals) {
        const bool isTest = eval.split == "test";
        if (!isTest) {
            all.x.push_back(eval.epoch);
            all.y.push_back(100 * eval.micro.f1);
        }
        rows.push_back({fmt::format("{}{}", eval.epoch, &eval == best ? " (kept)" : ""), eval.split, eval.rule,
                        numberText(100 * eval.micro.precision, 2), numberText(100 * eval.micro.recall, 2),
                        numberText(100 * eval.micro.f1, 2), std::to_string(eval.micro.support)});
    }
    page.drawing(lineChart({all}, "epoch", "F1"), "F1 on the validation posts");
    if (!rows.empty()) page.table({"epoch", "split", "rule", "P", "R", "F1", "entities in gold"}, rows);
    for (const protocol::WarningEvent& warning : history.warnings)
        page.note(countedFinding(warning.code, warning.count) +
                  (warning.text.empty() ? "" : " (" + warning.text + ")"));
}

void addCalibration(Page& page, const StoredRun& run) {
    page.section("Calibration");
    if (!run.calibration) return page.note("calibration.json is missing, or the run had too few validation entities.");
    const RunCalibration& found = *run.calibration;
    const auto line = [](const eval::Reliability& of, const char* name, const char* colour, bool isDashed) {
        Line out{name, {}, {}, colour, isDashed, true};
        for (const eval::ReliabilityBin& bin : of.bins) {
            if (bin.count == 0) continue;
            out.x.push_back(bin.confidence);
            out.y.push_back(bin.right);
        }
        return out;
    };
    std::vector<Line> lines{{"exact", {0, 1}, {0, 1}, "#8b939c", true, false},
                            line(found.before, "as the model says", "#d55e00", true)};
    if (found.kept) lines.push_back(line(found.after, "calibrated", "#2f6fd0", false));
    page.drawing(lineChart(lines, "confidence", "share right"), "Share of right entities over confidence");
    page.paragraph(fmt::format("Expected calibration error on the {} posts: {:.4f} before, {:.4f} after; {}.",
                               found.onTest ? "test" : "validation", found.before.ece, found.after.ece,
                               found.kept ? "calibrated confidences are used" : "not kept, as it did not help"));
}

void addInfluence(Page& page, const StoredRun& run) {
    page.section("Does the picture matter?");
    const auto found = protocol::readInfluence(run.folder);
    if (!found) return page.note("influence.json is missing: mnerva-cli predict --influence makes it.");
    const auto row = [](const char* name, const protocol::InfluenceSummary& s) {
        return std::vector<std::string>{name,
                                        std::to_string(s.helped),
                                        std::to_string(s.hurt),
                                        std::to_string(s.sameRight),
                                        std::to_string(s.sameWrong),
                                        numberText(s.change, 4)};
    };
    page.table({"", "helped", "hurt", "right either way", "wrong either way", "mean change of log p"},
               {row("posts", found->posts), row("entities", found->entities),
                row("entities, against no picture", found->format < 2 ? found->entities : found->withoutEntities),
                row("entities, against other posts' pictures", found->swappedEntities)});
    page.note("Helped: right with the picture, and wrong without one or with that of one of three other posts.");
    page.note(fmt::format("layer {}; split {}; seed {}; {} posts without a picture", found->layer,
                          found->split.empty() ? "all" : found->split, found->seed, found->withoutPicture));
}

void addExplanation(Page& page, const StoredRun& run) {
    page.section("Are the maps right?");
    const auto body = protocol::readRunObject(run.folder / "explanation.json");
    if (!body) return page.note("explanation.json is missing: mnerva-cli explain --bench makes it.");
    addObject(page, *body);
}

/// Values of an object as facts, its lists of objects as tables; what is long is left out.
void addObject(Page& page, const json& body) {
    constexpr std::size_t kMostRows = 60;
    std::vector<std::pair<std::string, std::string>> facts;
    for (const auto& [name, value] : body.items())
        if (value.is_primitive()) facts.emplace_back(name, shortText(value));
    page.facts(facts);
    for (const auto& [name, value] : body.items()) {
        if (!value.is_array() || value.empty() || value.size() > kMostRows || name == "list") continue;
        std::vector<std::string> head;
        std::vector<json> flat;
        for (const json& row : value) {
            flat.push_back(row.is_object() ? row.flatten() : json::object());
            for (const auto& [path, one] : flat.back().items())
                if (one.is_primitive() && std::find(head.begin(), head.end(), path) == head.end() && head.size() < 16)
                    head.push_back(path);
        }
        if (head.empty()) continue;
        std::vector<std::vector<std::string>> rows;
        for (const json& row : flat) {
            std::vector<std::string> cells;
            for (const std::string& path : head) {
                const auto found = row.find(path);
                cells.push_back(found == row.end()         ? ""
                                : found->is_number_float() ? numberText(found->get<double>(), 4)
                                                           : shortText(*found));
            }
            rows.push_back(std::move(cells));
        }
        for (std::string& path : head)
            if (!path.empty() && path.front() == '/') path.erase(0, 1);
        page.paragraph(name);
        page.table(head, rows);
    }
}

}  // namespace report

std::string runReport(const project::Project& project, const std::string& run, const RunReportOptions& options,
                      const std::stop_token& stop) {
    const std::filesystem::path folder = runsFolder(project.folder()) / run;
    std::error_code ignored;
    const bool isName = !run.empty() && run != "." && std::filesystem::path(run).filename() == run;
    if (!isName || !staysInside(run) || !std::filesystem::is_directory(folder, ignored)) {
        std::string known;
        for (const StoredRun& one : readRuns(project.folder(), stop)) known += (known.empty() ? "" : ", ") + one.name;
        throw Error(ErrorCode::RunMissing, {run, known});
    }
    const StoredRun stored = readRun(folder);
    report::Page page("Run " + stored.name, "en");
    std::string summary = fmt::format(
        "{} in the project {}.", stored.record.system.empty() ? "A run" : stored.record.system, project.info().name);
    const auto figure = [](const char* split, const std::optional<ScoreFigure>& of) {
        return of ? fmt::format(" {} F1 {} (epoch {}, rule {}).", split, report::numberText(100 * of->f1, 2), of->epoch,
                                of->rule.empty() ? "unknown" : of->rule)
                  : std::string();
    };
    page.paragraph(summary + figure("Validation", stored.valid) + figure("Test", stored.test));
    if (!stored.problem.empty()) page.note("Not all of the run's folder could be read: " + stored.problem);
    report::addSettings(page, stored, options);
    report::addData(page, stored);
    report::addCourse(page, stored);
    report::addScores(page, project, stored, options, stop);
    report::addCalibration(page, stored);
    report::addInfluence(page, stored);
    report::addExplanation(page, stored);
    return page.take();
}

}  // namespace mnerva::workflow
