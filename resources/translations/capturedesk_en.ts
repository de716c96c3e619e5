<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ui::DeviceModel</name>
    <message numerus="yes">
        <source>%1 · %n users</source>
        <translation>
            <numerusform>%1 · %n user</numerusform>
            <numerusform>%1 · %n users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FacetBar</name>
    <message numerus="yes">
        <source>%n more: use the search</source>
        <translation>
            <numerusform>%n more: use the search</numerusform>
            <numerusform>%n more: use the search</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ImportDialog</name>
    <message numerus="yes">
        <source>%n duplicates</source>
        <translation>
            <numerusform>%n duplicate</numerusform>
            <numerusform>%n duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need your choice</source>
        <translation>
            <numerusform>%n needs your choice</numerusform>
            <numerusform>%n need your choice</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be used</source>
        <translation>
            <numerusform>%n cannot be used</numerusform>
            <numerusform>%n cannot be used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ListBar</name>
    <message numerus="yes">
        <source>Save %n devices as a list</source>
        <translation>
            <numerusform>Save %n device as a list</numerusform>
            <numerusform>Save %n devices as a list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices added to “%1”.</source>
        <translation>
            <numerusform>%n device added to “%1”.</numerusform>
            <numerusform>%n devices added to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices removed from “%1”.</source>
        <translation>
            <numerusform>%n device removed from “%1”.</numerusform>
            <numerusform>%n devices removed from “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines cannot be read</source>
        <translation>
            <numerusform>%n line cannot be read</numerusform>
            <numerusform>%n lines cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %n ticked as a list</source>
        <translation>
            <numerusform>Save %n ticked device as a list</numerusform>
            <numerusform>Save %n ticked devices as a list</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message numerus="yes">
        <source>%n captures are not sent and wait while Capture Desk is closed.</source>
        <translation>
            <numerusform>%n capture is not sent and waits while Capture Desk is closed.</numerusform>
            <numerusform>%n captures are not sent and wait while Capture Desk is closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel the %n</source>
        <translation>
            <numerusform>Cancel it</numerusform>
            <numerusform>Cancel the %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::OptionsPanel</name>
    <message numerus="yes">
        <source>Run on %n devices
at %1…</source>
        <translation>
            <numerusform>Run on %n device
at %1…</numerusform>
            <numerusform>Run on %n devices
at %1…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Run on %n devices at %1…</source>
        <translation>
            <numerusform>Run on %n device at %1…</numerusform>
            <numerusform>Run on %n devices at %1…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ResultsPane</name>
    <message numerus="yes">
        <source>%n results exported: %1</source>
        <translation>
            <numerusform>%n result exported: %1</numerusform>
            <numerusform>%n results exported: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ReviewSheet</name>
    <message numerus="yes">
        <source>Run on %n devices at %1?</source>
        <translation>
            <numerusform>Run on %n device at %1?</numerusform>
            <numerusform>Run on %n devices at %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Run %n captures</source>
        <translation>
            <numerusform>Run %n capture</numerusform>
            <numerusform>Run %n captures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request %1: %n captures</source>
        <translation>
            <numerusform>Request %1: %n capture</numerusform>
            <numerusform>Request %1: %n captures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Uses %n captures; how many are left today is not known.</source>
        <translation>
            <numerusform>Uses %n capture; how many are left today is not known.</numerusform>
            <numerusform>Uses %n captures; how many are left today is not known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Uses %n captures, leaves %1 until %2.</source>
        <translation>
            <numerusform>Uses %n capture, leaves %1 until %2.</numerusform>
            <numerusform>Uses %n captures, leaves %1 until %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait their turn: a Windows device runs one capture at a time.</source>
        <translation>
            <numerusform>%n waits its turn: a Windows device runs one capture at a time.</numerusform>
            <numerusform>%n wait their turn: a Windows device runs one capture at a time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TopBar</name>
    <message numerus="yes">
        <source>%n captures left today</source>
        <translation>
            <numerusform>%n capture left today</numerusform>
            <numerusform>%n captures left today</numerusform>
        </translation>
    </message>
</context>
</TS>
