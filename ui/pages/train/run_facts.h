#pragma once

#include <QString>
#include <QStringList>

#include "ui/session/runs_model.h"

namespace mnerva::ui {

/// What a run is, in a few words each: system, encoders, preset, device, weights, state, seed, layer, data, wall time.
QStringList runFacts(const RunInfo& info, const protocol::RunHistory& history);
/// The whole fingerprints of the data, a split a line.
QString runFingerprints(const protocol::RunRecord& record);
/// "CPU", "GPU 0" of "cpu", "cuda:0": as the status line calls them.
QString deviceText(const QString& device);
/// "3 min 12 s".
QString durationText(double seconds);
/// What must stand under every figure of the run, in English as under the figures of scores: run, system, rule, layer,
/// split, data, seed.
QString runCaption(const RunInfo& info);

}  // namespace mnerva::ui
