import type { LanguageTerms } from "../category-terms.ts";

export const czechSlovak: LanguageTerms = {
  invoice: {
    names: "faktura; daňový doklad; zálohová faktura; dobropis; faktúra; vyúčtování",
    strong:
      "faktura č; číslo faktury; variabilní symbol; variabilný symbol; datum vystavení; dátum vystavenia; datum splatnosti; dátum splatnosti; splatnost; splatné; celkem k úhradě; k úhradě; na úhradu; základ daně; sazba dph; dph; bez dph; s dph; ičo; dič; odběratel; odberateľ; dodavatel; dodávateľ; forma úhrady; převodem; prevodom; bankovní spojení; číslo účtu; úrok z prodlení; fakturujeme; plátce dph; zdanitelného plnění; do # dnů; do # dní",
    usual: "celkem; spolu; množství; cena; částka; jednotka; ks; suma; iban; hodin; položka",
  },
  receipt: {
    names: "účtenka; paragon; stvrzenka; pokladní doklad; příjmový doklad; pokladničný doklad",
    strong:
      "pokladna; pokladní; obsluhoval*; děkujeme za nákup; děkujeme za návštěvu; ďakujeme; hotově; hotovost; kartou; platební karta; vráceno; vrátit; bezkontaktně; terminál; autorizace; přijato; přijali jsme; účel platby; zaokrouhlení; reklamace; prodejna; stůl; na shledanou; dkp; zaplaceno",
    usual: "celkem; dph; ks; čas; kč; datum; suma",
  },
  purchase_order: {
    names: "objednávka; objednací list; potvrzení objednávky",
    strong:
      "číslo objednávky; objednávka č; datum objednávky; objednáváme; objednávame; dodejte; prosíme o dodání; dodavatel; odběratel; dodací adresa; místo dodání; termín dodání; datum dodání; dodací podmínky; dodání; nákup; nákupní oddělení; vaše nabídka; dle nabídky; nabídka; potvrďte; potvrzení; dodací list; fakturační adresa; balení; doprava; sklad; uveďte číslo objednávky; schválil*",
    usual: "množství; jednotková cena; cena; ks; celkem; bez dph; popis; zboží; tovar",
  },
  contract: {
    names:
      "smlouva; zmluva; nájemní smlouva; pracovní smlouva; kupní smlouva; smlouva o dílo; smlouva o poskytování služeb; dohoda; dodatek; rámcová smlouva",
    strong:
      "smluvní strany; zmluvné strany; dále jen; ďalej len; uzavřeli; uzavírají; uzatvárajú; předmět smlouvy; předmětem; predmet zmluvy; tato smlouva; této smlouvy; zavazuje se; povinen; doba trvání; výpověď; výpovědní lhůta; výpovědní doba; odstoupit; odstoupení; smluvní pokuta; odpovědnost; mlčenlivost; důvěrné; vyšší moc; rozhodné právo; občanský zákoník; občanského zákoníku; závěrečná ustanovení; ve dvou vyhotoveních; stejnopisech; účinnosti; nabývá platnosti; pronajímatel; nájemce; objednatel; zhotovitel; prodávající; kupující; zaměstnavatel; zaměstnanec; nájemné; kauce; odměna; písemně; porušení",
    usual: "článek; čl; podpis; práva; povinnosti; lhůta; strany; příloha",
  },
  letter: {
    names: "dopis; list; motivační dopis",
    strong:
      "vážený; vážená; vážení; milý; milá; s pozdravem; s úctou; s přátelským pozdravem; věc; váš dopis; děkuji; děkujeme za; píši; píšu; obracím se; dovolte; omlouvám se; omlouváme se; je mi líto; bohužel; v příloze; přikládám; těším se; doufám; rád bych; ráda bych; prosím",
    usual: "já; mně; mi; můj; moje; vám; vás; vaše; nás; naše; my; pane; paní",
  },
  resume: {
    names: "životopis; curriculum vitae; cv; strukturovaný životopis",
    strong:
      "pracovní zkušenosti; praxe; zkušenosti; vzdělání; vzdelanie; znalosti; dovednosti; jazykové znalosti; jazyky; mateřský jazyk; plynně; pokročilý; zájmy; koníčky; osobní údaje; datum narození; státní příslušnost; řidičský průkaz; bakalář; magistr; gymnázium; maturita; stáž; kurzy; certifikáty; současnost; dosud; doposud; reference; dobrovolnictví",
    usual: "univerzita; vysoká škola; škola; fakulta; vedení; tým; angličtina; němčina; vývoj; manažer",
  },
  report: {
    names: "zpráva; výroční zpráva; závěrečná zpráva; správa; studie; hodnocení; analýza",
    strong:
      "shrnutí; hlavní zjištění; zjištění; doporučení; doporučujeme; závěr; závěry; metodika; úvod; obsah; přílohy; ve srovnání s; oproti roku; meziročně; minulý rok; vzrostl*; klesl*; nárůst; pokles; procent; dotazník; respondent*; průzkum; graf #; tabulka #; obrázek #; průměr; vývoj; tato zpráva; opatření; ukazatel*",
    usual: "data; výsledky; celkem; podíl; rok; čtvrtletí; zdroj; počet; cíle; změna",
  },
  research_paper: {
    names: "článek; odborný článek; diplomová práce; abstrakt; bakalářská práce; disertace",
    strong:
      "abstrakt; souhrn; klíčová slova; úvod; metody; metodika; materiál a metody; výsledky; diskuse; diskuze; závěr; poděkování; literatura; seznam literatury; et al; v této práci; tato práce; tento článek; hypotéz*; vzorek; signifikantní; statisticky významn*; směrodatná odchylka; regrese; rozptyl; korelace; model; experiment*; účastníci; rovnice; časopis; doi; katedra; ústav",
    usual: "univerzita; fakulta; studie; data; analýza; obrázek; tabulka; parametr*; měření",
  },
  manual: {
    names: "návod; návod k použití; návod k obsluze; uživatelská příručka; návod na použitie; příručka; montážní návod",
    strong:
      "varování; upozornění; pozor; nebezpečí; bezpečnostní pokyny; před prvním použitím; uvedení do provozu; přečtěte; uschovejte; údržba; čištění; odstraňování závad; závada; porucha; příčina; řešení; odstranění; technické údaje; stiskněte; tlačítko; podržte; otočte; zapojte; odpojte; zásuvka; zástrčka; napájení; přístroj; spotřebič; zapněte; vypněte; bliká; svítí; kontrolka; displej; vyjměte; vložte; otevřete; zavřete; zkontrolujte; ujistěte se; nikdy; nepoužívejte; nastavení; šroub*; záruka; servis; náhradní díly; obsah balení; elektrikář; instalace; montáž",
    usual: "voda; nádržka; filtr; baterie; teplota; minut; sekund; krok; napětí; kabel; děti; víko",
  },
  form: {
    names: "formulář; žádost; přihláška; dotazník; tiskopis; formulár; prohlášení; žiadosť",
    strong:
      "vyplňte; vyplnit; hůlkovým písmem; zaškrtněte; křížkem; povinné; nehodící se škrtněte; jméno; příjmení; jméno a příjmení; meno a priezvisko; datum narození; rodné číslo; místo narození; adresa; bydliště; trvalé bydliště; psč; telefon; státní občanství; rodinný stav; povolání; prohlašuji; souhlasím; žádám; žadatel; podpis; podpis žadatele; úřední záznam; vyplní úřad; přílohy; pokud ano; ano ne; zákonný zástupce; v dne",
    usual: "datum; e mail; ano; ne; pohlaví; číslo; údaje; důvod",
  },
  bank_statement: {
    names: "výpis z účtu; výpis; bankovní výpis; přehled pohybů",
    strong:
      "počáteční zůstatek; konečný zůstatek; zůstatek; zostatok; datum zaúčtování; datum valuty; valuta; připsáno; odepsáno; příchozí platba; odchozí platba; trvalý příkaz; inkaso; výběr z bankomatu; platba kartou; mzda; nájem; poplatek; úrok; číslo účtu; majitel účtu; variabilní symbol; iban; bic; pobočka; obraty; debetní; kreditní; pojištění vkladů; období",
    usual: "datum; částka; účet; strana; popis; banka; kč; převod",
  },
  meeting_minutes: {
    names: "zápis; zápis z jednání; zápis ze schůze; zápis z porady; zápisnica; schůze; porada; valná hromada",
    strong:
      "přítomni; přítomní; nepřítomni; omluveni; omluven*; program jednání; program; předsedající; předseda; předsedkyně; zapisovatel*; zapsal*; ověřovatel; usnášeníschopn*; jednání zahájil*; zahájil*; ukončil*; schůze ukončena; předchozí zápis; minulé schůze; schválen*; jednomyslně; hlasování; pro; proti; zdržel se; zdrželi; usnesení; úkoly; odpovídá; termín; různé; příští schůze; příští jednání; informoval*; navrhl*; poděkoval*; výbor; členové; pokladník",
    usual: "bod; hod; zpráva; diskuse; místnost; kdo; do kdy",
  },
  press_release: {
    names: "tisková zpráva; tlačová správa; tiskové prohlášení",
    strong:
      "k okamžitému zveřejnění; embargo; kontakt pro média; kontakt pro novináře; tiskový mluvčí; tisková mluvčí; tiskové oddělení; oznámil*; oznamuje; otevírá; otevře; představil*; představuje; zahájí; uvedl*; řekl*; uvádí; říká; dodal*; dodává; podle; o společnosti; ředitel; ředitelka; generální ředitel; zakladatel*; založena; fotografie; více informací; další informace; poprvé; slavnostní otevření",
    usual: "nový; nová; dnes; projekt; milionů; návštěvníci; akce; město; cena; společnost; média; veřejnost",
  },
  policy: {
    names: "směrnice; zásady; politika; řád; pracovní řád; smernica; etický kodex; pravidla; vnitřní předpis; pokyn",
    strong:
      "tato směrnice; této směrnice; účel; účel a rozsah; rozsah; rozsah platnosti; vztahuje se na; platí pro; zaměstnanci; všichni zaměstnanci; zaměstnancům; vedoucí; nadřízený; musí; nesmí; jsou povinni; povinni; zakázáno; zakazuje se; není dovoleno; povoleno; souhlas; předchozí souhlas; zásady; odpovědnost; porušení; disciplinární; účinnost; nabývá účinnosti; schválil*; schváleno; revize; příští revize; verze; definice; výjimky; oznámit; hlásit; personální oddělení; osobní údaje; ochrana osobních údajů; mlčenlivost; střet zájmů; dary; práce z domova; školení",
    usual: "pravidla; společnost; bezpečnost; práce; zdraví; náklady; vybavení; žádost; přístup",
  },
  presentation: {
    names: "prezentace; prezentácia; snímky",
    strong:
      "agenda; program; obsah; děkuji; děkuji za pozornost; děkujeme za pozornost; ďakujem za pozornosť; otázky; dotazy; další kroky; náš tým; vize; mise; cíle; výzvy; problém; řešení; závěr; shrnutí; harmonogram; kde jsme; klíčové; příležitosti; přehled",
    usual: "růst; trh; zákazníci; tým; strategie; výsledky; tržby; prodej; plán; q1; q2; q3; q4; projekt",
  },
  brochure: {
    names: "brožura; leták; katalog; program; ceník; jídelní lístek; průvodce; brožúra",
    strong:
      "rezervujte; rezervace; objednejte; objevte; přijďte; navštivte; navštivte nás; užijte; užijte si; ochutnejte; zavolejte; kontaktujte nás; otevírací doba; otevřeno; denně; vstup zdarma; vstup volný; zdarma; jak se k nám dostanete; kudy k nám; vítejte; naše služby; nabídka; sleva; slevy; akce; dárkový poukaz; na osobu; za noc; od # kč; pro celou rodinu; děti; dospělí; proč; prohlídk*; nezapomenuteln*; čerstv*; domácí; přihlaste se; po celý rok; těšíme se na vás; kurzy",
    usual: "dovolená; víkend; příroda; hotel; muzeum; zahrada; sobota; neděle; ceny; rodina; relax",
  },
  legal_filing: {
    names: "žaloba; rozsudek; odvolání; usnesení; návrh; platební rozkaz; vyjádření; žiadosť; dovolání",
    strong:
      "okresní soud; krajský soud; městský soud; nejvyšší soud; okresný súd; soud; soudu; sp zn; spisová značka; č j; žalobce; žalobkyně; žalovaný; žalovaná; žalobca; navrhovatel; odpůrce; advokát; právní zástupce; zastoupen*; petit; žalobní; navrhuje; aby soud; soud vydal; tento rozsudek; je povinen zaplatit; povinen; náklady řízení; náhrada nákladů; náhradu nákladů řízení; úrok z prodlení; důkaz; důkazy; svědek; odůvodnění; skutkový stav; občanského zákoníku; o s ř; jménem republiky; škoda; náhrada škody; právní moci",
    usual: "částka; smlouva; zákon; právo; kč; věc; plná moc; proti",
  },
  medical_report: {
    names:
      "lékařská zpráva; propouštěcí zpráva; prepúšťacia správa; výsledky vyšetření; nález; operační protokol; laboratorní výsledky; ambulantní zpráva",
    strong:
      "pacient; pacientka; diagnóza; diagnózy; anamnéza; nynější onemocnění; přijat*; přijetí; propuštěn*; propuštění; hospitalizace; hospitalizován*; objektivně; objektivní nález; vyšetření; průběh hospitalizace; léčba; terapie; medikace; tableta; tablety; tbl; denně; krevní tlak; tk; puls; teplota; saturace; rtg; ultrazvuk; ct; ekg; krevní obraz; hemoglobin; leukocyty; kreatinin; glukóza; crp; referenční; praktický lékař; lékař; oddělení; nemocnice; klinika; ambulance; kontrola; alergie; bolest; zlomenina; pneumonie; zápal plic; hypertenze; diabetes; operace; akutní; chronick*; závěr; doporučení; bez patologie",
    usual: "mudr; mg; krev; srdce; vpravo; vlevo; koleno; plíce; rehabilitace; nar; let",
  },
};
