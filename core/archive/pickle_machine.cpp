#include <array>
#include <cstdio>

#include "core/archive/pickle_machine_internal.h"
#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/text/utf8.h"

namespace mnerva::archive {
namespace {

/// Writers number their slots one after the other; a far slot is an attack on the memory.
constexpr std::size_t kWidestGap = 65536;

}  // namespace

/// What the machine does at each opcode; those without a step are known by name only, for the message.
struct PickleOpcodes {
    using Kind = PickleValue::Kind;
    struct Opcode {
        unsigned char code;
        std::string_view name;
        void (*step)(PickleMachine&);
    };
    using Machine = PickleMachine;

    static void protocol(Machine& m) {
        const auto version = static_cast<unsigned>(m.takeUnsigned(1));
        if (version < m.m_dialect.oldest || version > m.m_dialect.newest) m.refuseProtocol(version);
    }
    static void global(Machine& m) {
        const std::string_view module = m.takeLine();
        m.onName(module, m.takeLine());
    }
    static void stackGlobal(Machine& m) {
        const PickleIndex member = m.pop();
        m.onName(m.textAt(m.pop()), m.textAt(member));
    }
    static void reduce(Machine& m) {
        const PickleIndex arguments = m.pop();
        m.onCall(m.pop(), arguments);
    }
    template <int kBytes>
    static void integer(Machine& m) {
        m.push(Kind::Integer, static_cast<std::int64_t>(m.takeUnsigned(kBytes)));
    }
    static void signedInteger(Machine& m) {
        m.push(Kind::Integer, static_cast<std::int32_t>(static_cast<std::uint32_t>(m.takeUnsigned(4))));
    }
    static void real(Machine& m) {
        m.take(8);
        m.push(Kind::Real);
    }

    static constexpr std::array kAll{
        Opcode{0x80, "PROTO", protocol},
        Opcode{0x95, "FRAME", [](Machine& m) { m.take(8); }},
        Opcode{'(', "MARK", [](Machine& m) { m.push(kPickleMark); }},
        Opcode{'}', "EMPTY_DICT", [](Machine& m) { m.push(Kind::Dict); }},
        Opcode{']', "EMPTY_LIST", [](Machine& m) { m.push(Kind::List); }},
        Opcode{')', "EMPTY_TUPLE", [](Machine& m) { m.push(Kind::Tuple); }},
        Opcode{'t', "TUPLE", [](Machine& m) { m.pushTuple(m.afterLastMark(), true); }},
        Opcode{0x85, "TUPLE1", [](Machine& m) { m.pushTuple(m.behind(1), false); }},
        Opcode{0x86, "TUPLE2", [](Machine& m) { m.pushTuple(m.behind(2), false); }},
        Opcode{0x87, "TUPLE3", [](Machine& m) { m.pushTuple(m.behind(3), false); }},
        Opcode{'s', "SETITEM", [](Machine& m) { m.addItems(Kind::Dict, m.behind(2), false); }},
        Opcode{'u', "SETITEMS", [](Machine& m) { m.addItems(Kind::Dict, m.afterLastMark(), true); }},
        Opcode{'a', "APPEND", [](Machine& m) { m.addItems(Kind::List, m.behind(1), false); }},
        Opcode{'e', "APPENDS", [](Machine& m) { m.addItems(Kind::List, m.afterLastMark(), true); }},
        Opcode{'q', "BINPUT", [](Machine& m) { m.remember(m.takeUnsigned(1)); }},
        Opcode{'r', "LONG_BINPUT", [](Machine& m) { m.remember(m.takeUnsigned(4)); }},
        Opcode{0x94, "MEMOIZE", [](Machine& m) { m.remember(m.m_remembered); }},
        Opcode{'h', "BINGET", [](Machine& m) { m.recall(m.takeUnsigned(1)); }},
        Opcode{'j', "LONG_BINGET", [](Machine& m) { m.recall(m.takeUnsigned(4)); }},
        Opcode{'X', "BINUNICODE", [](Machine& m) { m.pushText(m.takeUnsigned(4)); }},
        Opcode{0x8c, "SHORT_BINUNICODE", [](Machine& m) { m.pushText(m.takeUnsigned(1)); }},
        Opcode{'N', "NONE", [](Machine& m) { m.push(Kind::None); }},
        Opcode{0x88, "NEWTRUE", [](Machine& m) { m.push(Kind::Boolean, 1); }},
        Opcode{0x89, "NEWFALSE", [](Machine& m) { m.push(Kind::Boolean, 0); }},
        Opcode{'K', "BININT1", integer<1>},
        Opcode{'M', "BININT2", integer<2>},
        Opcode{'J', "BININT", signedInteger},
        Opcode{0x8a, "LONG1", [](Machine& m) { m.push(Kind::Integer, m.takeLong()); }},
        Opcode{'G', "BINFLOAT", real},
        Opcode{'c', "GLOBAL", global},
        Opcode{0x93, "STACK_GLOBAL", stackGlobal},
        Opcode{'R', "REDUCE", reduce},
        Opcode{'Q', "BINPERSID", [](Machine& m) { m.onPersistentId(m.pop()); }},
        // Attributes of an object (`_metadata` of a state dict), of no use to a reader.
        Opcode{'b', "BUILD", [](Machine& m) { m.pop(); }},
        Opcode{'i', "INST", nullptr},
        Opcode{'o', "OBJ", nullptr},
        Opcode{0x81, "NEWOBJ", nullptr},
        Opcode{0x92, "NEWOBJ_EX", nullptr},
        Opcode{'P', "PERSID", nullptr},
        Opcode{0x82, "EXT1", nullptr},
        Opcode{0x83, "EXT2", nullptr},
        Opcode{0x84, "EXT4", nullptr},
        Opcode{'U', "SHORT_BINSTRING", nullptr},
        Opcode{'T', "BINSTRING", nullptr},
        Opcode{'B', "BINBYTES", nullptr},
        Opcode{'C', "SHORT_BINBYTES", nullptr},
        Opcode{'0', "POP", nullptr},
        Opcode{'1', "POP_MARK", nullptr},
        Opcode{'2', "DUP", nullptr},
    };

