#include "ui/pages/train/option_texts.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "ui/base/error_text.h"

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
    OptionText{"auxiliary_text", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Texts about posts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Read the texts that posts bring about themselves, such as captions, after the words.")},
    OptionText{"two_views", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Two views"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of tagging alike with and without the texts about a post; 0 trains with them only.")},
    OptionText{"word_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Word dropout"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share of the words whose vectors are blanked out in training; large encoders like 0.1 to 0.3.")},
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
    OptionText{"subtoken", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Words from sub-tokens"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How the vectors of a word's sub-tokens become the word's vector; x tags every sub-token.")},
    OptionText{"objects", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Object crops"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many object crops of a post are used.")},
    OptionText{"object_tokens", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Rows per crop"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many rows one object crop contributes.")},
    OptionText{"cmt_init", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Start of the fusion layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Whether the fusion layers start from the encoder's last blocks or from small random numbers.")},
    OptionText{"layer_init", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Start of other layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Start values of the other new layers: uniform by fan-in, or small normal numbers.")},
    OptionText{"t2i_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers, words read cells"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers through which words read the picture's cells; the last makes the heat map.")},
    OptionText{"i2t_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers, cells read words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers through which the picture's cells read the words.")},
    OptionText{"t2t_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers, words read seen words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers through which words read what the picture's cells read.")},
    OptionText{"aux_weight", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of the second loss"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of the second loss, that of tagging where names begin and go on by the text alone.")},
    OptionText{"aux_share", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share of the second task"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share that the second tagging task has in the emissions of the first.")},
    OptionText{"tiny_hidden", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Tiny encoder: width"), "Width of the encoder that --encoder tiny makes."},
    OptionText{"tiny_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Tiny encoder: layers"), "Depth of the encoder that --encoder tiny makes."},
    OptionText{"tiny_heads", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Tiny encoder: heads"), "Attention heads of the encoder that --encoder tiny makes."},
    OptionText{"flood_b", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Flood level"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Flood level: training holds the loss near this value instead of zero; 0 switches it off.")},
    OptionText{"prompt_hidden", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the prompts' layer"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the hidden layer that makes prompts of picture features.")},
    OptionText{"grid_norm", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "One scale of cells"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Bring the features of the picture's cells to one scale first; for random ResNets.")},
    OptionText{"grid_centre", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Difference of cells"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Leave of the features of the picture's cells only what tells the cells apart; for random ResNets.")},
    OptionText{"prompt_norm", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "One scale of prompts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Bring picture features to one scale before they become prompts; for random ResNets.")},
    OptionText{"gate", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Gate"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How the picture is weighed by how much it adds to the text: by its probability, all or nothing, or not at all.")},
    OptionText{"cell_positions", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Place of the cells"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Where the picture's cells stand: behind the post's last sub-token, or behind the longest post of the batch as in the public code.")},
    OptionText{"lstm_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BiLSTM: layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers of the BiLSTM that reads the words' vectors.")},
    OptionText{"lstm_hidden", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BiLSTM: width"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the BiLSTM in each of its two directions.")},
    OptionText{"lstm_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BiLSTM: dropout"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share of the values before, between and behind the BiLSTM's layers that training drops.")},
    OptionText{"clean_words", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Odd words as unknown"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Read white space, joiners, variation selectors and t.co links as unknown words.")},
    OptionText{"relation_file", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Relation file"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "File that says of pictures and texts whether the picture adds to the text: a line holds the picture's path, the text and 0 or 1, with tabs between; empty: none.")},
    OptionText{"relation_weight", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of relations"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of the loss that is learned from that file.")},
    OptionText{"boxes_as_crops", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Boxes as crops"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Where a post has no crops, cut its boxes out of the picture in their place.")},
    OptionText{"freeze_resnet", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Frozen picture network"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Leave the picture network as it is; otherwise it learns with the rest, which is many times slower.")},
    OptionText{"bn_batch_statistics", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Statistics of the batch"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "A picture network that learns normalises by the batch at hand instead of by what it was trained with.")},
    OptionText{"score_rule", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Scoring rule"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Rule by which the validation and test posts are scored; the best epoch depends on it.")},
    OptionText{"backbone", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Backbone"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "What reads and writes: any BERT with a new decoder, or a BART.")},
    OptionText{"decoder_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Decoder layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers of the new decoder that a BERT gets; a BART has its own.")},
    OptionText{"grounded", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Ground in regions"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Also say which region of the picture shows each entity; learned from boxes of entities.")},
    OptionText{"regions", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Regions"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many regions of a picture are read at most.")},
    OptionText{"normalize", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "One length of regions"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Divide the features of a post's regions by their common length, so that no ResNet is too loud.")},
    OptionText{"region_norm", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "One scale of regions"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Bring the features of each region to one scale first; for random ResNets.")},
    OptionText{"region_loss", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Loss of the regions"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Loss of the regions: divergence from the shares of overlap, or each region on its own.")},
    OptionText{"region_weight", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of the regions' loss"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Weight of the regions' loss beside that of the words and types.")},
    OptionText{"pointer_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Dropout of pointers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Dropout where the decoder compares its state with words, types and regions.")},
    OptionText{"score_missing_regions", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Score missing regions"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Also score the places of regions that a post lacks, as the public code does; one that scores best is never right.")},
    OptionText{"compat_mask", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Mask of the public code"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Hide the regions from the encoder's attention, as the public code does by mistake.")},
    OptionText{"text_only", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Text only"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Leave the pictures out and tag by the text alone.")},
    OptionText{"cp", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Correlation gate"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Correlation gate: weigh each picture by how well it fits the text.")},
    OptionText{"cf", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Cross fusion"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Cross fusion: words and picture cells attend to each other.")},
    OptionText{"use_global", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Whole picture"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Use the post's whole picture.")},
    OptionText{"prompt_resnet", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "ResNet of the prompts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "ResNet that turns pictures into prompts: a file, or random18 to random152; empty takes that of the picture's cells.")},
    OptionText{"use_16_prefix", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Gated picture before the words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Words read the gated post picture besides the crops, which the public code prepares but leaves out; slow, since gated pictures go through the ResNet in every step.")},
    OptionText{"pictures", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Pictures of a post"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many pictures of a post, or frames of a clip, are used; of more, some evenly spread.")},
    // Other meanings of a name in a variant or in another system; an empty title: called as above.
    OptionText{"max_pieces", "", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Length to which every post is padded or cut, in sub-tokens, because padding counts here; 0 takes what the encoder's positions allow.")},
    OptionText{"cell_positions", "", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Where the picture's cells stand for the correlation gate: behind the post's last sub-token, or behind the longest post of the batch as in runs of version 0.1.")},
    OptionText{"objects", "", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many object crops of a picture are used.")},
    OptionText{"cp", "", "Correlation gate: say how well the picture fits the text. Nothing trains it, and it changes no tag unless use_16_prefix is on."},
    OptionText{"cf", "", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Cross fusion: picture cells that read the words join the words.")},
    OptionText{"use_objects", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Crops"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Use the object crops.")},
    OptionText{"object_labels", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Labels of objects"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many labels of objects in the picture are read, best first.")},
    OptionText{"word_vectors", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Vectors to find like words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "File of word vectors, word2vec text or binary, from which like words are found; empty takes the encoder's own.")},
    OptionText{"word_vectors", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Word vectors beside the encoder"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "File with vectors of words (word2vec, GloVe, fastText) that stand beside the encoder's; words it does not have get zeros; empty: none.")},
    OptionText{"fusion_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Dropout where joined"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share of values that training leaves out where what was read is joined.")},
    OptionText{"fusion", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Way of joining"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How what words read and what is read of them are joined: by gates, side by side, by an attention of our own, or by that of the public code.")},
    OptionText{"augment", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Like words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Add to each word the vectors of the words most like it.")},
    OptionText{"use_labels", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Labels"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Use the labels of the objects in the picture.")},
    OptionText{"use_aux", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Second task"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Learn the second task, that of finding where names begin.")},
    OptionText{"units", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Parts of the picture"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "How many parts of the picture are read; the whole picture stands for those that lack.")},
    OptionText{"graph_layers", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Graph: layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers of the graph of words and parts of the picture.")},
    OptionText{"graph_dim", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Graph: width"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the graph's nodes.")},
    OptionText{"graph_heads", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Graph: heads"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Attention heads of the graph's layers.")},
    OptionText{"graph_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Graph: dropout"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Share of values that training leaves out in the graph.")},
    OptionText{"unit_width", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the ResNet's new layer"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the layer that stands in for the ResNet's last.")},
    OptionText{"unit_norm", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "One scale of parts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Bring features of the picture's parts to one scale first; for random ResNets.")},
    OptionText{"loss_sum", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Loss summed over posts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Sum the loss over the posts of a batch instead of taking their mean.")},
};

constexpr std::array kUnits{
    QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "epochs"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "posts"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share of all steps"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share of the words"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "norm"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "epoch"),
    QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "sub-tokens"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "threads"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "layers"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "crops"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "rows"),
    QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "units"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "heads"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "loss"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "labels"), QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "regions"),
};

