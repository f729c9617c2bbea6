#include "core/nn/pickle.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace mnerva::nn {
namespace {

enum class Kind { Mark, None, Boolean, Integer, Real, Text, Tuple, List, Dict, Name, Storage, Tensor };

/// Values live in one array and refer to each other by index, so that no nesting can exhaust the stack.
struct Value {
    Kind kind = Kind::None;
    int64_t integer = 0;       // Boolean, Integer; Storage: elements
    std::string text;          // Text, Name; Storage: key
    std::string storageClass;  // Storage
    std::vector<int> items;    // Tuple, List; Dict: key, value, key, value
    PickledTensor tensor;      // Tensor
};

constexpr std::array kCallable = {"collections OrderedDict", "torch._utils _rebuild_tensor_v2",
                                  "torch._utils _rebuild_parameter"};
constexpr std::array kStorages = {"torch FloatStorage", "torch HalfStorage", "torch BFloat16Storage",
                                  "torch LongStorage"};

class Machine {
public:
    Machine(std::string_view bytes, const std::string& path) : m_bytes(bytes), m_path(path) {}

    int run() {
        for (;;) {
            const auto opcode = static_cast<unsigned char>(take(1)[0]);
            if (opcode == '.') return pop();
            step(opcode);
        }
    }
    size_t consumed() const { return m_at; }
    const Value& at(int index) const { return m_values[static_cast<size_t>(index)]; }

    [[noreturn]] void invalid(const std::string& found, const std::string& wanted) const {
        throw Error(ErrorCode::FormatInvalid, {m_path, found, wanted});
    }

private:
    [[noreturn]] void refuse(const std::string& what) const { throw Error(ErrorCode::PickleRefused, {m_path, what}); }

    std::string_view take(size_t count) {
        if (count > m_bytes.size() - m_at) throw Error(ErrorCode::ArchiveTruncated, {m_path});
        const std::string_view piece = m_bytes.substr(m_at, count);
        m_at += count;
        return piece;
    }
    std::string_view takeLine() {
        const size_t end = m_bytes.find('\n', m_at);
        if (end == std::string_view::npos) throw Error(ErrorCode::ArchiveTruncated, {m_path});
        const std::string_view line = m_bytes.substr(m_at, end - m_at);
        m_at = end + 1;
        return line;
    }
    uint64_t takeUnsigned(size_t count) {
        uint64_t number = 0;
        const std::string_view piece = take(count);
        for (size_t i = count; i-- > 0;) number = number << 8 | static_cast<unsigned char>(piece[i]);
        return number;
    }

    int add(Value value) {
        m_values.push_back(std::move(value));
        return static_cast<int>(m_values.size()) - 1;
    }
    void push(int index) { m_stack.push_back(index); }
    void push(Kind kind, int64_t integer = 0, std::string text = {}) {
        Value value;
        value.kind = kind;
        value.integer = integer;
        value.text = std::move(text);
        push(add(std::move(value)));
    }
    int pop() {
        if (m_stack.empty()) invalid("a pickle that takes from an empty stack", "a state dict");
        const int index = m_stack.back();
        m_stack.pop_back();
        return index;
    }
    Value& top(Kind kind) {
        if (m_stack.empty() || at(m_stack.back()).kind != kind)
            invalid("a pickle with a misplaced value", "a state dict");
        return m_values[static_cast<size_t>(m_stack.back())];
    }
    std::vector<int> popToMark() {
        std::vector<int> items;
        for (int index = pop(); at(index).kind != Kind::Mark; index = pop()) items.push_back(index);
        return {items.rbegin(), items.rend()};
    }
    void pushTuple(std::vector<int> items) {
        Value value;
        value.kind = Kind::Tuple;
        value.items = std::move(items);
        push(add(std::move(value)));
    }
    void pushTupleOf(size_t count) {
        std::vector<int> items(count);
        for (size_t i = count; i-- > 0;) items[i] = pop();
        pushTuple(std::move(items));
    }
    void remember(uint64_t slot) {
        if (m_stack.empty()) invalid("a pickle that remembers nothing", "a state dict");
        m_memo[slot] = m_stack.back();
    }
    void recall(uint64_t slot) {
        const auto found = m_memo.find(slot);
        if (found == m_memo.end()) invalid("a pickle that recalls what it never had", "a state dict");
        push(found->second);
    }

    void step(unsigned char opcode) {
        if (!structure(opcode) && !scalar(opcode)) {
            char code[8];
            std::snprintf(code, sizeof code, "0x%02x", opcode);
            refuse(std::string("opcode ") + code);
        }
    }

