"""Words from which people, streets and goods of the invented shop are put together."""

from __future__ import annotations

from typing import NamedTuple


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    "Adinda Agus Aisyah Aldi Amelia Andika Anggun Arif Asri Ayu Bagas Bayu Bella Bima Bunga Cahya Candra Cici "
    "Citra Damar Danu Dewi Dian Dimas Dinda Eka Elok Endah Fajar Farah Fitri Galih Gilang Gita Hadi Hana Hendra "
    "Ika Ilham Indah Intan Irfan Joko Kartika Kiki Laras Lestari Lina Lukman Maya Mega Melati Nadia Nanda Nita "
    "Nova Oki Pandu Putri Rahma Raka Ratna Rendra Retno Rina Rizal Sari Satria Sekar Sinta Surya Tari Tegar "
    "Tika Tri Utami Vina Wahyu Wulan Yanti Yoga Yuni Zahra Zaki"
)
LAST_NAMES = _words(
    "Adiwangsa Anggraini Ardianto Baskoro Budiarti Cempaka Daryanto Firmansah Gunadi Handoyo Harjanti Iskandar "
    "Jatmiko Kencana Kusumadewi Larasati Mahardika Maulana Nugraha Nurani Oktaviani Paramita Permadi Prabowati "
    "Pramudya Puspita Rahayu Ramadhani Saputra Sasmita Setiadi Siregar Sitompul Sulistya Suryana Tanjung "
    "Utomo Wardana Wibisana Widyastuti Wijayanti Yudhistira Yulianti Zulkarnaen"
)
STREETS = _words(
    "Melati Mawar Kenanga Cempaka Anggrek Flamboyan Kamboja Dahlia Teratai Seruni Merpati Kutilang Cendrawasih "
    "Garuda Rajawali Pipit Jalak Mangga Rambutan Durian Manggis Salak Delima Nangka Kelapa Cemara Mahoni Jati "
    "Beringin Akasia Bengawan Brantas Citarum Kapuas Mahakam Serayu Merapi Semeru Bromo Rinjani Kerinci"
)
COLORS = (
    ("hitam", "HTM"),
    ("putih", "PTH"),
    ("merah", "MRH"),
    ("biru", "BIR"),
    ("hijau", "HIJ"),
    ("kuning", "KNG"),
    ("cokelat", "CKL"),
    ("abu-abu", "ABU"),
    ("krem", "KRM"),
    ("ungu", "UNG"),
    ("toska", "TSK"),
    ("merah muda", "MMD"),
)
CLOTH_SIZES = ("S", "M", "L", "XL", "XXL", "3XL")
SHOE_SIZES = ("37", "38", "39", "40", "41", "42", "43")
NO_SIZES = ("",)
SERIES = _words(
    "Aruna Bumi Cakra Danau Embun Fajar Gelora Hujan Intan Jingga Kencana Langit Mentari Nusa Ombak Pelita "
    "Rimba Senja Tirta Umbara Wana Yudha Zamrud Lentera Purnama Samudra Teduh Kirana"
)


class Kind(NamedTuple):
    """A kind of goods: products of it differ by series, their variations by colour and size."""

    name: str
    code: str
    category: str
    root: str
    grams: int
    price_buy: tuple[int, int]
    sizes: tuple[str, ...]
    colored: bool


_CLOTHES, _SHOES, _BAGS = "Fashion Muslim & Umum", "Sepatu & Sandal", "Tas & Dompet"
_FOOD, _HOME, _HOBBY = "Makanan & Minuman", "Rumah Tangga", "Hobi & Koleksi"

