#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/translatable.h"
#include "core/workflow/doctor/doctor_internal.h"

namespace mnerva::workflow::detail {
namespace {

constexpr int kLeastEpochs = 3;             // fewer show no course
constexpr double kLargestCorner = 0.5;      // of all entities: the model has learnt little of anything
constexpr const char* kPercent = "{:.0f}";  // probabilities as people read them

const Patient* patientOf(const std::unordered_map<PostId, const Patient*>& patients, const LearntEntity& learnt) {
    const auto found = patients.find(learnt.post);
    if (found == patients.end()) return nullptr;
    const Post& post = found->second->post;
    const bool isSame = post.externalId == learnt.id && static_cast<int>(post.words.size()) == learnt.words;
    return isSame ? found->second : nullptr;
}

void addDoubt(Ward& ward, const Patient& patient, const LearntEntity& learnt) {
    Suspect suspect = ward.suspect(patient, "hard-to-learn", learnt.entity);
    suspect.suggested = learnt.said;
    suspect.saysNone = learnt.saysNothing;
    suspect.dynamics = learnt.dynamics;
    suspect.score = 1 - learnt.dynamics.confidence;
    suspect.detailTemplate = MNERVA_TEXT("Doctor", "{0} % likely on the mean, right in {1} of {2} epochs");
    suspect.detailArgs = {fmt::format(kPercent, 100 * learnt.dynamics.confidence),
                          fmt::format("{:.0f}", learnt.dynamics.correctness * learnt.epochs),
                          std::to_string(learnt.epochs)};
    ward.report.suspects.push_back(std::move(suspect));
}

}  // namespace

void examineByDynamics(Ward& ward) {
    ward.report.odd = ward.input.odd;
    if (ward.input.learnt.empty()) return;
    std::unordered_map<PostId, const Patient*> patients;
    for (const Patient& patient : ward.patients) patients[patient.post.id] = &patient;
    std::vector<const Patient*> of;
    Findings gone;
    for (const LearntEntity& learnt : ward.input.learnt) {
        if (ward.stop.stop_requested()) throw Cancelled{};
        const Patient* patient = patientOf(patients, learnt);
        if (!patient) {
            const bool isNew = gone.list().empty() || gone.list().back().text != learnt.id;
            if (isNew && !ward.input.split) gone.add({"dynamics-post-gone", {}, 0, learnt.id});
            continue;
        }
        const auto& now = patient->entities;
        if (std::find(now.begin(), now.end(), learnt.entity) == now.end()) continue;  // labelled anew since
        ward.report.learnt.push_back(learnt);
        of.push_back(patient);
    }
    if (of.empty() && !gone.isEmpty())
        ward.report.odd.add({"dynamics-other-set", {}, 0, {}});
    else
        ward.report.odd.append(gone);
    const auto isHard = [](const LearntEntity& learnt) { return eval::isHardToLearn(learnt.dynamics); };
    const auto& all = ward.report.learnt;
    if (all.empty()) return;
    if (all.front().epochs < kLeastEpochs) return ward.report.odd.add({"dynamics-few-epochs", {}, 0, {}});
    const auto hard = static_cast<double>(std::count_if(all.begin(), all.end(), isHard));
    if (hard > kLargestCorner * static_cast<double>(all.size()))
        ward.report.odd.add({"dynamics-little-learnt", {}, 0, {}});
    for (std::size_t i = 0; i < all.size(); ++i)
        if (isHard(all[i])) addDoubt(ward, *of[i], all[i]);
}

}  // namespace mnerva::workflow::detail
