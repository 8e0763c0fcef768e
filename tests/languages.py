"""Sentences in many languages, made up for tests of what depends on scripts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LANGUAGES", "Language"]


@dataclass(frozen=True, slots=True)
class Language:
    """Some sentences of a language.

    Args:
        name: In English.
        sentences: Short ones, each with a name of a person in it.
        names: That name of each sentence, as it stands there.
        between: What stands between two sentences.
        ends: Whether its sentences have a mark at their end.
    """

    name: str
    sentences: tuple[str, ...]
    names: tuple[str, ...]
    between: str = " "
    ends: bool = True


LANGUAGES = (
    Language("English", ("Ann Lee left Bergen.", "Did Bo Fox wait?"), ("Ann Lee", "Bo Fox")),
    Language("German", ("Käthe Groß fuhr weg.", "Wer sah Jörg Öhm?"), ("Käthe Groß", "Jörg Öhm")),
    Language("Spanish", ("Íñigo Peña salió.", "¿Vino Ana Núñez?"), ("Íñigo Peña", "Ana Núñez")),
    Language("French", ("Zoé Lefèvre dort.", "L’amie d’Éva rit !"), ("Zoé Lefèvre", "Éva")),
    Language("Czech", ("Řehoř Žák spí.", "Přišla Šárka Čapková."), ("Řehoř Žák", "Šárka Čapková")),
    Language("Turkish", ("İnci Işık geldi.", "Ilgaz Çağ'dan mektup var."), ("İnci Işık", "Ilgaz Çağ")),
    Language("Finnish", ("Aino Mäki lähti.", "Talossa oli Yrjö Åberg."), ("Aino Mäki", "Yrjö Åberg")),
    Language("Hungarian", ("Őze Ödön alszik.", "Elment Füri Ágnes?"), ("Őze Ödön", "Füri Ágnes")),
    Language("Russian", ("Инна Ежова спит.", "Где Пётр Лось?"), ("Инна Ежова", "Пётр Лось")),
    Language("Greek", ("Η Ρέα Λύρα έφυγε.", "Ήρθε ο Νίκος Ψάλτης."), ("Ρέα Λύρα", "Νίκος Ψάλτης")),
    Language("Armenian", ("Անի Սար քնում է։", "Եկավ Արամ Լոռին։"), ("Անի Սար", "Արամ Լոռին")),
    Language("Georgian", ("ნინო მთაძე წავიდა.", "მოვიდა გია წერელი."), ("ნინო მთაძე", "გია წერელი")),
    Language("Hebrew", ("דנה לוי הלכה.", "איפה רון כץ?"), ("דנה לוי", "רון כץ")),
    Language("Arabic", ("سافرت ليلى نجم.", "أين عمر بدر؟"), ("ليلى نجم", "عمر بدر")),
    Language("Urdu", ("سارہ ملک سو رہی ہے۔", "علی خان کہاں ہے؟"), ("سارہ ملک", "علی خان")),
    Language("Hindi", ("मीरा जोशी सोती है।", "राम वर्मा कहाँ है?"), ("मीरा जोशी", "राम वर्मा")),
    Language("Bengali", ("মিতা সেন ঘুমায়।", "রবি দাস কোথায়?"), ("মিতা সেন", "রবি দাস")),
    Language("Tamil", ("மீனா ராஜன் வந்தாள்.", "கண்ணன் வேல் எங்கே?"), ("மீனா ராஜன்", "கண்ணன் வேல்")),
    Language("Amharic", ("ሐና በቀለ ሄደች።", "ዳዊት አለሙ መጣ።"), ("ሐና በቀለ", "ዳዊት አለሙ")),
    Language("Burmese", ("မြမြ အိပ်သည်။", "အောင်အောင် လာသည်။"), ("မြမြ", "အောင်အောင်")),
    Language("Chinese", ("王小明走了。", "李雪在哪儿？"), ("王小明", "李雪"), ""),
    Language("Japanese", ("田中花子は寝た。", "鈴木一郎はどこ？"), ("田中花子", "鈴木一郎"), ""),
    Language("Korean", ("김민지가 떠났다.", "박준은 어디 있나?"), ("김민지", "박준")),
    Language("Thai", ("สมศรีไปตลาด", "วิชัยอยู่ที่ไหน"), ("สมศรี", "วิชัย"), ends=False),
    Language(
        "Vietnamese",
        ("Nguye\u0302\u0303n Huê\u0323 đi chợ.", "Trần Đức ở đâu?"),
        ("Nguye\u0302\u0303n Huê\u0323", "Trần Đức"),
    ),
)  # fmt: skip
