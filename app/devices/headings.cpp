// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/headings.h"

#include <QHash>

#include "devices/names.h"

namespace devices {

namespace {

constexpr qsizetype longestHeading = 60; ///< characters

struct Words {
    Heading heading;
    const char16_t* words; ///< separated by spaces; compared without punctuation
};

// Weights: 3 is specific, 2 is the usual word, 1 is a word that also names other things.
constexpr Words known[] = {
    {{Part::DeviceId, 3}, u"deviceid deviceuuid deviceguid warpdeviceid"},
    {{Part::DeviceId, 1}, u"id uuid guid"},
    {{Part::RegistrationId, 3}, u"registrationid"},
    {{Part::RegistrationId, 2}, u"registration"},
    {{Part::Email, 3},
     u"email emailaddress emailaddresses emails useremail useremailaddress personemail lastseenuser mail "
     u"usermail mailaddress primaryemail owneremail ownermail assignedtoemail upn userprincipalname "
     u"primaryuserupn primaryuseremail primaryuseremailaddress userupn emailid emailadresse mailadresse "
     u"correo correoelectronico correoelectrónico courriel adresseemail adressemail adresseélectronique "
     u"indirizzoemail enderecodeemail endereçodeemail adresemail adresaemail eposta epostaadresi epost "
     u"почта электроннаяпочта адресэлектроннойпочты email邮箱 邮箱 电子邮件 电子邮箱 電子郵件 "
     u"メール メールアドレス 이메일 이메일주소 전자메일"},
    {{Part::Email, 2},
     u"user users username usernames primaryuser lastuser lastlogonuser lastloggedonuser currentuser "
     u"owner primaryowner assignedto assigneduser assignee login loginname logonname useraccount account "
     u"benutzer benutzername nutzer anwender besitzer usuario usuário utente utilisateur "
     u"nomdutilisateur utilizador gebruiker gebruikersnaam användare bruger bruker käyttäjä użytkownik "
     u"uživatel používateľ felhasználó korisnik uporabnik utilizator kullanıcı χρήστης пользователь "
     u"имяпользователя владелец користувач потребител корисник 用户 用户名 使用者 使用者名稱 ユーザー "
     u"ユーザ ユーザー名 사용자 사용자이름 משתמש المستخدم ผู้ใช้"},
    {{Part::Name, 3},
     u"devicename hostname hostnames computername computer computers machinename nameofmachine "
     u"nameofcomputer nameofdevice pcname dnshostname dnsname netbiosname netbiosname0 name0 fqdn "
     u"workstation workstationname endpointname clientname systemname friendlyname gerätename rechner "
     u"rechnername computernamen gerätebezeichnung nombredelequipo nombredeequipo nombredeldispositivo "
     u"nomdelordinateur nomdordinateur nomdelappareil nomedispositivo nomedodispositivo nomecomputer "
     u"nomedocomputador computernaam apparaatnaam datornamn enhetsnamn computernavn enhedsnavn "
     u"nazwakomputera "
     u"nazwaurządzenia názevpočítače názevzařízení názovpočítača számítógépneve eszközneve gépnév "
     u"bilgisayaradı cihazadı имякомпьютера имяустройства имяхоста ім'якомп'ютера імякомпютера "
     u"计算机名 计算机名称 设备名称 主机名 電腦名稱 裝置名稱 設備名稱 コンピューター名 コンピュータ名 "
     u"デバイス名 ホスト名 端末名 컴퓨터이름 컴퓨터명 장치이름 호스트이름 호스트명"},
    {{Part::Name, 2},
     u"name device devices host hosts machine machines pc pcs laptop endpoint gerät geräte equipo "
     u"dispositivo ordinateur appareil poste computador computadora ordenador komputer urządzenie počítač "
     u"zařízení zariadenie számítógép eszköz gép računalo računar bilgisayar cihaz kompiuteris dators arvuti "
     u"υπολογιστής "
     u"компьютер устройство пк компютер комп'ютер имя название 计算机 设备 电脑 主机 電腦 裝置 設備 "
     u"コンピューター コンピュータ デバイス 端末 パソコン 컴퓨터 장치 호스트 기기 단말 מחשב الحاسوب "
     u"คอมพิวเตอร์ nombre nom nome naam namn navn nimi nazwa název názov név naziv nume isim ad όνομα "
     u"наименование назва име 名称 名稱 名前 이름"},
    {{Part::Name, 1}, u"asset assetname displayname ci configurationitem hardware"},
    {{Part::Platform, 2},
     u"platform os operatingsystem ostype betriebssystem sistemaoperativo systèmedexploitation plattform "
     u"plataforma system операционнаясистема платформа 操作系统 平台 作業系統 プラットフォーム 운영체제"},
};

QString wordOf(QStringView text)
{
    auto word = comparable(text);
    word.removeIf([](QChar c) { return !c.isLetterOrNumber() && !c.isMark() && !c.isSurrogate(); });
    return word;
}

QHash<QString, Heading> dictionary()
{
    QHash<QString, Heading> words;
    for (const auto& line : known) {
        for (const auto word : QStringView(line.words).split(u' ')) {
            if (const auto key = wordOf(word); !words.contains(key))
                words.insert(key, line.heading);
        }
    }
    return words;
}

} // namespace

Heading headingOf(QStringView text)
{
    static const auto words = dictionary();
    return text.size() > longestHeading ? Heading() : words.value(wordOf(text));
}

Part partOf(QStringView text)
{
    return headingOf(text).part;
}

} // namespace devices
