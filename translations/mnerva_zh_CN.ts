<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AttentionActions</name>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Next post</source>
        <translation>下一个帖子</translation>
    </message>
    <message>
        <source>Previous post</source>
        <translation>上一个帖子</translation>
    </message>
    <message>
        <source>Next picture of the post</source>
        <translation>该帖子的下一张图片</translation>
    </message>
    <message>
        <source>Previous picture of the post</source>
        <translation>该帖子的上一张图片</translation>
    </message>
    <message>
        <source>Next error</source>
        <translation>下一处错误</translation>
    </message>
    <message>
        <source>Previous error</source>
        <translation>上一处错误</translation>
    </message>
    <message>
        <source>Next head</source>
        <translation>下一个注意力头</translation>
    </message>
    <message>
        <source>Previous head</source>
        <translation>上一个注意力头</translation>
    </message>
    <message>
        <source>One map for an entity, or one for each word</source>
        <translation>每个实体一张图，或每个词一张图</translation>
    </message>
    <message>
        <source>Small maps over the second photo</source>
        <translation>在第二张照片上显示小图</translation>
    </message>
    <message>
        <source>Words and regions as a table</source>
        <translation>以表格显示词与区域</translation>
    </message>
    <message>
        <source>Cover cells with the mouse</source>
        <translation>用鼠标遮挡格子</translation>
    </message>
    <message>
        <source>Blank the picture</source>
        <translation>涂白图片</translation>
    </message>
    <message>
        <source>Show the picture as it is</source>
        <translation>恢复原图</translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation>保存图形…</translation>
    </message>
    <message>
        <source>Posts with similar maps</source>
        <translation>热图相似的帖子</translation>
    </message>
</context>
<context>
    <name>Attribution</name>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Where the words of the target look in the last fusion layer, mean of the heads.</source>
        <translation>目标的词在最后一个融合层看向哪里（各注意力头的平均）。</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>注意力展开</translation>
    </message>
    <message>
        <source>Attention of all layers multiplied out, each with the path past it.</source>
        <translation>把各层注意力连同残差通路逐层相乘。</translation>
    </message>
    <message>
        <source>Relevancy</source>
        <translation>相关度传播</translation>
    </message>
    <message>
        <source>Attention of all layers, counted only as far as it raises the target.</source>
        <translation>各层注意力中仅计入提高目标概率的部分。</translation>
    </message>
    <message>
        <source>Gradient times input</source>
        <translation>梯度×输入</translation>
    </message>
    <message>
        <source>How the target changes with each cell&apos;s features, times the features.</source>
        <translation>目标随每个图格特征的变化率，乘以该特征。</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>The channels of the last picture stage that raise the target, where they are strong.</source>
        <translation>图片编码最后一级中提高目标概率的通道在何处较强。</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>积分梯度</translation>
    </message>
    <message>
        <source>The change of the target on the way from an empty picture to this one, shared out to the cells.</source>
        <translation>从空图片到此图片，目标概率的变化分摊到各图格。</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>Words left out</source>
        <translation>去词</translation>
    </message>
    <message>
        <source>How much the target loses when a word is masked, and with other names in its place.</source>
        <translation>遮住一个词、或换成其他名称后，目标概率下降多少。</translation>
    </message>
    <message>
        <source>Log probability of exactly this entity</source>
        <translation>恰为此实体的对数概率</translation>
    </message>
    <message>
        <source>Sum of the log probabilities of its tags</source>
        <translation>其各标签对数概率之和</translation>
    </message>
    <message>
        <source>Log probability of writing this entity</source>
        <translation>写出此实体的对数概率</translation>
    </message>
    <message>
        <source>In this system no attention of the words goes to the cells of the picture.</source>
        <translation>此模型中，词的注意力不指向图格。</translation>
    </message>
    <message>
        <source>The attention of this system does not tell the cells of the picture apart.</source>
        <translation>此模型的注意力不区分各图格。</translation>
    </message>
    <message>
        <source>In this system the cells of the picture read no words.</source>
        <translation>此模型中，图格不读取词。</translation>
    </message>
    <message>
        <source>The post has no picture that can be read.</source>
        <translation>此帖子没有可读取的图片。</translation>
    </message>
    <message>
        <source>This run reads no picture.</source>
        <translation>此训练结果不读取图片。</translation>
    </message>
    <message>
        <source>This system does not read the cells of the picture one by one.</source>
        <translation>此模型不逐格读取图片。</translation>
    </message>
    <message>
        <source>This system reads boxes of the picture, and the whole picture is none of them.</source>
        <translation>此模型只读取图片中的框，不读取整张图片。</translation>
    </message>
    <message>
        <source>How much the target loses when a cell is covered, alone and beside the hottest one.</source>
        <translation>遮住一格（单独遮住，以及连同最热的一格一起遮住）时，目标损失多少。</translation>
    </message>
</context>
<context>
    <name>BenchText</name>
    <message>
        <source>%1 (%2 to %3)</source>
        <comment>a figure and its interval</comment>
        <translation>%1（%2 至 %3）</translation>
    </message>
    <message>
        <source>points %1</source>
        <comment>share of maps that do</comment>
        <translation>指向 %1</translation>
    </message>
    <message>
        <source>deletion %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>points at the object %1, by chance %2</source>
        <translation>指向目标物 %1，随机水平 %2</translation>
    </message>
    <message>
        <source>points at the object %1</source>
        <translation>指向目标物 %1</translation>
    </message>
    <message>
        <source>insertion %1</source>
        <translation>插入 %1</translation>
    </message>
    <message>
        <source>left when random %1</source>
        <translation>权重随机后剩余 %1</translation>
    </message>
    <message>
        <source>Hottest cell on the object: %1</source>
        <translation>最热图格落在目标物上：%1</translation>
    </message>
    <message>
        <source>By chance: %1</source>
        <translation>随机水平：%1</translation>
    </message>
    <message>
        <source>Deletion against random order: %1</source>
        <translation>删除，相对随机顺序：%1</translation>
    </message>
    <message>
        <source>Insertion against random order: %1</source>
        <translation>插入，相对随机顺序：%1</translation>
    </message>
    <message>
        <source>Rank correlation left when all layers are random: %1</source>
        <translation>所有层权重随机后剩余的秩相关：%1</translation>
    </message>
    <message>
        <source>the training posts</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>the validation posts</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>the test posts</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>all posts</source>
        <translation>全部帖子</translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n entity(s) of %1 that the run finds right, %2 of them with a box.</source>
        <translation>
            <numerusform>在%1中该训练答对的 %n 个实体上测得，其中 %2 个有框。</numerusform>
        </translation>
    </message>
    <message>
        <source>del. %1</source>
        <comment>deletion, under a small map</comment>
        <translation>删除 %1</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>no answer for this post</source>
        <translation>未给出此帖子的结果</translation>
    </message>
    <message>
        <source>placed by characters</source>
        <translation>按字符对齐</translation>
    </message>
    <message>
        <source>no entity</source>
        <translation>无实体</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>boundary</source>
        <translation>边界</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>type and boundary</source>
        <translation>类型和边界</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏标</translation>
    </message>
    <message>
        <source>spurious</source>
        <translation>多标</translation>
    </message>
    <message>
        <source>gold</source>
        <translation>金标</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>修正</translation>
    </message>
</context>
<context>
    <name>CasesActions</name>
    <message>
        <source>Cases</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>Next post found</source>
        <translation>下一个找到的帖子</translation>
    </message>
    <message>
        <source>Previous post found</source>
        <translation>上一个找到的帖子</translation>
    </message>
    <message>
        <source>Next disagreement</source>
        <translation>下一处分歧</translation>
    </message>
    <message>
        <source>Previous disagreement</source>
        <translation>上一处分歧</translation>
    </message>
    <message>
        <source>Next word</source>
        <translation>下一个词</translation>
    </message>
    <message>
        <source>Previous word</source>
        <translation>上一个词</translation>
    </message>
    <message>
        <source>Choose one word more</source>
        <translation>多选一个词</translation>
    </message>
    <message>
        <source>Choose one word more to the left</source>
        <translation>向左多选一个词</translation>
    </message>
    <message>
        <source>Adopt from gold</source>
        <translation>采用金标</translation>
    </message>
    <message>
        <source>Adopt from lane 1</source>
        <translation>采用第 1 行</translation>
    </message>
    <message>
        <source>Adopt from lane 2</source>
        <translation>采用第 2 行</translation>
    </message>
    <message>
        <source>Adopt from lane 3</source>
        <translation>采用第 3 行</translation>
    </message>
    <message>
        <source>Adopt from lane 4</source>
        <translation>采用第 4 行</translation>
    </message>
    <message>
        <source>Adopt from lane 5</source>
        <translation>采用第 5 行</translation>
    </message>
    <message>
        <source>Adopt from lane 6</source>
        <translation>采用第 6 行</translation>
    </message>
    <message>
        <source>Adopt from lane 7</source>
        <translation>采用第 7 行</translation>
    </message>
    <message>
        <source>Adopt from lane 8</source>
        <translation>采用第 8 行</translation>
    </message>
    <message>
        <source>Adopt from lane 9</source>
        <translation>采用第 9 行</translation>
    </message>
    <message>
        <source>Label errors</source>
        <translation>标签错误</translation>
    </message>
    <message>
        <source>Correct the label as proposed</source>
        <translation>按建议修正标签</translation>
    </message>
    <message>
        <source>Not an error</source>
        <translation>不是错误</translation>
    </message>
    <message>
        <source>Next doubt</source>
        <translation>下一处疑点</translation>
    </message>
    <message>
        <source>Previous doubt</source>
        <translation>上一处疑点</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>标注一致性</translation>
    </message>
    <message>
        <source>Nothing is labelled here</source>
        <translation>此处不标注</translation>
    </message>
    <message>
        <source>Take what layer 1 says</source>
        <translation>采用第 1 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 2 says</source>
        <translation>采用第 2 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 3 says</source>
        <translation>采用第 3 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 4 says</source>
        <translation>采用第 4 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 5 says</source>
        <translation>采用第 5 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 6 says</source>
        <translation>采用第 6 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 7 says</source>
        <translation>采用第 7 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 8 says</source>
        <translation>采用第 8 个标注层</translation>
    </message>
    <message>
        <source>Take what layer 9 says</source>
        <translation>采用第 9 个标注层</translation>
    </message>
    <message>
        <source>Next conflict</source>
        <translation>下一处冲突</translation>
    </message>
    <message>
        <source>Previous conflict</source>
        <translation>上一处冲突</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>There is no post in train</source>
        <translation>训练集没有帖子</translation>
    </message>
    <message>
        <source>Import posts for the train split first: there is nothing to learn from.</source>
        <translation>请先导入训练集：没有可供学习的内容。</translation>
    </message>
    <message>
        <source>None of the {0} posts in train has an entity</source>
        <translation>训练集的 {0} 个帖子都没有实体</translation>
    </message>
    <message>
        <source>Look at the tags of the training file; the model would learn to answer O everywhere.</source>
        <translation>请检查训练文件的标签，否则模型只会学到处处回答 O。</translation>
    </message>
    <message>
        <source>There is no post in valid</source>
        <translation>验证集没有帖子</translation>
    </message>
    <message>
        <source>Import a validation file: without one no epoch can be told from another, and the last one is kept.</source>
        <translation>请导入验证集：没有它就无法比较各轮，只能保留最后一轮。</translation>
    </message>
    <message>
        <source>There is no post in test</source>
        <translation>测试集没有帖子</translation>
    </message>
    <message>
        <source>The run will end without test scores.</source>
        <translation>训练结束后将没有测试成绩。</translation>
    </message>
    <message>
        <source>Valid and test hold the same {0} posts</source>
        <translation>验证集与测试集是相同的 {0} 个帖子</translation>
    </message>
    <message>
        <source>Import the right file for one of them: the checkpoint would be chosen on the test posts.</source>
        <translation>请为其中之一导入正确的文件：否则检查点将按测试帖子选择。</translation>
    </message>
    <message>
        <source>{0} tags have a type that the project&apos;s labels lack: {1}</source>
        <translation>{0} 个标签的类型不在项目的标签集中：{1}</translation>
    </message>
    <message>
        <source>{0} of {1} pictures are missing or cannot be read</source>
        <translation>{1} 张图片中有 {0} 张缺失或无法读取</translation>
    </message>
    <message>
        <source>Check the picture folder of the import; these posts would be trained without picture.</source>
        <translation>请检查导入时的图片文件夹；这些帖子将在没有图片的情况下训练。</translation>
    </message>
    <message>
        <source>{0} posts stand in two splits ({1})</source>
        <translation>{0} 个帖子同时出现在两个数据划分中（{1}）</translation>
    </message>
    <message>
        <source>Remove them from one of the splits: scores would count what was learned by heart.</source>
        <translation>请从其中一个划分中删除它们：否则分数会把背下来的也算进去。</translation>
    </message>
    <message>
        <source>{0} posts have a near-duplicate text in another split ({1})</source>
        <translation>{0} 个帖子在另一划分中有近似重复的文本（{1}）</translation>
    </message>
    <message>
        <source>Look at the examples; retweets in train and test make scores too high.</source>
        <translation>请查看示例；训练集和测试集中的转发会使分数偏高。</translation>
    </message>
    <message>
        <source>{0} posts share their picture file with a post of another split ({1})</source>
        <translation>{0} 个帖子与另一划分的帖子共用图片文件（{1}）</translation>
    </message>
    <message>
        <source>Known of WuKong (texts differ). Elsewhere keep such posts in one split.</source>
        <translation>WuKong 数据集已知如此（文本不同）。其他数据集请把这样的帖子放在同一划分。</translation>
    </message>
    <message>
        <source>{0} posts have a near-duplicate picture in another split ({1})</source>
        <translation>{0} 个帖子在另一划分中有近似重复的图片（{1}）</translation>
    </message>
    <message>
        <source>Look at the examples; copies of a photo in train and test make scores too high.</source>
        <translation>请查看示例；训练集和测试集中的同一照片会使分数偏高。</translation>
    </message>
    <message>
        <source>Types that only valid or test have: {0}</source>
        <translation>只出现在验证集或测试集中的类型：{0}</translation>
    </message>
    <message>
        <source>The model cannot learn them; every such entity counts as missed.</source>
        <translation>模型无法学会它们；每个这样的实体都算漏检。</translation>
    </message>
    <message>
        <source>{0} entities begin with an inside tag ({1})</source>
        <translation>{0} 个实体以内部标签开头（{1}）</translation>
    </message>
    <message>
        <source>{0}/{1}/{2} posts in train/valid/test, but {3} has {4}</source>
        <translation>训练/验证/测试有 {0}/{1}/{2} 个帖子，而 {3} 应为 {4}</translation>
    </message>
    <message>
        <source>Do not compare the scores with published ones of that data set.</source>
        <translation>请勿把分数与该数据集的已发表结果相比。</translation>
    </message>
    <message>
        <source>{0} tag has a type that the project&apos;s labels lack: {1}</source>
        <translation>{0} 个标签的类型不在项目的标签集中：{1}</translation>
    </message>
    <message>
        <source>{0} of {1} pictures is missing or cannot be read</source>
        <translation>{1} 张图片中有 {0} 张缺失或无法读取</translation>
    </message>
    <message>
        <source>{0} post stands in two splits ({1})</source>
        <translation>{0} 个帖子同时出现在两个数据划分中（{1}）</translation>
    </message>
    <message>
        <source>{0} post has a near-duplicate text in another split ({1})</source>
        <translation>{0} 个帖子在另一划分中有近似重复的文本（{1}）</translation>
    </message>
    <message>
        <source>{0} post shares its picture file with a post of another split ({1})</source>
        <translation>{0} 个帖子与另一划分的帖子共用图片文件（{1}）</translation>
    </message>
    <message>
        <source>{0} post has a near-duplicate picture in another split ({1})</source>
        <translation>{0} 个帖子在另一划分中有近似重复的图片（{1}）</translation>
    </message>
    <message>
        <source>{0} entity begins with an inside tag ({1})</source>
        <translation>{0} 个实体以内部标签开头（{1}）</translation>
    </message>
    <message>
        <source>Add the types under Data, Labels…, or correct the tags; they would be trained as O.</source>
        <translation>请在“数据”页的“标签…”中添加这些类型，或修正标签；否则它们将按 O 训练。</translation>
    </message>
    <message>
        <source>Known of TWITTER-2015. “seqeval, lenient” counts them as entities, “CoNLL, strict” does not.</source>
        <translation>TWITTER-2015 中已知存在。“seqeval 宽松”把它们算作实体，“CoNLL 严格”则不算。</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>%1 %2</source>
        <comment>split, posts</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 / %2 %3</source>
        <comment>two splits, posts</comment>
        <translation>%1 / %2 %3</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between counts of splits</comment>
        <translation>，</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>另有 %Ln 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cost</name>
    <message>
        <source>%L1 s</source>
        <comment>seconds</comment>
        <translation>%L1 秒</translation>
    </message>
    <message numerus="yes">
        <source>About %1 an epoch, %2 for %Ln epoch(s).</source>
        <translation>
            <numerusform>每轮约 %1，%Ln 轮共约 %2。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures that no run has read yet: up to %1 more.</source>
        <translation>若图像尚未被任何训练读取：最多再加 %1。</translation>
    </message>
    <message>
        <source>It takes %1 of memory.</source>
        <translation>需要内存 %1。</translation>
    </message>
    <message>
        <source>It takes %1 of memory, but only %2 are free: take smaller batches, or a smaller encoder.</source>
        <translation>需要内存 %1，但只有 %2 可用：请用更小的批次或更小的编码器。</translation>
    </message>
    <message>
        <source>It takes %1 of memory; %2 are free.</source>
        <translation>需要内存 %1；可用 %2。</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>ambiguous text</source>
        <translation>文本有歧义</translation>
    </message>
    <message>
        <source>gap in the guideline</source>
        <translation>标注指南缺漏</translation>
    </message>
    <message>
        <source>slip</source>
        <translation>疏忽</translation>
    </message>
    <message>
        <source>edge case</source>
        <translation>边缘情况</translation>
    </message>
    <message>
        <source>matter of taste</source>
        <translation>个人偏好</translation>
    </message>
