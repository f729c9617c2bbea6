<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>BenchText</name>
    <message numerus="yes">
        <source>Measured on %n entity(s) of %1 that the run finds right, %2 of them with a box.</source>
        <translation>
            <numerusform>Measured on %n entity of %1 that the run finds right, %2 of them with a box.</numerusform>
            <numerusform>Measured on %n entities of %1 that the run finds right, %2 of them with a box.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cost</name>
    <message numerus="yes">
        <source>About %1 an epoch, %2 for %Ln epoch(s).</source>
        <translation>
            <numerusform>About %1 an epoch, %2 for %Ln epoch.</numerusform>
            <numerusform>About %1 an epoch, %2 for %Ln epochs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Detections</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln box(es)</source>
        <translation>
            <numerusform>%Ln box</numerusform>
            <numerusform>%Ln boxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) missing or unreadable. The first: %1</source>
        <translation>
            <numerusform>%Ln picture is missing or unreadable: %1</numerusform>
            <numerusform>%Ln pictures are missing or unreadable. The first: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScoresCharts</name>
    <message numerus="yes">
        <source>%Ln posts</source>
        <translation>
            <numerusform>%Ln post</numerusform>
            <numerusform>%Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 (95 % interval %3 to %4) · %5 by randomisation, %6 by bootstrap · %Ln posts</source>
        <translation>
            <numerusform>%1: %2 (95 % interval %3 to %4) · %5 by randomisation, %6 by bootstrap · %Ln post</numerusform>
            <numerusform>%1: %2 (95 % interval %3 to %4) · %5 by randomisation, %6 by bootstrap · %Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seeds: %1 ± %2</source>
        <translation>
            <numerusform>%Ln seed: %1 ± %2</numerusform>
            <numerusform>%Ln seeds: %1 ± %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableFigure</name>
    <message numerus="yes">
        <source>and %Ln more rows</source>
        <translation>
            <numerusform>and %Ln more row</numerusform>
            <numerusform>and %Ln more rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AgreementHost</name>
    <message numerus="yes">
        <source>What is agreed on is in the corrected layer of %n post(s); undo takes it back.</source>
        <translation>
            <numerusform>What is agreed on is in the corrected layer of %n post; undo takes it back.</numerusform>
            <numerusform>What is agreed on is in the corrected layer of %n posts; undo takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AgreementView</name>
    <message numerus="yes">
        <source>%1 of %n post(s) agree · F1 %2 · alpha %3</source>
        <translation>
            <numerusform>%1 of %n post agrees · F1 %2 · alpha %3</numerusform>
            <numerusform>%1 of %n posts agree · F1 %2 · alpha %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What all layers say of %n post(s) that nobody has touched becomes the corrected layer</source>
        <translation>
            <numerusform>What all layers say of %n post that nobody has touched becomes the corrected layer</numerusform>
            <numerusform>What all layers say of %n posts that nobody has touched becomes the corrected layer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AlikeDialog</name>
    <message numerus="yes">
        <source>%Ln mention(s) found</source>
        <translation>
            <numerusform>%Ln mention found</numerusform>
            <numerusform>%Ln mentions found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are %1 already</source>
        <translation>
            <numerusform>%Ln is %1 already</numerusform>
            <numerusform>%Ln are %1 already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln carry another label</source>
        <translation>
            <numerusform>%Ln carries another label</numerusform>
            <numerusform>%Ln carry another label</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln differ by one letter</source>
        <translation>
            <numerusform>%Ln differs by one letter</numerusform>
            <numerusform>%Ln differ by one letter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln inside of other entities are left alone</source>
        <translation>
            <numerusform>%Ln inside of another entity is left alone</numerusform>
            <numerusform>%Ln inside of other entities are left alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln label(s)</source>
        <translation>
            <numerusform>Delete %Ln label</numerusform>
            <numerusform>Delete %Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %Ln mention(s)</source>
        <translation>
            <numerusform>Label %Ln mention</numerusform>
            <numerusform>Label %Ln mentions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln post(s)</source>
        <translation>
            <numerusform>in %Ln post</numerusform>
            <numerusform>in %Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) deleted %1; Ctrl+Z takes all of it back.</source>
        <translation>
            <numerusform>%Ln label deleted %1; Ctrl+Z takes it back.</numerusform>
            <numerusform>%Ln labels deleted %1; Ctrl+Z takes all of it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mention(s) labelled %1 %2; Ctrl+Z takes all of it back.</source>
        <translation>
            <numerusform>%Ln mention labelled %1 %2; Ctrl+Z takes it back.</numerusform>
            <numerusform>%Ln mentions labelled %1 %2; Ctrl+Z takes all of it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed meanwhile and were left alone.</source>
        <translation>
            <numerusform>%Ln changed meanwhile and was left alone.</numerusform>
            <numerusform>%Ln changed meanwhile and were left alone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AttentionPage</name>
    <message numerus="yes">
        <source>mean of %n heads</source>
        <translation>
            <numerusform>%n head</numerusform>
            <numerusform>mean of %n heads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Layer %1, mean of %n heads</source>
        <translation>
            <numerusform>Layer %1, %n head</numerusform>
            <numerusform>Layer %1, mean of %n heads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With %n cell(s) covered:</source>
        <translation>
            <numerusform>With %n cell covered:</numerusform>
            <numerusform>With %n cells covered:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::BulkDialog</name>
    <message numerus="yes">
        <source>%1 of %Ln post(s) of the query</source>
        <translation>
            <numerusform>%1 of %Ln post of the query</numerusform>
            <numerusform>%1 of %Ln posts of the query</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entities get another label</source>
        <translation>
            <numerusform>%Ln entity gets another label</numerusform>
            <numerusform>%Ln entities get another label</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entities are deleted</source>
        <translation>
            <numerusform>%Ln entity is deleted</numerusform>
            <numerusform>%Ln entities are deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestions are accepted</source>
        <translation>
            <numerusform>%Ln suggestion is accepted</numerusform>
            <numerusform>%Ln suggestions are accepted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone: another entity is in the way</source>
        <translation>
            <numerusform>%Ln left alone: another entity is in the way</numerusform>
            <numerusform>%Ln left alone: another entity is in the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left alone: their label is none of this project</source>
        <translation>
            <numerusform>%Ln left alone: its label is none of this project</numerusform>
            <numerusform>%Ln left alone: their label is none of this project</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln post(s)</source>
        <translation>
            <numerusform>Change %Ln post</numerusform>
            <numerusform>Change %Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) changed in one step; Ctrl+Z takes all of it back.</source>
        <translation>
            <numerusform>%Ln post changed in one step; Ctrl+Z takes it back.</numerusform>
            <numerusform>%Ln posts changed in one step; Ctrl+Z takes all of it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CasesPage</name>
    <message numerus="yes">
        <source>Up to %n case(s) found as a figure…</source>
        <translation>
            <numerusform>Up to %n case found as a figure…</numerusform>
            <numerusform>Up to %n cases found as a figure…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n disagreement(s)</source>
        <translation>
            <numerusform>%n disagreement</numerusform>
            <numerusform>%n disagreements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 against %2; %n post(s)</source>
        <translation>
            <numerusform>%1 against %2; %n post</numerusform>
            <numerusform>%1 against %2; %n posts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CommentsDialog</name>
    <message numerus="yes">
        <source>%n older comments are not shown.</source>
        <translation>
            <numerusform>%n older comment is not shown.</numerusform>
            <numerusform>%n older comments are not shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too long: a comment holds at most %n bytes.</source>
        <translation>
            <numerusform>Too long: a comment holds at most %n byte.</numerusform>
            <numerusform>Too long: a comment holds at most %n bytes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ControlBar</name>
    <message numerus="yes">
        <source>mean of %n heads</source>
        <translation>
            <numerusform>%n head</numerusform>
            <numerusform>mean of %n heads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CropStrip</name>
    <message numerus="yes">
        <source>%n crops of the picture</source>
        <translation>
            <numerusform>%n crop of the picture</numerusform>
            <numerusform>%n crops of the picture</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DataCommands</name>
    <message numerus="yes">
        <source>%Ln post(s) imported.</source>
        <translation>
            <numerusform>%Ln post imported.</numerusform>
            <numerusform>%Ln posts imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only %Ln posts are shown: %1</source>
        <translation>
            <numerusform>Only %Ln post is shown: %1</numerusform>
            <numerusform>Only %Ln posts are shown: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The labels of %Ln posts were made again from the history.</source>
        <translation>
            <numerusform>The labels of %Ln post were made again from the history.</numerusform>
            <numerusform>The labels of %Ln posts were made again from the history.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows that cannot be right were left out.</source>
        <translation>
            <numerusform>%Ln row that cannot be right was left out.</numerusform>
            <numerusform>%Ln rows that cannot be right were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DataPage</name>
    <message numerus="yes">
        <source>%Ln post(s)</source>
        <comment>rows of the table</comment>
        <translation>
            <numerusform>%Ln post</numerusform>
            <numerusform>%Ln posts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DetectDialog</name>
    <message numerus="yes">
        <source>The pictures of %Ln post(s) are looked at.</source>
        <translation>
            <numerusform>The pictures of %Ln post are looked at.</numerusform>
            <numerusform>The pictures of %Ln posts are looked at.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DoctorView</name>
    <message numerus="yes">
        <source>%n doubt(s) open</source>
        <translation>
            <numerusform>%n doubt open</numerusform>
            <numerusform>%n doubts open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answered</source>
        <translation>
            <numerusform>%n answered</numerusform>
            <numerusform>%n answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n word(s) with a wrong tag, by the probabilities of %1 posts</source>
        <translation>
            <numerusform>about %n word with a wrong tag, by the probabilities of %1 posts</numerusform>
            <numerusform>about %n words with a wrong tag, by the probabilities of %1 posts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DynamicsView</name>
    <message numerus="yes">
        <source>Learning dynamics of %1: mean probability of each training entity over %2 epochs, and its standard deviation; %n entities</source>
        <translation>
            <numerusform>Learning dynamics of %1: mean probability of each training entity over %2 epochs, and its standard deviation; %n entity</numerusform>
            <numerusform>Learning dynamics of %1: mean probability of each training entity over %2 epochs, and its standard deviation; %n entities</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EpochTableModel</name>
    <message numerus="yes">
        <source>precision %1, recall %2, F1 %3, %Ln entities in the data</source>
        <translation>
            <numerusform>precision %1, recall %2, F1 %3, %Ln entity in the data</numerusform>
            <numerusform>precision %1, recall %2, F1 %3, %Ln entities in the data</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ExportDialog</name>
    <message numerus="yes">
        <source>Export %Ln post(s)</source>
        <translation>
            <numerusform>Export %Ln post</numerusform>
            <numerusform>Export %Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) written to %1</source>
        <translation>
            <numerusform>%Ln post written to %1</numerusform>
            <numerusform>%Ln posts written to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) exist already and would be replaced.</source>
        <translation>
            <numerusform>%n file exists already and would be replaced.</numerusform>
            <numerusform>%n files exist already and would be replaced.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::GazetteerDialog</name>
    <message numerus="yes">
        <source>%Ln name(s) from %1.</source>
        <translation>
            <numerusform>%Ln name from %1.</numerusform>
            <numerusform>%Ln names from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) have several labels; each got its commonest one.</source>
        <translation>
            <numerusform>%Ln name has several labels; it got its commonest one.</numerusform>
            <numerusform>%Ln names have several labels; each got its commonest one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestion(s) wait on the page Tag, and the page Scores knows the layer %1.</source>
        <translation>
            <numerusform>%Ln suggestion waits on the page Tag, and the page Scores knows the layer %1.</numerusform>
            <numerusform>%Ln suggestions wait on the page Tag, and the page Scores knows the layer %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::GazetteerPreview</name>
    <message numerus="yes">
        <source>%1 of %Ln post(s)</source>
        <translation>
            <numerusform>%1 of %Ln post</numerusform>
            <numerusform>%1 of %Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestion(s) in %1</source>
        <comment>%1: 3 of 60 posts</comment>
        <translation>
            <numerusform>%Ln suggestion in %1</numerusform>
            <numerusform>%Ln suggestions in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln find(s) are left out: %1 is no label of this project.</source>
        <translation>
            <numerusform>%Ln find is left out: %1 is no label of this project.</numerusform>
            <numerusform>%Ln finds are left out: %1 is no label of this project.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln name(s) have no label. Give the list one.</source>
        <translation>
            <numerusform>%1: %Ln name has no label. Give the list one.</numerusform>
            <numerusform>%1: %Ln names have no label. Give the list one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln name(s) are too short to be looked for.</source>
        <translation>
            <numerusform>%1: %Ln name is too short to be looked for.</numerusform>
            <numerusform>%1: %Ln names are too short to be looked for.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln match(es) begin or end inside of a word and are left out.</source>
        <translation>
            <numerusform>%1: %Ln match begins or ends inside of a word and is left out.</numerusform>
            <numerusform>%1: %Ln matches begin or end inside of a word and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln match(es) are longer than %2 words and are left out.</source>
        <translation>
            <numerusform>%1: %Ln match is longer than %2 words and is left out.</numerusform>
            <numerusform>%1: %Ln matches are longer than %2 words and are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::GoTo</name>
    <message numerus="yes">
        <source>The list has %n posts, and no id holds this.</source>
        <translation>
            <numerusform>The list has one post, and no id holds this.</numerusform>
            <numerusform>The list has %n posts, and no id holds this.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ImportDialog</name>
    <message numerus="yes">
        <source>%Ln post(s) were imported, then %1 could not be read.</source>
        <translation>
            <numerusform>%Ln post was imported, then %1 could not be read.</numerusform>
            <numerusform>%Ln posts were imported, then %1 could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The import was stopped after %Ln post(s).</source>
        <translation>
            <numerusform>The import was stopped after %Ln post.</numerusform>
            <numerusform>The import was stopped after %Ln posts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) not found</source>
        <translation>
            <numerusform>%Ln picture not found</numerusform>
            <numerusform>%Ln pictures not found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln post(s)</source>
        <translation>
            <numerusform>Import %Ln post</numerusform>
            <numerusform>Import %Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) worth a look</source>
        <translation>
            <numerusform>%Ln thing worth a look</numerusform>
            <numerusform>%Ln things worth a look</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::JobHost</name>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>%n s left</numerusform>
            <numerusform>%n s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>%n h left</numerusform>
            <numerusform>%n h left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · and %Ln more</source>
        <translation>
            <numerusform>%1 · and %Ln more</numerusform>
            <numerusform>%1 · and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelChip</name>
    <message numerus="yes">
        <source>Label %1, %n in this post</source>
        <translation>
            <numerusform>Label %1, %n in this post</numerusform>
            <numerusform>Label %1, %n in this post</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelDialog</name>
    <message numerus="yes">
        <source>Delete label and %n entities</source>
        <translation>
            <numerusform>Delete label and %n entity</numerusform>
            <numerusform>Delete label and %n entities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n posts</source>
        <comment>that a label is changed in</comment>
        <translation>
            <numerusform>%n post</numerusform>
            <numerusform>%n posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities in %1 lose it.</source>
        <translation>
            <numerusform>%n entity in %1 loses it.</numerusform>
            <numerusform>%n entities in %1 lose it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities in %1 change.</source>
        <translation>
            <numerusform>%n entity in %1 changes.</numerusform>
            <numerusform>%n entities in %1 change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::MainWindow</name>
    <message numerus="yes">
        <source>%Ln job(s) are still running.</source>
        <translation>
            <numerusform>%Ln job is still running.</numerusform>
            <numerusform>%Ln jobs are still running.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::NewRunDialog</name>
    <message numerus="yes">
        <source>%n model(s), one after the other; none is kept.</source>
        <translation>
            <numerusform>%n model, which is not kept.</numerusform>
            <numerusform>%n models, one after the other; none is kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PictureStrip</name>
    <message numerus="yes">
        <source>%n pictures of the post</source>
        <translation>
            <numerusform>%n picture of the post</numerusform>
            <numerusform>%n pictures of the post</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PostListModel</name>
    <message numerus="yes">
        <source>%1, %2, %n entities: %3</source>
        <translation>
            <numerusform>%1, %2, %n entity: %3</numerusform>
            <numerusform>%1, %2, %n entities: %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comments</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunDetails</name>
    <message numerus="yes">
        <source>Settings · %Ln changed</source>
        <translation>
            <numerusform>Settings · %Ln changed</numerusform>
            <numerusform>Settings · %Ln changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunNotes</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln post(s) on the Tag page, both posts of each pair</source>
        <translation>
            <numerusform>%Ln post on the Tag page, both posts of each pair</numerusform>
            <numerusform>%Ln posts on the Tag page, both posts of each pair</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunReliability</name>
    <message numerus="yes">
        <source>confidence, %Ln entities of the test posts</source>
        <translation>
            <numerusform>confidence, %Ln entity of the test posts</numerusform>
            <numerusform>confidence, %Ln entities of the test posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confidence, %Ln entities of the validation posts</source>
        <translation>
            <numerusform>confidence, %Ln entity of the validation posts</numerusform>
            <numerusform>confidence, %Ln entities of the validation posts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SavedViews</name>
    <message numerus="yes">
        <source>A name has at most %n characters.</source>
        <translation>
            <numerusform>A name has at most one character.</numerusform>
            <numerusform>A name has at most %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SentenceBar</name>
    <message numerus="yes">
        <source>%n post(s) by id</source>
        <translation>
            <numerusform>%n post by id</numerusform>
            <numerusform>%n posts by id</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SimilarPanel</name>
    <message numerus="yes">
        <source>Entropy of %Ln maps, 0 sharpest, 1 flat · %1</source>
        <translation>
            <numerusform>Entropy of %Ln map, 0 sharpest, 1 flat · %1</numerusform>
            <numerusform>Entropy of %Ln maps, 0 sharpest, 1 flat · %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cosine to the map of %1 among %Ln maps · %2</source>
        <translation>
            <numerusform>Cosine to the map of %1 among %Ln map · %2</numerusform>
            <numerusform>Cosine to the map of %1 among %Ln maps · %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagBar</name>
    <message numerus="yes">
        <source>%n comments on this post</source>
        <translation>
            <numerusform>%n comment on this post</numerusform>
            <numerusform>%n comments on this post</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagHost</name>
    <message numerus="yes">
        <source>There is no label on this key. This project has %n labels.</source>
        <translation>
            <numerusform>There is no label on this key. This project has %n label.</numerusform>
            <numerusform>There is no label on this key. This project has %n labels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions</source>
        <translation>
            <numerusform>%n suggestion</numerusform>
            <numerusform>%n suggestions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions rejected; Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>%n suggestion rejected; Ctrl+Z takes it back.</numerusform>
            <numerusform>%n suggestions rejected; Ctrl+Z takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Labels changed, with %n entities in %1.</source>
        <translation>
            <numerusform>Labels changed, with %n entity in %1.</numerusform>
            <numerusform>Labels changed, with %n entities in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n posts</source>
        <comment>that a label is changed in</comment>
        <translation>
            <numerusform>%n post</numerusform>
            <numerusform>%n posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions left: Enter accepts this one, %1 rejects it, %2 rejects all, %3 leaves them open, %4 accepts all and goes on.</source>
        <translation>
            <numerusform>%n suggestion left: Enter accepts it, %1 or %2 rejects it, %3 leaves it open, %4 accepts it and goes on.</numerusform>
            <numerusform>%n suggestions left: Enter accepts this one, %1 rejects it, %2 rejects all, %3 leaves them open, %4 accepts all and goes on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comments</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>entities that are not named</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions</source>
        <comment>that are rejected</comment>
        <translation>
            <numerusform>%n suggestion</numerusform>
            <numerusform>%n suggestions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 again deletes %n entities (%2) and marks the post done; Esc keeps them.</source>
        <translation>
            <numerusform>%1 again deletes %n entity (%2) and marks the post done; Esc keeps it.</numerusform>
            <numerusform>%1 again deletes %n entities (%2) and marks the post done; Esc keeps them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 again deletes %n entities (%2), rejects %3 and marks the post done; Esc keeps them.</source>
        <translation>
            <numerusform>%1 again deletes %n entity (%2), rejects %3 and marks the post done; Esc keeps it.</numerusform>
            <numerusform>%1 again deletes %n entities (%2), rejects %3 and marks the post done; Esc keeps them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities deleted (%1), %2 rejected. The post is done; %3 takes it back.</source>
        <translation>
            <numerusform>%n entity deleted (%1), %2 rejected. The post is done; %3 takes it back.</numerusform>
            <numerusform>%n entities deleted (%1), %2 rejected. The post is done; %3 takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities deleted (%1). The post is done; %2 takes it back.</source>
        <translation>
            <numerusform>%n entity deleted (%1). The post is done; %2 takes it back.</numerusform>
            <numerusform>%n entities deleted (%1). The post is done; %2 takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagPage</name>
    <message numerus="yes">
        <source>%Ln posts</source>
        <translation>
            <numerusform>%Ln post</numerusform>
            <numerusform>%Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln posts</source>
        <translation>
            <numerusform>%L1 of %Ln post</numerusform>
            <numerusform>%L1 of %Ln posts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TitleBar</name>
    <message numerus="yes">
        <source>%Ln post(s)</source>
        <comment>matches of the query line</comment>
        <translation>
            <numerusform>%Ln post</numerusform>
            <numerusform>%Ln posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln so far, %1 % looked at, Esc stops</source>
        <comment>matches of the query line</comment>
        <translation>
            <numerusform>%Ln so far, %1 % looked at, Esc stops</numerusform>
            <numerusform>%Ln so far, %1 % looked at, Esc stops</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ViewsPopup</name>
    <message numerus="yes">
        <source>%n saved views cannot be read and are left out.</source>
        <translation>
            <numerusform>One saved view cannot be read and is left out.</numerusform>
            <numerusform>%n saved views cannot be read and are left out.</numerusform>
        </translation>
    </message>
</context>
</TS>
