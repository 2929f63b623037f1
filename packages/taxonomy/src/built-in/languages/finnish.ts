import type { LanguageTerms } from "../category-terms.ts";

export const finnish: LanguageTerms = {
  invoice: {
    names: "lasku; hyvityslasku; proformalasku; ostolasku; laskutus",
    strong:
      "laskun numero; laskun päiväys; laskunumero; eräpäivä; maksettava; maksettava yhteensä; yhteensä maksettava; loppusumma; maksuehto; # pv netto; # päivää netto; viitenumero; saaja; saajan tilinumero; alv; arvonlisävero; veroton; verollinen; verokanta; y tunnus; viivästyskorko; laskutusosoite; asiakasnumero; tilinumero; yksikköhinta; á hinta; tuntihinta; huomautusaika",
    usual: "iban; bic; yhteensä; määrä; hinta; summa; kpl; tuote; tunnit; alennus",
  },
  receipt: {
    names: "kuitti; käteiskuitti; kassakuitti; maksukuitti",
    strong:
      "kassa; myyjä; kiitos käynnistä; kiitos ostoksesta; kiitos; tervetuloa uudelleen; takaisin; vaihtoraha; käteinen; korttimaksu; pankkikortti; lähimaksu; tapahtuma; varmennus; kuittinro; vaihto oikeus; palautus; säilytä kuitti; vastaanotettu; maksettu; pöytä; myymälä; bonus; kortti; alv erittely",
    usual: "yhteensä; alv; kpl; klo; eur; veroton",
  },
  purchase_order: {
    names: "ostotilaus; tilaus; tilausvahvistus; hankintatilaus",
    strong:
      "tilausnumero; tilauspäivä; tilaamme; pyydämme toimittamaan; toimittakaa; toimittaja; tavarantoimittaja; ostaja; tilaaja; osto; hankinta; toimitusosoite; toimitusaika; toimituspäivä; toimitusehto; toimitusehdot; toimitus; tarjouksenne; tarjous; tarjouksenne mukaisesti; vahvistakaa; tilausvahvistus; tuotenumero; tuotekoodi; pakkaus; lähete; laskutusosoite; hyväksyjä; varasto; rahti; tavara",
    usual: "määrä; yksikköhinta; hinta; yhteensä; kpl; kuvaus; veroton; yksikkö",
  },
  contract: {
    names:
      "sopimus; vuokrasopimus; työsopimus; kauppakirja; palvelusopimus; salassapitosopimus; puitesopimus; toimeksiantosopimus",
    strong:
      "sopijapuolet; osapuolet; osapuoli; jäljempänä; kumpikin osapuoli; toinen osapuoli; välillä; tämä sopimus; tämän sopimuksen; sopimuksen; kohde; voimassaolo; voimassa; tulee voimaan; irtisanominen; irtisanomisaika; irtisanoa; purkaa; purkaminen; sopimusrikkomus; vahingonkorvaus; vastuu; vastuunrajoitus; salassapito; luottamuksellis*; ylivoimainen este; sovellettava laki; suomen laki; riidat; erimielisyydet; käräjäoikeus; sitoutuu; velvollinen; vuokranantaja; vuokralainen; myyjä; ostaja; toimittaja; tilaaja; työnantaja; työntekijä; vakuus; vuokra; kahtena; samansanaista kappaletta; kirjallisesti; immateriaalioikeudet; siirtää",
    usual: "kohta; maksu; allekirjoitus; ehdot; oikeudet; liite; päiväys; korvaus",
  },
  letter: {
    names: "kirje; saatekirje; hakemuskirje",
    strong:
      "hyvä; arvoisa; rakas; hei; ystävällisin terveisin; parhain terveisin; terveisin; kunnioittaen; sydämellisin terveisin; asia; kirjeenne; kirjeesi; kiitos kirjeestä; kirjoitan; haluaisin; haluamme; pahoittelen; pahoittelemme; anteeksi; valitettavasti; liitteenä; oheisena; toivon; toivomme; odotan; ottakaa yhteyttä; kiitän; kiitämme; viitaten",
    usual: "minä; minun; minulle; me; meidän; te; teidän; teille; sinä; sinun; olen; olemme",
  },
  resume: {
    names: "ansioluettelo; cv; curriculum vitae",
    strong:
      "työkokemus; kokemus; koulutus; osaaminen; taidot; kielitaito; kielet; äidinkieli; sujuva; erinomainen; tyydyttävä; harrastukset; henkilötiedot; syntymäaika; syntynyt; kansalaisuus; ajokortti; tutkinto; maisteri; kandidaatti; insinööri; lukio; ylioppilas; harjoittelu; harjoittelija; kurssit; nykyinen; edelleen; suosittelijat; luottamustoimet; profiili; it taidot",
    usual:
      "yliopisto; ammattikorkeakoulu; koulu; vastuu; vastasin; tiimi; kehitys; englanti; ruotsi; suomi; oy; päällikkö",
  },
  report: {
    names: "raportti; vuosikertomus; selvitys; loppuraportti; toimintakertomus; katsaus; arviointi; tutkimusraportti",
    strong:
      "tiivistelmä; yhteenveto; keskeiset tulokset; tulokset; havainnot; johtopäätökset; suositukset; suosittelemme; menetelmät; tausta; johdanto; sisällys; liitteet; edellisvuo*; viime vuonna; edellisenä vuonna; verrattuna; kasvoi; nousi; lisääntyi; laski; väheni; kasvu; lasku; prosenttia; kysely; vastaajat; vastaajista; kuvio #; kuva #; taulukko #; keskimäärin; toimeksiannosta; tunnusluvut; kehitys; tämä raportti",
    usual: "tiedot; analyysi; osuus; vuosi; neljännes; lähde; määrä; tavoitteet; muutos",
  },
  research_paper: {
    names: "tutkimusartikkeli; artikkeli; pro gradu; tiivistelmä; väitöskirja; opinnäytetyö",
    strong:
      "tiivistelmä; avainsanat; asiasanat; johdanto; menetelmät; aineisto; aineisto ja menetelmät; tulokset; pohdinta; keskustelu; johtopäätökset; kiitokset; lähteet; kirjallisuus; viitteet; et al; tässä tutkimuksessa; tämä tutkimus; tässä artikkelissa; hypoteesi*; otos; tilastollisesti; merkitsevä*; keskihajonta; regressio*; varianssi; korrelaatio; malli; koe; kokeet; osallistujat; yhtälö; aikakauskirja; laitos; doi",
    usual: "yliopisto; tutkimus; analyysi; kuva; taulukko; jakauma; mitattiin; havainto*",
  },
  manual: {
    names: "käyttöohje; käyttöopas; ohjekirja; asennusohje; käsikirja; pikaopas; käyttöohjeet; kokoamisohje",
    strong:
      "varoitus; huomio; vaara; turvallisuusohjeet; turvallisuus; ennen käyttöä; ennen ensimmäistä käyttöä; ensimmäinen käyttö; käyttöönotto; lue; säilytä; huolto; puhdistus; puhdista; vianetsintä; vika; ongelma; syy; ratkaisu; toimenpide; vikakoodi; tekniset tiedot; paina; painike; painiketta; pidä; käännä; kytke; irrota; pistoke; pistorasia; virtajohto; laite; laitteen; käynnistä; sammuta; vilkkuu; palaa; merkkivalo; näyttö; poista; aseta; avaa; sulje; tarkista; varmista; täytä; älä; älä koskaan; asetukset; ruuvi*; takuu; huoltoliike; varaosat; pakkauksen sisältö; sähköasentaja; asennus; valitse; valikko",
    usual: "vesi; säiliö; suodatin; akku; paristo; lämpötila; minuuttia; vaihe; kuva; jännite; kaapeli; lapset; kansi",
  },
  form: {
    names: "lomake; hakemus; ilmoittautumislomake; hakemuslomake; kyselylomake; ilmoitus; suostumuslomake",
    strong:
      "täytä; täytetään; tekstaten; rasti; rastita; merkitse; pakollinen; pakolliset; nimi; sukunimi; etunimi; etunimet; henkilötunnus; syntymäaika; osoite; lähiosoite; postinumero; postitoimipaikka; puhelin; puhelinnumero; matkapuhelin; kansalaisuus; siviilisääty; ammatti; vakuutan; suostun; hyväksyn; annan suostumukseni; haen; hakija; hakijan; allekirjoitus; hakijan allekirjoitus; nimenselvennys; paikka ja aika; paikka ja päiväys; viranomainen täyttää; viranomaisen merkintöjä; liitteet; jos kyllä; kyllä ei; huoltaja; palautetaan; palautus",
    usual: "päivämäärä; sähköposti; kyllä; ei; sukupuoli; numero; tiedot; syy",
  },
  bank_statement: {
    names: "tiliote; tilitapahtumat; luottokorttilasku; tapahtumaote",
    strong:
      "alkusaldo; loppusaldo; saldo; edellinen saldo; kirjauspäivä; maksupäivä; arvopäivä; panot; otot; pano; otto; tilisiirto; suoraveloitus; kestomaksu; käteisnosto; korttiosto; automaattinosto; palkka; vuokra; palvelumaksu; korko; tilinumero; tilinomistaja; iban; bic; arkistointitunnus; konttori; panot yhteensä; otot yhteensä; talletussuoja; käyttötili; selite; saaja; maksaja",
    usual: "päivä; määrä; tili; sivu; viesti; pankki; eur; vakuutus; sähkö",
  },
  meeting_minutes: {
    names: "pöytäkirja; kokouspöytäkirja; muistio; kokousmuistio; kokous; vuosikokous",
    strong:
      "läsnä; läsnäolijat; poissa; esityslista; asialista; puheenjohtaja; sihteeri; pöytäkirjantarkastaja*; päätösvaltai*; kokouksen avaus; avasi kokouksen; avattiin; kokouksen päättäminen; päätti kokouksen; päätettiin; päätös; hyväksyttiin; edellisen kokouksen; yksimielisesti; äänestys; äänin; muut asiat; seuraava kokous; kertoi; esitteli; ehdotti; kiitti; vastuuhenkilö; määräaika; tehtävät; jäsenet; hallitus; rahastonhoitaja; todettiin; merkittiin",
    usual: "kohta; klo; raportti; keskustelu; huone; kuka",
  },
  press_release: {
    names: "lehdistötiedote; tiedote; mediatiedote; uutistiedote",
    strong:
      "julkaisuvapaa; julkaistavissa heti; lisätietoja; lisätiedot; mediayhteydet; yhteyshenkilö medialle; viestintä; tiedottaja; julkistaa; julkisti; ilmoittaa; ilmoitti; avaa; avataan; avasi; lanseeraa; esittelee; sanoo; kertoo; toteaa; iloitsee; korostaa; mukaan; toimitusjohtaja; johtaja; perustaja; perustettu; kuvia; lehdistökuvat; tietoa; ensimmäistä kertaa",
    usual: "uusi; uudet; tänään; hanke; miljoonaa; kävijät; tapahtuma; kaupunki; palkinto; yritys; media; yleisö",
  },
  policy: {
    names:
      "ohje; toimintaohje; periaatteet; linjaus; säännöt; eettiset ohjeet; järjestyssäännöt; menettelyohje; tietosuojaseloste; etätyöohje",
    strong:
      "tämä ohje; tarkoitus; soveltamisala; koskee; koskee kaikkia; henkilöstö; työntekijät; kaikki työntekijät; esimies; esihenkilö; tulee; on velvollinen; velvollisuus; ei saa; on kielletty; kielletty; sallittu; lupa; etukäteen; hyväksyntä; periaatteet; vastuut; rikkominen; rikkomukset; kurinpito*; varoitus; seuraamukset; voimaantulo; tulee voimaan; voimassa; hyväksynyt; hyväksytty; päivitys; seuraava tarkistus; versio; määritelmät; poikkeukset; ilmoittaa; ilmoitettava; ilmoituskanava; henkilötiedot; tietosuoja; salassapito; eturistiriita; lahjat; etätyö; koulutus",
    usual: "säännöt; yritys; turvallisuus; terveys; työ; laitteet; kulut; korva*; hakemus; oikeudet",
  },
  presentation: {
    names: "esitys; esitelmä; diat",
    strong:
      "agenda; sisältö; kiitos; kiitos mielenkiinnosta; kysymyksiä; kysymykset; seuraavat askeleet; seuraavaksi; tiimimme; visio; missio; tavoitteet; haasteet; ongelma; ratkaisu; yhteenveto; aikataulu; missä olemme; mahdollisuudet; tiekartta; katsaus",
    usual: "kasvu; markkina; asiakkaat; tiimi; strategia; tulokset; myynti; suunnitelma; hanke",
  },
  brochure: {
    names: "esite; lehtinen; kuvasto; ohjelma; hinnasto; ruokalista; opas",
    strong:
      "varaa; varaa nyt; varaukset; löydä; koe; tule; tutustu; vieraile; nauti; maista; soita; ota yhteyttä; aukioloajat; avoinna; joka päivä; vapaa pääsy; ilmainen; ilmaiseksi; näin löydät; tervetuloa; palvelumme; tarjous; alennus; lahjakortti; hlö; henkilö; yö; alkaen; koko perheelle; koko perheen; lapset; aikuiset; miksi; opastettu; opastetut; unohtumaton; käsintehty; tuore*; ilmoittaudu; ympäri vuoden; kurssit",
    usual: "loma; viikonloppu; luonto; hotelli; museo; puutarha; lauantai; sunnuntai; hinnat; perhe",
  },
  legal_filing: {
    names: "haastehakemus; tuomio; valitus; päätös; vastaus; kanne; hakemus",
    strong:
      "käräjäoikeus; käräjäoikeudelle; hovioikeus; korkein oikeus; hallinto oikeus; asianumero; diaarinumero; kantaja; vastaaja; kantajan; vastaajan; valittaja; vastapuoli; asiamies; asianajaja; vaatimukset; vaatimus; vaadin; vaatii; velvoitetaan; velvoittaa; oikeudenkäyntikulut; perusteet; tapahtumatiedot; näyttö; todistelu; todistaja*; kirjalliset todisteet; korkolain; viivästyskorko; vahingonkorvaus; sopimusrikkomus; asia; tuomiolauselma; käräjätuomari; hylätään; haaste",
    usual: "määrä; sopimus; laki; oikeus; euroa",
  },
  medical_report: {
    names:
      "epikriisi; lääkärinlausunto; hoitoyhteenveto; potilaskertomus; laboratoriotulokset; loppulausunto; lausunto; lähete",
    strong:
      "potilas; potilaan; diagnoosi; diagnoosit; esitiedot; nykysairaus; tulosyy; aiemmat sairaudet; sisään; otettu; osastohoito; kotiutettu; kotiutus; status; tutkimukset; hoito; hoidon kulku; lääkitys; lääkkeet; tablet*; kertaa päivässä; verenpaine; syke; lämpö; happisaturaatio; röntgen; ultraääni; tt; ekg; laboratorio; hemoglobiini; leukosyytit; kreatiniini; glukoosi; crp; viitearvo*; viiteväli; lääkäri; erikoislääkäri; sairaala; osasto; poliklinikka; terveyskeskus; kontrolli; jatkohoito; allergiat; kipu; murtuma; keuhkokuume; diabetes; leikkaus; akuutti; krooninen; suunnitelma",
    usual: "mg; veri; sydän; oikea; vasen; polvi; keuhko; fysioterapia; synt",
  },
};
