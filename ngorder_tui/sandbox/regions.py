"""Indonesian regions for the invented shop: provinces, cities and districts by their real names.

The postal codes are invented within the range of each city.
"""

from __future__ import annotations

from dataclasses import dataclass

_REGIONS = """
Jawa Timur;Kabupaten Malang;6516;Tajinan,Singosari,Kepanjen,Lawang,Pakis,Turen,Dampit,Karangploso,Dau,Bululawang
Jawa Timur;Kota Malang;6511;Klojen,Blimbing,Lowokwaru,Sukun,Kedungkandang
Jawa Timur;Kota Surabaya;6024;Gubeng,Wonokromo,Rungkut,Tegalsari,Genteng,Sukolilo,Mulyorejo,Tandes,Lakarsantri
Jawa Timur;Kabupaten Sidoarjo;6121;Waru,Taman,Gedangan,Candi,Porong,Krian,Sedati
Jawa Timur;Kabupaten Banyuwangi;6841;Srono,Genteng,Rogojampi,Muncar,Glagah,Kalipuro,Giri
Jawa Timur;Kabupaten Jember;6811;Kaliwates,Sumbersari,Patrang,Ambulu,Balung,Rambipuji
Jawa Timur;Kota Kediri;6411;Mojoroto,Pesantren,Kota
Jawa Timur;Kabupaten Gresik;6111;Kebomas,Manyar,Driyorejo,Menganti,Cerme
Jawa Barat;Kota Bandung;4013;Coblong,Sukajadi,Cicendo,Andir,Batununggal,Gedebage,Antapani,Arcamanik,Lengkong,Buahbatu
Jawa Barat;Kabupaten Bandung;4037;Rancabali,Ciwidey,Soreang,Baleendah,Dayeuhkolot,Majalaya,Cileunyi
Jawa Barat;Kabupaten Bandung Barat;4055;Lembang,Cisarua,Parongpong,Padalarang,Ngamprah
Jawa Barat;Kota Bekasi;1711;Bekasi Barat,Bekasi Timur,Jatiasih,Pondok Gede,Rawalumbu,Mustika Jaya
Jawa Barat;Kota Depok;1641;Beji,Cimanggis,Sukmajaya,Cinere,Sawangan,Limo
Jawa Barat;Kota Bogor;1611;Bogor Barat,Bogor Selatan,Bogor Tengah,Bogor Utara,Tanah Sareal
Jawa Barat;Kabupaten Cirebon;4515;Sumber,Weru,Plumbon,Kedawung,Arjawinangun
Jawa Barat;Kota Tasikmalaya;4611;Cihideung,Tawang,Indihiang,Mangkubumi
DKI Jakarta;Kota Jakarta Barat;1173;Cengkareng,Kembangan,Kebon Jeruk,Grogol Petamburan,Palmerah,Tambora,Kalideres
DKI Jakarta;Kota Jakarta Selatan;1215;Kebayoran Baru,Kebayoran Lama,Tebet,Pancoran,Mampang Prapatan,Jagakarsa,Cilandak
DKI Jakarta;Kota Jakarta Timur;1331;Matraman,Jatinegara,Duren Sawit,Cakung,Kramat Jati,Ciracas,Pulo Gadung
DKI Jakarta;Kota Jakarta Pusat;1011;Gambir,Menteng,Senen,Kemayoran,Tanah Abang,Cempaka Putih
DKI Jakarta;Kota Jakarta Utara;1421;Kelapa Gading,Tanjung Priok,Penjaringan,Koja,Pademangan,Cilincing
Banten;Kota Tangerang;1511;Cipondoh,Karawaci,Ciledug,Batuceper,Cibodas,Pinang
Banten;Kota Tangerang Selatan;1531;Serpong,Pamulang,Ciputat,Pondok Aren,Setu
Banten;Kota Serang;4211;Serang,Cipocok Jaya,Taktakan,Kasemen
Jawa Tengah;Kota Semarang;5013;Banyumanik,Candisari,Gajahmungkur,Tembalang,Pedurungan,Ngaliyan,Mijen
Jawa Tengah;Kota Surakarta;5711;Banjarsari,Jebres,Laweyan,Serengan,Pasar Kliwon
Jawa Tengah;Kabupaten Tegal;5219;Dukuhturi,Slawi,Adiwerna,Talang,Kramat
Jawa Tengah;Kabupaten Banjarnegara;5347;Mandiraja,Purwanegara,Bawang,Sigaluh,Wanadadi
Jawa Tengah;Kabupaten Wonogiri;5761;Selogiri,Jatisrono,Baturetno,Wuryantoro
Jawa Tengah;Kabupaten Banyumas;5311;Purwokerto Timur,Purwokerto Barat,Baturraden,Sokaraja,Ajibarang
Jawa Tengah;Kabupaten Kudus;5931;Bae,Jati,Kaliwungu,Dawe
DI Yogyakarta;Kabupaten Sleman;5528;Depok,Mlati,Gamping,Ngaglik,Kalasan,Godean
DI Yogyakarta;Kota Yogyakarta;5512;Gondokusuman,Umbulharjo,Kotagede,Mergangsan,Jetis
DI Yogyakarta;Kabupaten Bantul;5571;Banguntapan,Kasihan,Sewon,Imogiri
Bali;Kota Denpasar;8011;Denpasar Barat,Denpasar Selatan,Denpasar Timur,Denpasar Utara
Bali;Kabupaten Badung;8036;Kuta,Kuta Selatan,Kuta Utara,Mengwi,Abiansemal
Bali;Kabupaten Karangasem;8087;Manggis,Karangasem,Sidemen,Rendang
Sumatera Utara;Kota Medan;2011;Medan Baru,Medan Helvetia,Medan Johor,Medan Tembung,Medan Denai,Medan Polonia
Sumatera Utara;Kabupaten Deli Serdang;2035;Lubuk Pakam,Percut Sei Tuan,Tanjung Morawa,Sunggal
Sumatera Barat;Kota Padang;2511;Padang Barat,Padang Timur,Koto Tangah,Kuranji,Nanggalo
Sumatera Barat;Kota Bukittinggi;2611;Guguk Panjang,Mandiangin Koto Selayan,Aur Birugo Tigo Baleh
Riau;Kota Pekanbaru;2811;Sukajadi,Tampan,Marpoyan Damai,Payung Sekaki,Rumbai
Kepulauan Riau;Kota Batam;2941;Batam Kota,Lubuk Baja,Sekupang,Nongsa,Batu Aji
Sumatera Selatan;Kota Palembang;3011;Ilir Barat I,Ilir Timur I,Sukarami,Kemuning,Plaju
Lampung;Kota Bandar Lampung;3511;Kedaton,Rajabasa,Sukarame,Tanjung Karang Pusat,Kemiling
Bangka Belitung;Kabupaten Bangka Barat;3336;Jebus,Mentok,Kelapa,Tempilang
Kalimantan Timur;Kota Samarinda;7511;Samarinda Ulu,Samarinda Ilir,Sungai Kunjang,Palaran
Kalimantan Timur;Kota Balikpapan;7611;Balikpapan Kota,Balikpapan Selatan,Balikpapan Tengah,Balikpapan Utara
Kalimantan Selatan;Kota Banjarmasin;7011;Banjarmasin Barat,Banjarmasin Timur,Banjarmasin Utara,Banjarmasin Selatan
Kalimantan Barat;Kota Pontianak;7811;Pontianak Kota,Pontianak Barat,Pontianak Selatan,Pontianak Timur
Sulawesi Selatan;Kota Makassar;9011;Panakkukang,Rappocini,Tamalate,Biringkanaya,Tamalanrea,Manggala
Sulawesi Selatan;Kabupaten Gowa;9211;Somba Opu,Pallangga,Bontomarannu
Sulawesi Utara;Kota Manado;9511;Malalayang,Wanea,Sario,Mapanget,Tikala
Sulawesi Tengah;Kota Palu;9411;Palu Barat,Palu Timur,Palu Selatan,Mantikulore
Nusa Tenggara Barat;Kota Mataram;8311;Ampenan,Cakranegara,Mataram,Sekarbela
Nusa Tenggara Timur;Kota Kupang;8511;Oebobo,Kelapa Lima,Maulafa,Alak
Maluku;Kota Ambon;9711;Sirimau,Nusaniwe,Baguala
Papua;Kota Jayapura;9911;Abepura,Jayapura Selatan,Jayapura Utara,Heram
Aceh;Kota Banda Aceh;2311;Baiturrahman,Kuta Alam,Syiah Kuala,Ulee Kareng
"""


