#include "app/command_line.h"
#include "app/engine_program.h"

namespace {

using namespace mnerva::app;

// Those that need neither torch nor OpenCV's decoders, whose loading takes half a second.
constexpr AddCommand kCommands[] = {addInit,      addImport,       addExport,     addStats, addFind,     addCheck,
                                    addBackup,    addRestore,      addRepair,     addScore, addEvaluate, addCompare,
                                    addAgreement, addAdjudication, addAnnotators, addBulk,  addComments, addGazetteer};

}  // namespace

int main(int argc, char** argv) {
    if (isAnswered(argc, argv, kCommands)) return runCommandLine(argc, argv, kCommands);
    return becomeEngine(argv);
}