</context>
<context>
    <name>Detections</name>
    <message>
        <source>%1: %2</source>
        <comment>what is wrong, and with which file</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No picture could be looked at.</source>
        <translation>没有一张图片可供检测。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln box(es)</source>
        <translation>
            <numerusform>%Ln 个框</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a kind of box and how many</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>None of these posts has a picture.</source>
        <translation>这些帖子都没有图片。</translation>
    </message>
    <message>
        <source>Nothing found in %1 by the detector %2.</source>
        <comment>pictures, detector</comment>
        <translation>检测器“%2”在%1中没有发现任何目标。</translation>
    </message>
    <message>
        <source>%1 found in %2 by the detector %3.</source>
        <comment>boxes, pictures, detector</comment>
        <translation>检测器“%3”在%2中发现%1。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) missing or unreadable. The first: %1</source>
        <translation>
            <numerusform>有 %Ln 张图片缺失或无法读取。第一张：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>faces</source>
        <translation>人脸（内置）</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Another type is likelier</source>
        <translation>另一类型更有可能</translation>
    </message>
    <message>
        <source>The entity begins or ends elsewhere</source>
        <translation>实体的边界应在别处</translation>
    </message>
    <message>
        <source>An entity is missing here</source>
        <translation>此处漏标了实体</translation>
    </message>
    <message>
        <source>There is no entity here</source>
        <translation>此处没有实体</translation>
    </message>
    <message>
        <source>All systems say something else</source>
        <translation>所有系统的结果都与之不同</translation>
    </message>
    <message>
        <source>The same words have another type elsewhere</source>
        <translation>相同的词在别处是另一类型</translation>
    </message>
    <message>
        <source>The entity begins with an inside tag</source>
        <translation>实体以内部标签开头</translation>
    </message>
    <message>
        <source>The type occurs once, or its name is nearly that of another</source>
        <translation>该类型只出现一次，或其名称与另一类型几乎相同</translation>
    </message>
    <message>
        <source>A word holds characters that nobody sees</source>
        <translation>词中含有不可见字符</translation>
    </message>
    <message>
        <source>Another split has nearly the same text, or the same picture</source>
        <translation>另一划分中有几乎相同的文本或相同的图片</translation>
    </message>
    <message>
        <source>{0} systems</source>
        <translation>{0} 个系统</translation>
    </message>
    <message>
        <source>{0} {1} of {2} times</source>
        <translation>{2} 次中有 {1} 次为 {0}</translation>
    </message>
    <message>
        <source>{0} after nothing</source>
        <translation>{0} 之前没有标签</translation>
    </message>
    <message>
        <source>{0} after {1}</source>
        <translation>{1} 之后是 {0}</translation>
    </message>
    <message>
        <source>text of {0} {1}</source>
        <translation>与 {0} {1} 的文本相近</translation>
    </message>
    <message>
        <source>picture of {0} {1}</source>
        <translation>与 {0} {1} 的图片相同</translation>
    </message>
    <message>
        <source>{0} % likely on the mean, right in {1} of {2} epochs</source>
        <translation>平均概率 {0} %，{2} 轮中 {1} 轮正确</translation>
    </message>
    <message>
        <source>The model never learnt this label</source>
        <translation>模型始终没有学会这个标签</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Something went wrong inside Mnerva: {0}. Please report it with the log.</source>
        <translation>Mnerva 内部出错：{0}。请连同日志一起报告。</translation>
    </message>
    <message>
        <source>{0} does not exist.</source>
        <translation>{0} 不存在。</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation>无法读取 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} is a folder; a file was expected.</source>
        <translation>{0} 是文件夹，而这里需要文件。</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}.</source>
        <translation>无法写入 {0}：{1}。</translation>
    </message>
    <message>
        <source>The disk is full: {0} could not be written. Free some space and try again; nothing was lost.</source>
        <translation>磁盘已满：无法写入 {0}。请腾出空间后重试；没有丢失任何内容。</translation>
    </message>
    <message>
        <source>{0} has no format that Mnerva knows: {1}.</source>
        <translation>Mnerva 不认识 {0} 的格式：{1}。</translation>
    </message>
    <message>
        <source>{0} is not usable: found {1}, wanted {2}.</source>
        <translation>{0} 无法使用：实际为 {1}，应为 {2}。</translation>
    </message>
    <message>
        <source>{0}, line {1}: found {2}, wanted {3}.</source>
        <translation>{0} 第 {1} 行：实际为 {2}，应为 {3}。</translation>
    </message>
    <message>
        <source>{0} contains more than plain data ({1}); nothing of it was run. Mnerva reads lists of names and weights, never code.</source>
        <translation>{0} 含有普通数据以外的内容（{1}），未执行其中任何部分。Mnerva 只读取名称列表和权重，从不执行代码。</translation>
    </message>
    <message>
        <source>{0} is cut short or damaged; download it again.</source>
        <translation>{0} 不完整或已损坏；请重新下载。</translation>
    </message>
    <message>
        <source>{0} is not a Mnerva project: it has no project.mnerva.</source>
        <translation>{0} 不是 Mnerva 项目：其中没有 project.mnerva。</translation>
    </message>
    <message>
        <source>{0} is a Mnerva project already.</source>
        <translation>{0} 已经是一个 Mnerva 项目。</translation>
    </message>
    <message>
        <source>{0} was made by a newer Mnerva (format {1}; this one knows up to {2}). Update Mnerva to change it.</source>
        <translation>{0} 由更新版本的 Mnerva 创建（格式 {1}，本版本最高支持 {2}）。请升级 Mnerva 后再修改。</translation>
    </message>
    <message>
        <source>{0} is damaged: {1}.</source>
        <translation>{0} 已损坏：{1}。</translation>
    </message>
    <message>
        <source>{0} is open read-only; it was not changed.</source>
        <translation>{0} 以只读方式打开；没有作任何更改。</translation>
    </message>
    <message>
        <source>{0}: the database refused: {1}.</source>
        <translation>{0}：数据库拒绝了操作：{1}。</translation>
    </message>
    <message>
        <source>There is no layer {0}. Layers here: {1}.</source>
        <translation>没有名为 {0} 的标注层。现有标注层：{1}。</translation>
    </message>
    <message>
        <source>There is no label {0}. Labels here: {1}.</source>
        <translation>没有名为 {0} 的标签。现有标签：{1}。</translation>
    </message>
    <message>
        <source>The split {0} has no posts.</source>
        <translation>划分 {0} 中没有帖子。</translation>
    </message>
    <message>
        <source>Words {0} to {1} do not exist in a post of {2} words.</source>
        <translation>该帖子共有 {2} 个词，不存在第 {0} 到第 {1} 个词。</translation>
    </message>
    <message>
        <source>There is no option {0}. Options: {1}.</source>
        <translation>没有名为 {0} 的选项。可用选项：{1}。</translation>
    </message>
    <message>
        <source>The option {0} cannot be {1}; wanted: {2}.</source>
        <translation>选项 {0} 不能为 {1}；应为：{2}。</translation>
    </message>
    <message>
        <source>The encoder folder {0} lacks {1}.</source>
        <translation>编码器文件夹 {0} 缺少 {1}。</translation>
    </message>
    <message>
        <source>The encoder {0} does not fit: found {1}, wanted {2}.</source>
        <translation>编码器 {0} 不匹配：实际为 {1}，应为 {2}。</translation>
    </message>
    <message>
        <source>{0} has no tensor {1}.</source>
        <translation>{0} 中没有张量 {1}。</translation>
    </message>
    <message>
        <source>{0}: tensor {1} has shape {2}, wanted {3}.</source>
        <translation>{0}：张量 {1} 的形状为 {2}，应为 {3}。</translation>
    </message>
    <message>
        <source>The picture {0} cannot be read.</source>
        <translation>无法读取图片 {0}。</translation>
    </message>
    <message>
        <source>There is no run {0}. Runs here: {1}.</source>
        <translation>没有名为 {0} 的训练。现有训练：{1}。</translation>
    </message>
    <message>
        <source>A run {0} exists already; choose another name or resume it.</source>
        <translation>训练 {0} 已存在；请换一个名称，或继续该训练。</translation>
    </message>
    <message>
        <source>The run {0} does not fit: found {1}, wanted {2}.</source>
        <translation>训练 {0} 不匹配：实际为 {1}，应为 {2}。</translation>
    </message>
    <message>
        <source>The run {0} has no checkpoint to resume from.</source>
        <translation>训练 {0} 没有可供继续的检查点。</translation>
    </message>
    <message>
        <source>There is no device {0}. Devices here: {1}.</source>
        <translation>没有设备 {0}。可用设备：{1}。</translation>
    </message>
    <message>
        <source>Memory ran out while {0}. Try a smaller batch or encoder.</source>
        <translation>内存不足（{0}）。请尝试更小的批次或编码器。</translation>
    </message>
    <message>
        <source>A number that is not finite appeared in {0}; training stopped and the last checkpoint was kept.</source>
        <translation>{0} 中出现了非有限数值；训练已停止，并保留了最后的检查点。</translation>
    </message>
    <message>
        <source>The engine sent something that could not be understood: {0}.</source>
        <translation>引擎发来了无法理解的内容：{0}。</translation>
    </message>
    <message>
        <source>A message of {0} bytes is larger than the limit of {1}.</source>
        <translation>消息有 {0} 字节，超过了 {1} 的上限。</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly: {0}.</source>
        <translation>引擎意外停止：{0}。</translation>
    </message>
    <message>
        <source>The engine did not answer for {0} seconds.</source>
        <translation>引擎已有 {0} 秒没有响应。</translation>
    </message>
    <message>
        <source>The engine speaks version {0} of the protocol, this window version {1}. Install both from the same release.</source>
        <translation>引擎使用第 {0} 版协议，而本窗口使用第 {1} 版。请安装同一发行版的两个程序。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>The post {0} was changed elsewhere; it was loaded again and your last key was not applied.</source>
        <translation>帖子 {0} 已在别处被修改；已重新载入，您最后的按键没有生效。</translation>
    </message>
    <message>
        <source>{0} cannot be taken away: entities use it.</source>
        <translation>无法移除 {0}：有实体正在使用它。</translation>
    </message>
    <message>
        <source>{0} was not started, because of what was found in its data: {1}. Mend the data, or overrule these checks.</source>
        <translation>未启动 {0}，因为数据检查发现：{1}。请修正数据，或忽略这些检查。</translation>
    </message>
    <message>
        <source>{0} is {1}; a plain file was expected.</source>
        <translation>{0} 是{1}；应为普通文件。</translation>
    </message>
    <message>
        <source>{0} has {1} bytes; Mnerva reads at most {2} of such a file.</source>
        <translation>{0} 有 {1} 字节；此类文件 Mnerva 最多读取 {2} 字节。</translation>
    </message>
    <message>
        <source>{0} is {1}; nothing was written through it.</source>
        <translation>{0} 是{1}；未通过它写入任何内容。</translation>
    </message>
    <message>
        <source>{0} exists already and was not replaced. Choose another name, or replace it on purpose (--force).</source>
        <translation>{0} 已存在，未被替换。请另选名称，或明确要求替换（--force）。</translation>
    </message>
    <message>
        <source>{0} belongs to a Mnerva project; an export never replaces it. Choose another place.</source>
        <translation>{0} 属于 Mnerva 项目；导出绝不会替换它。请另选位置。</translation>
    </message>
    <message>
        <source>{0} is not UTF-8; it looks like {1}. Convert it, or name its encoding (--encoding).</source>
        <translation>{0} 不是 UTF-8，看起来是 {1}。请转换该文件，或指明其编码（--encoding）。</translation>
    </message>
    <message>
        <source>Nothing was imported from {0}: {1}.</source>
        <translation>未从 {0} 导入任何内容：{1}。</translation>
    </message>
    <message>
        <source>{0} findings say that something would be lost; nothing was imported, as strictness was asked for.</source>
        <translation>有 {0} 项发现表明会丢失内容；因要求严格导入，未导入任何内容。</translation>
    </message>
    <message>
        <source>{0} holds more {1} than Mnerva reads ({2}); nothing of it was used.</source>
        <translation>{0} 中的{1}超过 Mnerva 的读取上限（{2}）；其内容均未使用。</translation>
    </message>
    <message>
        <source>The run {0} is being trained by another process ({1}). Stop that one first, or wait for its end.</source>
        <translation>训练 {0} 正由另一进程（{1}）训练。请先停止该进程，或等待其结束。</translation>
    </message>
    <message>
        <source>A run cannot be called {0}; wanted: {1}.</source>
        <translation>训练不能命名为 {0}；要求：{1}。</translation>
    </message>
    <message>
        <source>The run {0} is damaged: {1}.</source>
        <translation>训练 {0} 已损坏：{1}。</translation>
    </message>
    <message>
        <source>The picture {0} cannot be read: it is {1}; Mnerva reads {2}.</source>
        <translation>图片 {0} 无法读取：它是 {1}；Mnerva 可读取 {2}。</translation>
    </message>
    <message>
        <source>The picture {0} has {1} pixels; Mnerva reads up to {2}.</source>
        <translation>图片 {0} 有 {1} 像素；Mnerva 最多读取 {2}。</translation>
    </message>
    <message>
        <source>The picture {0} lies outside of {1}; it was not read.</source>
        <translation>图片 {0} 位于 {1} 之外；未读取。</translation>
    </message>
    <message>
        <source>The name {0} is not UTF-8; rename the file or folder to use it here.</source>
        <translation>名称 {0} 不是 UTF-8；请重命名该文件或文件夹后再使用。</translation>
    </message>
    <message>
        <source>{0} is in use by {1} on {2} (process {3}). Close it there; where that program is gone, the lock ends by itself within ten minutes.</source>
        <translation>{0} 正由 {2} 上的 {1}（进程 {3}）使用。请在那里关闭它；如果那个程序已不在，锁会在十分钟内自行失效。</translation>
    </message>
    <message>
        <source>The run {0} is no layer yet: its predictions are not in the project. Store them first: &quot;Use as suggestions&quot; in the window, or mnerva-cli predict PROJECT --run {0}.</source>
        <translation>训练 {0} 还不是标注层：它的预测不在项目中。请先存储：在窗口中点击“用作建议”，或运行 mnerva-cli predict PROJECT --run {0}。</translation>
    </message>
    <message>
        <source>Memory ran out while {0}, with one post at a time, so a smaller batch cannot help. Use a smaller encoder, shorter posts (option max_pieces) or fewer pictures, free memory, or use another device.</source>
        <translation>在{0}时内存不足，即使每次只处理一个帖子，因此减小批量也无济于事。请使用更小的编码器、更短的帖子（选项 max_pieces）或更少的图片，释放内存，或换用其他设备。</translation>
    </message>
    <message>
        <source>The graphics card failed while {0} ({1}). What is on the disk is whole. See whether nvidia-smi still lists the card (where not, restart the machine); then resume from the last checkpoint, or use --device cpu.</source>
        <translation>显卡在{0}时出错（{1}）。磁盘上的内容完好。请查看 nvidia-smi 是否仍列出该显卡（若没有，请重启计算机），然后从最后一个检查点继续，或使用 --device cpu。</translation>
    </message>
    <message>
        <source>{0} cannot be used: the graphics driver knows CUDA up to {1}, and this build of Mnerva needs {2}. Update the NVIDIA driver, or use --device cpu.</source>
        <translation>无法使用 {0}：显卡驱动最高支持 CUDA {1}，而此版本的 Mnerva 需要 {2}。请更新 NVIDIA 驱动，或使用 --device cpu。</translation>
    </message>
    <message>
        <source>{0} cannot be used: this build of Mnerva computes on the processor alone. Build it with a torch that has CUDA (README, &quot;A GPU&quot;), or use --device cpu.</source>
        <translation>无法使用 {0}：此版本的 Mnerva 只在处理器上计算。请用带 CUDA 的 torch 构建（见 README 的 “A GPU”），或使用 --device cpu。</translation>
    </message>
    <message>
        <source>{0} cannot be used: the machine has an NVIDIA card, but its driver is missing or does not answer. See what nvidia-smi says, or use --device cpu.</source>
        <translation>无法使用 {0}：计算机装有 NVIDIA 显卡，但驱动缺失或没有响应。请查看 nvidia-smi 的输出，或使用 --device cpu。</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>An entity that no B- tag opens; read as an entity of its own</source>
        <translation>实体开头没有 B- 标记；按独立实体读取</translation>
    </message>
    <message>
        <source>A tag of no known form; kept as it is, read as no entity</source>
        <translation>标记形式未知；原样保留，不作为实体</translation>
    </message>
    <message>
        <source>A word with an empty tag; read as O</source>
        <translation>词的标记为空；按 O 读取</translation>
    </message>
    <message>
        <source>Spaces around a tag</source>
        <translation>标记两侧有空格</translation>
    </message>
    <message>
        <source>A line without a tab; read as a word without a tag</source>
        <translation>行中没有制表符；按无标记的词读取</translation>
    </message>
    <message>
        <source>More than one tab in a line</source>
        <translation>一行中有多个制表符</translation>
    </message>
    <message>
        <source>A line of spaces; read as an empty line</source>
        <translation>只有空格的行；按空行读取</translation>
    </message>
    <message>
        <source>A tag without a word</source>
        <translation>有标记而没有词</translation>
    </message>
    <message>
        <source>An IMGID line without an id</source>
        <translation>IMGID 行没有编号</translation>
    </message>
    <message>
        <source>An IMGID line of an unusual form</source>
        <translation>IMGID 行形式不常见</translation>
    </message>
    <message>
        <source>A post without an IMGID line</source>
        <translation>帖子没有 IMGID 行</translation>
    </message>
    <message>
        <source>Words before the first IMGID line</source>
        <translation>第一个 IMGID 行之前有词</translation>
    </message>
    <message>
        <source>A post without words</source>
        <translation>帖子没有词</translation>
    </message>
    <message>
        <source>An id that an earlier post has already</source>
        <translation>编号与前面的帖子重复</translation>
    </message>
    <message>
        <source>No empty line between two posts</source>
        <translation>两个帖子之间没有空行</translation>
    </message>
    <message>
        <source>No empty line after the last post</source>
        <translation>最后一个帖子之后没有空行</translation>
    </message>
    <message>
        <source>Several empty lines between two posts</source>
        <translation>两个帖子之间有多个空行</translation>
    </message>
    <message>
        <source>A line that is too long; it was cut</source>
        <translation>行过长；已截断</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>Bytes that are not UTF-8; replaced</source>
        <translation>含有非 UTF-8 字节；已替换</translation>
    </message>
    <message>
        <source>Windows line ends</source>
        <translation>使用 Windows 换行符</translation>
    </message>
    <message>
        <source>A block that could not be read</source>
        <translation>有一段无法读取</translation>
    </message>
    <message>
        <source>Words and tags differ in number</source>
        <translation>词与标记数量不一致</translation>
    </message>
    <message>
        <source>The picture is not in the image folder</source>
        <translation>图片不在图片文件夹中</translation>
    </message>
    <message>
        <source>No image folder was given or found</source>
        <translation>没有指定或找到图片文件夹</translation>
    </message>
    <message>
        <source>The image folder does not exist</source>
        <translation>图片文件夹不存在</translation>
    </message>
    <message>
        <source>A picture without an entry in the crop list</source>
        <translation>图片在裁剪列表中没有条目</translation>
    </message>
    <message>
        <source>A crop list, but no folder of crops</source>
        <translation>有裁剪列表，但没有裁剪图文件夹</translation>
    </message>
    <message>
        <source>An entry of the crop list that could not be used</source>
        <translation>裁剪列表中有无法使用的条目</translation>
    </message>
    <message>
        <source>A picture listed twice in the crop list</source>
        <translation>图片在裁剪列表中出现两次</translation>
    </message>
    <message>
        <source>A file name that leads out of its folder; left out</source>
        <translation>文件名指向文件夹之外；已略去</translation>
    </message>
    <message>
        <source>A label that is new to this project</source>
        <translation>本项目中没有的新标签</translation>
    </message>
    <message>
        <source>Another tag scheme than the project&apos;s</source>
        <translation>标注方案与项目不同</translation>
    </message>
    <message>
        <source>The file name names no split</source>
        <translation>文件名没有说明划分</translation>
    </message>
    <message>
        <source>This file was imported already; it is left out</source>
        <translation>该文件已导入过；本次略去</translation>
    </message>
    <message>
        <source>Confidences are not written</source>
        <translation>不写入置信度</translation>
    </message>
    <message>
        <source>Crop lists are not written</source>
        <translation>不写入裁剪列表</translation>
    </message>
    <message>
        <source>Only the first picture of a post is written</source>
        <translation>每个帖子只写入第一张图片</translation>
    </message>
    <message>
        <source>MISC is written as OTHER, as in the source file</source>
        <translation>MISC 按源文件写作 OTHER</translation>
    </message>
    <message>
        <source>A post that the layer does not cover</source>
        <translation>该标注层未覆盖的帖子</translation>
    </message>
    <message>
        <source>An entity without B- that is written with one</source>
        <translation>原本没有 B- 的实体将以 B- 写出</translation>
    </message>
    <message>
        <source>A special tag that is written as O</source>
        <translation>特殊标记将写作 O</translation>
    </message>
    <message>
        <source>The database is damaged</source>
        <translation>数据库已损坏</translation>
    </message>
    <message>
        <source>Entities that overlap</source>
        <translation>实体重叠</translation>
    </message>
    <message>
        <source>An entity outside of its post</source>
        <translation>实体超出帖子范围</translation>
    </message>
    <message>
        <source>An entity with a label that the project does not know</source>
        <translation>实体的标签不在项目中</translation>
    </message>
    <message>
        <source>Words and tags of a post differ in number</source>
        <translation>帖子的词与标记数量不一致</translation>
    </message>
    <message>
        <source>A reference to something that is not there</source>
        <translation>引用了不存在的内容</translation>
    </message>
    <message>
        <source>A step of the history that cannot be read</source>
        <translation>历史中有无法读取的步骤</translation>
    </message>
    <message>
        <source>A step of the history of a post that is not there</source>
        <translation>历史步骤所属的帖子不存在</translation>
    </message>
    <message>
        <source>A step of the history that does not fit</source>
        <translation>历史中有不匹配的步骤</translation>
    </message>
    <message>
        <source>The history gives something else than the stored entities</source>
        <translation>按历史重放的结果与存储的实体不同</translation>
    </message>
    <message>
        <source>The history gives other rejected suggestions</source>
        <translation>按历史重放得到不同的已拒绝建议</translation>
    </message>
    <message>
        <source>The history gives another status</source>
        <translation>按历史重放得到不同的状态</translation>
    </message>
    <message>
        <source>A post without its file of tags or of the picture</source>
        <translation>一个帖子缺少标签文件或图片文件</translation>
    </message>
    <message>
        <source>An XML file that cannot be read</source>
        <translation>无法读取的 XML 文件</translation>
    </message>
    <message>
        <source>An XML file that is too large for boxes</source>
        <translation>对标注框来说过大的 XML 文件</translation>
    </message>
    <message>
        <source>A file that is no well-formed XML</source>
        <translation>格式不正确的 XML 文件</translation>
    </message>
    <message>
        <source>An XML file that holds no boxes</source>
        <translation>不含标注框的 XML 文件</translation>
    </message>
    <message>
        <source>An XML file without the size of its picture</source>
        <translation>没有图片尺寸的 XML 文件</translation>
    </message>
    <message>
        <source>An object without a box; left out</source>
        <translation>没有框的目标，已略去</translation>
    </message>
    <message>
        <source>A box without a name</source>
        <translation>没有名称的框</translation>
    </message>
    <message>
        <source>A box whose edges are no numbers; left out</source>
        <translation>边界不是数字的框，已略去</translation>
    </message>
    <message>
        <source>A box without an area; left out</source>
        <translation>没有面积的框，已略去</translation>
    </message>
    <message>
        <source>A box outside its picture; left out</source>
        <translation>在图片之外的框，已略去</translation>
    </message>
    <message>
        <source>A box that reached beyond its picture; cut</source>
        <translation>超出图片的框，已裁剪</translation>
    </message>
    <message>
        <source>A box whose name is no entity of the post</source>
        <translation>名称不是该帖实体的框</translation>
    </message>
    <message>
        <source>A word of a text about a post that is not tagged X</source>
        <translation>附加文本中未标为 X 的词</translation>
    </message>
    <message>
        <source>A line that is no text about a post; left out</source>
        <translation>不是附加文本的一行，已略去</translation>
    </message>
    <message>
        <source>A text about a post without words; left out</source>
        <translation>没有词的附加文本，已略去</translation>
    </message>
    <message>
        <source>A text about a post that is not in the project</source>
        <translation>项目中没有的帖子的附加文本</translation>
    </message>
    <message>
        <source>Texts about posts are not written</source>
        <translation>附加文本未写出</translation>
    </message>
    <message>
        <source>A picture whose file does not exist</source>
        <translation>图片文件不存在</translation>
    </message>
    <message>
        <source>A file that cannot be read as a picture</source>
        <translation>文件无法作为图片读取</translation>
    </message>
    <message>
        <source>A tag with characters nobody sees, or of another spelling; cleaned</source>
        <translation>标签含不可见字符或写法不同，已整理</translation>
    </message>
    <message>
        <source>BILOU tags; L and U are read as E and S</source>
        <translation>BILOU 标签，L 与 U 读作 E 与 S</translation>
    </message>
    <message>
        <source>No tab between word and tag</source>
        <translation>词与标签之间不是制表符</translation>
    </message>
    <message>
        <source>The tag is not in the last column</source>
        <translation>标签不在最后一列</translation>
    </message>
    <message>
        <source>Columns beside word and tag; not kept</source>
        <translation>词与标签之外的列，未保留</translation>
    </message>
    <message>
        <source>A line with names of columns; left out</source>
        <translation>列名所在的行，已略去</translation>
    </message>
    <message>
        <source>A comment; left out</source>
        <translation>注释行，已略去</translation>
    </message>
    <message>
        <source>A mark between documents (-DOCSTART-); left out</source>
        <translation>文档分隔标记（-DOCSTART-），已略去</translation>
    </message>
    <message>
        <source>Line ends of old Mac systems (CR)</source>
        <translation>旧式 Mac 换行（CR）</translation>
    </message>
    <message>
        <source>A carriage return inside a line; read as a line end</source>
        <translation>行内有回车符，按换行读取</translation>
    </message>
    <message>
        <source>Converted to UTF-8 from this encoding</source>
        <translation>已从此编码转换为 UTF-8</translation>
    </message>
    <message>
        <source>The file reads well as UTF-8, but another encoding was named</source>
        <translation>文件本身是有效的 UTF-8，却指定了其他编码</translation>
    </message>
    <message>
        <source>Posts without an id of their own got these</source>
        <translation>没有编号的帖子得到了这些编号</translation>
    </message>
    <message>
        <source>An id that an earlier post without one had been given</source>
        <translation>此编号已给了前面没有编号的帖子</translation>
    </message>
    <message>
        <source>Gold tags of the file differ from the project&apos;s</source>
        <translation>文件中的金标与项目不同</translation>
    </message>
    <message>
        <source>Tags and words of a post differ in number; left out</source>
        <translation>标签数与帖子词数不同，已略去</translation>
    </message>
    <message>
        <source>Another picture than the post&apos;s; left out</source>
        <translation>图片与帖子不符，已略去</translation>
    </message>
    <message>
        <source>A post for which the file has nothing</source>
        <translation>文件中没有此帖子的内容</translation>
    </message>
    <message>
        <source>A block for which there is no post</source>
        <translation>没有帖子与此块对应</translation>
    </message>
    <message>
        <source>A byte order mark; left out</source>
        <translation>字节顺序标记，已略去</translation>
    </message>
    <message>
        <source>A file of a kind that is not read as a picture</source>
        <translation>此类文件不能作为图片读取</translation>
    </message>
    <message>
        <source>A picture that is larger than can be read</source>
        <translation>图片过大，无法读取</translation>
    </message>
    <message>
        <source>A picture outside of the picture folder; not read</source>
        <translation>图片位于图片文件夹之外；未读取</translation>
    </message>
    <message>
        <source>A picture of which only a part can be read; that part is used</source>
        <translation>图片只有一部分可以读取；使用该部分</translation>
    </message>
    <message>
        <source>A picture that the detector could not look at</source>
        <translation>检测器无法处理的图片</translation>
    </message>
    <message>
        <source>Boxes of a turned picture whose file does not say which way round they are; taken as before turning</source>
        <translation>带旋转信息的图片的框，文件未说明其方向；按旋转前处理</translation>
    </message>
    <message>
        <source>An XML file with another size than its picture has; the picture counts</source>
        <translation>XML 文件中的尺寸与图片不符；以图片为准</translation>
    </message>
    <message>
        <source>A crop whose file does not exist</source>
        <translation>裁剪图文件不存在</translation>
    </message>
    <message>
        <source>A crop that is larger than its picture</source>
        <translation>裁剪图大于其图片</translation>
    </message>
    <message>
        <source>Words beyond the longest sequence that the encoder reads; they get no tag</source>
        <translation>超出编码器可读最长序列的词；它们没有标记</translation>
    </message>
    <message>
        <source>Words of texts about posts for which no room was left</source>
        <translation>帖子附加文本中放不下的词</translation>
    </message>
    <message>
        <source>A box whose label is no class that the system knows; not read</source>
        <translation>检测框的标签不是系统认识的类别；未读入</translation>
    </message>
    <message>
        <source>A box without a pixel inside its picture; not read</source>
        <translation>检测框在图片内没有任何像素；未读入</translation>
    </message>
    <message>
        <source>A tag whose label the project does not know; learned as O</source>
        <translation>标签的类型不在项目中；按 O 学习</translation>
    </message>
    <message>
        <source>A line of the relation file that could not be used</source>
        <translation>关系文件中无法使用的一行</translation>
    </message>
    <message>
        <source>A stored box that is none</source>
        <translation>存储的框无效</translation>
    </message>
    <message>
        <source>A stored box of a picture that its post does not have</source>
        <translation>存储的框所属图片不在其帖子中</translation>
    </message>
    <message>
        <source>A link of a box to words outside of the post</source>
        <translation>框与帖子之外的词的链接</translation>
    </message>
    <message>
        <source>A link of an entity to a box of another post</source>
        <translation>实体与另一帖子的框的链接</translation>
    </message>
    <message>
        <source>A stored value that cannot be right; left out</source>
        <translation>存储的值不可能正确；已略去</translation>
    </message>
    <message>
        <source>Something in the database that Mnerva did not make; the project is only read</source>
        <translation>数据库中有并非 Mnerva 创建的内容；项目只供读取</translation>
    </message>
    <message>
        <source>A link, pipe or device where Mnerva writes; the project is only read</source>
        <translation>Mnerva 写入之处有链接、管道或设备；项目只供读取</translation>
    </message>
    <message>
        <source>The project lies on a network folder; it is written without a write-ahead log</source>
        <translation>项目位于网络文件夹；写入时不使用预写日志</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>how often × which finding</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>{0} pictures are missing; their posts are read without</source>
        <translation>缺失 {0} 张图片；这些帖子只按文字读取</translation>
    </message>
    <message>
        <source>{0} files cannot be read as pictures; their posts are read without</source>
        <translation>有 {0} 个文件无法作为图片读取；这些帖子只按文字读取</translation>
    </message>
    <message>
        <source>{0} words are beyond the longest sequence that the encoder reads and get no tag</source>
        <translation>有 {0} 个词超出编码器可读的最长序列，没有标记</translation>
    </message>
    <message>
        <source>{0} words of texts about posts found no room</source>
        <translation>附加文本中有 {0} 个词因空间不足而未读取</translation>
    </message>
    <message>
        <source>{0} boxes have a label that is no class that the system knows; they are not read</source>
        <translation>有 {0} 个框的标签不是模型认识的类别，未读取</translation>
    </message>
    <message>
        <source>{0} boxes have no pixel inside their picture and are not read</source>
        <translation>有 {0} 个框在图片内没有像素，未读取</translation>
    </message>
    <message>
        <source>{0} tags have a label that the project does not know; they are learned as O</source>
        <translation>有 {0} 个标记的标签不在项目中，按 O 学习</translation>
    </message>
    <message>
        <source>{0} lines of the relation file cannot be used</source>
        <translation>关系文件中有 {0} 行无法使用</translation>
    </message>
    <message>
        <source>{0} pictures can only be read in part; that part is used</source>
        <translation>有 {0} 张图片只能读取一部分；使用该部分</translation>
    </message>
    <message>
        <source>{0} files are of a kind that is not read as a picture; their posts are read without</source>
        <translation>有 {0} 个文件的类型不能作为图片读取；这些帖子只按文字读取</translation>
    </message>
    <message>
        <source>{0} pictures lie outside of the picture folder and are not read</source>
        <translation>有 {0} 张图片位于图片文件夹之外，未读取</translation>
    </message>
    <message>
        <source>{0} pictures are larger than can be read; their posts are read without</source>
        <translation>有 {0} 张图片过大，无法读取；这些帖子只按文字读取</translation>
    </message>
    <message>
        <source>The history gives other answers to doubts about labels</source>
        <translation>按历史重放得到对标签疑问的不同答复</translation>
    </message>
    <message>
        <source>Words are split otherwise than the post&apos;s; entities placed by their characters</source>
        <translation>分词与帖子不同；实体已按字符对齐</translation>
    </message>
    <message>
        <source>An entity that ended inside a word; it took the whole word</source>
        <translation>实体的边界在词内；已扩展到整个词</translation>
    </message>
    <message>
        <source>An entity whose words are taken by the one before; left out</source>
        <translation>实体的词已被前一个实体占用；已略去</translation>
    </message>
    <message>
        <source>The history gives other decisions between annotators</source>
        <translation>历史记录得出的仲裁决定不同</translation>
    </message>
    <message>
        <source>An epoch of the recorded learning dynamics that cannot be read; the others count</source>
        <translation>记录的学习动态中有一轮无法读取；其余各轮照常使用</translation>
    </message>
    <message>
        <source>{0} epochs of the recorded learning dynamics cannot be read; the others count</source>
        <translation>记录的学习动态中有 {0} 轮无法读取；其余各轮照常使用</translation>
    </message>
    <message>
        <source>An epoch whose learning dynamics were recorded is lost; the run goes on without it</source>
        <translation>已记录的学习动态丢失了一轮；训练继续进行</translation>
    </message>
    <message>
        <source>{0} epochs whose learning dynamics were recorded are lost; the run goes on without them</source>
        <translation>已记录的学习动态丢失了 {0} 轮；训练继续进行</translation>
    </message>
    <message>
        <source>The recorded learning dynamics cannot be read, so nothing is said by them</source>
        <translation>记录的学习动态无法读取，因此不据此判断</translation>
    </message>
    <message>
        <source>The learning dynamics in the folder of the run are those of another run</source>
        <translation>该训练文件夹中的学习动态属于另一次训练</translation>
    </message>
    <message>
        <source>A post whose learning dynamics were recorded is gone, or has other words now</source>
        <translation>一条记录过学习动态的帖子已不存在，或词已改变</translation>
    </message>
    <message>
        <source>{0} posts whose learning dynamics were recorded are gone, or have other words now</source>
        <translation>{0} 条记录过学习动态的帖子已不存在，或词已改变</translation>
    </message>
    <message>
        <source>The learning dynamics of the run are those of other posts than these</source>
        <translation>该训练的学习动态属于另一批帖子</translation>
    </message>
    <message>
        <source>The run had too few epochs for its learning dynamics to say anything</source>
        <translation>该训练的轮数太少，学习动态说明不了什么</translation>
    </message>
    <message>
        <source>The run never learnt most of its entities, so that this says little of their labels</source>
        <translation>该训练没有学会大多数实体，因此很难据此判断标签</translation>
    </message>
    <message>
        <source>This device does not compute in the number format asked for; the run computes in fp32</source>
        <translation>此设备不支持所选的数值格式；以 fp32 计算</translation>
    </message>
    <message>
        <source>Boxes in pictures are not written</source>
        <translation>图片中的框不会写出</translation>
    </message>
    <message>
        <source>Memory ran out, so batches are computed post by post; each step is still that of the whole batch</source>
        <translation>内存不足，因此每个批次改为逐个帖子计算；每一步仍等同于整个批次</translation>
    </message>
    <message>
        <source>Memory ran out, so batches are computed in parts of {0} posts; each step is still that of the whole batch</source>
        <translation>内存不足，因此每个批次改为每次计算 {0} 个帖子；每一步仍等同于整个批次</translation>
    </message>
    <message>
        <source>Memory ran out while posts were scored, so fewer are computed at once; scores stay the same</source>
        <translation>评分时内存不足，因此每次计算的帖子减少；得分不变</translation>
    </message>
    <message>
        <source>Memory ran out while posts were scored, so {0} are computed at once; scores stay the same</source>
        <translation>评分时内存不足，因此每次计算 {0} 个帖子；得分不变</translation>
    </message>
    <message>
        <source>Memory ran out while pictures were read, so fewer are read at once; their features stay the same</source>
        <translation>读取图片时内存不足，因此每次读取的图片减少；特征不变</translation>
    </message>
    <message>
        <source>The disk is full: picture features are not stored for later runs; this one goes on</source>
        <translation>磁盘已满：图片特征不会为以后的训练保存；本次训练继续进行</translation>
    </message>
    <message>
        <source>The folder of picture features cannot be written: they are not stored for later runs; this one goes on</source>
        <translation>图片特征的文件夹无法写入：特征不会为以后的训练保存；本次训练继续进行</translation>
    </message>
    <message>
        <source>This machine has a graphics card that cannot be used; the run computes on the processor</source>
        <translation>本机有一块无法使用的显卡；本次训练在处理器上进行</translation>
    </message>
    <message>
        <source>The learning rate is far from what is usual with an encoder of this size</source>
        <translation>学习率与这种规模的编码器通常所用的相差很远</translation>
    </message>
    <message>
        <source>Part of this project&apos;s file cannot be read, so no backup was made; the older ones are kept</source>
        <translation>此项目的文件有一部分无法读取，因此未创建备份；较早的备份仍保留</translation>
    </message>
    <message>
        <source>The backup of the day could not be made; the project itself is saved as ever</source>
        <translation>无法创建每日备份；项目本身照常保存</translation>
    </message>
    <message>
        <source>There is too little room for the backup of the day; the project itself is saved as ever</source>
        <translation>空间不足，无法创建每日备份；项目本身照常保存</translation>
    </message>
    <message>
        <source>A name that the list has already; left out</source>
        <translation>列表中已有的名称；未收入</translation>
    </message>
    <message>
        <source>{0} names that the list has already; left out</source>
        <translation>{0} 个列表中已有的名称；未收入</translation>
    </message>
    <message>
        <source>A name with characters that cannot be seen; left out</source>
        <translation>含有不可见字符的名称；未收入</translation>
    </message>
    <message>
        <source>{0} names with characters that cannot be seen; left out</source>
        <translation>{0} 个含有不可见字符的名称；未收入</translation>
    </message>
    <message>
        <source>A name of more than 200 characters; left out</source>
        <translation>超过 200 个字符的名称；未收入</translation>
    </message>
    <message>
        <source>{0} names of more than 200 characters; left out</source>
        <translation>{0} 个超过 200 个字符的名称；未收入</translation>
    </message>
    <message>
        <source>A name without letters and digits; left out</source>
        <translation>不含字母和数字的名称；未收入</translation>
    </message>
    <message>
        <source>{0} names without letters and digits; left out</source>
        <translation>{0} 个不含字母和数字的名称；未收入</translation>
    </message>
    <message>
        <source>A name with a label that can be none; left out</source>
        <translation>名称的标签不合规；未收入</translation>
    </message>
    <message>
        <source>{0} names with a label that can be none; left out</source>
        <translation>{0} 个名称的标签不合规；未收入</translation>
    </message>
    <message>
        <source>Whether posts are done, skipped or flagged is not written</source>
        <translation>不写出帖子是否完成、跳过或标旗</translation>
    </message>
    <message>
        <source>What a review said of posts is not written</source>
        <translation>不写出帖子的复核结果</translation>
    </message>
    <message>
        <source>Comments are not written</source>
        <translation>不写出批注</translation>
    </message>
    <message>
        <source>The history gives other drawn boxes or links</source>
        <translation>按历史推得的手绘框或链接与存储的不同</translation>
    </message>
    <message>
        <source>The history gives another review</source>
        <translation>历史记录给出的复核结果不同</translation>
    </message>
    <message>
        <source>The history gives other comments</source>
        <translation>历史记录给出的批注不同</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>Texts about posts (JSON lines)</source>
        <translation>帖子相关文本（JSON 行）</translation>
    </message>
    <message>
        <source>Texts about posts</source>
        <translation>帖子相关文本</translation>
    </message>
    <message>
        <source>Dictionary of crops (PyTorch or JSON)</source>
        <translation>裁剪图字典（PyTorch 或 JSON）</translation>
    </message>
    <message>
        <source>Dictionaries of crops</source>
        <translation>裁剪图字典</translation>
    </message>
    <message>
        <source>MNER text (one word a line)</source>
        <translation>MNER 文本（每行一词）</translation>
    </message>
    <message>
        <source>Text files</source>
        <translation>文本文件</translation>
    </message>
    <message>
        <source>Predictions, five lines a post</source>
        <translation>预测结果（每帖五行）</translation>
    </message>
    <message>
        <source>Predictions, four lines a post</source>
        <translation>预测结果（每帖四行）</translation>
    </message>
    <message>
        <source>UMGF (a folder of three files a post)</source>
        <translation>UMGF（文件夹，每帖三个文件）</translation>
    </message>
    <message>
        <source>Pascal VOC (boxes, a file a picture)</source>
        <translation>Pascal VOC（边框，每张图片一个文件）</translation>
    </message>
    <message>
        <source>XML files</source>
        <translation>XML 文件</translation>
    </message>
    <message>
        <source>Predictions of several systems (JSON)</source>
        <translation>多个系统的预测（JSON）</translation>
    </message>
    <message>
        <source>JSON files</source>
        <translation>JSON 文件</translation>
    </message>
