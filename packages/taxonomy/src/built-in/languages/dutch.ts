import type { LanguageTerms } from "../category-terms.ts";

export const dutch: LanguageTerms = {
  invoice: {
    names:
      "factuur; rekening; nota; declaratie; creditnota; proformafactuur; honorariumnota; eindafrekening; verkoopfactuur",
    strong:
      "factuurnummer; factuurnr; factuurdatum; vervaldatum; te betalen; te voldoen; gelieve te betalen; betaling binnen; betalen binnen; binnen # dagen; betalingstermijn; betalingsvoorwaarden; totaal te betalen; totaal te voldoen; totaalbedrag; openstaand bedrag; factuurbedrag; exclusief btw; inclusief btw; excl btw; incl btw; btw bedrag; btw nummer; btw; kvk; overmaken; over te maken; maak het bedrag over; onder vermelding van; rekeningnummer; klantnummer; uurtarief; gewerkte uren; verrichte werkzaamheden; geleverde diensten; in rekening; brengen wij u; wettelijke rente; grondslag; debiteurnummer; voorrijkosten",
    usual:
      "iban; bic; subtotaal; totaal; aantal; omschrijving; prijs; bedrag; stuksprijs; uren; korting; referentie; eenheid; netto; tarief; per stuk",
  },
  receipt: {
    names: "kassabon; bon; bonnetje; ontvangstbewijs; kwitantie; betaalbewijs; kasticket; kassaticket",
    strong:
      "kassa; kassier; kassière; u bent geholpen door; geholpen door; bedankt voor uw bezoek; bedankt voor uw aankoop; dank u wel; tot ziens; wisselgeld; contant; pin; pinnen; pinbetaling; bankpas; contactloos; autorisatie; terminal; transactie; kaart; klantticket; bewaar deze bon; bewaar uw bon; ruilen; ruilen binnen; ontvangen van; de som van; in goede orde ontvangen; betaald; tafel; fooi; filiaal; winkel; spaarpunten; punten; statiegeld; terug; akkoord; dagafschrift",
    usual: "totaal; btw; subtotaal; artikelen; datum; tijd; stuks; eur; bedrag; prijs",
  },
  purchase_order: {
    names:
      "bestelbon; inkooporder; order; bestelling; bestelformulier; orderbevestiging; inkoopopdracht; bestelopdracht",
    strong:
      "ordernummer; bestelnummer; order nr; besteldatum; orderdatum; wij bestellen; hierbij bestellen wij; bestellen wij; gelieve te leveren; graag leveren; te leveren; leveradres; afleveradres; leverdatum; levering; leveringstermijn; levertijd; leverancier; koper; besteller; inkoop; afdeling inkoop; inkoper; uw offerte; conform offerte; offerte; bevestigen; bevestiging; orderbevestiging; leveringsvoorwaarden; franco; verpakking; pakbon; factuuradres; factureren aan; artikelnummer; artikelcode; vermelden; vermeld het ordernummer; magazijn; goederenontvangst; goedgekeurd door; geautoriseerd; ordertotaal; goederen",
    usual:
      "aantal; stuksprijs; prijs; omschrijving; totaal; bedrag; btw; stuks; eenheid; artikel; dozen; pallets; transport",
  },
  contract: {
    names:
      "overeenkomst; contract; huurovereenkomst; arbeidsovereenkomst; koopovereenkomst; dienstverleningsovereenkomst; raamovereenkomst; geheimhoudingsovereenkomst; huurcontract; arbeidscontract; leveringsovereenkomst; akte; overeenkomst van opdracht; algemene voorwaarden",
    strong:
      "ondergetekenden; de ondergetekenden; hierna te noemen; hierna; partijen; beide partijen; elk der partijen; andere partij; komen overeen; komen het volgende overeen; zijn overeengekomen; overeengekomen; in aanmerking nemende; overwegende dat; enerzijds; anderzijds; deze overeenkomst; duur; looptijd; opzegging; opzegtermijn; opzeggen; ontbinding; beëindiging; tekortkoming; aansprakelijkheid; aansprakelijk; geheimhouding; vertrouwelijk*; overmacht; toepasselijk recht; nederlands recht; belgisch recht; bevoegde rechter; geschillen; verplicht zich; is verplicht; opdrachtgever; opdrachtnemer; verhuurder; huurder; verkoper; koper; werkgever; werknemer; waarborgsom; huurprijs; vergoeding; verlenging; ingangsdatum; treedt in werking; in tweevoud; opgemaakt; aldus; intellectuele eigendom; overdracht; schriftelijk; boete",
    usual:
      "artikel; verplichtingen; betaling; prijs; handtekening; termijn; voorwaarden; bijlage; rechten; ondertekend; lid",
  },
  letter: {
    names: "brief; schrijven; sollicitatiebrief; begeleidende brief; klachtbrief",
    strong:
      "geachte heer; geachte mevrouw; geachte; beste; beste meneer; beste mevrouw; lieve; hoogachtend; met vriendelijke groet; met vriendelijke groeten; met hartelijke groet; hartelijke groeten; vriendelijke groet; betreft; uw brief; uw brief van; uw kenmerk; ons kenmerk; naar aanleiding van; hierbij; bijgaand; bijgevoegd; bijlage; ik schrijf u; wij schrijven u; dank voor; dank u; bedankt voor uw; hartelijk dank; het spijt mij; het spijt ons; het spijt me; onze excuses; ik hoop; wij hopen; ik zou graag; graag; wilt u; ik verzoek u; wij verzoeken u; mocht u; aarzel niet; in afwachting; zie uw reactie; ik zie; laat het mij weten",
    usual: "ik; mij; mijn; me; u; uw; wij; ons; onze; heb; ben; dank; helaas; spijt",
  },
  resume: {
    names: "curriculum vitae; cv; levensloop; profiel",
    strong:
      "werkervaring; ervaring; loopbaan; opleiding; opleidingen; studie; vaardigheden; competenties; computervaardigheden; talen; talenkennis; moedertaal; vloeiend; goed; redelijk; interesses; hobby's; hobbys; persoonlijke gegevens; personalia; geboortedatum; geboren; geboorteplaats; nationaliteit; burgerlijke staat; rijbewijs; vwo; havo; hbo; mbo; bachelor; master; diploma; stage; stagiair*; cursussen; certificaten; heden; nu; profiel; referenties; op aanvraag; vrijwilligerswerk; nevenactiviteiten",
    usual:
      "universiteit; hogeschool; school; verantwoordelijk; manager; medewerker; team; ontwikkeling; engels; frans; duits; nederlands; bv; projecten; jaar; leiding",
  },
  report: {
    names:
      "rapport; verslag; jaarverslag; jaarrapport; onderzoeksrapport; eindrapport; voortgangsrapportage; evaluatie; onderzoek; kwartaalrapport; monitor; advies",
    strong:
      "samenvatting; belangrijkste bevindingen; bevindingen; aanbevelingen; wij bevelen aan; we bevelen aan; conclusies; conclusie; methode; aanpak; achtergrond; aanleiding; inhoudsopgave; bijlagen; ten opzichte van; vergeleken met; vorig jaar; voorgaande jaar; gestegen; steeg; gedaald; daalde; procent; stijging; daling; toename; afname; enquête; respondenten; ondervraagden; in opdracht van; dit rapport; dit onderzoek; figuur #; grafiek #; tabel #; boekjaar; verslagjaar; kerncijfers; vooruitzichten; indicatoren; ontwikkeling; gemiddeld; trend",
    usual:
      "analyse; gegevens; cijfers; resultaten; totaal; aandeel; groei; jaar; kwartaal; bron; aantal; doelstellingen; verandering; sector; regio; maatregelen",
  },
  research_paper: {
    names: "onderzoeksartikel; wetenschappelijk artikel; scriptie; proefschrift; samenvatting; abstract",
    strong:
      "samenvatting; trefwoorden; sleutelwoorden; abstract; inleiding; methoden; methode; materiaal en methoden; resultaten; discussie; conclusie; conclusies; dankwoord; literatuur; referenties; literatuurlijst; et al; wij tonen aan; wij laten zien; in dit artikel; dit artikel; hypothese*; steekproef; significant*; standaarddeviatie; regressie; variantie; correlatie; coëfficiënt; model; experiment*; deelnemers; proefpersonen; eerder onderzoek; vergelijking; tijdschrift; vol; pp; doi; vakgroep",
    usual:
      "universiteit; instituut; faculteit; onderzoek; gegevens; analyse; figuur; tabel; verdeling; parameter*; gemeten; waargenomen; geschat",
  },
  manual: {
    names:
      "handleiding; gebruiksaanwijzing; gebruikershandleiding; installatiehandleiding; montagehandleiding; gebruikersgids; snelstartgids; bedieningshandleiding; onderhoudshandleiding",
    strong:
      "waarschuwing; let op; gevaar; voorzichtig; veiligheidsvoorschriften; veiligheidsinstructies; veiligheid; voor het eerste gebruik; eerste gebruik; ingebruikname; lees; lees deze; bewaar; onderhoud; reiniging; reinigen; schoonmaken; problemen oplossen; storingen; storing; oorzaak; oplossing; foutcode; technische gegevens; specificaties; druk op; houd; ingedrukt; knop; toets; draai; steek; stekker; stopcontact; sluit aan; aansluiten; netsnoer; voeding; stroomvoorziening; het apparaat; zet; inschakelen; uitschakelen; schakel; knippert; brandt; lampje; scherm; display; verwijder; plaats; open; sluit; controleer; zorg dat; zorg ervoor; vul; nooit; niet gebruiken; instellen; schroef; schroeven; garantie; klantenservice; reserveonderdelen; inhoud van de verpakking; elektricien; installatie; montage; klik; selecteer; menu; instellingen; afvoeren",
    usual:
      "apparaat; water; reservoir; filter; batterij; accu; temperatuur; minuten; seconden; stap; figuur; afbeelding; spanning; kabel; software; programma; kinderen; deksel; pomp; gebruik",
  },
  form: {
    names:
      "formulier; aanvraagformulier; inschrijfformulier; aanmeldingsformulier; aanvraag; vragenlijst; inschrijving; aanmelding; declaratieformulier; machtiging; toestemmingsformulier; wijzigingsformulier",
    strong:
      "invullen; vul in; in te vullen; in blokletters; blokletters; hoofdletters; aankruisen; kruis aan; aankruisen wat van toepassing is; verplichte velden; verplicht; met een * ; doorhalen wat niet van toepassing is; naam; voornaam; voornamen; achternaam; voorletters; geboortedatum; geboorteplaats; bsn; burgerservicenummer; adres; straat; huisnummer; postcode; woonplaats; telefoonnummer; nationaliteit; burgerlijke staat; beroep; ondergetekende; ik verklaar; verklaart; ik ga akkoord; ik geef toestemming; handtekening; handtekening aanvrager; aanvrager; plaats en datum; in te vullen door; niet invullen; bestemd voor; bijvoegen; mee te sturen; zo ja; toelichting; ja nee; ouder verzorger; terugsturen; inleveren; gegevens aanvrager; deel 1",
    usual: "datum; e mail; telefoon; ja; nee; geslacht; mobiel; nummer; gegevens; reden; dhr; mevr",
  },
  bank_statement: {
    names:
      "rekeningafschrift; bankafschrift; dagafschrift; rekeninguittreksel; rekeningoverzicht; afschrift; betaalrekening; zichtrekening",
    strong:
      "beginsaldo; eindsaldo; vorig saldo; nieuw saldo; saldo; oud saldo; boekdatum; rentedatum; valutadatum; omschrijving; af; bij; bedrag af; bedrag bij; debet; credit; overschrijving; overboeking; incasso; automatische incasso; periodieke overboeking; geldopname; geldautomaat; betaalautomaat; pinbetaling; salaris; huur; bankkosten; kosten; rente; roodstand; rekeninghouder; tenaamstelling; rekeningnummer; volgnummer; iban; bic; kantoor; totaal af; totaal bij; afgeschreven; bijgeschreven; depositogarantiestelsel; spaarrekening; betaalrekening; tegenrekening; mutaties; transacties",
    usual: "datum; bedrag; rekening; bladzijde; pagina; blad; periode; totaal; bank; eur; verzekering; energie",
  },
  meeting_minutes: {
    names:
      "notulen; verslag; vergaderverslag; notulen vergadering; verslag vergadering; notulen van de vergadering; bestuursvergadering; besluitenlijst; ledenvergadering",
    strong:
      "aanwezig; aanwezigen; afwezig; afwezig met kennisgeving; afgemeld; verontschuldigd; agenda; agendapunt; voorzitter; voorzitster; notulist; notuliste; secretaris; verslag van; quorum; opening; opent de vergadering; opent; sluit de vergadering; sluiting; vorige vergadering; notulen van de vorige; vastgesteld; goedgekeurd; unaniem; met algemene stemmen; onthouding*; stemmen; stemming; besluit; besloten; besluiten; actiepunten; actielijst; actie; wie; wanneer; rondvraag; wat verder ter tafel komt; mededelingen; ingekomen stukken; volgende vergadering; datum volgende; meldt; licht toe; vraagt; stelt voor; bedankt; bestuur; penningmeester; leden; toezegging",
    usual: "punt; uur; rapport; discussie; zaal; deelnemers; overleg; vergadering; besproken; deadline",
  },
  press_release: {
    names: "persbericht; persmededeling; perscommuniqué",
    strong:
      "voor onmiddellijke publicatie; onmiddellijke publicatie; per direct; embargo; onder embargo; noot voor de redactie; niet voor publicatie; einde persbericht; perscontact; contact voor de pers; persvoorlichting; woordvoerder; woordvoerster; maakt bekend; maakte bekend; kondigt aan; kondigde aan; opent; lanceert; presenteert; introduceert; zegt; zei; aldus; vertelt; licht toe; volgens; directeur; oprichter; opgericht in; gevestigd in; beeldmateriaal; foto's; rechtenvrij; meer informatie; voor meer informatie; vanaf vandaag; voor het eerst; feestelijk",
    usual:
      "nieuw; nieuwe; vandaag; project; miljoen; publiek; evenement; stad; bezoekers; prijs; bedrijf; pers; opening; samenwerking",
  },
  policy: {
    names:
      "beleid; beleidsregel; reglement; huishoudelijk reglement; gedragscode; richtlijn; richtlijnen; protocol; privacybeleid; procedure; regeling; thuiswerkregeling; thuiswerkbeleid; huisregels; instructie",
    strong:
      "dit beleid; deze regeling; dit reglement; doel; doel en reikwijdte; reikwijdte; toepassingsgebied; toepassing; is van toepassing op; geldt voor; medewerkers; werknemers; personeel; alle medewerkers; leidinggevende*; moeten; dienen; mogen niet; mag niet; is verboden; verboden; niet toegestaan; toegestaan; toestemming; voorafgaande toestemming; uitgangspunten; verantwoordelijkheden; verplichtingen; overtreding; niet naleven; niet naleving; sancties; disciplinaire; maatregelen; ontslag; inwerkingtreding; in werking; ingangsdatum; vastgesteld door; vastgesteld; herziening; versie; volgende evaluatie; eigenaar; definities; uitzonderingen; melden; melding; klokkenluider*; personeelszaken; hr; persoonsgegevens; avg; naleving; vertrouwelijkheid; geschenken; belangenverstrengeling; thuiswerken",
    usual:
      "regels; bedrijf; veiligheid; gezondheid; werk; werkplek; kosten; vergoed*; aanvraag; rechten; toegang; informatie; organisatie",
  },
  presentation: {
    names: "presentatie; dia's; slides",
    strong:
      "agenda; inhoud; bedankt; dank u wel; bedankt voor uw aandacht; dank voor uw aandacht; vragen; volgende stappen; vervolgstappen; ons team; onze missie; onze visie; doelen; doelstellingen; uitdagingen; het probleem; de oplossing; conclusies; kernpunten; samengevat; planning; tijdlijn; waar staan we; kerncijfers; achtergrond; kansen; overzicht",
    usual:
      "groei; markt; klanten; team; strategie; resultaten; omzet; plan; k1; q1; q2; q3; q4; project; partners; lancering",
  },
  brochure: {
    names: "brochure; folder; flyer; catalogus; programma; prijslijst; menukaart; gids; informatiefolder",
    strong:
      "boek nu; boek; reserveer; reserveer nu; reserveren; ontdek; kom langs; kom; bezoek; bezoek ons; geniet; geniet van; beleef; proef; bel; bel ons; neem contact op; openingstijden; dagelijks geopend; geopend; open; gratis; gratis entree; toegang gratis; entree; route; bereikbaarheid; zo vindt u ons; welkom; van harte welkom; ons aanbod; onze diensten; aanbieding; actie; korting; cadeaubon; vroegboekkorting; per persoon; per nacht; vanaf; voor het hele gezin; hele gezin; kinderen; volwassenen; waarom; rondleiding*; onvergetelijk*; ambachtelijk*; handgemaakt; vers; meld je aan; schrijf je in; hele jaar; voor iedereen",
    usual:
      "vakantie; weekend; workshop*; ontspannen; natuur; hotel; museum; tuin; groepen; zaterdag; zondag; maandag; prijzen; gezin; verblijf; strand; wandelen; fietsen",
  },
  legal_filing: {
    names:
      "dagvaarding; verzoekschrift; vonnis; arrest; beschikking; conclusie van antwoord; hoger beroep; bezwaarschrift; conclusie; beroepschrift; memorie van grieven; uitspraak",
    strong:
      "rechtbank; gerechtshof; hoge raad; kantonrechter; raad van state; vredegerecht; ondernemingsrechtbank; zaaknummer; rolnummer; rekestnummer; eiser; eiseres; gedaagde; verzoeker; verzoekster; verweerder; appellant; geïntimeerde; advocaat; gemachtigde; mr; deurwaarder; gerechtsdeurwaarder; te verschijnen; terechtzitting; zitting; vordering; vordert; vorderingen; veroordelen; veroordeelt; veroordeling; te veroordelen; in de kosten; proceskosten; kosten van het geding; uitvoerbaar bij voorraad; de feiten; feiten; gronden; overwegingen; beoordeling; de beslissing; wettelijke rente; burgerlijk wetboek; bw; rv; schadevergoeding; schade; tekortkoming; toerekenbare; bewijs; getuige*; productie #; in naam des konings; inzake; tegen; wijst af; wijst toe; rechter",
    usual: "recht; verweer; procedure; artikel; gesteld; partijen; bedrag; zaak; verzoek; wet",
  },
  medical_report: {
    names:
      "ontslagbrief; medisch rapport; medisch verslag; verslag; laboratoriumuitslag; operatieverslag; specialistenbrief; polikliniekbrief; röntgenverslag; uitslag; patiëntenbrief",
    strong:
      "patiënt; patiënte; diagnose; anamnese; voorgeschiedenis; reden van opname; reden van komst; opgenomen; opname; opnamedatum; ontslag; ontslagen; ontslagdatum; lichamelijk onderzoek; bij onderzoek; aanvullend onderzoek; beloop; behandeling; therapie; medicatie; medicatie bij ontslag; tablet*; dosering; keer per dag; per dag; bloeddruk; pols; temperatuur; saturatie; röntgenfoto; x thorax; echografie; ct scan; mri; ecg; bloedonderzoek; lab; hemoglobine; leukocyten; kreatinine; glucose; cholesterol; crp; referentiewaarde*; huisarts; collega; ziekenhuis; afdeling; polikliniek; specialist; controle; nacontrole; vervolgafspraak; allergieën; pijn; klachten; fractuur; pneumonie; longontsteking; hypertensie; diabetes; operatie; ingreep; narcose; letsel; acuut; chronisch*; conclusie; beleid; geen bijzonderheden; bevindingen; geb",
    usual: "dokter; dr; mg; bloed; hart; links; rechts; knie; long; normaal; fysiotherapie; zorg; geboren; jaar",
  },
};
