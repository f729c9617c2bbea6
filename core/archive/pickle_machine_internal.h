#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::archive {

/// Place of a value among those of its pickle.
using PickleIndex = std::uint32_t;
/// A mark on the stack, an empty slot of the memo.
inline constexpr PickleIndex kPickleMark = UINT32_MAX;

/// A value of a pickle. Values lie in one array and refer to each other by their places, so that no nesting can exhaust
/// the stack; texts stay in the pickle, so that one that is used a million times is there once.
struct PickleValue {
    /// Foreign: made by the reader of one kind of pickle, `number` is its own.
    enum class Kind : std::uint8_t { None, Boolean, Integer, Real, Text, Tuple, List, Dict, Foreign };
    std::vector<PickleIndex> items;  ///< Tuple, List; Dict: key, value, key, value
    std::int64_t number = 0;         ///< Boolean, Integer, Foreign; of a Text: where it begins; of a Real nothing
    std::uint32_t size = 0;          ///< of a Text, in bytes
    Kind kind = Kind::None;
};

/// What a reader lets into its pickles, and how much of it.
struct PickleDialect {
    std::string_view opcodes;  ///< all that are understood; every other one is refused
    std::size_t steps = 0, values = 0, stack = 0, memo = 0;
    unsigned oldest = 0, newest = 0;  ///< versions of the protocol
    std::string_view wanted;          ///< for FormatInvalid: "a state dict"
};

/// The one machine for pickles: runs the opcodes of its dialect and nothing else. It knows no name, makes no object and
/// calls nothing; a reader of pickles that have names says in a class of its own what the few known ones mean. Steps,
/// values, remembered values are bounded. Errors: PickleRefused (an opcode, a name), FormatInvalid (a broken pickle),
/// ArchiveTruncated (no end), BoundExceeded.
class PickleMachine {
public:
    PickleMachine(std::string_view bytes, const std::string& path, const PickleDialect& dialect)
        : m_dialect(dialect), m_bytes(bytes), m_path(path) {}
    virtual ~PickleMachine() = default;
    PickleMachine(const PickleMachine&) = delete;
    PickleMachine& operator=(const PickleMachine&) = delete;

    /// Runs to the end of the pickle; gives the place of what it says.
    PickleIndex run();
    /// Bytes of the pickle that ran.
    std::size_t consumed() const { return m_at; }
    /// Values left on the stack after the end.
    std::size_t left() const { return m_stack.size(); }
    /// Valid until a value is added.
    const PickleValue& at(PickleIndex index) const { return m_values[index]; }
    /// A piece of the pickle; empty for what is no text.
    std::string_view textAt(PickleIndex index) const {
        const PickleValue& value = at(index);
        return value.size ? m_bytes.substr(static_cast<std::size_t>(value.number), value.size) : std::string_view();
    }

    [[noreturn]] void exceed(std::string_view what, std::size_t limit) const;
    [[noreturn]] void invalid(const std::string& found) const { invalid(found, m_dialect.wanted); }
    [[noreturn]] void invalid(const std::string& found, std::string_view wanted) const;
    [[noreturn]] void refuse(std::string_view what) const;

protected:
    using Kind = PickleValue::Kind;
    /// Both push what the name, the call, the id stands for. They are never asked where the dialect lacks the opcodes.
    virtual void onName(std::string_view module, std::string_view member);
    virtual void onCall(PickleIndex callee, PickleIndex arguments);
    virtual void onPersistentId(PickleIndex id);
    /// The bytes end before the pickle: ArchiveTruncated.
    [[noreturn]] virtual void refuseEnd() const;
    /// PickleRefused.
    [[noreturn]] virtual void refuseProtocol(unsigned version) const;

    void push(PickleIndex known) {
        if (m_stack.size() == m_dialect.stack) exceed("items at once in its pickle", m_dialect.stack);
        m_stack.push_back(known);
    }
    void push(Kind kind, std::int64_t number = 0) {
        if (m_values.size() == m_dialect.values) exceed("values in its pickle", m_dialect.values);
        push(static_cast<PickleIndex>(m_values.size()));
        m_values.push_back({{}, number, 0, kind});
    }

private:
    friend struct PickleOpcodes;

    // Defined here, so that the compiler puts them into the steps: a list of names is some million of these.
    std::string_view take(std::size_t count) {
        if (count > m_bytes.size() - m_at) refuseEnd();
        const std::string_view piece = m_bytes.substr(m_at, count);
        m_at += count;
        return piece;
    }
    std::uint64_t takeUnsigned(std::size_t count) {
        std::uint64_t number = 0;
        const std::string_view piece = take(count);
        for (std::size_t i = count; i-- > 0;) number = number << 8 | static_cast<unsigned char>(piece[i]);
        return number;
    }
    void pushText(std::size_t size) {
        push(Kind::Text, static_cast<std::int64_t>(m_at));
        m_values.back().size = static_cast<std::uint32_t>(size);
        take(size);
    }
    PickleIndex pop() {
        if (m_stack.empty() || m_stack.back() == kPickleMark) invalid("a pickle that takes from an empty stack");
        const PickleIndex index = m_stack.back();
        m_stack.pop_back();
        return index;
    }
    void remember(std::uint64_t slot) {
        if (m_stack.empty() || m_stack.back() == kPickleMark) invalid("a pickle that remembers nothing");
        if (slot >= m_memo.size()) makeSlot(slot);
        m_remembered += m_memo[slot] == kPickleMark;
        m_memo[slot] = m_stack.back();
    }
    void recall(std::uint64_t slot) {
        if (slot >= m_memo.size() || m_memo[slot] == kPickleMark) invalid("a pickle that asks for an empty memo slot");
        push(m_memo[slot]);
    }

    [[noreturn]] void refuseOpcode(unsigned char opcode) const;
    std::string_view takeLine();
    std::int64_t takeLong();
    void makeSlot(std::uint64_t slot);
    std::size_t afterLastMark() const;
    std::size_t behind(std::size_t count) const;
    void pushTuple(std::size_t first, bool hasMark);
    void addItems(Kind kind, std::size_t first, bool hasMark);

    const PickleDialect& m_dialect;
    std::string_view m_bytes;
    const std::string& m_path;
    std::size_t m_at = 0, m_remembered = 0;
    std::vector<PickleValue> m_values;
    std::vector<PickleIndex> m_stack, m_memo;
};

}  // namespace mnerva::archive