</context>
<context>
    <name>Gazetteer</name>
    <message>
        <source>A backslash stands before a character that it cannot stand before.</source>
        <translation>反斜杠后面的字符不能被转义。</translation>
    </message>
    <message>
        <source>This class or range of characters is none.</source>
        <translation>这个字符类或字符范围无效。</translation>
    </message>
    <message>
        <source>A closing ] is missing.</source>
        <translation>缺少右方括号 ]。</translation>
    </message>
    <message>
        <source>A closing ) is missing.</source>
        <translation>缺少右括号 )。</translation>
    </message>
    <message>
        <source>A ) has no ( before it.</source>
        <translation>右括号 ) 之前没有左括号 (。</translation>
    </message>
    <message>
        <source>The pattern ends with a lone backslash.</source>
        <translation>模式以单独的反斜杠结尾。</translation>
    </message>
    <message>
        <source>There is nothing here that could be repeated.</source>
        <translation>这里没有可以重复的内容。</translation>
    </message>
    <message>
        <source>The number of repetitions is none, or above 1000.</source>
        <translation>重复次数无效，或超过 1000。</translation>
    </message>
    <message>
        <source>Looking ahead or behind is not part of these patterns.</source>
        <translation>这里的模式不支持前瞻和后顾。</translation>
    </message>
    <message>
        <source>The pattern holds bytes that are no text.</source>
        <translation>模式中含有不是文本的字节。</translation>
    </message>
    <message>
        <source>The name of this group is none, or there twice.</source>
        <translation>这个分组的名称无效，或出现了两次。</translation>
    </message>
    <message>
        <source>The pattern is too large; fewer repetitions make it smaller.</source>
        <translation>模式过大；减少重复次数可使其变小。</translation>
    </message>
    <message>
        <source>This is no pattern.</source>
        <translation>这不是有效的模式。</translation>
    </message>
    <message>
        <source>The pattern is empty.</source>
        <translation>模式为空。</translation>
    </message>
    <message>
        <source>The pattern is too long.</source>
        <translation>模式过长。</translation>
    </message>
    <message>
        <source>The pattern matches an empty text, so it would be found everywhere.</source>
        <translation>模式能匹配空文本，因此处处都会匹配。</translation>
    </message>
</context>
<context>
    <name>LabelNames</name>
    <message>
        <source>A label needs a name.</source>
        <translation>标签需要名称。</translation>
    </message>
    <message>
        <source>A label has at most %1 characters.</source>
        <translation>标签最多 %1 个字符。</translation>
    </message>
    <message>
        <source>A label is one word, and not O.</source>
        <translation>标签须是一个词，且不能为 O。</translation>
    </message>
    <message>
        <source>The name holds a character that cannot be seen (U+%1); type it without.</source>
        <translation>名称里有看不见的字符（U+%1），请去掉它再输入。</translation>
    </message>
    <message>
        <source>There is a label %1 already.</source>
        <translation>已有标签 %1。</translation>
    </message>
    <message>
        <source>There is a label %1 already, which looks almost the same.</source>
        <translation>已有看起来几乎一样的标签 %1。</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>train</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>no split</source>
        <translation>未分集</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待标注</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>已标旗</translation>
    </message>
    <message>
        <source>done, flagged</source>
        <translation>已完成，已标旗</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>skipped, flagged</source>
        <translation>已跳过，已标旗</translation>
    </message>
    <message>
        <source>to review</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>未复核</translation>
    </message>
</context>
<context>
    <name>PictureBoxes</name>
    <message>
        <source>Drawn by a person</source>
        <translation>由人绘制</translation>
    </message>
    <message>
        <source>From an XML file</source>
        <translation>来自 XML 文件</translation>
    </message>
    <message>
        <source>From a crop list</source>
        <translation>来自裁剪列表</translation>
    </message>
    <message>
        <source>Found by the detector %1</source>
        <translation>由检测器 %1 发现</translation>
    </message>
    <message>
        <source>%1, score %2</source>
        <translation>%1，得分 %2</translation>
    </message>
    <message>
        <source>Fingerprint %1</source>
        <translation>指纹 %1</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Shows %1 (%2)</source>
        <translation>表示 %1（%2）</translation>
    </message>
</context>
<context>
    <name>PostOrder</name>
    <message>
        <source>Project order</source>
        <translation>项目顺序</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Number of entities</source>
        <translation>实体数</translation>
    </message>
    <message>
        <source>Least sure entity</source>
        <translation>最没把握的实体</translation>
    </message>
    <message>
        <source>Doubt on average</source>
        <translation>平均不确定度</translation>
    </message>
    <message>
        <source>What the picture changes</source>
        <translation>图片的影响</translation>
    </message>
    <message>
        <source>Disagreement of the runs</source>
        <translation>各训练的分歧</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最后修改</translation>
    </message>
    <message>
        <source>As the posts were imported.</source>
        <translation>按帖子导入的顺序。</translation>
    </message>
    <message>
        <source>Words of the post.</source>
        <translation>帖子的词数。</translation>
    </message>
    <message>
        <source>Entities of the layer that is edited.</source>
        <translation>正在编辑的标注层中的实体数。</translation>
    </message>
    <message>
        <source>1 − the lowest confidence of an entity that the run found in the post. Posts without one come last.</source>
        <translation>1 减去该训练在帖子中找到的实体的最低置信度。没有置信度的帖子排在最后。</translation>
    </message>
    <message>
        <source>Mean of −log confidence over the entities that the run found in the post: what MNLP is, made of entities, as a run keeps no more than their confidences.</source>
        <translation>该训练在帖子中找到的实体的 −log 置信度的平均值：即以实体计算的 MNLP，因为训练只保留实体的置信度。</translation>
    </message>
    <message>
        <source>How far the probability of the entities moves without the picture, as the run’s influence file says.</source>
        <translation>去掉图片后实体概率的变化幅度，取自该训练的影响文件。</translation>
    </message>
    <message>
        <source>Entropy of the runs’ votes for each span, added up over the post. Posts that fewer than two runs speak of come last.</source>
        <translation>各训练对每个跨度投票的熵，在帖子内求和。少于两个训练涉及的帖子排在最后。</translation>
    </message>
    <message>
        <source>When the post was last changed in the layer that is edited. Posts that nobody changed come last.</source>
        <translation>帖子在正在编辑的标注层中最后一次修改的时间。从未修改的帖子排在最后。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an order and the run it is of</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Chosen because these are posts of {0}.</source>
        <translation>选它是因为这些帖子来自 {0}。</translation>
    </message>
    <message>
        <source>Chosen because splits, labels and language are those of {0}.</source>
        <translation>选它是因为划分、标签和语言都与 {0} 一致。</translation>
    </message>
    <message>
        <source>Chosen because these are posts of {0}, for which {1} has the nearest recipe.</source>
        <translation>选它是因为这些帖子来自 {0}，而 {1} 的方案与之最接近。</translation>
    </message>
    <message>
        <source>Chosen because this is the sample project.</source>
        <translation>选它是因为这是示例项目。</translation>
    </message>
    <message>
        <source>Chosen because a tiny encoder, which knows nothing yet, learns best with it.</source>
        <translation>选它是因为 tiny 编码器从零开始，用它学得最好。</translation>
    </message>
    <message>
        <source>Chosen because the encoder is a large XLM-RoBERTa.</source>
        <translation>选它是因为编码器是大型 XLM-RoBERTa。</translation>
    </message>
    <message>
        <source>Chosen because the posts are Chinese, like those of {0}.</source>
        <translation>选它是因为帖子是中文，与 {0} 相同。</translation>
    </message>
    <message>
        <source>Chosen because language and labels are those of {0}.</source>
        <translation>选它是因为语言和标签都与 {0} 一致。</translation>
    </message>
    <message>
        <source>None was made for data like these; the defaults are a start.</source>
        <translation>没有为此类数据准备的预设；可从默认值开始。</translation>
    </message>
</context>
<context>
    <name>QKeySequenceEdit</name>
    <message>
        <source>Press shortcut</source>
        <translation>按下快捷键</translation>
    </message>
    <message>
        <source>%1, ...</source>
        <translation>%1, …</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Left</source>
        <translation>左方向键</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右方向键</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上方向键</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下方向键</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>That would overlap another entity.</source>
        <translation>会与另一个实体重叠。</translation>
    </message>
    <message>
        <source>There are no more words on that side.</source>
        <translation>那一侧没有更多的词了。</translation>
    </message>
    <message>
        <source>There is nothing here for that key.</source>
        <translation>此处没有该键可作用的内容。</translation>
    </message>
    <message>
        <source>This project is open read-only; nothing was changed.</source>
        <translation>该项目以只读方式打开；没有作任何更改。</translation>
    </message>
    <message>
        <source>The last change could not be saved yet; try that again first.</source>
        <translation>上一次更改尚未保存；请先重试保存。</translation>
    </message>
    <message>
        <source>The post was changed meanwhile and is being read again; your last key was not applied.</source>
        <translation>该帖子在此期间被修改，正在重新读取；您最后的按键没有生效。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>That would overlap the %1 at words %2 to %3; change or delete it first.</source>
        <translation>会与第 %2 到 %3 个词的 %1 重叠；请先修改或删除它。</translation>
    </message>
    <message>
        <source>A comment needs a text of at most 20,000 bytes and the name of its author.</source>
        <translation>批注需要正文（不超过 20,000 字节）和作者姓名。</translation>
    </message>
    <message>
        <source>A box needs a width and a height inside the picture.</source>
        <translation>框在图片内必须有宽度和高度。</translation>
    </message>
    <message>
        <source>This box comes from a file or a detector and stays; link it, or draw one of your own.</source>
        <translation>该框来自文件或检测器，不能改动；可以链接它，或自己画一个。</translation>
    </message>
    <message>
        <source>The entity is linked to this box already.</source>
        <translation>该实体已链接到此框。</translation>
    </message>
    <message>
        <source>The name of a box is one line of at most 200 characters.</source>
        <translation>框的名称为一行，最多 200 个字符。</translation>
    </message>
    <message>
        <source>That link is gold&apos;s and stays; link the entity to another box, and that one counts.</source>
        <translation>该链接属于金标，不能删除；将实体链接到另一个框，则以后者为准。</translation>
    </message>
</context>
<context>
    <name>RunFacts</name>
    <message>
        <source>%1 M</source>
        <comment>millions</comment>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%L1 h %2 min</source>
        <translation>%L1 小时 %2 分</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>预设 %1</translation>
    </message>
    <message>
        <source>%1 weights</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>随机种子 %1</translation>
    </message>
    <message>
        <source>learnt from %1</source>
        <translation>学习自%1</translation>
    </message>
    <message>
        <source>gold</source>
        <translation>金标</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>SHA-256 of the data:</source>
        <translation>数据的 SHA-256：</translation>
    </message>
    <message>
        <source>scored by %1</source>
        <comment>a rule</comment>
        <translation>评分规则：%1</translation>
    </message>
    <message>
        <source>training data %1</source>
        <translation>训练数据 %1</translation>
    </message>
</context>
<context>
    <name>SavedView</name>
    <message>
        <source>Figure 3 of the paper</source>
        <translation>论文图 3</translation>
    </message>
</context>
<context>
    <name>ScoresCharts</name>
    <message>
        <source>p &lt; 0.001</source>
        <translation>p &lt; 0.001</translation>
    </message>
    <message>
        <source>p = %1</source>
        <translation>p = %1</translation>
    </message>
    <message>
        <source>Nobody has asked yet what the pictures do for these runs: mnerva-cli predict --influence.</source>
        <translation>尚未考察图片对这些训练的作用：mnerva-cli predict --influence。</translation>
    </message>
    <message>
        <source>This property is known from the train split, and the project has no such posts.</source>
        <translation>此属性取自训练集，而项目中没有训练集帖子。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a system and a type</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>n = %L1</source>
        <translation>n = %L1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln posts</source>
        <translation>
            <numerusform>%Ln 个帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 − %2</source>
        <translation>%1 − %2</translation>
    </message>
    <message>
        <source>There is only one system; a second one is needed for a difference.</source>
        <translation>只有一个系统；比较差异需要第二个系统。</translation>
    </message>
    <message>
        <source>This rule counts the whole split as one document, so no post can be drawn again.</source>
        <translation>此规则把整个划分当作一篇文档，无法对帖子重抽样。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 (95 % interval %3 to %4) · %5 by randomisation, %6 by bootstrap · %Ln posts</source>
        <translation>
            <numerusform>%1：%2（95% 区间 %3 至 %4）· 随机化检验 %5，自助法 %6 · %Ln 个帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, calibration error %2</source>
        <translation>%1，校准误差 %2</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>理想</translation>
    </message>
    <message>
        <source>Can confidences be believed?</source>
        <translation>置信度可信吗？</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>share right</source>
        <translation>正确比例</translation>
    </message>
    <message>
        <source>Neither of the two systems gives confidences.</source>
        <translation>这两个系统都没有给出置信度。</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <comment>a system and the layer that counts as true</comment>
        <translation>%1 对照 %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln seeds: %1 ± %2</source>
        <translation>
            <numerusform>%Ln 个随机种子：%1 ± %2</numerusform>
        </translation>
    </message>
    <message>
        <source>This rule needs regions, and %1 or the layer that counts as true has none.</source>
        <translation>此规则需要区域，而 %1 或作为标准的标注层没有区域。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names of layers</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Mistakes of all systems, and of %1 by type</source>
        <translation>所有系统的错误，以及 %1 按类型的错误</translation>
    </message>
    <message>
        <source>Gold (rows) against %1 (columns)</source>
        <translation>金标（行）与 %1（列）</translation>
    </message>
    <message>
        <source>Texts that %1 misses or has wrongly most</source>
        <translation>%1 最常漏标或多标的文本</translation>
    </message>
    <message>
        <source>F1 by property: %1</source>
        <translation>按属性的 F1：%1</translation>
    </message>
    <message>
        <source>Difference of F1 by property, %1</source>
        <translation>按属性的 F1 之差，%1</translation>
    </message>
    <message>
        <source>Confidence against the share that is right</source>
        <translation>置信度与正确比例</translation>
    </message>
    <message>
        <source>F1 of slices</source>
        <translation>各数据切片的 F1</translation>
    </message>
    <message>
        <source>Several seeds</source>
        <translation>多个随机种子</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <comment>systems and the layer that counts as true</comment>
        <translation>%1 对照 %2</translation>
    </message>
    <message>
        <source>split %1</source>
        <translation>划分 %1</translation>
    </message>
    <message>
        <source>all posts</source>
        <translation>全部帖子</translation>
    </message>
    <message>
        <source>data %1</source>
        <translation>数据 %1</translation>
    </message>
    <message>
        <source>seeds %1</source>
        <translation>随机种子 %1</translation>
    </message>
    <message>
        <source>%1 resamples of posts, seed %2</source>
        <translation>对帖子重采样 %1 次，随机种子 %2</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>title and facts of a figure</comment>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between facts of a caption</comment>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Import a data set…</source>
        <translation>导入数据集…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Read the project again</source>
        <translation>重新读取项目</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Filter the posts</source>
        <translation>筛选帖子</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>查找操作…</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>快捷键…</translation>
    </message>
    <message>
        <source>Larger post text</source>
        <translation>放大帖子文字</translation>
    </message>
    <message>
        <source>Smaller post text</source>
        <translation>缩小帖子文字</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Find objects in pictures…</source>
        <translation>查找图片中的目标…</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <comment>name of a page</comment>
        <translation>转到%1</translation>
    </message>
    <message>
        <source>Change many posts…</source>
        <translation>批量修改帖子…</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Repair the project…</source>
        <translation>修复项目…</translation>
    </message>
    <message>
        <source>Word lists and rules…</source>
        <translation>词表与规则…</translation>
    </message>
    <message>
        <source>Saved views…</source>
        <translation>已存视图…</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Storing</source>
        <translation>正在存储</translation>
    </message>
</context>
<context>
    <name>TableFigure</name>
    <message numerus="yes">
        <source>and %Ln more rows</source>
        <translation>
            <numerusform>另有 %Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagActions</name>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Previous word</source>
        <translation>上一个词</translation>
    </message>
    <message>
        <source>Next word</source>
        <translation>下一个词</translation>
    </message>
    <message>
        <source>Previous segmented word</source>
        <translation>上一个词（按分词）</translation>
    </message>
    <message>
        <source>Next segmented word</source>
        <translation>下一个词（按分词）</translation>
    </message>
    <message>
        <source>Line up</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Line down</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Next entity or suggestion</source>
        <translation>下一个实体或建议</translation>
    </message>
    <message>
        <source>Previous entity or suggestion</source>
        <translation>上一个实体或建议</translation>
    </message>
    <message>
        <source>Cycle what lies under the caret</source>
        <translation>轮换光标下的项</translation>
    </message>
    <message>
        <source>Selection one word left</source>
        <translation>选区向左一个词</translation>
    </message>
    <message>
        <source>Selection one word right</source>
        <translation>选区向右一个词</translation>
    </message>
    <message>
        <source>Selection one segmented word left</source>
        <translation>选区向左一个分词</translation>
    </message>
    <message>
        <source>Selection one segmented word right</source>
        <translation>选区向右一个分词</translation>
    </message>
    <message>
        <source>Selection one line up</source>
        <translation>选区向上一行</translation>
    </message>
    <message>
        <source>Selection one line down</source>
        <translation>选区向下一行</translation>
    </message>
    <message>
        <source>Drop the selection</source>
        <translation>取消选区</translation>
    </message>
    <message>
        <source>Accept the suggestion, or finish the post</source>
        <translation>接受建议，或完成该帖子</translation>
    </message>
    <message>
        <source>Delete the entity or reject the suggestion</source>
        <translation>删除实体或拒绝建议</translation>
    </message>
    <message>
        <source>Find a label by its name</source>
        <translation>按名称查找标签</translation>
    </message>
    <message>
        <source>Repeat the last label</source>
        <translation>重复上一个标签</translation>
    </message>
    <message>
        <source>Right edge one word left</source>
        <translation>右边界左移一个词</translation>
    </message>
    <message>
        <source>Right edge one word right</source>
        <translation>右边界右移一个词</translation>
    </message>
    <message>
        <source>Left edge one word left</source>
        <translation>左边界左移一个词</translation>
    </message>
    <message>
        <source>Left edge one word right</source>
        <translation>左边界右移一个词</translation>
    </message>
    <message>
        <source>Undo, across posts</source>
        <translation>撤销（可跨帖子）</translation>
    </message>
    <message>
        <source>Redo, across posts</source>
        <translation>重做（可跨帖子）</translation>
    </message>
    <message>
        <source>Nothing to tag here</source>
        <translation>此处无实体</translation>
    </message>
    <message>
        <source>Flag, or take the flag off</source>
        <translation>加旗标，或取下旗标</translation>
    </message>
    <message>
        <source>Next post</source>
        <translation>下一个帖子</translation>
    </message>
    <message>
        <source>Previous post</source>
        <translation>上一个帖子</translation>
    </message>
    <message>
        <source>Hide all marks while held</source>
        <translation>按住时隐藏所有标注</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Tags as BIO, as BMES, or none</source>
        <translation>标记显示为 BIO、BMES 或不显示</translation>
    </message>
    <message>
        <source>Focus to the next part of the page</source>
        <translation>焦点移到页面下一部分</translation>
    </message>
    <message>
        <source>This list of keys</source>
        <translation>本快捷键列表</translation>
    </message>
    <message>
        <source>Label %1</source>
        <translation>标签 %1</translation>
    </message>
    <message>
        <source>Show or hide the boxes in the picture</source>
        <translation>显示或隐藏图片中的框</translation>
    </message>
    <message>
        <source>Reject all suggestions that are left</source>
        <translation>拒绝剩下的所有建议</translation>
    </message>
    <message>
        <source>Mark the post done, or open again</source>
        <translation>将此帖标为已完成，或重新打开</translation>
    </message>
    <message>
        <source>Heat of a run over the picture: show, hide</source>
        <translation>显示或隐藏训练在图片上的热图</translation>
    </message>
    <message>
        <source>Start of the line, then of the post</source>
        <translation>行首，再按到帖子开头</translation>
    </message>
    <message>
        <source>End of the line, then of the post</source>
        <translation>行尾，再按到帖子结尾</translation>
    </message>
    <message>
        <source>Select the next likely name</source>
        <translation>选中下一个可能的名称</translation>
    </message>
    <message>
        <source>Select the previous likely name</source>
        <translation>选中上一个可能的名称</translation>
    </message>
    <message>
        <source>Select to line start, then post start</source>
        <translation>选区到行首，再按到帖子开头</translation>
    </message>
    <message>
        <source>Select to line end, then post end</source>
        <translation>选区到行尾，再按到帖子结尾</translation>
    </message>
    <message>
        <source>Label everything alike…</source>
        <translation>标注所有相同提及…</translation>
    </message>
    <message>
        <source>Label here: name, colour, guideline…</source>
        <translation>此处的标签：名称、颜色、说明…</translation>
    </message>
    <message>
        <source>New label…</source>
        <translation>新建标签…</translation>
    </message>
    <message>
        <source>Finish the post and go on</source>
        <translation>完成帖子并继续</translation>
    </message>
    <message>
        <source>Photo: closer</source>
        <translation>照片：放大</translation>
    </message>
    <message>
        <source>Photo: further away</source>
        <translation>照片：缩小</translation>
    </message>
    <message>
        <source>Photo: whole</source>
        <translation>照片：完整显示</translation>
    </message>
    <message>
        <source>Accept all suggestions and finish the post</source>
        <translation>接受全部建议并完成本帖</translation>
    </message>
    <message>
        <source>Box of the entity in the picture</source>
        <translation>实体在图片中的框</translation>
    </message>
    <message>
        <source>Draw boxes in the picture: begin, end</source>
        <translation>在图片上画框：开始、结束</translation>
    </message>
    <message>
        <source>Skip: put the post aside, or open it again</source>
        <translation>跳过：搁置此帖，或重新打开</translation>
    </message>
    <message>
        <source>Comments on this post…</source>
        <translation>此帖的批注…</translation>
    </message>
    <message>
        <source>Review: to be reviewed, or not</source>
        <translation>复核：提交复核，或取消</translation>
    </message>
    <message>
        <source>Review: accept, or take that back</source>
        <translation>复核：通过，或撤回</translation>
    </message>
    <message>
        <source>Review: return with a comment…</source>
        <translation>复核：附批注退回…</translation>
    </message>
    <message>
        <source>Next open post</source>
        <translation>下一条未完成的帖子</translation>
    </message>
    <message>
        <source>Previous open post</source>
        <translation>上一条未完成的帖子</translation>
    </message>
    <message>
        <source>Go to a post: number or id…</source>
        <translation>转到帖子：序号或编号…</translation>
    </message>
    <message>
        <source>Order of the posts…</source>
        <translation>帖子的顺序…</translation>
    </message>
    <message>
        <source>Wall of pictures, or back to the post</source>
        <translation>图片墙，或返回帖子</translation>
    </message>
    <message>
        <source>Next picture of the post</source>
        <translation>帖子的下一张图片</translation>
    </message>
    <message>
        <source>Previous picture of the post</source>
        <translation>帖子的上一张图片</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ActionRegistry</name>
    <message>
        <source>%1 (%2)</source>
        <comment>tooltip: action and its key</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AgreementHost</name>
    <message>
        <source>There is no layer %1.</source>
        <translation>没有第 %1 个标注层。</translation>
    </message>
    <message>
        <source>Decisions go into the corrected layer: choose it at the top first.</source>
        <translation>决定会写入修正层：请先在顶部选择修正层。</translation>
    </message>
    <message>
        <source>%1 does not speak of this post.</source>
        <translation>%1 没有标注这个帖子。</translation>
    </message>
    <message>
        <source>That was the last open conflict.</source>
        <translation>这是最后一处未决冲突。</translation>
    </message>
    <message>
        <source>The corrected layer has all of these posts already.</source>
        <translation>修正层已包含所有这些帖子。</translation>
    </message>
    <message numerus="yes">
        <source>What is agreed on is in the corrected layer of %n post(s); undo takes it back.</source>
        <translation>
            <numerusform>一致的内容已写入 %n 个帖子的修正层；可以撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>The layer %1 is there; choose it at the top to fill it.</source>
        <translation>标注层 %1 已建立；在顶部选择它即可开始标注。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AgreementView</name>
    <message>
        <source>no cause given</source>
        <translation>未给出原因</translation>
    </message>
    <message>
        <source>%1 word %2</source>
        <comment>a label at a word of the conflict</comment>
        <translation>%1 第 %2 词</translation>
    </message>
    <message>
        <source>%1 words %2–%3</source>
        <comment>a label at words of the conflict</comment>
        <translation>%1 第 %2–%3 词</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>There are no layers of annotators or runs yet.</source>
        <translation>还没有标注者或训练的标注层。</translation>
    </message>
    <message>
        <source>By label</source>
        <translation>按标签</translation>
    </message>
    <message>
        <source>By post</source>
        <translation>按帖子</translation>
    </message>
    <message>
        <source>Tables of agreement</source>
        <translation>一致性表格</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>标注层</translation>
    </message>
    <message>
        <source>Which layers are held against each other</source>
        <translation>比较哪些标注层</translation>
    </message>
    <message>
        <source>Start from what agrees</source>
        <translation>从一致处开始</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>保存为 CSV…</translation>
    </message>
    <message>
        <source>Save the table that is shown</source>
        <translation>保存当前显示的表格</translation>
    </message>
    <message>
        <source>Why they differ</source>
        <translation>分歧原因</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>For the guideline</source>
        <translation>列入标注指南</translation>
    </message>
    <message>
        <source>Puts the post on the list that mnerva-cli adjudication --guideline writes</source>
        <translation>把该帖子列入 mnerva-cli adjudication --guideline 输出的清单</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Name of a new layer</source>
        <translation>新标注层的名称</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>盲标</translation>
    </message>
    <message>
        <source>Hides gold, suggestions and other layers while it is made; the layer remembers it</source>
        <translation>标注时隐藏金标、建议和其他标注层；该层会记录这一点</translation>
    </message>
    <message>
        <source>Make a layer</source>
        <translation>新建标注层</translation>
    </message>
    <message>
        <source>Make a layer for a person; it is edited once it is chosen at the top</source>
        <translation>为一位标注者新建标注层；在顶部选择后即可编辑</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n post(s) agree · F1 %2 · alpha %3</source>
        <translation>
            <numerusform>%n 个帖子中 %1 条一致 · F1 %2 · alpha %3</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>key and layer</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>0 nothing</source>
        <comment>key and what it takes</comment>
        <translation>0 不标注</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未决</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>cause and note</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>标注层</translation>
    </message>
    <message>
        <source>Other layer</source>
        <translation>另一标注层</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>kappa</source>
        <translation>kappa</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>alpha</translation>
    </message>
    <message>
        <source>Unitised alpha</source>
        <translation>单元化 alpha</translation>
    </message>
    <message>
        <source>Conflicts (%1 open)</source>
        <translation>冲突（%1 处未决）</translation>
    </message>
    <message numerus="yes">
        <source>What all layers say of %n post(s) that nobody has touched becomes the corrected layer</source>
        <translation>
            <numerusform>在 %n 条尚未修正的帖子中，所有标注层一致的内容将成为修正层</numerusform>
        </translation>
    </message>
    <message>
        <source>The layers could not be compared.</source>
        <translation>无法比较这些标注层。</translation>
    </message>
    <message>
        <source>Comparing the layers…</source>
        <translation>正在比较标注层…</translation>
    </message>
    <message>
        <source>There is no post of which two of these layers speak.</source>
        <translation>没有一个帖子被其中两个标注层标注过。</translation>
    </message>
    <message>
        <source>These layers agree everywhere.</source>
        <translation>这些标注层完全一致。</translation>
    </message>
    <message>
        <source>Compared layers</source>
        <translation>比较的标注层</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Agreement needs two layers. Make a layer for each person below, let each fill in their own, or choose runs under Compared layers.</source>
        <translation>计算一致性需要两个标注层。请在下方为每位标注者新建一层，由各人填写自己的一层；或在“比较的标注层”中选择训练。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AlikeDialog</name>
    <message>
        <source>Label everything alike</source>
        <translation>标注所有相同提及</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>未做任何修改。</translation>
    </message>
    <message>
        <source>What becomes of the ticked mentions</source>
        <translation>对勾选提及的处理</translation>
    </message>
    <message>
        <source>&amp;Other labels too</source>
        <translation>也改其他标签(&amp;O)</translation>
    </message>
    <message>
        <source>Ticks the mentions that carry another label; they get this one.</source>
        <translation>勾选带有其他标签的提及；它们将改为此标签。</translation>
    </message>
    <message>
        <source>One &amp;letter off too</source>
        <translation>也含一字之差(&amp;L)</translation>
    </message>
    <message>
        <source>Ticks the mentions that differ by one letter; look through them before.</source>
        <translation>勾选仅差一个字符的提及；请先逐一查看。</translation>
    </message>
    <message>
        <source>Mentions that are alike; Space ticks</source>
        <translation>相同的提及；空格键勾选</translation>
    </message>
    <message>
        <source>Stop looking</source>
        <translation>停止查找</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Label as %1</source>
        <translation>标注为 %1</translation>
    </message>
    <message>
        <source>Delete their labels</source>
        <translation>删除它们的标签</translation>
    </message>
    <message>
        <source>Looking through the project…</source>
        <translation>正在查找整个项目…</translation>
    </message>
    <message>
        <source>No mention is like this one.</source>
        <translation>没有与它相同的提及。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln mention(s) found</source>
        <translation>
            <numerusform>找到 %Ln 处提及</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are %1 already</source>
        <translation>
            <numerusform>%Ln 处已是 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln carry another label</source>
        <translation>
            <numerusform>%Ln 处带有其他标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln differ by one letter</source>
        <translation>
            <numerusform>%Ln 处仅差一个字符</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln inside of other entities are left alone</source>
        <translation>
            <numerusform>%Ln 处位于其他实体之内，保持不变</numerusform>
        </translation>
    </message>
    <message>
        <source>More are there than are shown here. The bulk change takes all posts of a query.</source>
        <translation>还有更多未在此显示。批量修改会处理查询的全部帖子。</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln label(s)</source>
        <translation>
            <numerusform>删除 %Ln 个标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %Ln mention(s)</source>
        <translation>
            <numerusform>标注 %Ln 处提及</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln post(s)</source>
        <translation>
            <numerusform>%Ln 条帖子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) deleted %1; Ctrl+Z takes all of it back.</source>
        <translation>
            <numerusform>已删除 %Ln 个标签（%1）；Ctrl+Z 可全部撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mention(s) labelled %1 %2; Ctrl+Z takes all of it back.</source>
        <translation>
            <numerusform>已将 %Ln 处提及标注为 %1（%2）；Ctrl+Z 可全部撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed meanwhile and were left alone.</source>
        <translation>
            <numerusform>%Ln 处在此期间已有改动，保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>None of them carries a label that could be deleted.</source>
        <translation>其中没有带标签的提及，无可删除。</translation>
    </message>
    <message>
        <source>All of them are %1 already: nothing is left to do.</source>
        <translation>它们都已是 %1：无需再做。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AlikeModel</name>
    <message>
        <source>ticked</source>
        <translation>已勾选</translation>
    </message>
    <message>
        <source>not ticked</source>
        <translation>未勾选</translation>
    </message>
    <message>
        <source>One letter is another one.</source>
        <translation>有一个字符不同。</translation>
    </message>
    <message>
        <source>Mention</source>
        <translation>提及</translation>
    </message>
    <message>
        <source>Label now</source>
        <translation>当前标签</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>帖子</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AttentionPage</name>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>post id and split</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>No project is open. Open one to see what a trained model looks at.</source>
        <translation>没有打开的项目。打开一个项目，看看训练好的模型关注什么。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>转到数据</translation>
    </message>
    <message>
        <source>No trained run yet. Train one to see which parts of a picture each word looks at.</source>
        <translation>还没有训练好的模型。训练一个，看看每个词关注图片的哪些部分。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>转到训练</translation>
    </message>
    <message>
        <source>No post is chosen. Choose one on the Tag page.</source>
        <translation>没有选中帖子。请在标注页选择一个。</translation>
    </message>
    <message>
        <source>Go to Tag</source>
        <translation>转到标注</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>The run could not be asked; the reason stands above.</source>
        <translation>无法询问该训练；原因见上方。</translation>
    </message>
    <message>
        <source>%1 could not be asked.</source>
        <translation>无法询问 %1。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The figure was not saved.</source>
        <translation>图没有保存。</translation>
    </message>
    <message>
        <source>The figure is in %1</source>
        <translation>图已保存到 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>word and its regions</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>box %1</source>
        <translation>框 %1</translation>
    </message>
    <message>
        <source>How sure the run is that this part of the picture shows the entity</source>
        <translation>该模型认为图片的这一部分显示该实体的把握</translation>
    </message>
    <message>
        <source>not shown</source>
        <translation>未显示</translation>
    </message>
    <message>
        <source>How sure the run is that no part of the picture shows the entity</source>
        <translation>该模型认为图片中没有显示该实体的把握</translation>
    </message>
    <message>
        <source>%1 has no map of words and cells: it chooses a box for each entity. Move the caret to an entity with ← and →; the picture shows where the run sees it.</source>
        <translation>%1 没有词与格子的注意力图：它为每个实体选择一个框。用 ← 和 → 将光标移到实体上，图片中会显示该模型看到它的位置。</translation>
    </message>
    <message>
        <source>%1: no map of this post</source>
        <comment>second run</comment>
        <translation>%1：此帖子没有注意力图</translation>
    </message>
    <message>
        <source>%1: words look at regions</source>
        <comment>second run</comment>
        <translation>%1：词关注区域</translation>
    </message>
    <message>
        <source>%1: regions look at words</source>
        <comment>second run</comment>
        <translation>%1：区域关注词</translation>
    </message>
    <message>
        <source>%1: no cell of the picture has any weight.</source>
        <comment>word</comment>
        <translation>%1：图片的所有图格都没有权重。</translation>
    </message>
    <message>
        <source>This post has no picture.</source>
        <translation>该帖子没有图片。</translation>
    </message>
    <message>
        <source>The picture of this post is missing: %1</source>
        <translation>此帖子的图片缺失：%1</translation>
    </message>
    <message>
        <source>The picture of this post cannot be read: %1</source>
        <translation>此帖子的图片无法读取：%1</translation>
    </message>
    <message>
        <source>%1 Train a run of a system that has maps, such as MPCFN or UMT, to see one.</source>
        <translation>%1要查看注意力图，请训练一个能给出注意力图的模型，例如 MPCFN 或 UMT。</translation>
    </message>
    <message>
        <source>%1 was trained on text alone and looks at no picture.</source>
        <translation>%1 只用文字训练，不看图片。</translation>
    </message>
    <message>
        <source>The system of %1 makes no map of words and cells.</source>
        <translation>%1 所用的模型不产生词与图格的注意力图。</translation>
    </message>
    <message>
        <source>What %1 answered does not fit this post, so there is no map.</source>
        <translation>%1 的回答与此帖子不符，因此没有注意力图。</translation>
    </message>
    <message>
        <source>Its words have nothing to look at; go to another post with J or K.</source>
        <translation>它的词没有可看的内容；按 J 或 K 转到其他帖子。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what is odd and where</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>← and → move the words whose map is shown</source>
        <translation>← 和 → 移动所显示热图的词</translation>
    </message>
    <message>
        <source>A %1</source>
        <comment>the first of two runs</comment>
        <translation>A %1</translation>
    </message>
    <message>
        <source>B %1</source>
        <comment>the second of two runs</comment>
        <translation>B %1</translation>
    </message>
    <message>
        <source>A without picture</source>
        <translation>A 无图片</translation>
    </message>
    <message>
        <source>A changed</source>
        <comment>run A with the picture changed</comment>
        <translation>A 改图后</translation>
    </message>
    <message>
        <source>No run is wrong in this post.</source>
        <translation>在此帖子中没有训练出错。</translation>
    </message>
    <message>
        <source>This was the last error of the post.</source>
        <translation>这是该帖子的最后一处错误。</translation>
    </message>
    <message>
        <source>This was the first error of the post.</source>
        <translation>这是该帖子的第一处错误。</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>另一张图片</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.webp *.bmp *.gif)</source>
        <translation>图片 (*.jpg *.jpeg *.png *.webp *.bmp *.gif)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>run and its system</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>two runs</comment>
        <translation>%1 与 %2</translation>
    </message>
    <message>
        <source>%1 minus %2</source>
        <comment>two runs</comment>
        <translation>%1 减 %2</translation>
    </message>
    <message>
        <source>layer %1 of %2</source>
        <translation>第 %1 层（共 %2 层）</translation>
    </message>
    <message numerus="yes">
        <source>mean of %n heads</source>
        <translation>
            <numerusform>%n 个头的平均</numerusform>
        </translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>第 %1 个头</translation>
    </message>
    <message>
        <source>words look at regions</source>
        <translation>词看区域</translation>
    </message>
    <message>
        <source>regions look at words</source>
        <translation>区域看词</translation>
    </message>
    <message>
        <source>renormalised</source>
        <translation>重新归一化</translation>
    </message>
    <message>
        <source>“%1”: %2, gold %3</source>
        <comment>words, predicted type, gold type</comment>
        <translation>“%1”：%2，金标 %3</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <comment>words, predicted type</comment>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a caption</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>Weights under %1 are not drawn.</source>
        <translation>低于 %1 的权重不画出。</translation>
    </message>
    <message>
        <source>%1: no cell speaks for it.</source>
        <comment>word</comment>
        <translation>%1：没有格子支持它。</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1：%2 %</translation>
    </message>
    <message>
        <source>%1: computing…</source>
        <translation>%1：正在计算…</translation>
    </message>
    <message>
        <source>%1 Choose another run above.</source>
        <translation>%1 请在上方选择另一个训练。</translation>
    </message>
    <message>
        <source>Choose a run above.</source>
        <translation>请在上方选择一个训练。</translation>
    </message>
    <message>
        <source>Other methods may still say what its picture did.</source>
        <translation>其他方法仍可能说明图片所起的作用。</translation>
    </message>
    <message>
        <source>Show the methods</source>
        <translation>显示各方法</translation>
    </message>
    <message>
        <source>The methods could not be computed.</source>
        <translation>无法计算这些方法。</translation>
    </message>
    <message>
        <source>%1 · mean</source>
        <comment>layer</comment>
        <translation>%1 · 平均</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>layer and head</comment>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>Layer %1, mean of %n heads</source>
        <translation>
            <numerusform>第 %1 层，%n 个头的平均</numerusform>
        </translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>第 %1 层，第 %2 个头</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1: the cells leave %2 of a change of %3 unexplained</source>
        <translation>%1：变化 %3 中有 %2 未由格子解释</translation>
    </message>
    <message>
        <source>The picture is as it is.</source>
        <translation>图片未作改动。</translation>
    </message>
    <message>
        <source>Without the picture:</source>
        <translation>没有图片时：</translation>
    </message>
    <message>
        <source>With %1 in its place:</source>
        <translation>换成 %1 后：</translation>
    </message>
    <message numerus="yes">
        <source>With %n cell(s) covered:</source>
        <translation>
            <numerusform>遮挡 %n 个格子后：</numerusform>
        </translation>
    </message>
    <message>
        <source>The run finds no entity in either.</source>
        <translation>两种情况下该训练都没有找到实体。</translation>
    </message>
    <message>
        <source>%1 picture</source>
        <translation>%1 图片</translation>
    </message>
    <message>
        <source>%1 crop</source>
        <translation>%1 裁剪图</translation>
    </message>
    <message>
        <source>How well the picture or crop fits the text, as the correlation gate sees it</source>
        <translation>相关性门控认为图片或裁剪图与文字的相关程度</translation>
    </message>
    <message>
        <source>How far the gate lets the picture into a word: 0 shuts it, 1 opens it wide</source>
        <translation>门控让图片信息进入该词的程度：0 为关闭，1 为完全打开</translation>
    </message>
    <message>
        <source>mean of all words</source>
        <translation>所有词的平均</translation>
    </message>
    <message>
        <source>%1. %2. Post %3.</source>
        <comment>what is shown, of which entity, of which post</comment>
        <translation>%1。%2。帖子 %3。</translation>
    </message>
    <message>
        <source>The maps of %1 were not measured.</source>
        <translation>未能测量 %1 的热图。</translation>
    </message>
    <message>
        <source>A blind layer is being made, so that what the runs see in its posts is hidden here.</source>
        <translation>正在进行盲标，因此这里隐藏各训练在帖子中看到的内容。</translation>
    </message>
    <message>
        <source>Edit the corrected layer</source>
        <translation>编辑修正层</translation>
    </message>
    <message>
        <source>Measuring what these maps are worth…</source>
        <translation>正在测量这些热图的可信程度…</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>%1: not measured</source>
        <comment>method</comment>
        <translation>%1：未测量</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>method and its figures</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>When it decided cannot be seen: this run fuses words and picture in one step.</source>
        <translation>无法看出何时作出判断：此训练一步融合词与图片。</translation>
    </message>
    <message>
        <source>What the emission layer makes of the words after each fusion layer, as if it were the last: the target&apos;s probability; y = %1</source>
        <translation>把每个融合层当作最后一层，由同一发射层得出的目标概率；y = %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <comment>fusion layer</comment>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>With the table of words and regions</source>
        <translation>附词与区域的表格</translation>
    </message>
    <message>
        <source>When did it decide</source>
        <translation>何时作出判断</translation>
    </message>
    <message>
        <source>No word matters for the answer.</source>
        <translation>没有哪个词影响该结果。</translation>
    </message>
    <message>
        <source>It rests most on: %1</source>
        <comment>words and what the target loses without each</comment>
        <translation>最依赖：%1</translation>
    </message>
    <message>
        <source>Without “%1” y falls by %2</source>
        <comment>word, loss of log probability</comment>
        <translation>去掉“%1”，y 下降 %2</translation>
    </message>
    <message>
        <source>Without “%1” y rises by %2</source>
        <comment>word, gain of log probability</comment>
        <translation>去掉“%1”，y 上升 %2</translation>
    </message>
    <message>
        <source>y falls by %1 with %2 (%3)</source>
        <comment>loss, other name, its type</comment>
        <translation>%2（%3）使 y 下降 %1</translation>
    </message>
    <message>
        <source>y rises by %1 with %2 (%3)</source>
        <comment>gain, other name, its type</comment>
        <translation>%2（%3）使 y 上升 %1</translation>
    </message>
    <message>
        <source>Another name in the place of %1: %2</source>
        <comment>entity, what y does with each</comment>
        <translation>把 %1 换成别的名称：%2</translation>
    </message>
    <message>
        <source>y is the log probability of the target; the names are from the training posts, one of the same type and one of another. A run that knows an entity by its place in the sentence loses little with the first and much with the second.</source>
        <translation>y 是目标的对数概率；名称取自训练集帖子，一个类型相同，一个类型不同。若训练靠句中位置认出实体，换前者下降很少，换后者下降很多。</translation>
    </message>
    <message>
        <source>%1: the words above carry it</source>
        <comment>method</comment>
        <translation>%1：标在上方的词上</translation>
    </message>
    <message>
        <source>The maps of %1 were not computed.</source>
        <translation>未能计算 %1 的热图。</translation>
    </message>
    <message>
        <source>relevancy</source>
        <translation>相关度传播</translation>
    </message>
    <message>
        <source>layer %1, mean of its heads</source>
        <translation>第 %1 层，各头平均</translation>
    </message>
    <message>
        <source>layer %1, head %2</source>
        <translation>第 %1 层，第 %2 个头</translation>
    </message>
    <message>
        <source>sharpest in %1</source>
        <translation>在%1中最集中</translation>
    </message>
    <message>
        <source>maps most alike that of %1</source>
        <translation>热图与 %1 最相似</translation>
    </message>
    <message>
        <source>No cell of this map reaches that.</source>
        <translation>这张图中没有单元格达到该值。</translation>
    </message>
    <message>
        <source>%1: no cell reaches the threshold of %2; the heaviest has %3. Lower it under ⋯ to see more.</source>
        <translation>%1：没有一格达到阈值 %2；最大的一格为 %3。在 ⋯ 中降低阈值即可看到更多。</translation>
    </message>
    <message>
        <source>%1: even, no cell over %2</source>
        <comment>run; the map points nowhere</comment>
        <translation>%1：分布均匀，各格不超过 %2</translation>
    </message>
    <message>
        <source>%1: no cell over %2, at most %3</source>
        <comment>run, threshold, weight</comment>
        <translation>%1：没有单元格超过 %2，最大 %3</translation>
    </message>
    <message>
        <source>Grad × input</source>
        <translation>梯度×输入</translation>
    </message>
    <message>
        <source>Integrated</source>
        <translation>积分梯度</translation>
    </message>
    <message>
        <source>Not measured yet: whether these maps point at the objects, and whether the answer rests on what they call hot.</source>
        <translation>尚未测量：这些图是否指向目标，以及结果是否依赖图中的热区。</translation>
    </message>
    <message>
        <source>The same on the command line: %1</source>
        <translation>命令行中的同一操作：%1</translation>
    </message>
    <message>
        <source>%1: all cells weigh about the same (%2 at most): this map points nowhere. Other methods may say more.</source>
        <translation>%1：各格权重几乎相同（最大 %2），这张图没有指向任何位置。其他方法或许能说明更多。</translation>
    </message>
    <message>
        <source>; no cell reaches %1, so they are drawn from %2 on</source>
        <comment>thresholds</comment>
        <translation>；没有单元格达到 %1，因此从 %2 起绘制</translation>
    </message>
    <message>
        <source>%1: %2 as %3, y = %4 (probability %5, not calibrated)</source>
        <comment>what is explained, words, type, its log probability</comment>
        <translation>%1：%2 为 %3，y = %4（概率 %5，未校准）</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::BackupsDialog</name>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Go back to it…</source>
        <translation>恢复到此备份…</translation>
    </message>
    <message>
        <source>Backups of the project</source>
        <translation>项目的备份</translation>
    </message>
    <message>
        <source>Backups, the newest first</source>
        <translation>备份，最新的在前</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>There is no backup yet. One is made each day that the project is opened and changed.</source>
        <translation>还没有备份。每天打开并更改项目时会创建一份备份。</translation>
    </message>
    <message>
        <source>One is made each day that the project is opened and changed; the newest %1 are kept.</source>
        <translation>每天打开并更改项目时会创建一份备份，保留最新的 %1 份。</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::Banner</name>
    <message>
        <source>Copy this message</source>
        <translation>复制此消息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::BenchHost</name>
    <message>
        <source>Measuring the maps of %1</source>
        <translation>正在测量 %1 的热图</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::BoxHand</name>
    <message>
        <source>Drag on the photo to draw a box; of the entity under the caret, if there is one. Esc ends it.</source>
        <translation>在图片上拖动即可画框；若光标处有实体，框即链接到它。按 Esc 结束。</translation>
    </message>
    <message>
        <source>Nothing can be changed here now.</source>
        <translation>现在这里不能改动。</translation>
    </message>
    <message>
        <source>This post has no picture that a box could be in.</source>
        <translation>该帖子没有图片，无处画框。</translation>
    </message>
    <message>
        <source>The picture is being read still.</source>
        <translation>图片仍在读取。</translation>
    </message>
    <message>
        <source>The picture of this post cannot be shown, so no box can be drawn in it.</source>
        <translation>该帖子的图片无法显示，因此不能画框。</translation>
    </message>
    <message>
        <source>%1 is linked to its box; Ctrl+Z takes it back.</source>
        <translation>%1 已链接到框；Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>A box is drawn: F2 names it, Del deletes it, Ctrl+Z takes it back.</source>
        <translation>已画框：F2 命名，Del 删除，Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>Box of %1: arrows move it, Shift+arrows resize it, Enter links it, Esc leaves.</source>
        <translation>%1 的框：方向键移动，Shift+方向键缩放，Enter 链接，Esc 放弃。</translation>
    </message>
    <message>
        <source>Accept the suggestion first; then its entity can be linked to a box.</source>
        <translation>请先接受该建议，然后才能将其实体链接到框。</translation>
    </message>
    <message>
        <source>Put the caret on an entity to link it to a box.</source>
        <translation>请将光标放在实体上，再将其链接到框。</translation>
    </message>
    <message>
        <source>The box is in hand: arrows move it, Shift+arrows resize it, Enter keeps it, Esc leaves it.</source>
        <translation>正在调整框：方向键移动，Shift+方向键缩放，Enter 保留，Esc 放弃。</translation>
    </message>
    <message>
        <source>Box without a name</source>
        <translation>未命名的框</translation>
    </message>
    <message>
        <source>Box: %1</source>
        <translation>框：%1</translation>
    </message>
    <message>
        <source>The box is deleted; Ctrl+Z takes it back.</source>
        <translation>框已删除；Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>Name of the box</source>
        <translation>框的名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Take the link to %1 away</source>
        <translation>取消与 %1 的链接</translation>
    </message>
    <message>
        <source>Link to %1</source>
        <translation>链接到 %1</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>命名…</translation>
    </message>
    <message>
        <source>Delete the box</source>
        <translation>删除框</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::BulkDialog</name>
    <message>
        <source>Change many posts</source>
        <translation>批量修改帖子</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>未做任何修改。</translation>
    </message>
    <message>
        <source>all posts</source>
        <translation>所有帖子</translation>
    </message>
    <message>
        <source>any text</source>
        <translation>任意文本</translation>
    </message>
    <message>
        <source>Posts of the query</source>
        <translation>查询的帖子</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Entities with</source>
        <translation>实体标签</translation>
    </message>
    <message>
        <source>only of the text</source>
        <translation>仅限文本</translation>
    </message>
    <message>
        <source>become</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Suggestions of</source>
        <translation>建议来自</translation>
    </message>
    <message>
        <source>Confidence at least</source>
        <translation>置信度不低于</translation>
    </message>
    <message>
        <source>Mark them</source>
        <translation>标记为</translation>
    </message>
    <message>
        <source>Some of what would be changed, drawn at random</source>
        <translation>随机抽取的部分修改</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Drawn at random</source>
        <translation>随机抽样</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Save the list of posts…</source>
        <translation>保存帖子列表…</translation>
    </message>
    <message>
        <source>Give entities another label</source>
        <translation>更改实体标签</translation>
    </message>
    <message>
        <source>Delete entities</source>
        <translation>删除实体</translation>
    </message>
    <message>
        <source>Accept suggestions</source>
        <translation>接受建议</translation>
    </message>
    <message>
        <source>Set the status</source>
        <translation>设置状态</translation>
    </message>
    <message>
        <source>any label</source>
        <translation>任意标签</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>not flagged</source>
        <translation>未标记</translation>
    </message>
    <message>
        <source>Looking through the posts…</source>
        <translation>正在查看帖子…</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln post(s) of the query</source>
        <translation>
            <numerusform>查询的 %Ln 条帖子中的 %1 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entities get another label</source>
        <translation>
            <numerusform>%Ln 个实体更改标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entities are deleted</source>
        <translation>
            <numerusform>删除 %Ln 个实体</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestions are accepted</source>
        <translation>
            <numerusform>接受 %Ln 条建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone: another entity is in the way</source>
        <translation>
            <numerusform>%Ln 处保持不变：与其他实体重叠</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone: their label is none of this project</source>
        <translation>
            <numerusform>%Ln 处保持不变：其标签不属于本项目</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln post(s)</source>
        <translation>
            <numerusform>修改 %Ln 条帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) changed in one step; Ctrl+Z takes all of it back.</source>
        <translation>
            <numerusform>已一步修改 %Ln 条帖子；Ctrl+Z 可全部撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the list of posts</source>
        <translation>保存帖子列表</translation>
    </message>
    <message>
        <source>Tables (*.tsv);;All files (*)</source>
        <translation>表格 (*.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>列表已保存到 %1。</translation>
    </message>
    <message>
        <source>The list was not saved.</source>
        <translation>列表未能保存。</translation>
    </message>
    <message>
        <source>all posts that are shown</source>
        <translation>当前显示的全部帖子</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>实体</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CasesHost</name>
    <message>
        <source>That was the last of the posts found.</source>
        <translation>已是找到的最后一个帖子。</translation>
    </message>
    <message>
        <source>That was the first of the posts found.</source>
        <translation>已是找到的第一个帖子。</translation>
    </message>
    <message>
        <source>No further disagreement.</source>
        <translation>后面没有分歧了。</translation>
    </message>
    <message>
        <source>No earlier disagreement.</source>
        <translation>前面没有分歧了。</translation>
    </message>
    <message>
        <source>%1 has no answer for this post.</source>
        <translation>%1 未给出此帖子的结果。</translation>
    </message>
    <message>
        <source>Taken away here, as %1 has nothing.</source>
        <translation>%1 在此处没有实体，已删除。</translation>
    </message>
    <message>
        <source>There is no lane %1.</source>
        <translation>没有第 %1 行。</translation>
    </message>
    <message>
        <source>Neither %1 nor the edited layer has an entity at these words.</source>
        <translation>%1 和正在编辑的标注层在这些词上都没有实体。</translation>
    </message>
    <message>
        <source>The edited layer says the same as %1 here.</source>
        <translation>正在编辑的标注层在此处与 %1 相同。</translation>
    </message>
    <message>
        <source>Taken from %1 into the edited layer.</source>
        <translation>已从 %1 采用到正在编辑的标注层。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CasesPage</name>
    <message>
        <source>Hold against gold</source>
        <translation>以金标为参照</translation>
    </message>
    <message>
        <source>Hold against the corrected layer</source>
        <translation>以修正层为参照</translation>
    </message>
    <message>
        <source>In the project&apos;s order</source>
        <translation>按项目顺序</translation>
    </message>
    <message>
        <source>Most systems wrong first</source>
        <translation>出错系统最多的在前</translation>
    </message>
    <message>
        <source>Widest gap of confidence first</source>
        <translation>置信度差距最大的在前</translation>
    </message>
    <message>
        <source>This case as LaTeX…</source>
        <translation>将此案例存为 LaTeX…</translation>
    </message>
    <message>
        <source>This case as one HTML page…</source>
        <translation>将此案例存为单个 HTML 页面…</translation>
    </message>
    <message numerus="yes">
        <source>Up to %n case(s) found as a figure…</source>
        <translation>
            <numerusform>将找到的案例（最多 %n 个）存为图…</numerusform>
        </translation>
    </message>
    <message>
        <source>All cases found as LaTeX…</source>
        <translation>将找到的全部案例存为 LaTeX…</translation>
    </message>
    <message>
        <source>All cases found as one HTML page…</source>
        <translation>将找到的全部案例存为单个 HTML 页面…</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>标注层</translation>
    </message>
    <message>
        <source>Which runs and imported predictions are compared, and with what</source>
        <translation>比较哪些训练和导入的预测，以什么为参照</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>In which order the posts come</source>
        <translation>帖子的排列顺序</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save what is seen as a figure or a table</source>
        <translation>将所见内容存为图或表</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>对照行</translation>
    </message>
    <message>
        <source>– / %1</source>
        <comment>no place among so many posts</comment>
        <translation>– / %1</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>place among so many posts</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No project is open. Open one to compare what systems say of its posts.</source>
        <translation>没有打开项目。打开一个项目即可比较各系统对帖子的标注。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>转到数据</translation>
    </message>
    <message>
        <source>No predictions yet. Train a run and let it predict, or import a file of predictions from the command line.</source>
        <translation>还没有预测。训练一次并进行预测，或用命令行导入预测文件。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>转到训练</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <translation>正在读取标注层…</translation>
    </message>
    <message>
        <source>The layers could not be read.</source>
        <translation>无法读取标注层。</translation>
    </message>
    <message>
        <source>Show all posts</source>
        <translation>显示全部帖子</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>post id and split</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>post and number of disagreements</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>no disagreement</source>
        <translation>无分歧</translation>
    </message>
    <message numerus="yes">
        <source>%n disagreement(s)</source>
        <translation>
            <numerusform>%n 处分歧</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>post and a remark</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>nothing to hold against</source>
        <translation>没有参照</translation>
    </message>
    <message>
        <source>gold</source>
        <translation>金标</translation>
    </message>
    <message>
        <source>the corrected layer</source>
        <translation>修正层</translation>
    </message>
    <message numerus="yes">
        <source>%1 against %2; %n post(s)</source>
        <translation>
            <numerusform>%1，以%2为参照；%n 个帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names of layers</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>Save cases</source>
        <translation>保存案例</translation>
    </message>
    <message>
        <source>HTML page (*.html)</source>
        <translation>HTML 页面 (*.html)</translation>
    </message>
    <message>
        <source>LaTeX document (*.tex)</source>
        <translation>LaTeX 文档 (*.tex)</translation>
    </message>
    <message>
        <source>The cases were not saved.</source>
        <translation>案例未能保存。</translation>
    </message>
    <message>
        <source>The cases are in %1</source>
        <translation>案例已存入 %1</translation>
    </message>
    <message>
        <source>Label errors</source>
        <translation>标签错误</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>标注一致性</translation>
    </message>
    <message>
        <source>Views of the posts</source>
        <translation>帖子的视图</translation>
    </message>
    <message>
        <source>A blind layer is being made, so that what others say is hidden here.</source>
        <translation>正在进行盲标，因此这里隐藏其他标注层的内容。</translation>
    </message>
    <message>
        <source>Edit the corrected layer</source>
        <translation>编辑修正层</translation>
    </message>
    <message>
        <source>No post matches the query.</source>
        <translation>没有符合查询的帖子。</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>The table was not saved.</source>
        <translation>表格未能保存。</translation>
    </message>
    <message>
        <source>The table is in %1</source>
        <translation>表格已保存到 %1</translation>
    </message>
    <message>
        <source>This case as a figure…</source>
        <translation>将此案例存为图…</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CellModel</name>
    <message>
        <source>%L1 right of %L2 predicted and %L3 in gold</source>
        <translation>预测 %L2 个，金标 %L3 个，正确 %L1 个</translation>
    </message>
    <message>
        <source>boundary</source>
        <translation>边界</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>type and boundary</source>
        <translation>类型和边界</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏标</translation>
    </message>
    <message>
        <source>spurious</source>
        <translation>多标</translation>
    </message>
    <message>
        <source>gold</source>
        <translation>金标</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>ends of an interval</comment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>P</source>
        <comment>precision</comment>
        <translation>P</translation>
    </message>
    <message>
        <source>R</source>
        <comment>recall</comment>
        <translation>R</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95% 区间</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Weighted F1</source>
        <translation>加权 F1</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>P %1, R %2; %3</source>
        <translation>P %1，R %2；%3</translation>
    </message>
    <message>
        <source>O (none)</source>
        <translation>O（无）</translation>
    </message>
    <message>
        <source>gold %1, predicted %2: %L3</source>
        <translation>金标 %1，预测 %2：%L3</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Mistake</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练列表</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Least to most</source>
        <translation>最低到最高</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <comment>mean and deviation</comment>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>mean and deviation of the sample (n − 1)</source>
        <translation>均值与样本标准差（n − 1）</translation>
    </message>
    <message>
        <source>region</source>
        <comment>a kind of mistake: right but for the region of the picture</comment>
        <translation>区域</translation>
    </message>
    <message>
        <source>F1 without the type (EEG): %1; without the region (MNER): %2</source>
        <translation>不计类型的 F1 (EEG)：%1；不计区域的 F1 (MNER)：%2</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::Chart</name>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Logarithmic values</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation>保存图…</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ChipBar</name>
    <message>
        <source>Find a label by its name</source>
        <translation>按名称查找标签</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>%1 more</source>
        <comment>key, and what it shows</comment>
        <translation>%1 更多</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CommandPalette</name>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CommentsDialog</name>
    <message>
        <source>Return %1 with a comment</source>
        <translation>附批注退回 %1</translation>
    </message>
    <message>
        <source>Comments on %1</source>
        <translation>%1 的批注</translation>
    </message>
    <message>
        <source>Text of the comment</source>
        <translation>批注正文</translation>
    </message>
    <message>
        <source>Why the post is returned</source>
        <translation>退回此帖的原因</translation>
    </message>
    <message>
        <source>Write a comment</source>
        <translation>写批注</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>corrected layer</source>
        <translation>修正层</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit the comment of %1</source>
        <translation>编辑 %1 的批注</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the comment of %1</source>
        <translation>删除 %1 的批注</translation>
    </message>
    <message>
        <source>Nobody has written about this post yet.</source>
        <translation>此帖还没有批注。</translation>
    </message>
    <message numerus="yes">
        <source>%n older comments are not shown.</source>
        <translation>
            <numerusform>另有 %n 条较早的批注未显示。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message numerus="yes">
        <source>Too long: a comment holds at most %n bytes.</source>
        <translation>
            <numerusform>太长：批注最多 %n 字节。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ControlBar</name>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>compare with…</source>
        <translation>对比…</translation>
    </message>
    <message>
        <source>%1 · valid %2</source>
        <comment>run and its F1 on the validation posts; little room</comment>
        <translation>%1 · 验证集 %2</translation>
    </message>
    <message>
        <source>the same without its picture</source>
        <translation>同一训练，不看图片</translation>
    </message>
    <message>
        <source>Regions look at words</source>
        <translation>区域看词</translation>
    </message>
    <message>
        <source>Words look at regions</source>
        <translation>词看区域</translation>
    </message>
    <message>
        <source>%1; press for the other direction</source>
        <comment>attention</comment>
        <translation>%1；按下换成另一方向</translation>
    </message>
    <message>
        <source>%1; the system of this run has no attention in the other direction</source>
        <translation>%1；该训练的系统没有另一方向的注意力</translation>
    </message>
    <message>
        <source>Picture %1 of %2</source>
        <translation>第 %1 张图片，共 %2 张</translation>
    </message>
    <message>
        <source>layer %1 (last)</source>
        <translation>第 %1 层（最后）</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>no layer</source>
        <translation>无层</translation>
    </message>
    <message numerus="yes">
        <source>mean of %n heads</source>
        <translation>
            <numerusform>%n 个头的平均</numerusform>
        </translation>
    </message>
    <message>
        <source>no head</source>
        <translation>无头</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>第 %1 个头</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>By which method the map is made</source>
        <translation>热图用哪种方法得出</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Fusion layer of the attention</source>
        <translation>注意力所在的融合层</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Attention head, or the mean of all</source>
        <translation>注意力头，或所有头的平均</translation>
    </message>
    <message>
        <source>A − B</source>
        <translation>A − B</translation>
    </message>
    <message>
        <source>One map: the first minus the second</source>
        <translation>一张图：第一个减第二个</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>Colours, weights, threshold, scale</source>
        <translation>颜色、权重、阈值、标度</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>the same after its last epoch</source>
        <translation>同一训练，最后一轮</translation>
    </message>
    <message>
        <source>Epoch %1 beside epoch %2, the best, which the run keeps.</source>
        <translation>第 %1 轮，对照训练所保留的最佳轮（第 %2 轮）。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CropStrip</name>
    <message numerus="yes">
        <source>%n crops of the picture</source>
        <translation>
            <numerusform>图片的 %n 个裁剪图</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DataCommands</name>
    <message>
        <source>The project could not be opened.</source>
        <translation>无法打开项目。</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Your last change could not be saved.</source>
        <translation>您的上一次更改无法保存。</translation>
    </message>
    <message>
        <source>When you close the project now, what is not saved is lost.</source>
        <translation>如果现在关闭项目，未保存的内容将会丢失。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation>关闭并放弃</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>留在这里</translation>
    </message>
    <message>
        <source>Choose a project folder</source>
        <translation>选择项目文件夹</translation>
    </message>
    <message>
        <source>Choose the files of a data set</source>
        <translation>选择数据集文件</translation>
    </message>
    <message>
        <source>Data sets (%1);;All files (*)</source>
        <translation>数据集 (%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>There is nothing to import.</source>
        <translation>没有可导入的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) imported.</source>
        <translation>
            <numerusform>已导入 %Ln 个帖子。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the first</source>
        <translation>显示第一个</translation>
    </message>
    <message>
        <source>The search for objects failed; no box was changed.</source>
        <translation>查找目标失败；没有改动任何框。</translation>
    </message>
    <message>
        <source>Try again…</source>
        <translation>重试…</translation>
    </message>
    <message>
        <source>Making the sample</source>
        <translation>正在生成示例</translation>
    </message>
    <message>
        <source>Drawing posts and pictures</source>
        <translation>正在生成帖子和图片</translation>
    </message>
    <message>
        <source>Making the project</source>
        <translation>正在创建项目</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>The sample could not be made.</source>
        <translation>无法生成示例。</translation>
    </message>
    <message numerus="yes">
        <source>Only %Ln posts are shown: %1</source>
        <translation>
            <numerusform>只显示 %Ln 个帖子：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all posts</source>
        <translation>显示全部帖子</translation>
    </message>
    <message>
        <source>The file that was there is kept: %1</source>
        <translation>原来的文件已保留：%1</translation>
    </message>
    <message>
        <source>The project is open with the file that you chose.</source>
        <translation>项目已用您选择的文件打开。</translation>
    </message>
    <message>
        <source>A backup was made.</source>
        <translation>已创建备份。</translation>
    </message>
    <message>
        <source>Nothing has changed since the newest backup.</source>
        <translation>自最新备份以来没有任何更改。</translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>修复…</translation>
    </message>
    <message>
        <source>Go back to a backup</source>
        <translation>恢复到备份</translation>
    </message>
    <message>
        <source>Go back to the backup of %1?</source>
        <translation>恢复到 %1 的备份吗？</translation>
    </message>
    <message>
        <source>What was done since is not in it. The present file is kept in the folder “backups” of the project.</source>
        <translation>其中不包含此后所做的工作。当前文件会保留在项目的“backups”文件夹中。</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Keep the present state</source>
        <translation>保持当前状态</translation>
    </message>
    <message>
        <source>Posts: %1 kept, %2 lost</source>
        <translation>帖子：保留 %1，丢失 %2</translation>
    </message>
    <message>
        <source>Steps of the history: %1 kept, %2 lost</source>
        <translation>历史步骤：保留 %1，丢失 %2</translation>
    </message>
    <message>
        <source>What was missing came from the backup %1.</source>
        <translation>缺失的部分取自备份 %1。</translation>
    </message>
    <message numerus="yes">
        <source>The labels of %Ln posts were made again from the history.</source>
        <translation>
            <numerusform>已根据历史重新生成 %Ln 条帖子的标签。</numerusform>
        </translation>
    </message>
    <message>
        <source>Steps of the history are missing, so undo begins anew.</source>
        <translation>部分历史步骤缺失，因此撤销重新开始。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows that cannot be right were left out.</source>
        <translation>
            <numerusform>略去了 %Ln 行不可能正确的数据。</numerusform>
        </translation>
    </message>
    <message>
        <source>The new file: %1</source>
        <translation>新文件：%1</translation>
    </message>
    <message>
        <source>The project was repaired</source>
        <translation>项目已修复</translation>
    </message>
    <message>
        <source>Everything could be saved.</source>
        <translation>全部内容都已保住。</translation>
    </message>
    <message>
        <source>What could be read was saved.</source>
        <translation>能读取的内容都已保住。</translation>
    </message>
    <message>
        <source>The damaged file is kept either way.</source>
        <translation>无论如何，损坏的文件都会保留。</translation>
    </message>
    <message>
        <source>Use the repaired file</source>
        <translation>使用修复后的文件</translation>
    </message>
    <message>
        <source>Only keep it beside the damaged one</source>
        <translation>只放在损坏的文件旁边</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DataPage</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Open a data set of posts and pictures to start.</source>
        <translation>打开一个由帖子和图片组成的数据集即可开始。</translation>
    </message>
    <message>
        <source>Open data set…</source>
        <translation>打开数据集…</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>No posts yet. Import a data set, or try the sample.</source>
        <translation>还没有帖子。请导入数据集，或试用示例。</translation>
    </message>
    <message>
        <source>Import a data set…</source>
        <translation>导入数据集…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Numbers of the data set</source>
        <translation>数据集统计</translation>
    </message>
    <message>
        <source>My posts</source>
        <translation>我的帖子</translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s)</source>
        <comment>rows of the table</comment>
        <translation>
            <numerusform>%Ln 个帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels…</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>Add, order and take away the labels of the project</source>
        <translation>添加、排序和移除项目的标签</translation>
    </message>
    <message>
        <source>Find objects…</source>
        <translation>查找目标…</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Conditions to choose from; each is written into the query line</source>
        <translation>可选的条件；每一项都会写入查询栏</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>修复…</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>备份…</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DetectDialog</name>
    <message>
        <source>Faces (built in)</source>
        <translation>人脸（内置）</translation>
    </message>
    <message>
        <source>A YOLO detector in an ONNX file</source>
        <translation>ONNX 文件中的 YOLO 检测器</translation>
    </message>
    <message>
        <source>Choose the ONNX file of a detector</source>
        <translation>选择检测器的 ONNX 文件</translation>
    </message>
    <message>
        <source>Detectors (*.onnx);;All files (*)</source>
        <translation>检测器 (*.onnx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a file of class names</source>
        <translation>选择类别名称文件</translation>
    </message>
    <message>
        <source>Text files (*.txt *.names);;All files (*)</source>
        <translation>文本文件 (*.txt *.names);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find objects in pictures</source>
        <translation>查找图片中的目标</translation>
    </message>
    <message>
        <source>Looks for faces from the front and from both sides; needs no file</source>
        <translation>查找正面和两侧的人脸；不需要文件</translation>
    </message>
    <message>
        <source>Any detector of the YOLO family, version 5 or 8 and later, exported to ONNX</source>
        <translation>导出为 ONNX 的任意 YOLO 系列检测器：第 5 版，或第 8 版及以后</translation>
    </message>
    <message>
        <source>for example yolov8n.onnx</source>
        <translation>例如 yolov8n.onnx</translation>
    </message>
    <message>
        <source>The network; type its path, drop the file here, or choose it</source>
        <translation>网络文件：输入路径、拖放到此处，或点击选择</translation>
    </message>
    <message>
        <source>optional: the names in the ONNX file are used</source>
        <translation>可选：默认使用 ONNX 文件中的名称</translation>
    </message>
    <message>
        <source>A text file with the name of one class a line, for a network that holds none</source>
        <translation>每行一个类别名称的文本文件，用于本身不含名称的网络</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测器</translation>
    </message>
    <message>
        <source>ONNX file</source>
        <translation>ONNX 文件</translation>
    </message>
    <message>
        <source>Class names</source>
        <translation>类别名称</translation>
    </message>
    <message>
        <source>Boxes that the detector is less sure of are left out. Between 0 and 1; for faces this is an order, no probability.</source>
        <translation>略去检测器把握低于此值的框。取值在 0 到 1 之间；对人脸而言它只表示先后次序，不是概率。</translation>
    </message>
    <message>
        <source>Posts whose pictures are looked at</source>
        <translation>要检测哪些帖子的图片</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>默认 %1</translation>
    </message>
    <message>
        <source>Minimum score</source>
        <translation>最低得分</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>every split</source>
        <translation>全部划分</translation>
    </message>
    <message>
        <source>%1 (%2 posts)</source>
        <translation>%1（%2 个帖子）</translation>
    </message>
    <message numerus="yes">
        <source>The pictures of %Ln post(s) are looked at.</source>
        <translation>
            <numerusform>将检测 %Ln 个帖子的图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>None of these posts has a picture that can be found.</source>
        <translation>这些帖子都没有可用的图片。</translation>
    </message>
    <message>
        <source>Choose the ONNX file first.</source>
        <translation>请先选择 ONNX 文件。</translation>
    </message>
    <message>
        <source>Looks in the background; the status line shows how far it is</source>
        <translation>在后台检测；状态栏显示进度</translation>
    </message>
    <message>
        <source>Boxes found in them earlier by the same detector are replaced; boxes from files, from people and from other detectors stay.</source>
        <translation>同一检测器以前在其中找到的框将被替换；来自文件、人工和其他检测器的框保持不变。</translation>
    </message>
    <message>
        <source>Faces that the built-in detector found in them earlier are replaced; boxes from files, from people and from other detectors stay.</source>
        <translation>内置检测器先前在其中找到的人脸框将被替换；来自文件、人工和其他检测器的框保留。</translation>
    </message>
    <message>
        <source>Boxes found in them earlier by the detector %1 are replaced; boxes from files, from people and from other detectors stay.</source>
        <translation>检测器“%1”先前在其中找到的框将被替换；来自文件、人工和其他检测器的框保留。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DetectHost</name>
    <message>
        <source>Finding faces</source>
        <translation>查找人脸</translation>
    </message>
    <message>
        <source>Finding objects with %1</source>
        <translation>用 %1 查找目标</translation>
    </message>
    <message>
        <source>looking at the pictures</source>
        <translation>正在检测图片</translation>
    </message>
    <message>
        <source>storing the boxes</source>
        <translation>正在保存框</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DoctorHost</name>
    <message>
        <source>That was the last doubt of this list.</source>
        <translation>这是列表中最后一处疑点。</translation>
    </message>
    <message>
        <source>Words cannot be changed here: clean the file and import it again, or press N.</source>
        <translation>此处不能修改词：请清理文件后重新导入，或按 N。</translation>
    </message>
    <message>
        <source>There is no key for this: leave the post out of one of the splits, or press N.</source>
        <translation>此项没有一键修正：请从其中一个划分中去掉该帖子，或按 N。</translation>
    </message>
    <message>
        <source>Nothing is proposed here: adopt from a lane, change the label by hand, or press N.</source>
        <translation>此处没有建议：请从某条泳道采用、手动更改标签，或按 N。</translation>
    </message>
    <message>
        <source>Corrected: %1</source>
        <translation>已修正：%1</translation>
    </message>
    <message>
        <source>No error, and not asked again: %1</source>
        <translation>不是错误，以后不再询问：%1</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DoctorModel</name>
    <message>
        <source>none</source>
        <comment>no label</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>%1, words %2–%3 → %4–%5</source>
        <comment>a label gets other borders</comment>
        <translation>%1，第 %2–%3 词 → 第 %4–%5 词</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a reason and its numbers</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, seen in training</source>
        <comment>a reason, and why it weighs less</comment>
        <translation>%1（训练时见过）</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>post id and split</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DoctorView</name>
    <message>
        <source>Judged by</source>
        <translation>评判者</translation>
    </message>
    <message>
        <source>The run over folds whose models judge posts that they had not seen</source>
        <translation>按折训练：由没有见过该帖子的模型来评判</translation>
    </message>
    <message>
        <source>Examine again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Look at all labels anew</source>
        <translation>重新检查所有标签</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop looking; what was found before stays</source>
        <translation>停止检查；此前的结果保留</translation>
    </message>
    <message>
        <source>Not an error</source>
        <translation>不是错误</translation>
    </message>
    <message>
        <source>Kinds of doubt</source>
        <translation>疑点类别</translation>
    </message>
    <message>
        <source>Doubts about labels</source>
        <translation>标签疑点</translation>
    </message>
    <message numerus="yes">
        <source>%n doubt(s) open</source>
        <translation>
            <numerusform>%n 处疑点未处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answered</source>
        <translation>
            <numerusform>%n 处已答复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n word(s) with a wrong tag, by the probabilities of %1 posts</source>
        <translation>
            <numerusform>按 %1 个帖子的概率估计，约有 %n 个词的标签有误</numerusform>
        </translation>
    </message>
    <message>
        <source>no probabilities</source>
        <translation>没有概率输出</translation>
    </message>
    <message>
        <source>%1 of %2 posts were seen in training by what judges them, so that it may repeat their errors.</source>
        <translation>%2 个帖子中有 %1 条是评判模型训练时见过的，因此它可能重复其中的错误。</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Looking at the labels…</source>
        <translation>正在检查标签…</translation>
    </message>
    <message>
        <source>The labels could not be examined.</source>
        <translation>无法检查标签。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The labels have not been examined.</source>
        <translation>尚未检查标签。</translation>
    </message>
    <message>
        <source>Examine the labels</source>
        <translation>检查标签</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>There are no posts yet.</source>
        <translation>还没有帖子。</translation>
    </message>
    <message>
        <source>No label is in doubt. Nothing is left to decide.</source>
        <translation>没有可疑的标签，也没有待决定的事项。</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>how many, and the kind of doubt</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>All doubts</source>
        <translation>全部疑点</translation>
    </message>
    <message>
        <source>Train over folds…</source>
        <translation>按折训练…</translation>
    </message>
    <message>
        <source>The probabilities of %1 are not used. %2</source>
        <translation>不使用 %1 的概率。%2</translation>
    </message>
    <message>
        <source>Apply the correction</source>
        <translation>应用修正</translation>
    </message>
    <message>
        <source>Only models that have not seen a post can judge its labels. Train over folds, and likely wrong types, wrong boundaries, missing and spurious entities are listed too.</source>
        <translation>只有没见过某个帖子的模型才能评判它的标签。按折训练后，还会列出可能的类型错误、边界错误、漏标和多标的实体。</translation>
    </message>
    <message>
        <source>No run has recorded how its entities were learnt. Train one with the option Learning dynamics.</source>
        <translation>还没有训练记录过各实体是怎样学会的。请在新训练中打开“学习动态”选项。</translation>
    </message>
    <message>
        <source>There is no doubt of this kind.</source>
        <translation>没有此类疑问。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DynamicsView</name>
    <message>
        <source>Learnt by</source>
        <translation>学习者</translation>
    </message>
    <message>
        <source>The run that recorded after each epoch how likely every training entity was to its model</source>
        <translation>在每轮之后记录了模型认为每个训练实体有多大概率的那次训练</translation>
    </message>
    <message>
        <source>Learning dynamics</source>
        <translation>学习动态</translation>
    </message>
    <message>
        <source>No run has recorded how its entities were learnt.</source>
        <translation>还没有训练记录过实体的学习过程。</translation>
    </message>
    <message numerus="yes">
        <source>Learning dynamics of %1: mean probability of each training entity over %2 epochs, and its standard deviation; %n entities</source>
        <translation>
            <numerusform>%1 的学习动态：每个训练实体在 %2 轮中的平均概率及其标准差；%n 个实体</numerusform>
        </translation>
    </message>
    <message>
        <source>no run</source>
        <translation>没有训练</translation>
    </message>
    <message>
        <source>learnt (%L1)</source>
        <comment>how many entities</comment>
        <translation>已学会（%L1）</translation>
    </message>
    <message>
        <source>never learnt (%L1)</source>
        <comment>how many entities</comment>
        <translation>未学会（%L1）</translation>
    </message>
    <message>
        <source>Confidence is the mean probability over the epochs, variability its standard deviation. Press a point to see its post; the right button saves the figure.</source>
        <translation>置信度是各轮的平均概率，波动是其标准差。点击一个点查看其帖子；右键可保存图。</translation>
    </message>
    <message>
        <source>variability</source>
        <translation>波动</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>置信度</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EncoderDownload</name>
    <message>
        <source>The folder for it is not empty, or cannot be written.</source>
        <translation>目标文件夹不为空，或无法写入。</translation>
    </message>
    <message>
        <source>The hub is out of reach, or does not know this name. A folder that was copied here by other means can be added.</source>
        <translation>无法连接模型库，或库中没有这个名称。用其他方式复制来的文件夹可以直接添加。</translation>
    </message>
    <message>
        <source>The weights arrived damaged. Try again.</source>
        <translation>下载的权重已损坏。请重试。</translation>
    </message>
    <message>
        <source>This is no encoder that can be used: it needs the vocabulary of a BERT, RoBERTa or XLM-RoBERTa.</source>
        <translation>这不是可用的编码器：需要 BERT、RoBERTa 或 XLM-RoBERTa 的词表。</translation>
    </message>
    <message>
        <source>The download broke off.</source>
        <translation>下载中断。</translation>
    </message>
    <message>
        <source>There is no bash here, which fetches encoders.</source>
        <translation>本机没有下载编码器所需的 bash。</translation>
    </message>
    <message>
        <source>An encoder is called as on the hub, such as google-bert/bert-base-uncased.</source>
        <translation>请写模型库中的名称，例如 google-bert/bert-base-uncased。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EncoderLibrary</name>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>多语言</translation>
    </message>
    <message>
        <source>%1 (cannot be used)</source>
        <translation>%1（不可用）</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>layers, width</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 (ResNet-%2, %3)</source>
        <translation>%1（ResNet-%2，%3）</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EncoderList</name>
    <message>
        <source>lacks %1</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Layers × width</source>
        <translation>层数 × 宽度</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Encoders</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add picture encoder…</source>
        <translation>添加图像编码器…</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移出列表</translation>
    </message>
    <message>
        <source>Lists it no more; nothing is deleted</source>
        <translation>不再列出；不会删除任何文件</translation>
    </message>
    <message>
        <source>From the hub</source>
        <translation>从模型库</translation>
    </message>
    <message>
        <source>Name on the hub</source>
        <translation>模型库中的名称</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>ResNet-%1</source>
        <translation>ResNet-%1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Folder of an encoder, or of several</source>
        <translation>一个或多个编码器所在的文件夹</translation>
    </message>
    <message>
        <source>File of a picture encoder</source>
        <translation>图像编码器文件</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>权重 (*.pth *.pt *.safetensors);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 is here already.</source>
        <translation>%1 已在本机。</translation>
    </message>
    <message>
        <source>None was found on this machine. Add the folder of one, or download one; until then the tiny random encoder can be trained.</source>
        <translation>本机没有找到编码器。请添加编码器文件夹，或下载一个；在此之前可以训练 tiny 随机编码器。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EngineClient</name>
    <message>
        <source>it was started too often</source>
        <translation>启动次数过多</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EntityList</name>
    <message>
        <source>Entities of the post</source>
        <translation>帖子的实体</translation>
    </message>
    <message>
        <source>Nothing is tagged in this post yet. Select words, then press the key of a label or click it.</source>
        <translation>此帖子尚无标注。先选择词语，再按标签的按键或单击标签。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EntityListModel</name>
    <message>
        <source>by hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>box %1</source>
        <translation>框 %1</translation>
    </message>
    <message>
        <source>gold</source>
        <translation>金标</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EpochTableModel</name>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>★ %1</source>
        <comment>the best epoch</comment>
        <translation>★ %1</translation>
    </message>
    <message numerus="yes">
        <source>precision %1, recall %2, F1 %3, %Ln entities in the data</source>
        <translation>
            <numerusform>精确率 %1，召回率 %2，F1 %3，数据中有 %Ln 个实体</numerusform>
        </translation>
    </message>
    <message>
        <source>test posts</source>
        <translation>测试帖子</translation>
    </message>
    <message>
        <source>validation posts</source>
        <translation>验证帖子</translation>
    </message>
    <message>
        <source>P</source>
        <comment>precision</comment>
        <translation>P</translation>
    </message>
    <message>
        <source>R</source>
        <comment>recall</comment>
        <translation>R</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>实体</translation>
    </message>
    <message>
        <source>Test · epoch %1</source>
        <translation>测试集 · 第 %1 轮</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>split and rule</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Validation · epoch %1</source>
        <translation>验证集 · 第 %1 轮</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ExplainHost</name>
    <message>
        <source>Explaining with %1</source>
        <translation>用 %1 解释</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>没有导出任何内容。</translation>
    </message>
    <message>
        <source>Choose where to write</source>
        <translation>选择写入位置</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>标注层</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Tag scheme</source>
        <translation>标注方案</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>写入到</translation>
    </message>
    <message>
        <source>First lines as they will be written</source>
        <translation>将写出的前几行</translation>
    </message>
    <message>
        <source>What the format cannot hold</source>
        <translation>该格式无法保存的内容</translation>
    </message>
    <message>
        <source>corrected (your work)</source>
        <translation>修正层（您的工作）</translation>
    </message>
    <message>
        <source>gold (as imported)</source>
        <translation>金标（导入时）</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>训练 %1</translation>
    </message>
    <message>
        <source>every split, a file each</source>
        <translation>全部划分，各写一个文件</translation>
    </message>
    <message>
        <source>%1 (%2 posts)</source>
        <translation>%1（%2 个帖子）</translation>
    </message>
    <message>
        <source>%1, as in the project</source>
        <translation>%1，与项目相同</translation>
    </message>
    <message>
        <source>Choose the folder to write into</source>
        <translation>选择写入的文件夹</translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation>选择写入的文件</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The format holds everything; nothing is lost.</source>
        <translation>该格式可保存全部内容，没有丢失。</translation>
    </message>
    <message>
        <source>Changed or lost: %1</source>
        <translation>有变动或丢失：%1</translation>
    </message>
    <message>
        <source>%1 posts · %2 words · %3 entities; %4 posts corrected by hand</source>
        <translation>%1 个帖子 · %2 个词 · %3 个实体；其中 %4 个帖子经人工修正</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln post(s)</source>
        <translation>
            <numerusform>导出 %Ln 个帖子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) written to %1</source>
        <translation>
            <numerusform>已将 %Ln 个帖子写入 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The project was imported from: %1</source>
        <translation>项目由这些文件导入：%1</translation>
    </message>
    <message>
        <source>Replace what is there?</source>
        <translation>替换已有的文件？</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) exist already and would be replaced.</source>
        <translation>
            <numerusform>%n 个文件已存在，将被替换。</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>%1 (%2);;All files (*)</source>
        <translation>%1 (%2);;所有文件 (*)</translation>
    </message>
    <message>
        <source>a folder: %1 are made in it</source>
        <translation>文件夹：其中将生成 %1</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::FigureDialog</name>
    <message>
        <source>PDF figure (*.pdf)</source>
        <translation>PDF 图 (*.pdf)</translation>
    </message>
    <message>
        <source>SVG figure (*.svg)</source>
        <translation>SVG 图 (*.svg)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>保存图</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>One column, 85 mm</source>
        <translation>单栏，85 毫米</translation>
    </message>
    <message>
        <source>Page, 175 mm</source>
        <translation>通栏，175 毫米</translation>
    </message>
    <message>
        <source>Own width</source>
        <translation>自定宽度</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> 毫米</translation>
    </message>
    <message>
        <source>Width in millimetres</source>
        <translation>宽度（毫米）</translation>
    </message>
    <message>
        <source>PDF, fonts embedded</source>
        <translation>PDF，嵌入字体</translation>
    </message>
    <message>
        <source>SVG, letters as outlines</source>
        <translation>SVG，文字转为轮廓</translation>
    </message>
    <message>
        <source>PNG, 300 dots per inch</source>
        <translation>PNG，300 dpi</translation>
    </message>
    <message>
        <source>Caption below</source>
        <translation>下方附图注</translation>
    </message>
    <message>
        <source>Says of which rule, layers, posts, data and seeds the figure is</source>
        <translation>注明该图所用的规则、标注层、帖子、数据与随机种子</translation>
    </message>
    <message>
        <source>Preview of the figure</source>
        <translation>图的预览</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Replace the figure?</source>
        <translation>替换该图？</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 已存在。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>%1 × %2 mm, letters of 7 pt</source>
        <translation>%1 × %2 毫米，文字 7 磅</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::FindingsModel</name>
    <message>
        <source>Finding</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::GazetteerDialog</name>
    <message>
        <source>Word lists and rules</source>
        <translation>词表与规则</translation>
    </message>
    <message>
        <source>The project is open read-only: lists and rules cannot be changed.</source>
        <translation>项目以只读方式打开：不能修改词表与规则。</translation>
    </message>
    <message>
        <source>No word lists yet. Drop text files here, one name a line, or begin with the names that are tagged already.</source>
        <translation>还没有词表。把每行一个名称的文本文件拖到这里，或从已标注的名称开始。</translation>
    </message>
    <message>
        <source>Make a list of the tagged names</source>
        <translation>用已标注的名称生成词表</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a pattern</source>
        <translation>添加模式</translation>
    </message>
    <message>
        <source>Text files, one name a line, or name, tab, label. They can be dropped here too.</source>
        <translation>文本文件，每行一个名称，或名称、制表符、标签。也可以拖到这里。</translation>
    </message>
    <message>
        <source>From tagged names</source>
        <translation>来自已标注的名称</translation>
    </message>
    <message>
        <source>A list of the names that are tagged in the training posts, with their labels. Those of the test posts stay out, so that scores on them stay fair.</source>
        <translation>由训练集帖子中已标注的名称及其标签组成的词表。测试集中的名称不收入，以保证其得分公平。</translation>
    </message>
    <message>
        <source>A regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Word lists and rules in the order in which they count</source>
        <translation>按优先次序排列的词表与规则</translation>
    </message>
    <message>
        <source>List or rule</source>
        <translation>词表或规则</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称数</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到</translation>
    </message>
    <message>
        <source>Move up: it counts before what stands below</source>
        <translation>上移：优先于排在后面的</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Take this list or rule away</source>
        <translation>移除此词表或规则</translation>
    </message>
    <message>
        <source>Take the last change of lists and rules back (Ctrl+Z)</source>
        <translation>撤销对词表与规则的上一次修改 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Do it again (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Layer of suggestions</source>
        <translation>建议的标注层</translation>
    </message>
    <message>
        <source>Delete the layer</source>
        <translation>删除标注层</translation>
    </message>
    <message>
        <source>Make the suggestions</source>
        <translation>生成建议</translation>
    </message>
    <message>
        <source>The layer of suggestions is deleted; what was accepted of it stays.</source>
        <translation>建议的标注层已删除；已接受的内容保留。</translation>
    </message>
    <message>
        <source>The word lists of this project cannot be read.</source>
        <translation>无法读取此项目的词表。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>未做任何更改。</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>own</source>
        <translation>各自</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Choose word lists</source>
        <translation>选择词表</translation>
    </message>
    <message>
        <source>Text files (*.txt *.tsv *.lst);;All files (*)</source>
        <translation>文本文件 (*.txt *.tsv *.lst);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>There are no training posts; the names of all posts were taken.</source>
        <translation>没有训练集帖子；已取所有帖子中的名称。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) have several labels; each got its commonest one.</source>
        <translation>
            <numerusform>%Ln 个名称有多个标签；各取最常见的一个。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) from %1.</source>
        <translation>
            <numerusform>来自 %1 的 %Ln 个名称。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestion(s) wait on the page Tag, and the page Scores knows the layer %1.</source>
        <translation>
            <numerusform>“标注”页有 %Ln 个待处理的建议，“得分”页已有标注层 %1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::GazetteerFields</name>
    <message>
        <source>such as %1</source>
        <comment>an example of a pattern</comment>
        <translation>例如 %1</translation>
    </message>
    <message>
        <source>A regular expression of the library RE2; \p{Han} is a Chinese character.</source>
        <translation>RE2 库的正则表达式；\p{Han} 表示一个汉字。</translation>
    </message>
    <message>
        <source>the text, between ends of words</source>
        <translation>文本中，以词的边界为界</translation>
    </message>
    <message>
        <source>one whole word</source>
        <translation>单个完整的词</translation>
    </message>
    <message>
        <source>Of two finds of one length the higher priority counts, then what stands higher in the list.</source>
        <translation>长度相同时取优先级较高者，再取列表中排在前面者。</translation>
    </message>
    <message>
        <source>Shorter names are not looked for; spaces do not count.</source>
        <translation>不查找更短的名称；空格不计。</translation>
    </message>
    <message>
        <source>Case counts</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Otherwise neither case nor width nor Chinese script counts.</source>
        <translation>否则不区分大小写、全角半角和简体繁体。</translation>
    </message>
    <message>
        <source>#name and @name too</source>
        <translation>也匹配 #名称 和 @名称</translation>
    </message>
    <message>
        <source>A hashtag or handle that is the name without its spaces: #NewYork is New York.</source>
        <translation>去掉空格后与名称相同的话题标签或用户名：#NewYork 即 New York。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Looked for in</source>
        <translation>查找范围</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Least length</source>
        <translation>最短长度</translation>
    </message>
    <message>
        <source>each name has its own</source>
        <translation>每个名称各有标签</translation>
    </message>
    <message>
        <source>a label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>At character %1, &quot;%2&quot;: %3</source>
        <comment>place, part of a pattern, what is wrong</comment>
        <translation>第 %1 个字符处“%2”：%3</translation>
    </message>
    <message>
        <source>A pattern needs a label.</source>
        <translation>模式需要一个标签。</translation>
    </message>
    <message>
        <source>A label has no spaces and commas.</source>
        <translation>标签不能含有空格和逗号。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::GazetteerPreview</name>
    <message>
        <source>The same words with two labels</source>
        <translation>同一文字有两个标签</translation>
    </message>
    <message>
        <source>Add these labels to the project</source>
        <translation>将这些标签加入项目</translation>
    </message>
    <message>
        <source>Some of what is found, drawn at random</source>
        <translation>随机抽取的部分结果</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到</translation>
    </message>
    <message>
        <source>Drawn at random</source>
        <translation>随机抽取</translation>
    </message>
    <message>
        <source>By</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Does not count</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Looking through the posts…</source>
        <translation>正在查看帖子…</translation>
    </message>
    <message>
        <source>: </source>
        <comment>before a list</comment>
        <translation>：</translation>
    </message>
    <message>
        <source>, </source>
        <comment>in a list</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>a label, a word list</comment>
        <translation>%1（%2）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln find(s) are left out: %1 is no label of this project.</source>
        <translation>
            <numerusform>%Ln 处结果未使用：%1 不是此项目的标签。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is left out: its file is not in the project&apos;s folder. Add it again.</source>
        <translation>%1 未使用：其文件不在项目文件夹中。请重新添加。</translation>
    </message>
    <message>
        <source>%1 is left out: its file in the project&apos;s folder was changed. Add it again.</source>
        <translation>%1 未使用：其在项目文件夹中的文件已被更改。请重新添加。</translation>
    </message>
    <message>
        <source>%1 is left out: it covers more than half of all words.</source>
        <translation>%1 未使用：它覆盖了超过一半的词。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln name(s) have no label. Give the list one.</source>
        <translation>
            <numerusform>%1：%Ln 个名称没有标签。请给词表指定标签。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln name(s) are too short to be looked for.</source>
        <translation>
            <numerusform>%1：%Ln 个名称过短，不予查找。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln match(es) begin or end inside of a word and are left out.</source>
        <translation>
            <numerusform>%1：%Ln 处匹配从词的中间开始或结束，未使用。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln match(es) are longer than %2 words and are left out.</source>
        <translation>
            <numerusform>%1：%Ln 处匹配超过 %2 个词，未使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>A list holds names of test posts: scores of these suggestions on them say nothing.</source>
        <translation>有词表含有测试集帖子中的名称：这些建议在测试集上的得分没有意义。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln post(s)</source>
        <translation>
            <numerusform>%Ln 条帖子中的 %1 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestion(s) in %1</source>
        <comment>%1: 3 of 60 posts</comment>
        <translation>
            <numerusform>%1有 %Ln 个建议</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::GoTo</name>
    <message>
        <source>Number in the list, or id of a post</source>
        <translation>列表中的序号，或帖子编号</translation>
    </message>
    <message>
        <source>Posts that fit</source>
        <translation>符合的帖子</translation>
    </message>
    <message>
        <source>No. %1 of the list</source>
        <translation>列表第 %1 条</translation>
    </message>
    <message>
        <source>More ids fit: type more of the one you mean.</source>
        <translation>还有更多编号符合：请多输入几个字符。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message numerus="yes">
        <source>The list has %n posts, and no id holds this.</source>
        <translation>
            <numerusform>列表共 %n 条帖子，也没有含此内容的编号。</numerusform>
        </translation>
    </message>
    <message>
        <source>No id of a post holds this.</source>
        <translation>没有含此内容的帖子编号。</translation>
    </message>
    <message>
        <source>not in the list</source>
        <translation>不在列表中</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ImportDialog</name>
    <message>
        <source>Import a data set</source>
        <translation>导入数据集</translation>
    </message>
    <message>
        <source>Nothing was imported; %1 could not be read.</source>
        <translation>没有导入任何内容；无法读取 %1。</translation>
    </message>
    <message>
        <source>The import was stopped; nothing was written.</source>
        <translation>导入已停止；没有写入任何内容。</translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation>要导入的文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Crop list</source>
        <translation>裁剪列表</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Take the chosen file off the list (Delete)</source>
        <translation>从列表中移除所选文件 (Delete)</translation>
    </message>
    <message>
        <source>Choose the folder of the pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Choose the folder of the crops</source>
        <translation>选择裁剪图文件夹</translation>
    </message>
    <message>
        <source>none found beside the files</source>
        <translation>未在文件旁找到</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Crops</source>
        <translation>裁剪图</translation>
    </message>
    <message>
        <source>The first posts as they will look</source>
        <translation>前几个帖子的预览</translation>
    </message>
    <message>
        <source>Drop files here: text files of an MNER data set, or its folder.</source>
        <translation>将文件拖到此处：MNER 数据集的文本文件，或其文件夹。</translation>
    </message>
    <message>
        <source>Copy the findings</source>
        <translation>复制发现列表</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose the files of a data set</source>
        <translation>选择数据集文件</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>%1 cannot be imported.</source>
        <translation>无法导入 %1。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>by name: %1</source>
        <translation>按文件名：%1</translation>
    </message>
    <message>
        <source>%1 posts · %2 words · %3 entities</source>
        <translation>%1 个帖子 · %2 个词 · %3 个实体</translation>
    </message>
    <message>
        <source>New labels: %1</source>
        <translation>新标签：%1</translation>
    </message>
    <message>
        <source>Nothing odd was found.</source>
        <translation>没有发现异常。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>This project is open read-only; nothing can be imported.</source>
        <translation>该项目以只读方式打开，无法导入。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) were imported, then %1 could not be read.</source>
        <translation>
            <numerusform>已导入 %Ln 个帖子，随后无法读取 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The import was stopped after %Ln post(s).</source>
        <translation>
            <numerusform>导入在 %Ln 个帖子之后停止。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) not found</source>
        <translation>
            <numerusform>%Ln 张图片未找到</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln post(s)</source>
        <translation>
            <numerusform>导入 %Ln 个帖子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) worth a look</source>
        <translation>
            <numerusform>%Ln 处值得注意</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the folder of the boxes</source>
        <translation>选择标注框所在的文件夹</translation>
    </message>
    <message>
        <source>no XML files (Pascal VOC)</source>
        <translation>没有 XML 文件（Pascal VOC）</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>标注框</translation>
    </message>
    <message>
        <source>Boxes: %1 · entities with a box: %2</source>
        <translation>标注框：%1 · 有框的实体：%2</translation>
    </message>
    <message>
        <source>left out: files ending in %1 are not taken from a folder; add the file itself to try it</source>
        <translation>已略去：不从文件夹中取 %1 文件，可单独添加试读</translation>
    </message>
    <message>
        <source>left out: the name is not UTF-8; rename the file</source>
        <translation>已略去：文件名不是 UTF-8，请重命名</translation>
    </message>
    <message>
        <source>left out: a list of crops needs a text file beside it</source>
        <translation>已略去：裁剪列表旁需有文本文件</translation>
    </message>
    <message>
        <source>left out: this is a Mnerva project; open it instead</source>
        <translation>已略去：这是 Mnerva 项目，请直接打开</translation>
    </message>
    <message>
        <source>left out: it is not a file</source>
        <translation>已略去：不是普通文件</translation>
    </message>
    <message>
        <source>left out: no text file in this folder</source>
        <translation>已略去：此文件夹中没有文本文件</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Encoding of files that are not UTF-8</source>
        <translation>非 UTF-8 文件的编码</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>未指定</translation>
    </message>
    <message>
        <source>Chinese: %1</source>
        <translation>中文：%1</translation>
    </message>
    <message>
        <source>Western: %1</source>
        <translation>西欧：%1</translation>
    </message>
    <message>
        <source>Japanese: %1</source>
        <translation>日文：%1</translation>
    </message>
    <message>
        <source>Korean: %1</source>
        <translation>韩文：%1</translation>
    </message>
    <message>
        <source>Cyrillic: %1</source>
        <translation>西里尔：%1</translation>
    </message>
    <message>
        <source>UTF-8 with damage (replaced)</source>
        <translation>有损坏的 UTF-8（替换损坏处）</translation>
    </message>
    <message>
        <source>cannot be imported: %1</source>
        <translation>无法导入：%1</translation>
    </message>
    <message>
        <source>in the project already; left out</source>
        <translation>已在项目中，已略去</translation>
    </message>
    <message>
        <source>holds no post</source>
        <translation>没有帖子</translation>
    </message>
    <message>
        <source>Data sets (%1);;All files (*)</source>
        <translation>数据集 (%1);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::JobHost</name>
    <message>
        <source>%1: stopping…</source>
        <translation>%1：正在停止…</translation>
    </message>
    <message>
        <source>%1: paused</source>
        <translation>%1：已暂停</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a job and what it is doing</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a job and its time left</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>还需几秒</translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>还需 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>还需 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>还需 %n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · and %Ln more</source>
        <translation>
            <numerusform>%1 · 另有 %Ln 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::JobPanel</name>
    <message>
        <source>Nothing is running.</source>
        <translation>没有正在运行的任务。</translation>
    </message>
    <message>
        <source>Running jobs</source>
        <translation>正在运行的任务</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>取消 %1</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::JobStatus</name>
    <message>
        <source>Show all running jobs</source>
        <translation>显示所有正在运行的任务</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeyEditor</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Set all keys back to their defaults?</source>
        <translation>将所有快捷键恢复为默认？</translation>
    </message>
    <message>
        <source>The keys you chose are forgotten.</source>
        <translation>您设置的快捷键将被清除。</translation>
    </message>
    <message>
        <source>Set back</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的设置</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>查找操作或快捷键</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作及其快捷键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新快捷键</translation>
    </message>
    <message>
        <source>Set key</source>
        <translation>指定</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>All defaults…</source>
        <translation>全部恢复默认…</translation>
    </message>
    <message>
        <source>The key of “%1” was changed.</source>
        <translation>“%1”的快捷键已更改。</translation>
    </message>
    <message>
        <source>%1 is the key of “%2” already; change that one first.</source>
        <translation>%1 已是“%2”的快捷键；请先更改那一个。</translation>
    </message>
    <message>
        <source>Choose an action above.</source>
        <translation>请在上方选择一个操作。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeySheet</name>
    <message>
        <source>Label 1 to 10, 11 to 20; again takes it off</source>
        <translation>标签 1 到 10、11 到 20；再按一次取消</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Any key closes this sheet. All keys can be changed in Settings.</source>
        <translation>按任意键关闭。所有快捷键都可在设置中更改。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeyTableModel</name>
    <message>
        <source>Changed from the default key</source>
        <translation>已更改，与默认不同</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelChip</name>
    <message numerus="yes">
        <source>Label %1, %n in this post</source>
        <translation>
            <numerusform>标签 %1，本帖中 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1，快捷键 %2</translation>
    </message>
    <message>
        <source>%1; it sticks: each click and each drag labels</source>
        <translation>%1；已固定：每次单击和拖动都会标注</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelDialog</name>
    <message>
        <source>New label</source>
        <translation>新建标签</translation>
    </message>
    <message>
        <source>Label %1</source>
        <translation>标签 %1</translation>
    </message>
    <message>
        <source>What gets this label and what does not, with examples. Markdown may be used.</source>
        <translation>什么应标这个标签，什么不应，附例子。可用 Markdown。</translation>
    </message>
    <message>
        <source>Add label</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>C&amp;olour</source>
        <translation>颜色(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>按键(&amp;K)</translation>
    </message>
    <message>
        <source>A kind &amp;of</source>
        <translation>属于(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Guideline</source>
        <translation>标注说明(&amp;G)</translation>
    </message>
    <message>
        <source>none (place %1)</source>
        <translation>无（第 %1 位）</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Colour: %1</source>
        <translation>颜色：%1</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Counting what has this label…</source>
        <translation>正在统计带有此标签的实体…</translation>
    </message>
    <message numerus="yes">
        <source>Delete label and %n entities</source>
        <translation>
            <numerusform>删除标签和 %n 个实体</numerusform>
        </translation>
    </message>
    <message>
        <source>There is a label %1 already: both become one.</source>
        <translation>已有标签 %1：两者将合并为一个。</translation>
    </message>
    <message numerus="yes">
        <source>%n posts</source>
        <comment>that a label is changed in</comment>
        <translation>
            <numerusform>%n 条帖子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities in %1 lose it.</source>
        <translation>
            <numerusform>%1中的 %n 个实体将失去此标签。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities in %1 change.</source>
        <translation>
            <numerusform>%1中的 %n 个实体将改变。</numerusform>
        </translation>
    </message>
    <message>
        <source>Gold or another layer has %1 too, so it stays, as the last one.</source>
        <translation>金标或其他标注层也有 %1，因此它作为最后一个标签保留。</translation>
    </message>
    <message>
        <source>Undo takes it back.</source>
        <translation>可撤销。</translation>
    </message>
    <message>
        <source>The label was not changed.</source>
        <translation>标签没有改变。</translation>
    </message>
    <message>
        <source>The label was not deleted.</source>
        <translation>标签没有删除。</translation>
    </message>
    <message>
        <source>Back to the usual one</source>
        <translation>恢复默认颜色</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelFinder</name>
    <message>
        <source>Name of a label</source>
        <translation>标签名称</translation>
    </message>
    <message>
        <source>Labels that fit</source>
        <translation>匹配的标签</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelsDialog</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save labels</source>
        <translation>保存标签</translation>
    </message>
    <message>
        <source>Labels of the project</source>
        <translation>项目的标签</translation>
    </message>
    <message>
        <source>Labels in the order of their keys</source>
        <translation>按快捷键顺序排列的标签</translation>
    </message>
    <message>
        <source>Name of a new label</source>
        <translation>新标签的名称</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Take this label away</source>
        <translation>移除该标签</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The labels were not changed.</source>
        <translation>标签没有更改。</translation>
    </message>
    <message>
        <source>key %1</source>
        <comment>that gives a label</comment>
        <translation>快捷键 %1</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <comment>label and its key</comment>
        <translation>%1，快捷键 %2</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LanesView</name>
    <message>
        <source>%1: Alt+%2 puts what it says of the chosen words into the corrected layer</source>
        <translation>%1：Alt+%2 把它对所选词的标注放入修正层</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LayerButton</name>
    <message>
        <source>Corrected layer</source>
        <translation>修正层</translation>
    </message>
    <message>
        <source>%1 (blind)</source>
        <translation>%1（盲标）</translation>
    </message>
    <message>
        <source>Layer that is edited: %1</source>
        <translation>正在编辑的标注层：%1</translation>
    </message>
    <message>
        <source>The layer that is edited. A blind one hides gold, suggestions and other layers.</source>
        <translation>正在编辑的标注层。盲标层会隐藏金标、建议和其他标注层。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::MainWindow</name>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Mnerva</source>
        <translation>Mnerva</translation>
    </message>
    <message>
        <source>Something could not be read from the project.</source>
        <translation>项目中有内容无法读取。</translation>
    </message>
    <message>
        <source>Undone or redone; the change is marked in the post.</source>
        <translation>已撤销或重做；更改处已在帖子中标出。</translation>
    </message>
    <message>
        <source>%1 – Mnerva</source>
        <translation>%1 – Mnerva</translation>
    </message>
    <message>
        <source>This project was made by a newer version of Mnerva. It is open read-only; update Mnerva to change it.</source>
        <translation>该项目由更新版本的 Mnerva 创建，现以只读方式打开；请升级 Mnerva 后再修改。</translation>
    </message>
    <message>
        <source>Open read-only: %1 on %2 (process %3) is working on this project.</source>
        <translation>以只读方式打开：%2 上的 %1（进程 %3）正在使用该项目。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open read-only: you may not write into this project&apos;s folder.</source>
        <translation>以只读方式打开：您没有该项目文件夹的写入权限。</translation>
    </message>
    <message>
        <source>Your last change is not saved yet. Nothing more is changed until it is.</source>
        <translation>您的上一次更改尚未保存。保存成功之前不再接受更改。</translation>
    </message>
    <message>
        <source>The last change was not applied.</source>
        <translation>上一次更改没有生效。</translation>
    </message>
    <message>
        <source>Work is running</source>
        <translation>有任务正在运行</translation>
    </message>
    <message>
        <source>Closing the window stops them. A training run keeps its last checkpoint and can be resumed.</source>
        <translation>关闭窗口会停止这些任务。训练会保留最后的检查点，可以继续。</translation>
    </message>
    <message>
        <source>Stop them and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>继续工作</translation>
    </message>
    <message numerus="yes">
        <source>%Ln job(s) are still running.</source>
        <translation>
            <numerusform>仍有 %Ln 个任务在运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>This project holds rows that cannot be right. They are left out, the rest is shown; “mnerva-cli check” lists them.</source>
        <translation>此项目含有不可能正确的数据行。它们已被略去，其余照常显示；“mnerva-cli check” 会列出它们。</translation>
    </message>
    <message>
        <source>This project is open read-only: writing to it would not be safe.</source>
        <translation>此项目以只读方式打开：写入它并不安全。</translation>
    </message>
    <message>
        <source>This project lies on a network folder (%1). It is written without a write-ahead log, which is slower; a copy on a disk of this computer is faster.</source>
        <translation>此项目位于网络文件夹（%1）。写入时不使用预写日志，因而较慢；放在本机磁盘上的副本会更快。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an action and its page</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>修复…</translation>
    </message>
    <message>
        <source>Give back the right to write there, then try again.</source>
        <translation>请恢复该处的写入权限，然后重试。</translation>
    </message>
    <message>
        <source>Put it back where it was, then try again.</source>
        <translation>请将其放回原处，然后重试。</translation>
    </message>
    <message>
        <source>See whether its disk is there and sound, then try again.</source>
        <translation>请检查其所在磁盘是否存在且完好，然后重试。</translation>
    </message>
    <message>
        <source>Try again; where that does not help, close the project and repair it.</source>
        <translation>请重试；若无效，请关闭项目并修复它。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::MatrixView</name>
    <message>
        <source>Words and regions</source>
        <translation>词与区域</translation>
    </message>
    <message>
        <source>%1 and %2: %3</source>
        <comment>word, region, weight</comment>
        <translation>%1 与 %2：%3</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::NewProjectDialog</name>
    <message>
        <source>Choose where the project folder is made</source>
        <translation>选择项目文件夹的位置</translation>
    </message>
    <message>
        <source>Learn them from what is imported</source>
        <translation>从导入的数据中获取</translation>
    </message>
    <message>
        <source>These:</source>
        <translation>指定：</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>创建项目</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Labels of the project</source>
        <translation>项目的标签</translation>
    </message>
    <message>
        <source>As in the first import</source>
        <translation>与首次导入的数据相同</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>In folder</source>
        <translation>所在文件夹</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tag scheme</source>
        <translation>标注方案</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Give the project a name.</source>
        <translation>请给项目命名。</translation>
    </message>
    <message>
        <source>A name cannot hold a slash.</source>
        <translation>名称不能包含斜杠。</translation>
    </message>
    <message>
        <source>Choose a folder for it.</source>
        <translation>请选择所在文件夹。</translation>
    </message>
    <message>
        <source>%1 is not a folder.</source>
        <translation>%1 不是文件夹。</translation>
    </message>
    <message>
        <source>You may not write into %1.</source>
        <translation>您没有 %1 的写入权限。</translation>
    </message>
    <message>
        <source>There is a project of that name already.</source>
        <translation>已有同名项目。</translation>
    </message>
    <message>
        <source>Name at least one label, or learn them.</source>
        <translation>请至少指定一个标签，或选择从数据中获取。</translation>
    </message>
    <message>
        <source>A folder of the project&apos;s name is made there.</source>
        <translation>将在其中创建以项目名命名的文件夹。</translation>
    </message>
    <message>
        <source>Makes %1</source>
        <translation>将创建 %1</translation>
    </message>
    <message>
        <source>The labels %1 and %2 look almost the same.</source>
        <translation>标签 %1 和 %2 看起来几乎一样。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::NewRunDialog</name>
    <message>
        <source>New run</source>
        <translation>新建训练</translation>
    </message>
    <message>
        <source>All options</source>
        <translation>全部选项</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>等效的命令行</translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation>复制命令行</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>学习来源</translation>
    </message>
    <message>
        <source>learn from the imported entities</source>
        <translation>学习导入的实体</translation>
    </message>
    <message>
        <source>learn from the corrected entities</source>
        <translation>学习修正后的实体</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>System</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>Picture encoder</source>
        <translation>图像编码器</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>训练名称</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>tiny: small, random, with the words of this project</source>
        <translation>tiny：小型随机编码器，词表取自本项目</translation>
    </message>
    <message>
        <source>random%1: ResNet-%1 with random weights, for trials</source>
        <translation>random%1：随机权重的 ResNet-%1，供试用</translation>
    </message>
    <message>
        <source>Folder of an encoder</source>
        <translation>编码器文件夹</translation>
    </message>
    <message>
        <source>File of a picture encoder</source>
        <translation>图像编码器文件</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>权重 (*.pth *.pt *.safetensors);;所有文件 (*)</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>train %1 · valid %2 · test %3</source>
        <translation>训练集 %1 · 验证集 %2 · 测试集 %3</translation>
    </message>
    <message>
        <source>Asking the engine for its systems…</source>
        <translation>正在向引擎查询可用模型…</translation>
    </message>
    <message>
        <source>different from the preset: %1</source>
        <translation>与预设不同：%1</translation>
    </message>
    <message>
        <source>Some of the options cannot be used as they are.</source>
        <translation>部分选项的值无法使用。</translation>
    </message>
    <message>
        <source>This run reads no pictures.</source>
        <translation>此训练不读取图片。</translation>
    </message>
    <message>
        <source>Trains one model after the other, each on all training posts but those of one fold, and keeps what it says of these. Labels that no model expects are then listed under Cases, Label errors. Takes as much longer as there are folds, and the run gets no model of its own.</source>
        <translation>依次训练多个模型，每个都用除某一折以外的全部训练帖子，并保留它对这一折的判断。模型意料之外的标签随后列在“案例”的“标签错误”中。用时随折数成倍增加，该训练没有自己的模型。</translation>
    </message>
    <message>
        <source>Number of folds</source>
        <translation>折数</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>交叉留出</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s), one after the other; none is kept.</source>
        <translation>
            <numerusform>依次训练 %n 个模型；都不保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Find an option</source>
        <translation>查找选项</translation>
    </message>
    <message>
        <source>hold out in folds (to find label errors)</source>
        <translation>分折留出（用于检查标签错误）</translation>
    </message>
    <message>
        <source>different from the defaults: %1</source>
        <translation>与默认值不同：%1</translation>
    </message>
    <message>
        <source>The run could not be measured.</source>
        <translation>无法测量本次训练。</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>数值格式</translation>
    </message>
    <message>
        <source>Runs a few steps in the background: those of the longest posts and those of usual ones</source>
        <translation>在后台运行几步：最长的帖子和一般长度的帖子</translation>
    </message>
    <message>
        <source>Time and memory</source>
        <translation>时间与内存</translation>
    </message>
    <message>
        <source>This device has no %1: the run would compute in fp32.</source>
        <translation>该设备不支持 %1：训练将以 fp32 计算。</translation>
    </message>
    <message>
        <source>Cancel measuring</source>
        <translation>取消测量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Running a few steps…</source>
        <translation>正在运行几步…</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>尚未测量。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::NoMatchNote</name>
    <message>
        <source>No post matches the query.</source>
        <translation>没有符合查询的帖子。</translation>
    </message>
    <message>
        <source>Show all posts</source>
        <translation>显示全部帖子</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::OptionList</name>
    <message>
        <source>Reset %1</source>
        <translation>重置 %1</translation>
    </message>
    <message>
        <source>differs from the preset</source>
        <translation>与预设不同</translation>
    </message>
    <message>
        <source>preset: %1</source>
        <translation>预设：%1</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>恢复为 %1</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>differs from the default</source>
        <translation>与默认值不同</translation>
    </message>
    <message>
        <source>default: %1</source>
        <translation>默认：%1</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::OptionsPopup</name>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>renormalised</source>
        <translation>重新归一化</translation>
    </message>
    <message>
        <source>Renormalised: the 49 cells alone make 1 for each word (or the words alone for each region)</source>
        <translation>重新归一化：每个词在 49 个格子上的权重之和为 1（或每个区域在词上的权重之和为 1）</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Inferno</source>
        <translation>Inferno</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Weights under it are not drawn; the paper marks those over .08, and .020 would be no choice at all</source>
        <translation>低于阈值的权重不绘制；论文标出高于 .08 的权重，而 .020 等于均匀分布</translation>
    </message>
    <message>
        <source>One scale for all words</source>
        <translation>所有词用同一标度</translation>
    </message>
    <message>
        <source>Smooth between cells</source>
        <translation>格子间平滑</translation>
    </message>
    <message>
        <source>Photo in grey</source>
        <translation>照片显示为灰色</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::OrderButton</name>
    <message>
        <source>Sorting, %1 %</source>
        <translation>正在排序，%1 %</translation>
    </message>
    <message>
        <source>Order of the posts: %1</source>
        <translation>帖子的顺序：%1</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::OrderMenu</name>
    <message>
        <source>Stop sorting</source>
        <translation>停止排序</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>重新排序</translation>
    </message>
    <message>
        <source>Posts keep their places while you work; this puts them in order anew.</source>
        <translation>标注时帖子位置不变；此操作会重新排序。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an order that cannot be chosen, and why</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>the layer is blind</source>
        <translation>盲标注层</translation>
    </message>
    <message>
        <source>no run yet</source>
        <translation>尚无训练</translation>
    </message>
    <message>
        <source>not asked without its pictures yet</source>
        <translation>尚未在去掉图片的情况下预测</translation>
    </message>
    <message>
        <source>keeps no confidences</source>
        <translation>未保留置信度</translation>
    </message>
    <message>
        <source>needs two runs</source>
        <translation>需要两个训练</translation>
    </message>
    <message>
        <source>Descending ↓</source>
        <translation>降序 ↓</translation>
    </message>
    <message>
        <source>Ascending ↑</source>
        <translation>升序 ↑</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PictureHeat</name>
    <message>
        <source>No map of this post yet: look at it on the page Attention.</source>
        <translation>此帖子还没有热图：请在“注意力”页面查看。</translation>
    </message>
    <message>
        <source>A blind layer is being made: no run&apos;s map is shown.</source>
        <translation>正在进行盲标：不显示任何训练的热图。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PicturePanel</name>
    <message>
        <source>7×7</source>
        <translation>7×7</translation>
    </message>
    <message>
        <source>Show the 7×7 grid over the picture</source>
        <translation>在图片上显示 7×7 网格</translation>
    </message>
    <message>
        <source>Previous picture of the post</source>
        <translation>该帖子的上一张图片</translation>
    </message>
    <message>
        <source>Next picture of the post</source>
        <translation>该帖子的下一张图片</translation>
    </message>
    <message>
        <source>Crops</source>
        <translation>裁剪图</translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · 第 %2 张，共 %3 张</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>标注框</translation>
    </message>
    <message>
        <source>Show the boxes in the picture</source>
        <translation>显示图片中的框</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Find objects in pictures</source>
        <translation>查找图片中的目标</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Show where a run looks for the word under the caret</source>
        <translation>显示训练为光标处的词所看之处</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>画框</translation>
    </message>
    <message>
        <source>Draw boxes in the picture</source>
        <translation>在图片上画框</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PictureStrip</name>
    <message numerus="yes">
        <source>%n pictures of the post</source>
        <translation>
            <numerusform>帖子的 %n 张图片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PictureView</name>
    <message>
        <source>The picture file is missing:
%1</source>
        <translation>图片文件缺失：
%1</translation>
    </message>
    <message>
        <source>This post has no picture.</source>
        <translation>该帖子没有图片。</translation>
    </message>
    <message>
        <source>Picture of the post</source>
        <translation>帖子的图片</translation>
    </message>
    <message>
        <source>the picture folder</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Only a part of this picture could be read.</source>
        <translation>此图片只能读取一部分。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PictureWall</name>
    <message>
        <source>Wall of pictures</source>
        <translation>图片墙</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PostListDelegate</name>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Done. Click: open again</source>
        <translation>已完成。单击：重新打开</translation>
    </message>
    <message>
        <source>Click: mark this post done</source>
        <translation>单击：将此帖子标为完成</translation>
    </message>
    <message>
        <source>Skipped. Click: mark this post done</source>
        <translation>已跳过。点击：标为完成</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PostListModel</name>
    <message numerus="yes">
        <source>%1, %2, %n entities: %3</source>
        <translation>
            <numerusform>%1，%2，%n 个实体：%3</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message numerus="yes">
        <source>%n comments</source>
        <translation>
            <numerusform>%n 条批注</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PostTableModel</name>
    <message>
        <source>edited</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>实体</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::QueryLine</name>
    <message>
        <source>Query line</source>
        <translation>查询栏</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::QueryMenu</name>
    <message>
        <source>Show all posts</source>
        <translation>显示全部帖子</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待标注</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>旗标</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>已标旗</translation>
    </message>
    <message>
        <source>not flagged</source>
        <translation>无旗标</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>人工修改</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>已人工修改</translation>
    </message>
    <message>
        <source>as imported</source>
        <translation>与导入时相同</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>none named</source>
        <translation>未指定图片</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>any label</source>
        <translation>任意标签</translation>
    </message>
    <message>
        <source>no entity</source>
        <translation>没有实体</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>有错误</translation>
    </message>
    <message>
        <source>right</source>
        <translation>全部正确</translation>
    </message>
    <message>
        <source>boundary errors</source>
        <translation>边界错误</translation>
    </message>
    <message>
        <source>type errors</source>
        <translation>类型错误</translation>
    </message>
    <message>
        <source>boundary and type errors</source>
        <translation>边界与类型错误</translation>
    </message>
    <message>
        <source>missed entities</source>
        <translation>漏标的实体</translation>
    </message>
    <message>
        <source>spurious entities</source>
        <translation>多标的实体</translation>
    </message>
    <message>
        <source>unsure (confidence under 0.6)</source>
        <translation>不确定（置信度低于 0.6）</translation>
    </message>
    <message>
        <source>Asked before</source>
        <translation>查询历史</translation>
    </message>
    <message>
        <source>right entities, other region</source>
        <translation>实体正确、区域不同</translation>
    </message>
    <message>
        <source>same text, different labels</source>
        <translation>同一文本，不同标签</translation>
    </message>
    <message>
        <source>Saved views…</source>
        <translation>已存视图…</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>has a comment</source>
        <translation>有批注</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RescueHost</name>
    <message>
        <source>Backup of the day</source>
        <translation>每日备份</translation>
    </message>
    <message>
        <source>The backup of the day could not be made.</source>
        <translation>无法创建每日备份。</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>The backup could not be made.</source>
        <translation>无法创建备份。</translation>
    </message>
    <message>
        <source>Repairing the project</source>
        <translation>正在修复项目</translation>
    </message>
    <message>
        <source>The project could not be repaired; its file is as it was.</source>
        <translation>无法修复项目；其文件保持原样。</translation>
    </message>
    <message>
        <source>Restoring the project</source>
        <translation>正在恢复项目</translation>
    </message>
    <message>
        <source>The project could not be restored; it is as it was.</source>
        <translation>无法恢复项目；它保持原样。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunCurves</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>F1 on the validation posts</source>
        <translation>验证集 F1</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation>损失曲线的平滑程度</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>A line for each type</source>
        <translation>每个类型一条线</translation>
    </message>
    <message>
        <source>The curve begins with the first step.</source>
        <translation>曲线从第一步开始。</translation>
    </message>
    <message>
        <source>This run ended before its first step.</source>
        <translation>该训练在第一步之前就结束了。</translation>
    </message>
    <message>
        <source>flood level %1</source>
        <translation>flooding 水平 %1</translation>
    </message>
    <message>
        <source>The curve begins with the first scored epoch.</source>
        <translation>曲线从第一个评估的轮次开始。</translation>
    </message>
    <message>
        <source>This run scored no validation posts.</source>
        <translation>该训练没有给验证帖子打分。</translation>
    </message>
    <message>
        <source>all types</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>F1 on the validation posts · epoch %1 kept, with %2</source>
        <comment>epoch, score</comment>
        <translation>验证帖子上的 F1 · 保留第 %1 轮，得分 %2</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunDetails</name>
    <message>
        <source>The figure was not saved.</source>
        <translation>图没有保存。</translation>
    </message>
    <message>
        <source>The checkpoint of the last whole epoch stays; the run can be resumed from it.</source>
        <translation>最后一个完整轮次的检查点会保留，可从那里继续训练。</translation>
    </message>
    <message>
        <source>No epoch is complete yet, so nothing of this run can be used.</source>
        <translation>还没有完成任何一轮，因此本次训练没有可用的结果。</translation>
    </message>
    <message>
        <source>Stop training?</source>
        <translation>停止训练？</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>立即停止</translation>
    </message>
    <message>
        <source>Finish this epoch</source>
        <translation>完成本轮</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Goes on to the end of the epoch, keeps the best model and tests it</source>
        <translation>继续到本轮结束，保留最佳模型并在测试集上评估</translation>
    </message>
    <message>
        <source>Stops at once; the last checkpoint stays</source>
        <translation>立即停止；保留最后的检查点</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>值得注意</translation>
    </message>
    <message>
        <source>learning rate %1</source>
        <translation>学习率 %1</translation>
    </message>
    <message>
        <source>%1 posts/s</source>
        <translation>%1 帖/秒</translation>
    </message>
    <message>
        <source>%1 MB of memory</source>
        <translation>内存 %1 MB</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>损失 %1</translation>
    </message>
    <message>
        <source>reading pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>paused; the model stays loaded</source>
        <translation>已暂停；模型仍在内存中</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>%1 · ends after this epoch</source>
        <translation>%1 · 本轮结束后停止</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>The work on epoch %L1 is lost.</source>
        <translation>第 %L1 轮的进度将丢失。</translation>
    </message>
    <message>
        <source>%1 has ended meanwhile: nothing is lost.</source>
        <translation>%1 在此期间已经结束：没有任何损失。</translation>
    </message>
    <message>
        <source>Show the test score</source>
        <translation>显示测试得分</translation>
    </message>
    <message>
        <source>Choose between runs by their validation F1, and look at the test when you have chosen</source>
        <translation>请按验证集 F1 选择训练，选定之后再看测试得分</translation>
    </message>
    <message>
        <source>The report is in %1</source>
        <translation>报告已写入 %1</translation>
    </message>
    <message>
        <source>The figure is in %1</source>
        <translation>图已保存到 %1</translation>
    </message>
    <message>
        <source>Report of the run as one page (HTML)…</source>
        <translation>将该训练的报告存为单页（HTML）…</translation>
    </message>
    <message>
        <source>Loss as figure…</source>
        <translation>将损失存为图…</translation>
    </message>
    <message>
        <source>F1 as figure…</source>
        <translation>将 F1 存为图…</translation>
    </message>
    <message>
        <source>Calibration as figure…</source>
        <translation>将校准存为图…</translation>
    </message>
    <message>
        <source>Epochs as figure…</source>
        <translation>将各轮存为图…</translation>
    </message>
    <message>
        <source>Settings as figure…</source>
        <translation>将设置存为图…</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>HTML page (*.html)</source>
        <translation>HTML 页面 (*.html)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save what is known of the run</source>
        <translation>保存该训练的已知信息</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>各轮</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>What of the run is looked at</source>
        <translation>查看该训练的哪一方面</translation>
    </message>
    <message>
        <source>Scores by epoch and type</source>
        <translation>各轮与各类型的得分</translation>
    </message>
    <message>
        <source>Scores of the best epoch and of the test</source>
        <translation>最佳轮与测试的得分</translation>
    </message>
    <message>
        <source>What the run was started with</source>
        <translation>该训练启动时的设置</translation>
    </message>
    <message numerus="yes">
        <source>Settings · %Ln changed</source>
        <translation>
            <numerusform>设置 · %Ln 项已改</numerusform>
        </translation>
    </message>
    <message>
        <source>Worth knowing · %L1</source>
        <translation>值得注意 · %L1</translation>
    </message>
    <message>
        <source>Test posts were seen</source>
        <translation>测试集已泄漏</translation>
    </message>
    <message>
        <source>The test score is too high: training saw posts of the test, or nearly so.</source>
        <translation>测试得分偏高：训练时见过测试集中的帖子，或与之近乎相同的帖子。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunNotes</name>
    <message>
        <source>%1 (overruled)</source>
        <translation>%1（已忽略）</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>另有 %Ln 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Counted are the posts that have a twin in an earlier split (train, valid, test). The label errors of Cases count a post once, for its text or its picture file; what pictures look like is compared here alone.</source>
        <translation>统计的是在前面的划分（训练集、验证集、测试集）中有近似帖子的帖子数。“案例”页的“标签错误”对每个帖子只计一次，依据文本或图片文件；图片的画面只在这里比较。</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Show these posts</source>
        <translation>查看这些帖子</translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) on the Tag page, both posts of each pair</source>
        <translation>
            <numerusform>在“标注”页显示 %Ln 个帖子，包括每一对的两个</numerusform>
        </translation>
    </message>
    <message>
        <source>; </source>
        <comment>between examples</comment>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunOptionsModel</name>
    <message>
        <source>Option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunReliability</name>
    <message>
        <source>Can confidences be believed?</source>
        <translation>置信度可信吗？</translation>
    </message>
    <message>
        <source>On the dashed line confidences are exact: of ten entities found with a confidence of 0.8, eight are right.</source>
        <translation>落在虚线上时置信度恰好准确：置信度为 0.8 的十个实体中有八个正确。</translation>
    </message>
    <message>
        <source>calibration error %1; calibrating was tried and not kept, as it did not help</source>
        <translation>校准误差 %1；曾尝试校准，因没有改善而未采用</translation>
    </message>
    <message>
        <source>calibration error on the test posts %1, before %2</source>
        <translation>测试帖子上的校准误差 %1，校准前 %2</translation>
    </message>
    <message>
        <source>calibration error on the validation posts %1, before %2</source>
        <translation>验证帖子上的校准误差 %1，校准前 %2</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>理想</translation>
    </message>
    <message>
        <source>as the model says</source>
        <translation>模型原值</translation>
    </message>
    <message numerus="yes">
        <source>confidence, %Ln entities of the test posts</source>
        <translation>
            <numerusform>置信度（测试集 %Ln 个实体）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confidence, %Ln entities of the validation posts</source>
        <translation>
            <numerusform>置信度（验证集 %Ln 个实体）</numerusform>
        </translation>
    </message>
    <message>
        <source>share right</source>
        <translation>正确比例</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>已校准</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunsModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>System</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>own</source>
        <comment>preset of a run: none</comment>
        <translation>自定义</translation>
    </message>
    <message>
        <source>%1 is missing or damaged.</source>
        <translation>%1 缺失或已损坏。</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>paused, %L1 of %L2</source>
        <translation>已暂停，第 %L1 轮，共 %L2 轮</translation>
    </message>
    <message>
        <source>epoch %L1 of %L2</source>
        <translation>第 %L1 轮，共 %L2 轮</translation>
    </message>
    <message>
        <source>epoch %L1</source>
        <translation>第 %L1 轮</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a score and where it comes from</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>validation F1 %1</source>
        <translation>验证集 F1 %1</translation>
    </message>
    <message>
        <source>test F1 %1</source>
        <translation>测试集 F1 %1</translation>
    </message>
    <message>
        <source>Validation F1</source>
        <translation>验证集 F1</translation>
    </message>
    <message>
        <source>no validation F1: the run had no validation posts</source>
        <translation>没有验证集 F1：该训练没有验证帖子</translation>
    </message>
    <message>
        <source>fold %L1 of %L2</source>
        <translation>第 %L1 折，共 %L2 折</translation>
    </message>
    <message>
        <source>fold %L1 of %L2, epoch %L3 of %L4</source>
        <translation>第 %L1 折，共 %L2 折；第 %L3 轮，共 %L4 轮</translation>
    </message>
    <message>
        <source>a run over folds, which has no model of its own</source>
        <translation>按折训练，没有自己的模型</translation>
    </message>
    <message>
        <source> · </source>
        <comment>between the epoch and the rule of a score</comment>
        <translation> · </translation>
    </message>
    <message>
        <source>F1 of the kept epoch on the validation posts, by “seqeval, lenient” where no other rule is named. The test score stands in the run&apos;s details when it is asked for.</source>
        <translation>保留轮次在验证集上的 F1，未注明其他规则时按“seqeval 宽松”。测试得分可在训练详情中按需显示。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a score and its rule</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SavedViews</name>
    <message>
        <source>“%1” is saved.</source>
        <translation>“%1”已保存。</translation>
    </message>
    <message>
        <source>“%1” is called “%2” now.</source>
        <translation>“%1”现名为“%2”。</translation>
    </message>
    <message>
        <source>“%1” shows what is shown now.</source>
        <translation>“%1”已更新为当前显示的内容。</translation>
    </message>
    <message>
        <source>“%1” is deleted.</source>
        <translation>“%1”已删除。</translation>
    </message>
    <message>
        <source>A view needs a name.</source>
        <translation>视图需要名称。</translation>
    </message>
    <message numerus="yes">
        <source>A name has at most %n characters.</source>
        <translation>
            <numerusform>名称最多 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>A name is one line of characters that can be seen.</source>
        <translation>名称须为一行可见字符。</translation>
    </message>
    <message>
        <source>There is a view of this name; upper and lower case do not count.</source>
        <translation>已有同名视图；不区分大小写。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ScoresExport</name>
    <message>
        <source>Scores as CSV…</source>
        <translation>将得分存为 CSV…</translation>
    </message>
    <message>
        <source>Scores as LaTeX…</source>
        <translation>将得分存为 LaTeX…</translation>
    </message>
    <message>
        <source>Scores as figure…</source>
        <translation>将得分存为图…</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>%1 as CSV…</source>
        <translation>将“%1”存为 CSV…</translation>
    </message>
    <message>
        <source>%1 as LaTeX…</source>
        <translation>将“%1”存为 LaTeX…</translation>
    </message>
    <message>
        <source>%1 as figure…</source>
        <translation>将“%1”存为图…</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>LaTeX (*.tex)</source>
        <translation>LaTeX (*.tex)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>The table is in %1</source>
        <translation>表格已保存到 %1</translation>
    </message>
    <message>
        <source>The table was not saved.</source>
        <translation>表格未能保存。</translation>
    </message>
    <message>
        <source>The figure was not saved.</source>
        <translation>图没有保存。</translation>
    </message>
    <message>
        <source>The figure is in %1</source>
        <translation>图已保存到 %1</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ScoresPage</name>
    <message>
        <source>all posts</source>
        <translation>全部帖子</translation>
    </message>
    <message>
        <source>The scores could not be computed.</source>
        <translation>无法计算得分。</translation>
    </message>
    <message>
        <source>%1: “%2” %3</source>
        <translation>%1：“%2” %3</translation>
    </message>
    <message>
        <source>No project is open. Open one, and its systems are compared here.</source>
        <translation>没有打开的项目。打开一个项目后，可在此比较各系统。</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <translation>正在读取标注层…</translation>
    </message>
    <message>
        <source>No predictions yet. Train a system, or import a file of predictions, and its scores are here.</source>
        <translation>还没有预测。训练一个系统或导入预测文件后，得分会显示在这里。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>转到数据</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>转到训练</translation>
    </message>
    <message>
        <source>There is no such post.</source>
        <translation>没有这样的帖子。</translation>
    </message>
    <message>
        <source>%1 is wrong</source>
        <translation>%1 有错</translation>
    </message>
    <message>
        <source>%1 is wrong about %2</source>
        <translation>%1 在 %2 上有错</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a system and a kind of mistake</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 is wrong, %2: %3</source>
        <comment>a system, a property and its value</comment>
        <translation>%1 有错，%2：%3</translation>
    </message>
    <message>
        <source>The figure was not saved.</source>
        <translation>图未能保存。</translation>
    </message>
    <message>
        <source>The figure is in %1</source>
        <translation>图已保存到 %1</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>比较基准</translation>
    </message>
    <message>
        <source>Posts that are scored</source>
        <translation>参与评分的帖子</translation>
    </message>
    <message>
        <source>Scoring rule</source>
        <translation>评分规则</translation>
    </message>
    <message>
        <source>Layer that counts as true</source>
        <translation>作为标准的标注层</translation>
    </message>
    <message>
        <source>System to compare with</source>
        <translation>要比较的系统</translation>
    </message>
    <message>
        <source>Property of the buckets</source>
        <translation>分组属性</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save tables and figures</source>
        <translation>保存表格和图</translation>
    </message>
    <message>
        <source>Mistakes</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Strings</source>
        <translation>字符串</translation>
    </message>
    <message>
        <source>By property</source>
        <translation>按属性</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>查看内容</translation>
    </message>
    <message>
        <source>Scores of the systems</source>
        <translation>各系统得分</translation>
    </message>
    <message>
        <source>Enter or a double click shows the posts behind a figure</source>
        <translation>按回车或双击可显示数字背后的帖子</translation>
    </message>
    <message>
        <source>Gold labels in rows, predicted labels in columns</source>
        <translation>行为金标标签，列为预测标签</translation>
    </message>
    <message>
        <source>Mistakes by kind; Enter shows their posts</source>
        <translation>按种类列出的错误；按回车显示其帖子</translation>
    </message>
    <message>
        <source>F1 by property with intervals; Enter shows the posts</source>
        <translation>各属性的 F1 及区间；按回车显示帖子</translation>
    </message>
    <message>
        <source>Difference of two systems by property</source>
        <translation>两个系统按属性的差异</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>The slice %1 was deleted.</source>
        <translation>已删除数据切片 %1。</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>%1 is wrong with a confidence of %2 to %3</source>
        <translation>%1 在置信度 %2 到 %3 时出错</translation>
    </message>
    <message>
        <source>%1 is wrong in %2</source>
        <comment>a system and a slice</comment>
        <translation>%1 在 %2 中出错</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>可靠性</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>数据切片</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>On the dashed line confidences are exact. Press a point to see the posts that are wrong there.</source>
        <translation>在虚线上，置信度恰好准确。点击一个点可查看该处出错的帖子。</translation>
    </message>
    <message>
        <source>Runs that differ in their seed alone</source>
        <translation>仅随机种子不同的训练</translation>
    </message>
    <message>
        <source>A blind layer is being made, so that what others say of its posts is hidden here.</source>
        <translation>正在进行盲标，因此这里隐藏其他标注层对帖子的说法。</translation>
    </message>
    <message>
        <source>Edit the corrected layer</source>
        <translation>编辑修正层</translation>
    </message>
    <message>
        <source>Against</source>
        <comment>the layer that counts as true</comment>
        <translation>参照</translation>
    </message>
    <message>
        <source>gold ↓  system →</source>
        <translation>金标 ↓  系统 →</translation>
    </message>
    <message>
        <source>difference of F1 on the same posts</source>
        <translation>相同帖子上的 F1 差</translation>
    </message>
    <message>
        <source>Texts that are missed or spurious most</source>
        <translation>最常漏标或多标的文本</translation>
    </message>
    <message>
        <source>By exact words: an entity with other boundaries counts as missed and as spurious.</source>
        <translation>按词完全一致计：边界不同的实体同时算作漏标和多标。</translation>
    </message>
    <message>
        <source>By exact words and type: an entity with other boundaries or another type counts as missed and as spurious.</source>
        <translation>按词和类型完全一致计：边界或类型不同的实体同时算作漏标和多标。</translation>
    </message>
    <message>
        <source>F1 of whole entities. A place belongs to what gold has there, else to what the system says; the table above counts a wrong type under both types, so figures by type differ from it.</source>
        <translation>整个实体的 F1。一处归入金标在此的类别，金标没有时归入系统的类别；上表把类型错误同时计入两个类型，因此按类型的数字与它不同。</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SentenceBar</name>
    <message>
        <source>All posts</source>
        <translation>全部帖子</translation>
    </message>
    <message>
        <source>A system is wrong</source>
        <translation>有系统出错</translation>
    </message>
    <message>
        <source>Systems differ</source>
        <translation>系统之间不一致</translation>
    </message>
    <message>
        <source>All agree against gold</source>
        <translation>全部一致但与金标不同</translation>
    </message>
    <message>
        <source>All are right</source>
        <translation>全部正确</translation>
    </message>
    <message>
        <source>Any picture</source>
        <translation>不限图片</translation>
    </message>
    <message>
        <source>With picture</source>
        <translation>有图片</translation>
    </message>
    <message>
        <source>Without picture</source>
        <translation>无图片</translation>
    </message>
    <message>
        <source>right or wrong</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Any error</source>
        <translation>不限错误</translation>
    </message>
    <message>
        <source>Whole project</source>
        <translation>整个项目</translation>
    </message>
    <message>
        <source>%1 right</source>
        <translation>%1 正确</translation>
    </message>
    <message>
        <source>%1 wrong</source>
        <translation>%1 错误</translation>
    </message>
    <message>
        <source>Any layer</source>
        <translation>不限标注层</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a sentence</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Posts to choose from</source>
        <translation>帖子范围</translation>
    </message>
    <message>
        <source>What the systems say together</source>
        <translation>各系统是否一致</translation>
    </message>
    <message>
        <source>Which layer is right or wrong</source>
        <translation>哪个标注层正确或错误</translation>
    </message>
    <message>
        <source>Kind of error</source>
        <translation>错误类型</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Show all posts</source>
        <translation>显示全部帖子</translation>
    </message>
    <message>
        <source>Picture not found</source>
        <translation>图片缺失</translation>
    </message>
    <message>
        <source>picture helped</source>
        <translation>图片有益</translation>
    </message>
    <message>
        <source>picture hurt</source>
        <translation>图片有害</translation>
    </message>
    <message>
        <source>picture changed nothing</source>
        <translation>图片无影响</translation>
    </message>
    <message>
        <source>Not measured yet: mnerva-cli predict --influence</source>
        <translation>尚未测量：mnerva-cli predict --influence</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a layer and what its picture did</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>parts of a sentence</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) by id</source>
        <translation>
            <numerusform>按编号：%n 个帖子</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SettingsPage</name>
    <message>
        <source>Language and appearance</source>
        <translation>语言与外观</translation>
    </message>
    <message>
        <source>Tagging and scores</source>
        <translation>标注与评分</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Size of the post text</source>
        <translation>帖子文字大小</translation>
    </message>
    <message>
        <source>Enter on a post with suggestions left</source>
        <translation>仍有建议时按回车</translation>
    </message>
    <message>
        <source>Hide suggestions under</source>
        <translation>隐藏置信度低于此值的建议</translation>
    </message>
    <message>
        <source>Write F1 as</source>
        <translation>F1 的写法</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>rejects them</source>
        <translation>直接拒绝</translation>
    </message>
    <message>
        <source>leaves them undecided</source>
        <translation>保留待定</translation>
    </message>
    <message>
        <source>per cent: 82.35</source>
        <translation>百分数：82.35</translation>
    </message>
    <message>
        <source>a fraction: 0.8235</source>
        <translation>小数：0.8235</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>Kevin Durant in Toronto 多伦多</source>
        <translation>Kevin Durant 在多伦多 Toronto</translation>
    </message>
    <message>
        <source>No font here has Chinese characters; install fonts-noto-cjk to see Chinese posts.</source>
        <translation>此处没有中文字体；请安装 fonts-noto-cjk 以显示中文帖子。</translation>
    </message>
    <message>
        <source>No font here has emoji; install fonts-noto-color-emoji to see them.</source>
        <translation>此处没有表情符号字体；请安装 fonts-noto-color-emoji。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>shows them first</source>
        <translation>先显示它们</translation>
    </message>
    <message>
        <source>Encoders</source>
        <translation>编码器</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SidePanel</name>
    <message>
        <source>Computing: %1 %</source>
        <translation>正在计算：%1 %</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已变</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Layers and heads</source>
        <translation>层与头</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假设</translation>
    </message>
    <message>
        <source>Cover parts of the picture, blank it or exchange it, and see what the run says</source>
        <translation>遮挡图片的一部分、清空或换掉图片，看训练怎么说</translation>
    </message>
    <message>
        <source>by entity</source>
        <translation>按实体</translation>
    </message>
    <message>
        <source>Words × regions</source>
        <translation>词 × 区域</translation>
    </message>
    <message>
        <source>Maps of the words</source>
        <translation>各词的热图</translation>
    </message>
    <message>
        <source>Maps of layers and heads</source>
        <translation>各层与头的热图</translation>
    </message>
    <message>
        <source>Maps of all methods</source>
        <translation>各方法的热图</translation>
    </message>
    <message>
        <source>Compute the slow methods</source>
        <translation>计算较慢的方法</translation>
    </message>
    <message>
        <source>Integrated gradients, occlusion and words left out ask the run many times</source>
        <translation>积分梯度、遮挡和去词要多次询问训练</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>How alike the maps order the cells (Spearman)</source>
        <translation>各图对格子排序的相似度（Spearman）</translation>
    </message>
    <message>
        <source>Another picture…</source>
        <translation>另一张图片…</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Shift and drag over the photo covers cells; drop a picture file on it to exchange it.</source>
        <translation>按住 Shift 在照片上拖动可遮挡格子；把图片文件拖到照片上可换图。</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>实体</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改图后</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>Relevance</source>
        <translation>相关性门控</translation>
    </message>
    <message>
        <source>Level gates by layer</source>
        <translation>各融合层的特征级门控</translation>
    </message>
    <message>
        <source>How much each of the four levels of picture features weighs, for each fusion layer</source>
        <translation>每个融合层中四级图片特征各自的权重</translation>
    </message>
    <message>
        <source>Visual gate</source>
        <translation>视觉门控</translation>
    </message>
    <message>
        <source>Where the entity is</source>
        <translation>实体所在</translation>
    </message>
    <message>
        <source>Similar maps</source>
        <translation>相似热图</translation>
    </message>
    <message>
        <source>Each map has its own scale. Where there is red and blue, red speaks for the target and blue against it.</source>
        <translation>每张图各有标度。有红有蓝时，红色支持目标，蓝色反对目标。</translation>
    </message>
    <message>
        <source>Blank the picture</source>
        <translation>涂白图片</translation>
    </message>
    <message>
        <source>Own picture again</source>
        <translation>恢复原图</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SimilarHost</name>
    <message>
        <source>Computing the maps of %1</source>
        <translation>正在计算 %1 的热图</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SimilarPanel</name>
    <message>
        <source>posts: %1</source>
        <comment>split</comment>
        <translation>帖子：%1</translation>
    </message>
    <message>
        <source>all posts</source>
        <translation>全部帖子</translation>
    </message>
    <message>
        <source>Computing the maps of these posts: %1 %</source>
        <translation>正在计算这些帖子的热图：%1 %</translation>
    </message>
    <message>
        <source>Computing the maps of these posts…</source>
        <translation>正在计算这些帖子的热图…</translation>
    </message>
    <message>
        <source>The run&apos;s maps of these posts are computed once and kept with it; you can go on working meanwhile. The same on the command line: %1</source>
        <translation>这些帖子的热图只需计算一次，并随训练保存；期间可以继续工作。命令行写法：%1</translation>
    </message>
    <message>
        <source>The maps that were kept cannot be used: %1</source>
        <translation>保存的热图无法使用：%1</translation>
    </message>
    <message>
        <source>The maps that were kept are of other weights: the run was trained further since.</source>
        <translation>保存的热图属于另一组权重：此后又继续训练过。</translation>
    </message>
    <message numerus="yes">
        <source>Entropy of %Ln maps, 0 sharpest, 1 flat · %1</source>
        <translation>
            <numerusform>%Ln 张热图的熵，0 最集中，1 最平均 · %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cosine to the map of %1 among %Ln maps · %2</source>
        <translation>
            <numerusform>%Ln 张热图中与 %1 的余弦相似度 · %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Posts have come or gone since these maps were computed.</source>
        <translation>计算这些热图之后，帖子有增减。</translation>
    </message>
    <message>
        <source>Compute the maps</source>
        <translation>计算热图</translation>
    </message>
    <message>
        <source>Compute them anew</source>
        <translation>重新计算</translation>
    </message>
    <message>
        <source>most alike</source>
        <translation>最相似</translation>
    </message>
    <message>
        <source>sharpest</source>
        <translation>最集中</translation>
    </message>
    <message>
        <source>The posts whose map is most like that of the words you look at</source>
        <translation>热图与当前所看的词最相似的帖子</translation>
    </message>
    <message>
        <source>The posts where the chosen layer and head look at the fewest cells</source>
        <translation>所选层和注意力头只看最少格子的帖子</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Posts that are searched</source>
        <translation>搜索的帖子</translation>
    </message>
    <message>
        <source>All in Cases</source>
        <translation>全部在案例中查看</translation>
    </message>
    <message>
        <source>Show just these posts on the Cases page, with what all runs say of them</source>
        <translation>在“案例”页只显示这些帖子，以及各次训练的结果</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>One pass of the run over the posts; relevancy needs one more for each entity</source>
        <translation>对这些帖子运行一遍；相关度传播还需对每个实体再算一遍</translation>
    </message>
    <message>
        <source>Of each post the entity whose map is nearest, or sharpest; the twelve posts that come first</source>
        <translation>每个帖子取热图最接近（或最集中）的一个实体；列出前十二个帖子</translation>
    </message>
    <message>
        <source>Posts with similar maps</source>
        <translation>热图相似的帖子</translation>
    </message>
    <message>
        <source>These words have no map that points somewhere, so none is like it. Choose other words.</source>
        <translation>这些词没有指向某处的图，因此没有与之相似的图。请选择其他词。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SimilarTiles</name>
    <message>
        <source>%1 as %2 in post %3</source>
        <comment>words, type, id</comment>
        <translation>帖子 %3 中的 %1（%2）</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>entity, right or wrong, figure</comment>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>entity and figure</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SlicesView</name>
    <message>
        <source>This query line is watched already.</source>
        <translation>已在关注该查询。</translation>
    </message>
    <message>
        <source>Name of the slice</source>
        <translation>数据切片的名称</translation>
    </message>
    <message>
        <source>Query line of the slice</source>
        <translation>数据切片的查询</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Keeps the query line as a slice of the project</source>
        <translation>将该查询保存为项目的数据切片</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Takes the chosen slice away (Delete); it can be put back</source>
        <translation>移除所选数据切片（Delete）；可以放回</translation>
    </message>
    <message>
        <source>F1 of slices; Enter shows their posts</source>
        <translation>各数据切片的 F1；按回车显示其帖子</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>数据切片</translation>
    </message>
    <message>
        <source>Query line</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>%1 (compared with)</source>
        <translation>%1（比较基准）</translation>
    </message>
    <message>
        <source>no query</source>
        <translation>不是查询</translation>
    </message>
    <message>
        <source>The system has none of these posts</source>
        <translation>该系统没有这些帖子</translation>
    </message>
    <message>
        <source>P %1, R %2; %L3 entities in gold, %L4 predicted</source>
        <translation>P %1，R %2；金标 %L3 个实体，预测 %L4 个</translation>
    </message>
    <message>
        <source>Name (optional)</source>
        <translation>名称（可选）</translation>
    </message>
    <message>
        <source>Query to watch, for example label:PER img:no</source>
        <translation>要关注的查询，例如 label:PER img:no</translation>
    </message>
    <message>
        <source>No query is watched yet. Save one, and every system&apos;s score on its posts stands here.</source>
        <translation>尚未关注任何查询。保存一个查询，即可在此看到各系统在其帖子上的得分。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::StatisticsModel</name>
    <message>
        <source>all</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Entities that begin with B- or S-, as the papers count them</source>
        <translation>以 B- 或 S- 开头的实体数，与论文的统计方式一致</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>实体</translation>
    </message>
    <message>
        <source>B- only</source>
        <translation>仅 B-</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>gold</source>
        <translation>金标</translation>
    </message>
    <message>
        <source>gold: the tags as they were imported; corrected: with what people changed</source>
        <translation>金标：导入时的标签；修正：加上人工修改之后的标签</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>标注层</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::StatusLine</name>
    <message>
        <source>Where models run</source>
        <translation>模型运行的设备</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>没有项目</translation>
    </message>
    <message>
        <source>✗ not saved</source>
        <translation>✗ 未保存</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>✓ saved %1</source>
        <translation>✓ 已保存 %1</translation>
    </message>
    <message>
        <source>✓ all saved</source>
        <translation>✓ 全部已保存</translation>
    </message>
    <message>
        <source>%1 of %2 posts done</source>
        <translation>已完成 %1 / %2 个帖子</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::StatusStrip</name>
    <message>
        <source>Save again</source>
        <translation>重新保存</translation>
    </message>
    <message>
        <source>Try to write the last change again</source>
        <translation>再次写入上一次更改</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagBar</name>
    <message>
        <source>Previous post</source>
        <translation>上一帖</translation>
    </message>
    <message>
        <source>Next post</source>
        <translation>下一帖</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>旗标</translation>
    </message>
    <message>
        <source>Flag this post</source>
        <translation>给该帖子加旗标</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>The post is not in the list</source>
        <translation>此帖子不在列表中</translation>
    </message>
    <message>
        <source>Post %1 of %2</source>
        <translation>第 %1 帖，共 %2 帖</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Reject the suggestion</source>
        <translation>拒绝建议</translation>
    </message>
    <message>
        <source>Delete the entity</source>
        <translation>删除实体</translation>
    </message>
    <message>
        <source>Accept the suggestion</source>
        <translation>接受建议</translation>
    </message>
    <message>
        <source>Finish the post and go on</source>
        <translation>完成帖子并继续</translation>
    </message>
    <message>
        <source>Each click: %1</source>
        <translation>每次单击：%1</translation>
    </message>
    <message>
        <source>%1 sticks. Click: end it</source>
        <translation>%1 已固定。单击：结束</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Skip this post</source>
        <translation>跳过此帖</translation>
    </message>
    <message>
        <source>What a second person says of the post</source>
        <translation>复核者对此帖的意见</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>Comments  %1</source>
        <translation>批注  %1</translation>
    </message>
    <message numerus="yes">
        <source>%n comments on this post</source>
        <translation>
            <numerusform>此帖有 %n 条批注</numerusform>
        </translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Review of this post: %1</source>
        <translation>此帖的复核：%1</translation>
    </message>
    <message>
        <source>Returned, with a comment…</source>
        <translation>附批注退回…</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>未复核</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagCanvas</name>
    <message>
        <source>Words of the post</source>
        <translation>帖子的词</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagHost</name>
    <message>
        <source>Not saved. %1</source>
        <translation>未保存。%1</translation>
    </message>
    <message>
        <source>No entity or suggestion in this post yet.</source>
        <translation>该帖子还没有实体或建议。</translation>
    </message>
    <message>
        <source>Only one thing lies under the caret.</source>
        <translation>光标下只有一项。</translation>
    </message>
    <message>
        <source>Nothing to tag here. The post is done.</source>
        <translation>此处无实体。该帖子已完成。</translation>
    </message>
    <message numerus="yes">
        <source>There is no label on this key. This project has %n labels.</source>
        <translation>
            <numerusform>该键没有对应的标签。本项目有 %n 个标签。</numerusform>
        </translation>
    </message>
    <message>
        <source>No label to repeat yet.</source>
        <translation>还没有可重复的标签。</translation>
    </message>
    <message>
        <source>Done. That was the last post of the list.</source>
        <translation>已完成。这是列表中的最后一个帖子。</translation>
    </message>
    <message>
        <source>That would overlap %1 (%2); change or delete it first.</source>
        <translation>会与 %1“%2”重叠；请先修改或删除它。</translation>
    </message>
    <message>
        <source>This post has no words.</source>
        <translation>该帖子没有词。</translation>
    </message>
    <message>
        <source>%1 suggested, %2</source>
        <translation>建议 %1，%2</translation>
    </message>
    <message>
        <source>%1 suggested</source>
        <translation>建议 %1</translation>
    </message>
    <message>
        <source>word %1</source>
        <translation>第 %1 个词</translation>
    </message>
    <message>
        <source>words %1–%2</source>
        <translation>第 %1–%2 个词</translation>
    </message>
    <message>
        <source>code points %1–%2</source>
        <translation>码点 %1–%2</translation>
    </message>
    <message>
        <source>gold ✓</source>
        <translation>金标 ✓</translation>
    </message>
    <message>
        <source>gold ✗</source>
        <translation>金标 ✗</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions</source>
        <translation>
            <numerusform>%n 条建议</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, suggested %2</source>
        <translation>%1，建议 %2</translation>
    </message>
    <message>
        <source>%1, begins %2</source>
        <translation>%1，%2 的开头</translation>
    </message>
    <message>
        <source>%1, inside %2</source>
        <translation>%1，在 %2 中</translation>
    </message>
    <message>
        <source>%1 is not a label of this project; press the key of another label, or add it on the data page.</source>
        <translation>%1 不是本项目的标签；请按其他标签的键，或在数据页添加该标签。</translation>
    </message>
    <message>
        <source>No suggestion waits in this post.</source>
        <translation>此帖没有待定的建议。</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions rejected; Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>已拒绝 %n 条建议；Ctrl+Z 可撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>No further likely name in this post.</source>
        <translation>此帖后面没有其他可能的名称了。</translation>
    </message>
    <message>
        <source>No earlier likely name in this post.</source>
        <translation>此帖前面没有其他可能的名称了。</translation>
    </message>
    <message>
        <source>Label one mention first; then A finds all that are alike.</source>
        <translation>请先标注一处提及；然后按 A 可找出所有相同的提及。</translation>
    </message>
    <message>
        <source>Nothing can be changed here now.</source>
        <translation>现在不能在此修改。</translation>
    </message>
    <message>
        <source>Put the caret on an entity: its label can be changed then.</source>
        <translation>把光标放到一个实体上，就可以修改它的标签。</translation>
    </message>
    <message>
        <source>Labels are changed while the corrected layer is edited.</source>
        <translation>请在编辑修订层时修改标签。</translation>
    </message>
    <message numerus="yes">
        <source>Labels changed, with %n entities in %1.</source>
        <translation>
            <numerusform>标签已改变，涉及%1中的 %n 个实体。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n posts</source>
        <comment>that a label is changed in</comment>
        <translation>
            <numerusform>%n 条帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels changed.</source>
        <translation>标签已改变。</translation>
    </message>
    <message>
        <source>%1 is done; Ctrl+Z takes it back.</source>
        <translation>%1 已完成；Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <source>%1 is open again; Ctrl+Z takes it back.</source>
        <translation>%1 已重新打开；Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <source>%1 is on: each click and each drag labels at once. Esc or a click on its chip ends it.</source>
        <translation>%1 已固定：每次单击和拖动都会立即标注。按 Esc 或单击其标签结束。</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions left: Enter accepts this one, %1 rejects it, %2 rejects all, %3 leaves them open, %4 accepts all and goes on.</source>
        <translation>
            <numerusform>还有 %n 条建议：Enter 接受这一条，%1 拒绝这一条，%2 全部拒绝，%3 标为完成并保留它们，%4 全部接受并到下一篇。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comments</source>
        <translation>
            <numerusform>%n 条批注</numerusform>
        </translation>
    </message>
    <message>
        <source>No further open post: from the beginning of the list again.</source>
        <translation>后面没有未完成的帖子：已从列表开头继续。</translation>
    </message>
    <message>
        <source>No earlier open post: from the end of the list again.</source>
        <translation>前面没有未完成的帖子：已从列表末尾继续。</translation>
    </message>
    <message>
        <source>No other post of the list is open.</source>
        <translation>列表中没有其他未完成的帖子。</translation>
    </message>
    <message>
        <source>No post of the list is open.</source>
        <translation>列表中没有未完成的帖子。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>an entity and its label</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>entities that are not named</comment>
        <translation>
            <numerusform>另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the entities of a list</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions</source>
        <comment>that are rejected</comment>
        <translation>
            <numerusform>%n 条建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 again deletes %n entities (%2) and marks the post done; Esc keeps them.</source>
        <translation>
            <numerusform>再按 %1 将删除 %n 个实体（%2）并把此帖标为完成；Esc 保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 again deletes %n entities (%2), rejects %3 and marks the post done; Esc keeps them.</source>
        <translation>
            <numerusform>再按 %1 将删除 %n 个实体（%2）、拒绝 %3 并把此帖标为完成；Esc 保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities deleted (%1), %2 rejected. The post is done; %3 takes it back.</source>
        <translation>
            <numerusform>已删除 %n 个实体（%1），已拒绝 %2。此帖已完成；%3 可撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities deleted (%1). The post is done; %2 takes it back.</source>
        <translation>
            <numerusform>已删除 %n 个实体（%1）。此帖已完成；%2 可撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 rejected. The post is done; %2 takes it back.</source>
        <translation>已拒绝 %1。此帖已完成；%2 可撤销。</translation>
    </message>
    <message>
        <source>%1 is skipped; %2 takes it back.</source>
        <translation>%1 已跳过；%2 可撤销。</translation>
    </message>
    <message>
        <source>%1 is open again; %2 takes it back.</source>
        <translation>%1 已重新打开；%2 可撤销。</translation>
    </message>
    <message>
        <source>Review: %1.</source>
        <translation>复核：%1。</translation>
    </message>
    <message>
        <source>Comment added.</source>
        <translation>已添加批注。</translation>
    </message>
    <message>
        <source>Comment changed.</source>
        <translation>已修改批注。</translation>
    </message>
    <message>
        <source>Comment deleted; %1 takes it back.</source>
        <translation>已删除批注；%1 可撤销。</translation>
    </message>
    <message>
        <source>The comment is gone again.</source>
        <translation>批注已撤销。</translation>
    </message>
    <message>
        <source>Status: %1.</source>
        <translation>状态：%1。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagPage</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>%Ln posts</source>
        <translation>
            <numerusform>%Ln 个帖子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln posts</source>
        <translation>
            <numerusform>%L1 / %Ln 个帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>No posts yet. Import a data set, and its posts are here to be tagged.</source>
        <translation>还没有帖子。导入数据集后即可在此标注。</translation>
    </message>
    <message>
        <source>Import data…</source>
        <translation>导入数据…</translation>
    </message>
    <message>
        <source>Suggestions of</source>
        <translation>建议来自</translation>
    </message>
    <message>
        <source>Run whose suggestions are shown</source>
        <translation>显示哪次训练的建议</translation>
    </message>
    <message>
        <source>no tags</source>
        <translation>不显示标记</translation>
    </message>
    <message>
        <source>Tags under the words</source>
        <translation>词下方的标记</translation>
    </message>
    <message>
        <source>List of keys</source>
        <translation>快捷键列表</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>帖子</translation>
    </message>
    <message>
        <source>This post has one picture.</source>
        <translation>该帖子只有一张图片。</translation>
    </message>
    <message>
        <source>This post has no picture.</source>
        <translation>该帖子没有图片。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TitleBar</name>
    <message>
        <source>Project: new, open, import, export</source>
        <translation>项目：新建、打开、导入、导出</translation>
    </message>
    <message>
        <source>Mnerva</source>
        <translation>Mnerva</translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s)</source>
        <comment>matches of the query line</comment>
        <translation>
            <numerusform>%Ln 个帖子</numerusform>
        </translation>
    </message>
    <message>
        <source>Find posts: words, label:PER, split:test … (%1)</source>
        <translation>查找帖子：词语、label:PER、split:test …（%1）</translation>
    </message>
    <message>
        <source>Conditions to choose from; each is written into the query line</source>
        <translation>可选的条件；每一项都会写入查询栏</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message numerus="yes">
        <source>%Ln so far, %1 % looked at, Esc stops</source>
        <comment>matches of the query line</comment>
        <translation>
            <numerusform>已找到 %Ln 条，已查看 %1 %，按 Esc 停止</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>已存视图</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TrainForm</name>
    <message>
        <source>None: every option at its default</source>
        <translation>无：所有选项取默认值</translation>
    </message>
    <message>
        <source>Between %1 and %2.</source>
        <translation>介于 %1 与 %2 之间。</translation>
    </message>
    <message>
        <source>A whole number is needed.</source>
        <translation>需要整数。</translation>
    </message>
    <message>
        <source>A number is needed, such as 0.3 or 3e-5.</source>
        <translation>需要数字，例如 0.3 或 3e-5。</translation>
    </message>
    <message>
        <source>Either true or false.</source>
        <translation>true 或 false。</translation>
    </message>
    <message>
        <source>One of these: %1.</source>
        <translation>可选值：%1。</translation>
    </message>
    <message>
        <source>Choose a Hugging Face folder, or “tiny” for a small random encoder.</source>
        <translation>请选择 Hugging Face 文件夹，或用“tiny”创建小型随机编码器。</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>没有这个文件夹。</translation>
    </message>
    <message>
        <source>This folder is no encoder: it lacks %1.</source>
        <translation>该文件夹不是编码器：缺少 %1。</translation>
    </message>
    <message>
        <source>Choose a torchvision ResNet file, or “random18” to try things.</source>
        <translation>请选择 torchvision ResNet 文件，或用“random18”试用。</translation>
    </message>
    <message>
        <source>This is a folder; a file is needed.</source>
        <translation>这是文件夹，需要的是文件。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>无法读取该文件。</translation>
    </message>
    <message>
        <source>This is no torchvision file (zip form) and no safetensors file.</source>
        <translation>这既不是 torchvision 文件（zip 格式），也不是 safetensors 文件。</translation>
    </message>
    <message>
        <source>There are no validation posts: the last epoch will be kept, and no F1 curve is drawn.</source>
        <translation>没有验证集帖子：将保留最后一轮，且不绘制 F1 曲线。</translation>
    </message>
    <message>
        <source>There are no test posts: the run will have no test F1.</source>
        <translation>没有测试集帖子：本次训练将没有测试 F1。</translation>
    </message>
    <message>
        <source>There are no training posts. Import a file for the train split first.</source>
        <translation>没有训练集帖子。请先导入训练集文件。</translation>
    </message>
    <message>
        <source>Choose a system.</source>
        <translation>请选择模型。</translation>
    </message>
    <message>
        <source>A device is called cpu, cuda or cuda:1.</source>
        <translation>设备名称形如 cpu、cuda 或 cuda:1。</translation>
    </message>
    <message>
        <source>A run needs a name.</source>
        <translation>训练需要名称。</translation>
    </message>
    <message>
        <source>At most 64 characters.</source>
        <translation>最多 64 个字符。</translation>
    </message>
    <message>
        <source>There is a run of this name.</source>
        <translation>已有同名训练。</translation>
    </message>
    <message>
        <source>No / \ : * ? &quot; &lt; &gt; | and nothing invisible; no dot or hyphen in front, no dot or space at the end.</source>
        <translation>不能含有 / \ : * ? &quot; &lt; &gt; | 和不可见字符；不能以点或连字符开头，不能以点或空格结尾。</translation>
    </message>
    <message>
        <source>Learning dynamics are those of one model: record them in a run without folds.</source>
        <translation>学习动态只针对一个模型：请在不分折的训练中记录。</translation>
    </message>
    <message>
        <source>There are fewer training posts than folds.</source>
        <translation>训练帖子少于折数。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>as in the paper</source>
        <translation>论文版</translation>
    </message>
    <message>
        <source>as in the public code</source>
        <translation>公开代码版</translation>
    </message>
    <message>
        <source>This system does not tell the probability of each tag, which the list of label errors needs.</source>
        <translation>该系统不给出每个标签的概率，而检查标签错误需要它。</translation>
    </message>
    <message>
        <source>a tiny encoder</source>
        <translation>tiny 编码器</translation>
    </message>
    <message>
        <source>a small encoder</source>
        <translation>小型编码器</translation>
    </message>
    <message>
        <source>an encoder like BERT-base</source>
        <translation>BERT-base 一类的编码器</translation>
    </message>
    <message>
        <source>a large encoder</source>
        <translation>大型编码器</translation>
    </message>
    <message>
        <source>For these data and this encoder “%1” would be offered.</source>
        <translation>对这些数据和该编码器，会推荐“%1”。</translation>
    </message>
    <message>
        <source>The learning rate %1 was set by hand; %2 is usual with this encoder.</source>
        <translation>学习率 %1 是手动设置的；该编码器通常用 %2。</translation>
    </message>
    <message>
        <source>The learning rate follows the encoder: %1 in place of %2, which is for %3.</source>
        <translation>学习率随编码器调整：用 %1 代替 %2，后者适用于%3。</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TrainHost</name>
    <message>
        <source>The runs could not be read.</source>
        <translation>无法读取训练列表。</translation>
    </message>
    <message>
        <source>The engine did not list its systems, so no run can be set up.</source>
        <translation>引擎没有列出可用模型，因此无法设置训练。</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
    <message>
        <source>reading pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>The run %1 failed.</source>
        <translation>训练 %1 失败。</translation>
    </message>
    <message>
        <source>The run could not be deleted.</source>
        <translation>无法删除该训练。</translation>
    </message>
    <message>
        <source>Suggestions of %1</source>
        <translation>%1 的建议</translation>
    </message>
    <message>
        <source>predicting</source>
        <translation>正在预测</translation>
    </message>
    <message>
        <source>No suggestions were made.</source>
        <translation>没有生成建议。</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>finishing epoch %L1</source>
        <translation>正在完成第 %L1 轮</translation>
    </message>
    <message>
        <source>What is left of the run %1 could not be taken away.</source>
        <translation>无法移走训练 %1 的残留文件。</translation>
    </message>
    <message>
        <source>The predictions of %1 were not stored as a layer.</source>
        <translation>%1 的预测未能存为标注层。</translation>
    </message>
    <message>
        <source>The report was not written.</source>
        <translation>报告未写入。</translation>
    </message>
    <message>
        <source>Measuring a run</source>
        <translation>测量训练</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>timing steps</source>
        <translation>正在计时</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TrainPage</name>
    <message>
        <source>Run %1: %2</source>
        <translation>训练 %1：%2</translation>
    </message>
    <message>
        <source>The suggestions of %1 are shown on the Tag page.</source>
        <translation>%1 的建议已显示在标注页。</translation>
    </message>
    <message>
        <source>Go to Tag</source>
        <translation>转到标注</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新建训练…</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>复制…</translation>
    </message>
    <message>
        <source>A new run with the settings of this one</source>
        <translation>以相同设置新建训练</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint, to the same numbers as if it had never stopped</source>
        <translation>从最后的检查点继续，结果与从未停止时完全相同</translation>
    </message>
    <message>
        <source>Use as suggestions</source>
        <translation>用作建议</translation>
    </message>
    <message>
        <source>Predicts every post with this run and shows the result while tagging</source>
        <translation>用该训练预测所有帖子，并在标注时显示结果</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练列表</translation>
    </message>
    <message>
        <source>No run yet. Train a model on this project to get suggestions and to see what it looks at.</source>
        <translation>还没有训练。在该项目上训练一个模型，即可获得建议并查看模型关注什么。</translation>
    </message>
    <message>
        <source>No project is open. Open or import one to train on it.</source>
        <translation>没有打开的项目。请打开或导入一个项目再训练。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>转到数据</translation>
    </message>
    <message>
        <source>Delete the run?</source>
        <translation>删除该训练？</translation>
    </message>
    <message>
        <source>The run %1 goes to the trash with its model, scores and log.</source>
        <translation>训练 %1 连同其模型、评分和日志将移入回收站。</translation>
    </message>
    <message>
        <source>Its suggestions stay in the project.</source>
        <translation>其建议仍保留在项目中。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>%1 is done.</source>
        <translation>%1 已完成。</translation>
    </message>
    <message>
        <source>See what it looks at</source>
        <translation>查看它关注什么</translation>
    </message>
    <message>
        <source>Train on this data?</source>
        <translation>用这些数据训练吗？</translation>
    </message>
    <message>
        <source>Train anyway</source>
        <translation>仍然训练</translation>
    </message>
    <message>
        <source>Do not train</source>
        <translation>不训练</translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>a finding as a sentence</comment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 was not started, because of what was found in its data. Train it all the same?</source>
        <translation>未启动 %1，因为数据检查发现了问题。仍要训练吗？</translation>
    </message>
    <message>
        <source>Its predictions of the test posts are the layer %1, which can be evaluated, compared and exported.</source>
        <translation>它对测试帖子的预测已存为标注层 %1，可用于评测、比较和导出。</translation>
    </message>
    <message>
        <source>Change and start again…</source>
        <translation>修改后重新开始…</translation>
    </message>
    <message>
        <source>%1 is done: %2.</source>
        <translation>%1 已完成：%2。</translation>
    </message>
    <message>
        <source>Show the test score</source>
        <translation>显示测试得分</translation>
    </message>
    <message>
        <source>%1 is done: every training post was judged by a model that had not seen it.</source>
        <translation>%1 已完成：每条训练帖子都由没有见过它的模型评判过。</translation>
    </message>
    <message>
        <source>See the label errors</source>
        <translation>查看标签错误</translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ViewsPopup</name>
    <message>
        <source>Saved views</source>
        <translation>已存视图</translation>
    </message>
    <message>
        <source>No view is saved yet. A view is a query with a name and the order of its posts; it is kept in the project.</source>
        <translation>尚未保存视图。视图是带有名称和帖子顺序的查询，保存在项目中。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Give the view another name (F2)</source>
        <translation>为视图另取名称（F2）</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Give the view the query and the order that are shown now</source>
        <translation>将视图改为当前显示的查询和顺序</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the view (Del); it can be taken back</source>
        <translation>删除视图（Del）；可以撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back the last change of the views (Ctrl+Z)</source>
        <translation>撤销对视图的最后一次修改（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Name for what is shown now</source>
        <translation>为当前显示的内容取名</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>保存视图</translation>
    </message>
    <message numerus="yes">
        <source>%n saved views cannot be read and are left out.</source>
        <translation>
            <numerusform>%n 个已存视图无法读取，已略去。</numerusform>
        </translation>
    </message>
    <message>
        <source>all posts</source>
        <translation>全部帖子</translation>
    </message>
    <message>
        <source>cannot be asked</source>
        <translation>无法查询</translation>
    </message>
    <message>
        <source>%1, %2 posts: %3</source>
        <translation>%1，%2 条帖子：%3</translation>
    </message>
