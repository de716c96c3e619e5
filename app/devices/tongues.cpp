// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Guesses legacy encodings. Names of computers and people are only a few words: too few for the word
// statistics of a detector for whole documents. Each candidate is scored by its letters: whether a language
// uses them, how frequent they are in it, and whether they may stand next to each other.

#include "devices/tongues.h"

#include <algorithm>
#include <array>
#include <vector>

#include <QSet>
#include <QStringDecoder>
#include <QStringEncoder>

namespace devices {

namespace {

using Language = QLocale::Language;

/// \brief A language, its letters beyond ASCII, and the encodings that are used for it.
struct Tongue {
    std::array<Language, 3> languages;
    bool isLatin;                         ///< its words mix ASCII with other letters
    const char16_t* letters;              ///< lower case, the most frequent first
    std::array<const char*, 6> encodings; ///< the most usual first
};

constexpr const char16_t russian[] = u"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";
constexpr const char16_t ukrainian[] = u"оанивіетрслкумдпязьбгйчхцжїюшєщфґ";
constexpr const char16_t serbian[] = u"аиоенрсјтукдвлмпзгбцчшжћђњљхфџѓќѕ";

constexpr Tongue tongues[] = {
    {{Language::German}, true, u"üäöß", {"windows-1252", "IBM850", "macintosh"}},
    {{Language::French}, true, u"éèàêçôîûùâëïœ", {"windows-1252", "IBM850", "macintosh", "ISO-8859-15"}},
    {{Language::Spanish, Language::Galician}, true, u"óíáéñúü", {"windows-1252", "IBM850", "macintosh"}},
    {{Language::Portuguese}, true, u"ãçáéíóêúâõôà", {"windows-1252", "IBM850", "macintosh"}},
    {{Language::Italian}, true, u"àèùòìé", {"windows-1252", "IBM850", "macintosh"}},
    {{Language::Swedish, Language::Finnish}, true, u"äöåé", {"windows-1252", "IBM850", "macintosh"}},
    {{Language::Danish, Language::NorwegianBokmal, Language::NorwegianNynorsk},
     true,
     u"øåæéöä",
     {"windows-1252", "IBM850", "macintosh"}},
    {{Language::Dutch}, true, u"ëéïöüèá", {"windows-1252", "IBM850"}},
    {{Language::Catalan}, true, u"àéòèçíóúïü", {"windows-1252"}},
    {{Language::Icelandic}, true, u"áíðéóþúöæý", {"windows-1252"}},
    {{Language::Czech}, true, u"íáéěřýčžšůúťňďó", {"windows-1250", "ISO-8859-2", "IBM852"}},
    {{Language::Polish}, true, u"łąęóżśćńź", {"windows-1250", "ISO-8859-2", "IBM852"}},
    {{Language::Slovak}, true, u"áéíýčšžúťľôňäďóĺŕ", {"windows-1250", "ISO-8859-2", "IBM852"}},
    {{Language::Hungarian}, true, u"áéóöőíüúű", {"windows-1250", "ISO-8859-2", "IBM852"}},
    {{Language::Croatian, Language::Slovenian, Language::Bosnian},
     true,
     u"čšžćđ",
     {"windows-1250", "ISO-8859-2", "IBM852"}},
    {{Language::Romanian}, true, u"ăîâşţșț", {"windows-1250", "ISO-8859-2", "IBM852"}},
    {{Language::Albanian}, true, u"ëç", {"windows-1250", "windows-1252"}},
    {{Language::Turkish, Language::Azerbaijani}, true, u"ıüşğçöİâ", {"windows-1254", "ISO-8859-9"}},
    {{Language::Lithuanian}, true, u"ėšžąųįūčę", {"windows-1257"}},
    {{Language::Latvian}, true, u"āīēšūņļžķģč", {"windows-1257"}},
    {{Language::Estonian}, true, u"äõüöšž", {"windows-1257", "windows-1252"}},
    {{Language::Vietnamese}, true, u"ưđơăâêôáàéèíóòúùý\u0301\u0300\u0309\u0303\u0323", {"windows-1258"}},
    {{Language::Russian, Language::Bulgarian, Language::Belarusian},
     false,
     russian,
     {"windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "x-mac-cyrillic"}},
    {{Language::Ukrainian}, false, ukrainian, {"windows-1251", "KOI8-U", "IBM866"}},
    {{Language::Serbian, Language::Macedonian}, false, serbian, {"windows-1251", "ISO-8859-5"}},
    {{Language::Greek}, false, u"αοιετσνηυρπκμλςίάόέήύγδωώχβφθξζψϊ", {"windows-1253", "ISO-8859-7"}},
    {{Language::Hebrew}, false, u"יוהלאתרבמשנחעקדפגצםסטזכןךףץ", {"windows-1255"}},
    {{Language::Arabic}, false, u"المينرتوبسعدهفكقحجشطصخضذثغظزةىأإآؤئء", {"windows-1256"}},
    {{Language::Persian, Language::Urdu}, false, u"اینردمهتوسبشکزگفعخقلحجپصغطضچذئژثظ", {"windows-1256"}},
    {{Language::Thai},
     false,
     u"านรอกเงมยลวดทสตะปบคหแจพชขใไโผซถศธณฉฎฐภษฮฟฝญฆฬ"
     u"\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e33",
     {"windows-874"}},
};

/// Frequent characters in names of computers, departments and people; they decide between two possible
/// decodings.
constexpr const char16_t simplified[] =
    u"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    u"而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把"
    u"性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质"
    u"气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活"
    u"设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则"
    u"任取据处理世车财务北京海销售门备脑笔记张王刘陈杨黄赵周吴会议室办名称户用户邮箱计算机深圳广州研发市场人"
    u"事行政采购测试仓库服";
constexpr const char16_t traditional[] =
    u"的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面"
    u"而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把"
    u"性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又利比或但質氣"
    u"第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題程展五果料象員革位入常文總次品式活設及"
    u"管特件長求老頭基資邊流路級少圖山統接知較將組見計別手角期根論運農指幾九區強放決西被做必戰先回則任取據處"
    u"世車財務臺北銷售門備腦筆記張王劉陳楊黃趙周吳會議室辦名稱戶郵箱人事行政採購測試倉庫裝置使用者業務林李";
constexpr const char16_t japanese[] =
    u"部課長社員名前室用者理経営業総務人事開発情報技術管東京大阪本支店製造品質購買企画田中山本佐藤鈴木高橋伊"
    u"渡辺小林加吉松井上川村石原島端末会議受付第一二三四日月年電機番号所在地貸出予備共有";
constexpr const char16_t korean[] =
    u"이다는에의가을를은로고하지도서기사한리자대인아어나라시정부장전보과제일주구조관수원안상동해회계팀컴퓨터"
    u"김박"
    u"최강윤임신오송황홍양백허남심노곽성차배민류진엄채천방공현함변염여추마용노트북영업인사총무개발연구재무실"
    u"본"
    u"이름자메일트스그비스템소모여만들적으면간경생등국학식명미세물분선적단발당위유합";

/// \brief A multi-byte encoding.
struct Wide {
    const char* encoding;
    std::array<Language, 1> language;
    std::array<QLocale::Script, 2> scripts; ///< of Chinese
    const char16_t* frequent;
};

constexpr Wide wides[] = {
    {"Shift_JIS", {Language::Japanese}, {}, japanese},
    {"EUC-JP", {Language::Japanese}, {}, japanese},
    {"GB18030", {Language::Chinese}, {QLocale::SimplifiedChineseScript, QLocale::AnyScript}, simplified},
    {"Big5", {Language::Chinese}, {QLocale::TraditionalChineseScript, QLocale::AnyScript}, traditional},
    {"windows-949", {Language::Korean}, {}, korean},
};

constexpr double ofUtf8 = 0.6;    ///< bonus: its sequences hardly occur by accident
constexpr double ofLocale = 0.35; ///< bonus for the operator's language
constexpr double ofRarity = 0.02; ///< penalty for each rarer encoding of a language

uchar byteAt(QByteArrayView bytes, qsizetype at)
{
    return at < bytes.size() ? uchar(bytes[at]) : uchar(0);
}

bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

/// Quotes, dashes, currency signs: allowed anywhere.
bool isPunctuation(QChar c)
{
    const auto u = c.unicode();
    return (u >= 0x2010 && u <= 0x2026) || u == 0x20AC || u == 0x00A0 || u == 0x00AB || u == 0x00BB ||
           u == 0x2116 || u == 0x2122 || u == 0x00A9 || u == 0x00AE || u == 0x00B0;
}

double likenessOf(QStringView text, const Tongue& tongue)
{
    const QStringView letters(tongue.letters);
    double sum = 0;
    qsizetype count = 0;
    qsizetype wordStart = 0;
    bool wordHasAscii = false, wordMeasured = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const auto c = text[at];
        if (c.unicode() < 0x80) {
            wordMeasured = wordMeasured && c.isLetter();
            continue;
        }
        ++count;
        const auto before = at > 0 ? text[at - 1] : QChar(u' ');
        const auto after = at + 1 < text.size() ? text[at + 1] : QChar(u' ');
        if (!wordMeasured && c.isLetter()) { // examines the word around the letter
            wordStart = at;
            while (wordStart > 0 && text[wordStart - 1].isLetter())
                --wordStart;
            wordHasAscii = false;
            auto end = wordStart;
            for (; end < text.size() && text[end].isLetter(); ++end)
                wordHasAscii = wordHasAscii || isAsciiLetter(text[end]);
            wordMeasured = true;
            if (tongue.isLatin && !wordHasAscii && end - wordStart > 1)
                sum -= 0.5 * double(end - wordStart); // only accented letters: another alphabet
            if (!tongue.isLatin && (wordHasAscii || end - wordStart == 1))
                sum -= wordHasAscii ? 0.7 : 0.3; // these alphabets rarely mix or have lone letters
        }
        if (c == QChar::ReplacementCharacter || c.unicode() < 0xA0 || c == u'\x1A' || !c.isPrint() ||
            c.category() == QChar::Other_PrivateUse) {
            sum -= 2;
            continue;
        }
        auto place = letters.indexOf(c);
        if (place < 0)
            place = letters.indexOf(c.toLower());
        if (place >= 0)
            sum += 1 - 0.5 * double(place) / double(letters.size());
        else if (isPunctuation(c)) // a sign within a word is probably part of a letter in another encoding
            sum += c.unicode() < 0xC0 && c != u'\u00A0' && c != u'\u00BB' && before.isLetter() ? -0.2 : 0.5;
        else
            sum -= c.isLetter() ? 0.3 : before.isLetter() || after.isLetter() ? 0.8 : 0.1;
        if (c.isUpper() && before.isLower())
            sum -= 0.5;
        if (!c.isLetter() && !c.isMark())
            wordMeasured = false;
    }
    return count == 0 ? 0 : sum / double(count);
}

/// \returns number of bytes of the character at `at`, and its score; 0 bytes: invalid
std::pair<int, double> wideAt(QByteArrayView bytes, qsizetype at, const char* encoding)
{
    const QByteArrayView name(encoding);
    const auto lead = byteAt(bytes, at), trail = byteAt(bytes, at + 1);
    const auto within = [](uchar byte, int from, int to) { return byte >= from && byte <= to; };
    if (name == "Shift_JIS") {
        if (within(lead, 0xA1, 0xDF))
            return {1, 0.1}; // half-width kana
        if (!(within(lead, 0x81, 0x9F) || within(lead, 0xE0, 0xFC)) ||
            !(within(trail, 0x40, 0x7E) || within(trail, 0x80, 0xFC)))
            return {0, 0};
        if (lead == 0x82 || lead == 0x83)
            return {2, 0.85}; // kana, full-width letters
        return {2, lead == 0x81 ? 0.5 : within(lead, 0x88, 0x97) ? 0.5 : 0.15};
    }
    if (name == "EUC-JP") {
        if (lead == 0x8E)
            return within(trail, 0xA1, 0xDF) ? std::pair(2, 0.1) : std::pair(0, 0.0);
        if (lead == 0x8F)
            return within(trail, 0xA1, 0xFE) ? std::pair(3, 0.1) : std::pair(0, 0.0);
        if (!within(lead, 0xA1, 0xF4) || !within(trail, 0xA1, 0xFE))
            return {0, 0};
        if (lead == 0xA4 || lead == 0xA5)
            return {2, 0.85};
        return {2, lead == 0xA1 ? 0.5 : within(lead, 0xB0, 0xCF) ? 0.5 : 0.1};
    }
    if (name == "GB18030") {
        if (!within(lead, 0x81, 0xFE))
            return {0, 0};
        if (within(trail, 0x30, 0x39)) {
            const bool four =
                within(byteAt(bytes, at + 2), 0x81, 0xFE) && within(byteAt(bytes, at + 3), 0x30, 0x39);
            return four ? std::pair(4, 0.0) : std::pair(0, 0.0);
        }
        if (!within(trail, 0x40, 0x7E) && !within(trail, 0x80, 0xFE))
            return {0, 0};
        if (trail < 0xA1 || lead < 0xA1)
            return {2, 0.05};
        return {2, lead <= 0xA3 ? 0.4 : within(lead, 0xB0, 0xD7) ? 0.5 : within(lead, 0xD8, 0xF7) ? 0.2 : 0};
    }
    if (name == "Big5") {
        if (!within(lead, 0xA1, 0xF9) || !(within(trail, 0x40, 0x7E) || within(trail, 0xA1, 0xFE)))
            return {0, 0};
        return {2, lead <= 0xA3 ? 0.3 : lead <= 0xC6 ? 0.5 : 0.1};
    }
    const bool extended = within(trail, 0x41, 0x5A) || within(trail, 0x61, 0x7A) || within(trail, 0x81, 0xA0);
    if (!within(lead, 0x81, 0xFE) || !(extended || within(trail, 0xA1, 0xFE)))
        return {0, 0};
    if (extended || lead < 0xA1)
        return {2, 0.05};
    return {2, lead <= 0xA3 ? 0.3 : within(lead, 0xB0, 0xC8) ? 0.5 : 0.0};
}

QSet<QByteArray> frequentBytes(const Wide& wide)
{
    QStringEncoder encoder(wide.encoding);
    QSet<QByteArray> frequent;
    for (const auto c : QStringView(wide.frequent))
        frequent.insert(encoder(QStringView(&c, 1)));
    return frequent;
}

double likenessOf(QByteArrayView bytes, const Wide& wide)
{
    static const auto all = [] { // computed once: encoding a character with ICU is slow
        std::array<QSet<QByteArray>, std::size(wides)> sets;
        std::ranges::transform(wides, sets.begin(), frequentBytes);
        return sets;
    }();
    const auto& frequent = all[size_t(&wide - wides)];
    double sum = 0;
    qsizetype count = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        if (uchar(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        ++count;
        const auto [size, worth] = wideAt(bytes, at, wide.encoding);
        if (size == 0) {
            sum -= 1.5;
            ++at;
            continue;
        }
        const auto here =
            QByteArray::fromRawData(bytes.data() + at, std::min<qsizetype>(size, bytes.size() - at));
        sum += frequent.contains(here) ? 0.9 : worth;
        at += size;
    }
    return count == 0 ? 0 : sum / double(count);
}

/// Whether the character is in common use. Bytes of an Asian encoding that happen to be valid UTF-8 give rare
/// characters.
bool isOrdinary(QChar c)
{
    const auto u = c.unicode();
    if (u < 0x0180 || (u >= 0x0370 && u <= 0x06FF) || (u >= 0x0E00 && u <= 0x0E5F) ||
        (u >= 0x3040 && u <= 0x30FF))
        return c.isLetter() || c.isMark() || isPunctuation(c);
    return isPunctuation(c) || c.isSurrogate() || std::ranges::any_of(wides, [c](const Wide& wide) {
               return QStringView(wide.frequent).contains(c);
           });
}

} // namespace

double utf8Likeness(QByteArrayView sample)
{
    double sum = 0;
    qsizetype count = 0;
    const auto text = QString::fromUtf8(sample);
    for (const auto c : text) {
        if (c.unicode() < 0x80)
            continue;
        ++count;
        sum += c == QChar::ReplacementCharacter ? -0.5 : isOrdinary(c) ? 1 : 0.3;
    }
    return count == 0 ? 0 : sum / double(count) + ofUtf8;
}

LegacyGuess legacyGuess(QByteArrayView sample, const QLocale& locale)
{
    LegacyGuess best{.encoding = "windows-1252", .likeness = -10};
    const auto consider = [&best](const char* encoding, double likeness) {
        if (likeness > best.likeness + 1e-9)
            best = {.encoding = encoding, .likeness = likeness};
    };
    // The default if no other encoding scores higher: the most widespread one.
    consider("windows-1252", -0.25);
    std::vector<std::pair<QByteArrayView, QString>> texts; // cache: many languages share encodings
    const auto textIn = [&](const char* encoding) -> const QString& {
        auto found =
            std::ranges::find(texts, QByteArrayView(encoding), &std::pair<QByteArrayView, QString>::first);
        if (found == texts.end())
            found = texts.insert(found, {encoding, QStringDecoder(encoding)(sample)});
        return found->second;
    };
    for (const auto& tongue : tongues) {
        const bool own = locale.language() != QLocale::C &&
                         std::ranges::find(tongue.languages, locale.language()) != tongue.languages.end();
        double rarity = 0;
        for (const auto* encoding : tongue.encodings) {
            if (!encoding)
                break;
            consider(encoding, likenessOf(textIn(encoding), tongue) + (own ? ofLocale : 0) - rarity);
            rarity += ofRarity;
        }
    }
    for (const auto& wide : wides) {
        const bool own = wide.language[0] == locale.language() &&
                         (wide.language[0] != Language::Chinese || wide.scripts[0] == locale.script());
        consider(wide.encoding, likenessOf(sample, wide) + (own ? ofLocale : 0));
    }
    return best;
}

} // namespace devices
