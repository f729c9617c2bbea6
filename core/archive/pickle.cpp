#include "core/archive/pickle.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "core/base/checked.h"
#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva::archive {
namespace {

enum class Kind { Mark, None, Boolean, Integer, Real, Text, Tuple, List, Dict, Name, Storage, Tensor };

/// Values live in one array and refer to each other by index, so that no nesting can exhaust the stack; texts point
/// into the pickle, so that one that is used a million times is there once.
struct Value {
    Kind kind = Kind::None;
    ElementType type = ElementType::F32;  // Storage, Name of a storage
    std::int64_t integer = 0;             // Boolean, Integer; Storage: elements; Tensor: place among the tensors; Name:
                                          // place among kCallable, or kStorageName
    std::string_view text;                // Text; Storage: key
    std::vector<int> items;               // Tuple, List; Dict: key, value, key, value
};

enum Callable { kOrderedDict, kRebuildTensor, kRebuildParameter, kStorageName };
constexpr std::array<std::string_view, 3> kCallable = {"collections OrderedDict", "torch._utils _rebuild_tensor_v2",
                                                       "torch._utils _rebuild_parameter"};
struct StorageName {
    std::string_view name;
    ElementType type;
};
constexpr std::array kStorages = {
    StorageName{"torch FloatStorage", ElementType::F32}, StorageName{"torch HalfStorage", ElementType::F16},
    StorageName{"torch BFloat16Storage", ElementType::BF16}, StorageName{"torch LongStorage", ElementType::I64}};

// A tensor takes about 25 values and 60 steps; a checkpoint of 2,000 tensors with its optimizer is far below all these.
constexpr std::size_t kMostSteps = std::size_t{4} << 20;
constexpr std::size_t kMostValues = std::size_t{1} << 20;
constexpr std::size_t kLongestText = kLongestTensorName;  ///< of a text that is used: a key, a name
constexpr std::size_t kMostArguments = 16;                ///< of a call

class Machine {
public:
    Machine(std::string_view bytes, const std::string& path) : m_bytes(bytes), m_path(path) {}

    int run() {
        for (std::size_t steps = 0;; ++steps) {
            if (steps == kMostSteps) exceed("steps in its pickle", kMostSteps);
            const auto opcode = static_cast<unsigned char>(take(1)[0]);
            if (opcode == '.') return pop();
            step(opcode);
        }
    }
    size_t consumed() const { return m_at; }
    /// Valid until a value is added.
    const Value& at(int index) const { return m_values[static_cast<size_t>(index)]; }
    const PickledTensor& tensorAt(int index) const { return m_tensors[static_cast<size_t>(at(index).integer)]; }

    [[noreturn]] void exceed(const char* what, std::size_t limit) const {
        throw Error(ErrorCode::BoundExceeded, {m_path, what, std::to_string(limit)});
    }

    /// A text that is used: no longer than names are, or copies of it could fill the memory.
    std::string_view shortText(int index) const {
        const std::string_view text = at(index).text;
        if (text.size() > kLongestText)
            invalid("a name of " + std::to_string(text.size()) + " bytes", "at most " + std::to_string(kLongestText));
        return text;
    }

