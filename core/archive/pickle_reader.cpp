#include "core/archive/pickle_reader.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/text/utf8.h"

namespace mnerva::archive {
namespace {

constexpr std::string_view kWanted = "a pickled dictionary of lists of names";
/// Far above the real files (58,341 names); keeps a small hostile file from becoming a huge dictionary. A name is there
/// once in the file and as often as it is used in what is returned, so its length and the sum of all count too.
constexpr std::size_t kMaxSteps = 16'000'000;
constexpr std::size_t kMaxObjects = 2'000'000;
constexpr std::size_t kMaxStack = 4'000'000;
constexpr std::size_t kMaxNames = 1'000'000;
constexpr std::size_t kMaxNameBytes = 4096;  // the longest path there is
constexpr std::size_t kMaxBytesOfNames = std::size_t{64} << 20;
constexpr std::uint32_t kMaxMemo = 4'000'000;
constexpr int kMaxProtocol = 5;

struct Opcode {
    unsigned char code;
    std::string_view name;
};

/// Names for the message when one of these is refused.
constexpr std::array kRefusedNames{
    Opcode{'c', "GLOBAL"},
    Opcode{0x93, "STACK_GLOBAL"},
    Opcode{'R', "REDUCE"},
    Opcode{'b', "BUILD"},
    Opcode{'i', "INST"},
    Opcode{'o', "OBJ"},
    Opcode{0x81, "NEWOBJ"},
    Opcode{0x92, "NEWOBJ_EX"},
    Opcode{'P', "PERSID"},
    Opcode{'Q', "BINPERSID"},
    Opcode{0x82, "EXT1"},
    Opcode{0x83, "EXT2"},
    Opcode{0x84, "EXT4"},
    Opcode{'t', "TUPLE"},
    Opcode{0x85, "TUPLE1"},
    Opcode{0x86, "TUPLE2"},
    Opcode{0x87, "TUPLE3"},
    Opcode{')', "EMPTY_TUPLE"},
    Opcode{'J', "BININT"},
    Opcode{'K', "BININT1"},
    Opcode{'M', "BININT2"},
    Opcode{0x8a, "LONG1"},
    Opcode{'G', "BINFLOAT"},
    Opcode{'N', "NONE"},
    Opcode{0x88, "NEWTRUE"},
    Opcode{0x89, "NEWFALSE"},
    Opcode{'U', "SHORT_BINSTRING"},
    Opcode{'T', "BINSTRING"},
    Opcode{0x8c, "SHORT_BINUNICODE"},
    Opcode{0x94, "MEMOIZE"},
    Opcode{0x95, "FRAME"},
    Opcode{'B', "BINBYTES"},
    Opcode{'C', "SHORT_BINBYTES"},
    Opcode{'0', "POP"},
    Opcode{'1', "POP_MARK"},
    Opcode{'2', "DUP"},
};

std::string nameOfRefused(unsigned char code) {
    for (const Opcode& opcode : kRefusedNames)
        if (opcode.code == code) return std::string(opcode.name);
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), "0x%02x", static_cast<unsigned>(code));
    return std::string("opcode ") + hex.data();
}

enum class Kind : unsigned char { Text, List, Dict };

/// One object; lists and dictionaries hold indices (a dictionary key, value, key, value...).
struct Object {
    Kind kind = Kind::Text;
    std::string_view text;
    std::vector<std::uint32_t> children;
};

class Machine {
public:
    Machine(std::string_view bytes, const std::string& path) : m_bytes(bytes), m_path(path) {}

    NameLists run(std::vector<std::string>* skipped);

private:
    static constexpr std::uint32_t kMark = UINT32_MAX;

    [[noreturn]] void fail(const std::string& found) const {
        throw Error(ErrorCode::FormatInvalid, {m_path, found, std::string(kWanted)});
    }
    [[noreturn]] void refuse(unsigned char code) const;
    bool step(unsigned char code);
    void unicode();
    void append(bool many);
    void setItems(bool many);

    unsigned char byte() {
        if (m_at >= m_bytes.size()) fail("a pickle that ends early");
        return static_cast<unsigned char>(m_bytes[m_at++]);
    }
    std::uint32_t word() {
        std::uint32_t value = 0;
        for (int shift = 0; shift < 32; shift += 8) value |= static_cast<std::uint32_t>(byte()) << shift;
        return value;
    }
    [[noreturn]] void exceed(const char* what, std::size_t limit) const {
        throw Error(ErrorCode::BoundExceeded, {m_path, what, std::to_string(limit)});
    }
    void pushIndex(std::uint32_t index) {
        if (m_stack.size() >= kMaxStack) exceed("items at once", kMaxStack);
        m_stack.push_back(index);
    }
    void push(Kind kind, std::string_view text = {}) {
        if (m_objects.size() >= kMaxObjects) exceed("objects", kMaxObjects);
        pushIndex(static_cast<std::uint32_t>(m_objects.size()));
        m_objects.push_back({kind, text, {}});
    }
    /// A name of the result, repaired where it is no UTF-8.
    std::string nameOf(std::string_view text) {
        if (text.size() > kMaxNameBytes)
            fail("a name of " + std::to_string(text.size()) + " bytes (the longest may have " +
                 std::to_string(kMaxNameBytes) + ")");
        if (++m_names > kMaxNames) exceed("names", kMaxNames);
        m_bytesOfNames += text.size();
        if (m_bytesOfNames > kMaxBytesOfNames) exceed("bytes of names", kMaxBytesOfNames);
        return text::repairedUtf8(text);
    }
    std::uint32_t top() const {
        if (m_stack.empty() || m_stack.back() == kMark) fail("a pickle with an empty stack");
        return m_stack.back();
    }
    void put(std::uint32_t slot) {
        // The writer numbers slots one after the other; a far slot is an attack on the memory.
        if (slot > kMaxMemo || slot > m_memo.size() + 65536) fail("a pickle with a memo slot out of range");
        if (slot >= m_memo.size()) m_memo.resize(slot + 1, kMark);
        m_memo[slot] = top();
    }
    void get(std::uint32_t slot) {
        if (slot >= m_memo.size() || m_memo[slot] == kMark) fail("a pickle that asks for an empty memo slot");
        pushIndex(m_memo[slot]);
    }
    /// Index in the stack of the first item to take: behind the last mark, or the last `count` items.
    std::size_t firstItem(bool many, std::size_t count) const;

