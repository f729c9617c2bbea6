#include "core/workflow/doctor/dynamics_input.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/protocol/dynamics.h"
#include "core/protocol/run_record.h"
#include "core/workflow/doctor/run_files_internal.h"

namespace mnerva::workflow {
namespace {

using protocol::Dynamics;
using protocol::DynamicsEpoch;

constexpr std::size_t kMostAnswers = 32;  // distinct ones of an entity; more are noise

/// What the model said of one entity over the epochs.
struct Course {
    struct Answer {
        std::optional<Entity> entity;
        int votes = 0;
    };
    std::vector<eval::EpochView> views;
    std::vector<Answer> later;  ///< in the later half, where it was wrong; each once, the last given last

    void take(const std::optional<Entity>& said) {
        const auto known = std::find_if(later.begin(), later.end(), [&](const Answer& a) { return a.entity == said; });
        if (known != later.end()) {
            ++known->votes;
            std::rotate(known, known + 1, later.end());
        } else if (later.size() < kMostAnswers) {
            later.push_back({said, 1});
        }
    }

    void sumUp(LearntEntity& into) const {
        into.dynamics = eval::learningDynamics(views);
        into.epochs = static_cast<int>(views.size());
        int most = 0;
        for (const Answer& answer : later) {  // of equally many votes the one that was given last
            if (answer.votes < most) continue;
            most = answer.votes;
            into.said = answer.entity;
            into.saysNothing = !answer.entity;
        }
    }
};

std::vector<Course> coursesOf(const Dynamics& said) {
    std::vector<Course> out(said.entities());
    std::vector<const Entity*> instead;
    for (std::size_t e = 0; e < said.epochs.size(); ++e) {
        const DynamicsEpoch& epoch = said.epochs[e];
        const bool isLater = 2 * e + 1 >= said.epochs.size();
        instead.assign(out.size(), nullptr);
        for (const DynamicsEpoch::Said& one : epoch.said) instead[one.place] = &one.entity;
        for (std::size_t i = 0; i < out.size(); ++i) {
            const bool isRight = epoch.isRight[i] != 0;
            out[i].views.push_back({std::exp(static_cast<double>(epoch.logProbabilities[i])), isRight});
            if (isLater && !isRight) out[i].take(instead[i] ? std::optional<Entity>(*instead[i]) : std::nullopt);
        }
    }
    return out;
}

/// Whether a record of another run lies in the folder of this one.
bool isOfAnother(const Dynamics& said, const std::filesystem::path& folder) {
    const auto record = protocol::readRunRecord(folder);
    if (!record) return true;
    std::string inputs;
    if (const auto train = record->data.find("train"); train != record->data.end())
        if (const auto hash = train->find("inputs_sha256"); hash != train->end() && hash->is_string())
            inputs = hash->get<std::string>();
    return record->run != said.run || inputs != said.inputs;
}

}  // namespace

std::vector<std::string> dynamicsRuns(const project::Project& project) {
    return detail::runsWith(project, protocol::kDynamicsFile);
}

void takeDynamics(const project::Project& project, const std::string& run, DoctorInput& input) {
    if (!detail::runHas(project, run, protocol::kDynamicsFile))
        throw Error(ErrorCode::RunIncompatible,
                    {run, "no record of learning dynamics", "a run that was trained with --dynamics"});
    const auto folder = detail::runFolderOf(project, run);
    Dynamics said;
    try {
        said = protocol::readDynamicsFile(folder, input.odd);
    } catch (const Error&) {
        return input.odd.add({"dynamics-unreadable", protocol::kDynamicsFile, 0, run});
    }
    if (isOfAnother(said, folder)) return input.odd.add({"dynamics-other-run", protocol::kDynamicsFile, 0, run});
    if (said.epochs.empty()) return;
    const std::vector<Course> courses = coursesOf(said);
    std::size_t place = 0;
    for (const protocol::DynamicsPost& post : said.posts)
        for (const Entity& entity : post.entities) {
            LearntEntity one{post.number, post.id, post.words, entity, {}, 0, {}, false};
            courses[place++].sumUp(one);
            input.learnt.push_back(std::move(one));
        }
}

}  // namespace mnerva::workflow
