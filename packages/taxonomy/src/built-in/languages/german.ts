import type { LanguageTerms } from "../category-terms.ts";

export const german: LanguageTerms = {
  invoice: {
    names:
      "rechnung; honorarrechnung; kostennote; honorarnote; abrechnung; faktura; schlussrechnung; abschlagsrechnung; gutschrift; rechnungskorrektur; stromrechnung; liquidation; gebührenrechnung",
    strong:
      "rechnungsnummer; rechnungsnr; rechnungs nr; rechnungsdatum; leistungszeitraum; leistungsdatum; lieferdatum; zahlbar; zahlbar innerhalb; zahlbar bis; zahlungsziel; zahlungsbedingungen; fällig; fälligkeit; ohne abzug; skonto; bitte überweisen; überweisen sie; zu überweisen; überweisung; rechnungsbetrag; zahlbetrag; gesamtbetrag; endbetrag; bruttobetrag; nettobetrag; zwischensumme; zuzüglich; zzgl; umsatzsteuer; mehrwertsteuer; mwst; ust; ust idnr; umsatzsteuer id; steuernummer; steuer nr; verwendungszweck; berechnen wir; stellen wir; erlauben wir uns; in rechnung; verzugszinsen; bankverbindung; innerhalb von # tagen; binnen # tagen; rechnungsempfänger; arbeitszeit; arbeitsstunden; anfahrt; kleinunternehmer; § 19 ustg; steuersatz",
    usual:
      "iban; bic; netto; brutto; summe; menge; einzelpreis; preis; betrag; stunden; pos; position; bezeichnung; einheit; kundennummer; handwerkskammer; geschäftsführer; hrb; amtsgericht; betrag erhalten; stk; pauschale; material; konto",
  },
  receipt: {
    names:
      "quittung; kassenbon; kassenbeleg; beleg; bon; kassenzettel; barbeleg; zahlungsbeleg; bewirtungsbeleg; kaufbeleg",
    strong:
      "kasse; kassierer*; bediener; es bediente sie; bediente sie; vielen dank für ihren einkauf; danke für ihren einkauf; vielen dank für ihren besuch; danke für ihren besuch; auf wiedersehen; rückgeld; gegeben; bar; ec karte; girocard; kartenzahlung; kontaktlos; terminal id; terminal; genehmigungs nr; autorisierung; händlerbeleg; kundenbeleg; bon nr; belegnummer; umtausch; beleg aufbewahren; bitte aufbewahren; zu zahlen; summe eur; dankend erhalten; betrag dankend erhalten; erhalten von; bar erhalten; tse; signaturzähler; transaktion; tisch; trinkgeld; pfand; filiale; treuepunkte; mwst satz",
    usual: "summe; gesamt; netto; brutto; mwst; stück; artikel; uhr; datum; markt; zurück; eur",
  },
  purchase_order: {
    names:
      "bestellung; auftrag; bestellschein; auftragsbestätigung; einkaufsbestellung; warenbestellung; lieferauftrag; abrufbestellung",
    strong:
      "bestellnummer; bestell nr; bestellnr; bestelldatum; wir bestellen; hiermit bestellen wir; bestellen wir; bitte liefern sie; lieferanschrift; lieferadresse; liefertermin; lieferung bis; lieferbedingungen; lieferant; lieferantennummer; ihr angebot; gemäß angebot; laut angebot; auftragsbestätigung; bestätigen sie; bitte bestätigen; wareneingang; warenannahme; einkauf; einkäufer*; besteller; artikelnummer; artikel nr; frei haus; rechnungsanschrift; rechnung an; bestellwert; bestellmenge; gesamtpreis; verpackung; teillieferung*; lieferschein; unsere bestellnummer; freigegeben; genehmigt; anlieferung; versandart",
    usual:
      "menge; einzelpreis; preis; netto; position; pos; stück; stk; bezeichnung; einheit; gesamtwert; zahlungsbedingungen; zzgl; palette; karton",
  },
  contract: {
    names:
      "vertrag; mietvertrag; kaufvertrag; arbeitsvertrag; dienstvertrag; werkvertrag; rahmenvertrag; vereinbarung; dienstleistungsvertrag; darlehensvertrag; lizenzvertrag; geheimhaltungsvereinbarung; pachtvertrag; beratungsvertrag; gesellschaftsvertrag; wartungsvertrag; untermietvertrag",
    strong:
      "vertragspartei*; vertragspartner*; die parteien; beide parteien; jede partei; zwischen; nachfolgend; nachstehend; im folgenden; wird folgendes vereinbart; folgender vertrag; geschlossen; vertragsgegenstand; vertragsdauer; laufzeit; kündigung; kündigungsfrist; kündigen; außerordentliche kündigung; ordentliche kündigung; wichtigem grund; haftung; haftet; gewährleistung; verschwiegenheit; geheimhaltung; vertraulich*; gerichtsstand; schriftform; salvatorische klausel; schlussbestimmungen; unwirksam; bedürfen der schriftform; vermieter*; mieter*; auftraggeber*; auftragnehmer*; verkäufer*; käufer*; arbeitgeber*; arbeitnehmer*; lizenzgeber*; darlehensgeber*; vergütung; verpflichtet sich; ist verpflichtet; anwendbar; recht der bundesrepublik; tritt in kraft; monatsende; schadensersatz; nebenabreden; mietverhältnis; miete; kaution; eigentum; probezeit; ausfertigung*",
    usual:
      "vertrag*; leistung*; pflichten; frist; schriftlich; unterschrift; ort datum; vereinbart; rechte; anlage; monat*; parteien; ende",
  },
  letter: {
    names: "brief; schreiben; anschreiben; kündigungsschreiben; beschwerde; bewerbungsschreiben",
    strong:
      "sehr geehrte; sehr geehrter; sehr geehrte damen und herren; liebe frau; lieber herr; guten tag; mit freundlichen grüßen; freundliche grüße; mit besten grüßen; herzliche grüße; viele grüße; hochachtungsvoll; ihr schreiben vom; vielen dank für ihr; vielen dank für ihre; wir bedauern; ich bedaure; ich möchte; ich bitte sie; ich würde; für rückfragen; stehe ich ihnen; stehen wir ihnen; gerne zur verfügung; freue mich; freuen uns; betreff; ihr zeichen; unser zeichen; anlagen; anbei; beiliegend; ich habe; ich bin; bitte teilen sie; wir bitten sie; entschuldigen; tut mir leid",
    usual: "ich; mir; mich; meine; mein; meiner; sie; ihnen; ihre; ihrem; dank; bitte; wir; uns; leider; gern",
  },
  resume: {
    names: "lebenslauf; curriculum vitae; cv; profil; werdegang",
    strong:
      "lebenslauf; berufserfahrung; beruflicher werdegang; berufspraxis; werdegang; ausbildung; studium; bildungsweg; schulbildung; kenntnisse; edv kenntnisse; sprachkenntnisse; sprachen; muttersprache; fließend; verhandlungssicher; grundkenntnisse; fähigkeiten; interessen; hobbys; geburtsdatum; geboren am; geboren; geburtsort; staatsangehörigkeit; familienstand; ledig; verheiratet; abitur; bachelor; master; diplom; promotion; praktikum; weiterbildung*; zertifikate; ehrenamt; führerschein; heute; seit; persönliche daten; persönliche angaben; abschlussnote; note; referenzen; auslandsaufenthalt; leitung; teamleitung; werkstudent*",
    usual:
      "universität; hochschule; fachhochschule; schule; gmbh; mitarbeit; entwicklung; verantwortlich; team; leiter*; assistent*; ingenieur*; englisch; französisch; deutsch; spanisch; projekt*",
  },
  report: {
    names:
      "bericht; jahresbericht; geschäftsbericht; abschlussbericht; zwischenbericht; quartalsbericht; lagebericht; prüfbericht; gutachten; studie; evaluation; auswertung; untersuchung",
    strong:
      "zusammenfassung; wesentliche ergebnisse; ergebnisse; empfehlungen; wir empfehlen; empfehlen; schlussfolgerungen; fazit; ausblick; ausgangslage; hintergrund; methodik; vorgehen; im vergleich zum vorjahr; gegenüber dem vorjahr; vorjahr; gestiegen; stieg; gesunken; sank; prozent; anstieg; rückgang; befragt*; befragung; umfrage; im auftrag; berichtsjahr; berichtszeitraum; dieser bericht; abbildung #; abb #; tabelle #; inhaltsverzeichnis; anhang; kennzahlen; entwicklung; handlungsempfehlungen; durchschnittlich; im durchschnitt; bestandsaufnahme; maßnahmen",
    usual:
      "analyse; daten; zahlen; jahr; quartal; anteil; gesamt; veränderung; wachstum; umsatz; region*; quelle; übersicht; anzahl; trend*; zahl der; risiken",
  },
  research_paper: {
    names:
      "abstract; forschungsarbeit; fachartikel; aufsatz; originalarbeit; dissertation; masterarbeit; bachelorarbeit",
    strong:
      "zusammenfassung; abstract; schlüsselwörter; schlagwörter; einleitung; methoden; methode; material und methoden; ergebnisse; diskussion; schlussfolgerung*; literatur; literaturverzeichnis; danksagung; signifikant*; hypothese*; stichprobe*; wir untersuch*; wir zeigen; untersucht wurde*; in dieser arbeit; diese arbeit; vorliegende arbeit; vorliegende studie; standardabweichung; regression; korrelation; varianz; mittelwert; et al; vgl; messung*; experiment*; probanden; modell; theorie; forschungsstand; stand der forschung; datensatz; gleichung; institut für; zeitschrift; bd; verlag; herausgeber; doi",
    usual:
      "universität; institut; fakultät; studie; daten; analyse; abbildung; tabelle; abschnitt; verfahren; verteilung; parameter*; proben; gemessen; beobachtet*; schätz*",
  },
  manual: {
    names:
      "bedienungsanleitung; gebrauchsanweisung; gebrauchsanleitung; anleitung; betriebsanleitung; handbuch; benutzerhandbuch; montageanleitung; installationsanleitung; kurzanleitung; wartungsanleitung; aufbauanleitung; pflegeanleitung",
    strong:
      "sicherheitshinweise; warnung; achtung; vorsicht; gefahr; vor der ersten; vor dem ersten gebrauch; inbetriebnahme; erste inbetriebnahme; lesen sie; aufbewahren; bestimmungsgemäß*; technische daten; störung*; störungen beheben; fehlersuche; fehlerbehebung; ursache; abhilfe; fehler; fehlercode; wartung; reinigung; reinigen; entkalken; drücken sie; taste; taster; halten sie; drehen sie; schalten sie; einschalten; ausschalten; stecken sie; netzstecker; steckdose; netzkabel; stromversorgung; anschließen; anschluss; gerät; stellen sie; entfernen sie; entnehmen; setzen sie; öffnen sie; schließen sie; ziehen sie; prüfen sie; warten sie; achten sie; lassen sie; füllen sie; wählen sie; klicken sie; niemals; nie; blinkt; leuchtet; anzeige; display; schraube*; lieferumfang; entsorgung; garantie; kundendienst; ersatzteil*; fachkraft; elektrofachkraft; bedienfeld; netzspannung; einstellung*; einstellen",
    usual:
      "wasser; tank; filter; pumpe; behälter; deckel; schalter; leuchte; lampe; batterie; akku; knopf; abb; schritt; temperatur; trocken; kinder; programm; menü; montage; kabel; betrieb; minuten; sekunden",
  },
  form: {
    names:
      "formular; antrag; anmeldung; antragsformular; anmeldeformular; fragebogen; vordruck; antrag auf; meldebogen; beitrittserklärung; einwilligungserklärung; aufnahmeantrag; reisekostenabrechnung; erhebungsbogen",
    strong:
      "bitte ausfüllen; in druckbuchstaben; druckbuchstaben; blockschrift; zutreffendes bitte ankreuzen; ankreuzen; bitte ankreuzen; pflichtfelder; pflichtangaben; mit * gekennzeichnet; vorname; nachname; familienname; geburtsdatum; geburtsort; geburtsname; anschrift; straße; hausnummer; plz; postleitzahl; wohnort; telefonnummer; staatsangehörigkeit; familienstand; antragsteller*; unterschrift; ort datum; datum unterschrift; ich erkläre; ich versichere; ich bestätige; ich bin einverstanden; ich willige ein; einwilligung; erklärung; hiermit beantrage ich; hiermit melde ich; nur vom amt auszufüllen; wird vom amt ausgefüllt; nicht ausfüllen; bearbeitungsvermerk*; ja nein; kontoinhaber; sepa lastschriftmandat; erziehungsberechtigte*; angaben zur person; angaben zum; falls ja; sonstiges; zurücksenden; einreichen",
    usual: "name; telefon; e mail; datum; ja; nein; geschlecht; beruf; ort; angaben; nummer; anzahl; beantragt*",
  },
  bank_statement: {
    names: "kontoauszug; kontoübersicht; auszug; kreditkartenabrechnung; umsatzübersicht; depotauszug; girokonto",
    strong:
      "kontostand; alter kontostand; neuer kontostand; alter saldo; neuer saldo; anfangssaldo; endsaldo; schlusssaldo; saldo; saldovortrag; übertrag; buchungstag; buchung; buchungstext; valuta; wertstellung; soll; haben; gutschrift; lastschrift; sepa lastschrift; dauerauftrag; überweisung; kartenzahlung; bargeldauszahlung; geldautomat; gehalt; lohn; miete; kontonummer; kontoinhaber; iban; bic; auszug nr; auszugsnummer; blatt; umsätze; ausgänge; eingänge; belastung; entgelt; kontoführung; dispokredit; dispositionskredit; zinsen; rechnungsabschluss; einlagensicherung; girokonto; sparkonto; sparkasse; bank",
    usual: "datum; betrag; konto; empfänger; verwendungszweck; zeitraum; seite; eur; strom; versicherung",
  },
  meeting_minutes: {
    names:
      "protokoll; sitzungsprotokoll; niederschrift; besprechungsprotokoll; ergebnisprotokoll; versammlungsprotokoll; sitzung; mitgliederversammlung; vorstandssitzung",
    strong:
      "anwesend; anwesende; teilnehmer; teilnehmende; entschuldigt; abwesend; gäste; protokollführer*; protokollant*; protokoll; schriftführer*; sitzungsleitung; leitung; vorsitz; vorsitzende*; tagesordnung; tagesordnungspunkt*; top #; top; beschlussfähig*; beschluss; beschlossen; einstimmig; enthaltung*; gegenstimme*; abstimmung; antrag; ja stimmen; genehmigung des protokolls; protokoll der letzten; letzten sitzung; verschiedenes; sonstiges; nächste sitzung; nächster termin; eröffnet die sitzung; eröffnet; schließt die sitzung; ende der sitzung; beginn; sitzungsende; begrüßt; berichtet; berichtete; dankt; zuständig; verantwortlich; bis wann; aufgaben; erledigt bis; kassenwart; mitglieder; diskussion; regt an; schlägt vor; stimmt zu",
    usual: "uhr; termin; wer; bis; ende; punkt; bericht; kasse; ort; verein; vorstand",
  },
  press_release: {
    names:
      "pressemitteilung; presseinformation; medienmitteilung; pressemeldung; presseaussendung; medieninformation; presseerklärung",
    strong:
      "zur sofortigen veröffentlichung; sofortige veröffentlichung; sperrfrist; frei zur veröffentlichung; pressekontakt; medienkontakt; pressestelle; ansprechpartner für medien; kontakt für die presse; presse; gab heute bekannt; gibt bekannt; teilte mit; teilt mit; kündigt*; sagt; sagte; erklärt; erklärte; so der; so die; betont; freut sich; freuen uns; geschäftsführer*; sprecher*; gründer*; vorstandsvorsitzende*; eröffnet; startet; stellt vor; präsentiert; über die; über das; hintergrund; bildmaterial; fotos; abdruck honorarfrei; belegexemplar; weitere informationen; gegründet; mit sitz in; zeichen mit leerzeichen; ab sofort",
    usual:
      "heute; neue; neues; erstmals; unternehmen; projekt; millionen; auszeichnung; veranstaltung; stadt; eröffnung; besucher; region; partner",
  },
  policy: {
    names:
      "richtlinie; leitlinie; betriebsvereinbarung; dienstanweisung; ordnung; hausordnung; verhaltenskodex; datenschutzrichtlinie; arbeitsanweisung; reiserichtlinie; satzung; benutzungsordnung; verfahrensanweisung; regelung; homeoffice regelung",
    strong:
      "diese richtlinie; geltungsbereich; zweck; ziel und zweck; anwendungsbereich; gilt für; gilt für alle; mitarbeiter*; mitarbeitende; beschäftigte*; führungskräfte; vorgesetzte*; sind verpflichtet; verpflichtet; müssen; dürfen nicht; darf nicht; untersagt; verboten; nicht gestattet; nicht erlaubt; zulässig; genehmigung; zu genehmigen; grundsätze; zuständigkeit*; verantwortlichkeiten; verstöße; verstoß; bei verstößen; arbeitsrechtliche; disziplinar*; abmahnung; inkrafttreten; in kraft; gültig ab; nächste überprüfung; überprüfung; fassung; version; freigegeben durch; ausnahmen; begriffsbestimmung*; meldung; zu melden; meldepflicht; personalabteilung; datenschutz*; arbeitsschutz; schulung*; einhaltung; compliance; hinweisgeber*; geschäftsleitung",
    usual:
      "regeln; pflichten; unternehmen; arbeitsplatz; arbeitszeit; personenbezogene daten; vertraulich; sicherheit; beantragen; kosten; erstattet; betrieb; arbeit",
  },
  presentation: {
    names: "präsentation; folien; vortrag; kickoff; foliensatz",
    strong:
      "agenda; vielen dank; danke für ihre aufmerksamkeit; vielen dank für ihre aufmerksamkeit; fragen; noch fragen; überblick; nächste schritte; ausblick; unser team; ziele; unsere ziele; herausforderungen; lösung; das problem; fazit; kernaussagen; zusammenfassung; fahrplan; zeitplan; roadmap; vision; mission; meilensteine; auf einen blick; status; strategie; wo wir stehen",
    usual: "umsatz; wachstum; kunden; markt; team; q1; q2; q3; q4; ergebnisse; plan; projekt; pilot; partner",
  },
  brochure: {
    names: "broschüre; prospekt; flyer; faltblatt; programm; katalog; preisliste; speisekarte; infoblatt; merkblatt",
    strong:
      "jetzt buchen; buchen sie; reservieren sie; besuchen sie; besuchen sie uns; entdecken sie; erleben sie; genießen sie; öffnungszeiten; täglich geöffnet; geöffnet; eintritt frei; eintritt; anfahrt; so finden sie uns; rufen sie uns an; willkommen; herzlich willkommen; unser angebot; unsere angebote; angebot gilt; sonderangebot; rabatt; frühbucher; gutschein*; kostenlos; für kinder; für die ganze familie; pro person; pro nacht; ab #; warum; lassen sie sich; freuen sie sich; führung*; ausflug; handgemacht; frisch; regional; einzigartig*; für jeden; melden sie sich an; jetzt anmelden; mehr erfahren; kurse; ermäßigt; erwachsene; familien",
    usual:
      "urlaub; wochenende; kinder; natur; hotel; museum; garten; kurs; preise; montag; samstag; sonntag; telefon; www; gruppen; gemütlich*; schön*; erholung; ruhe",
  },
  legal_filing: {
    names:
      "klage; klageschrift; urteil; beschluss; antrag; berufung; klageerwiderung; schriftsatz; beschwerde; mahnbescheid; strafanzeige; anklageschrift; widerspruch; vollstreckungsbescheid",
    strong:
      "an das; amtsgericht; landgericht; oberlandesgericht; bundesgerichtshof; verwaltungsgericht; arbeitsgericht; sozialgericht; finanzgericht; in der rechtssache; in dem rechtsstreit; in sachen; aktenzeichen; geschäftszeichen; kläger*; klägerin; beklagte*; beklagten; antragsgegner*; prozessbevollmächtigte*; rechtsanwalt; rechtsanwälte; streitwert; namens und in vollmacht; erhebe ich klage; erheben wir klage; wir beantragen; werde ich beantragen; wird beantragt; verurteil*; der beklagte wird; kosten des rechtsstreits; vorläufig vollstreckbar; zu zahlen nebst zinsen; basiszinssatz; begründung; tatbestand; entscheidungsgründe; beweis; zeugnis des; zeuge*; sachverhalt; bgb; zpo; stgb; im namen des volkes; rechtshängigkeit; verzug; schadensersatz; anspruch; anlage k; mündliche verhandlung; für recht erkannt; richter*; rechtsmittel",
    usual: "gericht; forderung; gemäß; §; abs; wegen; gegen; urteil; verfahren; vertreten durch; klage; zinsen",
  },
  medical_report: {
    names:
      "arztbrief; befund; befundbericht; entlassungsbericht; entlassungsbrief; ärztlicher bericht; laborbefund; operationsbericht; op bericht; epikrise; röntgenbefund; attest; patientenbericht; gutachten",
    strong:
      "patient*; diagnose*; diagnosen; anamnese; befund*; untersuchungsbefund; klinischer befund; körperliche untersuchung; stationär*; aufnahme; aufgenommen; entlassen; entlassung; verlauf; therapie; behandlung; medikation; entlassungsmedikation; medikamente; tablette*; täglich; dosis; laborwerte; labor; referenzbereich; normbereich; blutdruck; puls; temperatur; sauerstoffsättigung; röntgen; sonographie; ultraschall; mrt; ct; ekg; leukozyten; hämoglobin; kreatinin; crp; blutzucker; beurteilung; procedere; empfehlung; nachkontrolle; wiedervorstellung; hausarzt; kollege*; kollegin; krankenhaus; klinik; klinikum; station; chefarzt; oberarzt; assistenzarzt; ärztin; schmerzen; beschwerden; allergien; vorerkrankungen; akut*; chronisch*; hypertonie; diabetes; pneumonie; fraktur; operation; narkose; wunde; geb",
    usual:
      "geboren; links; rechts; unauffällig; milde; herz; lunge; knie; blut; mg; arzt; praxis; physiotherapie; kontrolle; versorgung",
  },
};