    static const Opcode* find(unsigned char code) {
        for (const Opcode& opcode : kAll)
            if (opcode.code == code) return &opcode;
        return nullptr;
    }
    static std::string nameOf(unsigned char code) {
        if (const Opcode* known = find(code)) return std::string(known->name);
        std::array<char, 8> hex{};
        std::snprintf(hex.data(), hex.size(), "0x%02x", static_cast<unsigned>(code));
        return std::string("opcode ") + hex.data();
    }
};

void PickleMachine::exceed(std::string_view what, std::size_t limit) const {
    throw Error(ErrorCode::BoundExceeded, {m_path, std::string(what), std::to_string(limit)});
}

void PickleMachine::invalid(const std::string& found, std::string_view wanted) const {
    throw Error(ErrorCode::FormatInvalid, {m_path, found, std::string(wanted)});
}

void PickleMachine::refuse(std::string_view what) const {
    throw Error(ErrorCode::PickleRefused, {m_path, excerpt(what, 200)});
}

void PickleMachine::refuseEnd() const {
    throw Error(ErrorCode::ArchiveTruncated, {m_path});
}

void PickleMachine::refuseProtocol(unsigned version) const {
    refuse("protocol " + std::to_string(version));
}

void PickleMachine::refuseOpcode(unsigned char opcode) const {
    std::string what = PickleOpcodes::nameOf(opcode);
    if (opcode == 'c' || opcode == 'i') {  // the opcode, module LF name LF: say which one
        const std::string_view rest = m_bytes.substr(m_at, 200);
        const std::size_t first = rest.find('\n');
        const std::size_t second =
            first == std::string_view::npos ? std::string_view::npos : rest.find('\n', first + 1);
        if (second != std::string_view::npos)
            what += " " + text::repairedUtf8(rest.substr(0, first)) + "." +
                    text::repairedUtf8(rest.substr(first + 1, second - first - 1));
    }
    refuse(what);
}

void PickleMachine::onName(std::string_view module, std::string_view member) {
    refuse("name " + std::string(module) + " " + std::string(member));
}

void PickleMachine::onCall(PickleIndex, PickleIndex) {
    refuse("a call");
}

void PickleMachine::onPersistentId(PickleIndex) {
    refuse("a persistent id");
}

PickleIndex PickleMachine::run() {
    std::array<void (*)(PickleMachine&), 256> steps{};
    for (const char opcode : m_dialect.opcodes) {
        const auto code = static_cast<unsigned char>(opcode);
        if (const PickleOpcodes::Opcode* known = PickleOpcodes::find(code)) steps[code] = known->step;
    }
    for (std::size_t count = 0;; ++count) {
        if (count == m_dialect.steps) exceed("steps in its pickle", m_dialect.steps);
        if (m_at == m_bytes.size()) refuseEnd();
        const auto opcode = static_cast<unsigned char>(m_bytes[m_at++]);
        if (opcode == '.') return pop();
        if (!steps[opcode]) refuseOpcode(opcode);
        steps[opcode](*this);
    }
}

std::string_view PickleMachine::takeLine() {
    const std::size_t end = m_bytes.find('\n', m_at);
    if (end == std::string_view::npos) refuseEnd();
    const std::string_view line = m_bytes.substr(m_at, end - m_at);
    m_at = end + 1;
    return line;
}

/// Two's complement of up to 255 bytes; 8 hold every size there is.
std::int64_t PickleMachine::takeLong() {
    const std::size_t count = takeUnsigned(1);
    if (count > 8) refuse("a whole number of " + std::to_string(count) + " bytes");
    std::uint64_t number = takeUnsigned(count);
    if (count > 0 && count < 8 && (number >> (8 * count - 1) & 1U)) number |= ~std::uint64_t{0} << (8 * count);
    return static_cast<std::int64_t>(number);
}

void PickleMachine::makeSlot(std::uint64_t slot) {
    if (m_memo.size() == m_dialect.memo) exceed("remembered values in its pickle", m_dialect.memo);
    if (slot >= m_dialect.memo || slot > m_memo.size() + kWidestGap) invalid("a pickle with a memo slot out of range");
    m_memo.resize(static_cast<std::size_t>(slot) + 1, kPickleMark);
}

/// Where in the stack the items behind the last mark begin.
std::size_t PickleMachine::afterLastMark() const {
    for (std::size_t i = m_stack.size(); i-- > 0;)
        if (m_stack[i] == kPickleMark) return i + 1;
    invalid("a pickle without the mark it needs");
}

/// Where in the stack the last `count` items begin.
std::size_t PickleMachine::behind(std::size_t count) const {
    if (m_stack.size() < count) invalid("a pickle with too few items");
    for (std::size_t i = m_stack.size() - count; i < m_stack.size(); ++i)
        if (m_stack[i] == kPickleMark) invalid("a pickle with too few items");
    return m_stack.size() - count;
}

void PickleMachine::pushTuple(std::size_t first, bool hasMark) {
    std::vector<PickleIndex> items(m_stack.begin() + static_cast<std::ptrdiff_t>(first), m_stack.end());
    m_stack.resize(first - (hasMark ? 1 : 0));
    push(Kind::Tuple);
    m_values.back().items = std::move(items);
}

/// Puts the items from `first` on into the list or dict below them.
void PickleMachine::addItems(Kind kind, std::size_t first, bool hasMark) {
    const std::size_t under = first - (hasMark ? 1 : 0);
    if (under == 0 || m_stack[under - 1] == kPickleMark || m_values[m_stack[under - 1]].kind != kind)
        invalid(kind == Kind::List ? "a pickle that appends to no list" : "a pickle that sets items of no dict");
    if (kind == Kind::Dict && (m_stack.size() - first) % 2 != 0) invalid("a pickle with a key and no value");
    std::vector<PickleIndex>& items = m_values[m_stack[under - 1]].items;
    items.insert(items.end(), m_stack.begin() + static_cast<std::ptrdiff_t>(first), m_stack.end());
    m_stack.resize(under);
}

}  // namespace mnerva::archive