</context>
<context>
    <name>options</name>
    <message>
        <source>Essential</source>
        <translation>基本</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Parts that can be left out</source>
        <translation>可去除的部分</translation>
    </message>
    <message>
        <source>Twitter-2015, as in the paper</source>
        <translation>Twitter-2015，与论文相同</translation>
    </message>
    <message>
        <source>Twitter-2017, as in the paper</source>
        <translation>Twitter-2017，与论文相同</translation>
    </message>
    <message>
        <source>WuKong, as in the paper</source>
        <translation>WuKong，与论文相同</translation>
    </message>
    <message>
        <source>Twitter-2015, as the baseline of MPCFN</source>
        <translation>Twitter-2015，按 MPCFN 论文的基线</translation>
    </message>
    <message>
        <source>Twitter-2017, as the baseline of MPCFN</source>
        <translation>Twitter-2017，按 MPCFN 论文的基线</translation>
    </message>
    <message>
        <source>WuKong, as the baseline of MPCFN</source>
        <translation>WuKong，按 MPCFN 论文的基线</translation>
    </message>
    <message>
        <source>Twitter-2015, that baseline with a fast CRF</source>
        <translation>Twitter-2015，该基线配较大的 CRF 学习率</translation>
    </message>
    <message>
        <source>Twitter-2017, that baseline with a fast CRF</source>
        <translation>Twitter-2017，该基线配较大的 CRF 学习率</translation>
    </message>
    <message>
        <source>WuKong, that baseline with a fast CRF</source>
        <translation>WuKong，该基线配较大的 CRF 学习率</translation>
    </message>
    <message>
        <source>Twitter-GMNER, entities with their regions</source>
        <translation>Twitter-GMNER，实体及其区域</translation>
    </message>
    <message>
        <source>For a large XLM-RoBERTa encoder</source>
        <translation>用于大型 XLM-RoBERTa 编码器</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often the training posts are gone through.</source>
        <translation>训练集遍历的次数。</translation>
    </message>
    <message>
        <source>posts</source>
        <translation>个帖子</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>How many posts make one step of the optimiser.</source>
        <translation>优化器每步使用的帖子数。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Learning rate of the encoder and of the fusion layers.</source>
        <translation>编码器和融合层的学习率。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Seed of all random numbers: initial weights, order of posts, dropout.</source>
        <translation>所有随机数的种子：初始权重、帖子顺序、丢弃（dropout）。</translation>
    </message>
    <message>
        <source>Learning rate of the CRF</source>
        <translation>CRF 学习率</translation>
    </message>
    <message>
        <source>Learning rate of the emission layer and the CRF; 0.001 suits small encoders better.</source>
        <translation>发射层和 CRF 的学习率；小型编码器更适合 0.001。</translation>
    </message>
    <message>
        <source>Weight decay, text</source>
        <translation>权重衰减（文本）</translation>
    </message>
    <message>
        <source>Weight decay of the text encoder.</source>
        <translation>文本编码器的权重衰减。</translation>
    </message>
    <message>
        <source>Weight decay, pictures</source>
        <translation>权重衰减（图像）</translation>
    </message>
    <message>
        <source>Weight decay of the picture and fusion layers.</source>
        <translation>图像层和融合层的权重衰减。</translation>
    </message>
    <message>
        <source>Weight decay, CRF</source>
        <translation>权重衰减（CRF）</translation>
    </message>
    <message>
        <source>Weight decay of the emission layer and the CRF.</source>
        <translation>发射层和 CRF 的权重衰减。</translation>
    </message>
    <message>
        <source>share of all steps</source>
        <translation>占总步数的比例</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0 leaves it alone, 1 is a usual value.</source>
        <translation>梯度的最大范数；0 表示不裁剪，常用值为 1。</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>First scored epoch</source>
        <translation>首个评估轮次</translation>
    </message>
    <message>
        <source>First epoch after which the validation posts are scored.</source>
        <translation>从第几轮之后开始在验证集上评估。</translation>
    </message>
    <message>
        <source>Batch when scoring</source>
        <translation>评估批大小</translation>
    </message>
    <message>
        <source>How many posts are predicted at once.</source>
        <translation>一次预测的帖子数。</translation>
    </message>
    <message>
        <source>sub-tokens</source>
        <translation>个子词</translation>
    </message>
    <message>
        <source>Longest post</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Longest post in sub-tokens; 0 takes what the encoder&apos;s positions allow.</source>
        <translation>帖子的最大子词数；0 表示取编码器位置允许的上限。</translation>
    </message>
    <message>
        <source>Texts about posts</source>
        <translation>附加文本</translation>
    </message>
    <message>
        <source>Read the texts that posts bring about themselves, such as captions, after the words.</source>
        <translation>在正文之后读取帖子附带的文本，如图片说明。</translation>
    </message>
    <message>
        <source>Two views</source>
        <translation>双视图</translation>
    </message>
    <message>
        <source>Weight of tagging alike with and without the texts about a post; 0 trains with them only.</source>
        <translation>让有无附加文本时的标注一致的权重；0 表示只用带附加文本的输入训练。</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>个线程</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Processor threads; 0 takes what suits the machine.</source>
        <translation>处理器线程数；0 表示按机器自动选择。</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>学习来源</translation>
    </message>
    <message>
        <source>Which entities are learned from: those imported, or those corrected by a person.</source>
        <translation>学习哪些实体：导入的，或人工修正的。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>BertAdam</source>
        <translation>BertAdam</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Update rule: AdamW (Adam where no weight decays), or the BertAdam of the first BERT programs.</source>
        <translation>更新规则：AdamW（无权重衰减时即 Adam），或最早 BERT 程序所用的 BertAdam。</translation>
    </message>
    <message>
        <source>linear to zero</source>
        <translation>线性降到零</translation>
    </message>
    <message>
        <source>jump of BertAdam</source>
        <translation>BertAdam 的跳变</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>× 0.8 every 2 epochs</source>
        <translation>每两轮乘以 0.8</translation>
    </message>
    <message>
        <source>Course of the learning rate</source>
        <translation>学习率走势</translation>
    </message>
    <message>
        <source>Course of the learning rate after it has risen: linear to zero, the jump of BertAdam, constant, or times 0.8 every two epochs.</source>
        <translation>学习率升到最高之后的走势：线性降到零、BertAdam 的跳变、保持不变，或每两轮乘以 0.8。</translation>
    </message>
    <message>
        <source>Decay of norms</source>
        <translation>归一化层的衰减</translation>
    </message>
    <message>
        <source>Weight decay acts on biases and layer norms too.</source>
        <translation>权重衰减也作用于偏置和层归一化。</translation>
    </message>
    <message>
        <source>New order each epoch</source>
        <translation>每轮重新打乱</translation>
    </message>
    <message>
        <source>Go through the training posts in a new order each epoch.</source>
        <translation>每一轮都以新的顺序遍历训练帖子。</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>on disk</source>
        <translation>在磁盘上</translation>
    </message>
    <message>
        <source>in memory</source>
        <translation>在内存中</translation>
    </message>
    <message>
        <source>Picture features</source>
        <translation>图片特征</translation>
    </message>
    <message>
        <source>Where frozen picture features are kept; automatic writes them to disk while they are small.</source>
        <translation>冻结的图片特征保存在哪里；自动模式在特征较小时写入磁盘。</translation>
    </message>
    <message>
        <source>single (32 bits)</source>
        <translation>单精度（32 位）</translation>
    </message>
    <message>
        <source>half (16 bits)</source>
        <translation>半精度（16 位）</translation>
    </message>
    <message>
        <source>Precision of features</source>
        <translation>特征精度</translation>
    </message>
    <message>
        <source>Precision in which picture features are kept; half precision needs half the room.</source>
        <translation>保存图片特征的精度；半精度只需一半空间。</translation>
    </message>
    <message>
        <source>Boxes as crops</source>
        <translation>以框代替裁剪图</translation>
    </message>
    <message>
        <source>Where a post has no crops, cut its boxes out of the picture in their place.</source>
        <translation>帖子没有裁剪图时，改用从图片中按框裁出的部分。</translation>
    </message>
    <message>
        <source>One scale of cells</source>
        <translation>格子统一尺度</translation>
    </message>
    <message>
        <source>Bring the features of the picture&apos;s cells to one scale first; for random ResNets.</source>
        <translation>先把图片格子的特征变到同一尺度；用于随机 ResNet。</translation>
    </message>
    <message>
        <source>Difference of cells</source>
        <translation>格子间的差异</translation>
    </message>
    <message>
        <source>Leave of the features of the picture&apos;s cells only what tells the cells apart; for random ResNets.</source>
        <translation>只保留图片各格特征中区分各格的部分；用于随机 ResNet。</translation>
    </message>
    <message>
        <source>share of the words</source>
        <translation>词的比例</translation>
    </message>
    <message>
        <source>Word dropout</source>
        <translation>词丢弃</translation>
    </message>
    <message>
        <source>Share of the words whose vectors are blanked out in training; large encoders like 0.1 to 0.3.</source>
        <translation>训练时向量被置零的词的比例；大型编码器宜用 0.1 到 0.3。</translation>
    </message>
    <message>
        <source>Frozen picture network</source>
        <translation>冻结图像网络</translation>
    </message>
    <message>
        <source>Leave the picture network as it is; otherwise it learns with the rest, which is many times slower.</source>
        <translation>保持图像网络不变；否则它随其余部分一起学习，速度会慢许多倍。</translation>
    </message>
    <message>
        <source>Statistics of the batch</source>
        <translation>使用批次统计量</translation>
    </message>
    <message>
        <source>A picture network that learns normalises by the batch at hand instead of by what it was trained with.</source>
        <translation>可学习的图像网络用当前批次的统计量归一化，而不用预训练时的统计量。</translation>
    </message>
    <message>
        <source>seqeval, lenient</source>
        <translation>seqeval 宽松</translation>
    </message>
    <message>
        <source>CoNLL, strict</source>
        <translation>CoNLL 严格</translation>
    </message>
    <message>
        <source>special tags as O</source>
        <translation>特殊标签计为 O</translation>
    </message>
    <message>
        <source>Scoring rule</source>
        <translation>评分规则</translation>
    </message>
    <message>
        <source>Rule by which the validation and test posts are scored; the best epoch depends on it.</source>
        <translation>验证和测试帖子的评分规则；最佳轮次由它决定。</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失值</translation>
    </message>
    <message>
        <source>Flood level</source>
        <translation>flooding 水平</translation>
    </message>
    <message>
        <source>Flood level: training holds the loss near this value instead of zero; 0 switches it off.</source>
        <translation>flooding 水平：训练将损失保持在该值附近，而不是降到零；0 表示关闭。</translation>
    </message>
    <message>
        <source>units</source>
        <translation>个单元</translation>
    </message>
    <message>
        <source>Tiny encoder: width</source>
        <translation>tiny 编码器：宽度</translation>
    </message>
    <message>
        <source>Width of the tiny text encoder.</source>
        <translation>文本编码器 tiny 的宽度。</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Tiny encoder: layers</source>
        <translation>tiny 编码器：层数</translation>
    </message>
    <message>
        <source>Layers of the tiny text encoder.</source>
        <translation>文本编码器 tiny 的层数。</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>个头</translation>
    </message>
    <message>
        <source>Tiny encoder: heads</source>
        <translation>tiny 编码器：头数</translation>
    </message>
    <message>
        <source>Attention heads in each layer of the tiny text encoder.</source>
        <translation>文本编码器 tiny 每层的注意力头数。</translation>
    </message>
    <message>
        <source>Relation file</source>
        <translation>关系文件</translation>
    </message>
    <message>
        <source>File that says of pictures and texts whether the picture adds to the text: a line holds the picture&apos;s path, the text and 0 or 1, with tabs between; empty: none.</source>
        <translation>说明图片是否补充文本的文件：每行为图片路径、文本和 0 或 1，以制表符分隔；留空表示没有。</translation>
    </message>
    <message>
        <source>Weight of relations</source>
        <translation>关系损失的权重</translation>
    </message>
    <message>
        <source>Weight of the loss that is learned from that file.</source>
        <translation>从该文件学习的损失的权重。</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>first sub-token</source>
        <translation>第一个子词</translation>
    </message>
    <message>
        <source>Words from sub-tokens</source>
        <translation>由子词得到词向量</translation>
    </message>
    <message>
        <source>parts</source>
        <translation>个部分</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>图片的部分</translation>
    </message>
    <message>
        <source>How many parts of the picture are read; the whole picture stands for those that lack.</source>
        <translation>读取图片的多少个部分；不足时用整张图片代替。</translation>
    </message>
    <message>
        <source>Graph: layers</source>
        <translation>图结构：层数</translation>
    </message>
    <message>
        <source>Layers of the graph of words and parts of the picture.</source>
        <translation>由词和图片各部分组成的图的层数。</translation>
    </message>
    <message>
        <source>Graph: width</source>
        <translation>图：宽度</translation>
    </message>
    <message>
        <source>Width of the graph&apos;s nodes.</source>
        <translation>图节点的宽度。</translation>
    </message>
    <message>
        <source>Graph: heads</source>
        <translation>图：头数</translation>
    </message>
    <message>
        <source>Attention heads of the graph&apos;s layers.</source>
        <translation>图各层的注意力头数。</translation>
    </message>
    <message>
        <source>share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Graph: dropout</source>
        <translation>图：丢弃率</translation>
    </message>
    <message>
        <source>Share of values that training leaves out in the graph.</source>
        <translation>训练时在图中丢弃的值的比例。</translation>
    </message>
    <message>
        <source>Width of the ResNet&apos;s new layer</source>
        <translation>ResNet 新层的宽度</translation>
    </message>
    <message>
        <source>Width of the layer that stands in for the ResNet&apos;s last.</source>
        <translation>代替 ResNet 最后一层的层的宽度。</translation>
    </message>
    <message>
        <source>One scale of parts</source>
        <translation>各部分统一尺度</translation>
    </message>
    <message>
        <source>Bring features of the picture&apos;s parts to one scale first; for random ResNets.</source>
        <translation>先把图片各部分的特征变到同一尺度；用于随机 ResNet。</translation>
    </message>
    <message>
        <source>Loss summed over posts</source>
        <translation>损失按帖求和</translation>
    </message>
    <message>
        <source>Sum the loss over the posts of a batch instead of taking their mean.</source>
        <translation>对批次中各帖的损失求和，而不取平均。</translation>
    </message>
    <message>
        <source>UMGF: a graph of words and parts of the picture, a gate for each pair</source>
        <translation>UMGF：由词和图片各部分组成的图，每一对都有门控</translation>
    </message>
    <message>
        <source>crops</source>
        <translation>个裁剪图</translation>
    </message>
    <message>
        <source>Object crops</source>
        <translation>目标裁剪图</translation>
    </message>
    <message>
        <source>How many object crops of a post are used.</source>
        <translation>每个帖子使用的目标裁剪图数量。</translation>
    </message>
    <message>
        <source>Width of the prompts&apos; layer</source>
        <translation>提示层宽度</translation>
    </message>
    <message>
        <source>Width of the hidden layer that makes prompts of picture features.</source>
        <translation>把图片特征变成提示的隐藏层的宽度。</translation>
    </message>
    <message>
        <source>One scale of prompts</source>
        <translation>统一提示的尺度</translation>
    </message>
    <message>
        <source>Bring picture features to one scale before they become prompts; for random ResNets.</source>
        <translation>图片特征变成提示之前先统一尺度；适用于随机权重的 ResNet。</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>个标签</translation>
    </message>
    <message>
        <source>Labels of objects</source>
        <translation>目标标签</translation>
    </message>
    <message>
        <source>How many labels of objects in the picture are read, best first.</source>
        <translation>最多读取图片中多少个目标标签，最可信的优先。</translation>
    </message>
    <message>
        <source>Vectors to find like words</source>
        <translation>查找相似词的词向量</translation>
    </message>
    <message>
        <source>File of word vectors, word2vec text or binary, from which like words are found; empty takes the encoder&apos;s own.</source>
        <translation>word2vec 文本或二进制格式的词向量文件，用来寻找相近的词；留空则使用编码器自身的向量。</translation>
    </message>
    <message>
        <source>Dropout where joined</source>
        <translation>合并处的丢弃率</translation>
    </message>
    <message>
        <source>Share of values that training leaves out where what was read is joined.</source>
        <translation>训练时在合并处丢弃的值的比例。</translation>
    </message>
    <message>
        <source>gates</source>
        <translation>门控</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>拼接</translation>
    </message>
    <message>
        <source>attention, our own</source>
        <translation>注意力（自有）</translation>
    </message>
    <message>
        <source>attention of the public code</source>
        <translation>公开代码的注意力</translation>
    </message>
    <message>
        <source>Way of joining</source>
        <translation>合并方式</translation>
    </message>
    <message>
        <source>How what words read and what is read of them are joined: by gates, side by side, by an attention of our own, or by that of the public code.</source>
        <translation>如何合并词读到的内容与读词得到的内容：门控、拼接、我们自己的注意力，或公开代码的注意力。</translation>
    </message>
    <message>
        <source>Like words</source>
        <translation>相近的词</translation>
    </message>
    <message>
        <source>Add to each word the vectors of the words most like it.</source>
        <translation>给每个词加上与它最相近的词的向量。</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>Use the post&apos;s whole picture.</source>
        <translation>使用帖子的整张图片。</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>目标标签</translation>
    </message>
    <message>
        <source>Use the labels of the objects in the picture.</source>
        <translation>使用图片中目标的标签。</translation>
    </message>
    <message>
        <source>Second task</source>
        <translation>辅助任务</translation>
    </message>
    <message>
        <source>Learn the second task, that of finding where names begin.</source>
        <translation>学习辅助任务，即找出名称从何处开始。</translation>
    </message>
    <message>
        <source>MGCMT: UMT with words like the post&apos;s own and the labels of objects</source>
        <translation>MGCMT：UMT 加上相近词和目标标签</translation>
    </message>
    <message>
        <source>Fusion layers</source>
        <translation>融合层数</translation>
    </message>
    <message>
        <source>Number of cross-modal fusion layers; 0 takes the smaller of 3 and the encoder&apos;s layers.</source>
        <translation>跨模态融合层的数量；0 表示取 3 与编码器层数中的较小者。</translation>
    </message>
    <message>
        <source>Gate layers</source>
        <translation>门控层数</translation>
    </message>
    <message>
        <source>Encoder layers of the correlation gate&apos;s joint pass; 0 takes all, fewer is faster.</source>
        <translation>相关性门控联合编码所用的编码器层数；0 表示全部，越少越快。</translation>
    </message>
    <message>
        <source>the text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>a copy of its own</source>
        <translation>自己的副本</translation>
    </message>
    <message>
        <source>Encoder of the gate</source>
        <translation>门控编码器</translation>
    </message>
    <message>
        <source>Whether the correlation gate reads with the text encoder or with a copy of its own.</source>
        <translation>相关性门控使用文本编码器，还是使用自己的副本。</translation>
    </message>
    <message>
        <source>behind the post</source>
        <translation>紧跟帖子</translation>
    </message>
    <message>
        <source>behind the longest</source>
        <translation>最长帖子之后</translation>
    </message>
    <message>
        <source>Place of the cells</source>
        <translation>格子的位置</translation>
    </message>
    <message>
        <source>Where the picture&apos;s cells stand for the correlation gate: behind the post&apos;s last sub-token, or behind the longest post of the batch as in runs of version 0.1.</source>
        <translation>图片网格在相关性门控中的位置：紧跟该帖子的最后一个子词，或像 0.1 版的训练那样排在批次中最长帖子之后。</translation>
    </message>
    <message>
        <source>How many object crops of a picture are used.</source>
        <translation>使用一张图片的多少个目标裁剪。</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>张图片</translation>
    </message>
    <message>
        <source>Pictures of a post</source>
        <translation>每帖图片数</translation>
    </message>
    <message>
        <source>How many pictures of a post, or frames of a clip, are used; of more, some evenly spread.</source>
        <translation>使用一个帖子的多少张图片（或短片的多少帧）；更多时均匀选取。</translation>
    </message>
    <message>
        <source>Rows per crop</source>
        <translation>每个裁剪图的行数</translation>
    </message>
    <message>
        <source>How many rows one object crop contributes.</source>
        <translation>一个目标裁剪图提供的特征行数。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>encoder&apos;s blocks</source>
        <translation>编码器的末几层</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Start of the fusion layers</source>
        <translation>融合层初值</translation>
    </message>
    <message>
        <source>Whether the fusion layers start from the encoder&apos;s last blocks or from small random numbers.</source>
        <translation>融合层从编码器的最后几层开始，还是从小随机数开始。</translation>
    </message>
    <message>
        <source>uniform by fan-in</source>
        <translation>按输入数均匀分布</translation>
    </message>
    <message>
        <source>small, normal</source>
        <translation>小的正态分布</translation>
    </message>
    <message>
        <source>Start of other layers</source>
        <translation>其他层初值</translation>
    </message>
    <message>
        <source>Start values of the other new layers: uniform by fan-in, or small normal numbers.</source>
        <translation>其他新层的初值：按输入数均匀分布，或小的正态随机数。</translation>
    </message>
    <message>
        <source>Text only</source>
        <translation>仅文本</translation>
    </message>
    <message>
        <source>Leave the pictures out and tag by the text alone.</source>
        <translation>不用图片，只根据文字标注。</translation>
    </message>
    <message>
        <source>Correlation gate</source>
        <translation>相关性门控</translation>
    </message>
    <message>
        <source>Correlation gate: weigh each picture by how well it fits the text.</source>
        <translation>相关性门控：按图片与文字的相关程度为其加权。</translation>
    </message>
    <message>
        <source>Cross fusion</source>
        <translation>交叉融合</translation>
    </message>
    <message>
        <source>Cross fusion: words and picture cells attend to each other.</source>
        <translation>交叉融合：词与图片格子相互关注。</translation>
    </message>
    <message>
        <source>Crops</source>
        <translation>裁剪图</translation>
    </message>
    <message>
        <source>Use the object crops.</source>
        <translation>使用目标裁剪图。</translation>
    </message>
    <message>
        <source>MPCFN: multilevel pictures with correlation gate and cross fusion</source>
        <translation>MPCFN：带相关性门控与交叉融合的多级图像网络</translation>
    </message>
    <message>
        <source>Length to which every post is padded or cut, in sub-tokens, because padding counts here; 0 takes what the encoder&apos;s positions allow.</source>
        <translation>每个帖子补齐或截断到的子词长度，因为此处补齐位置会影响结果；0 表示编码器允许的最大长度。</translation>
    </message>
    <message>
        <source>ResNet of the prompts</source>
        <translation>提示用 ResNet</translation>
    </message>
    <message>
        <source>ResNet that turns pictures into prompts: a file, or random18 to random152; empty takes that of the picture&apos;s cells.</source>
        <translation>把图片变成提示的 ResNet：文件，或 random18 至 random152；留空则使用格子的那个。</translation>
    </message>
    <message>
        <source>Correlation gate: say how well the picture fits the text. Nothing trains it, and it changes no tag unless the gated picture stands before the words.</source>
        <translation>相关性门控：判断图片与文本是否相符。它不参与训练，除非打开“词前加入门控图片”，否则不改变任何标签。</translation>
    </message>
    <message>
        <source>Cross fusion: picture cells that read the words join the words.</source>
        <translation>交叉融合：读取了词的图片格子与词合并。</translation>
    </message>
    <message>
        <source>Gated picture before the words</source>
        <translation>词前加入门控图片</translation>
    </message>
    <message>
        <source>Words read the gated post picture besides the crops, which the public code prepares but leaves out; slow, since gated pictures go through the ResNet in every step.</source>
        <translation>词除裁剪外还读取门控后的帖子图片；公开代码准备了它却没有使用。较慢，因为每一步都要让图片再过一次 ResNet。</translation>
    </message>
    <message>
        <source>HVPNeT: pictures as prompts before each encoder layer</source>
        <translation>HVPNeT：图片作为每个编码层之前的提示</translation>
    </message>
    <message>
        <source>BERT, new decoder</source>
        <translation>BERT 加新解码器</translation>
    </message>
    <message>
        <source>BART</source>
        <translation>BART</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>主干</translation>
    </message>
    <message>
        <source>What reads and writes: any BERT with a new decoder, or a BART.</source>
        <translation>负责读取和生成的模型：任意 BERT 加新的解码器，或 BART。</translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation>解码器层数</translation>
    </message>
    <message>
        <source>Layers of the new decoder that a BERT gets; a BART has its own.</source>
        <translation>BERT 新增解码器的层数；BART 自带解码器。</translation>
    </message>
    <message>
        <source>Ground in regions</source>
        <translation>定位到区域</translation>
    </message>
    <message>
        <source>Also say which region of the picture shows each entity; learned from boxes of entities.</source>
        <translation>同时指出图片中哪个区域表示每个实体；从实体的框学习。</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>个区域</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域数</translation>
    </message>
    <message>
        <source>How many regions of a picture are read at most.</source>
        <translation>最多读取图片的多少个区域。</translation>
    </message>
    <message>
        <source>One length of regions</source>
        <translation>区域统一长度</translation>
    </message>
    <message>
        <source>Divide the features of a post&apos;s regions by their common length, so that no ResNet is too loud.</source>
        <translation>把一个帖子的区域特征除以共同长度，以免某个 ResNet 过强。</translation>
    </message>
    <message>
        <source>One scale of regions</source>
        <translation>区域统一尺度</translation>
    </message>
    <message>
        <source>Bring the features of each region to one scale first; for random ResNets.</source>
        <translation>先把每个区域的特征变到同一尺度；用于随机 ResNet。</translation>
    </message>
    <message>
        <source>divergence</source>
        <translation>散度</translation>
    </message>
    <message>
        <source>each on its own</source>
        <translation>逐个判断</translation>
    </message>
    <message>
        <source>Loss of the regions</source>
        <translation>区域损失</translation>
    </message>
    <message>
        <source>Loss of the regions: divergence from the shares of overlap, or each region on its own.</source>
        <translation>区域的损失：与重叠比例的散度，或逐个区域判断。</translation>
    </message>
    <message>
        <source>Weight of the regions&apos; loss</source>
        <translation>区域损失的权重</translation>
    </message>
    <message>
        <source>Weight of the regions&apos; loss beside that of the words and types.</source>
        <translation>区域损失相对于词和类型损失的权重。</translation>
    </message>
    <message>
        <source>Dropout of pointers</source>
        <translation>指针丢弃率</translation>
    </message>
    <message>
        <source>Dropout where the decoder compares its state with words, types and regions.</source>
        <translation>解码器把状态与词、类型和区域比较时的丢弃率。</translation>
    </message>
    <message>
        <source>Score missing regions</source>
        <translation>为缺少的区域打分</translation>
    </message>
    <message>
        <source>Mask of the public code</source>
        <translation>公开代码的掩码</translation>
    </message>
    <message>
        <source>Hide the regions from the encoder&apos;s attention, as the public code does by mistake.</source>
        <translation>像公开代码那样（误）对编码器的注意力隐藏区域。</translation>
    </message>
    <message>
        <source>H-Index: writes entities as a sequence and points at the regions that show them</source>
        <translation>H-Index：把实体写成序列，并指出表示它们的区域</translation>
    </message>
    <message>
        <source>Layers, words read cells</source>
        <translation>层数：词看图格</translation>
    </message>
    <message>
        <source>Layers through which words read the picture&apos;s cells; the last makes the heat map.</source>
        <translation>词读取图片各格所经过的层数；热图取自最后一层。</translation>
    </message>
    <message>
        <source>Layers, cells read words</source>
        <translation>层数：图格看词</translation>
    </message>
    <message>
        <source>Layers through which the picture&apos;s cells read the words.</source>
        <translation>图片各格读取词所经过的层数。</translation>
    </message>
    <message>
        <source>Layers, words read seen words</source>
        <translation>层数：词看图格所读</translation>
    </message>
    <message>
        <source>Layers through which words read what the picture&apos;s cells read.</source>
        <translation>词读取“图格所读内容”所经过的层数。</translation>
    </message>
    <message>
        <source>Weight of the second loss</source>
        <translation>辅助损失的权重</translation>
    </message>
    <message>
        <source>Weight of the second loss, that of tagging where names begin and go on by the text alone.</source>
        <translation>辅助损失的权重：只凭文本标出名称的起始与延续。</translation>
    </message>
    <message>
        <source>BERT: the text alone, each tag for itself</source>
        <translation>BERT：只看文本，各标签独立判断</translation>
    </message>
    <message>
        <source>BERT-CRF: the text alone, tags that fit each other</source>
        <translation>BERT-CRF：只看文本，标签前后协调</translation>
    </message>
    <message>
        <source>by probability</source>
        <translation>按概率</translation>
    </message>
    <message>
        <source>all or nothing</source>
        <translation>全有或全无</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>不控制</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>门控</translation>
    </message>
    <message>
        <source>How the picture is weighed by how much it adds to the text: by its probability, all or nothing, or not at all.</source>
        <translation>按图片对文本的补充程度决定读取多少：按概率、全有或全无，或不控制。</translation>
    </message>
    <message>
        <source>Where the picture&apos;s cells stand: behind the post&apos;s last sub-token, or behind the longest post of the batch as in the public code.</source>
        <translation>图片格子放在何处：紧跟帖子的最后一个子词，或如公开代码那样放在批次中最长帖子之后。</translation>
    </message>
    <message>
        <source>BiLSTM: layers</source>
        <translation>BiLSTM 层数</translation>
    </message>
    <message>
        <source>Layers of the BiLSTM that reads the words&apos; vectors.</source>
        <translation>读取词向量的 BiLSTM 的层数。</translation>
    </message>
    <message>
        <source>BiLSTM: width</source>
        <translation>BiLSTM 宽度</translation>
    </message>
    <message>
        <source>Width of the BiLSTM in each of its two directions.</source>
        <translation>BiLSTM 每个方向的宽度。</translation>
    </message>
    <message>
        <source>BiLSTM: dropout</source>
        <translation>BiLSTM 丢弃率</translation>
    </message>
    <message>
        <source>Share of the values before, between and behind the BiLSTM&apos;s layers that training drops.</source>
        <translation>训练时在 BiLSTM 各层之前、之间和之后丢弃的值的比例。</translation>
    </message>
    <message>
        <source>Word vectors beside the encoder</source>
        <translation>编码器之外的词向量</translation>
    </message>
    <message>
        <source>File with vectors of words (word2vec, GloVe, fastText) that stand beside the encoder&apos;s; words it does not have get zeros; empty: none.</source>
        <translation>词向量文件（word2vec、GloVe、fastText），与编码器的词向量并用；文件中没有的词取零向量；留空则不用。</translation>
    </message>
    <message>
        <source>Odd words as unknown</source>
        <translation>异常词视为未知</translation>
    </message>
    <message>
        <source>Read white space, joiners, variation selectors and t.co links as unknown words.</source>
        <translation>把空白、连接符、变体选择符和 t.co 链接当作未知词。</translation>
    </message>
    <message>
        <source>RpBERT: how much the picture adds to the text decides how much of it is read</source>
        <translation>RpBERT：图片对文本的补充程度决定读取多少图片</translation>
    </message>
    <message>
        <source>Share of the second task</source>
        <translation>辅助任务的占比</translation>
    </message>
    <message>
        <source>Share that the second tagging task has in the emissions of the first.</source>
        <translation>辅助标注任务在主任务发射分数中所占的比例。</translation>
    </message>
    <message>
        <source>UMT: words and picture read each other, a second task finds the spans</source>
        <translation>UMT：词与图片互相读取，辅助任务找出跨度</translation>
    </message>
    <message>
        <source>Learning dynamics</source>
        <translation>学习动态</translation>
    </message>
    <message>
        <source>Share of the steps over which the learning rate rises; then it follows its course.</source>
        <translation>学习率上升所占的步数比例；之后按其变化方式进行。</translation>
    </message>
    <message>
        <source>not clipped</source>
        <translation>不裁剪</translation>
    </message>
    <message>
        <source>as the encoder allows</source>
        <translation>以编码器为限</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>imported entities</source>
        <translation>导入的实体</translation>
    </message>
    <message>
        <source>corrected entities</source>
        <translation>修正后的实体</translation>
    </message>
    <message>
        <source>Record after each epoch how likely every training entity is to the model, for the list of label errors; an epoch takes a third longer, with a tiny encoder up to twice as long.</source>
        <translation>每轮之后记录模型认为每个训练实体有多可能，用于检查标签错误；每轮耗时增加三分之一，小型编码器最多加倍。</translation>
    </message>
    <message>
        <source>Learning rate, output layer</source>
        <translation>输出层学习率</translation>
    </message>
    <message>
        <source>Learning rate of the emission layer; 0.001 suits small encoders better.</source>
        <translation>发射层的学习率；小型编码器更适合 0.001。</translation>
    </message>
    <message>
        <source>Weight decay, output layer</source>
        <translation>权重衰减（输出层）</translation>
    </message>
    <message>
        <source>Weight decay of the emission layer.</source>
        <translation>发射层的权重衰减。</translation>
    </message>
    <message>
        <source>Learning rate of the text encoder, and of the picture network where it learns.</source>
        <translation>文本编码器的学习率；图像网络参与学习时也用它。</translation>
    </message>
    <message>
        <source>Learning rate, upper layers</source>
        <translation>上层学习率</translation>
    </message>
    <message>
        <source>Learning rate of all layers over the encoder, the CRF among them.</source>
        <translation>编码器之上各层（包括 CRF）的学习率。</translation>
    </message>
    <message>
        <source>Weight decay of the picture network where it learns.</source>
        <translation>图像网络参与学习时的权重衰减。</translation>
    </message>
    <message>
        <source>Weight decay, upper layers</source>
        <translation>权重衰减（上层）</translation>
    </message>
    <message>
        <source>Weight decay of all layers over the encoder, the CRF among them.</source>
        <translation>编码器之上各层（包括 CRF）的权重衰减。</translation>
    </message>
    <message>
        <source>Learning rate of the text encoder.</source>
        <translation>文本编码器的学习率。</translation>
    </message>
    <message>
        <source>Learning rate of the encoder, of the decoder and of the picture layers.</source>
        <translation>编码器、解码器和图像层的学习率。</translation>
    </message>
    <message>
        <source>Weight decay, decoder</source>
        <translation>权重衰减（解码器）</translation>
    </message>
    <message>
        <source>Weight decay of the decoder and of the picture layers.</source>
        <translation>解码器和图像层的权重衰减。</translation>
    </message>
    <message>
        <source>every sub-token alone</source>
        <translation>每个子词单独标注</translation>
    </message>
    <message>
        <source>How the vectors of a word&apos;s sub-tokens become the word&apos;s vector; or else every sub-token is tagged alone.</source>
        <translation>一个词的各子词向量如何合成该词的向量；或者每个子词单独标注。</translation>
    </message>
    <message>
        <source>Also score the places of regions that a post lacks, as the public code does; one of them is never right.</source>
        <translation>像公开代码那样，也为帖子所缺的区域位置打分；其中任何一个都不会是正确答案。</translation>
    </message>
    <message>
        <source>3, or as many as the encoder has</source>
        <translation>3 层，不超过编码器层数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>32 bits (fp32)</source>
        <translation>32 位（fp32）</translation>
    </message>
    <message>
        <source>16 bits (bf16)</source>
        <translation>16 位（bf16）</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>数值格式</translation>
    </message>
    <message>
        <source>posts of like length</source>
        <translation>长度相近的帖子</translation>
    </message>
    <message>
        <source>as they come</source>
        <translation>按随机顺序</translation>
    </message>
    <message>
        <source>Posts of a batch</source>
        <translation>批次中的帖子</translation>
    </message>
    <message>
        <source>Which posts share a batch. Posts of like length need little padding; the order of the batches is random all the same.</source>
        <translation>哪些帖子组成一个批次。长度相近的帖子几乎不需要填充；批次的顺序仍是随机的。</translation>
    </message>
    <message>
        <source>For the sample project and tiny encoders</source>
        <translation>用于示例项目和很小的编码器</translation>
    </message>
    <message>
        <source>16 bits (fp16)</source>
        <translation>16 位（fp16）</translation>
    </message>
    <message>
        <source>Numbers that matrix products multiply. bf16 is about twice as fast on processors that have it (see: mnerva-cli doctor); fp16 is for graphics cards that lack bf16. Sums and weights have 32 bits in all.</source>
        <translation>矩阵乘法使用的数值格式。在支持 bf16 的处理器上大约快一倍（见 mnerva-cli doctor）；fp16 用于不支持 bf16 的显卡。求和与权重始终为 32 位。</translation>
    </message>
