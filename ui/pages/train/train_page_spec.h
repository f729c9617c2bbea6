#pragma once

#include "ui/frame/page_spec.h"

namespace mnerva::ui {

PageSpec trainPage();

}  // namespace mnerva::ui
