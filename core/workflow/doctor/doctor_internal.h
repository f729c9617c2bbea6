#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/project/project_internal.h"
#include "core/workflow/doctor/doctor.h"

namespace mnerva::workflow::detail {

/// A post as the doctor sees it.
struct Patient {
    Post post;
    std::vector<Entity> entities;
    std::vector<std::string> tags;  ///< of the layer, to the letter
};

/// What all examinations work on.
struct Ward {
    const project::Project& project;
    const DoctorInput& input;
    const ProgressSink& progress;
    const std::stop_token& stop;
    std::vector<Patient> patients;
    DoctorReport report;

    /// A suspect about words of a patient, with the verdict of its queue.
    Suspect suspect(const Patient& patient, const std::string& queue, int first, int last) const;
    /// The same about an entity: its verdict says that this entity is right.
    Suspect suspect(const Patient& patient, const std::string& queue, const Entity& given) const;
};

void examineByOdds(Ward& ward);
void examineByDynamics(Ward& ward);
void examineBySystems(Ward& ward);
void examineStrings(Ward& ward);
void examineOrphans(Ward& ward);
void examineTypes(Ward& ward);
void examineCharacters(Ward& ward);
void examineDuplicates(Ward& ward);

}  // namespace mnerva::workflow::detail
