#include "ui/base/error_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

struct Sentence {
    ErrorCode code;
    const char* english;
};

// The same sentences as in core/base/error.cpp (a test compares them), here so that lupdate finds them.
// clang-format off
constexpr std::array kSentences{
    Sentence{ErrorCode::Internal,
             QT_TRANSLATE_NOOP("ErrorText", "Something went wrong inside Mnerva: {0}. Please report it with the log.")},
    Sentence{ErrorCode::FileMissing,
             QT_TRANSLATE_NOOP("ErrorText", "{0} does not exist.")},
    Sentence{ErrorCode::FileUnreadable,
             QT_TRANSLATE_NOOP("ErrorText", "{0} cannot be read: {1}.")},
    Sentence{ErrorCode::FileIsDirectory,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is a folder; a file was expected.")},
    Sentence{ErrorCode::FileUnwritable,
             QT_TRANSLATE_NOOP("ErrorText", "{0} cannot be written: {1}.")},
    Sentence{ErrorCode::DiskFull,
             QT_TRANSLATE_NOOP("ErrorText", "The disk is full: {0} could not be written. Free some space and try again; nothing was lost.")},
    Sentence{ErrorCode::FormatUnknown,
             QT_TRANSLATE_NOOP("ErrorText", "{0} has no format that Mnerva knows: {1}.")},
    Sentence{ErrorCode::FormatInvalid,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is not usable: found {1}, wanted {2}.")},
    Sentence{ErrorCode::LineInvalid,
             QT_TRANSLATE_NOOP("ErrorText", "{0}, line {1}: found {2}, wanted {3}.")},
    Sentence{ErrorCode::PickleRefused,
             QT_TRANSLATE_NOOP("ErrorText", "{0} contains more than plain data ({1}); nothing of it was run. Mnerva reads lists of names and weights, never code.")},
    Sentence{ErrorCode::ArchiveTruncated,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is cut short or damaged; download it again.")},
    Sentence{ErrorCode::ProjectMissing,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is not a Mnerva project: it has no project.mnerva.")},
    Sentence{ErrorCode::ProjectExists,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is a Mnerva project already.")},
    Sentence{ErrorCode::ProjectNewer,
             QT_TRANSLATE_NOOP("ErrorText", "{0} was made by a newer Mnerva (format {1}; this one knows up to {2}). Update Mnerva to change it.")},
    Sentence{ErrorCode::ProjectCorrupt,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is damaged: {1}.")},
    Sentence{ErrorCode::ProjectLocked,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is in use by {1} on {2} (process {3}). Close it there; where that program is gone, the lock ends by itself within ten minutes.")},
    Sentence{ErrorCode::ProjectReadOnly,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is open read-only; it was not changed.")},
    Sentence{ErrorCode::DatabaseFailed,
             QT_TRANSLATE_NOOP("ErrorText", "{0}: the database refused: {1}.")},
    Sentence{ErrorCode::LayerUnknown,
             QT_TRANSLATE_NOOP("ErrorText", "There is no layer {0}. Layers here: {1}.")},
    Sentence{ErrorCode::LayerNotStored,
             QT_TRANSLATE_NOOP("ErrorText", "The run {0} is no layer yet: its predictions are not in the project. Store them first: \"Use as suggestions\" in the window, or mnerva-cli predict PROJECT --run {0}.")},
    Sentence{ErrorCode::LabelUnknown,
             QT_TRANSLATE_NOOP("ErrorText", "There is no label {0}. Labels here: {1}.")},
    Sentence{ErrorCode::SplitEmpty,
             QT_TRANSLATE_NOOP("ErrorText", "The split {0} has no posts.")},
    Sentence{ErrorCode::SpanInvalid,
             QT_TRANSLATE_NOOP("ErrorText", "Words {0} to {1} do not exist in a post of {2} words.")},
    Sentence{ErrorCode::OptionUnknown,
             QT_TRANSLATE_NOOP("ErrorText", "There is no option {0}. Options: {1}.")},
    Sentence{ErrorCode::OptionInvalid,
             QT_TRANSLATE_NOOP("ErrorText", "The option {0} cannot be {1}; wanted: {2}.")},
    Sentence{ErrorCode::EncoderIncomplete,
             QT_TRANSLATE_NOOP("ErrorText", "The encoder folder {0} lacks {1}.")},
    Sentence{ErrorCode::EncoderInvalid,
             QT_TRANSLATE_NOOP("ErrorText", "The encoder {0} does not fit: found {1}, wanted {2}.")},
    Sentence{ErrorCode::WeightMissing,
             QT_TRANSLATE_NOOP("ErrorText", "{0} has no tensor {1}.")},
    Sentence{ErrorCode::WeightShape,
             QT_TRANSLATE_NOOP("ErrorText", "{0}: tensor {1} has shape {2}, wanted {3}.")},
    Sentence{ErrorCode::ImageUnreadable,
             QT_TRANSLATE_NOOP("ErrorText", "The picture {0} cannot be read.")},
    Sentence{ErrorCode::RunMissing,
             QT_TRANSLATE_NOOP("ErrorText", "There is no run {0}. Runs here: {1}.")},
    Sentence{ErrorCode::RunExists,
             QT_TRANSLATE_NOOP("ErrorText", "A run {0} exists already; choose another name or resume it.")},
    Sentence{ErrorCode::RunIncompatible,
             QT_TRANSLATE_NOOP("ErrorText", "The run {0} does not fit: found {1}, wanted {2}.")},
    Sentence{ErrorCode::NothingToResume,
             QT_TRANSLATE_NOOP("ErrorText", "The run {0} has no checkpoint to resume from.")},
    Sentence{ErrorCode::ChecksStopped,
             QT_TRANSLATE_NOOP("ErrorText", "{0} was not started, because of what was found in its data: {1}. Mend the data, or overrule these checks.")},
    Sentence{ErrorCode::DeviceMissing,
             QT_TRANSLATE_NOOP("ErrorText", "There is no device {0}. Devices here: {1}.")},
    Sentence{ErrorCode::MemoryExhausted,
             QT_TRANSLATE_NOOP("ErrorText", "Memory ran out while {0}. Try a smaller batch or encoder.")},
    Sentence{ErrorCode::NumberNotFinite,
             QT_TRANSLATE_NOOP("ErrorText", "A number that is not finite appeared in {0}; training stopped and the last checkpoint was kept.")},
    Sentence{ErrorCode::ProtocolInvalid,
             QT_TRANSLATE_NOOP("ErrorText", "The engine sent something that could not be understood: {0}.")},
    Sentence{ErrorCode::ProtocolTooLarge,
             QT_TRANSLATE_NOOP("ErrorText", "A message of {0} bytes is larger than the limit of {1}.")},
    Sentence{ErrorCode::EngineDied,
             QT_TRANSLATE_NOOP("ErrorText", "The engine stopped unexpectedly: {0}.")},
    Sentence{ErrorCode::EngineSilent,
             QT_TRANSLATE_NOOP("ErrorText", "The engine did not answer for {0} seconds.")},
    Sentence{ErrorCode::EngineVersion,
             QT_TRANSLATE_NOOP("ErrorText", "The engine speaks version {0} of the protocol, this window version {1}. Install both from the same release.")},
    Sentence{ErrorCode::NothingToUndo,
             QT_TRANSLATE_NOOP("ErrorText", "There is nothing to undo.")},
    Sentence{ErrorCode::NothingToRedo,
             QT_TRANSLATE_NOOP("ErrorText", "There is nothing to redo.")},
    Sentence{ErrorCode::ConflictingChange,
             QT_TRANSLATE_NOOP("ErrorText", "The post {0} was changed elsewhere; it was loaded again and your last key was not applied.")},
    Sentence{ErrorCode::LabelInUse,
             QT_TRANSLATE_NOOP("ErrorText", "{0} cannot be taken away: entities use it.")},
    Sentence{ErrorCode::FileNotPlain,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is {1}; a plain file was expected.")},
    Sentence{ErrorCode::FileTooLarge,
             QT_TRANSLATE_NOOP("ErrorText", "{0} has {1} bytes; Mnerva reads at most {2} of such a file.")},
    Sentence{ErrorCode::UnsafeTarget,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is {1}; nothing was written through it.")},
    Sentence{ErrorCode::FileExists,
             QT_TRANSLATE_NOOP("ErrorText", "{0} exists already and was not replaced. Choose another name, or replace it on purpose (--force).")},
    Sentence{ErrorCode::FileProtected,
             QT_TRANSLATE_NOOP("ErrorText", "{0} belongs to a Mnerva project; an export never replaces it. Choose another place.")},
    Sentence{ErrorCode::EncodingUnknown,
             QT_TRANSLATE_NOOP("ErrorText", "{0} is not UTF-8; it looks like {1}. Convert it, or name its encoding (--encoding).")},
    Sentence{ErrorCode::NothingImported,
             QT_TRANSLATE_NOOP("ErrorText", "Nothing was imported from {0}: {1}.")},
    Sentence{ErrorCode::ImportTooLossy,
             QT_TRANSLATE_NOOP("ErrorText", "{0} findings say that something would be lost; nothing was imported, as strictness was asked for.")},
    Sentence{ErrorCode::BoundExceeded,
             QT_TRANSLATE_NOOP("ErrorText", "{0} holds more {1} than Mnerva reads ({2}); nothing of it was used.")},
    Sentence{ErrorCode::RunBusy,
             QT_TRANSLATE_NOOP("ErrorText", "The run {0} is being trained by another process ({1}). Stop that one first, or wait for its end.")},
    Sentence{ErrorCode::RunNameInvalid,
             QT_TRANSLATE_NOOP("ErrorText", "A run cannot be called {0}; wanted: {1}.")},
    Sentence{ErrorCode::RunDamaged,
             QT_TRANSLATE_NOOP("ErrorText", "The run {0} is damaged: {1}.")},
    Sentence{ErrorCode::ImageKindUnknown,
             QT_TRANSLATE_NOOP("ErrorText", "The picture {0} cannot be read: it is {1}; Mnerva reads {2}.")},
    Sentence{ErrorCode::ImageTooLarge,
             QT_TRANSLATE_NOOP("ErrorText", "The picture {0} has {1} pixels; Mnerva reads up to {2}.")},
    Sentence{ErrorCode::ImageOutside,
             QT_TRANSLATE_NOOP("ErrorText", "The picture {0} lies outside of {1}; it was not read.")},
    Sentence{ErrorCode::PathEncoding,
             QT_TRANSLATE_NOOP("ErrorText", "The name {0} is not UTF-8; rename the file or folder to use it here.")},
};
// clang-format on

struct Phrase {
    std::string_view code;
    const char* english;
};

// clang-format off
constexpr std::array kFindings{
    Phrase{"orphan-inside-tag", QT_TRANSLATE_NOOP("Finding", "An entity that no B- tag opens; read as an entity of its own")},
    Phrase{"unknown-tag", QT_TRANSLATE_NOOP("Finding", "A tag of no known form; kept as it is, read as no entity")},
    Phrase{"empty-tag", QT_TRANSLATE_NOOP("Finding", "A word with an empty tag; read as O")},
    Phrase{"padded-tag", QT_TRANSLATE_NOOP("Finding", "Spaces around a tag")},
    Phrase{"tabless-line", QT_TRANSLATE_NOOP("Finding", "A line without a tab; read as a word without a tag")},
    Phrase{"extra-tabs", QT_TRANSLATE_NOOP("Finding", "More than one tab in a line")},
    Phrase{"tag-cleaned", QT_TRANSLATE_NOOP("Finding", "A tag with characters nobody sees, or of another spelling; cleaned")},
    Phrase{"scheme-bilou", QT_TRANSLATE_NOOP("Finding", "BILOU tags; L and U are read as E and S")},
    Phrase{"separator-other", QT_TRANSLATE_NOOP("Finding", "No tab between word and tag")},
    Phrase{"tag-column-other", QT_TRANSLATE_NOOP("Finding", "The tag is not in the last column")},
    Phrase{"columns-left-out", QT_TRANSLATE_NOOP("Finding", "Columns beside word and tag; not kept")},
    Phrase{"header-line", QT_TRANSLATE_NOOP("Finding", "A line with names of columns; left out")},
    Phrase{"comment-line", QT_TRANSLATE_NOOP("Finding", "A comment; left out")},
    Phrase{"docstart-line", QT_TRANSLATE_NOOP("Finding", "A mark between documents (-DOCSTART-); left out")},
    Phrase{"cr-line-ends", QT_TRANSLATE_NOOP("Finding", "Line ends of old Mac systems (CR)")},
    Phrase{"cr-inside-line", QT_TRANSLATE_NOOP("Finding", "A carriage return inside a line; read as a line end")},
    Phrase{"encoding-converted", QT_TRANSLATE_NOOP("Finding", "Converted to UTF-8 from this encoding")},
    Phrase{"encoding-doubtful", QT_TRANSLATE_NOOP("Finding", "The file reads well as UTF-8, but another encoding was named")},
    Phrase{"made-up-ids", QT_TRANSLATE_NOOP("Finding", "Posts without an id of their own got these")},
    Phrase{"made-up-id-taken", QT_TRANSLATE_NOOP("Finding", "An id that an earlier post without one had been given")},
    Phrase{"gold-differs", QT_TRANSLATE_NOOP("Finding", "Gold tags of the file differ from the project's")},
    Phrase{"word-count-differs", QT_TRANSLATE_NOOP("Finding", "Tags and words of a post differ in number; left out")},
    Phrase{"picture-differs", QT_TRANSLATE_NOOP("Finding", "Another picture than the post's; left out")},
    Phrase{"posts-left-over", QT_TRANSLATE_NOOP("Finding", "A post for which the file has nothing")},
    Phrase{"blocks-left-over", QT_TRANSLATE_NOOP("Finding", "A block for which there is no post")},
    Phrase{"white-space-line", QT_TRANSLATE_NOOP("Finding", "A line of spaces; read as an empty line")},
    Phrase{"empty-word", QT_TRANSLATE_NOOP("Finding", "A tag without a word")},
    Phrase{"empty-imgid", QT_TRANSLATE_NOOP("Finding", "An IMGID line without an id")},
    Phrase{"odd-imgid-line", QT_TRANSLATE_NOOP("Finding", "An IMGID line of an unusual form")},
    Phrase{"missing-imgid", QT_TRANSLATE_NOOP("Finding", "A post without an IMGID line")},
    Phrase{"words-before-imgid", QT_TRANSLATE_NOOP("Finding", "Words before the first IMGID line")},
    Phrase{"empty-post", QT_TRANSLATE_NOOP("Finding", "A post without words")},
    Phrase{"repeated-image-id", QT_TRANSLATE_NOOP("Finding", "An id that an earlier post has already")},
    Phrase{"missing-blank-line", QT_TRANSLATE_NOOP("Finding", "No empty line between two posts")},
    Phrase{"missing-final-blank-line", QT_TRANSLATE_NOOP("Finding", "No empty line after the last post")},
    Phrase{"repeated-blank-lines", QT_TRANSLATE_NOOP("Finding", "Several empty lines between two posts")},
    Phrase{"line-too-long", QT_TRANSLATE_NOOP("Finding", "A line that is too long; it was cut")},
    Phrase{"empty-file", QT_TRANSLATE_NOOP("Finding", "The file is empty")},
    Phrase{"invalid-utf8", QT_TRANSLATE_NOOP("Finding", "Bytes that are not UTF-8; replaced")},
    Phrase{"bom", QT_TRANSLATE_NOOP("Finding", "A byte order mark; left out")},
    Phrase{"crlf", QT_TRANSLATE_NOOP("Finding", "Windows line ends")},
    Phrase{"malformed-block", QT_TRANSLATE_NOOP("Finding", "A block that could not be read")},
    Phrase{"tag-count-mismatch", QT_TRANSLATE_NOOP("Finding", "Words and tags differ in number")},
    Phrase{"missing-image", QT_TRANSLATE_NOOP("Finding", "The picture is not in the image folder")},
    Phrase{"picture-missing", QT_TRANSLATE_NOOP("Finding", "A picture whose file does not exist")},
    Phrase{"picture-unreadable", QT_TRANSLATE_NOOP("Finding", "A file that cannot be read as a picture")},
    Phrase{"picture-kind-unknown", QT_TRANSLATE_NOOP("Finding", "A file of a kind that is not read as a picture")},
    Phrase{"picture-too-large", QT_TRANSLATE_NOOP("Finding", "A picture that is larger than can be read")},
    Phrase{"picture-outside", QT_TRANSLATE_NOOP("Finding", "A picture outside of the picture folder; not read")},
    Phrase{"picture-damaged", QT_TRANSLATE_NOOP("Finding", "A picture of which only a part can be read; that part is used")},
    Phrase{"detector-failed", QT_TRANSLATE_NOOP("Finding", "A picture that the detector could not look at")},
    Phrase{"box-orientation-assumed", QT_TRANSLATE_NOOP("Finding", "Boxes of a turned picture whose file does not say which way round they are; taken as before turning")},
    Phrase{"xml-size-differs", QT_TRANSLATE_NOOP("Finding", "An XML file with another size than its picture has; the picture counts")},
    Phrase{"crop-missing", QT_TRANSLATE_NOOP("Finding", "A crop whose file does not exist")},
    Phrase{"crop-too-large", QT_TRANSLATE_NOOP("Finding", "A crop that is larger than its picture")},
    Phrase{"no-image-folder", QT_TRANSLATE_NOOP("Finding", "No image folder was given or found")},
    Phrase{"image-folder-missing", QT_TRANSLATE_NOOP("Finding", "The image folder does not exist")},
    Phrase{"no-crop-list", QT_TRANSLATE_NOOP("Finding", "A picture without an entry in the crop list")},
    Phrase{"no-crop-folder", QT_TRANSLATE_NOOP("Finding", "A crop list, but no folder of crops")},
    Phrase{"crop-list-invalid", QT_TRANSLATE_NOOP("Finding", "An entry of the crop list that could not be used")},
    Phrase{"repeated-image", QT_TRANSLATE_NOOP("Finding", "A picture listed twice in the crop list")},
    Phrase{"unsafe-path", QT_TRANSLATE_NOOP("Finding", "A file name that leads out of its folder; left out")},
    Phrase{"new-type", QT_TRANSLATE_NOOP("Finding", "A label that is new to this project")},
    Phrase{"scheme-differs", QT_TRANSLATE_NOOP("Finding", "Another tag scheme than the project's")},
    Phrase{"umgf-part-missing", QT_TRANSLATE_NOOP("Finding", "A post without its file of tags or of the picture")},
    Phrase{"xml-unreadable", QT_TRANSLATE_NOOP("Finding", "An XML file that cannot be read")},
    Phrase{"xml-too-large", QT_TRANSLATE_NOOP("Finding", "An XML file that is too large for boxes")},
    Phrase{"xml-invalid", QT_TRANSLATE_NOOP("Finding", "A file that is no well-formed XML")},
    Phrase{"xml-foreign", QT_TRANSLATE_NOOP("Finding", "An XML file that holds no boxes")},
    Phrase{"xml-size-missing", QT_TRANSLATE_NOOP("Finding", "An XML file without the size of its picture")},
    Phrase{"object-without-box", QT_TRANSLATE_NOOP("Finding", "An object without a box; left out")},
    Phrase{"object-without-name", QT_TRANSLATE_NOOP("Finding", "A box without a name")},
    Phrase{"box-invalid", QT_TRANSLATE_NOOP("Finding", "A box whose edges are no numbers; left out")},
    Phrase{"box-degenerate", QT_TRANSLATE_NOOP("Finding", "A box without an area; left out")},
    Phrase{"box-outside", QT_TRANSLATE_NOOP("Finding", "A box outside its picture; left out")},
    Phrase{"box-clipped", QT_TRANSLATE_NOOP("Finding", "A box that reached beyond its picture; cut")},
    Phrase{"box-name-unmatched", QT_TRANSLATE_NOOP("Finding", "A box whose name is no entity of the post")},
    Phrase{"split-unknown", QT_TRANSLATE_NOOP("Finding", "The file name names no split")},
    Phrase{"already-imported", QT_TRANSLATE_NOOP("Finding", "This file was imported already; it is left out")},
    Phrase{"auxiliary-tag", QT_TRANSLATE_NOOP("Finding", "A word of a text about a post that is not tagged X")},
    Phrase{"auxiliary-line-invalid", QT_TRANSLATE_NOOP("Finding", "A line that is no text about a post; left out")},
    Phrase{"auxiliary-empty", QT_TRANSLATE_NOOP("Finding", "A text about a post without words; left out")},
    Phrase{"auxiliary-unknown-post", QT_TRANSLATE_NOOP("Finding", "A text about a post that is not in the project")},
    Phrase{"auxiliary-not-kept", QT_TRANSLATE_NOOP("Finding", "Texts about posts are not written")},
    Phrase{"confidence-not-kept", QT_TRANSLATE_NOOP("Finding", "Confidences are not written")},
    Phrase{"crops-not-kept", QT_TRANSLATE_NOOP("Finding", "Crop lists are not written")},
    Phrase{"images-not-kept", QT_TRANSLATE_NOOP("Finding", "Only the first picture of a post is written")},
    Phrase{"status-not-kept", QT_TRANSLATE_NOOP("Finding", "Whether posts are done is not written")},
    Phrase{"misc-written-as-other", QT_TRANSLATE_NOOP("Finding", "MISC is written as OTHER, as in the source file")},
    Phrase{"not-in-layer", QT_TRANSLATE_NOOP("Finding", "A post that the layer does not cover")},
    Phrase{"rewritten-orphan-tag", QT_TRANSLATE_NOOP("Finding", "An entity without B- that is written with one")},
    Phrase{"rewritten-special-tag", QT_TRANSLATE_NOOP("Finding", "A special tag that is written as O")},
    Phrase{"database-damaged", QT_TRANSLATE_NOOP("Finding", "The database is damaged")},
    Phrase{"entities-overlap", QT_TRANSLATE_NOOP("Finding", "Entities that overlap")},
    Phrase{"entity-outside", QT_TRANSLATE_NOOP("Finding", "An entity outside of its post")},
    Phrase{"label-unknown", QT_TRANSLATE_NOOP("Finding", "An entity with a label that the project does not know")},
    Phrase{"tag-count-differs", QT_TRANSLATE_NOOP("Finding", "Words and tags of a post differ in number")},
    Phrase{"reference-broken", QT_TRANSLATE_NOOP("Finding", "A reference to something that is not there")},
    Phrase{"journal-unreadable", QT_TRANSLATE_NOOP("Finding", "A step of the history that cannot be read")},
    Phrase{"journal-post-missing", QT_TRANSLATE_NOOP("Finding", "A step of the history of a post that is not there")},
    Phrase{"journal-not-replayable", QT_TRANSLATE_NOOP("Finding", "A step of the history that does not fit")},
    Phrase{"replay-differs", QT_TRANSLATE_NOOP("Finding", "The history gives something else than the stored entities")},
    Phrase{"rejections-differ", QT_TRANSLATE_NOOP("Finding", "The history gives other rejected suggestions")},
    Phrase{"status-differs", QT_TRANSLATE_NOOP("Finding", "The history gives another status")},
    Phrase{"words-cut", QT_TRANSLATE_NOOP("Finding", "Words beyond the longest sequence that the encoder reads; they get no tag")},
    Phrase{"auxiliary-cut", QT_TRANSLATE_NOOP("Finding", "Words of texts about posts for which no room was left")},
    Phrase{"object-unknown", QT_TRANSLATE_NOOP("Finding", "A box whose label is no class that the system knows; not read")},
    Phrase{"region-outside", QT_TRANSLATE_NOOP("Finding", "A box without a pixel inside its picture; not read")},
    Phrase{"tag-unknown", QT_TRANSLATE_NOOP("Finding", "A tag whose label the project does not know; learned as O")},
    Phrase{"relation-line-invalid", QT_TRANSLATE_NOOP("Finding", "A line of the relation file that could not be used")},
    Phrase{"region-invalid", QT_TRANSLATE_NOOP("Finding", "A stored box that is none")},
    Phrase{"region-picture-missing", QT_TRANSLATE_NOOP("Finding", "A stored box of a picture that its post does not have")},
    Phrase{"link-outside", QT_TRANSLATE_NOOP("Finding", "A link of a box to words outside of the post")},
    Phrase{"link-to-other-post", QT_TRANSLATE_NOOP("Finding", "A link of an entity to a box of another post")},
    Phrase{"row-damaged", QT_TRANSLATE_NOOP("Finding", "A stored value that cannot be right; left out")},
    Phrase{"schema-foreign", QT_TRANSLATE_NOOP("Finding", "Something in the database that Mnerva did not make; the project is only read")},
    Phrase{"unsafe-file", QT_TRANSLATE_NOOP("Finding", "A link, pipe or device where Mnerva writes; the project is only read")},
    Phrase{"network-folder", QT_TRANSLATE_NOOP("Finding", "The project lies on a network folder; it is written without a write-ahead log")},
};

constexpr std::array kRefusals{
    Phrase{"overlap", QT_TRANSLATE_NOOP("Refusal", "That would overlap another entity.")},
    Phrase{"outside", QT_TRANSLATE_NOOP("Refusal", "There are no more words on that side.")},
    Phrase{"nothing-here", QT_TRANSLATE_NOOP("Refusal", "There is nothing here for that key.")},
    Phrase{"read-only", QT_TRANSLATE_NOOP("Refusal", "This project is open read-only; nothing was changed.")},
    Phrase{"save-failed", QT_TRANSLATE_NOOP("Refusal", "The last change could not be saved yet; try that again first.")},
    Phrase{"conflict", QT_TRANSLATE_NOOP("Refusal", "The post was changed meanwhile and is being read again; your last key was not applied.")},
    Phrase{"nothing-to-undo", QT_TRANSLATE_NOOP("Refusal", "There is nothing to undo.")},
    Phrase{"nothing-to-redo", QT_TRANSLATE_NOOP("Refusal", "There is nothing to redo.")},
};

constexpr std::array kStages{
    Phrase{"reading", QT_TRANSLATE_NOOP("Stage", "Reading")},
    Phrase{"storing", QT_TRANSLATE_NOOP("Stage", "Storing")},
    Phrase{"writing", QT_TRANSLATE_NOOP("Stage", "Writing")},
    Phrase{"checking", QT_TRANSLATE_NOOP("Stage", "Checking")},
    Phrase{"features", QT_TRANSLATE_NOOP("Stage", "Computing picture features")},
    Phrase{"training", QT_TRANSLATE_NOOP("Stage", "Training")},
    Phrase{"evaluating", QT_TRANSLATE_NOOP("Stage", "Evaluating")},
    Phrase{"predicting", QT_TRANSLATE_NOOP("Stage", "Predicting")},
    Phrase{"drawing", QT_TRANSLATE_NOOP("Stage", "Drawing pictures")},
    Phrase{"pictures", QT_TRANSLATE_NOOP("Stage", "Looking for pictures")},
};
// clang-format on

template <std::size_t N>
QString phraseOf(const std::array<Phrase, N>& phrases, const char* context, const std::string& code) {
    const auto found = std::find_if(phrases.begin(), phrases.end(), [&](const Phrase& p) { return p.code == code; });
    return found == phrases.end() ? fromUtf8(code) : QCoreApplication::translate(context, found->english);
}

}  // namespace

QString errorSentence(ErrorCode code) {
    const auto found =
        std::find_if(kSentences.begin(), kSentences.end(), [&](const Sentence& s) { return s.code == code; });
    return found == kSentences.end() ? fromUtf8(errorTemplate(code))
                                     : QCoreApplication::translate("ErrorText", found->english);
}

QString errorText(const Error& error) {
    return fromUtf8(fillTemplate(toUtf8(errorSentence(error.code())), error.args()));
}

QString findingText(const std::string& code) {
    return phraseOf(kFindings, "Finding", code);
}

QString refusalText(const project::Refusal& refusal) {
    if (refusal.code == "overlap" && refusal.in_the_way) {
        return QCoreApplication::translate("Refusal",
                                           "That would overlap the %1 at words %2 to %3; change or delete it first.")
            .arg(fromUtf8(refusal.in_the_way->type), QString::number(refusal.in_the_way->first + 1),
                 QString::number(refusal.in_the_way->last + 1));
    }
    return phraseOf(kRefusals, "Refusal", refusal.code);
}

QString splitText(Split split) {
    switch (split) {
        case Split::Train:
            return QCoreApplication::translate("Names", "train");
        case Split::Valid:
            return QCoreApplication::translate("Names", "valid");
        case Split::Test:
            return QCoreApplication::translate("Names", "test");
        case Split::None:
            break;
    }
    return QCoreApplication::translate("Names", "no split");
}

QString statusText(PostStatus status) {
    switch (status) {
        case PostStatus::Open:
            return QCoreApplication::translate("Names", "open");
        case PostStatus::Done:
            return QCoreApplication::translate("Names", "done");
        case PostStatus::DoneFlagged:
            return QCoreApplication::translate("Names", "done, flagged");
        case PostStatus::Flagged:
            break;
    }
    return QCoreApplication::translate("Names", "flagged");
}

QString schemeText(text::TagScheme scheme) {
    return fromUtf8(text::schemeName(scheme)).toUpper();
}

QString stageText(const std::string& stage) {
    return phraseOf(kStages, "Stage", stage);
}

}  // namespace mnerva::ui