    [[noreturn]] void invalid(const std::string& found, const std::string& wanted) const {
        throw Error(ErrorCode::FormatInvalid, {m_path, found, wanted});
    }

private:
    [[noreturn]] void refuse(const std::string& what) const {
        throw Error(ErrorCode::PickleRefused, {m_path, excerpt(what, 200)});
    }

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
        if (m_values.size() == kMostValues) exceed("values in its pickle", kMostValues);
        m_values.push_back(std::move(value));
        return static_cast<int>(m_values.size()) - 1;
    }
    void push(int index) { m_stack.push_back(index); }
    void push(Kind kind, int64_t integer = 0, std::string_view text = {}) {
        Value value;
        value.kind = kind;
        value.integer = integer;
        value.text = text;
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
        if (m_memo.size() > kMostValues) exceed("remembered values in its pickle", kMostValues);
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
                const std::string_view module = takeLine();
                name(module, takeLine());
                return true;
            }
            case 0x93: {  // STACK_GLOBAL
                const std::string_view member = at(pop()).text;
                name(at(pop()).text, member);
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
                push(Kind::Text, 0, take(takeUnsigned(4)));
                return true;
            case 0x8c:
                push(Kind::Text, 0, take(takeUnsigned(1)));
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

    void name(std::string_view module, std::string_view member) {
        const std::string full = std::string(module.substr(0, 200)) + " " + std::string(member.substr(0, 200));
        for (std::size_t i = 0; i < kCallable.size(); ++i)
            if (full == kCallable[i]) return push(Kind::Name, static_cast<int64_t>(i));
        for (const StorageName& known : kStorages) {
            if (full != known.name) continue;
            push(Kind::Name, kStorageName);
            m_values.back().type = known.type;
            return;
        }
        refuse("name " + full);
    }

    void call() {
        const std::vector<int>& arguments = at(pop()).items;
        const Value& callee = at(pop());
        if (callee.kind != Kind::Name || callee.integer == kStorageName)
            refuse("a call of something that is no known name");
        if (arguments.size() > kMostArguments)
            invalid("a call with " + std::to_string(arguments.size()) + " arguments", "a state dict");
        if (callee.integer == kOrderedDict) {
            if (!arguments.empty()) invalid("an OrderedDict with arguments", "an empty one");
            return push(Kind::Dict);
        }
        if (callee.integer == kRebuildParameter) {
            if (arguments.empty() || at(arguments[0]).kind != Kind::Tensor)
                invalid("a parameter without tensor", "a tensor");
            return push(arguments[0]);
        }
        rebuildTensor(arguments);
    }

    std::vector<int64_t> integersOf(int index) const {
        if (at(index).kind != Kind::Tuple) invalid("a tensor without shape", "a tuple of whole numbers");
        if (at(index).items.size() > kMostSides)
            invalid("a tensor of " + std::to_string(at(index).items.size()) + " sides",
                    "at most " + std::to_string(kMostSides));
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
        const Value& storage = at(arguments[0]);
        PickledTensor tensor{storage.text,
                             storage.type,
                             storage.integer,
                             at(arguments[1]).integer,
                             integersOf(arguments[2]),
                             integersOf(arguments[3])};
        checkExtent(tensor);
        if (m_tensors.size() == kMostTensors) exceed("tensors", kMostTensors);
        m_tensors.push_back(std::move(tensor));
        push(Kind::Tensor, static_cast<int64_t>(m_tensors.size()) - 1);
    }

    /// Every element of the view must lie in the storage, and no view may be bigger than its storage.
    void checkExtent(const PickledTensor& t) const {
        const auto count = checkedCount(t.shape, kMostElements);
        bool good = t.offset >= 0 && t.offset <= t.storageElements && t.shape.size() == t.strides.size() && count &&
                    *count <= static_cast<std::uint64_t>(t.storageElements);
        __int128 last = t.offset;
        for (size_t i = 0; good && *count > 0 && i < t.shape.size(); ++i) {
            last += static_cast<__int128>(t.shape[i] - 1) * t.strides[i];
            good = last < t.storageElements;
        }
        if (good && *count > 0) good = last < t.storageElements;
        if (!good) invalid("a tensor that reaches outside its storage", "one inside");
    }

    /// ('storage', class, key, location, elements)
    void persistent() {
        const Value& id = at(pop());
        const bool good = id.kind == Kind::Tuple && id.items.size() >= 5 && at(id.items[0]).text == "storage" &&
                          at(id.items[1]).kind == Kind::Name && at(id.items[1]).integer == kStorageName &&
                          at(id.items[2]).kind == Kind::Text && at(id.items[4]).kind == Kind::Integer &&
                          at(id.items[4]).integer >= 0;
        if (!good) refuse("a persistent id that is no storage");
        Value value;
        value.kind = Kind::Storage;
        value.type = at(id.items[1]).type;
        value.text = shortText(id.items[2]);
        value.integer = at(id.items[4]).integer;
        if (static_cast<std::uint64_t>(value.integer) > kMostElements)
            invalid("a storage of " + std::to_string(value.integer) + " values", "one that fits");
        push(add(std::move(value)));
    }

    std::string_view m_bytes;
    const std::string& m_path;
    size_t m_at = 0;
    std::vector<Value> m_values;
    std::vector<PickledTensor> m_tensors;
    std::vector<int> m_stack;
    std::map<uint64_t, int> m_memo;
};

}  // namespace

std::vector<std::string_view> readTextsPickle(std::string_view bytes, const std::string& path, size_t& consumed) {
    Machine machine(bytes, path);
    const Value& root = machine.at(machine.run());
    consumed = machine.consumed();
    std::vector<std::string_view> out;
    if (root.kind != Kind::List) return out;
    if (root.items.size() > kMostTensors) machine.exceed("storages", kMostTensors);
    for (const int item : root.items) out.push_back(machine.shortText(item));
    return out;
}

std::map<std::string, PickledTensor> readStateDictPickle(std::string_view bytes, const std::string& path,
                                                         size_t* consumed) {
    Machine machine(bytes, path);
    const auto tensorsOf = [&](const Value& dict) {
        std::map<std::string, PickledTensor> out;
        for (size_t i = 0; i + 1 < dict.items.size(); i += 2) {
            const int key = dict.items[i], value = dict.items[i + 1];
            if (machine.at(key).kind != Kind::Text || machine.at(value).kind != Kind::Tensor) continue;
            out[std::string(machine.shortText(key))] = machine.tensorAt(value);
            if (out.size() > kMostTensors) machine.exceed("tensors", kMostTensors);
        }
        return out;
    };
    const Value& root = machine.at(machine.run());
    if (consumed) *consumed = machine.consumed();
    if (root.kind != Kind::Dict) machine.invalid("a pickle of something else", "a state dict (names and tensors)");
    auto tensors = tensorsOf(root);
    // The last entry of each name counts, as in Python; a dict that is named often is looked at once.
    std::array<const Value*, 2> inner{};
    for (size_t i = 0; tensors.empty() && i + 1 < root.items.size(); i += 2) {
        const Value &key = machine.at(root.items[i]), &value = machine.at(root.items[i + 1]);
        if (key.kind != Kind::Text || value.kind != Kind::Dict) continue;
        if (key.text == "state_dict") inner[0] = &value;
        if (key.text == "model") inner[1] = &value;
    }
    for (const Value* dict : inner)
        if (dict && tensors.empty()) tensors = tensorsOf(*dict);
    if (tensors.empty()) machine.invalid("a dict without tensors", "a state dict (names and tensors)");
    return tensors;
}

}  // namespace mnerva::archive
