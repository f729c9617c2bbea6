#include "ui/look/resources.h"

#include <QtCore/qglobal.h>

// Q_INIT_RESOURCE declares functions of the global namespace.
static void registerResources() {
    Q_INIT_RESOURCE(resources);
    Q_INIT_RESOURCE(translations);
}

namespace mnerva::ui {

void initResources() {
    registerResources();
}

}  // namespace mnerva::ui
