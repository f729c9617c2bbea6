#pragma once

#include <map>
#include <string>
#include <vector>

namespace mnerva {

/// Something odd in the input or in what a format can hold; never a failure. Code is stable kebab-case ("orphan-inside-tag"),
/// line is 1-based (0: no line), text is what was found, cut to 200 code points.
struct Finding {
    std::string code;
    std::string file;
    int line = 0;
    std::string text;
};

/// Findings with a count of each code; at most `kKept` of a code are kept whole, all are counted.
class Findings {
public:
    static constexpr int kKept = 1000;
    void add(Finding finding);
    void append(const Findings& other);
    const std::vector<Finding>& list() const { return m_list; }
    const std::map<std::string, int>& counts() const { return m_counts; }
    int count(const std::string& code) const;
    bool isEmpty() const { return m_counts.empty(); }

private:
    std::vector<Finding> m_list;
    std::map<std::string, int> m_counts;
};

}  // namespace mnerva
