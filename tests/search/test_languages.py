"""In each language, inflected words and words written otherwise find what they mean, in the browser and the terminal.

Nothing in the program knows most of these languages: they work by their script, and by Snowball where it has them.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from javascript import hits, run

from safecities import catalogue, index, passages, search
from safecities.content import read_content
from safecities.site import load_site

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"

TEXTS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "pt": {
        "walk": ("Guia de auditorias de segurança", "Mulheres percorrem as ruas e anotam o que lhes dá medo.",
                 "A caminhada exploratória termina com propostas às autoridades municipais."),
        "bus": ("Paradas noturnas de ônibus", "À noite, as passageiras descem entre duas paradas.",
                "Motoristas receberam formação sobre o assédio sexual."),
        "lamp": ("Plano de iluminação pública", "A prefeitura conserta as lâmpadas dos parques.",
                 "Cidadãs avaliam os resultados a cada ano."),
    },
    "hi": {
        "walk": ("महिलाओं की सुरक्षा जाँच", "महिलाएँ सड़कों पर चलकर देखती हैं कि कहाँ डर लगता है।",
                 "हिन्दी में १२ प्रश्नों की सूची।"),
        "bus": ("रात की बसें", "चालक यात्रियों को घर के पास उतारते हैं।", "लड़कियों के साथ छेड़छाड़ की शिकायत।"),
        "lamp": ("सार्वजनिक रोशनी की योजना", "नगर निगम पार्कों की बत्तियाँ ठीक करता है।", "अँधेरे स्थानों का नक्शा।"),
    },
    "ru": {
        "walk": ("Аудит безопасности улиц", "Женщины обходят район и записывают, где им страшно.",
                 "Её результаты передают городским властям."),
        "bus": ("Ночной автобус", "Водители останавливаются между остановками для пассажирок.",
                "Обучение водителей предотвращает домогательства."),
        "lamp": ("План уличного освещения", "Мэрия чинит фонари в парках.", "Музей и ёлка освещены до утра."),
    },
    "zh": {
        "walk": ("女性安全步行评估指南", "妇女走过街道，记录她们感到害怕的地方。", "结果交给城市政府。"),
        "bus": ("夜间公交车", "司机在两站之间停车，让女乘客下车。", "司机接受了关于性骚扰的培训。"),
        "lamp": ("公共照明2030计划", "市政府修理公园里的路灯。", "居民每年检查一次灯"),
    },
    "zh-Hant": {
        "walk": ("女性安全步行評估指南", "婦女走過街道，記錄她們感到害怕的地方。", "結果交給城市政府。"),
        "bus": ("夜間公車", "司機在兩站之間停車。", "司機接受了培訓。"),
        "lamp": ("公共照明計畫", "市政府修理公園裡的路燈。", "居民每年檢查一次。"),
    },
    "ja": {
        "walk": ("女性の安全のためのまち歩き", "女性たちが通りを歩き、怖いと感じる場所を記録する。",
                 "ガイドは市に渡される。"),
        "bus": ("夜間バス", "運転手は停留所の間でも停車する。", "痴漢についての研修。"),
        "lamp": ("街灯計画", "市は公園の街灯を修理する。", "毎年の点検。"),
    },
    "th": {
        "walk": ("คู่มือตรวจสอบความปลอดภัยของผู้หญิง", "ผู้หญิงเดินไปตามถนนและจดสถานที่ที่น่ากลัว", "ส่งผลให้เทศบาล"),
        "bus": ("รถเมล์กลางคืน", "คนขับจอดรถระหว่างป้าย", "อบรมเรื่องการคุกคามทางเพศ"),
        "lamp": ("แผนไฟถนน", "เทศบาลซ่อมไฟในสวนสาธารณะ", "น้ำและไฟ"),
    },
    "de": {
        "walk": ("Sicherheitsbegehung in Städten",
                 "Frauen gehen durch die Straßen und schreiben auf, was sie ängstigt.",
                 "Der Bericht geht an die Behörden."),
        "bus": ("Nachtbusse mit freiem Halt", "Fahrerinnen halten zwischen zwei Haltestellen.",
                "Schulungen gegen Belästigung."),
        "lamp": ("Plan für öffentliche Beleuchtung", "Die Stadt repariert Laternen in Parks.", "Jährliche Prüfung."),
    },
    "ta": {
        "walk": ("பெண்கள் பாதுகாப்பு ஆய்வு", "பெண்கள் தெருக்களில் நடந்து குறிப்பெடுக்கிறார்கள்.",
                 "நகரங்கள் பயன்படுத்தும் வழிகாட்டி."),
        "bus": ("இரவுப் பேருந்து", "ஓட்டுநர்கள் நிறுத்தங்களுக்கு இடையே நிறுத்துகிறார்கள்.", "பயிற்சி."),
        "lamp": ("தெரு விளக்குத் திட்டம்", "பூங்காக்களில் விளக்குகள் சரிசெய்யப்படுகின்றன.", "ஆண்டுதோறும்."),
    },
    "sw": {
        "walk": ("Mwongozo wa ukaguzi wa usalama", "Wanawake hutembea mitaani na kuandika wanachoogopa.",
                 "Ripoti hupewa jiji."),
        "bus": ("Mabasi ya usiku", "Madereva husimama kati ya vituo.", "Mafunzo kuhusu unyanyasaji."),
        "lamp": ("Mpango wa taa za barabarani", "Manispaa hutengeneza taa za bustani.", "Kila mwaka."),
    },
}

MEET = [
    ("pt", "auditoria segurança", "walk"), ("pt", "seguranca", "walk"), ("pt", "parada noturna", "bus"),
    ("pt", "ônibus", "bus"), ("pt", "ONIBUS", "bus"), ("pt", "iluminações públicas", "lamp"), ("pt", "lampada", "lamp"),
    ("hi", "महिला", "walk"), ("hi", "सड़कें", "walk"), ("hi", "सडक", "walk"), ("hi", "हिंदी", "walk"),
    ("hi", "12 प्रश्न", "walk"), ("hi", "जांच", "walk"), ("hi", "बस", "bus"), ("hi", "यात्री", "bus"),
    ("hi", "लडकी", "bus"), ("hi", "अंधेरे", "lamp"), ("hi", "बत्तियां", "lamp"),
    ("ru", "безопасность", "walk"), ("ru", "женщин", "walk"), ("ru", "ее", "walk"), ("ru", "ночные автобусы", "bus"),
    ("ru", "водитель", "bus"), ("ru", "освещение", "lamp"), ("ru", "елка", "lamp"), ("ru", "парк", "lamp"),
    ("ru", "улицами", "walk"),
    ("zh", "安全评估", "walk"), ("zh", "女性安全", "walk"), ("zh", "城市", "walk"), ("zh", "公交车", "bus"),
    ("zh", "性骚扰", "bus"),
    ("zh", "照明", "lamp"), ("zh", "２０３０", "lamp"), ("zh", "夜", "bus"),
    ("zh", "妇", "walk"), ("zh", '"路灯"', "lamp"),
    ("zh", '"灯"', "lamp"), ("zh-Hant", "安全評估", "walk"), ("zh-Hant", "公車", "bus"), ("zh-Hant", "路燈", "lamp"),
    ("ja", "まち歩き", "walk"), ("ja", "安全", "walk"), ("ja", "ｶﾞｲﾄﾞ", "walk"), ("ja", "バス", "bus"),
    ("ja", "街灯", "lamp"),
    ("th", "ความปลอดภัย", "walk"), ("th", "ผู้หญิง", "walk"), ("th", "รถเมล์", "bus"), ("th", "น้ำ", "lamp"),
    ("de", "Stadt Straße", "walk"), ("de", "Strassen", "walk"), ("de", "Schulung", "bus"), ("de", "offentlich", "lamp"),
    ("ta", "நகரங்கள்", "walk"), ("ta", "பேருந்து", "bus"), ("sw", "wanawake", "walk"), ("sw", "mabas", "bus"),
]
"""Language, query and what should stand first: other endings, other spellings, no accents, beginnings of words."""

APART = [
    ("pt", "segundo"), ("pt", '"paradas ônibus"'), ("hi", "कल"), ("hi", "नागरिकता"), ("ru", "огород"), ("ru", "мой"),
    ("zh", "政治"), ("zh", '"灯路"'), ("zh-Hant", "车"), ("ja", "男"),
    ("th", "ภูเขา"), ("de", "Baum"), ("ta", "கடல்"), ("sw", "bahari"),
]
"""Language and a query that nothing should be found for."""

def record(title: str, summary: str, body: str, more: str) -> str:
    return f"---\ntitle: {title}\nsummary: {summary}\n{more}---\n{body}\n"


@pytest.fixture(scope="module")
def made(tiny_root: Path) -> catalogue.Catalogue:
    return catalogue.build(read_content(load_site(tiny_root))[0])


@pytest.fixture(scope="module")
def tiny_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three tools in all these languages."""
    root = tmp_path_factory.mktemp("languages")
    (root / "docs").mkdir()
    (root / "tools_db").mkdir()
    shutil.copytree(TINY / "vocabularies", root / "vocabularies")
    (root / "docs" / "index.md").write_text("---\ntitle: Home\nsummary: Start.\n---\nWelcome.\n")
    rows = [{"locale": tag, "name": tag, "default": tag == "en"} for tag in ("en", *TEXTS)]
    config = {"site_name": "Many", "plugins": [{"i18n": {"docs_structure": "suffix", "languages": rows}}, "safecities"]}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config))
    facts = "categories: [data-tool]\nthemes: [data]\norganisations: [unknown]\nversions: [{language: en}]\n" \
        "status: partial\nadded: 2026-01-01\n"
    for name in ("walk", "bus", "lamp"):
        (root / "tools_db" / f"{name}.md").write_text(record("Something", "Else.", "", facts), encoding="utf-8")
        for tag, texts in TEXTS.items():
            (root / "tools_db" / f"{name}.{tag}.md").write_text(
                record(*texts[name], "translation: reviewed\ntranslated_from: '000000000000'\n"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def in_browser(made: catalogue.Catalogue) -> Mapping[tuple[str, str], list[str]]:
    """What the browser finds for each query of these tables."""
    asked = [*((lang, query) for lang, query, _ in MEET), *APART]
    files = [text for tag in TEXTS for _, text in search.language_files(made, tag)]
    found = hits(files, [(query, {"lang": lang}) for lang, query in asked])
    return dict(zip(asked, found, strict=True))


@pytest.fixture(scope="module")
def folder(made: catalogue.Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cache") / "index"
    index.build(made, path)
    return path


@pytest.mark.parametrize(("lang", "query", "best"), MEET)
def test_the_browser_finds(in_browser: Mapping[tuple[str, str], list[str]], lang: str, query: str, best: str) -> None:
    assert in_browser[lang, query][:1] == [best]


@pytest.mark.parametrize(("lang", "query"), APART)
def test_the_browser_finds_nothing_else(
        in_browser: Mapping[tuple[str, str], list[str]], lang: str, query: str) -> None:
    assert in_browser[lang, query] == []


@pytest.mark.parametrize(("lang", "query", "best"), MEET)
def test_the_terminal_finds(folder: Path, lang: str, query: str, best: str) -> None:
    assert [hit.id for hit in index.search(folder, query, lang)][:1] == [best]


@pytest.mark.parametrize(("lang", "query"), APART)
def test_the_terminal_finds_nothing_else(folder: Path, lang: str, query: str) -> None:
    assert [hit.id for hit in index.search(folder, query, lang)] == []


def test_words_that_overlap_are_marked_as_one() -> None:
    text = "结" * 300 + "交给城市政府。" + "果" * 300
    shown, marks = passages.passage(text, "zh", frozenset({"城市", "市政", "政府"}))
    assert [shown[start:end] for start, end in marks] == ["城市政府"]
    assert len(shown) <= passages.LENGTH + 2


def test_the_browser_marks_them_as_one() -> None:
    element = "{ nodes: [], replaceChildren(...nodes) { this.nodes = nodes; } }"
    told = run(["fold", "mark"], f"""([text, forms]) => {{
      globalThis.document = {{ createElement: () => ({{ textContent: "", marked: true }}) }};
      const element = {element};
      safecities.mark(element, text, new Set(forms), "zh");
      return element.nodes.map((node) => node.marked ? `[${{node.textContent}}]` : node).join("");
    }}""", ["交给城市政府。城 市政", ["城市", "市政", "政府"]])
    assert told == "交给[城市政府]。城 [市政]"
