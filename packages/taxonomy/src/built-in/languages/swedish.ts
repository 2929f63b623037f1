import type { LanguageTerms } from "../category-terms.ts";

export const swedish: LanguageTerms = {
  invoice: {
    names: "faktura; räkning; kreditfaktura; proformafaktura; samlingsfaktura; arvodesräkning",
    strong:
      "fakturanummer; fakturanr; fakturadatum; förfallodatum; förfaller; att betala; summa att betala; belopp att betala; betalningsvillkor; betalas senast; # dagar netto; inom # dagar; bankgiro; plusgiro; ocr; ocr nummer; moms; momsbelopp; exkl moms; inkl moms; momsreg nr; momsregistreringsnummer; org nr; organisationsnummer; f skatt; godkänd för f skatt; dröjsmålsränta; er referens; vår referens; kundnummer; á pris; à pris; timpris; fakturan avser; öresavrundning; nettobelopp",
    usual: "iban; netto; summa; antal; pris; belopp; benämning; timmar; rabatt; specifikation; arbete; material",
  },
  receipt: {
    names: "kvitto; kassakvitto; betalningskvitto; kassakvitto",
    strong:
      "kassa; kassör; ni betjänades av; du betjänades av; tack för besöket; tack för ditt köp; tack för ert besök; välkommen åter; välkommen tillbaka; kontant; växel; tillbaka; kort; kontaktlöst; bankkort; kontokort; terminal; köp; öppet köp; spara kvittot; bytesrätt; kvitteras; mottaget av; mottagit; betalt; bord; dricks; butik; medlem; bonus; avrundning; personligt kort; swish; kontrollenhet",
    usual: "totalt; total; moms; summa; st; tid; datum; varor; sek; belopp",
  },
  purchase_order: {
    names: "inköpsorder; beställning; order; orderbekräftelse; avrop; inköpsbeställning; rekvisition",
    strong:
      "ordernummer; ordernr; beställningsnummer; orderdatum; vi beställer; härmed beställs; beställer vi; vänligen leverera; leveransadress; leveransdatum; leverans; leveranstid; leveransvillkor; leverantör; leverantören; köpare; beställare; inköp; inköpare; inköpsavdelningen; er offert; enligt offert; offert; bekräfta; orderbekräftelse; godsmottagning; emballage; följesedel; fakturaadress; artikelnummer; artikelnr; ange ordernummer; märk; godkänd av; frakt; varorna",
    usual: "antal; á pris; pris; belopp; summa; benämning; st; enhet; exkl moms; artikel; kartong; pall",
  },
  contract: {
    names:
      "avtal; kontrakt; hyresavtal; hyreskontrakt; anställningsavtal; köpeavtal; ramavtal; sekretessavtal; konsultavtal; uppdragsavtal; överenskommelse; tjänsteavtal; köpekontrakt",
    strong:
      "parter; parterna; mellan; nedan kallad; nedan; nedan kallat; part; vardera parten; andra parten; följande avtal; har träffats; detta avtal; avtalet; avtalstid; avtalets; uppsägning; uppsägningstid; säga upp; sägas upp; hävning; häva; ansvar; ansvarsbegränsning; skadestånd; sekretess; konfidentiell*; force majeure; tillämplig lag; svensk lag; tvist; tvister; allmän domstol; åtar sig; förbinder sig; uppdragstagaren; uppdragsgivaren; beställaren; leverantören; hyresvärd; hyresgäst*; säljaren; köparen; arbetsgivaren; arbetstagaren; ersättning; hyra; deposition; träder i kraft; i två exemplar; likalydande exemplar; avtalsbrott; skriftligen; immateriella rättigheter; överlåtelse; vite",
    usual: "skriftlig; villkor; betalning; underskrift; bilaga; rättigheter; skyldigheter; gäller; ort och datum",
  },
  letter: {
    names: "brev; personligt brev; skrivelse; klagomål",
    strong:
      "bäste; bästa; hej; kära; käre; med vänlig hälsning; med vänliga hälsningar; vänliga hälsningar; hälsningar; högaktningsfullt; angående; ert brev; ditt brev; tack för ert; tack för ditt; tack för brevet; jag skriver; vi skriver; jag skulle vilja; vi beklagar; jag beklagar; jag är ledsen; ber om ursäkt; ursäkta; bifogar; bifogat; bilaga; hör gärna av; hör av er; hör av dig; tveka inte; ser fram emot; jag hoppas; vi hoppas; med anledning av; härmed",
    usual: "jag; mig; min; mitt; mina; du; dig; ni; er; vi; oss; vår; tack; tyvärr; gärna",
  },
  resume: {
    names: "curriculum vitae; cv; meritförteckning; levnadsbeskrivning; profil",
    strong:
      "arbetslivserfarenhet; erfarenhet; yrkeserfarenhet; anställningar; utbildning; utbildningar; kompetens; kompetenser; kunskaper; datakunskaper; språk; språkkunskaper; modersmål; flytande; goda kunskaper; intressen; fritidsintressen; personuppgifter; född; födelsedatum; nationalitet; körkort; examen; kandidatexamen; masterexamen; civilingenjör; gymnasium; praktik; kurser; certifikat; pågående; nuvarande; nu; referenser; referenser lämnas; förtroendeuppdrag; profil; om mig",
    usual:
      "universitet; högskola; skola; ansvarig; ansvar för; chef; ledde; team; utveckling; engelska; franska; tyska; svenska; projekt; ab",
  },
  report: {
    names:
      "rapport; årsrapport; årsredovisning; verksamhetsberättelse; slutrapport; delårsrapport; utredning; utvärdering; undersökning; kvartalsrapport; granskning",
    strong:
      "sammanfattning; resultat; viktigaste resultat; slutsatser; slutsats; rekommendationer; vi rekommenderar; metod; bakgrund; syfte; uppdrag; innehållsförteckning; bilagor; jämfört med; föregående år; förra året; ökade; ökat; minskade; minskat; ökning; minskning; procent; enkät; svarande; tillfrågade; på uppdrag av; denna rapport; rapporten; figur #; diagram #; tabell #; verksamhetsåret; nyckeltal; utveckling; genomsnitt; trend; åtgärder",
    usual: "analys; data; siffror; total; andel; tillväxt; år; kvartal; källa; antal; mål; förändring; region",
  },
  research_paper: {
    names: "forskningsartikel; vetenskaplig artikel; uppsats; avhandling; sammanfattning; abstrakt",
    strong:
      "sammanfattning; nyckelord; abstract; inledning; introduktion; metod; metoder; material och metod; resultat; diskussion; slutsats; slutsatser; tack; referenser; litteraturförteckning; et al; vi visar; vi föreslår; denna studie; i denna artikel; hypotes*; urval; stickprov; signifikant*; standardavvikelse; regression; varians; korrelation; modell; experiment; deltagare; försökspersoner; tidigare forskning; ekvation; tidskrift; doi; institutionen för",
    usual:
      "universitet; institut; fakultet; studie; data; analys; figur; tabell; fördelning; parameter*; mättes; observera*",
  },
  manual: {
    names:
      "bruksanvisning; manual; handbok; användarhandbok; instruktionsbok; monteringsanvisning; installationsanvisning; snabbguide; användarmanual",
    strong:
      "varning; obs; fara; försiktighet; säkerhetsanvisningar; säkerhet; före första användning; innan du; första användning; läs; spara; underhåll; rengöring; rengör; felsökning; problem; orsak; åtgärd; lösning; felkod; tekniska data; specifikationer; tryck på; tryck; håll; knappen; knapp; vrid; anslut; koppla; stickkontakt; vägguttag; nätsladd; strömförsörjning; apparaten; sätt på; stäng av; slå på; slå av; blinkar; lyser; lampan; display; skärm; ta bort; sätt i; placera; öppna; stäng; kontrollera; se till att; fyll; aldrig; använd inte; ställ in; skruv*; garanti; kundtjänst; reservdelar; förpackningens innehåll; elektriker; installation; montering; klicka; välj; meny; inställningar; avfall",
    usual:
      "apparat; vatten; behållare; filter; batteri; temperatur; minuter; sekunder; steg; figur; spänning; kabel; program; barn; lock; pump",
  },
  form: {
    names:
      "blankett; formulär; ansökan; anmälan; ansökningsblankett; enkät; anmälningsblankett; ansökan om; medgivande; begäran",
    strong:
      "fyll i; fylls i; ifylles; texta; texta tydligt; versaler; kryssa; kryssa i; sätt kryss; obligatorisk*; stryk det som; förnamn; efternamn; namn; personnummer; adress; gatuadress; postnummer; postadress; ort; telefonnummer; mobiltelefon; födelsedatum; medborgarskap; civilstånd; yrke; jag intygar; intygar; härmed intygas; jag samtycker; jag godkänner; jag försäkrar; underskrift; namnteckning; namnförtydligande; sökande; sökandes; ort och datum; fylls i av; för kontorets; handläggare; bifoga; om ja; ja nej; vårdnadshavare; skickas till; lämnas till; del 1",
    usual: "datum; e post; telefon; ja; nej; kön; nummer; uppgifter; anledning",
  },
  bank_statement: {
    names: "kontoutdrag; kontobesked; saldobesked; utdrag; transaktionslista",
    strong:
      "ingående saldo; utgående saldo; saldo; föregående saldo; nytt saldo; bokföringsdag; bokföringsdatum; transaktionsdag; valutadag; insättning; insättningar; uttag; överföring; autogiro; stående överföring; bankomat; kortköp; kontantuttag; lön; hyra; ränta; avgift; kontonummer; kontohavare; clearingnummer; iban; bic; clearing; kontor; summa insättningar; summa uttag; insättningsgaranti; lönekonto; sparkonto; privatkonto; transaktioner; period; swish",
    usual: "datum; belopp; konto; sida; text; summa; bank; sek; försäkring; el",
  },
  meeting_minutes: {
    names:
      "protokoll; mötesprotokoll; styrelseprotokoll; mötesanteckningar; minnesanteckningar; sammanträde; årsmöte; styrelsemöte; årsmötesprotokoll",
    strong:
      "närvarande; frånvarande; anmält förhinder; förhinder; deltagare; ordförande; ordföranden; sekreterare; justerare; justeringsman; justerat; justeras; dagordning; dagordningen; mötets öppnande; mötet öppnades; öppnade mötet; förklarade mötet; mötet avslutades; avslutade; mötets avslutande; föregående protokoll; föregående möte; godkändes; lades till handlingarna; beslut; beslutade; beslutades; mötet beslutade; styrelsen beslutade; enhälligt; reserverade sig; röster; votering; beslutsför*; övriga frågor; nästa möte; rapporterade; informerade; föreslog; tackade; ansvarig; klart senast; uppdrogs; kassör; ledamöter; styrelsen; valdes; åtgärd",
    usual: "punkt; kl; rapport; diskussion; sal; medlemmar; möte; vem; när",
  },
  press_release: {
    names: "pressmeddelande; pressrelease; nyhetsbrev till pressen",
    strong:
      "för omedelbar publicering; omedelbar publicering; embargo; presskontakt; pressansvarig; kontakt för media; mediekontakt; tillkännager; meddelar; meddelade; lanserar; öppnar; inviger; invigning; invigs; presenterar; säger; berättar; kommenterar; enligt; om företaget; vd; verkställande direktör; talesperson; grundare; grundades; pressbilder; bilder; för mer information; mer information; kontakta; för första gången; till redaktionen; är stolta",
    usual: "ny; nya; idag; projekt; miljoner; besökare; stad; evenemang; pris; företag; press; allmänheten; samarbete",
  },
  policy: {
    names:
      "policy; riktlinje; riktlinjer; regler; uppförandekod; ordningsregler; rutin; integritetspolicy; arbetsordning; instruktion; föreskrifter; resepolicy",
    strong:
      "denna policy; policyn; syfte; omfattning; tillämpning; gäller för; gäller alla; medarbetare; anställda; alla anställda; personal; chefer; chef; närmaste chef; ska; får inte; är förbjudet; förbjud*; inte tillåtet; tillåtet; godkännande; tillstånd; ansvar; principer; överträdelse*; brott mot; disciplinära; åtgärder; uppsägning; träder i kraft; gäller från; fastställd*; fastställd av; beslutad av; revidering; revideras; nästa översyn; version; definitioner; undantag; rapportera; anmälas; visselblås*; personalavdelningen; hr; personuppgifter; gdpr; efterlevnad; sekretess; jäv; gåvor; distansarbete; hemarbete; utbildning",
    usual: "företaget; säkerhet; hälsa; arbete; utrustning; kostnader; ersätt*; ansökan; rättigheter; information",
  },
  presentation: {
    names: "presentation; bildspel; föredrag",
    strong:
      "agenda; innehåll; tack; tack för oss; tack för uppmärksamheten; tack för att ni lyssnade; frågor; nästa steg; vårt team; vår vision; vision; mål; utmaningar; problemet; lösningen; slutsatser; viktigaste; sammanfattning; tidplan; färdplan; var står vi; var vi står; bakgrund; möjligheter; översikt; nyckeltal",
    usual: "tillväxt; marknad; kunder; team; strategi; resultat; försäljning; plan; q1; q2; q3; q4; projekt; partner",
  },
  brochure: {
    names: "broschyr; folder; flygblad; katalog; program; prislista; meny; guide",
    strong:
      "boka; boka nu; boka bord; reservera; upptäck; kom och; kom till; besök; besök oss; välkommen; välkommen till; varmt välkomna; njut; njut av; upplev; smaka; ring; kontakta oss; öppettider; öppet; öppet alla dagar; fri entré; fritt inträde; gratis; inträde; hitta hit; så hittar du; våra tjänster; erbjudande; rabatt; presentkort; per person; per natt; från #; för hela familjen; hela familjen; barn; vuxna; varför; guidad; guidade turer; oförglömlig*; hantverk; handgjord*; anmäl dig; hela året; begränsat antal; kurser; färsk*",
    usual: "semester; helg; natur; hotell; museum; trädgård; grupper; lördag; söndag; priser; familj; avkoppling",
  },
  legal_filing: {
    names: "stämningsansökan; dom; överklagande; ansökan om stämning; svaromål; beslut; yttrande; inlaga; åtal",
    strong:
      "tingsrätt; tingsrätten; hovrätt; hovrätten; högsta domstolen; förvaltningsrätten; domstol; mål nr; målnummer; kärande; käranden; svarande; svaranden; klagande; motpart; ombud; advokat; yrkande; yrkanden; yrkar; yrkas; förpliktar; förpliktas; att förplikta; rättegångskostnader; grunder; grunder för; omständigheter; bevisning; bevisuppgift; vittne*; rättegångsbalken; ränta enligt; räntelagen; skadestånd; avtalsbrott; saken; bestrider; domskäl; domslut; huvudförhandling; bilaga; mellan; rådman",
    usual: "belopp; krav; lag; betala; kronor; part; stämning; fordran; talan",
  },
  medical_report: {
    names:
      "epikris; journalanteckning; läkarutlåtande; utskrivningsmeddelande; remissvar; labbsvar; provsvar; operationsberättelse; läkarintyg; röntgenutlåtande; journal",
    strong:
      "patient; patienten; diagnos; diagnoser; anamnes; aktuellt; tidigare sjukdomar; sökorsak; inlagd; inskrivning; inskriven; utskriven; utskrivning; status; undersökning; vårdförlopp; förlopp; behandling; medicinering; läkemedel; tablett*; dosering; dagligen; blodtryck; puls; temperatur; saturation; röntgen; lungröntgen; ultraljud; datortomografi; ekg; provsvar; lab; hemoglobin; leukocyter; kreatinin; glukos; crp; referensintervall; referensvärde*; husläkare; distriktsläkare; sjukhus; avdelning; mottagning; vårdcentral; läkare; överläkare; uppföljning; återbesök; allergier; smärta; fraktur; pneumoni; lunginflammation; hypertoni; diabetes; operation; narkos; akut; kronisk*; bedömning; planering; ua",
    usual: "dr; blod; hjärta; höger; vänster; knä; lunga; normal; sjukgymnastik; vård; född; mg",
  },
};
