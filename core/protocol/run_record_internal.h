#pragma once

#include "core/protocol/members_internal.h"
#include "core/protocol/run_record.h"

namespace mnerva::protocol {

template <class Visit>
void members(Visit& visit, TrainCheck& check) {
    visit("code", check.code);
    visit("stops", check.stops);
    visit("overruled", check.overruled);
    visit("count", check.count);
    visit("args", check.args);
    visit("text", check.text);
    visit("advice", check.advice);
    visit("examples", check.examples);
    visit("posts", check.posts);
}

template <class Visit>
void members(Visit& visit, RunRecord& record) {
    visit("run", record.run);
    visit("checks", record.checks);
    visit("boxes", record.boxes);
    visit("system", record.system);
    visit("variant", record.variant);
    visit("preset", record.preset);
    visit("encoder", record.encoder);
    visit("resnet", record.resnet);
    visit("device", record.device);
    visit("options", record.options);
    visit("seed", record.seed);
    visit("data", record.data);
    visit("tags", record.tags);
    visit("versions", record.versions);
    visit("folds", record.folds);
    visit("outcome", record.outcome);
    visit("course", record.course);
    visit("files", record.files);
}

}  // namespace mnerva::protocol