</context>
<context>
    <name>query</name>
    <message>
        <source>There is no field “{0}”. Fields are {1}. To find these letters, put them in quotes.</source>
        <translation>没有字段“{0}”。可用的字段有：{1}。要查找这些字母本身，请加引号。</translation>
    </message>
    <message>
        <source>“{0}” needs a value: {1}.</source>
        <translation>“{0}”需要一个值：{1}。</translation>
    </message>
    <message>
        <source>“{0}” is no value of “{1}”. It takes {2}.</source>
        <translation>“{0}”不是“{1}”的值。可用的值有：{2}。</translation>
    </message>
    <message>
        <source>“{0}” is compared with a number by &lt;, &lt;=, =, !=, &gt;= or &gt;.</source>
        <translation>“{0}”要用 &lt;、&lt;=、=、!=、&gt;= 或 &gt; 与数字比较。</translation>
    </message>
    <message>
        <source>“{0}” is no number that “{1}” can be compared with: {2}.</source>
        <translation>“{1}”不能与“{0}”比较，应为：{2}。</translation>
    </message>
    <message>
        <source>“{0}” needs names in parentheses, as in {1}.</source>
        <translation>“{0}”后面需要用括号写出名称，例如 {1}。</translation>
    </message>
    <message>
        <source>“{0}” has too many names. It is written as in {1}.</source>
        <translation>“{0}”的名称过多，写法例如 {1}。</translation>
    </message>
    <message>
        <source>The quotes that begin here do not end.</source>
        <translation>从这里开始的引号没有结束。</translation>
    </message>
    <message>
        <source>There is nothing between these quotes.</source>
        <translation>引号之间没有内容。</translation>
    </message>
    <message>
        <source>The parenthesis that opens here is not closed.</source>
        <translation>这里的左括号没有配对的右括号。</translation>
    </message>
    <message>
        <source>This parenthesis closes nothing. To find the sign itself, put it in quotes.</source>
        <translation>这个右括号没有配对的左括号。要查找这个符号本身，请加引号。</translation>
    </message>
    <message>
        <source>There is nothing in these parentheses.</source>
        <translation>括号里没有内容。</translation>
    </message>
    <message>
        <source>A condition is missing at “{0}”. To find the word itself, put it in quotes.</source>
        <translation>“{0}”处缺少条件。要查找这个词本身，请加引号。</translation>
    </message>
    <message>
        <source>Conditions are nested deeper than {0} levels here.</source>
        <translation>这里的条件嵌套超过 {0} 层。</translation>
    </message>
    <message>
        <source>The query has {0} characters; {1} are read.</source>
        <translation>查询有 {0} 个字符，最多读取 {1} 个。</translation>
    </message>
    <message>
        <source>There is no layer “{0}”. Layers are {1}.</source>
        <translation>没有标注层“{0}”。现有的标注层：{1}。</translation>
    </message>
    <message>
        <source>“{0}” is no run. Runs with predictions are: {1}.</source>
        <translation>“{0}”不是训练。有预测的训练：{1}。</translation>
    </message>
    <message>
        <source>There is no label “{0}”. Labels are {1}.</source>
        <translation>没有标签“{0}”。现有的标签：{1}。</translation>
    </message>
    <message>
        <source>The run “{0}” has no file influence.json, which says what pictures did to its answers.</source>
        <translation>训练“{0}”没有 influence.json 文件，该文件记录图片对其结果的影响。</translation>
    </message>
    <message>
        <source>A blind layer is being made: posts are found by their words, not by “{0}”.</source>
        <translation>正在进行盲标：只能按词查找帖子，不能按“{0}”查找。</translation>
    </message>
    <message>
        <source>The layer “{0}” does not say where in the picture its entities are.</source>
        <translation>标注层“{0}”没有说明其实体在图片中的位置。</translation>
    </message>
