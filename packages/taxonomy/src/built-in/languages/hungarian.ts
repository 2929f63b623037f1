import type { LanguageTerms } from "../category-terms.ts";

export const hungarian: LanguageTerms = {
  invoice: {
    names: "számla; díjbekérő; előlegszámla; végszámla; helyesbítő számla",
    strong:
      "számlaszám; számla sorszáma; számla kelte; kiállítás dátuma; teljesítés dátuma; fizetési határidő; esedékesség; fizetendő; fizetendő összesen; fizetendő végösszeg; bruttó összesen; nettó; bruttó; áfa; áfa összege; adószám; közösségi adószám; bankszámlaszám; átutalás; fizetési mód; fizetési feltételek; vevő; eladó; szállító; egységár; # napon belül; késedelmi kamat; szolgáltatás; áfa tartalma",
    usual: "összesen; mennyiség; ár; összeg; megnevezés; db; óra; iban; kedvezmény",
  },
  receipt: {
    names: "nyugta; blokk; bizonylat; átvételi elismervény; elismervény",
    strong:
      "pénztár; pénztáros; köszönjük a vásárlást; köszönjük; viszontlátásra; visszajáró; készpénz; bankkártya; érintéses; engedélyszám; kiszolgálta; nav ellenőrző kód; ap; átvettem; átvette; azaz; őrizze meg; csere; visszáru; asztal; borravaló; üzlet",
    usual: "összesen; áfa; db; ft; idő; dátum",
  },
  purchase_order: {
    names: "megrendelés; megrendelőlap; rendelés; rendelés visszaigazolás",
    strong:
      "rendelésszám; megrendelés száma; megrendelés dátuma; megrendeljük; ezúton megrendeljük; kérjük szállítsák; szállító; beszállító; megrendelő; beszerzés; szállítási cím; szállítási határidő; szállítás; szállítási feltételek; teljesítés helye; ajánlatuk; árajánlat; ajánlatuk alapján; visszaigazolás; visszaigazolni; cikkszám; raktár; csomagolás; szállítólevél; számlázási cím; jóváhagyta; áru",
    usual: "mennyiség; egységár; összesen; megnevezés; db; nettó; érték",
  },
  contract: {
    names:
      "szerződés; bérleti szerződés; munkaszerződés; adásvételi szerződés; megbízási szerződés; megállapodás; vállalkozási szerződés; titoktartási megállapodás",
    strong:
      "amely létrejött; egyrészről; másrészről; szerződő felek; felek; a felek; a továbbiakban; továbbiakban; alulírott; szerződés tárgya; jelen szerződés; jelen szerződésben; hatály; hatályba; időtartam; felmondás; felmondási idő; rendkívüli felmondás; megszűnés; szerződésszegés; kötbér; kártérítés; felelősség; titoktartás; vis maior; irányadó jog; polgári törvénykönyv; ptk; bíróság kizárólagos; köteles; vállalja; kötelezettséget vállal; bérbeadó; bérlő; megbízó; megbízott; megrendelő; vállalkozó; eladó; vevő; munkáltató; munkavállaló; bérleti díj; kaució; óvadék; díjazás; írásban; két példányban; helybenhagyólag; aláírták",
    usual: "pont; aláírás; jogok; kötelezettségek; díj; határidő; feltételek",
  },
  letter: {
    names: "levél; kísérőlevél; motivációs levél",
    strong:
      "tisztelt; kedves; üdvözlettel; tisztelettel; szívélyes üdvözlettel; baráti üdvözlettel; levele; levelét; levelére; tárgy; írok; szeretném; szeretnénk; köszönöm; köszönjük levelét; sajnálom; sajnáljuk; elnézést; elnézését kérem; bocsánat; mellékelten; mellékelem; remélem; várom; kérem; kérjük; forduljon; sajnos; örömmel",
    usual: "én; nekem; engem; ön; önnek; önök; mi; nekünk; úr; asszony; uram",
  },
  resume: {
    names: "önéletrajz; szakmai önéletrajz; cv",
    strong:
      "szakmai tapasztalat; munkatapasztalat; tapasztalat; tanulmányok; végzettség; képzettség; készségek; számítógépes ismeretek; nyelvtudás; nyelvismeret; anyanyelv; felsőfok; középfok; folyékony; érdeklődés; hobbi; személyes adatok; születési dátum; született; állampolgárság; jogosítvány; diploma; gimnázium; érettségi; gyakornok; tanfolyamok; jelenleg; napjainkig; referenciák; önkéntes",
    usual: "egyetem; főiskola; iskola; vezető; csapat; fejlesztés; angol; német; kft; mérnök",
  },
  report: {
    names: "jelentés; éves jelentés; beszámoló; tanulmány; értékelés; összefoglaló jelentés",
    strong:
      "összefoglaló; vezetői összefoglaló; megállapítások; főbb megállapítások; eredmények; következtetések; javaslatok; ajánlások; javasoljuk; módszertan; bevezetés; tartalomjegyzék; mellékletek; az előző évhez képest; előző év; tavaly; nőtt; növekedett; növekedés; csökkent; csökkenés; százalék; felmérés; válaszadók; kérdőív; ábra; táblázat; megbízásából; átlagosan; mutatók; jelen jelentés",
    usual: "adatok; elemzés; összes; arány; év; negyedév; forrás; száma; célok",
  },
  research_paper: {
    names: "tanulmány; cikk; szakdolgozat; absztrakt; kutatás",
    strong:
      "absztrakt; összefoglalás; kulcsszavak; bevezetés; módszerek; anyag és módszer; eredmények; megbeszélés; következtetések; köszönetnyilvánítás; irodalom; irodalomjegyzék; hivatkozások; et al; jelen tanulmány; tanulmányunkban; kutatásunk; hipotézis*; minta; szignifikáns; szórás; regresszió; variancia; korreláció; modell; kísérlet*; résztvevők; egyenlet; folyóirat; tanszék; doi",
    usual: "egyetem; intézet; kar; vizsgálat; adatok; elemzés; ábra; táblázat; mérés*",
  },
  manual: {
    names: "használati útmutató; kezelési útmutató; útmutató; kézikönyv; felhasználói kézikönyv; szerelési útmutató",
    strong:
      "figyelem; figyelmeztetés; vigyázat; veszély; biztonsági előírások; biztonsági; használat előtt; első használat; üzembe helyezés; olvassa el; őrizze meg; karbantartás; tisztítás; hibaelhárítás; hiba; ok; megoldás; teendő; hibakód; műszaki adatok; nyomja meg; gomb; gombot; tartsa lenyomva; forgassa; csatlakoztassa; húzza ki; hálózati; dugalj; konnektor; csatlakozó; készülék; készüléket; kapcsolja be; kapcsolja ki; villog; világít; kijelző; távolítsa el; helyezze; nyissa ki; zárja; ellenőrizze; győződjön meg; soha; ne használja; beállítás*; csavar*; jótállás; garancia; szerviz; alkatrész*; csomag tartalma; villanyszerelő; telepítés",
    usual: "víz; tartály; szűrő; akkumulátor; hőmérséklet; perc; lépés; feszültség; kábel; gyermek*; fedél",
  },
  form: {
    names: "űrlap; nyomtatvány; jelentkezési lap; kérelem; igénylőlap; kérdőív; adatlap; nyilatkozat",
    strong:
      "kitöltendő; töltse ki; kérjük töltse ki; nyomtatott betűkkel; olvashatóan; jelölje; x szel; kötelező; a megfelelő; aláhúzandó; név; családi név; utónév; születési név; anyja neve; születési hely; születési idő; lakcím; lakóhely; irányítószám; telefonszám; állampolgárság; családi állapot; foglalkozás; nyilatkozom; kijelentem; hozzájárulok; kérelmező; igénylő; aláírás; kérelmező aláírása; kelt; hivatalos; hivatal tölti ki; ügyintéző; mellékletek; igen nem; ha igen; törvényes képviselő",
    usual: "dátum; e mail; igen; nem; neme; szám; adatok; indok",
  },
  bank_statement: {
    names: "számlakivonat; bankszámlakivonat; számlatörténet; kivonat",
    strong:
      "nyitó egyenleg; záró egyenleg; egyenleg; előző egyenleg; könyvelés dátuma; értéknap; terhelés; terhelések; jóváírás; jóváírások; átutalás; bejövő átutalás; kártyás vásárlás; készpénzfelvétel; atm; állandó megbízás; csoportos beszedés; munkabér; fizetés; lakbér; jutalék; kamat; számlavezetési díj; számlaszám; számlatulajdonos; iban; bic; fiók; forgalom; összes terhelés; összes jóváírás; időszak",
    usual: "dátum; összeg; számla; oldal; közlemény; bank; huf; biztosítás",
  },
  meeting_minutes: {
    names: "jegyzőkönyv; emlékeztető; ülés jegyzőkönyve; közgyűlés; ülés",
    strong:
      "jelen vannak; jelenlévők; jelen voltak; távol; igazoltan távol; napirend; napirendi pont*; elnök; levezető elnök; jegyzőkönyvvezető; hitelesítő; határozatképes; megnyitotta; az ülést megnyitja; bezárta; az ülést bezárja; előző ülés; határozat; egyhangúlag; szavazás; igen szavazat; tartózkod*; ellenszavazat; elfogadta; elhatározta; egyebek; következő ülés; tájékoztat*; javasolta; javaslat; megköszönte; felelős; határidő; feladatok; tagok; bizottság; elnökség; pénztáros",
    usual: "pont; óra; beszámoló; vita; terem; ki",
  },
  press_release: {
    names: "sajtóközlemény; közlemény; sajtóanyag",
    strong:
      "azonnali közlésre; sajtókapcsolat; sajtóiroda; bejelentette; bejelenti; megnyílik; megnyitotta; átadta; bemutatja; bemutatta; elindít*; mondta; elmondta; hangsúlyozta; nyilatkozta; hozzátette; közölte; szerint; ügyvezető; vezérigazgató; igazgató; szóvivő; alapító; alapítva; további információ; fotók; először; a cégről",
    usual: "új; ma; projekt; millió; látogatók; rendezvény; város; díj; vállalat; sajtó; közönség",
  },
  policy: {
    names: "szabályzat; irányelv; házirend; etikai kódex; eljárásrend; utasítás; adatvédelmi tájékoztató; munkarend",
    strong:
      "jelen szabályzat; a szabályzat; szabályzat célja; cél; hatálya; hatálya kiterjed; tárgyi hatály; személyi hatály; munkavállalók; valamennyi munkavállaló; dolgozók; vezetők; felettes; köteles; kötelesek; tilos; nem megengedett; engedély; előzetes engedély; jóváhagyás; alapelvek; felelősség; megsértése; fegyelmi; szankció*; hatályba lép; hatályba; jóváhagyta; felülvizsgálat; változat; verzió; fogalmak; kivételek; bejelentés; személyes adatok; adatvédelem; titoktartás; összeférhetetlenség; ajándék*; otthoni munkavégzés; távmunka; oktatás",
    usual: "szabályok; cég; biztonság; egészség; munka; költség*; kérelem; jogok; hozzáférés",
  },
  presentation: {
    names: "prezentáció; előadás; diák",
    strong:
      "napirend; tartalom; köszönöm; köszönöm a figyelmet; köszönjük a figyelmet; kérdések; következő lépések; csapatunk; küldetés; jövőkép; célok; kihívások; a probléma; a megoldás; összefoglalás; ütemterv; hol tartunk; lehetőségek; áttekintés",
    usual: "növekedés; piac; ügyfelek; csapat; stratégia; eredmények; értékesítés; terv; projekt",
  },
  brochure: {
    names: "prospektus; szórólap; brosúra; katalógus; műsorfüzet; árlista; étlap; kalauz",
    strong:
      "foglaljon; foglalás; foglaljon most; fedezze fel; jöjjön; látogasson; élvezze; kóstolja; hívjon; hívja; nyitvatartás; nyitva; naponta; belépés ingyenes; ingyenes; ingyen; megközelítés; üdvözöljük; szolgáltatásaink; akció; kedvezmény; ajándékutalvány; fő; személyenként; éjszaka; egész család; családok; gyermekek; felnőttek; miért; vezetett túra; felejthetetlen; kézműves; friss; házi; jelentkezzen; egész évben; várjuk",
    usual: "nyaralás; hétvége; természet; szálloda; múzeum; kert; szombat; vasárnap; árak",
  },
  legal_filing: {
    names: "keresetlevél; ítélet; fellebbezés; végzés; beadvány; ellenkérelem; kereset; fizetési meghagyás",
    strong:
      "járásbíróság; törvényszék; ítélőtábla; kúria; bíróság; tisztelt bíróság; ügyszám; felperes; alperes; felperesnek; alperest; jogi képviselő; ügyvéd; kereseti kérelem; kötelezze; kötelezi; perköltség; tényállás; jogi érvelés; bizonyíték*; tanú*; indokolás; kártérítés; kár; késedelmi kamat; polgári perrendtartás; pp; ptk; a magyar köztársaság nevében; bíró; tárgyalás; elutasítja; jogerős",
    usual: "összeg; szerződés; törvény; jog; forint",
  },
  medical_report: {
    names: "zárójelentés; lelet; orvosi szakvélemény; ambuláns lap; laborlelet; kórházi zárójelentés; műtéti leírás",
    strong:
      "beteg; diagnózis; diagnózisok; anamnézis; panaszok; jelen panaszok; felvétel; felvették; felvétel dátuma; távozás; elbocsátás; státusz; fizikális; vizsgálat; vizsgálatok; labor; epikrízis; kezelés; terápia; javaslat; gyógyszer*; tabletta; naponta; vérnyomás; pulzus; láz; szaturáció; röntgen; ultrahang; ct; mr; ekg; vérkép; hemoglobin; fehérvérsejt; kreatinin; vércukor; koleszterin; crp; referencia; háziorvos; orvos; főorvos; osztály; kórház; rendelő; kontroll; allergia; fájdalom; törés; tüdőgyulladás; hipertónia; magas vérnyomás; cukorbetegség; műtét; akut; krónikus",
    usual: "dr; mg; vér; szív; jobb; bal; térd; tüdő; gyógytorna; született; éves",
  },
};
