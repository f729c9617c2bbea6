#include "ui/train/option_texts.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "ui/common/error_text.h"

namespace mnerva::ui {
namespace {

struct OptionText {
    const char* name;
    const char* title;
    const char* sentence;
};

// The engine lists its options in English; here they are known by name, so that they can be translated.
// clang-format off
constexpr std::array kOptions{
    OptionText{"epochs", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Epochs"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How often the training posts are gone through.")},
    OptionText{"batch", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Batch"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many posts make one step of the optimiser.")},
    OptionText{"lr", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Learning rate"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Learning rate of the encoder and of the fusion layers.")},
    OptionText{"seed", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Seed"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Seed of all random numbers: initial weights, order of posts, dropout.")},
    OptionText{"crf_lr", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Learning rate of the CRF"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Learning rate of the emission layer and the CRF; 0.001 suits small encoders better.")},
    OptionText{"wd_text", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight decay, text"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight decay of the text encoder.")},
    OptionText{"wd_vision", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight decay, pictures"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight decay of the picture and fusion layers.")},
    OptionText{"wd_crf", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight decay, CRF"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight decay of the emission layer and the CRF.")},
    OptionText{"warmup", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Warm-up"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share of the steps over which the learning rate rises before it falls to zero.")},
    OptionText{"clip", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Gradient clipping"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Largest norm of the gradient; 0 leaves it alone, 1 is a usual value.")},
    OptionText{"first_eval_epoch", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "First scored epoch"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "First epoch after which the validation posts are scored.")},
    OptionText{"eval_batch", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Batch when scoring"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many posts are predicted at once.")},
    OptionText{"max_pieces", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Longest post"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Longest post in sub-tokens; 0 takes what the encoder's positions allow.")},
    OptionText{"threads", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Threads"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Processor threads; 0 takes what suits the machine.")},
    OptionText{"layer", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Learn from"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Which entities are learned from: those imported, or those corrected by a person.")},
    OptionText{"feature_cache", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Picture features"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Where frozen picture features are kept; automatic writes them to disk while they are small.")},
    OptionText{"feature_dtype", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Precision of features"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Precision in which picture features are kept; half precision needs half the room.")},
    OptionText{"optimiser", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Optimiser"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Update rule: AdamW (Adam where no weight decays), or the BertAdam of the first BERT programs.")},
    OptionText{"schedule", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Course of the learning rate"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Course of the learning rate after it has risen: linear to zero, the jump of BertAdam, constant, or times 0.8 every two epochs.")},
    OptionText{"decay_norms", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Decay of norms"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight decay acts on biases and layer norms too.")},
    OptionText{"shuffle", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "New order each epoch"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Go through the training posts in a new order each epoch.")},
    OptionText{"fusion_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Fusion layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Number of cross-modal fusion layers; 0 takes the smaller of 3 and the encoder's layers.")},
    OptionText{"gate_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Gate layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Encoder layers of the correlation gate's joint pass; 0 takes all, fewer is faster.")},
    OptionText{"gate_encoder", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Encoder of the gate"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Whether the correlation gate reads with the text encoder or with a copy of its own.")},
    OptionText{"subtoken", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Word vectors"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How the vectors of a word's sub-tokens become the word's vector; x tags every sub-token.")},
    OptionText{"objects", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Object crops"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many object crops of a post are used.")},
    OptionText{"object_tokens", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Rows per crop"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many rows one object crop contributes.")},
    OptionText{"cmt_init", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Start of the fusion layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Whether the fusion layers start from the encoder's last blocks or from small random numbers.")},
    OptionText{"layer_init", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Start of other layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Start values of the other new layers: uniform by fan-in, or small normal numbers.")},
    OptionText{"t2i_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers, words read cells"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers through which words read the picture's cells; the last makes the heat map.")},
    OptionText{"i2t_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers, cells read words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers through which the picture's cells read the words.")},
    OptionText{"t2t_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers, words read seen words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers through which words read what the picture's cells read.")},
    OptionText{"aux_weight", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of the second loss"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of the second loss, that of tagging where names begin and go on by the text alone.")},
    OptionText{"aux_share", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share of the second task"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share that the second tagging task has in the emissions of the first.")},
    OptionText{"tiny_hidden", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Tiny encoder: width"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the encoder that --encoder tiny makes.")},
    OptionText{"tiny_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Tiny encoder: layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Depth of the encoder that --encoder tiny makes.")},
    OptionText{"tiny_heads", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Tiny encoder: heads"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Attention heads of the encoder that --encoder tiny makes.")},
    OptionText{"flood_b", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Flood level"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Flood level: training holds the loss near this value instead of zero; 0 switches it off.")},
    OptionText{"prompt_hidden", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the prompts' layer"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the hidden layer that makes prompts of picture features.")},
    OptionText{"prompt_norm", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "One scale of prompts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Bring picture features to one scale before they become prompts; for random ResNets.")},
    OptionText{"text_only", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Text only"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Leave the pictures out and tag by the text alone.")},
    OptionText{"cp", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Correlation gate"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Correlation gate: weigh each picture by how well it fits the text.")},
    OptionText{"cf", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Cross fusion"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Cross fusion: words and picture cells attend to each other.")},
    OptionText{"use_global", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Whole picture"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Use the post's whole picture.")},
    OptionText{"use_objects", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Crops"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Use the object crops.")},
};