    /// Containers, memo, names and calls.
    bool structure(unsigned char opcode) {
        switch (opcode) {
            case 0x80:  // PROTO
                if (const uint64_t version = takeUnsigned(1); version < 2 || version > 4) {
                    refuse("protocol " + std::to_string(version));
                }
                return true;
            case 0x95:
                take(8);
                return true;  // FRAME
            case '(':
                push(Kind::Mark);
                return true;  // MARK
            case '}':
                push(Kind::Dict);
                return true;  // EMPTY_DICT
            case ']':
                push(Kind::List);
                return true;  // EMPTY_LIST
            case ')':
                push(Kind::Tuple);
                return true;  // EMPTY_TUPLE
            case 't':
                pushTuple(popToMark());
                return true;  // TUPLE
            case 0x85:
            case 0x86:
            case 0x87:
                pushTupleOf(opcode - 0x84U);
                return true;  // TUPLE1..3
            case 's':
                setItems({pop(), pop()}, true);
                return true;  // SETITEM: value, key
            case 'u':
                setItems(popToMark(), false);
                return true;  // SETITEMS
            case 'a': {
                const int item = pop();
                top(Kind::List).items.push_back(item);
                return true;
            }            // APPEND
            case 'e': {  // APPENDS
                const std::vector<int> items = popToMark();
                auto& list = top(Kind::List).items;
                list.insert(list.end(), items.begin(), items.end());
                return true;
            }
            case 'q':
                remember(takeUnsigned(1));
                return true;  // BINPUT
            case 'r':
                remember(takeUnsigned(4));
                return true;  // LONG_BINPUT
            case 0x94:
                remember(m_memo.size());
                return true;  // MEMOIZE
            case 'h':
                recall(takeUnsigned(1));
                return true;  // BINGET
            case 'j':
                recall(takeUnsigned(4));
                return true;  // LONG_BINGET
            case 'c': {       // GLOBAL
                const std::string module(takeLine());
                name(module + " " + std::string(takeLine()));
                return true;
            }
            case 0x93: {  // STACK_GLOBAL
                const std::string member = at(pop()).text;
                name(at(pop()).text + " " + member);
                return true;
            }
            case 'R':
                call();
                return true;  // REDUCE
            case 'Q':
                persistent();
                return true;  // BINPERSID
            case 'b':
                pop();
                return true;  // BUILD: attributes of the dict (`_metadata`), of no use here
            default:
                return false;
        }
    }

    bool scalar(unsigned char opcode) {
        switch (opcode) {
            case 'N':
                push(Kind::None);
                return true;
            case 0x88:
                push(Kind::Boolean, 1);
                return true;
            case 0x89:
                push(Kind::Boolean, 0);
                return true;
            case 'K':
                push(Kind::Integer, static_cast<int64_t>(takeUnsigned(1)));
                return true;
            case 'M':
                push(Kind::Integer, static_cast<int64_t>(takeUnsigned(2)));
                return true;
            case 'J':
                push(Kind::Integer, static_cast<int32_t>(static_cast<uint32_t>(takeUnsigned(4))));
                return true;
            case 0x8a: {  // LONG1: two's complement of up to 255 bytes; 8 hold every size there is
                const size_t count = takeUnsigned(1);
                if (count > 8) refuse("a whole number of " + std::to_string(count) + " bytes");
                uint64_t number = takeUnsigned(count);
                if (count > 0 && count < 8 && (number >> (8 * count - 1) & 1U)) number |= ~uint64_t{0} << (8 * count);
                push(Kind::Integer, static_cast<int64_t>(number));
                return true;
            }
            case 'G':
                take(8);
                push(Kind::Real);
                return true;  // BINFLOAT: never part of a tensor
            case 'X':
                push(Kind::Text, 0, std::string(take(takeUnsigned(4))));
                return true;
            case 0x8c:
                push(Kind::Text, 0, std::string(take(takeUnsigned(1))));
                return true;
            default:
                return false;
        }
    }

    void setItems(std::vector<int> items, bool valueFirst) {
        if (items.size() % 2) invalid("a dict with a key and no value", "a state dict");
        if (valueFirst) std::swap(items[0], items[1]);
        auto& dict = top(Kind::Dict).items;
        dict.insert(dict.end(), items.begin(), items.end());
    }

    void name(const std::string& full) {
        for (const char* known : kCallable)
            if (full == known) return push(Kind::Name, 0, full);
        for (const char* known : kStorages)
            if (full == known) return push(Kind::Name, 1, full.substr(full.find(' ') + 1));
        refuse("name " + full);
    }

    void call() {
        const std::vector<int> arguments = at(pop()).items;
        const Value callee = at(pop());
        if (callee.kind != Kind::Name || callee.integer != 0) refuse("a call of something that is no known name");
        if (callee.text == kCallable[0]) {
            if (!arguments.empty()) invalid("an OrderedDict with arguments", "an empty one");
            return push(Kind::Dict);
        }
        if (callee.text == kCallable[2]) {
            if (arguments.empty() || at(arguments[0]).kind != Kind::Tensor)
                invalid("a parameter without tensor", "a tensor");
            return push(arguments[0]);
        }
        rebuildTensor(arguments);
    }

