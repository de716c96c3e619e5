<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>captures::Desk</name>
    <message numerus="yes">
        <source>%n captures: %1</source>
        <translation>
            <numerusform>%n capture: %1</numerusform>
            <numerusform>%n captures: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>devices</name>
    <message numerus="yes">
        <source>The file of the list “%1” cannot be used any more: %2 %n devices are still shown. Copy: %3</source>
        <translation>
            <numerusform>The file of the list “%1” cannot be used any more: %2 %n device is still shown. Copy: %3</numerusform>
            <numerusform>The file of the list “%1” cannot be used any more: %2 %n devices are still shown. Copy: %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
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
        <source>Ready about %1, in %n rounds.</source>
        <translation>
            <numerusform>Ready about %1, in %n round.</numerusform>
            <numerusform>Ready about %1, in %n rounds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> in %n rounds</source>
        <translation>
            <numerusform> in %n round</numerusform>
            <numerusform> in %n rounds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wait for %n devices</source>
        <translation>
            <numerusform>Wait for %n device</numerusform>
            <numerusform>Wait for %n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Follow %n captures</source>
        <translation>
            <numerusform>Follow %n capture</numerusform>
            <numerusform>Follow %n captures</numerusform>
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
        <source>%n devices</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n users</source>
        <translation>
            <numerusform>%n user</numerusform>
            <numerusform>%n users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are promised to %1</source>
        <translation>
            <numerusform>%n is promised to %1</numerusform>
            <numerusform>%n are promised to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are kept for colleagues</source>
        <translation>
            <numerusform>%n is kept for colleagues</numerusform>
            <numerusform>%n are kept for colleagues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n captures are left today: %1.</source>
        <translation>
            <numerusform>%n capture is left today: %1.</numerusform>
            <numerusform>%n captures are left today: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are not connected: a capture there usually fails after 10 minutes, and is used up.</source>
        <translation>
            <numerusform>%n is not connected: a capture there usually fails after 10 minutes, and is used up.</numerusform>
            <numerusform>%n are not connected: a capture there usually fails after 10 minutes, and is used up.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Needs %n captures; %1 may be started today. %2</source>
        <translation>
            <numerusform>Needs %n capture; %1 may be started today. %2</numerusform>
            <numerusform>Needs %n captures; %1 may be started today. %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait their turn: %1.</source>
        <translation>
            <numerusform>%n waits its turn: %1.</numerusform>
            <numerusform>%n wait their turn: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait: no day has captures for them.</source>
        <translation>
            <numerusform>%n waits: no day has captures for it.</numerusform>
            <numerusform>%n wait: no day has captures for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n go by themselves after %1.</source>
        <translation>
            <numerusform>%n goes by itself after %1.</numerusform>
            <numerusform>%n go by themselves after %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n go by themselves on the days after, at most %1 a day; the last of them go after %2.</source>
        <translation>
            <numerusform>%n goes by itself on one of the days after, at most %1 a day: after %2.</numerusform>
            <numerusform>%n go by themselves on the days after, at most %1 a day; the last of them go after %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::AskBar</name>
    <message numerus="yes">
        <source>Capture Desk was closed for a while. %n captures were not sent.</source>
        <translation>
            <numerusform>Capture Desk was closed for a while. %n capture was not sent.</numerusform>
            <numerusform>Capture Desk was closed for a while. %n captures were not sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more are here now. Start their captures? Ask the users to show the fault.</source>
        <translation>
            <numerusform>%1 and %n more are here now. Start their captures? Ask the users to show the fault.</numerusform>
            <numerusform>%1 and %n more are here now. Start their captures? Ask the users to show the fault.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n</source>
        <translation>
            <numerusform>Send %n</numerusform>
            <numerusform>Send %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start %n</source>
        <translation>
            <numerusform>Start %n</numerusform>
            <numerusform>Start %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n</source>
        <translation>
            <numerusform>Cancel %n</numerusform>
            <numerusform>Cancel %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait their turn</source>
        <translation>
            <numerusform>%n waits its turn</numerusform>
            <numerusform>%n wait their turn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait for their devices</source>
        <translation>
            <numerusform>%n waits for its device</numerusform>
            <numerusform>%n wait for their devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n captures of before are not sent yet: %1. %2</source>
        <translation>
            <numerusform>%n capture of before is not sent yet: %1. %2</numerusform>
            <numerusform>%n captures of before are not sent yet: %1. %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They go by themselves.</source>
        <translation>
            <numerusform>It goes by itself.</numerusform>
            <numerusform>They go by themselves.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConnectDialog</name>
    <message numerus="yes">
        <source>It works: %n captures left today.</source>
        <translation>
            <numerusform>It works: %n capture left today.</numerusform>
            <numerusform>It works: %n captures left today.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DeviceModel</name>
    <message numerus="yes">
        <source>%n users ▸</source>
        <translation>
            <numerusform>%n user ▸</numerusform>
            <numerusform>%n users ▸</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n users: Space shows them</source>
        <translation>
            <numerusform>%1 has %n user: Space shows it</numerusform>
            <numerusform>%1 has %n users: Space shows them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n users</source>
        <translation>
            <numerusform>%1 · %n user</numerusform>
            <numerusform>%1 · %n users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DevicePane</name>
    <message numerus="yes">
        <source>%n machines have several users: tick the ones you mean</source>
        <translation>
            <numerusform>this machine has several users: tick the ones you mean</numerusform>
            <numerusform>%n machines have several users: tick the ones you mean</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DeviceView</name>
    <message numerus="yes">
        <source>%n devices cannot be ticked. %1</source>
        <translation>
            <numerusform>%n device cannot be ticked. %1</numerusform>
            <numerusform>%n devices cannot be ticked. %1</numerusform>
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
    <name>ui::HandDialog</name>
    <message numerus="yes">
        <source>The service lists %n devices or users that fit. Search for it, and tick the right one.</source>
        <translation>
            <numerusform>The service lists %n device that fits. Search for it, and tick the right one.</numerusform>
            <numerusform>The service lists %n devices or users that fit. Search for it, and tick the right one.</numerusform>
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
    <message numerus="yes">
        <source>%n IDs are not of this account; these rows count by their names.</source>
        <translation>
            <numerusform>%n ID is not of this account; this row counts by its name.</numerusform>
            <numerusform>%n IDs are not of this account; these rows count by their names.</numerusform>
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
    <message numerus="yes">
        <source>%1: %n devices, %2 of them seen in the last hour</source>
        <translation>
            <numerusform>%1: %n device, %2 of them seen in the last hour</numerusform>
            <numerusform>%1: %n devices, %2 of them seen in the last hour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>List “%1” saved: %n devices.</source>
        <translation>
            <numerusform>List “%1” saved: %n device.</numerusform>
            <numerusform>List “%1” saved: %n devices.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>List “%1” loaded: %n devices.</source>
        <translation>
            <numerusform>List “%1” loaded: %n device.</numerusform>
            <numerusform>List “%1” loaded: %n devices.</numerusform>
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
    <name>ui::ResultsPane</name>
    <message numerus="yes">
        <source>%n results exported: %1</source>
        <translation>
            <numerusform>%n result exported: %1</numerusform>
            <numerusform>%n results exported: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n results: %1</source>
        <translation>
            <numerusform>%n result: %1</numerusform>
            <numerusform>%n results: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ReviewChoices</name>
    <message numerus="yes">
        <source>A capture is running on %n devices already (%1):</source>
        <translation>
            <numerusform>A capture is running on %n device already (%1):</numerusform>
            <numerusform>A capture is running on %n devices already (%1):</numerusform>
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