KINDS = (
    Kind("Kaos Polos", "KAO", "Kaos", _CLOTHES, 180, (28000, 45000), CLOTH_SIZES, True),
    Kind("Kaos Anak", "KAN", "Kaos", _CLOTHES, 120, (20000, 32000), ("2", "4", "6", "8"), True),
    Kind("Kemeja Flanel", "FLN", "Kemeja", _CLOTHES, 320, (70000, 110000), CLOTH_SIZES, True),
    Kind("Kemeja Koko", "KOK", "Kemeja", _CLOTHES, 280, (65000, 98000), CLOTH_SIZES, True),
    Kind("Kemeja Batik", "BTK", "Kemeja", _CLOTHES, 260, (80000, 145000), CLOTH_SIZES, False),
    Kind("Gamis", "GMS", "Gamis", _CLOTHES, 520, (95000, 180000), ("S", "M", "L", "XL"), True),
    Kind("Tunik", "TNK", "Gamis", _CLOTHES, 340, (60000, 96000), ("M", "L", "XL"), True),
    Kind("Hijab Segi Empat", "HSE", "Hijab", _CLOTHES, 110, (15000, 27000), NO_SIZES, True),
    Kind("Pashmina", "PSM", "Hijab", _CLOTHES, 150, (20000, 36000), NO_SIZES, True),
    Kind("Mukena", "MKN", "Perlengkapan Ibadah", _CLOTHES, 800, (90000, 160000), NO_SIZES, True),
    Kind("Sarung", "SRG", "Perlengkapan Ibadah", _CLOTHES, 450, (48000, 92000), NO_SIZES, True),
    Kind("Celana Chino", "CHN", "Celana", _CLOTHES, 480, (78000, 120000), ("28", "30", "32", "34"), True),
    Kind("Celana Jogger", "JOG", "Celana", _CLOTHES, 390, (56000, 88000), ("M", "L", "XL"), True),
    Kind("Jaket Hoodie", "HOD", "Jaket", _CLOTHES, 650, (92000, 150000), CLOTH_SIZES, True),
    Kind("Sepatu Sneakers", "SNK", "Sepatu", _SHOES, 900, (120000, 240000), SHOE_SIZES, True),
    Kind("Sepatu Pantofel", "PTF", "Sepatu", _SHOES, 1000, (140000, 230000), SHOE_SIZES, False),
    Kind("Sandal Jepit", "SJP", "Sandal", _SHOES, 350, (18000, 36000), ("38", "40", "42"), True),
    Kind("Sandal Gunung", "SGN", "Sandal", _SHOES, 600, (75000, 125000), SHOE_SIZES, False),
    Kind("Tas Ransel", "RSL", "Tas", _BAGS, 800, (98000, 175000), NO_SIZES, True),
    Kind("Tas Selempang", "SLP", "Tas", _BAGS, 400, (55000, 115000), NO_SIZES, True),
    Kind("Dompet Kulit", "DPT", "Dompet", _BAGS, 160, (45000, 90000), NO_SIZES, True),
    Kind("Kopi Arabika", "KPA", "Kopi & Teh", _FOOD, 250, (38000, 68000), ("100G", "250G", "500G"), False),
    Kind("Teh Melati", "TMT", "Kopi & Teh", _FOOD, 120, (12000, 24000), NO_SIZES, False),
    Kind("Keripik Tempe", "KRP", "Camilan", _FOOD, 250, (8000, 14000), ("100G", "250G"), False),
    Kind("Sambal Botol", "SMB", "Camilan", _FOOD, 300, (14000, 26000), ("SEDANG", "PEDAS"), False),
    Kind("Madu Hutan", "MDU", "Camilan", _FOOD, 700, (52000, 98000), ("250ML", "500ML"), False),
    Kind("Botol Minum", "BTL", "Dapur", _HOME, 320, (28000, 62000), ("500ML", "750ML"), True),
    Kind("Piring Keramik", "PRG", "Dapur", _HOME, 650, (24000, 48000), NO_SIZES, True),
    Kind("Lampu Meja", "LMP", "Dekorasi", _HOME, 1200, (85000, 160000), NO_SIZES, True),
    Kind("Kail Pancing", "KIL", "Alat Pancing", _HOBBY, 60, (6000, 12000), ("6", "8", "10", "12"), False),
    Kind("Action Figure", "FGR", "Mainan", _HOBBY, 380, (88000, 190000), NO_SIZES, False),
)

OTHER_ROOTS = ("Audio", "Buku & Alat Tulis", "Elektronik", "Kecantikan", "Kesehatan", "Olahraga", "Otomotif")
"""Platform-wide categories in which this shop sells nothing."""
EMPTY_CATEGORIES = ("Titipan", "Obral")
"""Categories of the shop without a root category."""
