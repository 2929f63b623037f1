import type { LanguageTerms } from "../category-terms.ts";

export const turkish: LanguageTerms = {
  invoice: {
    names: "fatura; e fatura; e arşiv fatura; proforma fatura; hesap özeti",
    strong:
      "fatura no; fatura numarası; fatura tarihi; son ödeme tarihi; vade; vade tarihi; ödenecek tutar; ödenecek; genel toplam; toplam tutar; kdv; kdv oranı; kdv tutarı; kdv dahil; kdv hariç; matrah; vergi dairesi; vergi no; vkn; banka bilgileri; banka hesap; havale; eft; ödeme koşulları; ödeme şekli; # gün içinde; gecikme faizi; birim fiyat; sayın; hizmet bedeli; yalnız; mal hizmet",
    usual: "toplam; ara toplam; miktar; tutar; açıklama; iban; adet; fiyat; iskonto; müşteri",
  },
  receipt: {
    names: "fiş; makbuz; tahsilat makbuzu; satış fişi; perakende satış fişi",
    strong:
      "kasiyer; kasa; fiş no; teşekkür ederiz; bizi tercih; yine bekleriz; iyi günler; nakit; para üstü; kredi kartı; temassız; banka kartı; onay kodu; işyeri; terminal; topkdv; topkdv; eküno; z no; müşteri nüshası; iade; değişim; fişinizi saklayınız; tahsil edilmiştir; alınmıştır; masa; garson; alındı",
    usual: "toplam; kdv; saat; tarih; adet; tl; tutar",
  },
  purchase_order: {
    names: "satın alma siparişi; sipariş; sipariş formu; satınalma siparişi; sipariş emri",
    strong:
      "sipariş no; sipariş numarası; sipariş tarihi; tedarikçi; satıcı; alıcı; satın alma; satınalma; teslimat; teslimat adresi; teslim yeri; teslim tarihi; teslimat tarihi; teslim süresi; teslim koşulları; teklifiniz; teklif; teklif no; sipariş ederiz; sipariş ediyoruz; tedarik; onaylayınız; teyit; irsaliye; ambalaj; nakliye; fatura adresi; ürün kodu; stok kodu; onaylayan; depo; mal kabul; belirtiniz",
    usual: "miktar; birim fiyat; tutar; toplam; adet; açıklama; kdv hariç; ürün; malzeme",
  },
  contract: {
    names:
      "sözleşme; kira sözleşmesi; iş sözleşmesi; satış sözleşmesi; hizmet sözleşmesi; gizlilik sözleşmesi; protokol; anlaşma; mutabakat",
    strong:
      "taraflar; taraf; tarafların; bundan sonra; olarak anılacaktır; anılacaktır; arasında; akdedilmiştir; imzalanmıştır; işbu; işbu sözleşme; sözleşmenin konusu; sözleşmenin süresi; yükümlülükleri; yükümlüdür; taahhüt eder; kabul ve taahhüt; fesih; feshedilebilir; feshi; ihbar; ihtar; bildirim; tazminat; cezai şart; gizlilik; mücbir sebep; uygulanacak hukuk; yetkili mahkeme; mahkemeleri; icra daireleri; uyuşmazlık; devir; yürürlük; yürürlüğe girer; kiraya veren; kiracı; satıcı; alıcı; işveren; işçi; yüklenici; iş sahibi; kira bedeli; depozito; iki nüsha; ücret",
    usual: "madde; süre; ödeme; imza; yazılı; şartlar; haklar; bedel",
  },
  letter: {
    names: "mektup; dilekçe; ön yazı; yazı",
    strong:
      "sayın; değerli; sevgili; saygılarımla; saygılarımızla; sevgilerimle; en iyi dileklerimle; mektubunuz; ilgi; konu; yazıyorum; teşekkür ederim; teşekkür ederiz; özür dilerim; özür dileriz; üzgünüm; maalesef; ekte; ilişikte; bilgilerinize; arz ederim; rica ederim; rica ederiz; umarım; umuyorum; isterim; dört gözle; lütfen",
    usual: "ben; benim; bana; siz; size; sizin; biz; bize; bey; hanım",
  },
  resume: {
    names: "özgeçmiş; cv; curriculum vitae",
    strong:
      "iş deneyimi; deneyim; iş tecrübesi; eğitim; öğrenim; eğitim bilgileri; beceriler; yetenekler; yabancı dil; diller; ana dil; anadil; akıcı; ileri düzey; ilgi alanları; hobiler; kişisel bilgiler; doğum tarihi; doğum yeri; uyruk; medeni durum; askerlik; sürücü belgesi; ehliyet; lisans; yüksek lisans; lise; staj; sertifika*; kurslar; halen; günümüz; devam ediyor; referanslar; gönüllü",
    usual: "üniversitesi; üniversite; mühendis*; müdür; sorumlu; yönetim; ekip; ingilizce; geliştirme; projeler",
  },
  report: {
    names: "rapor; faaliyet raporu; yıllık rapor; araştırma raporu; değerlendirme; inceleme",
    strong:
      "özet; yönetici özeti; bulgular; temel bulgular; öneriler; önerilmektedir; öneriyoruz; sonuç; sonuçlar; yöntem; giriş; içindekiler; ekler; geçen yıl; önceki yıla göre; bir önceki yıl; arttı; artış; azaldı; azalış; düşüş; yüzde; anket; katılımcı*; şekil #; tablo #; grafik #; ortalama; bu rapor; göstergeler; gelişme; dönem",
    usual: "analiz; veriler; toplam; oran; yıl; çeyrek; kaynak; sayısı; hedefler; büyüme",
  },
  research_paper: {
    names: "makale; araştırma makalesi; tez; bildiri; özet",
    strong:
      "özet; anahtar kelimeler; anahtar sözcükler; abstract; giriş; yöntem; gereç ve yöntem; materyal ve metot; bulgular; tartışma; sonuç; teşekkür; kaynakça; kaynaklar; vd; et al; bu çalışmada; bu çalışma; bu makalede; hipotez*; örneklem; anlamlı; standart sapma; regresyon; varyans; korelasyon; model; deney*; katılımcı*; denklem; dergisi; cilt; sayı; doi; bölümü; anabilim dalı",
    usual: "üniversitesi; enstitü; fakülte; çalışma; veri; analiz; şekil; tablo; dağılım; parametre*; ölçüm",
  },
  manual: {
    names:
      "kullanım kılavuzu; kılavuz; kullanma kılavuzu; montaj kılavuzu; kurulum kılavuzu; el kitabı; hızlı başlangıç",
    strong:
      "uyarı; dikkat; tehlike; güvenlik; güvenlik uyarıları; ilk kullanım; kullanmadan önce; okuyunuz; okuyun; saklayınız; saklayın; bakım; temizlik; temizleme; sorun giderme; arıza; neden; nedeni; çözüm; hata kodu; teknik özellikler; basın; basınız; düğme; düğmesine; tuş; basılı tutun; çevirin; takın; çıkarın; fiş; fişi; priz; güç kablosu; cihaz; cihazı; açın; kapatın; yanıp söner; yanar; ekran; gösterge; yerleştirin; kontrol edin; emin olun; doldurun; asla; kullanmayın; ayar*; vida*; garanti; yetkili servis; yedek parça; kutu içeriği; kurulum; montaj; tıklayın; seçin; menü; pil",
    usual: "su; filtre; sıcaklık; dakika; saniye; adım; şekil; voltaj; kablo; çocuk*; kapak; hazne; pompa",
  },
  form: {
    names: "form; başvuru formu; başvuru; kayıt formu; anket; talep formu; beyanname; üyelik formu",
    strong:
      "doldurunuz; doldurulacak; büyük harflerle; işaretleyiniz; işaretleyin; zorunlu; zorunlu alan; adı; soyadı; adı soyadı; doğum tarihi; doğum yeri; t c kimlik no; kimlik no; adres; posta kodu; telefon; cep telefonu; uyruğu; medeni hali; mesleği; beyan ederim; kabul ediyorum; onaylıyorum; talep ediyorum; imza; başvuru sahibi; başvuranın; veli; resmi kullanım; kurum tarafından; ekler; evet ise; evet hayır; ad soyad; anne adı; baba adı",
    usual: "tarih; e posta; evet; hayır; cinsiyet; numara; bilgiler; neden",
  },
  bank_statement: {
    names: "hesap ekstresi; hesap özeti; ekstre; hesap hareketleri; kredi kartı ekstresi",
    strong:
      "açılış bakiyesi; kapanış bakiyesi; devreden bakiye; devir; bakiye; önceki bakiye; kullanılabilir bakiye; işlem tarihi; valör; borç; alacak; havale; eft; fast; atm; para çekme; para yatırma; otomatik ödeme; düzenli ödeme; maaş; kira; masraf; komisyon; faiz; hesap no; hesap sahibi; şube; iban; müşteri no; kart harcaması; hareketler; dönem; toplam borç; toplam alacak; vadesiz",
    usual: "tarih; tutar; açıklama; hesap; sayfa; banka; tl; sigorta; elektrik",
  },
  meeting_minutes: {
    names: "toplantı tutanağı; tutanak; toplantı notları; genel kurul tutanağı; toplantı",
    strong:
      "katılanlar; katılımcılar; hazır bulunanlar; katılmayanlar; mazeretli; gündem; gündem maddeleri; başkan; toplantı başkanı; divan; sekreter; tutanağı tutan; yazman; yeter sayı; toplantı açıldı; açılış; toplantıyı açtı; toplantı sona erdi; kapanış; toplantıyı kapattı; önceki toplantı; bir önceki toplantı; kararlar; karar; karar verildi; kararlaştırıldı; oybirliği; oy birliği; oy çokluğu; oylama; çekimser; kabul edildi; dilek ve temenniler; gelecek toplantı; bir sonraki toplantı; bilgi verdi; önerdi; teşekkür etti; sorumlu; termin; yapılacaklar; üyeler; yönetim kurulu; sayman",
    usual: "madde; saat; rapor; görüşüldü; salon; kim",
  },
  press_release: {
    names: "basın bülteni; basın açıklaması; basın duyurusu",
    strong:
      "derhal yayınlanmak; acil yayın; ambargo; basın iletişim; basın için; medya iletişim; basın ofisi; duyurdu; açıkladı; açıklandı; açılıyor; açılacak; açıldı; tanıttı; lansman; dedi; belirtti; ifade etti; söyledi; ekledi; vurguladı; göre; hakkında; genel müdür; genel müdürü; başkanı; kurucu; kurucusu; sözcü*; kuruldu; ayrıntılı bilgi; daha fazla bilgi; görseller; fotoğraflar; editöre not; ilk kez",
    usual: "yeni; bugün; proje; milyon; ziyaretçi*; etkinlik; şehir; ödül; şirket; basın; halk; kamuoyu",
  },
  policy: {
    names:
      "politika; yönetmelik; yönerge; etik kurallar; davranış kuralları; prosedür; gizlilik politikası; iç yönetmelik; talimat; esaslar",
    strong:
      "bu politika; bu yönetmelik; bu yönerge; amaç; kapsam; amaç ve kapsam; uygulanır; geçerlidir; tüm çalışanlar; çalışanlar; çalışan; personel; yöneticiler; yönetici; zorundadır; yükümlüdür; gerekir; yasaktır; yasak; yapılamaz; izin verilmez; onay; ön onay; ilkeler; sorumluluklar; sorumluluk; ihlal; uyulmaması; disiplin; disiplin cezası; yürürlük; yürürlüğe; onaylayan; gözden geçirme; revizyon; sürüm; versiyon; tanımlar; istisnalar; bildirim; bildirmek; insan kaynakları; kişisel veriler; kvkk; uyum; gizlilik; çıkar çatışması; hediye; uzaktan çalışma; eğitim",
    usual: "kurallar; şirket; güvenlik; sağlık; iş; ekipman; masraflar; talep; haklar; erişim",
  },
  presentation: {
    names: "sunum; slaytlar",
    strong:
      "gündem; içindekiler; teşekkürler; teşekkür ederim; dinlediğiniz için; sorular; sorularınız; sonraki adımlar; gelecek adımlar; ekibimiz; vizyon; misyon; hedefler; zorluklar; sorun; çözüm; sonuç; özet; yol haritası; takvim; neredeyiz; fırsat; genel bakış; öne çıkanlar",
    usual: "büyüme; pazar; müşteriler; ekip; strateji; sonuçlar; satış; plan; q1; q2; q3; q4; proje; ortaklar",
  },
  brochure: {
    names: "broşür; el ilanı; katalog; program; fiyat listesi; menü; rehber; tanıtım",
    strong:
      "rezervasyon; rezervasyon yapın; hemen; keşfedin; gelin; ziyaret edin; bizi ziyaret; tadını çıkarın; tadın; arayın; bize ulaşın; çalışma saatleri; açılış saatleri; her gün açık; açık; giriş ücretsiz; ücretsiz; ulaşım; nasıl gidilir; hoş geldiniz; hizmetlerimiz; kampanya; indirim; fırsat; hediye çeki; kişi başı; gecelik; başlayan fiyatlarla; tüm aile; aileniz; çocuklar; yetişkin; neden; rehberli tur; tur; unutulmaz; el yapımı; taze; ev yapımı; kayıt olun; kaydolun; yıl boyunca; sizi bekliyoruz; bekliyoruz; sınırlı",
    usual: "tatil; hafta sonu; atölye; doğa; otel; müze; bahçe; cumartesi; pazar; fiyatlar; aile; lezzet*",
  },
  legal_filing: {
    names:
      "dava dilekçesi; karar; gerekçeli karar; istinaf dilekçesi; cevap dilekçesi; iddianame; temyiz dilekçesi; dilekçe; hüküm",
    strong:
      "mahkemesi; asliye hukuk mahkemesi; asliye ticaret mahkemesi; iş mahkemesi; sulh hukuk; ağır ceza; yargıtay; bölge adliye; sayın hakimliğine; hakimliğine; mahkemesine; esas no; karar no; dosya no; davacı; davalı; vekili; avukat; av; konu; dava konusu; dava değeri; açıklamalar; hukuki nedenler; hukuki sebepler; deliller; hukuki deliller; sonuç ve istem; netice ve talep; talep ederiz; talep ederim; arz ve talep; vekaleten; yargılama giderleri; vekalet ücreti; karşı tarafa yükletilmesi; tazminat; alacak; yasal faiz; faiziyle; türk borçlar kanunu; hmk; tanık; bilirkişi; türk milleti adına; davanın kabulüne; davanın reddine; kabulüne; reddine; tahsiline; hakim",
    usual: "madde; kanun; tarih; sözleşme; tutar; zarar; hukuk; dava; taraf",
  },
  medical_report: {
    names:
      "epikriz; taburcu özeti; tıbbi rapor; sağlık raporu; laboratuvar sonuçları; hasta raporu; ameliyat notu; tetkik sonuçları; çıkış özeti",
    strong:
      "hasta; hastanın; tanı; tanılar; şikayet; şikayeti; öykü; hikaye; özgeçmiş; soygeçmiş; yatış; yatış tarihi; çıkış tarihi; taburcu; taburcu edildi; fizik muayene; muayene; bulgular; tetkikler; laboratuvar; klinik seyir; tedavi; ilaç; ilaçlar; reçete; tablet; doz; günde; günde # kez; tansiyon; kan basıncı; nabız; ateş; satürasyon; röntgen; akciğer grafisi; ultrason; bt; mr; ekg; kan tahlili; hemoglobin; lökosit; kreatinin; glukoz; kolesterol; crp; referans aralığı; referans; doktor; uzman; hastane; hastanesi; servis; poliklinik; kontrol; alerji; ağrı; kırık; pnömoni; zatürre; hipertansiyon; diyabet; ameliyat; anestezi; akut; kronik; öneriler; sonuç",
    usual: "dr; mg; kan; kalp; sağ; sol; diz; akciğer; normal; fizik tedavi; yaş; doğum",
  },
};
