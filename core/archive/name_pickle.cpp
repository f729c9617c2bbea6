#include "core/archive/name_pickle.h"

#include "core/archive/pickle_machine_internal.h"
#include "core/text/utf8.h"

namespace mnerva::archive {
namespace {

using Kind = PickleValue::Kind;

/// Far above the real files (58,341 names); keeps a small hostile file from becoming a huge dictionary. A name is there
/// once in the file and as often as it is used in what is returned, so its length and the sum of all count too.
constexpr std::size_t kMaxSteps = 16'000'000, kMaxValues = 2'000'000, kMaxStack = 4'000'000, kMaxMemo = 4'000'000;
constexpr std::size_t kMaxNames = 1'000'000;
constexpr std::size_t kMaxNameBytes = 4096;  // the longest path there is
constexpr std::size_t kMaxBytesOfNames = std::size_t{64} << 20;

/// The fourteen opcodes of a dict of lists of texts: nothing in it can name a class, call or import anything.
constexpr PickleDialect kDialect{
    "\x80}]Xqrhj(aesu.", kMaxSteps, kMaxValues, kMaxStack, kMaxMemo, 0, 5, "a pickled dictionary of lists of names"};

class NameMachine : public PickleMachine {
public:
    NameMachine(std::string_view bytes, const std::string& path) : PickleMachine(bytes, path, kDialect) {}

    NameLists lists(std::vector<std::string>* skipped) {
        const PickleValue& root = at(run());
        if (left() != 0 || root.kind != Kind::Dict) invalid("a pickle of something else");
        NameLists lists;
        for (std::size_t i = 0; i + 1 < root.items.size(); i += 2) {
            const PickleIndex key = root.items[i];
            const PickleValue& value = at(root.items[i + 1]);
            if (at(key).kind != Kind::Text) invalid("a dictionary with a key that is no text");
            bool good = value.kind == Kind::List;
            std::vector<std::string> list;
            for (const PickleIndex item : value.items) {
                good &= at(item).kind == Kind::Text;
                if (!good) break;
                list.push_back(nameOf(textAt(item)));
            }
            if (good)
                lists.emplace_back(nameOf(textAt(key)), std::move(list));
            else if (skipped)
                skipped->push_back(nameOf(textAt(key)));
        }
        return lists;
    }

private:
    [[noreturn]] void refuseEnd() const override { invalid("a pickle that ends early"); }
    [[noreturn]] void refuseProtocol(unsigned) const override { invalid("a pickle of an unknown protocol"); }

    /// A name of the result, repaired where it is no UTF-8.
    std::string nameOf(std::string_view text) {
        if (text.size() > kMaxNameBytes)
            invalid("a name of " + std::to_string(text.size()) + " bytes (the longest may have " +
                    std::to_string(kMaxNameBytes) + ")");
        if (++m_names > kMaxNames) exceed("names", kMaxNames);
        m_bytesOfNames += text.size();
        if (m_bytesOfNames > kMaxBytesOfNames) exceed("bytes of names", kMaxBytesOfNames);
        return text::repairedUtf8(text);
    }

    std::size_t m_names = 0, m_bytesOfNames = 0;
};

}  // namespace

NameLists readNamePickle(std::string_view bytes, const std::string& path, std::vector<std::string>* skipped) {
    return NameMachine(bytes, path).lists(skipped);
}

}  // namespace mnerva::archive