// Sentences that speak of the command line or of an option's name, as listed and as the form says it.
constexpr std::array kOwnSentences{
    OptionText{"tiny_hidden", "Width of the encoder that --encoder tiny makes.", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Width of the tiny text encoder.")},
    OptionText{"tiny_layers", "Depth of the encoder that --encoder tiny makes.", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Layers of the tiny text encoder.")},
    OptionText{"tiny_heads", "Attention heads of the encoder that --encoder tiny makes.", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Attention heads in each layer of the tiny text encoder.")},
    OptionText{"cp", "Correlation gate: say how well the picture fits the text. Nothing trains it, and it changes no tag unless use_16_prefix is on.", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Correlation gate: say how well the picture fits the text. Nothing trains it, and it changes no tag unless the gated picture stands before the words.")},
};

// What the values of a choice mean; the command line shows them as the engine calls them. Name: option and value.
constexpr std::array kChoices{
    OptionText{"optimiser adamw", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "AdamW"), ""},
    OptionText{"optimiser bert-adam", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BertAdam"), ""},
    OptionText{"schedule linear", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "linear to zero"), ""},
    OptionText{"schedule bert-adam", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "jump of BertAdam"), ""},
    OptionText{"schedule constant", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "constant"), ""},
    OptionText{"schedule decay", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "× 0.8 every 2 epochs"), ""},
    OptionText{"feature_cache auto", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "automatic"), ""},
    OptionText{"feature_cache disk", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "on disk"), ""},
    OptionText{"feature_cache memory", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "in memory"), ""},
    OptionText{"feature_dtype f32", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "single (32 bits)"), ""},
    OptionText{"feature_dtype f16", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "half (16 bits)"), ""},
    OptionText{"gate_encoder shared", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "the text encoder"), ""},
    OptionText{"gate_encoder separate", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "a copy of its own"), ""},
    OptionText{"subtoken sum", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "sum"), ""},
    OptionText{"subtoken mean", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "mean"), ""},
    OptionText{"subtoken first", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "first sub-token"), ""},
    OptionText{"subtoken x", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "x: every sub-token"), ""},
    OptionText{"cmt_init encoder", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "encoder's blocks"), ""},
    OptionText{"cmt_init random", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "random"), ""},
    OptionText{"layer_init pytorch", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "uniform by fan-in"), ""},
    OptionText{"layer_init bert", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "small, normal"), ""},
    OptionText{"score_rule seqeval-lenient", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "seqeval, lenient"), ""},
    OptionText{"score_rule conll-strict", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "CoNLL, strict"), ""},
    OptionText{"score_rule special-to-o", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "special tags as O"), ""},
    OptionText{"gate soft", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "by probability"), ""},
    OptionText{"gate hard", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "all or nothing"), ""},
    OptionText{"gate none", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "not at all"), ""},
    OptionText{"cell_positions post", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "behind the post"), ""},
    OptionText{"cell_positions batch", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "behind the longest"), ""},
    OptionText{"fusion gates", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "gates"), ""},
    OptionText{"fusion concat", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "side by side"), ""},
    OptionText{"fusion attention", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "attention, our own"), ""},
    OptionText{"fusion attention-code", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "attention of the public code"), ""},
    OptionText{"backbone generic", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BERT, new decoder"), ""},
    OptionText{"backbone bart", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BART"), ""},
    OptionText{"region_loss kl", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "divergence"), ""},
    OptionText{"region_loss bce", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "each on its own"), ""},
};