@dataclass(frozen=True, slots=True)
class District:
    """A district (kecamatan) with the city and the province it lies in."""

    id: int
    name: str
    city_id: int
    city: str
    province_id: int
    province: str
    postal_codes: tuple[str, ...]

    def whole(self, street: str, postal_code: str) -> str:
        """The address as a parcel's label has it."""
        return f"{street}, Kec. {self.name}, {self.city}, {postal_code}, {self.province}"


def _read() -> tuple[District, ...]:
    provinces: dict[str, int] = {}
    found: list[District] = []
    for city_number, line in enumerate(_REGIONS.strip().splitlines()):
        province, city, prefix, names = line.split(";")
        province_id = provinces.setdefault(province, len(provinces) + 1)
        for place, name in enumerate(names.split(",")):
            codes: tuple[str, ...] = (f"{int(prefix) * 10 + place:05d}",)
            if place == 1:  # a few districts have two
                codes += (f"{int(prefix) * 10 + 19:05d}",)
            found.append(
                District(
                    id=2001 + len(found),
                    name=name,
                    city_id=101 + city_number,
                    city=city,
                    province_id=province_id,
                    province=province,
                    postal_codes=codes,
                )
            )
    return tuple(found)


DISTRICTS = _read()
"""Every district, in the order of their ids."""
