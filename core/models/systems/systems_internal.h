#pragma once

#include "core/models/model/system_internal.h"

namespace mnerva::models {

/// One function a system; registry.cpp puts them in order.
System bertSystem();
System bertCrfSystem();
System mpcfnSystem();
System mpcfnReferenceSystem();
System umtSystem();
System hvpnetSystem();
System rpbertSystem();
System mgcmtSystem();
System umgfSystem();
System gmnerSystem();

}  // namespace mnerva::models