    std::vector<int64_t> integersOf(int index) const {
        if (at(index).kind != Kind::Tuple) invalid("a tensor without shape", "a tuple of whole numbers");
        std::vector<int64_t> out;
        for (const int item : at(index).items) {
            if (at(item).kind != Kind::Integer || at(item).integer < 0) {
                invalid("a tensor shape with something else than sizes", "whole numbers from 0");
            }
            out.push_back(at(item).integer);
        }
        return out;
    }

    /// _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)
    void rebuildTensor(const std::vector<int>& arguments) {
        if (arguments.size() < 4 || at(arguments[0]).kind != Kind::Storage || at(arguments[1]).kind != Kind::Integer) {
            invalid("a tensor without storage", "storage, offset, shape, strides");
        }
        Value value;
        value.kind = Kind::Tensor;
        const Value& storage = at(arguments[0]);
        value.tensor = {storage.text,
                        storage.storageClass,
                        storage.integer,
                        at(arguments[1]).integer,
                        integersOf(arguments[2]),
                        integersOf(arguments[3])};
        checkExtent(value.tensor);
        push(add(std::move(value)));
    }

    /// Every element of the view must lie in the storage, and no view may be bigger than its storage.
    void checkExtent(const PickledTensor& t) const {
        bool good =
            t.offset >= 0 && t.offset <= t.storageElements && t.shape.size() == t.strides.size() && t.shape.size() <= 8;
        const bool empty = std::find(t.shape.begin(), t.shape.end(), 0) != t.shape.end();
        __int128 last = t.offset, count = 1;
        for (size_t i = 0; good && !empty && i < t.shape.size(); ++i) {
            count *= t.shape[i];
            last += static_cast<__int128>(t.shape[i] - 1) * t.strides[i];
            good = count <= t.storageElements && last < t.storageElements;
        }
        if (good && !empty) good = last < t.storageElements;
        if (!good) invalid("a tensor that reaches outside its storage", "one inside");
    }

    /// ('storage', class, key, location, elements)
    void persistent() {
        const Value id = at(pop());
        const bool good = id.kind == Kind::Tuple && id.items.size() >= 5 && at(id.items[0]).text == "storage" &&
                          at(id.items[1]).kind == Kind::Name && at(id.items[1]).integer == 1 &&
                          at(id.items[2]).kind == Kind::Text && at(id.items[4]).kind == Kind::Integer &&
                          at(id.items[4]).integer >= 0;
        if (!good) refuse("a persistent id that is no storage");
        Value value;
        value.kind = Kind::Storage;
        value.storageClass = at(id.items[1]).text;
        value.text = at(id.items[2]).text;
        value.integer = at(id.items[4]).integer;
        push(add(std::move(value)));
    }

    std::string_view m_bytes;
    const std::string& m_path;
    size_t m_at = 0;
    std::vector<Value> m_values;
    std::vector<int> m_stack;
    std::map<uint64_t, int> m_memo;
};

}  // namespace

std::vector<std::string> readTextsPickle(std::string_view bytes, const std::string& path, size_t& consumed) {
    Machine machine(bytes, path);
    const Value& root = machine.at(machine.run());
    consumed = machine.consumed();
    std::vector<std::string> out;
    if (root.kind == Kind::List)
        for (const int item : root.items) out.push_back(machine.at(item).text);
    return out;
}

std::map<std::string, PickledTensor> readStateDictPickle(std::string_view bytes, const std::string& path,
                                                         size_t* consumed) {
    Machine machine(bytes, path);
    const auto tensorsOf = [&](const Value& dict) {
        std::map<std::string, PickledTensor> out;
        for (size_t i = 0; i + 1 < dict.items.size(); i += 2) {
            const Value &key = machine.at(dict.items[i]), &value = machine.at(dict.items[i + 1]);
            if (key.kind == Kind::Text && value.kind == Kind::Tensor) out[key.text] = value.tensor;
        }
        return out;
    };
    const Value& root = machine.at(machine.run());
    if (consumed) *consumed = machine.consumed();
    if (root.kind != Kind::Dict) machine.invalid("a pickle of something else", "a state dict (names and tensors)");
    auto tensors = tensorsOf(root);
    for (size_t i = 0; tensors.empty() && i + 1 < root.items.size(); i += 2) {
        const Value &key = machine.at(root.items[i]), &value = machine.at(root.items[i + 1]);
        if ((key.text == "state_dict" || key.text == "model") && value.kind == Kind::Dict) tensors = tensorsOf(value);
    }
    if (tensors.empty()) machine.invalid("a dict without tensors", "a state dict (names and tensors)");
    return tensors;
}

}  // namespace mnerva::nn
