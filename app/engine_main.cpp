#include "app/command_line.h"

namespace {

using namespace mnerva::app;

constexpr AddCommand kCommands[] = {
    addInit,       addImport,  addExport,   addStats,     addFind,      addCheck,       addBackup,    addRestore,
    addRepair,     addTrain,   addPredict,  addEvaluate,  addScore,     addSample,      addSystems,   addDoctor,
    addServe,      addExplain, addDetect,   addCompare,   addReport,    addLabelErrors, addAgreement, addAdjudication,
    addAnnotators, addBulk,    addComments, addGazetteer, addCompletion};

}  // namespace

int main(int argc, char** argv) {
    return runCommandLine(argc, argv, kCommands);
}
