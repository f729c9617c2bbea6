#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva {

/// What went wrong, as a stable name. Each code has one English sentence with numbered places in error.cpp;
/// the window has the same sentences translated. Args are data (paths, lines, values), never sentences.
enum class ErrorCode {
    Internal,           // {0} what
    FileMissing,        // {0} path
    FileUnreadable,     // {0} path {1} reason of the system
    FileIsDirectory,    // {0} path
    FileUnwritable,     // {0} path {1} reason
    DiskFull,           // {0} path
    FormatUnknown,      // {0} path {1} what was found
    FormatInvalid,      // {0} path {1} what was found {2} what was wanted
    LineInvalid,        // {0} path {1} line {2} found {3} wanted
    PickleRefused,      // {0} path {1} the opcode or name that was refused
    ArchiveTruncated,   // {0} path
    ProjectMissing,     // {0} folder
    ProjectExists,      // {0} folder
    ProjectNewer,       // {0} path {1} version found {2} version known
    ProjectCorrupt,     // {0} path {1} detail
    ProjectLocked,      // {0} path {1} holder program {2} host {3} process id
    ProjectReadOnly,    // {0} path
    DatabaseFailed,     // {0} path {1} detail
    LayerUnknown,       // {0} layer {1} known layers
    LayerNotStored,     // {0} run
    LabelUnknown,       // {0} label {1} known labels
    SplitEmpty,         // {0} split
    SpanInvalid,        // {0} first {1} last {2} words of the post
    OptionUnknown,      // {0} option {1} known options
    OptionInvalid,      // {0} option {1} value {2} wanted
    EncoderIncomplete,  // {0} folder {1} missing file
    EncoderInvalid,     // {0} folder {1} found {2} wanted
    WeightMissing,      // {0} file {1} tensor
    WeightShape,        // {0} file {1} tensor {2} found {3} wanted
    ImageUnreadable,    // {0} path
    RunMissing,         // {0} run {1} known runs
    RunExists,          // {0} run
    RunIncompatible,    // {0} run {1} found {2} wanted
    NothingToResume,    // {0} run
    ChecksStopped,      // {0} run {1} codes of checks
    DeviceMissing,      // {0} device {1} devices here
    MemoryExhausted,    // {0} what
    NumberNotFinite,    // {0} where
    ProtocolInvalid,    // {0} detail
    ProtocolTooLarge,   // {0} bytes {1} limit
    EngineDied,         // {0} detail
    EngineSilent,       // {0} seconds
    EngineVersion,      // {0} version found {1} version wanted
    NothingToUndo,      //
    NothingToRedo,      //
    ConflictingChange,  // {0} post
    LabelInUse,         // {0} labels
    FileNotPlain,       // {0} path {1} what it is
    FileTooLarge,       // {0} path {1} bytes {2} limit
    UnsafeTarget,       // {0} path {1} what it is
    FileExists,         // {0} path
    FileProtected,      // {0} path
    EncodingUnknown,    // {0} path {1} guess
    NothingImported,    // {0} path {1} reason
    ImportTooLossy,     // {0} number of findings
    BoundExceeded,      // {0} path {1} what {2} limit
    RunBusy,            // {0} run {1} process id
    RunNameInvalid,     // {0} name {1} wanted
    RunDamaged,         // {0} run {1} detail
    ImageKindUnknown,   // {0} path {1} kind found {2} kinds read
    ImageTooLarge,      // {0} path {1} size {2} limit
    ImageOutside,       // {0} path {1} folder
    PathEncoding,       // {0} path, printable
    MemoryOfOne,        // {0} what
    DeviceFailed,       // {0} what {1} text of the driver
    DriverTooOld,       // {0} device {1} CUDA of the driver {2} CUDA of the build
    BuildWithoutCuda,   // {0} device
    CardUnusable,       // {0} device
};

/// Stable kebab-case name of a code ("file-missing"), as it travels in JSON and in the engine protocol.
std::string_view errorName(ErrorCode code);
/// The code of a name; Internal for an unknown one.
ErrorCode errorFromName(std::string_view name);
/// English sentence with places {0}, {1}, ...
std::string_view errorTemplate(ErrorCode code);
/// All codes, for tests and for the translation table of the window.
const std::vector<ErrorCode>& allErrorCodes();
/// Puts args into a template's places.
std::string fillTemplate(std::string_view sentence, const std::vector<std::string>& args);

/// A failure a person must hear about: disk, memory, corrupt file, missing model. Odd input is a finding, not an Error.
class Error : public std::exception {
public:
    explicit Error(ErrorCode code, std::vector<std::string> args = {});
    ErrorCode code() const { return m_code; }
    const std::vector<std::string>& args() const { return m_args; }
    /// The English sentence, for logs and the command line.
    const char* what() const noexcept override { return m_text.c_str(); }

private:
    ErrorCode m_code;
    std::vector<std::string> m_args;
    std::string m_text;
};

/// Thrown where a stop was asked for: neither failure nor success.
struct Cancelled {};

}  // namespace mnerva
