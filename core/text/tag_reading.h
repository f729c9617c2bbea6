#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/text/tag_scheme.h"

namespace mnerva::text {

/// A tag as a reader takes it.
struct CleanTag {
    std::string text;
    bool isChanged = false;  ///< more than ASCII spaces around it went
    bool isBilou = false;    ///< it was written with a prefix that only BILOU (or BMEWO) has
};

/// A tag in the form that all schemes share, so that no label is made that differs from another by a character nobody
/// sees: invisible characters (zero width, soft hyphen, byte order mark) go, full-width letters and other compatibility
/// forms become the plain ones (NFKC), spaces around the tag and its dash go, "B_PER" and "b-PER" become "B-PER"; "o",
/// "0", "-" and "_" become "O"; BILOU's L and U become E and S. A tag that is no tag even so keeps its letters.
CleanTag cleanedTag(std::string_view raw);

/// What the tags of whole posts say about their scheme. Counts add up, so files can be looked at one by one.
struct SchemeEvidence {
    std::int64_t inside = 0, middle = 0, ends = 0;
    std::int64_t insideOpens = 0;     ///< I- where no entity of its type goes on
    std::int64_t beginAfterSame = 0;  ///< B- right after an entity of its type: the only place where IOB1 has one
    std::int64_t beginElsewhere = 0;
    bool isBilou = false;

    /// The tags of one post.
    void add(std::span<const std::string> tags);
    void merge(const SchemeEvidence& other);
    /// M- speaks for BMES, E- and S- with I- for BIOES; IOB1 where entities open with I- and B- never stands but after
    /// an entity of its type; else BIO.
    TagScheme scheme() const;
};

}  // namespace mnerva::text
