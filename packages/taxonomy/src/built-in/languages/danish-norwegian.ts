import type { LanguageTerms } from "../category-terms.ts";

export const danishNorwegian: LanguageTerms = {
  invoice: {
    names: "faktura; regning; kreditnota; kreditnotat; honorarnota; proformafaktura",
    strong:
      "fakturanummer; fakturanr; fakturanr; fakturadato; forfaldsdato; forfallsdato; forfalder; forfaller; at betale; å betale; til betaling; beløb til betaling; betalingsbetingelser; betalingsfrist; betales senest; netto # dage; # dage netto; innen # dager; inden # dage; moms; mva; ekskl moms; eks mva; inkl moms; inkl mva; momsbeløb; mva beløp; cvr; org nr; organisasjonsnummer; reg nr; kontonr; kontonummer; kid; kid nummer; morarente*; forsinkelsesrente; vores reference; vår referanse; deres reference; kundenummer; enhedspris; enhetspris; timepris; udført arbejde; bankoverførsel",
    usual: "iban; netto; sum; i alt; total; antal; antall; pris; beløb; beløp; beskrivelse; timer; rabat; rabatt",
  },
  receipt: {
    names: "kvittering; kassebon; bon; salgskvittering",
    strong:
      "kasse; ekspedient; ekspederet af; du ble betjent av; betjent av; betjent af; tak for besøget; tak for dit køb; takk for handelen; takk for besøket; på gensyn; velkommen tilbage; velkommen tilbake; byttepenge; retur; kontant; dankort; kort; bankkort; kontaktløs*; terminal; gem bonen; ta vare på; bytteret; bytterett; modtaget af; mottatt av; betalt; bord; drikkepenge; butik; butikk; mobilepay; vipps; autorisation; medlem; heraf moms; herav mva",
    usual: "total; i alt; moms; mva; stk; tid; dato; varer; dkk; nok; beløb; sum",
  },
  purchase_order: {
    names:
      "indkøbsordre; innkjøpsordre; bestilling; ordre; ordrebekræftelse; ordrebekreftelse; rekvisition; rekvisisjon",
    strong:
      "ordrenummer; ordrenr; bestillingsnummer; ordredato; vi bestiller; hermed bestilles; hermed bestiller; venligst lever; vennligst lever; bedes levere; leveringsadresse; leveringsdato; levering; leveringstid; leveringsbetingelser; leverandør; leverandøren; køber; kjøper; indkøb; innkjøp; indkøbsafdelingen; innkjøper; jeres tilbud; deres tilbud; ifølge tilbud; tilbud; bekræft; bekreft; varemodtagelse; varemottak; emballage; følgeseddel; følgeseddel; fakturaadresse; varenummer; varenr; artikkelnummer; oplys ordrenummer; oppgi ordrenummer; godkendt af; godkjent av; fragt; frakt",
    usual: "antal; antall; enhedspris; pris; beløb; sum; beskrivelse; stk; enhed; ekskl moms; vare; palle",
  },
  contract: {
    names:
      "kontrakt; aftale; avtale; lejekontrakt; leiekontrakt; ansættelseskontrakt; arbeidsavtale; købsaftale; kjøpekontrakt; samarbejdsaftale; fortrolighedsaftale; konsulentaftale; lejeaftale; leieavtale; rammeavtale; rammeaftale; taushetserklæring",
    strong:
      "parterne; partene; mellem; mellom; herefter; heretter; i det følgende; part; hver part; den anden part; den annen part; er indgået; er inngått; indgået følgende; følgende avtale; denne aftale; denne avtalen; denne kontrakt; aftalens; avtalens; varighed; varighet; opsigelse; oppsigelse; opsiges; sies opp; opsigelsesvarsel; oppsigelsestid; misligholdelse; mislighold; ophævelse; hæve; heving; ansvar; ansvarsbegrænsning; erstatning; fortrolighed; konfidensialitet; taushetsplikt; force majeure; lovvalg; dansk ret; norsk rett; værneting; verneting; tvister; forpligter sig; forplikter seg; udlejer; utleier; lejer; leietaker; leier; sælger; selger; køber; kjøper; arbejdsgiver; arbeidsgiver; medarbejderen; arbeidstaker; opdragsgiver; oppdragsgiver; kunden; leverandøren; vederlag; husleje; depositum; træder i kraft; trer i kraft; i to eksemplarer; underskrevet; skriftligt; skriftlig; overdragelse; immaterielle",
    usual: "vilkår; betaling; underskrift; bilag; vedlegg; rettigheder; forpligtelser; plikter; pris; frist",
  },
  letter: {
    names: "brev; følgebrev; ansøgning; søknad; klage",
    strong:
      "kære; kjære; hej; hei; med venlig hilsen; venlig hilsen; med vennlig hilsen; vennlig hilsen; de bedste hilsner; mange hilsner; hilsen; vedrørende; angående; deres brev; dit brev; ditt brev; tak for dit; tak for deres; takk for; jeg skriver; vi skriver; jeg vil gerne; jeg vil gjerne; vi beklager; jeg beklager; undskyld; unnskyld; vedlagt; vedlægger; vedlegger; hører gerne; hører gjerne; tøv ikke; ta gjerne kontakt; ser frem til; jeg håber; jeg håper; vi håber; i anledning af; hermed",
    usual: "jeg; mig; meg; min; mit; mitt; mine; du; dig; deg; vi; os; oss; vores; vår; tak; takk; desværre; dessverre",
  },
  resume: {
    names: "curriculum vitae; cv; profil",
    strong:
      "erhvervserfaring; arbejdserfaring; arbeidserfaring; erfaring; yrkeserfaring; ansættelser; uddannelse; utdanning; utdannelse; kompetencer; kompetanse; kvalifikationer; kvalifikasjoner; it kundskaber; datakunnskaper; sprog; språk; modersmål; morsmål; flydende; flytende; interesser; fritid; fritidsinteresser; personlige oplysninger; personalia; født; fødselsdato; nationalitet; kørekort; førerkort; bachelor; master; kandidat; gymnasium; praktik; praksis; kurser; kurs; certifikater; nuværende; nåværende; nu; nå; d d; referencer; referanser; oppgis ved; frivilligt arbejde; frivillig; verv; tillidshverv; resumé; om mig",
    usual:
      "universitet; højskole; høgskole; skole; ansvarlig; ansvar for; leder; ledede; team; udvikling; engelsk; fransk; tysk; dansk; norsk; projekter; a s",
  },
  report: {
    names:
      "rapport; årsrapport; årsberetning; årsmelding; beretning; slutrapport; sluttrapport; evaluering; undersøgelse; undersøkelse; kvartalsrapport; redegørelse",
    strong:
      "sammenfatning; sammendrag; resumé; hovedresultater; hovedfunn; funn; resultater; konklusion; konklusjon; konklusioner; anbefalinger; vi anbefaler; metode; baggrund; bakgrunn; formål; indholdsfortegnelse; innhold; bilag; sammenlignet med; i forhold til; sidste år; året før; i fjor; steg; økte; stigning; økning; fald; faldt; falt; nedgang; procent; prosent; spørgeskema; spørreundersøkelse; respondenter; adspurgte; på vegne af; på oppdrag; denne rapport; rapporten; figur #; tabel #; tabell #; regnskabsår; nøgletal; nøkkeltall; udvikling; utvikling; gennemsnit; gjennomsnitt; tiltag; tiltak",
    usual:
      "analyse; data; tal; tall; total; andel; vækst; vekst; år; kvartal; kilde; antal; antall; mål; ændring; endring; region",
  },
  research_paper: {
    names:
      "forskningsartikel; videnskabelig artikel; speciale; masteroppgave; afhandling; avhandling; resumé; sammendrag",
    strong:
      "resumé; sammendrag; nøgleord; nøkkelord; abstract; indledning; innledning; metode; metoder; materiale og metode; materiale og metoder; resultater; diskussion; diskusjon; konklusion; konklusjon; referencer; referanser; litteratur; litteraturliste; et al; vi viser; vi foreslår; i denne artikel; denne studie; denne studien; hypotese*; stikprøve; utvalg; signifikant*; standardafvigelse; standardavvik; regression; regresjon; varians; korrelation; korrelasjon; model; modell; eksperiment*; forsøg; forsøk; deltagere; deltakere; tidligere forskning; ligning; tidsskrift; doi; institut for; institutt for",
    usual: "universitet; fakultet; studie; data; analyse; figur; tabel; tabell; fordeling; parameter*; målt; observer*",
  },
  manual: {
    names:
      "brugsanvisning; bruksanvisning; vejledning; veiledning; manual; håndbog; håndbok; brugervejledning; brukerhåndbok; brukerveiledning; monteringsvejledning; monteringsanvisning; betjeningsvejledning; installationsvejledning",
    strong:
      "advarsel; obs; fare; forsigtig; forsiktig; sikkerhedsanvisninger; sikkerhetsinstruksjoner; sikkerhed; sikkerhet; før brug; før bruk; første brug; første gang; læs; les; gem; ta vare på; vedligeholdelse; vedlikehold; rengøring; rengjøring; rengør; rengjør; fejlfinding; feilsøking; problem; årsag; årsak; løsning; afhjælpning; fejlkode; feilkode; tekniske data; spesifikasjoner; specifikationer; tryk på; trykk på; hold; knappen; knap; drej; drei; vri; tilslut; koble; stikket; støpselet; stikkontakt; stikkontakten; netledning; strømledning; strømforsyning; apparatet; tænd; slå på; sluk; slå av; blinker; lyser; lampen; display; skærm; skjerm; fjern; sæt; sett; placer; plasser; åbn; åpne; luk; lukk; kontroller; sørg for; fyld; fyll; aldrig; aldri; brug ikke; bruk ikke; indstil; still inn; skrue*; garanti; kundeservice; reservedele; reservedeler; elektriker; installation; montering; klik; klikk; vælg; velg; menu; meny; indstillinger; innstillinger",
    usual:
      "apparat; vand; vann; beholder; filter; batteri; temperatur; minutter; sekunder; trin; figur; spænding; kabel; program; børn; barn; låg; lokk; pumpe",
  },
  form: {
    names:
      "blanket; skema; formular; skjema; ansøgning; ansøgningsskema; søknadsskjema; søknad; tilmelding; påmelding; anmeldelse; spørgeskema; spørreskjema; samtykkeerklæring; erklæring; søknad om; ansøgning om; rejseafregning",
    strong:
      "udfyldes; udfyld; fylles ut; fyll ut; blokbogstaver; blokkbokstaver; store bogstaver; sæt kryds; kryds; kryss av; sett kryss; obligatorisk*; skal udfyldes; må fylles ut; fornavn; efternavn; etternavn; navn; cpr nr; cpr; fødselsnummer; fødselsdato; adresse; postnr; postnummer; by; poststed; telefonnummer; mobil; statsborgerskab; statsborgerskap; civilstand; sivilstatus; stilling; jeg erklærer; jeg bekræfter; jeg bekrefter; jeg giver samtykke; jeg samtykker; tro og love; underskrift; signatur; ansøger; ansøgers; søker; søkers; sted og dato; forbeholdt; udfyldes af; fylles ut av; kun til; vedlæg; vedlegg; hvis ja; ja nej; ja nei; forælder; foresatt; værge; sendes til; afleveres; leveres til; del 1",
    usual:
      "dato; e mail; e post; telefon; ja; nej; nei; køn; kjønn; nummer; oplysninger; opplysninger; årsag; begrunnelse",
  },
  bank_statement: {
    names: "kontoudtog; kontoutskrift; kontoudskrift; posteringsoversigt; bankudskrift",
    strong:
      "primosaldo; indgående saldo; inngående saldo; ultimosaldo; utgående saldo; saldo; forrige saldo; ny saldo; bogføringsdato; bokføringsdato; bogført; bokført; rentedato; valør; valørdato; tekst; indbetaling; innskudd; udbetaling; uttak; hævning; hævet; indsat; inn på konto; ut av konto; overførsel; overføring; betalingsservice; avtalegiro; fast overførsel; pengeautomat; minibank; dankort køb; varekjøp; kortkøb; løn; lønn; husleje; rente; renter; gebyr; kontonummer; kontohaver; kontoeier; reg nr; iban; bic; swift; afdeling; filial; garantifonden; lønkonto; lønnskonto; opsparingskonto; sparekonto; brukskonto; posteringer; transaktioner; periode",
    usual: "dato; beløb; beløp; konto; side; sum; bank; dkk; nok; forsikring; el; strøm",
  },
  meeting_minutes: {
    names:
      "referat; mødereferat; møtereferat; protokol; protokoll; beslutningsreferat; bestyrelsesmøde; styremøte; generalforsamling; møteprotokoll; årsmøte",
    strong:
      "til stede; tilstede; fremmødte; fraværende; afbud; forfall; meldt forfall; deltagere; deltakere; ordstyrer; møteleder; mødeleder; dirigent; referent; formand; formanden; styreleder; sekretær; dagsorden; dagsordenen; saksliste; sak #; sak; punkt; mødet åbnede; mødet åbnet; møtet åpnet; åpnet møtet; åbnede mødet; mødet sluttede; mødet hævet; møtet hevet; hevet; sidste referat; forrige referat; referat fra; forrige møte; sidste møde; godkendt; godkjent; beslutning; besluttet; besluttede; vedtak; vedtatt; vedtaget; enstemmigt; enstemmig; stemte; stemmer; afstemning; avstemning; hverken for eller imod; beslutningsdygtig*; vedtaksfør; eventuelt; næste møde; neste møte; orienterede; orienterte; fortalte; foreslog; foreslo; takkede; takket; ansvarlig; frist; opfølgning; kasserer; bestyrelsen; styret; medlemmer",
    usual: "kl; rapport; diskussion; drøfting; lokale; møde; møte; hvem; hvornår",
  },
  press_release: {
    names: "pressemeddelelse; pressemelding",
    strong:
      "til omgående offentliggørelse; offentliggørelse; for umiddelbar publisering; embargo; klausuleret; pressekontakt; pressekontakter; kontakt for presse; pressekontakt; offentliggør; annoncerer; kunngjør; lancerer; lanserer; åbner; åpner; indvier; innvier; indvielse; åpning; præsenterer; presenterer; siger; sier; fortæller; forteller; udtaler; uttaler; ifølge; direktør; adm direktør; administrerende direktør; daglig leder; talsperson; talsmand; grundlægger; grunnlegger; grundlagt; pressebilleder; pressebilder; fotos; for yderligere oplysninger; for mer informasjon; yderligere oplysninger; for første gang; til redaktionen; er stolt",
    usual:
      "ny; nye; nyt; i dag; projekt; prosjekt; millioner; besøgende; besøkende; by; arrangement; pris; virksomhed; presse; offentligheden; samarbejde",
  },
  policy: {
    names:
      "politik; retningslinje; retningslinjer; regler; reglement; adfærdskodeks; etiske retningslinjer; procedure; rutine; personalepolitik; privatlivspolitik; personvernerklæring; instruks; vedtægter; hjemmearbejdspolitik",
    strong:
      "denne politik; politikken; disse retningslinjer; formål; omfang; anvendelsesområde; virkeområde; gælder for; gælder alle; gjelder for; gjelder alle; medarbejdere; medarbeidere; ansatte; alle ansatte; personale; ledere; leder; nærmeste leder; skal; må ikke; må ikke; er forbudt; forbudt; ikke tilladt; ikke tillatt; tilladt; tillatt; godkendelse; godkjenning; tilladelse; tillatelse; ansvar; principper; prinsipper; overtrædelse; overtredelse; brud på; brudd på; disciplinære; disiplinære; sanktioner; advarsel; opsigelse; oppsigelse; træder i kraft; trer i kraft; gælder fra; gjelder fra; vedtaget af; godkendt af; godkjent av; revision; revisjon; næste revision; revideres; version; versjon; definitioner; undtagelser; unntak; indberette; rapporteres; meldes; whistleblow*; varsling; hr; personaleafdelingen; persondata; personoplysninger; personopplysninger; gdpr; overholdelse; etterlevelse; fortrolighed; gaver; inhabilitet; hjemmearbejde; hjemmekontor; kursus; opplæring",
    usual:
      "virksomheden; selskapet; sikkerhed; sikkerhet; helbred; helse; arbejde; arbeid; udstyr; utstyr; udgifter; utgifter; refunderes; ansøgning; rettigheder; information",
  },
  presentation: {
    names: "præsentation; presentasjon; oplæg; slides; foredrag",
    strong:
      "agenda; dagsorden; indhold; innhold; tak; takk; tak for opmærksomheden; takk for oppmerksomheten; tak for i dag; spørgsmål; spørsmål; næste skridt; neste steg; veien videre; vores team; vårt team; vision; visjon; mål; udfordringer; utfordringer; problemet; løsningen; konklusion; hovedpunkter; opsummering; oppsummering; tidsplan; køreplan; hvor står vi; hvor er vi; baggrund; bakgrunn; muligheder; overblik; nøgletal",
    usual: "vækst; vekst; marked; kunder; team; strategi; resultater; salg; plan; q1; q2; q3; q4; projekt; partnere",
  },
  brochure: {
    names: "brochure; brosjyre; folder; flyer; katalog; program; prisliste; menukort; meny; guide",
    strong:
      "book; book nu; bestil; bestil nu; bestill; bestill nå; reserver; opdag; oppdag; kom og; kom til; besøg; besøk oss; besøg os; velkommen; velkommen til; nyd; nyt; oplev; opplev; smag; smak; ring; kontakt os; kontakt oss; åbningstider; åpningstider; åbent; åpent; åbent alle dage; åpent hver dag; gratis; gratis adgang; gratis inngang; gratis entré; entré; find vej; slik finner du; sådan finder du; vores tilbud; våre tjenester; tilbud; rabat; rabatt; gavekort; pr person; per person; pr nat; per natt; fra kr; for hele familien; hele familien; børn; barn; voksne; hvorfor; rundvisning*; omvisning*; guidet; uforglemmelig*; håndlavet; håndlaget; tilmeld dig; meld deg på; hele året; begrænset antal; begrenset antall; frisk*",
    usual:
      "ferie; weekend; helg; natur; hotel; hotell; museum; have; hage; grupper; lørdag; søndag; priser; familie; kursus; kurs; afslapning",
  },
  legal_filing: {
    names:
      "stævning; stevning; dom; anke; kendelse; kjennelse; svarskrift; tilsvar; processkrift; begæring; prosesskriv; anklageskrift; klage",
    strong:
      "byretten; byret; tingrett; tingretten; landsretten; lagmannsretten; højesteret; høyesterett; retten; domstol; sagsnummer; sag nr; saksnummer; sagsøger; sagsøgte; saksøker; saksøkte; appellant; indstævnte; ankende part; ankemotpart; advokat; prosessfullmektig; påstand; påstande; nedlægges; nedlegges; tilpligtes; dømmes til; frifindes; frifinnes; sagsomkostninger; saksomkostninger; sakskostnader; sagsfremstilling; saksfremstilling; saksforholdet; anbringender; anførsler; beviser; bevis; vidne*; vitne*; retsplejeloven; tvisteloven; renteloven; procesrente; forsinkelsesrenter; erstatning; misligholdelse; dommer; hovedforhandling; domsslutning; thi kendes for ret; mod; mot; bilag",
    usual: "beløb; krav; lov; betale; kroner; part; sag; sak",
  },
  medical_report: {
    names:
      "epikrise; udskrivningsbrev; journal; journalnotat; lægeerklæring; legeerklæring; laboratoriesvar; prøvesvar; operationsbeskrivelse; operasjonsbeskrivelse; røntgensvar; henvisning; udskrivelsesbrev",
    strong:
      "patient; patienten; pasient; pasienten; diagnose; diagnoser; anamnese; aktuelt; tidligere sygdomme; tidligere sykdommer; indlagt; innlagt; indlæggelse; innleggelse; udskrevet; utskrevet; udskrivelse; utskrivning; objektivt; objektiv undersøgelse; undersøgelse; undersøkelse; status; forløb; forløp; behandling; medicin; medisiner; medikamenter; tablet*; tablett*; dosis; dagligt; daglig; blodtryk; blodtrykk; puls; temperatur; saturation; metning; røntgen; ultralyd; ct scanning; mr; ekg; blodprøver; hæmoglobin; hemoglobin; leukocytter; kreatinin; kreatinin; glukose; crp; referenceinterval; referanseområde; egen læge; fastlege; praktiserende læge; sygehus; sykehus; hospital; afdeling; avdeling; ambulatorium; poliklinikk; læge; lege; overlæge; overlege; kontrol; oppfølging; opfølgning; allergier; smerter; fraktur; brud; brudd; pneumoni; lungebetændelse; lungebetennelse; hypertension; diabetes; operation; operasjon; narkose; akut; akutt; kronisk*; konklusion; vurdering; plan",
    usual: "dr; blod; hjerte; højre; høyre; venstre; knæ; kne; lunge; normal; fysioterapi; pleje; født; mg",
  },
};
