<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ErrorText</name>
    <message>
        <source>Something went wrong inside Mnerva: {0}. Please report it with the log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is a folder; a file was expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: {0} could not be written. Free some space and try again; nothing was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has no format that Mnerva knows: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not usable: found {1}, wanted {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, line {1}: found {2}, wanted {3}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} contains more than plain lists of names ({1}); it was not run. Only dictionaries of crop names are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is cut short or damaged; download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not a Mnerva project: it has no project.mnerva.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is a Mnerva project already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} was made by a newer Mnerva (format {1}; this one knows up to {2}). Update Mnerva to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is damaged: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is in use by {1} on {2} (process {3}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is open read-only; it was not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: the database refused: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no layer {0}. Layers here: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no label {0}. Labels here: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The split {0} has no posts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words {0} to {1} do not exist in a post of {2} words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no option {0}. Options: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The option {0} cannot be {1}; wanted: {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The encoder folder {0} lacks {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The encoder {0} does not fit: found {1}, wanted {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has no tensor {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: tensor {1} has shape {2}, wanted {3}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {0} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run {0}. Runs here: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run {0} exists already; choose another name or resume it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {0} does not fit: found {1}, wanted {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {0} has no checkpoint to resume from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no device {0}. Devices here: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory ran out while {0}. Try a smaller batch or encoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number that is not finite appeared in {0}; training stopped and the last checkpoint was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine sent something that could not be understood: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message of {0} bytes is larger than the limit of {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine did not answer for {0} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine speaks version {0} of the protocol, this window version {1}. Install both from the same release.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The post {0} was changed elsewhere; it was loaded again and your last key was not applied.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>An entity that no B- tag opens; read as an entity of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag of no known form; kept as it is, read as no entity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word with an empty tag; read as O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spaces around a tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line without a tab; read as a word without a tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than one tab in a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line of spaces; read as an empty line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tag without a word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An IMGID line without an id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An IMGID line of an unusual form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A post without an IMGID line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words before the first IMGID line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A post without words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An id that an earlier post has already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No empty line between two posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No empty line after the last post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several empty lines between two posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line that is too long; it was cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes that are not UTF-8; replaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A byte order mark at the start; left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows line ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A block that could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words and tags differ in number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is not in the image folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image folder was given or found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image folder does not exist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture without an entry in the crop list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A crop list, but no folder of crops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An entry of the crop list that could not be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture listed twice in the crop list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file name that leads out of its folder; left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A label that is new to this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another tag scheme than the project&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file name names no split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file was imported already; it is left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidences are not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crop lists are not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first picture of a post is written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether posts are done is not written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MISC is written as OTHER, as in the source file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A post that the layer does not cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An entity without B- that is written with one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A special tag that is written as O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the written file again gives something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entities that overlap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An entity outside of its post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An entity with a label that the project does not know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words and tags of a post differ in number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reference to something that is not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A step of the history that cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A step of the history of a post that is not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A step of the history that does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history gives something else than the stored entities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history gives other rejected suggestions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history gives another status</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>flagged</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>That would overlap another entity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no more words on that side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing here for that key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is open read-only; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last change could not be saved yet; try that again first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The post was changed meanwhile and is being read again; your last key was not applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That would overlap the %1 at words %2 to %3; change or delete it first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>New project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a data set…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the project again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger post text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller post text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing picture features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TagActions</name>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous segmented word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next segmented word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next entity or suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous entity or suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cycle what lies under the caret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection one word left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection one word right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection one segmented word left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection one segmented word right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection one line up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection one line down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection to the first word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection to the last word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop the selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept the suggestion, or finish the post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the entity or reject the suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a label by its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat the last label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label all equal mentions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right edge one word left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right edge one word right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left edge one word left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left edge one word right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo, across posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo, across posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to tag here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag, or take the flag off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide all marks while held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags as BIO, as BMES, or none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Focus to the next part of the page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This list of keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ActionRegistry</name>
    <message>
        <source>%1 (%2)</source>
        <comment>tooltip: action and its key</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AttentionControls</name>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>run and its F1</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 crop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How well the picture or crop fits the text, as the correlation gate sees it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (last)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of all %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>words look at regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>regions look at words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>renormalised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which of the two attentions is shown; both as words by regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renormalised: the 49 cells alone make 1 for each word (or the words alone for each region)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights under it are not drawn; the paper marks those over .08, and .020 would be no choice at all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One scale for all words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth between cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relevance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level gates by layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much each of the four levels of picture features weighs, for each fusion layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::AttentionPage</name>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous post (K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next post (J)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← and → move the word whose attention is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>post id and split</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open. Open one to see what a trained model looks at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No trained run yet. Train one to see which parts of a picture each word looks at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No post is chosen. Choose one on the Tag page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1”: no cell reaches %2; the heaviest has %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” with %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run could not be asked; the reason stands above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a run on the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This post has no picture, so its words have nothing to look at. Go to another post with J or K.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was trained on text alone and looks at no picture. Choose another run on the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 shows no attention for this post. Choose another run on the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, post %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure was not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure is in %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::Banner</name>
    <message>
        <source>Copy this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::Chart</name>
    <message>
        <source>Show everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF figure (*.pdf);;SVG figure (*.svg);;PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ChipBar</name>
    <message>
        <source>/ more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a label by its name (/)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a label by its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CommandPalette</name>
    <message>
        <source>Find an action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::CropStrip</name>
    <message numerus="yes">
        <source>%n crops of the picture</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::DataPage</name>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a data set of posts and pictures to start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open data set…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No posts yet. Import a data set, or try the sample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a data set…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers of the data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show posts of a split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show posts of a status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every status</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n post(s)</source>
        <comment>rows of the table</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>My posts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EngineClient</name>
    <message>
        <source>it was started too often</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::EpochTableModel</name>
    <message numerus="yes">
        <source>precision %1, recall %2, F1 %3, %n entities in the data</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>★ %1</source>
        <comment>the best epoch</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose where to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text files (*.txt);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag scheme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First lines as they will be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the format cannot hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MNER text (one word a line)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>corrected (your work)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gold (as imported)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every split, a file each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2 posts)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, as in the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder to write into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a folder: train.txt, valid.txt, test.txt are made in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The format holds everything; nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed or lost: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 posts · %2 words · %3 entities; %4 posts corrected by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Export %n post(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) written to %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::FindingsModel</name>
    <message>
        <source>%1 × %2</source>
        <comment>how often × which finding</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ImportDialog</name>
    <message>
        <source>Import a data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was imported; %1 could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) were imported, then %1 could not be read.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The import was stopped; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The import was stopped after %n post(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crop list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the chosen file off the list (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder of the crops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none found beside the files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first posts as they will look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop files here: text files of an MNER data set, or its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the files of a data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data sets (*.txt *.conll *.bio *.tsv);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by name: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 posts · %2 words · %3 entities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New labels: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) not found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing odd was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Import %n post(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is open read-only; nothing can be imported.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::JobHost</name>
    <message>
        <source>%1: stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a job and what it is doing</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a job and its time left</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 · and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::JobPanel</name>
    <message>
        <source>Nothing is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::JobStatus</name>
    <message>
        <source>Show all running jobs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeyEditor</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set all keys back to their defaults?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys you chose are forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All defaults…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of “%1” was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is the key of “%2” already; change that one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an action above.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeySheet</name>
    <message>
        <source>Label 1 to 10, 11 to 20; again takes it off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any key closes this sheet. All keys can be changed in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeyTableModel</name>
    <message>
        <source>Changed from the default key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelChip</name>
    <message numerus="yes">
        <source>Label %1, %n in this post</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::LabelFinder</name>
    <message>
        <source>Name of a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels that fit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::MainWindow</name>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mnerva</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something could not be read from the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undone or redone; the change is marked in the post.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n post(s) imported.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 – Mnerva</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project was made by a newer version of Mnerva. It is open read-only; update Mnerva to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open read-only: %1 on %2 (process %3) is working on this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open read-only: you may not write into this project&apos;s folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your last change is not saved yet. Nothing more is changed until it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last change was not applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) are still running.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Closing the window stops them. A training run keeps its last checkpoint and can be resumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop them and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your last change could not be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When you close the window now, that change is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::MatrixView</name>
    <message>
        <source>Words and regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2: %3</source>
        <comment>word, region, weight</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::NewProjectDialog</name>
    <message>
        <source>Choose where the project folder is made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn them from what is imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in the first import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag scheme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the project a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name cannot hold a slash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not write into %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a project of that name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name at least one label, or learn them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder of the project&apos;s name is made there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::NewRunDialog</name>
    <message>
        <source>New run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learn from the imported entities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learn from the corrected entities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tiny: small, random, with the words of this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random%1: ResNet-%1 with random weights, for trials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of an encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File of a picture encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>train %1 · valid %2 · test %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the engine for its systems…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n differ from the preset</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n option(s) cannot be used as they are.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::OptionList</name>
    <message>
        <source>Reset %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>differs from the preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preset: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PicturePanel</name>
    <message>
        <source>7×7</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the 7×7 grid over the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous picture of the post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next picture of the post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PictureView</name>
    <message>
        <source>The picture file is missing:
%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This post has no picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture of the post</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PostListModel</name>
    <message numerus="yes">
        <source>%1, %2, %n entities: %3</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::PostTableModel</name>
    <message>
        <source>edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::ProjectCommands</name>
    <message>
        <source>The project could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your last change could not be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When you leave this project now, that change is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave and lose it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a project folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the files of a data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data sets (*.txt *.conll *.bio *.tsv);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing posts and pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample could not be made.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunDetails</name>
    <message>
        <source>%1 M</source>
        <comment>millions</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure was not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The checkpoint of the last whole epoch stays; the run can be resumed from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No epoch is complete yet, so nothing of this run can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop training?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The work on epoch %1 is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish this epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1 on the validation posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The curve begins with the first step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The curve begins with the first scored epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on to the end of the epoch, keeps the best model and tests it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops at once; the last checkpoint stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1 by epoch and type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test F1 %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best F1 %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>flood level %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all types</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning rate %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gradient norm %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 posts/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MB of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused; the model stays loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · ends after this epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1, %n times</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::RunsModel</name>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own</source>
        <comment>preset of a run: none</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, epoch %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1 on the test posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best F1 on the validation posts; not tested yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is missing or damaged.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::SettingsPage</name>
    <message>
        <source>Language and appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tagging and scores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the post text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter on a post with suggestions left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide suggestions under</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write F1 as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asks once, then rejects them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejects them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leaves them undecided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per cent: 82.35</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a fraction: 0.8235</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> pt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kevin Durant in Toronto 多伦多</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No font here has Chinese characters; install fonts-noto-cjk to see Chinese posts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No font here has emoji; install fonts-noto-color-emoji to see them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::StatisticsModel</name>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entities that begin with B- or S-, as the papers count them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begun by B-</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::StatusLine</name>
    <message>
        <source>Where models run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ saved %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ all saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 posts done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::StatusStrip</name>
    <message>
        <source>Save again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try to write the last change again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagCanvas</name>
    <message>
        <source>Words of the post</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagHost</name>
    <message>
        <source>Not saved. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entity or suggestion in this post yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one thing lies under the caret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to tag here. The post is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>There is no label on this key. This project has %n labels.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No label to repeat yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions left: Enter again rejects them, Tab looks at them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Done. That was the last post of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label one mention first; then A labels all that are equal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No further equal mention in this post.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n mentions become %1: Enter labels them, Esc leaves them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mentions labelled; Ctrl+Z takes all of them back.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is on: each drag labels at once. Esc turns it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That would overlap %1 “%2”; change or delete it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This post has no words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 suggested, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 suggested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>word %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>words %1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code points %1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gold ✓</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gold ✗</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n suggestions</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, suggested %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, begins %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, inside %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TagPage</name>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n posts</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %n posts</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No posts yet. Import a data set, and its posts are here to be tagged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggestions of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run whose suggestions are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags under the words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag this post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List of keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Posts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TitleBar</name>
    <message>
        <source>Project: new, open, import, export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter posts: words, names or ids (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mnerva</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n post(s)</source>
        <comment>matches of the query line</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TrainForm</name>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often the training posts are gone through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many posts make one step of the optimiser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the encoder and of the fusion layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed of all random numbers: initial weights, order of posts, dropout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the CRF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the emission layer and the CRF; 0.001 suits small encoders better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay, text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay of the text encoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay, pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay of the picture and fusion layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay, CRF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay of the emission layer and the CRF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the steps over which the learning rate rises before it falls to zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0 leaves it alone, 1 is a usual value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First scored epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First epoch after which the validation posts are scored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch when scoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many posts are predicted at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest post in sub-tokens; 0 takes what the encoder&apos;s positions allow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads; 0 takes what suits the machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which entities are learned from: those imported, or those corrected by a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where frozen picture features are kept; automatic writes them to disk while they are small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision of features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision in which picture features are kept; half precision needs half the room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fusion layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of cross-modal fusion layers; 0 takes the smaller of 3 and the encoder&apos;s layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gate layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoder layers of the correlation gate&apos;s joint pass; 0 takes all, fewer is faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoder of the gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the correlation gate reads with the text encoder or with a copy of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Word vectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the vectors of a word&apos;s sub-tokens become the word&apos;s vector.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Object crops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many object crops of a post are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows per crop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many rows one object crop contributes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of the fusion layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the fusion layers start from the encoder&apos;s last blocks or from small random numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of other layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start values of the other new layers: uniform by fan-in, or small normal numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiny encoder: width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the encoder that --encoder tiny makes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiny encoder: layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depth of the encoder that --encoder tiny makes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiny encoder: heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention heads of the encoder that --encoder tiny makes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flood level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flood level: training holds the loss near this value instead of zero; 0 switches it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the pictures out and tag by the text alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correlation gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correlation gate: weigh each picture by how well it fits the text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross fusion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross fusion: words and picture cells attend to each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the post&apos;s whole picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the object crops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>posts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of all steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sub-tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MPCFN: multilevel pictures with correlation gate and cross fusion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Essential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts that can be left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: every option at its default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Twitter-2015, as in the paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Twitter-2017, as in the paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WuKong, as in the paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample project: a few minutes, tiny encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between %1 and %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A whole number is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number is needed, such as 0.3 or 3e-5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Either true or false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of these: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a Hugging Face folder, or “tiny” for a small random encoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder is no encoder: it lacks %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a torchvision ResNet file, or “random18” to try things.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder; a file is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no torchvision file (zip form) and no safetensors file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no validation posts: the last epoch will be kept, and no F1 curve is drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no test posts: the run will have no test F1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no training posts. Import a file for the train split first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A device is called cpu, cuda or cuda:1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most 64 characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters, digits, dots, hyphens and underscores only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a run of this name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TrainHost</name>
    <message>
        <source>The runs could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine did not list its systems, so no run can be set up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finishing epoch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run %1 failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run could not be deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggestions of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>predicting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No suggestions were made.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mnerva::ui::TrainPage</name>
    <message>
        <source>Run %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The suggestions of %1 are shown on the Tag page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new run with the settings of this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint, to the same numbers as if it had never stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as suggestions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predicts every post with this run and shows the result while tagging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run yet. Train a model on this project to get suggestions and to see what it looks at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open. Open or import one to train on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the run?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run %1 goes to the trash with its model, scores and log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its suggestions stay in the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