// Where the listed unit is missing or says too little.
constexpr std::array kOwnUnits{
    OptionText{"units", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "parts"), ""},
    OptionText{"aux_share", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share"), ""},
    OptionText{"fusion_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share"), ""},
    OptionText{"graph_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share"), ""},
    OptionText{"pointer_dropout", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "share"), ""},
};

constexpr std::array kSystems{
    OptionText{"bert", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BERT: the text alone, each tag for itself"), ""},
    OptionText{"bert-crf", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "BERT-CRF: the text alone, tags that fit each other"), ""},
    OptionText{"mpcfn", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "MPCFN: multilevel pictures with correlation gate and cross fusion"), ""},
    OptionText{"umt", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "UMT: words and picture read each other, a second task finds the spans"), ""},
    OptionText{"gmner", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "H-Index: writes entities as a sequence and points at the regions that show them"), ""},
    OptionText{"hvpnet", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "HVPNeT: pictures as prompts before each encoder layer"), ""},
    OptionText{"rpbert", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "RpBERT: how much the picture adds to the text decides how much of it is read"), ""},
    OptionText{"mgcmt", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "MGCMT: UMT with words like the post's own and the labels of objects"), ""},
    OptionText{"umgf", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "UMGF: a graph of words and parts of the picture, a gate for each pair"), ""},
};