constexpr std::array kUnits{
    QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "epochs"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "posts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share of all steps"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "norm"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "epoch"),
    QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "sub-tokens"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "threads"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "crops"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "rows"),
    QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "units"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "heads"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "loss"),
};

constexpr std::array kSystems{
    OptionText{"bert", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BERT: the text alone, each tag for itself"), ""},
    OptionText{"bert-crf", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BERT-CRF: the text alone, tags that fit each other"), ""},
    OptionText{"mpcfn", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "MPCFN: multilevel pictures with correlation gate and cross fusion"), ""},
    OptionText{"umt", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "UMT: words and picture read each other, a second task finds the spans"), ""},
    OptionText{"hvpnet", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "HVPNeT: pictures as prompts before each encoder layer"), ""},
};

constexpr std::array kGroups{
    OptionText{"essential", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Essential"), ""},
    OptionText{"model", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Model"), ""},
    OptionText{"training", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Training"), ""},
    OptionText{"ablation", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Parts that can be left out"), ""},
};

constexpr std::array kWarnings{
    OptionText{"words-cut", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words are beyond the encoder's length and get no tag"), ""},
    OptionText{"picture-missing", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures are missing; those posts are learned from their text"), ""},
    OptionText{"picture-unreadable", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures cannot be read; those posts are learned from their text"), ""},
    OptionText{"tag-unknown", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words have a tag that was not in the training posts; they count as O"), ""},
};

constexpr std::array kPresets{
    OptionText{"", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "None: every option at its default"), ""},
    OptionText{"twitter2015", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2015, as in the paper"), ""},
    OptionText{"twitter2017", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2017, as in the paper"), ""},
    OptionText{"wukong", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "WuKong, as in the paper"), ""},
    OptionText{"sample", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Sample project: a few minutes, tiny encoder"), ""},
};
// clang-format on

QString translated(const char* text) {
    return QCoreApplication::translate("mnerva::ui::TrainForm", text);
}

template <class Table>
const OptionText* find(const Table& table, const QString& name) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const OptionText& entry) { return name == QLatin1String(entry.name); });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace

QString optionTitle(const OptionField& option) {
    const OptionText* text = find(kOptions, option.name);
    return text ? translated(text->title) : option.name;
}

QString optionSentence(const OptionField& option) {
    const OptionText* text = find(kOptions, option.name);
    // A sentence that was changed in the engine is shown as it is rather than as an old translation.
    return text && option.sentence == QLatin1String(text->sentence) ? translated(text->sentence) : option.sentence;
}

QString optionUnit(const OptionField& option) {
    const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                    [&](const char* unit) { return option.unit == QLatin1String(unit); });
    return found == kUnits.end() ? option.unit : translated(*found);
}

QString optionGroupTitle(const QString& group) {
    const OptionText* text = find(kGroups, group);
    return text ? translated(text->title) : group;
}

QString presetTitle(const QString& preset) {
    const OptionText* text = find(kPresets, preset);
    return text ? translated(text->title) : preset;
}

QString warningText(const std::string& code) {
    const QString name = QString::fromStdString(code);
    const OptionText* text = find(kWarnings, name);
    return text ? translated(text->title) : findingText(code);
}

QString systemTitle(const SystemField& system) {
    const OptionText* text = find(kSystems, system.name);
    if (text && system.title == QLatin1String(text->title)) return translated(text->title);
    return system.title.isEmpty() ? system.name : system.title;
}

}  // namespace mnerva::ui
