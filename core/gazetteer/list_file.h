#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/progress.h"
#include "core/domain/finding.h"

namespace mnerva::gazetteer {

inline constexpr std::int64_t kMostNames = 5'000'000;
inline constexpr std::size_t kLongestListName = 200;                   ///< code points
inline constexpr std::size_t kMostListBytes = std::size_t{256} << 20;  ///< of a list as a project keeps it

/// One line of a list. Views live for the call.
struct ListedName {
    std::string_view name;
    std::string_view label;  ///< empty: that of the list
    std::int64_t count = 0;  ///< how often it was seen, where the list says so
};

/// What a list file held.
struct ListContent {
    std::string text;  ///< as a project keeps it: name, or name TAB label TAB count, a line each
    std::int64_t names = 0;
    std::map<std::string, std::int64_t> labels = {};  ///< names with a label of their own
    std::int64_t emptyLines = 0, comments = 0;
    std::string encoding = {};  ///< that it was read in, where that was not UTF-8
    Findings findings = {};
};

/// Puts the lines of a list together, each once.
class ListWriter {
public:
    ListWriter();
    ~ListWriter();
    /// False: it was there already. Errors: BoundExceeded.
    bool add(const ListedName& name);
    ListContent& content() { return m_content; }

private:
    struct Seen;
    std::unique_ptr<Seen> m_seen;
    ListContent m_content;
};

/// Reads a list: a name a line, or name, tab, label, and perhaps a tab and a count. Empty lines count for nothing; nor
/// do lines that begin with "#" and a space, or with "##" ("#nba" is a name). White space around names goes, inside it
/// becomes one space. UTF-8, or what a mark at the start says, or `encoding`; without both, what the bytes are most
/// likely in. Findings: name-repeated, name-with-controls, name-too-long, name-without-letters, name-label-invalid,
/// line-too-long, invalid-utf8, encoding-converted, encoding-doubtful; all but the last two leave the line out.
/// Errors: as openForReading; EncodingUnknown, FormatInvalid (no text), BoundExceeded, OptionInvalid, Cancelled.
ListContent readListFile(const std::filesystem::path& file, const std::string& encoding = {},
                         const ProgressSink& progress = {}, std::stop_token stop = {});

/// Each line of a list as a project keeps it. Errors: FormatInvalid for what is none, Cancelled.
void eachListed(std::string_view text, const std::filesystem::path& place,
                const std::function<void(const ListedName&)>& use, const std::stop_token& stop = {});

}  // namespace mnerva::gazetteer
