#include <algorithm>

#include "core/base/check.h"
#include "core/domain/post.h"
#include "core/eval/errors.h"
#include "core/query/fields_internal.h"
#include "core/text/folding.h"

namespace mnerva::query {
namespace {

template <class Value>
int number(Value value) {
    return static_cast<int>(value);
}

static_assert(kRegionError == eval::kErrorKinds);

std::vector<FieldForm> makeForms() {
    using V = FieldForm::Value;
    using eval::ErrorKind;
    const std::vector<Choice> yesNo{{1, {"yes", "true", "是"}}, {0, {"no", "false", "否"}}};
    return {
        {Field::Text, {"text", "文本"}, V::Words, 0, 0, {}, "text:\"new york\""},
        {Field::Id, {"id", "编号"}, V::Words, 0, 0, {}, "id:3071"},
        {Field::Label, {"label", "labels", "标签"}, V::Label, 0, 0, {}, "label:PER"},
        {Field::Gold, {"gold", "金标"}, V::Label, 0, 0, {}, "gold:ORG"},
        {Field::Predicted, {"pred", "predicted", "预测"}, V::Label, 1, 1, {}, "pred(RUN):PER"},
        {Field::Confidence, {"conf", "confidence", "置信度"}, V::Number, 0, 1, {}, "conf<0.6"},
        {Field::Image,
         {"img", "image", "图片"},
         V::Choice,
         0,
         0,
         {{number(ImageState::Yes), {"yes", "有", "是"}},
          {number(ImageState::No), {"no", "无", "否"}},
          {number(ImageState::Missing), {"missing", "缺失"}}},
         "img:yes"},
        {Field::Status,
         {"status", "状态"},
         V::Choice,
         0,
         0,
         {{number(PostStage::Open), {"open", "未完成"}},
          {number(PostStage::Done), {"done", "完成", "已完成"}},
          {number(PostStage::Skipped), {"skipped", "跳过", "已跳过"}}},
         "status:open"},
        {Field::Flag, {"flag", "flagged", "标记"}, V::Choice, 0, 0, yesNo, "flag:yes"},
        {Field::Review,
         {"review", "复核"},
         V::Choice,
         0,
         0,
         {{number(Review::None), {"none", "无"}},
          {number(Review::ToReview), {"to-review", "待复核"}},
          {number(Review::Accepted), {"accepted", "通过", "已通过"}},
          {number(Review::Returned), {"returned", "退回", "已退回"}}},
         "review:returned"},
        {Field::Has, {"has", "有"}, V::Choice, 0, 0, {{1, {"comment", "comments", "批注"}}}, "has:comment"},
        {Field::Comment, {"comment", "批注"}, V::Words, 0, 0, {}, "comment:unsure"},
        {Field::Split,
         {"split", "划分"},
         V::Choice,
         0,
         0,
         {{number(Split::Train), {"train", "训练集"}},
          {number(Split::Valid), {"valid", "dev", "验证集"}},
          {number(Split::Test), {"test", "测试集"}},
          {number(Split::None), {"none", "无"}}},
         "split:test"},
        {Field::Edited, {"edited", "已修改"}, V::Choice, 0, 0, yesNo, "edited:yes"},
        {Field::Disagree, {"disagree", "分歧"}, V::None, 2, 64, {}, "disagree(RUN,RUN)"},
        {Field::Error,
         {"error", "错误"},
         V::Choice,
         1,
         2,
         {{number(ErrorKind::Boundary), {"boundary", "边界"}},
          {number(ErrorKind::Type), {"type", "类型"}},
          {number(ErrorKind::BoundaryAndType), {"boundary-and-type", "边界与类型"}},
          {number(ErrorKind::Missed), {"missed", "漏标"}},
          {number(ErrorKind::Spurious), {"spurious", "多标", "误标"}},
          {kRegionError, {"region", "区域"}}},
         "error(RUN):boundary"},
        {Field::Right, {"right", "正确"}, V::None, 1, 2, {}, "right(RUN)"},
        {Field::Wrong, {"wrong", "有误"}, V::None, 1, 2, {}, "wrong(RUN)"},
        {Field::Picture,
         {"picture", "图片作用"},
         V::Choice,
         1,
         1,
         {{number(Influence::Helped), {"helped", "有益"}},
          {number(Influence::Hurt), {"hurt", "有害"}},
          {number(Influence::Same), {"same", "无影响"}}},
         "picture(RUN):helped"},
        {Field::Length, {"len", "length", "长度"}, V::Number, 0, 0, {}, "len>30"},
        {Field::Conflict, {"conflict", "冲突"}, V::Choice, 0, 0, yesNo, "conflict:yes"},
    };
}

}  // namespace

const std::vector<FieldForm>& fieldForms() {
    static const std::vector<FieldForm> forms = makeForms();
    return forms;
}

const FieldForm* fieldNamed(std::string_view folded) {
    for (const FieldForm& form : fieldForms())
        if (std::find(form.names.begin(), form.names.end(), folded) != form.names.end()) return &form;
    return nullptr;
}

const FieldForm& formOf(Field field) {
    for (const FieldForm& form : fieldForms())
        if (form.field == field) return form;
    MNERVA_CHECK(false);
    return fieldForms().front();
}

std::string choicesText(const FieldForm& form) {
    std::string text;
    for (const Choice& choice : form.choices) text.append(text.empty() ? "" : ", ").append(choice.names.front());
    return text;
}

std::string fieldsText() {
    std::string text;
    for (const FieldForm& form : fieldForms()) text.append(text.empty() ? "" : ", ").append(form.names.front());
    return text;
}

bool looksAtLayers(Field field) {
    switch (field) {
        case Field::Label:
        case Field::Gold:
        case Field::Predicted:
        case Field::Confidence:
        case Field::Edited:
        case Field::Has:
        case Field::Comment:
        case Field::Disagree:
        case Field::Error:
        case Field::Right:
        case Field::Wrong:
        case Field::Picture:
        case Field::Conflict:
            return true;
        default:
            return false;
    }
}

std::optional<Mistake> hiddenFromBlind(const Query& query) {
    for (const Term& term : query.terms)
        if (looksAtLayers(term.field))
            return Mistake{MistakeKind::LayersHidden, term.place, {std::string(fieldName(term.field))}};
    return std::nullopt;
}

bool looksAtRegions(const Term& term) {
    return term.field == Field::Error && term.value == kRegionError;
}

std::string_view fieldName(Field field) {
    return field == Field::Any ? std::string_view() : formOf(field).names.front();
}

std::string_view influenceName(Influence influence) {
    return formOf(Field::Picture).choices[static_cast<std::size_t>(influence)].names.front();
}

}  // namespace mnerva::query