    std::string_view m_bytes;
    const std::string& m_path;
    std::size_t m_at = 0, m_names = 0, m_bytesOfNames = 0;
    std::vector<Object> m_objects;
    std::vector<std::uint32_t> m_stack, m_memo;
};

void Machine::refuse(unsigned char code) const {
    std::string what = nameOfRefused(code);
    if (code == 'c' || code == 'i') {  // "c" module LF name LF: say which one
        std::string_view rest = m_bytes.substr(m_at, 200);
        const std::size_t first = rest.find('\n');
        const std::size_t second = first == rest.npos ? rest.npos : rest.find('\n', first + 1);
        if (second != rest.npos)
            what += " " + text::repairedUtf8(rest.substr(0, first)) + "." +
                    text::repairedUtf8(rest.substr(first + 1, second - first - 1));
    }
    throw Error(ErrorCode::PickleRefused, {m_path, excerpt(what, 200)});
}

void Machine::unicode() {
    const std::uint32_t size = word();
    if (size > m_bytes.size() - m_at) fail("a pickle that ends early");
    push(Kind::Text, m_bytes.substr(m_at, size));
    m_at += size;
}

std::size_t Machine::firstItem(bool many, std::size_t count) const {
    if (!many) {
        if (m_stack.size() <= count) fail("a pickle with too few items");
        for (std::size_t i = m_stack.size() - count; i < m_stack.size(); ++i)
            if (m_stack[i] == kMark) fail("a pickle with too few items");
        return m_stack.size() - count;
    }
    for (std::size_t i = m_stack.size(); i-- > 1;)
        if (m_stack[i] == kMark) return i + 1;
    fail("a pickle without the mark it needs");
}

void Machine::append(bool many) {
    const std::size_t first = firstItem(many, 1);
    const std::uint32_t list = m_stack[first - (many ? 2 : 1)];
    if (list == kMark || m_objects[list].kind != Kind::List) fail("a pickle that appends to no list");
    std::vector<std::uint32_t>& children = m_objects[list].children;
    children.insert(children.end(), m_stack.begin() + static_cast<std::ptrdiff_t>(first), m_stack.end());
    m_stack.resize(first - (many ? 1 : 0));
}

void Machine::setItems(bool many) {
    const std::size_t first = firstItem(many, 2);
    if ((m_stack.size() - first) % 2 != 0) fail("a pickle with a key without value");
    const std::uint32_t dict = m_stack[first - (many ? 2 : 1)];
    if (dict == kMark || m_objects[dict].kind != Kind::Dict) fail("a pickle that sets items of no dictionary");
    std::vector<std::uint32_t>& children = m_objects[dict].children;
    children.insert(children.end(), m_stack.begin() + static_cast<std::ptrdiff_t>(first), m_stack.end());
    m_stack.resize(first - (many ? 1 : 0));
}

/// Does one opcode; false at STOP.
bool Machine::step(unsigned char code) {
    switch (code) {
        case 0x80:
            if (byte() > kMaxProtocol) fail("a pickle of an unknown protocol");
            return true;
        case '}':
            push(Kind::Dict);
            return true;
        case ']':
            push(Kind::List);
            return true;
        case 'X':
            unicode();
            return true;
        case 'q':
            put(byte());
            return true;
        case 'r':
            put(word());
            return true;
        case 'h':
            get(byte());
            return true;
        case 'j':
            get(word());
            return true;
        case '(':
            pushIndex(kMark);
            return true;
        case 'a':
            append(false);
            return true;
        case 'e':
            append(true);
            return true;
        case 's':
            setItems(false);
            return true;
        case 'u':
            setItems(true);
            return true;
        case '.':
            return false;
        default:
            refuse(code);
    }
}

NameLists Machine::run(std::vector<std::string>* skipped) {
    for (std::size_t steps = 0; step(byte()); ++steps)
        if (steps == kMaxSteps) exceed("steps in its pickle", kMaxSteps);
    const std::uint32_t root = top();
    if (m_stack.size() != 1 || m_objects[root].kind != Kind::Dict) fail("a pickle of something else");
    NameLists lists;
    const std::vector<std::uint32_t>& items = m_objects[root].children;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const Object &key = m_objects[items[i]], &value = m_objects[items[i + 1]];
        if (key.kind != Kind::Text) fail("a dictionary with a key that is no text");
        bool good = value.kind == Kind::List;
        std::vector<std::string> list;
        for (const std::uint32_t child : value.children) {
            good &= m_objects[child].kind == Kind::Text;
            if (!good) break;
            list.push_back(nameOf(m_objects[child].text));
        }
        if (good)
            lists.emplace_back(nameOf(key.text), std::move(list));
        else if (skipped)
            skipped->push_back(nameOf(key.text));
    }
    return lists;
}

}  // namespace

NameLists readNamePickle(std::string_view bytes, const std::string& path, std::vector<std::string>* skipped) {
    return Machine(bytes, path).run(skipped);
}

}  // namespace mnerva::archive
