#include "core/archive/state_dict_pickle.h"

#include <array>
#include <optional>
#include <utility>

#include "core/archive/pickle_machine_internal.h"
#include "core/base/checked.h"
#include "core/base/error.h"

namespace mnerva::archive {
namespace {

using Kind = PickleValue::Kind;

// A tensor takes about 25 values and 60 steps; a checkpoint of 2,000 tensors with its optimizer is far below all these.
constexpr std::size_t kMostSteps = std::size_t{4} << 20;
constexpr std::size_t kMostValues = std::size_t{1} << 20;
constexpr std::size_t kLongestText = kLongestTensorName;  ///< of a text that is used: a key, a name
constexpr std::size_t kMostArguments = 16;                ///< of a call

/// What torch.save writes for dicts, lists, texts and numbers; then also what it needs for tensors: names, calls and
/// ids of storages.
constexpr std::string_view kOpcodes =
    "\x80\x95(}])t\x85\x86\x87suaeqr\x94hjN\x88\x89KMJ\x8aGX\x8c"
    "c\x93RQb";
constexpr std::size_t kForTensors = 5;  ///< the last ones
constexpr PickleDialect kTensors{kOpcodes, kMostSteps, kMostValues, kMostSteps, kMostValues, 2, 4, "a state dict"};
constexpr PickleDialect kPlain = [] {
    PickleDialect dialect = kTensors;
    dialect.opcodes.remove_suffix(kForTensors);
    return dialect;
}();

/// What a state dict has besides plain values; a Foreign value's number is the place of one.
struct Thing {
    enum class What : std::uint8_t { OrderedDict, RebuildTensor, RebuildParameter, StorageClass, Storage, Tensor };
    What what = What::OrderedDict;
    ElementType type = ElementType::F32;  ///< StorageClass, Storage
    std::int64_t number = 0;              ///< Storage: elements; Tensor: place among the tensors
    std::string_view key;                 ///< Storage
};
using What = Thing::What;

struct KnownName {
    std::string_view module, member;
    What what;
    ElementType type = ElementType::F32;  ///< StorageClass
};
constexpr std::array kKnownNames{
    KnownName{"collections", "OrderedDict", What::OrderedDict},
    KnownName{"torch._utils", "_rebuild_tensor_v2", What::RebuildTensor},
    KnownName{"torch._utils", "_rebuild_parameter", What::RebuildParameter},
    KnownName{"torch", "FloatStorage", What::StorageClass, ElementType::F32},
    KnownName{"torch", "HalfStorage", What::StorageClass, ElementType::F16},
    KnownName{"torch", "BFloat16Storage", What::StorageClass, ElementType::BF16},
    KnownName{"torch", "LongStorage", What::StorageClass, ElementType::I64},
};

/// A text that is used: no longer than names are, or copies of it could fill the memory.
std::string_view shortText(const PickleMachine& machine, PickleIndex index) {
    const std::string_view text = machine.textAt(index);
    if (text.size() > kLongestText)
        machine.invalid("a name of " + std::to_string(text.size()) + " bytes",
                        "at most " + std::to_string(kLongestText));
    return text;
}

class StateDictMachine : public PickleMachine {
public:
    StateDictMachine(std::string_view bytes, const std::string& path) : PickleMachine(bytes, path, kTensors) {}

    /// Null for other values.
    const PickledTensor* tensorAt(PickleIndex index) const {
        const Thing* thing = thingAt(index, What::Tensor);
        return thing ? &m_tensors[static_cast<std::size_t>(thing->number)] : nullptr;
    }

private:
    const Thing* thingAt(PickleIndex index) const {
        const PickleValue& value = at(index);
        return value.kind == Kind::Foreign ? &m_things[static_cast<std::size_t>(value.number)] : nullptr;
    }
    const Thing* thingAt(PickleIndex index, What what) const {
        const Thing* thing = thingAt(index);
        return thing && thing->what == what ? thing : nullptr;
    }
    void pushThing(const Thing& thing) {
        push(Kind::Foreign, static_cast<std::int64_t>(m_things.size()));
        m_things.push_back(thing);
    }

    void onName(std::string_view module, std::string_view member) override {
        for (const KnownName& known : kKnownNames)
            if (known.module == module && known.member == member) return pushThing({known.what, known.type, 0, {}});
        PickleMachine::onName(module.substr(0, 200), member.substr(0, 200));
    }

    void onCall(PickleIndex callee, PickleIndex argument) override {
        const std::vector<PickleIndex>& arguments = at(argument).items;
        const Thing* function = thingAt(callee);
        if (!function || function->what > What::RebuildParameter) refuse("a call of something that is no known name");
        if (arguments.size() > kMostArguments)
            invalid("a call with " + std::to_string(arguments.size()) + " arguments");
        if (function->what == What::OrderedDict) {
            if (!arguments.empty()) invalid("an OrderedDict with arguments", "an empty one");
            return push(Kind::Dict);
        }
        if (function->what == What::RebuildParameter) {
            if (arguments.empty() || !tensorAt(arguments[0])) invalid("a parameter without tensor", "a tensor");
            return push(arguments[0]);
        }
        rebuildTensor(arguments);
    }

