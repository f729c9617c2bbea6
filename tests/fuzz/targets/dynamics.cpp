#include "core/protocol/dynamics.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

void run(std::string_view input) {
    fuzz::read([&] {
        Findings odd;
        const protocol::Dynamics said = protocol::readDynamics(input, "dynamics.jsonl", odd);
        for (const protocol::DynamicsEpoch& epoch : said.epochs)
            if (epoch.isRight.size() != said.entities() || epoch.logProbabilities.size() != said.entities())
                std::abort();
    });
}

const fuzz::Known kKnown("dynamics", run);

}  // namespace