constexpr std::array kGroups{
    OptionText{"essential", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Essential"), ""},
    OptionText{"model", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Model"), ""},
    OptionText{"training", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Training"), ""},
    OptionText{"ablation", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Parts that can be left out"), ""},
};

constexpr std::array kWarnings{
    OptionText{"words-cut", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words are beyond the encoder's length and get no tag"), ""},
    OptionText{"auxiliary-cut", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words of texts about posts found no room behind the post"), ""},
    OptionText{"picture-missing", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures are missing; those posts are learned from their text"), ""},
    OptionText{"picture-unreadable", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures cannot be read; those posts are learned from their text"), ""},
    OptionText{"picture-kind-unknown", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures are of a kind that is not read; those posts are learned from their text"), ""},
    OptionText{"picture-too-large", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures are larger than can be read; those posts are learned from their text"), ""},
    OptionText{"picture-outside", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures lie outside of the picture folder and are not read"), ""},
    OptionText{"picture-damaged", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "pictures can be read in part; that part is used"), ""},
    OptionText{"tag-unknown", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "words have a tag that was not in the training posts; they count as O"), ""},
    OptionText{"relation-line-invalid", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "lines of the relation file cannot be used"), ""},
    OptionText{"object-unknown", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "labels of boxes are no object classes of COCO and are not read"), ""},
};

constexpr std::array kPresets{
    OptionText{"", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "None: every option at its default"), ""},
    OptionText{"twitter2015", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2015, as in the paper"), ""},
    OptionText{"twitter2017", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2017, as in the paper"), ""},
    OptionText{"wukong", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "WuKong, as in the paper"), ""},
    OptionText{"mpcfn-twitter2015", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2015, as the baseline of MPCFN"), ""},
    OptionText{"mpcfn-twitter2017", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2017, as the baseline of MPCFN"), ""},
    OptionText{"mpcfn-wukong", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "WuKong, as the baseline of MPCFN"), ""},
    OptionText{"fast-crf-twitter2015", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2015, that baseline with a fast CRF"), ""},
    OptionText{"fast-crf-twitter2017", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-2017, that baseline with a fast CRF"), ""},
    OptionText{"fast-crf-wukong", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "WuKong, that baseline with a fast CRF"), ""},
    OptionText{"twitter-gmner", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "Twitter-GMNER, entities with their regions"), ""},
    OptionText{"xlm-r", QT_TRANSLATE_NOOP("mnerva::ui::TrainForm", "For a large XLM-RoBERTa encoder"), ""},
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

/// The entry of what an option means in its system: two systems may call different things by one name.
const OptionText* findMeaning(const OptionField& option) {
    const auto found = std::find_if(kOptions.begin(), kOptions.end(), [&](const OptionText& entry) {
        return option.name == QLatin1String(entry.name) && option.sentence == QLatin1String(entry.sentence);
    });
    return found == kOptions.end() ? nullptr : &*found;
}

}  // namespace

QString optionTitle(const OptionField& option) {
    const OptionText* text = findMeaning(option);
    if (!text || !*text->title) text = find(kOptions, option.name);
    return text ? translated(text->title) : option.name;
}

QString optionSentence(const OptionField& option) {
    // A sentence that was changed in the engine is shown as it is rather than as an old translation.
    const OptionText* text = findMeaning(option);
    if (!text) return option.sentence;
    const auto own = std::find_if(kOwnSentences.begin(), kOwnSentences.end(), [&](const OptionText& entry) {
        return option.name == QLatin1String(entry.name) && option.sentence == QLatin1String(entry.title);
    });
    return translated(own == kOwnSentences.end() ? text->sentence : own->sentence);
}

QString optionUnit(const OptionField& option) {
    if (const OptionText* unit = find(kOwnUnits, option.name)) return translated(unit->title);
    const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                    [&](const char* unit) { return option.unit == QLatin1String(unit); });
    return found == kUnits.end() ? option.unit : translated(*found);
}

QString optionValueText(const OptionField& option, const QString& value) {
    if (option.type != QLatin1String("choice")) return value;
    const OptionText* text = find(kChoices, option.name + QLatin1Char(' ') + value);
    return text ? translated(text->title) : value;
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