</context>
<context>
    <name>scores</name>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>words of the entity</source>
        <translation>实体词数</translation>
    </message>
    <message>
        <source>characters of the entity</source>
        <translation>实体字符数</translation>
    </message>
    <message>
        <source>place in the post</source>
        <translation>在帖子中的位置</translation>
    </message>
    <message>
        <source>capital letters</source>
        <translation>大写字母</translation>
    </message>
    <message>
        <source>consistency of the string in training</source>
        <translation>字符串在训练集中的一致性</translation>
    </message>
    <message>
        <source>times an entity in training</source>
        <translation>训练集中作为实体的次数</translation>
    </message>
    <message>
        <source>seen in training</source>
        <translation>训练集中是否见过</translation>
    </message>
    <message>
        <source>in a hashtag</source>
        <translation>在话题标签中</translation>
    </message>
    <message>
        <source>after @</source>
        <translation>在 @ 之后</translation>
    </message>
    <message>
        <source>script</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>emoji within two words</source>
        <translation>两词之内有表情符号</translation>
    </message>
    <message>
        <source>with a box in the picture</source>
        <translation>图片中有框</translation>
    </message>
    <message>
        <source>words of the post</source>
        <translation>帖子词数</translation>
    </message>
    <message>
        <source>share of entity words</source>
        <translation>实体词占比</translation>
    </message>
    <message>
        <source>words unseen in training</source>
        <translation>训练集中未见的词</translation>
    </message>
    <message>
        <source>mean frequency rank of the words</source>
        <translation>词的平均频率名次</translation>
    </message>
    <message>
        <source>with a picture</source>
        <translation>有图片</translation>
    </message>
    <message>
        <source>number of pictures</source>
        <translation>图片数</translation>
    </message>
    <message>
        <source>no capital</source>
        <translation>无大写</translation>
    </message>
    <message>
        <source>all capitals</source>
        <translation>全大写</translation>
    </message>
    <message>
        <source>first capital</source>
        <translation>首字母大写</translation>
    </message>
    <message>
        <source>capitals inside</source>
        <translation>中间有大写</translation>
    </message>
    <message>
        <source>never an entity</source>
        <translation>从未是实体</translation>
    </message>
    <message>
        <source>with this type only</source>
        <translation>仅此类型</translation>
    </message>
    <message>
        <source>with another type</source>
        <translation>有其他类型</translation>
    </message>
    <message>
        <source>Latin</source>
        <translation>拉丁文</translation>
    </message>
    <message>
        <source>Han</source>
        <translation>汉字</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>seqeval, lenient</source>
        <translation>seqeval 宽松</translation>
    </message>
    <message>
        <source>Same words and type, tags read leniently as seqeval does: an I- without B- opens an entity.</source>
        <translation>词和类型相同，标签按 seqeval 宽松读取：没有 B- 的 I- 也开始一个实体。</translation>
    </message>
    <message>
        <source>CoNLL, strict</source>
        <translation>CoNLL 严格</translation>
    </message>
    <message>
        <source>Same words and type, tags read by the letter of their scheme: an I- without B- is nothing.</source>
        <translation>词和类型相同，标签严格按标注方案读取：没有 B- 的 I- 不算。</translation>
    </message>
    <message>
        <source>special tags as O</source>
        <translation>特殊标签作 O</translation>
    </message>
    <message>
        <source>As the lenient rule, after predicted X, [CLS], [SEP] and PAD became O.</source>
        <translation>同宽松规则，先把预测的 X、[CLS]、[SEP] 和 PAD 改为 O。</translation>
    </message>
    <message>
        <source>orphans discarded</source>
        <translation>舍弃孤立标签</translation>
    </message>
    <message>
        <source>As the lenient rule, but an entity that begins with an orphan tag becomes O (seqscore).</source>
        <translation>同宽松规则，但以孤立标签开头的实体改为 O（seqscore）。</translation>
    </message>
    <message>
        <source>strings of a post</source>
        <translation>帖子内字符串</translation>
    </message>
    <message>
        <source>Distinct texts with their types, post by post: where they stand does not matter.</source>
        <translation>逐帖比较不同的文本及类型，位置无关。</translation>
    </message>
    <message>
        <source>strings of the split</source>
        <translation>划分内字符串</translation>
    </message>
    <message>
        <source>Distinct texts with their types of the whole split, taken as one document.</source>
        <translation>把整个划分当作一篇文档，比较不同的文本及类型。</translation>
    </message>
    <message>
        <source>nervaluate strict</source>
        <translation>nervaluate strict</translation>
    </message>
    <message>
        <source>Same words and type; an overlap that is not equal counts once as incorrect (nervaluate 1.1).</source>
        <translation>词和类型相同；不相等的重叠计为一次错误（nervaluate 1.1）。</translation>
    </message>
    <message>
        <source>nervaluate exact</source>
        <translation>nervaluate exact</translation>
    </message>
    <message>
        <source>Same words, whatever the type (nervaluate 1.1).</source>
        <translation>词相同，不论类型（nervaluate 1.1）。</translation>
    </message>
    <message>
        <source>nervaluate partial</source>
        <translation>nervaluate partial</translation>
    </message>
    <message>
        <source>Half a point for an overlap, whatever the type (nervaluate 1.1).</source>
        <translation>有重叠得半分，不论类型（nervaluate 1.1）。</translation>
    </message>
    <message>
        <source>nervaluate type</source>
        <translation>nervaluate type</translation>
    </message>
    <message>
        <source>Any overlap of the same type (nervaluate 1.1).</source>
        <translation>类型相同且有重叠即可（nervaluate 1.1）。</translation>
    </message>
    <message>
        <source>overlap strict</source>
        <translation>重叠 strict</translation>
    </message>
    <message>
        <source>The strict schema with entities paired by the largest overlap.</source>
        <translation>strict 方案，按最大重叠配对实体。</translation>
    </message>
    <message>
        <source>overlap exact</source>
        <translation>重叠 exact</translation>
    </message>
    <message>
        <source>The exact schema with entities paired by the largest overlap.</source>
        <translation>exact 方案，按最大重叠配对实体。</translation>
    </message>
    <message>
        <source>overlap partial</source>
        <translation>重叠 partial</translation>
    </message>
    <message>
        <source>The partial schema with entities paired by the largest overlap.</source>
        <translation>partial 方案，按最大重叠配对实体。</translation>
    </message>
    <message>
        <source>overlap type</source>
        <translation>重叠 type</translation>
    </message>
    <message>
        <source>The type schema with entities paired by the largest overlap.</source>
        <translation>type 方案，按最大重叠配对实体。</translation>
    </message>
    <message>
        <source>{0} has {1} of {2} posts; the others are left out of its row.</source>
        <translation>{0} 有 {2} 个帖子中的 {1} 个；其余不计入该行。</translation>
    </message>
    <message>
        <source>{0} counts the words of {1} posts differently; they are left out of its row.</source>
        <translation>{0} 有 {1} 个帖子的词数不同；它们不计入该行。</translation>
    </message>
    <message>
        <source>{0} has other gold tags for {1} posts; they are left out of its row.</source>
        <translation>{0} 有 {1} 个帖子的金标标签不同；它们不计入该行。</translation>
    </message>
    <message>
        <source>The words of {0} posts are not known; this rule leaves them out.</source>
        <translation>{0} 个帖子的词未知；此规则不计它们。</translation>
    </message>
    <message>
        <source>{0} was trained when the posts or their tags were others than now.</source>
        <translation>{0} 训练时的帖子或标签与现在不同。</translation>
    </message>
    <message>
        <source>{0} predicts types that gold does not have: {1}.</source>
        <translation>{0} 预测了金标没有的类型：{1}。</translation>
    </message>
    <message>
        <source>The rows are of different posts, so their figures cannot be compared.</source>
        <translation>各行的帖子不同，数字不能直接比较。</translation>
    </message>
    <message>
        <source>The layer that counts as true has no entity here, so every score is 0.</source>
        <translation>作为标准的标注层在此没有实体，所有得分都是 0。</translation>
    </message>
    <message>
        <source>what the picture does</source>
        <translation>图片的作用</translation>
    </message>
    <message>
        <source>helped</source>
        <translation>有帮助</translation>
    </message>
    <message>
        <source>hurt</source>
        <translation>有损害</translation>
    </message>
    <message>
        <source>right either way</source>
        <translation>有无图片都对</translation>
    </message>
    <message>
        <source>wrong either way</source>
        <translation>有无图片都错</translation>
    </message>
    <message>
        <source>grounding</source>
        <translation>视觉定位</translation>
    </message>
    <message>
        <source>Same words and type, and the same region of the picture: a box with an IoU of .5 or more with one of the entity&apos;s, or none where the entity is not shown (GMNER).</source>
        <translation>词与类型相同，且图片区域相同：所给的框与实体的一个框的交并比不低于一半；实体未在图中出现时则不给框 (GMNER)。</translation>
    </message>
    <message>
        <source>There are no regions in layer {0}, so this rule has no figures for it.</source>
        <translation>标注层 {0} 中没有区域，因此此规则对它没有分数。</translation>
    </message>
    <message>
        <source>no regions in this layer</source>
        <translation>此标注层没有区域</translation>
    </message>
    <message>
        <source>relevance r₀ of the picture</source>
        <translation>图片的相关性 r₀</translation>
    </message>
    <message>
        <source>lowest third</source>
        <translation>最低的三分之一</translation>
    </message>
    <message>
        <source>middle third</source>
        <translation>中间的三分之一</translation>
    </message>
    <message>
        <source>highest third</source>
        <translation>最高的三分之一</translation>
    </message>
    <message>
        <source>Training saw posts of the test, or nearly the same ones: too high are the scores of {0}. Train shows them under Worth knowing.</source>
        <translation>训练时见过测试集的帖子或几乎相同的帖子：{0} 的得分偏高。可在“训练”页的“值得注意”中查看。</translation>
    </message>
</context>
</TS>