    std::vector<std::int64_t> integersOf(PickleIndex index) const {
        const std::vector<PickleIndex>& items = at(index).items;
        if (at(index).kind != Kind::Tuple) invalid("a tensor without shape", "a tuple of whole numbers");
        if (items.size() > kMostSides)
            invalid("a tensor of " + std::to_string(items.size()) + " sides", "at most " + std::to_string(kMostSides));
        std::vector<std::int64_t> out;
        for (const PickleIndex item : items) {
            if (at(item).kind != Kind::Integer || at(item).number < 0)
                invalid("a tensor shape with something else than sizes", "whole numbers from 0");
            out.push_back(at(item).number);
        }
        return out;
    }

    /// _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)
    void rebuildTensor(const std::vector<PickleIndex>& arguments) {
        const Thing* storage = arguments.size() < 4 ? nullptr : thingAt(arguments[0], What::Storage);
        if (!storage || at(arguments[1]).kind != Kind::Integer)
            invalid("a tensor without storage", "storage, offset, shape, strides");
        PickledTensor tensor{storage->key,
                             storage->type,
                             storage->number,
                             at(arguments[1]).number,
                             integersOf(arguments[2]),
                             integersOf(arguments[3])};
        checkExtent(tensor);
        if (m_tensors.size() == kMostTensors) exceed("tensors", kMostTensors);
        m_tensors.push_back(std::move(tensor));
        pushThing({What::Tensor, ElementType::F32, static_cast<std::int64_t>(m_tensors.size()) - 1, {}});
    }

    /// Every element of the view must lie in the storage, and no view may be bigger than its storage.
    void checkExtent(const PickledTensor& t) const {
        const auto count = checkedCount(t.shape, kMostElements);
        bool good = t.offset >= 0 && t.offset <= t.storageElements && t.shape.size() == t.strides.size() && count &&
                    *count <= static_cast<std::uint64_t>(t.storageElements);
        __int128 last = t.offset;
        for (std::size_t i = 0; good && *count > 0 && i < t.shape.size(); ++i) {
            last += static_cast<__int128>(t.shape[i] - 1) * t.strides[i];
            good = last < t.storageElements;
        }
        if (good && *count > 0) good = last < t.storageElements;
        if (!good) invalid("a tensor that reaches outside its storage", "one inside");
    }

    /// ('storage', class, key, location, elements)
    void onPersistentId(PickleIndex index) override {
        const std::vector<PickleIndex>& id = at(index).items;
        const bool isId = at(index).kind == Kind::Tuple && id.size() >= 5 && textAt(id[0]) == "storage";
        const Thing* type = isId ? thingAt(id[1], What::StorageClass) : nullptr;
        if (!type || at(id[2]).kind != Kind::Text || at(id[4]).kind != Kind::Integer || at(id[4]).number < 0)
            refuse("a persistent id that is no storage");
        const Thing storage{What::Storage, type->type, at(id[4]).number, shortText(*this, id[2])};
        if (static_cast<std::uint64_t>(storage.number) > kMostElements)
            invalid("a storage of " + std::to_string(storage.number) + " values", "one that fits");
        pushThing(storage);
    }

    std::vector<Thing> m_things;
    std::vector<PickledTensor> m_tensors;
};

/// The entries of a dict that are tensors under a name.
std::map<std::string, PickledTensor> tensorsOf(const StateDictMachine& machine, const PickleValue& dict) {
    std::map<std::string, PickledTensor> out;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const PickledTensor* tensor = machine.tensorAt(dict.items[i + 1]);
        if (machine.at(dict.items[i]).kind != Kind::Text || !tensor) continue;
        out[std::string(shortText(machine, dict.items[i]))] = *tensor;
        if (out.size() > kMostTensors) machine.exceed("tensors", kMostTensors);
    }
    return out;
}

}  // namespace

std::vector<std::string_view> readTextsPickle(std::string_view bytes, const std::string& path, std::size_t& consumed) {
    PickleMachine machine(bytes, path, kPlain);
    const PickleValue& root = machine.at(machine.run());
    consumed = machine.consumed();
    std::vector<std::string_view> out;
    if (root.kind != Kind::List) return out;
    if (root.items.size() > kMostTensors) machine.exceed("storages", kMostTensors);
    for (const PickleIndex item : root.items) out.push_back(shortText(machine, item));
    return out;
}

std::map<std::string, PickledTensor> readStateDictPickle(std::string_view bytes, const std::string& path,
                                                         std::size_t* consumed) {
    StateDictMachine machine(bytes, path);
    const PickleValue& root = machine.at(machine.run());
    if (consumed) *consumed = machine.consumed();
    if (root.kind != Kind::Dict) machine.invalid("a pickle of something else", "a state dict (names and tensors)");
    auto tensors = tensorsOf(machine, root);
    // The last entry of each name counts, as in Python; a dict that is named often is looked at once.
    std::array<const PickleValue*, 2> inner{};
    for (std::size_t i = 0; tensors.empty() && i + 1 < root.items.size(); i += 2) {
        const PickleValue& value = machine.at(root.items[i + 1]);
        if (value.kind != Kind::Dict) continue;
        const std::string_view key = machine.textAt(root.items[i]);
        if (key == "state_dict") inner[0] = &value;
        if (key == "model") inner[1] = &value;
    }
    for (const PickleValue* dict : inner)
        if (dict && tensors.empty()) tensors = tensorsOf(machine, *dict);
    if (tensors.empty()) machine.invalid("a dict without tensors", "a state dict (names and tensors)");
    return tensors;
}

}  // namespace mnerva::archive
