#pragma once

#include <array>
#include <stdexcept>
#include <string_view>

namespace mnerva {

/// What one kind of training event (architecture.md, "Training events") is made of: the names of its members, those
/// that may be absent with "?" behind them. "event" and "time" stand in every one and are not listed.
struct TrainingEventKind {
    std::string_view name, keys;
};

/// All that `mnerva-cli train` sends: the one list that the trainer, its stand-in in the tests and the window are held
/// against (ui_train_stream_test). Kinds after "end" are parts of others: of `eval`, `checks`, `start`, `end`.
inline constexpr std::array kTrainingEvents{
    TrainingEventKind{"checks", "checks"},
    TrainingEventKind{"start",
                      "run checks boxes system variant preset encoder resnet device options seed data tags versions "
                      "parameters resumed epoch epochs steps arithmetic"},
    TrainingEventKind{"features", "done total stage?"},
    TrainingEventKind{"warning", "code count text"},
    TrainingEventKind{"epoch_start", "epoch epochs"},
    TrainingEventKind{"step", "epoch step steps loss flooded lr posts_per_second memory_mb seconds_left"},
    TrainingEventKind{"eval", "epoch split rule micro types gold predicted grounding?"},
    TrainingEventKind{"checkpoint", "epoch file best loss seconds relation_loss?"},
    TrainingEventKind{"predictions", "split file"},
    TrainingEventKind{"calibration", "kept entities reason? wanted? before? after? brier_before? brier_after?"},
    TrainingEventKind{"paused", ""},
    TrainingEventKind{"resumed", "seconds"},
    TrainingEventKind{"alive", ""},  // a sign of life while nothing can be told
    TrainingEventKind{"evaluating", "split epoch done total"},
    TrainingEventKind{"end", "outcome best_epoch? best_f1? test? error?"},
    TrainingEventKind{"micro", "p r f1"},
    TrainingEventKind{"type", "p r f1 support"},
    TrainingEventKind{"check", "code stops overruled count args text advice examples"},
    TrainingEventKind{"parameters", "total"},
    TrainingEventKind{"error", "code args text"},
};

/// The kind of a name; null for an unknown one.
constexpr const TrainingEventKind* trainingEventKind(std::string_view name) {
    for (const TrainingEventKind& kind : kTrainingEvents)
        if (kind.name == name) return &kind;
    return nullptr;
}

/// Whether a kind has a member of that name, always or sometimes.
constexpr bool hasKey(const TrainingEventKind& kind, std::string_view key) {
    for (std::size_t begin = 0; begin < kind.keys.size();) {
        const std::size_t space = kind.keys.find(' ', begin);
        std::string_view listed = kind.keys.substr(begin, space - begin);
        if (!listed.empty() && listed.back() == '?') listed.remove_suffix(1);
        if (listed == key) return true;
        if (space == std::string_view::npos) break;
        begin = space + 1;
    }
    return false;
}

/// A member's name for who reads events: does not compile where the trainer sends no such member.
consteval const char* eventKey(std::string_view kind, const char* key) {
    // By value: with -fsanitize=undefined GCC takes no comparison with a null pointer for a constant.
    for (const TrainingEventKind& listed : kTrainingEvents)
        if (listed.name == kind && hasKey(listed, key)) return key;
    throw std::logic_error("the trainer sends no such member");
}

}  // namespace mnerva
